<?cs set:Page.ja = "地域を追加する" ?><?cs set:Page.en = "Add a place" ?><?cs include:"_my_head.cs" ?>
<p><?cs call:purpose(Form.purpose) ?>：<strong lang="ja"><?cs var:Prefecture.name ?></strong></p>
<form method="post" action="<?cs var:Visit.path ?>/region">
<input type="hidden" name="act" value="add"><input type="hidden" name="purpose" value="<?cs var:Form.purpose ?>">
<p class="comment"><label for="code"><?cs call:w("市区町村", "Municipality") ?></label>
<select id="code" name="code" lang="ja"><option value=""><?cs call:w("選んでください", "Choose one") ?></option><?cs each:p = Places ?><option value="<?cs var:p.code ?>"><?cs var:p.name ?></option><?cs /each ?></select></p>
<p><button><?cs call:w("この市区町村を登録する", "Register this municipality") ?></button></p>
</form>
<form method="post" action="<?cs var:Visit.path ?>/region">
<input type="hidden" name="act" value="add"><input type="hidden" name="purpose" value="<?cs var:Form.purpose ?>"><input type="hidden" name="code" value="<?cs var:Prefecture.code ?>">
<p><?cs call:w("市区町村まで知らせたくないときは、都道府県だけでも登録できます。", "If you would rather not name it, the prefecture alone will do.") ?></p>
<p><button class="plain"><span lang="ja"><?cs var:Prefecture.name ?></span><?cs call:w("だけを登録する", " only") ?></button></p>
</form>
<p><a class="other" href="<?cs var:Visit.path ?>"><?cs call:w("登録内容に戻る", "Back to your registration") ?></a></p>
<?cs include:"_my_foot.cs" ?>
