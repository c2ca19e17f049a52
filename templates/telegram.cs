<?cs set:Page.title = "電文 " + Telegram.id ?><?cs set:Page.section = "events" ?>
<?cs include:"_header.cs" ?>
<p><a href="/events/<?cs var:Telegram.event ?>">事象へ戻る</a></p>
<h1>電文 <?cs var:Telegram.id ?></h1>
<p>受信したままの本文です。</p>
<?cs if:Telegram.cut == 1 ?><p class="notice">長いため、はじめの部分だけを表示しています。</p><?cs /if ?>
<pre class="panel"><?cs var:Telegram.body ?></pre>
<?cs include:"_footer.cs" ?>
