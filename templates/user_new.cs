<?cs set:Page.title = "利用者を加える" ?><?cs set:Page.section = "users" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.staff_no = "職員番号" ?><?cs set:Label.name = "氏名" ?><?cs set:Label.kana = "かな" ?><?cs set:Label.lang = "言語" ?><?cs set:Label.group = "所属グループ" ?>
<p><a href="/users">利用者</a></p>
<h1>利用者を加える</h1>
<?cs call:errors() ?>
<form method="post" action="/users/new">
 <?cs call:csrf() ?>
 <?cs call:text("staff_no", "職員番号（必須。半角の英数字）", Form.staff_no, Error.staff_no) ?>
 <?cs call:text("name", "氏名（必須。姓と名のあいだは空ける）", Form.name, Error.name) ?>
 <?cs call:text("kana", "かな", Form.kana, Error.kana) ?>
 <?cs if:May.ungrouped ?>
 <?cs call:group("group", "所属グループ", Form.group, Error.group, "あとで決める") ?>
 <?cs else ?>
 <?cs call:group("group", "所属グループ（必須）", Form.group, Error.group, "選んでください") ?>
 <?cs /if ?>
 <?cs call:radios("lang", "メールと画面の言語", Langs, Form.lang, Error.lang) ?>
 <p class="actions"><button class="primary">加える</button></p>
</form>
<?cs include:"_footer.cs" ?>
