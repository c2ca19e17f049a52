<?cs # On the page of an event: e.id. ?>
<p><a href="/clock/<?cs var:e.id ?>">時計と約束（受け取る人の種類ごと）</a></p>
