<?cs set:Page.title = "確認コード" ?><?cs set:Label.code = "確認コード" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<div class="narrow">
<h1>確認コード</h1>
<p>スマートフォンの認証アプリに出ている 6 けたの数字を入力してください。</p>
<?cs if:Refused ?><p class="error-note" role="alert"><strong><?cs var:Refused ?></strong></p><?cs else ?><?cs call:errors() ?><?cs /if ?>
<form method="post" action="/login/code">
 <?cs call:code("code", "確認コード", Error.code) ?>
 <input type="hidden" name="login" value="<?cs var:Form.login ?>">
 <input type="hidden" name="step" value="<?cs var:Form.step ?>">
 <input type="hidden" name="next" value="<?cs var:Form.next ?>">
 <button class="primary wide">ログイン</button>
</form>
<p class="note">スマートフォンをなくしたときや、認証アプリが使えないときは、システム管理者に連絡してください。<a href="/login">ログイン名から入力し直す</a></p>
</div>
<?cs include:"_footer.cs" ?>
