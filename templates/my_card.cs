<?cs set:Page.ja = "自主報告のカード" ?><?cs set:Page.en = "Self-report card" ?><?cs include:"_my_head.cs" ?>
<?cs if:Card.code ?>
<p class="screen"><?cs call:w("ブラウザーの「印刷」で印刷し、切り取って名札や財布に入れてください（名刺の大きさ）。", "Print this page, cut the card out and keep it in your wallet (size of a business card).") ?></p>
<div class="card">
<svg class="qr" viewBox="0 0 <?cs var:Card.size ?> <?cs var:Card.size ?>" role="img" aria-label="<?cs call:w("自主報告のページのQRコード", "QR code of your self-report page") ?>" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="<?cs var:Card.path ?>"/></svg>
<div class="words">
<p class="name"><strong><?cs call:w("安否の自主報告", "Report your safety") ?></strong><br><span lang="ja"><?cs var:Site.name ?></span><br><span lang="ja"><?cs var:Visit.name ?></span></p>
<p><?cs call:w("メールが届かないときは、QRコードのページから安否を知らせる。", "If no mail comes, report by the page of this code.") ?></p>
<p class="code"><?cs call:w("電話で伝えるコード", "By phone, tell this code") ?><br><strong><?cs var:Card.code ?></strong></p>
<?cs if:Site.contact ?><p><?cs call:w("電話", "Phone") ?> <span lang="ja"><?cs var:Site.contact ?></span></p><?cs /if ?>
</div>
</div>
<div class="screen">
<h2><?cs call:w("カードをなくしたとき", "If you lose it") ?></h2>
<p><?cs call:w("拾った人に使われないように、作り直してください。前のカードと、これまでに届いたメールのリンク（回答のリンクも）は使えなくなります。", "Make a new one, so that nobody else can use it. The old card and every link mailed to you before, those to answer too, end.") ?></p>
<form method="post" action="<?cs var:Visit.path ?>/card"><input type="hidden" name="act" value="again"><p><button class="danger"><?cs call:w("前のカードを無効にして作り直す", "End the old card and make a new one") ?></button></p></form>
</div>
<?cs else ?>
<p><?cs call:w("QRコードと、電話で伝えられる短いコードのついたカードを作ります。名刺の大きさに印刷できます。", "This makes a card with a QR code and a short code that can be told by phone, to be printed in the size of a business card.") ?></p>
<form method="post" action="<?cs var:Visit.path ?>/card"><input type="hidden" name="act" value="make"><p><button><?cs call:w("カードを作る", "Make the card") ?></button></p></form>
<?cs /if ?>
<p class="screen"><a class="other" href="<?cs var:Visit.path ?>"><?cs call:w("登録内容に戻る", "Back to your registration") ?></a></p>
<?cs include:"_my_foot.cs" ?>
