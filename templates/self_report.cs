<?cs set:Report = "1" ?><?cs include:"_respond_texts.cs" ?><?cs include:"_respond_head.cs" ?>
<?cs def:word(value) ?><?cs if:value == "safe" ?><?cs call:t_safe() ?><?cs elif:value == "slight" ?><?cs call:t_slight() ?><?cs elif:value == "serious" ?><?cs call:t_serious() ?><?cs elif:value == "now" ?><?cs call:t_now() ?><?cs elif:value == "later" ?><?cs call:t_later() ?><?cs elif:value == "no" ?><?cs call:t_no() ?><?cs elif:value == "unknown" ?><?cs call:t_unsure() ?><?cs /if ?><?cs /def ?>
<?cs def:shape(value) ?><?cs if:value == "safe" ?>○<?cs elif:value == "slight" ?>△<?cs elif:value == "serious" ?>✕<?cs /if ?><?cs /def ?>
<?cs def:none(name, chosen) ?><?cs if:!chosen ?><label hidden><input type="radio" name="<?cs var:name ?>" value="" checked hidden><?cs call:t_none() ?></label><?cs /if ?><?cs /def ?>
<?cs def:one(name, value, chosen, class) ?><label class="<?cs var:class ?>"><input type="radio" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs if:chosen == value ?> checked<?cs /if ?>><span><?cs if:class ?><span class="mark" aria-hidden="true"><?cs call:shape(value) ?></span> <?cs /if ?><?cs call:word(value) ?></span></label><?cs /def ?>
<h1><?cs call:t_report_title() ?></h1>
<p class="from"><?cs if:Site.name ?><span lang="ja"><?cs var:Site.name ?></span><?cs /if ?><?cs if:Visit.name ?> ／ <span lang="ja"><?cs var:Visit.name ?></span><?cs call:t_name_end() ?><?cs /if ?></p>
<?cs if:Visit.asking ?>
<p><?cs call:t_report_lead() ?></p>
<?cs if:Visit.failed ?><p class="wrong" role="alert"><?cs call:t_failed() ?></p><?cs elif:subcount(Error) > 0 ?><p class="wrong" role="alert"><?cs call:t_correct() ?></p><?cs /if ?>
<form method="post" action="<?cs var:Visit.path ?>" accept-charset="UTF-8">
<?cs if:Visit.lang ?><input type="hidden" name="lang" value="<?cs var:Visit.lang ?>"><?cs /if ?>
<fieldset<?cs if:Error.safety ?> class="fault" aria-describedby="e-safety"<?cs /if ?>>
<legend><?cs call:t_safety() ?> <small>※<?cs call:t_required() ?></small></legend>
<?cs if:Error.safety ?><p class="wrong" id="e-safety">＊<?cs call:t_choose() ?></p><?cs /if ?>
<?cs call:none("safety", Form.safety) ?>
<?cs call:one("safety", "safe", Form.safety, "good") ?>
<?cs call:one("safety", "slight", Form.safety, "warn") ?>
<?cs call:one("safety", "serious", Form.safety, "bad") ?>
</fieldset>
<fieldset<?cs if:Error.coming ?> class="fault" aria-describedby="e-coming"<?cs /if ?>>
<legend><?cs call:t_coming() ?> <small>※<?cs call:t_required() ?></small></legend>
<?cs if:Error.coming ?><p class="wrong" id="e-coming">＊<?cs call:t_choose() ?></p><?cs /if ?>
<?cs call:none("coming", Form.coming) ?>
<?cs call:one("coming", "now", Form.coming, "") ?>
<?cs call:one("coming", "later", Form.coming, "") ?>
<?cs call:one("coming", "no", Form.coming, "") ?>
<?cs call:one("coming", "unknown", Form.coming, "") ?>
</fieldset>
<p class="comment<?cs if:Error.comment ?> fault<?cs /if ?>"><label for="comment"><?cs call:t_comment() ?></label>
<textarea id="comment" name="comment" rows="3"<?cs if:Error.comment ?> aria-invalid="true" aria-describedby="e-comment"<?cs /if ?>><?cs var:Form.comment ?></textarea></p>
<?cs if:Error.comment ?><p class="wrong" id="e-comment">＊<?cs call:t_comment_fault() ?></p><?cs /if ?>
<p><button><?cs call:t_send() ?></button></p>
</form>
<?cs else ?>
<div class="received" role="status">
<p class="big"><?cs call:t_received() ?> <?cs var:Visit.received ?></p>
<p><?cs call:t_safety() ?>：<strong><span class="mark" aria-hidden="true"><?cs call:shape(Form.safety) ?></span> <?cs call:word(Form.safety) ?></strong></p>
<p><?cs call:t_coming() ?>：<strong><?cs call:word(Form.coming) ?></strong></p>
<?cs if:Form.comment ?><p class="body"><?cs var:Form.comment ?></p><?cs /if ?>
</div>
<p><a class="button" href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>"><?cs call:t_edit() ?></a></p>
<?cs /if ?>
<?cs include:"_respond_foot.cs" ?>
