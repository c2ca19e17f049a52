/*
 * login - begins and ends a session
 *
 *   GET  /login    the form; ?next= is the path to go on to
 *   POST /login    begins a session
 *   POST /logout   ends it
 *
 * For anyone.  A wrong login and a wrong password look the same and take the
 * same time.  Every try is audited.  Source: S3, V6, V7, IPA 4.
 */
#include "base/arena.h"
#include "base/log.h"
#include "base/password.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/account.h"
#include "model/audit.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"
#include "web/session.h"

enum { NEXT_MAX = 200 }; /* characters of a path */

static const struct field fields[] = {
	{ "login", FIELD_TEXT, 1, ACCOUNT_LOGIN_MAX },
	{ "password", FIELD_SECRET, 1, ACCOUNT_PASSWORD_MAX },
	{ "next", FIELD_TEXT, 0, NEXT_MAX },
};

static const struct field query[] = {
	{ "next", FIELD_TEXT, 0, NEXT_MAX },
};

static int show(struct request *req)
{
	return page_show(req, "login.cs");
}

static int form(struct request *req)
{
	form_read(req, query, LEN(query));
	return show(req);
}

/* Where to go on: paths of ours only, or this would send people anywhere. */
static const char *next_path(const struct request *req, enum role role)
{
	const char *next = form_text(req, "next");

	if (next[0] == '/' && next[1] != '/' && next[1] != '\\')
		return next;
	return role_home(role);
}

static int note(struct request *req, const struct account *acc,
		const char *action)
{
	struct audit line = request_audit(req);

	line.account = acc == NULL ? 0 : acc->id;
	/* What was typed for a login may be a password: only names of ours. */
	line.actor = acc == NULL ? "unknown" : acc->login;
	line.action = action;
	return audit_add(req->db, &line);
}

static int refuse(struct request *req, const struct account *acc)
{
	if (account_fail(req->db, acc, req->network, req->now) < 0 ||
	    note(req, acc, "login failed") < 0)
		return 500;
	page_set(req, "Refused", "ログイン名またはパスワードが違います。");
	return page_show_status(req, 422, "login.cs");
}

static int delay(struct request *req, const struct account *acc, int64_t wait)
{
	int64_t minutes = (wait + TIME_MINUTE - 1) / TIME_MINUTE;

	if (note(req, acc, "login delayed") < 0)
		return 500;
	page_set(req, "Refused",
		 arena_fmt(req->arena,
			   "失敗が続いたため、ログインを止めています。%"
			   "lld分後に試してください。",
			   (long long)minutes));
	return page_show_status(req, 429, "login.cs");
}

struct beginning {
	struct request *req;
	const struct account *acc;
};

static int begin(struct db *db, void *arg)
{
	const struct beginning *b = arg;

	/* A transaction may be tried again: one cookie only. */
	b->req->response.headers = NULL;
	if (account_succeed(db, b->acc, b->req->now) < 0 ||
	    note(b->req, b->acc, "login") < 0)
		return -1;
	return session_begin(b->req, b->acc->id);
}

static int login(struct request *req)
{
	struct account found, *acc = NULL;
	struct beginning beginning;
	int64_t wait;
	bool right;
	int rc;

	if (!form_read(req, fields, LEN(fields)))
		return show(req);
	rc = account_find(req->db, form_text(req, "login"), &found);
	if (rc < 0)
		return 500;
	if (rc > 0)
		acc = &found;
	wait = account_wait(req->db, acc, req->network, req->now);
	if (wait != 0)
		return wait < 0 ? 500 : delay(req, acc, wait);
	/* Also for nobody: it takes the same time. */
	right = password_verify(acc == NULL ? NULL : acc->password_hash,
				form_text(req, "password"));
	if (acc == NULL || acc->disabled || !right)
		return refuse(req, acc);
	beginning = (struct beginning){ req, acc };
	if (db_transaction(req->db, begin, &beginning) < 0)
		return 500;
	return page_redirect(req, next_path(req, acc->role), 0);
}

static int logout(struct request *req)
{
	struct audit line = request_audit(req);

	line.action = "logout";
	if (audit_add(req->db, &line) < 0 || session_close(req) < 0)
		return 500;
	return page_redirect(req, "/login", 0);
}

static const struct route routes[] = {
	{ "GET", "/login", GUARD_ANYONE, form },
	{ "POST", "/login", GUARD_ANYONE, login },
	{ "POST", "/logout", GUARD_SIGNED_IN, logout },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
