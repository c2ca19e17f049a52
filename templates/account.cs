<?cs set:Page.title = "自分のアカウント" ?><?cs set:Page.section = "account" ?><?cs set:Label.password = "パスワード" ?>
<?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>自分のアカウント</h1>
<p><?cs var:Account.name ?>（ログイン名 <?cs var:Account.login ?>）</p>
<?cs if:Form.done == "on" ?><p class="success" role="status">確認コードを設定しました。次のログインから、パスワードのあとに確認コードを入力します。ほかの端末のログインは終わりました。<a href="<?cs var:Home ?>">最初の画面へ</a></p><?cs /if ?>
<?cs if:Form.done == "off" ?><p class="success" role="status">確認コードを使わないようにしました。ほかの端末のログインは終わりました。</p><?cs /if ?>
<?cs if:Factor.confined ?><p class="warning" role="status"><strong>先に確認コードを設定してください。</strong>システム管理者のログインには確認コードが必要です。設定がすむと、ほかの画面を使えます。</p><?cs /if ?>
<?cs call:errors() ?>
<h2>ログインの確認コード</h2>
<p>パスワードに加えて、スマートフォンの認証アプリに出る 6 けたの数字でログインします。パスワードを知られても、スマートフォンがなければログインできません。</p>
<?cs if:Factor.since ?>
<p><?cs call:status("good", "使っています") ?>（<?cs var:Factor.since ?> から）</p>
<?cs if:Factor.due ?><p class="warning">システム管理者には確認コードが必要です。やめると、設定し直すまで、ほかの画面を使えません。</p><?cs /if ?>
<p>スマートフォンを替えるときは、いったんやめて、新しいスマートフォンで設定し直します。</p>
<form method="post" action="/account/code/off">
 <?cs call:csrf() ?>
 <?cs call:password("password", "パスワード", Error.password) ?>
 <p class="actions"><button class="danger">確認コードをやめる</button></p>
</form>
<?cs else ?>
<p><?cs call:status("", "使っていません") ?></p>
<form method="post" action="/account/code">
 <?cs call:csrf() ?>
 <?cs call:password("password", "パスワード", Error.password) ?>
 <p class="actions"><button class="primary">確認コードの設定を始める</button></p>
</form>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
