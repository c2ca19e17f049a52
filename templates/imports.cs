<?cs set:Page.title = "ファイルの取り込み" ?><?cs set:Page.section = "import" ?><?cs include:"_header.cs" ?><?cs include:"_form.cs" ?><?cs include:"_import.cs" ?>
<?cs set:Label.kind = "ファイルの種類" ?><?cs set:Label.whole = "ファイルにないもの" ?><?cs set:Label.file = "ファイル" ?>
<h1>ファイルの取り込み</h1>
<p>CSVファイルを送ると、いまの登録との違いを見せます。<strong>確かめて「反映する」を押すまで、何も変わりません。</strong></p>
<?cs call:errors() ?>
<form method="post" action="/import" enctype="multipart/form-data">
 <?cs call:csrf() ?>
 <?cs call:radios("kind", "ファイルの種類", Kinds, Form.kind, Error.kind) ?>
 <fieldset class="field<?cs if:Error.whole ?> wrong<?cs /if ?>" id="f-whole" tabindex="-1">
  <legend>ファイルにないもの</legend>
  <label class="choice"><input type="radio" name="whole" value="part"<?cs if:Form.whole == "part" ?> checked<?cs /if ?>> <span>そのままにする（一部だけのファイル）</span></label>
  <label class="choice"><input type="radio" name="whole" value="whole"<?cs if:Form.whole == "whole" ?> checked<?cs /if ?>> <span>除く（全員・全件のファイル）</span></label>
  <?cs call:fault("whole", Error.whole) ?>
 </fieldset>
 <div class="field<?cs if:Error.file ?> wrong<?cs /if ?>">
  <label for="f-file">ファイル（CSV、32MBまで。UTF-8でもShift_JISでもよい）</label>
  <input type="file" id="f-file" name="file" accept=".csv,text/csv"<?cs call:described("file", Error.file) ?>>
  <?cs call:fault("file", Error.file) ?>
 </div>
 <p class="actions"><button class="primary">送って違いを見る</button></p>
</form>
<details>
 <summary>様式のファイル</summary>
 <p>1行目の見出しをそのままにして、2行目の例を書き換えてください。並び順は変えられます。</p>
 <ul>
 <?cs each:k = Kinds ?><li><a href="/import/<?cs var:k.value ?>.csv"><?cs var:k.text ?>の様式</a></li>
 <?cs /each ?></ul>
 <p>はじめてのときは、グループ、職員、所属、地域、メールアドレスの順に取り込みます。</p>
</details>
<h2>これまでの取り込み</h2>
<?cs if:Shown > 0 ?>
<p>新しい順に <?cs var:Shown ?> 件を表示しています。</p>
<table class="cards">
 <thead><tr><th scope="col">ファイル</th><th scope="col">種類</th><th scope="col">状態</th><th scope="col">送った人</th><th scope="col" class="number">追加</th><th scope="col" class="number">変更</th><th scope="col" class="number">削除</th><th scope="col" class="number">誤り</th></tr></thead>
 <tbody>
 <?cs each:i = Imports ?>
 <tr><td data-label="ファイル"><a href="/import/<?cs var:i.id ?>"><?cs var:i.file ?></a></td>
  <td data-label="種類"><?cs var:i.kind ?></td>
  <td data-label="状態"><?cs call:import_state(i.state, i.refused, i.reason) ?></td>
  <td data-label="送った人"><?cs var:i.at ?> <?cs if:i.source == "hr" ?>人事データ<?cs else ?><?cs var:i.actor ?><?cs /if ?></td>
  <td class="number" data-label="追加"><?cs var:i.added ?></td>
  <td class="number" data-label="変更"><?cs var:i.changed ?></td>
  <td class="number" data-label="削除"><?cs var:i.removed ?></td>
  <td class="number" data-label="誤り"><?cs var:i.refused ?></td></tr>
 <?cs /each ?>
 </tbody>
</table>
<?cs if:Before ?><p class="paging"><a href="/import?before=<?cs var:Before ?>">次の一覧</a></p><?cs /if ?>
<?cs else ?><p>まだありません。</p><?cs /if ?>
<?cs include:"_footer.cs" ?>
