<?cs set:Page.title = "災害への備え" ?><?cs set:Page.section = "addresses" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_addresses.cs" ?>
<?cs if:Group.id ?><p><a href="/readiness">全体に戻る</a></p><?cs /if ?>
<h1>災害への備え<?cs if:Group.name ?>（<?cs var:Group.name ?>）<?cs /if ?></h1>
<?cs call:tabs("readiness") ?>
<p>部局ごとに、安否確認が届く準備ができているかを示します。95%以上で○です。△や✕の数から、足りない人の一覧に進めます。</p>
<?cs def:lack(mark, share, count, id, state, words) ?><?cs call:status(mark, share) ?><?cs if:count != "0" ?><br><a href="/addresses/people?group=<?cs var:id ?>&amp;state=<?cs var:state ?>">足りない <?cs var:count ?> 人<span class="away">（<?cs var:words ?>）</span></a><?cs /if ?><?cs /def ?>
<?cs if:subcount(Groups) > 0 ?>
<table class="cards">
 <caption>部局別（メールが届く割合が低い順、<?cs var:subcount(Groups) ?> グループ）</caption>
 <thead><tr><th scope="col">部局</th><th scope="col" class="number">対象</th><th scope="col">アドレスの確認（180日以内）</th><th scope="col">2つ目のアドレス</th><th scope="col">地域（勤務地と自宅）</th><th scope="col">管理者（2人以上）</th></tr></thead>
 <tbody>
 <?cs each:g = Groups ?>
 <tr><th scope="row" data-label="部局"><?cs if:g.below ?><a href="/readiness?group=<?cs var:g.id ?>"><?cs var:g.name ?></a><?cs else ?><?cs var:g.name ?><?cs /if ?></th>
  <td class="number" data-label="対象"><?cs var:g.people ?></td>
  <td data-label="アドレスの確認"><span><?cs call:status(g.good_mark, g.good) ?><?cs if:g.good_lack != "0" ?><br><a href="/addresses?group=<?cs var:g.id ?>">足りない <?cs var:g.good_lack ?> 人<span class="away">（<?cs var:g.name ?> アドレスの確認）</span></a><?cs /if ?></span></td>
  <td data-label="2つ目のアドレス"><span><?cs call:lack(g.second_mark, g.second, g.second_lack, g.id, "one", g.name + " 2つ目のアドレス") ?></span></td>
  <td data-label="地域"><span><?cs call:lack(g.regions_mark, g.regions, g.regions_lack, g.id, "noregion", g.name + " 地域") ?></span></td>
  <td data-label="管理者"><span><?cs call:status(g.admins_mark, g.admins + " 人") ?><?cs if:g.admins_mark == "bad" ?><br><a href="/groups/<?cs var:g.id ?>">管理者を決める<span class="away">（<?cs var:g.name ?>）</span></a><?cs /if ?></span></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?>
<p>この下にグループはありません。</p>
<?cs /if ?>
<?cs include:"_footer.cs" ?>
