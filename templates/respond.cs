<?cs include:"_respond_texts.cs" ?><?cs include:"_respond_head.cs" ?>
<?cs def:mark(mark) ?><?cs if:mark ?><span class="mark" aria-hidden="true"><?cs call:t_mark(mark) ?></span> <?cs /if ?><?cs /def ?>
<h1 lang="ja"><?cs if:Broadcast.event ?><?cs var:Broadcast.event ?><?cs else ?><?cs var:Broadcast.subject ?><?cs /if ?></h1>
<p class="from"><?cs if:Site.name ?><?cs call:t_from() ?>：<span lang="ja"><?cs var:Site.name ?></span><?cs /if ?><?cs if:Visit.name ?> ／ <span lang="ja"><?cs var:Visit.name ?></span><?cs call:t_name_end() ?><?cs /if ?></p>
<?cs each:r = Replies ?>
<section class="reply"><h2><?cs call:t_reply() ?> <small><?cs var:r.at ?> <span lang="ja"><?cs var:r.account ?></span></small></h2>
<p class="body" lang="ja"><?cs var:r.body ?></p></section>
<?cs /each ?>
<?cs if:Broadcast.body ?><p class="body" lang="ja"><?cs var:Broadcast.body ?></p><?cs /if ?>
<?cs if:Visit.told && !Visit.received ?>
<div class="told"><p><?cs call:t_told() ?></p>
<?cs each:t = Told ?><p><?cs var:t.question ?>：<strong><?cs call:mark(t.mark) ?><?cs var:t.text ?></strong></p><?cs /each ?>
<p><?cs call:t_told_then() ?></p></div>
<?cs /if ?>
<?cs if:Visit.asking ?>
<?cs if:Visit.failed ?><p class="wrong" role="alert"><?cs call:t_failed() ?></p><?cs elif:subcount(Error) > 0 ?><p class="wrong" role="alert"><?cs call:t_correct() ?></p><?cs /if ?>
<form method="post" action="<?cs var:Visit.path ?>" accept-charset="UTF-8">
<?cs if:Visit.lang ?><input type="hidden" name="lang" value="<?cs var:Visit.lang ?>"><?cs /if ?>
<?cs each:q = Questions ?>
<?cs set:field = "q" + q.id ?>
<?cs if:q.offered ?>
<p class="offered"><?cs var:q.text ?>：<strong><?cs call:mark(Offered.mark) ?><?cs var:Offered.text ?></strong></p>
<input type="hidden" name="<?cs var:field ?>" value="<?cs var:Offered.id ?>">
<?cs elif:q.written ?>
<p class="comment<?cs if:Error[field] ?> fault<?cs /if ?>"><label for="<?cs var:field ?>"><?cs var:q.text ?><?cs if:q.required ?> <small>※<?cs call:t_required() ?></small><?cs /if ?></label>
<span class="note" id="n-<?cs var:field ?>"><?cs call:t_write(q.kind) ?></span>
<input class="write" type="text" id="<?cs var:field ?>" name="<?cs var:field ?>" value="<?cs var:q.value ?>" autocomplete="off"<?cs if:q.kind == "number" ?> inputmode="decimal"<?cs /if ?> aria-describedby="n-<?cs var:field ?><?cs if:Error[field] ?> e-<?cs var:field ?><?cs /if ?>"<?cs if:Error[field] ?> aria-invalid="true"<?cs /if ?>></p>
<?cs if:Error[field] ?><p class="wrong" id="e-<?cs var:field ?>">＊<?cs call:t_write_fault(q.kind, Error[field]) ?></p><?cs /if ?>
<?cs else ?>
<fieldset<?cs if:Error[field] ?> class="fault" aria-describedby="e-<?cs var:field ?>"<?cs /if ?>>
<legend><?cs var:q.text ?><?cs if:q.required ?> <small>※<?cs call:t_required() ?></small><?cs /if ?><?cs if:q.multiple ?> <small><?cs call:t_multiple() ?></small><?cs /if ?></legend>
<?cs if:Error[field] ?><p class="wrong" id="e-<?cs var:field ?>">＊<?cs call:t_choose() ?></p><?cs /if ?>
<?cs if:!q.multiple && !q.given ?><label hidden><input type="radio" name="<?cs var:field ?>" value="" checked hidden><?cs call:t_none() ?></label><?cs /if ?>
<?cs each:c = q.choices ?>
<label class="<?cs var:c.mark ?>"><input type="<?cs if:q.multiple ?>checkbox<?cs else ?>radio<?cs /if ?>" name="<?cs var:field ?>" value="<?cs var:c.id ?>"<?cs if:c.on ?> checked<?cs /if ?>><span><?cs call:mark(c.mark) ?><?cs var:c.text ?></span></label>
<?cs /each ?>
</fieldset>
<?cs /if ?>
<?cs /each ?>
<p class="comment<?cs if:Error.comment ?> fault<?cs /if ?>"><label for="comment"><?cs call:t_comment() ?></label>
<textarea id="comment" name="comment" rows="3"<?cs if:Error.comment ?> aria-invalid="true" aria-describedby="e-comment"<?cs /if ?>><?cs var:Form.comment ?></textarea></p>
<?cs if:Error.comment ?><p class="wrong" id="e-comment">＊<?cs call:t_comment_fault() ?></p><?cs /if ?>
<?cs if:Offered.text ?>
<p><?cs call:t_not_yet() ?></p>
<p><button><?cs call:t_send_offered(Offered.text) ?></button></p>
<p><a class="other" href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>"><?cs call:t_other() ?></a></p>
<?cs else ?>
<p><button><?cs call:t_send() ?></button></p>
<?cs /if ?>
</form>
<?cs if:!Visit.known && subcount(Error) == 0 && !Visit.failed ?><p class="note"><?cs call:t_unknown() ?></p><?cs /if ?>
<?cs else ?>
<div class="received" role="status">
<p class="big"><?cs call:t_received() ?> <?cs var:Visit.received ?></p>
<?cs each:q = Questions ?>
<p><?cs var:q.text ?>：<strong><?cs var:q.value ?><?cs each:c = q.choices ?><?cs if:c.on ?><?cs call:mark(c.mark) ?><?cs var:c.text ?> <?cs /if ?><?cs /each ?></strong></p>
<?cs /each ?>
<?cs if:Visit.comment ?><p class="body"><?cs var:Visit.comment ?></p><?cs /if ?>
</div>
<p><a class="button" href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>"><?cs call:t_edit() ?></a></p>
<?cs /if ?>
<?cs include:"_respond_foot.cs" ?>
