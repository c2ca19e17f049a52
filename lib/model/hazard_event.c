#include "model/hazard_event.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/hazard_text.h"
#include "feed/place.h"
#include "model/event.h"
#include "model/event_region.h"
#include "model/inform.h"
#include "model/paging.h"
#include "model/rule.h"
#include "model/stage.h"

enum {
	PREFECTURES = RULE_PREFECTURES,
	RANK_WARNS = 2, /* from here on what only tells more begins an event */
	SPELL_H = 3,	/* of record rain, of tornados: then it is news again */
};

/* The streams of an event, folded into what is shown and stored. */
struct view {
	struct hazard_part *parts;
	const struct hazard_part *highest; /* of what counts; NULL: nothing */
	const struct hazard_part *newest;  /* not cancelled; NULL: none */
	int ranks[PREFECTURES + 1];
	const char *levels[PREFECTURES + 1];
	int rank;
	const char *level;
	int64_t told_at; /* newest telegram */
	int64_t ends_at; /* 0: until lifted */
};

/* Streams -------------------------------------------------------------------*/

bool hazard_event_begins(const struct hazard *h, int64_t ended_at)
{
	const struct jma_telegram *t = &h->telegram;

	if (ended_at == 0 || t->published_at <= ended_at || h->lifted ||
	    h->rank == 0)
		return false;
	if (t->info_type == JMA_CANCELLED || t->info_type == JMA_CORRECTED)
		return false;
	return h->standing || h->rank >= RANK_WARNS;
}

/* A cancelling telegram does not say whether it is of a partial stream. */
const char *hazard_event_stream(struct db *db, int64_t event,
				const struct hazard *h)
{
	static const char sql[] = "SELECT 1"
				  "  FROM stream"
				  " WHERE event = ?"
				  "   AND type = ?"
				  "   AND event_key = ?";
	const char *key = h->telegram.event_key;
	struct stmt *s;
	int rc;

	if (h->partial)
		return key;
	if (h->telegram.info_type != JMA_CANCELLED)
		return "";
	s = db_prepare(db, sql);
	db_bind_int(s, event);
	db_bind_text(s, h->telegram.title);
	db_bind_text(s, key);
	rc = db_step(s);
	if (rc < 0 || (rc > 0 && db_step(s) < 0))
		return NULL;
	return rc > 0 ? key : "";
}

static int store_stream(struct db *db, int64_t event, int64_t telegram,
			const struct hazard *h)
{
	static const char sql[] =
		"INSERT INTO stream (event, type, event_key, telegram)"
		" VALUES (?, LEFT(?, 100), LEFT(?, 100), ?)"
		" ON DUPLICATE KEY UPDATE telegram = VALUE(telegram)";
	const char *key = hazard_event_stream(db, event, h);
	struct stmt *s;

	if (key == NULL)
		return -1;
	s = db_prepare(db, sql);
	db_bind_int(s, event);
	db_bind_text(s, h->telegram.title);
	db_bind_text(s, key);
	db_bind_int(s, telegram);
	return db_run(s) < 0 ? -1 : 0;
}

/* Reads the newest telegram of each stream; `known`, which was read just now,
 * is not read again.  Cancelling ones are among them. */
static int read_parts(struct db *db, int64_t event, int64_t known,
		      const struct hazard *hazard, struct hazard_part **out)
{
	static const char sql[] = "SELECT t.id, IF(t.id = ?, '', t.body)"
				  "  FROM stream s"
				  "  JOIN telegram t ON t.id = s.telegram"
				  " WHERE s.event = ?"
				  " ORDER BY t.issued_at, t.serial, t.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, known);
	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		struct hazard_part *p = arena_alloc(db->arena, sizeof(*p));
		const char *why, *body;
		size_t len;

		p->telegram = db_int(s, 0);
		body = db_blob(s, 1, &len);
		if (p->telegram == known)
			p->hazard = *hazard;
		else if (hazard_parse(db->arena, body, len, &p->hazard, &why) <=
			 0)
			return log_error("stored telegram not readable "
					 "telegram=%lld",
					 (long long)p->telegram);
		*out = p;
		out = &p->next;
	}
	*out = NULL;
	return rc;
}

/* Folding -------------------------------------------------------------------*/

static bool is_cancelled(const struct hazard_part *p)
{
	return p->hazard.telegram.info_type == JMA_CANCELLED;
}

/* Says of each part whether it stands at a moment. */
static void mark(struct hazard_part *parts, int64_t at)
{
	bool whole = false; /* one said all that stands */

	for (struct hazard_part *p = parts; p != NULL; p = p->next) {
		const struct hazard *h = &p->hazard;

		if (is_cancelled(p) || !h->standing)
			continue;
		whole = true;
		if (!h->partial)
			for (struct hazard_part *q = parts; q != p; q = q->next)
				q->stands = false;
		p->stands = !h->lifted && h->rank > 0 &&
			    (h->valid_until == 0 || h->valid_until > at);
	}
	/* Where nothing else did, what tells more begins the event. */
	for (struct hazard_part *p = parts; p != NULL && !whole; p = p->next)
		p->stands = !is_cancelled(p) && p->hazard.rank > 0 &&
			    (p->hazard.valid_until == 0 ||
			     p->hazard.valid_until > at);
}

static void raise(struct view *v, int prefecture, int rank, const char *level)
{
	if (rank <= v->ranks[prefecture])
		return;
	v->ranks[prefecture] = rank;
	v->levels[prefecture] = level;
}

static void add_area(struct arena *a, struct view *v,
		     const struct hazard_area *area)
{
	const char *codes = area->prefectures;

	while (*codes != '\0') {
		size_t len = strcspn(codes, ",");
		long long code;

		if (str_to_int(arena_strndup(a, codes, len), 1, PREFECTURES,
			       &code))
			raise(v, (int)code, area->rank, area->level);
		codes += len + (codes[len] == ',');
	}
}

static void add_part(struct arena *a, struct view *v,
		     const struct hazard_part *p)
{
	const struct hazard *h = &p->hazard;

	if (v->highest == NULL || h->rank >= v->rank) {
		v->highest = p;
		v->rank = h->rank;
		v->level = h->level;
	}
	for (const struct hazard_area *area = h->areas; area != NULL;
	     area = area->next)
		add_area(a, v, area);
	for (int code = 1; h->everywhere && code <= PREFECTURES; code++)
		raise(v, code, h->rank, h->level);
}

/* As of the newest telegram: what was valid then counts, however long ago it
 * is read; ends_at says until when. */
static void fold(struct arena *a, struct view *v)
{
	bool open = false;

	for (struct hazard_part *p = v->parts; p != NULL; p = p->next) {
		if (p->hazard.telegram.published_at > v->told_at)
			v->told_at = p->hazard.telegram.published_at;
		if (!is_cancelled(p))
			v->newest = p;
	}
	mark(v->parts, v->told_at);
	v->level = "";
	for (struct hazard_part *p = v->parts; p != NULL; p = p->next) {
		if (!p->stands)
			continue;
		add_part(a, v, p);
		open |= p->hazard.valid_until == 0;
		if (p->hazard.valid_until > v->ends_at)
			v->ends_at = p->hazard.valid_until;
	}
	if (v->highest == NULL)
		v->ends_at = v->told_at;
	else if (open)
		v->ends_at = 0;
}

int hazard_event_parts(struct db *db, int64_t event, struct hazard_part **out)
{
	struct view v = { 0 };
	struct hazard_part **end = out;

	if (read_parts(db, event, 0, NULL, &v.parts) < 0)
		return -1;
	fold(db->arena, &v);
	for (struct hazard_part *p = v.parts; p != NULL; p = p->next) {
		if (is_cancelled(p))
			continue;
		*end = p;
		end = &p->next;
	}
	*end = NULL;
	return 0;
}

/* Storing -------------------------------------------------------------------*/

/* What was reached still counts, unless it is taken back. */
static int store_regions(struct db *db, int64_t event, const struct view *v,
			 bool taken_back)
{
	struct event_ranks new = { .keeps_top = true,
				   .taken_back = taken_back };

	for (int code = 1; code <= PREFECTURES; code++) {
		new.ranks[code] = v->ranks[code];
		new.levels[code] = v->levels[code];
	}
	return event_region_store(db, event, &new);
}

static const char *next_state(const char *state, bool sent,
			      const struct view *v, bool due)
{
	if (v->newest == NULL)
		return "cancelled";
	if (sent || str_eq(state, "sent"))
		return "sent";
	if (str_eq(state, "rejected") || str_eq(state, "folded") ||
	    str_eq(state, "closed"))
		return state;
	/* What waits still waits when the warning is lifted. */
	if (due || (str_eq(state, "prepared") && v->highest == NULL))
		return "prepared";
	return "recorded";
}

/* Without the marks that are of a telegram and not of the event. */
static const char *title_of(struct arena *a, const struct hazard *h)
{
	struct hazard plain = *h;
	struct hazard_words words;

	plain.telegram.status = JMA_NORMAL;
	plain.telegram.info_type = JMA_ISSUED;
	hazard_text(a, &plain, &words);
	return words.subject;
}

static int store_event(struct db *db, int64_t event, const char *state,
		       const struct view *v)
{
	/* An event that has ended keeps its name. */
	static const char sql[] =
		"UPDATE event"
		"   SET state = ?,"
		"       title = IF(? OR title = '', LEFT(?, 200), title),"
		"       headline = LEFT(?, 16000),"
		"       occurred_at = COALESCE(?, occurred_at, ?),"
		"       epicentre = '', magnitude = '',"
		"       max_level = LEFT(?, 60), rank = ?, told_at = ?,"
		"       ends_at = ?"
		" WHERE id = ?";
	const struct hazard_part *shown =
		v->highest != NULL ? v->highest : v->newest;
	const struct hazard *h = &shown->hazard;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, state);
	db_bind_int(s, v->highest != NULL);
	db_bind_text(s, title_of(db->arena, h));
	db_bind_text(s, h->headline);
	db_bind_time(s, h->occurred_at);
	db_bind_time(s, h->telegram.reported_at != 0
				? h->telegram.reported_at
				: h->telegram.published_at);
	db_bind_text(s, v->level);
	db_bind_int(s, v->rank);
	db_bind_time(s, v->told_at);
	db_bind_time(s, v->ends_at);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_cancelled(struct db *db, int64_t event, const struct hazard *h,
			   int64_t at)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = 'cancelled', max_level = '', rank = 0,"
		"       told_at = ?, ends_at = ?,"
		"       title = CASE WHEN title = ''"
		"                    THEN LEFT(CONCAT('【取消】', ?), 200)"
		"                    WHEN title LIKE '【取消】%' THEN title"
		"                    ELSE LEFT(CONCAT('【取消】', title), 200)"
		"                END"
		" WHERE id = ?";
	const char *name = *h->telegram.head_title != '\0'
				   ? h->telegram.head_title
				   : h->telegram.title;
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, at);
	db_bind_time(s, at);
	db_bind_text(s, name);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_stages(struct db *db, int64_t event, bool newly_prepared,
			const struct hazard *cause, int64_t fetched_at)
{
	const struct stage_telegram stages = {
		.occurred_at = cause->occurred_at,
		.published_at = cause->telegram.published_at,
		.fetched_at = fetched_at,
		.prepared_at = newly_prepared ? time_now() : 0,
	};

	return stage_set_telegram(db, event, &stages);
}

/* Telling -------------------------------------------------------------------*/

/* What only tells more raises nothing that stands; but who wants to be told
 * from its level on is told of it (噴火速報). */
static void add_news(struct arena *a, struct news *n, const struct hazard *h)
{
	struct view v = { 0 };
	const struct hazard_part part = { .hazard = *h };

	if (h->standing || h->rank <= n->rank ||
	    h->telegram.info_type == JMA_CANCELLED)
		return;
	add_part(a, &v, &part);
	n->rank = h->rank;
	for (int p = 1; p <= PREFECTURES; p++) {
		if (v.ranks[p] <= n->ranks[p])
			continue;
		n->ranks[p] = v.ranks[p];
		n->levels[p] = v.levels[p];
	}
}

/* Whether some area has record rain: it is one of several tags. */
static bool has_record_rain(const struct hazard *h)
{
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		if (strstr(p->level, "記録雨") != NULL)
			return true;
	return false;
}

/* What rules can ask for alone: an office's warnings are one event with these,
 * and their levels do not tell them apart from others.  NULL: nothing. */
static const char *part_of(const struct hazard *h)
{
	const char *type = h->telegram.type;

	if (str_eq(type, "VPHW50") || str_eq(type, "VPHW51"))
		return "tornado";
	if (str_eq(type, "VPOA50") ||
	    (str_eq(type, "VPBS50") && has_record_rain(h)))
		return "rain";
	return NULL;
}

static struct rule *rules_of(struct arena *a, const struct rule *list,
			     const char *part)
{
	struct rule *first = NULL, **end = &first;

	for (; list != NULL; list = list->next) {
		if (!str_eq(list->part, part))
			continue;
		*end = arena_memdup(a, list, sizeof(*list));
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return first;
}

/* Tells rules that ask for this kind of telegram alone what it says, whatever
 * else stands.  whole: what was told of the event; place: its value. */
static int tell_part(struct db *db, const struct hazard *cause,
		     const struct news *whole, struct rule_value *place)
{
	const struct hazard_part only = { .hazard = *cause };
	const char *part = part_of(cause);
	struct view v = { 0 };
	struct news n = *whole;

	if (part == NULL)
		return 0;
	n.rules = rules_of(db->arena, whole->rules, part);
	n.part = part;
	n.spell = SPELL_H * INT64_C(60) * TIME_MINUTE;
	n.gone = n.cancelled = is_cancelled(&only);
	n.lifted = cause->lifted || cause->rank == 0;
	n.before = 0;
	n.areas = cause->areas;
	if (!n.cancelled)
		add_part(db->arena, &v, &only);
	n.rank = v.rank;
	for (int p = 1; p <= PREFECTURES; p++) {
		n.ranks[p] = v.ranks[p];
		n.levels[p] = v.levels[p];
	}
	place->text = inform_places(db->arena, n.ranks);
	return inform(db, &n);
}

static int tell(struct db *db, int64_t event, const struct rule *rules,
		int before, const struct hazard *cause, int64_t now,
		const struct view *v)
{
	struct arena *a = db->arena;
	/* Of several parts that stand the telegram that came is told. */
	const struct hazard *h =
		cause->telegram.info_type == JMA_CANCELLED && v->highest != NULL
			? &v->highest->hazard
			: cause;
	struct hazard_words words;
	struct hazard plain = *h;
	struct news news = {
		.event = event,
		.rules = rules,
		.part = "any",
		.telegram = &cause->telegram,
		.now = now,
		.rank = v->rank,
		.before = before,
		.areas = h->areas,
		.gone = v->newest == NULL,
		.cancelled = v->newest == NULL,
		.lifted = v->highest == NULL && v->newest != NULL &&
			  (cause->standing || cause->lifted),
	};
	struct rule_value values[] = {
		{ "title", title_of(a, h) },
		{ "words", "" },
		{ "headline", *h->headline != '\0' ? h->headline : h->title },
		{ "time", h->occurred_at != 0
				  ? time_show(a, h->occurred_at)
				  : time_show(a, h->telegram.reported_at) },
		{ "place", "" },
		{ "max", v->level },
		{ "level", *h->level != '\0' ? h->level : v->level },
		{ "magnitude", h->cause },
		{ "depth", "" },
		{ "tsunami", "" },
	};

	/* The marks of a correction are the mail's own. */
	if (plain.telegram.info_type == JMA_CORRECTED)
		plain.telegram.info_type = JMA_ISSUED;
	hazard_text(a, &plain, &words);
	values[1].text = words.body;
	for (int p = 1; p <= PREFECTURES; p++) {
		news.ranks[p] = v->ranks[p];
		news.levels[p] = v->levels[p];
	}
	add_news(a, &news, cause);
	values[4].text = inform_places(a, news.ranks);
	news.values = values;
	news.count = LEN(values);
	if (inform(db, &news) < 0)
		return -1;
	return tell_part(db, cause, &news, &values[4]);
}

int hazard_event_refresh(struct db *db, int64_t event, int64_t telegram,
			 const struct hazard *hazard, int64_t fetched_at)
{
	struct view *v = arena_alloc(db->arena, sizeof(*v));
	const struct jma_telegram *t = &hazard->telegram;
	struct rule_filter filter = { .active = true };
	struct event_state before;
	struct rule *rules;
	const char *next;
	bool due;

	if (store_stream(db, event, telegram, hazard) < 0 ||
	    read_parts(db, event, telegram, hazard, &v->parts) < 0 ||
	    event_state(db, event, &before) < 0)
		return -1;
	filter.kind = before.kind;
	if (rule_list(db, &filter, &rules) < 0)
		return -1;
	fold(db->arena, v);
	due = t->status == JMA_NORMAL &&
	      rule_prepares(db->arena, rules, before.kind, v->ranks, v->rank);
	next = next_state(before.state, before.sent, v, due);
	if ((v->newest != NULL
		     ? store_event(db, event, next, v)
		     : store_cancelled(db, event, hazard, v->told_at)) < 0 ||
	    store_regions(db, event, v,
			  v->newest == NULL || t->info_type == JMA_CORRECTED ||
				  t->info_type == JMA_CANCELLED) < 0 ||
	    store_stages(db, event,
			 str_eq(next, "prepared") &&
				 !str_eq(before.state, next),
			 hazard, fetched_at) < 0 ||
	    tell(db, event, rules, before.rank, hazard, fetched_at, v) < 0)
		return -1;
	if (event_may_wait(next) &&
	    paging_begin(db, event, t->published_at, fetched_at) < 0)
		return -1;
	log_info("event refreshed event=%lld state=%s rank=%d",
		 (long long)event, next, v->rank);
	return 0;
}
