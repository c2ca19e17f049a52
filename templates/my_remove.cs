<?cs set:Page.ja = "アドレスの削除" ?><?cs set:Page.en = "Remove an address" ?><?cs include:"_my_head.cs" ?>
<?cs if:Address.domain ?>
<p><strong>***@<?cs var:Address.domain ?></strong></p>
<?cs if:Address.last ?>
<p class="wrong" role="alert"><strong><?cs call:w("これは最後のアドレスです。", "This is your last address.") ?></strong> <?cs call:w("削除すると、災害のときの安否確認も、このページへのリンクも届かなくなります。先に新しいアドレスを登録することをおすすめします。", "Without it neither a safety check nor a link to this page can reach you. It is better to register a new one first.") ?></p>
<p><a class="button" href="<?cs var:Visit.path ?>"><?cs call:w("戻って新しいアドレスを登録する", "Go back and add a new one") ?></a></p>
<?cs else ?>
<p><?cs call:w("このアドレスには、もうメールを送りません。", "No more mail will be sent to it.") ?></p>
<?cs /if ?>
<form method="post" action="<?cs var:Visit.path ?>/address"><input type="hidden" name="act" value="remove"><input type="hidden" name="id" value="<?cs var:Address.id ?>"><input type="hidden" name="sure" value="<?cs if:Address.last ?>last<?cs else ?>yes<?cs /if ?>"><p><button<?cs if:Address.last ?> class="danger"<?cs /if ?>><?cs if:Address.last ?><?cs call:w("それでも削除する", "Remove it all the same") ?><?cs else ?><?cs call:w("削除する", "Remove") ?><?cs /if ?></button></p></form>
<?cs else ?>
<p><?cs call:w("このアドレスは、すでに削除されています。", "It has been removed already.") ?></p>
<?cs /if ?>
<p><a class="other" href="<?cs var:Visit.path ?>"><?cs call:w("登録内容に戻る", "Back to your registration") ?></a></p>
<?cs include:"_my_foot.cs" ?>
