# lib.sh - what the system and browser tests share; sourced from the root
#
#   . tests/system/lib.sh
#   with_instance                  a private instance with 300 people
#   ok "it answers" get /login     passes if the command does
#   is "title" "$got" "$want"
#   like "page" "$text" 'regex'    unlike
#   at_end rm -rf "$work"          on every way out, the latest first
#   finish                         the plan; exit status
#
# The instance lives in $ANPI_VAR-test on ports from ANPI_TEST_PORT on (default
# ANPI_PORT + 10).  `tests/run` starts it once for all tests; a test that runs
# alone starts its own and stops it at its end.  Tests share its database: each
# makes what it needs and counts only that.
#
# Forty ports belong to the tests: +0 to +9 the instance (see env.sh), +10 to
# +19 a second one, +20 to +29 servers of hand-over.test; the rest is free.
if [ -n "${ANPI_TEST_INSTANCE:-}" ]; then
	ANPI_VAR=$ANPI_TEST_INSTANCE
else
	ANPI_VAR=${ANPI_VAR:-$PWD/var}-test
fi
ANPI_TEST_PORT=${ANPI_TEST_PORT:-$((${ANPI_PORT:-8443} + 10))}
ANPI_PORT=$ANPI_TEST_PORT
ANPI_PEOPLE=300
ANPI_DB_POOL=128M
ANPI_STORY=no
ANPI_SEAL_S=2
ANPI_ADDRESS_CHECKS=0
export ANPI_ADDRESS_CHECKS ANPI_SEAL_S ANPI_VAR ANPI_PORT ANPI_TEST_PORT
export ANPI_PEOPLE ANPI_DB_POOL ANPI_STORY
. etc/instance/env.sh
set +e
site=https://localhost:$port_https
test_count=0
test_failures=0
test_ends=()
# Seconds to wait for what takes one or two when the machine is idle; a tool
# that just ended may be started a minute later.
long=120

# at_end COMMAND...: however the test ends, with the words as they are now.
# Not from within `ok` or $( ), whose shell ends sooner.
at_end() {
	test_ends=("$(printf '%q ' "$@")" "${test_ends[@]}")
	trap run_ends EXIT
}

run_ends() {
	local each

	for each in "${test_ends[@]}"; do
		eval "$each"
	done >&2
}

# instance_begin and instance_end are for tests/run and with_instance.
instance_begin() {
	[ ! -e "$ANPI_VAR/lock" ] || "$instance/down"
	as_root rm -rf "$ANPI_VAR"
	mkdir -p "$ANPI_VAR"
	"$instance/up" || return 1
	export ANPI_TEST_INSTANCE=$ANPI_VAR
}

# The logs stay for whoever looks for a reason.
instance_end() {
	"$instance/down"
}

with_instance() {
	[ -z "${ANPI_TEST_INSTANCE:-}" ] || return 0
	instance_begin >&2 || {
		echo "not ok 1 - instance"
		exit 1
	}
	at_end instance_end
}

pass() {
	test_count=$((test_count + 1))
	echo "ok $test_count - $1"
}

# fail WHAT [WHY...]
fail() {
	test_count=$((test_count + 1))
	test_failures=$((test_failures + 1))
	echo "not ok $test_count - $1"
	shift
	[ $# = 0 ] || printf '%s\n' "$@" | head -n 30 | sed 's/^/# /'
}

skip() { # what, why
	test_count=$((test_count + 1))
	echo "ok $test_count - $1 # SKIP $2"
}

ok() {
	local what=$1 out

	shift
	if out=$("$@" 2>&1); then
		pass "$what"
	else
		fail "$what" "failed: $*" "$out"
	fi
}

# The command must fail.
not_ok() {
	local what=$1 out

	shift
	if out=$("$@" 2>&1); then
		fail "$what" "did not fail: $*" "$out"
	else
		pass "$what"
	fi
}

is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "got:  $2" "want: $3"
	fi
}

like() {
	if grep -qE -- "$3" <<<"$2"; then
		pass "$1"
	else
		fail "$1" "no match for: $3" "$2"
	fi
}

unlike() {
	if grep -qE -- "$3" <<<"$2"; then
		fail "$1" "must not match: $3" "$2"
	else
		pass "$1"
	fi
}

finish() {
	echo "1..$test_count"
	[ $test_failures = 0 ]
	exit
}

# within SECONDS COMMAND...: true as soon as the command is.
within() {
	local end=$((SECONDS + $1))

	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.1
	done
}

# get PATH [OPTIONS OF CURL...]: the body; the certificate is checked.
get() {
	local path=$1

	shift
	curl -sS --cacert "$ANPI_VAR/keys/ca.crt" --path-as-is \
		--max-time $long "$@" "$site$path"
}

# The status alone.
status() {
	get "$@" -o /dev/null -w '%{http_code}'
}

# The headers alone, lower case names, as GET gives them.
headers() {
	get "$@" -o /dev/null -D - | tr -d '\r'
}

# password ROLE: of the made-up accounts; login ROLE likewise.
password_of() {
	awk -v role="$1" '$1 == role { print $3; exit }' "$ANPI_CONF/logins"
}

login_of() {
	awk -v role="$1" '$1 == role { print $2; exit }' "$ANPI_CONF/logins"
}

# send_mail FROM TO [SUBJECT]: through the instance's Postfix.
send_mail() {
	printf 'From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\ntest\r\n' \
		"<$1>" undisclosed:\; "${3:-test}" |
		curl -sS --max-time $long --url "smtp://127.0.0.1:$port_smtp" \
			--mail-from "$1" --mail-rcpt "$2" -T -
}

# maildir_of ADDRESS: the folder of its new mail.
maildir_of() {
	printf '%s/maildir/%s/%s/new\n' "$ANPI_VAR" "${1##*@}" "${1%@*}"
}

# mails_of ADDRESS: how many have come.
mails_of() {
	find -L "$(maildir_of "$1")" -type f 2>/dev/null | wc -l
}

has_mail() { # address, how many at least
	[ "$(mails_of "$1")" -ge "${2:-1}" ]
}
