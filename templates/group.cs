<?cs set:Page.title = Group.name + " グループ" ?><?cs set:Page.section = "groups" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_people.cs" ?><?cs include:"_group.cs" ?>
<?cs set:Label.code = "コード" ?><?cs set:Label.name = "名前" ?><?cs set:Label.login = "管理者のログイン名" ?><?cs set:Label.kind = "管理者の種類" ?><?cs set:Label.user = "外す人" ?><?cs set:Label.delete = "削除" ?>
<?cs def:done(word, text) ?><?cs if:Form.done == word ?><p class="success" role="status"><?cs var:text ?></p><?cs /if ?><?cs /def ?>
<?cs call:above() ?>
<h1><?cs var:Group.name ?></h1>
<?cs call:done("added", "グループを作りました。続けて、人や管理者を入れてください。") ?><?cs call:done("renamed", "変更しました。") ?><?cs call:done("moved", "下のグループごと移しました。") ?><?cs call:done("members", Form.count + " 人を入れました。") ?><?cs call:done("removed", Form.count + " 人を外しました。") ?><?cs call:done("nobody", "すでにその状態でした。何も変わっていません。") ?><?cs call:done("admin", "管理者を決めました。") ?><?cs call:done("admin_removed", "管理者から外しました。") ?>
<?cs call:errors() ?>
<p>下のグループを含めて <strong class="figure"><?cs var:Group.members ?></strong> 人　コード <?cs var:Group.code ?></p>
<p class="actions"><a class="button primary" href="/groups/<?cs var:Group.id ?>/members">人を入れる</a> <a class="button" href="/groups/new?parent=<?cs var:Group.id ?>">下にグループを作る</a></p>

<?cs if:subcount(Below) > 0 ?>
<h2>すぐ下のグループ（<?cs var:subcount(Below) ?> 件）</h2>
<table class="cards">
 <thead><tr><th scope="col">グループ</th><th scope="col">コード</th><th scope="col" class="number">人数（下を含む）</th></tr></thead>
 <tbody><?cs each:g = Below ?>
 <tr><th scope="row"><a href="/groups/<?cs var:g.id ?>"><?cs var:g.name ?></a></th><td data-label="コード"><?cs var:g.code ?></td><td class="number" data-label="人数（下を含む）"><?cs var:g.members ?></td></tr>
 <?cs /each ?></tbody>
</table>
<?cs /if ?>

<h2 id="members">このグループの人</h2>
<form method="get" action="/groups/<?cs var:Group.id ?>" class="filter" role="search">
 <?cs call:text("text", "氏名・かな・職員番号", Form.text, Error.text) ?>
 <button>探す</button>
</form>
<p><strong><?cs var:Count ?></strong> 人中 <?cs var:Shown ?> 人を職員番号の順に表示しています。<?cs if:Left > 0 ?>ほかに退職した <?cs var:Left ?> 人の記録があります。<?cs /if ?> <a href="/users?group=<?cs var:Group.id ?>">下のグループの人も見る</a></p>
<?cs if:subcount(People) > 0 ?>
<form method="post" action="/groups/<?cs var:Group.id ?>/members/remove" id="f-user">
 <?cs call:csrf() ?>
 <table class="cards pick">
  <thead><tr><th scope="col">選ぶ</th><th scope="col">氏名</th><th scope="col">かな</th><th scope="col">職員番号</th><th scope="col">届くメール</th></tr></thead>
  <tbody>
  <?cs each:p = People ?>
  <tr><td data-label="選ぶ"><input type="checkbox" name="user" value="<?cs var:p.id ?>" aria-label="<?cs var:p.name ?> <?cs var:p.staff_no ?> を選ぶ"></td>
   <th scope="row"><a href="/users/<?cs var:p.id ?>"><?cs var:p.name ?></a></th>
   <td data-label="かな"><?cs var:p.kana ?></td><td data-label="職員番号"><?cs var:p.staff_no ?></td>
   <td data-label="届くメール"><?cs call:mail(p) ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs call:fault("user", Error.user) ?>
 <p class="actions"><button class="danger">選んだ人をこのグループから外す</button></p>
</form>
<?cs if:After ?><p class="paging"><a href="/groups/<?cs var:Group.id ?>?text=<?cs var:url_escape(Form.text) ?>&amp;after=<?cs var:url_escape(After) ?>#members">次の一覧</a></p><?cs /if ?>
<?cs else ?><p class="notice"><?cs if:Form.text ?>あてはまる人はいません。<?cs else ?>このグループに直接入っている人はいません。<?cs /if ?></p><?cs /if ?>

<h2>管理者（<?cs var:subcount(Admins) ?> 人）</h2>
<?cs if:subcount(Admins) < 2 ?><p class="warning">管理者は2人以上にしてください。1人が動けないときに、代わりがいません。</p><?cs /if ?>
<?cs if:subcount(Admins) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">名前</th><th scope="col">ログイン名</th><th scope="col">種類</th><th scope="col">操作</th></tr></thead>
 <tbody>
 <?cs each:a = Admins ?>
 <tr><th scope="row"><?cs var:a.name ?><?cs if:a.disabled ?>（停止中）<?cs /if ?></th><td data-label="ログイン名"><?cs var:a.login ?></td><td data-label="種類"><?cs if:a.kind == "admin" ?>管理者<?cs else ?>代理<?cs /if ?></td>
  <td data-label="操作"><form method="post" action="/groups/<?cs var:Group.id ?>/admins"><?cs call:csrf() ?><input type="hidden" name="login" value="<?cs var:a.login ?>"><button class="quiet" name="kind" value="none">外す<span class="hidden">（<?cs var:a.name ?>）</span></button></form></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<form method="post" action="/groups/<?cs var:Group.id ?>/admins" class="filter">
 <?cs call:csrf() ?>
 <?cs call:text("login", "グループ管理者のログイン名", Form.login, Error.login) ?>
 <div class="field"><label for="f-kind">種類</label><select id="f-kind" name="kind"><option value="admin">管理者</option><option value="deputy"<?cs if:Form.kind == "deputy" ?> selected<?cs /if ?>>代理（管理者は決められない）</option></select></div>
 <button>決める</button>
</form>

<h2>名前とコード</h2>
<form method="post" action="/groups/<?cs var:Group.id ?>" class="filter">
 <?cs call:csrf() ?>
 <?cs call:text("name", "名前", Form.name, Error.name) ?>
 <?cs call:text("code", "コード", Form.code, Error.code) ?>
 <button>変更する</button>
</form>
<?cs if:May.move ?>
<h2>そのほかの操作</h2>
<div class="actions" id="f-delete" tabindex="-1">
 <a class="button" href="/groups/<?cs var:Group.id ?>/move">ほかのグループの下へ移す</a>
 <form method="post" action="/groups/<?cs var:Group.id ?>/delete"><?cs call:csrf() ?><button class="danger">削除する（空のときだけ）</button></form>
</div>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
