<?cs set:Page.title = Broadcast.subject ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_broadcast.cs" ?>
<?cs set:Label.expected = "人数" ?>
<?cs set:b.id = Broadcast.id ?>
<h1><?cs var:Broadcast.subject ?></h1>
<p><?cs call:kind(Broadcast.kind) ?>・<?cs call:state(Broadcast.state) ?><?cs if:Broadcast.made_by ?>・<?cs var:Broadcast.made_by ?><?cs /if ?><?cs if:Broadcast.root != Broadcast.id ?>・<a href="/broadcasts/<?cs var:Broadcast.root ?>">最初の配信</a>の再送<?cs /if ?></p>
<?cs call:errors() ?>
<?cs if:Broadcast.state == "scheduled" ?><p class="notice"><strong><?cs var:Broadcast.send_at ?></strong> に送ります。それまでは取り消せます。人数は送る時に数え直します。</p><?cs /if ?>
<?cs if:Broadcast.state == "cancelled" && Broadcast.open ?><p class="notice">残りを取り消しました。届いた人の回答は、締め切るまで受け付けます。</p><?cs /if ?>
<?cs if:Broadcast.test ?><p class="notice">自分あてのテストです。状況の集計には入りません。</p><?cs /if ?>
<?cs if:subcount(Questions) > 0 ?>
<section aria-labelledby="answers">
 <h2 id="answers">回答</h2>
 <p><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?filter=unanswered">未回答 <strong class="figure"><?cs var:Broadcast.unanswered ?></strong> 人</a>　回答 <?cs var:Broadcast.answered ?> 人／対象 <?cs var:Broadcast.recipients ?> 人</p>
 <?cs each:q = Questions ?>
 <table class="few">
  <caption><?cs var:q.text ?></caption>
<?cs if:q.written ?>
  <thead><tr><th scope="col">書いた人</th><?cs if:q.least ?><th scope="col"><?cs if:q.kind == "time" ?>いちばん早い<?cs else ?>最小<?cs /if ?></th><th scope="col"><?cs if:q.kind == "time" ?>いちばん遅い<?cs else ?>最大<?cs /if ?></th><?cs /if ?><?cs if:q.sum ?><th scope="col">合計</th><th scope="col">平均</th><?cs /if ?></tr></thead>
  <tbody><tr><td><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?filter=answered"><?cs var:q.people ?> 人</a></td><?cs if:q.least ?><td><?cs var:q.least ?></td><td><?cs var:q.most ?></td><?cs /if ?><?cs if:q.sum ?><td><?cs var:q.sum ?></td><td><?cs var:q.mean ?></td><?cs /if ?></tr></tbody>
<?cs else ?>
  <thead><tr><th scope="col">選択肢</th><th scope="col" class="number">人数</th></tr></thead>
  <tbody><?cs each:c = q.choices ?>
  <tr><td><?cs call:status(c.mark, c.text) ?></td><td class="number"><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?choice=<?cs var:c.id ?>"><?cs var:c.people ?></a></td></tr><?cs /each ?>
  </tbody>
<?cs /if ?>
 </table>
 <?cs /each ?>
 <p class="actions"><a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>/answers">回答の一覧</a> <a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>/answers?filter=undelivered">未回答で配信できていない人</a> <a class="button" href="/?broadcast=<?cs var:Broadcast.root ?>">グループ別の状況</a> <a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>/coming">登庁の見込み</a></p>
</section>
<?cs else ?>
<p class="actions"><a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>/answers">対象者 <?cs var:Broadcast.recipients ?> 人の一覧</a></p>
<?cs /if ?>
<section aria-labelledby="delivery">
 <h2 id="delivery">メールの配信</h2>
 <dl class="facts">
  <dt>メール</dt><dd><?cs var:Broadcast.messages ?> 通</dd>
  <dt>これから送る</dt><dd><?cs var:Broadcast.waiting ?> 通</dd>
  <dt>送った</dt><dd><?cs var:Broadcast.sent ?> 通</dd>
  <dt>送れなかった</dt><dd><?cs var:Broadcast.refused ?> 通</dd>
  <?cs if:Broadcast.handed != "0" ?><dt>受け取り側が受け付けた</dt><dd><?cs var:Broadcast.accepted ?> 通</dd>
  <dt>受け取り側が待たせている</dt><dd><?cs var:Broadcast.deferred ?> 通</dd>
  <dt>受け取り側が断った</dt><dd><?cs var:Broadcast.bounced ?> 通</dd><?cs /if ?>
  <?cs if:Broadcast.cancelled != "0" ?><dt>取り消した</dt><dd><?cs var:Broadcast.cancelled ?> 通</dd><?cs /if ?>
  <dt>送ると決めた時刻</dt><dd><?cs var:Clock.decided ?>（<?cs var:Broadcast.expected ?> 人）</dd>
  <?cs if:Clock.first ?><dt>最初の1通</dt><dd><?cs var:Clock.first ?></dd><dt>最後の1通</dt><dd><?cs var:Clock.last ?></dd><?cs /if ?>
  <?cs if:Broadcast.closes_at ?><dt>締め切り</dt><dd><?cs var:Broadcast.closes_at ?></dd><?cs /if ?>
 </dl>
 <?cs if:subcount(Carriers) > 0 ?>
 <table class="cards">
  <caption>受け取り側（携帯会社など）ごと</caption>
  <thead><tr><th scope="col">受け取り側</th><th scope="col" class="number">メール</th><th scope="col" class="number">これから</th><th scope="col" class="number">受け付けた</th><th scope="col" class="number">待たせている</th><th scope="col" class="number">届かない</th><th scope="col">最後に受け付けた</th></tr></thead>
  <tbody>
  <?cs each:c = Carriers ?>
  <tr><th scope="row"><?cs var:c.name ?></th>
   <td class="number" data-label="メール"><?cs var:c.messages ?> 通</td>
   <td class="number" data-label="これから"><?cs var:c.waiting ?> 通</td>
   <td class="number" data-label="受け付けた"><?cs var:c.accepted ?> 通</td>
   <td class="number" data-label="待たせている"><?cs if:c.deferred != "0" ?><?cs call:status("warn", c.deferred + " 通") ?><?cs else ?>0 通<?cs /if ?></td>
   <td class="number" data-label="届かない"><?cs if:c.bounced != "0" ?><?cs call:status("bad", c.bounced + " 通") ?><?cs else ?>0 通<?cs /if ?></td>
   <td class="date" data-label="最後に受け付けた"><?cs if:c.last ?><?cs var:c.last ?><?cs else ?>－<?cs /if ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <p class="note">数秒ごとに数え直します。</p>
 <?cs /if ?>
</section>
<section aria-labelledby="text">
 <h2 id="text">本文</h2>
 <pre class="mail"><?cs var:Broadcast.body ?></pre>
</section>
<section aria-labelledby="whom">
 <h2 id="whom">送った相手</h2>
 <ul><?cs each:t = Targets ?>
  <li><?cs if:t.minus ?>除く　<?cs /if ?><?cs if:t.kind == "all" ?>担当する全員<?cs elif:t.kind == "group" ?>グループ：<?cs var:t.name ?>（下位を含む）<?cs elif:t.kind == "region" ?>地域：<?cs var:t.name ?><?cs elif:t.kind == "unanswered" ?>「<?cs var:t.name ?>」に未回答の人<?cs elif:t.kind == "answered" ?>「<?cs var:t.name ?>」に回答した人<?cs elif:t.kind == "chose" ?>「<?cs var:t.subject ?>」の「<?cs var:t.question ?>」に「<?cs var:t.name ?>」と答えた人<?cs else ?><?cs var:t.name ?><?cs /if ?></li><?cs /each ?>
 </ul>
 <?cs if:subcount(Questions) > 0 && Broadcast.root == Broadcast.id ?><p><a href="/broadcasts/new?earlier=<?cs var:Broadcast.id ?>">回答した内容で相手を選んで、新しく送る</a></p><?cs /if ?>
</section>
<?cs if:Reask.times ?>
<section aria-labelledby="reask">
 <h2 id="reask">未回答の人への自動の再送</h2>
 <p><?cs var:Reask.times ?> 回まで、<?cs var:Reask.gap ?> 分おき<?cs if:Reask.quiet ?>（夜間は送りません）<?cs /if ?>。いままでに <?cs var:Reask.done ?> 回送りました。<?cs if:Reask.next ?>次は <strong><?cs var:Reask.next ?></strong> です。<?cs else ?>これで終わりです。<?cs /if ?></p>
 <?cs if:Reask.next && May.stop_reask ?><form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/stop-reask"><?cs call:csrf() ?><button>自動の再送をやめる</button></form><?cs /if ?>
</section>
<?cs /if ?>
<?cs if:May.retry ?>
<section class="panel" aria-labelledby="retry">
 <h2 id="retry">未回答の人にもう一度送る</h2>
 <p>いま未回答の <strong class="figure"><?cs var:Again.people ?></strong> 人に、次のメールアドレスへ送ります。</p>
 <form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/retry">
  <?cs call:csrf() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>">
  <?cs call:number("expected", "この人数を入力すると送れます", "", Error.expected) ?>
  <p class="actions"><button class="primary"><?cs var:Again.people ?> 人にもう一度送る</button></p>
 </form>
</section>
<?cs /if ?>
<?cs if:May.cancel ?>
<details<?cs if:Broadcast.state == "scheduled" ?> open<?cs /if ?>><summary>まだ出ていない分を取り消す</summary>
 <p><?cs if:Broadcast.state == "scheduled" ?>予約を取り消します。だれにも送りません。<?cs else ?>まだ出ていないメールを送りません。届いた人の回答は受け付け続けます。<?cs /if ?></p>
 <form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/cancel"><?cs call:csrf() ?><button class="danger">残りを取り消す</button></form>
</details>
<?cs /if ?>
<?cs if:May.close ?>
<details><summary>回答を締め切る</summary>
 <p>締め切ると、この配信のリンクからは回答できなくなります。</p>
 <form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/close"><?cs call:csrf() ?><button class="danger">締め切る</button></form>
</details>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
