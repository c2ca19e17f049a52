<?cs # System admins who are no staff member: no mail reaches them. ?>
<?cs if:subcount(Nobodies) > 0 ?>
<div class="warning">
<p><strong>システム管理者 <?cs var:Admins ?> 人のうち <?cs var:NobodyCount ?> 人は職員と結びついていないため、訓練メールも、遅れ・未確認の知らせも届きません。</strong></p>
<?cs if:Account.role == "system_admin" ?>
<details><summary>そのログイン名と、結びつけ方</summary>
<p>サーバーの管理者が <code>anpictl account person ログイン名 職員番号</code> で結びつけます。結びついたかどうかは、<a href="/users">利用者</a>のその人のページで分かります。</p>
<ul><?cs each:n = Nobodies ?><li><?cs var:n.login ?></li><?cs /each ?></ul>
</details>
<?cs else ?><p>システム管理者に知らせてください。</p><?cs /if ?>
</div>
<?cs /if ?>
