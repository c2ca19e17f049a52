/*
 * login - begins and ends a session
 *
 *   GET  /login        the form; ?next= is the path to go on to
 *   POST /login        begins a session, or asks for the code of an account
 *                      that has a second factor
 *   POST /login/code   begins a session by that code
 *   POST /logout       ends it
 *
 * For anyone.  A wrong login and a wrong password look the same and take the
 * same time.  Between password and code there is no session: the form carries
 * a closed text, good for a few minutes, that says whose password was right.
 * Every try is audited.  Source: S3, V6, V7, IPA 4.
 */
#include "base/arena.h"
#include "base/log.h"
#include "base/password.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/second_factor.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"
#include "web/session.h"
#include "web/typed_code.h"

enum {
	NEXT_MAX = 200, /* characters of a path */
	CODE_MIN = 5,	/* minutes to type a code in */
};

/* What the process keeps. */
static const struct secret_keys *keys;

static const struct field fields[] = {
	{ "login", FIELD_TEXT, 1, ACCOUNT_LOGIN_MAX },
	{ "password", FIELD_SECRET, 1, ACCOUNT_PASSWORD_MAX },
	{ "next", FIELD_TEXT, 0, NEXT_MAX },
};

static const struct field code_fields[] = {
	{ "login", FIELD_TEXT, 1, ACCOUNT_LOGIN_MAX },
	{ "step", FIELD_TEXT, 1, SECRET_TEXT_MAX },
	{ "next", FIELD_TEXT, 0, NEXT_MAX },
	{ "code", FIELD_TEXT, 1, TYPED_CODE_MAX },
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
		const char *action, const char *detail)
{
	struct audit line = request_audit(req);

	line.account = acc == NULL ? 0 : acc->id;
	/* What was typed for a login may be a password: only names of ours. */
	line.actor = acc == NULL ? "unknown" : acc->login;
	line.action = action;
	line.detail = detail;
	return audit_add(req->db, &line);
}

/* The caller has counted it. */
static int refuse(struct request *req, const struct account *acc,
		  const char *detail, const char *words, const char *page)
{
	if (note(req, acc, "login failed", detail) < 0)
		return 500;
	page_set(req, "Refused", words);
	return page_show_status(req, 422, page);
}

/* 0 if a try may be made; else the status of the page that says no. */
static int delay(struct request *req, const struct account *acc)
{
	int64_t wait = account_wait(req->db, acc, req->network, req->now);
	int64_t minutes = (wait + TIME_MINUTE - 1) / TIME_MINUTE;

	if (wait == 0)
		return 0;
	if (wait < 0 || note(req, acc, "login delayed", "") < 0)
		return 500;
	page_set(req, "Refused",
		 arena_fmt(req->arena,
			   "失敗が続いたため、ログインを止めています。%"
			   "lld分後に試してください。",
			   (long long)minutes));
	return page_show_status(req, 429, "login.cs");
}

/* Beginning a session --------------------------------------------------------
 */

struct beginning {
	struct request *req;
	const struct account *acc;
	int64_t step; /* of the code; 0 without a second factor */
	int due;      /* a second factor is to be set up first */
};

static int begin(struct db *db, void *arg)
{
	struct beginning *b = arg;
	int used =
		b->step == 0 ? 1 : second_factor_use(db, b->acc->id, b->step);

	if (used <= 0)
		return used;
	b->due = b->step == 0 ? second_factor_is_due(db, b->acc->role) : 0;
	if (b->due < 0 ||
	    account_succeed(db, b->acc, b->req->network, b->req->now) < 0 ||
	    note(b->req, b->acc, "login",
		 b->step == 0 ? "by password" : "by password and code") < 0 ||
	    session_begin(b->req, b->acc->id, b->due > 0) < 0)
		return -1;
	return 1;
}

/* 0 if the code was taken meanwhile; else the status. */
static int let_in(struct request *req, const struct account *acc, int64_t step)
{
	struct beginning b = { .req = req, .acc = acc, .step = step };
	int rc = db_transaction(req->db, begin, &b);

	if (rc <= 0)
		return rc < 0 ? 500 : 0;
	return page_redirect(
		req, b.due > 0 ? "/account" : next_path(req, acc->role), 0);
}

/* The code -------------------------------------------------------------------
 *
 * Whose password was right is bound to the password: another one ends it.
 */

static const char *purpose_of(struct arena *a, const struct account *acc)
{
	return arena_fmt(a, "login of %lld by %s", (long long)acc->id,
			 acc->password_hash);
}

static int ask_code(struct request *req, const struct account *acc)
{
	int64_t ends = req->now + (int64_t)CODE_MIN * TIME_MINUTE;

	page_set(req, "Form.step",
		 secret_close(req->arena, keys, purpose_of(req->arena, acc),
			      arena_fmt(req->arena, "%lld", (long long)ends)));
	return page_show(req, "login_code.cs");
}

static bool is_password_known(struct request *req, const struct account *acc)
{
	const char *text =
		secret_open(req->arena, keys, purpose_of(req->arena, acc),
			    form_text(req, "step"));
	long long ends;

	return text != NULL && str_to_int(text, 1, INT64_MAX, &ends) &&
	       ends > req->now;
}

static int begin_anew(struct request *req)
{
	page_set(req, "Refused",
		 "時間が過ぎました。もう一度、ログイン名とパスワードを入力して"
		 "ください。");
	return page_show_status(req, 422, "login.cs");
}

static int login_by_code(struct request *req)
{
	struct second_factor factor;
	struct account acc;
	int64_t step;
	int rc;

	if (!form_read(req, code_fields, LEN(code_fields)))
		return page_show(req, "login_code.cs");
	rc = account_find(req->db, form_text(req, "login"), &acc);
	if (rc < 0)
		return 500;
	if (rc == 0 || acc.disabled || !is_password_known(req, &acc))
		return begin_anew(req);
	rc = delay(req, &acc);
	if (rc != 0)
		return rc;
	rc = second_factor_find(req->db, acc.id, &factor);
	if (rc <= 0)
		return rc < 0 ? 500 : begin_anew(req);
	step = second_factor_check(req->db, keys, acc.id, &factor,
				   typed_code(req, "code"), req->now);
	if (step < 0)
		return 500;
	rc = step == 0 ? 0 : let_in(req, &acc, step);
	if (rc != 0)
		return rc;
	if (account_fail_code(req->db, &acc, req->network, req->now) < 0)
		return 500;
	return refuse(req, &acc, "by code",
		      "確認コードが違うか、すでに使われています。アプリに次の"
		      "コードが出てから、入力してください。",
		      "login_code.cs");
}

/* The password -------------------------------------------------------------*/

static int login(struct request *req)
{
	struct account found, *acc = NULL;
	struct second_factor factor;
	bool right;
	int rc;

	if (!form_read(req, fields, LEN(fields)))
		return show(req);
	rc = account_find(req->db, form_text(req, "login"), &found);
	if (rc < 0)
		return 500;
	if (rc > 0)
		acc = &found;
	rc = delay(req, acc);
	if (rc != 0)
		return rc;
	/* Also for nobody: it takes the same time. */
	right = password_verify(acc == NULL ? NULL : acc->password_hash,
				form_text(req, "password"));
	if (acc == NULL || acc->disabled || !right)
		return account_fail(req->db, acc, req->network, req->now) < 0
			       ? 500
			       : refuse(req, acc, "by password",
					"ログイン名またはパスワードが違います"
					"。",
					"login.cs");
	rc = second_factor_find(req->db, acc->id, &factor);
	if (rc != 0)
		return rc < 0 ? 500 : ask_code(req, acc);
	return let_in(req, acc, 0);
}

/* Of an address typed in, or a page that was loaded again. */
static int back(struct request *req)
{
	return page_redirect(req, "/login", 0);
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
	{ "GET", "/login/code", GUARD_ANYONE, back },
	{ "POST", "/login/code", GUARD_ANYONE, login_by_code },
	{ "POST", "/logout", GUARD_SIGNED_IN, logout },
	{ 0 },
};

static void start(void)
{
	keys = secret_keys_configured("totp.key");
}

int main(void)
{
	static const struct web_options options = { .start = start };

	return web_run_with(routes, &options);
}
