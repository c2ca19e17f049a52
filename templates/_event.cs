<?cs # What is known of an event, for the queue and its own page: brief(e),
 # facts(e), shaking(e), mail(e), watch(e), desk(e), decide(e), similar(e),
 # words(e), tsunami(e), tsunami_places(e).  The map is of e.Map. ?>

<?cs # Where a tsunami is warned of now, beside a quake: the highest, in a
 # line of the queue. ?>
<?cs def:tsunami(e) ?>
<?cs if:e.kind == "quake" && e.drill != 1 && e.closed != 1 && subcount(Tsunami) > 0 ?>
<br>津波 発表中：<strong><?cs var:Tsunami.0.level ?></strong>（<?cs var:Tsunami.0.few ?>）<?cs if:subcount(Tsunami) > 1 ?>など<?cs /if ?>
<?cs /if ?>
<?cs /def ?>

<?cs # What the title leaves open, in two lines. ?>
<?cs def:brief(e) ?>
<p><?cs if:e.occurred ?><?cs var:e.occurred ?> ごろ（<?cs var:e.age ?>）<?cs else ?>発生時刻は不明<?cs /if ?><?cs if:e.depth ?>　深さ <?cs var:e.depth ?><?cs /if ?><?cs if:e.fetched ?>　<?cs var:e.fetched ?> 受信<?cs if:e.late ?>（遅延）<?cs /if ?><?cs /if ?><?cs if:e.made_by ?>　手で作成（<?cs var:e.made_by ?>）<?cs /if ?><?cs if:e.tsunami ?><br>
<strong>津波：<?cs var:e.tsunami ?></strong><?cs /if ?><?cs call:tsunami(e) ?></p>
<?cs /def ?>

<?cs def:facts(e) ?>
<dl class="facts">
 <dt>発生</dt>
 <dd><?cs if:e.occurred ?><?cs var:e.occurred ?> ごろ（<?cs var:e.age ?>）<?cs else ?>不明<?cs /if ?></dd>
 <?cs if:e.kind == "quake" ?>
 <dt>震源</dt>
 <dd><?cs if:e.epicentre ?><?cs var:e.epicentre ?>　深さ <?cs var:e.depth ?><?cs else ?>まだ発表されていません（震度速報）<?cs /if ?></dd>
 <?cs else ?>
 <dt>種類</dt>
 <dd><?cs var:e.kind_word ?></dd>
 <dt>いま</dt>
 <dd><?cs if:e.over == 1 ?>発表は終わっています（<?cs var:e.ends ?>）<?cs elif:e.level ?><strong><?cs var:e.level ?></strong><?cs if:e.ends ?>　<?cs var:e.ends ?> まで<?cs else ?>　解除されるまで<?cs /if ?><?cs else ?>－<?cs /if ?></dd>
 <?cs /if ?>
 <?cs if:e.magnitude ?>
 <dt>マグニチュード</dt>
 <dd><?cs var:e.magnitude ?></dd>
 <?cs /if ?>
 <?cs if:e.tsunami ?>
 <dt>津波</dt>
 <dd><strong><?cs var:e.tsunami ?></strong></dd>
 <?cs /if ?>
 <?cs if:e.fetched ?>
 <dt>電文の受信</dt>
 <dd><?cs var:e.fetched ?><?cs if:e.late ?>　<strong>遅延</strong>（発表から <?cs var:e.late ?>）<?cs /if ?></dd>
 <?cs /if ?>
</dl>
<?cs if:e.headline ?><p><?cs var:e.headline ?></p><?cs /if ?>
<?cs /def ?>

<?cs def:shaking(e) ?>
<?cs if:subcount(e.levels) > 0 ?>
<div class="columns">
 <div class="scroll">
 <table>
  <caption>都道府県の<?cs if:e.kind == "quake" ?>震度<?cs else ?>警報など<?cs /if ?></caption>
  <thead><tr><th scope="col"><?cs if:e.kind == "quake" ?>震度<?cs else ?>段階<?cs /if ?></th><th scope="col">都道府県</th><th scope="col">安否確認</th></tr></thead>
  <tbody>
  <?cs each:l = e.levels ?>
  <tr><th scope="row"><?cs var:l.level ?></th>
   <td><?cs each:p = l.prefs ?><?cs var:p.name ?><?cs if:p.raised == 1 ?><strong>（判断のあと上昇）</strong><?cs /if ?>　<?cs /each ?></td>
   <td><?cs if:l.asked == 1 ?><strong>対象</strong><?cs else ?>－<?cs /if ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 </div>
 <?cs with:Map = e.Map ?><?cs if:e.kind == "quake" ?><?cs call:tilemap("都道府県の震度の地図。数字は震度、濃い色は安否確認の対象。左の表と同じ内容です。") ?><?cs else ?><?cs call:tilemap("都道府県の警報などの地図。濃い色は安否確認の対象。左の表と同じ内容です。") ?><?cs /if ?><?cs /with ?>
</div>
<?cs /if ?>
<?cs /def ?>

<?cs # Whom the check asks.  The number is the biggest thing on the page. ?>
<?cs def:people(e) ?>
<p><?cs if:e.more == 1 ?>追加の<?cs /if ?>安否確認の対象 <span class="figure"><?cs var:e.people ?></span> 人<br>
<?cs if:e.places ?><span class="quiet-text">勤務地または自宅が <?cs var:e.places ?> にある職員（<?cs var:e.rule_level ?>）</span><?cs else ?><span class="quiet-text">電文に都道府県がありません。対象を選んで送るには、<a href="/events/new">手で事象を作って</a>ください。</span><?cs /if ?></p>
<?cs /def ?>

<?cs def:mail(e) ?>
<details<?cs if:e.look == 1 ?> open<?cs /if ?>>
 <summary>メール見本</summary>
 <div class="panel">
  <p><strong><?cs var:e.subject ?></strong></p>
  <pre><?cs var:e.body ?></pre>
  <p class="quiet-text">（ここに、ひとりひとりの回答ページのアドレスが入ります）</p>
  <?cs each:q = e.questions ?>
  <p><?cs var:q.text ?>：<?cs each:c = q.choices ?>［<?cs var:c.text ?>］<?cs /each ?></p>
  <?cs /each ?>
 </div>
</details>
<?cs /def ?>

<?cs # An aftershock: what was asked for its main shock, and where it is worse. ?>
<?cs def:main_shock(e) ?>
<?cs if:e.parent ?>
<?cs if:e.stronger ?><p class="warning"><strong>前に聞いたときより強い揺れ：<?cs var:e.stronger ?></strong></p><?cs /if ?>
<p class="notice">余震の可能性があります。前の地震：<a href="/events/<?cs var:e.parent ?>"><?cs var:e.parent_title ?></a><br>
<?cs if:e.parent_asked_at ?><?cs var:e.parent_asked_at ?> に <?cs var:e.parent_asked ?> 人に聞きました。<?cs else ?>前の地震では、まだ聞いていません。<?cs /if ?><?cs if:e.fresh_places ?>はじめて聞く地域：<?cs var:e.fresh_places ?>（<?cs var:e.fresh_people ?> 人）<?cs /if ?></p>
<?cs /if ?>
<?cs /def ?>

<?cs # Events like it, and what was decided. ?>
<?cs def:similar(e) ?>
<?cs if:subcount(e.similar) > 0 ?>
<details<?cs if:e.open != 1 ?> open<?cs /if ?>>
 <summary>似た過去の事象と判断（<?cs var:subcount(e.similar) ?> 件）</summary>
 <table class="cards">
  <thead><tr><th scope="col">事象</th><th scope="col">発生</th><th scope="col"><?cs if:e.kind == "quake" ?>最大震度<?cs else ?>段階<?cs /if ?></th><th scope="col">判断</th></tr></thead>
  <tbody>
  <?cs each:x = e.similar ?>
  <tr><th scope="row"><a href="/events/<?cs var:x.id ?>"><?cs var:x.title ?></a></th>
   <td data-label="発生"><?cs if:x.occurred ?><?cs var:x.occurred ?><?cs else ?>不明<?cs /if ?></td>
   <td data-label="段階"><?cs if:x.level ?><?cs var:x.level ?><?cs else ?>－<?cs /if ?></td>
   <td data-label="判断"><span><?cs var:x.act ?><?cs if:x.sent == 1 && x.people != "0" ?>（<?cs var:x.people ?> 人）<?cs /if ?><?cs if:x.reason ?><br><span class="quiet-text"><?cs var:x.reason ?></span><?cs /if ?></span></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
</details>
<?cs /if ?>
<?cs /def ?>

<?cs # The newest telegram in words, and as it came. ?>
<?cs def:words(e) ?>
<?cs if:e.newest || e.headline ?>
<details>
 <summary>電文の本文</summary>
 <?cs if:e.headline ?><p><?cs var:e.headline ?></p><?cs /if ?>
 <?cs each:p = e.parts ?><?cs if:p.stands == 1 ?><p><strong><?cs var:p.title ?></strong></p>
 <pre><?cs var:p.body ?></pre><?cs /if ?><?cs /each ?>
 <?cs if:e.newest ?><p><a href="/events/<?cs var:e.id ?>/telegrams/<?cs var:e.newest ?>">届いたままの電文を見る</a></p><?cs /if ?>
</details>
<?cs /if ?>
<?cs /def ?>

<?cs # All of them, on the page of an event. ?>
<?cs def:tsunami_places(e) ?>
<?cs if:e.kind == "quake" && e.drill != 1 && e.closed != 1 && subcount(Tsunami) > 0 ?>
<h3>津波 発表中</h3>
<dl class="facts">
 <?cs each:t = Tsunami ?><dt><?cs var:t.level ?></dt><dd><?cs var:t.places ?></dd><?cs /each ?>
</dl>
<?cs /if ?>
<?cs /def ?>

<?cs # Who else looks; who was paged, and whether the check goes by itself.
 # Both hold nothing to press, so they can be shown anew at any time. ?>
<?cs def:watch(e) ?>
<?cs if:e.watchers ?><p class="notice"><strong><?cs var:e.watchers ?></strong>が確認中です。</p><?cs /if ?>
<?cs /def ?>

<?cs def:desk(e) ?>
<?cs if:e.paging == 1 || e.self == 1 || e.open == 1 ?>
<dl class="facts desk">
 <?cs if:e.open == 1 ?>
 <dt>配信条件</dt>
 <dd><?cs var:e.rule ?></dd>
 <?cs /if ?>
 <?cs if:e.paging == 1 ?>
 <dt>呼び出し</dt>
 <dd><?cs if:subcount(e.paged) > 0 ?><?cs each:p = e.paged ?><?cs var:p.at ?><?cs if:p.until ?>〜<?cs var:p.until ?>（<?cs var:p.times ?> 回）<?cs /if ?> <?cs var:p.names ?><br><?cs /each ?><?cs else ?><strong>呼び出せる人がいません。当番表を確かめてください。</strong><br><?cs /if ?><?cs if:e.paging_heard ?><?cs var:e.paging_heard ?>さんが止めました。<?cs elif:e.paging_on != 1 ?>終わりました。<?cs elif:e.paging_next ?>次は <?cs var:e.paging_next ?> に呼び出します。<?cs /if ?></dd>
 <?cs elif:e.open == 1 && e.drill != 1 ?>
 <dt>呼び出し</dt>
 <dd>していません。</dd>
 <?cs /if ?>
 <?cs if:e.self == 1 ?>
 <dt>自動送信</dt>
 <dd><?cs if:e.self_at ?><strong><?cs var:e.self_at ?></strong>（<?cs var:e.self_in ?>）。それまでに判断がなければ、<?cs var:e.people ?> 人に送ります。<?cs elif:e.self_why ?>しない（<?cs var:e.self_why ?>）<?cs else ?>しない<?cs /if ?></dd>
 <?cs /if ?>
</dl>
<?cs /if ?>
<?cs /def ?>

<?cs # Warnings first, then the acts: the next one is the big button. ?>
<?cs def:decide(e) ?>
<?cs if:e.over == 1 && e.kind != "quake" ?><p class="warning">この発表は終わっています（<?cs var:e.ends ?>）。</p><?cs /if ?>
<?cs if:e.old == 1 ?><p class="warning">この<?cs if:e.kind == "quake" ?>地震<?cs else ?>事象<?cs /if ?>は <?cs var:e.age ?> のものです。</p><?cs /if ?>
<?cs if:e.quick_only == 1 ?><p class="notice">震度速報だけの段階です。震源と、弱い揺れの地域は、数分後に発表されます。</p><?cs /if ?>
<?cs if:e.late ?><p class="warning"><strong>遅延</strong>　発表から <?cs var:e.late ?> たって受信しました。</p><?cs /if ?>
<?cs if:e.unknown ?><p class="warning">電文に、まだ登録のない符号があります：<?cs var:e.unknown ?>。電文を確かめてください。</p><?cs /if ?>
<?cs if:e.twins > 0 ?><p class="warning">同じ報として、内容の異なる電文が届いています。あとに届いたものを使っています。電文を見くらべてください。</p><?cs /if ?>
<?cs if:e.raised == 1 ?><p class="warning"><strong>判断のあと、基準（<?cs var:e.rule_level ?>）に達した地域が増えました。</strong></p><?cs /if ?>
<?cs call:main_shock(e) ?>
<?cs if:e.open == 1 ?>
<?cs call:people(e) ?>
<?cs call:mail(e) ?>
<?cs if:e.people == "0" ?>
<?cs if:e.places ?><p class="notice">対象者がいないため、送る相手がいません。</p><?cs /if ?>
<?cs /if ?>
<div class="actions">
 <?cs if:e.parent && e.fresh_people != "0" && e.fresh_people != e.people ?><a class="button primary" href="/events/<?cs var:e.id ?>/confirm?scope=fresh">はじめての <?cs var:e.fresh_people ?> 人だけに送る</a><?cs /if ?>
 <?cs if:e.people != "0" ?><a class="button<?cs if:!e.parent || e.stronger || e.fresh_people == e.people ?> primary<?cs /if ?>" href="/events/<?cs var:e.id ?>/confirm"><?cs if:e.drill == 1 ?>訓練として <?cs /if ?><?cs var:e.people ?> 人に送る</a><?cs /if ?>
 <?cs if:e.parent && e.state == "prepared" ?><a class="button" href="/events/<?cs var:e.id ?>/fold">まとめる（送らない）</a><?cs /if ?>
 <?cs if:e.state == "prepared" || e.raised == 1 ?><a class="button danger" href="/events/<?cs var:e.id ?>/reject"><?cs if:e.more == 1 ?>追加では送らない<?cs else ?>送らない（却下）<?cs /if ?></a><?cs /if ?>
</div>
<?cs elif:e.again == 1 ?>
<?cs if:e.state == "sent" ?><p class="warning"><strong>安否確認は、送り出す前に取り消されました。だれにも届いていません。</strong></p><?cs elif:e.state == "closed" ?><p class="notice">終了した事象です。判断待ちに戻すと、終了は取り消されます。</p><?cs /if ?>
<form method="post" action="/events/<?cs var:e.id ?>/reopen" class="actions"><?cs call:csrf() ?><button>もう一度、判断待ちにする</button></form>
<?cs /if ?>
<?cs /def ?>
