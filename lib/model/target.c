#include "model/target.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "model/group.h"
#include "model/reach.h"
#include "model/user.h"

static const int64_t id_most = UINT32_MAX;

/* A preview looks for its people below this user id first, and then below one
 * so many times as high: it needs a few, not all. */
enum { PREVIEW_IDS = 1000, PREVIEW_GROWTH = 30 };

#define TARGETS                                                                \
	"JSON_TABLE(?, '$[*]' COLUMNS ("                                       \
	"  kind VARCHAR(10) CHARACTER SET ascii PATH '$.kind',"                \
	"  code VARCHAR(12) CHARACTER SET ascii PATH '$.code',"                \
	"  purposes VARCHAR(24) CHARACTER SET ascii PATH '$.purposes',"        \
	"  number INT UNSIGNED PATH '$.number',"                               \
	"  minus BOOLEAN PATH '$.minus')) t"

/*
 * The ways to be named, from the few targets to the people.  A region has two,
 * for itself and for those in it, since an index serves one condition and not
 * two.
 *
 * The joins go in the order told: the work grows with the people named, not
 * with all there are.  By itself MariaDB, which does not know how few targets
 * there are, reads all regions, users or answers.  EXPLAIN shows, and this
 * relies on: `v` by a range of the primary key; `p` and `b` by the primary key;
 * `g` by the primary key or `parent`; `r` by broadcast; `w`, the few answers
 * not counted yet, by `folded`, index only; `d` by broadcast and choice; `m`
 * and `h` by group and region, index only, or in a small slice of user ids by a
 * range of these, which MariaDB weighs.
 */
#define BY_ALL                                                                 \
	TARGETS "  STRAIGHT_JOIN user v"                                       \
		" WHERE t.kind = 'all'"
#define BY_GROUP                                                               \
	TARGETS "  STRAIGHT_JOIN grp_path p ON p.ancestor = t.number"          \
		"  JOIN grp_member m ON m.grp = p.descendant"                  \
		" WHERE t.kind = 'group'"
#define BY_REGION(condition)                                                   \
	TARGETS "  STRAIGHT_JOIN region g ON " condition                       \
		"  STRAIGHT_JOIN user_region h FORCE INDEX (region)"           \
		"    ON h.region = g.code"                                     \
		"   AND FIND_IN_SET(h.purpose, t.purposes)"                    \
		" WHERE t.kind = 'region'"
#define BY_REGION_ITSELF BY_REGION("g.code = t.code")
#define BY_REGION_WITHIN BY_REGION("g.parent = t.code")
#define BY_USER		 TARGETS " WHERE t.kind = 'user'"
#define BY_ANSWERED                                                            \
	TARGETS "  STRAIGHT_JOIN broadcast b ON b.id = t.number"               \
		"  STRAIGHT_JOIN recipient r"                                  \
		"    ON r.broadcast = COALESCE(b.retry_of, b.id)"              \
		" WHERE t.kind IN ('answered', 'unanswered')"                  \
		"   AND (t.kind = 'answered')"                                 \
		"     = (r.answered_at IS NOT NULL"                            \
		"        OR (r.broadcast, r.user) IN ("                        \
		"           SELECT w.broadcast, w.user FROM answer w"          \
		"            WHERE w.folded = FALSE))"
#define BY_CHOSE                                                               \
	TARGETS "  STRAIGHT_JOIN choice c ON c.id = t.number"                  \
		"  STRAIGHT_JOIN question q ON q.id = c.question"              \
		"  STRAIGHT_JOIN answer_choice d"                              \
		"    ON d.broadcast = q.broadcast AND d.choice = c.id"         \
		" WHERE t.kind = 'chose'"

/* Why somebody was named: the digit ranks the reasons, the place of work
 * first.  To be left out ranks above all. */
#define NAMED(user, why, by)                                                   \
	"SELECT " user " AS user, IF(t.minus, '0', " why ") AS why FROM " by   \
	"   AND " user " BETWEEN ? AND ?"
#define OR_NAMED(user, why, by) " UNION ALL " NAMED(user, why, by)
#define REGION_WHY                                                             \
	"CONCAT(FIELD(h.purpose, 'work', 'home', 'family', 'other'),"          \
	" h.purpose, ':', t.code)"

#define NAMED_ALL      NAMED("v.id", "'9all'", BY_ALL)
#define NAMED_GROUP    OR_NAMED("m.user", "CONCAT('4group:', t.number)", BY_GROUP)
#define NAMED_REGION   OR_NAMED("h.user", REGION_WHY, BY_REGION_ITSELF)
#define NAMED_WITHIN   OR_NAMED("h.user", REGION_WHY, BY_REGION_WITHIN)
#define NAMED_USER     OR_NAMED("t.number", "'3user'", BY_USER)
#define NAMED_ANSWERED OR_NAMED("r.user", "CONCAT('5', r.why)", BY_ANSWERED)
#define NAMED_CHOSE    OR_NAMED("d.user", "'6user'", BY_CHOSE)
#define NAMED_ANYHOW                                                           \
	NAMED_ALL NAMED_GROUP NAMED_REGION NAMED_WITHIN NAMED_USER             \
		NAMED_ANSWERED NAMED_CHOSE

/* Each person once, with the first of the reasons.  Values: the list as JSON,
 * first and last user id, for each branch; first and last; reach. */
#define SELECTION_FROM                                                         \
	"SELECT u.id AS user, SUBSTR(MIN(x.why), 2) AS why FROM ("
#define SELECTION_WHERE                                                        \
	") x STRAIGHT_JOIN user u ON u.id = x.user"                            \
	" WHERE u.state = 'active' AND u.id BETWEEN ? AND ? AND "
#define SELECTION_ONCE " GROUP BY u.id HAVING MIN(x.why) > '0'"
#define SELECTION                                                              \
	SELECTION_FROM NAMED_ANYHOW SELECTION_WHERE REACH_OF("u.id")           \
		SELECTION_ONCE

enum { BRANCHES = 7 };

/* A selection as its statement is given it. */
struct selection {
	const char *json;
	struct reach reach;
	int64_t first, last; /* user ids */
};

static int prefecture_exists(struct db *db, const char *code)
{
	static const char sql[] = "SELECT 1 FROM region"
				  " WHERE code = ? AND kind = 'prefecture'";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_text(s, code);
	while ((rc = db_step(s)) > 0)
		found = 1;
	return rc < 0 ? -1 : found;
}

static const char *id_text(struct arena *a, int64_t id)
{
	return arena_fmt(a, "%lld", (long long)id);
}

int target_parse(struct db *db, int64_t account, const char *text,
		 struct target *out)
{
	struct group group;
	struct user user;
	int rc = 0;

	*out = (struct target){ .kind = "all", .item = "" };
	if (str_eq(text, "all"))
		return 1;
	if (str_begins(text, "region:")) {
		out->kind = "region";
		out->item = text + strlen("region:");
		rc = prefecture_exists(db, out->item);
	} else if (str_begins(text, "group:")) {
		out->kind = "group";
		rc = group_find_code(db, account, text + strlen("group:"),
				     &group);
		if (rc == 1)
			out->item = id_text(db->arena, group.id);
	} else if (str_begins(text, "user:")) {
		out->kind = "user";
		rc = user_find_staff_no(db, account, text + strlen("user:"),
					&user);
		if (rc == 1)
			out->item = id_text(db->arena, user.id);
	}
	return rc;
}

int target_prefectures(struct db *db, struct prefecture **out)
{
	static const char sql[] = "SELECT code, name"
				  "  FROM region"
				  " WHERE kind = 'prefecture'"
				  " ORDER BY code";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct prefecture *p = arena_alloc(db->arena, sizeof(*p));

		p->code = db_text(s, 0);
		p->name = db_text(s, 1);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

static void release(void *arg)
{
	free(arg);
}

static json_t *target_json(const struct target *t)
{
	long long number = 0;

	if (str_eq(t->kind, "all"))
		return json_pack("{s:s,s:i}", "kind", t->kind, "minus",
				 (int)t->minus);
	if (str_eq(t->kind, "region")) {
		const char *purposes = strchr(t->item, ':');
		size_t len = strcspn(t->item, ":");

		return json_pack("{s:s,s:s%,s:s,s:i}", "kind", t->kind, "code",
				 t->item, len, "purposes",
				 purposes == NULL ? "work,home" : purposes + 1,
				 "minus", (int)t->minus);
	}
	if (!str_to_int(t->item, 1, id_most, &number))
		return NULL;
	return json_pack("{s:s,s:I,s:i}", "kind", t->kind, "number",
			 (json_int_t)number, "minus", (int)t->minus);
}

static const char *list_json(struct arena *a, const struct target *list)
{
	json_t *all = json_array();
	char *text = NULL;

	for (const struct target *t = list; t != NULL; t = t->next) {
		json_t *one = target_json(t);

		if (one == NULL || json_array_append_new(all, one) < 0) {
			json_decref(all);
			log_error("target not readable kind=%s", t->kind);
			return NULL;
		}
	}
	text = json_dumps(all, JSON_COMPACT);
	json_decref(all);
	if (text == NULL)
		log_fatal("out of memory");
	arena_defer(a, release, text);
	return text;
}

static int select_people(struct db *db, int64_t account,
			 const struct target *list, struct selection *out)
{
	*out = (struct selection){ .first = 0, .last = id_most };
	out->json = list_json(db->arena, list);
	if (out->json == NULL)
		return -1;
	return reach_find(db, account, &out->reach);
}

static void bind_range(struct stmt *s, const struct selection *sel)
{
	db_bind_int(s, sel->first);
	db_bind_int(s, sel->last);
}

static void bind_selection(struct stmt *s, const struct selection *sel)
{
	for (int i = 0; i < BRANCHES; i++) {
		db_bind_text(s, sel->json);
		bind_range(s, sel);
	}
	bind_range(s, sel);
	reach_bind(s, &sel->reach);
}

/*
 * Counting makes no row of a person: each way to be named gives words of 60
 * people, a bit each (64 would touch the sign), which are joined word by word,
 * so that the tables between hold few rows and stay in memory.  sign: 0 named,
 * 1 left out or not to be asked any more, 2 within reach.  Values: whether
 * everybody is within reach, for each branch the list as JSON, the account, and
 * whether everybody is again.
 */
#define BITS(user)                                                             \
	user " DIV 60 AS word, BIT_OR(1 << (" user " MOD 60)) AS bits"
#define WORDS(user, by)                                                        \
	"SELECT " BITS(user) ", t.minus AS sign FROM " by                      \
			     " GROUP BY word, sign UNION ALL "
#define BITS_OF(sign) "BIT_OR(IF(x.sign = " sign ", x.bits, 0))"

#define WORDS_ALL      WORDS("v.id", BY_ALL)
#define WORDS_GROUP    WORDS("m.user", BY_GROUP)
#define WORDS_REGION   WORDS("h.user", BY_REGION_ITSELF)
#define WORDS_WITHIN   WORDS("h.user", BY_REGION_WITHIN)
#define WORDS_USER     WORDS("t.number", BY_USER)
#define WORDS_ANSWERED WORDS("r.user", BY_ANSWERED)
#define WORDS_CHOSE    WORDS("d.user", BY_CHOSE)
#define WORDS_ANYHOW                                                           \
	WORDS_ALL WORDS_GROUP WORDS_REGION WORDS_WITHIN WORDS_USER             \
		WORDS_ANSWERED WORDS_CHOSE
#define WORDS_LEFT                                                             \
	"SELECT " BITS("u.id") ", 1 FROM user u WHERE u.state = 'left'"        \
			       " GROUP BY word UNION ALL "
#define WORDS_REACHED                                                          \
	"SELECT " BITS("rm.user") ", 2 FROM grp_admin ra"                      \
				  "  JOIN grp_path rp ON rp.ancestor = ra.grp" \
				  "  JOIN grp_member rm"                       \
				  "    ON rm.grp = rp.descendant"              \
				  " WHERE ra.account = ? AND NOT ?"            \
				  " GROUP BY word"

#define COUNT_FROM                                                             \
	"SELECT COALESCE(SUM(BIT_COUNT(w.bits & ~w.gone"                       \
	"       & IF(?, ~0, w.reach))), 0)"                                    \
	"  FROM (SELECT x.word, " BITS_OF("0") " AS bits, " BITS_OF(           \
		"1") " AS gone, " BITS_OF("2") " AS reach FROM ("
#define COUNT                                                                  \
	COUNT_FROM WORDS_ANYHOW WORDS_LEFT WORDS_REACHED                       \
		") x GROUP BY x.word) w"

static bool is_everybody(const struct target *list)
{
	bool all = false;

	for (; list != NULL; list = list->next) {
		if (list->minus)
			return false;
		all |= str_eq(list->kind, "all");
	}
	return all;
}

static struct stmt *prepare_count(struct db *db, const struct target *list,
				  const struct selection *sel)
{
	/* Whoever else is named is among all. */
	static const char everybody[] = "SELECT COUNT(*) FROM user u"
					" WHERE u.state = 'active'"
					"   AND " REACH_OF("u.id");
	static const char named[] = COUNT;
	struct stmt *s;

	if (is_everybody(list)) {
		s = db_prepare(db, everybody);
		reach_bind(s, &sel->reach);
		return s;
	}
	s = db_prepare(db, named);
	db_bind_int(s, sel->reach.everybody);
	for (int i = 0; i < BRANCHES; i++)
		db_bind_text(s, sel->json);
	db_bind_int(s, sel->reach.account);
	db_bind_int(s, sel->reach.everybody);
	return s;
}

int target_count(struct db *db, int64_t account, const struct target *list,
		 int64_t *people)
{
	struct selection sel;
	struct stmt *s;

	if (select_people(db, account, list, &sel) < 0)
		return -1;
	s = prepare_count(db, list, &sel);
	return db_number(s, people);
}

/* Returns how many there are up to sel->last, `most` at most, or -1. */
static int preview_range(struct db *db, const struct selection *sel, int most,
			 struct target_person **out)
{
	static const char sql[] =
		"SELECT y.user, n.staff_no, n.name, y.why"
		"  FROM (" SELECTION " ORDER BY u.id LIMIT ?) y"
		"  JOIN user n ON n.id = y.user"
		" ORDER BY y.user";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	bind_selection(s, sel);
	db_bind_int(s, most);
	for (; (rc = db_step(s)) > 0; found++) {
		struct target_person *p = arena_alloc(db->arena, sizeof(*p));

		p->user = db_int(s, 0);
		p->staff_no = db_text(s, 1);
		p->name = db_text(s, 2);
		p->why = db_text(s, 3);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc < 0 ? -1 : found;
}

int target_preview(struct db *db, int64_t account, const struct target *list,
		   int most, struct target_person **out)
{
	struct selection sel;
	int found;

	if (select_people(db, account, list, &sel) < 0)
		return -1;
	sel.last = PREVIEW_IDS;
	while ((found = preview_range(db, &sel, most, out)) >= 0 &&
	       found < most && sel.last < id_most) {
		sel.last *= PREVIEW_GROWTH;
		if (sel.last > id_most)
			sel.last = id_most;
	}
	return found < 0 ? -1 : 0;
}

int target_list(struct db *db, int64_t broadcast, struct target **out)
{
	static const char sql[] = "SELECT kind, item, minus"
				  "  FROM target"
				  " WHERE broadcast = ?"
				  " ORDER BY minus, kind, item";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		struct target *t = arena_alloc(db->arena, sizeof(*t));

		t->kind = db_text(s, 0);
		t->item = db_text(s, 1);
		t->minus = db_int(s, 2) != 0;
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return rc;
}

int target_admins(struct db *db, struct target **out)
{
	static const char sql[] = "SELECT DISTINCT user FROM account"
				  " WHERE role = 'system_admin'"
				  "   AND state = 'active'"
				  "   AND user IS NOT NULL";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = "user";
		(*out)->item = db_text(s, 0);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int target_words(struct db *db, int64_t broadcast, struct target_word **out)
{
	static const char sql[] =
		"SELECT t.kind, t.minus,"
		"       COALESCE(g.name, r.name, b.subject, c.text,"
		"                CONCAT(u.name, '（', u.staff_no, '）'), ''),"
		"       COALESCE(cb.subject, ''), COALESCE(q.text, '')"
		"  FROM target t"
		"  LEFT JOIN grp g ON t.kind = 'group' AND g.id = t.item + 0"
		"  LEFT JOIN region r ON t.kind = 'region'"
		"   AND r.code = SUBSTRING_INDEX(t.item, ':', 1)"
		"  LEFT JOIN broadcast b"
		"    ON t.kind IN ('answered', 'unanswered')"
		"   AND b.id = t.item + 0"
		"  LEFT JOIN choice c ON t.kind = 'chose' AND c.id = t.item + 0"
		"  LEFT JOIN question q ON q.id = c.question"
		"  LEFT JOIN broadcast cb ON cb.id = q.broadcast"
		"  LEFT JOIN user u ON t.kind = 'user' AND u.id = t.item + 0"
		" WHERE t.broadcast = ?"
		" ORDER BY t.minus, t.kind, t.item"
		" LIMIT 100";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		struct target_word *w = arena_alloc(db->arena, sizeof(*w));

		w->kind = db_text(s, 0);
		w->minus = db_int(s, 1) != 0;
		w->name = db_text(s, 2);
		w->subject = db_text(s, 3);
		w->question = db_text(s, 4);
		*out = w;
		out = &w->next;
	}
	*out = NULL;
	return rc;
}

int64_t target_enqueue(struct db *db, int64_t broadcast, int64_t account,
		       const struct target *list, int64_t first, int64_t last)
{
	static const char sql[] =
		"INSERT INTO recipient (broadcast, user, why)"
		" SELECT ?, y.user, y.why FROM (" SELECTION ") y";
	struct selection sel;
	struct stmt *s;

	if (select_people(db, account, list, &sel) < 0)
		return -1;
	sel.first = first;
	sel.last = last;
	s = db_prepare(db, sql);
	db_bind_int(s, broadcast);
	bind_selection(s, &sel);
	return db_run(s);
}
