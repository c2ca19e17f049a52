<html lang="<?cs if:Visit.english ?>en<?cs else ?>ja<?cs /if ?>">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=<?cs if:Visit.sjis ?>Shift_JIS<?cs else ?>UTF-8<?cs /if ?>">
<meta name="viewport" content="width=device-width">
<title><?cs if:Page.drill ?>【訓練】<?cs /if ?><?cs if:Report ?><?cs call:t_report_title() ?><?cs else ?><?cs call:t_title() ?><?cs /if ?></title>
</head>
<body>
<?cs if:Page.drill ?><p>★訓練★<br><?cs call:t_drill() ?></p><hr><?cs /if ?>
<?cs def:hidden() ?>
<input type="hidden" name="_charset_" value="<?cs if:Visit.sjis ?>Shift_JIS<?cs else ?>UTF-8<?cs /if ?>">
<?cs if:Visit.lang ?><input type="hidden" name="lang" value="<?cs var:Visit.lang ?>"><?cs /if ?>
<?cs /def ?>
<?cs def:trouble() ?>
<?cs if:Visit.failed ?><p><b>＊<?cs call:t_failed() ?></b></p><?cs elif:subcount(Error) > 0 ?><p><b>＊<?cs call:t_correct() ?></b></p><?cs /if ?>
<?cs /def ?>
<?cs def:comment_field() ?>
<p><label for="c"><?cs call:t_comment() ?></label><br>
<?cs if:Error.comment ?><b>＊<?cs call:t_comment_fault() ?></b><br><?cs /if ?>
<textarea id="c" name="comment" rows="3" cols="20"><?cs var:Form.comment ?></textarea></p>
<?cs /def ?>
