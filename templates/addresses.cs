<?cs set:Page.title = "アドレスの状態" ?><?cs set:Page.section = "addresses" ?><?cs set:Label.expected = "確認を頼む人数" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_addresses.cs" ?>
<?cs if:Group.id ?><p><a href="/addresses">全体に戻る</a></p><?cs /if ?>
<h1>アドレスの状態<?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></h1>
<?cs call:tabs("addresses") ?>
<?cs call:errors() ?>
<?cs if:Done ?><p class="success" role="status"><strong><?cs var:Done ?> 人に確認のメールを送っています。</strong>本人がメールのボタンを押すと「届く」になります。</p><?cs /if ?>
<p>対象 <?cs var:Total.people ?> 人。災害が起きる前に、メールが届く人の割合を上げるための画面です。<?cs if:Total.at ?>（<?cs var:Total.at ?> に数えました。1分ほどごとに数え直します）<?cs else ?><strong>いま数えています。1分ほど待って、読み込み直してください。</strong><?cs /if ?></p>
<ul class="three">
 <li><h2><?cs call:status("good", "届く") ?></h2>
  <p><a href="/addresses/people?<?cs call:q() ?>state=good"><span class="figure"><?cs var:Total.good ?></span> 人<span class="away">（届く）の一覧</span></a>　<?cs var:Total.share ?></p>
  <p class="note">180日以内に本人が確認したアドレスがある人</p></li>
 <li><h2><?cs call:status("warn", "未確認") ?></h2>
  <p><a href="/addresses/people?<?cs call:q() ?>state=unconfirmed"><span class="figure"><?cs var:Total.unconfirmed ?></span> 人<span class="away">（未確認）の一覧</span></a></p>
  <p class="note">届くかもしれないが、180日以内に確認していない人</p></li>
 <li><h2><?cs call:status("bad", "届かない") ?></h2>
  <p><a href="/addresses/people?<?cs call:q() ?>state=broken"><span class="figure"><?cs var:Total.broken ?></span> 人<span class="away">（届かない）の一覧</span></a></p>
  <p class="note"><a href="/addresses/people?<?cs call:q() ?>state=dead">宛先なし <?cs var:Total.dead ?> 人</a>・<a href="/addresses/people?<?cs call:q() ?>state=full">受信箱が満杯 <?cs var:Total.full ?> 人</a>・<a href="/addresses/people?<?cs call:q() ?>state=filtered">受信拒否の設定 <?cs var:Total.filtered ?> 人</a></p></li>
</ul>
<p>アドレスの数：<a href="/addresses/people?<?cs call:q() ?>state=none">なし <strong><?cs var:Total.none ?></strong> 人</a>　<a href="/addresses/people?<?cs call:q() ?>state=one">1つ <strong><?cs var:Total.one ?></strong> 人</a>　2つ以上 <strong><?cs var:Total.more ?></strong> 人</p>

<h2>未確認の人に、確認を頼む</h2>
<p><?cs if:Daily.most == "0" ?>自動では頼んでいません。<?cs else ?>180日以上確認のないアドレスには、1日に <?cs var:Daily.most ?> 件まで、夜間を除いて自動で頼みます。<?cs /if ?><?cs if:Daily.at ?>最後は <?cs var:Daily.at ?> に全体で <?cs var:Daily.addresses ?> 件（<?cs var:Daily.people ?> 人）、この30日では <?cs var:Daily.shown ?> 件です。<?cs /if ?></p>
<?cs if:Ask.people == "0" ?>
<p>いま頼む人はいません（7日以内に送った人には送りません）。</p>
<?cs else ?>
<p><strong><?cs var:Ask.people ?></strong> 人に、ボタンを1回押すだけの確認メールを送ります（7日以内に送った人は除きます）。</p>
<form method="post" action="/addresses/ask" class="panel">
 <?cs call:csrf() ?><input type="hidden" name="group" value="<?cs if:Group.id ?><?cs var:Group.id ?><?cs else ?>0<?cs /if ?>">
 <?cs call:number("expected", "確認を頼む人数を入力してください（" + Ask.people + "）", Form.expected, Error.expected) ?>
 <button class="primary"><?cs var:Ask.people ?> 人に確認メールを送る</button>
</form>
<?cs /if ?>
<h2>届かない人・アドレスのない人</h2>
<p>メールでは頼めません。一覧を部局の担当者に渡し、本人に<a href="/m/">登録内容のページ</a>か担当者への届け出を案内してください。</p>
<p class="actions"><a class="button" href="/addresses/people?<?cs call:q() ?>state=broken">届かない人の一覧</a><a class="button" href="/addresses/people.csv?<?cs call:q() ?>state=broken">CSVで保存（届かない人）</a><a class="button" href="/addresses/people?<?cs call:q() ?>state=none">アドレスのない人の一覧</a><a class="button" href="/addresses/people.csv?<?cs call:q() ?>state=none">CSVで保存（アドレスのない人）</a></p>
<?cs if:subcount(Groups) > 0 ?>
<table class="cards">
 <caption>グループ別（「届く」の割合が低い順、<?cs var:subcount(Groups) ?> グループ。その下のグループの人も数えています）</caption>
 <thead><tr><th scope="col">グループ</th><th scope="col" class="number">届く</th><th scope="col">割合</th><th scope="col" class="number">未確認</th><th scope="col" class="number">届かない</th><th scope="col" class="number">なし</th><th scope="col" class="number">対象</th></tr></thead>
 <tbody>
 <?cs each:g = Groups ?>
 <tr><th scope="row" data-label="グループ"><a href="/addresses?group=<?cs var:g.id ?>"><?cs var:g.name ?></a></th>
  <td class="number" data-label="届く"><?cs var:g.good ?>（<?cs var:g.share ?>）</td>
  <td class="share" data-label="割合"><svg class="share-bar" width="100%" height="14" aria-hidden="true"><rect class="fill-none" width="100%" height="14"/><rect class="fill-good" height="14" width="<?cs var:g.good_width ?>"/><rect class="fill-warn" height="14" x="<?cs var:g.open_x ?>" width="<?cs var:g.open_width ?>"/></svg></td>
  <td class="number" data-label="未確認"><a href="/addresses/people?group=<?cs var:g.id ?>&amp;state=unconfirmed"><?cs var:g.unconfirmed ?><span class="away"> 人（<?cs var:g.name ?> 未確認）</span></a></td>
  <td class="number" data-label="届かない"><a href="/addresses/people?group=<?cs var:g.id ?>&amp;state=broken"><?cs var:g.broken ?><span class="away"> 人（<?cs var:g.name ?> 届かない）</span></a></td>
  <td class="number" data-label="なし"><a href="/addresses/people?group=<?cs var:g.id ?>&amp;state=none"><?cs var:g.none ?><span class="away"> 人（<?cs var:g.name ?> アドレスなし）</span></a></td>
  <td class="number" data-label="対象"><?cs var:g.people ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
