<?cs include:"_respond_texts.cs" ?><?cs include:"_respond_head.cs" ?>
<h1><?cs call:t_refused_title() ?></h1>
<p><?cs call:t_refused_text() ?></p>
<?cs if:Refused.report ?><p><a class="button" href="<?cs var:Refused.report ?>"><?cs call:t_report() ?></a></p><?cs /if ?>
<?cs if:Site.contact ?><p><?cs call:t_contact() ?>：<span lang="ja"><?cs var:Site.contact ?></span></p><?cs /if ?>
<?cs if:Refused.given ?>
<div class="received">
<p><?cs if:Visit.received ?><?cs call:t_last() ?> <?cs var:Visit.received ?><?cs else ?><?cs call:t_not_taken() ?><?cs /if ?></p>
<?cs each:q = Questions ?>
<p><?cs var:q.text ?>：<strong><?cs var:q.value ?><?cs each:c = q.choices ?><?cs if:c.on ?><?cs var:c.text ?> <?cs /if ?><?cs /each ?></strong></p>
<?cs /each ?>
<?cs if:Visit.comment ?><p class="body"><?cs var:Visit.comment ?></p><?cs /if ?>
</div>
<?cs /if ?>
<?cs include:"_respond_foot.cs" ?>
