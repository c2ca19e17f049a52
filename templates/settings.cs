<?cs set:Page.title = "設定" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>設定</h1>
<?cs if:Saved ?><p class="success" role="status"><?cs if:Changed == "0" ?>変わったところはありません。<?cs else ?><?cs var:Changed ?> か所を変えました。だれがいつ何から何に変えたかを記録しました。<?cs /if ?></p><?cs /if ?>
<?cs call:errors() ?>
<form method="post" action="/settings">
 <?cs call:csrf() ?>
 <?cs each:s = Settings ?><?cs set:key = s.name ?>
 <?cs if:s.section ?><h2><?cs var:s.section ?></h2><?cs /if ?>
 <div class="field<?cs if:Error[key] ?> wrong<?cs /if ?>">
  <label for="f-<?cs var:key ?>"><?cs var:s.text ?></label>
  <p class="hint" id="h-<?cs var:key ?>"><?cs var:s.note ?></p>
  <?cs if:s.switch ?><select id="f-<?cs var:key ?>" name="<?cs var:key ?>" aria-describedby="h-<?cs var:key ?><?cs if:Error[key] ?> e-<?cs var:key ?><?cs /if ?>"<?cs if:Error[key] ?> aria-invalid="true"<?cs /if ?>><option value="0"<?cs if:Form[key] == "0" ?> selected<?cs /if ?>>しない</option><option value="1"<?cs if:Form[key] == "1" ?> selected<?cs /if ?>>する</option></select>
  <?cs else ?><input type="text"<?cs if:s.number ?> class="number" inputmode="numeric" autocomplete="off"<?cs /if ?> id="f-<?cs var:key ?>" name="<?cs var:key ?>" value="<?cs var:Form[key] ?>" aria-describedby="h-<?cs var:key ?><?cs if:Error[key] ?> e-<?cs var:key ?><?cs /if ?>"<?cs if:Error[key] ?> aria-invalid="true"<?cs /if ?>>
  <?cs /if ?>
  <?cs call:fault(key, Error[key]) ?>
 </div>
 <?cs /each ?>
 <p class="actions"><button class="primary">この内容にする</button> <a class="button" href="/templates">ひな形</a> <a class="button" href="/rules">配信条件</a> <a class="button" href="/settings/duty">当番表</a></p>
</form>
<?cs include:"_footer.cs" ?>
