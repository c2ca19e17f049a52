# lib.sh - what kill, kill-answers and offline share; sourced from the root
#
#   with_people MOST        an instance of its own with so many people, or the
#                           one of the tests
#   query SQL               rows, tabs between columns
#   keep TOOL               starts a tool that does not run
#   end_tools               ends those; done at the end in any case
#   pause MS                waits for a random time below that, at most 1000
#   ask_everybody MOST      makes a broadcast, $broadcast; the links of MOST
#                           people in $work/links
#   answer SEED [OPTION...] visitors for the links on standard input; what was
#                           acknowledged goes to $work/SEED.noted
#   settled                 true when all is stored and counted
#   compare_answers         compares what was acknowledged with the tables,
#                           prints the figures; false if they differ
. tests/system/lib.sh >/dev/null
declare -A pid
work=$(mktemp -d "${TMPDIR:-/tmp}/anpi-load-XXXXXX")
at_end rm -rf "$work"

with_people() {
	ANPI_PEOPLE=$1
	with_instance
	at_end end_tools
}

query() {
	sql anpi -e "$1"
}

# The tool is a child, so that its end is seen.
keep() {
	local tool=$1

	kill -0 "${pid[$tool]:-0}" 2>/dev/null && [ "${pid[$tool]:-0}" != 0 ] &&
		return
	setsid "$build/bin/$tool" --for 600 </dev/null \
		>>"$log/$tool.log" 2>&1 &
	pid[$tool]=$!
	disown
}

end_tools() {
	local tool

	for tool in "${!pid[@]}"; do
		kill "${pid[$tool]}" 2>/dev/null
		unset "pid[$tool]"
	done
}

pause() { # milliseconds
	sleep "$(printf '0.%03d' $((RANDOM % $1)))"
}

is_enqueued() {
	[ "$(query "SELECT state IN ('sending', 'sent') FROM broadcast
		WHERE id = $broadcast")" = 1 ] &&
		[ -e "$ANPI_VAR/snapshot/$broadcast.json" ]
}

# The links show the form also to who has answered.
ask_everybody() { # how many at most
	echo "訓練ではない試験です。" >"$work/body"
	broadcast=$("$build/bin/anpictl" send --to all --subject "試験 $$" \
		--body "$work/body" --questions safety --json | jq .broadcast)
	keep enqueue
	within $long is_enqueued || return 1
	"$build/bin/anpictl" links "$broadcast" --json |
		jq -r '.[] | [.staff_no, .url + "?edit=1"] | @tsv' |
		head -n "$1" >"$work/people"
	cut -f2 "$work/people" >"$work/links"
	[ -s "$work/links" ]
}

answer() { # seed, options
	"$build/load/visitors" -s "$1" -o "$work/$1.noted" \
		-k "$ANPI_VAR/keys/ca.crt" "${@:2}"
}

settled() {
	[ -z "$(ls "$ANPI_VAR/journal")" ] &&
		[ "$(query "SELECT COUNT(*) FROM answer
			WHERE broadcast = $broadcast AND NOT folded")" = 0 ]
}

# Who said what, a line each: comment, choices, staff number.
noted() {
	cat "$work"/*.noted | awk -F'\t' -v OFS='\t' '
		NR == FNR { staff[$2] = $1; next }
		{ print $1, $2, staff[$3] }' "$work/people" - | sort
}

stored() {
	query "SELECT a.comment, a.choices, u.staff_no
		FROM answer a JOIN user u ON u.id = a.user
		WHERE a.broadcast = $broadcast" | sort
}

# Counters that differ from a count of table answer alone: each person's newest
# answer, and the minute of the first.
wrong_counters() {
	query "WITH latest AS (
		SELECT user, MAX(at) AS at, MIN(at) AS first_at
		FROM answer WHERE broadcast = $broadcast GROUP BY user),
	place AS (
		SELECT user, 0 AS grp FROM latest
		UNION SELECT m.user, p.ancestor FROM grp_member m
			JOIN grp_path p ON p.descendant = m.grp),
	counted AS (
		SELECT p.grp, 'answered' AS kind, 0 AS item,
			COUNT(*) AS people
		FROM latest l JOIN place p USING (user) GROUP BY p.grp
		UNION ALL
		SELECT p.grp, 'minute',
			FLOOR(UNIX_TIMESTAMP(l.first_at) / 60), COUNT(*)
		FROM latest l JOIN place p USING (user) GROUP BY 1, 3
		UNION ALL
		SELECT p.grp, 'choice', c.id, COUNT(*)
		FROM latest l JOIN place p USING (user)
		JOIN answer a ON a.broadcast = $broadcast
			AND a.user = l.user AND a.at = l.at
		JOIN question q ON q.broadcast = $broadcast
		JOIN choice c ON c.question = q.id
			AND FIND_IN_SET(c.id, a.choices)
		GROUP BY p.grp, c.id),
	tallied AS (
		SELECT grp, CONVERT(kind USING utf8mb4) AS kind, item, people
		FROM tally WHERE broadcast = $broadcast AND people <> 0
			AND kind IN ('answered', 'minute', 'choice'))
	SELECT (SELECT COUNT(*) FROM (SELECT * FROM counted
			EXCEPT SELECT * FROM tallied) less)
		+ (SELECT COUNT(*) FROM (SELECT * FROM tallied
			EXCEPT SELECT * FROM counted) more)"
}

compare_answers() {
	local lost twice wrong counters

	within $long settled || echo "not all is stored and counted in time"
	noted >"$work/noted"
	stored >"$work/stored"
	comm -23 "$work/noted" "$work/stored" >"$work/lost"
	lost=$(wc -l <"$work/lost")
	twice=$(cut -f1 "$work/stored" | uniq -d | wc -l)
	counters=$(query "SELECT COUNT(*) FROM tally
		WHERE broadcast = $broadcast")
	wrong=$(wrong_counters)
	head -n 5 "$work/lost"
	echo "$(wc -l <"$work/noted") acknowledged, $lost of them lost or" \
		"changed; $(wc -l <"$work/stored") stored, $twice twice;" \
		"$counters counters, $wrong wrong"
	[ -s "$work/noted" ] && [ "$counters" -gt 0 ] &&
		[ "$lost$twice$wrong" = 000 ]
}
