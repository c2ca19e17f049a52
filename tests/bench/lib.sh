# lib.sh - what the parts of the benchmark share; sourced, never run
#
# The benchmark has an instance of its own beside the first (folder bench/ in
# ANPI_VAR, ports from ANPI_PORT + 50 on), without the cron loop: each part
# starts the tools it measures.  Mail ends in smtp-sink.
#
# Nothing else may run meanwhile: load generator, servers and programs share
# the same cores, so every figure is compared with a limit that is measured in
# the same run, in turn with ours, and the median of the rounds counts.
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
base_var=${BENCH_BASE:-${ANPI_VAR:-$repo/var}}
base_port=${BENCH_PORT:-${ANPI_PORT:-8443}}
export BENCH_BASE=$base_var BENCH_PORT=$base_port
export ANPI_VAR=$base_var/bench ANPI_PORT=$((base_port + 50))
export ANPI_MAIL=sink ANPI_ADDRESS_CHECKS=0 ANPI_DB_POOL=${ANPI_DB_POOL:-2G}
. "$repo/etc/instance/env.sh"
bin=$build/bin
results=$ANPI_VAR/results
rounds=${BENCH_ROUNDS:-3}

# now: seconds with microseconds.
now() {
	printf '%s\n' "$EPOCHREALTIME"
}

# calc EXPRESSION: by awk, so that no other program is needed.
calc() {
	awk "BEGIN { printf \"%.6g\\n\", ($*) }"
}

# median NUMBER...
median() {
	printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 }
		END { h = int(NR / 2)
			print NR % 2 ? v[h + 1] : (v[h] + v[h + 1]) / 2 }'
}

# timed COMMAND...: seconds that it takes; its output goes to the log.
timed() {
	local begun

	begun=$(now)
	"$@" >>"$log/bench.log" 2>&1 || die "failed: $*; see $log/bench.log"
	calc "$(now) - $begun"
}

# result NAME OURS LIMIT UNIT least|most RATIO: prints ours, the limit, the
# ratio and whether it is as asked.
result() {
	ratio "$1" "$2" "$3" "$4" "$(calc "$2 / $3")" "$5" "$6"
}

# ratio NAME OURS LIMIT UNIT RATIO least|most ASKED: the same where the ratio
# is not that of the two.
ratio() {
	local word=ok

	if [ "$6" = least ]; then
		[ "$(calc "$5 >= $7")" = 1 ] || word=SHORT
	else
		[ "$(calc "$5 <= $7")" = 1 ] || word=SHORT
	fi
	printf '%-46s %10.4g of %10.4g %-6s = %6.3f  (at %s %s)  %s\n' \
		"$1" "$2" "$3" "$4" "$5" "$6" "$7" $word | tee -a "$results"
}

# bound NAME OURS UNIT least|most VALUE: against a fixed bound.
bound() {
	local word=ok

	if [ "$4" = least ]; then
		[ "$(calc "$2 >= $5")" = 1 ] || word=SHORT
	else
		[ "$(calc "$2 <= $5")" = 1 ] || word=SHORT
	fi
	printf '%-46s %10.4g %-6s %30s %s\n' "$1" "$2" "$3" \
		"(at $4 $5)" $word | tee -a "$results"
}

instance_up() {
	local part

	mkdir -p "$ANPI_VAR"
	(
		cd "$ANPI_VAR"
		mkdir -p etc/programs keys db nginx snapshot journal inbox \
			feed log uploads hr "$run"
		[ "$run" = "$ANPI_VAR/run" ] || ln -sfn "$run" run
	)
	for part in keys config "mariadb start" database "postfix start" \
		"pools start" "nginx start" people; do
		# The words of a part are its arguments.
		# shellcheck disable=SC2086
		"$instance"/$part >>"$log/bench.log" 2>&1 ||
			die "$part does not start; see $log/bench.log"
	done
}

instance_down() {
	stop_pid "$run/bare.pid"
	stop_pid "$run/bench-nginx.pid"
	"$instance/down" >>"$log/bench.log" 2>&1
}

# settle: nothing waits for the disk or in a queue.
settle() {
	wait_for 120 "empty mail queue" queue_empty
	sync
	sleep 1
}

queue_empty() {
	local queue=$ANPI_VAR/spool/postfix dir

	for dir in maildrop incoming active; do
		[ -z "$(ls -U "$queue/$dir" 2>/dev/null | head -n 1)" ] ||
			return 1
	done
}

# new_broadcast: sends to everybody; prints its id.  enqueue has not run.
new_broadcast() {
	local id

	printf '%s\n' "訓練です。安否と登庁の可否を回答してください。" \
		>"$ANPI_VAR/body.txt"
	id=$("$bin/anpictl" send --to all --subject "安否確認（測定）" \
		--body "$ANPI_VAR/body.txt" --questions safety --json \
		2>>"$log/bench.log" | jq .broadcast)
	[ -n "$id" ] || die "anpictl send gave no id"
	printf '%s\n' "$id"
}

# ready_broadcast: one whose recipients stand, messages put aside; its id.
ready_broadcast() {
	local id

	id=$(new_broadcast)
	"$bin/enqueue" --once >>"$log/bench.log" 2>&1
	sql anpi -e "UPDATE message SET state = 'handed', handed_at =
		UTC_TIMESTAMP(6) WHERE state = 'queued'"
	sql anpi -e "UPDATE delivery SET handed = messages
		WHERE broadcast = $id"
	sql anpi -e "UPDATE broadcast SET state = 'sent' WHERE id = $id"
	printf '%s\n' "$id"
}

# sign_in: prints the cookie of a new session of a system admin.
sign_in() {
	local jar=$ANPI_VAR/cookies login password

	read -r _ login password < <(grep '^system_admin' "$ANPI_CONF/logins")
	rm -f "$jar"
	curl -sS --cacert "$ANPI_VAR/keys/ca.crt" -c "$jar" -o /dev/null \
		-H "Origin: https://localhost:$port_https" \
		-d "login=$login" --data-urlencode "password=$password" \
		"https://localhost:$port_https/login"
	awk 'NF == 7 { printf "%s%s=%s", sep, $6, $7; sep = "; " }' "$jar"
}

# answer_first BROADCAST COUNT: so many more people answer, and are counted.
answer_first() {
	sql anpi <<-END
	SET SESSION sql_log_bin = 0;
	INSERT INTO answer (broadcast, user, at, channel, choices)
	SELECT r.broadcast, r.user, UTC_TIMESTAMP(6) - INTERVAL r.user % 900
		SECOND, 'link', IF(r.user % 3, a.few, a.many)
	FROM recipient r
	JOIN (SELECT GROUP_CONCAT(low ORDER BY low) AS few,
		GROUP_CONCAT(high ORDER BY high) AS many
		FROM (SELECT MIN(c.id) AS low, MAX(c.id) AS high
			FROM question q JOIN choice c ON c.question = q.id
			WHERE q.broadcast = $1 GROUP BY q.id) q) a
	WHERE r.broadcast = $1 AND r.answered_at IS NULL
	ORDER BY r.user LIMIT $2;
	END
	"$bin/replay-answers" --once >>"$log/bench.log" 2>&1
	[ "$(sql anpi -e "SELECT COUNT(*) FROM answer WHERE folded = FALSE
		AND broadcast = $1")" = 0 ] || die "answers are not counted"
}

# page_ms PATH COOKIE: milliseconds for a page, the median of one visitor who
# asks again and again over the instance's own nginx.
page_ms() {
	local out

	out=$(wrk -t 1 -c 1 -d "${BENCH_SECONDS:-5}s" --latency --timeout 10s \
		-H "Cookie: $2" "https://localhost:$port_https$1")
	printf '%s\n' "$out" >>"$log/bench.log"
	! grep -q Non-2xx <<<"$out" || die "not shown: $1; see $log/bench.log"
	awk '$1 == "50%" { v = $2; u = v; gsub(/[0-9.]/, "", u);
		gsub(/[a-z]/, "", v);
		print u == "us" ? v / 1000 : u == "s" ? v * 1000 : v }' <<<"$out"
}

# page_rows PATH COOKIE: rows that the database reads for a page.
page_rows() {
	local before after
	local count="SELECT SUM(variable_value) FROM
		information_schema.global_status
		WHERE variable_name LIKE 'Handler_read_%'"

	before=$(sql -e "$count")
	curl -sS --cacert "$ANPI_VAR/keys/ca.crt" -o /dev/null -b "$2" \
		"https://localhost:$port_https$1"
	after=$(sql -e "$count")
	calc "$after - $before"
}
