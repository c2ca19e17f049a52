<?cs set:Page.title = "監査記録 " + Line.id ?><?cs set:Page.section = "audit" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<p><a href="/audit">監査記録</a></p>
<h1>記録 <?cs var:Line.id ?></h1>
<dl class="facts">
 <dt>いつ</dt><dd><?cs var:Line.at ?></dd>
 <dt>だれが</dt><dd><a href="/audit?actor=<?cs var:url_escape(Line.actor) ?>"><?cs var:Line.actor ?></a></dd>
 <dt>どこから</dt><dd><?cs if:Line.network ?><?cs var:Line.network ?><?cs else ?>この機械の中<?cs /if ?></dd>
 <dt>何を</dt><dd><?cs var:Line.sentence ?>（<?cs var:Line.action ?>）</dd>
 <?cs if:Line.object ?><dt>何に対して</dt><dd><a href="/audit?object=<?cs var:url_escape(Line.object) ?>"><?cs var:Line.object ?></a><?cs if:Line.page ?>　<a href="<?cs var:Line.page ?>">いまの画面を開く</a><?cs /if ?></dd><?cs /if ?>
 <dt>関わった人数</dt><dd><?cs var:Line.people ?> 人</dd>
 <dt>前後と内訳</dt><dd><?cs if:Line.detail ?><pre><?cs var:Line.detail ?></pre><?cs else ?>なし<?cs /if ?></dd>
</dl>
<?cs include:"_footer.cs" ?>
