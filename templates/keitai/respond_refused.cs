<?cs include:"_respond_texts.cs" ?><?cs include:"keitai/_head.cs" ?>
<h1><?cs call:t_refused_title() ?></h1>
<p><?cs call:t_refused_text() ?></p>
<?cs if:Refused.report ?><p><a href="<?cs var:Refused.report ?>" accesskey="1">1.<?cs call:t_report() ?></a></p><?cs /if ?>
<?cs if:Site.contact ?><p><?cs call:t_contact() ?>：<?cs var:Site.contact ?></p><?cs /if ?>
<?cs if:Refused.given ?>
<p><?cs if:Visit.received ?><?cs call:t_last() ?> <?cs var:Visit.received ?><?cs else ?><?cs call:t_not_taken() ?><?cs /if ?></p>
<?cs each:q = Questions ?>
<p><?cs var:q.text ?>：<?cs var:q.value ?><?cs each:c = q.choices ?><?cs if:c.on ?><?cs var:c.text ?> <?cs /if ?><?cs /each ?></p>
<?cs /each ?>
<?cs if:Visit.comment ?><p><?cs var:Visit.comment ?></p><?cs /if ?>
<?cs /if ?>
<?cs include:"keitai/_foot.cs" ?>
