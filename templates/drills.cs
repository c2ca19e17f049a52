<?cs set:Page.title = "訓練" ?><?cs set:Page.section = "drills" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/clock.css?v=<?cs var:Site.assets ?>">
<h1>訓練</h1>
<?cs if:Form.done == "save" ?><p class="success" role="status">予定を保存しました。</p><?cs /if ?>
<?cs call:errors() ?>
<?cs include:"_nobodies.cs" ?>
<section aria-labelledby="mail">
 <h2 id="mail">訓練メール <small>システム管理者が受け取れるかを定期に確かめます</small></h2>
 <?cs if:Account.role == "system_admin" ?><p class="actions"><a class="button primary" href="/drills/new">訓練メールの予定を作る</a></p><?cs /if ?>
 <?cs if:subcount(Drills) > 0 ?>
 <table class="cards">
  <caption>予定</caption>
  <thead><tr><th scope="col">名前</th><th scope="col">いつ</th><th scope="col" class="number">宛先</th><th scope="col">次に送る</th></tr></thead>
  <tbody>
  <?cs each:d = Drills ?>
  <tr><th scope="row"><?cs if:Account.role == "system_admin" ?><a href="/drills/<?cs var:d.id ?>"><?cs var:d.name ?></a><?cs else ?><?cs var:d.name ?><?cs /if ?></th>
   <td data-label="いつ"><?cs var:d.when ?></td>
   <td class="number" data-label="宛先"><?cs var:d.members ?> 人</td>
   <td data-label="次に送る"><?cs if:d.active != 1 ?><?cs call:status("", "止めています") ?><?cs elif:d.next ?><?cs var:d.next ?><?cs else ?>送り終わりました<?cs /if ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs else ?><p class="notice">訓練メールの予定はまだありません。</p><?cs /if ?>
 <?cs if:subcount(Runs) > 0 ?>
 <p role="status">送った訓練メール <?cs var:RunCount ?> 件中 <?cs var:RunShown ?> 件を新しい順に表示しています。</p>
 <table class="cards">
  <caption>送った訓練メールの受け取り</caption>
  <thead><tr><th scope="col">送信</th><th scope="col">名前</th><th scope="col">結果</th><th scope="col" class="number">受け取り</th><th scope="col" class="number">未確認</th><th scope="col">期限</th></tr></thead>
  <tbody>
  <?cs each:r = Runs ?>
  <tr><th scope="row"><?cs if:Account.role == "system_admin" ?><a href="/drills/runs/<?cs var:r.id ?>"><?cs var:r.at ?></a><?cs else ?><?cs var:r.at ?><?cs /if ?></th>
   <td data-label="名前"><?cs var:r.name ?></td>
   <td data-label="結果"><?cs call:status(r.mark, r.word) ?></td>
   <td class="number" data-label="受け取り"><?cs var:r.received ?>／<?cs var:r.people ?> 人</td>
   <td class="number" data-label="未確認"><?cs var:r.missing ?> 人</td>
   <td data-label="期限"><?cs var:r.due ?></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs /if ?>
 <?cs if:RunNext || RunBefore ?><nav aria-label="訓練メールのページ"><ul class="paging"><?cs if:RunBefore ?><li><a href="/drills?runs=<?cs var:RunBefore ?>&amp;page=<?cs var:ReportPage ?>">新しい訓練メール</a></li><?cs /if ?><?cs if:RunNext ?><li><a href="/drills?runs=<?cs var:RunNext ?>&amp;page=<?cs var:ReportPage ?>">古い訓練メール</a></li><?cs /if ?></ul></nav><?cs /if ?>
</section>
<section aria-labelledby="full">
 <h2 id="full">全体訓練の報告</h2>
 <?cs if:subcount(Reports) > 0 ?>
 <p role="status">全体訓練 <?cs var:ReportCount ?> 件中 <?cs var:ReportShown ?> 件を新しい順に表示しています。</p>
 <table class="cards">
  <thead><tr><th scope="col">訓練</th><th scope="col">送信</th><th scope="col" class="number">対象</th><th scope="col" class="number">回答</th></tr></thead>
  <tbody>
  <?cs each:r = Reports ?>
  <tr><th scope="row"><a href="/drills/reports/<?cs var:r.id ?>"><?cs var:r.subject ?></a></th>
   <td data-label="送信"><?cs var:r.at ?></td>
   <td class="number" data-label="対象"><?cs var:r.asked ?> 人</td>
   <td class="number" data-label="回答"><?cs var:r.answered ?> 人（<?cs var:r.share ?>）</td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs else ?><p class="notice">全体訓練はまだありません。<?cs if:Account.role == "system_admin" ?><a href="/broadcasts/new">一斉配信を作り、種類で「訓練」を選ぶ</a>と、ここに報告が出ます。<?cs /if ?></p><?cs /if ?>
 <?cs if:ReportNext || ReportBefore ?><nav aria-label="全体訓練のページ"><ul class="paging"><?cs if:ReportBefore ?><li><a href="/drills?page=<?cs var:ReportBefore ?>&amp;runs=<?cs var:RunPage ?>">新しい訓練</a></li><?cs /if ?><?cs if:ReportNext ?><li><a href="/drills?page=<?cs var:ReportNext ?>&amp;runs=<?cs var:RunPage ?>">古い訓練</a></li><?cs /if ?></ul></nav><?cs /if ?>
</section>
<?cs include:"_footer.cs" ?>
