<?cs with:b = Broadcasts.0 ?><?cs set:Page.title = b.subject + "（" + Scope.name + "）" ?><?cs include:"_header.cs" ?><?cs include:"_dashboard.cs" ?><?cs include:"_tilemap.cs" ?>
<link rel="stylesheet" href="/static/tilemap.css?v=<?cs var:Site.assets ?>">
<link rel="stylesheet" href="/static/dashboard.css?v=<?cs var:Site.assets ?>">
<nav class="crumbs" aria-label="現在の位置">
 <ol>
  <li><a href="/">回答の状況</a></li>
  <?cs if:Scope.group ?>
  <?cs if:Scope.all ?><li><a href="/?broadcast=<?cs var:b.id ?>">全体</a></li><?cs /if ?>
  <?cs each:c = Crumbs ?>
  <li><?cs if:c.last ?><span aria-current="page"><?cs var:c.name ?></span><?cs else ?><a href="/?broadcast=<?cs var:b.id ?>&amp;group=<?cs var:c.id ?>"><?cs var:c.name ?></a><?cs /if ?></li>
  <?cs /each ?>
  <?cs else ?><li><span aria-current="page"><?cs var:Scope.name ?></span></li><?cs /if ?>
 </ol>
</nav>
<div class="heading">
 <h1><?cs var:Scope.name ?> <small><?cs var:b.subject ?></small></h1>
 <?cs call:live() ?>
</div>
<p class="meta"><?cs if:b.event_title ?><?cs var:b.event_title ?>・<?cs /if ?><?cs if:b.at ?><?cs var:b.at ?> 送信・<?cs /if ?><?cs call:state(b) ?><?cs if:b.closes_at ?>（<?cs var:b.closes_at ?> 締め切り）<?cs /if ?></p>
<?cs if:Scope.gross ?><p class="note">担当の複数のグループにいる人は、それぞれのグループで数えています（のべ人数）。人の一覧には 1 回だけ出ます。</p><?cs /if ?>

<?cs call:people_of(b.id, Scope.group) ?>
<?cs if:b.nobody ?>
<p class="empty"><?cs if:b.state == "closed" || b.state == "cancelled" && !b.open ?>この配信の対象者は、ここにはいません。<?cs else ?>この配信の対象者は、まだ数えられていないか、ここにはいません。送信したばかりのときは、数秒後に「最新の数を表示」を押してください。<?cs /if ?></p>
<?cs else ?>
<section class="check" aria-labelledby="people">
<h2 id="people" class="away">人数</h2>
<div class="counts">
 <?cs call:unanswered(b) ?>
 <div class="answers"><?cs call:questions(b) ?></div>
</div>
</section>
<?cs /if ?>
<?cs call:delivery(b) ?><?cs set:Bare = 1 ?>

<?cs if:subcount(Groups) > 0 ?>
<section aria-labelledby="groups">
<div class="heading"><h2 id="groups">グループ別 <small>未回答の多い順・<?cs var:Groups_count ?> グループ</small></h2>
<p><a class="button" href="/dashboard.csv?broadcast=<?cs var:b.id ?><?cs if:Scope.group ?>&amp;group=<?cs var:Scope.group ?><?cs /if ?>" download>CSV で保存</a></p></div>
<table class="cards tight groups">
 <thead><tr><th scope="col">グループ</th><th scope="col" class="number">未回答</th><th scope="col">未回答の割合</th><th scope="col" class="number">回答</th><th scope="col" class="number">対象</th><?cs each:c = Columns ?><th scope="col" class="number <?cs var:c.mark ?>"><?cs if:c.mark ?><?cs call:sign(c.mark) ?> <?cs /if ?><?cs var:c.text ?></th><?cs /each ?></tr></thead>
 <tbody>
 <?cs each:g = Groups ?><?cs set:Path = "groups/" + g.id ?><?cs call:people_of(b.id, g.id) ?>
 <tr>
  <th scope="row"><a href="/?broadcast=<?cs var:b.id ?>&amp;group=<?cs var:g.id ?>"><?cs var:g.name ?></a></th>
  <td class="number strong" data-label="未回答"><?cs call:people("filter=unanswered", Path + "/unanswered", g.unanswered, g.name + "の未回答") ?></td>
  <td data-label="割合" class="share"><span data-live="<?cs var:Path ?>/share"><?cs var:g.share ?></span> <svg class="bar" width="80" height="12" aria-hidden="true"><rect class="ground" width="100%" height="12"/><rect class="part left" height="12" width="<?cs var:g.width ?>" data-live-width="<?cs var:Path ?>/width"/></svg></td>
  <td class="number" data-label="回答"><?cs call:people("filter=answered", Path + "/answered", g.answered, g.name + "の回答") ?></td>
  <td class="number" data-label="対象"><?cs call:people("filter=", Path + "/recipients", g.asked, g.name + "の対象") ?></td>
  <?cs each:n = g.cells ?><?cs set:i = name(n) ?><td class="number" data-label="<?cs var:Columns[i].text ?>"><?cs call:people("choice=" + Columns[i].id, Path + "/choices/" + Columns[i].id + "/count", n.count, g.name + "の" + Columns[i].text) ?></td><?cs /each ?>
 </tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:Columns_left ?><p class="note">選択肢が多いので、はじめの <?cs var:subcount(Columns) ?> つを表示しています。すべては CSV にあります。</p><?cs /if ?>
<p class="note">下のグループの人も含みます。複数のグループにいる人は、それぞれのグループで 1 人と数えます。</p>
</section>
<?cs elif:!b.nobody ?>
<p class="note">このグループの下に、対象者のいるグループはありません。<?cs if:May.people ?><a href="<?cs var:List ?>filter=">対象者の一覧を見る</a><?cs /if ?></p>
<?cs /if ?>

<?cs if:!b.nobody ?>
<div class="pair">
<section aria-labelledby="curve">
 <h2 id="curve">回答の推移</h2>
 <figure class="curve">
  <svg class="plot" width="100%" height="220" role="img" aria-label="回答した人の推移。下の表に同じ内容があります。">
   <rect class="frame" x="0" y="24" width="100%" height="180"/>
   <rect class="grid" x="0" y="114" width="100%" height="1"/>
   <svg x="0" y="24" width="100%" height="180" viewBox="0 0 1000 1000" preserveAspectRatio="none">
    <polygon class="area" points="<?cs var:Curve.area ?>" data-live-points="curve/area"/>
    <polyline class="line" points="<?cs var:Curve.points ?>" data-live-points="curve/points"/>
   </svg>
   <?cs each:k = Askings ?>
   <rect class="asking" x="<?cs var:k.x ?>" y="18" width="2" height="186" data-live-x="askings/<?cs var:k.id ?>/x"/>
   <text class="asking-number" x="<?cs var:k.x ?>" y="14" data-live-x="askings/<?cs var:k.id ?>/x"><?cs var:k.number ?>回目</text>
   <?cs /each ?>
   <text class="axis" x="4" y="40">対象の 100%</text>
   <text class="axis" x="4" y="130">50%</text>
  </svg>
  <figcaption><span><?cs var:Curve.start ?></span><span data-live="curve/end"><?cs var:Curve.end ?></span></figcaption>
 </figure>
 <table class="cards askings">
  <caption>送信した時刻</caption>
  <thead><tr><th scope="col">回</th><th scope="col">時刻</th><?cs if:Scope.all ?><th scope="col" class="number">送った人</th><th scope="col" class="number">メール</th><th scope="col" class="number">送った</th><th scope="col" class="number">届かなかった</th><?cs /if ?></tr></thead>
  <tbody>
  <?cs each:k = Askings ?><?cs set:Path = "askings/" + k.id ?>
  <tr><th scope="row"><?cs var:k.number ?>回目<?cs if:k.state == "cancelled" ?>（取り消し）<?cs /if ?></th><td data-label="時刻"><?cs var:k.at ?></td><?cs if:Scope.all ?><td class="number" data-label="送った人" data-live="<?cs var:Path ?>/recipients"><?cs var:k.recipients ?></td><td class="number" data-label="メール" data-live="<?cs var:Path ?>/messages"><?cs var:k.messages ?></td><td class="number" data-label="送った" data-live="<?cs var:Path ?>/sent"><?cs var:k.sent ?></td><td class="number" data-label="届かなかった" data-live="<?cs var:Path ?>/undelivered"><?cs var:k.undelivered ?></td><?cs /if ?></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs if:subcount(Points) > 0 ?>
 <details><summary>回答の推移を表で見る</summary>
 <table>
  <thead><tr><th scope="col">時刻</th><th scope="col" class="number">回答した人</th><th scope="col" class="number">割合</th></tr></thead>
  <tbody><?cs each:p = Points ?>
  <tr><td><?cs var:p.at ?> まで</td><td class="number"><?cs var:p.answered ?></td><td class="number"><?cs var:p.share ?></td></tr><?cs /each ?>
  </tbody>
 </table>
 </details>
 <?cs else ?><p class="note">まだ回答はありません。</p><?cs /if ?>
</section>

<?cs if:subcount(Regions) > 0 ?><?cs call:people_of(b.id, Scope.group) ?>
<section aria-labelledby="regions">
 <h2 id="regions">都道府県別 <small>勤務地・未回答の割合</small></h2>
 <?cs call:tilemap("都道府県別の未回答の割合。下の表に同じ内容があります。") ?>
 <ul class="legend" aria-label="色の意味">
  <li class="tile-0"><span aria-hidden="true"></span>0%</li><li class="tile-1"><span aria-hidden="true"></span>25% まで</li><li class="tile-2"><span aria-hidden="true"></span>50% まで</li><li class="tile-3"><span aria-hidden="true"></span>75% まで</li><li class="tile-4"><span aria-hidden="true"></span>75% を超える</li>
 </ul>
 <details><summary>都道府県別の表を見る</summary>
 <table class="cards tight">
  <thead><tr><th scope="col">都道府県</th><th scope="col" class="number">未回答</th><th scope="col" class="number">割合</th><th scope="col" class="number">回答</th><th scope="col" class="number">対象</th></tr></thead>
  <tbody><?cs each:r = Regions ?><?cs set:Path = "regions/" + r.id ?><?cs set:There = "region=" + r.code + "&work=yes&filter=" ?>
  <tr><th scope="row"><?cs var:r.name ?></th><td class="number strong" data-label="未回答"><?cs call:people(There + "unanswered", Path + "/unanswered", r.unanswered, r.name + "の未回答") ?></td><td class="number" data-label="割合" data-live="<?cs var:Path ?>/share"><?cs var:r.share ?></td><td class="number" data-label="回答"><?cs call:people(There + "answered", Path + "/answered", r.answered, r.name + "の回答") ?></td><td class="number" data-label="対象"><?cs call:people(There, Path + "/recipients", r.asked, r.name + "の対象") ?></td></tr><?cs /each ?>
  </tbody>
 </table>
 </details>
</section>
<?cs /if ?>
</div>
<?cs /if ?>
<script src="/static/dashboard.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?><?cs /with ?>
