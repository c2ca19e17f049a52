<?cs set:Page.title = Person.0.name + " さんの回答" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_answers.cs" ?>
<link rel="stylesheet" href="/static/answers.css?v=<?cs var:Site.assets ?>">
<?cs set:Path = "/broadcasts/" + Broadcast.id + "/answers" ?>
<?cs set:Label.source = "だれから聞いたか" ?><?cs set:Label.means = "どうやって聞いたか" ?><?cs set:Label.certainty = "確かさ" ?><?cs set:Label.comment = "くわしい内容" ?><?cs set:Label.looked = "本人の回答" ?>
<p><a href="<?cs var:Path ?><?cs if:Query ?>?<?cs var:Query ?><?cs /if ?>#list">一覧に戻る</a>　<?cs var:Broadcast.subject ?></p>
<h1><?cs var:Person.0.name ?> <small><?cs var:Person.0.staff_no ?>　<?cs var:Person.0.group ?></small></h1>
<?cs call:done() ?><?cs call:errors() ?>
<?cs def:act(what, text) ?><a class="button" href="<?cs var:Path ?>/<?cs var:Person.0.user ?>?open=<?cs var:what ?><?cs if:Query ?>&amp;<?cs var:Query ?><?cs /if ?>#<?cs var:what ?>"><?cs var:text ?></a><?cs /def ?>
<p class="actions"><?cs if:subcount(Questions) > 0 ?><?cs call:act("proxy", "聞いた内容を記録する") ?> <?cs /if ?><?cs call:act("reply", "返信する") ?></p>
<?cs # An answer in a panel or a row. ?>
<?cs def:said(a) ?><?cs call:words(a.mark, a.text) ?><?cs if:a.comment ?>　「<?cs var:a.comment ?>」<?cs /if ?><?cs /def ?>
<?cs def:from(a) ?><?cs var:a.channel ?><?cs if:a.proxy ?>：<?cs var:a.source ?>から<?cs var:a.means ?>で、<?cs var:a.certainty ?>（<?cs var:a.account ?> が記録）<?cs /if ?><?cs /def ?>
<section class="panel<?cs if:Person.0.conflict ?> urgent<?cs /if ?>" aria-labelledby="now">
 <h2 id="now">いまの回答</h2>
 <?cs if:subcount(Counts) > 0 ?>
 <p class="current"><?cs call:said(Counts.0) ?></p>
 <p class="note"><?cs var:Counts.0.at ?>　<?cs call:from(Counts.0) ?></p>
 <?cs else ?>
 <p class="current"><?cs call:status("", "未回答") ?></p>
 <p class="note">メール：<?cs var:Person.0.delivery ?></p>
 <?cs if:Person.0.reported_at ?><p>自主報告（<?cs var:Person.0.reported_at ?>）：<?cs call:status(Person.0.safety_mark, Person.0.safety) ?>、<?cs var:Person.0.coming ?></p><?cs /if ?>
 <?cs /if ?>
 <?cs if:Person.0.conflict ?>
 <p class="warning">本人と、ほかの人から聞いた内容が食い違っています。集計には本人の回答を使っています。</p>
 <dl class="facts">
  <dt>本人</dt><dd><?cs call:said(Own.0) ?>（<?cs var:Own.0.at ?>）</dd>
  <dt>代理</dt><dd><?cs call:said(Proxy.0) ?>（<?cs var:Proxy.0.at ?>　<?cs call:from(Proxy.0) ?>）</dd>
 </dl>
 <form method="post" action="<?cs var:Path ?>/<?cs var:Person.0.user ?>/settle"><?cs call:csrf() ?><input type="hidden" name="back" value="<?cs var:Query ?>"><button>内容を確認した（本人の回答のままにする）</button></form>
 <?cs /if ?>
</section>
<?cs if:subcount(Questions) > 0 ?>
<details class="panel" id="proxy"<?cs if:subcount(Error) > 0 || Form.open == "proxy" || subcount(Counts) == 0 && Form.open != "reply" ?> open<?cs /if ?>>
 <summary>ほかの人から聞いた内容を記録する（代理回答）</summary>
 <form method="post" action="<?cs var:Path ?>/<?cs var:Person.0.user ?>/proxy">
  <?cs call:csrf() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>"><input type="hidden" name="seen" value="<?cs var:Seen ?>"><input type="hidden" name="back" value="<?cs var:Query ?>">
  <?cs if:subcount(Own) > 0 ?>
  <div class="warning"><p>本人の回答があります：<?cs call:said(Own.0) ?>（<?cs var:Own.0.at ?>）</p>
   <p>記録しても、集計には本人の回答を使います。内容が違えば「食い違い」として残ります。</p></div>
  <fieldset class="field<?cs if:Error.looked ?> wrong<?cs /if ?>" id="f-looked" tabindex="-1"<?cs call:described("looked", Error.looked) ?>><legend>本人の回答</legend>
   <label class="choice"><input type="checkbox" name="looked" value="yes"> <span>本人の回答を見た</span></label>
   <?cs call:fault("looked", Error.looked) ?></fieldset>
  <?cs /if ?>
  <div class="columns">
  <?cs each:q = Questions ?><?cs if:subcount(q.choices) > 0 ?><?cs set:field = "q" + q.id ?>
  <fieldset class="field<?cs if:Error[field] ?> wrong<?cs /if ?>" id="f-<?cs var:field ?>" tabindex="-1"<?cs call:described(field, Error[field]) ?>>
   <legend><?cs var:q.text ?> <small>（聞いていなければ選ばない）</small></legend>
   <?cs each:c = q.choices ?><?cs set:key = c.id ?>
   <label class="choice"><input type="<?cs if:q.multiple ?>checkbox<?cs else ?>radio<?cs /if ?>" name="<?cs var:field ?>" value="<?cs var:c.id ?>"<?cs if:Form[field][key] ?> checked<?cs /if ?>> <span><?cs if:c.mark ?><?cs call:status(c.mark, c.text) ?><?cs else ?><?cs var:c.text ?><?cs /if ?></span></label>
   <?cs /each ?>
   <?cs call:fault(field, Error[field]) ?>
  </fieldset>
  <?cs elif:q.written ?><?cs set:field = "q" + q.id ?><?cs set:hint = "（聞いていなければ空ける）" ?><?cs if:q.kind == "time" ?><?cs set:hint = "（例 9:30、聞いていなければ空ける）" ?><?cs elif:q.kind == "number" ?><?cs set:hint = "（数字、聞いていなければ空ける）" ?><?cs /if ?>
  <?cs call:text(field, q.text + hint, Form[field], Error[field]) ?>
  <?cs /if ?><?cs /each ?>
  <?cs call:radios("source", "だれから聞きましたか", Sources, Form.source, Error.source) ?>
  <?cs call:radios("means", "どうやって聞きましたか", Means, Form.means, Error.means) ?>
  <?cs call:radios("certainty", "どのくらい確かですか", Certainties, Form.certainty, Error.certainty) ?>
  </div>
  <?cs call:textarea("comment", "くわしい内容（なくてもよい、500文字まで）", Form.comment, Error.comment, "3") ?>
  <p class="actions"><button class="primary">代理回答として記録する</button></p>
 </form>
</details>
<?cs /if ?>
<details class="panel" id="reply"<?cs if:Form.open == "reply" ?> open<?cs /if ?>>
 <summary>この人に返信する</summary>
 <form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/reply">
  <?cs call:csrf() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>"><input type="hidden" name="user" value="<?cs var:Person.0.user ?>"><input type="hidden" name="expected" value="1"><input type="hidden" name="back" value="<?cs var:Query ?>">
  <?cs call:textarea("body", "返信（メールで送り、本人の回答ページの上にも出します）", "", Error.body, "4") ?>
  <p class="actions"><button class="primary">1 人に返信する</button></p>
 </form>
</details>
<?cs if:subcount(Replies) > 0 ?>
<section aria-labelledby="replies">
 <h2 id="replies">送った返信</h2>
 <?cs each:r = Replies ?><article class="panel"><p class="note"><?cs var:r.at ?>　<?cs var:r.account ?></p><pre><?cs var:r.body ?></pre></article><?cs /each ?>
</section>
<?cs /if ?>
<section aria-labelledby="history">
 <h2 id="history">これまでの回答</h2>
 <?cs if:subcount(Answers) > 0 ?>
 <table class="cards">
  <thead><tr><th scope="col">時刻</th><th scope="col">回答</th><th scope="col">コメント</th><th scope="col">だれから</th></tr></thead>
  <tbody><?cs each:a = Answers ?>
  <tr><th scope="row"><?cs var:a.at ?><?cs if:a.counts ?>（いまの回答）<?cs /if ?></th>
   <td data-label="回答"><?cs call:words(a.mark, a.text) ?></td>
   <td class="words" data-label="コメント"><?cs var:a.comment ?></td>
   <td data-label="だれから"><?cs call:from(a) ?></td></tr><?cs /each ?>
  </tbody>
 </table>
 <?cs else ?><p>まだありません。</p><?cs /if ?>
</section>
<?cs include:"_footer.cs" ?>
