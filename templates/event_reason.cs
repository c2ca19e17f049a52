<?cs set:Page.title = "送らない理由 " + Event.0.title ?><?cs set:Page.section = "events" ?><?cs set:Label.reason = "理由" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<?cs each:e = Event ?>
<h1><?cs if:Act == "fold" ?>まとめる（安否確認を送らない）<?cs elif:e.more == 1 ?>追加の安否確認を送らない<?cs else ?>安否確認を送らない<?cs /if ?></h1>
<p class="lead"><?cs var:e.title ?></p>
<p>対象 <?cs var:e.people ?> 人には送りません。<?cs if:Act == "fold" ?>前の地震「<?cs var:e.parent_title ?>」の余震として記録します。<?cs /if ?>理由を選ぶと記録されます。<?cs if:e.more != 1 ?>あとから判断待ちに戻せます。<?cs /if ?></p>
<?cs if:e.stronger ?><p class="warning"><strong>前に聞いたときより強い揺れ：<?cs var:e.stronger ?></strong></p><?cs /if ?>
<?cs call:errors() ?>
<h2>理由を選ぶ</h2>
<form method="post" action="/events/<?cs var:e.id ?>/<?cs var:Act ?>" class="actions">
 <?cs call:csrf() ?>
 <?cs if:Act == "fold" ?>
 <button name="usual" value="前の安否確認で足りる">前の安否確認で足りる</button>
 <?cs if:!e.stronger ?><button name="usual" value="前より揺れが弱い">前より揺れが弱い</button><?cs /if ?>
 <button name="usual" value="あとでまとめて確認する">あとでまとめて確認する</button>
 <?cs else ?>
 <button name="usual" value="誤報">誤報</button>
 <button name="usual" value="訓練・試験の電文">訓練・試験の電文</button>
 <button name="usual" value="別の安否確認で確認済み">別の安否確認で確認済み</button>
 <button name="usual" value="揺れが弱く、確認の必要がない">揺れが弱く、確認の必要がない</button>
 <?cs /if ?>
</form>
<h2>ほかの理由</h2>
<form method="post" action="/events/<?cs var:e.id ?>/<?cs var:Act ?>">
 <?cs call:csrf() ?>
 <?cs call:text("reason", "理由", Form.reason, Error.reason) ?>
 <div class="actions">
  <button class="danger"><?cs if:Act == "fold" ?>この理由でまとめる<?cs else ?>この理由で却下する<?cs /if ?></button>
  <a class="button quiet" href="/events/<?cs var:e.id ?>">戻る</a>
 </div>
</form>
<?cs /each ?>
<?cs include:"_footer.cs" ?>
