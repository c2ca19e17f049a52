</main>
<footer class="bottom">
 <p>安否確認システム<?cs if:Site.name ?>　<?cs var:Site.name ?><?cs /if ?></p>
</footer>
</body>
</html>
