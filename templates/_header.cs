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
<?cs if:Account.role ?>
 <nav class="menu" aria-label="主なメニュー">
  <ul>
<?cs if:Account.role != "auditor" ?>
   <li><a href="/"<?cs if:Page.section == "dashboard" ?> aria-current="page"<?cs /if ?>>状況</a></li>
<?cs /if ?>
<?cs if:Account.role == "operator" || Account.role == "system_admin" ?>
   <li><a href="/events"<?cs if:Page.section == "events" ?> aria-current="page"<?cs /if ?>>災害事象</a></li>
   <li><a href="/clock"<?cs if:Page.section == "clock" ?> aria-current="page"<?cs /if ?>>時計</a></li>
   <li><a href="/drills"<?cs if:Page.section == "drills" ?> aria-current="page"<?cs /if ?>>訓練</a></li>
<?cs /if ?>
<?cs if:Account.role == "system_admin" || Account.role == "group_admin" ?>
   <li><a href="/broadcasts"<?cs if:Page.section == "broadcasts" ?> aria-current="page"<?cs /if ?>>一斉配信</a></li>
   <li><a href="/users"<?cs if:Page.section == "users" ?> aria-current="page"<?cs /if ?>>利用者</a></li>
   <li><a href="/addresses"<?cs if:Page.section == "addresses" ?> aria-current="page"<?cs /if ?>>アドレス</a></li>
   <li><a href="/groups"<?cs if:Page.section == "groups" ?> aria-current="page"<?cs /if ?>>グループ</a></li>
   <li><a href="/posts"<?cs if:Page.section == "posts" ?> aria-current="page"<?cs /if ?>>持ち場</a></li>
   <li><a href="/export"<?cs if:Page.section == "export" ?> aria-current="page"<?cs /if ?>>書き出し</a></li>
<?cs /if ?>
<?cs if:Account.role == "system_admin" ?>
   <li><a href="/import"<?cs if:Page.section == "import" ?> aria-current="page"<?cs /if ?>>取り込み</a></li>
<?cs /if ?>
<?cs if:Account.role == "auditor" || Account.role == "system_admin" ?>
   <li><a href="/audit"<?cs if:Page.section == "audit" ?> aria-current="page"<?cs /if ?>>監査</a></li>
<?cs /if ?>
  </ul>
 </nav>
 <div class="who">
  <span><?cs var:Account.name ?></span>
  <form method="post" action="/logout"><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><button class="quiet">ログアウト</button></form>
 </div>
<?cs /if ?>
</header>
<main id="main" tabindex="-1">
