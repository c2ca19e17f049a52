#include "model/quake.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "feed/place.h"
#include "model/aftershock.h"
#include "model/event.h"
#include "model/event_region.h"
#include "model/inform.h"
#include "model/paging.h"
#include "model/rule.h"
#include "model/stage.h"

/* Control/Title of what an event is made of; the order is that of `streams`. */
enum stream {
	QUICK, /* VXSE51 */
	FULL,  /* VXSE53 */
	PLACE, /* hypocentre only, VXSE52 and VXSE61 */
	PLACE_END = PLACE + 2,
	/* What may be there before any of these: forecasts, and what was felt
	 * in high buildings.  They make an event and say nothing of its
	 * intensities. */
	OTHER = PLACE_END,
	STREAMS = OTHER + 4,
};

static const char *const titles[STREAMS] = {
	"震度速報",
	"震源・震度に関する情報",
	"震源に関する情報",
	"顕著な地震の震源要素更新のお知らせ",
	"緊急地震速報（警報）",
	"緊急地震速報（地震動予報）",
	"緊急地震速報（予報）",
	"長周期地震動に関する観測情報",
};

enum { PREFECTURES = RULE_PREFECTURES };

/* The streams of an event, folded into what is shown and stored. */
struct view {
	bool has_quick, has_full;
	bool has_place; /* a hypocentre: the newest of full and place */
	bool has_other; /* only if none of these is there */
	struct jma_quake quick, full, place, other;
	int ranks[PREFECTURES + 1]; /* by prefecture code; 0: not felt */
	int felt;		    /* prefectures with a rank */
	int max_rank;
	const char *title;
	struct str unknown; /* codes that no table has, for the operator */
};

/* A telegram that was read and stored just now. */
struct known {
	int64_t telegram;
	const struct jma_quake *quake;
};

/* The newest telegram of each stream. */
struct stream_newest {
	int64_t telegram; /* 0: there is none */
	const char *body;
	size_t len;
};

static int stream_of(const char *title)
{
	int i = 0;

	while (i < STREAMS && !str_eq(titles[i], title))
		i++;
	return i;
}

/* All of them in one look; the body of the known one is not needed. */
static int read_streams(struct db *db, const struct known *known,
			struct stream_newest *out)
{
	/* Which they are is found without their bodies, by the key (type,
	 * event_key, issued_at). */
	static const char sql[] =
		"SELECT t.type, t.id, IF(t.id = ?, '', t.body)"
		"  FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY type"
		"               ORDER BY issued_at DESC, serial DESC, id DESC)"
		"               AS n"
		"          FROM telegram"
		"         WHERE type IN (?, ?, ?, ?, ?, ?, ?, ?)"
		"           AND event_key = ?"
		"           AND outcome = 'applied'"
		"           AND IF(?, status IN ('訓練', '試験'),"
		"                  status = '通常')) x"
		"  JOIN telegram t ON t.id = x.id"
		" WHERE x.n = 1";
	const struct jma_telegram *of = &known->quake->telegram;
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, known->telegram);
	for (int i = 0; i < STREAMS; i++)
		db_bind_text(s, titles[i]);
	db_bind_text(s, of->event_key);
	db_bind_int(s, of->status != JMA_NORMAL);
	while ((rc = db_step(s)) > 0) {
		int i = stream_of(db_text(s, 0));

		if (i == STREAMS)
			continue;
		out[i].telegram = db_int(s, 1);
		out[i].body = db_blob(s, 2, &out[i].len);
	}
	return rc;
}

/* Reads what is newest of a stream.  Returns 1 and fills *out; 0 if there is
 * none or it cancels; -1 on failure. */
static int newest(struct arena *a, const struct stream_newest *stream,
		  const struct known *known, struct jma_quake *out)
{
	const char *why;

	if (stream->telegram == 0)
		return 0;
	if (stream->telegram == known->telegram)
		*out = *known->quake;
	else if (jma_quake_parse(a, stream->body, stream->len, out, &why) < 0)
		return log_error("stored telegram not readable telegram=%lld",
				 (long long)stream->telegram);
	return out->telegram.info_type != JMA_CANCELLED;
}

/* The prefecture of a place whose code is none: by its name, else by a
 * municipality in it, whose code begins with it; 0 if that tells nothing. */
static int guess_prefecture(const struct jma_place *p)
{
	const char *code = place_prefecture_named(p->name);
	long long n;

	for (const struct jma_place *area = p->below;
	     area != NULL && *code == '\0'; area = area->next)
		for (const struct jma_place *city = area->below;
		     city != NULL && *code == '\0'; city = city->next)
			code = place_prefecture(city->code);
	return str_to_int(code, 1, PREFECTURES, &n) ? (int)n : 0;
}

static void tell_unknown(struct view *v, const struct jma_place *p, int code)
{
	log_warn("prefecture unknown code=%s taken=%d", p->code, code);
	str_fmt(&v->unknown, "%s都道府県 %s %s（%s）",
		v->unknown.len == 0 ? "" : "、", p->code, p->name,
		code == 0 ? "どこかわからない" : "名前から推定");
}

static void add_prefectures(struct view *v, const struct jma_quake *quake)
{
	if (quake->max_intensity > v->max_rank)
		v->max_rank = quake->max_intensity;
	if (quake->unknown > 0)
		str_fmt(&v->unknown, "%s震度の段階 %d か所",
			v->unknown.len == 0 ? "" : "、", quake->unknown);
	for (const struct jma_place *p = quake->prefs; p != NULL; p = p->next) {
		long long code;

		if (!str_to_int(p->code, 1, PREFECTURES, &code)) {
			code = guess_prefecture(p);
			tell_unknown(v, p, (int)code);
		}
		if (p->intensity > v->max_rank)
			v->max_rank = p->intensity;
		if (code == 0 || p->intensity <= v->ranks[code])
			continue;
		v->felt += v->ranks[code] == 0;
		v->ranks[code] = p->intensity;
	}
}

/* "7.6" is a magnitude, "Ｍ不明" says so itself. */
static const char *magnitude_words(struct arena *a, const struct jma_quake *q)
{
	if (*q->magnitude_text == '\0')
		return "";
	return arena_fmt(a, q->magnitude_known ? " M%s" : " %s",
			 q->magnitude_text);
}

static const char *place_words(struct arena *a, const struct jma_quake *q)
{
	if (*q->epicentre == '\0')
		return "震源不明";
	return *q->epicentre_detail == '\0'
		       ? q->epicentre
		       : arena_fmt(a, "%s（%s）", q->epicentre,
				   q->epicentre_detail);
}

/* True if anything of the event stands. */
static bool is_alive(const struct view *v)
{
	return v->has_quick || v->has_full || v->has_place || v->has_other;
}

static const char *title_of(struct arena *a, const struct view *v)
{
	const char *level = jma_intensity_show(v->max_rank);

	if (!is_alive(v))
		return ""; /* see store_cancelled */
	if (v->has_other)
		return arena_fmt(a, "%s %s", v->other.telegram.title,
				 v->other.assumed ? "震源不明"
						  : place_words(a, &v->other));
	if (!v->has_place)
		return arena_fmt(a, "震度速報 最大震度%s（%s%s）", level,
				 v->quick.prefs == NULL ? "地域不明"
							: v->quick.prefs->name,
				 v->felt > 1 ? "ほか" : "");
	if (!v->has_full && !v->has_quick)
		return arena_fmt(a, "%s%s 震度は未発表",
				 place_words(a, &v->place),
				 magnitude_words(a, &v->place));
	return arena_fmt(a, "%s%s %s%s", place_words(a, &v->place),
			 magnitude_words(a, &v->place),
			 v->full.distant    ? "遠地地震"
			 : v->max_rank == 0 ? "震度の観測なし"
					    : "最大震度",
			 v->full.distant ? "" : level);
}

static int find_place(struct arena *a, const struct stream_newest *streams,
		      const struct known *known, struct view *v)
{
	v->has_place = v->has_full;
	v->place = v->full;
	for (int i = PLACE; i < PLACE_END; i++) {
		struct jma_quake q;
		int rc = newest(a, &streams[i], known, &q);

		if (rc < 0)
			return -1;
		if (rc == 0 ||
		    (v->has_place &&
		     q.telegram.published_at <= v->place.telegram.published_at))
			continue;
		v->place = q;
		v->has_place = true;
	}
	return 0;
}

static int find_other(struct arena *a, const struct stream_newest *streams,
		      const struct known *known, struct view *v)
{
	for (int i = OTHER; i < STREAMS && !is_alive(v); i++) {
		int rc = newest(a, &streams[i], known, &v->other);

		if (rc < 0)
			return -1;
		v->has_other = rc > 0;
	}
	return 0;
}

static int fold(struct db *db, const struct known *known, struct view *v)
{
	struct stream_newest streams[STREAMS] = { 0 };
	struct arena *a = db->arena;
	int quick, full;

	*v = (struct view){ .unknown = { .arena = a } };
	if (read_streams(db, known, streams) < 0)
		return -1;
	quick = newest(a, &streams[QUICK], known, &v->quick);
	full = newest(a, &streams[FULL], known, &v->full);
	if (quick < 0 || full < 0)
		return -1;
	v->has_quick = quick > 0;
	v->has_full = full > 0;
	if (!v->has_full)
		v->full = (struct jma_quake){ 0 };
	if (find_place(a, streams, known, v) < 0 ||
	    find_other(a, streams, known, v) < 0)
		return -1;
	if (v->has_full)
		add_prefectures(v, &v->full);
	if (v->has_quick)
		add_prefectures(v, &v->quick);
	v->title = title_of(a, v);
	return 0;
}

/* Who says most of what was felt, and of a tsunami. */
static const struct jma_quake *main_of(const struct view *v)
{
	return v->has_full    ? &v->full
	       : v->has_place ? &v->place
	       : v->has_quick ? &v->quick
			      : &v->other;
}

static int store_regions(struct db *db, int64_t event, const struct view *v)
{
	struct event_ranks new = { 0 };

	for (int code = 1; code <= PREFECTURES; code++) {
		new.ranks[code] = v->ranks[code];
		new.levels[code] = jma_intensity_text(v->ranks[code]);
	}
	return event_region_store(db, event, &new);
}

static const char *next_state(const char *state, bool sent,
			      const struct view *v, bool due)
{
	if (!is_alive(v))
		return "cancelled";
	if (sent)
		return "sent";
	if (strcmp(state, "rejected") == 0 || strcmp(state, "folded") == 0 ||
	    strcmp(state, "closed") == 0)
		return state;
	return due ? "prepared" : "recorded";
}

static int store_event(struct db *db, int64_t event, const char *state,
		       const struct jma_telegram *cause, const struct view *v)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = ?, title = LEFT(?, 200),"
		"       headline = LEFT(?, 16000),"
		"       tsunami = LEFT(?, 500), occurred_at = ?,"
		"       epicentre = LEFT(?, 100), latitude = ?, longitude = ?,"
		"       depth_km = ?, magnitude = LEFT(?, 60), max_level = ?,"
		"       rank = ?, told_at = GREATEST(COALESCE(told_at, ?), ?),"
		"       issued_quick = ?, issued_full = ?,"
		"       unknown = LEFT(?, 500)"
		" WHERE id = ?";
	static const struct jma_quake nothing = {
		.epicentre = "",
		.magnitude_text = "",
		.depth_km = JMA_DEPTH_UNKNOWN,
	};
	const struct jma_quake *full = v->has_place ? &v->place : &nothing;
	const struct jma_quake *any = main_of(v);
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, state);
	db_bind_text(s, v->title);
	db_bind_text(s, any->telegram.headline);
	db_bind_text(s, any->tsunami);
	db_bind_time(s, any->origin_at);
	db_bind_text(s, full->epicentre);
	if (full->located) {
		db_bind_double(s, full->latitude);
		db_bind_double(s, full->longitude);
	} else {
		db_bind_null(s);
		db_bind_null(s);
	}
	if (full->depth_km == JMA_DEPTH_UNKNOWN)
		db_bind_null(s);
	else
		db_bind_int(s, full->depth_km);
	db_bind_text(s, full->magnitude_text);
	db_bind_text(s, jma_intensity_text(v->max_rank));
	db_bind_int(s, v->max_rank);
	db_bind_time(s, cause->published_at);
	db_bind_time(s, cause->published_at);
	db_bind_time(s, v->has_quick ? v->quick.telegram.published_at : 0);
	db_bind_time(s, v->has_full ? v->full.telegram.published_at : 0);
	db_bind_text(s, str_text(&v->unknown));
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

/* What was taken back keeps its name and time, so that who saw it before finds
 * it again. */
static int store_cancelled(struct db *db, int64_t event,
			   const struct jma_telegram *cause)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = 'cancelled', max_level = '', rank = 0,"
		"       issued_quick = NULL, issued_full = NULL,"
		"       told_at = GREATEST(COALESCE(told_at, ?), ?),"
		"       title = CASE WHEN title = ''"
		"                    THEN '【取消】地震情報'"
		"                    WHEN title LIKE '【取消】%' THEN title"
		"                    ELSE LEFT(CONCAT('【取消】', title), 200)"
		"                END"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, cause->published_at);
	db_bind_time(s, cause->published_at);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_stages(struct db *db, int64_t event, bool newly_prepared,
			const struct jma_telegram *cause, int64_t fetched_at,
			const struct view *v)
{
	const struct stage_telegram stages = {
		.occurred_at = is_alive(v) ? main_of(v)->origin_at : 0,
		.published_at = cause->published_at,
		.fetched_at = fetched_at,
		.prepared_at = newly_prepared ? time_now() : 0,
	};

	return stage_set_telegram(db, event, &stages);
}

/* The clock of day and the place, as a text needs them. */
static const char *place_of(struct arena *a, const struct view *v)
{
	const struct jma_place *first = v->quick.prefs;

	if (v->has_place)
		return place_words(a, &v->place);
	if (first == NULL)
		return "震源不明";
	return v->felt > 1 ? arena_fmt(a, "%sなど", first->name) : first->name;
}

static int tell(struct db *db, int64_t event, const struct rule *rules,
		const struct jma_telegram *cause, int64_t now,
		const struct view *v, bool aftershock)
{
	struct arena *a = db->arena;
	const struct jma_quake *any = main_of(v);
	const char *max = jma_intensity_show(v->max_rank);
	const char *tsunami = any->tsunami, *headline = any->telegram.headline;
	const struct rule_value values[] = {
		{ "title", v->title },
		{ "words", headline == NULL ? "" : headline },
		{ "headline", headline == NULL ? "" : headline },
		{ "time", any->origin_at == 0 ? "時刻不明"
					      : time_show(a, any->origin_at) },
		{ "place", place_of(a, v) },
		{ "max", max },
		{ "level", max },
		{ "magnitude", v->has_place && *v->place.magnitude_text != '\0'
				       ? v->place.magnitude_text
				       : "不明" },
		{ "depth", v->has_place ? jma_depth_show(a, v->place.depth_km)
					: "不明" },
		{ "tsunami", tsunami == NULL || *tsunami == '\0'
				     ? "まだ発表されていません"
				     : tsunami },
	};
	struct news news = {
		.event = event,
		.rules = rules,
		.part = str_eq(cause->type, "VXSE51")	? "quick"
			: str_eq(cause->type, "VXSE53") ? "full"
							: "other",
		.telegram = cause,
		.now = now,
		.rank = v->max_rank,
		.cancelled = cause->info_type == JMA_CANCELLED,
		.gone = !is_alive(v),
		.aftershock = aftershock,
		.values = values,
		.count = LEN(values),
	};

	for (int code = 1; code <= PREFECTURES; code++) {
		news.ranks[code] = v->ranks[code];
		news.levels[code] = arena_fmt(
			a, "震度%s", jma_intensity_show(v->ranks[code]));
	}
	return inform(db, &news);
}

/* A quake that nothing is felt of yet is under none. */
static int find_parent(struct db *db, int64_t event,
		       const struct event_state *before, const struct view *v,
		       struct aftershock *out)
{
	*out = (struct aftershock){
		.parent = before->parent,
		.stronger = v->max_rank > before->parent_rank,
	};
	if (out->parent != 0 || v->max_rank == 0)
		return 0;
	return aftershock_find(db, event, out);
}

int quake_refresh(struct db *db, int64_t event, int64_t telegram_id,
		  const struct jma_quake *quake, int64_t fetched_at)
{
	static const struct rule_filter filter = { .kind = "quake",
						   .active = true };
	const struct jma_telegram *telegram = &quake->telegram;
	const struct known known = { telegram_id, quake };
	struct view *v = arena_alloc(db->arena, sizeof(*v));
	struct event_state before;
	struct aftershock under;
	struct rule *rules;
	const char *next;
	bool due;

	if (fold(db, &known, v) < 0 || event_state(db, event, &before) < 0 ||
	    rule_list(db, &filter, &rules) < 0)
		return -1;
	due = telegram->status == JMA_NORMAL &&
	      !(v->has_full && v->full.distant) &&
	      rule_prepares(db->arena, rules, filter.kind, v->ranks,
			    v->max_rank);
	next = next_state(before.state, before.sent, v, due);
	if ((is_alive(v) ? store_event(db, event, next, telegram, v)
			 : store_cancelled(db, event, telegram)) < 0 ||
	    store_regions(db, event, v) < 0 ||
	    store_stages(db, event,
			 str_eq(next, "prepared") &&
				 !str_eq(before.state, next),
			 telegram, fetched_at, v) < 0 ||
	    find_parent(db, event, &before, v, &under) < 0 ||
	    tell(db, event, rules, telegram, fetched_at, v,
		 under.parent != 0 && !under.stronger) < 0)
		return -1;
	if (event_may_wait(next) &&
	    paging_begin(db, event, telegram->published_at, fetched_at) < 0)
		return -1;
	log_info("event refreshed event=%lld state=%s rank=%d",
		 (long long)event, next, v->max_rank);
	return 0;
}
