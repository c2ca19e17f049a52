<?cs set:Page.title = "回答の状況" ?><?cs include:"_header.cs" ?><?cs include:"_dashboard.cs" ?>
<link rel="stylesheet" href="/static/tilemap.css?v=<?cs var:Site.assets ?>">
<link rel="stylesheet" href="/static/dashboard.css?v=<?cs var:Site.assets ?>">
<div class="heading">
 <h1>回答の状況</h1>
 <?cs if:subcount(Broadcasts) > 0 ?><?cs call:live() ?><?cs /if ?>
</div>
<?cs if:Reach > 1 && subcount(Broadcasts) > 0 ?><p class="note">担当する <?cs var:Reach ?> グループの合計です。複数のグループにいる人は、それぞれのグループで数えています（のべ人数）。人の一覧には 1 回だけ出ます。</p><?cs /if ?>
<?cs if:Reports.people ?><p<?cs if:Reports.serious != "0" || Reports.slight != "0" ?> class="warning"<?cs else ?> class="notice"<?cs /if ?>>24時間以内の<a href="/reports?days=1">自主報告 <strong><?cs var:Reports.people ?></strong> 人</a><?cs if:Reports.serious != "0" || Reports.slight != "0" ?>（<?cs if:Reports.serious != "0" ?><a href="/reports?days=1&amp;safety=serious">重傷 <?cs var:Reports.serious ?> 人</a><?cs /if ?><?cs if:Reports.serious != "0" && Reports.slight != "0" ?>、<?cs /if ?><?cs if:Reports.slight != "0" ?><a href="/reports?days=1&amp;safety=slight">軽傷 <?cs var:Reports.slight ?> 人</a><?cs /if ?>）<?cs /if ?></p><?cs /if ?>
<?cs each:b = Broadcasts ?>
<article class="check<?cs if:b.drill ?> drill<?cs /if ?>" aria-labelledby="b<?cs var:b.id ?>">
 <header>
  <h2 id="b<?cs var:b.id ?>"><?cs if:b.drill ?><span class="drill-word">訓練</span> <?cs /if ?><a href="/?broadcast=<?cs var:b.id ?>"><?cs var:b.subject ?></a></h2>
  <p class="meta"><?cs if:b.event_title ?><?cs var:b.event_title ?>・<?cs /if ?><?cs if:b.at ?><?cs var:b.at ?> 送信・<?cs /if ?><?cs call:state(b) ?></p>
 </header>
 <?cs if:b.nobody ?><p class="empty">対象者を数えています。配信が始まると、ここに未回答の人数が出ます。</p><?cs else ?>
 <div class="counts">
  <?cs call:people_of(b.id, 0) ?><?cs call:unanswered(b) ?>
  <div class="answers"><?cs call:questions(b) ?></div>
 </div>
 <?cs /if ?>
 <?cs call:delivery(b) ?>
 <p class="next"><a class="button" href="/?broadcast=<?cs var:b.id ?>">グループ別・地域別に見る<span class="away">（<?cs var:b.subject ?>）</span></a></p>
</article>
<?cs /each ?>
<?cs if:More > 0 ?><p>新しい順に <?cs var:subcount(Broadcasts) ?> 件を表示しています。ほかに <?cs var:More ?> 件あります。<?cs if:Account.role == "system_admin" || Account.role == "group_admin" ?><a href="/broadcasts">一斉配信の一覧へ</a><?cs /if ?></p><?cs /if ?>
<?cs if:subcount(Broadcasts) == 0 ?>
<div class="empty">
 <?cs if:!Reach ?>
 <p><strong>担当するグループがまだ決まっていません。</strong></p>
 <p>担当グループが登録されると、その人たちの回答の状況がここに出ます。システム管理者に登録を依頼してください。</p>
 <?cs else ?>
 <p><strong>回答を受け付けている安否確認はありません。</strong></p>
 <p>安否確認や設問つきの連絡を送ると、未回答の人数、選択肢ごとの人数、グループ別・都道府県別の状況がここに出ます。</p>
 <?cs if:Account.role == "operator" || Account.role == "system_admin" ?><p><a class="button" href="/events">判断待ちの災害事象を見る</a></p><?cs /if ?>
 <?cs if:Account.role == "group_admin" || Account.role == "system_admin" ?><p><a class="button" href="/broadcasts/new">新しく配信する</a></p><?cs /if ?>
 <?cs /if ?>
</div>
<?cs /if ?>
<script src="/static/dashboard.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?>
