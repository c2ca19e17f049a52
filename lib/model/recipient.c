#include "model/recipient.h"

#include "base/arena.h"
#include "db/db.h"
#include "model/reach.h"

/* All messages of a person for this question. */
#define HIS_MESSAGES                                                           \
	"  FROM broadcast k"                                                   \
	"  JOIN message m ON m.broadcast = k.id AND m.user = r.user"           \
	"  JOIN address a ON a.id = m.address"                                 \
	" WHERE (k.id = q.broadcast OR k.retry_of = q.broadcast)"

/* r: as asked by this broadcast; q: as asked by its root.  Values: broadcast,
 * filter (3 times), choice, choice, group, group, text (4 times), reach. */
#define PEOPLE                                                                 \
	"  FROM broadcast b"                                                   \
	"  JOIN recipient r ON r.broadcast = b.id"                             \
	"  JOIN recipient q ON q.broadcast = COALESCE(b.retry_of, b.id)"       \
	"   AND q.user = r.user"                                               \
	"  JOIN user u ON u.id = r.user"                                       \
	" WHERE b.id = ?"                                                      \
	"   AND (? <> 1 OR q.answered_at IS NOT NULL)"                         \
	"   AND (? <> 2 OR q.answered_at IS NULL)"                             \
	"   AND (? <> 3 OR (q.answered_at IS NULL AND NOT EXISTS"              \
	"        (SELECT 1" HIS_MESSAGES "  AND m.state = 'handed'"            \
	"            AND a.state NOT IN ('dead', 'full', 'filtered'))))"       \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM answer_choice c"               \
	"         WHERE c.broadcast = q.broadcast AND c.user = r.user"         \
	"           AND c.choice = ?))"                                        \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp_path p"                    \
	"          JOIN grp_member e ON e.grp = p.descendant"                  \
	"         WHERE p.ancestor = ? AND e.user = r.user))"                  \
	"   AND (? IS NULL OR INSTR(CONVERT(u.staff_no USING utf8mb4), ?) > 0" \
	"        OR INSTR(u.name, ?) > 0 OR INSTR(u.kana, ?) > 0)"             \
	"   AND " REACH_OF("r.user")

static void bind_people(struct stmt *s, const struct recipient_query *query,
			const struct reach *reach)
{
	db_bind_int(s, query->broadcast);
	for (int i = 0; i < 3; i++)
		db_bind_int(s, query->filter);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->choice);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, query->group);
	for (int i = 0; i < 4; i++)
		db_bind_text(s, query->text);
	reach_bind(s, reach);
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
		.texts = db_text(s, 11),
	};
}

int recipient_list(struct db *db, int64_t account,
		   const struct recipient_query *query, struct recipient **out)
{
	static const char sql[] =
		"SELECT r.user, u.staff_no, u.name,"
		"       COALESCE((SELECT g.name FROM grp_member e"
		"                   JOIN grp g ON g.id = e.grp"
		"                  WHERE e.user = r.user"
		"                  ORDER BY g.id LIMIT 1), ''),"
		"       r.why, q.answered_at,"
		"       (SELECT GROUP_CONCAT(o.text ORDER BY o.id SEPARATOR "
		"'、')"
		"          FROM answer_choice c JOIN choice o ON o.id = "
		"c.choice"
		"         WHERE c.broadcast = q.broadcast AND c.user = r.user),"
		"       (SELECT GROUP_CONCAT(o.mark ORDER BY o.id)"
		"          FROM answer_choice c JOIN choice o ON o.id = "
		"c.choice"
		"         WHERE c.broadcast = q.broadcast AND c.user = r.user),"
		"       (SELECT w.comment FROM answer w"
		"         WHERE w.broadcast = q.broadcast AND w.user = r.user"
		"         ORDER BY w.at DESC LIMIT 1),"
		"       (SELECT m.state" HIS_MESSAGES
		"         ORDER BY m.state = 'handed' DESC, m.id DESC LIMIT 1),"
		"       (SELECT a.state" HIS_MESSAGES
		"         ORDER BY m.state = 'handed' DESC, m.id DESC LIMIT "
		"1),"
		"       (SELECT w.texts FROM answer w"
		"         WHERE w.broadcast = q.broadcast AND w.user = r.user"
		"         ORDER BY w.at DESC LIMIT 1)" PEOPLE
		"   AND r.user > ?"
		" ORDER BY r.user"
		" LIMIT ?";
	struct reach reach;
	struct stmt *s;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_people(s, query, &reach);
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

int64_t recipient_count(struct db *db, int64_t account,
			const struct recipient_query *query)
{
	static const char sql[] = "SELECT COUNT(*)" PEOPLE;
	struct reach reach;
	struct stmt *s;
	int64_t n = 0;
	int rc;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	bind_people(s, query, &reach);
	while ((rc = db_step(s)) > 0)
		n = db_int(s, 0);
	return rc < 0 ? -1 : n;
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
