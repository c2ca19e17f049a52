<?cs set:Page.title = "見本" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<link rel="stylesheet" href="/static/compose.css?v=<?cs var:Site.assets ?>">
<h1>見本</h1>
<p class="actions"><a class="button primary" href="/broadcasts/drafts/<?cs var:Draft.id ?>">書く画面に戻る</a></p>
<?cs if:Draft.wrong ?><p class="warning">まだ直すところがあります。書く画面で「送る相手の人数を確かめる」を押すと、どこかが分かります。</p><?cs /if ?>
<p>「<?cs var:Mail.reader ?>」さんに届くメールです。リンクは1人ずつ違います。</p>
<?cs each:m = Mails ?>
<section class="mail-view <?cs var:m.as ?>" aria-label="<?cs if:m.as == "pc" ?>パソコン<?cs elif:m.as == "phone" ?>スマートフォン<?cs else ?>従来型の電話<?cs /if ?>のメール">
 <h2><?cs if:m.as == "pc" ?>パソコンのメール<?cs elif:m.as == "phone" ?>スマートフォンのメール<?cs else ?>従来型の電話のメール<?cs /if ?> <small>（<?cs var:m.charset ?>）</small></h2>
 <div class="mail-head"><p class="mail-from"><?cs var:m.from ?><?cs if:m.as == "pc" ?> &lt;<?cs var:Mail.address ?>&gt;<?cs /if ?></p><p class="mail-subject"><?cs var:m.subject ?></p></div>
 <pre class="mail"><?cs var:m.body ?></pre>
</section>
<?cs /each ?>
<?cs if:Draft.asks ?>
<section aria-labelledby="pages">
 <h2 id="pages">回答のページ</h2>
 <p>受け取った人が開くページそのものです。画面の幅に合わせて変わります。</p>
 <p class="actions"><a class="button" href="/broadcasts/drafts/<?cs var:Draft.id ?>/page" target="_blank" rel="noopener">パソコン・スマートフォンの回答ページ（新しい画面）</a>
 <a class="button" href="/broadcasts/drafts/<?cs var:Draft.id ?>/page?as=light" target="_blank" rel="noopener">従来型の電話の回答ページ（Shift_JIS、新しい画面）</a></p>
</section>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
