#include "model/user.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/reach.h"
#include "model/user_word.h"

enum { LARGE = 2000 }; /* people of a set that is not sorted */

#define USABLE "NOT IN ('dead', 'full', 'filtered')"

#define USER_COLUMNS                                                           \
	"SELECT u.id, u.staff_no, u.name, u.kana, u.lang, u.state,"            \
	"       COALESCE((SELECT g.name"                                       \
	"                   FROM grp_member m JOIN grp g ON g.id = m.grp"      \
	"                  WHERE m.user = u.id"                                \
	"                  ORDER BY g.id LIMIT 1), ''),"                       \
	"       (SELECT COUNT(*) FROM address a WHERE a.user = u.id),"         \
	"       (SELECT COUNT(*) FROM address a"                               \
	"         WHERE a.user = u.id AND a.state " USABLE "),"                \
	"       u.version, u.changed_at, u.left_at,"                           \
	"       COALESCE((SELECT c.name FROM account c"                        \
	"                  WHERE c.id = u.changed_by), '')"

static void read_row(struct stmt *s, struct user *u)
{
	*u = (struct user){
		.id = db_int(s, 0),
		.staff_no = db_text(s, 1),
		.name = db_text(s, 2),
		.kana = db_text(s, 3),
		.lang = db_text(s, 4),
		.state = db_text(s, 5),
		.group = db_text(s, 6),
		.addresses = db_int(s, 7),
		.usable = db_int(s, 8),
		.version = db_int(s, 9),
		.changed_at = db_time(s, 10),
		.left_at = db_time(s, 11),
		.changed_by = db_text(s, 12),
	};
}

static int find(struct stmt *s, struct user *out)
{
	int rc, found = 0;

	while ((rc = db_step(s)) > 0) {
		read_row(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int user_find(struct db *db, int64_t account, int64_t id, struct user *out)
{
	static const char sql[] = USER_COLUMNS "  FROM user u"
					       " WHERE u.id = ?"
					       "   AND " REACH_OF("u.id");
	struct reach reach;
	struct stmt *s;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, id);
	reach_bind(s, &reach);
	return find(s, out);
}

int user_of_number(struct db *db, const char *staff_no, int64_t *id)
{
	static const char sql[] = "SELECT id FROM user WHERE staff_no = ?";
	struct stmt *s = db_prepare(db, sql);

	*id = 0;
	db_bind_text(s, staff_no);
	return db_number(s, id) < 0 ? -1 : *id != 0;
}

/* Bare, so that programs which may not see addresses can name people. */
int user_find_staff_no(struct db *db, int64_t account, const char *staff_no,
		       struct user *out)
{
	static const char sql[] = "SELECT u.id, u.staff_no, u.name, u.kana,"
				  "       u.lang, u.state"
				  "  FROM user u"
				  " WHERE u.staff_no = ?"
				  "   AND " REACH_OF("u.id");
	struct reach reach;
	struct stmt *s;
	int rc, found = 0;

	if (reach_find(db, account, &reach) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, staff_no);
	reach_bind(s, &reach);
	while ((rc = db_step(s)) > 0) {
		*out = (struct user){
			.id = db_int(s, 0),
			.staff_no = db_text(s, 1),
			.name = db_text(s, 2),
			.kana = db_text(s, 3),
			.lang = db_text(s, 4),
			.state = db_text(s, 5),
			.group = "",
			.changed_by = "",
		};
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* Searching ------------------------------------------------------------------
 *
 * A list begins with the smallest set that it can name: those of a word, of a
 * group, the reach of a group admin, those of a region; else all, in the order
 * of their numbers.  Each beginning is a statement of its own, so that an index
 * serves it; what else is asked for is a condition on each person of it.
 */
enum from { FROM_WORD, FROM_GROUP, FROM_REACH, FROM_REGION, FROM_ALL, FROMS };

#define SET(sql) "  FROM (" sql ") d STRAIGHT_JOIN user u ON u.id = d.user"

#define WORD "  FROM user_word WHERE word LIKE ?"
#define GROUP                                                                  \
	"  FROM grp_path p JOIN grp_member m ON m.grp = p.descendant"          \
	" WHERE p.ancestor = ? AND (? = FALSE OR p.depth = 0)"
#define REACHED                                                                \
	"  FROM grp_admin a JOIN grp_path p ON p.ancestor = a.grp"             \
	"  JOIN grp_member m ON m.grp = p.descendant"                          \
	" WHERE a.account = ?"
#define REGION "  FROM user_region WHERE region LIKE ?"

#define SET_WORD   SET("SELECT DISTINCT user" WORD)
#define SET_GROUP  SET("SELECT DISTINCT m.user" GROUP)
#define SET_REACH  SET("SELECT DISTINCT m.user" REACHED)
#define SET_REGION SET("SELECT DISTINCT user" REGION)
#define SET_ALL	   "  FROM user u"

#define HAS_WORDS USER_HAS_WORDS("u.id")

#define ADDRESS_OF    "SELECT 1 FROM address a WHERE a.user = u.id"
#define HAS_ADDRESS   "EXISTS (" ADDRESS_OF ")"
#define HAS_USABLE    "EXISTS (" ADDRESS_OF " AND a.state " USABLE ")"
#define HAS_UNKNOWN   "EXISTS (" ADDRESS_OF " AND a.state = 'unknown')"
#define HAS_CONFIRMED "EXISTS (" ADDRESS_OF " AND a.state = 'confirmed')"

/* By number: enum user_mail. */
#define MAIL_IS                                                                \
	"   AND CASE ? WHEN 0 THEN TRUE WHEN 1 THEN NOT " HAS_ADDRESS          \
	"       WHEN 2 THEN " HAS_ADDRESS " AND NOT " HAS_USABLE               \
	"       WHEN 3 THEN " HAS_UNKNOWN " AND NOT " HAS_CONFIRMED            \
	"       ELSE " HAS_CONFIRMED " END AND "

/* Values: state, word (twice each), group and depth, member of, not in,
 * region, mail, reach. */
#define CONDITIONS_FIRST                                                       \
	" WHERE u.state = ?" HAS_WORDS                                         \
	"   AND (? = 0 OR EXISTS (SELECT 1 FROM grp_member m"                  \
	"          JOIN grp_path p ON p.descendant = m.grp"                    \
	"         WHERE m.user = u.id AND p.ancestor = ?))"                    \
	"   AND (? = 0 OR NOT EXISTS (SELECT 1 FROM grp_member m"              \
	"         WHERE m.user = u.id AND m.grp = ?))"                         \
	"   AND (? IS NULL OR EXISTS (SELECT 1 FROM user_region r"             \
	"         WHERE r.user = u.id AND r.region LIKE ?))"
#define CONDITIONS CONDITIONS_FIRST MAIL_IS REACH_OF("u.id")

/* Whether a set is large, without counting it to its end. */
#define SIZE(set) "SELECT COUNT(*) FROM (SELECT 1" set " LIMIT ?) n"

/* First who is on the page, then what is shown of them: sorting would read all
 * of it for everybody. */
#define LIST(set)                                                              \
	USER_COLUMNS "  FROM (SELECT u.id" set CONDITIONS                      \
		     "           AND u.staff_no > ?"                           \
		     "         ORDER BY u.staff_no"                            \
		     "         LIMIT ?) y"                                     \
		     "  STRAIGHT_JOIN user u ON u.id = y.id"                   \
		     " ORDER BY u.staff_no"
#define COUNT(set) "SELECT COUNT(*)" set CONDITIONS
#define PLAIN(set) "SELECT COUNT(*)" set " WHERE u.state = ?"

static const char list_word[] = LIST(SET_WORD);
static const char list_group[] = LIST(SET_GROUP);
static const char list_reach[] = LIST(SET_REACH);
static const char list_region[] = LIST(SET_REGION);
static const char list_all[] = LIST(SET_ALL);
static const char count_word[] = COUNT(SET_WORD);
static const char count_group[] = COUNT(SET_GROUP);
static const char count_reach[] = COUNT(SET_REACH);
static const char count_region[] = COUNT(SET_REGION);
static const char count_all[] = COUNT(SET_ALL);

static const char plain_word[] = PLAIN(SET_WORD);
static const char plain_group[] = PLAIN(SET_GROUP);
static const char plain_reach[] = PLAIN(SET_REACH);
static const char plain_region[] = PLAIN(SET_REGION);
static const char plain_all[] = PLAIN(SET_ALL);
static const char size_word[] = SIZE(WORD);
static const char size_group[] = SIZE(GROUP);
static const char size_reach[] = SIZE(REACHED);
static const char size_region[] = SIZE(REGION);

static const struct {
	const char *list, *count;
	const char *plain; /* the count, if only the set is asked for */
	const char *size;
} statements[FROMS] = {
	[FROM_WORD] = { list_word, count_word, plain_word, size_word },
	[FROM_GROUP] = { list_group, count_group, plain_group, size_group },
	[FROM_REACH] = { list_reach, count_reach, plain_reach, size_reach },
	[FROM_REGION] = { list_region, count_region, plain_region,
			  size_region },
	[FROM_ALL] = { list_all, count_all, plain_all, NULL },
};

struct search {
	const struct user_query *query;
	struct reach reach;
	enum from from;
	int64_t size; /* of the set, LARGE at most */
	struct user_words words;
	const char *region; /* a pattern of LIKE; NULL: none */
};

static const char *state_of(const struct user_query *query)
{
	return query->state == NULL ? "active" : query->state;
}

static void bind_set(struct stmt *s, const struct search *find)
{
	const struct user_query *q = find->query;

	switch (find->from) {
	case FROM_WORD:
		db_bind_text(s, find->words.like[0]);
		break;
	case FROM_GROUP:
		db_bind_int(s, q->member_of != 0 ? q->member_of : q->group);
		db_bind_int(s, q->member_of != 0);
		break;
	case FROM_REACH:
		db_bind_int(s, find->reach.account);
		break;
	case FROM_REGION:
		db_bind_text(s, find->region);
		break;
	default:
		break;
	}
}

static bool is_named(const struct search *find, enum from from)
{
	const struct user_query *q = find->query;

	switch (from) {
	case FROM_WORD:
		return find->words.like[0] != NULL;
	case FROM_GROUP:
		return q->group != 0 || q->member_of != 0;
	case FROM_REACH:
		return !find->reach.everybody;
	case FROM_REGION:
		return find->region != NULL;
	default:
		return false;
	}
}

/* How large the set is, LARGE at most; -1 on failure. */
static int64_t size_of(struct db *db, const struct search *find)
{
	struct stmt *s = db_prepare(db, statements[find->from].size);
	int64_t n = 0;

	bind_set(s, find);
	db_bind_int(s, LARGE);
	return db_number(s, &n) < 0 ? -1 : n;
}

/* The smallest set that is named.  Members of one group are always those of
 * the group, since no condition says so.  Returns 0, or -1. */
static int choose_set(struct db *db, struct search *find)
{
	struct search best = *find;

	best.from = FROM_ALL;
	best.size = LARGE + 1;
	for (int from = FROM_WORD; from < FROM_ALL; from++) {
		if (!is_named(find, (enum from)from))
			continue;
		find->from = (enum from)from;
		find->size = size_of(db, find);
		if (find->size < 0)
			return -1;
		if (find->size < best.size)
			best = *find;
		if (from == FROM_GROUP && find->query->member_of != 0) {
			best = *find;
			break;
		}
	}
	*find = best;
	return 0;
}

/* Returns 0, or -1 on failure. */
static int prepare_search(struct db *db, int64_t account,
			  const struct user_query *query, struct search *find)
{
	*find = (struct search){ .query = query };
	if (reach_find(db, account, &find->reach) < 0)
		return -1;
	if (user_words_read(db, query->text, &find->words) < 0)
		return -1;
	if (query->region != NULL)
		find->region = user_word_like(db->arena, query->region,
					      strlen(query->region));
	return choose_set(db, find);
}

static void bind_search(struct stmt *s, const struct search *find)
{
	const struct user_query *q = find->query;
	struct user_words words = find->words;

	bind_set(s, find);
	db_bind_text(s, state_of(q));
	if (find->from == FROM_WORD)
		words.like[0] = NULL; /* the set is those of it */
	user_words_bind(s, &words);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, find->from == FROM_GROUP ? 0 : q->group);
	for (int i = 0; i < 2; i++)
		db_bind_int(s, q->not_in);
	for (int i = 0; i < 2; i++)
		db_bind_text(s, find->region);
	db_bind_int(s, q->mail);
	reach_bind(s, &find->reach);
}

int user_list(struct db *db, int64_t account, const struct user_query *query,
	      struct user **out)
{
	struct search find;
	struct stmt *s;
	int rc;

	if (prepare_search(db, account, query, &find) < 0)
		return -1;
	/* A page of a large set is found sooner among all, which are in the
	 * order of their numbers: the set must be sorted. */
	if (find.size == LARGE && query->member_of == 0)
		find.from = FROM_ALL;
	s = db_prepare(db, statements[find.from].list);
	bind_search(s, &find);
	db_bind_text(s, query->after == NULL ? "" : query->after);
	db_bind_int(s, query->most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

/* Nothing more is asked of each person of the set. */
static bool is_plain(const struct search *find)
{
	const struct user_query *q = find->query;
	int named = 0;

	for (int from = FROM_WORD; from < FROM_ALL; from++)
		named += is_named(find, (enum from)from);
	return q->mail == USER_MAIL_ANY && q->not_in == 0 &&
	       (find->from == FROM_ALL
			? named == 0
			: named == 1 && find->words.like[1] == NULL);
}

int64_t user_count(struct db *db, int64_t account,
		   const struct user_query *query)
{
	struct search find;
	struct stmt *s;
	int64_t n = 0;

	if (prepare_search(db, account, query, &find) < 0)
		return -1;
	if (is_plain(&find)) {
		s = db_prepare(db, statements[find.from].plain);
		bind_set(s, &find);
		db_bind_text(s, state_of(query));
	} else {
		s = db_prepare(db, statements[find.from].count);
		bind_search(s, &find);
	}
	return db_number(s, &n) < 0 ? -1 : n;
}
