<!DOCTYPE html>
<html lang="<?cs if:Visit.english ?>en<?cs else ?>ja<?cs /if ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title><?cs if:Page.drill ?>【訓練】<?cs /if ?><?cs if:Report ?><?cs call:t_report_title() ?>｜<?cs elif:Visit.english ?><?cs call:t_title() ?>｜<?cs /if ?>安否確認<?cs if:Site.name ?>（<?cs var:Site.name ?>）<?cs /if ?></title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/answer.css">
</head>
<body>
<main>
<?cs if:Page.drill ?>
<p class="drill"><strong lang="ja">訓練</strong> <?cs call:t_drill() ?></p>
<?cs /if ?>
