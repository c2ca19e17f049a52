/*
 * bare - the least that a FastCGI program with a database can do
 *
 *   GET  /?ID        renders a template parsed once, after one prepared SELECT
 *                    by primary key; with "&done" the page may say so
 *   POST /?ID        one durable upsert by primary key, then a 303 to the same
 *                    with "&done"
 *
 * What make bench compares respond with: the same libraries, the same page
 * length (BARE_TEMPLATE names the template file), and nothing of what makes
 * respond safe.  BARE_SOCKET, BARE_USER, BARE_PASSWORD: the database, in
 * which table bare.answer(id, name, state) stands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_FCGI_DEFINES
#include <fcgiapp.h>
#include <mysql.h>
#include <ClearSilver.h>

static MYSQL *mysql;
static MYSQL_STMT *select_stmt, *upsert_stmt;

static void die(const char *what)
{
	fprintf(stderr, "bare: %s: %s\n", what,
		mysql == NULL ? "" : mysql_error(mysql));
	exit(1);
}

static MYSQL_STMT *prepare(const char *sql)
{
	MYSQL_STMT *s = mysql_stmt_init(mysql);

	if (s == NULL || mysql_stmt_prepare(s, sql, strlen(sql)) != 0)
		die(sql);
	return s;
}

static void connect_database(void)
{
	mysql = mysql_init(NULL);
	if (mysql_real_connect(mysql, NULL, getenv("BARE_USER"),
			       getenv("BARE_PASSWORD"), "bare", 0,
			       getenv("BARE_SOCKET"), 0) == NULL)
		die("connect");
	select_stmt = prepare("SELECT name, state FROM answer WHERE id = ?");
	upsert_stmt = prepare("INSERT INTO answer (id, name, state)"
			      " VALUES (?, 'x', ?)"
			      " ON DUPLICATE KEY UPDATE state = VALUES(state)");
}

static void run_select(long long id, char *name, unsigned long cap,
		       long long *state)
{
	unsigned long len = 0;
	MYSQL_BIND in = {
		.buffer_type = MYSQL_TYPE_LONGLONG,
		.buffer = &id,
	};
	MYSQL_BIND out[] = {
		{ .buffer_type = MYSQL_TYPE_STRING,
		  .buffer = name,
		  .buffer_length = cap - 1,
		  .length = &len },
		{ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = state },
	};

	if (mysql_stmt_bind_param(select_stmt, &in) != 0 ||
	    mysql_stmt_execute(select_stmt) != 0 ||
	    mysql_stmt_bind_result(select_stmt, out) != 0)
		die("select");
	if (mysql_stmt_fetch(select_stmt) != 0)
		len = 0;
	name[len < cap ? len : cap - 1] = '\0';
	mysql_stmt_free_result(select_stmt);
}

static void run_upsert(long long id, long long state)
{
	MYSQL_BIND in[] = {
		{ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &id },
		{ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &state },
	};

	if (mysql_stmt_bind_param(upsert_stmt, in) != 0 ||
	    mysql_stmt_execute(upsert_stmt) != 0)
		die("upsert");
}

static NEOERR *append(void *arg, char *text)
{
	return string_append(arg, text);
}

static void check(NEOERR *err)
{
	if (err != STATUS_OK) {
		nerr_log_error(err);
		exit(1);
	}
}

static CSPARSE *parse(HDF *base)
{
	CSPARSE *cs = NULL;

	check(hdf_set_value(base, "Config.VarEscapeMode", "html"));
	check(cs_init(&cs, base));
	check(cs_parse_file(cs, getenv("BARE_TEMPLATE")));
	return cs;
}

static void show(CSPARSE *cs, HDF *base, FCGX_Stream *out, long long id,
		 const char *query)
{
	char name[200];
	long long state = 0;
	STRING page;
	HDF *hdf;

	run_select(id, name, sizeof(name), &state);
	check(hdf_init(&hdf));
	check(hdf_set_value(hdf, "Person.name", name));
	check(hdf_set_int_value(hdf, "Person.state", (int)state));
	if (query != NULL && strstr(query, "done") != NULL)
		check(hdf_set_value(hdf, "Person.done", "1"));
	string_init(&page);
	cs->hdf = hdf;
	check(cs_render(cs, &page, append));
	cs->hdf = base;
	FCGX_PutS("Content-Type: text/html; charset=UTF-8\r\n\r\n", out);
	FCGX_PutStr(page.buf, page.len, out);
	string_clear(&page);
	hdf_destroy(&hdf);
}

int main(void)
{
	FCGX_Request req;
	HDF *base;
	CSPARSE *cs;
	long long posts = 0;

	check(hdf_init(&base));
	cs = parse(base);
	connect_database();
	if (FCGX_Init() != 0 || FCGX_InitRequest(&req, 0, 0) != 0)
		die("fcgi");
	while (FCGX_Accept_r(&req) == 0) {
		const char *query = FCGX_GetParam("QUERY_STRING", req.envp);
		const char *method = FCGX_GetParam("REQUEST_METHOD", req.envp);
		long long id = query == NULL ? 0 : strtoll(query, NULL, 10);
		char body[1024];

		if (method != NULL && strcmp(method, "POST") == 0) {
			FCGX_GetStr(body, sizeof(body), req.in);
			run_upsert(id, ++posts);
			FCGX_FPrintF(req.out,
				     "Status: 303 See Other\r\n"
				     "Location: /bare?%d&done\r\n\r\n",
				     (int)id);
		} else {
			show(cs, base, req.out, id, query);
		}
		FCGX_Finish_r(&req);
	}
	return 0;
}
