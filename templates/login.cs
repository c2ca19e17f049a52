<?cs set:Page.title = "ログイン" ?><?cs set:Label.login = "ログイン名" ?><?cs set:Label.password = "パスワード" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<div class="narrow">
<h1>ログイン</h1>
<p>安否確認の管理者と運用者のための画面です。</p>
<?cs if:Refused ?><p class="error-note" role="alert"><strong><?cs var:Refused ?></strong></p><?cs else ?><?cs call:errors() ?><?cs /if ?>
<form method="post" action="/login">
 <div class="field<?cs if:Error.login ?> wrong<?cs /if ?>">
  <label for="f-login">ログイン名</label>
  <input type="text" id="f-login" name="login" value="<?cs var:Form.login ?>" autocomplete="username" autocapitalize="none" spellcheck="false"<?cs call:described("login", Error.login) ?>>
  <?cs call:fault("login", Error.login) ?>
 </div>
 <?cs call:password("password", "パスワード", Error.password) ?>
 <input type="hidden" name="next" value="<?cs var:Form.next ?>">
 <button class="primary wide">ログイン</button>
</form>
<p class="note">安否の回答にログインはいりません。届いたメールのリンクから回答してください。メールアドレスと地域は<a href="/m/">登録内容のページ</a>で変えられます。</p>
</div>
<?cs include:"_footer.cs" ?>
