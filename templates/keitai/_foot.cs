<hr>
<?cs if:Broadcast.why || Visit.region ?>
<p><?cs call:t_why() ?>：<?cs if:Broadcast.why ?><?cs var:Broadcast.why ?><?cs else ?><?cs call:t_region() ?><?cs var:Visit.region ?><?cs /if ?></p>
<?cs /if ?>
<?cs if:Visit.trouble || Visit.received && !Visit.asking ?><p><?cs if:Visit.trouble ?><?cs call:t_trouble() ?> <?cs /if ?><a href="/m/<?cs if:Visit.english ?>?lang=en<?cs /if ?>"><?cs call:t_mend() ?></a></p><?cs /if ?>
<p><?cs call:t_privacy() ?></p>
<?cs if:Visit.path ?><p><a href="<?cs var:Visit.path ?>?lang=<?cs if:Visit.english ?>ja<?cs else ?>en<?cs /if ?><?cs var:Visit.done ?>"><?cs call:t_language() ?></a></p><?cs /if ?>
</body>
</html>
