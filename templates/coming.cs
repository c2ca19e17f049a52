<?cs set:Page.title = Broadcast.subject + " の登庁" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/answers.css?v=<?cs var:Site.assets ?>">
<?cs set:Path = "/broadcasts/" + Broadcast.id + "/coming" ?><?cs set:Label.expected = "人数" ?><?cs set:Label.body = "本文" ?>
<p><a href="/broadcasts/<?cs var:Broadcast.id ?>"><?cs var:Broadcast.subject ?></a>　<a href="/broadcasts/<?cs var:Broadcast.id ?>/answers">回答</a><?cs if:Group.name ?>　<a href="<?cs var:Path ?>">登庁（全体）</a><?cs /if ?></p>
<h1>登庁<?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?> <small><?cs var:Now ?> 現在</small></h1>
<?cs call:errors() ?>
<?cs if:!Asked ?><p class="warning">この配信には「登庁」で始まる設問がないため、登庁できる人を数えられません。下の「代わりの人に頼む」で聞くことはできます。</p><?cs /if ?>
<?cs # Who of a post comes, and how it stands. ?>
<?cs def:post_cells(p) ?><td class="number" data-label="来る人／必要"><span><strong><?cs var:p.coming ?></strong>／<?cs var:p.needed ?></span></td>
 <td data-label="間に合う人"><span><?cs var:p.within ?>時間以内に <?cs var:p.in_time ?>人</span></td>
 <td data-label="人"><ul class="people"><?cs each:e = p.people ?><li><?cs if:e.substitute ?>（代）<?cs /if ?><?cs var:e.name ?> <?cs call:status(e.mark, e.words) ?></li><?cs /each ?><?cs if:subcount(p.people) == 0 ?><li>まだ決まっていません</li><?cs /if ?></ul></td><?cs /def ?>
<?cs def:post(p) ?>
<tr><th scope="row"><a href="/posts/<?cs var:p.id ?>"><?cs var:p.name ?></a> <span class="told"><?cs var:p.group ?></span></th>
 <td data-label="状態"><?cs if:p.nobody ?><?cs call:status("bad", "だれもいない") ?><?cs elif:p.late ?><?cs call:status("warn", "時間までに足りない") ?><?cs else ?><?cs call:status("warn", "足りない") ?><?cs /if ?></td>
 <?cs call:post_cells(p) ?></tr>
<?cs /def ?>
<section aria-labelledby="short">
 <h2 id="short">人が足りない持ち場</h2>
 <?cs if:Posts.count == "0" ?><p class="notice">持ち場がまだ登録されていません。<a href="/posts/new">持ち場を登録する</a></p>
 <?cs else ?>
 <p>だれも来られない持ち場 <strong class="figure"><?cs var:Posts.nobody ?></strong>／<?cs var:Posts.count ?>　足りない持ち場 <strong><?cs var:subcount(Short) ?></strong></p>
 <?cs if:subcount(Short) > 0 ?>
 <table class="cards">
  <thead><tr><th scope="col">持ち場</th><th scope="col">状態</th><th scope="col" class="number">来る人／必要</th><th scope="col">間に合う人</th><th scope="col">人</th></tr></thead>
  <tbody><?cs each:p = Short ?><?cs call:post(p) ?><?cs /each ?></tbody>
 </table>
 <?cs else ?><p class="success">すべての持ち場に、必要な人数が来られます。</p><?cs /if ?>
 <?cs if:subcount(Filled) > 0 ?>
 <details><summary>足りている持ち場（<?cs var:subcount(Filled) ?>）</summary>
 <table class="cards">
  <thead><tr><th scope="col">持ち場</th><th scope="col">状態</th><th scope="col" class="number">来る人／必要</th><th scope="col">間に合う人</th><th scope="col">人</th></tr></thead>
  <tbody><?cs each:p = Filled ?><tr><th scope="row"><a href="/posts/<?cs var:p.id ?>"><?cs var:p.name ?></a> <span class="told"><?cs var:p.group ?></span></th><td data-label="状態"><?cs call:status("good", "足りている") ?></td><?cs call:post_cells(p) ?></tr><?cs /each ?></tbody>
 </table></details>
 <?cs /if ?>
 <?cs /if ?>
</section>
<?cs if:Call.any ?>
<section class="panel" aria-labelledby="call">
 <h2 id="call">代わりの人に頼む</h2>
 <p>足りない持ち場の代わりの人のうち、まだ返事をもらっていない <strong class="figure"><?cs var:Call.people ?></strong> 人に、登庁できるかを聞きます。</p>
 <form method="post" action="<?cs var:Path ?>/call">
  <?cs call:csrf() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>"><?cs if:Group.id ?><input type="hidden" name="group" value="<?cs var:Group.id ?>"><?cs /if ?>
  <p>件名：<?cs var:Call.subject ?></p>
  <?cs call:textarea("body", "本文", Form.body, Error.body, "3") ?>
  <?cs call:number("expected", "この人数を入力すると送れます", "", Error.expected) ?>
  <p class="actions"><button class="primary">代わりの <?cs var:Call.people ?> 人に頼む</button></p>
 </form>
</section>
<?cs /if ?>
<section aria-labelledby="bureaus">
 <h2 id="bureaus">部署ごとの、いまから何時間で何人来られるか</h2>
 <?cs if:subcount(Bureaus) > 0 ?>
 <table class="cards hours">
  <thead><tr><th scope="col">部署</th><?cs each:s = Steps ?><th scope="col" class="number"><?cs var:s.hours ?>時間<br>人／必要</th><?cs /each ?><th scope="col" class="number">来る人の<br>合計／必要</th><th scope="col" class="number">でき<br>ない</th><th scope="col" class="number">わから<br>ない</th><th scope="col" class="number">未回答</th></tr></thead>
  <tbody><?cs each:b = Bureaus ?>
  <tr><th scope="row"><?cs if:b.below ?><a href="<?cs var:Path ?>?group=<?cs var:b.id ?>"><?cs var:b.name ?></a><?cs else ?><?cs var:b.name ?><?cs /if ?></th>
   <?cs each:s = b.steps ?><td class="number<?cs if:s.short ?> short<?cs /if ?>" data-label="<?cs var:s.hours ?>時間以内（人／必要）"><span><?cs var:s.people ?><?cs if:s.needed != "0" ?>／<?cs var:s.needed ?><?cs /if ?><?cs if:s.short ?><span class="away"> 足りない</span><?cs /if ?></span></td><?cs /each ?>
   <td class="number" data-label="来る人の合計／必要"><?cs var:b.coming ?><?cs if:b.needed != "0" ?>／<?cs var:b.needed ?><?cs /if ?></td>
   <td class="number" data-label="できない"><?cs var:b.no ?></td>
   <td class="number" data-label="わからない"><?cs var:b.unknown ?></td>
   <td class="number" data-label="未回答"><a href="/broadcasts/<?cs var:Broadcast.id ?>/answers?filter=unanswered&amp;group=<?cs var:b.id ?>"><?cs var:b.unanswered ?><span class="away">人（<?cs var:b.name ?>）の一覧</span></a></td></tr><?cs /each ?>
  </tbody>
 </table>
 <p class="note">「／」の後は、その時までに持ち場で必要な人数です。「できる」だけの人は回答から30分で着くと見ています。「時間がかかる」で時間の分からない人は、合計にだけ入ります。下の部署の人と持ち場も含みます。</p>
 <?cs else ?><p>この下に部署はありません。</p><?cs /if ?>
</section>
<?cs if:subcount(Ways) > 0 ?>
<section aria-labelledby="ways"><h2 id="ways">登庁の手段</h2>
 <dl class="facts"><?cs each:w = Ways ?><dt><?cs var:w.text ?></dt><dd><?cs var:w.people ?> 人</dd><?cs /each ?></dl></section>
<?cs /if ?>
<p class="actions"><a class="button" href="/posts">持ち場の設定</a></p>
<?cs include:"_footer.cs" ?>
