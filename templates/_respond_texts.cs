<?cs # What the pages of the person who answers say, in Japanese and English;
 # those for phones without CSS say the same.  One macro a text. ?>
<?cs def:t_title() ?><?cs if:Visit.english ?>Safety check<?cs else ?>安否確認<?cs /if ?><?cs /def ?>
<?cs def:t_report_title() ?><?cs if:Visit.english ?>Report your safety<?cs else ?>安否の自主報告<?cs /if ?><?cs /def ?>
<?cs def:t_report_lead() ?><?cs if:Visit.english ?>Use this page when no mail reached you, or at any time, to tell us how you are.<?cs else ?>メールが届かないときなどに、自分から安否を知らせるページです。<?cs /if ?><?cs /def ?>
<?cs def:t_drill() ?><?cs if:Visit.english ?>This is a drill. No real disaster has happened.<?cs else ?>これは訓練です。実際の災害ではありません。<?cs /if ?><?cs /def ?>
<?cs def:t_from() ?><?cs if:Visit.english ?>Asked by<?cs else ?>送信元<?cs /if ?><?cs /def ?>
<?cs def:t_name_end() ?><?cs if:!Visit.english ?> さん<?cs /if ?><?cs /def ?>
<?cs def:t_required() ?><?cs if:Visit.english ?>required<?cs else ?>必須<?cs /if ?><?cs /def ?>
<?cs def:t_multiple() ?><?cs if:Visit.english ?>choose any<?cs else ?>複数選べます<?cs /if ?><?cs /def ?>
<?cs # lynx and old phones choose the first button by themselves: so that one
 # chooses nothing.  Others hide it. ?>
<?cs def:t_none() ?><?cs if:Visit.english ?>(not chosen)<?cs else ?>（未選択）<?cs /if ?><?cs /def ?>
<?cs def:t_choose() ?><?cs if:Visit.english ?>Please choose one.<?cs else ?>選んでください。<?cs /if ?><?cs /def ?>
<?cs def:t_write(kind) ?><?cs if:kind == "number" ?><?cs if:Visit.english ?>a number<?cs else ?>数字<?cs /if ?><?cs elif:kind == "time" ?><?cs if:Visit.english ?>a time, such as 09:30<?cs else ?>時刻（例 9:30）<?cs /if ?><?cs else ?><?cs if:Visit.english ?>up to 200 characters<?cs else ?>200文字まで<?cs /if ?><?cs /if ?><?cs /def ?>
<?cs def:t_write_fault(kind, error) ?><?cs if:!Visit.english ?><?cs var:error ?><?cs elif:kind == "number" ?>Please enter a number.<?cs elif:kind == "time" ?>Please enter a time, such as 09:30.<?cs else ?>Please write at most 200 characters.<?cs /if ?><?cs /def ?>
<?cs def:t_comment() ?><?cs if:Visit.english ?>Comment (up to 500 characters)<?cs else ?>コメント（なくてもよい、500文字まで）<?cs /if ?><?cs /def ?>
<?cs def:t_comment_fault() ?><?cs if:Visit.english ?>At most 500 characters, plain text.<?cs else ?><?cs var:Error.comment ?><?cs /if ?><?cs /def ?>
<?cs def:t_send() ?><?cs if:Visit.english ?>Send<?cs else ?>送信する<?cs /if ?><?cs /def ?>
<?cs def:t_send_offered(text) ?><?cs if:Visit.english ?>Send “<?cs var:text ?>”<?cs else ?>「<?cs var:text ?>」と送信する<?cs /if ?><?cs /def ?>
<?cs def:t_not_yet() ?><?cs if:Visit.english ?>Nothing is sent until you press the button.<?cs else ?>下のボタンを押すまで、回答にはなりません。<?cs /if ?><?cs /def ?>
<?cs def:t_other() ?><?cs if:Visit.english ?>Another answer<?cs else ?>ほかの回答にする<?cs /if ?><?cs /def ?>
<?cs def:t_received() ?><?cs if:Visit.english ?>Received<?cs else ?>受け取りました<?cs /if ?><?cs /def ?>
<?cs def:t_edit() ?><?cs if:Visit.english ?>Change<?cs else ?>直す<?cs /if ?><?cs /def ?>
<?cs def:t_correct() ?><?cs if:Visit.english ?>Please correct the marked parts. Nothing has been received yet.<?cs else ?>まだ受け取っていません。印のあるところを直して、もう一度送ってください。<?cs /if ?><?cs /def ?>
<?cs def:t_failed() ?><?cs if:Visit.english ?>Your answer could not be received. What you entered is kept below: please send it again in a little while, or tell your office by phone.<?cs else ?>受け取れませんでした。入力は下に残っています。少し待ってもう一度送るか、電話で職場に知らせてください。<?cs /if ?><?cs /def ?>
<?cs def:t_unknown() ?><?cs if:Visit.english ?>An earlier answer cannot be shown at the moment. You can answer all the same.<?cs else ?>前の回答は、いま表示できません。回答はふだんどおりできます。<?cs /if ?><?cs /def ?>
<?cs def:t_why() ?><?cs if:Visit.english ?>Why you were asked<?cs else ?>届いた理由<?cs /if ?><?cs /def ?>
<?cs def:t_region() ?><?cs if:Visit.english ?>A place registered for you: <?cs else ?>あなたの登録地域：<?cs /if ?><?cs /def ?>
<?cs def:t_trouble() ?><?cs if:Visit.english ?>Mail does not reach one of your registered addresses. Please check it later.<?cs else ?>登録したメールアドレスの中に、届かないものがあります。落ち着いたら確かめてください。<?cs /if ?><?cs /def ?>
<?cs def:t_mend() ?><?cs if:Visit.english ?>Check and change your addresses and places<?cs else ?>連絡先・勤務地を確認・変更<?cs /if ?><?cs /def ?>
<?cs def:t_privacy() ?><?cs if:Visit.english ?>Your answer is used only to confirm the safety of staff, and can be read only by those in charge.<?cs else ?>回答は職員の安否の確認だけに使い、担当者だけが見ます。<?cs /if ?><?cs /def ?>
<?cs def:t_language() ?><?cs if:Visit.english ?>日本語<?cs else ?>English<?cs /if ?><?cs /def ?>
<?cs def:t_safety() ?><?cs if:Visit.english ?>How are you?<?cs else ?>安否<?cs /if ?><?cs /def ?>
<?cs def:t_safe() ?><?cs if:Visit.english ?>Safe<?cs else ?>無事<?cs /if ?><?cs /def ?>
<?cs def:t_slight() ?><?cs if:Visit.english ?>Slightly injured<?cs else ?>軽傷<?cs /if ?><?cs /def ?>
<?cs def:t_serious() ?><?cs if:Visit.english ?>Seriously injured<?cs else ?>重傷<?cs /if ?><?cs /def ?>
<?cs def:t_coming() ?><?cs if:Visit.english ?>Can you come to the office?<?cs else ?>登庁<?cs /if ?><?cs /def ?>
<?cs def:t_now() ?><?cs if:Visit.english ?>Yes, at once<?cs else ?>すぐ登庁できる<?cs /if ?><?cs /def ?>
<?cs def:t_later() ?><?cs if:Visit.english ?>Yes, but it takes time<?cs else ?>時間がかかるが登庁できる<?cs /if ?><?cs /def ?>
<?cs def:t_no() ?><?cs if:Visit.english ?>No<?cs else ?>登庁できない<?cs /if ?><?cs /def ?>
<?cs def:t_unsure() ?><?cs if:Visit.english ?>Not known yet<?cs else ?>まだ分からない<?cs /if ?><?cs /def ?>
<?cs def:t_refused_title() ?><?cs if:Refused.why == "closed" ?><?cs if:Visit.english ?>This check is closed<?cs else ?>この確認は締め切りました<?cs /if ?><?cs elif:Refused.why == "revoked" ?><?cs if:Visit.english ?>This link is no longer valid<?cs else ?>このリンクは使えなくなりました<?cs /if ?><?cs elif:Refused.why == "away" ?><?cs if:Visit.english ?>This page cannot be shown right now<?cs else ?>いま、このページを表示できません<?cs /if ?><?cs else ?><?cs if:Visit.english ?>This link is not right<?cs else ?>リンクが正しくありません<?cs /if ?><?cs /if ?><?cs /def ?>
<?cs def:t_refused_text() ?><?cs if:Refused.why == "closed" ?><?cs if:Visit.english ?>Answers are no longer taken. If your situation has changed, report it here, or call your office.<?cs else ?>回答の受付は終わりました。状況が変わったときは、次のページから報告するか、職場に電話してください。<?cs /if ?><?cs elif:Refused.why == "revoked" ?><?cs if:Visit.english ?>Use the link in a newer mail, or tell your office by phone how you are.<?cs else ?>新しいメールのリンクを使うか、電話で職場に安否を知らせてください。<?cs /if ?><?cs elif:Refused.why == "away" ?><?cs if:Visit.english ?>Please try again in a minute. If you are in a hurry, call your office.<?cs else ?>1分ほど待って、もう一度開いてください。急ぐときは、職場に電話してください。<?cs /if ?><?cs else ?><?cs if:Visit.english ?>The address may have been cut at a line end in your mail. Open the whole link from the mail again, or call your office.<?cs else ?>メールの中でアドレスが途中で切れているかもしれません。メールに戻ってリンク全体を開き直すか、職場に電話してください。<?cs /if ?><?cs /if ?><?cs /def ?>
<?cs def:t_report() ?><?cs if:Visit.english ?>Report how you are<?cs else ?>いまの状況を報告する<?cs /if ?><?cs /def ?>
<?cs def:t_contact() ?><?cs if:Visit.english ?>Contact<?cs else ?>連絡先<?cs /if ?><?cs /def ?>
<?cs def:t_not_taken() ?><?cs if:Visit.english ?>What you sent was not taken:<?cs else ?>送られた次の内容は、受け取っていません：<?cs /if ?><?cs /def ?>
<?cs def:t_last() ?><?cs if:Visit.english ?>Your last answer:<?cs else ?>受け取っている回答：<?cs /if ?><?cs /def ?>
<?cs def:t_mark(mark) ?><?cs if:mark == "good" ?>○<?cs elif:mark == "warn" ?>△<?cs elif:mark == "bad" ?><?cs if:Visit.sjis ?>×<?cs else ?>✕<?cs /if ?><?cs /if ?><?cs /def ?>
<?cs def:t_reply() ?><?cs if:Visit.english ?>Reply from the office<?cs else ?>職場からの返信<?cs /if ?><?cs /def ?>
<?cs def:t_told() ?><?cs if:Visit.english ?>Recorded for you at <?cs var:Visit.told ?>, as told by somebody else<?cs else ?><?cs var:Visit.told ?> に、ほかの人から聞いて記録した内容<?cs /if ?><?cs /def ?>
<?cs def:t_told_then() ?><?cs if:Visit.english ?>Please answer yourself. Your own answer then counts.<?cs else ?>あなた自身も回答してください。あなたの回答を優先します。<?cs /if ?><?cs /def ?>
