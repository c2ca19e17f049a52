<?cs set:Page.title = "自主報告" ?><?cs set:Page.section = "reports" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.text = "氏名・かな・職員番号" ?><?cs set:Label.safety = "安否" ?><?cs set:Label.days = "期間" ?><?cs set:Label.check = "安否確認" ?>
<?cs def:query() ?>days=<?cs var:url_escape(Form.days) ?>&amp;text=<?cs var:url_escape(Form.text) ?>&amp;safety=<?cs var:url_escape(Form.safety) ?>&amp;check=<?cs var:url_escape(Form.check) ?><?cs /def ?>
<h1>自主報告</h1>
<p class="note">安否確認を待たずに、本人が自分のリンクから知らせた内容です。1人につき最後の報告を、新しい順に表示します。</p>
<?cs call:errors() ?>
<form method="get" action="/reports" class="filter" role="search">
 <?cs call:text("text", "氏名・かな・職員番号", Form.text, Error.text) ?>
 <?cs call:select("safety", "安否", Safeties, Form.safety, Error.safety, "すべて") ?>
 <div class="field"><label for="f-check">安否確認</label>
  <select id="f-check" name="check"><option value="">すべて</option><option value="none"<?cs if:Form.check == "none" ?> selected<?cs /if ?>>対象になっていない人</option></select></div>
 <div class="field"><label for="f-days">期間</label>
  <select id="f-days" name="days"><?cs each:s = Spans ?><option value="<?cs var:s.value ?>"<?cs if:Form.days == s.value ?> selected<?cs /if ?>><?cs var:s.text ?></option><?cs /each ?></select></div>
 <button>探す</button>
 <?cs if:Filtered ?><a class="button quiet" href="/reports?days=<?cs var:url_escape(Form.days) ?>">条件を消す</a><?cs /if ?>
</form>
<p role="status"><strong><?cs var:Count ?></strong> 人中 <?cs var:Shown ?> 人を表示しています。<?cs if:Form.at ?>（続き）<?cs /if ?></p>
<?cs if:subcount(Reports) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">氏名</th><th scope="col">職員番号</th><th scope="col">所属</th><th scope="col">安否</th><th scope="col">登庁</th><th scope="col">時刻</th><th scope="col">コメント</th><th scope="col">安否確認</th></tr></thead>
 <tbody>
 <?cs each:r = Reports ?>
 <tr><th scope="row"><a href="/users/<?cs var:r.user ?>"><?cs var:r.name ?></a></th>
  <td data-label="職員番号"><?cs var:r.staff_no ?></td>
  <td data-label="所属"><?cs var:r.group ?></td>
  <td data-label="安否"><?cs call:status(r.mark, r.safety) ?></td>
  <td data-label="登庁"><?cs var:r.coming ?></td>
  <td data-label="時刻"><?cs var:r.at ?></td>
  <td class="words" data-label="コメント"><?cs var:r.comment ?></td>
  <td data-label="安否確認"><?cs if:r.asked ?>対象<?cs else ?>対象になっていない<?cs /if ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p class="notice"><?cs if:Filtered ?>あてはまる報告はありません。言葉を短くするか、条件を減らして、もう一度探してください。<?cs else ?>この期間の自主報告はありません。<?cs /if ?></p>
<?cs /if ?>
<?cs if:Next.user || Form.user ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Form.user ?><li><a href="/reports?<?cs call:query() ?>">先頭へ戻る</a></li><?cs /if ?>
 <?cs if:Next.user ?><li><a href="/reports?<?cs call:query() ?>&amp;at=<?cs var:Next.at ?>&amp;user=<?cs var:Next.user ?>">次の一覧</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
