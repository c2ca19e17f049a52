<?cs set:Page.title = Broadcast.subject + " の回答" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_answers.cs" ?>
<link rel="stylesheet" href="/static/answers.css?v=<?cs var:Site.assets ?>">
<?cs set:Path = "/broadcasts/" + Broadcast.id + "/answers" ?>
<?cs set:Label.group = "グループ" ?><?cs set:Label.region = "地域" ?><?cs set:Label.choice = "回答" ?><?cs set:Label.text = "氏名・職員番号" ?><?cs set:Label.comment = "コメント" ?>
<p><?cs if:subcount(Questions) > 0 ?><a href="/?broadcast=<?cs var:Broadcast.id ?><?cs if:Form.group ?>&amp;group=<?cs var:url_escape(Form.group) ?><?cs /if ?>">回答の状況に戻る</a>　<?cs /if ?><a href="/broadcasts/<?cs var:Broadcast.id ?>"><?cs var:Broadcast.subject ?></a></p>
<h1><?cs if:subcount(Questions) > 0 ?>回答<?cs else ?>対象者<?cs /if ?><?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></h1>
<?cs call:done() ?><?cs call:errors() ?>
<?cs if:Conflicts != "0" ?><p class="warning">本人の回答と代理の回答が食い違う人が <strong><?cs var:Conflicts ?></strong> 人います。<a href="<?cs var:Path ?>?filter=conflict<?cs if:Form.group ?>&amp;group=<?cs var:url_escape(Form.group) ?><?cs /if ?>">食い違いを確認する</a></p><?cs /if ?>
<?cs def:act(what, p, text) ?><a href="<?cs var:Path ?>/<?cs var:p.user ?>?open=<?cs var:what ?><?cs if:Place ?>&amp;<?cs var:Place ?><?cs /if ?>#<?cs var:what ?>"><?cs var:text ?><span class="away">（<?cs var:p.name ?>）</span></a><?cs /def ?>
<?cs def:tab(word, text) ?><li><a href="<?cs var:Path ?>?filter=<?cs var:word ?><?cs if:Kept ?>&amp;<?cs var:Kept ?><?cs /if ?>"<?cs if:Form.filter == word && !Form.choice ?> aria-current="page"<?cs /if ?>><?cs var:text ?></a></li><?cs /def ?>
<?cs if:subcount(Questions) > 0 ?>
<nav class="tabs" aria-label="状態"><ul>
 <?cs call:tab("", "すべて") ?>
 <?cs call:tab("unanswered", "未回答") ?>
 <?cs call:tab("undelivered", "未回答で配信できていない人") ?>
 <?cs call:tab("reported", "未回答で自主報告がある人") ?>
 <?cs call:tab("answered", "回答済み") ?>
 <?cs call:tab("proxy", "代理回答") ?>
 <?cs call:tab("conflict", "食い違い") ?>
</ul></nav>
<?cs /if ?>
<form method="get" action="<?cs var:Path ?>" class="filter" role="search">
 <?cs call:text("text", "氏名・カナ・職員番号", Form.text, Error.text) ?>
 <?cs call:group("group", "グループ（下を含む）", Form.group, Error.group, "すべて") ?>
 <?cs call:select("region", "勤務地・自宅", Regions, Form.region, Error.region, "すべて") ?>
 <label class="choice"><input type="checkbox" name="work" value="yes"<?cs if:Form.work ?> checked<?cs /if ?>> <span>勤務地だけ</span></label>
 <?cs if:subcount(Questions) > 0 ?>
 <div class="field">
  <label for="f-choice">回答</label>
  <select id="f-choice" name="choice"><option value="">すべて</option><?cs each:q = Questions ?><?cs if:subcount(q.choices) > 0 ?><optgroup label="<?cs var:q.text ?>"><?cs each:c = q.choices ?><option value="<?cs var:c.id ?>"<?cs if:Form.choice == c.id ?> selected<?cs /if ?>><?cs var:c.text ?>（<?cs var:c.people ?>人）</option><?cs /each ?></optgroup><?cs /if ?><?cs /each ?></select>
 </div>
 <?cs call:text("comment", "コメントの中の言葉", Form.comment, Error.comment) ?>
 <?cs /if ?>
 <?cs if:Form.filter ?><input type="hidden" name="filter" value="<?cs var:Form.filter ?>"><?cs /if ?>
 <button>しぼり込む</button>
 <?cs if:Query ?><a href="<?cs var:Path ?>">しぼり込みをやめる</a><?cs /if ?>
</form>
<p class="of" id="list"><strong class="figure"><?cs var:Count ?></strong> 人／対象 <?cs var:Broadcast.recipients ?> 人　<?cs if:Count != "0" ?><?cs var:Count ?> 人中 <?cs var:Shown ?> 人を表示<?cs /if ?></p>
<?cs if:Query ?><ul class="terms"><?cs call:terms() ?></ul><?cs /if ?>
<?cs if:subcount(People) > 0 ?>
<p class="actions"><a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>/reply<?cs if:Query ?>?<?cs var:Query ?><?cs /if ?>">この <?cs var:Count ?> 人に返信する</a> <a class="button" href="/broadcasts/<?cs var:Broadcast.id ?>.csv<?cs if:Query ?>?<?cs var:Query ?><?cs /if ?>" download>CSVで保存</a></p>
<table class="cards">
 <thead><tr><th scope="col">氏名</th><th scope="col">職員番号</th><th scope="col">所属</th><th scope="col">回答</th><th scope="col">時刻</th><th scope="col">コメント</th><th scope="col">メール</th><th scope="col">対応</th></tr></thead>
 <tbody>
 <?cs each:p = People ?>
 <tr><th scope="row"><a href="<?cs var:Path ?>/<?cs var:p.user ?><?cs if:Place ?>?<?cs var:Place ?><?cs /if ?>"><?cs var:p.name ?></a></th>
  <td data-label="職員番号"><?cs var:p.staff_no ?></td>
  <td data-label="所属"><?cs var:p.group ?></td>
  <td data-label="回答"><span class="answer"><?cs call:answer_of(p) ?></span></td>
  <td data-label="時刻"><?cs var:p.at ?></td>
  <td class="words" data-label="コメント"><?cs var:p.comment ?><?cs if:p.replied ?> <span class="told">返信済み</span><?cs /if ?></td>
  <td data-label="メール"><?cs var:p.delivery ?></td>
  <td class="acts" data-label="対応"><?cs if:!p.answered && subcount(Questions) > 0 ?><?cs call:act("proxy", p, "代理回答") ?> <?cs /if ?><?cs call:act("reply", p, "返信") ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p class="notice"><?cs if:Query ?>この条件に当たる人はいません。<a href="<?cs var:Path ?>">すべての人を見る</a><?cs else ?>対象者はまだいません。送信したばかりのときは、数秒後に読み込み直してください。<?cs /if ?></p>
<?cs /if ?>
<?cs if:After || Form.after ?><p class="paging"><?cs if:Form.after ?><a href="<?cs var:Path ?><?cs if:Query ?>?<?cs var:Query ?><?cs /if ?>">最初のページ</a><?cs /if ?><?cs if:After ?><a href="<?cs var:Path ?>?after=<?cs var:After ?><?cs if:Query ?>&amp;<?cs var:Query ?><?cs /if ?>">次のページ</a><?cs /if ?></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
