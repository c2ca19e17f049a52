# env.sh - what the scripts of a private instance share; sourced, never run
#
# An instance is one folder, ANPI_VAR, and ten ports from ANPI_PORT on:
#
#   +0 https   +1 http (redirects)   +2 SMTP in   +3 feeds (http)
#   +4 SMTP sink of the benchmark    +5 status    +6..+9 free
#
# Everything listens on loopback, or on Unix sockets in run/ and db/.  Two
# instances share nothing.  The folders above ANPI_VAR may be closed to
# everybody else (mode 0700): no other Unix user has to come through them.
#
#   ANPI_VAR     default var/ in the source tree
#   ANPI_PORT    default 8443
#   ANPI_PEOPLE  made-up staff, default 11500
#   ANPI_MAIL    maildir (default) or sink: where Postfix delivers to
#   ANPI_DB_POOL InnoDB buffer pool, default 512M
set -euo pipefail
umask 077

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
instance=$repo/etc/instance
mkdir -p "${ANPI_VAR:=$repo/var}"
ANPI_VAR=$(cd "$ANPI_VAR" && pwd -P)
: "${ANPI_PORT:=8443}" "${ANPI_PEOPLE:=11500}" "${ANPI_MAIL:=maildir}"
: "${ANPI_DB_POOL:=512M}"
ANPI_CONF=$ANPI_VAR/etc
export ANPI_VAR ANPI_PORT ANPI_PEOPLE ANPI_MAIL ANPI_DB_POOL ANPI_CONF
PATH=$PATH:/usr/sbin:/sbin

port_https=$ANPI_PORT
port_http=$((ANPI_PORT + 1))
port_smtp=$((ANPI_PORT + 2))
port_feed=$((ANPI_PORT + 3))
port_sink=$((ANPI_PORT + 4))
port_status=$((ANPI_PORT + 5))

log=$ANPI_VAR/log
run=$ANPI_VAR/run
db_sock=$ANPI_VAR/db/sock
me=$(id -un)
build=${ANPI_BUILD:-$repo/build}

say() {
	printf '%s\n' "$*"
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

case $ANPI_VAR in
*[!A-Za-z0-9_./+-]*)
	die "ANPI_VAR must be a path of letters, figures and _ . / + -" ;;
esac

# A Unix socket's path may have 107 bytes; where ANPI_VAR is longer, the
# sockets live in a folder of our own below /tmp.
if [ ${#ANPI_VAR} -gt 80 ]; then
	run=/tmp/anpi-$(id -u)-$(printf %s "$ANPI_VAR" | cksum | cut -d' ' -f1)
	db_sock=$run/db
fi

# Runs a command as root; only Postfix and packages need it.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# Writes stdin to a file, in one step and only if that changes it.  Returns 0
# if it did, else 1.  The second argument is the mode.
put() {
	local file=$1 mode=${2:-600} new

	new=$(mktemp "$ANPI_VAR/.put.XXXXXX")
	cat >"$new"
	if cmp -s "$new" "$file"; then
		rm -f "$new"
		return 1
	fi
	chmod "$mode" "$new"
	mv -f "$new" "$file"
}

# A random secret of so many bytes, as hex.
secret() {
	openssl rand -hex "$1"
}

# True if the process lives and is of this instance: its folder or its command
# line lies within ANPI_VAR.  A pid file may be older than the process that
# bears its number now.  Programs that hold the private key hide their folder;
# they are known by where they were built.
is_ours() {
	local pid=$1 cwd args

	[ -n "$pid" ] && [ -d "/proc/$pid" ] || return 1
	cwd=$(readlink "/proc/$pid/cwd" 2>/dev/null) || cwd=hidden
	args=$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) || args=
	case "$cwd/" in
	"$ANPI_VAR"/*) return 0 ;;
	esac
	case $args in
	*"$ANPI_VAR/"*) return 0 ;;
	"$build/bin/deliver "*) [ "$cwd" = hidden ] && return 0 ;;
	esac
	return 1
}

# Prints the process of a pid file if it runs and is ours, else fails.
running() {
	local pid

	[ -s "$1" ] || return 1
	read -r pid <"$1" || true
	is_ours "$pid" || return 1
	printf '%s\n' "$pid"
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
	local end=$((SECONDS + $1)) what=$2

	shift 2
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || die "$what: no success in time;" \
			"see $log"
		sleep 0.1
	done
}

# True if the process is gone; a dead one that its parent has not noticed
# counts as gone.
is_gone() {
	local state

	[ -e "/proc/$1" ] || return 0
	state=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c1) || true
	[ -z "$state" ] || [ "$state" = Z ]
}

# stop_pid PIDFILE: ends the process and what it left, waits, removes the file.
# Each server leads a process group of its own, so that the workers of one that
# was killed are found.
stop_pid() {
	local leader= pid

	[ ! -s "$1" ] || read -r leader <"$1" || true
	[ -n "$leader" ] || return 0
	for pid in $leader $(ps -e -o pgid=,pid= |
		awk -v group="$leader" '$1 == group { print $2 }'); do
		is_ours "$pid" || continue
		kill -TERM "$pid" 2>/dev/null || continue
		wait_for 60 "end of process $pid" is_gone "$pid"
	done
	rm -f "$1"
}

# listens PORT: somebody accepts connections there.
listens() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Fails with a clear word if another program has the port.
need_port() {
	! listens "$1" || die "port $1 is taken by another program;" \
		"set ANPI_PORT"
}

# The admin of the instance's MariaDB is the Unix user who runs it.
sql() {
	mariadb --no-defaults --socket="$db_sock" --user="$me" \
		--default-character-set=utf8mb4 --batch --skip-column-names "$@"
}

# Programs of cgi-bin/ and cron/ that are built.
screens() {
	find "$build/cgi-bin" -maxdepth 1 -type f -executable -printf '%f\n' \
		2>/dev/null | sort
}

tools() {
	find "$build/bin" -maxdepth 1 -type f -executable -printf '%f\n' \
		2>/dev/null | sort
}

# pools.conf without comments: program, processes, routes.
pool_table() {
	grep -v '^#' "$instance/pools.conf"
}
