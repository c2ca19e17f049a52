<?cs if:Drill.name ?><?cs set:Page.title = Drill.name + " の予定" ?><?cs else ?><?cs set:Page.title = "訓練メールの予定" ?><?cs /if ?><?cs set:Page.section = "drills" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.name = "件名" ?><?cs set:Label.body = "本文" ?><?cs set:Label.every = "くり返し" ?><?cs set:Label.weekday = "曜日" ?><?cs set:Label.day = "日" ?><?cs set:Label.clock = "時刻" ?><?cs set:Label.at = "日時" ?><?cs set:Label.within = "待つ時間" ?><?cs set:Label.members = "宛先" ?><?cs set:Label.active = "この予定" ?>
<p><a href="/drills">訓練の一覧へ</a></p>
<h1><?cs var:Page.title ?></h1>
<?cs call:errors() ?>
<?cs if:Error.version ?><p class="warning" id="f-version" tabindex="-1"><a href="/drills/<?cs var:Drill.id ?>">いまの内容を開く</a></p><?cs /if ?>
<?cs include:"_nobodies.cs" ?>
<form method="post" action="/drills/<?cs if:Drill.id == "0" ?>new<?cs else ?><?cs var:Drill.id ?><?cs /if ?>">
 <?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Form.version ?>">
 <?cs call:text("name", "件名（はじめに【訓練】が付きます）", Form.name, Error.name) ?>
 <?cs call:textarea("body", "本文", Form.body, Error.body, "4") ?>
 <?cs if:subcount(Members) > 0 ?><?cs call:checks("members", "宛先（システム管理者）", Members, Form.members, Error.members) ?>
 <?cs else ?><p class="warning" id="f-members" tabindex="-1">宛先にできるシステム管理者がいません。</p><?cs /if ?>
 <?cs call:radios("every", "くり返し", Every, Form.every, Error.every) ?>
 <?cs call:select("weekday", "曜日（毎週のとき）", Weekdays, Form.weekday, Error.weekday, "選んでください") ?>
 <?cs call:select("day", "日（毎月のとき）", Days, Form.day, Error.day, "選んでください") ?>
 <?cs call:text("clock", "時刻（毎週・毎月のとき。09:30 のように）", Form.clock, Error.clock) ?>
 <?cs call:datetime("at", "日時（1回だけのとき）", Form.at, Error.at) ?>
 <?cs call:number("within", "何分まで受け取りを待つか（5から10080まで）", Form.within, Error.within) ?>
 <p class="hint">この時間までに「受け取りました」を送らない人がいると、システム管理者全員にメールで知らせます。</p>
 <?cs call:radios("active", "この予定", Active, Form.active, Error.active) ?>
 <p class="actions"><button class="primary">保存する</button></p>
</form>
<?cs include:"_footer.cs" ?>
