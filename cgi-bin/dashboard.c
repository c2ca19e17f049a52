/*
 * dashboard - who is safe, who can come, who has not answered
 *
 *   GET  /                        the open broadcasts, a block of counts each
 *   GET  /?broadcast=ID&group=ID  one of them, whole or seen from a group
 *   GET  /dashboard.json?...      the numbers of either page, for dashboard.js
 *   GET  /dashboard.csv?...       the table of groups of the second
 *
 * For all but auditors; what they see is theirs by the queries of
 * model/dashboard.  Source: D2a-f, D3c, issue 2 item 8.
 *
 * The JSON names what changes as the page does: an element with
 * data-live="broadcasts/5/unanswered" shows the member of that path.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/dashboard.h"
#include "model/report.h"
#include "model/role.h"
#include "web/chart.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	ID_MAX = UINT32_MAX,
	PLOT = 1000,	/* units of the curve, either way */
	TONES = 6,	/* colours of choices without a mark */
	COLUMNS = 8,	/* choices that the table of groups has room for */
	TILE_STEP = 25, /* per cent unanswered from one colour to the next */
	KEPT = 64,	/* documents, of as many readers or pages */
};

/* So long a document is shown again.  Counting follows the answers within 600
 * ms: together no number is older than the second that is promised. */
static const int64_t kept_for = TIME_SECOND * 3 / 10;

static const struct field fields[] = {
	{ "broadcast", FIELD_INT, 0, ID_MAX },
	{ "group", FIELD_INT, 0, ID_MAX },
};

/* Everything on the page of one broadcast. */
struct view {
	struct dashboard d;
	struct dashboard_group *groups;
	struct dashboard_asking *askings;
	int64_t start, end; /* of the curve */
};

static int64_t unanswered(int64_t asked, int64_t answered)
{
	return asked > answered ? asked - answered : 0;
}

/* What is told of mails, by its name in templates and JSON. */
struct told {
	const char *name;
	int64_t mails;
};

enum { TOLD = 9 };

/* What came back to us was sent, but did not arrive: it counts with what could
 * not be sent.  Counters of the log and of deliver move apart for a moment. */
static void tell_mails(const struct dashboard_mails *m, struct told told[TOLD])
{
	const int64_t waiting =
		m->messages - m->handed - m->refused - m->cancelled;
	const struct told all[TOLD] = {
		{ "messages", m->messages },
		{ "sent", broadcast_sent(m->handed, m->bounced) },
		{ "accepted", m->accepted },
		{ "deferred", m->deferred },
		{ "undelivered", m->refused + m->bounced },
		{ "bounced", m->bounced },
		{ "refused", m->refused },
		{ "waiting", waiting > 0 ? waiting : 0 },
		{ "cancelled", m->cancelled },
	};

	memcpy(told, all, sizeof(all));
}

/* Pages ----------------------------------------------------------------------
 */

/* A colour for a choice: that of its mark, or one by its place. */
static const char *tone(struct arena *a, const struct dashboard_choice *c,
			int *plain)
{
	if (c->mark[0] != '\0')
		return c->mark;
	return arena_fmt(a, "tone%d", (*plain)++ % TONES);
}

static void set_extent(struct row *row, struct chart_extent e)
{
	row_set(row, "x", e.x);
	row_set(row, "width", e.width);
}

static void set_question(struct request *req, struct row *block,
			 const struct dashboard_broadcast *b,
			 const struct dashboard_question *q)
{
	struct row *row = row_row(block, "questions");
	int64_t before = 0;
	int plain = 0;

	row_set_int(row, "id", q->id);
	row_set(row, "text", q->text);
	row_set_int(row, "multiple", q->multiple);
	for (struct dashboard_choice *c = q->choices; c; c = c->next) {
		struct row *part = row_row(row, "choices");

		row_set_int(part, "id", c->id);
		row_set(part, "text", c->text);
		row_set(part, "mark", c->mark);
		row_set(part, "tone", tone(req->arena, c, &plain));
		row_set_count(part, "count", c->people);
		row_set(part, "share",
			chart_share(req->arena, c->people, b->asked));
		set_extent(part, chart_extent(req->arena, before, c->people,
					      b->asked));
		before += q->multiple ? 0 : c->people;
	}
}

static void set_counts(struct request *req, struct row *row, int64_t asked,
		       int64_t answered)
{
	int64_t left = unanswered(asked, answered);

	row_set_count(row, "asked", asked);
	row_set_count(row, "answered", answered);
	row_set_count(row, "unanswered", left);
	row_set(row, "share", chart_share(req->arena, left, asked));
	set_extent(row, chart_extent(req->arena, answered, left, asked));
}

static void set_mails(struct row *row, const struct dashboard_mails *m)
{
	struct told told[TOLD];

	tell_mails(m, told);
	for (size_t i = 0; i < TOLD; i++)
		row_set_count(row, told[i].name, told[i].mails);
}

static void set_block(struct request *req, const struct dashboard_broadcast *b)
{
	struct row *row = page_row(req, "Broadcasts");

	if (b->conflicts > 0)
		row_set_count(row, "conflicts", b->conflicts);
	row_set_int(row, "id", b->id);
	row_set(row, "subject", b->subject);
	row_set(row, "kind", b->kind);
	row_set(row, "state", b->state);
	row_set_int(row, "open", b->open);
	row_set(row, "event_title", b->event_title);
	row_set_int(row, "event", b->event);
	row_set_int(row, "drill", b->drill);
	row_set(row, "at", time_show(req->arena, b->confirmed_at));
	row_set(row, "closes_at", time_show(req->arena, b->closes_at));
	row_set_int(row, "nobody", b->asked == 0);
	set_counts(req, row, b->asked, b->answered);
	row_set_int(row, "delivery", b->delivery);
	set_mails(row, &b->mails);
	for (struct dashboard_question *q = b->questions; q; q = q->next)
		set_question(req, row, b, q);
}

/*
 * What the script watches: if it changes, rows came or went, and the person is
 * told to load the page again, for rows never move by themselves.
 */
static const char *key_of_list(struct arena *a,
			       const struct dashboard_broadcast *list)
{
	struct str key = { .arena = a };

	for (; list != NULL; list = list->next)
		str_fmt(&key, "b%" PRId64, list->id);
	return str_text(&key);
}

static const char *key_of_view(struct arena *a, const struct view *v)
{
	int groups = 0, regions = 0, askings = 0;

	for (struct dashboard_group *g = v->groups; g; g = g->next)
		groups++;
	for (struct dashboard_region *r = v->d.regions; r; r = r->next)
		regions++;
	for (struct dashboard_asking *k = v->askings; k; k = k->next)
		askings++;
	return arena_fmt(a, "g%dr%da%d", groups, regions, askings);
}

static bool sees_people(const struct request *req)
{
	return req->role == ROLE_SYSTEM_ADMIN || req->role == ROLE_GROUP_ADMIN;
}

static void set_common(struct request *req, const char *key)
{
	page_set(req, "Page.section", "dashboard");
	page_set(req, "Live.key", key);
	page_set(req, "Live.query", req->query);
	page_set(req, "Live.clock", time_show_clock(req->arena, req->now));
	/* Who may open the list of persons of a broadcast. */
	page_set_int(req, "May.people", sees_people(req));
}

/* What people told of themselves since yesterday, whether a check asks them or
 * not.  0, or -1. */
static int set_reports(struct request *req)
{
	const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;
	struct report_counts counts;

	if (!sees_people(req))
		return 0;
	if (report_summary(req->db, req->account, req->now - day, &counts) < 0)
		return -1;
	if (counts.people == 0)
		return 0;
	page_set_count(req, "Reports.people", counts.people);
	page_set_count(req, "Reports.slight", counts.slight);
	page_set_count(req, "Reports.serious", counts.serious);
	return 0;
}

static int overview(struct request *req)
{
	struct dashboard_list list;
	bool drill;

	if (dashboard_list(req->db, req->account, &list) < 0 ||
	    dashboard_conflicts(req->db, req->account, &list) < 0 ||
	    set_reports(req) < 0)
		return 500;
	/* The band lies over the whole page only if all of it is a drill. */
	drill = list.broadcasts != NULL;
	for (struct dashboard_broadcast *b = list.broadcasts; b; b = b->next) {
		set_block(req, b);
		drill = drill && b->drill;
	}
	if (drill)
		page_set(req, "Page.drill", "1");
	page_set_int(req, "More", list.more);
	page_set_int(req, "Reach", list.groups);
	set_common(req, key_of_list(req->arena, list.broadcasts));
	return page_show(req, "dashboard.cs");
}

/* One broadcast --------------------------------------------------------------
 */

/* The curve begins with the first asking and ends now, or with the last answer
 * of what is closed. */
static void settle_clock(struct view *v, int64_t now)
{
	const struct dashboard_broadcast *b = &v->d.broadcast;
	int64_t last = 0;

	for (struct dashboard_point *p = v->d.points; p; p = p->next)
		last = p->at;
	v->start = b->confirmed_at;
	v->end = str_eq(b->state, "closed") && last > 0 ? last : now;
	for (struct dashboard_asking *k = v->askings; k; k = k->next)
		if (k->confirmed_at > v->end)
			v->end = k->confirmed_at;
	if (v->end < v->start + TIME_MINUTE)
		v->end = v->start + TIME_MINUTE;
}

/* 1 and *v, 0 if there is none or it is out of reach, -1 on failure. */
static int view_load(struct request *req, struct view *v)
{
	struct db *db = req->db;
	int found = dashboard_find(db, req->account, form_int(req, "broadcast"),
				   form_int(req, "group"), &v->d);

	if (found <= 0)
		return found;
	if (dashboard_groups(db, &v->d, &v->groups) < 0 ||
	    dashboard_askings(db, &v->d, &v->askings) < 0)
		return -1;
	settle_clock(v, req->now);
	return 1;
}

static int64_t plot_x(const struct view *v, int64_t at)
{
	if (at <= v->start)
		return 0;
	return at >= v->end ? PLOT
			    : (at - v->start) * PLOT / (v->end - v->start);
}

static int64_t plot_y(const struct view *v, int64_t answered)
{
	int64_t asked = v->d.broadcast.asked;

	if (asked <= 0)
		return PLOT;
	return answered >= asked ? 0 : PLOT - answered * PLOT / asked;
}

/* Level until the minute in which somebody answered, so that a quiet hour does
 * not look like a slow one. */
static const char *curve(struct arena *a, const struct view *v)
{
	struct str s = { .arena = a };
	int64_t y = PLOT;

	str_fmt(&s, "0,%d", PLOT);
	for (struct dashboard_point *p = v->d.points; p; p = p->next) {
		str_fmt(&s, " %" PRId64 ",%" PRId64,
			plot_x(v, p->at - TIME_MINUTE), y);
		y = plot_y(v, p->answered);
		str_fmt(&s, " %" PRId64 ",%" PRId64, plot_x(v, p->at), y);
	}
	str_fmt(&s, " %d,%" PRId64, PLOT, y);
	return str_text(&s);
}

/* The same with the ground under it, to be filled. */
static const char *area(struct arena *a, const struct view *v)
{
	return arena_fmt(a, "%s %d,%d", curve(a, v), PLOT, PLOT);
}

static const char *mark_x(struct arena *a, const struct view *v, int64_t at)
{
	return chart_extent(a, plot_x(v, at), 0, PLOT).x;
}

static void set_curve(struct request *req, const struct view *v)
{
	struct arena *a = req->arena;
	int number = 0;

	page_set(req, "Curve.points", curve(a, v));
	page_set(req, "Curve.area", area(a, v));
	page_set(req, "Curve.start", time_show_short(a, v->start));
	page_set(req, "Curve.end", time_show_short(a, v->end));
	for (struct dashboard_point *p = v->d.points; p; p = p->next) {
		struct row *row = page_row(req, "Points");

		row_set(row, "at", time_show_short(a, p->at));
		row_set_count(row, "answered", p->answered);
		row_set(row, "share",
			chart_share(a, p->answered, v->d.broadcast.asked));
	}
	for (struct dashboard_asking *k = v->askings; k; k = k->next) {
		struct row *row = page_row(req, "Askings");

		row_set_int(row, "id", k->id);
		row_set_int(row, "number", ++number);
		row_set(row, "state", k->state);
		row_set(row, "at", time_show_short(a, k->confirmed_at));
		row_set(row, "x", mark_x(a, v, k->confirmed_at));
		row_set_count(row, "recipients", k->recipients);
		set_mails(row, &k->mails);
	}
}

static void set_columns(struct request *req, const struct view *v)
{
	for (struct dashboard_question *q = v->d.broadcast.questions; q;
	     q = q->next)
		for (struct dashboard_choice *c = q->choices; c; c = c->next) {
			struct row *row;

			if (c->column >= COLUMNS)
				return page_set_int(req, "Columns_left", 1);
			row = page_row(req, "Columns");
			row_set_int(row, "id", c->id);
			row_set(row, "text", c->text);
			row_set(row, "mark", c->mark);
		}
}

static void set_groups(struct request *req, const struct view *v)
{
	int64_t count = 0;

	for (struct dashboard_group *g = v->groups; g; g = g->next, count++) {
		struct row *row = page_row(req, "Groups");
		unsigned n = v->d.broadcast.columns;

		row_set_int(row, "id", g->id);
		row_set(row, "name", g->name);
		row_set_int(row, "below", g->below);
		set_counts(req, row, g->asked, g->answered);
		for (unsigned i = 0; i < n && i < COLUMNS; i++)
			row_set_count(row_row(row, "cells"), "count",
				      g->choices[i]);
	}
	page_set_count(req, "Groups_count", count);
}

/* All answered, up to a quarter unanswered, up to a half, ... */
static const char *tile(struct arena *a, const struct dashboard_region *r)
{
	int p = chart_percent(unanswered(r->asked, r->answered), r->asked);

	return arena_fmt(a, "tile-%d", (p + TILE_STEP - 1) / TILE_STEP);
}

static void set_regions(struct request *req, const struct view *v)
{
	struct arena *a = req->arena;

	for (struct dashboard_region *r = v->d.regions; r; r = r->next) {
		struct row *row = page_row(req, "Regions");
		int64_t left = unanswered(r->asked, r->answered);
		const char *code = arena_fmt(a, "%02" PRId64, r->prefecture);
		const char *key = arena_fmt(a, "Map.%s", code);

		row_set_int(row, "id", r->prefecture);
		row_set(row, "code", code);
		row_set(row, "name", r->name);
		set_counts(req, row, r->asked, r->answered);
		page_set(req, arena_fmt(a, "%s.class", key), tile(a, r));
		page_set(req, arena_fmt(a, "%s.text", key),
			 chart_share(a, left, r->asked));
		page_set(req, arena_fmt(a, "%s.live", key),
			 arena_fmt(a, "regions/%" PRId64, r->prefecture));
	}
}

static void set_scope(struct request *req, const struct view *v)
{
	const char *name = v->d.all ? "全体" : "担当グループの合計";

	for (struct dashboard_crumb *c = v->d.crumbs; c; c = c->next) {
		struct row *row = page_row(req, "Crumbs");

		row_set_int(row, "id", c->id);
		row_set(row, "name", c->name);
		row_set_int(row, "last", c->next == NULL);
		name = c->name;
	}
	page_set(req, "Scope.name", name);
	page_set_int(req, "Scope.group", v->d.group);
	page_set_int(req, "Scope.all", v->d.all);
	page_set_int(req, "Scope.gross", v->d.gross);
}

static int one(struct request *req)
{
	struct view v = { 0 };
	int found = view_load(req, &v);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (dashboard_own_conflicts(req->db, &v.d) < 0)
		return 500;
	if (v.d.broadcast.drill)
		page_set(req, "Page.drill", "1");
	set_block(req, &v.d.broadcast);
	set_scope(req, &v);
	set_curve(req, &v);
	set_columns(req, &v);
	set_groups(req, &v);
	set_regions(req, &v);
	set_common(req, key_of_view(req->arena, &v));
	return page_show(req, "dashboard_broadcast.cs");
}

static int show(struct request *req)
{
	if (!form_read(req, fields, LEN(fields)))
		return 404;
	return form_int(req, "broadcast") == 0 ? overview(req) : one(req);
}

/* JSON -----------------------------------------------------------------------
 */

static void put_int(json_t *object, const char *key, int64_t value)
{
	json_object_set_new(object, key, json_integer(value));
}

static void put_text(json_t *object, const char *key, const char *value)
{
	json_object_set_new(object, key, json_string(value));
}

static json_t *add_object(json_t *array)
{
	json_t *object = json_object();

	json_array_append_new(array, object);
	return object;
}

static json_t *put_array(json_t *object, const char *key)
{
	json_t *array = json_array();

	json_object_set_new(object, key, array);
	return array;
}

static void put_extent(json_t *object, struct chart_extent e)
{
	put_text(object, "x", e.x);
	put_text(object, "width", e.width);
}

static void put_counts(struct request *req, json_t *object, int64_t asked,
		       int64_t answered)
{
	int64_t left = unanswered(asked, answered);

	put_int(object, "recipients", asked);
	put_int(object, "answered", answered);
	put_int(object, "unanswered", left);
	put_text(object, "share", chart_share(req->arena, left, asked));
	put_extent(object, chart_extent(req->arena, answered, left, asked));
}

static void put_question(struct request *req, json_t *questions,
			 const struct dashboard_broadcast *b,
			 const struct dashboard_question *q)
{
	json_t *object = add_object(questions);
	json_t *choices = put_array(object, "choices");
	int64_t before = 0;

	put_int(object, "id", q->id);
	put_text(object, "text", q->text);
	for (struct dashboard_choice *c = q->choices; c; c = c->next) {
		json_t *part = add_object(choices);

		put_int(part, "id", c->id);
		put_text(part, "text", c->text);
		put_int(part, "count", c->people);
		put_text(part, "share",
			 chart_share(req->arena, c->people, b->asked));
		put_extent(part, chart_extent(req->arena, before, c->people,
					      b->asked));
		before += q->multiple ? 0 : c->people;
	}
}

static void put_mails(json_t *object, const struct dashboard_mails *m)
{
	struct told told[TOLD];

	tell_mails(m, told);
	for (size_t i = 0; i < TOLD; i++)
		put_int(object, told[i].name, told[i].mails);
}

static void put_block(struct request *req, json_t *list,
		      const struct dashboard_broadcast *b)
{
	json_t *object = add_object(list), *questions;

	put_int(object, "broadcast", b->id);
	put_counts(req, object, b->asked, b->answered);
	if (b->delivery)
		put_mails(object, &b->mails);
	questions = put_array(object, "questions");
	for (struct dashboard_question *q = b->questions; q; q = q->next)
		put_question(req, questions, b, q);
}

static json_t *document(struct request *req, const char *key)
{
	json_t *doc = json_object();

	put_text(doc, "at", time_iso(req->arena, req->now));
	put_text(doc, "key", key);
	return doc;
}

/* 200 and the document, or another status. */
static int overview_json(struct request *req, json_t **out)
{
	struct dashboard_list list;
	json_t *doc, *blocks;

	if (dashboard_list(req->db, req->account, &list) < 0)
		return 500;
	*out = doc = document(req, key_of_list(req->arena, list.broadcasts));
	blocks = put_array(doc, "broadcasts");
	for (struct dashboard_broadcast *b = list.broadcasts; b; b = b->next)
		put_block(req, blocks, b);
	return 200;
}

static void put_curve(struct request *req, json_t *doc, const struct view *v)
{
	json_t *object = json_object();
	json_t *askings = put_array(doc, "askings");

	json_object_set_new(doc, "curve", object);
	put_text(object, "points", curve(req->arena, v));
	put_text(object, "area", area(req->arena, v));
	put_text(object, "end", time_show_short(req->arena, v->end));
	for (struct dashboard_asking *k = v->askings; k; k = k->next) {
		json_t *asking = add_object(askings);

		put_int(asking, "id", k->id);
		put_text(asking, "x", mark_x(req->arena, v, k->confirmed_at));
		if (!v->d.all)
			continue;
		put_int(asking, "recipients", k->recipients);
		put_mails(asking, &k->mails);
	}
}

static void put_groups(struct request *req, json_t *doc, const struct view *v)
{
	json_t *groups = put_array(doc, "groups");

	for (struct dashboard_group *g = v->groups; g; g = g->next) {
		json_t *object = add_object(groups), *cells;

		put_int(object, "id", g->id);
		put_counts(req, object, g->asked, g->answered);
		cells = put_array(object, "choices");
		for (struct dashboard_question *q = v->d.broadcast.questions; q;
		     q = q->next)
			for (struct dashboard_choice *c = q->choices; c;
			     c = c->next) {
				json_t *cell = add_object(cells);

				put_int(cell, "id", c->id);
				put_int(cell, "count", g->choices[c->column]);
			}
	}
}

static void put_regions(struct request *req, json_t *doc, const struct view *v)
{
	json_t *regions = put_array(doc, "regions");

	for (struct dashboard_region *r = v->d.regions; r; r = r->next) {
		json_t *object = add_object(regions);

		put_int(object, "id", r->prefecture);
		put_counts(req, object, r->asked, r->answered);
		put_text(object, "tile",
			 arena_fmt(req->arena, "tile %s", tile(req->arena, r)));
	}
}

static int one_json(struct request *req, json_t **out)
{
	struct view v = { 0 };
	int found = view_load(req, &v);
	json_t *doc;

	if (found <= 0)
		return found < 0 ? 500 : 404;
	*out = doc = document(req, key_of_view(req->arena, &v));
	put_block(req, put_array(doc, "broadcasts"), &v.d.broadcast);
	put_curve(req, doc, &v);
	put_groups(req, doc, &v);
	put_regions(req, doc, &v);
	return 200;
}

/* Hundreds have the same page open, and ask anew every few seconds. */
static struct kept {
	char *key, *text;
	int64_t at; /* monotonic */
} kept[KEPT];

/* Who sees the same numbers: all whose role reaches everybody, or he alone. */
static const char *kept_key(struct request *req)
{
	bool all = role_scope(req->role) == SCOPE_EVERYBODY;

	return arena_fmt(req->arena, "%s %" PRId64 " %s", role_name(req->role),
			 all ? 0 : req->account, req->query);
}

static struct kept *kept_slot(const char *key)
{
	unsigned sum = 0;

	for (const char *p = key; *p != '\0'; p++)
		sum = sum * 31 + (unsigned char)*p;
	return &kept[sum % KEPT];
}

static bool is_kept(const struct kept *k, const char *key)
{
	return k->key != NULL && str_eq(k->key, key) &&
	       time_monotonic() - k->at < kept_for;
}

/* Writes the document and keeps it; takes the reference. */
static void keep(struct kept *k, const char *key, json_t *doc)
{
	free(k->key);
	free(k->text);
	k->key = strdup(key);
	k->text = json_dumps(doc, JSON_COMPACT);
	k->at = time_monotonic();
	json_decref(doc);
	if (k->key == NULL || k->text == NULL)
		log_fatal("out of memory");
}

static int numbers(struct request *req)
{
	const char *key = kept_key(req);
	struct kept *k = kept_slot(key);
	json_t *doc;
	int status;

	if (!form_read(req, fields, LEN(fields)))
		return 404;
	if (!is_kept(k, key)) {
		status = form_int(req, "broadcast") == 0
				 ? overview_json(req, &doc)
				 : one_json(req, &doc);
		if (status != 200)
			return status;
		keep(k, key, doc);
	}
	return page_json_text(req, k->text);
}

/* CSV ------------------------------------------------------------------------
 */

static void csv_head(struct str *s, const struct dashboard_broadcast *b)
{
	static const char *const names[] = {
		"グループコード", "グループ", "対象",
		"回答",		  "未回答",   "未回答の割合(%)"
	};

	csv_open(s);
	for (size_t i = 0; i < LEN(names); i++)
		csv_text(s, names[i]);
	for (struct dashboard_question *q = b->questions; q; q = q->next)
		for (struct dashboard_choice *c = q->choices; c; c = c->next)
			csv_text(s, arena_fmt(s->arena, "%s：%s", q->text,
					      c->text));
	csv_line(s);
}

static int table(struct request *req)
{
	struct str s = { .arena = req->arena };
	struct dashboard_group *g;
	struct dashboard d;
	int found;

	if (!form_read(req, fields, LEN(fields)))
		return 404;
	found = dashboard_find(req->db, req->account,
			       form_int(req, "broadcast"),
			       form_int(req, "group"), &d);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (dashboard_groups(req->db, &d, &g) < 0)
		return 500;
	csv_head(&s, &d.broadcast);
	for (; g != NULL; g = g->next) {
		int64_t left = unanswered(g->asked, g->answered);

		csv_text(&s, g->code);
		csv_text(&s, g->name);
		csv_int(&s, g->asked);
		csv_int(&s, g->answered);
		csv_int(&s, left);
		csv_int(&s, chart_percent(left, g->asked));
		for (unsigned i = 0; i < d.broadcast.columns; i++)
			csv_int(&s, g->choices[i]);
		csv_line(&s);
	}
	return page_file(req, "text/csv; charset=UTF-8",
			 arena_fmt(req->arena, "anpi-%" PRId64 "-groups.csv",
				   d.broadcast.id),
			 s.s, s.len);
}

static const struct route routes[] = {
	{ "GET", "/", GUARD_VIEWER, show },
	{ "GET", "/dashboard.json", GUARD_VIEWER, numbers },
	{ "GET", "/dashboard.csv", GUARD_VIEWER, table },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
