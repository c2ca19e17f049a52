<?cs set:Page.title = "送らない理由 " + Event.0.title ?><?cs set:Page.section = "events" ?><?cs set:Label.reason = "理由" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<?cs each:e = Event ?>
<h1><?cs if:e.more == 1 ?>追加の安否確認を送らない<?cs else ?>安否確認を送らない<?cs /if ?></h1>
<p class="lead"><?cs var:e.title ?></p>
<p>対象 <?cs var:e.people ?> 人には送りません。理由を選ぶと記録されます。<?cs if:e.more != 1 ?>あとから判断待ちに戻せます。<?cs /if ?></p>
<?cs call:errors() ?>
<h2>理由を選ぶ</h2>
<form method="post" action="/events/<?cs var:e.id ?>/reject" class="actions">
 <?cs call:csrf() ?>
 <button name="usual" value="誤報">誤報</button>
 <button name="usual" value="訓練・試験の電文">訓練・試験の電文</button>
 <button name="usual" value="別の安否確認で確認済み">別の安否確認で確認済み</button>
 <button name="usual" value="揺れが弱く、確認の必要がない">揺れが弱く、確認の必要がない</button>
</form>
<h2>ほかの理由</h2>
<form method="post" action="/events/<?cs var:e.id ?>/reject">
 <?cs call:csrf() ?>
 <?cs call:text("reason", "理由", Form.reason, Error.reason) ?>
 <div class="actions">
  <button class="danger">この理由で却下する</button>
  <a class="button quiet" href="/events/<?cs var:e.id ?>">戻る</a>
 </div>
</form>
<?cs /each ?>
<?cs include:"_footer.cs" ?>
