#include "model/recipient.h"

#include "base/arena.h"
#include "db/db.h"
#include "model/reach.h"
#include "model/user_word.h"

/* All messages of a person for this question. */
#define HIS_MESSAGES                                                           \
	"  FROM broadcast k"                                                   \
	"  JOIN message m ON m.broadcast = k.id AND m.user = r.user"           \
	"  JOIN address a ON a.id = m.address"                                 \
	" WHERE (k.id = q.broadcast OR k.retry_of = q.broadcast)"

/* A message that reached him, as far as anybody knows: what the receiver sent
 * back did not, nor what lies at an address that takes nothing. */
#define REACHED                                                                \
	"m.state = 'handed' AND m.fate <> 'bounced'"                           \
	" AND a.state NOT IN ('dead', 'full', 'filtered')"

/* The one of his messages that is told of him. */
#define TOLD_FIRST                                                             \
	" ORDER BY (" REACHED ") DESC, m.fate = 'accepted' DESC,"              \
	"          m.state = 'handed' DESC, m.id DESC LIMIT 1"

/* A report that a person made unasked speaks of this broadcast if it is not
 * older than the day before. */
#define HIS_REPORTS                                                            \
	"  FROM self_report s"                                                 \
	" WHERE s.user = r.user AND s.at > b.made_at - INTERVAL 1 DAY"

/* r: as asked by this broadcast; q: as asked by its root.  Values: see
 * bind_people.  EXPLAIN shows, and this relies on: `r` by broadcast, a range of
 * the primary key; all else, within its EXISTS, by keys with the user in them.
 */
#define PEOPLE(joins)                                                          \
	"  FROM broadcast b"                                                   \
	"  STRAIGHT_JOIN recipient r FORCE INDEX (PRIMARY)"                    \
	"    ON r.broadcast = b.id"                                            \
	"  STRAIGHT_JOIN recipient q FORCE INDEX (PRIMARY)"                    \
	"    ON q.broadcast = COALESCE(b.retry_of, b.id)"                      \
	"   AND q.user = r.user" joins " WHERE b.id = ?"                       \
	"   AND (? <> 1 OR q.answered_at IS NOT NULL)"                         \
	"   AND (? NOT IN (2, 3, 4) OR q.answered_at IS NULL)"                 \
	"   AND (? <> 3 OR NOT EXISTS"                                         \
	"        (SELECT 1" HIS_MESSAGES " AND " REACHED "))"                  \
	"   AND (? <> 4 OR EXISTS (SELECT 1" HIS_REPORTS "))"                  \
	"   AND (? <> 5 OR q.proxy_at = q.answered_at)"                        \
	"   AND (? <> 6 OR q.conflict)"                                        \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM answer_choice c"               \
	"         WHERE c.broadcast = q.broadcast AND c.user = r.user"         \
	"           AND c.choice = ?))"                                        \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp_member e"                  \
	"          JOIN grp_path p ON p.ancestor = ?"                          \
	"           AND p.descendant = e.grp"                                  \
	"         WHERE e.user = r.user))"                                     \
	"   AND (? IS NULL OR EXISTS (SELECT 1 FROM user_region h"             \
	"         WHERE h.user = r.user"                                       \
	"           AND (h.purpose = 'work' OR NOT ? AND h.purpose = 'home')"  \
	"           AND h.region LIKE CONCAT(?, '%')))" USER_HAS_WORDS(        \
		"r.user") "   AND (? IS NULL OR EXISTS (SELECT 1 FROM answer " \
			  "w"                                                  \
			  "         WHERE w.broadcast = q.broadcast AND "      \
			  "w.user = r.user"                                    \
			  "           AND w.at = q.answered_at AND "           \
			  "INSTR(w.comment, ?) > 0))"                          \
			  "   AND (? = 0 OR r.user = ?)"                       \
			  "   AND (? = 0 OR EXISTS (SELECT 1 FROM user n"      \
			  "         WHERE n.id = r.user AND n.state = "        \
			  "'active'))"                                         \
			  "   AND " REACH_OF("r.user")

/* What a statement needs besides the query. */
struct asked_for {
	struct reach reach;
	struct user_words words;
};

static int prepare_people(struct db *db, int64_t account,
			  const struct recipient_query *query,
			  struct asked_for *out)
{
	if (reach_find(db, account, &out->reach) < 0)
		return -1;
	return user_words_read(db, query->text, &out->words);
}

static void bind_people(struct stmt *s, const struct recipient_query *query,
			const struct asked_for *asked)
{
	db_bind_int(s, query->broadcast);
	for (int i = 0; i < 6; i++)
		db_bind_int(s, query->filter);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->choice);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->group);
	db_bind_text(s, query->region);
	db_bind_int(s, query->work);
	db_bind_text(s, query->region);
	user_words_bind(s, &asked->words);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, query->comment);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->user);
	db_bind_int(s, query->active);
	reach_bind(s, &asked->reach);
}

static void read_row(struct stmt *s, struct recipient *r)
{
	*r = (struct recipient){
		.user = db_int(s, 0),
		.staff_no = db_text(s, 1),
		.name = db_text(s, 2),
		.group = db_text(s, 3),
		.why = db_text(s, 4),
		.answered_at = db_time(s, 5),
		.answer = db_text(s, 6),
		.marks = db_text(s, 7),
		.comment = db_text(s, 8),
		.delivery = db_text(s, 9),
		.address = db_text(s, 10),
		.proxy = db_int(s, 11) != 0,
		.source = db_text(s, 12),
		.certainty = db_text(s, 13),
		.conflict = db_int(s, 14) != 0,
		.other = db_text(s, 15),
		.reported_at = db_time(s, 16),
		.safety = db_text(s, 17),
		.coming = db_text(s, 18),
		.replied_at = db_time(s, 19),
		.texts = db_text(s, 20),
	};
}

/* The choices of the answer that counts, as a list of a column. */
#define HIS_CHOICES(list)                                                      \
	"(SELECT GROUP_CONCAT(" list ")"                                       \
	"   FROM answer_choice c JOIN choice o ON o.id = c.choice"             \
	"  WHERE c.broadcast = q.broadcast AND c.user = r.user)"

int recipient_list(struct db *db, int64_t account,
		   const struct recipient_query *query, struct recipient **out)
{
	/* clang-format off */
	static const char sql[] =
		"SELECT r.user, u.staff_no, u.name,"
		"       COALESCE((SELECT g.name FROM grp_member e"
		"                   JOIN grp g ON g.id = e.grp"
		"                  WHERE e.user = r.user"
		"                  ORDER BY g.id LIMIT 1), ''),"
		"       r.why, q.answered_at, "
		HIS_CHOICES("o.text ORDER BY o.id SEPARATOR '、'") ", "
		HIS_CHOICES("o.mark ORDER BY o.id") ","
		"       (SELECT w.comment FROM answer w"
		"         WHERE w.broadcast = q.broadcast AND w.user = r.user"
		"           AND w.at = q.answered_at),"
		"       (SELECT IF(m.fate <> '', m.fate, m.state)"
		HIS_MESSAGES TOLD_FIRST "),"
		"       (SELECT a.state" HIS_MESSAGES TOLD_FIRST "),"
		"       q.proxy_at <=> q.answered_at"
		"       AND q.answered_at IS NOT NULL,"
		"       x.source, x.certainty, q.conflict,"
		"       IF(q.conflict,"
		"          (SELECT GROUP_CONCAT(o.text ORDER BY o.id"
		"                               SEPARATOR '、')"
		"             FROM answer w"
		"             JOIN question k ON k.broadcast = w.broadcast"
		"             JOIN choice o ON o.question = k.id"
		"              AND FIND_IN_SET(o.id, w.choices)"
		"            WHERE w.broadcast = q.broadcast"
		"              AND w.user = r.user AND w.at = q.proxy_at), ''),"
		"       y.at, y.safety, y.coming, q.replied_at,"
		"       (SELECT w.texts FROM answer w"
		"         WHERE w.broadcast = q.broadcast AND w.user = r.user"
		"           AND w.at = q.answered_at)"
		PEOPLE(
		"  STRAIGHT_JOIN user u ON u.id = r.user"
		"  LEFT JOIN proxy x ON x.broadcast = q.broadcast"
		"   AND x.user = r.user AND x.at = q.proxy_at"
		"  LEFT JOIN self_report y ON q.answered_at IS NULL"
		"   AND y.user = r.user"
		"   AND y.at = (SELECT MAX(s.at)" HIS_REPORTS ")")
		"   AND r.user > ?"
		" ORDER BY r.user"
		" LIMIT ?";
	/* clang-format on */
	struct asked_for asked;
	struct stmt *s;
	int rc;

	if (prepare_people(db, account, query, &asked) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_people(s, query, &asked);
	db_bind_int(s, query->after);
	db_bind_int(s, query->most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

/* The counter that is the answer to a query, as tally.kind; NULL if none is.
 * Of those unanswered it is two: who was asked less who answered. */
static const char *counter_of(const struct recipient_query *q)
{
	if (q->region != NULL || q->text != NULL || q->comment != NULL ||
	    q->user != 0 || q->active)
		return NULL;
	if (q->choice != 0)
		return q->filter == RECIPIENT_ALL ? "choice" : NULL;
	switch (q->filter) {
	case RECIPIENT_ALL:
	case RECIPIENT_UNANSWERED:
		return "asked";
	case RECIPIENT_ANSWERED:
		return "answered";
	default:
		return NULL;
	}
}

/* What was counted already, if all is counted and within reach as a whole.
 * Returns 1 and sets *out, 0 if it is not, or -1. */
static int read_counter(struct db *db, const struct reach *reach,
			const struct recipient_query *query, int64_t *out)
{
	static const char sql[] =
		"SELECT COALESCE(SUM(IF(t.kind = ?, t.people, -t.people)), 0)"
		"  FROM broadcast b"
		"  JOIN tally_state f ON f.broadcast = b.id"
		"   AND f.asked_to >= b.enqueued_to AND NOT f.stale"
		"  LEFT JOIN tally t ON t.broadcast = b.id AND t.grp = ?"
		"   AND t.kind IN (?, IF(? = 2, 'answered', NULL))"
		"   AND t.item = ?"
		" WHERE b.id = ? AND b.retry_of IS NULL"
		"   AND ((? AND ? = 0) OR (? <> 0 AND " REACH_OF_GROUP(
			"?") "))"
			     " GROUP BY b.id";
	const char *kind = counter_of(query);
	struct stmt *s;
	int rc, found = 0;

	if (kind == NULL)
		return 0;
	s = db_prepare(db, sql);
	db_bind_text(s, kind);
	db_bind_int(s, query->group);
	db_bind_text(s, kind);
	db_bind_int(s, query->filter);
	db_bind_int(s, query->choice);
	db_bind_int(s, query->broadcast);
	db_bind_int(s, reach->everybody);
	db_bind_int(s, query->group);
	db_bind_int(s, query->group);
	db_bind_int(s, reach->everybody);
	db_bind_int(s, query->group);
	db_bind_int(s, reach->account);
	while ((rc = db_step(s)) > 0) {
		*out = db_int(s, 0);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int64_t recipient_count(struct db *db, int64_t account,
			const struct recipient_query *query)
{
	static const char sql[] = "SELECT COUNT(*)" PEOPLE("");
	struct asked_for asked;
	struct stmt *s;
	int64_t n = 0;
	int counted;

	if (prepare_people(db, account, query, &asked) < 0)
		return -1;
	counted = read_counter(db, &asked.reach, query, &n);
	if (counted != 0)
		return counted < 0 ? -1 : n;
	s = db_prepare(db, sql);
	bind_people(s, query, &asked);
	return db_number(s, &n) < 0 ? -1 : n;
}

int64_t recipient_target(struct db *db, int64_t account,
			 const struct recipient_query *query, int64_t broadcast)
{
	static const char sql[] = "INSERT INTO target (broadcast, kind, item)"
				  " SELECT ?, 'user', r.user" PEOPLE("");
	struct asked_for asked;
	struct stmt *s;

	if (prepare_people(db, account, query, &asked) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, broadcast);
	bind_people(s, query, &asked);
	return db_run(s);
}

int recipient_links(struct db *db, int64_t broadcast, int64_t after, int most,
		    struct recipient_link **out)
{
	static const char sql[] =
		"SELECT COALESCE(b.retry_of, b.id), r.user, u.staff_no,"
		"       u.link_generation"
		"  FROM broadcast b"
		"  JOIN recipient r ON r.broadcast = b.id"
		"  JOIN user u ON u.id = r.user"
		" WHERE b.id = ? AND r.user > ?"
		" ORDER BY r.user"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	db_bind_int(s, after);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct recipient_link *l = arena_alloc(db->arena, sizeof(*l));

		l->root = db_int(s, 0);
		l->user = db_int(s, 1);
		l->staff_no = db_text(s, 2);
		l->generation = (uint8_t)db_int(s, 3);
		*out = l;
		out = &l->next;
	}
	*out = NULL;
	return rc;
}
