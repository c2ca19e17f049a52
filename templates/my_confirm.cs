<?cs set:Page.ja = "メールアドレスの確認" ?><?cs set:Page.en = "Confirm a mail address" ?><?cs include:"_my_head.cs" ?>
<?cs if:Confirm.done ?>
<div class="received" role="status">
<p class="big"><?cs if:Confirm.new ?><?cs call:w("登録しました", "Registered") ?><?cs else ?><?cs call:w("確認しました", "Confirmed") ?><?cs /if ?></p>
<p><?cs call:w("災害のとき、このアドレスに安否確認が届きます。画面を閉じてください。", "A safety check will reach you at this address. You can close this window.") ?></p>
</div>
<p><a class="other" href="/m/<?cs if:Visit.english ?>?lang=en<?cs /if ?>"><?cs call:w("登録内容を見る・変える", "See or change your registration") ?></a></p>
<?cs else ?>
<p><strong>***@<?cs var:Confirm.domain ?></strong></p>
<?cs if:Confirm.new ?>
<p><?cs call:w("このアドレスを、次の人の安否確認の連絡先として登録します：", "This address will be registered to reach ") ?><span lang="ja"><?cs var:Visit.name ?></span><?cs call:w(" さん", "") ?></p>
<p><?cs call:w("ボタンを押すまで登録されません。心当たりがないときは、そのまま閉じてください。", "Nothing is registered until you press. If you do not know about this, just close the page.") ?></p>
<?cs else ?>
<p><?cs call:w("このアドレスのメールを受け取れていることを知らせます。", "You tell us that mail to this address reaches you.") ?></p>
<?cs /if ?>
<form method="post" action="<?cs var:Visit.path ?>"><p><button><?cs if:Confirm.new ?><?cs call:w("登録する", "Register") ?><?cs else ?><?cs call:w("届いています", "It reaches me") ?><?cs /if ?></button></p></form>
<?cs /if ?>
<?cs include:"_my_foot.cs" ?>
