#include "model/answer.h"

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"

/* What MariaDB says of an answer that must not be stored. */
enum {
	NO_USER = 1048, /* no value for `user`: nobody of that generation */
	NO_RECIPIENT = 1452, /* the foreign key finds none */
};

/* Why nothing was stored: the statement itself only says that. */
static int why_not(struct db *db, const struct answer *a)
{
	struct answer_person person;
	int found = answer_person(db, a->broadcast, a->user, &person);

	if (found <= 0)
		return found < 0 ? -1 : ANSWER_NOT_ASKED;
	return person.generation != a->generation ? ANSWER_REVOKED
						  : ANSWER_STORED;
}

int answer_store(struct db *db, const struct answer *a)
{
	/* The foreign key holds that he was asked.  A doubled press makes two
	 * rows that say the same, counted as one: to look for it here would
	 * cost everybody's answer, and so would INSERT ... SELECT. */
	static const char sql[] =
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"                    comment)"
		" VALUES (?, (SELECT u.id FROM user u"
		"              WHERE u.id = ? AND u.link_generation = ?),"
		"         ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;

	db_expect(s, NO_USER);
	db_expect(s, NO_RECIPIENT);
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	db_bind_int(s, a->generation);
	db_bind_time(s, a->at);
	db_bind_text(s, a->channel);
	db_bind_text(s, a->choices);
	db_bind_text(s, a->comment);
	stored = db_run(s);
	if (stored >= 0)
		return ANSWER_STORED;
	return db_errno(db) == NO_USER || db_errno(db) == NO_RECIPIENT
		       ? why_not(db, a)
		       : -1;
}

int answer_replay(struct db *db, const struct answer *a)
{
	/* Asks for its own key first, since an update on a duplicate would
	 * want the right to change answers. */
	static const char sql[] =
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"                    comment)"
		" SELECT r.broadcast, r.user, ?, ?, ?, ?"
		"   FROM recipient r"
		"   JOIN user u ON u.id = r.user"
		"  WHERE r.broadcast = ? AND r.user = ?"
		"    AND u.link_generation = ?"
		"    AND NOT EXISTS ("
		"        SELECT 1 FROM answer s"
		"         WHERE s.broadcast = ? AND s.user = ? AND s.at = ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;

	db_bind_time(s, a->at);
	db_bind_text(s, a->channel);
	db_bind_text(s, a->choices);
	db_bind_text(s, a->comment);
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	db_bind_int(s, a->generation);
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	db_bind_time(s, a->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	return why_not(db, a);
}

int answer_person(struct db *db, int64_t broadcast, int64_t user,
		  struct answer_person *out)
{
	static const char sql[] =
		"SELECT u.name, u.lang = 'en', u.link_generation, g.name,"
		"       r.answered_at, r.replied_at IS NOT NULL"
		"  FROM recipient r"
		"  JOIN user u ON u.id = r.user"
		"  LEFT JOIN region g"
		"    ON g.code = IF(LEFT(r.why, 5) IN ('work:', 'home:'),"
		"                   SUBSTRING(r.why, 6), NULL)"
		" WHERE r.broadcast = ? AND r.user = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	out->name = db_text(s, 0);
	out->english = db_int(s, 1) != 0;
	out->generation = (unsigned)db_int(s, 2);
	out->region = db_text(s, 3);
	out->counted_at = db_time(s, 4);
	out->replied = db_int(s, 5) != 0;
	return 1;
}

int answer_latest(struct db *db, int64_t broadcast, int64_t user,
		  struct answer_latest *out)
{
	static const char sql[] =
		"SELECT a.at, a.choices, a.comment,"
		"       EXISTS (SELECT 1 FROM address d WHERE d.user = u.id"
		"               AND d.state IN ('full', 'filtered', 'dead')),"
		"       a.channel <=> 'proxy'"
		"  FROM user u"
		"  LEFT JOIN answer a ON a.broadcast = ? AND a.user = u.id"
		" WHERE u.id = ?"
		" ORDER BY a.channel = 'proxy', a.at DESC"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	out->at = db_time(s, 0);
	out->choices = db_text(s, 1);
	out->comment = db_text(s, 2);
	out->address_trouble = db_int(s, 3) != 0;
	out->proxy = db_int(s, 4) != 0;
	return 1;
}

static void bind_report(struct stmt *s, const struct self_report *r)
{
	db_bind_time(s, r->at);
	db_bind_text(s, r->safety);
	db_bind_text(s, r->coming);
	db_bind_text(s, r->comment);
	db_bind_int(s, r->user);
	db_bind_int(s, r->generation);
}

static int why_no_report(struct db *db, const struct self_report *r)
{
	struct self_report_latest latest;
	int found = self_report_latest(db, r->user, &latest);

	if (found < 0)
		return -1;
	return found == 0 || latest.generation != r->generation ? ANSWER_REVOKED
								: ANSWER_SAME;
}

int self_report_store(struct db *db, const struct self_report *r)
{
	/* The lock lets two presses at the same instant store one report: the
	 * second waits here, and then finds the first. */
	static const char sql[] =
		"INSERT INTO self_report (user, at, safety, coming, comment)"
		" SELECT u.id, ?, ?, ?, ?"
		"   FROM user u"
		"  WHERE u.id = ? AND u.link_generation = ?"
		"    AND NOT EXISTS ("
		"        SELECT 1 FROM self_report l"
		"         WHERE l.user = u.id"
		"           AND l.at = (SELECT MAX(m.at) FROM self_report m"
		"                        WHERE m.user = u.id)"
		"           AND l.safety = ? AND l.coming = ?"
		"           AND l.comment = ?"
		/* A day later the same words are news. */
		"           AND l.at > ? - INTERVAL 1 HOUR)"
		"  FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;

	bind_report(s, r);
	db_bind_text(s, r->safety);
	db_bind_text(s, r->coming);
	db_bind_text(s, r->comment);
	db_bind_time(s, r->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	return why_no_report(db, r);
}

int self_report_replay(struct db *db, const struct self_report *r)
{
	static const char sql[] =
		"INSERT INTO self_report (user, at, safety, coming, comment)"
		" SELECT u.id, ?, ?, ?, ?"
		"   FROM user u"
		"  WHERE u.id = ? AND u.link_generation = ?"
		"    AND NOT EXISTS (SELECT 1 FROM self_report s"
		"                     WHERE s.user = ? AND s.at = ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;
	int why;

	bind_report(s, r);
	db_bind_int(s, r->user);
	db_bind_time(s, r->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	why = why_no_report(db, r);
	return why == ANSWER_SAME ? ANSWER_STORED : why;
}

int self_report_latest(struct db *db, int64_t user,
		       struct self_report_latest *out)
{
	static const char sql[] =
		"SELECT u.name, u.lang = 'en', u.link_generation,"
		"       s.at, s.safety, s.coming, s.comment"
		"  FROM user u"
		"  LEFT JOIN self_report s"
		"    ON s.user = u.id"
		"   AND s.at = (SELECT MAX(m.at) FROM self_report m"
		"                WHERE m.user = ?)"
		" WHERE u.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	out->name = db_text(s, 0);
	out->english = db_int(s, 1) != 0;
	out->generation = (unsigned)db_int(s, 2);
	out->at = db_time(s, 3);
	out->safety = db_text(s, 4);
	out->coming = db_text(s, 5);
	out->comment = db_text(s, 6);
	return 1;
}
