<?cs # Parts of the pages of answers.  Query is the filter, ready for an
 # address; a page of a person carries it back as one field. ?>

<?cs def:filter_words(word) ?><?cs if:word == "answered" ?>回答済み<?cs elif:word == "unanswered" ?>未回答<?cs elif:word == "undelivered" ?>未回答で配信できていない人<?cs elif:word == "reported" ?>未回答で自主報告がある人<?cs elif:word == "proxy" ?>代理回答<?cs elif:word == "conflict" ?>食い違い<?cs /if ?><?cs /def ?>

<?cs # What names the people of a list, one by one. ?>
<?cs def:terms() ?>
  <?cs if:Form.filter ?><li><?cs call:filter_words(Form.filter) ?></li><?cs /if ?>
  <?cs if:Choice ?><li>回答が「<?cs var:Choice ?>」</li><?cs /if ?>
  <?cs if:Group.name ?><li><?cs var:Group.name ?> とその下のグループ</li><?cs /if ?>
  <?cs each:r = Regions ?><?cs if:Form.region && Form.region == r.value ?><li><?cs if:Form.work ?>勤務地<?cs else ?>勤務地・自宅<?cs /if ?>が <?cs var:r.text ?></li><?cs /if ?><?cs /each ?>
  <?cs if:Form.text ?><li>氏名・職員番号に「<?cs var:Form.text ?>」</li><?cs /if ?>
  <?cs if:Form.comment ?><li>コメントに「<?cs var:Form.comment ?>」</li><?cs /if ?>
<?cs /def ?>

<?cs # An answer in words; one without a mark is no missing one. ?>
<?cs def:words(mark, text) ?><?cs if:mark ?><?cs call:status(mark, text) ?><?cs else ?><?cs var:text ?><?cs /if ?><?cs /def ?>

<?cs # What a person answered, or what is known instead. ?>
<?cs def:answer_of(p) ?><?cs if:p.answered ?><?cs call:words(p.mark, p.answer) ?><?cs if:p.proxy ?> <span class="told">代理（<?cs var:p.source ?>・<?cs var:p.certainty ?>）</span><?cs /if ?><?cs else ?><?cs call:status("", "未回答") ?><?cs if:p.reported_at ?> <span class="told">自主報告 <?cs var:p.reported_at ?>：<?cs call:status(p.safety_mark, p.safety) ?>、<?cs var:p.coming ?></span><?cs /if ?><?cs /if ?><?cs if:p.conflict ?> <strong class="conflict">食い違い：代理では「<?cs var:p.other ?>」</strong><?cs /if ?><?cs /def ?>

<?cs def:done() ?><?cs if:Form.done == "proxy" ?><p class="success" role="status">聞いた内容を記録しました。</p><?cs elif:Form.done == "reply" ?><p class="success" role="status">返信を送りました。本人の回答ページの上にも出ています。</p><?cs elif:Form.done == "settle" ?><p class="success" role="status">確認済みにしました。</p><?cs /if ?><?cs /def ?>
