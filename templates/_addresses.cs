<?cs # What the pages about addresses share: tabs(here), and q(), the group. ?>
<?cs def:q() ?><?cs if:Group.id ?>group=<?cs var:Group.id ?>&amp;<?cs /if ?><?cs /def ?>
<?cs def:tabs(here) ?><nav class="tabs" aria-label="アドレスと備え"><ul>
 <li><a href="/addresses<?cs if:Group.id ?>?group=<?cs var:Group.id ?><?cs /if ?>"<?cs if:here == "addresses" ?> aria-current="page"<?cs /if ?>>アドレスの状態</a></li>
 <li><a href="/readiness<?cs if:Group.id ?>?group=<?cs var:Group.id ?><?cs /if ?>"<?cs if:here == "readiness" ?> aria-current="page"<?cs /if ?>>備え（部局別）</a></li>
 <li><a href="/addresses/people<?cs if:Group.id ?>?group=<?cs var:Group.id ?><?cs /if ?>"<?cs if:here == "people" ?> aria-current="page"<?cs /if ?>>人の一覧</a></li>
</ul></nav><?cs /def ?>
