<?cs set:Page.title = "送信の確認 " + Event.0.title ?><?cs set:Page.section = "events" ?><?cs set:Label.number = "送る人数" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?>
<?cs include:"_form.cs" ?><?cs include:"_tilemap.cs" ?><?cs include:"_event.cs" ?><?cs include:"_header.cs" ?>
<?cs each:e = Event ?>
<h1><?cs if:e.drill == 1 ?>訓練の<?cs /if ?>安否確認を送ります</h1>
<p class="lead"><?cs var:e.title ?></p>
<div id="watch" data-refresh="10">
<?cs if:e.watchers ?><p class="notice"><strong><?cs var:e.watchers ?></strong>も確認中です。</p><?cs /if ?>
</div>
<?cs call:errors() ?>
<?cs call:people(e) ?>
<form method="post" action="/events/<?cs var:e.id ?>/confirm">
 <?cs call:csrf() ?>
 <input type="hidden" name="press" value="<?cs var:Form.press ?>"><input type="hidden" name="scope" value="<?cs var:Form.scope ?>"><input type="hidden" name="mark" value="<?cs var:Form.mark ?>">
 <details<?cs if:Text.typed == 1 || Look == 1 || Error.subject || Error.body ?> open<?cs /if ?>>
  <summary>文面を直す</summary>
  <?cs call:text("subject", "件名", Form.subject, Error.subject) ?>
  <?cs call:textarea("body", "本文", Form.body, Error.body, "10") ?>
  <p class="hint">{name} は受け取る人の氏名（本文だけ）、{closes} は締め切り、{site} は送信元の名前になります。回答ページのアドレスは、あとに付きます。</p>
  <div class="actions"><button name="act" value="look">直した文面の見本を見る</button></div>
 </details>
 <div class="field<?cs if:Error.number ?> wrong<?cs /if ?>">
  <label for="f-number">送る人数を入力してください</label>
  <p class="hint" id="h-number">上の人数と同じ数字を入れると送れます。</p>
  <input type="text" class="number" inputmode="numeric" autocomplete="off" id="f-number" name="number" value="<?cs var:Form.number ?>"<?cs if:Error.number ?> aria-invalid="true" aria-describedby="h-number e-number"<?cs else ?> aria-describedby="h-number"<?cs /if ?>>
  <?cs call:fault("number", Error.number) ?>
 </div>
 <div class="actions">
  <button class="primary"><?cs var:e.people ?> 人に送る</button>
  <a class="button quiet" href="/events/<?cs var:e.id ?>">戻る</a>
 </div>
</form>
<p>押すとすぐにメールの配信が始まります。<?cs if:Terms.last_mail ?>最後の1通まで<?cs var:Terms.last_mail ?>です（前回の実績から）。<?cs /if ?>途中の経過は、次の画面に表示されます。</p>
<dl class="facts">
 <dt>配信条件</dt>
 <dd><?cs var:e.rule ?></dd>
 <dt>回答の締め切り</dt>
 <dd><?cs if:Terms.hours != "0" ?>送ってから <?cs var:Terms.hours ?> 時間（いま送ると <?cs var:Terms.closes ?>）<?cs else ?>なし。締め切るまで受け付けます。<?cs /if ?></dd>
 <dt>未回答の人への再送</dt>
 <dd><?cs if:Terms.times != "0" ?>自動で <?cs var:Terms.gap ?> 分おきに、<?cs var:Terms.times ?> 回まで（夜間も）<?cs else ?>自動では送りません。事象の画面から送れます。<?cs /if ?></dd>
</dl>
<?cs set:e.look = Look ?><?cs call:mail(e) ?>
<?cs /each ?>
<script src="/static/events.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?>
