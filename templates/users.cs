<?cs set:Page.title = "利用者" ?><?cs set:Page.section = "users" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_people.cs" ?>
<h1>利用者</h1>
<p class="actions"><a class="button primary" href="/users/new">利用者を加える</a></p>
<form method="get" action="/users" class="filter" role="search">
 <?cs call:text("text", "氏名・かな・職員番号", Form.text, Error.text) ?>
 <?cs call:group("group", "グループ（その下を含む）", Form.group, Error.group, "すべて") ?>
 <?cs call:select("region", "地域", Regions, Form.region, Error.region, "すべて") ?>
 <?cs call:select("mail", "メールアドレス", Mails, Form.mail, Error.mail, "すべて") ?>
 <div class="field"><label for="f-state">在籍</label>
  <select id="f-state" name="state"><option value="">在籍中</option><option value="left"<?cs if:Form.state == "left" ?> selected<?cs /if ?>>退職</option></select></div>
 <button>探す</button>
 <?cs if:Filtered ?><a class="button quiet" href="/users">条件を消す</a><?cs /if ?>
</form>
<p role="status"><strong><?cs var:Count ?></strong> 人中 <?cs var:Shown ?> 人を職員番号の順に表示しています。<?cs if:Form.after ?>（<?cs var:Form.after ?> より後）<?cs /if ?></p>
<?cs if:subcount(People) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">氏名</th><th scope="col">かな</th><th scope="col">職員番号</th><th scope="col">所属</th><th scope="col">届くメール</th></tr></thead>
 <tbody>
 <?cs each:p = People ?>
 <tr><th scope="row"><a href="/users/<?cs var:p.id ?>"><?cs var:p.name ?></a><?cs if:p.left ?>（退職）<?cs /if ?></th>
  <td data-label="かな"><?cs var:p.kana ?></td>
  <td data-label="職員番号"><?cs var:p.staff_no ?></td>
  <td data-label="所属"><?cs var:p.group ?></td>
  <td data-label="届くメール"><?cs call:mail(p) ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p class="notice">あてはまる人はいません。<?cs if:Filtered ?>言葉を短くするか、条件を減らして、もう一度探してください。<?cs /if ?></p>
<?cs /if ?>
<?cs if:After || Form.after ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Form.after ?><li><a href="/users?<?cs call:query() ?>">先頭へ戻る</a></li><?cs /if ?>
 <?cs if:After ?><li><a href="/users?<?cs call:query() ?>&amp;after=<?cs var:url_escape(After) ?>">次の一覧</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
