</main>
<footer>
<p><?cs call:w("登録した内容は、災害のときの連絡だけに使います。メールアドレスは暗号にして保管し、管理者にも見えません。", "What you register is used only to reach you in a disaster. Mail addresses are stored encrypted: not even administrators can read them.") ?></p>
<?cs if:Site.contact ?><p><?cs call:w("連絡先", "Contact") ?>：<span lang="ja"><?cs var:Site.contact ?></span></p><?cs /if ?>
</footer>
</body>
</html>
