/*
 * events - what waits for a decision, and what was decided
 *
 *   GET  /events                        the queue, and all events
 *   GET  /events/{id}                   one: check, or clock and counts
 *   GET  /events/{id}/confirm           asks for the number of people
 *   POST /events/{id}/confirm           sends the check
 *   GET  /events/{id}/reject            asks for the reason
 *   POST /events/{id}/reject            rejects the check
 *   POST /events/{id}/reopen            takes one up again
 *   GET  /events/{id}/again             asks for the number of those who have
 *                                       not answered ?check=ID
 *   POST /events/{id}/again             asks these again
 *   GET  /events/{id}/fold              asks for the reason
 *   POST /events/{id}/fold              folds an aftershock: nobody is asked
 *   POST /events/{id}/heard             ends the pages of a rule
 *   POST /events/{id}/close             closes the event: it gives its key up
 *   GET  /events/{id}/telegrams/{name}  a stored telegram as it came
 *   GET  /events/telegrams              those of no event, and why
 *   GET  /events/feeds                  whether telegrams still come in
 *
 * For operators and system admins.  Source: D1k to D1o; SCREENS, operator at
 * 3 a.m.
 */
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/charset.h"
#include "base/config.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/hazard_text.h"
#include "feed/jma_quake.h"
#include "feed/reason.h"
#include "mail/variable.h"
#include "model/aftershock.h"
#include "model/broadcast.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/feed.h"
#include "model/hazard_event.h"
#include "model/paging.h"
#include "model/setting.h"
#include "model/similar.h"
#include "model/stage.h"
#include "model/target.h"
#include "model/telegram.h"
#include "model/terms.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE_ROWS = 30, /* events on a page of the list */
	TELEGRAM_SEARCH_LEN = 100,
	QUEUE_MAX = 5, /* checks shown in full */
	BROADCASTS_MAX = 20,
	TELEGRAMS_MAX = 200, /* of one event */
	PRESS_TEXT_LEN = 2 * BROADCAST_PRESS_LEN,
	OLD_HOURS = 6, /* an event this old is pointed out */
	HOUR_MIN = 60,
	DAY_HOURS = 24,
	AREAS_MAX = 200,   /* rows of one telegram */
	TEXT_MOST = 20000, /* characters: a rule's text may be long */
	TELEGRAM_SHOWN_MAX = 1000 * 1000, /* bytes of a body on a page */
};

static const struct field list_fields[] = {
	{ "before", FIELD_INT, 0, INT64_MAX },
	{ "kind",
	  FIELD_CHOICE("quake tsunami typhoon weather volcano flood landslide "
		       "missile overseas other"),
	  0, 1 },
	{ "state",
	  FIELD_CHOICE("recorded prepared sent rejected folded cancelled "
		       "closed"),
	  0, 1 },
};

static const struct field confirm_fields[] = {
	{ "number", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, PRESS_TEXT_LEN, PRESS_TEXT_LEN },
	{ "scope", FIELD_CHOICE("all fresh"), 0, 1 },
	{ "subject", FIELD_TEXT, 0, TEXT_MOST },
	{ "body", FIELD_LINES, 0, TEXT_MOST },
	{ "mark", FIELD_CODE, 0, DECISION_MARK_LEN },
	{ "act", FIELD_CHOICE("look send"), 0, 1 },
};

/* Of an aftershock: all of its people, or those not asked before. */
static const struct field scope_fields[] = {
	{ "scope", FIELD_CHOICE("all fresh"), 0, 1 },
};

/* Which check of the event; and, to ask again, how many. */
static const struct field check_fields[] = {
	{ "check", FIELD_INT, 1, UINT32_MAX },
};
static const struct field again_fields[] = {
	{ "check", FIELD_INT, 1, UINT32_MAX },
	{ "number", FIELD_INT, 1, UINT32_MAX },
	{ "press", FIELD_CODE, PRESS_TEXT_LEN, PRESS_TEXT_LEN },
};

/* Either button of a usual reason, or words of one's own. */
static const struct field reason_fields[] = {
	{ "usual", FIELD_TEXT, 0, DECISION_REASON_MAX },
	{ "reason", FIELD_TEXT, 0, DECISION_REASON_MAX },
};

/* Word and shape of a state. */
static const struct {
	const char *state, *word, *mark;
} states[] = {
	{ "recorded", "記録のみ", "" }, { "prepared", "判断待ち", "bad" },
	{ "sent", "送信済み", "good" }, { "rejected", "却下", "warn" },
	{ "folded", "まとめ済み", "" }, { "cancelled", "取消", "" },
	{ "closed", "終了", "" },
};

static const char *const stage_words[] = {
	[STAGE_OCCURRED] = "発生",
	[STAGE_PUBLISHED] = "発表",
	[STAGE_FETCHED] = "受信",
	[STAGE_PREPARED] = "準備",
	[STAGE_DECIDED] = "判断",
	[STAGE_ENQUEUED] = "配信開始",
	[STAGE_FIRST_HANDED] = "最初の1通",
	[STAGE_LAST_HANDED] = "最後の1通",
	[STAGE_FIRST_ACCEPTED] = "最初の受け付け",
	[STAGE_LAST_ACCEPTED] = "最後の受け付け",
};

/* Showing -------------------------------------------------------------------*/

static void set_state(struct row *row, const struct event *e)
{
	for (size_t i = 0; i < LEN(states); i++) {
		if (strcmp(states[i].state, e->state) != 0)
			continue;
		row_set(row, "state", e->state);
		row_set(row, "state_word", states[i].word);
		row_set(row, "state_mark", states[i].mark);
	}
}

/* Of a quake 6強, of the others the word of the telegram. */
static const char *level_show(const char *kind, const char *level)
{
	return str_eq(kind, "quake") ? jma_intensity_show(jma_intensity(level))
				     : level;
}

static const char *level_words(const struct event *e)
{
	return level_show(e->kind, e->max_level);
}

/* "3分前": how fresh it is decides how fast one acts. */
static const char *age_words(struct arena *a, int64_t minutes)
{
	if (minutes < 1)
		return "たった今";
	if (minutes < HOUR_MIN)
		return arena_fmt(a, "%lld分前", (long long)minutes);
	if (minutes < HOUR_MIN * DAY_HOURS)
		return arena_fmt(a, "%lld時間前",
				 (long long)(minutes / HOUR_MIN));
	return arena_fmt(a, "%lld日前",
			 (long long)(minutes / HOUR_MIN / DAY_HOURS));
}

/* Until when it stands, or since when it does no more. */
static void set_end(struct request *req, struct row *row, const struct event *e)
{
	bool over = e->ends_at != 0 && e->ends_at <= req->now;

	row_set_int(row, "closed", e->closed_at != 0);
	row_set(row, "closed_at", time_show(req->arena, e->closed_at));
	row_set(row, "closed_by", e->closed_by);
	row_set_int(row, "over", over);
	if (e->ends_at != 0)
		row_set(row, "ends", time_show(req->arena, e->ends_at));
}

static void set_facts(struct request *req, struct row *row,
		      const struct event *e)
{
	int64_t minutes = (req->now - e->occurred_at) / TIME_MINUTE;

	row_set_int(row, "id", e->id);
	row_set(row, "title", e->title);
	row_set(row, "headline", e->headline);
	row_set(row, "tsunami", e->tsunami);
	row_set(row, "epicentre", e->epicentre);
	row_set(row, "magnitude", e->magnitude);
	row_set(row, "kind", e->kind);
	row_set(row, "kind_word", event_kind_show(e->kind));
	row_set(row, "level", level_words(e));
	row_set(row, "occurred", time_show(req->arena, e->occurred_at));
	row_set(row, "made_by", e->made_by);
	row_set(row, "unknown", e->unknown);
	set_end(req, row, e);
	if (*e->epicentre != '\0')
		row_set(row, "depth", jma_depth_show(req->arena, e->depth_km));
	if (e->occurred_at != 0)
		row_set(row, "age", age_words(req->arena, minutes));
	row_set_int(row, "old",
		    e->occurred_at != 0 && minutes >= OLD_HOURS * HOUR_MIN);
	row_set_int(row, "drill", e->drill);
	row_set_int(row, "quick_only",
		    e->issued_quick != 0 && e->issued_full == 0);
	set_state(row, e);
}

/* Without 県 and the like, as on the map: 石川. */
static const char *short_name(struct arena *a, const char *name)
{
	static const char *const ends[] = { "県", "府", "都" };
	size_t len = strlen(name);

	for (size_t i = 0; i < LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && strcmp(name + len - n, ends[i]) == 0)
			return arena_strndup(a, name, len - n);
	}
	return name;
}

/* On the map a word of two or three letters says enough. */
static const char *tile_text(const struct event *e,
			     const struct event_region *r)
{
	static const char *const marks[] = { "解除", "情報", "注意",
					     "警報", "危険", "特別" };

	if (str_eq(e->kind, "quake"))
		return jma_intensity_show(r->rank);
	if (str_eq(e->kind, "missile"))
		return r->rank >= HAZARD_RANK_MAX ? "避難" : marks[0];
	if (str_eq(e->kind, "tsunami") && r->rank == HAZARD_RANK_MAX)
		return "大津波";
	return r->rank > 0 && (size_t)r->rank < LEN(marks) ? marks[r->rank]
							   : marks[0];
}

/* A row for each level, with its prefectures; and the tiles of the map. */
static void set_regions(struct request *req, struct row *row,
			const struct event *e,
			const struct event_region *regions, int asked_rank)
{
	bool quake = str_eq(e->kind, "quake");
	struct row *level = NULL;
	const char *word = NULL;

	for (const struct event_region *r = regions; r != NULL; r = r->next) {
		bool asked =
			asked_rank > 0 && event_region_rank(r) >= asked_rank;
		const char *name = quake	 ? jma_intensity_show(r->rank)
				   : r->rank > 0 ? r->level
						 : "解除・取り下げ";
		struct row *pref;

		if (level == NULL || !str_eq(word, name)) {
			level = row_row(row, "levels");
			row_set(level, "level", name);
			row_set_int(level, "asked", asked);
			word = name;
		}
		pref = row_row(level, "prefs");
		row_set(pref, "name", short_name(req->arena, r->name));
		row_set_int(pref, "raised",
			    asked && r->decided_rank > 0 &&
				    r->decided_rank < asked_rank);
		row_set(row, arena_fmt(req->arena, "Map.%s.text", r->code),
			tile_text(e, r));
		row_set(row, arena_fmt(req->arena, "Map.%s.class", r->code),
			asked ? "tile-asked" : "tile-felt");
	}
}

/* Of an aftershock: whom its main shock asked, and who is new. */
static void set_main_shock(struct request *req, struct row *row,
			   const struct check *check)
{
	if (check->parent == 0)
		return;
	row_set_int(row, "parent", check->parent);
	row_set(row, "parent_title", check->parent_title);
	row_set(row, "parent_asked_at",
		time_show(req->arena, check->parent_asked_at));
	row_set_count(row, "parent_asked", check->parent_asked);
	row_set(row, "stronger", check->stronger);
	row_set(row, "fresh_places", check->fresh_places);
	row_set_count(row, "fresh_people", check->fresh_people);
}

static void set_check(struct request *req, struct row *row,
		      const struct check *check)
{
	set_main_shock(req, row, check);
	row_set_int(row, "open", check->open);
	row_set_int(row, "more", check->more);
	row_set_int(row, "raised", check->raised);
	row_set_int(row, "again", check->again);
	row_set(row, "rule_level", check->level);
	row_set(row, "rule", check->rule);
	row_set(row, "places", check->places);
	row_set_count(row, "people", check->people);
	row_set(row, "subject", check->subject);
	row_set(row, "body", check->body);
	for (struct question *q = broadcast_safety_questions(req->arena);
	     q != NULL; q = q->next) {
		struct row *question = row_row(row, "questions");

		row_set(question, "text", q->text);
		for (struct choice *c = q->choices; c != NULL; c = c->next)
			row_set(row_row(question, "choices"), "text", c->text);
	}
}

/* The names of those who were paged at once; *list moves on to the next. */
static const char *paged_names(struct request *req, const struct paged **list)
{
	struct str names = { .arena = req->arena };
	const struct paged *first = *list;

	for (; *list != NULL && (*list)->at == first->at &&
	       (*list)->step == first->step;
	     *list = (*list)->next)
		str_fmt(&names, "%s%sさん", names.len == 0 ? "" : "、",
			(*list)->name);
	return str_text(&names);
}

/* The times at which people were paged, each with their names; those who are
 * called again and again stand in one row. */
static void set_paged(struct request *req, struct row *row,
		      const struct paged *list)
{
	const char *before = "";
	struct row *call = NULL;
	int times = 0;

	while (list != NULL) {
		int64_t at = list->at;
		const char *names = paged_names(req, &list);

		if (str_eq(names, before)) {
			row_set(call, "until", time_show_clock(req->arena, at));
			row_set_int(call, "times", ++times);
			continue;
		}
		call = row_row(row, "paged");
		row_set(call, "at", time_show_clock(req->arena, at));
		row_set(call, "names", names);
		before = names;
		times = 1;
	}
}

/* Who was paged when, and who is next. */
static int set_paging(struct request *req, struct row *row,
		      const struct event *e)
{
	struct paging p;

	if (paging_find(req->db, e->id, &p) < 0)
		return -1;
	row_set_int(row, "paging", p.is_there);
	row_set_int(row, "paging_on", p.goes_on);
	row_set_int(row, "paging_by_rule",
		    p.by_rule && p.goes_on && str_eq(e->state, "recorded"));
	row_set(row, "paging_heard", p.heard_by);
	if (p.next_at != 0)
		row_set(row, "paging_next",
			time_show_clock(req->arena, p.next_at));
	set_paged(req, row, p.paged);
	return 0;
}

/* Whether and when the check is sent by itself. */
static int set_self(struct request *req, struct row *row, const struct event *e)
{
	struct self_send self;
	int64_t minutes;

	if (!str_eq(e->state, "prepared"))
		return 0;
	if (decision_self_when(req->db, e, &self) < 0)
		return -1;
	row_set_int(row, "self", 1);
	row_set(row, "self_why", self.why);
	if (self.at == 0)
		return 0;
	minutes = (self.at - req->now) / TIME_MINUTE;
	row_set(row, "self_at", time_show_clock(req->arena, self.at));
	row_set(row, "self_in",
		minutes < 1 ? "まもなく"
			    : arena_fmt(req->arena, "あと %lld 分",
					(long long)minutes));
	return 0;
}

/* "2 時間 10 分": how late a telegram came; NULL if it was in time. */
static const char *lateness(struct request *req, int64_t published,
			    int64_t fetched, int64_t late_min)
{
	int64_t minutes = (fetched - published) / TIME_MINUTE;

	if (published == 0 || fetched == 0 || late_min == 0 ||
	    minutes <= late_min)
		return NULL;
	if (minutes < HOUR_MIN * DAY_HOURS)
		return arena_fmt(req->arena, "%lld 時間 %lld 分",
				 (long long)(minutes / HOUR_MIN),
				 (long long)(minutes % HOUR_MIN));
	return arena_fmt(req->arena, "%lld 日",
			 (long long)(minutes / HOUR_MIN / DAY_HOURS));
}

/* When its telegram came, and whether that was late. */
static int set_fetched(struct request *req, struct row *row,
		       const struct event *e)
{
	int64_t published = 0, fetched = 0;
	int64_t late_min = setting_int(req->db, "inform.late");
	struct stage *s;

	if (late_min < 0 || stage_list(req->db, e->id, &s) < 0)
		return -1;
	for (; s != NULL && s->broadcast == 0; s = s->next) {
		if (s->name == STAGE_PUBLISHED)
			published = s->at;
		if (s->name == STAGE_FETCHED)
			fetched = s->at;
	}
	if (fetched != 0)
		row_set(row, "fetched", time_show_clock(req->arena, fetched));
	row_set(row, "late", lateness(req, published, fetched, late_min));
	return 0;
}

/* Two sources that disagree about the same telegram of a quake. */
static int set_twins(struct request *req, struct row *row,
		     const struct event *e)
{
	int64_t twins = 0;

	if (str_eq(e->kind, "quake"))
		twins = telegram_twins(req->db, e->id);
	if (twins < 0)
		return -1;
	row_set_int(row, "twins", twins);
	return 0;
}

/* Adds an event in full to a list of the page, as a row of it.  0 or -1. */
static int add_event(struct request *req, struct row *row,
		     const struct event *e, struct check *check)
{
	struct event_region *regions;
	const char *watchers;

	if (event_watchers(req->db, e->id, req->account, req->now, &watchers) <
		    0 ||
	    event_regions(req->db, e->id, &regions) < 0 ||
	    decision_check(req->db, e, regions, check) < 0 ||
	    set_paging(req, row, e) < 0 || set_self(req, row, e) < 0 ||
	    set_fetched(req, row, e) < 0 || set_twins(req, row, e) < 0)
		return -1;
	set_facts(req, row, e);
	set_regions(req, row, e, regions, check->rank);
	set_check(req, row, check);
	row_set(row, "watchers", watchers);
	return 0;
}

/* The words of the telegrams ------------------------------------------------*/

static void add_areas(struct request *req, struct row *row,
		      const struct hazard *h)
{
	int n = 0;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		struct row *area;

		if (n++ >= AREAS_MAX)
			continue;
		area = row_row(row, "areas");
		row_set(area, "name", p->name);
		row_set(area, "level", p->level);
		row_set(area, "detail", p->detail);
		row_set(area, "at",
			p->at != 0 ? time_show_short(req->arena, p->at)
				   : p->timing);
	}
	row_set_int(row, "count", n);
	row_set_int(row, "more", n > AREAS_MAX ? n - AREAS_MAX : 0);
}

/* What the newest telegram of each stream says, the newest first. */
static int add_parts(struct request *req, struct row *to, const struct event *e)
{
	struct hazard_part *list, *back = NULL;

	if (str_eq(e->kind, "quake"))
		return 0;
	if (hazard_event_parts(req->db, e->id, &list) < 0)
		return -1;
	while (list != NULL) {
		struct hazard_part *next = list->next;

		list->next = back;
		back = list;
		list = next;
	}
	for (; back != NULL; back = back->next) {
		const struct hazard *h = &back->hazard;
		struct row *row = row_row(to, "parts");
		struct hazard_words words;

		hazard_text(req->arena, h, &words);
		row_set(row, "title", words.subject);
		row_set(row, "body", words.body);
		row_set(row, "unknown", h->unknown);
		row_set_int(row, "stands", back->stands);
		row_set_int(row, "beside", !h->standing);
		add_areas(req, row, h);
	}
	return 0;
}

/* Events like it, and what was decided then. */
static int add_similar(struct request *req, struct row *to,
		       const struct event *e)
{
	struct similar *x;

	if (similar_list(req->db, e, &x) < 0)
		return -1;
	for (; x != NULL; x = x->next) {
		struct row *row = row_row(to, "similar");

		row_set_int(row, "id", x->event);
		row_set(row, "title", x->title);
		row_set(row, "level", level_show(e->kind, x->level));
		row_set(row, "occurred", time_show(req->arena, x->occurred_at));
		row_set(row, "act", decision_act_show(x->act));
		row_set(row, "by", x->by);
		row_set(row, "reason", x->reason);
		row_set_count(row, "people", x->people);
		row_set_int(row, "sent", str_eq(x->act, "sent"));
	}
	return 0;
}

/* What one may look up before deciding: the newest telegram, and what was
 * decided of events like it. */
static int add_past(struct request *req, struct row *row, const struct event *e)
{
	struct telegram *newest;

	if (telegram_list(req->db, e->id, 1, &newest) < 0 ||
	    add_parts(req, row, e) < 0 || add_similar(req, row, e) < 0)
		return -1;
	if (newest != NULL)
		row_set_int(row, "newest", newest->id);
	return 0;
}

/* "石川・富山 ほか3": as much as a phone at night has room for. */
static const char *few_places(struct arena *a, const char *places)
{
	enum { FEW = 3 };
	static const char comma[] = "、";
	struct str s = { .arena = a };
	int n = 0;

	while (*places != '\0') {
		const char *end = strstr(places, comma);
		size_t len =
			end == NULL ? strlen(places) : (size_t)(end - places);

		if (n++ < FEW)
			str_fmt(&s, "%s%s", n == 1 ? "" : "・",
				short_name(a, arena_strndup(a, places, len)));
		places += len + (end == NULL ? 0 : strlen(comma));
	}
	if (n > FEW)
		str_fmt(&s, " ほか%d", n - FEW);
	return str_text(&s);
}

/* Where a tsunami is warned of now: it stands beside every quake. */
static int add_tsunami(struct request *req)
{
	struct event_warned *w;

	if (event_tsunami(req->db, req->now, &w) < 0)
		return -1;
	for (; w != NULL; w = w->next) {
		struct row *row = page_row(req, "Tsunami");

		row_set(row, "level", w->level);
		row_set(row, "places", w->places);
		row_set(row, "few", few_places(req->arena, w->places));
	}
	return 0;
}

/* The list ------------------------------------------------------------------*/

static int add_queue(struct request *req)
{
	static const struct event_filter waiting = { .waiting = true };
	struct event *e;
	int64_t n = 0;

	if (event_list(req->db, &waiting, &e) < 0)
		return -1;
	for (; e != NULL; e = e->next) {
		struct check check;
		struct row *row;

		if (++n > QUEUE_MAX)
			continue;
		row = page_row(req, "Queue");
		if (add_event(req, row, e, &check) < 0 ||
		    add_past(req, row, e) < 0)
			return -1;
	}
	if (n > 0 && add_tsunami(req) < 0)
		return -1;
	page_set_int(req, "Waiting", n);
	page_set_int(req, "More", n > QUEUE_MAX ? n - QUEUE_MAX : 0);
	return 0;
}

/* What was chosen in the filter, or NULL. */
static const char *chosen(struct request *req, const char *name)
{
	const char *word = form_text(req, name);

	return *word == '\0' ? NULL : word;
}

static void add_choices(struct request *req)
{
	static const char *const kinds[] = {
		"quake",   "tsunami", "weather", "landslide", "flood",
		"volcano", "typhoon", "missile", "overseas",  "other",
	};

	for (size_t i = 0; i < LEN(kinds); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", kinds[i]);
		row_set(row, "text", event_kind_show(kinds[i]));
	}
	for (size_t i = 0; i < LEN(states); i++) {
		struct row *row = page_row(req, "States");

		row_set(row, "value", states[i].state);
		row_set(row, "text", states[i].word);
	}
}

static int add_list(struct request *req)
{
	const struct event_filter filter = {
		.before = form_int(req, "before"),
		.kind = chosen(req, "kind"),
		.state = chosen(req, "state"),
		.most = PAGE_ROWS + 1,
	};
	const struct event_filter any = { .most = 0 };
	struct event *e;
	int64_t found = event_count(req->db, &filter), last = 0;
	int64_t all = event_count(req->db, &any);

	if (found < 0 || all < 0 || event_list(req->db, &filter, &e) < 0)
		return -1;
	for (int n = 0; e != NULL && n < PAGE_ROWS; e = e->next, n++) {
		struct row *row = page_row(req, "Events");

		row_set(row, "occurred", time_show(req->arena, e->occurred_at));
		row_set_int(row, "id", e->id);
		row_set(row, "title", e->title);
		row_set(row, "kind_word", event_kind_show(e->kind));
		row_set(row, "level", level_words(e));
		row_set_int(row, "drill", e->drill);
		set_end(req, row, e);
		set_state(row, e);
		last = e->id;
	}
	if (e != NULL)
		page_set_int(req, "Older", last);
	page_set_count(req, "All", all);
	page_set_count(req, "Found", found);
	add_choices(req);
	page_set_int(req, "Filtered",
		     filter.kind != NULL || filter.state != NULL);
	page_set_int(req, "Paged", filter.before != 0);
	return 0;
}

static int list(struct request *req)
{
	if (!form_read(req, list_fields, LEN(list_fields)))
		return 404;
	if ((form_int(req, "before") == 0 && chosen(req, "kind") == NULL &&
	     chosen(req, "state") == NULL && add_queue(req) < 0) ||
	    add_list(req) < 0)
		return 500;
	return page_show(req, "events.cs");
}

/* One event -----------------------------------------------------------------*/

static bool has_twin(const struct telegram *t, const struct telegram *list)
{
	for (; list != NULL; list = list->next)
		if (telegram_is_twin(t, list))
			return true;
	return false;
}

static int add_telegrams(struct request *req, const struct event *e)
{
	int64_t late_min = setting_int(req->db, "inform.late");
	bool quake = str_eq(e->kind, "quake");
	struct telegram *t, *all;
	int n = 0;

	if (late_min < 0 ||
	    telegram_list(req->db, e->id, TELEGRAMS_MAX + 1, &all) < 0)
		return -1;
	for (t = all; t != NULL; t = t->next) {
		struct row *row;

		if (n++ == TELEGRAMS_MAX) {
			page_set_int(req, "OlderTelegrams", TELEGRAMS_MAX);
			break;
		}
		row = page_row(req, "Telegrams");
		row_set_int(row, "id", t->id);
		row_set(row, "type", t->type);
		row_set(row, "info_type", t->info_type);
		row_set(row, "status", t->status);
		if (t->serial != 0)
			row_set_int(row, "serial", t->serial);
		row_set_int(row, "applied", strcmp(t->outcome, "applied") == 0);
		row_set(row, "reason", reason_show(t->reason));
		row_set(row, "late",
			lateness(req, t->issued_at, t->fetched_at, late_min));
		row_set_int(row, "twin", quake && has_twin(t, all));
		row_set(row, "issued",
			time_show_clock(req->arena, t->issued_at));
		row_set(row, "fetched", time_show(req->arena, t->fetched_at));
	}
	return 0;
}

/* "+4分12秒" after the occurrence, which JMA gives by the minute. */
static const char *since(struct arena *a, int64_t from, int64_t at)
{
	int64_t s = (at - from) / TIME_SECOND;

	if (from == 0 || s <= 0 || s >= DAY_HOURS * HOUR_MIN * 60)
		return "";
	return arena_fmt(a, "＋%lld分%02lld秒", (long long)(s / 60),
			 (long long)(s % 60));
}

/* The clock of the event, and of its first check: what rules mail of it goes
 * out before anybody decides. */
static int add_clock(struct request *req, int64_t event)
{
	int64_t occurred = 0, check = event_first_check(req->db, event);
	struct stage *s;

	if (check < 0 || stage_list(req->db, event, &s) < 0)
		return -1;
	for (; s != NULL; s = s->next) {
		struct row *row;

		if (s->name == STAGE_OCCURRED)
			occurred = s->at;
		if (s->broadcast != 0 && s->broadcast != check)
			continue;
		row = page_row(req, "Clock");
		row_set(row, "word", stage_words[s->name]);
		row_set(row, "at",
			s->name == STAGE_OCCURRED
				? time_show_short(req->arena, s->at)
				: time_show_clock(req->arena, s->at));
		row_set(row, "since", since(req->arena, occurred, s->at));
	}
	return 0;
}

/* Whether those who have not answered a check can be asked again. */
static bool can_ask_again(const struct request *req, const struct broadcast *b)
{
	return b->root == b->id && !str_eq(b->kind, "info") &&
	       (str_eq(b->state, "sending") || str_eq(b->state, "sent")) &&
	       (b->closes_at == 0 || b->closes_at > req->now);
}

/* How many of a check can be asked again, to the person; -1 on failure. */
static int64_t unanswered(struct request *req, const struct broadcast *b)
{
	const struct target again = {
		.kind = "unanswered",
		.item = arena_fmt(req->arena, "%lld", (long long)b->id),
	};
	int64_t people = 0;

	if (!can_ask_again(req, b))
		return 0;
	return target_count(req->db, req->account, &again, &people) < 0
		       ? -1
		       : people;
}

static int add_broadcasts(struct request *req, int64_t event)
{
	const struct broadcast_filter filter = { .event = event,
						 .most = BROADCASTS_MAX };
	struct broadcast *b;

	if (broadcast_list(req->db, req->account, &filter, &b) < 0)
		return -1;
	for (; b != NULL; b = b->next) {
		struct row *row =
			page_row(req, str_eq(b->kind, "info") ? "Information"
							      : "Broadcasts");

		/* As counted; who presses is told the number of then. */
		row_set_count(row, "again",
			      can_ask_again(req, b)
				      ? b->recipients - b->answered
				      : 0);
		row_set_int(row, "retry", b->root != b->id);
		row_set_int(row, "cancelled", str_eq(b->state, "cancelled"));
		row_set_int(row, "id", b->id);
		row_set_int(row, "root", b->root);
		row_set(row, "at", time_show(req->arena, b->made_at));
		row_set(row, "subject", b->subject);
		row_set(row, "body", b->body);
		row_set_count(row, "people", b->expected);
		row_set_count(row, "recipients", b->recipients);
		row_set_count(row, "answered", b->answered);
		row_set_count(row, "messages", b->messages);
		row_set_count(row, "sent",
			      broadcast_sent(b->handed, b->bounced));
		row_set_count(row, "undelivered", b->refused + b->bounced);
	}
	return 0;
}

/* "M7.5"; where it is no figure the telegram says so itself: "Ｍ不明". */
static const char *magnitude_words(struct arena *a, const char *magnitude)
{
	return *magnitude >= '0' && *magnitude <= '9'
		       ? arena_fmt(a, "M%s", magnitude)
		       : magnitude;
}

/* Every decision, with what was known when it was made. */
static void add_decisions(struct request *req, const struct event *e,
			  const struct decision_made *d)
{
	for (; d != NULL; d = d->next) {
		struct row *row = page_row(req, "Decisions");

		row_set(row, "at", time_show(req->arena, d->at));
		row_set(row, "act", decision_act_show(d->act));
		row_set(row, "by", *d->by == '\0' ? "コマンド" : d->by);
		row_set(row, "reason", d->reason);
		row_set_count(row, "people", d->people);
		row_set(row, "level", level_show(e->kind, d->max_level));
		row_set(row, "magnitude",
			magnitude_words(req->arena, d->magnitude));
		row_set(row, "epicentre", d->epicentre);
	}
}

static void add_revised(struct request *req, const char *what, const char *then,
			const char *now)
{
	struct row *row;

	if (str_eq(then, now))
		return;
	row = page_row(req, "Revised");
	row_set(row, "what", what);
	row_set(row, "then", *then == '\0' ? "－" : then);
	row_set(row, "now", *now == '\0' ? "－" : now);
}

/* Prefectures; a line for those that went the same way. */
static int add_revised_regions(struct request *req, int64_t event)
{
	struct event_region *r;

	if (event_revised(req->db, event, &r) < 0)
		return -1;
	while (r != NULL) {
		const struct event_region *first = r;
		struct str names = { .arena = req->arena };

		for (; r != NULL && r->rank == first->rank &&
		       r->decided_rank == first->decided_rank;
		     r = r->next)
			str_fmt(&names, "%s%s", names.len == 0 ? "" : "、",
				r->name);
		add_revised(req, str_text(&names),
			    jma_intensity_show(first->decided_rank),
			    jma_intensity_show(first->rank));
	}
	return 0;
}

/* What was revised since the last decision. */
static int add_revisions(struct request *req, const struct event *e,
			 const struct decision_made *d)
{
	bool quake = str_eq(e->kind, "quake");

	while (d != NULL && d->next != NULL)
		d = d->next;
	if (d == NULL || str_eq(d->act, "reopened"))
		return 0;
	page_set_int(req, "Decided", 1);
	add_revised(req, quake ? "最大震度" : "段階",
		    level_show(e->kind, d->max_level), level_words(e));
	add_revised(req, "マグニチュード", d->magnitude, e->magnitude);
	add_revised(req, "震源", d->epicentre, e->epicentre);
	if (*e->epicentre != '\0')
		add_revised(req, "深さ",
			    *d->epicentre == '\0'
				    ? ""
				    : jma_depth_show(req->arena, d->depth_km),
			    jma_depth_show(req->arena, e->depth_km));
	add_revised(req, "津波", d->tsunami, e->tsunami);
	return quake ? add_revised_regions(req, e->id) : 0;
}

/* Decisions, and what was revised since. */
static int add_history(struct request *req, const struct event *e)
{
	struct decision_made *d;

	if (decision_list(req->db, e->id, &d) < 0 ||
	    add_revisions(req, e, d) < 0)
		return -1;
	add_decisions(req, e, d);
	return 0;
}

static void set_change(struct row *row, const struct aftershock_change *c,
		       int64_t event)
{
	while (c != NULL && c->event != event)
		c = c->next;
	row_set(row, "fresh", c == NULL ? "" : c->fresh);
	row_set(row, "stronger", c == NULL ? "" : c->stronger);
}

/* The quakes under this one, and what each changed. */
static int add_aftershocks(struct request *req, int64_t event, int rank)
{
	struct aftershock_change *changes = NULL;
	struct event *e;

	if (event_children(req->db, event, &e) < 0 ||
	    (e != NULL && rank > 0 &&
	     aftershock_changes(req->db, event, rank, &changes) < 0))
		return -1;
	for (; e != NULL; e = e->next) {
		struct row *row = page_row(req, "Aftershocks");

		row_set_int(row, "id", e->id);
		row_set(row, "title", e->title);
		row_set(row, "level", level_words(e));
		row_set(row, "occurred", time_show(req->arena, e->occurred_at));
		set_change(row, changes, e->id);
		set_state(row, e);
	}
	return 0;
}

/* Finds the event, notes who looks, and fills the page.  Returns 0, or the
 * status to answer with. */
static int open_row(struct request *req, struct row *row, struct event *e,
		    struct check *check)
{
	int found = event_find(req->db, req->id, e);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (event_look(req->db, e->id, req->account, req->now) < 0 ||
	    add_event(req, row, e, check) < 0)
		return 500;
	if (e->drill)
		page_set(req, "Page.drill", "1");
	return 0;
}

static int open_event(struct request *req, struct event *e, struct check *check)
{
	return open_row(req, page_row(req, "Event"), e, check);
}

/* notice: what stood against the act just tried, or NULL. */
static int show_with(struct request *req, const char *notice)
{
	struct row *row = page_row(req, "Event");
	struct check check;
	struct event e;
	int status = open_row(req, row, &e, &check);

	if (status != 0)
		return status;
	if (add_telegrams(req, &e) < 0 || add_clock(req, e.id) < 0 ||
	    add_broadcasts(req, e.id) < 0 || add_past(req, row, &e) < 0 ||
	    add_tsunami(req) < 0 ||
	    add_aftershocks(req, e.id, check.rank) < 0 ||
	    add_history(req, &e) < 0)
		return 500;
	page_set(req, "Decision.by", e.decided_by);
	page_set(req, "Decision.at", time_show(req->arena, e.decided_at));
	page_set(req, "Decision.reason", e.reason);
	page_set(req, "Notice", notice);
	page_set(req, "Printed", time_show(req->arena, req->now));
	return page_show_status(req, notice == NULL ? 200 : 409, "event.cs");
}

static int show(struct request *req)
{
	return show_with(req, NULL);
}

static int telegram(struct request *req)
{
	const char *bytes;
	long long id;
	int64_t event;
	size_t len;
	int found;

	if (!str_to_int(req->name, 1, INT64_MAX, &id))
		return 404;
	found = telegram_body(req->db, id, &bytes, &len, &event);
	if (found < 0)
		return 500;
	if (found == 0 || event != req->id)
		return 404;
	page_set_int(req, "Telegram.event", event);
	page_set_int(req, "Telegram.id", id);
	page_set_int(req, "Telegram.cut", len > TELEGRAM_SHOWN_MAX);
	if (len > TELEGRAM_SHOWN_MAX)
		len = TELEGRAM_SHOWN_MAX;
	/* What was applied is UTF-8; a cut may fall into a character. */
	while (len > 0 && !charset_is_utf8(bytes, len))
		len--;
	page_set(req, "Telegram.body", arena_strndup(req->arena, bytes, len));
	return page_show(req, "telegram.cs");
}

/* Deciding ------------------------------------------------------------------*/

/* Why an act that was open on the page just shown is none now: who was quicker,
 * or that it was cancelled. */
static int show_not_open(struct request *req)
{
	static const char cancelled[] = "いまは判断できません。電文が取り消され"
					"たか、事象が終了しました。";
	struct decision_made *d;

	if (decision_list(req->db, req->id, &d) < 0)
		return 500;
	if (d == NULL)
		return show_with(req, cancelled);
	while (d->next != NULL)
		d = d->next;
	return show_with(req, arena_fmt(req->arena,
					"先に判断されています：%s　%s　%s%s%s。"
					"いまの操作は行っていません。",
					time_show_clock(req->arena, d->at),
					*d->by == '\0' ? "コマンド" : d->by,
					decision_act_show(d->act),
					*d->reason == '\0' ? "" : "　理由：",
					d->reason));
}

/* Until when it asks and how often again, as the settings stand now; and how
 * long the last mail will take, as the last real run did (B2). */
static int add_terms(struct request *req, const struct check *check)
{
	struct terms t;
	int64_t seconds;

	if (terms_find(req->db, check->kind, &t) < 0 ||
	    broadcast_estimate(req->db, check->people, &seconds) < 0)
		return -1;
	page_set(req, "Terms.last_mail", time_show_about(req->arena, seconds));
	page_set_int(req, "Terms.hours", t.hours);
	page_set(req, "Terms.closes",
		 time_show(req->arena, terms_close(&t, req->now)));
	page_set_int(req, "Terms.times", t.reask.times);
	page_set_int(req, "Terms.gap", t.reask.gap_min);
	return 0;
}

/* Whether the form just read holds words of a person's own. */
static bool is_typed(struct request *req)
{
	return form_has(req, "mark") &&
	       !str_eq(form_text(req, "mark"),
		       decision_mark(req->arena, form_text(req, "subject"),
				     form_text(req, "body")));
}

/* The text of the form: the check's as it is now, until somebody types. */
static void set_text(struct request *req, const struct check *check, bool typed)
{
	if (!typed) {
		page_forget(req, "Form.subject");
		page_forget(req, "Form.body");
		page_forget(req, "Form.mark");
	}
	page_default(req, "Form.subject", check->subject);
	page_default(req, "Form.body", check->body);
	page_default(req, "Form.mark",
		     decision_mark(req->arena, check->subject, check->body));
	page_set_int(req, "Text.typed", typed);
}

/* The mail as it will look, with what was typed. */
static int set_sample(struct request *req, const struct check *check,
		      bool typed)
{
	const char *subject =
		typed ? form_text(req, "subject") : check->subject;
	const char *body = typed ? form_text(req, "body") : check->body;
	const char *values[VARIABLES] = {
		[VARIABLE_NAME] = "（受け取る人の氏名）",
		[VARIABLE_SITE] = config_text("Site.Name", ""),
	};
	struct terms t;

	if (terms_find(req->db, check->kind, &t) < 0)
		return -1;
	values[VARIABLE_CLOSES] =
		variable_closes(req->arena, "ja", terms_close(&t, req->now));
	page_set(req, "Event.0.subject",
		 variable_fill(req->arena, subject, values));
	page_set(req, "Event.0.body", variable_fill(req->arena, body, values));
	return 0;
}

static void set_new_press(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];

	bytes_random(press, sizeof(press));
	page_default(req, "Form.press",
		     bytes_to_hex(req->arena, press, sizeof(press)));
}

/* typed: the form just read holds words of a person's own. */
static int show_confirm(struct request *req, bool typed)
{
	const char *scope;
	struct check check;
	struct event e;
	int status = open_event(req, &e, &check);

	if (status != 0)
		return status;
	scope = form_text(req, "scope");
	if (!check.open)
		return page_redirect(req, "/events", e.id);
	if (check.parent != 0 && str_eq(scope, "fresh")) {
		page_set_count(req, "Event.0.people", check.fresh_people);
		page_set(req, "Event.0.places", check.fresh_places);
	}
	set_text(req, &check, typed);
	if (add_terms(req, &check) < 0 || set_sample(req, &check, typed) < 0)
		return 500;
	set_new_press(req);
	return page_show(req, "event_confirm.cs");
}

static int ask_confirm(struct request *req)
{
	if (!form_read(req, scope_fields, LEN(scope_fields)))
		return 404;
	return show_confirm(req, false);
}

static int confirm_again(struct request *req, const char *name, const char *why)
{
	form_error(req, name, why);
	return show_confirm(req, is_typed(req));
}

static void check_words(struct request *req, const char *name, const char *text,
			long long most, const char *unknown)
{
	long long n = (long long)str_characters(text);

	if (n == 0)
		form_error(req, name, "入力してください。");
	else if (n > most)
		form_error(req, name,
			   arena_fmt(req->arena,
				     "%lld文字以内で入力してください(いま%lld"
				     "文字)。",
				     most, n));
	else if (unknown != NULL)
		form_error(req, name,
			   arena_fmt(req->arena, "%s は使えません。", unknown));
}

/* What was typed can be sent; what nobody changed always can. */
static bool check_typed(struct request *req)
{
	enum { MARK = 4 }; /* characters that a drill's subject may get */
	const char *subject = form_text(req, "subject");
	const char *body = form_text(req, "body");

	if (!is_typed(req))
		return true;
	check_words(req, "subject", subject, BROADCAST_SUBJECT_MAX - MARK,
		    variable_unknown(req->arena, subject, true));
	check_words(req, "body", body, BROADCAST_BODY_MAX,
		    variable_unknown(req->arena, body, false));
	return !form_failed(req);
}

/* Shows the mail with what was typed, once more. */
static int look(struct request *req)
{
	page_set_int(req, "Look", 1);
	return show_confirm(req, is_typed(req));
}

/* What was typed was typed over a text that a telegram has changed since. */
static int other_text(struct request *req)
{
	page_forget(req, "Form.mark");
	return confirm_again(req, "body",
			     "この画面を開いたあと、電文が改められました。"
			     "文面を確かめて、もう一度押してください。");
}

static int confirm(struct request *req)
{
	struct audit who = request_audit(req);
	unsigned char press[BROADCAST_PRESS_LEN];
	struct confirm c = { .who = &who, .event = req->id, .press = press };
	int64_t broadcast, people;
	bool good = form_read(req, confirm_fields, LEN(confirm_fields));

	good = check_typed(req) && good;
	if (good && str_eq(form_text(req, "act"), "look"))
		return look(req);
	if (form_int(req, "number") == 0)
		return confirm_again(req, "number", "入力してください。");
	if (!good)
		return show_confirm(req, is_typed(req));
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	c.number = form_int(req, "number");
	c.fresh = str_eq(form_text(req, "scope"), "fresh");
	if (is_typed(req)) {
		c.subject = form_text(req, "subject");
		c.body = form_text(req, "body");
		c.mark = form_text(req, "mark");
	}
	switch (decision_confirm(req->db, &c, &broadcast, &people)) {
	case DECISION_DONE:
	case DECISION_BEFORE:
		return page_redirect(req, "/events", req->id);
	case DECISION_NOT_OPEN:
		return show_not_open(req);
	case DECISION_NOBODY:
		return show_with(req, "対象者がいないため、送れません。");
	case DECISION_OTHER_COUNT:
		return confirm_again(
			req, "number",
			arena_fmt(req->arena,
				  "人数が違います。対象は %lld 人です。",
				  (long long)people));
	case DECISION_OTHER_TEXT:
		return other_text(req);
	case DECISION_UNKNOWN:
		return 404;
	default:
		return 500;
	}
}

/* Of an event that waits for this act: asks for the reason. */
static int show_reason(struct request *req, const char *act)
{
	struct check check;
	struct event e;
	int status = open_event(req, &e, &check);
	bool waits;

	if (status != 0)
		return status;
	waits = str_eq(e.state, "prepared");
	if (str_eq(act, "fold") ? !waits || e.parent == 0
				: !waits && !(check.more && check.raised))
		return page_redirect(req, "/events", e.id);
	page_set(req, "Act", act);
	return page_show(req, "event_reason.cs");
}

static int show_reject(struct request *req)
{
	return show_reason(req, "reject");
}

static int show_fold(struct request *req)
{
	return show_reason(req, "fold");
}

/* The reason chosen or typed; NULL if there is none, which is told. */
static const char *read_reason(struct request *req)
{
	const char *reason;

	if (!form_read(req, reason_fields, LEN(reason_fields)))
		return NULL;
	reason = form_text(req, "usual");
	if (*reason == '\0')
		reason = form_text(req, "reason");
	if (*reason == '\0')
		form_error(req, "reason", "理由を入力してください。");
	return *reason == '\0' ? NULL : reason;
}

static int decided(struct request *req, int done)
{
	if (done < 0)
		return 500;
	return done == 0 ? show_not_open(req)
			 : page_redirect(req, "/events", req->id);
}

static int reject(struct request *req)
{
	struct audit who = request_audit(req);
	const char *reason = read_reason(req);

	if (reason == NULL)
		return show_reject(req);
	return decided(req, decision_reject(req->db, &who, req->id, reason));
}

static int fold(struct request *req)
{
	struct audit who = request_audit(req);
	const char *reason = read_reason(req);

	if (reason == NULL)
		return show_fold(req);
	return decided(req, decision_fold(req->db, &who, req->id, reason));
}

static int reopen(struct request *req)
{
	struct audit who = request_audit(req);

	return decided(req, decision_reopen(req->db, &who, req->id));
}

/* Asking again --------------------------------------------------------------*/

/* The check of this event that is meant, and its unanswered.  Returns 1, 0 if
 * there is no such check, -1. */
static int find_again(struct request *req, struct broadcast *b, int64_t *people)
{
	int found = broadcast_find(req->db, req->account,
				   form_int(req, "check"), b);

	if (found > 0 && (b->event != req->id || b->root != b->id))
		found = 0;
	*people = found > 0 ? unanswered(req, b) : 0;
	return *people < 0 ? -1 : found;
}

static int show_again(struct request *req)
{
	struct broadcast b;
	struct check check;
	struct event e;
	int64_t people;
	int status = open_event(req, &e, &check), found;

	if (status != 0)
		return status;
	found = find_again(req, &b, &people);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (people == 0)
		return page_redirect(req, "/events", e.id);
	page_set_int(req, "Again.check", b.id);
	page_set(req, "Again.subject", b.subject);
	page_set_count(req, "Again.people", people);
	set_new_press(req);
	return page_show(req, "event_again.cs");
}

static int ask_again(struct request *req)
{
	if (!form_read(req, check_fields, LEN(check_fields)))
		return 404;
	return show_again(req);
}

/* Asks those who have not answered the check, at their next address. */
static int again(struct request *req)
{
	struct audit who = request_audit(req);
	unsigned char press[BROADCAST_PRESS_LEN];
	struct broadcast_draft d = { .account = req->account,
				     .audit = &who,
				     .press = press };
	struct broadcast b;
	int64_t people, id;
	bool good = form_read(req, again_fields, LEN(again_fields));
	int found = find_again(req, &b, &people);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!good)
		return show_again(req);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	d.retry_of = b.id;
	d.expected = form_int(req, "number");
	switch (broadcast_make(req->db, &d, &id, &people)) {
	case BROADCAST_MADE:
	case BROADCAST_MADE_BEFORE:
		return page_redirect(req, "/events", req->id);
	case BROADCAST_NOBODY:
		return show_with(req, "未回答の人は、もういません。");
	case BROADCAST_OTHER_COUNT:
		form_error(req, "number",
			   arena_fmt(req->arena,
				     "人数が違います。いま未回答の人は %lld 人"
				     "です。",
				     (long long)people));
		return show_again(req);
	case BROADCAST_NOT_ALLOWED:
		return show_with(req, "この安否確認は、もう送り直せません。");
	case BROADCAST_ASKED_LATELY:
		return show_with(req, "同じ人たちに、いま送ったばかりです。"
				      "もう一度は送っていません。");
	default:
		return 500;
	}
}

static int heard(struct request *req)
{
	struct audit who = request_audit(req);
	int done = paging_hear(req->db, &who, req->id);

	if (done < 0)
		return 500;
	return done == 0 ? show_with(req, "呼び出しは、もう止まっています。")
			 : page_redirect(req, "/events", req->id);
}

static int close_it(struct request *req)
{
	struct audit who = request_audit(req);
	int done = event_close(req->db, &who, req->id);

	if (done < 0)
		return 500;
	return done == 0 ? show_with(req, "この事象は、もう終了しています。")
			 : page_redirect(req, "/events", req->id);
}

/* Telegrams of no event -----------------------------------------------------*/

static const struct field telegram_fields[] = {
	{ "text", FIELD_TEXT, 0, TELEGRAM_SEARCH_LEN },
	{ "outcome", FIELD_CHOICE("stored refused"), 0, 1 },
	{ "before", FIELD_INT, 0, INT64_MAX },
};

static void read_telegram_query(struct request *req, struct telegram_query *q)
{
	const char *text = form_text(req, "text");
	const char *outcome = form_text(req, "outcome");

	*q = (struct telegram_query){
		.text = *text == '\0' ? NULL : text,
		.outcome = *outcome == '\0' ? NULL : outcome,
		.before = form_int(req, "before"),
		.most = PAGE_ROWS + 1,
	};
}

static int telegrams(struct request *req)
{
	struct telegram_query query;
	int64_t last = 0, count;
	struct telegram *t;
	int n = 0;

	form_read(req, telegram_fields, LEN(telegram_fields));
	read_telegram_query(req, &query);
	count = telegram_count_without_event(req->db, &query);
	if (count < 0 || telegram_list_without_event(req->db, &query, &t) < 0)
		return 500;
	for (; t != NULL && n < PAGE_ROWS; t = t->next, n++) {
		struct row *row = page_row(req, "Telegrams");

		row_set(row, "type", t->type);
		row_set(row, "name", t->name);
		row_set(row, "source", t->source);
		row_set(row, "reason", reason_show(t->reason));
		row_set_int(row, "refused", str_eq(t->outcome, "refused"));
		row_set(row, "fetched", time_show(req->arena, t->fetched_at));
		last = t->id;
	}
	if (t != NULL)
		page_set_int(req, "Older", last);
	page_set_int(req, "Paged", query.before != 0);
	page_set_int(req, "Filtered",
		     query.text != NULL || query.outcome != NULL);
	page_set_count(req, "Count", count);
	page_set_count(req, "Shown", n);
	return page_show(req, "telegrams.cs");
}

/* Word and shape of how a feed does. */
static void set_health(struct row *row, const struct feed_health *h,
		       int64_t now, int64_t silent_min)
{
	static const char *const marks[] = { "good", "warn", "bad" };
	static const char *const words[] = { "正常", "注意", "異常" };
	enum feed_state state = feed_state(h, now, silent_min);

	row_set(row, "mark", marks[state]);
	row_set(row, "word", words[state]);
	row_set_int(row, "silent", state == FEED_SILENT);
	row_set_int(row, "long", h->feed.long_form);
	row_set_int(row, "behind", h->feed.behind);
}

/* A time and how long ago that was: "03:12（5分前）". */
static void set_ago(struct request *req, struct row *row, const char *key,
		    int64_t at)
{
	if (at == 0)
		return;
	row_set(row, key,
		arena_fmt(
			req->arena, "%s（%s）", time_show(req->arena, at),
			age_words(req->arena, (req->now - at) / TIME_MINUTE)));
}

static int feeds(struct request *req)
{
	int64_t silent_min = setting_int(req->db, "feed.silent");
	int64_t quiet_min = setting_int(req->db, "feed.quiet");
	struct feed_backlog backlog;
	struct feed_health *h;

	if (silent_min < 0 || quiet_min < 0 ||
	    feed_list(req->db, &h, &backlog) < 0)
		return 500;
	for (; h != NULL; h = h->next) {
		struct row *row = page_row(req, "Feeds");

		row_set(row, "url", feed_url_show(req->arena, h->feed.url));
		row_set(row, "status", h->feed.status);
		row_set_int(row, "failures", h->feed.failures);
		set_ago(req, row, "good", h->feed.good_at);
		set_ago(req, row, "entry", h->entry_at);
		set_ago(req, row, "told", h->silent_at);
		set_ago(req, row, "told_quiet", h->quiet_at);
		set_health(row, h, req->now, silent_min);
	}
	page_set_count(req, "Waiting", backlog.waiting);
	page_set_count(req, "GivenUp", backlog.given_up);
	page_set(req, "Newest", time_show(req->arena, backlog.newest_at));
	page_set_int(req, "Silent", silent_min);
	page_set_int(req, "Quiet", quiet_min);
	return page_show(req, "feeds.cs");
}

static const struct route routes[] = {
	{ "GET", "/events", GUARD_OPERATOR, list },
	{ "GET", "/events/telegrams", GUARD_OPERATOR, telegrams },
	{ "GET", "/events/feeds", GUARD_OPERATOR, feeds },
	{ "GET", "/events/{id}", GUARD_OPERATOR, show },
	{ "GET", "/events/{id}/confirm", GUARD_OPERATOR, ask_confirm },
	{ "POST", "/events/{id}/confirm", GUARD_OPERATOR, confirm },
	{ "GET", "/events/{id}/reject", GUARD_OPERATOR, show_reject },
	{ "POST", "/events/{id}/reject", GUARD_OPERATOR, reject },
	{ "POST", "/events/{id}/reopen", GUARD_OPERATOR, reopen },
	{ "GET", "/events/{id}/fold", GUARD_OPERATOR, show_fold },
	{ "POST", "/events/{id}/fold", GUARD_OPERATOR, fold },
	{ "GET", "/events/{id}/again", GUARD_OPERATOR, ask_again },
	{ "POST", "/events/{id}/again", GUARD_OPERATOR, again },
	{ "POST", "/events/{id}/heard", GUARD_OPERATOR, heard },
	{ "POST", "/events/{id}/close", GUARD_OPERATOR, close_it },
	{ "GET", "/events/{id}/telegrams/{name}", GUARD_OPERATOR, telegram },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
