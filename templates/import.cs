<?cs set:Page.title = Import.kind + "の取り込み" ?><?cs set:Page.section = "import" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_import.cs" ?>
<?cs set:Label.removed = "削除される件数" ?>
<p class="back"><a href="/import">ファイルの取り込み</a></p>
<h1><?cs var:Import.kind ?>の取り込み</h1>
<p><?cs var:Import.file ?>　<?cs var:Import.rows ?> 行<?cs if:Import.encoding ?>　文字コード <?cs var:Import.encoding ?><?cs /if ?>　<?cs if:Import.whole ?>全件のファイル<?cs else ?>一部のファイル<?cs /if ?>　<?cs var:Import.at ?> <?cs if:Import.source == "hr" ?>人事データ<?cs else ?><?cs var:Import.actor ?><?cs /if ?></p>
<?cs call:errors() ?>
<?cs if:Import.work ?>
<section class="import-now" aria-live="polite">
 <p class="import-step"><?cs if:Import.state == "reading" ?>ファイルを読み取っています（<?cs var:Import.rows ?> 行まで）。<?cs elif:Import.state == "read" ?>いまの登録と比べています（<?cs var:Import.rows ?> 行）。<?cs else ?>反映しています（<?cs var:Import.changes ?> 件）。<?cs /if ?></p>
 <p>この画面は自動で更新されます。閉じても作業は続き、あとで「ファイルの取り込み」から見られます。</p>
</section>
<?cs else ?>
<?cs if:Import.state == "applied" ?>
<section class="import-now good"><p class="import-step"><?cs call:status("good", "反映しました") ?>　<strong class="figure"><?cs var:Import.changes ?></strong> 件</p>
 <p><?cs var:Import.ended ?> に終わりました。<?cs if:Import.confirmed_by ?>反映した人：<?cs var:Import.confirmed_by ?><?cs /if ?></p></section>
<?cs elif:Import.state == "refused" ?>
<section class="import-now bad"><p class="import-step"><?cs call:status("bad", "取り込めません") ?>　<?cs var:Import.reason ?></p>
 <p>何も変わっていません。下の理由を直して、もう一度送ってください。</p></section>
<?cs elif:Import.state == "cancelled" ?>
<section class="import-now"><p class="import-step">取りやめました。何も変わっていません。</p></section>
<?cs elif:Import.refused != "0" ?>
<section class="import-now bad"><p class="import-step">誤りのある行が <strong class="figure"><?cs var:Import.refused ?></strong> 行あります</p>
 <p>1行でも誤りがあると反映できません。何も変わっていません。下の行を直して、もう一度送ってください。</p>
 <form method="post" action="/import/<?cs var:Import.id ?>/cancel"><?cs call:csrf() ?><p class="actions"><a class="button primary" href="/import">直したファイルを送る</a> <button class="quiet">取りやめる</button></p></form></section>
<?cs elif:Import.changes == "0" ?>
<section class="import-now good"><p class="import-step"><?cs call:status("good", "違いはありません") ?></p>
 <p>ファイルの内容は、いまの登録と同じです。反映するものはありません。</p></section>
<?cs else ?>
<section class="import-now">
 <?cs if:Import.reason ?><p class="fault"><?cs var:Import.reason ?></p><?cs /if ?>
 <?cs if:subcount(Moved) > 0 ?><ul><?cs each:m = Moved ?><li><?cs var:m.reason ?></li><?cs /each ?></ul><?cs /if ?>
 <p class="import-step">反映すると <strong class="figure"><?cs var:Import.changes ?></strong> 件が変わります</p>
 <form method="post" action="/import/<?cs var:Import.id ?>/apply">
  <?cs call:csrf() ?>
  <?cs if:Import.type ?><p>削除される件数が多いため、その数（<?cs var:Import.removed ?>）を入力してください。</p><?cs call:number("removed", "削除される件数", Form.removed, Error.removed) ?><?cs /if ?>
  <p class="actions"><button class="primary">この内容で反映する（<?cs var:Import.changes ?> 件）</button></p>
 </form>
 <form method="post" action="/import/<?cs var:Import.id ?>/cancel"><?cs call:csrf() ?><p><button class="quiet">取りやめる</button></p></form>
</section>
<?cs /if ?>
<h2 id="lists">内容</h2>
<nav class="tabs" aria-label="違いの一覧">
 <ul>
 <?cs each:t = Tabs ?><li><a href="/import/<?cs var:Import.id ?>?tab=<?cs var:t.name ?>#lists"<?cs if:t.open ?> aria-current="page"<?cs /if ?>><?cs var:t.title ?> <span class="count"><?cs var:t.count ?></span></a></li>
 <?cs /each ?></ul>
</nav>
<p><?cs var:Tab.count ?> <?cs if:Tab.fault ?>行<?cs else ?>件<?cs /if ?><?cs if:Shown > 0 ?>のうち、<?cs var:Shown ?> <?cs if:Tab.fault ?>か所<?cs else ?>件<?cs /if ?>を表示しています。<a href="/import/<?cs var:Import.id ?>/<?cs var:Tab.name ?>.csv">すべてをCSVで保存</a><?cs else ?>です。<?cs /if ?></p>
<?cs if:Shown > 0 ?>
<?cs if:Tab.fault ?>
<table class="cards">
 <thead><tr><th scope="col" class="number">行</th><th scope="col">列</th><th scope="col">理由</th><th scope="col">直し方</th></tr></thead>
 <tbody>
 <?cs each:l = Lines ?><tr><td class="number" data-label="行"><?cs if:l.line == 0 ?>全体<?cs else ?><?cs var:l.line ?><?cs /if ?></td><td data-label="列"><?cs var:l.field ?></td><td class="words" data-label="理由"><?cs var:l.reason ?></td><td class="words" data-label="直し方"><?cs var:l.mend ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:Next.id ?><p class="paging"><a href="/import/<?cs var:Import.id ?>?tab=<?cs var:Tab.name ?>&amp;line=<?cs var:Next.line ?>&amp;id=<?cs var:Next.id ?>#lists">次の一覧</a></p><?cs /if ?>
<?cs else ?>
<table class="cards">
 <thead><tr><th scope="col" class="number">行</th><th scope="col">対象</th><th scope="col">名前</th><th scope="col">違い（いま → 反映後）</th></tr></thead>
 <tbody>
 <?cs each:l = Lines ?><tr><td class="number" data-label="行"><?cs if:l.line == 0 ?>ファイルになし<?cs else ?><?cs var:l.line ?><?cs /if ?></td><td data-label="対象"><?cs var:l.item ?></td><td data-label="名前"><?cs var:l.name ?></td>
  <td data-label="違い"><ul class="plain"><?cs each:f = l.fields ?><li><?cs var:f.name ?>：<?cs if:f.was ?><del><?cs var:f.was ?></del><?cs else ?>なし<?cs /if ?> → <?cs if:f.now ?><ins><?cs var:f.now ?></ins><?cs else ?>なし<?cs /if ?></li><?cs /each ?></ul></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:Next.item ?><p class="paging"><a href="/import/<?cs var:Import.id ?>?tab=<?cs var:Tab.name ?>&amp;line=<?cs var:Next.line ?>&amp;item=<?cs var:url_escape(Next.item) ?>#lists">次の一覧</a></p><?cs /if ?>
<?cs /if ?>
<?cs /if ?>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
