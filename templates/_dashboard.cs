<?cs # What both pages of the dashboard show of a broadcast.  data-live says
 # where dashboard.js finds the newer value in the JSON. ?>

<?cs # Page parts that make it live: a clock, a pause, a plain link that works
 # without script. ?>
<?cs def:live() ?>
<div class="live" id="live" data-url="/dashboard.json<?cs if:Live.query ?>?<?cs var:Live.query ?><?cs /if ?>" data-key="<?cs var:Live.key ?>">
 <p class="live-age">更新 <span id="live-age"><?cs var:Live.clock ?></span></p>
 <button type="button" class="quiet" id="live-pause" hidden>自動更新を止める</button>
 <a href="/<?cs if:Live.query ?>?<?cs var:Live.query ?><?cs /if ?>" id="live-reload">最新の数を表示</a>
 <p role="status" class="live-status" id="live-status"></p>
</div>
<?cs /def ?>

<?cs def:sign(mark) ?><span class="sign" aria-hidden="true"><?cs if:mark == "good" ?>○<?cs elif:mark == "warn" ?>△<?cs elif:mark == "bad" ?>✕<?cs else ?>■<?cs /if ?></span><?cs /def ?>

<?cs # Where the people of a broadcast are listed, those of a group (0: all);
 # a filter follows. ?>
<?cs def:people_of(broadcast, group) ?><?cs set:List = "/broadcasts/" + broadcast + "/answers?" ?><?cs if:group ?><?cs set:List = List + "group=" + group + "&" ?><?cs /if ?><?cs /def ?>

<?cs # A number of people and the way to them, List with a filter; who says in
 # words which people they are.  Under the head of a column (Bare) only the
 # figure is seen.  Operators see counts only. ?>
<?cs def:people(filter, path, count, who) ?><?cs if:May.people ?><a href="<?cs var:List ?><?cs var:filter ?>#list"><span class="away"><?cs var:who ?> </span><?cs /if ?><b data-live="<?cs var:path ?>"><?cs var:count ?></b><?cs if:!Bare ?> 人<?cs /if ?><?cs if:May.people ?><span class="away"><?cs if:Bare ?> 人<?cs /if ?>の一覧</span></a><?cs /if ?><?cs /def ?>

<?cs def:state(b) ?><?cs if:b.state == "sending" ?>送信中<?cs elif:b.state == "sent" ?>回答受付中<?cs elif:b.state == "closed" ?>締め切り<?cs elif:b.state == "cancelled" ?>取り消し<?cs if:b.open ?>（届いた人の回答は受付中）<?cs /if ?><?cs else ?>送信準備中<?cs /if ?><?cs /def ?>

<?cs # A choice: its sign, its people, its share. ?>
<?cs def:figure(path, c) ?><?cs call:sign(c.mark) ?> <?cs var:c.text ?> <?cs call:people("choice=" + c.id, path + "/choices/" + c.id + "/count", c.count, c.text) ?> <small data-live="<?cs var:path ?>/choices/<?cs var:c.id ?>/share"><?cs var:c.share ?></small><?cs /def ?>

<?cs # A question whose answers exclude each other: one bar, unanswered last. ?>
<?cs def:stack(path, b, q) ?>
<svg class="bar" width="100%" height="28" aria-hidden="true">
 <rect class="ground" width="100%" height="28"/>
 <?cs each:c = q.choices ?>
 <rect class="part <?cs var:c.tone ?>" height="28" x="<?cs var:c.x ?>" width="<?cs var:c.width ?>" data-live-x="<?cs var:path ?>/choices/<?cs var:c.id ?>/x" data-live-width="<?cs var:path ?>/choices/<?cs var:c.id ?>/width"/>
 <?cs /each ?>
 <rect class="part left" height="28" x="<?cs var:b.x ?>" width="<?cs var:b.width ?>" data-live-x="broadcasts/<?cs var:b.id ?>/x" data-live-width="broadcasts/<?cs var:b.id ?>/width"/>
</svg>
<ul class="figures">
 <?cs each:c = q.choices ?>
 <li class="<?cs var:c.tone ?>"><?cs call:figure(path, c) ?></li>
 <?cs /each ?>
 <li class="left"><span class="sign" aria-hidden="true">－</span> 未回答 <?cs call:people("filter=unanswered", "broadcasts/" + b.id + "/unanswered", b.unanswered, "未回答") ?> <small data-live="broadcasts/<?cs var:b.id ?>/share"><?cs var:b.share ?></small></li>
</ul>
<?cs /def ?>

<?cs # A question of which one may choose several: a bar for each. ?>
<?cs def:bars(path, q) ?>
<ul class="figures apart">
 <?cs each:c = q.choices ?>
 <li class="<?cs var:c.tone ?>"><?cs call:figure(path, c) ?>
  <svg class="bar" width="100%" height="12" aria-hidden="true"><rect class="ground" width="100%" height="12"/><rect class="part <?cs var:c.tone ?>" height="12" width="<?cs var:c.width ?>" data-live-width="<?cs var:path ?>/choices/<?cs var:c.id ?>/width"/></svg></li>
 <?cs /each ?>
</ul>
<?cs /def ?>

<?cs def:questions(b) ?>
<?cs each:q = b.questions ?><?cs set:Path = "broadcasts/" + b.id + "/questions/" + q.id ?>
<section class="question">
 <h3><?cs var:q.text ?><?cs if:q.multiple ?> <small>（いくつでも）</small><?cs /if ?></h3>
 <?cs if:q.multiple ?><?cs call:bars(Path, q) ?><?cs else ?><?cs call:stack(Path, b, q) ?><?cs /if ?>
</section>
<?cs /each ?>
<?cs /def ?>

<?cs # The number that matters. ?>
<?cs def:unanswered(b) ?>
<p class="unanswered">
 <span class="what">未回答</span>
 <span class="big"><?cs call:people("filter=unanswered", "broadcasts/" + b.id + "/unanswered", b.unanswered, "未回答") ?></span>
 <span class="of">対象 <?cs call:people("filter=", "broadcasts/" + b.id + "/recipients", b.asked, "対象") ?>・回答 <?cs call:people("filter=answered", "broadcasts/" + b.id + "/answered", b.answered, "回答済み") ?></span>
 <?cs if:May.people ?><a class="undelivered" href="<?cs var:List ?>filter=undelivered">未回答で配信できていない人</a> <a class="undelivered" href="/broadcasts/<?cs var:b.id ?>/coming<?cs if:Scope.group ?>?group=<?cs var:Scope.group ?><?cs /if ?>">登庁の見込み</a><?cs /if ?>
 <?cs if:b.conflicts ?><?cs if:May.people ?><a class="undelivered" href="<?cs var:List ?>filter=conflict">本人と代理の食い違い <b><?cs var:b.conflicts ?></b> 人</a><?cs else ?><span class="undelivered">本人と代理の食い違い <b><?cs var:b.conflicts ?></b> 人</span><?cs /if ?><?cs /if ?>
</p>
<?cs /def ?>

<?cs def:mails(b, name, count) ?><span data-live="broadcasts/<?cs var:b.id ?>/<?cs var:name ?>"><?cs var:count ?></span> 通<?cs /def ?>

<?cs # What arrived and what did not, apart. ?>
<?cs def:delivery(b) ?><?cs if:b.delivery ?>
<dl class="delivery">
 <div><dt>メール</dt><dd><?cs call:mails(b, "messages", b.messages) ?></dd></div>
 <div><dt>送った</dt><dd><?cs call:mails(b, "sent", b.sent) ?> <small>受け取り側が受け付けた <?cs call:mails(b, "accepted", b.accepted) ?>・待たせている <?cs call:mails(b, "deferred", b.deferred) ?></small></dd></div>
 <div><dt>届かなかった</dt><dd><?cs call:mails(b, "undelivered", b.undelivered) ?> <small>受け取り側が断った <?cs call:mails(b, "bounced", b.bounced) ?>・送れなかった <?cs call:mails(b, "refused", b.refused) ?></small></dd></div>
 <div><dt>これから送る</dt><dd><?cs call:mails(b, "waiting", b.waiting) ?></dd></div>
 <?cs if:b.cancelled != "0" ?><div><dt>取り消した</dt><dd><?cs call:mails(b, "cancelled", b.cancelled) ?></dd></div><?cs /if ?>
</dl>
<?cs /if ?><?cs /def ?>
