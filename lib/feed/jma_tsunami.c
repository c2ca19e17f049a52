#include "feed/jma_tsunami.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/jma_area.h"
#include "feed/xml.h"

static const char coast_table[] = "AreaTsunami";
static const char station_table[] = "PointTsunami";

enum {
	RANK_LIFTED = 0,
	RANK_FORECAST = 1,
	RANK_ADVISORY = 2,
	RANK_WARNING = 3,
	RANK_GREAT = 5,
	COAST_LEN = 3, /* a station's code begins with that of its coast */
	STATION_LEN = 5,
	CAUSES_MAX = 4,
};

/* 警報等情報要素／津波警報・注意報・予報. */
static const struct {
	const char *code, *name;
	int rank;
	bool lifts; /* something that stood before is taken back */
} kinds[] = {
	{ "00", "津波なし", RANK_LIFTED, false },
	{ "50", "警報解除", RANK_LIFTED, true },
	{ "51", "津波警報", RANK_WARNING, false },
	{ "52", "大津波警報", RANK_GREAT, false },
	{ "53", "大津波警報：発表", RANK_GREAT, false },
	{ "60", "津波注意報解除", RANK_LIFTED, true },
	{ "62", "津波注意報", RANK_ADVISORY, false },
	{ "71", "津波予報（若干の海面変動）", RANK_FORECAST, false },
	{ "72", "津波予報（若干の海面変動）", RANK_FORECAST, true },
	{ "73", "津波予報（若干の海面変動）", RANK_FORECAST, true },
};

/* Of a code that the table does not have, its name tells; in this order. */
static const struct {
	const char *word;
	int rank;
} words[] = {
	{ "解除", RANK_LIFTED },     { "特別", RANK_GREAT },
	{ "大津波", RANK_GREAT },    { "警報", RANK_WARNING },
	{ "注意報", RANK_ADVISORY }, { "予報", RANK_FORECAST },
};

/* What the sections of a telegram leave for the whole. */
struct reading {
	struct arena *a;
	struct hazard *out;
	bool lifts;
};

static int rank_of(struct reading *r, const char *code, const char *name)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (strcmp(kinds[i].code, code) == 0) {
			r->lifts |= kinds[i].lifts;
			return kinds[i].rank;
		}
	}
	hazard_add_unknown(r->a, r->out, "津波警報等の種類", code, name);
	for (size_t i = 0; i < LEN(words); i++) {
		if (strstr(name, words[i].word) != NULL)
			return words[i].rank;
	}
	return RANK_FORECAST;
}

static struct hazard_area *coast_add(struct reading *r, const struct xml *item)
{
	struct hazard_area *area = hazard_add_area(r->a, r->out);

	area->table = coast_table;
	area->code = jma_plain(r->a, xml_text(item, "Area/Code"));
	area->name = xml_text(item, "Area/Name");
	if (!jma_coast_prefectures(area->code, area->name, &area->prefectures))
		hazard_add_unknown(r->a, r->out, "津波予報区", area->code,
				   area->name);
	return area;
}

/* ５ｍ, １０ｍ超, 巨大, ３．６ｍ以上; of what has none the condition:
 * 観測中, 欠測, 推定中. */
static const char *height_of(struct arena *a, const struct xml *max)
{
	const struct xml *height = xml_find(max, "TsunamiHeight");
	const char *text =
		height == NULL ? NULL : xml_attr(height, "description");
	const char *condition =
		height == NULL ? NULL : xml_attr(height, "condition");

	if (text == NULL || *text == '\0')
		text = height == NULL ? xml_text(max, "Condition") : "";
	/* 重要 is a mark for the editor, not for the reader. */
	if (strcmp(text, "重要") == 0)
		return "";
	return str_eq(condition, "上昇中") ? arena_fmt(a, "%s（上昇中）", text)
					   : text;
}

static void first_read(const struct xml *first, struct hazard_area *area)
{
	area->at = xml_time(first, "ArrivalTime");
	area->timing = xml_text(first, "Condition");
}

/* "第１波 14:51 押し", "第１波識別不能", "". */
static const char *first_wave(struct arena *a, const struct xml *first)
{
	int64_t at = xml_time(first, "ArrivalTime");
	const char *initial = xml_text(first, "Initial");

	if (at == 0)
		return xml_text(first, "Condition");
	return arena_fmt(a, "第１波 %.5s%s%s", time_show_clock(a, at),
			 *initial == '\0' ? "" : " ", initial);
}

static struct hazard_area *
station_add(struct reading *r, const struct xml *station, const char *level)
{
	struct hazard_area *area = hazard_add_area(r->a, r->out);

	area->table = station_table;
	area->code = jma_plain(r->a, xml_text(station, "Code"));
	area->name = xml_text(station, "Name");
	area->level = level;
	area->rank = RANK_FORECAST;
	return area;
}

/* A coast; of a VTSE51 its stations too, with what is expected there. */
static void forecast_read(struct reading *r, const struct xml *item)
{
	struct hazard_area *coast = coast_add(r, item);
	const struct xml *kind = xml_find(item, "Category/Kind");

	const char *name = xml_text(kind, "Name");
	const char *mark = strstr(name, "：発表");

	/* 大津波警報：発表 is the word for editors, that it is new. */
	coast->level =
		mark == NULL ? name
			     : arena_strndup(r->a, name, (size_t)(mark - name));
	coast->rank = rank_of(r, xml_text(kind, "Code"), name);
	coast->before = xml_text(item, "Category/LastKind/Name");
	coast->detail = height_of(r->a, xml_find(item, "MaxHeight"));
	first_read(xml_find(item, "FirstHeight"), coast);
	for (const struct xml *e = xml_first(item); e != NULL;
	     e = xml_next(e)) {
		struct hazard_area *station;

		if (strcmp(xml_name(e), "Station") != 0)
			continue;
		station = station_add(r, e, "到達予想");
		station->prefectures = coast->prefectures;
		first_read(xml_find(e, "FirstHeight"), station);
	}
}

/* The prefectures of a station off the coast, which has no area: its code
 * begins with that of a coast, 21090 with 210. */
static const char *prefectures_of_station(struct arena *a, const char *code)
{
	const char *prefectures = "";

	if (strlen(code) == STATION_LEN)
		jma_coast_prefectures(arena_strndup(a, code, COAST_LEN), "",
				      &prefectures);
	return prefectures;
}

static void observation_read(struct reading *r, const struct xml *item)
{
	const char *coast = xml_text(item, "Area/Code"), *prefectures = "";

	if (*coast != '\0' &&
	    !jma_coast_prefectures(coast, xml_text(item, "Area/Name"),
				   &prefectures))
		hazard_add_unknown(r->a, r->out, "津波予報区", coast,
				   xml_text(item, "Area/Name"));
	for (const struct xml *e = xml_first(item); e != NULL;
	     e = xml_next(e)) {
		const struct xml *max = xml_find(e, "MaxHeight");
		struct hazard_area *station;

		if (strcmp(xml_name(e), "Station") != 0)
			continue;
		station =
			station_add(r, e, *coast == '\0' ? "沖合観測" : "観測");
		station->prefectures =
			*coast != '\0'
				? prefectures
				: prefectures_of_station(r->a, station->code);
		station->detail = height_of(r->a, max);
		station->at = xml_time(max, "DateTime");
		station->timing = first_wave(r->a, xml_find(e, "FirstHeight"));
	}
}

static void estimation_read(struct reading *r, const struct xml *item)
{
	struct hazard_area *coast = coast_add(r, item);

	coast->level = "推定";
	coast->rank = RANK_FORECAST;
	coast->detail = height_of(r->a, xml_find(item, "MaxHeight"));
	first_read(xml_find(item, "FirstHeight"), coast);
}

static void items_read(struct reading *r, const struct xml *section,
		       void (*read)(struct reading *, const struct xml *))
{
	const struct xml *e = section == NULL ? NULL : xml_first(section);

	for (; e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "Item") == 0)
			read(r, e);
	}
}

/* "三陸沖 Ｍ８．９". */
static void quake_read(struct reading *r, const struct xml *quake,
		       struct str *cause)
{
	const struct xml *magnitude = xml_find(quake, "Magnitude");
	const char *size =
		magnitude == NULL ? NULL : xml_attr(magnitude, "description");

	if (r->out->occurred_at == 0)
		r->out->occurred_at = xml_time(quake, "OriginTime");
	str_fmt(cause, "%s%s", cause->len == 0 ? "" : "、",
		xml_text(quake, "Hypocenter/Area/Name"));
	if (size != NULL && *size != '\0')
		str_fmt(cause, " %s", size);
}

/* One earthquake, or two of which one telegram speaks. */
static void cause_read(struct reading *r, const struct xml *body)
{
	struct str cause = { .arena = r->a };
	int left = CAUSES_MAX;

	for (const struct xml *e = xml_first(body); e != NULL && left > 0;
	     e = xml_next(e)) {
		if (strcmp(xml_name(e), "Earthquake") != 0)
			continue;
		quake_read(r, e, &cause);
		left--;
	}
	r->out->cause = str_text(&cause);
}

static const char *text_of(struct arena *a, const struct xml *body)
{
	static const char *const paths[] = {
		"Text",
		"Comments/WarningComment/Text",
		"Comments/FreeFormComment",
	};
	struct str text = { .arena = a };

	for (size_t i = 0; i < LEN(paths); i++) {
		const char *t = xml_text(body, paths[i]);

		if (*t != '\0')
			str_fmt(&text, "%s%s", text.len > 0 ? "\n\n" : "", t);
	}
	return str_text(&text);
}

/* Nothing that warns stands any more; not so where there never was more than
 * a forecast, which runs out by itself. */
static bool is_lifted(const struct reading *r)
{
	for (const struct hazard_area *p = r->out->areas; p != NULL;
	     p = p->next) {
		if (p->rank >= RANK_ADVISORY ||
		    (p->rank == RANK_FORECAST && !r->lifts))
			return false;
	}
	return true;
}

int jma_tsunami_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why)
{
	struct reading r = { .a = a, .out = out };
	const struct xml *body = xml_find(root, "Body"), *tsunami;

	if (body == NULL || !xml_is(body, jma_seismology_uri, "Body")) {
		*why = "body not of seismology";
		return -1;
	}
	tsunami = xml_find(body, "Tsunami");
	items_read(&r, xml_find(tsunami, "Forecast"), forecast_read);
	items_read(&r, xml_find(tsunami, "Observation"), observation_read);
	items_read(&r, xml_find(tsunami, "Estimation"), estimation_read);
	if (out->areas == NULL) {
		*why = "no area";
		return -1;
	}
	cause_read(&r, body);
	out->text = text_of(a, body);
	out->standing = strcmp(out->telegram.type, "VTSE41") == 0;
	out->lifted = out->standing && is_lifted(&r);
	return 0;
}

void jma_tsunami_key(struct arena *a, const struct xml *root,
		     struct hazard *out)
{
	const char *ids = out->telegram.event_key;
	size_t len = strcspn(ids, " ");

	(void)root;
	out->key = arena_strndup(a, ids, len);
	out->other_keys = ids + len + strspn(ids + len, " ");
}
