#include "model/answer.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/region.h"

/* Whether a journalled answer came by a link that counted when he gave it: he
 * was told that it is kept, and what is revoked later takes nothing back. */
#define LINK_COUNTED "(u.link_generation = ? OR u.links_revoked_at > ?)"

static void bind_link(struct stmt *s, unsigned generation, int64_t at)
{
	db_bind_int(s, generation);
	db_bind_time(s, at);
}

/* Of a statement that gives LINK_COUNTED, or no row.  1, 0, -1; *found tells no
 * row from 0. */
static int read_counted(struct stmt *s, bool *found)
{
	int counted = 0, rc;

	*found = false;
	while ((rc = db_step(s)) > 0) {
		*found = true;
		counted = db_int(s, 0) != 0;
	}
	return rc < 0 ? -1 : counted;
}

/* Why nothing was stored: the statement itself only says that. */
static int why_not(struct db *db, const struct answer *a)
{
	static const char sql[] = "SELECT COALESCE(" LINK_COUNTED ", 0)"
				  "  FROM recipient r"
				  "  JOIN user u ON u.id = r.user"
				  " WHERE r.broadcast = ? AND r.user = ?";
	struct stmt *s = db_prepare(db, sql);
	bool asked;
	int counted;

	bind_link(s, a->generation, a->at);
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	counted = read_counted(s, &asked);
	if (counted < 0)
		return -1;
	return !asked	 ? ANSWER_NOT_ASKED
	       : counted ? ANSWER_STORED
			 : ANSWER_REVOKED;
}

static const char *texts_of(const struct answer *a)
{
	return a->texts == NULL ? "" : a->texts;
}

int answer_store(struct db *db, const struct answer *a)
{
	/* The link holds that he was asked.  A doubled press makes two rows
	 * that say the same, counted as one: to look for it here would cost
	 * everybody's answer, and so would any query inside. */
	static const char sql[] =
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"                    comment, texts)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	db_bind_time(s, a->at);
	db_bind_text(s, a->channel);
	db_bind_text(s, a->choices);
	db_bind_text(s, a->comment);
	db_bind_text(s, texts_of(a));
	return db_run(s) < 0 ? -1 : ANSWER_STORED;
}

int answer_replay(struct db *db, const struct answer *a)
{
	/* Asks for its own key first, since an update on a duplicate would
	 * want the right to change answers. */
	static const char sql[] =
		"INSERT INTO answer (broadcast, user, at, channel, choices,"
		"                    comment, texts)"
		" SELECT r.broadcast, r.user, ?, ?, ?, ?, ?"
		"   FROM recipient r"
		"   JOIN user u ON u.id = r.user"
		"  WHERE r.broadcast = ? AND r.user = ?"
		"    AND " LINK_COUNTED "    AND NOT EXISTS ("
		"        SELECT 1 FROM answer s"
		"         WHERE s.broadcast = ? AND s.user = ? AND s.at = ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;

	db_bind_time(s, a->at);
	db_bind_text(s, a->channel);
	db_bind_text(s, a->choices);
	db_bind_text(s, a->comment);
	db_bind_text(s, texts_of(a));
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	bind_link(s, a->generation, a->at);
	db_bind_int(s, a->broadcast);
	db_bind_int(s, a->user);
	db_bind_time(s, a->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	return why_not(db, a);
}

/* The place of "work:13" or "home:13", "" for another reason. */
static const char *place_of(struct db *db, const char *why)
{
	if (!str_begins(why, "work:") && !str_begins(why, "home:"))
		return "";
	return region_name(db, why + strlen("work:"));
}

static void take_person(struct db *db, struct stmt *s,
			struct answer_person *out)
{
	out->name = db_text(s, 0);
	out->english = str_eq(db_text(s, 1), "en");
	out->generation = (unsigned)db_int(s, 2);
	out->region = place_of(db, db_text(s, 3));
	out->counted_at = db_time(s, 4);
	out->replied = db_int(s, 5) != 0;
	out->trouble = false;
}

/* Every table by a whole key that stands in the statement: MariaDB reads the
 * rows while it plans, and plans no join. */
int answer_person(struct db *db, int64_t broadcast, int64_t user,
		  struct answer_person *out)
{
	static const char sql[] =
		"SELECT u.name, u.lang, u.link_generation, r.why, "
		"r.answered_at,"
		"       r.replied_at IS NOT NULL"
		"  FROM recipient r"
		"  JOIN user u"
		" WHERE r.broadcast = ? AND r.user = ? AND u.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc > 0)
		take_person(db, s, out);
	return rc;
}

/* Columns at, choices, comment, texts. */
static void take_latest(struct stmt *s, unsigned column,
			struct answer_latest *out)
{
	out->at = db_time(s, column);
	out->choices = db_text(s, column + 1);
	out->comment = db_text(s, column + 2);
	out->texts = db_text(s, column + 3);
}

/* Puts his own latest answer in the place of a proxy's, if there is one. */
static int find_own(struct db *db, int64_t broadcast, int64_t user,
		    struct answer_latest *out)
{
	static const char sql[] =
		"SELECT at, choices, comment, texts"
		"  FROM answer"
		" WHERE broadcast = ? AND user = ? AND channel <> 'proxy'"
		" ORDER BY at DESC"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	take_latest(s, 0, out);
	out->proxy = false;
	return 1;
}

int answer_visit(struct db *db, int64_t broadcast, int64_t user,
		 struct answer_person *person, struct answer_latest *latest)
{
	static const char sql[] =
		"SELECT u.name, u.lang, u.link_generation, r.why,"
		"       r.answered_at, r.replied_at IS NOT NULL,"
		"       a.at, a.choices, a.comment, a.texts, a.channel,"
		"       EXISTS (SELECT 1 FROM address d"
		"                WHERE d.user = ?"
		"                  AND d.state IN ('full', 'filtered', 'dead'))"
		"  FROM recipient r"
		"  JOIN user u"
		"  LEFT JOIN answer a"
		"    ON a.broadcast = ? AND a.user = ?"
		"   AND a.at = (SELECT MAX(m.at) FROM answer m"
		"                WHERE m.broadcast = ? AND m.user = ?)"
		" WHERE r.broadcast = ? AND r.user = ? AND u.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, user);
	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	db_bind_int(s, broadcast);
	db_bind_int(s, user);
	db_bind_int(s, user);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	take_person(db, s, person);
	take_latest(s, 6, latest);
	latest->proxy = str_eq(db_text(s, 10), "proxy");
	person->trouble = db_int(s, 11) != 0;
	/* What others told later does not hide what he said himself. */
	return latest->proxy && find_own(db, broadcast, user, latest) < 0 ? -1
									  : 1;
}

static void bind_report(struct stmt *s, const struct self_report *r)
{
	db_bind_time(s, r->at);
	db_bind_text(s, r->safety);
	db_bind_text(s, r->coming);
	db_bind_text(s, r->comment);
	db_bind_int(s, r->user);
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
	db_bind_int(s, r->generation);
	db_bind_text(s, r->safety);
	db_bind_text(s, r->coming);
	db_bind_text(s, r->comment);
	db_bind_time(s, r->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	return why_no_report(db, r);
}

static int why_not_replayed(struct db *db, const struct self_report *r)
{
	static const char sql[] = "SELECT COALESCE(" LINK_COUNTED ", 0)"
				  "  FROM user u"
				  " WHERE u.id = ?";
	struct stmt *s = db_prepare(db, sql);
	bool found;
	int counted;

	bind_link(s, r->generation, r->at);
	db_bind_int(s, r->user);
	counted = read_counted(s, &found);
	return counted < 0 ? -1 : counted ? ANSWER_STORED : ANSWER_REVOKED;
}

int self_report_replay(struct db *db, const struct self_report *r)
{
	static const char sql[] =
		"INSERT INTO self_report (user, at, safety, coming, comment)"
		" SELECT u.id, ?, ?, ?, ?"
		"   FROM user u"
		"  WHERE u.id = ? AND " LINK_COUNTED
		"    AND NOT EXISTS (SELECT 1 FROM self_report s"
		"                     WHERE s.user = ? AND s.at = ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t stored;

	bind_report(s, r);
	bind_link(s, r->generation, r->at);
	db_bind_int(s, r->user);
	db_bind_time(s, r->at);
	stored = db_run(s);
	if (stored != 0)
		return stored < 0 ? -1 : ANSWER_STORED;
	return why_not_replayed(db, r);
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
