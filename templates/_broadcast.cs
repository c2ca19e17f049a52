<?cs # Words of broadcasts. ?>
<?cs def:kind(word) ?><?cs if:word == "safety" ?>安否確認<?cs elif:word == "info" ?>情報<?cs elif:word == "drill" ?>訓練<?cs else ?>連絡<?cs /if ?><?cs /def ?>
<?cs def:state(word) ?><?cs if:word == "scheduled" ?>送信予約<?cs elif:word == "confirmed" ?>送信の準備中<?cs elif:word == "sending" ?>送信中<?cs elif:word == "sent" ?>送信済み<?cs elif:word == "closed" ?>締め切り<?cs elif:word == "cancelled" ?>取り消し<?cs else ?>下書き<?cs /if ?><?cs /def ?>
