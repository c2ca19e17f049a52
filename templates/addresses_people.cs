<?cs set:Page.title = "アドレスの状態：" + State.text ?><?cs set:Page.section = "addresses" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_addresses.cs" ?>
<p><a href="/addresses<?cs if:Group.id ?>?group=<?cs var:Group.id ?><?cs /if ?>">アドレスの状態<?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></a></p>
<h1><?cs var:State.text ?><?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></h1>
<?cs call:tabs("people") ?>
<form method="get" action="/addresses/people" class="filter" role="search">
 <?cs call:text("text", "氏名・職員番号", Form.text, Error.text) ?>
 <div class="field"><label for="f-state">状態</label>
  <select id="f-state" name="state"><?cs each:s = States ?><option value="<?cs var:s.word ?>"<?cs if:Form.state == s.word ?> selected<?cs /if ?>><?cs var:s.text ?></option><?cs /each ?></select></div>
 <?cs if:Group.id ?><input type="hidden" name="group" value="<?cs var:Group.id ?>"><?cs /if ?>
 <button>探す</button>
</form>
<p><?cs var:Count ?> 人のうち <?cs var:Shown ?> 人を表示しています。<a href="/addresses/people.csv?<?cs call:q() ?>state=<?cs var:url_escape(Form.state) ?>&amp;text=<?cs var:url_escape(Form.text) ?>">CSVで保存</a></p>
<?cs if:subcount(People) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">氏名</th><th scope="col">職員番号</th><th scope="col">所属</th><th scope="col">状態</th><th scope="col">アドレス</th><th scope="col">最後の確認</th><th scope="col">地域（勤務地と自宅）</th></tr></thead>
 <tbody>
 <?cs each:p = People ?>
 <tr><th scope="row" data-label="氏名"><?cs var:p.name ?></th>
  <td data-label="職員番号"><?cs var:p.staff_no ?></td>
  <td data-label="所属"><?cs var:p.group ?></td>
  <td data-label="状態"><?cs call:status(p.mark, p.state) ?></td>
  <td data-label="アドレス"><?cs if:p.domains ?><?cs var:p.domains ?><?cs else ?>なし<?cs /if ?></td>
  <td class="date" data-label="最後の確認"><?cs if:p.at ?><?cs var:p.at ?><?cs else ?>－<?cs /if ?></td>
  <td data-label="地域"><?cs if:p.regions ?>登録済み<?cs else ?>足りない<?cs /if ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>あてはまる人はいません。</p>
<?cs /if ?>
<?cs if:After ?><p class="paging"><a href="/addresses/people?<?cs call:q() ?>after=<?cs var:After ?>&amp;state=<?cs var:url_escape(Form.state) ?>&amp;text=<?cs var:url_escape(Form.text) ?>">次の一覧</a></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
