/*
 * account - one's own account: its second factor
 *
 *   GET  /account            whether there is one
 *   POST /account/code       against the password: a new secret, to be read
 *                            by an app
 *   POST /account/code/on    sets it up by the first code of the app
 *   POST /account/code/off   against the password: gives it up
 *
 * For whoever is logged in, also with a session that opens nothing else.  The
 * new secret is nowhere but on the page until its first code was typed: the
 * form carries it closed.  What changes how one logs in ends all sessions of
 * the account but this one.  Source: S3, V6.3.3, V6.5, V7.4.3, V7.5.1.
 */
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/password.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/time.h"
#include "base/totp.h"
#include "db/db.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/second_factor.h"
#include "model/session.h"
#include "web/form.h"
#include "web/page.h"
#include "web/qr.h"
#include "web/run.h"
#include "web/session.h"
#include "web/typed_code.h"

enum { PENDING_MIN = 15 }; /* minutes to set up an app */

/* What the process keeps. */
static const struct secret_keys *keys;

static const struct field query[] = {
	{ "done", FIELD_CHOICE("on off"), 0, 1 },
};

static const struct field password_fields[] = {
	{ "password", FIELD_SECRET, 1, ACCOUNT_PASSWORD_MAX },
};

static const struct field code_fields[] = {
	{ "pending", FIELD_TEXT, 1, SECRET_TEXT_MAX },
	{ "code", FIELD_TEXT, 1, TYPED_CODE_MAX },
};

/* The page -------------------------------------------------------------------
 */

static int show(struct request *req)
{
	struct second_factor factor;
	int found = second_factor_find(req->db, req->account, &factor);
	int due = second_factor_is_due(req->db, req->role);

	if (found < 0 || due < 0)
		return 500;
	if (found > 0)
		page_set(req, "Factor.since",
			 time_show(req->arena, factor.since));
	page_set_int(req, "Factor.due", due);
	page_set_int(req, "Factor.confined", req->confined);
	page_set(req, "Home", role_home(req->role));
	return page_show(req, "account.cs");
}

static int show_own(struct request *req)
{
	form_read(req, query, LEN(query));
	return show(req);
}

/* Of an address typed in, or a page that was loaded again. */
static int back(struct request *req)
{
	return page_redirect(req, "/account", 0);
}

/* The password ---------------------------------------------------------------
 */

static int note(struct request *req, const char *action)
{
	struct audit line = request_audit(req);

	line.action = action;
	line.object = arena_fmt(req->arena, "account %s", req->login);
	return audit_add(req->db, &line);
}

static int say(struct request *req, const char *words)
{
	form_error(req, "password", words);
	return show(req);
}

/* 0 if the password of the form is that of the account; else the status.
 * Whoever found a session open may guess no better than at the login. */
static int prove(struct request *req)
{
	struct account acc;
	int64_t wait;

	if (!form_read(req, password_fields, LEN(password_fields)))
		return show(req);
	if (account_find(req->db, req->login, &acc) <= 0)
		return 500;
	wait = account_wait(req->db, &acc, req->network, req->now);
	if (wait < 0)
		return 500;
	if (wait > 0)
		return say(req, "失敗が続いたため、止めています。15 分ほどおい"
				"て、試してください。");
	if (password_verify(acc.password_hash, form_text(req, "password")))
		return 0;
	if (account_fail(req->db, &acc, req->network, req->now) < 0 ||
	    note(req, "password refused") < 0)
		return 500;
	return say(req, "パスワードが違います。");
}

/* Setting it up --------------------------------------------------------------
 *
 * Pending is "ENDS SECRET", closed for the account.
 */

static const char *purpose_of(struct request *req)
{
	return arena_fmt(req->arena, "new second factor of %lld",
			 (long long)req->account);
}

static int show_secret(struct request *req, const char *secret)
{
	const char *site = config_text("Site.Name", "安否確認");
	struct qr qr;

	if (qr_make(req->arena, totp_uri(req->arena, secret, site, req->login),
		    &qr) < 0)
		return 500;
	page_set(req, "Code.path", qr.path);
	page_set_int(req, "Code.size", qr.size);
	page_set(req, "Code.secret", totp_show(req->arena, secret));
	return page_show(req, "account_code.cs");
}

static int begin(struct request *req)
{
	int64_t ends = req->now + (int64_t)PENDING_MIN * TIME_MINUTE;
	const char *secret;
	int status = prove(req);

	if (status != 0)
		return status;
	secret = totp_new(req->arena);
	page_set(req, "Form.pending",
		 secret_close(req->arena, keys, purpose_of(req),
			      arena_fmt(req->arena, "%lld %s", (long long)ends,
					secret)));
	return show_secret(req, secret);
}

/* The secret that the form carries; NULL if it is none of ours, or too old. */
static const char *pending(struct request *req)
{
	char *text = secret_open(req->arena, keys, purpose_of(req),
				 form_text(req, "pending"));
	char *blank = text == NULL ? NULL : strchr(text, ' ');
	long long ends;

	if (blank == NULL)
		return NULL;
	*blank = '\0';
	if (!str_to_int(text, 1, INT64_MAX, &ends) || ends <= req->now)
		return NULL;
	return blank + 1;
}

struct change {
	struct request *req;
	const char *secret; /* NULL: the second factor is given up */
	int64_t step;
};

/* 1, 0 if it was so already, -1. */
static int change_step(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct request *req = c->req;
	bool on = c->secret != NULL;
	int due = on ? 0 : second_factor_is_due(db, req->role);
	int rc = on ? second_factor_set(db, keys, req->account, c->secret,
					c->step, req->now)
		    : second_factor_off(db, req->account);

	if (rc <= 0)
		return rc;
	if (due < 0 || session_end_all(db, req->account) < 0 ||
	    session_begin(req, req->account, due > 0) < 0 ||
	    note(req, on ? "second factor on" : "second factor off") < 0)
		return -1;
	return 1;
}

static int change(struct request *req, const char *secret, int64_t step)
{
	struct change c = { req, secret, step };
	int rc = db_transaction(req->db, change_step, &c);

	if (rc <= 0)
		return rc < 0 ? 500 : back(req);
	return page_redirect(
		req, secret == NULL ? "/account?done=off" : "/account?done=on",
		0);
}

static int turn_on(struct request *req)
{
	bool whole = form_read(req, code_fields, LEN(code_fields));
	const char *secret = pending(req);
	int64_t step;

	if (secret == NULL)
		return say(req, "時間が過ぎました。もう一度、はじめから設定し"
				"てください。");
	if (!whole)
		return show_secret(req, secret);
	step = totp_check(secret, typed_code(req, "code"), req->now, 0);
	if (step < 0)
		return 500;
	if (step > 0)
		return change(req, secret, step);
	form_error(
		req, "code",
		"確認コードが違います。アプリにいま出ている 6 けたの数字を"
		"入力してください。スマートフォンの時計も確かめてください。");
	return show_secret(req, secret);
}

static int turn_off(struct request *req)
{
	int status = prove(req);

	return status != 0 ? status : change(req, NULL, 0);
}

static const struct route routes[] = {
	{ "GET", "/account", GUARD_SIGNED_IN, show_own },
	{ "GET", "/account/code", GUARD_SIGNED_IN, back },
	{ "POST", "/account/code", GUARD_SIGNED_IN, begin },
	{ "GET", "/account/code/on", GUARD_SIGNED_IN, back },
	{ "POST", "/account/code/on", GUARD_SIGNED_IN, turn_on },
	{ "GET", "/account/code/off", GUARD_SIGNED_IN, back },
	{ "POST", "/account/code/off", GUARD_SIGNED_IN, turn_off },
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
