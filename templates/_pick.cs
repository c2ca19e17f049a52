<?cs # One of a list, or any: items are rows with id and text. ?>
<?cs def:pick(name, label, items, value, any) ?>
<div class="field">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <select id="f-<?cs var:name ?>" name="<?cs var:name ?>">
  <option value=""><?cs var:any ?></option>
  <?cs each:i = items ?><option value="<?cs var:i.id ?>"<?cs if:value == i.id ?> selected<?cs /if ?>><?cs loop:n = #1, i.depth, #1 ?>　<?cs /loop ?><?cs if:i.name ?><?cs var:i.name ?><?cs else ?><?cs var:i.text ?><?cs /if ?></option>
  <?cs /each ?>
 </select>
</div>
<?cs /def ?>
