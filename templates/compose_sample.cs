<?cs set:Page.title = "見本" ?><?cs include:"_header.cs" ?>
<div class="narrow">
<h1>これは見本です</h1>
<p>見本のページからの回答は、どこにも送られません。前の画面に戻ってください。</p>
</div>
<?cs include:"_footer.cs" ?>
