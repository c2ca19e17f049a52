<?cs set:Page.title = "ひな形を書く" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_questions.cs" ?>
<?cs set:Label.fills = "入れるもの" ?><?cs set:Label.name = "名前" ?><?cs set:Label.kind = "種類" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.questions = "設問" ?>
<h1>ひな形を書く</h1>
<?cs if:Conflict ?><p class="error-note" role="alert">このひな形は、ほかの人が変えたか消しました。下にあなたの入力が残っています。<a href="/templates/<?cs var:Template.id ?>">いまの内容を見て</a>から直してください。</p><?cs /if ?>
<?cs call:errors() ?>
<form method="post" action="/templates/<?cs if:Template.id != "0" ?><?cs var:Template.id ?><?cs else ?>new<?cs /if ?>">
 <?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <?cs call:text("name", "名前", Form.name, Error.name) ?>
 <?cs call:radios("fills", "入れるもの", Fills, Form.fills, Error.fills) ?>
 <?cs call:radios("kind", "種類（設問だけのときは要りません）", Kinds, Form.kind, Error.kind) ?>
 <?cs call:text("subject", "件名", Form.subject, Error.subject) ?>
 <?cs call:textarea("body", "本文", Form.body, Error.body, "8") ?>
 <?cs call:questions() ?>
 <p class="actions"><button class="primary">ひな形を保存する</button> <a class="button" href="/templates">やめる</a></p>
</form>
<?cs if:Template.id != "0" ?>
<details><summary>このひな形を消す</summary>
 <p>書きかけの下書きや、送った配信は変わりません。</p>
 <form method="post" action="/templates/<?cs var:Template.id ?>/delete"><?cs call:csrf() ?><button class="danger">消す</button></form>
</details>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
