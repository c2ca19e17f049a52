<?cs set:Page.title = "ひな形" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>ひな形</h1>
<p class="actions"><a class="button primary" href="/templates/new">ひな形を作る</a></p>
<p>新しい配信を書くときに選べます。全部で <?cs var:Count ?> 件です。</p>
<?cs if:subcount(Templates) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">名前</th><th scope="col">入れるもの</th><th scope="col">変更</th><th scope="col">使う</th></tr></thead>
 <tbody>
 <?cs each:t = Templates ?>
 <tr><td data-label="名前"><a href="/templates/<?cs var:t.id ?>"><?cs var:t.name ?></a></td>
  <td data-label="入れるもの"><?cs var:t.kind ?></td>
  <td data-label="変更"><?cs var:t.at ?> <?cs var:t.by ?></td>
  <td data-label="使う"><a href="/broadcasts/new?template=<?cs var:t.id ?>" aria-label="「<?cs var:t.name ?>」で配信を書く">配信を書く</a></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
