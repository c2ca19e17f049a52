/*
 * The shipped web_run in a child process as plain CGI, on the real database:
 * who comes in where, and what is refused.  What the children store is
 * committed, and removed at the end.
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/time.h"
#include "database.h"
#include "model/session.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

static char folder[] = "/tmp/anpi-run-XXXXXX";

/* The program under test ------------------------------------------------- */

static int fine(struct request *req)
{
	return page_file(req, "text/plain", "fine", "fine", strlen("fine"));
}

static int failing(struct request *req)
{
	(void)req;
	return 500;
}

static const struct route routes[] = {
	{ "GET", "/anyone", GUARD_ANYONE, fine },
	{ "POST", "/anyone", GUARD_ANYONE, fine },
	{ "GET", "/r/{token}", GUARD_LINK, fine },
	{ "POST", "/r/{token}", GUARD_LINK, fine },
	{ "GET", "/signed-in", GUARD_SIGNED_IN, fine },
	{ "POST", "/signed-in", GUARD_SIGNED_IN, fine },
	{ "GET", "/group-admin", GUARD_GROUP_ADMIN, fine },
	{ "GET", "/system-admin", GUARD_SYSTEM_ADMIN, fine },
	{ "POST", "/system-admin", GUARD_SYSTEM_ADMIN, fine },
	{ "GET", "/overseas-admin", GUARD_OVERSEAS_ADMIN, fine },
	{ "GET", "/operator", GUARD_OPERATOR, fine },
	{ "GET", "/auditor", GUARD_AUDITOR, fine },
	{ "GET", "/viewer", GUARD_VIEWER, fine },
	{ "GET", "/status", GUARD_STATUS, fine },
	{ "GET", "/local", GUARD_LOCAL, fine },
	{ "GET", "/failing", GUARD_ANYONE, failing },
	{ 0 },
};

/* One request ------------------------------------------------------------ */

struct ask {
	const char *method, *uri, *body;
	const char *cookie, *site, *origin, *type;
	const char *network; /* of the peer */
};

static void become_program(const struct ask *ask, const char *in,
			   const char *out)
{
	const char *body = ask->body == NULL ? "" : ask->body;
	char len[24];

	clearenv();
	snprintf(len, sizeof(len), "%zu", strlen(body));
	setenv("ANPI_CONF", folder, 1);
	setenv("REQUEST_METHOD", ask->method, 1);
	setenv("REQUEST_URI", ask->uri, 1);
	setenv("HTTP_HOST", "anpi.example", 1);
	setenv("REMOTE_ADDR", ask->network == NULL ? "192.0.2.1" : ask->network,
	       1);
	if (ask->body != NULL)
		setenv("CONTENT_LENGTH", len, 1);
	setenv("CONTENT_TYPE",
	       ask->type == NULL ? "application/x-www-form-urlencoded"
				 : ask->type,
	       1);
	if (ask->cookie != NULL)
		setenv("HTTP_COOKIE", ask->cookie, 1);
	if (ask->site != NULL)
		setenv("HTTP_SEC_FETCH_SITE", ask->site, 1);
	if (ask->origin != NULL)
		setenv("HTTP_ORIGIN", ask->origin, 1);
	if (freopen(in, "r", stdin) == NULL ||
	    freopen(out, "w", stdout) == NULL)
		_exit(1);
	exit(web_run(routes));
}

static const char *path_of(struct arena *a, const char *name)
{
	return arena_fmt(a, "%s/%s", folder, name);
}

static void write_file(struct arena *a, const char *name, const char *text)
{
	FILE *f = fopen(path_of(a, name), "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("%s", name);
}

/* The whole response, header and body. */
static const char *request(struct arena *a, const struct ask *ask)
{
	char *text = arena_alloc(a, 65536);
	int status;
	pid_t pid;
	FILE *f;

	write_file(a, "in", ask->body == NULL ? "" : ask->body);
	pid = fork();
	if (pid == 0)
		become_program(ask, path_of(a, "in"), path_of(a, "out"));
	waitpid(pid, &status, 0);
	check_int("exit status", status, 0);
	f = fopen(path_of(a, "out"), "r");
	assert_non_null(f);
	text[fread(text, 1, 65535, f)] = '\0';
	fclose(f);
	return text;
}

static int status_of(const char *response)
{
	return atoi(response + strlen("Status: "));
}

/* The database ----------------------------------------------------------- */

static int setup(void **state)
{
	struct arena *a = arena_new();
	struct db_config config = {
		.socket = getenv("ANPI_TEST_SOCKET"),
		.name = "anpi",
		.user = "root",
		.password = "",
		.timeout_s = 30,
	};
	struct db *db = db_open(&config);
	char here[4096];

	db->arena = a;
	*state = db;
	if (mkdtemp(folder) == NULL || config.socket == NULL)
		return -1;
	mkdir(path_of(a, "programs"), 0700);
	write_file(a, "anpi.hdf",
		   arena_fmt(a,
			     "Db.Socket = %s\nPath.Templates = %s/templates\n",
			     config.socket, getcwd(here, sizeof(here))));
	write_file(
		a,
		arena_fmt(a, "programs/%s.hdf", program_invocation_short_name),
		"Db.User = root\n");
	return 0;
}

static int teardown(void **state)
{
	struct db *db = *state;
	static const char *const names[] = { "in", "out", "anpi.hdf",
					     "programs/test_run.hdf" };

	database_do(db, "DELETE FROM session;"
			"DELETE FROM account WHERE login LIKE 'run-%';"
			"DELETE FROM audit WHERE network = '192.0.2.1'");
	for (size_t i = 0; i < LEN(names); i++)
		unlink(path_of(db->arena, names[i]));
	rmdir(path_of(db->arena, "programs"));
	rmdir(folder);
	arena_free(db->arena);
	db_close(db);
	return 0;
}

/* Logs a new account of the role in: its cookie, and the text that its forms
 * carry. */
static const char *begin(struct db *db, enum role role, bool confined,
			 const char **csrf)
{
	static int number;
	struct account acc = {
		.login = arena_fmt(db->arena, "run-%d", ++number),
		.name = "x",
		.role = role,
		.password_hash = "",
	};
	struct session_limits limits = { TIME_MINUTE, TIME_MINUTE };
	unsigned char id[SESSION_ID_LEN];
	struct session s;

	session_add(db, account_add(db, &acc), confined, time_now(), id);
	check_int("session", session_find(db, id, &limits, time_now(), &s), 1);
	*csrf = bytes_to_base64url(db->arena, s.csrf, sizeof(s.csrf));
	return arena_fmt(db->arena, "__Host-anpi=%s",
			 bytes_to_base64url(db->arena, id, sizeof(id)));
}

static const char *log_in(struct db *db, enum role role, const char **csrf)
{
	return begin(db, role, false, csrf);
}

/* Tests ------------------------------------------------------------------ */

static void test_guards(void **state)
{
	/* Status for nobody, system, group, overseas admin, operator,
	 * auditor. */
	static const struct {
		const char *uri;
		int want[ROLE_AUDITOR + 1];
	} rows[] = {
		{ "/anyone", { 200, 200, 200, 200, 200, 200 } },
		{ "/r/abc", { 200, 200, 200, 200, 200, 200 } },
		{ "/signed-in", { 303, 200, 200, 200, 200, 200 } },
		{ "/group-admin", { 303, 200, 200, 403, 403, 403 } },
		{ "/system-admin", { 303, 200, 403, 403, 403, 403 } },
		{ "/overseas-admin", { 303, 200, 403, 200, 403, 403 } },
		{ "/operator", { 303, 200, 403, 403, 200, 403 } },
		{ "/auditor", { 303, 200, 403, 403, 403, 200 } },
		{ "/viewer", { 303, 200, 200, 200, 200, 403 } },
		{ "/status", { 303, 200, 403, 403, 200, 200 } },
		{ "/local", { 403, 403, 403, 403, 403, 403 } },
	};
	struct db *db = *state;

	for (int role = ROLE_NONE; role <= ROLE_AUDITOR; role++) {
		const char *csrf, *cookie = NULL;

		if (role != ROLE_NONE)
			cookie = log_in(db, (enum role)role, &csrf);
		for (size_t i = 0; i < LEN(rows); i++) {
			struct ask ask = { .method = "GET",
					   .uri = rows[i].uri,
					   .cookie = cookie };

			check_int(arena_fmt(db->arena, "%s as %s", rows[i].uri,
					    role_name((enum role)role)),
				  status_of(request(db->arena, &ask)),
				  rows[i].want[role]);
		}
	}
	check_int("each refusal is audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'access refused'"
				   "   AND network = '192.0.2.1'"),
		  19);
}

static void test_confined(void **state)
{
	static const struct {
		const char *method, *uri;
		int want;
		const char *has;
	} rows[] = {
		{ "GET", "/signed-in", 200, "fine" },
		{ "POST", "/signed-in", 200, "fine" },
		{ "GET", "/anyone", 200, "fine" },
		{ "GET", "/system-admin", 303, "\nLocation: /account\r\n" },
		{ "GET", "/status", 303, "\nLocation: /account\r\n" },
		{ "POST", "/system-admin", 403, "確認コード" },
	};
	struct db *db = *state;
	const char *csrf;
	const char *cookie = begin(db, ROLE_SYSTEM_ADMIN, true, &csrf);
	const char *body = arena_fmt(db->arena, "csrf=%s", csrf);

	for (size_t i = 0; i < LEN(rows); i++) {
		bool post = strcmp(rows[i].method, "POST") == 0;
		struct ask ask = { .method = rows[i].method,
				   .uri = rows[i].uri,
				   .body = post ? body : NULL,
				   .cookie = cookie };
		const char *response = request(db->arena, &ask);

		check_int(rows[i].uri, status_of(response), rows[i].want);
		check_int(rows[i].uri, strstr(response, rows[i].has) != NULL,
			  1);
	}
}

static void test_local(void **state)
{
	static const struct {
		const char *network;
		int want;
	} rows[] = {
		{ "127.0.0.1", 200 },  { "::1", 200 },	     { "", 403 },
		{ "127.0.0.10", 403 }, { "192.0.2.1", 403 }, { "::2", 403 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct ask ask = { .method = "GET",
				   .uri = "/local",
				   .network = rows[i].network };

		check_int(rows[i].network, status_of(request(db->arena, &ask)),
			  rows[i].want);
	}
}

static void test_forgery(void **state)
{
	struct db *db = *state;
	const char *csrf, *other;
	const char *cookie = log_in(db, ROLE_OPERATOR, &csrf);
	const char *good, *twice, *foreign_token;

	log_in(db, ROLE_OPERATOR, &other);
	good = arena_fmt(db->arena, "csrf=%s", csrf);
	twice = arena_fmt(db->arena, "csrf=%s&csrf=%s", csrf, csrf);
	foreign_token = arena_fmt(db->arena, "csrf=%s", other);
	const struct {
		const char *name;
		struct ask ask;
		int want;
	} rows[] = {
		{ "right", { .body = good, .cookie = cookie }, 200 },
		{ "no token", { .body = "", .cookie = cookie }, 403 },
		{ "empty token", { .body = "csrf=", .cookie = cookie }, 403 },
		{ "token of another session",
		  { .body = foreign_token, .cookie = cookie },
		  403 },
		{ "token twice", { .body = twice, .cookie = cookie }, 403 },
		{ "no session", { .body = good }, 403 },
		{ "made-up session",
		  { .body = good, .cookie = "__Host-anpi=AAAA" },
		  403 },
		{ "right, but from another site",
		  { .body = good, .cookie = cookie, .site = "cross-site" },
		  403 },
		{ "right, but from a sister site",
		  { .body = good, .cookie = cookie, .site = "same-site" },
		  403 },
		{ "right, from our page",
		  { .body = good, .cookie = cookie, .site = "same-origin" },
		  200 },
		{ "our origin",
		  { .body = good,
		    .cookie = cookie,
		    .origin = "https://anpi.example" },
		  200 },
		{ "without referrer the origin is null",
		  { .body = good, .cookie = cookie, .origin = "null" },
		  200 },
		{ "another origin",
		  { .body = good,
		    .cookie = cookie,
		    .origin = "https://evil.example" },
		  403 },
		{ "our host without TLS",
		  { .body = good,
		    .cookie = cookie,
		    .origin = "http://anpi.example" },
		  403 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct ask ask = rows[i].ask;

		ask.method = "POST";
		ask.uri = "/signed-in";
		check_int(rows[i].name, status_of(request(db->arena, &ask)),
			  rows[i].want);
	}
}

static void test_requests(void **state)
{
	struct db *db = *state;
	struct str large = { .arena = db->arena };
	static const char *const methods[] = { "PUT", "DELETE", "TRACE" };

	for (int i = 0; i < 66000; i++)
		str_add_char(&large, 'a');
	const struct {
		const char *name;
		struct ask ask;
		int want;
	} rows[] = {
		{ "no such page", { .method = "GET", .uri = "/none" }, 404 },
		{ "not for GET",
		  { .method = "POST", .uri = "/operator" },
		  405 },
		{ "query", { .method = "GET", .uri = "/anyone?a=b" }, 200 },
		{ "encoded path",
		  { .method = "GET", .uri = "/%61nyone" },
		  404 },
		{ "POST by anyone",
		  { .method = "POST", .uri = "/anyone", .body = "a=1" },
		  200 },
		{ "POST by anyone from another site",
		  { .method = "POST",
		    .uri = "/anyone",
		    .body = "a=1",
		    .site = "cross-site" },
		  403 },
		{ "a link does not ask where from",
		  { .method = "POST",
		    .uri = "/r/abc",
		    .body = "a=1",
		    .site = "cross-site" },
		  200 },
		{ "no length", { .method = "POST", .uri = "/anyone" }, 400 },
		{ "too large",
		  { .method = "POST", .uri = "/anyone", .body = large.s },
		  413 },
		{ "another type",
		  { .method = "POST",
		    .uri = "/anyone",
		    .body = "{}",
		    .type = "application/json" },
		  400 },
		{ "broken body",
		  { .method = "POST", .uri = "/anyone", .body = "a=%zz" },
		  400 },
		{ "failure", { .method = "GET", .uri = "/failing" }, 500 },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  status_of(request(db->arena, &rows[i].ask)),
			  rows[i].want);
	for (size_t i = 0; i < LEN(methods); i++) {
		struct ask ask = { .method = methods[i], .uri = "/anyone" };

		check_int(methods[i], status_of(request(db->arena, &ask)), 405);
	}
}

static void test_headers(void **state)
{
	static const struct {
		const char *name, *method, *uri, *has, *has_not;
	} rows[] = {
		{ "not kept", "GET", "/anyone", "\nCache-Control: no-store\r\n",
		  NULL },
		{ "body", "GET", "/anyone", "\r\n\r\nfine", NULL },
		{ "HEAD has none", "HEAD", "/anyone", "Content-Length: 4\r\n",
		  "\r\n\r\nfine" },
		{ "what may be asked", "PUT", "/anyone",
		  "\nAllow: GET, POST\r\n", NULL },
		{ "where to log in", "GET", "/operator",
		  "\nLocation: /login?next=/operator\r\n", NULL },
		{ "a number to tell", "GET", "/failing", "受付番号", NULL },
		{ "charset", "GET", "/none",
		  "\nContent-Type: text/html; charset=UTF-8\r\n", NULL },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct ask ask = { .method = rows[i].method,
				   .uri = rows[i].uri };
		const char *response = request(db->arena, &ask);

		if (strstr(response, rows[i].has) == NULL)
			fail_msg("%s: %s", rows[i].name, response);
		if (rows[i].has_not != NULL &&
		    strstr(response, rows[i].has_not) != NULL)
			fail_msg("%s: %s", rows[i].name, response);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guards),
		cmocka_unit_test(test_confined),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_forgery),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
