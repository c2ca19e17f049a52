<?cs include:"_respond_texts.cs" ?><?cs include:"keitai/_head.cs" ?>
<h1><?cs if:Broadcast.event ?><?cs var:Broadcast.event ?><?cs else ?><?cs var:Broadcast.subject ?><?cs /if ?></h1>
<p><?cs if:Site.name ?><?cs call:t_from() ?>：<?cs var:Site.name ?><?cs /if ?><?cs if:Visit.name ?><br><?cs var:Visit.name ?><?cs call:t_name_end() ?><?cs /if ?></p>
<?cs each:r = Replies ?>
<p><b><?cs call:t_reply() ?></b> <?cs var:r.at ?> <?cs var:r.account ?><br><?cs var:r.body ?></p>
<hr>
<?cs /each ?>
<?cs if:Broadcast.body ?><p><?cs var:Broadcast.body ?></p><?cs /if ?>
<?cs if:Visit.told && !Visit.received ?>
<p><?cs call:t_told() ?><br>
<?cs each:t = Told ?><?cs var:t.question ?>：<b><?cs call:t_mark(t.mark) ?><?cs var:t.text ?></b><br><?cs /each ?>
<?cs call:t_told_then() ?></p>
<?cs /if ?>
<?cs if:Visit.asking ?>
<?cs call:trouble() ?>
<form method="post" action="<?cs var:Visit.path ?>">
<?cs call:hidden() ?>
<?cs set:key = #0 ?>
<?cs each:q = Questions ?>
<?cs set:field = "q" + q.id ?>
<?cs if:q.offered ?>
<p><?cs var:q.text ?>：<b><?cs call:t_mark(Offered.mark) ?><?cs var:Offered.text ?></b>
<input type="hidden" name="<?cs var:field ?>" value="<?cs var:Offered.id ?>"></p>
<?cs elif:q.written ?>
<p><label for="<?cs var:field ?>">■<?cs var:q.text ?></label><?cs if:q.required ?>（<?cs call:t_required() ?>）<?cs /if ?><br>
<?cs if:Error[field] ?><b>＊<?cs call:t_write_fault(q.kind, Error[field]) ?></b><br><?cs /if ?>
<?cs call:t_write(q.kind) ?><br>
<input type="text" id="<?cs var:field ?>" name="<?cs var:field ?>" value="<?cs var:q.value ?>"<?cs if:q.kind == "number" ?> istyle="4"<?cs elif:q.kind == "text" ?> istyle="1"<?cs /if ?>></p>
<?cs else ?>
<p>■<?cs var:q.text ?><?cs if:q.required ?>（<?cs call:t_required() ?>）<?cs /if ?><?cs if:q.multiple ?>（<?cs call:t_multiple() ?>）<?cs /if ?><br>
<?cs if:Error[field] ?><b>＊<?cs call:t_choose() ?></b><br><?cs /if ?>
<?cs if:!q.multiple && !q.given ?><label><input type="radio" name="<?cs var:field ?>" value="" checked><?cs call:t_none() ?></label><br><?cs /if ?>
<?cs each:c = q.choices ?>
<?cs set:key = #key + #1 ?>
<label><input type="<?cs if:q.multiple ?>checkbox<?cs else ?>radio<?cs /if ?>" name="<?cs var:field ?>" value="<?cs var:c.id ?>"<?cs if:#key < #10 ?> accesskey="<?cs var:key ?>"<?cs /if ?><?cs if:c.on ?> checked<?cs /if ?>><?cs if:#key < #10 ?><?cs var:key ?>.<?cs /if ?><?cs call:t_mark(c.mark) ?><?cs var:c.text ?></label><br>
<?cs /each ?>
</p>
<?cs /if ?>
<?cs /each ?>
<?cs call:comment_field() ?>
<?cs if:Offered.text ?>
<p><?cs call:t_not_yet() ?></p>
<p><input type="submit" accesskey="0" value="<?cs call:t_send_offered(Offered.text) ?>"></p>
<p><a href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>"><?cs call:t_other() ?></a></p>
<?cs else ?>
<p><input type="submit" accesskey="0" value="<?cs call:t_send() ?>"></p>
<?cs /if ?>
</form>
<?cs if:!Visit.known && subcount(Error) == 0 && !Visit.failed ?><p><?cs call:t_unknown() ?></p><?cs /if ?>
<?cs else ?>
<p><b><?cs call:t_received() ?> <?cs var:Visit.received ?></b></p>
<?cs each:q = Questions ?>
<p><?cs var:q.text ?>：<?cs var:q.value ?><?cs each:c = q.choices ?><?cs if:c.on ?><?cs call:t_mark(c.mark) ?><?cs var:c.text ?> <?cs /if ?><?cs /each ?></p>
<?cs /each ?>
<?cs if:Visit.comment ?><p><?cs var:Visit.comment ?></p><?cs /if ?>
<p><a href="<?cs var:Visit.path ?>?edit=1&amp;lang=<?cs var:Visit.lang ?><?cs var:Visit.done ?>" accesskey="1">1.<?cs call:t_edit() ?></a></p>
<?cs /if ?>
<?cs include:"keitai/_foot.cs" ?>
