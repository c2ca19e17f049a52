<?cs set:Page.title = "手で事象を作る" ?><?cs set:Page.section = "events" ?>
<?cs set:Label.kind = "種類" ?><?cs set:Label.title = "何が起きたか" ?><?cs set:Label.text = "くわしく" ?><?cs set:Label.occurred = "時刻" ?><?cs set:Label.sea = "海" ?><?cs set:Label.prefectures = "都道府県" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<p><a href="/events">災害事象の一覧へ</a></p>
<h1>手で事象を作る</h1>
<p>電文が届かないミサイルや、ほかの災害に使います。次の画面で対象の人数を確かめてから作ります。作っただけでは、だれにも届きません。</p>
<?cs call:errors() ?>
<form method="post" action="/events/new">
 <?cs call:csrf() ?>
 <fieldset class="field<?cs if:Error.kind ?> wrong<?cs /if ?>" id="f-kind" tabindex="-1"<?cs call:described("kind", Error.kind) ?>>
  <legend>種類</legend>
  <label class="choice"><input type="radio" name="kind" value="missile"<?cs if:Form.kind == "missile" ?> checked<?cs /if ?>> <span>ミサイル</span></label>
  <label class="choice"><input type="radio" name="kind" value="other"<?cs if:Form.kind == "other" ?> checked<?cs /if ?>> <span>そのほか</span></label>
  <?cs call:fault("kind", Error.kind) ?>
 </fieldset>
 <fieldset class="field<?cs if:Error.prefectures ?> wrong<?cs /if ?>" id="f-prefectures" tabindex="-1"<?cs call:described("prefectures", Error.prefectures) ?>>
  <legend>都道府県（勤務地か自宅がここにある人が対象）</legend>
  <div class="many">
  <?cs each:p = Prefectures ?><?cs set:value = p.value ?>
  <label class="choice"><input type="checkbox" name="prefectures" value="<?cs var:p.value ?>"<?cs if:Form.prefectures[value] ?> checked<?cs /if ?>> <span><?cs var:p.text ?></span></label>
  <?cs /each ?>
  </div>
  <?cs call:fault("prefectures", Error.prefectures) ?>
 </fieldset>
 <div class="field<?cs if:Error.sea ?> wrong<?cs /if ?>">
  <label for="f-sea">海に落ちたとき（面している都道府県を対象に加えます）</label>
  <select id="f-sea" name="sea"<?cs call:described("sea", Error.sea) ?>><option value="">海ではない</option><?cs each:s = Seas ?><option value="<?cs var:s.value ?>"<?cs if:Form.sea == s.value ?> selected<?cs /if ?>><?cs var:s.text ?></option><?cs /each ?></select>
  <?cs call:fault("sea", Error.sea) ?>
 </div>
 <?cs call:text("title", "何が起きたか（ミサイルでは空欄でもかまいません）", Form.title, Error.title) ?>
 <?cs call:datetime("occurred", "時刻（空欄なら、いま）", Form.occurred, Error.occurred) ?>
 <?cs call:textarea("text", "くわしく（メールの本文に入ります）", Form.text, Error.text, "4") ?>
 <label class="choice"><input type="checkbox" name="drill" value="yes"<?cs if:Form.drill == "yes" ?> checked<?cs /if ?>> <span>訓練として作る</span></label>
 <div class="actions">
  <button class="primary">対象の人数を確かめる</button>
  <a class="button quiet" href="/events">やめる</a>
 </div>
</form>
<?cs include:"_footer.cs" ?>
