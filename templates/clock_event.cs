<?cs set:Page.title = Event.title + " の時計" ?><?cs set:Page.section = "clock" ?><?cs if:Event.drill == 1 ?><?cs set:Page.drill = 1 ?><?cs /if ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/clock.css?v=<?cs var:Site.assets ?>">
<p><a href="/events/<?cs var:Event.id ?>">この事象へ</a>　<a href="/clock">月ごとの一覧へ</a></p>
<h1><?cs var:Event.title ?> の時計</h1>
<p class="meta"><?cs var:Event.kind ?>　<?cs if:Event.occurred ?><?cs var:Event.occurred ?> 発生　<?cs /if ?><?cs var:Now ?> 現在</p>
<?cs if:subcount(Clocks) == 0 ?>
<p class="notice"><?cs if:Event.drill == 1 ?>訓練の事象なので、約束の時間とはくらべません。<?cs else ?>この事象について配信したものは、まだありません。配信すると、数秒でここに表れます。<?cs /if ?></p>
<?cs if:subcount(Stages) > 0 ?><ol class="clock"><?cs each:s = Stages ?><li><?cs var:s.word ?> <strong><?cs var:s.clock ?></strong></li><?cs /each ?></ol><?cs /if ?>
<?cs else ?>
<p class="verdict"><?cs if:Late > 0 ?><?cs call:status("bad", "約束に遅れた配信") ?> <strong class="figure"><?cs var:Late ?></strong> 件<?cs elif:Open > 0 ?><?cs call:status("", "配信中") ?><?cs else ?><?cs call:status("good", "すべて約束どおり") ?><?cs /if ?></p>
<?cs /if ?>
<?cs each:c = Clocks ?>
<section class="panel" id="c<?cs var:c.id ?>" aria-labelledby="h<?cs var:c.id ?>">
 <h2 id="h<?cs var:c.id ?>"><?cs var:c.promise ?> <small><?cs var:c.subject ?></small></h2>
 <p class="verdict"><?cs if:c.took ?>最後の1通まで <strong class="figure"><?cs var:c.took ?></strong><?cs elif:c.mark == "good" ?>送ったメールはありません<?cs else ?>まだ送っています<?cs /if ?>　<?cs call:status(c.mark, c.word) ?><?cs if:c.late ?>　<?cs var:c.late ?>が遅れました（期限を <?cs var:c.over ?> 過ぎ<?cs if:c.ended == 1 ?>ました<?cs else ?>ています<?cs /if ?>）<?cs /if ?></p>
 <p class="note">約束：<?cs var:c.bar ?>、<?cs var:c.due ?> まで</p>
 <table class="cards">
  <caption>段階ごとの時刻</caption>
  <thead><tr><th scope="col">段階</th><th scope="col">時刻</th><th scope="col">前の段階から</th><th scope="col">起点から</th></tr></thead>
  <tbody>
  <?cs each:s = c.stages ?>
  <tr<?cs if:s.late == 1 ?> class="late"<?cs /if ?>><th scope="row"><?cs var:s.word ?><?cs if:s.begins == 1 ?>（起点）<?cs /if ?><?cs if:s.late == 1 ?> <?cs call:status("bad", "遅れ") ?><?cs /if ?></th>
   <td data-label="時刻"><?cs if:s.waits == 1 ?>まだ<?cs else ?><?cs var:s.at ?><?cs /if ?></td>
   <td data-label="前の段階から"><?cs if:s.took ?><?cs var:s.took ?><?cs else ?>－<?cs /if ?></td>
   <td data-label="起点から"><?cs if:s.since ?><?cs var:s.since ?><?cs else ?>－<?cs /if ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs if:subcount(c.receivers) > 0 ?>
 <table class="cards">
  <caption>受け取る人の種類ごと</caption>
  <thead><tr><th scope="col">受け取る人</th><th scope="col" class="number">メール</th><th scope="col" class="number">送信</th><th scope="col" class="number">受け付け</th><th scope="col" class="number">待たされた</th><th scope="col" class="number">届かない</th><th scope="col">送信（最初→最後）</th><th scope="col">受け付け（最初→最後）</th><th scope="col">起点から</th></tr></thead>
  <tbody>
  <?cs each:r = c.receivers ?>
  <tr><th scope="row"><?cs var:r.word ?></th>
   <td class="number" data-label="メール"><?cs var:r.messages ?> 通</td>
   <td class="number" data-label="送信"><?cs var:r.handed ?> 通</td>
   <td class="number" data-label="受け付け"><?cs var:r.accepted ?> 通</td>
   <td class="number" data-label="待たされた"><?cs var:r.put_off ?> 通</td>
   <td class="number" data-label="届かない"><?cs var:r.bounced ?> 通</td>
   <td data-label="送信（最初→最後）"><?cs if:r.first_handed ?><?cs var:r.first_handed ?>→<?cs var:r.last_handed ?><?cs else ?>－<?cs /if ?></td>
   <td data-label="受け付け（最初→最後）"><?cs if:r.first_accepted ?><?cs var:r.first_accepted ?>→<?cs var:r.last_accepted ?><?cs else ?>－<?cs /if ?></td>
   <td data-label="起点から"><?cs if:r.took ?><?cs var:r.took ?><?cs else ?>－<?cs /if ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs /if ?>
</section>
<?cs /each ?>
<?cs if:subcount(Clocks) > 0 ?><p class="note">「送信」はメールサーバーに渡した時刻、「受け付け」は受け取り側（携帯会社など）のサーバーが受け取った時刻です。「待たされた」は、受け取り側が一度でも後にするように答えた通数です。</p><?cs /if ?>
<?cs include:"_footer.cs" ?>
