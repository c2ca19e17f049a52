<?cs set:Page.title = "監査記録" ?><?cs set:Page.section = "audit" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.actor = "だれが" ?><?cs set:Label.action = "何を" ?><?cs set:Label.object = "何に対して" ?><?cs set:Label.from = "いつから" ?><?cs set:Label.until = "いつまで" ?>
<?cs def:query() ?>actor=<?cs var:url_escape(Form.actor) ?>&amp;action=<?cs var:url_escape(Form.action) ?>&amp;object=<?cs var:url_escape(Form.object) ?>&amp;from=<?cs var:url_escape(Form.from) ?>&amp;until=<?cs var:url_escape(Form.until) ?><?cs /def ?>
<h1>監査記録</h1>
<?cs call:errors() ?>
<form method="get" action="/audit" class="filter" role="search">
 <?cs call:text("actor", "だれが（ログイン名）", Form.actor, Error.actor) ?>
 <?cs call:select("action", "何を", Kinds, Form.action, Error.action, "すべて") ?>
 <?cs call:text("object", "何に対して（職員番号、または group 12 など）", Form.object, Error.object) ?>
 <?cs call:datetime("from", "いつから", Form.from, Error.from) ?>
 <?cs call:datetime("until", "いつまで", Form.until, Error.until) ?>
 <button>探す</button>
 <a class="button quiet" href="/audit">条件を消す</a>
</form>
<p role="status"><strong><?cs var:Count ?></strong> 件<?cs if:More ?>以上<?cs /if ?>中 <?cs var:Shown ?> 件を新しい順に表示しています。</p>
<?cs if:subcount(Lines) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">いつ</th><th scope="col">だれが</th><th scope="col">何を</th><th scope="col">何に対して</th><th scope="col" class="number">人数</th></tr></thead>
 <tbody>
 <?cs each:l = Lines ?>
 <tr><th scope="row"><a href="/audit/<?cs var:l.id ?>"><?cs var:l.at ?></a></th>
  <td data-label="だれが"><?cs var:l.actor ?></td>
  <td data-label="何を"><?cs var:l.action ?></td>
  <td data-label="何に対して"><?cs var:l.object ?></td>
  <td class="number" data-label="人数"><?cs var:l.people ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p class="notice">あてはまる記録はありません。条件を減らして、もう一度探してください。</p><?cs /if ?>
<?cs if:Before || Form.before ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Form.before ?><li><a href="/audit?<?cs call:query() ?>">新しいものへ戻る</a></li><?cs /if ?>
 <?cs if:Before ?><li><a href="/audit?<?cs call:query() ?>&amp;before=<?cs var:Before ?>">さらに古いもの</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
