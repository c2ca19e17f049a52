#include "model/rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "model/audit.h"
#include "model/duty.h"
#include "model/target.h"

/* The names a text may use; who fills one gives them all, "" if not known. */
static const char *const names[] = {
	"title",    "time",  "place",	"magnitude",   "depth",
	"max",	    "level", "regions", "prefectures", "tsunami",
	"headline", "words", "office",	"published",
};

/* Finding -------------------------------------------------------------------*/

#define COLUMNS                                                                \
	"SELECT r.id, r.name, r.kind, r.part, r.rank, r.regions, r.areas,"     \
	"       r.purposes, r.audience, r.action, r.again, r.lifting, "        \
	"r.quiet,"                                                             \
	"       r.subject, r.body, r.active, r.version,"                       \
	"       COALESCE(a.name, ''), r.changed_at,"                           \
	"       (SELECT COUNT(*) FROM rule_target t WHERE t.rule = r.id)"      \
	"  FROM rule r"                                                        \
	"  LEFT JOIN account a ON a.id = r.changed_by"

static void read_row(struct stmt *s, struct rule *out)
{
	*out = (struct rule){
		.id = db_int(s, 0),
		.name = db_text(s, 1),
		.kind = db_text(s, 2),
		.part = db_text(s, 3),
		.rank = (int)db_int(s, 4),
		.regions = db_text(s, 5),
		.areas = db_text(s, 6),
		.purposes = db_text(s, 7),
		.audience = db_text(s, 8),
		.action = db_text(s, 9),
		.again = db_int(s, 10) != 0,
		.lifting = db_int(s, 11) != 0,
		.quiet = db_int(s, 12) != 0,
		.subject = db_text(s, 13),
		.body = db_text(s, 14),
		.active = db_int(s, 15) != 0,
		.version = db_int(s, 16),
		.changed_by = db_text(s, 17),
		.changed_at = db_time(s, 18),
		.readers = db_int(s, 19),
	};
}

int rule_list(struct db *db, const struct rule_filter *filter,
	      struct rule **out)
{
	static const char sql[] = COLUMNS " WHERE (? IS NULL OR r.kind = ?)"
					  "   AND (? IS NULL OR r.action = ?)"
					  "   AND (NOT ? OR r.active)"
					  " ORDER BY r.kind, r.action, r.rank,"
					  "          r.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, filter->kind);
	db_bind_text(s, filter->kind);
	db_bind_text(s, filter->action);
	db_bind_text(s, filter->action);
	db_bind_int(s, filter->active);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_row(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int rule_get(struct db *db, int64_t id, struct rule *out)
{
	static const char sql[] = COLUMNS " WHERE r.id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	read_row(s, out);
	return db_step(s) < 0 ? -1 : 1;
}

int rule_find(struct db *db, const char *kind, struct rule *out)
{
	const struct rule_filter filter = { .kind = kind,
					    .action = "prepare",
					    .active = true };
	struct rule *list;

	if (rule_list(db, &filter, &list) < 0)
		return -1;
	if (list != NULL)
		*out = *list;
	return list != NULL;
}

/* Places --------------------------------------------------------------------*/

/* True if a word is one of a list that `comma` parts. */
static bool is_among(const char *list, const char *comma, const char *word)
{
	size_t len = strlen(word);

	while (*list != '\0') {
		const char *end = strstr(list, comma);
		size_t n = end == NULL ? strlen(list) : (size_t)(end - list);

		if (n == len && strncmp(list, word, n) == 0)
			return true;
		list += n + (end == NULL ? 0 : strlen(comma));
	}
	return false;
}

bool rule_covers(const struct rule *rule, const char *prefecture)
{
	return *rule->regions == '\0' ||
	       is_among(rule->regions, ",", prefecture);
}

bool rule_names(const struct rule *rule, const char *area)
{
	return *rule->areas == '\0' || is_among(rule->areas, "、", area);
}

bool rule_prepares(struct arena *a, const struct rule *list, const char *kind,
		   const int *ranks, int rank)
{
	for (; list != NULL; list = list->next) {
		if (!str_eq(list->action, "prepare"))
			continue;
		if (str_eq(kind, "missile") && rank >= list->rank)
			return true;
		for (int p = 1; p <= RULE_PREFECTURES; p++)
			if (ranks[p] >= list->rank &&
			    rule_covers(list, arena_fmt(a, "%02d", p)))
				return true;
	}
	return false;
}

/* People --------------------------------------------------------------------*/

struct target *rule_region(struct arena *a, const struct rule *rule,
			   const char *prefecture)
{
	struct target *t = arena_alloc(a, sizeof(*t));

	t->kind = "region";
	t->item = *rule->purposes == '\0' || str_eq(rule->purposes, "work,home")
			  ? prefecture
			  : arena_fmt(a, "%s:%s", prefecture, rule->purposes);
	return t;
}

static int add_targets(struct db *db, const char *sql, int64_t rule,
		       struct target **out)
{
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, rule);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = db_text(s, 0);
		(*out)->item = db_text(s, 1);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int rule_targets(struct db *db, const struct rule *rule, struct target **out)
{
	static const char chosen[] = "SELECT kind, CONCAT(item)"
				     "  FROM rule_target"
				     " WHERE rule = ?"
				     " ORDER BY kind, item";

	*out = NULL;
	if (str_eq(rule->audience, "all")) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = "all";
		(*out)->item = "";
		return 0;
	}
	if (str_eq(rule->audience, "operators")) {
		int step = duty_next_step(db, 0);

		return step < 0 ? -1 : duty_targets(db, step, out);
	}
	if (str_eq(rule->audience, "chosen"))
		return add_targets(db, chosen, rule->id, out);
	return 0;
}

int rule_readers(struct db *db, int64_t rule, const char **out)
{
	static const char sql[] =
		"SELECT t.kind, COALESCE(g.code, u.staff_no)"
		"  FROM rule_target t"
		"  LEFT JOIN grp g ON t.kind = 'group' AND g.id = t.item"
		"  LEFT JOIN user u ON t.kind = 'user' AND u.id = t.item"
		" WHERE t.rule = ?"
		"   AND COALESCE(g.code, u.staff_no) IS NOT NULL"
		" ORDER BY 1, 2";
	struct str list = { .arena = db->arena };
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, rule);
	while ((rc = db_step(s)) > 0)
		str_fmt(&list, "%s%s:%s", list.len == 0 ? "" : "\n",
			db_text(s, 0), db_text(s, 1));
	*out = str_text(&list);
	return rc;
}

/* Changing ------------------------------------------------------------------*/

enum {
	CHANGE_LEN = 250, /* bytes of a value in the audit line */
	DETAIL_LEN = 950,
};

/* At most so many bytes, whole characters. */
static const char *cut(struct arena *a, const char *text, size_t most)
{
	if (strlen(text) <= most)
		return text;
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return arena_fmt(a, "%.*s…", (int)most, text);
}

static void add_change(struct str *s, const char *name, const char *before,
		       const char *after)
{
	if (str_eq(before, after))
		return;
	str_fmt(s, "%s%s: \"%s\" -> \"%s\"", s->len > 0 ? "; " : "", name,
		cut(s->arena, before, CHANGE_LEN),
		cut(s->arena, after, CHANGE_LEN));
}

static const char *yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

static const char *changes(struct arena *a, const struct rule *old,
			   const struct rule *new, const char *readers_before,
			   const char *readers_after)
{
	struct str s = { .arena = a };

	add_change(&s, "name", old->name, new->name);
	add_change(&s, "kind", old->kind, new->kind);
	add_change(&s, "part", old->part, new->part);
	add_change(&s, "rank", arena_fmt(a, "%d", old->rank),
		   arena_fmt(a, "%d", new->rank));
	add_change(&s, "regions", old->regions, new->regions);
	add_change(&s, "areas", old->areas, new->areas);
	add_change(&s, "purposes", old->purposes, new->purposes);
	add_change(&s, "audience", old->audience, new->audience);
	add_change(&s, "action", old->action, new->action);
	add_change(&s, "again", yes_no(old->again), yes_no(new->again));
	add_change(&s, "lifting", yes_no(old->lifting), yes_no(new->lifting));
	add_change(&s, "quiet", yes_no(old->quiet), yes_no(new->quiet));
	add_change(&s, "active", yes_no(old->active), yes_no(new->active));
	add_change(&s, "readers", readers_before, readers_after);
	add_change(&s, "subject", old->subject, new->subject);
	add_change(&s, "body", old->body, new->body);
	return cut(a, str_text(&s), DETAIL_LEN);
}

static int add_audit(struct db *db, const struct audit *who, int64_t rule,
		     const char *detail)
{
	struct audit line = *who;

	line.action = "rule change";
	line.object = arena_fmt(db->arena, "rule %lld", (long long)rule);
	line.detail = detail;
	return audit_add(db, &line);
}

struct saving {
	const struct audit *who;
	struct rule *rule;
	const struct target *readers;
};

static struct stmt *prepare_save(struct db *db, int64_t account,
				 const struct rule *r)
{
	static const char insert[] =
		"INSERT INTO rule (name, kind, part, rank, regions, areas,"
		"       purposes, audience, action, again, lifting, quiet,"
		"       subject, body, active, changed_at, changed_by)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
		"       NULLIF(?, 0))";
	static const char update[] =
		"UPDATE rule"
		"   SET name = ?, kind = ?, part = ?, rank = ?, regions = ?,"
		"       areas = ?, purposes = ?, audience = ?, action = ?,"
		"       again = ?, lifting = ?, quiet = ?, subject = ?,"
		"       body = ?, active = ?, changed_at = ?,"
		"       changed_by = NULLIF(?, 0), version = version + 1"
		" WHERE id = ? AND version = ?";
	struct stmt *s = db_prepare(db, r->id == 0 ? insert : update);

	db_bind_text(s, r->name);
	db_bind_text(s, r->kind);
	db_bind_text(s, r->part);
	db_bind_int(s, r->rank);
	db_bind_text(s, r->regions);
	db_bind_text(s, r->areas);
	db_bind_text(s, r->purposes);
	db_bind_text(s, r->audience);
	db_bind_text(s, r->action);
	db_bind_int(s, r->again);
	db_bind_int(s, r->lifting);
	db_bind_int(s, r->quiet);
	db_bind_text(s, r->subject);
	db_bind_text(s, r->body);
	db_bind_int(s, r->active);
	db_bind_time(s, time_now());
	db_bind_int(s, account);
	if (r->id != 0) {
		db_bind_int(s, r->id);
		db_bind_int(s, r->version);
	}
	return s;
}

static int store_readers(struct db *db, int64_t rule,
			 const struct target *readers)
{
	static const char forget[] = "DELETE FROM rule_target WHERE rule = ?";
	static const char add[] =
		"INSERT IGNORE INTO rule_target (rule, kind, item)"
		" VALUES (?, ?, ?)";
	struct stmt *s = db_prepare(db, forget);

	db_bind_int(s, rule);
	if (db_run(s) < 0)
		return -1;
	for (const struct target *t = readers; t != NULL; t = t->next) {
		s = db_prepare(db, add);
		db_bind_int(s, rule);
		db_bind_text(s, t->kind);
		db_bind_text(s, t->item);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

static int save(struct db *db, void *arg)
{
	static const struct rule none = {
		.name = "",
		.kind = "",
		.part = "",
		.regions = "",
		.areas = "",
		.purposes = "",
		.audience = "",
		.action = "",
		.subject = "",
		.body = "",
	};
	const struct saving *w = arg;
	struct rule old = none;
	const char *before = "", *after;
	int64_t id = w->rule->id, n;
	int found = id == 0 ? 1 : rule_get(db, id, &old);

	if (found <= 0)
		return found < 0 ? -1 : RULE_GONE;
	if (rule_readers(db, id, &before) < 0)
		return -1;
	n = db_run(prepare_save(db, w->who->account, w->rule));
	if (n <= 0)
		return n < 0 ? -1 : RULE_GONE;
	if (id == 0)
		id = db_last_id(db);
	if (store_readers(db, id, w->readers) < 0 ||
	    rule_readers(db, id, &after) < 0 ||
	    add_audit(db, w->who, id,
		      changes(db->arena, &old, w->rule, before, after)) < 0)
		return -1;
	w->rule->id = id;
	return RULE_SAVED;
}

int rule_save(struct db *db, const struct audit *who, struct rule *rule,
	      const struct target *readers)
{
	struct saving w = { who, rule, readers };

	return db_transaction(db, save, &w);
}

struct switching {
	const struct audit *who;
	int64_t id;
	bool on;
};

static int switch_it(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE rule"
		"   SET active = ?, version = version + 1, changed_at = ?,"
		"       changed_by = NULLIF(?, 0)"
		" WHERE id = ? AND active <> ?";
	const struct switching *w = arg;
	struct stmt *s = db_prepare(db, sql);
	int64_t n;

	db_bind_int(s, w->on);
	db_bind_time(s, time_now());
	db_bind_int(s, w->who->account);
	db_bind_int(s, w->id);
	db_bind_int(s, w->on);
	n = db_run(s);
	if (n <= 0)
		return (int)n;
	return add_audit(db, w->who, w->id,
			 arena_fmt(db->arena, "active: \"%s\" -> \"%s\"",
				   yes_no(!w->on), yes_no(w->on))) < 0
		       ? -1
		       : 1;
}

int rule_switch(struct db *db, const struct audit *who, int64_t id, bool on)
{
	struct switching w = { who, id, on };

	return db_transaction(db, switch_it, &w);
}

const char *rule_rank_show(struct arena *a, const char *kind, int rank)
{
	enum { RANKS = 6 };
	/* The last row is for every other kind. */
	static const struct {
		const char *kind, *words[RANKS];
	} rows[] = {
		{ "tsunami",
		  { "すべて", "津波予報以上", "津波注意報以上", "津波警報以上",
		    "津波警報より上", "大津波警報" } },
		{ "weather",
		  { "すべて", "情報以上", "注意報以上", "警報以上",
		    "危険警報・記録的短時間大雨以上", "特別警報" } },
		{ "landslide",
		  { "すべて", "情報以上", "注意報以上", "警報以上",
		    "土砂災害警戒情報・危険警報以上", "特別警報" } },
		{ "flood",
		  { "すべて", "情報以上", "氾濫注意以上", "氾濫警戒以上",
		    "氾濫危険以上", "氾濫発生・特別警報" } },
		{ "volcano",
		  { "すべて", "情報以上", "火口付近の情報以上",
		    "火口周辺警報以上", "噴火速報・高齢者等避難以上",
		    "噴火警報（居住地域）" } },
		{ "typhoon",
		  { "すべて", "発生・接近", "注意以上", "警戒以上", "危険以上",
		    "最大" } },
		{ "missile",
		  { "すべて", "通過・海上落下を含むすべて",
		    "避難の呼びかけ・落下", "避難の呼びかけ・落下",
		    "避難の呼びかけ・落下", "避難の呼びかけ・落下" } },
		{ "",
		  { "すべて", "情報以上", "注意以上", "警戒以上", "危険以上",
		    "最も高い段階" } },
	};
	size_t i = 0;

	if (str_eq(kind, "quake"))
		return arena_fmt(a, "震度%s以上", jma_intensity_show(rank));
	while (*rows[i].kind != '\0' && !str_eq(rows[i].kind, kind))
		i++;
	return rank >= 0 && rank < RANKS ? rows[i].words[rank] : "";
}

/* Texts ---------------------------------------------------------------------*/

const char *rule_unknown(struct arena *a, const char *text)
{
	while ((text = strchr(text, '{')) != NULL) {
		size_t len = strcspn(++text, "{}");
		const char *name;
		bool known = false;

		if (text[len] != '}')
			continue;
		name = arena_strndup(a, text, len);
		for (size_t i = 0; i < LEN(names); i++)
			known |= str_eq(names[i], name);
		if (!known)
			return arena_fmt(a, "{%s}", name);
	}
	return NULL;
}

const char *rule_names_shown(void)
{
	return "{title} {time} {place} {magnitude} {depth} {max} {level} "
	       "{regions} {prefectures} {tsunami} {headline} {words} {office} "
	       "{published}";
}

static const struct rule_value *find_value(const struct rule_value *values,
					   size_t count, const char *name,
					   size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(values[i].name) == len &&
		    strncmp(values[i].name, name, len) == 0)
			return &values[i];
	return NULL;
}

/* Where the text goes on after a value that is empty: a line that it leaves
 * empty is left out, and so are the empty ones at the beginning. */
static const char *after_empty(const struct str *out, const char *text)
{
	if (out->len == 0)
		return text + strspn(text, "\n");
	return out->s[out->len - 1] == '\n' && *text == '\n' ? text + 1 : text;
}

char *rule_fill(struct arena *a, const char *text,
		const struct rule_value *values, size_t count)
{
	struct str out = { .arena = a };

	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), len;
		const struct rule_value *value;

		str_add_len(&out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		len = strcspn(text + 1, "{}");
		value = text[len + 1] == '}'
				? find_value(values, count, text + 1, len)
				: NULL;
		if (value == NULL) {
			str_add_char(&out, *text++);
			continue;
		}
		str_add(&out, value->text);
		text += len + 2;
		if (*value->text == '\0')
			text = after_empty(&out, text);
	}
	return arena_strdup(a, str_text(&out));
}
