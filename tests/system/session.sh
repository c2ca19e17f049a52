# session.sh - what tests of screens with a login share; after lib.sh
#
#   log_in NAME LOGIN PASSWORD     a session kept as NAME
#   enter ROLE                     likewise by a login of the role, as ROLE
#   visit NAME PATH [OPTIONS]      the status; the page is in $work/page
#   submit NAME PATH [OPTIONS]     a POST with the token of the session's pages
#   page                           the page last got
#   field NAME                     the value of a hidden field of it
#   location                       where it redirected to
#
# $work is a folder of the test's own.

log_in() {
	get /login -c "$work/$1.jar" -b "$work/$1.jar" -H "Origin: $site" \
		--data-urlencode "login=$2" --data-urlencode "password=$3" \
		-o /dev/null
}

enter() {
	log_in "$1" "$(login_of "$1")" "$(password_of "$1")"
}

visit() {
	local name=$1 path=$2

	shift 2
	get "$path" -b "$work/$name.jar" -o "$work/page" -D "$work/headers" \
		-w '%{http_code}' "$@"
	token >"$work/token.new"
	[ ! -s "$work/token.new" ] || mv "$work/token.new" "$work/$name.token"
}

token() {
	grep -o 'name="csrf" value="[^"]*"' "$work/page" | head -n 1 |
		sed 's/.*value="//; s/"$//'
}

submit() {
	visit "$1" "$2" -H "Origin: $site" \
		--data-urlencode "csrf=$(<"$work/$1.token")" "${@:3}"
}

page() {
	cat "$work/page"
}

field() {
	grep -o "name=\"$1\" value=\"[^\"]*\"" "$work/page" | head -n 1 |
		sed 's/.*value="//; s/"$//'
}

location() {
	tr -d '\r' <"$work/headers" | sed -n 's/^[Ll]ocation: //p'
}

# admin_of GROUP: the login of its first admin.
admin_of() {
	sql anpi -e "SELECT a.login FROM account a JOIN grp_admin g
		ON g.account = a.id WHERE g.grp = $1 ORDER BY a.id LIMIT 1"
}
