#include "model/report.h"

#include "base/arena.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/reach.h"
#include "model/user_word.h"

/* The latest of each person since a time: a range of the index by time, of
 * which each looks for a newer one by his own key. */
#define LATEST                                                                 \
	"  FROM self_report s"                                                 \
	"  LEFT JOIN self_report l ON l.user = s.user AND l.at > s.at"         \
	" WHERE s.at >= ?"                                                     \
	"   AND l.user IS NULL"

/* Takes the time it is. */
#define IS_ASKED                                                               \
	"EXISTS (SELECT 1 FROM broadcast b"                                    \
	"          JOIN recipient r ON r.broadcast = b.id"                     \
	"           AND r.user = s.user"                                       \
	"         WHERE " BROADCAST_IS_OPEN                                    \
	"           AND b.kind = 'safety' AND b.retry_of IS NULL"              \
	"           AND NOT b.test"                                            \
	"           AND (b.closes_at IS NULL OR b.closes_at > ?))"

/* Values: bind_filter. */
#define FILTER                                                                 \
	LATEST "   AND (? IS NULL OR s.safety = ?)"                            \
	       "   AND (? = FALSE OR NOT " IS_ASKED                            \
	       ")" USER_HAS_WORDS("s.user") "   AND " REACH_OF("s.user")

static void bind_filter(struct stmt *s, const struct report_query *query,
			const struct user_words *words,
			const struct reach *reach)
{
	db_bind_time(s, query->since);
	db_bind_text(s, query->safety);
	db_bind_text(s, query->safety);
	db_bind_int(s, query->unasked);
	db_bind_time(s, time_now());
	user_words_bind(s, words);
	reach_bind(s, reach);
}

static void read_row(struct stmt *s, struct report *r)
{
	*r = (struct report){
		.user = db_int(s, 0),
		.at = db_time(s, 1),
		.safety = db_text(s, 2),
		.coming = db_text(s, 3),
		.comment = db_text(s, 4),
		.asked = db_int(s, 5) != 0,
		.staff_no = db_text(s, 6),
		.name = db_text(s, 7),
		.group = db_text(s, 8),
	};
}

int report_list(struct db *db, int64_t account,
		const struct report_query *query, struct report **out)
{
	/* First who is on the page, then what is shown of them. */
	static const char sql[] =
		"SELECT s.user, s.at, s.safety, s.coming, s.comment, " IS_ASKED
		"       , u.staff_no, u.name,"
		"       COALESCE((SELECT g.name"
		"                   FROM grp_member m JOIN grp g ON g.id = "
		"m.grp"
		"                  WHERE m.user = s.user"
		"                  ORDER BY g.id LIMIT 1), '')"
		"  FROM (SELECT s.*" FILTER
		"           AND (? IS NULL OR s.at < ?"
		"                OR (s.at = ? AND s.user < ?))"
		"         ORDER BY s.at DESC, s.user DESC"
		"         LIMIT ?) s"
		"  JOIN user u ON u.id = s.user"
		" ORDER BY s.at DESC, s.user DESC";
	struct user_words words;
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0 ||
	    user_words_read(db, query->text, &words) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, time_now());
	bind_filter(s, query, &words, &reach);
	for (int i = 0; i < 3; i++)
		db_bind_time(s, query->before_at);
	db_bind_int(s, query->before_user);
	db_bind_int(s, query->most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int64_t report_count(struct db *db, int64_t account,
		     const struct report_query *query)
{
	static const char sql[] = "SELECT COUNT(*)" FILTER;
	struct user_words words;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;

	if (reach_find(db, account, &reach) < 0 ||
	    user_words_read(db, query->text, &words) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_filter(s, query, &words, &reach);
	return db_number(s, &n) < 0 ? -1 : n;
}

int report_summary(struct db *db, int64_t account, int64_t since,
		   struct report_counts *out)
{
	/* One pass, for the front page: a time is as long as any other, so
	 * the last of a person is the greatest text. */
	static const char sql[] =
		"SELECT COUNT(*), COALESCE(SUM(x.last LIKE '%slight'), 0),"
		"       COALESCE(SUM(x.last LIKE '%serious'), 0)"
		"  FROM (SELECT MAX(CONCAT(s.at, s.safety)) AS last"
		"          FROM self_report s"
		"         WHERE s.at >= ?"
		"           AND " REACH_OF(
			"s.user") "         GROUP BY s.user) x";
	struct reach reach;
	struct stmt *s;
	int rc;

	*out = (struct report_counts){ 0 };
	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, since);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		out->people = db_int(s, 0);
		out->slight = db_int(s, 1);
		out->serious = db_int(s, 2);
	}
	return rc;
}

int report_of(struct db *db, int64_t account, int64_t user, int most,
	      struct report **out)
{
	static const char sql[] =
		"SELECT s.at, s.safety, s.coming, s.comment"
		"  FROM self_report s"
		" WHERE s.user = ?"
		"   AND " REACH_OF("s.user") " ORDER BY s.at DESC"
					     " LIMIT ?";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, user);
	reach_bind(s, &reach);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->user = user;
		(*out)->at = db_time(s, 0);
		(*out)->safety = db_text(s, 1);
		(*out)->coming = db_text(s, 2);
		(*out)->comment = db_text(s, 3);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
