<?cs set:Page.title = "稼働状況" ?><?cs set:Page.section = "status" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/status.css?v=<?cs var:Site.assets ?>">
<h1>稼働状況</h1>
<p class="verdict" role="status"><?cs if:Bad > 0 ?><?cs call:status("bad", "異常") ?> <strong class="figure"><?cs var:Bad ?></strong> 件<?cs if:Warn > 0 ?>、注意 <?cs var:Warn ?> 件<?cs /if ?>があります。上から順に対応してください。<?cs elif:Warn > 0 ?><?cs call:status("warn", "注意") ?> <strong class="figure"><?cs var:Warn ?></strong> 件があります。ほかは正常に動いています。<?cs else ?><?cs call:status("good", "すべて正常に動いています") ?><?cs /if ?></p>
<p class="quiet-text"><?cs var:Now ?> に調べた <?cs var:subcount(Checks) ?> 項目（正常 <?cs var:Good ?> 件）です。　<a href="/status">調べ直す</a></p>
<table class="cards checks">
 <thead><tr><th scope="col">項目</th><th scope="col">状態</th><th scope="col">いまの値</th><th scope="col">すること</th></tr></thead>
 <tbody>
 <?cs each:c = Checks ?>
 <tr class="<?cs var:c.mark ?>"><th scope="row"><?cs var:c.words ?><?cs if:c.of ?><span class="of"><?cs var:c.of ?></span><?cs /if ?></th>
  <td data-label="状態"><?cs call:status(c.mark, c.word) ?></td>
  <td data-label="いまの値"><?cs if:c.amount || c.age ?><span><?cs var:c.amount ?><?cs if:c.amount && c.age ?><br><?cs /if ?><?cs var:c.age ?></span><?cs else ?>－<?cs /if ?></td>
  <td<?cs if:c.advice ?> class="words" data-label="すること"><?cs var:c.advice ?><?cs if:c.path ?> <a href="<?cs var:c.path ?>">画面を開く</a><?cs /if ?><?cs else ?>><?cs /if ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:JournalHidden ?><p class="note">応答の控え（データベースが止まっているあいだの応答）の置き場所は、この画面からは見られません。</p><?cs /if ?>
<?cs include:"_footer.cs" ?>
