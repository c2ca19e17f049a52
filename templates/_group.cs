<?cs # The way from the top to a group, as links. ?>
<?cs def:above() ?><nav aria-label="上のグループ"><p><a href="/groups">グループ</a><?cs each:g = Above ?> / <a href="/groups/<?cs var:g.id ?>"><?cs var:g.name ?></a><?cs /each ?></p></nav><?cs /def ?>
