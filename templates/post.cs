<?cs if:Post.name ?><?cs set:Page.title = Post.name ?><?cs else ?><?cs set:Page.title = "新しい持ち場" ?><?cs /if ?><?cs set:Page.section = "posts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.group = "部署" ?><?cs set:Label.name = "名前" ?><?cs set:Label.needed = "必要な人数" ?><?cs set:Label.within = "何時間以内" ?><?cs set:Label.people = "担当者" ?><?cs set:Label.substitutes = "代わりの人" ?>
<p><a href="/posts">持ち場の一覧</a></p>
<h1><?cs var:Page.title ?></h1>
<?cs call:errors() ?>
<?cs if:Error.version ?><p class="warning" id="f-version" tabindex="-1"><a href="/posts/<?cs var:Post.id ?>">いまの内容を開く</a></p><?cs /if ?>
<form method="post" action="/posts/<?cs if:Post.id == "0" ?>new<?cs else ?><?cs var:Post.id ?><?cs /if ?>">
 <?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <?cs call:group("group", "部署", Form.group, Error.group, "選んでください") ?>
 <?cs call:text("name", "名前（例：災害対策本部 連絡班）", Form.name, Error.name) ?>
 <?cs call:number("needed", "必要な人数", Form.needed, Error.needed) ?>
 <?cs call:number("within", "何時間以内に要るか（72まで）", Form.within, Error.within) ?>
 <?cs call:textarea("people", "担当者の職員番号（改行か空白で区切る）", Form.people, Error.people, "5") ?>
 <?cs if:subcount(People) > 0 ?><p class="note">いまの担当者：<?cs each:p = People ?><?cs var:p.name ?>（<?cs var:p.staff_no ?>）　<?cs /each ?></p><?cs /if ?>
 <?cs call:textarea("substitutes", "代わりの人の職員番号（担当者が足りないときに頼む）", Form.substitutes, Error.substitutes, "5") ?>
 <?cs if:subcount(Substitutes) > 0 ?><p class="note">いまの代わりの人：<?cs each:p = Substitutes ?><?cs var:p.name ?>（<?cs var:p.staff_no ?>）　<?cs /each ?></p><?cs /if ?>
 <?cs if:Post.others > 0 ?><p class="note">ほかに、あなたの担当外の人が <?cs var:Post.others ?> 人います。その人たちはそのまま残ります。</p><?cs /if ?>
 <p class="actions"><button class="primary">保存する</button></p>
</form>
<?cs if:Post.name ?>
<details><summary>この持ち場を削除する</summary>
 <form method="post" action="/posts/<?cs var:Post.id ?>/remove"><?cs call:csrf() ?><button class="danger">削除する</button></form>
</details>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
