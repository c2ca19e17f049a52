<?cs set:Page.title = "配信条件を書く" ?><?cs set:Page.section = "events" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_trial.cs" ?>
<?cs set:Label.name = "名前" ?><?cs set:Label.kind = "種類" ?><?cs set:Label.part = "電文の種類" ?><?cs set:Label.rank = "段階" ?><?cs set:Label.prefectures = "都道府県" ?><?cs set:Label.areas = "区域の名前" ?><?cs set:Label.action = "すること" ?><?cs set:Label.audience = "だれに" ?><?cs set:Label.readers = "選んだ宛先" ?><?cs set:Label.quiet = "夜間" ?><?cs set:Label.subject = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.from = "試す日" ?><?cs set:Label.to = "終わりの日" ?>
<?cs def:tick(name, label, value, error) ?><label class="choice"><input type="checkbox" id="f-<?cs var:name ?>" name="<?cs var:name ?>" value="yes"<?cs if:value == "yes" ?> checked<?cs /if ?><?cs call:described(name, error) ?>> <span><?cs var:label ?></span></label><?cs call:fault(name, error) ?><?cs /def ?>
<?cs def:one(name, value, label, chosen) ?><label class="choice"><input type="radio" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs if:chosen == value ?> checked<?cs /if ?>> <span><?cs var:label ?></span></label><?cs /def ?>
<p><a href="/rules">配信条件の一覧へ</a></p>
<h1>配信条件を書く</h1>
<?cs if:Conflict ?><p class="error-note" role="alert">この条件は、ほかの人が変えました。下にあなたの入力が残っています。<a href="/rules/<?cs var:Rule.id ?>">いまの内容を見て</a>から直してください。</p><?cs /if ?>
<?cs if:Rule.sentence ?><p class="lead"><?cs var:Rule.sentence ?></p><?cs /if ?>
<?cs if:Rule.nobody == 1 ?><p class="error-note">この条件には宛先がありません。下の「選んだ宛先」に職員番号かグループのコードを書くまで、だれにも届きません。</p><?cs /if ?>
<?cs if:Trial.done ?><p class="error-note">まだ保存していません。下の内容のままでよければ「この条件にする」を押してください。</p><?cs /if ?>
<?cs call:errors() ?>
<?cs call:trial() ?>
<form method="post" action="/rules/<?cs if:Rule.id != "0" ?><?cs var:Rule.id ?><?cs else ?>new<?cs /if ?>">
 <?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <?cs call:text("name", "名前", Form.name, Error.name) ?>

 <h2>いつ</h2>
 <div class="field<?cs if:Error.kind ?> wrong<?cs /if ?>">
  <label for="f-kind">種類</label>
  <select id="f-kind" name="kind"<?cs call:described("kind", Error.kind) ?>><option value="">選んでください</option><?cs each:k = Kinds ?><option value="<?cs var:k.value ?>"<?cs if:Form.kind == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select>
  <?cs call:fault("kind", Error.kind) ?>
 </div>
 <div class="field<?cs if:Error.rank ?> wrong<?cs /if ?>">
  <label for="f-rank">段階</label>
  <select id="f-rank" name="rank"<?cs call:described("rank", Error.rank) ?>><option value="">選んでください</option>
   <optgroup label="地震の震度"><?cs each:k = QuakeRanks ?><option value="<?cs var:k.value ?>"<?cs if:Form.rank == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></optgroup>
   <optgroup label="地震のほか"><?cs each:k = HazardRanks ?><option value="<?cs var:k.value ?>"<?cs if:Form.rank == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></optgroup>
  </select>
  <?cs call:fault("rank", Error.rank) ?>
 </div>
 <fieldset class="field<?cs if:Error.part ?> wrong<?cs /if ?>" id="f-part" tabindex="-1"<?cs call:described("part", Error.part) ?>>
  <legend>電文の種類</legend>
  <?cs call:one("part", "any", "すべて（地震と気象でないときはこれ）", Form.part) ?>
  <?cs call:one("part", "quick", "地震：震度速報（早い。震源はまだ）", Form.part) ?>
  <?cs call:one("part", "full", "地震：震源・震度に関する情報（確定）", Form.part) ?>
  <?cs call:one("part", "rain", "気象：記録的短時間大雨情報だけ", Form.part) ?>
  <?cs call:one("part", "tornado", "気象：竜巻注意情報だけ", Form.part) ?>
  <?cs call:fault("part", Error.part) ?>
 </fieldset>

 <h2>どこで</h2>
 <details<?cs if:subcount(Form.prefectures) > 0 || Error.prefectures ?> open<?cs /if ?>>
  <summary>都道府県を選ぶ（選ばなければ、すべて）</summary>
  <fieldset class="field" id="f-prefectures" tabindex="-1">
   <legend>都道府県</legend>
   <div class="many">
   <?cs each:p = Prefectures ?><?cs set:value = p.value ?>
   <label class="choice"><input type="checkbox" name="prefectures" value="<?cs var:p.value ?>"<?cs if:Form.prefectures[value] ?> checked<?cs /if ?>> <span><?cs var:p.text ?></span></label>
   <?cs /each ?>
   </div>
   <?cs call:fault("prefectures", Error.prefectures) ?>
  </fieldset>
 </details>
 <div class="field<?cs if:Error.areas ?> wrong<?cs /if ?>">
  <label for="f-areas">区域の名前（空欄なら、すべて）</label>
  <p class="hint" id="h-areas">津波予報区・火山・川の予報区域・市町村などを、電文にある名前で。いくつかあるときは「、」で区切る。例：東京湾内湾、伊豆諸島。地震と安否確認では、都道府県で選びます。</p>
  <input type="text" id="f-areas" name="areas" value="<?cs var:Form.areas ?>" aria-describedby="h-areas<?cs if:Error.areas ?> e-areas<?cs /if ?>">
  <?cs call:fault("areas", Error.areas) ?>
 </div>

 <h2>だれに、何を</h2>
 <fieldset class="field<?cs if:Error.action ?> wrong<?cs /if ?>" id="f-action" tabindex="-1"<?cs call:described("action", Error.action) ?>>
  <legend>すること</legend>
  <?cs call:one("action", "inform", "情報をすぐ配信する", Form.action) ?>
  <?cs call:one("action", "prepare", "安否確認を準備する（人が確かめて送る）", Form.action) ?>
  <?cs call:one("action", "page", "当番を呼び出す", Form.action) ?>
  <?cs call:fault("action", Error.action) ?>
 </fieldset>
 <fieldset class="field<?cs if:Error.audience ?> wrong<?cs /if ?>" id="f-audience" tabindex="-1"<?cs call:described("audience", Error.audience) ?>>
  <legend>だれに</legend>
  <?cs call:one("audience", "regions", "その都道府県に、下の地域がある人", Form.audience) ?>
  <?cs call:one("audience", "chosen", "下で選んだ宛先", Form.audience) ?>
  <?cs call:one("audience", "all", "全員", Form.audience) ?>
  <?cs call:one("audience", "operators", "当番（運用者）", Form.audience) ?>
  <?cs call:fault("audience", Error.audience) ?>
 </fieldset>
 <fieldset class="field"><legend>「その都道府県にある人」の地域</legend>
  <?cs call:tick("work", "勤務地", Form.work, Error.work) ?>
  <?cs call:tick("home", "自宅", Form.home, Error.home) ?>
  <?cs call:tick("family", "家族の住まい", Form.family, Error.family) ?>
  <?cs call:tick("other", "そのほか登録した地域", Form.other, Error.other) ?>
 </fieldset>
 <div class="field<?cs if:Error.readers ?> wrong<?cs /if ?>">
  <label for="f-readers">選んだ宛先</label>
  <p class="hint" id="h-readers">一行に一つ。職員番号か、グループのコード（下のグループの人も入ります）。</p>
  <textarea id="f-readers" name="readers" rows="5" aria-describedby="h-readers<?cs if:Error.readers ?> e-readers<?cs /if ?>"<?cs if:Error.readers ?> aria-invalid="true"<?cs /if ?>><?cs var:Form.readers ?></textarea>
  <?cs call:fault("readers", Error.readers) ?>
 </div>
 <fieldset class="field"><legend>回数と時間</legend>
  <?cs call:tick("again", "段階が上がったら、もう一度知らせる", Form.again, Error.again) ?>
  <?cs call:tick("lifting", "解除されたことも知らせる", Form.lifting, Error.lifting) ?>
  <?cs call:tick("quiet", "夜間は朝まで待つ（情報だけ）", Form.quiet, Error.quiet) ?>
 </fieldset>

 <h2>文面</h2>
 <p class="hint">電文の中身が入る言葉：<?cs var:Names ?>。{words} は、電文をやさしい言葉にした全文です。</p>
 <?cs call:text("subject", "件名", Form.subject, Error.subject) ?>
 <?cs call:textarea("body", "本文", Form.body, Error.body, "10") ?>
 <?cs call:tick("active", "この条件を使う", Form.active, Error.active) ?>
 <details<?cs if:Trying ?> open<?cs /if ?>>
  <summary>保存する前に、過去の日で試す</summary>
  <p class="hint">書いている内容で、ほかの条件はいまのまま。「この条件を使う」に印がなくても、使うものとして試します。だれにも配信しません。</p>
  <div class="filter">
  <?cs call:day("from", "試す日", Form.from, Error.from) ?>
  <?cs call:day("to", "終わりの日（一日だけなら空欄）", Form.to, Error.to) ?>
  </div>
  <p class="actions"><button formaction="/rules/<?cs if:Rule.id != "0" ?><?cs var:Rule.id ?><?cs else ?>new<?cs /if ?>/try">保存せずに試す</button></p>
 </details>
 <p class="actions"><button class="primary">この条件にする</button> <a class="button quiet" href="/rules">やめる</a></p>
</form>
<?cs include:"_footer.cs" ?>
