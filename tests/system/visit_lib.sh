# visit_lib.sh - a browser with a session, as far as tests need one; sourced
# after lib.sh by a test that has a folder $work
#
#   log_in ROLE                a new session; log_in_as LOGIN PASSWORD
#   visit PATH [OPTIONS]       the status; the page is $work/page
#   submit PATH [OPTIONS]      a POST with the token of the last page
#   field NAME                 the value of a hidden field of that page

field() {
	grep -o "name=\"$1\" value=\"[^\"]*\"" "$work/page" | head -n 1 |
		sed 's/.*value="//; s/"$//'
}

visit() { # path, options
	get "$@" -b "$work/jar" -c "$work/jar" -o "$work/page" \
		-w '%{http_code}'
}

submit() { # path, options: with the token of the last page that had one
	[ -z "$(field csrf)" ] || field csrf >"$work/csrf"
	visit "$1" --data-urlencode "csrf=$(cat "$work/csrf" 2>/dev/null)" \
		-H "Origin: $site" "${@:2}"
}

log_in_as() { # login, password
	rm -f "$work/jar"
	visit /login >/dev/null
	submit /login --data-urlencode "login=$1" \
		--data-urlencode "password=$2" >/dev/null
}

log_in() { # role
	log_in_as "$(login_of "$1")" "$(password_of "$1")"
}
