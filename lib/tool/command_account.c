/* Commands about accounts.  A password is read from stdin, one line, so that
 * it stands in no list of processes and no history.  Source: S3, V6. */
#include "tool/command.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/password.h"
#include "base/str.h"
#include "db/db.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/second_factor.h"
#include "model/session.h"
#include "model/user.h"

/* ASCII without blanks: what every keyboard types, and the database takes. */
static bool is_login(const char *text)
{
	size_t len = strlen(text);

	for (const char *p = text; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~')
			return false;
	return len > 0 && len <= ACCOUNT_LOGIN_MAX;
}

static bool is_name(const char *text)
{
	return *text != '\0' && charset_is_utf8(text, strlen(text)) &&
	       str_characters(text) <= USER_NAME_MAX;
}

/* Reads a password and hashes it; NULL, with a word on stderr, if it is too
 * short or too long. */
static const char *read_hash(struct command_line *line)
{
	size_t len;
	char *text =
		command_read(line, "-", ACCOUNT_PASSWORD_MAX * 4 + 2, &len);
	bool is_text;
	size_t n;

	if (text == NULL)
		return NULL;
	text[strcspn(text, "\r\n")] = '\0';
	is_text = charset_is_utf8(text, strlen(text));
	n = is_text ? str_characters(text) : 0;
	if (n < ACCOUNT_PASSWORD_MIN || n > ACCOUNT_PASSWORD_MAX) {
		command_refuse("a password has %d to %d characters (UTF-8)",
			       ACCOUNT_PASSWORD_MIN, ACCOUNT_PASSWORD_MAX);
		return NULL;
	}
	return password_hash(line->arena, text, &password_cost_usual);
}

static int note(struct command_line *line, const char *action,
		const char *login)
{
	const struct audit audit = {
		.actor = "anpictl",
		.action = action,
		.object = arena_fmt(line->arena, "account %s", login),
	};

	return audit_add(line->db, &audit);
}

/* What a command does, in a transaction with its audit line. */
struct act {
	struct command_line *line;
	struct account account;
	int64_t user; /* whom it is to be tied to; 0: nobody */
};

static int insert(struct db *db, void *arg)
{
	struct act *act = arg;
	int64_t id = account_add(db, &act->account);

	if (id <= 0)
		return id < 0 ? -1 : 0;
	return note(act->line, "account added", act->account.login) < 0 ? -1
									: 1;
}

static int add(struct command_line *line)
{
	const char *name = command_option(line, "name");
	const char *role = command_option(line, "role");
	struct act act = { .line = line };
	int rc;

	if (!command_rest(line, 1, 1) || name == NULL || role == NULL)
		return COMMAND_USAGE;
	act.account.login = line->argv[0];
	act.account.name = name;
	act.account.role = role_parse(role);
	if (act.account.role == ROLE_NONE)
		return command_refuse("there is no role %s", role);
	if (!is_login(act.account.login))
		return command_refuse("a login has 1 to %d letters, digits and "
				      "signs of ASCII",
				      ACCOUNT_LOGIN_MAX);
	if (!is_name(name))
		return command_refuse("a name has 1 to %d characters (UTF-8)",
				      USER_NAME_MAX);
	act.account.password_hash = read_hash(line);
	if (act.account.password_hash == NULL)
		return COMMAND_REFUSED;
	rc = db_transaction(line->db, insert, &act);
	if (rc == 0)
		return command_refuse("login %s is taken", line->argv[0]);
	return rc < 0 ? COMMAND_REFUSED : COMMAND_DONE;
}

/* Finds the account of the first argument; says so if there is none. */
static bool find(struct command_line *line, struct account *out)
{
	int rc = account_find(line->db, line->argv[0], out);

	if (rc == 0)
		command_refuse("there is no account %s", line->argv[0]);
	return rc > 0;
}

/* A changed password ends the sessions that the old one opened. */
static int change_password(struct db *db, void *arg)
{
	struct act *act = arg;

	if (account_set_password(db, act->account.id,
				 act->account.password_hash) < 0 ||
	    session_end_all(db, act->account.id) < 0)
		return -1;
	return note(act->line, "password changed", act->account.login);
}

static int passwd(struct command_line *line)
{
	struct act act = { .line = line };

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (!find(line, &act.account))
		return COMMAND_REFUSED;
	act.account.password_hash = read_hash(line);
	if (act.account.password_hash == NULL ||
	    db_transaction(line->db, change_password, &act) < 0)
		return COMMAND_REFUSED;
	return COMMAND_DONE;
}

static int open_again(struct db *db, void *arg)
{
	struct act *act = arg;

	if (account_unlock(db, act->account.login) < 0)
		return -1;
	return note(act->line, "account unlocked", act->account.login);
}

/* Whoever has the phone that was lost may have a session as well. */
static int give_up_code(struct db *db, void *arg)
{
	struct act *act = arg;
	int rc = second_factor_off(db, act->account.id);

	if (rc <= 0)
		return rc;
	if (session_end_all(db, act->account.id) < 0 ||
	    note(act->line, "second factor off", act->account.login) < 0)
		return -1;
	return 1;
}

static int totp_off(struct command_line *line)
{
	struct act act = { .line = line };
	int rc;

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (!find(line, &act.account))
		return COMMAND_REFUSED;
	rc = db_transaction(line->db, give_up_code, &act);
	if (rc == 0)
		return command_refuse("account %s has no second factor",
				      line->argv[0]);
	return rc < 0 ? COMMAND_REFUSED : COMMAND_DONE;
}

/* Shutting ends the sessions too. */
static int set_disabled(struct db *db, struct act *act, bool disabled)
{
	if (account_set_disabled(db, act->account.login, disabled) < 0)
		return -1;
	return note(act->line,
		    disabled ? "account disabled" : "account enabled",
		    act->account.login);
}

static int shut_step(struct db *db, void *arg)
{
	return set_disabled(db, arg, true);
}

static int open_step(struct db *db, void *arg)
{
	return set_disabled(db, arg, false);
}

static int do_step(struct command_line *line, int (*step)(struct db *, void *))
{
	struct act act = { .line = line };

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (!find(line, &act.account) ||
	    db_transaction(line->db, step, &act) < 0)
		return COMMAND_REFUSED;
	return COMMAND_DONE;
}

static int unlock(struct command_line *line)
{
	return do_step(line, open_again);
}

static int disable(struct command_line *line)
{
	return do_step(line, shut_step);
}

static int enable(struct command_line *line)
{
	return do_step(line, open_step);
}

static int set_person(struct db *db, void *arg)
{
	struct act *act = arg;

	if (account_set_user(db, act->account.id, act->user) < 0)
		return -1;
	return note(act->line,
		    act->user != 0 ? "account tied" : "account untied",
		    act->account.login);
}

/* Whom training mail, pages and alarms to the account are mailed to. */
static int person(struct command_line *line)
{
	struct act act = { .line = line };
	struct user u;
	int rc;

	if (!command_rest(line, 2, 2))
		return COMMAND_USAGE;
	if (!find(line, &act.account))
		return COMMAND_REFUSED;
	if (!str_eq(line->argv[1], "none")) {
		rc = user_find_staff_no(line->db, 0, line->argv[1], &u);
		if (rc < 0)
			return COMMAND_REFUSED;
		if (rc == 0 || !str_eq(u.state, "active"))
			return command_refuse("there is no staff member %s",
					      line->argv[1]);
		act.user = u.id;
	}
	return db_transaction(line->db, set_person, &act) < 0 ? COMMAND_REFUSED
							      : COMMAND_DONE;
}

const struct command commands_account[] = {
	{ "account add", "LOGIN --name NAME --role ROLE < PASSWORD", add,
	  false },
	{ "account passwd", "LOGIN < PASSWORD", passwd, false },
	{ "account person", "LOGIN STAFF_NUMBER|none", person, false },
	{ "account disable", "LOGIN", disable, false },
	{ "account enable", "LOGIN", enable, false },
	{ "account totp-off", "LOGIN", totp_off, false },
	{ "account unlock", "LOGIN", unlock, false },
	{ 0 },
};
