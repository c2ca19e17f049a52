<?cs set:Page.title = "対象の確認 " + Check.title ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<?cs def:kept() ?><?cs call:csrf() ?><input type="hidden" name="kind" value="<?cs var:Form.kind ?>"><input type="hidden" name="title" value="<?cs var:Form.title ?>"><input type="hidden" name="text" value="<?cs var:Form.text ?>"><input type="hidden" name="occurred" value="<?cs var:Form.occurred ?>"><input type="hidden" name="drill" value="<?cs var:Form.drill ?>"><?cs each:p = Chosen ?><input type="hidden" name="prefectures" value="<?cs var:p.value ?>"><?cs /each ?><?cs /def ?>
<h1><?cs if:Page.drill ?>訓練の<?cs /if ?>安否確認の準備</h1>
<p class="lead"><?cs var:Check.title ?>　<?cs var:Check.occurred ?></p>
<?cs if:Check.ruled == "0" ?>
<p class="error-note" role="alert">この種類の安否確認を準備する<?cs if:Account.role == "system_admin" ?><a href="/rules">配信条件</a><?cs else ?>配信条件<?cs /if ?>がありません。事象は作れますが、安否確認は送れません。</p>
<?cs else ?>
<p>安否確認の対象 <span class="figure"><?cs var:Check.people ?></span> 人<br>
<span class="quiet-text">勤務地または自宅が <?cs var:Check.places ?> にある職員。同じ都道府県で大きな地震があったときと同じ人たちです。</span></p>
<details open>
 <summary>メール見本</summary>
 <div class="panel">
  <p><strong><?cs var:Check.subject ?></strong></p>
  <pre><?cs var:Check.body ?></pre>
 </div>
</details>
<?cs /if ?>
<p>まだ何も作っていません。作ると、判断待ちのいちばん上に出ます。送るのは、その次の画面です。</p>
<div class="actions">
<form method="post" action="/events/new/make">
 <?cs call:kept() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>">
 <button class="primary"><?cs if:Page.drill ?>訓練の<?cs /if ?>事象を作る</button>
</form>
<a class="button quiet" href="/events/new">はじめから書き直す</a>
</div>
<?cs include:"_footer.cs" ?>
