<?cs # What the form of a broadcast and that of a template both have. ?>
<?cs def:groups(name, legend, chosen, error) ?>
  <fieldset class="field scrolls<?cs if:error ?> wrong<?cs /if ?>" id="f-<?cs var:name ?>" tabindex="-1">
   <legend><?cs var:legend ?></legend>
   <?cs each:g = Groups ?><?cs set:key = g.id ?>
   <label class="choice tight"><input type="checkbox" name="<?cs var:name ?>" value="<?cs var:g.id ?>"<?cs if:chosen[key] ?> checked<?cs /if ?>> <span><?cs loop:i = #1, g.depth, #1 ?>　<?cs /loop ?><?cs var:g.name ?><?cs if:g.members ?>（<?cs var:g.members ?>人）<?cs /if ?></span></label>
   <?cs /each ?>
   <?cs call:fault(name, error) ?>
  </fieldset>
<?cs /def ?>
<?cs # none: says of a template that it keeps nothing of this. ?>
<?cs def:again(none, quiet) ?>
  <div class="pair">
  <div class="field<?cs if:Error.again_times ?> wrong<?cs /if ?>"><label for="f-again_times">回数</label>
   <select id="f-again_times" name="again_times"><?cs if:none ?><option value=""><?cs var:none ?></option><?cs /if ?><?cs loop:i = #0, #10, #1 ?><option value="<?cs var:i ?>"<?cs if:Form.again_times != "" && #Form.again_times == #i ?> selected<?cs /if ?>><?cs if:#i == #0 ?>しない<?cs else ?><?cs var:i ?> 回まで<?cs /if ?></option><?cs /loop ?></select>
   <?cs call:fault("again_times", Error.again_times) ?></div>
  <div class="field<?cs if:Error.again_gap ?> wrong<?cs /if ?>"><label for="f-again_gap">間隔</label>
   <select id="f-again_gap" name="again_gap"><?cs each:g = Gaps ?><option value="<?cs var:g.value ?>"<?cs if:Form.again_gap == g.value ?> selected<?cs /if ?>><?cs var:g.text ?></option><?cs /each ?></select>
   <?cs call:fault("again_gap", Error.again_gap) ?></div>
  </div>
  <?cs if:quiet ?><label class="choice"><input type="checkbox" name="again_quiet" value="yes"<?cs if:Form.again_quiet ?> checked<?cs /if ?>> <span><?cs var:quiet ?></span></label><?cs /if ?>
<?cs /def ?>
