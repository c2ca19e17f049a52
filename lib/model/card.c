#include "model/card.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/link.h"
#include "model/my_page.h"

/* Crockford's: no letter that looks like a figure, and no U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
	TRIES = 8, /* of a code that nobody has */
	BITS = 5,
	FIELD = 0x25, /* x^5 + x^2 + 1: the field of 32 elements */
	CARRY = 1 << BITS,
};

/* The value of the characters as a polynomial at x, in the field: 0 for a
 * whole code.  The powers of x at its places differ, so that one wrong
 * character, or two that changed places, always shows. */
static unsigned sum_of(const unsigned char *values, int count)
{
	unsigned sum = 0;

	for (int i = 0; i < count; i++) {
		sum <<= 1;
		if ((sum & CARRY) != 0)
			sum ^= FIELD;
		sum ^= values[i];
	}
	return sum;
}

static void write_code(char out[CARD_CODE_LEN + 1])
{
	unsigned char values[CARD_CODE_LEN];

	bytes_random(values, sizeof(values));
	for (int i = 0; i < CARD_CODE_LEN; i++)
		values[i] %= CARRY;
	values[CARD_CODE_LEN - 1] = 0;
	values[CARD_CODE_LEN - 1] =
		(unsigned char)sum_of(values, CARD_CODE_LEN);
	for (int i = 0; i < CARD_CODE_LEN; i++)
		out[i] = alphabet[values[i]];
	out[CARD_CODE_LEN] = '\0';
}

/* The value of a character, -1 if it has none. */
static int value_of(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	at = c == '\0' ? NULL : strchr(alphabet, c);
	return at == NULL ? -1 : (int)(at - alphabet);
}

bool card_parse(struct arena *a, const char *text, char out[CARD_CODE_LEN + 1])
{
	unsigned char values[CARD_CODE_LEN];
	int n = 0;

	for (const char *p = charset_narrow(a, text); *p != '\0'; p++) {
		int value = value_of(*p);

		if (strchr(" \t\r\n-", *p) != NULL)
			continue;
		if (value < 0 || n == CARD_CODE_LEN)
			return false;
		out[n] = alphabet[value];
		values[n++] = (unsigned char)value;
	}
	if (n != CARD_CODE_LEN || sum_of(values, n) != 0)
		return false;
	out[n] = '\0';
	return true;
}

const char *card_show(struct arena *a, const char *code)
{
	enum { HALF = CARD_CODE_LEN / 2 };

	return arena_fmt(a, "%.*s-%s", HALF, code, code + HALF);
}

int card_find(struct db *db, const char *text, int64_t *user)
{
	static const char sql[] = "SELECT c.user"
				  "  FROM card c"
				  "  JOIN user u ON u.id = c.user"
				  "   AND u.state = 'active'"
				  " WHERE c.code = ?";
	char code[CARD_CODE_LEN + 1];
	struct stmt *s;
	int rc, found = 0;

	if (!card_parse(db->arena, text, code))
		return 0;
	s = db_prepare(db, sql);
	db_bind_text(s, code);
	while ((rc = db_step(s)) > 0) {
		*user = db_int(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int card_of(struct db *db, int64_t user, const char **code)
{
	static const char sql[] = "SELECT code FROM card WHERE user = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, user);
	while ((rc = db_step(s)) > 0) {
		*code = db_text(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

struct making {
	const struct audit *audit;
	int64_t user;
	bool again;
};

/* A code that another person has is a new try. */
static int store(struct db *db, const struct making *w)
{
	static const char first[] =
		"INSERT INTO card (user, code, made_at) VALUES (?, ?, ?)";
	static const char other[] = "UPDATE card SET code = ?, made_at = ?"
				    " WHERE user = ?";
	char code[CARD_CODE_LEN + 1];

	for (int i = 0; i < TRIES; i++) {
		struct stmt *s = db_prepare(db, w->again ? other : first);

		write_code(code);
		if (!w->again)
			db_bind_int(s, w->user);
		db_bind_text(s, code);
		db_bind_time(s, time_now());
		if (w->again)
			db_bind_int(s, w->user);
		db_expect(s, DB_DUPLICATE);
		if (db_run(s) >= 0)
			return 0;
		if (db_errno(db) != DB_DUPLICATE)
			return -1;
	}
	return -1;
}

static int make(struct db *db, void *arg)
{
	const struct making *w = arg;
	struct making now = *w;
	struct audit line = *w->audit;
	const char *code;
	int has;

	if (my_page_lock(db, w->user) < 0)
		return -1;
	has = card_of(db, w->user, &code);
	if (has < 0 || (has > 0 && !w->again))
		return has < 0 ? -1 : 0;
	now.again = has > 0;
	if (store(db, &now) < 0 || (w->again && link_revoke(db, w->user) < 0))
		return -1;
	line.action = w->again ? "card made anew" : "card made";
	line.object = arena_fmt(db->arena, "user %lld", (long long)w->user);
	line.people = 1;
	return audit_add(db, &line);
}

int card_make(struct db *db, const struct audit *audit, int64_t user,
	      bool again)
{
	struct making w = { audit, user, again };

	return db_transaction(db, make, &w);
}
