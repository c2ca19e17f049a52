#ifndef FEED_HAZARD_H
#define FEED_HAZARD_H

/*
 * What a telegram of any disaster but an earthquake says, in one shape: the
 * readers of tsunami, weather, volcano, flood, CAP and the other kinds fill
 * it, and whoever makes events and tries rules reads nothing else.  (An
 * earthquake has a shape of its own, jma_quake.h.)
 *
 * Rank is one ladder for all kinds, so that a rule needs one number; it
 * follows the five levels of 警戒レベル:
 *
 *   0 nothing, or lifted     1 information, forecast, 早期注意
 *   2 注意報, 津波注意報      3 警報, 津波警報, 火口周辺警報
 *   4 危険警報, 土砂災害警戒情報, 氾濫危険
 *   5 特別警報, 大津波警報, 氾濫発生, 噴火警報（居住地域）, a missile
 *
 * The word of the telegram stands beside it and is what people are shown.
 * Source: reference/feeds.md; D1n, D1o.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/jma.h"

struct arena;

/* As the words of event.kind; earthquakes are for jma_quake.h. */
enum hazard_kind {
	HAZARD_TSUNAMI,
	HAZARD_TYPHOON,
	HAZARD_WEATHER,
	HAZARD_VOLCANO,
	HAZARD_FLOOD,
	HAZARD_LANDSLIDE,
	HAZARD_MISSILE,
	HAZARD_OVERSEAS,
	HAZARD_OTHER,
};

enum { HAZARD_RANK_MAX = 5 };

/* A place that is named: a prefecture, a municipality, a coast, a volcano, a
 * river.  The same place may stand several times with different words. */
struct hazard_area {
	struct hazard_area *next;
	const char *code;  /* as sent, "" if none: a string, zeros lead */
	const char *table; /* of the code: "AreaTsunami", "jis" ...; "" */
	const char *name;
	const char *level; /* 津波警報, 大雨特別警報, 噴火警戒レベル4 */
	int rank;	   /* 0: lifted, or nothing expected here */
	const char *detail; /* 3m, 10m超, すでに到達と推測; "" */
	int64_t at;	    /* first arrival, beginning; 0 if not said */
	/* Codes of the prefectures it lies in, "16,17"; "" if that cannot be
	 * told from the telegram or the tables of the product. */
	const char *prefectures;
};

struct hazard {
	struct jma_telegram telegram; /* CAP and plain forms fill it too */
	enum hazard_kind kind;
	/* Telegrams with this key and kind make one event.  Never "". */
	const char *key;
	const char *title; /* 大津波警報・津波警報・津波注意報 */
	const char *headline, *text; /* for people; "" if none */
	int64_t occurred_at;	     /* 0 if not said */
	int64_t valid_until;	     /* 0: until lifted */
	const char *level; /* the word of the highest area, "" if none */
	int rank;	   /* the highest of the areas, or of the whole */
	bool everywhere;   /* all of Japan, no area named */
	bool lifted;	   /* nothing of it stands any more: the event ends */
	/* What stood in the telegram and no table knows: the operator is told;
	 * "" if nothing. */
	const char *unknown;
	struct hazard_area *areas; /* as in the telegram */
};

/* "tsunami" as in tables and JSON, "津波" for people. */
const char *hazard_kind_name(enum hazard_kind kind);
const char *hazard_kind_show(enum hazard_kind kind);

#endif
