<?cs set:Page.title = Run.0.name + " の受け取り" ?><?cs set:Page.section = "drills" ?><?cs set:Page.drill = 1 ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/clock.css?v=<?cs var:Site.assets ?>">
<p><a href="/drills">訓練の一覧へ</a>　<a href="/drills/<?cs var:Drill.id ?>">この予定へ</a></p>
<?cs each:r = Run ?>
<h1><?cs var:r.name ?> の受け取り</h1>
<p class="meta"><?cs var:r.at ?> 送信　<?cs var:r.due ?> まで待ちます</p>
<p class="verdict">未確認 <strong class="figure"><?cs var:r.missing ?></strong> 人　<?cs call:status(r.mark, r.word) ?>　<span class="quiet-text"><?cs var:r.people ?> 人中 <?cs var:r.received ?> 人が受け取り</span></p>
<?cs if:r.alarm ?><p class="warning"><?cs var:r.alarm ?>。</p><?cs /if ?>
<?cs /each ?>
<?cs if:subcount(People) > 0 ?>
<table class="cards">
 <caption>未確認の人から表示しています</caption>
 <thead><tr><th scope="col">名前</th><th scope="col">ログイン名</th><th scope="col">受け取り</th><th scope="col">メール</th></tr></thead>
 <tbody>
 <?cs each:p = People ?>
 <tr><th scope="row"><?cs if:p.name ?><?cs var:p.name ?><?cs else ?>（いまはシステム管理者でない人）<?cs /if ?></th>
  <td data-label="ログイン名"><?cs var:p.login ?></td>
  <td data-label="受け取り"><?cs if:p.at ?><?cs if:p.late == 1 ?><?cs call:status("warn", "期限のあと") ?><?cs else ?><?cs call:status("good", "受け取り") ?><?cs /if ?> <?cs var:p.at ?><?cs else ?><?cs call:status("bad", "未確認") ?><?cs /if ?></td>
  <td data-label="メール"><?cs var:p.mail ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p class="notice">まだ送り始めていません。数秒で始まります。</p><?cs /if ?>
<p class="note">リンクを開いただけでは受け取りになりません。本人が「受け取りました」を選んで送信したときだけ数えます。</p>
<?cs include:"_footer.cs" ?>
