<?cs set:Page.title = "一斉配信" ?><?cs set:Page.section = "broadcasts" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_broadcast.cs" ?>
<h1>一斉配信</h1>
<p class="actions"><a class="button primary" href="/broadcasts/new">新しく配信する</a> <a class="button" href="/broadcasts/drafts">下書き</a><?cs if:Account.role == "system_admin" ?> <a class="button" href="/templates">ひな形</a> <a class="button" href="/settings">設定</a><?cs /if ?></p>
<form method="get" action="/broadcasts" class="filter" role="search">
 <?cs call:text("text", "件名・本文", Form.text, Error.text) ?>
 <div class="field"><label for="f-kind">種類</label>
  <select id="f-kind" name="kind"><option value="">すべて</option><?cs each:k = Kinds ?><option value="<?cs var:k.value ?>"<?cs if:Form.kind == k.value ?> selected<?cs /if ?>><?cs var:k.text ?></option><?cs /each ?></select></div>
 <div class="field"><label for="f-state">状態</label>
  <select id="f-state" name="state"><option value="">すべて</option><?cs def:option(value) ?><option value="<?cs var:value ?>"<?cs if:Form.state == value ?> selected<?cs /if ?>><?cs call:state(value) ?></option><?cs /def ?><?cs call:option("scheduled") ?><?cs call:option("confirmed") ?><?cs call:option("sending") ?><?cs call:option("sent") ?><?cs call:option("closed") ?><?cs call:option("cancelled") ?></select></div>
 <button>探す</button>
</form>
<p><?cs var:Count ?> 件のうち <?cs var:Shown ?> 件を新しい順に表示しています。</p>
<?cs if:Shown > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">件名</th><th scope="col">種類</th><th scope="col">状態</th><th scope="col">送信</th><th scope="col" class="number">対象</th><th scope="col" class="number">回答</th><th scope="col" class="number">未回答</th><th scope="col" class="number">送信できたメール</th></tr></thead>
 <tbody>
 <?cs each:b = Broadcasts ?>
 <tr><td data-label="件名"><a href="/broadcasts/<?cs var:b.id ?>"><?cs var:b.subject ?></a><?cs if:b.retry ?>（再送）<?cs /if ?><?cs if:b.test ?>（自分あてのテスト）<?cs /if ?></td>
  <td data-label="種類"><?cs call:kind(b.kind) ?></td>
  <td data-label="状態"><?cs call:state(b.state) ?></td>
  <td data-label="送信"><?cs var:b.at ?><?cs if:b.made_by ?> <?cs var:b.made_by ?><?cs /if ?></td>
  <td class="number" data-label="対象"><?cs var:b.recipients ?></td>
  <td class="number" data-label="回答"><?cs var:b.answered ?></td>
  <td class="number" data-label="未回答"><?cs var:b.unanswered ?></td>
  <td class="number" data-label="送信できたメール"><?cs var:b.sent ?> / <?cs var:b.messages ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs if:Before ?><p class="paging"><a href="/broadcasts?before=<?cs var:Before ?>&amp;kind=<?cs var:url_escape(Form.kind) ?>&amp;state=<?cs var:url_escape(Form.state) ?>&amp;text=<?cs var:url_escape(Form.text) ?>">次の一覧</a></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
