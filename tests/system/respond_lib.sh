# respond_lib.sh - a broadcast to answer; sourced after lib.sh
#
#   make_broadcast ID [kind]   event, broadcast, two questions, recipients are
#                              users 1 to 200; the snapshot is written
#   link_of ID USER            /r/TOKEN;  report_link USER  /s/TOKEN
#   good ID                    a form's body: 無事, すぐ登庁できる
link=$build/system/link

make_broadcast() { # id, kind
	# At once, as enqueue does it: a tool counts meanwhile.
	sql anpi <<-END
	START TRANSACTION;
	DELETE FROM answer_choice WHERE broadcast = $1;
	DELETE FROM answer WHERE broadcast = $1;
	UPDATE recipient SET answered_at = NULL, first_at = NULL
		WHERE broadcast = $1;
	DELETE FROM tally WHERE broadcast = $1;
	DELETE FROM tally_state WHERE broadcast = $1;
	INSERT IGNORE INTO event (id, kind, event_key, state, title, occurred_at,
		made_at) VALUES ($1, 'quake', 't$1', 'sent',
		'能登半島沖で震度6強の地震', UTC_TIMESTAMP(), UTC_TIMESTAMP());
	INSERT IGNORE INTO broadcast (id, event, kind, subject, body, state,
		made_at, enqueued_to) VALUES ($1, $1, '${2:-safety}',
		'【安否確認】', '', 'sent', UTC_TIMESTAMP(), 1000000);
	UPDATE broadcast SET state = 'sent' WHERE id = $1;
	INSERT IGNORE INTO question (id, broadcast, place, text, text_en) VALUES
		(${1}1, $1, 1, 'あなたの安否', 'Are you safe?'),
		(${1}2, $1, 2, '登庁できますか', 'Can you come in?');
	INSERT IGNORE INTO choice (id, question, place, mark, text, text_en,
		coming, minutes)
		VALUES (${1}11, ${1}1, 1, 'good', '無事', 'Safe', '', 0),
		(${1}12, ${1}1, 2, 'warn', '軽傷', 'Slightly injured', '', 0),
		(${1}13, ${1}1, 3, 'bad', '重傷', 'Seriously injured', '', 0),
		(${1}21, ${1}2, 1, '', 'すぐ登庁できる', 'Yes, at once',
			'yes', 30),
		(${1}22, ${1}2, 2, '', '登庁できない', 'No', 'no', 0);
	INSERT IGNORE INTO recipient (broadcast, user, why)
		SELECT $1, id, '13' FROM user WHERE id <= 200;
	COMMIT;
	END
	"$link" snapshot "$1"
}

link_of() {
	"$link" r "$@"
}

report_link() {
	"$link" s "$@"
}

good() {
	echo "q${1}1=${1}11&q${1}2=${1}21"
}

# post PATH BODY [OPTIONS]: "STATUS LOCATION", the page in $page.
page=$(mktemp "${TMPDIR:-/tmp}/anpi-page-XXXXXX")
at_end rm -f "$page" "$page.to" "$page.all"
post() {
	local path=$1 body=$2

	shift 2
	get "$path" -o "$page" -w '%{http_code} %{redirect_url}' -d "$body" \
		"$@" | sed "s|$site||" | tee "$page.to"
}

# The page that the last post led to.
next_page() {
	get "$(cut -d' ' -f2 "$page.to")"
}

# A page that it leads to: edit=1 to correct what it shows, lang=en.
linked_page() { # what stands in the address
	get "$(next_page | grep -oE '/[rs]/[^"]*\?'"$1"'[^"]*' |
		sed 's/&amp;/\&/g')"
}

# Different things that somebody said: a doubled press says the same.
said() { # broadcast, user
	sql anpi -e "SELECT COUNT(DISTINCT choices, comment) FROM answer
		WHERE broadcast = $1 AND user = $2"
}

rows() { # of answer, of a user in a broadcast
	sql anpi -e "SELECT COUNT(*) FROM answer WHERE broadcast = $1 AND user = $2"
}
