<?cs set:Page.title = User.name + "（" + User.staff_no + "）" ?><?cs set:Page.section = "users" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?>
<?cs set:Label.staff_no = "職員番号" ?><?cs set:Label.name = "氏名" ?><?cs set:Label.kana = "かな" ?><?cs set:Label.lang = "言語" ?><?cs set:Label.group = "グループ" ?><?cs set:Label.region = "地域" ?><?cs set:Label.purpose = "地域の種類" ?><?cs set:Label.version = "変更の重なり" ?>
<?cs def:done(word, text) ?><?cs if:Form.done == word ?><p class="success" role="status"><?cs var:text ?></p><?cs /if ?><?cs /def ?>
<p><a href="/users">利用者</a></p>
<h1><?cs var:User.name ?><?cs if:User.left ?>（退職）<?cs /if ?></h1>
<p><?cs if:User.kana ?><?cs var:User.kana ?>　<?cs /if ?>職員番号 <?cs var:User.staff_no ?></p>
<?cs call:done("added", "加えました。") ?><?cs call:done("changed", "変更しました。") ?><?cs call:done("left", "退職としました。記録は残り、これからの配信は届きません。管理者としてのログインがあれば、停止しました。") ?><?cs call:done("returned", "在籍に戻しました。これからの配信が届きます。管理者としてのログインは、停止したままです。") ?><?cs call:done("revoked", "これまでに送ったリンクをすべて無効にしました。次の配信から新しいリンクが届きます。") ?><?cs call:done("region_added", "地域を加えました。") ?><?cs call:done("region_removed", "地域を外しました。") ?><?cs call:done("group_added", "グループに入れました。") ?><?cs call:done("group_removed", "グループから外しました。") ?>
<?cs call:errors() ?>
<?cs if:User.left ?>
<div class="warning"><p>退職した人です<?cs if:User.left_at ?>（<?cs var:User.left_at ?>）<?cs /if ?>。配信の対象になりません。所属や回答の記録は残っています。<?cs if:subcount(His.accounts) > 0 ?>管理者としてのログインは停止しました。在籍に戻しても、ログインは停止したままです。<?cs /if ?></p>
 <form method="post" action="/users/<?cs var:User.id ?>/return"><?cs call:csrf() ?><button class="primary">在籍に戻す</button></form></div>
<?cs /if ?>

<h2>氏名など</h2>
<?cs if:Conflict.found ?>
<section class="panel urgent" aria-labelledby="f-version">
 <h3 id="f-version" tabindex="-1">ほかの人が先に変更しました</h3>
 <p><?cs if:User.changed_by ?><?cs var:User.changed_by ?> さんが <?cs /if ?><?cs var:User.changed_at ?> に変更しました。あなたの入力は下の欄に残っています。</p>
 <table class="cards">
  <thead><tr><th scope="col">項目</th><th scope="col">いまの登録</th><th scope="col">あなたの入力</th></tr></thead>
  <tbody><?cs each:f = Conflict.fields ?><tr><th scope="row"><?cs var:f.label ?></th><td data-label="いまの登録"><?cs var:f.now ?></td><td data-label="あなたの入力"><?cs var:f.own ?></td></tr><?cs /each ?></tbody>
 </table>
 <p>あなたの入力に置き換えるときは「この内容で保存する」を押します。いまの登録でよいときは、<a href="/users/<?cs var:User.id ?>">入力を捨てて表示し直します</a>。</p>
</section>
<?cs /if ?>
<form method="post" action="/users/<?cs var:User.id ?>">
 <?cs call:csrf() ?>
 <input type="hidden" name="version" value="<?cs var:User.version ?>">
 <div class="columns">
 <?cs call:text("name", "氏名", Form.name, Error.name) ?>
 <?cs call:text("kana", "かな", Form.kana, Error.kana) ?>
 <?cs call:text("staff_no", "職員番号", Form.staff_no, Error.staff_no) ?>
 <?cs call:radios("lang", "メールと画面の言語", Langs, Form.lang, Error.lang) ?>
 </div>
 <p class="actions"><button class="primary">この内容で保存する</button></p>
</form>

<h2>グループ</h2>
<?cs if:subcount(His.groups) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">グループ</th><th scope="col">上のグループ</th><th scope="col">操作</th></tr></thead>
 <tbody>
 <?cs each:g = His.groups ?>
 <tr><th scope="row"><a href="/groups/<?cs var:g.id ?>"><?cs var:g.name ?></a></th><td data-label="上のグループ"><?cs var:g.path ?></td>
  <td data-label="操作"><form method="post" action="/users/<?cs var:User.id ?>/groups"><?cs call:csrf() ?><input type="hidden" name="group" value="<?cs var:g.id ?>"><button class="quiet" name="act" value="remove">外す<span class="hidden">（<?cs var:g.name ?>）</span></button></form></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p>どのグループにも入っていません。</p><?cs /if ?>
<?cs if:His.others > 0 ?><p class="note">このほかに、担当外の <?cs var:His.others ?> グループに入っています。</p><?cs /if ?>
<?cs if:!User.left ?>
<form method="post" action="/users/<?cs var:User.id ?>/groups" class="filter">
 <?cs call:csrf() ?>
 <?cs call:group("group", "グループに入れる", "", Error.group, "選んでください") ?>
 <button name="act" value="add">入れる</button>
</form>
<?cs /if ?>

<h2>地域</h2>
<?cs if:subcount(His.regions) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">種類</th><th scope="col">地域</th><th scope="col">操作</th></tr></thead>
 <tbody>
 <?cs each:r = His.regions ?>
 <tr><th scope="row"><?cs var:r.word ?></th><td data-label="地域"><?cs var:r.prefecture ?><?cs var:r.name ?></td>
  <td data-label="操作"><form method="post" action="/users/<?cs var:User.id ?>/regions"><?cs call:csrf() ?><input type="hidden" name="purpose" value="<?cs var:r.purpose ?>"><input type="hidden" name="region" value="<?cs var:r.code ?>"><button class="quiet" name="act" value="remove">外す<span class="hidden">（<?cs var:r.word ?> <?cs var:r.name ?>）</span></button></form></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p class="warning">地域がありません。地震などのときに、地域で選ぶ安否確認の対象になりません。</p><?cs /if ?>
<form method="post" action="/users/<?cs var:User.id ?>/regions" class="filter">
 <?cs call:csrf() ?>
 <?cs call:select("purpose", "種類", Purposes, Form.purpose, Error.purpose, "選んでください") ?>
 <?cs call:text("region", "都道府県か市区町村", Form.region, Error.region) ?>
 <button name="act" value="add">加える</button>
</form>

<h2>メールアドレス</h2>
<?cs if:subcount(His.addresses) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">順番</th><th scope="col">アドレス</th><th scope="col">状態</th><th scope="col">確認した日</th></tr></thead>
 <tbody>
 <?cs each:a = His.addresses ?>
 <tr><th scope="row"><?cs var:a.place ?> 番目</th><td data-label="アドレス">***@<?cs var:a.domain ?></td><td data-label="状態"><?cs call:status(a.mark, a.word) ?></td><td data-label="確認した日"><?cs var:a.checked ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<p class="note">アドレスはだれにも表示されません。本人が自分のページで変えられます。</p>
<?cs else ?><p class="warning">メールアドレスが登録されていません。配信が届きません。</p><?cs /if ?>

<?cs if:subcount(His.reports) > 0 ?>
<h2>自主報告</h2>
<p class="note">安否確認とは別に、本人が自分のリンクから知らせた内容です。いちばん上が最後の報告です。</p>
<table class="cards">
 <thead><tr><th scope="col">時刻</th><th scope="col">安否</th><th scope="col">登庁</th><th scope="col">コメント</th></tr></thead>
 <tbody>
 <?cs each:r = His.reports ?>
 <tr><th scope="row"><?cs var:r.at ?></th><td data-label="安否"><?cs call:status(r.mark, r.safety) ?></td><td data-label="登庁"><?cs var:r.coming ?></td><td class="words" data-label="コメント"><?cs var:r.comment ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs /if ?>

<h2>最近の回答</h2>
<?cs if:subcount(His.answers) > 0 ?>
<table class="cards">
 <thead><tr><th scope="col">配信</th><th scope="col">送信</th><th scope="col">回答</th><th scope="col">時刻</th><th scope="col">コメント</th></tr></thead>
 <tbody>
 <?cs each:w = His.answers ?>
 <tr><th scope="row"><a href="/broadcasts/<?cs var:w.broadcast ?>/answers/<?cs var:User.id ?>"><?cs if:w.drill ?>【訓練】<?cs /if ?><?cs var:w.subject ?></a></th><td data-label="送信"><?cs var:w.asked ?></td>
  <td data-label="回答"><?cs if:w.at ?><?cs var:w.answer ?><?cs else ?><?cs call:status("", "未回答") ?><?cs /if ?></td><td data-label="時刻"><?cs var:w.at ?></td><td class="words" data-label="コメント"><?cs var:w.comment ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs else ?><p>回答を求める配信は、まだ届いていません。</p><?cs /if ?>

<?cs if:subcount(His.accounts) > 0 ?>
<h2>管理者としてのログイン</h2>
<ul><?cs each:c = His.accounts ?><li><?cs var:c.login ?>（<?cs var:c.role ?><?cs if:c.disabled ?>、停止中<?cs /if ?>）</li><?cs /each ?></ul>
<p class="note">退職とすると停止し、開いている画面もすべて終わります。在籍に戻しても、停止したままです。もう一度使えるようにするときは、システムの運用担当に依頼してください（anpictl account enable）。</p>
<?cs /if ?>

<h2>そのほかの操作</h2>
<div class="actions">
 <form method="post" action="/users/<?cs var:User.id ?>/revoke"><?cs call:csrf() ?><button>送ったリンクを無効にする</button></form>
 <?cs if:!User.left ?><form method="post" action="/users/<?cs var:User.id ?>/leave"><?cs call:csrf() ?><button class="danger">退職とする（元に戻せます）</button></form><?cs /if ?>
</div>
<?cs if:User.changed_at ?><p class="note">最後の変更：<?cs var:User.changed_at ?> <?cs var:User.changed_by ?></p><?cs /if ?>
<?cs include:"_footer.cs" ?>
