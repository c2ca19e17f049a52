<?cs #
The prefectures as tiles: call:tilemap("what it shows").  A tile's class and
second line come from Map.NN.class and Map.NN.text, NN = 01..47; Map.NN.live,
if set, is where dashboard.js finds them in the JSON.  A prefecture without
them is drawn as an empty tile.  A map always has a table beside it that says
the same, so for screen readers it is one picture with a name.
?><?cs def:tile(code, name, x, y) ?>
<g class="tile <?cs if:Map[code].class ?><?cs var:Map[code].class ?><?cs else ?>tile-empty<?cs /if ?>"<?cs
 if:Map[code].live ?> data-live-class="<?cs var:Map[code].live ?>/tile"<?cs /if ?>>
 <rect x="<?cs var:x * 40 + 1 ?>" y="<?cs var:y * 40 + 1 ?>" width="38" height="38" rx="3"/>
 <text x="<?cs var:x * 40 + 20 ?>" y="<?cs var:y * 40 + 17 ?>" class="tile-name"><?cs var:name ?></text>
 <text x="<?cs var:x * 40 + 20 ?>" y="<?cs var:y * 40 + 33 ?>" class="tile-text"<?cs
 if:Map[code].live ?> data-live="<?cs var:Map[code].live ?>/share"<?cs /if ?>><?cs var:Map[code].text ?></text>
</g><?cs /def ?><?cs def:tilemap(label) ?>
<svg class="tilemap" viewBox="0 0 480 480" role="img" aria-label="<?cs var:label ?>">
<?cs call:tile("01", "北海道", 11, 0) ?>
<?cs call:tile("02", "青森", 11, 1) ?>
<?cs call:tile("03", "岩手", 11, 2) ?>
<?cs call:tile("04", "宮城", 11, 3) ?>
<?cs call:tile("05", "秋田", 10, 2) ?>
<?cs call:tile("06", "山形", 10, 3) ?>
<?cs call:tile("07", "福島", 11, 4) ?>
<?cs call:tile("08", "茨城", 11, 6) ?>
<?cs call:tile("09", "栃木", 11, 5) ?>
<?cs call:tile("10", "群馬", 10, 5) ?>
<?cs call:tile("11", "埼玉", 10, 6) ?>
<?cs call:tile("12", "千葉", 11, 7) ?>
<?cs call:tile("13", "東京", 10, 7) ?>
<?cs call:tile("14", "神奈川", 10, 8) ?>
<?cs call:tile("15", "新潟", 10, 4) ?>
<?cs call:tile("16", "富山", 9, 4) ?>
<?cs call:tile("17", "石川", 8, 4) ?>
<?cs call:tile("18", "福井", 7, 5) ?>
<?cs call:tile("19", "山梨", 9, 6) ?>
<?cs call:tile("20", "長野", 9, 5) ?>
<?cs call:tile("21", "岐阜", 8, 5) ?>
<?cs call:tile("22", "静岡", 9, 7) ?>
<?cs call:tile("23", "愛知", 8, 6) ?>
<?cs call:tile("24", "三重", 8, 7) ?>
<?cs call:tile("25", "滋賀", 7, 6) ?>
<?cs call:tile("26", "京都", 6, 6) ?>
<?cs call:tile("27", "大阪", 6, 7) ?>
<?cs call:tile("28", "兵庫", 5, 6) ?>
<?cs call:tile("29", "奈良", 7, 7) ?>
<?cs call:tile("30", "和歌山", 6, 8) ?>
<?cs call:tile("31", "鳥取", 4, 6) ?>
<?cs call:tile("32", "島根", 3, 6) ?>
<?cs call:tile("33", "岡山", 4, 7) ?>
<?cs call:tile("34", "広島", 3, 7) ?>
<?cs call:tile("35", "山口", 2, 7) ?>
<?cs call:tile("36", "徳島", 4, 9) ?>
<?cs call:tile("37", "香川", 4, 8) ?>
<?cs call:tile("38", "愛媛", 3, 8) ?>
<?cs call:tile("39", "高知", 3, 9) ?>
<?cs call:tile("40", "福岡", 1, 7) ?>
<?cs call:tile("41", "佐賀", 0, 7) ?>
<?cs call:tile("42", "長崎", 0, 8) ?>
<?cs call:tile("43", "熊本", 0, 9) ?>
<?cs call:tile("44", "大分", 1, 8) ?>
<?cs call:tile("45", "宮崎", 1, 9) ?>
<?cs call:tile("46", "鹿児島", 1, 10) ?>
<?cs call:tile("47", "沖縄", 0, 11) ?>
</svg><?cs /def ?>
