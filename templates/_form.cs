<?cs # Macros of forms.  A page calls errors() above its form; Label.NAME, if
 # set before, names the field there. ?>

<?cs def:csrf() ?><input type="hidden" name="csrf" value="<?cs var:Page.csrf ?>"><?cs /def ?>

<?cs # What is wrong, first thing on the page, each a link to its field. ?>
<?cs def:errors() ?><?cs if:subcount(Error) > 0 ?>
<div class="errors" role="alert" tabindex="-1" id="errors" aria-labelledby="errors-title">
 <h2 id="errors-title">入力を直してください（<?cs var:subcount(Error) ?>か所）</h2>
 <ul>
 <?cs each:e = Error ?><?cs set:key = name(e) ?>
  <li><a href="#f-<?cs var:name(e) ?>"><?cs if:Label[key] ?><?cs var:Label[key] ?>：<?cs /if ?><?cs var:e ?></a></li>
 <?cs /each ?>
 </ul>
</div>
<?cs /if ?><?cs /def ?>

<?cs # The note under a label, and the fault under a field. ?>
<?cs def:fault(name, error) ?><?cs if:error ?>
 <p class="fault" id="e-<?cs var:name ?>">＊<?cs var:error ?></p>
<?cs /if ?><?cs /def ?>

<?cs def:described(name, error) ?><?cs if:error ?> aria-invalid="true" aria-describedby="e-<?cs var:name ?>"<?cs /if ?><?cs /def ?>

<?cs # One line. ?>
<?cs def:text(name, label, value, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="text" id="f-<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # A number, typed: large digits, the number keys of a phone. ?>
<?cs def:number(name, label, value, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="text" class="number" inputmode="numeric" autocomplete="off" id="f-<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # A date and time, Japan time. ?>
<?cs def:datetime(name, label, value, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="datetime-local" id="f-<?cs var:name ?>" name="<?cs var:name ?>" value="<?cs var:value ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs def:password(name, label, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="password" autocomplete="current-password" id="f-<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # A code of an app, never shown again. ?>
<?cs def:code(name, label, error) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <input type="text" class="number" inputmode="numeric" autocomplete="one-time-code" id="f-<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(name, error) ?>>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # Several lines. ?>
<?cs def:textarea(name, label, value, error, rows) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>">
 <label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <textarea id="f-<?cs var:name ?>" name="<?cs var:name ?>" rows="<?cs var:rows ?>"<?cs call:described(name, error) ?>><?cs var:value ?></textarea>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # One of several: items are rows with value and text; nothing is chosen
 # unless a person chose it. ?>
<?cs def:radios(name, label, items, value, error) ?>
<fieldset class="field<?cs if:error ?> wrong<?cs /if ?>" id="f-<?cs var:name ?>" tabindex="-1"<?cs call:described(name, error) ?>>
 <legend><?cs var:label ?></legend>
 <?cs each:i = items ?>
 <label class="choice"><input type="radio" name="<?cs var:name ?>" value="<?cs var:i.value ?>"<?cs if:value == i.value ?> checked<?cs /if ?>> <span><?cs var:i.text ?></span></label>
 <?cs /each ?>
 <?cs call:fault(name, error) ?>
</fieldset>
<?cs /def ?>

<?cs # One of many, in a list that opens: items are rows with value and text;
 # empty is the word for none of them. ?>
<?cs def:select(name, label, items, value, error, empty) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>"><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <select id="f-<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(name, error) ?>><option value=""><?cs var:empty ?></option><?cs each:i = items ?><option value="<?cs var:i.value ?>"<?cs if:value == i.value ?> selected<?cs /if ?>><?cs var:i.text ?></option><?cs /each ?></select>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # Likewise a group of the tree Groups: id, depth, name. ?>
<?cs def:group(name, label, value, error, empty) ?>
<div class="field<?cs if:error ?> wrong<?cs /if ?>"><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
 <select id="f-<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(name, error) ?>><option value=""><?cs var:empty ?></option><?cs each:g = Groups ?><option value="<?cs var:g.id ?>"<?cs if:value == g.id ?> selected<?cs /if ?>><?cs loop:i = #1, g.depth, #1 ?>　<?cs /loop ?><?cs var:g.name ?></option><?cs /each ?></select>
 <?cs call:fault(name, error) ?>
</div>
<?cs /def ?>

<?cs # Any of several: items are rows with id and text; chosen is Form.NAME. ?>
<?cs def:checks(name, label, items, chosen, error) ?>
<fieldset class="field<?cs if:error ?> wrong<?cs /if ?>" id="f-<?cs var:name ?>" tabindex="-1"<?cs call:described(name, error) ?>>
 <legend><?cs var:label ?></legend>
 <div class="many">
 <?cs each:i = items ?><?cs set:key = i.id ?>
 <label class="choice"><input type="checkbox" name="<?cs var:name ?>" value="<?cs var:i.id ?>"<?cs if:chosen[key] ?> checked<?cs /if ?>> <span><?cs var:i.text ?></span></label>
 <?cs /each ?>
 </div>
 <?cs call:fault(name, error) ?>
</fieldset>
<?cs /def ?>

<?cs # A status: word, shape, colour.  mark is good, warn, bad or empty. ?>
<?cs def:status(mark, word) ?><span class="status <?cs if:mark ?><?cs var:mark ?><?cs else ?>none<?cs /if ?>"><span aria-hidden="true"><?cs if:mark == "good" ?>○<?cs elif:mark == "warn" ?>△<?cs elif:mark == "bad" ?>✕<?cs else ?>－<?cs /if ?></span> <?cs var:word ?></span><?cs /def ?>
