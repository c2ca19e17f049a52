<?cs set:Page.title = Broadcast.subject + " の対象者" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<p><a href="/broadcasts/<?cs var:Broadcast.id ?>"><?cs var:Broadcast.subject ?></a></p>
<h1>対象者<?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></h1>
<?cs def:tab(word, text) ?><li><a href="/broadcasts/<?cs var:Broadcast.id ?>/people?filter=<?cs var:word ?>&amp;group=<?cs var:Form.group ?>"<?cs if:Form.filter == word && !Form.choice ?> aria-current="page"<?cs /if ?>><?cs var:text ?></a></li><?cs /def ?>
<nav class="tabs" aria-label="しぼり込み"><ul>
 <?cs call:tab("", "すべて") ?>
 <?cs if:subcount(Questions) > 0 ?>
 <?cs call:tab("unanswered", "未回答") ?>
 <?cs call:tab("undelivered", "未回答で配信できていない人") ?>
 <?cs call:tab("answered", "回答済み") ?>
 <?cs each:q = Questions ?><?cs each:c = q.choices ?><li><a href="/broadcasts/<?cs var:Broadcast.id ?>/people?choice=<?cs var:c.id ?>&amp;group=<?cs var:Form.group ?>"<?cs if:Form.choice == c.id ?> aria-current="page"<?cs /if ?>><?cs var:q.text ?>：<?cs var:c.text ?></a></li><?cs /each ?><?cs /each ?>
 <?cs /if ?>
</ul></nav>
<form method="get" action="/broadcasts/<?cs var:Broadcast.id ?>/people" class="filter" role="search">
 <?cs call:text("text", "氏名・職員番号", Form.text, Error.text) ?>
 <input type="hidden" name="filter" value="<?cs var:Form.filter ?>">
 <input type="hidden" name="group" value="<?cs var:Form.group ?>">
 <button>探す</button>
</form>
<p><?cs var:Count ?> 人のうち <?cs var:Shown ?> 人を表示しています。<a href="/broadcasts/<?cs var:Broadcast.id ?>.csv?filter=<?cs var:url_escape(Form.filter) ?>&amp;choice=<?cs var:url_escape(Form.choice) ?>&amp;group=<?cs var:url_escape(Form.group) ?>&amp;text=<?cs var:url_escape(Form.text) ?>">CSVで保存</a></p>
<?cs if:subcount(People) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">氏名</th><th scope="col">職員番号</th><th scope="col">所属</th><th scope="col">回答</th><th scope="col">時刻</th><th scope="col">コメント</th><th scope="col">メール</th></tr></thead>
 <tbody>
 <?cs each:p = People ?>
 <tr><th scope="row" data-label="氏名"><?cs var:p.name ?></th>
  <td data-label="職員番号"><?cs var:p.staff_no ?></td>
  <td data-label="所属"><?cs var:p.group ?></td>
  <td data-label="回答"><?cs if:p.answered ?><?cs call:status(p.mark, p.answer) ?><?cs else ?><?cs call:status("", "未回答") ?><?cs /if ?></td>
  <td data-label="時刻"><?cs var:p.at ?></td>
  <td data-label="コメント"><?cs var:p.comment ?></td>
  <td data-label="メール"><?cs var:p.delivery ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs if:After ?><p class="paging"><a href="/broadcasts/<?cs var:Broadcast.id ?>/people?after=<?cs var:After ?>&amp;filter=<?cs var:url_escape(Form.filter) ?>&amp;choice=<?cs var:url_escape(Form.choice) ?>&amp;group=<?cs var:url_escape(Form.group) ?>&amp;text=<?cs var:url_escape(Form.text) ?>">次の <?cs var:Shown ?> 人</a></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
