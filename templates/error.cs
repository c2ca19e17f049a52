<?cs set:Page.title = Trouble.title ?><?cs include:"_header.cs" ?>
<h1><?cs var:Trouble.title ?></h1>
<p><?cs var:Trouble.text ?></p>
<?cs if:Trouble.reference ?><p>受付番号：<strong class="figure"><?cs var:Trouble.reference ?></strong></p><?cs /if ?>
<p><a href="<?cs if:Account.role == "auditor" ?>/audit<?cs else ?>/<?cs /if ?>">最初の画面へ</a></p>
<?cs include:"_footer.cs" ?>
