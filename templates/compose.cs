<?cs set:Page.title = "新しい配信" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_questions.cs" ?><?cs include:"_compose.cs" ?>
<link rel="stylesheet" href="/static/compose.css?v=<?cs var:Site.assets ?>">
<?cs set:Label.kind = "種類" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.questions = "設問" ?><?cs set:Label.group = "送る相手" ?><?cs set:Label.region = "地域" ?><?cs set:Label.people = "職員番号" ?><?cs set:Label.not_people = "除く人" ?><?cs set:Label.expected = "人数" ?><?cs set:Label.closes_at = "締め切り" ?><?cs set:Label.closes_hours = "締め切りまでの時間" ?><?cs set:Label.send_at = "送る日時" ?><?cs set:Label.again_gap = "再送の間隔" ?><?cs set:Label.again_times = "再送の回数" ?><?cs set:Label.earlier = "以前の配信" ?><?cs set:Label.not_earlier = "除く人の以前の配信" ?><?cs set:Label.test = "テスト" ?>
<?cs # Who answered an earlier broadcast, and how: to be named or left out. ?>
<?cs def:answers(not, label, words, e, id, answered, unanswered, chosen, error) ?>
  <div class="field<?cs if:error ?> wrong<?cs /if ?>"><label for="f-<?cs var:not ?>earlier"><?cs var:label ?></label>
   <select id="f-<?cs var:not ?>earlier" name="<?cs var:not ?>earlier"<?cs call:described(not + "earlier", error) ?>><option value="">（選びません）</option><?cs each:b = Broadcasts ?><option value="<?cs var:b.id ?>"<?cs if:id == b.id ?> selected<?cs /if ?>><?cs var:b.at ?>　<?cs var:b.subject ?></option><?cs /each ?></select>
   <?cs call:fault(not + "earlier", error) ?></div>
  <p class="actions"><button name="act" value="<?cs var:not ?>earlier">この配信の選択肢を出す</button></p>
  <?cs if:e.subject ?>
  <fieldset class="field" id="f-<?cs var:not ?>chose" tabindex="-1"><legend>「<?cs var:e.subject ?>」で<?cs var:words ?></legend>
   <label class="choice"><input type="checkbox" name="<?cs var:not ?>answered" value="yes"<?cs if:answered ?> checked<?cs /if ?>> <span>回答済み（<?cs var:e.answered ?>人）</span></label>
   <label class="choice"><input type="checkbox" name="<?cs var:not ?>unanswered" value="yes"<?cs if:unanswered ?> checked<?cs /if ?>> <span>未回答（<?cs var:e.unanswered ?>人）</span></label>
   <?cs each:q = e.questions ?><?cs each:c = q.choices ?><?cs set:key = c.id ?>
   <label class="choice"><input type="checkbox" name="<?cs var:not ?>chose" value="<?cs var:c.id ?>"<?cs if:chosen[key] ?> checked<?cs /if ?>> <span><?cs var:q.text ?>：<?cs var:c.text ?>（<?cs var:c.people ?>人）</span></label>
   <?cs /each ?><?cs /each ?>
  </fieldset>
  <?cs /if ?>
<?cs /def ?>
<?cs def:hours(n) ?><?cs if:n == "0" ?>締め切りなし<?cs else ?><?cs var:n ?>時間<?cs /if ?><?cs /def ?>
<?cs def:first(list) ?><?cs each:p = list ?><?cs var:p.name ?>（<?cs var:p.staff_no ?>）　<?cs /each ?><?cs /def ?>
<h1>新しい配信</h1>
<?cs if:Conflict ?>
<div class="error-note" role="alert"><p><strong>この下書きは、別の画面で変更されたか、送られたか、消されました。</strong>下にいま入力した内容が残っています。</p>
<p><a href="/broadcasts/drafts">下書きの一覧で確かめる</a>か、いちばん下の「この内容で下書きを上書きする」を押してください。</p></div>
<?cs /if ?>
<?cs if:Tested == "1" ?><p class="success" role="status">自分あてにテストを送りました。届いたメールを確かめてください。</p><?cs /if ?>
<?cs if:Filled.name ?><p class="success" role="status">ひな形「<?cs var:Filled.name ?>」を入れました。</p><?cs /if ?>
<?cs if:Filled.unknown ?><p class="warning" role="status">ひな形のグループのうち <?cs var:Filled.unknown ?> 個は、いまは無いか担当ではないので入れていません。送る相手と除く相手を確かめてください。</p><?cs /if ?>
<?cs call:errors() ?>
<div class="starts">
<?cs if:subcount(Templates) > 0 ?>
<form method="get" action="<?cs if:Form.draft != "0" ?>/broadcasts/drafts/<?cs var:Form.draft ?><?cs else ?>/broadcasts/new<?cs /if ?>" class="filter" id="start">
 <div class="field"><label for="f-template">ひな形から始める</label>
  <select id="f-template" name="template"><?cs each:t = Templates ?><option value="<?cs var:t.id ?>"><?cs if:t.kind == "questions" ?>設問：<?cs /if ?><?cs var:t.name ?></option><?cs /each ?></select></div>
 <button>ひな形を入れる</button>
</form>
<?cs /if ?>
<p><a href="/broadcasts/drafts">下書き（<?cs var:Drafts ?>件）</a><?cs if:Draft.saved ?>　<?cs var:Draft.saved ?> の下書きを開いています。<?cs /if ?></p>
</div>
<form method="post" action="/broadcasts/new#check" id="compose" class="compose">
 <?cs # Enter presses the first button: one that sends nothing. ?>
 <button name="act" value="check" class="first" tabindex="-1">人数を確かめる</button>
 <?cs call:csrf() ?>
 <input type="hidden" name="press" value="<?cs var:Form.press ?>">
 <input type="hidden" name="draft" value="<?cs var:Form.draft ?>">
 <input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <div class="parts">
 <h2>何を送りますか</h2>
 <?cs call:radios("kind", "種類", Kinds, Form.kind, Error.kind) ?>
 <?cs call:text("subject", "件名（はじめの15文字に要点を）", Form.subject, Error.subject) ?>
 <?cs call:textarea("body", "本文（はじめの2行に要点を）", Form.body, Error.body, "8") ?>
 <p class="note">本文に {name} と書くと受け取る人の氏名、{closes} は締め切り、{site} は送信元の名前になります。件名では {closes} と {site} が使えます。</p>
 <?cs call:questions() ?>
 <h2>だれに送りますか</h2>
 <p class="note">選んだものを合わせた全員に、1人1通ずつ送ります。</p>
 <label class="choice"><input type="checkbox" name="all" value="yes"<?cs if:Form.all ?> checked<?cs /if ?>> <span>担当する全員</span></label>
 <details<?cs if:subcount(Form.group) > 0 || Error.group ?> open<?cs /if ?>>
  <summary>グループ（その下のグループを含みます）</summary>
  <?cs call:groups("group", "グループ", Form.group, Error.group) ?>
 </details>
 <details<?cs if:subcount(Form.region) > 0 ?> open<?cs /if ?>>
  <summary>地域（勤務地か自宅がその都道府県にある人）</summary>
  <?cs call:checks("region", "都道府県", Regions, Form.region, Error.region) ?>
 </details>
 <details<?cs if:Form.people ?> open<?cs /if ?>>
  <summary>個人（職員番号）</summary>
  <?cs call:textarea("people", "職員番号（改行か空白で区切る）", Form.people, Error.people, "4") ?>
 </details>
 <details id="earlier"<?cs if:Form.earlier && Form.earlier != "0" || Earlier.subject ?> open<?cs /if ?>>
  <summary>以前の配信の回答で選ぶ</summary>
  <?cs call:answers("", "以前の配信", "次のように答えた人", Earlier, Form.earlier, Form.answered, Form.unanswered, Form.chose, Error.earlier) ?>
 </details>
 <details<?cs if:subcount(Form.not_group) > 0 || subcount(Form.not_region) > 0 || Form.not_people || Form.not_earlier && Form.not_earlier != "0" ?> open<?cs /if ?>>
  <summary>送らない人（除外）</summary>
  <p class="note">上で選んだ人のうち、ここに当てはまる人には送りません。</p>
  <?cs call:groups("not_group", "除くグループ（その下を含みます）", Form.not_group, Error.not_group) ?>
  <details<?cs if:subcount(Form.not_region) > 0 ?> open<?cs /if ?>><summary>除く地域</summary>
  <?cs call:checks("not_region", "除く都道府県", Regions, Form.not_region, Error.not_region) ?></details>
  <?cs call:textarea("not_people", "除く人の職員番号", Form.not_people, Error.not_people, "2") ?>
  <details id="not_earlier"<?cs if:Form.not_earlier && Form.not_earlier != "0" ?> open<?cs /if ?>><summary>以前の配信の回答で除く</summary>
  <?cs call:answers("not_", "除く人を選ぶ以前の配信", "除く人", Not_earlier, Form.not_earlier, Form.not_answered, Form.not_unanswered, Form.not_chose, Error.not_earlier) ?></details>
 </details>
 <h2>いつ送りますか</h2>
 <fieldset class="field" id="f-when" tabindex="-1"><legend>送る時</legend>
  <label class="choice"><input type="radio" name="when" value="now"<?cs if:Form.when != "later" ?> checked<?cs /if ?>> <span>すぐに</span></label>
  <label class="choice"><input type="radio" name="when" value="later"<?cs if:Form.when == "later" ?> checked<?cs /if ?>> <span>日時を決めて（それまでは取り消せます）</span></label>
 </fieldset>
 <?cs call:datetime("send_at", "送る日時（日時を決めて送るとき）", Form.send_at, Error.send_at) ?>
 <?cs call:datetime("closes_at", "回答の締め切り", Form.closes_at, Error.closes_at) ?>
 <?cs call:number("closes_hours", "日時を入れないとき：送ってから何時間で締め切るか", Form.closes_hours, Error.closes_hours) ?>
 <p class="note">どちらも空欄なら設定の時間で締め切ります（送ってから 安否確認 <?cs call:hours(Closes.safety) ?>、情報 <?cs call:hours(Closes.info) ?>、連絡 <?cs call:hours(Closes.notice) ?>、訓練 <?cs call:hours(Closes.drill) ?>）。</p>
 <fieldset class="field" id="f-again" tabindex="-1"><legend>未回答の人への自動の再送</legend>
  <?cs if:Quiet.from && Quiet.to ?><?cs set:Quiet.text = "夜間（" + Quiet.from + "〜" + Quiet.to + "）は再送しない" ?><?cs /if ?>
  <?cs call:again("", Quiet.text) ?>
  <p class="note">回答した人には送りません。2回目からは次のメールアドレスに送ります。</p>
 </fieldset>
 <h2>確認して送る</h2>
 <p class="actions" id="f-test"><button name="act" value="preview">見本を見る</button> <button name="act" value="test">自分あてにテストを送る</button> <button name="act" value="save">下書きに保存する</button><?cs if:Account.role == "system_admin" ?> <button name="act" value="template">この内容をひな形として保存する</button><?cs /if ?></p>
 <?cs if:Conflict ?><p class="actions"><button name="act" value="overwrite" class="danger">この内容で下書きを上書きする</button></p><?cs /if ?>
 <p class="actions"><button name="act" value="check">送る相手の人数を確かめる（まだ送りません）</button></p>
 <?cs if:Check.done ?>
 <section class="panel<?cs if:Check.all ?> urgent<?cs /if ?>" id="check" aria-labelledby="check-title">
  <h3 id="check-title">送る内容の確認</h3>
  <?cs if:Check.nobody ?>
  <p class="warning">送る相手が1人もいません。グループや地域を選び直してください。</p>
  <?cs else ?>
  <p>送る相手 <strong class="figure"><?cs var:Check.people ?></strong> 人<?cs if:Check.all ?> <strong class="everybody">担当するほぼ全員に送ります。ほんとうに全員に要る配信ですか。</strong><?cs /if ?></p>
  <p><?cs call:first(Check.first) ?>など</p>
  <dl class="facts">
   <dt>送る時</dt><dd><?cs if:Check.send_at ?><?cs var:Check.send_at ?><?cs else ?>すぐに<?cs /if ?></dd>
   <dt>締め切り</dt><dd><?cs if:Check.closes_at ?><?cs var:Check.closes_at ?><?cs else ?>なし<?cs /if ?></dd>
   <dt>最後の1通まで</dt><dd><?cs if:Check.last_mail ?><?cs var:Check.last_mail ?>（前回の実績から）<?cs else ?>実績がまだありません<?cs /if ?></dd>
  </dl>
  <h4>メールの見本</h4>
  <p><strong><?cs if:Form.kind == "drill" ?>【訓練】<?cs /if ?><?cs var:Form.subject ?></strong></p>
  <pre class="mail"><?cs var:Form.body ?></pre>
  <?cs each:q = Check.questions ?><p><?cs var:q.text ?><?cs if:q.required != "1" ?>（答えなくてもよい）<?cs /if ?>：<?cs if:q.kind == "text" ?>文<?cs elif:q.kind == "number" ?>数<?cs elif:q.kind == "time" ?>時刻<?cs /if ?><?cs each:c = q.choices ?><?cs call:status(c.mark, c.text) ?>　<?cs /each ?></p><?cs /each ?>
  <?cs if:Check.before ?><p class="warning">先に送ったもの：<a href="/broadcasts/<?cs var:Check.before ?>">一斉配信 <?cs var:Check.before ?></a></p><?cs /if ?>
  <?cs call:number("expected", "この人数を入力すると送れます", "", Error.expected) ?>
  <p class="actions"><button class="<?cs if:Check.all ?>danger<?cs else ?>primary<?cs /if ?>" name="act" value="send"><?cs var:Check.people ?> 人に<?cs if:Check.send_at ?>送る予約をする<?cs else ?>送る<?cs /if ?></button></p>
  <?cs /if ?>
 </section>
 <?cs /if ?>
 </div>
 <aside class="reach" id="reach" aria-label="送る相手" hidden>
  <p role="status" aria-live="polite">送る相手 <strong class="figure" id="reach-people">0</strong> 人 <span id="reach-most" class="everybody" hidden>ほぼ全員です</span></p>
  <p id="reach-first" class="note"></p>
  <p id="reach-last" class="note"></p>
  <p id="reach-saved" class="note" role="status"></p>
  <p id="reach-conflict" class="fault" role="alert" hidden>この下書きは別の画面で変更されました。ここでの入力は保存されていません。「下書きに保存する」を押すと、どうするか選べます。</p>
 </aside>
</form>
<script src="/static/compose.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?>
