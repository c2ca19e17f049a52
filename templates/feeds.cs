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
 <thead><tr><th scope="col">フィード</th><th scope="col">いま</th><th scope="col">最後に取れた</th><th scope="col">続けて失敗</th><th scope="col">最後の応答</th></tr></thead>
 <tbody>
 <?cs each:f = Feeds ?>
 <tr><th scope="row" class="long"><?cs var:f.url ?></th>
  <td data-label="いま"><?cs call:status(f.mark, f.word) ?></td>
  <td data-label="最後に取れた"><?cs if:f.good ?><?cs var:f.good ?>（<?cs var:f.age ?>）<?cs else ?>まだ一度も取れていません<?cs /if ?></td>
  <td data-label="続けて失敗"><?cs var:f.failures ?> 回</td>
  <td data-label="最後の応答"><span><?cs var:f.status ?><?cs if:f.silent == 1 ?><br><strong>ネットワークと、配信元の障害情報を確かめてください。</strong><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>フィードはまだ読んでいません。</p>
<?cs /if ?>
<p class="hint">止まっていたあいだの電文は、長いフィードからあとで取ります。古い電文は、新しい知らせとしては配信しません。</p>
<?cs include:"_footer.cs" ?>
