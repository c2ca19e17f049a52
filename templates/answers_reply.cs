<?cs set:Page.title = Broadcast.subject + " への返信" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_answers.cs" ?>
<link rel="stylesheet" href="/static/answers.css?v=<?cs var:Site.assets ?>">
<?cs set:Label.body = "返信" ?><?cs set:Label.expected = "人数" ?><?cs set:Path = "/broadcasts/" + Broadcast.id + "/answers" ?>
<p><a href="<?cs var:Path ?><?cs if:Query ?>?<?cs var:Query ?><?cs /if ?>#list">一覧に戻る</a>　<?cs var:Broadcast.subject ?></p>
<h1>回答への返信</h1>
<?cs call:errors() ?>
<section class="panel" aria-labelledby="to">
 <h2 id="to">返信する相手</h2>
 <p><strong class="figure"><?cs var:People_count ?></strong> 人</p>
 <ul class="terms">
  <?cs if:!Query ?><li>対象者の全員</li><?cs /if ?>
  <?cs call:terms() ?>
 </ul>
 <?cs if:People_nobody ?><p class="warning">返信する相手が1人もいません。一覧に戻って、条件を選び直してください。</p>
 <?cs else ?><p><?cs each:p = People ?><?cs var:p.name ?>（<?cs var:p.staff_no ?>）　<?cs /each ?><?cs if:!People_one ?>など<?cs /if ?></p><?cs /if ?>
</section>
<?cs if:!People_nobody ?>
<form method="post" action="/broadcasts/<?cs var:Broadcast.id ?>/reply">
 <?cs call:csrf() ?><input type="hidden" name="press" value="<?cs var:Form.press ?>">
 <?cs def:carry(name, value) ?><?cs if:value ?><input type="hidden" name="<?cs var:name ?>" value="<?cs var:value ?>"><?cs /if ?><?cs /def ?>
 <?cs call:carry("filter", Form.filter) ?><?cs call:carry("choice", Form.choice) ?><?cs call:carry("group", Form.group) ?><?cs call:carry("region", Form.region) ?><?cs call:carry("work", Form.work) ?><?cs call:carry("text", Form.text) ?><?cs call:carry("comment", Form.comment) ?><?cs call:carry("user", Form.user) ?><?cs call:carry("back", Form.back) ?>
 <?cs call:textarea("body", "返信（メールで送り、本人の回答ページの上にも出します）", Form.body, Error.body, "6") ?>
 <?cs if:People_one ?><input type="hidden" name="expected" value="1"><?cs else ?>
 <?cs call:number("expected", "この人数を入力すると送れます", "", Error.expected) ?><?cs /if ?>
 <p class="actions"><button class="primary"><?cs var:People_count ?> 人に返信する</button></p>
</form>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
