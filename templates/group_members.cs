<?cs set:Page.title = Group.name + " に人を入れる" ?><?cs set:Page.section = "groups" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_people.cs" ?><?cs include:"_group.cs" ?>
<?cs set:Label.numbers = "職員番号" ?><?cs set:Label.user = "入れる人" ?><?cs set:Label.file = "ファイル" ?>
<?cs def:unknown() ?>
 <?cs if:subcount(Unknown) > 0 ?>
 <div class="error-note"><p>入れられない番号（<?cs var:Unknown_count ?> 件<?cs if:Unknown_count > subcount(Unknown) ?>のうち <?cs var:subcount(Unknown) ?> 件<?cs /if ?>）</p>
  <ul><?cs each:n = Unknown ?><li><?cs if:n.line ?><?cs var:n.line ?>行目　<?cs /if ?><?cs var:n.staff_no ?>：<?cs if:n.left ?>退職した人です<?cs else ?>この番号の人は見つかりません<?cs /if ?></li><?cs /each ?></ul></div>
 <?cs /if ?>
<?cs /def ?>
<?cs call:above() ?>
<p><a href="/groups/<?cs var:Group.id ?>"><?cs var:Group.name ?> へ戻る</a></p>
<h1><?cs var:Group.name ?> に人を入れる</h1>
<?cs call:errors() ?>
<h2>探して入れる</h2>
<form method="get" action="/groups/<?cs var:Group.id ?>/members" class="filter" role="search">
 <?cs call:text("text", "氏名・かな・職員番号", Form.text, Error.text) ?>
 <button>探す</button>
</form>
<?cs if:Searched ?>
<p role="status">まだ入っていない <strong><?cs var:Count ?></strong> 人中 <?cs var:Shown ?> 人を表示しています。</p>
<?cs if:subcount(People) > 0 ?>
<form method="post" action="/groups/<?cs var:Group.id ?>/members">
 <?cs call:csrf() ?>
 <input type="hidden" name="text" value="<?cs var:Form.text ?>">
 <table class="cards pick">
  <thead><tr><th scope="col">選ぶ</th><th scope="col">氏名</th><th scope="col">かな</th><th scope="col">職員番号</th><th scope="col">いまの所属</th></tr></thead>
  <tbody>
  <?cs each:p = People ?><?cs set:key = p.id ?>
  <tr><td data-label="選ぶ"><input type="checkbox" name="user" value="<?cs var:p.id ?>" aria-label="<?cs var:p.name ?> <?cs var:p.staff_no ?> を選ぶ"<?cs if:Form.user[key] ?> checked<?cs /if ?>></td>
   <th scope="row"><?cs var:p.name ?></th><td data-label="かな"><?cs var:p.kana ?></td><td data-label="職員番号"><?cs var:p.staff_no ?></td><td data-label="いまの所属"><?cs var:p.group ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <p class="actions"><button class="primary">選んだ人を入れる</button></p>
</form>
<?cs else ?><p class="notice">あてはまる人はいません。</p><?cs /if ?>
<?cs /if ?>
<h2>職員番号の一覧で入れる</h2>
<form method="post" action="/groups/<?cs var:Group.id ?>/members">
 <?cs call:csrf() ?>
 <?cs if:Error.numbers ?><?cs call:unknown() ?><?cs /if ?>
 <?cs call:textarea("numbers", "職員番号（改行・空白・カンマで区切る。3,000件まで）", Form.numbers, Error.numbers, "8") ?>
 <p class="actions"><button<?cs if:!Searched ?> class="primary"<?cs /if ?>>この番号の人を入れる</button></p>
</form>
<h2>ファイルで入れる</h2>
<form method="post" action="/groups/<?cs var:Group.id ?>/members/file" enctype="multipart/form-data">
 <?cs call:csrf() ?>
 <p class="note">「職員番号」と見出しのある列か、見出しがなければはじめの列を読みます。ほかの列は読みません。1人でも入れられない番号があれば、だれも入れません。</p>
 <div class="field<?cs if:Error.file ?> wrong<?cs /if ?>">
  <label for="f-file">ファイル（CSVかテキスト、200 kB・20,000件まで。UTF-8でもShift_JISでもよい）</label>
  <input type="file" id="f-file" name="file" accept=".csv,.txt,text/csv,text/plain"<?cs call:described("file", Error.file) ?>>
  <?cs call:fault("file", Error.file) ?>
 </div>
 <?cs if:Error.file ?><?cs call:unknown() ?>
 <?cs if:subcount(Faults) > 0 ?>
 <div class="error-note"><p>直すところ（<?cs var:Faults_count ?> 件<?cs if:Faults_count > subcount(Faults) ?>のうち <?cs var:subcount(Faults) ?> 件<?cs /if ?>）</p>
  <ul><?cs each:f = Faults ?><li><?cs if:f.line ?><?cs var:f.line ?>行目：<?cs /if ?><?cs var:f.reason ?></li><?cs /each ?></ul></div>
 <?cs /if ?><?cs /if ?>
 <p class="actions"><button>このファイルの人を入れる</button></p>
</form>
<?cs include:"_footer.cs" ?>
