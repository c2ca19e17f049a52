#include "model/hand_event.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/hazard.h"
#include "feed/place.h"
#include "model/audit.h"
#include "model/open_key.h"
#include "model/paging.h"
#include "model/rule.h"
#include "model/stage.h"

/* In broad strokes: a person takes prefectures off again, or adds some. */
const struct sea hand_event_seas[] = {
	{ "north", "北海道の周辺", "01" },
	{ "japan-north", "日本海（北海道から新潟）", "01,02,05,06,15" },
	{ "japan-south", "日本海（富山から山口）", "16,17,18,26,28,31,32,35" },
	{ "pacific-east", "太平洋（青森から神奈川）",
	  "02,03,04,07,08,12,13,14" },
	{ "pacific-west", "太平洋（静岡から鹿児島）",
	  "22,23,24,30,36,39,44,45,46" },
	{ "inland", "瀬戸内海", "27,28,30,33,34,35,36,37,38,40,44" },
	{ "kyushu", "九州の西・東シナ海", "40,41,42,43,46" },
	{ "okinawa", "沖縄の周辺", "47" },
};
const size_t hand_event_seas_count = LEN(hand_event_seas);

bool hand_event_add_sea(const char *code, bool *prefectures)
{
	const char *p = NULL;

	for (size_t i = 0; i < LEN(hand_event_seas); i++)
		if (str_eq(hand_event_seas[i].code, code))
			p = hand_event_seas[i].prefectures;
	if (p == NULL)
		return false;
	for (; *p != '\0'; p += p[2] == '\0' ? 2 : 3)
		prefectures[(p[0] - '0') * 10 + p[1] - '0'] = true;
	return true;
}

/* What stands in place of the word of a telegram. */
static const char *level_of(const struct hand_event *e)
{
	return str_eq(e->kind, "missile") ? "ミサイル" : e->title;
}

static struct event_region *regions_of(struct arena *a,
				       const struct hand_event *e)
{
	struct event_region *list = NULL, **end = &list;

	for (int p = 1; p <= RULE_PREFECTURES; p++) {
		if (!e->prefectures[p])
			continue;
		*end = arena_alloc(a, sizeof(**end));
		(*end)->code = arena_fmt(a, "%02d", p);
		(*end)->name = place_prefecture_show((*end)->code);
		(*end)->level = level_of(e);
		(*end)->rank = HAZARD_RANK_MAX;
		end = &(*end)->next;
	}
	return list;
}

int hand_event_check(struct db *db, const struct hand_event *e,
		     struct check *out)
{
	const struct event event = {
		.kind = e->kind,
		.key = "",
		.state = e->drill ? "recorded" : "prepared",
		.drill = e->drill,
		.title = e->title,
		.headline = e->text,
		.tsunami = "",
		.occurred_at = e->occurred_at,
		.epicentre = "",
		.depth_km = -1,
		.magnitude = "",
		.max_level = level_of(e),
		.rank = HAZARD_RANK_MAX,
	};

	return decision_check(db, &event, regions_of(db->arena, e), out);
}

struct making {
	const struct audit *who;
	const struct hand_event *event;
	const unsigned char *press;
	int64_t id;
	bool is_new;
};

static int fill_event(struct db *db, const struct making *m)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = ?, title = ?, headline = ?, occurred_at = ?,"
		"       max_level = ?, rank = ?, made_by = NULLIF(?, 0)"
		" WHERE id = ?";
	const struct hand_event *e = m->event;
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, e->drill ? "recorded" : "prepared");
	db_bind_text(s, e->title);
	db_bind_text(s, e->text);
	db_bind_time(s, e->occurred_at);
	db_bind_text(s, level_of(e));
	db_bind_int(s, HAZARD_RANK_MAX);
	db_bind_int(s, m->who->account);
	db_bind_int(s, m->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int add_regions(struct db *db, const struct making *m)
{
	static const char sql[] =
		"INSERT INTO event_region (event, region, name, level, rank)"
		" VALUES (?, ?, ?, ?, ?)";
	struct event_region *r = regions_of(db->arena, m->event);
	struct stmt *s;

	if (r == NULL)
		return 0;
	s = db_prepare(db, sql);
	for (; r != NULL; r = r->next) {
		db_bind_int(s, m->id);
		db_bind_text(s, r->code);
		db_bind_text(s, r->name);
		db_bind_text(s, r->level);
		db_bind_int(s, r->rank);
		db_row(s);
	}
	return db_run(s) < 0 ? -1 : 0;
}

static int add_stages(struct db *db, const struct making *m, int64_t now)
{
	if (stage_set(db, m->id, 0, STAGE_OCCURRED, m->event->occurred_at) < 0)
		return -1;
	return stage_set(db, m->id, 0, STAGE_PREPARED, now);
}

static int make(struct db *db, void *arg)
{
	struct making *m = arg;
	struct audit line = *m->who;
	struct open_key keys = {
		.kind = m->event->kind,
		.key = arena_fmt(db->arena, "hand-%s",
				 bytes_to_hex(db->arena, m->press,
					      HAND_EVENT_PRESS_LEN)),
		.others = "",
		.drill = m->event->drill,
	};
	int64_t now = time_now();

	m->id = open_key_hold(db, &keys);
	m->is_new = m->id == 0;
	if (!m->is_new)
		return m->id < 0 ? -1 : 0;
	m->id = open_key_make(db, &keys, now);
	line.action = "event made";
	line.object = arena_fmt(db->arena, "event %lld", (long long)m->id);
	if (m->id < 0 || fill_event(db, m) < 0 || add_regions(db, m) < 0 ||
	    add_stages(db, m, now) < 0 || audit_add(db, &line) < 0 ||
	    paging_begin(db, m->id, 0, now) < 0)
		return -1;
	return 0;
}

int64_t hand_event_make(struct db *db, const struct audit *who,
			const struct hand_event *event,
			const unsigned char *press)
{
	struct making m = { .who = who, .event = event, .press = press };

	if (db_transaction(db, make, &m) < 0)
		return -1;
	if (m.is_new)
		log_info("event made by hand event=%lld kind=%s",
			 (long long)m.id, event->kind);
	return m.id;
}
