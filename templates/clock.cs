<?cs set:Page.title = "配信の時計" ?><?cs set:Page.section = "clock" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.month = "年月" ?>
<link rel="stylesheet" href="/static/clock.css?v=<?cs var:Site.assets ?>">
<h1>配信の時計</h1>
<p class="lead">災害ごとに、最後の1通までにかかった時間を約束とくらべます。</p>
<?cs call:errors() ?>
<form method="get" action="/clock" class="filter" role="search">
 <?cs call:select("month", "年月", Months, Form.month, Error.month, "今月") ?>
 <div class="field"><label for="f-show">表示</label><select id="f-show" name="show"><option value="">すべて</option><option value="late"<?cs if:Form.show == "late" ?> selected<?cs /if ?>>遅れだけ</option></select></div>
 <button>表示する</button>
</form>
<?cs if:!Error.month ?>
<p class="verdict"><?cs if:Late == "0" ?><?cs call:status("good", "遅れはありません") ?><?cs else ?><?cs call:status("bad", "遅れ") ?> <strong class="figure"><?cs var:Late ?></strong> 件<?cs /if ?>　<span class="quiet-text">配信 <?cs var:All ?> 件<?cs if:Open != "0" ?>、うち配信中 <?cs var:Open ?> 件<?cs /if ?></span></p>
<?cs if:subcount(Clocks) > 0 ?>
<p role="status"><?cs var:Count ?> 件中 <?cs var:Shown ?> 件を新しい順に表示しています。</p>
<table class="cards">
 <thead><tr><th scope="col">事象</th><th scope="col">起点</th><th scope="col">配信</th><th scope="col">約束</th><th scope="col">最後の1通まで</th><th scope="col">結果</th><th scope="col">遅れた段階</th></tr></thead>
 <tbody>
 <?cs each:c = Clocks ?>
 <tr><th scope="row"><a href="/clock/<?cs var:c.event ?>#c<?cs var:c.id ?>"><?cs var:c.title ?></a></th>
  <td data-label="起点"><?cs var:c.at ?></td>
  <td data-label="配信"><?cs var:c.promise ?></td>
  <td data-label="約束"><?cs var:c.bar ?></td>
  <td data-label="最後の1通まで"><?cs if:c.took ?><?cs var:c.took ?><?cs else ?>－<?cs /if ?></td>
  <td data-label="結果"><?cs call:status(c.mark, c.word) ?></td>
  <td data-label="遅れた段階"><?cs if:c.late ?><?cs var:c.late ?><?cs else ?>－<?cs /if ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p class="notice"><?cs if:Form.show ?>この月に遅れた配信はありません。<?cs else ?>この月に、災害についての配信はありません。<?cs /if ?></p><?cs /if ?>
<?cs if:Next || Before ?><nav aria-label="ページ"><ul class="paging"><?cs if:Before ?><li><a href="/clock?month=<?cs var:url_escape(Form.month) ?>&amp;show=<?cs var:url_escape(Form.show) ?>&amp;page=<?cs var:Before ?>">前のページ</a></li><?cs /if ?><?cs if:Next ?><li><a href="/clock?month=<?cs var:url_escape(Form.month) ?>&amp;show=<?cs var:url_escape(Form.show) ?>&amp;page=<?cs var:Next ?>">次のページ</a></li><?cs /if ?></ul></nav><?cs /if ?>
<p class="actions"><a class="button" href="/clock.csv?month=<?cs var:url_escape(Form.month) ?>">この月をCSVで保存する</a></p>
<?cs /if ?>
<p class="note">約束は、地震速報が発生から3分、地震確定情報が気象庁の発表から10分、その他の災害が発生から10分です。ミサイル・安否確認・当番への呼び出しの時間は、このシステムで決めた目安です。受け取り側の都合で待たされたメールは含めず、別に数えます。</p>
<?cs include:"_footer.cs" ?>
