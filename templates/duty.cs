<?cs set:Page.title = "当番表" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs # The people who can be paged or are on the list (1), or the others (0). ?>
<?cs def:people_of(can) ?>
 <?cs each:d = Duty ?><?cs set:key = d.field ?><?cs if:d.shown == can ?>
 <tr><th scope="row"><label for="f-<?cs var:key ?>"><?cs var:d.name ?></label><br><span class="quiet-text"><?cs var:d.login ?></span></th>
   <td data-label="役割"><?cs if:d.admin == 1 ?>システム管理者<?cs else ?>運用者<?cs /if ?></td>
   <td data-label="呼び出し"><span><?cs if:d.is_person != 1 ?><?cs call:status("bad", "できない") ?><br><span class="quiet-text">職員と結びついていない</span><?cs elif:d.reachable != 1 ?><?cs call:status("bad", "届かない") ?><br><span class="quiet-text">使えるアドレスがない</span><?cs else ?><?cs call:status("good", "できる") ?><?cs /if ?></span></td>
   <td data-label="番号"><span><input type="text" class="number" inputmode="numeric" autocomplete="off" size="3" id="f-<?cs var:key ?>" name="<?cs var:key ?>" value="<?cs var:Form[key] ?>"<?cs call:described(key, Error[key]) ?>><?cs call:fault(key, Error[key]) ?></span></td></tr>
 <?cs /if ?><?cs /each ?>
<?cs /def ?>
<p><a href="/settings">設定へ</a></p>
<h1>当番表</h1>
<?cs if:Saved ?><p class="success" role="status">当番表を変えました。だれがいつ何から何に変えたかを記録しました。</p><?cs /if ?>
<?cs if:Same ?><p class="success" role="status">変わったところはありません。</p><?cs /if ?>
<?cs if:Moved ?><p class="error-note" role="alert">ほかの人が先に当番表を変えました。いまの内容を表示しています。もう一度入力してください。</p><?cs /if ?>
<?cs call:errors() ?>
<p>安否確認が判断を待つと、1 番の人に、その場でメールを送ります。<?cs var:Every ?> 分たっても判断がなければ、次の番号の人に送ります。同じ番号の人には同時に送ります。最後の番号の人には、だれかが判断するまで <?cs var:Every ?> 分ごとに送り続けます。電文のフィードが止まったときと、稼働状況の項目が異常になったときは、1 番の人に知らせます。</p>
<p>メールは、その職員が登録しているアドレスに届きます。</p>
<dl class="facts">
 <dt>次の人を呼び出すまで</dt><dd><?cs var:Every ?> 分</dd>
 <dt>自動送信</dt><dd><?cs if:Self == "0" ?><strong>しない</strong>（人が判断するまで送りません）<?cs else ?><strong><?cs var:Self ?> 分</strong>のあいだ判断がなければ送る<?cs /if ?></dd>
</dl>
<p><a href="/settings">時間と自動送信は、設定で変えます。</a></p>
<?cs if:Nobody == 1 ?><p class="warning"><strong>いま呼び出せる人がいません。</strong>職員と結びついた運用者のアカウントを、当番表に入れてください。</p><?cs elif:Listed == 0 ?><p class="notice">当番表は空です。空のあいだは、運用者の全員を同時に、だれかが判断するまで <?cs var:Every ?> 分ごとに呼び出します。</p><?cs /if ?>
<?cs if:All == 0 ?>
<p>判断できるアカウント（運用者、システム管理者）がありません。</p>
<?cs else ?>
<form method="post" action="/settings/duty">
 <?cs call:csrf() ?>
 <input type="hidden" name="seen" value="<?cs var:Form.seen ?>">
 <table class="cards">
  <caption>判断できる人（<?cs var:All ?> 人中 <?cs var:Listed ?> 人が当番）</caption>
  <thead><tr><th scope="col">名前</th><th scope="col">役割</th><th scope="col">呼び出し</th><th scope="col">番号（1 が最初。空欄は当番でない）</th></tr></thead>
  <tbody>
  <?cs call:people_of("1") ?>
  </tbody>
 </table>
 <?cs if:Hidden > 0 ?>
 <details<?cs if:subcount(Error) > 0 ?> open<?cs /if ?>>
  <summary>職員と結びついていないアカウント（<?cs var:Hidden ?> 件）</summary>
  <p>呼び出しのメールの送り先がないため、当番にしても呼び出せません。</p>
  <table class="cards">
   <thead><tr><th scope="col">名前</th><th scope="col">役割</th><th scope="col">呼び出し</th><th scope="col">番号</th></tr></thead>
   <tbody><?cs call:people_of("0") ?></tbody>
  </table>
 </details>
 <?cs /if ?>
 <p class="actions"><button class="primary">この当番表にする</button></p>
</form>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
