<?cs # Frame and words of a person's own pages, in Japanese and English: w().
 # A page sets Page.ja and Page.en, its title, before it includes this. ?>
<?cs def:w(ja, en) ?><?cs if:Visit.english ?><?cs var:en ?><?cs else ?><?cs var:ja ?><?cs /if ?><?cs /def ?>
<?cs def:purpose(word) ?><?cs if:word == "work" ?><?cs call:w("勤務地", "Place of work") ?><?cs elif:word == "home" ?><?cs call:w("自宅", "Home") ?><?cs elif:word == "family" ?><?cs call:w("家族の住まい", "Family") ?><?cs else ?><?cs call:w("その他（単身赴任先など）", "Other place") ?><?cs /if ?><?cs /def ?>
<!DOCTYPE html>
<html lang="<?cs call:w("ja", "en") ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title><?cs call:w(Page.ja, Page.en) ?>｜安否確認<?cs if:Site.name ?>（<?cs var:Site.name ?>）<?cs /if ?></title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/answer.css?v=<?cs var:Site.assets ?>">
<link rel="stylesheet" href="/static/my.css?v=<?cs var:Site.assets ?>">
</head>
<body>
<main>
<h1><?cs call:w(Page.ja, Page.en) ?></h1>
