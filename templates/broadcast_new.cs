<?cs set:Page.title = "新しい配信" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.kind = "種類" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.questions = "設問" ?><?cs set:Label.group = "送る相手" ?><?cs set:Label.region = "地域" ?><?cs set:Label.people = "職員番号" ?><?cs set:Label.expected = "人数" ?><?cs set:Label.closes_at = "締め切り" ?>
<?cs # A question and its choices; five of them stand on the page. ?>
<?cs def:question(n, q, c, m, wrong_q, wrong_c) ?>
 <fieldset class="field">
  <legend>設問 <?cs var:n ?></legend>
  <?cs call:text("q" + n, "設問の文", q, wrong_q) ?>
  <?cs call:textarea("c" + n, "選択肢（1行に1つ）", c, wrong_c, "4") ?>
  <label class="choice"><input type="checkbox" name="m<?cs var:n ?>" value="multiple"<?cs if:m ?> checked<?cs /if ?>> <span>いくつでも選べる</span></label>
 </fieldset>
<?cs /def ?>
<h1>新しい配信</h1>
<?cs call:errors() ?>
<form method="post" action="/broadcasts/new#check">
 <?cs call:csrf() ?>
 <input type="hidden" name="press" value="<?cs var:Form.press ?>">
 <h2>何を送りますか</h2>
 <?cs call:radios("kind", "種類", Kinds, Form.kind, Error.kind) ?>
 <?cs call:text("subject", "件名（はじめの15文字に要点を）", Form.subject, Error.subject) ?>
 <?cs call:textarea("body", "本文（はじめの2行に要点を）", Form.body, Error.body, "8") ?>
 <fieldset class="field<?cs if:Error.questions ?> wrong<?cs /if ?>" id="f-questions" tabindex="-1">
  <legend>設問</legend>
  <label class="choice"><input type="radio" name="questions" value="none"<?cs if:Form.questions == "none" ?> checked<?cs /if ?>> <span>設問なし（読むだけ）</span></label>
  <label class="choice"><input type="radio" name="questions" value="safety"<?cs if:Form.questions == "safety" ?> checked<?cs /if ?>> <span>安否確認の設問（安否：無事・軽傷・重傷／登庁：できる・時間がかかる・できない・わからない）</span></label>
  <label class="choice"><input type="radio" name="questions" value="own"<?cs if:Form.questions == "own" ?> checked<?cs /if ?>> <span>自分で作る（下に入力）</span></label>
  <?cs call:fault("questions", Error.questions) ?>
 </fieldset>
 <details<?cs if:Form.questions == "own" ?> open<?cs /if ?>>
  <summary>自分で作る設問（5問まで）</summary>
  <p class="note">選択肢のはじめに ○ △ ✕ を付けると、集計で色分けされます。英語は「無事 / Safe」のように書きます。</p>
  <?cs call:question("1", Form.q1, Form.c1, Form.m1, Error.q1, Error.c1) ?>
  <?cs call:question("2", Form.q2, Form.c2, Form.m2, Error.q2, Error.c2) ?>
  <?cs call:question("3", Form.q3, Form.c3, Form.m3, Error.q3, Error.c3) ?>
  <?cs call:question("4", Form.q4, Form.c4, Form.m4, Error.q4, Error.c4) ?>
  <?cs call:question("5", Form.q5, Form.c5, Form.m5, Error.q5, Error.c5) ?>
 </details>
 <h2>だれに送りますか</h2>
 <p class="note">選んだものを合わせた全員に、1人1通ずつ送ります。</p>
 <label class="choice"><input type="checkbox" name="all" value="yes"<?cs if:Form.all ?> checked<?cs /if ?>> <span>担当する全員</span></label>
 <details<?cs if:subcount(Form.group) > 0 || Error.group ?> open<?cs /if ?>>
  <summary>グループ（その下のグループを含みます）</summary>
  <fieldset class="field<?cs if:Error.group ?> wrong<?cs /if ?>" id="f-group" tabindex="-1">
   <legend>グループ</legend>
   <?cs each:g = Groups ?><?cs set:key = g.id ?>
   <label class="choice"><input type="checkbox" name="group" value="<?cs var:g.id ?>"<?cs if:Form.group[key] ?> checked<?cs /if ?>> <span><?cs loop:i = #1, g.depth, #1 ?>　<?cs /loop ?><?cs var:g.name ?>（<?cs var:g.members ?>人）</span></label>
   <?cs /each ?>
   <?cs call:fault("group", Error.group) ?>
  </fieldset>
 </details>
 <details<?cs if:subcount(Form.region) > 0 ?> open<?cs /if ?>>
  <summary>地域（勤務地か自宅がその都道府県にある人）</summary>
  <?cs call:checks("region", "都道府県", Regions, Form.region, Error.region) ?>
 </details>
 <details<?cs if:Form.people ?> open<?cs /if ?>>
  <summary>個人（職員番号）</summary>
  <?cs call:textarea("people", "職員番号（改行か空白で区切る）", Form.people, Error.people, "4") ?>
 </details>
 <h2>いつまで回答できますか</h2>
 <?cs call:datetime("closes_at", "締め切り（空欄なら、締め切る操作をするまで）", Form.closes_at, Error.closes_at) ?>
 <h2>確認して送る</h2>
 <p class="actions"><button name="act" value="check">送る相手の人数を確かめる（まだ送りません）</button></p>
 <?cs if:Check.done ?>
 <section class="panel<?cs if:Check.all ?> urgent<?cs /if ?>" id="check" aria-labelledby="check-title">
  <h3 id="check-title">送る内容の確認</h3>
  <?cs if:Check.nobody ?>
  <p class="warning">送る相手が1人もいません。グループや地域を選び直してください。</p>
  <?cs else ?>
  <p>送る相手 <strong class="figure"><?cs var:Check.people ?></strong> 人<?cs if:Check.all ?> <strong>担当する全員に送ります。</strong><?cs /if ?></p>
  <p><?cs each:p = Check.first ?><?cs var:p.name ?>（<?cs var:p.staff_no ?>）　<?cs /each ?>など</p>
  <h4>メールの見本</h4>
  <p><strong><?cs if:Form.kind == "drill" ?>【訓練】<?cs /if ?><?cs var:Form.subject ?></strong></p>
  <pre class="mail"><?cs var:Form.body ?></pre>
  <?cs each:q = Check.questions ?><p><?cs var:q.text ?>：<?cs each:c = q.choices ?><?cs call:status(c.mark, c.text) ?>　<?cs /each ?></p><?cs /each ?>
  <?cs call:number("expected", "この人数を入力すると送れます", "", Error.expected) ?>
  <p class="actions"><button class="primary" name="act" value="send"><?cs var:Check.people ?> 人に送る</button></p>
  <?cs /if ?>
 </section>
 <?cs /if ?>
</form>
<?cs include:"_footer.cs" ?>
