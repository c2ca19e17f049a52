<?cs set:Page.title = "ひな形を書く" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_questions.cs" ?><?cs include:"_compose.cs" ?>
<link rel="stylesheet" href="/static/compose.css?v=<?cs var:Site.assets ?>">
<?cs set:Label.fills = "入れるもの" ?><?cs set:Label.name = "名前" ?><?cs set:Label.kind = "種類" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.questions = "設問" ?><?cs set:Label.group = "送る相手" ?><?cs set:Label.region = "地域" ?><?cs set:Label.not_group = "除くグループ" ?><?cs set:Label.not_region = "除く地域" ?><?cs set:Label.closes_hours = "締め切り" ?><?cs set:Label.again_times = "再送の回数" ?><?cs set:Label.again_gap = "再送の間隔" ?>
<h1>ひな形を書く</h1>
<?cs if:Conflict ?><p class="error-note" role="alert">このひな形は、ほかの人が変えたか消しました。下にあなたの入力が残っています。<a href="/templates/<?cs var:Template.id ?>">いまの内容を見て</a>から直してください。</p><?cs /if ?>
<?cs call:errors() ?>
<?cs if:Draft.id ?><p class="note"><a href="/broadcasts/drafts/<?cs var:Draft.id ?>">下書き</a>の内容を入れました。名前を決めて保存してください。下書きはそのまま残ります。</p><?cs /if ?>
<?cs if:Draft.others ?><p class="warning">職員番号で選んだ人と、以前の配信の回答で選んだ人（除く人も）は、ひな形に入りません。</p><?cs /if ?>
<form method="post" action="/templates/<?cs if:Template.id != "0" ?><?cs var:Template.id ?><?cs else ?>new<?cs /if ?>">
 <?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <?cs call:text("name", "名前", Form.name, Error.name) ?>
 <?cs call:radios("fills", "入れるもの", Fills, Form.fills, Error.fills) ?>
 <?cs call:radios("kind", "種類（設問だけのときは要りません）", Kinds, Form.kind, Error.kind) ?>
 <?cs call:text("subject", "件名", Form.subject, Error.subject) ?>
 <?cs call:textarea("body", "本文", Form.body, Error.body, "8") ?>
 <?cs call:questions() ?>
 <h2>送る相手（入れなくてもかまいません）</h2>
 <p class="note">入れておくと、ひな形を使うときに選んだ状態になります。何も選ばなければ、書く人が選んだ相手はそのままです。</p>
 <label class="choice"><input type="checkbox" name="all" value="yes"<?cs if:Form.all ?> checked<?cs /if ?>> <span>担当する全員（ひな形を使う人の担当）</span></label>
 <details<?cs if:subcount(Form.group) > 0 || Error.group ?> open<?cs /if ?>>
  <summary>グループ（その下のグループを含みます）</summary>
  <?cs call:groups("group", "グループ", Form.group, Error.group) ?>
 </details>
 <details<?cs if:subcount(Form.region) > 0 ?> open<?cs /if ?>>
  <summary>地域（勤務地か自宅がその都道府県にある人）</summary>
  <?cs call:checks("region", "都道府県", Regions, Form.region, Error.region) ?>
 </details>
 <details<?cs if:subcount(Form.not_group) > 0 || subcount(Form.not_region) > 0 ?> open<?cs /if ?>>
  <summary>送らない人（除外）</summary>
  <?cs call:groups("not_group", "除くグループ（その下を含みます）", Form.not_group, Error.not_group) ?>
  <?cs call:checks("not_region", "除く都道府県", Regions, Form.not_region, Error.not_region) ?>
 </details>
 <h2>締め切りと再送（入れなくてもかまいません）</h2>
 <?cs call:number("closes_hours", "送ってから何時間で締め切るか（空欄なら入れない）", Form.closes_hours, Error.closes_hours) ?>
 <fieldset class="field" id="f-again" tabindex="-1"><legend>未回答の人への自動の再送</legend>
  <?cs call:again("ひな形に入れない", "夜間（設定の時間）は再送しない") ?>
 </fieldset>
 <p class="actions"><button class="primary">ひな形を保存する</button> <a class="button" href="/templates">やめる</a></p>
</form>
<?cs if:Template.id != "0" ?>
<details><summary>このひな形を消す</summary>
 <p>書きかけの下書きや、送った配信は変わりません。</p>
 <form method="post" action="/templates/<?cs var:Template.id ?>/delete"><?cs call:csrf() ?><button class="danger">消す</button></form>
</details>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
