<?cs if:Refused.why == "closed" ?><?cs set:Page.ja = "終了しました" ?><?cs set:Page.en = "Closed" ?><?cs elif:Refused.why == "expired" || Refused.why == "old" ?><?cs set:Page.ja = "リンクの期限が切れました" ?><?cs set:Page.en = "This link has expired" ?><?cs elif:Refused.why == "revoked" || Refused.why == "used" ?><?cs set:Page.ja = "このリンクは使えなくなりました" ?><?cs set:Page.en = "This link is no longer valid" ?><?cs else ?><?cs set:Page.ja = "リンクが正しくありません" ?><?cs set:Page.en = "This link is not right" ?><?cs /if ?><?cs include:"_my_head.cs" ?>
<?cs if:Refused.why == "closed" ?>
<p><?cs call:w("このページへのリンクを使えなくしました。画面を閉じてください。", "The link to your page works no more. You can close this window.") ?></p>
<?cs elif:Refused.why == "forged" ?>
<p><?cs call:w("メールの中でアドレスが途中で切れているかもしれません。メールに戻って、リンク全体を開き直してください。", "The address may have been cut at a line end in your mail. Please open the whole link again.") ?></p>
<?cs elif:Refused.why == "used" ?>
<p><?cs call:w("すでに登録が済んだか、申し込みから3日が過ぎたか、取りやめになっています。登録内容のページで確かめられます。", "It has been registered already, three days have passed, or it was withdrawn. Your registration page shows which.") ?></p>
<?cs elif:Refused.why == "old" ?>
<p><?cs call:w("確認の期間が終わったか、このアドレスの登録がなくなっています。", "The time to confirm has passed, or the address is no longer registered.") ?></p>
<?cs else ?>
<p><?cs call:w("新しいリンクを申し込んでください。", "Please ask for a new link.") ?></p>
<?cs /if ?>
<p><a class="button" href="/m/<?cs if:Visit.english ?>?lang=en<?cs /if ?>"><?cs call:w("新しいリンクを申し込む", "Ask for a new link") ?></a></p>
<?cs include:"_my_foot.cs" ?>
