<?cs set:Page.title = "持ち場" ?><?cs set:Page.section = "posts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/answers.css?v=<?cs var:Site.assets ?>">
<h1>持ち場</h1>
<p class="lead">災害のときに人が要る仕事と、その担当者・代わりの人です。安否確認の回答から、だれが来られるかを数えます。</p>
<?cs if:Form.done == "save" ?><p class="success" role="status">保存しました。</p><?cs elif:Form.done == "remove" ?><p class="success" role="status">削除しました。</p><?cs /if ?>
<?cs call:errors() ?>
<p class="actions"><a class="button primary" href="/posts/new">持ち場を登録する</a></p>
<form method="get" action="/posts" class="filter" role="search">
 <?cs call:text("text", "持ち場・部署の名前", Form.text, Error.text) ?>
 <?cs call:group("group", "部署（下を含む）", Form.group, Error.group, "すべて") ?>
 <button>探す</button>
</form>
<?cs if:Count == "0" ?><p class="notice"><?cs if:Form.text || Form.group ?>この条件に当たる持ち場はありません。<a href="/posts">すべての持ち場を見る</a><?cs else ?>持ち場はまだ登録されていません。<?cs /if ?></p>
<?cs else ?><p><?cs var:Count ?> 件中 <?cs var:Shown ?> 件を表示しています。</p><?cs /if ?>
<?cs if:subcount(Posts) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">持ち場</th><th scope="col">部署</th><th scope="col" class="number">必要な人数</th><th scope="col" class="number">何時間以内</th><th scope="col" class="number">担当者</th><th scope="col" class="number">代わりの人</th></tr></thead>
 <tbody><?cs each:p = Posts ?>
 <tr><th scope="row"><a href="/posts/<?cs var:p.id ?>"><?cs var:p.name ?></a></th><td data-label="部署"><?cs var:p.group ?></td><td class="number" data-label="必要な人数"><?cs var:p.needed ?></td><td class="number" data-label="何時間以内"><?cs var:p.within ?></td><td class="number" data-label="担当者"><?cs var:p.people ?></td><td class="number" data-label="代わりの人"><?cs var:p.substitutes ?></td></tr><?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs if:Next || Before ?><p class="paging"><?cs if:Before ?><a href="/posts?page=<?cs var:Before ?>&amp;text=<?cs var:url_escape(Form.text) ?>&amp;group=<?cs var:url_escape(Form.group) ?>">前のページ</a><?cs /if ?><?cs if:Next ?><a href="/posts?page=<?cs var:Next ?>&amp;text=<?cs var:url_escape(Form.text) ?>&amp;group=<?cs var:url_escape(Form.group) ?>">次のページ</a><?cs /if ?></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
