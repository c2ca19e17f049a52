<?cs set:Page.title = Report.subject + " の報告" ?><?cs set:Page.section = "drills" ?><?cs set:Page.drill = 1 ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/clock.css?v=<?cs var:Site.assets ?>">
<p><a href="/drills">訓練の一覧へ</a><?cs if:Account.role == "system_admin" ?>　<a href="/broadcasts/<?cs var:Report.id ?>">この配信へ</a><?cs /if ?></p>
<h1><?cs var:Report.subject ?> の報告</h1>
<p class="meta"><?cs var:Report.at ?> 送信　<?cs if:Report.open == 1 ?>回答を受け付けています<?cs else ?>締め切りました<?cs /if ?>　<?cs if:Last.at ?>前回：<?cs var:Last.subject ?>（<?cs var:Last.at ?>）<?cs else ?>前回の訓練はありません<?cs /if ?></p>
<?cs # Minutes, and below them those of the last time. ?>
<?cs def:cells(r) ?><td class="number" data-label="対象"><?cs var:r.asked ?> 人</td>
 <td class="number" data-label="回答"><span><?cs var:r.share ?><?cs if:r.last_share ?><span class="told">前回 <?cs var:r.last_share ?></span><?cs /if ?></span></td>
 <?cs each:s = r.shares ?><td class="number" data-label="<?cs var:s.share ?>％まで"><span><?cs var:s.minutes ?><?cs if:s.against ?><span class="told"><?cs var:s.against ?></span><?cs elif:s.last ?><span class="told">前回 <?cs var:s.last ?></span><?cs /if ?></span></td><?cs /each ?>
 <?cs if:r.counted == 1 ?><td class="number" data-label="アドレスなし"><?cs var:r.no_address ?> 人</td>
 <td class="number" data-label="届かない"><?cs var:r.bounced ?> 人</td>
 <td class="number" data-label="受け付け未確認"><?cs var:r.waiting ?> 人</td><?cs else ?><td class="number" data-label="アドレスなし">－</td><td class="number" data-label="届かない">－</td><td class="number" data-label="受け付け未確認">－</td><?cs /if ?>
 <td class="number" data-label="未回答"><?cs var:r.unanswered ?> 人</td><?cs /def ?>
<?cs each:a = All ?>
<?cs if:a.asked == "0" ?><p class="notice">まだだれにも送っていません。</p><?cs else ?>
<p class="verdict">未回答 <strong class="figure"><?cs var:a.unanswered ?></strong> 人　<?cs if:a.counted == 1 ?>届いていない <strong class="figure"><?cs var:a.missed ?></strong> 人　<?cs /if ?><span class="quiet-text"><?cs var:a.asked ?> 人中 <?cs var:a.answered ?> 人（<?cs var:a.share ?>）が回答</span></p>
<?cs /if ?>
<?cs /each ?>
<?cs if:Report.heard != 1 ?><p class="warning">受け取り側のサーバーの記録がまだないため、届いたかどうかは分かりません（「受け付け未確認」に入っています）。</p><?cs /if ?>
<div class="scroll" tabindex="0" role="region" aria-label="部署ごとの表">
<table class="cards">
 <caption>送信からの時間と、届かなかった人（部署ごと）</caption>
 <thead><tr><th scope="col">部署</th><th scope="col" class="number">対象</th><th scope="col" class="number">回答</th><?cs each:s = Shares ?><th scope="col" class="number"><?cs var:s.share ?>％<br>まで</th><?cs /each ?><th scope="col" class="number">アドレス<br>なし</th><th scope="col" class="number">届か<br>ない</th><th scope="col" class="number">受け付け<br>未確認</th><th scope="col" class="number">未回答</th></tr></thead>
 <tbody>
 <?cs each:a = All ?><tr class="late"><th scope="row"><?cs var:a.name ?></th><?cs call:cells(a) ?></tr><?cs /each ?>
 <?cs each:r = Rows ?><tr><th scope="row"><?cs var:r.name ?></th><?cs call:cells(r) ?></tr><?cs /each ?>
 </tbody>
</table>
</div>
<p class="actions"><a class="button" href="/drills/reports/<?cs var:Report.id ?>.csv">CSVで保存する</a><?cs if:Account.role == "system_admin" ?> <a class="button" href="/broadcasts/<?cs var:Report.id ?>/answers?filter=unanswered">未回答の人を見る</a><?cs /if ?></p>
<p class="note">「50％まで」は、最初の1通を送ってから、対象の半分が回答するまでの時間です。「受け付け未確認」は、送ったが受け取り側のサーバーが受け取ったという記録がない人です。下の部署の人も含みます<?cs if:Report.counted ?>（届いたかどうかは <?cs var:Report.counted ?> 現在）<?cs /if ?>。</p>
<?cs include:"_footer.cs" ?>
