<?cs set:Page.title = Group.name + " を移す" ?><?cs set:Page.section = "groups" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_group.cs" ?>
<?cs set:Label.parent = "移す先" ?>
<?cs call:above() ?>
<h1><?cs var:Group.name ?> を移す</h1>
<?cs call:errors() ?>
<p>下のグループと、あわせて <strong class="figure"><?cs var:Group.members ?></strong> 人が一緒に移ります。移すと、移した先の上の管理者が担当します。</p>
<form method="post" action="/groups/<?cs var:Group.id ?>/move">
 <?cs call:csrf() ?>
 <?cs call:group("parent", "移す先（このグループの下になります）", Form.parent, Error.parent, "選んでください") ?>
 <p class="actions"><button class="primary">移す</button> <a class="button" href="/groups/<?cs var:Group.id ?>">やめる</a></p>
 <?cs if:May.top && Group.parent > 0 ?><p class="actions"><button name="top" value="yes">どこの下でもない、いちばん上にする</button></p><?cs /if ?>
</form>
<?cs include:"_footer.cs" ?>
