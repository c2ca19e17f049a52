<?cs set:Page.title = "未回答の人への再送 " + Event.0.title ?><?cs set:Page.section = "events" ?><?cs set:Label.number = "送る人数" ?>
<?cs include:"_form.cs" ?><?cs include:"_header.cs" ?>
<?cs each:e = Event ?>
<h1><?cs if:e.drill == 1 ?>訓練の<?cs /if ?>安否確認を、未回答の人にもう一度送ります</h1>
<p class="lead"><?cs var:e.title ?></p>
<?cs call:errors() ?>
<p>「<?cs var:Again.subject ?>」に、いま未回答の <span class="figure"><?cs var:Again.people ?></span> 人に送ります。<br>
<span class="quiet-text">同じ文面を、次のメールアドレスへ送ります。回答した人には送りません。</span></p>
<form method="post" action="/events/<?cs var:e.id ?>/again">
 <?cs call:csrf() ?>
 <input type="hidden" name="press" value="<?cs var:Form.press ?>"><input type="hidden" name="check" value="<?cs var:Again.check ?>">
 <?cs call:number("number", "この人数を入力すると送れます", Form.number, Error.number) ?>
 <div class="actions">
  <button class="primary"><?cs var:Again.people ?> 人にもう一度送る</button>
  <a class="button quiet" href="/events/<?cs var:e.id ?>">戻る</a>
 </div>
</form>
<?cs /each ?>
<?cs include:"_footer.cs" ?>
