<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title><?cs var:Page.title ?><?cs if:Page.title ?>｜<?cs /if ?>安否確認<?cs if:Site.name ?>（<?cs var:Site.name ?>）<?cs /if ?></title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/anpi.css?v=<?cs var:Site.assets ?>">
<script src="/static/anpi.js?v=<?cs var:Site.assets ?>" defer></script>
</head>
<body<?cs if:Page.drill ?> class="drill"<?cs /if ?>>
<a class="skip" href="#main">本文へ</a>
<?cs if:Page.drill ?><div class="drill-band" role="region" aria-label="訓練"><strong>訓練</strong> これは訓練です。実際の災害ではありません。</div><?cs /if ?>
<header class="top">
 <p class="brand"><a href="<?cs if:Account.role == "auditor" ?>/audit<?cs else ?>/<?cs /if ?>">安否確認<?cs if:Site.name ?> <span><?cs var:Site.name ?></span><?cs /if ?></a></p>
<?cs def:entry(path, section, word) ?><li><a href="<?cs var:path ?>"<?cs if:Page.section == section ?> aria-current="page"<?cs /if ?>><?cs var:word ?></a></li><?cs /def ?>
<?cs if:Account.role ?>
 <nav class="menu" aria-label="主なメニュー">
  <ul>
<?cs if:Account.role != "auditor" ?>
   <?cs call:entry("/", "dashboard", "状況") ?>
<?cs /if ?>
<?cs if:Account.role == "operator" || Account.role == "system_admin" ?>
   <?cs call:entry("/events", "events", "災害事象") ?>
<?cs /if ?>
<?cs if:Account.role == "operator" ?>
   <?cs call:entry("/clock", "clock", "時計") ?>
   <?cs call:entry("/drills", "drills", "訓練") ?>
<?cs /if ?>
<?cs if:Account.role == "system_admin" || Account.role == "group_admin" ?>
   <?cs call:entry("/broadcasts", "broadcasts", "一斉配信") ?>
   <?cs call:entry("/users", "users", "利用者") ?>
   <?cs call:entry("/groups", "groups", "グループ") ?>
<?cs /if ?>
<?cs if:Account.role == "auditor" ?>
   <?cs call:entry("/audit", "audit", "監査") ?>
<?cs /if ?>
  </ul>
<?cs if:Account.role != "overseas_admin" ?>
  <ul class="more">
<?cs if:Account.role == "system_admin" ?>
   <?cs call:entry("/clock", "clock", "時計") ?>
   <?cs call:entry("/drills", "drills", "訓練") ?>
<?cs /if ?>
<?cs if:Account.role == "system_admin" || Account.role == "group_admin" ?>
   <?cs call:entry("/reports", "reports", "自主報告") ?>
   <?cs call:entry("/addresses", "addresses", "アドレス") ?>
   <?cs call:entry("/posts", "posts", "持ち場") ?>
   <?cs call:entry("/export", "export", "書き出し") ?>
<?cs /if ?>
<?cs if:Account.role == "system_admin" ?>
   <?cs call:entry("/import", "import", "取り込み") ?>
   <?cs call:entry("/audit", "audit", "監査") ?>
<?cs /if ?>
<?cs if:Account.role != "group_admin" ?>
   <?cs call:entry("/status", "status", "稼働状況") ?>
<?cs /if ?>
  </ul>
<?cs /if ?>
 </nav>
 <div class="who">
  <a href="/account"<?cs if:Page.section == "account" ?> aria-current="page"<?cs /if ?>><?cs var:Account.name ?></a>
  <form method="post" action="/logout"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="quiet">ログアウト</button></form>
 </div>
<?cs /if ?>
</header>
<main id="main" tabindex="-1">
