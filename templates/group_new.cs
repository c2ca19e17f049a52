<?cs set:Page.title = "グループを作る" ?><?cs set:Page.section = "groups" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.parent = "上のグループ" ?><?cs set:Label.code = "コード" ?><?cs set:Label.name = "名前" ?>
<p><a href="/groups">グループ</a></p>
<h1>グループを作る</h1>
<?cs call:errors() ?>
<form method="post" action="/groups/new">
 <?cs call:csrf() ?>
 <?cs if:May.top ?>
 <?cs call:group("parent", "上のグループ", Form.parent, Error.parent, "なし（いちばん上）") ?>
 <?cs else ?>
 <?cs call:group("parent", "上のグループ（必須）", Form.parent, Error.parent, "選んでください") ?>
 <?cs /if ?>
 <?cs call:text("name", "名前（必須）", Form.name, Error.name) ?>
 <?cs call:text("code", "コード（必須。半角の英数字。ほかと重ならないもの）", Form.code, Error.code) ?>
 <p class="actions"><button class="primary">作る</button></p>
</form>
<?cs include:"_footer.cs" ?>
