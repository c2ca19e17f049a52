<?cs set:Page.title = "事象にならなかった電文" ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<p><a href="/events">災害事象の一覧へ</a></p>
<h1>事象にならなかった電文</h1>
<p>読めなかった電文と、種類の登録がない電文です。そのまま保存しています。だれにも配信しません。</p>
<?cs def:query() ?>text=<?cs var:url_escape(Form.text) ?>&amp;outcome=<?cs var:url_escape(Form.outcome) ?><?cs /def ?>
<?cs set:Label.text = "種類・名前の中の言葉" ?><?cs set:Label.outcome = "扱い" ?><?cs call:errors() ?>
<form method="get" action="/events/telegrams" class="filter" role="search">
 <?cs call:text("text", "種類・名前の中の言葉", Form.text, Error.text) ?>
 <div class="field"><label for="f-outcome">扱い</label>
  <select id="f-outcome" name="outcome"><option value="">すべて</option><option value="refused"<?cs if:Form.outcome == "refused" ?> selected<?cs /if ?>>読めない</option><option value="stored"<?cs if:Form.outcome == "stored" ?> selected<?cs /if ?>>保存のみ</option></select></div>
 <button>探す</button>
 <?cs if:Filtered ?><a class="button quiet" href="/events/telegrams">条件を消す</a><?cs /if ?>
</form>
<p role="status"><strong><?cs var:Count ?></strong> 件中 <?cs var:Shown ?> 件を、新しい順に表示しています。<?cs if:Paged == 1 ?>（続き）<?cs /if ?></p>
<?cs if:subcount(Telegrams) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">受信</th><th scope="col">種類</th><th scope="col">名前</th><th scope="col">扱い</th></tr></thead>
 <tbody>
 <?cs each:t = Telegrams ?>
 <tr><th scope="row"><?cs var:t.fetched ?></th>
  <td data-label="種類"><?cs if:t.type ?><?cs var:t.type ?><?cs else ?>不明<?cs /if ?></td>
  <td data-label="名前"><?cs var:t.name ?></td>
  <td data-label="扱い"><span><?cs if:t.refused == 1 ?><?cs call:status("bad", "読めない") ?><?cs else ?><?cs call:status("", "保存のみ") ?><?cs /if ?> <?cs var:t.reason ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p><?cs if:Filtered ?>あてはまる電文はありません。条件を減らして、もう一度探してください。<?cs else ?>ありません。<?cs /if ?></p>
<?cs /if ?>
<?cs if:Older || Paged == 1 ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Paged == 1 ?><li><a href="/events/telegrams?<?cs call:query() ?>">新しいものへ戻る</a></li><?cs /if ?>
 <?cs if:Older ?><li><a href="/events/telegrams?<?cs call:query() ?>&amp;before=<?cs var:Older ?>">さらに古いもの</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
