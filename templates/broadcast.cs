<?cs set:Page.title = Broadcast.subject ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_broadcast.cs" ?>
<?cs set:Label.expected = "人数" ?>
<?cs set:b.id = Broadcast.id ?>
<h1><?cs var:Broadcast.subject ?></h1>
<p><?cs call:kind(Broadcast.kind) ?>・<?cs call:state(Broadcast.state) ?><?cs if:Broadcast.made_by ?>・<?cs var:Broadcast.made_by ?><?cs /if ?><?cs if:Broadcast.root != Broadcast.id ?>・<a href="/broadcasts/<?cs var:Broadcast.root ?>">最初の配信</a>の再送<?cs /if ?></p>
<?cs call:errors() ?>
<?cs if:subcount(Questions) > 0 ?>
<section aria-labelledby="answers">
 <h2 id="answers">回答</h2>
 <p><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?filter=unanswered">未回答 <strong class="figure"><?cs var:Broadcast.unanswered ?></strong> 人</a>　回答 <?cs var:Broadcast.answered ?> 人／対象 <?cs var:Broadcast.recipients ?> 人</p>
 <?cs each:q = Questions ?>
 <table>
  <caption><?cs var:q.text ?></caption>
  <thead><tr><th scope="col">選択肢</th><th scope="col" class="number">人数</th></tr></thead>
  <tbody><?cs each:c = q.choices ?>
  <tr><td><?cs call:status(c.mark, c.text) ?></td><td class="number"><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?choice=<?cs var:c.id ?>"><?cs var:c.people ?></a></td></tr><?cs /each ?>
  </tbody>
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
  <dt>送った</dt><dd><?cs var:Broadcast.handed ?> 通</dd>
  <dt>送れなかった</dt><dd><?cs var:Broadcast.refused ?> 通</dd>
  <?cs if:Broadcast.cancelled != "0" ?><dt>取り消した</dt><dd><?cs var:Broadcast.cancelled ?> 通</dd><?cs /if ?>
  <dt>送ると決めた時刻</dt><dd><?cs var:Clock.decided ?>（<?cs var:Broadcast.expected ?> 人）</dd>
  <?cs if:Clock.first ?><dt>最初の1通</dt><dd><?cs var:Clock.first ?></dd><dt>最後の1通</dt><dd><?cs var:Clock.last ?></dd><?cs /if ?>
  <?cs if:Broadcast.closes_at ?><dt>締め切り</dt><dd><?cs var:Broadcast.closes_at ?></dd><?cs /if ?>
 </dl>
</section>
<section aria-labelledby="text">
 <h2 id="text">本文</h2>
 <pre class="mail"><?cs var:Broadcast.body ?></pre>
</section>
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
<details><summary>まだ出ていない分を取り消す</summary>
 <p>まだ出ていないメールを送りません。届いた人の回答は受け付け続けます。</p>
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
