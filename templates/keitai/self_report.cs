<?cs set:Report = "1" ?><?cs include:"_respond_texts.cs" ?><?cs include:"keitai/_head.cs" ?>
<?cs def:word(value) ?><?cs if:value == "safe" ?>○<?cs call:t_safe() ?><?cs elif:value == "slight" ?>△<?cs call:t_slight() ?><?cs elif:value == "serious" ?>×<?cs call:t_serious() ?><?cs elif:value == "now" ?><?cs call:t_now() ?><?cs elif:value == "later" ?><?cs call:t_later() ?><?cs elif:value == "no" ?><?cs call:t_no() ?><?cs elif:value == "unknown" ?><?cs call:t_unsure() ?><?cs /if ?><?cs /def ?>
<?cs def:none(name, chosen) ?><?cs if:!chosen ?><label><input type="radio" name="<?cs var:name ?>" value="" checked><?cs call:t_none() ?></label><br><?cs /if ?><?cs /def ?>
<?cs def:one(key, name, value, chosen) ?><label><input type="radio" name="<?cs var:name ?>" value="<?cs var:value ?>" accesskey="<?cs var:key ?>"<?cs if:chosen == value ?> checked<?cs /if ?>><?cs var:key ?>.<?cs call:word(value) ?></label><br><?cs /def ?>
<h1><?cs call:t_report_title() ?></h1>
<p><?cs var:Site.name ?><?cs if:Visit.name ?><br><?cs var:Visit.name ?><?cs call:t_name_end() ?><?cs /if ?></p>
<?cs if:Visit.asking ?>
<?cs call:trouble() ?>
<form method="post" action="<?cs var:Visit.path ?>">
<?cs call:hidden() ?>
<p>■<?cs call:t_safety() ?>（<?cs call:t_required() ?>）<br>
<?cs if:Error.safety ?><b>＊<?cs call:t_choose() ?></b><br><?cs /if ?>
<?cs call:none("safety", Form.safety) ?>
<?cs call:one("1", "safety", "safe", Form.safety) ?>
<?cs call:one("2", "safety", "slight", Form.safety) ?>
<?cs call:one("3", "safety", "serious", Form.safety) ?>
</p>
<p>■<?cs call:t_coming() ?>（<?cs call:t_required() ?>）<br>
<?cs if:Error.coming ?><b>＊<?cs call:t_choose() ?></b><br><?cs /if ?>
<?cs call:none("coming", Form.coming) ?>
<?cs call:one("4", "coming", "now", Form.coming) ?>
<?cs call:one("5", "coming", "later", Form.coming) ?>
<?cs call:one("6", "coming", "no", Form.coming) ?>
<?cs call:one("7", "coming", "unknown", Form.coming) ?>
</p>
<?cs call:comment_field() ?>
<p><input type="submit" accesskey="0" value="<?cs call:t_send() ?>"></p>
</form>
<?cs else ?>
<p><b><?cs call:t_received() ?> <?cs var:Visit.received ?></b></p>
<p><?cs call:t_safety() ?>：<?cs call:word(Form.safety) ?></p>
<p><?cs call:t_coming() ?>：<?cs call:word(Form.coming) ?></p>
<?cs if:Form.comment ?><p><?cs var:Form.comment ?></p><?cs /if ?>
<p><a href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>" accesskey="1">1.<?cs call:t_edit() ?></a></p>
<?cs /if ?>
<?cs include:"keitai/_foot.cs" ?>
