<?cs set:Page.title = "下書き" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<h1>下書き</h1>
<p class="actions"><a class="button primary" href="/broadcasts/new">新しく配信する</a></p>
<?cs set:Label.text = "件名の中の言葉" ?><?cs call:errors() ?>
<form method="get" action="/broadcasts/drafts" class="filter" role="search">
 <?cs call:text("text", "件名の中の言葉", Form.text, Error.text) ?>
 <button>探す</button>
 <?cs if:Form.text ?><a class="button quiet" href="/broadcasts/drafts">条件を消す</a><?cs /if ?>
</form>
<p role="status">あなたの下書き<?cs if:Form.text ?>で、件名に「<?cs var:Form.text ?>」があるもの<?cs /if ?> <?cs var:Count ?> 件のうち <?cs var:Shown ?> 件を、新しい順に表示しています。ほかの人には見えません。</p>
<?cs if:subcount(Drafts) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">件名</th><th scope="col">保存</th><th scope="col">消す</th></tr></thead>
 <tbody>
 <?cs each:d = Drafts ?>
 <tr><td data-label="件名"><a href="/broadcasts/drafts/<?cs var:d.id ?>"><?cs if:d.subject ?><?cs var:d.subject ?><?cs else ?>（件名なし）<?cs /if ?></a></td>
  <td data-label="保存"><?cs var:d.at ?></td>
  <td data-label="消す"><form method="post" action="/broadcasts/drafts/<?cs var:d.id ?>/delete"><?cs call:csrf() ?><button class="quiet" aria-label="下書き「<?cs var:d.subject ?>」（<?cs var:d.at ?>）を消す">消す</button></form></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p><?cs if:Form.text ?>この言葉がある下書きはありません。言葉を短くして、もう一度探してください。<?cs else ?>下書きはありません。<?cs /if ?></p>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
