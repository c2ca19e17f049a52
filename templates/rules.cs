<?cs set:Page.title = "配信条件" ?><?cs set:Page.section = "events" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<p><a href="/events">災害事象の一覧へ</a></p>
<h1>配信条件</h1>
<p>電文が届いたとき、自動で配信するものと、安否確認を準備するもの。訓練と試験の電文では、なにも配信しません。</p>
<?cs if:Nobody != "0" ?><p class="error-note"><strong>宛先がない条件が <?cs var:Nobody ?> 件あります。</strong>名前を開いて「選んだ宛先」を書くまで、その情報はだれにも届きません。</p><?cs /if ?>
<p class="actions"><a class="button primary" href="/rules/new">条件を作る</a> <a class="button" href="/rules/try">過去の日で試す</a></p>
<form method="get" action="/rules" class="filter">
 <div class="field"><label for="f-kind">種類</label>
  <select id="f-kind" name="kind"><option value="">すべて</option><?cs each:k = Kinds ?><option value="<?cs var:k.value ?>"<?cs if:Form.kind == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select></div>
 <button>絞り込む</button>
</form>
<p><?cs var:All ?> 件中 <?cs var:Found ?> 件</p>
<?cs if:subcount(Rules) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">条件</th><th scope="col">すること</th><th scope="col">いま</th><th scope="col">切り替え</th></tr></thead>
 <tbody>
 <?cs each:r = Rules ?>
 <tr><th scope="row"><a href="/rules/<?cs var:r.id ?>"><?cs var:r.name ?></a></th>
  <td class="words" data-label="すること"><span><?cs var:r.sentence ?><?cs if:r.nobody == 1 ?> <strong>宛先を選ぶまで配信されません。</strong><?cs /if ?><?cs if:r.by ?><br><span class="quiet-text">変更 <?cs var:r.at ?> <?cs var:r.by ?></span><?cs /if ?></span></td>
  <td data-label="いま"><?cs if:r.active != 1 ?><?cs call:status("", "切") ?><?cs elif:r.nobody == 1 ?><?cs call:status("warn", "宛先なし") ?><?cs else ?><?cs call:status("good", "入") ?><?cs /if ?></td>
  <td data-label="切り替え"><form method="post" action="/rules/<?cs var:r.id ?>/switch"><?cs call:csrf() ?><input type="hidden" name="on" value="<?cs if:r.active == 1 ?>no<?cs else ?>yes<?cs /if ?>"><button aria-label="「<?cs var:r.name ?>」を<?cs if:r.active == 1 ?>切にする<?cs else ?>入にする<?cs /if ?>"><?cs if:r.active == 1 ?>切にする<?cs else ?>入にする<?cs /if ?></button></form></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>この種類の条件はありません。</p>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
