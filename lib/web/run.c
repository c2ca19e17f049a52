#include "web/run.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "model/role.h"
#include "web/form.h"
#include "web/page.h"
#include "web/server.h"
#include "web/session.h"
#include "web/upload.h"

enum {
	BODY_MAX = 64 * 1024, /* bytes of a POST, if the screen is content */
	BODY_MOST = 1024 * 1024 * 1024,
	REFERENCE_LEN = 4, /* bytes, of the number on an error page */
	WAKE_S = 1,	   /* seconds between two looks at a waiting SIGTERM */
};

/* What a guard asks for; who has it says the table of model/role.c. */
static const struct {
	bool session;
	enum right right;
} guards[] = {
	[GUARD_ANYONE] = { false, 0 },
	[GUARD_LINK] = { false, 0 },
	[GUARD_SIGNED_IN] = { true, RIGHT_SIGNED_IN },
	[GUARD_GROUP_ADMIN] = { true, RIGHT_PEOPLE },
	[GUARD_SYSTEM_ADMIN] = { true, RIGHT_SYSTEM },
	[GUARD_OVERSEAS_ADMIN] = { true, RIGHT_OVERSEAS },
	[GUARD_OPERATOR] = { true, RIGHT_DECIDE },
	[GUARD_AUDITOR] = { true, RIGHT_AUDIT },
	[GUARD_VIEWER] = { true, RIGHT_COUNTS },
	[GUARD_STATUS] = { true, RIGHT_STATUS },
	[GUARD_LOCAL] = { false, 0 },
};

static const struct {
	int status;
	const char *reason, *title, *text;
} statuses[] = {
	{ 200, "OK", NULL, NULL },
	{ 303, "See Other", NULL, NULL },
	{ 400, "Bad Request", "送られた内容を読み取れませんでした",
	  "前の画面に戻り、入力をたしかめて、もう一度送ってください。" },
	{ 403, "Forbidden", "この画面を使う権限がありません",
	  "必要なときは、システム管理者に連絡してください。" },
	{ 404, "Not Found", "ページが見つかりません",
	  "アドレスをたしかめるか、最初の画面から開き直してください。" },
	{ 405, "Method Not Allowed", "この操作はできません",
	  "最初の画面から開き直してください。" },
	{ 413, "Content Too Large", "送られた内容が大きすぎます",
	  "前の画面に戻り、短くして、もう一度送ってください。" },
	{ 422, "Unprocessable Content", "入力に誤りがあります",
	  "前の画面に戻り、入力をたしかめて、もう一度送ってください。" },
	{ 429, "Too Many Requests", "しばらく待ってください",
	  "時間をおいて、もう一度試してください。" },
	{ 500, "Internal Server Error", "処理できませんでした",
	  "時間をおいて、もう一度試してください。続くときは、下の受付番号を添え"
	  "てシステム管理者に連絡してください。" },
	{ 503, "Service Unavailable", "いま使えません",
	  "時間をおいて、もう一度試してください。" },
};

static size_t body_max = BODY_MAX;
static const char *upload_path; /* NULL: no route takes a file */
static size_t upload_max = UPLOAD_MAX;

/* Stopping: SIGTERM ends the process between two requests.  The alarm wakes a
 * wait for the next one that began just before the signal came. */
static void on_signal(int signal)
{
	(void)signal;
	server_stop();
	alarm(WAKE_S);
}

void web_end(void)
{
	raise(SIGTERM);
}

static void watch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* Pages of trouble -----------------------------------------------------------
 */

static size_t status_index(int status)
{
	for (size_t i = 0; i < LEN(statuses); i++)
		if (statuses[i].status == status)
			return i;
	return status_index(500);
}

/* A page of last resort, should the template itself be the trouble. */
static void show_bare(struct request *req, int status)
{
	static const char body[] =
		"<!DOCTYPE html><html lang=\"ja\"><title>安否確認</title>"
		"<p>"
		"処理できませんでした。時間をおいて、もう一度試してください。";

	req->response.status = status;
	req->response.type = "text/html; charset=UTF-8";
	req->response.body = body;
	req->response.len = strlen(body);
}

static void show_trouble(struct request *req, int status, const char *title,
			 const char *text)
{
	const char *headers = req->response.headers;

	page_set_int(req, "Trouble.status", status);
	page_set(req, "Trouble.title", title);
	page_set(req, "Trouble.text", text);
	if (page_show_status(req, status, "error.cs") != status)
		show_bare(req, status);
	req->response.headers = headers;
}

static void show_status(struct request *req, int status)
{
	size_t i = status_index(status);

	show_trouble(req, status, statuses[i].title, statuses[i].text);
}

/* The number lets whoever is told of it find the lines above in the log. */
static void show_failure(struct request *req, const char *path, int status)
{
	unsigned char bytes[REFERENCE_LEN];
	const char *reference;

	bytes_random(bytes, sizeof(bytes));
	reference = bytes_to_hex(req->arena, bytes, sizeof(bytes));
	log_error("request failed reference=%s status=%d method=%s route=%s",
		  reference, status, req->method, path);
	page_set(req, "Trouble.reference", reference);
	show_status(req, status);
}

/* Reading --------------------------------------------------------------------
 */

static bool has_form_type(const struct request *req)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = request_env(req, "CONTENT_TYPE");

	return strncasecmp(type, form, strlen(form)) == 0 &&
	       strchr("; \t", type[strlen(form)]) != NULL;
}

static enum charset body_charset(const struct request *req)
{
	const char *type = request_env(req, "CONTENT_TYPE");

	return strcasestr(type, "shift_jis") == NULL ? CHARSET_UTF8
						     : CHARSET_SHIFT_JIS;
}

/* 0, or the status to answer with. */
static int read_body(struct request *req)
{
	long long len;
	char *body;

	if (!str_to_int(request_env(req, "CONTENT_LENGTH"), 0, BODY_MOST, &len))
		return 400;
	if ((size_t)len > body_max)
		return 413;
	if (len > 0 && !has_form_type(req))
		return 400;
	body = arena_alloc(req->arena, (size_t)len + 1);
	if (server_read(body, (size_t)len) != (size_t)len)
		return 400;
	req->read_all = true;
	if (request_parse(req->arena, body, (size_t)len, body_charset(req),
			  &req->params) < 0)
		return 400;
	return 0;
}

static bool is_upload(const struct route *route)
{
	return upload_path != NULL && strcmp(route->path, upload_path) == 0;
}

/* What is left of the body, as upload_source wants it. */
static size_t read_on(void *arg, char *bytes, size_t len)
{
	size_t *left = arg, n;

	if (len > *left)
		len = *left;
	n = len == 0 ? 0 : server_read(bytes, len);
	*left = n < len ? 0 : *left - n;
	return n;
}

static size_t upload_left; /* bytes of the body not read yet */

/* The fields of a form with a file; the file itself waits.  Only for somebody
 * the guard lets in: nobody else's bytes are read. */
static int read_fields(struct request *req)
{
	struct upload *u =
		upload_open(req->arena, request_env(req, "CONTENT_TYPE"),
			    read_on, &upload_left);
	int rc = u == NULL ? -1 : upload_fields(u, &req->params);

	if (rc > 0)
		req->upload = u;
	return rc < 0 ? 400 : 0;
}

static int begin_upload(struct request *req)
{
	long long len;

	upload_left = 0;
	if (!str_to_int(request_env(req, "CONTENT_LENGTH"), 0, BODY_MOST, &len))
		return 400;
	if ((size_t)len > upload_max)
		return 413;
	upload_left = (size_t)len;
	return 0;
}

/* A browser that is still sending does not hear an answer. */
static void drain_upload(void)
{
	char bytes[4096];

	while (read_on(&upload_left, bytes, sizeof(bytes)) > 0)
		;
	memset(bytes, 0, sizeof(bytes));
}

static int read_query(struct request *req)
{
	if (request_parse(req->arena, req->query, strlen(req->query),
			  CHARSET_UTF8, &req->params) < 0)
		return 400;
	return 0;
}

/* Guards ---------------------------------------------------------------------
 */

/* True if the browser says that another site made this request.  Our pages
 * send no referrer, so Origin may be "null": then Sec-Fetch-Site or the token
 * decides. */
static bool is_foreign(const struct request *req)
{
	const char *site = request_env(req, "HTTP_SEC_FETCH_SITE");
	const char *origin = request_env(req, "HTTP_ORIGIN");
	const char *host = request_env(req, "HTTP_HOST");

	if (*site != '\0')
		return strcmp(site, "same-origin") != 0;
	if (*origin == '\0' || strcmp(origin, "null") == 0)
		return false;
	return !str_begins(origin, "https://") ||
	       strcasecmp(origin + strlen("https://"), host) != 0;
}

/* In constant time, since the text is a secret. */
static bool is_same(const char *a, const char *b)
{
	size_t len = strlen(a);
	unsigned char differ = 0;

	if (len == 0 || strlen(b) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		differ |= (unsigned char)(a[i] ^ b[i]);
	return differ == 0;
}

static bool has_csrf(const struct request *req)
{
	const char *sent = NULL;

	for (struct param *p = req->params; p != NULL; p = p->next) {
		if (strcmp(p->name, "csrf") != 0)
			continue;
		if (sent != NULL)
			return false;
		sent = p->text;
	}
	return sent != NULL && is_same(sent, req->csrf);
}

static void ask_for_login(struct request *req)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789/-_.";

	if (strcmp(req->method, "GET") != 0) {
		show_trouble(req, 403, "ログインし直してください",
			     "ログインの期限が切れました。別の画面でログインし"
			     "、この画面に戻って読み込み直してから、もう一度送"
			     "ってください。");
		return;
	}
	if (req->path[strspn(req->path, safe)] != '\0' ||
	    strcmp(req->path, "/") == 0)
		page_redirect(req, "/login", 0);
	else
		page_redirect(
			req, arena_fmt(req->arena, "/login?next=%s", req->path),
			0);
}

/* A second factor first: until it is set up there is only the page for it. */
static void ask_for_second_factor(struct request *req)
{
	if (strcmp(req->method, "GET") == 0)
		page_redirect(req, "/account", 0);
	else
		show_trouble(req, 403, "先に確認コードを設定してください",
			     "右上の名前を押し、確認コードを設定してから、もう"
			     "一度送ってください。");
}

static void refuse(struct request *req, const struct route *route,
		   const char *why)
{
	struct audit line = request_audit(req);

	line.action = "access refused";
	line.object =
		arena_fmt(req->arena, "%s %s", route->method, route->path);
	line.detail = why;
	log_warn("access refused account=%" PRId64 " route=%s why=%s",
		 req->account, route->path, why);
	if (audit_add(req->db, &line) < 0)
		show_failure(req, route->path, 500);
	else if (strcmp(why, "role") == 0)
		show_status(req, 403);
	else
		show_trouble(req, 403, "この画面は古くなっています",
			     "前の画面に戻って読み込み直し、もう一度送ってくだ"
			     "さい。");
}

/* True if the peer is a program of this machine. */
static bool is_local(const struct request *req)
{
	return str_eq(req->network, "127.0.0.1") || str_eq(req->network, "::1");
}

/* True if the request may go on; else its page is made. */
static bool passes(struct request *req, const struct route *route)
{
	bool post = strcmp(req->method, "POST") == 0;
	int found, status;

	if (route->guard == GUARD_LINK)
		return true;
	if (route->guard == GUARD_LOCAL && !is_local(req)) {
		log_warn("access refused route=%s why=network", route->path);
		show_status(req, 403);
		return false;
	}
	if (guards[route->guard].session) {
		found = session_open(req);
		if (found < 0)
			show_failure(req, route->path, 500);
		else if (found == 0)
			ask_for_login(req);
		if (found <= 0)
			return false;
		if (req->confined && route->guard != GUARD_SIGNED_IN) {
			ask_for_second_factor(req);
			return false;
		}
		if (!role_may(req->role, guards[route->guard].right)) {
			refuse(req, route, "role");
			return false;
		}
		/* Now that it is somebody. */
		if (post && is_upload(route)) {
			status = read_fields(req);
			if (status != 0) {
				show_status(req, status);
				return false;
			}
		}
		if (post && !has_csrf(req)) {
			refuse(req, route, "csrf");
			return false;
		}
	}
	if (post && is_foreign(req)) {
		refuse(req, route, "foreign");
		return false;
	}
	return true;
}

/* One request ----------------------------------------------------------------
 */

/* The route, or NULL; then *allow is what the path would take, NULL if there
 * is no such path. */
static const struct route *find(struct request *req, const struct route *routes,
				const char **allow)
{
	*allow = NULL;
	for (const struct route *r = routes; r->method != NULL; r++) {
		if (!request_match(req, r->path))
			continue;
		if (strcmp(r->method, req->method) == 0)
			return r;
		*allow = *allow == NULL ? r->method
					: arena_fmt(req->arena, "%s, %s",
						    *allow, r->method);
	}
	return NULL;
}

static void call(struct request *req, const struct route *route)
{
	int status = strcmp(req->method, "POST") != 0 ? read_query(req)
		     : is_upload(route)		      ? begin_upload(req)
						      : read_body(req);

	if (status == 0 && !passes(req, route))
		return;
	if (status == 0)
		status = route->handler(req);
	if (status == req->response.status)
		return;
	if (status >= 500)
		show_failure(req, route->path, status);
	else
		show_status(req, status);
}

static void answer(struct request *req, const struct route *routes)
{
	const struct route *route;
	const char *allow;

	route = find(req, routes, &allow);
	if (route != NULL) {
		call(req, route);
	} else if (allow != NULL) {
		show_status(req, 405);
		page_header(req, "Allow", allow);
	} else {
		show_status(req, 404);
	}
}

static void write_answer(const struct request *req, bool with_body)
{
	const struct response *r = &req->response;
	const char *head = arena_fmt(
		req->arena,
		"Status: %d %s\r\nContent-Type: %s\r\n"
		"Cache-Control: no-store\r\nContent-Length: %zu\r\n%s\r\n",
		r->status, statuses[status_index(r->status)].reason, r->type,
		r->len, r->headers == NULL ? "" : r->headers);

	server_write(head, strlen(head));
	if (with_body)
		server_write(r->body, r->len);
}

static void serve(struct request *req, const struct route *routes)
{
	bool head;

	request_open(req);
	req->read_all = *request_env(req, "CONTENT_LENGTH") == '\0';
	head = strcmp(req->method, "HEAD") == 0;
	if (head)
		req->method = "GET";
	upload_left = 0;
	answer(req, routes);
	if (req->account != 0)
		drain_upload();
	write_answer(req, !head);
}

int web_run_with(const struct route *routes, const struct web_options *options)
{
	struct arena *arena = arena_new();
	char **env;
	struct db *db;

	log_open(program_invocation_short_name);
	config_open(program_invocation_short_name);
	upload_path = options->upload;
	if (options->upload_max != 0)
		upload_max = options->upload_max;
	if (options->body_max != 0)
		body_max = options->body_max;
	db = db_open_configured();
	db->arena = arena;
	if (options->start != NULL)
		options->start();
	watch_signals();
	while (server_next(&env)) {
		struct request req = { .db = db, .arena = arena, .env = env };

		serve(&req, routes);
		server_finish(req.read_all);
		arena_reset(arena);
	}
	db_close(db);
	arena_free(arena);
	return 0;
}

int web_run(const struct route *routes)
{
	static const struct web_options none;

	return web_run_with(routes, &none);
}
