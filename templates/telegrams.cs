<?cs set:Page.title = "事象にならなかった電文" ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<p><a href="/events">災害事象の一覧へ</a></p>
<h1>事象にならなかった電文</h1>
<p>読めなかった電文と、種類の登録がない電文です。そのまま保存しています。だれにも配信しません。</p>
<?cs if:subcount(Telegrams) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">受信</th><th scope="col">種類</th><th scope="col">名前</th><th scope="col">扱い</th></tr></thead>
 <tbody>
 <?cs each:t = Telegrams ?>
 <tr><th scope="row"><?cs var:t.fetched ?></th>
  <td data-label="種類"><?cs if:t.type ?><?cs var:t.type ?><?cs else ?>不明<?cs /if ?></td>
  <td data-label="名前"><?cs var:t.name ?></td>
  <td data-label="扱い"><span><?cs if:t.refused == 1 ?><?cs call:status("bad", "読めない") ?><?cs else ?><?cs call:status("", "保存のみ") ?><?cs /if ?> <?cs var:t.reason ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>ありません。</p>
<?cs /if ?>
<?cs if:Older || Paged == 1 ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Paged == 1 ?><li><a href="/events/telegrams">新しいものへ戻る</a></li><?cs /if ?>
 <?cs if:Older ?><li><a href="/events/telegrams?before=<?cs var:Older ?>">さらに古いもの</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
