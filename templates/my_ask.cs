<?cs set:Page.ja = "登録内容の確認と変更" ?><?cs set:Page.en = "Your registration" ?><?cs include:"_my_head.cs" ?>
<?cs if:Form.done == "asked" ?>
<div class="received" role="status">
<p class="big"><?cs call:w("受け付けました", "Taken") ?></p>
<p><?cs call:w("その職員番号でメールアドレスが登録されていれば、1分ほどでリンクをお送りします。リンクは2時間だけ使えます。", "If mail addresses are registered for that staff number, a link will be mailed to them within about a minute. It works for two hours.") ?></p>
</div>
<h2><?cs call:w("届かないとき", "If nothing comes") ?></h2>
<ul>
<li><?cs call:w("職員番号をたしかめて、もう一度お試しください（1時間に3回まで送ります）。", "Check the staff number and try again (at most three mails an hour).") ?></li>
<li><?cs call:w("迷惑メールの振り分けと受信拒否の設定をたしかめてください。", "Look among filtered mail, and check whether your phone refuses ours.") ?></li>
<li><?cs call:w("登録したアドレスがもう使えないときは、所属のグループ管理者に連絡してください。", "If you no longer use any registered address, tell the person in charge of your group.") ?></li>
</ul>
<p><a class="button" href="/m/<?cs if:Visit.english ?>?lang=en<?cs /if ?>"><?cs call:w("もう一度申し込む", "Ask again") ?></a></p>
<?cs else ?>
<p><?cs call:w("あなた専用のリンクを、登録してあるメールアドレスにお送りします。リンクを開くと、メールアドレス・地域・言語を変えたり、自主報告のカードを印刷したりできます。", "We mail a personal link to your registered addresses. With it you can change your addresses, places and language, and print your self-report card.") ?></p>
<?cs if:Asked.often ?><p class="wrong" role="alert"><?cs call:w("同じネットワークからの申し込みが続いています。10分ほど待って、もう一度お試しください。", "Too many requests came from your network. Please try again in about ten minutes.") ?></p><?cs /if ?>
<form method="post" action="/m/" accept-charset="UTF-8">
<?cs if:Form.lang ?><input type="hidden" name="lang" value="<?cs var:Form.lang ?>"><?cs /if ?>
<p class="comment<?cs if:Error.staff_no ?> fault<?cs /if ?>"><label for="staff_no"><?cs call:w("職員番号", "Staff number") ?></label>
<input type="text" id="staff_no" name="staff_no" value="<?cs var:Form.staff_no ?>" autocomplete="off" autocapitalize="none" spellcheck="false"<?cs if:Error.staff_no ?> aria-invalid="true" aria-describedby="e-staff_no"<?cs /if ?>></p>
<?cs if:Error.staff_no ?><p class="wrong" id="e-staff_no" role="alert">＊<?cs call:w(Error.staff_no, "Please enter your staff number: letters, figures, - _ .") ?></p><?cs /if ?>
<p><button><?cs call:w("リンクをメールで受け取る", "Mail me the link") ?></button></p>
</form>
<p><a class="other" href="/m/?lang=<?cs call:w("en", "ja") ?>" lang="<?cs call:w("en", "ja") ?>"><?cs call:w("English", "日本語") ?></a></p>
<?cs /if ?>
<?cs include:"_my_foot.cs" ?>
