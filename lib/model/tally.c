#include "model/tally.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/coming.h"

enum {
	ANSWERS_MAX = 20000, /* taken by one fold */
	PEOPLE_MAX = 50000,  /* recipients counted by one step */
	FRESH_US = TIME_SECOND,
	LATE_US = 2 * TIME_SECOND,
};

/*
 * Work tables of a connection, gone with it:
 *
 *   fold_person   what the answers taken mean for each person
 *   fold_people   the recipients taken
 *   fold_delta    what to add to each counter, by home
 *
 * `home` is a person's group if he has one, as nearly all do: they are summed
 * by it before its ancestors are looked up.  It is 0 for the others, who go
 * one by one (`user`, else 0), so that nobody is counted twice above two
 * groups of his.
 *
 * Aria without transactions writes a row in a tenth of the time of InnoDB and,
 * unlike MEMORY, is never full.  A transaction that is tried again empties
 * the tables first.
 */
#define WORK_TABLE(name) "CREATE TEMPORARY TABLE IF NOT EXISTS " name " ("
#define WORK_ENGINE	 ") ENGINE = Aria TRANSACTIONAL = 0"

static const char *const work_tables[] = {
	WORK_TABLE("fold_person") " user INT UNSIGNED NOT NULL PRIMARY KEY,"
				  " home INT UNSIGNED NOT NULL,"
				  " at DATETIME(6) NOT NULL,"
				  " oldest DATETIME(6) NOT NULL,"
				  " first_at DATETIME(6) NOT NULL,"
				  " was_first_at DATETIME(6) NULL,"
				  " own_at DATETIME(6) NULL,"
				  " proxy_at DATETIME(6) NULL,"
				  " newer BOOLEAN NOT NULL,"
				  " other BOOLEAN NOT NULL,"
				  " coming INT UNSIGNED NULL,"
				  " was_coming INT UNSIGNED NULL,"
				  " choices VARCHAR(500) CHARACTER SET ascii "
				  "NOT NULL" WORK_ENGINE,
	WORK_TABLE("fold_people") " user INT UNSIGNED NOT NULL PRIMARY KEY,"
				  " home INT UNSIGNED NOT NULL" WORK_ENGINE,
	WORK_TABLE("fold_delta") " user INT UNSIGNED NOT NULL,"
				 " home INT UNSIGNED NOT NULL,"
				 " kind TINYINT UNSIGNED NOT NULL,"
				 " item INT UNSIGNED NOT NULL,"
				 " people INT NOT NULL" WORK_ENGINE,
	"DELETE FROM fold_person",
	"DELETE FROM fold_people",
	"DELETE FROM fold_delta",
};

/* The home of the person of a column. */
#define HOME_OF(user)                                                          \
	"(SELECT IF(COUNT(*) = 1, MIN(m.grp), 0)"                              \
	"   FROM grp_member m WHERE m.user = " user ")"

/* A row of fold_delta for each home, and for each person without one; what is
 * counted follows, then its source and GROUP_HOMES. */
#define INTO_DELTA                                                             \
	"INSERT INTO fold_delta (user, home, kind, item, people)"              \
	" SELECT IF(home = 0, user, 0) AS alone, home, "
#define GROUP_HOMES " GROUP BY home, alone"

/* The prefecture of each place where people of a work table work. */
#define WORK_PREFECTURES(table)                                                \
	"  FROM (SELECT DISTINCT f.user, f.home,"                              \
	"               LEFT(w.region, 2) + 0 AS item"                         \
	"          FROM " table " f"                                           \
	"          JOIN user_region w"                                         \
	"            ON w.user = f.user AND w.purpose = 'work'"                \
	"         WHERE w.region REGEXP '^[0-9]'"

/* The choices that count so far, of people of a work table.  Wants the
 * broadcast. */
#define COUNTED_CHOICES(table)                                                 \
	"  FROM (SELECT f.user, f.home, c.choice"                              \
	"          FROM " table " f"                                           \
	"          JOIN answer_choice c"                                       \
	"            ON c.broadcast = ? AND c.user = f.user"

/* The words of tally.kind, by enum tally_kind; an ENUM counts from 1. */
static const char *const kind_words[] = {
	"asked",	"answered",	   "choice", "minute",
	"region_asked", "region_answered", "coming",
};

/* Runs a statement with up to three numbers; -1 or the rows it touched. */
static int64_t run(struct db *db, const char *sql, size_t count,
		   const int64_t *values)
{
	struct stmt *s = db_prepare(db, sql);

	for (size_t i = 0; i < count; i++)
		db_bind_int(s, values[i]);
	return db_run(s);
}

static int clear_work(struct db *db)
{
	for (size_t i = 0; i < LEN(work_tables); i++)
		if (run(db, work_tables[i], 0, NULL) < 0)
			return -1;
	return 0;
}

/* The lock ------------------------------------------------------------------*/

struct fold {
	int64_t broadcast;
	int64_t asked_to; /* counted up to this user */
	int64_t stale;
};

/* Locks the row of tally_state.  1, 0 if another has it, or -1. */
static int lock_state(struct db *db, struct fold *f)
{
	static const char make[] =
		"INSERT INTO tally_state (broadcast, folded_at)"
		" SELECT b.id, UTC_TIMESTAMP(6) FROM broadcast b"
		"  WHERE b.id = ?"
		"    AND NOT EXISTS (SELECT 1 FROM tally_state t"
		"                     WHERE t.broadcast = b.id)"
		" ON DUPLICATE KEY UPDATE tally_state.stale = "
		"tally_state.stale";
	static const char lock[] = "SELECT asked_to, stale"
				   "  FROM tally_state"
				   " WHERE broadcast = ?"
				   "   FOR UPDATE SKIP LOCKED";
	struct stmt *s;
	int rc;

	if (run(db, make, 1, &f->broadcast) < 0)
		return -1;
	s = db_prepare(db, lock);
	db_bind_int(s, f->broadcast);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	f->asked_to = db_int(s, 0);
	f->stale = db_int(s, 1);
	return 1;
}

static int keep_state(struct db *db, const struct fold *f)
{
	static const char sql[] = "UPDATE tally_state"
				  "   SET asked_to = ?, stale = FALSE,"
				  "       folded_at = UTC_TIMESTAMP(6)"
				  " WHERE broadcast = ?";
	const int64_t values[] = { f->asked_to, f->broadcast };

	return run(db, sql, LEN(values), values) < 0 ? -1 : 0;
}

/* Counters ------------------------------------------------------------------*/

/* Adds what fold_delta says to everybody's counters and to those of all groups
 * above each person.  Each counter is written once, in the order of its key. */
static int spread(struct db *db, int64_t broadcast)
{
	static const char sql[] =
		"INSERT INTO tally (broadcast, grp, kind, item, people)"
		" SELECT ?, s.grp, s.kind + 1, s.item, SUM(s.people) AS more"
		"   FROM (SELECT 0 AS grp, kind, item, people"
		"           FROM fold_delta"
		"         UNION ALL"
		"         SELECT p.ancestor, d.kind, d.item, d.people"
		"           FROM fold_delta d"
		"           STRAIGHT_JOIN grp_path p ON p.descendant = d.home"
		"          WHERE d.home <> 0"
		"         UNION ALL"
		"         SELECT g.ancestor, x.kind, x.item, x.people"
		"           FROM fold_delta x"
		"           STRAIGHT_JOIN ("
		"                SELECT DISTINCT f.user, p.ancestor"
		"                  FROM (SELECT DISTINCT user"
		"                          FROM fold_delta"
		"                         WHERE home = 0) f"
		"                  STRAIGHT_JOIN grp_member m"
		"                    ON m.user = f.user"
		"                  STRAIGHT_JOIN grp_path p"
		"                    ON p.descendant = m.grp) g"
		"             ON g.user = x.user"
		"          WHERE x.home = 0) s"
		"  GROUP BY s.grp, s.kind, s.item"
		" HAVING more <> 0"
		" ON DUPLICATE KEY UPDATE people = tally.people + "
		"VALUES(people)";

	return run(db, sql, 1, &broadcast) < 0 ? -1 : 0;
}

/* New recipients -----------------------------------------------------------*/

/*
 * The last user id of the next slice, and how many people it has.  Enqueue
 * goes upwards by user id and keeps broadcast.enqueued_to in the transaction
 * that adds the recipients: below it nobody is added any more.  So the last
 * slice ends there, and not with its last person: then nothing waits.
 */
static int next_slice(struct db *db, struct fold *f, int64_t *to)
{
	static const char sql[] =
		"SELECT IF(COUNT(s.user) < ?, MAX(s.enqueued_to), MAX(s.user)),"
		"       COUNT(s.user)"
		"  FROM (SELECT b.enqueued_to, r.user"
		"          FROM broadcast b"
		"          LEFT JOIN recipient r"
		"            ON r.broadcast = b.id"
		"           AND r.user > ? AND r.user <= b.enqueued_to"
		"         WHERE b.id = ?"
		"         ORDER BY r.user"
		"         LIMIT ?) s";
	struct stmt *s = db_prepare(db, sql);
	int count;

	db_bind_int(s, PEOPLE_MAX);
	db_bind_int(s, f->asked_to);
	db_bind_int(s, f->broadcast);
	db_bind_int(s, PEOPLE_MAX);
	if (db_step(s) != 1)
		return -1;
	*to = db_int(s, 0);
	count = (int)db_int(s, 1);
	return db_step(s) < 0 ? -1 : count;
}

static int homes_of_slice(struct db *db, const struct fold *f, int64_t to)
{
	static const char sql[] =
		"INSERT INTO fold_people (user, home)"
		" SELECT r.user, " HOME_OF(
			"r.user") "   FROM recipient r"
				  "  WHERE r.broadcast = ? AND r.user > ? AND "
				  "r.user <= ?";
	const int64_t values[] = { f->broadcast, f->asked_to, to };

	return run(db, sql, LEN(values), values) < 0 ? -1 : 0;
}

/* Counts the people of fold_people as asked. */
static int asked_deltas(struct db *db)
{
	static const char asked[] =
		INTO_DELTA "0, 0, COUNT(*) FROM fold_people" GROUP_HOMES;
	/* clang-format off */
	static const char region[] =
		INTO_DELTA "4, item, COUNT(*)"
		WORK_PREFECTURES("fold_people") ") p" GROUP_HOMES ", item";
	/* clang-format on */

	if (run(db, asked, 0, NULL) < 0)
		return -1;
	return run(db, region, 0, NULL) < 0 ? -1 : 0;
}

static int count_asked(struct db *db, struct fold *f)
{
	int64_t to = 0;
	int count = next_slice(db, f, &to);

	if (count < 0)
		return -1;
	if (count > 0 && (clear_work(db) < 0 || homes_of_slice(db, f, to) < 0 ||
			  asked_deltas(db) < 0 || spread(db, f->broadcast) < 0))
		return -1;
	f->asked_to = to;
	return count;
}

/* New answers --------------------------------------------------------------*/

/* True if the candidate f.at counts from now on: what a person says himself
 * counts over what others say of him, whichever came first (B5). */
#define IS_NEWER                                                               \
	"r.answered_at IS NULL"                                                \
	" OR (r.answered_at <=> r.proxy_at AND n.own_at IS NOT NULL)"          \
	" OR ((n.own_at IS NOT NULL OR r.answered_at <=> r.proxy_at)"          \
	"     AND r.answered_at < a.at)"

/* The last user whose answers are taken, or -1. */
static int64_t last_answerer(struct db *db, const struct fold *f)
{
	static const char sql[] =
		"SELECT COALESCE((SELECT user"
		"                   FROM answer FORCE INDEX (folded)"
		"                  WHERE folded = FALSE AND broadcast = ?"
		"                  ORDER BY user, at"
		"                  LIMIT 1 OFFSET ?), ?)";
	struct stmt *s = db_prepare(db, sql);
	int64_t user;

	db_bind_int(s, f->broadcast);
	db_bind_int(s, ANSWERS_MAX);
	db_bind_int(s, UINT32_MAX);
	return db_number(s, &user) < 0 ? -1 : user;
}

/* What new answers mean: the newest of his own counts if none that counts is
 * newer, without one the newest proxy; the first may have come late, out of a
 * journal.  `other` is whether it chooses other than what counted so far: most
 * of what comes twice is the same press again.  Returns how many people gave
 * them, or -1.  The order of the join is told: by itself MariaDB may group anew
 * for every answer. */
static int64_t weigh(struct db *db, const struct fold *f)
{
	/* clang-format off */
	static const char sql[] =
		"INSERT INTO fold_person"
		"       (user, home, at, oldest, first_at, was_first_at,"
		"        own_at, proxy_at, newer, other, was_coming, choices)"
		" SELECT n.user, " HOME_OF("n.user") ", a.at, n.oldest,"
		"        LEAST(n.oldest, COALESCE(r.first_at, n.oldest)),"
		"        r.first_at, n.own_at, n.proxy_at, " IS_NEWER ","
		"        NOT COALESCE(c.choices = a.choices, FALSE), r.coming,"
		"        a.choices"
		"   FROM (SELECT user, MIN(at) AS oldest,"
		"                MAX(IF(channel = 'proxy', NULL, at)) AS own_at,"
		"                MAX(IF(channel = 'proxy', at, NULL))"
		"                  AS proxy_at"
		"           FROM answer FORCE INDEX (folded)"
		"          WHERE folded = FALSE AND broadcast = ? AND user <= ?"
		"          GROUP BY user) n"
		"   STRAIGHT_JOIN answer a"
		"     ON a.broadcast = ? AND a.user = n.user"
		"    AND a.at = COALESCE(n.own_at, n.proxy_at)"
		"   STRAIGHT_JOIN recipient r"
		"     ON r.broadcast = ? AND r.user = n.user"
		"   LEFT JOIN answer c"
		"     ON c.broadcast = r.broadcast AND c.user = r.user"
		"    AND c.at = r.answered_at";
	/* clang-format on */
	const int64_t last = last_answerer(db, f);
	const int64_t values[] = { f->broadcast, last, f->broadcast,
				   f->broadcast };

	return last < 0 ? -1 : run(db, sql, LEN(values), values);
}

/* What those chose who chose otherwise than before: few choose in different
 * ways.  Wants the broadcast. */
#define CHOSEN                                                                 \
	"  FROM fold_person f"                                                 \
	"  STRAIGHT_JOIN ("                                                    \
	"       SELECT DISTINCT d.choices, c.id AS choice"                     \
	"         FROM question q"                                             \
	"         JOIN choice c ON c.question = q.id"                          \
	"         JOIN (SELECT DISTINCT choices FROM fold_person"              \
	"                WHERE newer AND other) d"                             \
	"           ON FIND_IN_SET(c.id, d.choices)"                           \
	"        WHERE q.broadcast = ?) n ON n.choices = f.choices"            \
	" WHERE f.newer AND f.other"

/* answer_choice: those of an older answer go, those of the newer come; each
 * leaves its mark in fold_delta.  Returns how many marks take away, or -1. */
static int64_t move_choices(struct db *db, const struct fold *f)
{
	/* clang-format off */
	static const char minus[] =
		INTO_DELTA "2, choice, -COUNT(*)"
		COUNTED_CHOICES("fold_person")
		"         WHERE f.newer AND f.other"
		"           AND f.was_first_at IS NOT NULL) p"
		GROUP_HOMES ", choice";
	/* clang-format on */
	static const char plus[] =
		INTO_DELTA "2, choice, COUNT(*)" CHOSEN GROUP_HOMES ", choice";
	static const char gone[] =
		"DELETE c"
		"  FROM fold_person f"
		"  JOIN answer_choice c"
		"    ON c.broadcast = ? AND c.user = f.user"
		" WHERE f.newer AND f.other AND f.was_first_at IS NOT NULL";
	static const char come[] =
		"INSERT INTO answer_choice (broadcast, user, choice)"
		" SELECT ?, f.user, n.choice" CHOSEN;
	const int64_t twice[] = { f->broadcast, f->broadcast };
	int64_t fewer = run(db, minus, 1, &f->broadcast);

	if (fewer < 0 || run(db, plus, 1, &f->broadcast) < 0)
		return -1;
	if (fewer > 0 && run(db, gone, 1, &f->broadcast) < 0)
		return -1;
	return run(db, come, LEN(twice), twice) < 0 ? -1 : fewer;
}

/* What the new answers say of coming in: few say it in different words. */
static int weigh_coming(struct db *db, const struct fold *f)
{
	static const char sql[] =
		"UPDATE fold_person f"
		"  JOIN (SELECT d.choices, " COMING_SAID " AS said,"
		"               " COMING_MINUTES " AS minutes"
		"          FROM question q"
		"          JOIN choice o"
		"            ON o.question = q.id AND o.coming <> ''"
		"          JOIN (SELECT DISTINCT choices FROM fold_person) d"
		"            ON FIND_IN_SET(o.id, d.choices)"
		"         WHERE q.broadcast = ?"
		"         GROUP BY d.choices) n ON n.choices = f.choices"
		"   SET f.coming = " COMING_NUMBER("n.said", "n.minutes",
						   "f.at");

	return run(db, sql, 1, &f->broadcast) < 0 ? -1 : 0;
}

static int coming_come(struct db *db)
{
	static const char sql[] = INTO_DELTA
		"6, coming, COUNT(*) FROM fold_person"
		" WHERE newer AND coming IS NOT NULL"
		"   AND NOT coming <=> was_coming" GROUP_HOMES ", coming";

	return run(db, sql, 0, NULL) < 0 ? -1 : 0;
}

/* Returns how many marks take away, or -1. */
static int64_t coming_deltas(struct db *db, const struct fold *f)
{
	static const char asked[] =
		"SELECT EXISTS (SELECT 1 FROM question q"
		"                 JOIN choice o ON o.question = q.id"
		"                WHERE q.broadcast = ? AND o.coming <> '')";
	static const char gone[] = INTO_DELTA
		"6, was_coming, -COUNT(*) FROM fold_person"
		" WHERE newer AND was_coming IS NOT NULL"
		"   AND NOT was_coming <=> coming" GROUP_HOMES ", was_coming";
	struct stmt *s = db_prepare(db, asked);
	int64_t any;

	db_bind_int(s, f->broadcast);
	if (db_number(s, &any) < 0)
		return -1;
	if (any == 0)
		return 0;
	if (weigh_coming(db, f) < 0 || coming_come(db) < 0)
		return -1;
	return run(db, gone, 0, NULL);
}

#define MINUTE_OF(at) "FLOOR(UNIX_TIMESTAMP(" at ") / 60)"

/* Returns how many marks take away, or -1. */
static int64_t answered_deltas(struct db *db)
{
	/* clang-format off */
	static const char answered[] =
		INTO_DELTA "1, 0, COUNT(*) FROM fold_person"
		" WHERE was_first_at IS NULL" GROUP_HOMES;
	static const char region[] =
		INTO_DELTA "5, item, COUNT(*)"
		WORK_PREFECTURES("fold_person")
		"   AND f.was_first_at IS NULL) p" GROUP_HOMES ", item";
	static const char minute[] =
		INTO_DELTA "3, " MINUTE_OF("first_at") " AS item, COUNT(*)"
		"  FROM fold_person"
		" WHERE was_first_at IS NULL OR was_first_at > first_at"
		GROUP_HOMES ", item";
	static const char minute_before[] =
		INTO_DELTA "3, " MINUTE_OF("was_first_at") " AS item, -COUNT(*)"
		"  FROM fold_person"
		" WHERE was_first_at > first_at" GROUP_HOMES ", item";
	/* clang-format on */

	if (run(db, answered, 0, NULL) < 0 || run(db, region, 0, NULL) < 0 ||
	    run(db, minute, 0, NULL) < 0)
		return -1;
	return run(db, minute_before, 0, NULL);
}

#define IS_IN(answer) "(FIND_IN_SET(c.id, " answer ".choices) > 0)"

/* Whether his own answer and the newest proxy differ in what both tell of: who
 * heard that somebody is safe need not know whether he can come.  An admin is
 * told of it once more whenever either is new. */
static int mark_conflicts(struct db *db, const struct fold *f)
{
	static const char any[] =
		"SELECT EXISTS (SELECT 1 FROM proxy WHERE broadcast = ?)";
	static const char sql[] =
		"UPDATE fold_person f"
		"  STRAIGHT_JOIN recipient r"
		"    ON r.broadcast = ? AND r.user = f.user"
		"  STRAIGHT_JOIN answer o"
		"    ON o.broadcast = r.broadcast AND o.user = r.user"
		"   AND o.at = r.answered_at"
		"  STRAIGHT_JOIN answer p"
		"    ON p.broadcast = r.broadcast AND p.user = r.user"
		"   AND p.at = r.proxy_at"
		"   SET r.conflict = EXISTS ("
		"       SELECT 1"
		"         FROM question k"
		"         JOIN choice c ON c.question = k.id"
		"        WHERE k.broadcast = r.broadcast"
		"        GROUP BY k.id"
		"       HAVING SUM(" IS_IN(
			"o") ") > 0"
			     "          AND SUM(" IS_IN(
				     "p") ") > 0"
					  "          AND SUM(" IS_IN(
						  "o") " <> " IS_IN("p") ") > "
									 "0)";
	struct stmt *s = db_prepare(db, any);
	bool some;

	db_bind_int(s, f->broadcast);
	if (db_step(s) != 1)
		return -1;
	some = db_int(s, 0) != 0;
	if (db_step(s) < 0)
		return -1;
	return some && run(db, sql, 1, &f->broadcast) < 0 ? -1 : 0;
}

/* Last, because from here on the rows are locked that a person's next answer
 * needs.  An answer that has come in between the oldest and the newest of a
 * person meanwhile is done with as well: it can be neither his first nor the
 * one that counts.  Returns how many answers, or -1. */
static int64_t mark_counted(struct db *db, const struct fold *f)
{
	static const char folded[] =
		"UPDATE fold_person f"
		"  STRAIGHT_JOIN answer a"
		"    ON a.broadcast = ? AND a.user = f.user"
		"   AND a.at >= f.oldest"
		"   SET a.folded = TRUE"
		" WHERE a.folded = FALSE"
		"   AND a.at <= IF(a.channel = 'proxy', f.proxy_at, f.own_at)";
	static const char recipients[] =
		"UPDATE fold_person f"
		"  STRAIGHT_JOIN recipient r"
		"    ON r.broadcast = ? AND r.user = f.user"
		"   SET r.answered_at = IF(f.newer, f.at, r.answered_at),"
		"       r.coming = IF(f.newer, f.coming, r.coming),"
		"       r.first_at = f.first_at,"
		"       r.proxy_at = IF(f.proxy_at IS NULL, r.proxy_at,"
		"                       GREATEST(f.proxy_at,"
		"                         COALESCE(r.proxy_at, f.proxy_at)))";
	int64_t answers = run(db, folded, 1, &f->broadcast);

	if (answers < 0 || run(db, recipients, 1, &f->broadcast) < 0 ||
	    mark_conflicts(db, f) < 0)
		return -1;
	return answers;
}

/* Answers of people who were not asked: no link of ours makes such, and they
 * must not seem to wait for ever. */
static int let_go(struct db *db, const struct fold *f)
{
	static const char sql[] =
		"UPDATE answer a SET a.folded = TRUE"
		" WHERE a.folded = FALSE AND a.broadcast = ?"
		"   AND NOT EXISTS (SELECT 1 FROM recipient r"
		"                    WHERE r.broadcast = a.broadcast"
		"                      AND r.user = a.user)";
	int64_t gone = run(db, sql, 1, &f->broadcast);

	if (gone > 0)
		log_warn("answers of people not asked broadcast=%" PRId64
			 " answers=%" PRId64,
			 f->broadcast, gone);
	return (int)gone;
}

/* Counters that came down to nothing. */
static int clean(struct db *db, int64_t broadcast)
{
	static const char sql[] = "DELETE FROM tally"
				  " WHERE broadcast = ? AND people = 0";

	return run(db, sql, 1, &broadcast) < 0 ? -1 : 0;
}

static int count_answers(struct db *db, struct fold *f)
{
	int64_t people, choices, coming, others;

	if (clear_work(db) < 0)
		return -1;
	people = weigh(db, f);
	if (people <= 0)
		return people < 0 ? -1 : let_go(db, f);
	choices = move_choices(db, f);
	coming = choices < 0 ? -1 : coming_deltas(db, f);
	others = coming < 0 ? -1 : answered_deltas(db);
	if (others < 0 || spread(db, f->broadcast) < 0)
		return -1;
	if (choices + coming + others > 0 && clean(db, f->broadcast) < 0)
		return -1;
	return (int)mark_counted(db, f);
}

/* From scratch -------------------------------------------------------------*/

/* What the people of fold_people answered, from recipient and answer_choice.
 */
static int counted_deltas(struct db *db, const struct fold *f)
{
	static const char answered[] =
		"INSERT INTO fold_person"
		"       (user, home, at, oldest, first_at, was_first_at, newer,"
		"        other, coming, choices)"
		" SELECT p.user, p.home, r.answered_at, r.answered_at,"
		"        r.first_at, NULL, TRUE, TRUE, r.coming, ''"
		"   FROM fold_people p"
		"   JOIN recipient r ON r.broadcast = ? AND r.user = p.user"
		"  WHERE r.answered_at IS NOT NULL";
	static const char choices[] =
		INTO_DELTA "2, choice, COUNT(*)" COUNTED_CHOICES(
			"fold_people") ") p" GROUP_HOMES ", choice";

	if (run(db, answered, 1, &f->broadcast) < 0 ||
	    run(db, choices, 1, &f->broadcast) < 0)
		return -1;
	return coming_come(db) < 0 || answered_deltas(db) < 0 ? -1 : 0;
}

/* People beyond asked_to may have answered already: they are counted as
 * answered, and as asked by the next fold. */
static int rebuild_slices(struct db *db, const struct fold *f)
{
	struct fold slice = { .broadcast = f->broadcast };
	int64_t to = 0;
	int count;

	while ((count = next_slice(db, &slice, &to)) > 0) {
		if (to > f->asked_to && slice.asked_to < f->asked_to)
			to = f->asked_to;
		if (clear_work(db) < 0 || homes_of_slice(db, &slice, to) < 0)
			return -1;
		if (to <= f->asked_to && asked_deltas(db) < 0)
			return -1;
		if (counted_deltas(db, &slice) < 0 ||
		    spread(db, f->broadcast) < 0)
			return -1;
		slice.asked_to = to;
	}
	return count;
}

static int rebuild(struct db *db, struct fold *f)
{
	static const char sql[] = "DELETE FROM tally WHERE broadcast = ?";

	if (run(db, sql, 1, &f->broadcast) < 0)
		return -1;
	return rebuild_slices(db, f);
}

static int rebuild_step(struct db *db, void *arg)
{
	struct fold *f = arg;
	int rc = lock_state(db, f);

	if (rc <= 0)
		return rc;
	return rebuild(db, f) < 0 ? -1 : keep_state(db, f);
}

int tally_rebuild(struct db *db, int64_t broadcast)
{
	struct fold f = { .broadcast = broadcast };

	return db_transaction(db, rebuild_step, &f);
}

/* Groups that change --------------------------------------------------------*/

/* Also for those that were never counted: a fold that has begun to would keep
 * what it read before our change.  What was cancelled still takes answers. */
#define MARK_STALE                                                             \
	"INSERT INTO tally_state (broadcast, folded_at, stale)"                \
	" SELECT b.id, UTC_TIMESTAMP(6), TRUE"                                 \
	"   FROM broadcast b"                                                  \
	"  WHERE b.state IN ('confirmed', 'sending', 'sent', 'cancelled')"
#define MARKED " ON DUPLICATE KEY UPDATE stale = TRUE"

int tally_groups_changed(struct db *db)
{
	static const char sql[] = MARK_STALE MARKED;

	return run(db, sql, 0, NULL) < 0 ? -1 : 0;
}

int tally_people_changed(struct db *db, const char *ids)
{
	/* Whom enqueue is about to ask nobody can see yet. */
	static const char sql[] = MARK_STALE
		"    AND (b.state NOT IN ('sent', 'cancelled') OR EXISTS"
		"         (SELECT 1 FROM JSON_TABLE(?, '$[*]'"
		"                 COLUMNS (id INT PATH '$')) j"
		"            JOIN recipient r"
		"              ON r.broadcast = b.id"
		"             AND r.user = j.id))" MARKED;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, ids);
	return db_run(s) < 0 ? -1 : 0;
}

/* Folding ------------------------------------------------------------------*/

static int fold_step(struct db *db, void *arg)
{
	struct fold *f = arg;
	int rc = lock_state(db, f), asked, answers;

	if (rc <= 0)
		return rc;
	if (f->stale && rebuild(db, f) < 0)
		return -1;
	asked = count_asked(db, f);
	answers = asked < 0 ? -1 : count_answers(db, f);
	if (answers < 0 || keep_state(db, f) < 0)
		return -1;
	return asked + answers;
}

int tally_fold(struct db *db, int64_t broadcast)
{
	struct fold f = { .broadcast = broadcast };

	return db_transaction(db, fold_step, &f);
}

int tally_fold_all(struct db *db)
{
	static const char sql[] =
		"SELECT broadcast FROM answer"
		" WHERE folded = FALSE GROUP BY broadcast"
		" UNION"
		" SELECT b.id"
		"   FROM broadcast b"
		"   LEFT JOIN tally_state t ON t.broadcast = b.id"
		"  WHERE b.enqueued_to > COALESCE(t.asked_to, 0)"
		"     OR t.stale";
	struct stmt *s = db_prepare(db, sql);
	int rc, sum = 0;

	while ((rc = db_step(s)) > 0) {
		int folded = tally_fold(db, db_int(s, 0));

		if (folded < 0)
			return -1;
		sum += folded;
	}
	return rc < 0 ? -1 : sum;
}

int tally_fresh(struct db *db, const char *broadcasts)
{
	static const char sql[] =
		"SELECT b.id"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
		"  STRAIGHT_JOIN broadcast b ON b.id = j.id"
		"  LEFT JOIN tally_state t ON t.broadcast = b.id"
		" WHERE COALESCE(t.folded_at < ?, TRUE)"
		"   AND (b.enqueued_to > COALESCE(t.asked_to, 0)"
		"        OR EXISTS (SELECT 1 FROM answer a"
		"                    WHERE a.folded = FALSE"
		"                      AND a.broadcast = b.id))";
	struct stmt *s = db_prepare(db, sql);
	int rc, failed = 0;

	db_bind_text(s, broadcasts);
	db_bind_time(s, time_now() - FRESH_US);
	while ((rc = db_step(s)) > 0)
		failed |= tally_fold(db, db_int(s, 0)) < 0;
	return rc < 0 || failed ? -1 : 0;
}

int tally_is_late(struct db *db)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM answer"
				  "                WHERE folded = FALSE"
				  "                  AND at < ?)";
	struct stmt *s = db_prepare(db, sql);
	int late;

	db_bind_time(s, time_now() - LATE_US);
	if (db_step(s) != 1)
		return -1;
	late = db_int(s, 0) != 0;
	return db_step(s) < 0 ? -1 : late;
}

/* Reading ------------------------------------------------------------------*/

static const char *groups_json(struct arena *a, const int64_t *groups,
			       size_t count)
{
	struct str s = { .arena = a };

	str_add_char(&s, '[');
	for (size_t i = 0; i < count; i++)
		str_fmt(&s, "%s%lld", i > 0 ? "," : "", (long long)groups[i]);
	str_add_char(&s, ']');
	return str_text(&s);
}

static enum tally_kind kind_of(const char *word)
{
	size_t i = 0;

	while (i + 1 < LEN(kind_words) && strcmp(kind_words[i], word) != 0)
		i++;
	return (enum tally_kind)i;
}

int tally_read(struct db *db, int64_t broadcast, const int64_t *groups,
	       size_t count, struct tally **out)
{
	static const char sql[] =
		"SELECT t.grp, t.kind, t.item, t.people"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) g"
		"  JOIN tally t ON t.broadcast = ? AND t.grp = g.id"
		" WHERE t.people <> 0"
		" ORDER BY t.grp, t.kind, t.item";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, groups_json(db->arena, groups, count));
	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		struct tally *t = arena_alloc(db->arena, sizeof(*t));

		t->grp = db_int(s, 0);
		t->kind = kind_of(db_text(s, 1));
		t->item = db_int(s, 2);
		t->people = db_int(s, 3);
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return rc;
}
