<?cs set:Page.ja = "あなたの登録内容" ?><?cs set:Page.en = "Your registration" ?><?cs include:"_my_head.cs" ?>
<?cs def:act(path, act, id, ja, en, about) ?><form method="post" action="<?cs var:Visit.path ?>/<?cs var:path ?>"><input type="hidden" name="act" value="<?cs var:act ?>"><input type="hidden" name="id" value="<?cs var:id ?>"><button class="small"><?cs call:w(ja, en) ?><span class="away"> <?cs var:about ?></span></button></form><?cs /def ?>
<?cs def:sign(mark) ?><span class="mark" aria-hidden="true"><?cs if:mark == "good" ?>○<?cs elif:mark == "warn" ?>△<?cs else ?>✕<?cs /if ?></span><?cs /def ?>
<?cs def:fault(name, ja, en) ?><?cs if:Fault[name] ?><p class="wrong" id="e-<?cs var:name ?>" role="alert">＊<?cs call:w(ja, en) ?></p><?cs /if ?><?cs /def ?>
<p class="from"><span lang="ja"><?cs var:Visit.name ?></span><?cs call:w(" さん", "") ?><?cs if:Visit.group ?> ／ <span lang="ja"><?cs var:Visit.group ?></span><?cs /if ?></p>
<?cs if:Form.done ?><div class="received" role="status"><p><?cs if:Form.done == "added" ?><strong><?cs call:w("確認のメールを送りました。", "A mail was sent to it.") ?></strong> <?cs call:w("届いたメールのリンクを開いて「登録する」を押すと、登録が終わります。", "Open the link in that mail and press “Register” to finish.") ?><?cs elif:Form.done == "check" ?><strong><?cs call:w("確認のメールを送りました。", "A mail was sent.") ?></strong> <?cs call:w("届いたメールのリンクを開いて「届いています」を押してください。", "Open its link and press “It reaches me”.") ?><?cs elif:Form.done == "removed" ?><?cs call:w("アドレスを削除しました。", "The address was removed.") ?><?cs elif:Form.done == "dropped" ?><?cs call:w("申し込みを取りやめました。", "Withdrawn.") ?><?cs elif:Form.done == "raised" ?><?cs call:w("順番を変えました。", "The order was changed.") ?><?cs elif:Form.done == "region" ?><?cs call:w("地域を登録しました。", "The place was registered.") ?><?cs elif:Form.done == "noregion" ?><?cs call:w("地域を削除しました。", "The place was removed.") ?><?cs else ?><?cs call:w("変更しました。", "Changed.") ?><?cs /if ?></p></div><?cs /if ?>

<h2><?cs call:w("メールアドレス", "Mail addresses") ?></h2>
<?cs if:Count.addresses == 0 ?><p class="wrong"><?cs call:w("登録がありません。いま、災害のときのメールは届きません。", "None is registered: no mail can reach you in a disaster.") ?></p><?cs else ?>
<p><?cs call:w("上から順に使います。人に見られないように、@より前は表示しません。", "Used from the top. The part before the @ is never shown.") ?></p><?cs /if ?>
<?cs call:fault("check", "確認のメールは1日に10通までです。明日またお試しください。", "At most ten such mails a day. Please try again tomorrow.") ?>
<ul class="things">
<?cs each:a = Addresses ?>
<li>
<p class="thing"><span class="place"><?cs var:a.place ?></span> <strong>***@<?cs var:a.domain ?></strong></p>
<p class="<?cs if:a.state == "confirmed" ?>good<?cs elif:a.state == "old" || a.state == "unknown" ?>warn<?cs else ?>bad<?cs /if ?>"><?cs if:a.state == "confirmed" ?><?cs call:sign("good") ?> <?cs call:w("届きます", "Reaches you") ?>（<?cs call:w("確認 ", "confirmed ") ?><?cs var:a.at ?>）<?cs elif:a.state == "old" ?><?cs call:sign("warn") ?> <?cs call:w("しばらく確認していません", "Not confirmed for long") ?>（<?cs var:a.at ?>）<?cs elif:a.state == "unknown" ?><?cs call:sign("warn") ?> <?cs call:w("まだ確認していません", "Not confirmed yet") ?><?cs elif:a.state == "full" ?><?cs call:sign("bad") ?> <?cs call:w("受信箱がいっぱいで届きません。不要なメールを消してから、確認してください。", "The mailbox is full. Make room, then confirm.") ?><?cs elif:a.state == "filtered" ?><?cs call:sign("bad") ?> <?cs call:w("受信拒否の設定で届きません。携帯電話の迷惑メール設定で次のアドレスを許可してから、確認してください：", "Your mail settings refuse us. Allow this sender, then confirm: ") ?> <?cs var:Site.from ?><?cs else ?><?cs call:sign("bad") ?> <?cs call:w("使われていないアドレスです。新しいアドレスを登録してください。", "Nobody receives mail there. Please register another address.") ?><?cs /if ?></p>
<div class="acts">
<?cs if:a.state != "confirmed" ?><?cs call:act("address", "check", a.id, "確認メールを送る", "Confirm by mail", a.place) ?><?cs /if ?>
<?cs if:a.place != 1 ?><?cs call:act("address", "raise", a.id, "上へ", "Move up", a.place) ?><?cs /if ?>
<?cs call:act("address", "remove", a.id, "削除", "Remove", a.place) ?>
</div>
</li>
<?cs /each ?>
<?cs each:a = Waiting ?>
<li>
<p class="thing"><strong>***@<?cs var:a.domain ?></strong></p>
<p class="warn"><?cs call:sign("warn") ?> <?cs call:w("届いたメールのボタンを待っています（3日以内）。届かないときは、もう一度入力してください。", "Waiting for the press in the mail we sent (within three days). If it does not come, enter the address again.") ?></p>
<div class="acts"><?cs call:act("address", "drop", a.id, "取りやめる", "Withdraw", a.domain) ?></div>
</li>
<?cs /each ?>
</ul>
<?cs if:Hint.domain ?>
<div class="received hint" role="alert">
<p><strong><?cs call:w("もしかして", "Did you mean") ?>「<?cs var:Hint.domain ?>」<?cs call:w("ではありませんか？", "?") ?></strong></p>
<form method="post" action="<?cs var:Visit.path ?>/add" accept-charset="UTF-8"><input type="hidden" name="address" value="<?cs var:Hint.meant ?>"><button><?cs var:Hint.meant ?> <?cs call:w("を登録する", "– use this") ?></button></form>
<form method="post" action="<?cs var:Visit.path ?>/add" accept-charset="UTF-8"><input type="hidden" name="address" value="<?cs var:Hint.typed ?>"><input type="hidden" name="as_is" value="yes"><button class="plain"><?cs var:Hint.typed ?> <?cs call:w("のまま登録する", "– as I typed it") ?></button></form>
</div>
<?cs /if ?>
<form method="post" action="<?cs var:Visit.path ?>/add" accept-charset="UTF-8">
<p class="comment<?cs if:Fault.address ?> fault<?cs /if ?>"><label for="address"><?cs call:w("アドレスを追加する", "Add an address") ?></label>
<input type="text" inputmode="email" id="address" name="address" value="<?cs var:Form.address ?>" autocomplete="email" autocapitalize="none" spellcheck="false"<?cs if:Fault.address ?> aria-invalid="true" aria-describedby="e-address"<?cs /if ?>></p>
<?cs if:Fault.address == "known" ?><?cs call:fault("address", "そのアドレスは登録されています。", "That address is registered already.") ?><?cs elif:Fault.address == "many" ?><?cs call:fault("address", "確認待ちは5つまで、申し込みは1日に10回までです。届いたメールで先に確認するか、明日またお試しください。", "At most five may wait, and ten may be asked for a day. Confirm those first, or try again tomorrow.") ?><?cs else ?><?cs call:fault("address", "メールアドレスとして読めません。name@example.jp のように入力してください。", "That is not a mail address. Enter it like name@example.jp.") ?><?cs /if ?>
<p><button><?cs call:w("追加する（確認のメールを送る）", "Add (sends a mail to it)") ?></button></p>
</form>

<h2><?cs call:w("地域", "Places") ?></h2>
<p><?cs call:w("ここに登録した地域で大きな地震などがあると、安否確認が届きます。", "When a disaster strikes one of these places, you are asked whether you are safe.") ?></p>
<?cs if:Fault.region == "hr" ?><?cs call:fault("region", "人事の登録です。先に同じ目的の正しい地域を追加すると、消せるようになります。", "This comes from the personnel register. Add the right place for the same purpose first; then it can be removed.") ?><?cs elif:Fault.region == "many" ?><?cs call:fault("region", "地域は100か所までです。", "At most 100 places.") ?><?cs else ?><?cs call:fault("region", "目的と地域を選んでください。", "Please choose a purpose and a place.") ?><?cs /if ?>
<ul class="things">
<?cs each:r = Regions ?>
<li>
<p class="thing"><?cs call:purpose(r.purpose) ?>：<strong lang="ja"><?cs var:r.name ?></strong><?cs if:r.origin == "hr" ?> <small><?cs call:w("（人事の登録）", "(personnel register)") ?></small><?cs /if ?></p>
<div class="acts"><form method="post" action="<?cs var:Visit.path ?>/region"><input type="hidden" name="act" value="remove"><input type="hidden" name="purpose" value="<?cs var:r.purpose ?>"><input type="hidden" name="code" value="<?cs var:r.code ?>"><button class="small"><?cs call:w("削除", "Remove") ?><span class="away"> <?cs call:purpose(r.purpose) ?> <?cs var:r.name ?></span></button></form></div>
</li>
<?cs /each ?>
</ul>
<?cs if:subcount(Regions) == 0 ?><p class="wrong"><?cs call:w("地域の登録がありません。地域を指定した安否確認が届きません。", "No place is registered: checks for a region will not reach you.") ?></p><?cs /if ?>
<form method="get" action="<?cs var:Visit.path ?>/region">
<p class="comment"><label for="purpose"><?cs call:w("地域を追加する：目的", "Add a place: purpose") ?></label>
<select id="purpose" name="purpose"><option value="home"><?cs call:purpose("home") ?></option><option value="work"><?cs call:purpose("work") ?></option><option value="family"><?cs call:purpose("family") ?></option><option value="other"><?cs call:purpose("other") ?></option></select></p>
<p class="comment"><label for="prefecture"><?cs call:w("都道府県", "Prefecture") ?></label>
<select id="prefecture" name="prefecture" lang="ja"><option value=""><?cs call:w("選んでください", "Choose one") ?></option><?cs each:p = Prefectures ?><option value="<?cs var:p.code ?>"><?cs var:p.name ?></option><?cs /each ?></select></p>
<p><button class="plain"><?cs call:w("市区町村へ進む", "Go on to the municipality") ?></button></p>
</form>

<h2><?cs call:w("自主報告のカード", "Self-report card") ?></h2>
<p><?cs call:w("メールが使えないときに、QRコードから自分で安否を知らせるためのカードです。", "A card to print: with its QR code you can report your safety when mail does not work.") ?><?cs if:Card.code ?> <?cs call:w("コード", "Code") ?>：<strong><?cs var:Card.code ?></strong><?cs /if ?></p>
<p><a class="button" href="<?cs var:Visit.path ?>/card"><?cs call:w("カードを表示する・印刷する", "Show and print the card") ?></a></p>

<h2><?cs call:w("言語", "Language") ?></h2>
<form method="post" action="<?cs var:Visit.path ?>/language"><input type="hidden" name="lang" value="<?cs call:w("en", "ja") ?>"><p><?cs call:w("メールとこのページは日本語です。", "Mail and this page are in English.") ?></p><p><button class="plain" lang="<?cs call:w("en", "ja") ?>"><?cs call:w("Change to English", "日本語に変える") ?></button></p></form>

<h2><?cs call:w("終わったら", "When you are done") ?></h2>
<form method="post" action="<?cs var:Visit.path ?>/close"><p><?cs call:w("このリンクは次の時刻まで使えます：", "This link works until ") ?><?cs var:Visit.end ?></p><p><button class="plain"><?cs call:w("いま終了する（リンクを使えなくする）", "Close now (the link ends)") ?></button></p></form>
<?cs include:"_my_foot.cs" ?>
