<?cs set:Page.title = "配信条件を過去の日で試す" ?><?cs set:Page.section = "events" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_trial.cs" ?>
<?cs set:Label.from = "試す日" ?><?cs set:Label.to = "終わりの日" ?>
<p><a href="/rules">配信条件の一覧へ</a></p>
<h1>配信条件を過去の日で試す</h1>
<p>その日の電文が、発表の時刻にいま届いたら、どの条件が何人に何をするか。届いたときと同じ手順で試します。だれにも配信せず、なにも変えません。</p>
<?cs call:errors() ?>
<form method="get" action="/rules/try">
 <div class="filter">
 <?cs call:day("from", "試す日", Form.from, Error.from) ?>
 <?cs call:day("to", "終わりの日（一日だけなら空欄）", Form.to, Error.to) ?>
 </div>
 <input type="hidden" name="switched" value="yes">
 <details<?cs if:Changed != "0" ?> open<?cs /if ?>>
  <summary>条件の入・切を変えて試す（保存しません）</summary>
  <fieldset class="field"><legend>入にして試す条件</legend>
  <?cs each:r = Rules ?>
  <label class="choice"><input type="checkbox" name="on" value="<?cs var:r.id ?>"<?cs if:r.on == 1 ?> checked<?cs /if ?>> <span><?cs var:r.name ?>　<span class="quiet-text"><?cs var:r.kind ?><?cs if:r.changed == 1 ?>・いまと違う<?cs /if ?></span></span></label>
  <?cs /each ?>
  </fieldset>
 </details>
 <p class="actions"><button class="primary">この日で試す</button></p>
</form>
<?cs call:trial() ?>
<h2>電文がある日</h2>
<?cs if:subcount(Days) > 0 ?>
<ul class="days">
<?cs each:d = Days ?>
 <li><a href="/rules/try?from=<?cs var:url_escape(d.day) ?>"><?cs var:d.day ?></a> <span class="quiet-text">電文 <?cs var:d.telegrams ?> 通</span></li>
<?cs /each ?>
</ul>
<?cs else ?>
<p>この二週間の電文は、まだ保存されていません。</p>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
