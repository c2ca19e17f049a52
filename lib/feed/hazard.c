#include "feed/hazard.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "feed/cap.h"
#include "feed/jalert.h"
#include "feed/jma_flood.h"
#include "feed/jma_notice.h"
#include "feed/jma_tsunami.h"
#include "feed/jma_typhoon.h"
#include "feed/jma_volcano.h"
#include "feed/jma_weather.h"
#include "feed/xml.h"

static const struct {
	const char *name, *show;
} kinds[] = {
	[HAZARD_TSUNAMI] = { "tsunami", "津波" },
	[HAZARD_TYPHOON] = { "typhoon", "台風" },
	[HAZARD_WEATHER] = { "weather", "気象" },
	[HAZARD_VOLCANO] = { "volcano", "火山" },
	[HAZARD_FLOOD] = { "flood", "洪水" },
	[HAZARD_LANDSLIDE] = { "landslide", "土砂災害" },
	[HAZARD_MISSILE] = { "missile", "ミサイル" },
	[HAZARD_OVERSEAS] = { "overseas", "海外" },
	[HAZARD_OTHER] = { "other", "その他" },
};

/*
 * Makes the key and, if need be, the other keys of a telegram, of what a
 * cancelling one has too: its frame and root.
 */
typedef void hazard_key(struct arena *a, const struct xml *root,
			struct hazard *out);

/* Every telegram on Nankai has an id of its own, and 調査終了 ends what 調査中
 * began. */
static void key_nankai(struct arena *a, const struct xml *root,
		       struct hazard *out)
{
	(void)a;
	(void)root;
	out->key = "nankai";
}

/*
 * One row a reader of JMA telegrams.  Types by spaces, as jma_type gives them
 * (where several share a title, the first).  No key function: the EventID as
 * it stands.
 */
static const struct {
	const char *types;
	enum hazard_kind kind;
	hazard_key *key;
	hazard_reader *read;
} readers[] = {
	{ "VTSE41 VTSE51 VTSE52", HAZARD_TSUNAMI, jma_tsunami_key,
	  jma_tsunami_read },
	{ "VFVO50 VFVO51 VFVO52 VFVO53 VFVO54 VFVO55 VFVO56 VFVO60 VFSV50",
	  HAZARD_VOLCANO, jma_volcano_key, jma_volcano_read },
	{ "VYSE50", HAZARD_OTHER, key_nankai, jma_notice_read },
	{ "VYSE51 VYSE60 VXSE56 VXSE60 VZSE40 VZVO40", HAZARD_OTHER, NULL,
	  jma_notice_read },
	{ "VPWW53 VPWW54 VPWW55 VPWW57 VPWW58 VPWW59 VPWW60 VPWW61",
	  HAZARD_WEATHER, jma_weather_key, jma_weather_read },
	{ "VPWW56", HAZARD_LANDSLIDE, jma_weather_key, jma_weather_read },
	{ "VXWW50", HAZARD_LANDSLIDE, jma_weather_key,
	  jma_weather_landslide_read },
	{ "VPNO50", HAZARD_WEATHER, jma_weather_key, jma_weather_special_read },
	{ "VPOA50", HAZARD_WEATHER, jma_weather_key, jma_weather_rain_read },
	{ "VPBS50", HAZARD_WEATHER, jma_weather_key,
	  jma_weather_bulletin_read },
	{ "VPHW50 VPHW51", HAZARD_WEATHER, jma_weather_key,
	  jma_weather_tornado_read },
	{ "VXKO50 VXSU50", HAZARD_FLOOD, NULL, jma_flood_read },
	{ "VPTW60", HAZARD_TYPHOON, NULL, jma_typhoon_read },
	{ "VPTA50", HAZARD_TYPHOON, NULL, jma_typhoon_odds_read },
	{ "VPTI50 VPTI51 VPTI52", HAZARD_TYPHOON, NULL, jma_typhoon_news_read },
};

static int jma_parse(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why);

/*
 * One row a format, known by its root element.  parse fills the whole of *out,
 * its frame included; returns 1, 0, -1 as hazard_parse does, and has logged.
 */
static const struct {
	const char *uri, *root;
	int (*parse)(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why);
} formats[] = {
	{ jma_report_uri, "Report", jma_parse },
	{ "urn:oasis:names:tc:emergency:cap:1.2", "alert", cap_read },
	{ "urn:oasis:names:tc:emergency:cap:1.1", "alert", cap_read },
};

enum { UNKNOWN_MAX = 400 }; /* bytes: more than that helps nobody */

static const struct hazard empty = {
	.telegram = {
		.type = "",
		.title = "",
		.head_title = "",
		.event_key = "",
		.office = "",
		.headline = "",
		.cancel_text = "",
	},
	.kind = HAZARD_OTHER,
	.key = "",
	.other_keys = "",
	.title = "",
	.headline = "",
	.text = "",
	.cause = "",
	.level = "",
	.unknown = "",
};

const char *hazard_kind_name(enum hazard_kind kind)
{
	return kinds[kind].name;
}

const char *hazard_kind_show(enum hazard_kind kind)
{
	return kinds[kind].show;
}

struct hazard_area *hazard_add_area(struct arena *a, struct hazard *h)
{
	struct hazard_area *area = arena_alloc(a, sizeof(*area));

	*area = (struct hazard_area){ .code = "",
				      .table = "",
				      .name = "",
				      .level = "",
				      .before = "",
				      .timing = "",
				      .detail = "",
				      .prefectures = "" };
	if (h->last == NULL)
		h->areas = area;
	else
		h->last->next = area;
	h->last = area;
	return area;
}

void hazard_add_unknown(struct arena *a, struct hazard *h, const char *what,
			const char *code, const char *name)
{
	const char *note = arena_fmt(a, "%s %s%s%s", what, code,
				     *name == '\0' ? "" : " ", name);

	if (strstr(h->unknown, note) != NULL ||
	    strlen(h->unknown) + strlen(note) > UNKNOWN_MAX)
		return;
	h->unknown = *h->unknown == '\0'
			     ? note
			     : arena_fmt(a, "%s、%s", h->unknown, note);
}

/* Level and rank of the whole are those of its highest area, the first of
 * them, unless the telegram gave the whole its own. */
static void settle(struct hazard *h)
{
	const struct hazard_area *highest = NULL;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (highest == NULL || p->rank > highest->rank)
			highest = p;
	}
	if (highest == NULL)
		return;
	if (highest->rank > h->rank)
		h->rank = highest->rank;
	if (*h->level == '\0')
		h->level = highest->level;
}

/* The row of a type, or -1. */
static int reader_of(const char *type)
{
	for (size_t i = 0; i < LEN(readers); i++) {
		if (*type != '\0' && strstr(readers[i].types, type) != NULL)
			return (int)i;
	}
	return -1;
}

int hazard_read(struct arena *a, const struct xml *root,
		const struct jma_telegram *telegram, struct hazard *out,
		const char **why)
{
	int row = reader_of(telegram->type);
	const char *fault = NULL;

	*out = empty;
	out->telegram = *telegram;
	if (row < 0)
		return 0;
	out->kind = readers[row].kind;
	out->key = telegram->event_key;
	if (readers[row].key != NULL)
		readers[row].key(a, root, out);
	if (*out->key == '\0') {
		fault = "no event key";
	} else if (telegram->info_type != JMA_CANCELLED) {
		out->title = telegram->head_title;
		out->headline = telegram->headline;
		out->valid_until = telegram->valid_until;
		if (readers[row].read(a, root, out, &fault) == 0)
			settle(out);
	}
	if (fault == NULL)
		return 1;
	*why = fault;
	return log_error("telegram refused reason=\"%s\" type=%s", fault,
			 telegram->type);
}

static int jma_parse(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why)
{
	struct jma_telegram telegram;

	if (jma_frame(a, root, &telegram, why) < 0) {
		out->telegram = telegram;
		return -1;
	}
	return hazard_read(a, root, &telegram, out, why);
}

int hazard_parse(struct arena *a, const char *buf, size_t len,
		 struct hazard *out, const char **why)
{
	const struct xml *root;

	*out = empty;
	if (jalert_is(buf, len))
		return jalert_read(a, buf, len, out, why);
	root = xml_open(a, buf, len, why);
	if (root == NULL)
		return log_error("telegram refused reason=\"%s\" bytes=%zu",
				 *why, len);
	for (size_t i = 0; i < LEN(formats); i++) {
		if (xml_is(root, formats[i].uri, formats[i].root))
			return formats[i].parse(a, root, out, why);
	}
	*why = "no format that is known";
	return log_error("telegram refused reason=\"%s\" bytes=%zu", *why, len);
}
