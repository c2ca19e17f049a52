<?cs set:Page.title = Event.0.title ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_tilemap.cs" ?><?cs include:"_event.cs" ?><?cs include:"_header.cs" ?>
<link rel="stylesheet" href="/static/tilemap.css?v=<?cs var:Site.assets ?>">
<p class="on-screen"><a href="/events">災害事象の一覧へ</a></p>
<?cs each:e = Event ?>
<h1><?cs var:e.title ?></h1>
<p class="printed">印刷 <?cs var:Printed ?>（<?cs var:Account.name ?>）</p>
<div id="watch" data-refresh="10">
<p><?cs call:status(e.state_mark, e.state_word) ?><?cs if:Decision.at ?>　<?cs var:Decision.at ?><?cs if:Decision.by ?>　<?cs var:Decision.by ?><?cs /if ?><?cs if:Decision.reason ?>　理由：<?cs var:Decision.reason ?><?cs /if ?><?cs /if ?></p>
<?cs call:watch(e) ?>
</div>
<?cs if:Notice ?><p class="error-note" role="alert"><?cs var:Notice ?></p><?cs /if ?>
<?cs if:e.state == "cancelled" && subcount(Broadcasts) > 0 ?>
<p class="warning"><strong>この電文は取り消されました。安否確認はすでに送っています。</strong></p>
<?cs elif:e.state == "cancelled" ?>
<p class="notice">この電文は取り消されました。安否確認は送れません。</p>
<?cs elif:e.state == "recorded" && e.open != 1 ?>
<p class="notice"><?cs if:e.rule_level ?>基準（<?cs var:e.rule_level ?>）に達した都道府県がないため、安否確認は準備していません。<?cs else ?>この種類の安否確認を準備する配信条件はありません。<?cs /if ?></p>
<?cs /if ?>

<?cs if:e.paging_by_rule == 1 ?>
<form method="post" action="/events/<?cs var:e.id ?>/heard" class="actions"><?cs call:csrf() ?><button>確認した（呼び出しを止める）</button></form>
<?cs /if ?>
<?cs if:e.open == 1 || e.raised == 1 || e.again == 1 ?>
<section class="panel<?cs if:e.open == 1 && e.drill != 1 ?> urgent<?cs /if ?>" aria-label="判断">
<?cs call:decide(e) ?>
</section>
<?cs /if ?>
<div id="desk" data-refresh="10">
<?cs call:desk(e) ?>
</div>

<?cs call:similar(e) ?>

<div id="progress"<?cs if:e.state == "sent" ?> data-refresh="5"<?cs /if ?>>
<h2>時計</h2>
<ol class="clock">
 <?cs each:c = Clock ?>
 <li><?cs var:c.word ?> <strong><?cs var:c.at ?></strong><?cs if:c.since ?> <span class="quiet-text"><?cs var:c.since ?></span><?cs /if ?></li>
 <?cs /each ?>
</ol>
<?cs include:"_clock.cs" ?>

<?cs if:subcount(Broadcasts) > 0 ?>
<h2>送った安否確認</h2>
<table class="cards">
 <thead><tr><th scope="col">件名</th><th scope="col" class="number">対象</th><th scope="col" class="number">回答</th><th scope="col" class="number">メール</th><th scope="col" class="number">送信済み</th><th scope="col" class="number">届かなかった</th></tr></thead>
 <tbody>
 <?cs each:b = Broadcasts ?>
 <tr><th scope="row"><?cs if:Account.role == "system_admin" ?><a href="/broadcasts/<?cs var:b.id ?>"><?cs var:b.subject ?></a><?cs else ?><a href="/?broadcast=<?cs var:b.root ?>"><?cs var:b.subject ?></a><?cs /if ?><?cs if:b.retry == 1 ?><br><span class="quiet-text">未回答の人への再送</span><?cs /if ?><?cs if:b.cancelled == 1 ?><br><?cs call:status("warn", "取り消し") ?><?cs /if ?></th>
  <td class="number" data-label="対象"><?cs var:b.people ?> 人</td>
  <td class="number" data-label="回答"><?cs var:b.answered ?> 人</td>
  <td class="number" data-label="メール"><?cs var:b.messages ?> 通</td>
  <td class="number" data-label="送信済み"><?cs var:b.sent ?> 通</td>
  <td class="number" data-label="届かなかった"><?cs var:b.undelivered ?> 通</td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs each:b = Broadcasts ?><?cs if:b.retry != 1 ?>
<details>
 <summary>送った文面<?cs if:subcount(Broadcasts) > 1 ?>（<?cs var:b.at ?>）<?cs /if ?></summary>
 <div class="panel"><p><strong><?cs var:b.subject ?></strong></p><pre><?cs var:b.body ?></pre></div>
</details>
<?cs /if ?><?cs /each ?>
<p class="actions on-screen"><a class="button" href="/">回答の状況を見る</a><?cs each:b = Broadcasts ?><?cs if:b.again != "0" ?> <a class="button" href="/events/<?cs var:e.id ?>/again?check=<?cs var:b.id ?>">未回答の <?cs var:b.again ?> 人にもう一度送る</a><?cs /if ?><?cs /each ?></p>
<?cs /if ?>

<?cs if:subcount(Information) > 0 ?>
<h2>自動で送った情報</h2>
<table class="cards">
 <thead><tr><th scope="col">件名</th><th scope="col">作成</th><th scope="col" class="number">対象</th><th scope="col" class="number">送信済み</th></tr></thead>
 <tbody>
 <?cs each:b = Information ?>
 <tr><th scope="row"><?cs if:Account.role == "system_admin" ?><a href="/broadcasts/<?cs var:b.id ?>"><?cs var:b.subject ?></a><?cs else ?><?cs var:b.subject ?><?cs /if ?></th>
  <td data-label="作成"><?cs var:b.at ?></td>
  <td class="number" data-label="対象"><?cs var:b.people ?> 人</td>
  <td class="number" data-label="送信済み"><?cs var:b.sent ?> 通</td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
</div>

<?cs if:subcount(Decisions) > 0 ?>
<h2>判断の記録</h2>
<table class="cards">
 <thead><tr><th scope="col">時刻</th><th scope="col">判断</th><th scope="col">だれが</th><th scope="col" class="number">対象</th><th scope="col">理由</th><th scope="col">そのときの内容</th></tr></thead>
 <tbody>
 <?cs each:d = Decisions ?>
 <tr><th scope="row"><?cs var:d.at ?></th>
  <td data-label="判断"><strong><?cs var:d.act ?></strong></td>
  <td data-label="だれが"><?cs var:d.by ?></td>
  <td data-label="対象" class="number"><?cs if:d.people != "0" ?><?cs var:d.people ?> 人<?cs else ?>－<?cs /if ?></td>
  <td class="words" data-label="理由"><?cs if:d.reason ?><?cs var:d.reason ?><?cs else ?>－<?cs /if ?></td>
  <td data-label="そのときの内容"><span><?cs if:e.kind == "quake" && d.level ?>最大震度<?cs /if ?><?cs if:d.level ?><?cs var:d.level ?><?cs else ?>－<?cs /if ?><?cs if:d.epicentre ?>　<?cs var:d.epicentre ?><?cs /if ?><?cs if:d.magnitude ?>　<?cs var:d.magnitude ?><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:Decided == 1 ?>
<?cs if:subcount(Revised) > 0 ?>
<h3>判断のあとに改められたこと</h3>
<table class="cards">
 <thead><tr><th scope="col">項目</th><th scope="col">判断のとき</th><th scope="col">いま</th></tr></thead>
 <tbody>
 <?cs each:r = Revised ?>
 <tr><th scope="row"><?cs var:r.what ?></th><td data-label="判断のとき"><?cs var:r.then ?></td><td data-label="いま"><strong><?cs var:r.now ?></strong></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p class="quiet-text">判断のあと、発表の内容は変わっていません。</p>
<?cs /if ?>
<?cs /if ?>
<?cs /if ?>

<h2><?cs if:e.kind == "quake" ?>地震のようす<?cs else ?>発表のようす<?cs /if ?></h2>
<?cs call:facts(e) ?>
<?cs call:tsunami_places(e) ?>
<?cs call:shaking(e) ?>

<?cs if:subcount(Aftershocks) > 0 ?>
<h2>余震と思われる地震（<?cs var:subcount(Aftershocks) ?> 件）</h2>
<table class="cards">
 <thead><tr><th scope="col">事象</th><th scope="col">発生</th><th scope="col">最大震度</th><th scope="col">変わったこと</th><th scope="col">状態</th></tr></thead>
 <tbody>
 <?cs each:a = Aftershocks ?>
 <tr><th scope="row"><a href="/events/<?cs var:a.id ?>"><?cs var:a.title ?></a></th>
  <td data-label="発生"><?cs var:a.occurred ?></td>
  <td data-label="最大震度"><?cs if:a.level ?><?cs var:a.level ?><?cs else ?>－<?cs /if ?></td>
  <td data-label="変わったこと"><span><?cs if:a.stronger ?><?cs call:status("bad", "前より強い") ?> <strong><?cs var:a.stronger ?></strong><?cs if:a.fresh ?><br><?cs /if ?><?cs /if ?><?cs if:a.fresh ?><?cs call:status("warn", "新しい地域") ?> <?cs var:a.fresh ?><?cs /if ?><?cs if:!a.stronger && !a.fresh ?>－<?cs /if ?></span></td>
  <td data-label="状態"><?cs call:status(a.state_mark, a.state_word) ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs if:e.parent && e.open != 1 ?><?cs call:main_shock(e) ?><?cs /if ?>

<?cs each:p = e.parts ?>
<details<?cs if:p.stands == 1 ?> open<?cs /if ?>>
 <summary><?cs var:p.title ?><?cs if:p.stands != 1 ?>（<?cs if:p.beside == 1 ?>補足<?cs else ?>いまは出ていません<?cs /if ?>）<?cs /if ?></summary>
 <?cs if:p.unknown ?><p class="warning">この電文には、まだ登録のない符号があります：<?cs var:p.unknown ?></p><?cs /if ?>
 <pre><?cs var:p.body ?></pre>
 <?cs if:subcount(p.areas) > 0 ?>
 <div class="scroll" tabindex="0" role="region" aria-label="区域の一覧 <?cs var:p.title ?>">
 <table>
  <caption>区域（<?cs var:p.count ?> 件<?cs if:p.more != "0" ?>のうち、はじめの <?cs var:p.count - p.more ?> 件<?cs /if ?>）</caption>
  <thead><tr><th scope="col">区域</th><th scope="col">段階</th><th scope="col">高さなど</th><th scope="col">時刻</th></tr></thead>
  <tbody>
  <?cs each:a = p.areas ?>
  <tr><th scope="row"><?cs var:a.name ?></th><td><?cs var:a.level ?></td><td><?cs var:a.detail ?></td><td><?cs var:a.at ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 </div>
 <?cs /if ?>
</details>
<?cs /each ?>

<h2>電文</h2>
<?cs if:OlderTelegrams ?><p class="quiet-text">新しい <?cs var:OlderTelegrams ?> 通を表示しています。それより古い電文も保存してあります。</p><?cs /if ?>
<?cs if:subcount(Telegrams) == 0 ?>
<p>電文はありません。<?cs if:e.made_by ?><?cs var:e.made_by ?>さんが手で作った事象です。<?cs /if ?></p>
<?cs else ?>
<table class="cards">
 <thead><tr><th scope="col">種類</th><th scope="col">発表</th><th scope="col">受信</th><th scope="col">扱い</th></tr></thead>
 <tbody>
 <?cs each:t = Telegrams ?>
 <tr><th scope="row"><a href="/events/<?cs var:e.id ?>/telegrams/<?cs var:t.id ?>"><?cs var:t.type ?><?cs if:t.serial ?> 第<?cs var:t.serial ?>報<?cs /if ?></a></th>
  <td data-label="発表"><?cs var:t.issued ?> <?cs var:t.info_type ?><?cs if:t.status != "通常" ?> <strong><?cs var:t.status ?></strong><?cs /if ?></td>
  <td data-label="受信"><span><?cs var:t.fetched ?><?cs if:t.late ?> <?cs call:status("warn", "遅延") ?><?cs /if ?></span></td>
  <td data-label="扱い"><span><?cs if:t.applied == 1 ?>反映<?cs else ?>保存のみ（<?cs var:t.reason ?>）<?cs /if ?><?cs if:t.twin == 1 ?><br><?cs call:status("warn", "不一致") ?> <span class="quiet-text">同じ報で内容の異なる電文あり</span><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>

<?cs if:e.closed == 1 ?>
<p class="notice">この事象は <?cs var:e.closed_at ?> に終了しました<?cs if:e.closed_by ?>（<?cs var:e.closed_by ?>）<?cs /if ?>。</p>
<?cs /if ?>
<?cs if:e.state != "closed" ?>
<details class="on-screen">
 <summary>この事象を終了にする</summary>
 <p><?cs if:e.state == "prepared" ?><strong>安否確認は送られません。</strong><?cs /if ?>このあと同じ場所について届く電文は、<?cs if:e.kind == "quake" ?>この事象に記録されます<?cs else ?>新しい事象になります<?cs /if ?>。記録はそのまま残ります。</p>
 <form method="post" action="/events/<?cs var:e.id ?>/close"><?cs call:csrf() ?><button class="danger">終了にする</button></form>
</details>
<?cs /if ?>
<?cs /each ?>
<script src="/static/events.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?>
