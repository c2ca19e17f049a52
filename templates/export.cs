<?cs set:Page.title = "ファイルの書き出し" ?><?cs set:Page.section = "export" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.kind = "書き出すもの" ?><?cs set:Label.broadcast = "配信" ?><?cs set:Label.charset = "文字コード" ?><?cs set:Label.reason = "理由" ?>
<h1>ファイルの書き出し</h1>
<p>CSVファイルで保存します。メールアドレスは「***@ドメイン」だけになります。書き出したこと、理由、件数は記録されます。<?cs if:Account.role == "group_admin" ?>自分が管理するグループの人だけが入ります。<?cs /if ?></p>
<?cs call:errors() ?>
<form method="post" action="/export">
 <?cs call:csrf() ?>
 <?cs call:radios("kind", "書き出すもの", Kinds, Form.kind, Error.kind) ?>
 <div class="field<?cs if:Error.broadcast ?> wrong<?cs /if ?>"><label for="f-broadcast">配信（回答を書き出すとき）</label>
  <select id="f-broadcast" name="broadcast"<?cs call:described("broadcast", Error.broadcast) ?>><option value="">選んでください</option><?cs each:b = Broadcasts ?><option value="<?cs var:b.id ?>"<?cs if:Form.broadcast == b.id ?> selected<?cs /if ?>><?cs var:b.at ?> <?cs var:b.subject ?></option><?cs /each ?></select>
  <?cs call:fault("broadcast", Error.broadcast) ?></div>
 <fieldset class="field<?cs if:Error.charset ?> wrong<?cs /if ?>" id="f-charset" tabindex="-1">
  <legend>文字コード</legend>
  <label class="choice"><input type="radio" name="charset" value="utf8"<?cs if:Form.charset == "utf8" ?> checked<?cs /if ?>> <span>UTF-8（Excelでそのまま開けます）</span></label>
  <label class="choice"><input type="radio" name="charset" value="cp932"<?cs if:Form.charset == "cp932" ?> checked<?cs /if ?>> <span>Shift_JIS（古いシステムに渡すとき）</span></label>
  <?cs if:Unfit || Form.replace ?><label class="choice"><input type="checkbox" name="replace" value="yes"<?cs if:Form.replace ?> checked<?cs /if ?>> <span>ない文字は〓に置き換える（そのファイルは取り込みに使えません）</span></label><?cs /if ?>
  <?cs call:fault("charset", Error.charset) ?>
 </fieldset>
 <?cs call:text("reason", "理由（4文字以上。例：4月の名簿の確認）", Form.reason, Error.reason) ?>
 <p class="actions"><button class="primary">書き出す</button></p>
</form>
<?cs include:"_footer.cs" ?>
