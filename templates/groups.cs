<?cs set:Page.title = "グループ" ?><?cs set:Page.section = "groups" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>グループ</h1>
<?cs if:Form.done == "deleted" ?><p class="success" role="status">グループを削除しました。</p><?cs /if ?>
<p class="actions"><a class="button primary" href="/groups/new">グループを作る</a></p>
<form method="get" action="/groups" class="filter" role="search">
 <?cs call:text("text", "グループの名前・コード", Form.text, Error.text) ?>
 <button>探す</button>
 <?cs if:Searched ?><a class="button quiet" href="/groups">条件を消す</a><?cs /if ?>
</form>
<?cs if:Searched ?>
<p role="status"><strong><?cs var:Count ?></strong> 件中 <?cs var:Shown ?> 件をコードの順に表示しています。</p>
<?cs if:subcount(Found) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">グループ</th><th scope="col">上のグループ</th><th scope="col">コード</th><th scope="col" class="number">人数（下を含む）</th></tr></thead>
 <tbody><?cs each:g = Found ?>
 <tr><th scope="row"><a href="/groups/<?cs var:g.id ?>"><?cs var:g.name ?></a></th><td data-label="上のグループ"><?cs var:g.path ?></td><td data-label="コード"><?cs var:g.code ?></td><td class="number" data-label="人数（下を含む）"><?cs var:g.members ?></td></tr>
 <?cs /each ?></tbody>
</table>
<?cs else ?><p class="notice">あてはまるグループはありません。言葉を短くして、もう一度探してください。</p><?cs /if ?>
<?cs if:After ?><p class="paging"><a href="/groups?text=<?cs var:url_escape(Form.text) ?>&amp;after=<?cs var:url_escape(After) ?>">次の一覧</a></p><?cs /if ?>
<?cs else ?>
<?cs if:subcount(Tops) == 0 ?><p class="notice">まだグループはありません。</p><?cs /if ?>
<?cs each:t = Tops ?>
<h2><a href="/groups/<?cs var:t.id ?>"><?cs var:t.name ?></a>（<?cs var:t.members ?> 人）</h2>
<?cs if:subcount(t.below) > 0 ?>
<table class="cards">
 <caption><?cs var:t.name ?> のすぐ下の <?cs var:subcount(t.below) ?> グループ</caption>
 <thead><tr><th scope="col">グループ</th><th scope="col">コード</th><th scope="col" class="number">人数（下を含む）</th></tr></thead>
 <tbody><?cs each:g = t.below ?>
 <tr><th scope="row"><a href="/groups/<?cs var:g.id ?>"><?cs var:g.name ?></a></th><td data-label="コード"><?cs var:g.code ?></td><td class="number" data-label="人数（下を含む）"><?cs var:g.members ?></td></tr>
 <?cs /each ?></tbody>
</table>
<?cs /if ?>
<?cs /each ?>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
