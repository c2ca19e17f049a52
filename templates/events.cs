<?cs if:Waiting > 0 ?><?cs set:Page.title = "判断待ち " + Waiting + " 件 災害事象" ?><?cs else ?><?cs set:Page.title = "災害事象" ?><?cs /if ?><?cs set:Page.section = "events" ?>
<?cs include:"_form.cs" ?><?cs include:"_tilemap.cs" ?><?cs include:"_event.cs" ?><?cs include:"_header.cs" ?>
<link rel="stylesheet" href="/static/tilemap.css?v=<?cs var:Site.assets ?>">
<?cs if:Paged == 0 ?>
<div id="queue" data-refresh="15">
<?cs if:Waiting > 0 ?>
<h1>判断待ち <?cs var:Waiting ?> 件</h1>
<?cs each:e = Queue ?>
<article class="panel urgent" aria-labelledby="event-<?cs var:e.id ?>">
 <h2 id="event-<?cs var:e.id ?>"><a href="/events/<?cs var:e.id ?>"><?cs var:e.title ?></a></h2>
 <?cs call:brief(e) ?>
 <?cs call:watch(e) ?>
 <?cs call:decide(e) ?>
 <?cs call:similar(e) ?>
 <?cs call:words(e) ?>
 <?cs call:desk(e) ?>
 <?cs call:shaking(e) ?>
</article>
<?cs /each ?>
<?cs if:More > 0 ?><p class="warning">ほかに <?cs var:More ?> 件の判断待ちがあります。下の一覧から開いてください。</p><?cs /if ?>
<?cs else ?>
<h1>災害事象</h1>
<p class="success" role="status">判断待ちはありません。</p>
<?cs /if ?>
</div>
<?cs else ?>
<h1>災害事象</h1>
<?cs /if ?>

<h2>これまでの事象（<?cs var:All ?> 件中 <?cs var:Found ?> 件）</h2>
<form method="get" action="/events" class="filter">
 <div class="field"><label for="f-kind">種類</label>
  <select id="f-kind" name="kind"><option value="">すべて</option><?cs each:k = Kinds ?><option value="<?cs var:k.value ?>"<?cs if:Form.kind == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select></div>
 <div class="field"><label for="f-state">状態</label>
  <select id="f-state" name="state"><option value="">すべて</option><?cs each:k = States ?><option value="<?cs var:k.value ?>"<?cs if:Form.state == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select></div>
 <button>絞り込む</button>
</form>
<?cs if:subcount(Events) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">事象</th><th scope="col">種類</th><th scope="col">発生・発表</th><th scope="col">段階</th><th scope="col">状態</th></tr></thead>
 <tbody>
 <?cs each:e = Events ?>
 <tr><th scope="row"><a href="/events/<?cs var:e.id ?>"><?cs if:e.drill == 1 ?>【訓練】<?cs /if ?><?cs var:e.title ?></a></th>
  <td data-label="種類"><?cs var:e.kind_word ?></td>
  <td data-label="発生・発表"><?cs if:e.occurred ?><?cs var:e.occurred ?><?cs else ?>不明<?cs /if ?></td>
  <td data-label="段階"><span><?cs if:e.level ?><?cs if:e.kind_word == "地震" ?>震度<?cs /if ?><?cs var:e.level ?><?cs else ?>－<?cs /if ?></span></td>
  <td data-label="状態"><span><?cs call:status(e.state_mark, e.state_word) ?><?cs if:e.over == 1 && e.closed != 1 ?><br><span class="quiet-text">発表は終了</span><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p><?cs if:Filtered == 1 ?>この条件の事象はありません。<a href="/events">すべて表示する</a><?cs else ?>まだ事象はありません。電文を受信すると、ここに表示されます。<?cs /if ?></p>
<?cs /if ?>
<?cs if:Older || Paged == 1 ?>
<nav aria-label="ページ"><ul class="paging">
 <?cs if:Paged == 1 ?><li><a href="/events">新しいものへ戻る</a></li><?cs /if ?>
 <?cs if:Older ?><li><a href="/events?before=<?cs var:Older ?>&amp;kind=<?cs var:url_escape(Form.kind) ?>&amp;state=<?cs var:url_escape(Form.state) ?>">さらに古いもの</a></li><?cs /if ?>
</ul></nav>
<?cs /if ?>
<p class="actions"><a class="button" href="/events/new">手で事象を作る（ミサイルなど）</a> <?cs if:Account.role == "system_admin" ?><a class="button" href="/rules">配信条件</a> <a class="button" href="/settings/duty">当番表</a> <?cs /if ?><a class="button quiet" href="/events/feeds">電文の受信</a> <a class="button quiet" href="/events/telegrams">事象にならなかった電文</a></p>
<script src="/static/events.js?v=<?cs var:Site.assets ?>" defer></script>
<?cs include:"_footer.cs" ?>
