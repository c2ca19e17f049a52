<?cs set:Page.title = "電文の受信" ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<p><a href="/events">災害事象の一覧へ</a></p>
<h1>電文の受信</h1>
<dl class="facts">
 <dt>最後の電文の知らせ</dt><dd><?cs if:Newest ?><?cs var:Newest ?><?cs else ?>まだありません<?cs /if ?></dd>
 <dt>これから取る電文</dt><dd><?cs var:Waiting ?> 件</dd>
 <dt>取れなかった電文</dt><dd><?cs var:GivenUp ?> 件<?cs if:GivenUp != "0" ?>（<?cs call:status("warn", "注意") ?> 記録（ログ）を見てください）<?cs /if ?></dd>
</dl>
<?cs if:subcount(Feeds) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">フィード</th><th scope="col">いま</th><th scope="col">最後に取れた</th><th scope="col">最後の新しい電文</th><th scope="col">続けて失敗</th><th scope="col">最後の応答</th></tr></thead>
 <tbody>
 <?cs each:f = Feeds ?>
 <tr><th scope="row" class="long"><?cs var:f.url ?><?cs if:f.long == 1 ?><br><span class="quiet-text">長いフィード（止まったあとだけ読む）</span><?cs /if ?></th>
  <td data-label="いま"><span><?cs call:status(f.mark, f.word) ?><?cs if:f.told ?><br>当番に知らせた：<?cs var:f.told ?><?cs /if ?><?cs if:f.told_quiet ?><br>新しい電文がないと知らせた：<?cs var:f.told_quiet ?><?cs /if ?></span></td>
  <td data-label="最後に取れた"><?cs if:f.good ?><?cs var:f.good ?><?cs else ?>まだ一度も取れていません<?cs /if ?></td>
  <td data-label="最後の新しい電文"><?cs if:f.entry ?><?cs var:f.entry ?><?cs else ?>－<?cs /if ?></td>
  <td data-label="続けて失敗"><?cs var:f.failures ?> 回</td>
  <td data-label="最後の応答"><span><?cs if:f.status ?><?cs var:f.status ?><?cs else ?>－<?cs /if ?><?cs if:f.behind == 1 ?><br>止まっていたあいだの電文を、まだ取れていません。<?cs /if ?><?cs if:f.silent == 1 ?><br><strong>ネットワークと、配信元の障害情報を確かめてください。</strong><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>フィードはまだ読んでいません。</p>
<?cs /if ?>
<p><?cs var:Silent ?> 分のあいだ取れないとき、<?cs if:Quiet > 0 ?>または <?cs var:Quiet ?> 分のあいだ新しい電文がないとき、<?cs /if ?>当番にメールで知らせます。戻ったときにも知らせます。</p>
<p class="hint">止まっていたあいだの電文は、長いフィードからあとで取ります。古い電文は、新しい知らせとしては配信しません。</p>
<?cs include:"_footer.cs" ?>
