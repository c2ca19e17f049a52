<?cs # What a trial of rules against history came to; needs _form.cs. ?>
<?cs def:trial() ?><?cs if:Trial.done ?>
<section class="trial" id="trial" aria-labelledby="trial-title">
 <h2 id="trial-title">試した結果</h2>
 <p class="lead"><span class="figure"><?cs var:Trial.count ?></span> 回、動くはずでした。</p>
 <p>電文 <?cs var:Trial.telegrams ?> 通（事象にしたもの <?cs var:Trial.applied ?> 通）、事象 <?cs var:Trial.events ?> 件を、いまの職員で試しました。だれにも配信していません。<span class="quiet-text">（<?cs var:Trial.took ?> 秒）</span></p>
 <?cs if:Trial.telegrams == "0" ?><p class="note">この期間の電文は、保存されていません。別の日を選んでください。</p><?cs /if ?>
 <?cs if:Trial.stopped ?><p class="note" role="alert">時間がかかりすぎるので、<?cs var:Trial.stopped ?> 発表の電文の前で止めました。日数を減らしてください。</p><?cs /if ?>
 <?cs if:Trial.faults != "0" ?><p class="note">読めない電文が <?cs var:Trial.faults ?> 通ありました。届いたときも、なにも配信しません。</p><?cs /if ?>
 <?cs if:subcount(Trial.acts) > 0 ?>
 <h3>起きたはずのこと</h3>
 <p><?cs var:Trial.count ?> 件中 <?cs if:Trial.more == 1 ?>初めの <?cs var:Trial.shown ?><?cs else ?><?cs var:Trial.count ?><?cs /if ?> 件。時刻は、電文の発表時刻です。</p>
 <table class="cards">
  <thead><tr><th scope="col">時刻</th><th scope="col">すること</th><th scope="col" class="number">人数</th><th scope="col">件名・地域</th><th scope="col">条件</th></tr></thead>
  <tbody>
  <?cs each:t = Trial.acts ?>
  <tr><th scope="row"><?cs var:t.at ?></th>
   <td data-label="すること"><span><?cs var:t.act ?><?cs if:t.mark ?>（<?cs var:t.mark ?>）<?cs /if ?><?cs if:t.send_at ?><br><span class="quiet-text">夜間のため <?cs var:t.send_at ?> まで待つ<?cs if:t.overtaken ?>（その前に新しい電文が届き、送らない）<?cs /if ?></span><?cs /if ?></span></td>
   <td data-label="人数" class="number"><?cs if:t.kind == "withdraw" ?>－<?cs else ?><?cs var:t.people ?><?cs /if ?></td>
   <td class="words" data-label="件名・地域"><span><?cs if:t.kind == "info" || t.kind == "page" ?><?cs var:t.subject ?><?cs else ?><?cs var:t.title ?><?cs if:t.subject ?>：<?cs var:t.subject ?><?cs /if ?><?cs /if ?><?cs if:t.aftershock == 1 ?> <span class="quiet-text">（余震として）</span><?cs /if ?></span></td>
   <td data-label="条件"><span><?cs var:t.name ?> <span class="quiet-text"><?cs var:t.event ?></span></span></td></tr>
  <?cs /each ?>
  </tbody>
 </table>
 <?cs /if ?>
 <?cs if:Trial.count != "0" ?>
 <h3>条件ごとの合計</h3>
 <table class="cards">
  <thead><tr><th scope="col">条件</th><th scope="col">種類</th><th scope="col" class="number">回数</th><th scope="col" class="number">のべ人数</th><th scope="col" class="number">一回の最大</th></tr></thead>
  <tbody>
  <?cs each:r = Trial.rules ?><?cs if:r.acts != "0" ?>
  <tr><th scope="row"><?cs var:r.name ?></th>
   <td data-label="種類"><?cs var:r.kind ?></td>
   <td data-label="回数" class="number"><?cs var:r.acts ?></td>
   <td data-label="のべ人数" class="number"><?cs var:r.people ?></td>
   <td data-label="一回の最大" class="number"><?cs var:r.most ?></td></tr>
  <?cs /if ?><?cs /each ?>
  </tbody>
 </table>
 <?cs /if ?>
 <details>
  <summary>動かなかった条件</summary>
  <ul>
  <?cs each:r = Trial.rules ?><?cs if:r.acts == "0" ?>
   <li><?cs var:r.name ?> <span class="quiet-text"><?cs var:r.kind ?></span><?cs if:r.nobody == 1 ?> <?cs call:status("warn", "宛先なし") ?><?cs /if ?></li>
  <?cs /if ?><?cs /each ?>
  </ul>
 </details>
</section>
<?cs /if ?><?cs /def ?>

<?cs def:day(name, label, value, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="date" id="f-<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>
