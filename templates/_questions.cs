<?cs # Where questions are written: web/questions_form.h. ?>
<?cs def:question_place(n) ?>
 <?cs set:q_name = "q" + n ?><?cs set:k_name = "k" + n ?><?cs set:o_name = "o" + n ?><?cs set:c_name = "c" + n ?>
 <fieldset class="field place">
  <legend>設問 <?cs var:n ?></legend>
  <?cs call:text(q_name, "設問の文", Form[q_name], Error[q_name]) ?>
  <div class="field"><label for="f-<?cs var:k_name ?>">答え方</label>
   <select id="f-<?cs var:k_name ?>" name="<?cs var:k_name ?>"><?cs each:k = QuestionKinds ?><option value="<?cs var:k.value ?>"<?cs if:Form[k_name] == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select></div>
  <?cs call:textarea(c_name, "選択肢（選ぶ設問だけ、1行に1つ）", Form[c_name], Error[c_name], "4") ?>
  <label class="choice"><input type="checkbox" name="<?cs var:o_name ?>" value="yes"<?cs if:Form[o_name] ?> checked<?cs /if ?>> <span>答えなくてもよい</span></label>
 </fieldset>
<?cs /def ?>
<?cs def:questions() ?>
 <fieldset class="field<?cs if:Error.questions ?> wrong<?cs /if ?>" id="f-questions" tabindex="-1">
  <legend>設問</legend>
  <label class="choice"><input type="radio" name="questions" value="none"<?cs if:Form.questions == "none" ?> checked<?cs /if ?>> <span>設問なし（読むだけ）</span></label>
  <label class="choice"><input type="radio" name="questions" value="safety"<?cs if:Form.questions == "safety" ?> checked<?cs /if ?>> <span>安否確認の設問（安否：無事・軽傷・重傷／登庁：できる・時間がかかる・できない・わからない）</span></label>
  <label class="choice"><input type="radio" name="questions" value="own"<?cs if:Form.questions == "own" ?> checked<?cs /if ?>> <span>自分で作る（下に入力）</span></label>
  <?cs call:fault("questions", Error.questions) ?>
 </fieldset>
 <details<?cs if:Form.questions == "own" ?> open<?cs /if ?>>
  <summary>自分で作る設問（10問まで）</summary>
  <p class="note">選択肢のはじめに ○ △ ✕ を付けると、集計で色分けされます。英語は「無事 / Safe」のように書きます。</p>
  <?cs each:p = Places ?><?cs if:#p.n < #4 ?><?cs call:question_place(p.n) ?><?cs /if ?><?cs /each ?>
  <details<?cs if:Form.q4 || Form.c4 || Form.q5 || Form.q6 || Form.q7 || Form.q8 || Form.q9 || Form.q10 ?> open<?cs /if ?>>
   <summary>設問 4 から 10</summary>
   <?cs each:p = Places ?><?cs if:#p.n > #3 ?><?cs call:question_place(p.n) ?><?cs /if ?><?cs /each ?>
  </details>
 </details>
<?cs /def ?>
