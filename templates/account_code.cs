<?cs set:Page.title = "確認コードの設定" ?><?cs set:Page.section = "account" ?><?cs set:Label.code = "確認コード" ?>
<?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>確認コードの設定</h1>
<?cs call:errors() ?>
<ol class="steps">
 <li><p>スマートフォンの認証アプリ（Google Authenticator、Microsoft Authenticator など）で、このQRコードを読み取ります。</p>
  <p><svg class="qr" viewBox="0 0 <?cs var:Code.size ?> <?cs var:Code.size ?>" role="img" aria-label="認証アプリで読み取るQRコード" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="<?cs var:Code.path ?>"/></svg></p>
  <p>読み取れないときは、アプリにこの文字を入力します（時間にもとづくコード、6 けた）。<br><strong class="secret"><?cs var:Code.secret ?></strong></p></li>
 <li><p>アプリに出た 6 けたの数字を入力します。</p>
  <form method="post" action="/account/code/on">
   <?cs call:csrf() ?>
   <input type="hidden" name="pending" value="<?cs var:Form.pending ?>">
   <?cs call:code("code", "確認コード", Error.code) ?>
   <p class="actions"><button class="primary">確認コードを使う</button> <a class="button" href="/account">やめる</a></p>
  </form></li>
</ol>
<p class="note">QRコードと文字は、ほかの人に見せないでください。この画面を閉じると、二度と表示されません。</p>
<?cs include:"_footer.cs" ?>
