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
struct xml;

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
	const char *before; /* the word it takes the place of; "" */
	const char *detail; /* ３ｍ, １０ｍ超; "" */
	int64_t at;	    /* first arrival, beginning; 0 if not said */
	const char *timing; /* in place of it: 津波到達中と推測; "" */
	/* Codes of the prefectures it lies in, "16,17"; "" if that cannot be
	 * told from the telegram or the tables of the product. */
	const char *prefectures;
};

struct hazard {
	struct jma_telegram telegram; /* CAP and plain forms fill it too */
	enum hazard_kind kind;
	/*
	 * Telegrams with this key and kind make one event.  Never "".  A key
	 * can come back after years (a volcano's is its number): then the
	 * event that ended is another one.
	 */
	const char *key;
	/* Of a key that is a day: after so long without a telegram the next
	 * that warns is of another event; else 0. */
	int64_t pause_most;
	/* By spaces: an event that has one of these keys is the same one (a
	 * tsunami of two earthquakes); "" mostly. */
	const char *other_keys;
	const char *title; /* 大津波警報・津波警報・津波注意報 */
	const char *headline, *text; /* for people; "" if none */
	const char *cause;   /* 三陸沖 Ｍ８．９: the earthquake; "" */
	int64_t occurred_at; /* 0 if not said */
	int64_t valid_until; /* 0: until lifted */
	const char *level;   /* the word of the highest area, "" if none */
	int rank;	     /* the highest of the areas, or of the whole */
	bool everywhere;     /* all of Japan, no area named */
	/*
	 * True if the areas are all that stands now of this event (VTSE41,
	 * VFVO50): a newer one of its stream takes the place of this.  False
	 * if it tells more beside that (heights that were observed): it may
	 * begin an event and raise nothing that stands.
	 */
	bool standing;
	bool lifted; /* nothing of it stands any more: the event ends */
	/*
	 * True if other streams say more of the same event (VPWW55 大雨 and
	 * VPWW58 暴風 of one office), a stream being those of one
	 * telegram.title and telegram.event_key: what stands is what the newest
	 * of each says, as far as it is not past its valid_until, and lifted
	 * ends the stream's own part; the event ends with the last of them.
	 */
	bool partial;
	/* What stood in the telegram and no table knows: the operator is told;
	 * "" if nothing. */
	const char *unknown;
	struct hazard_area *areas; /* as in the telegram */
	struct hazard_area *last;  /* of them, for hazard_add_area */
};

/*
 * Reads a telegram of any kind of which a reader is known, its frame included.
 * Returns 1; 0 if it is well formed and no reader takes its type: then only
 * out->telegram is filled (so it is with earthquakes, whose reader is
 * jma_quake_read); -1 after logging, with *why set to a constant phrase and
 * out->telegram filled as far as it was readable.  A cancelling telegram has
 * its frame, kind and key and nothing else.  No text of *out is NULL.
 */
int hazard_parse(struct arena *a, const char *buf, size_t len,
		 struct hazard *out, const char **why);

/* The same from a telegram that jma_open has opened. */
int hazard_read(struct arena *a, const struct xml *root,
		const struct jma_telegram *telegram, struct hazard *out,
		const char **why);

/*
 * What a reader is.  It finds *out with frame, kind, key, title, headline and
 * valid_until filled and every other text "", and adds the rest; level and
 * rank are those of the highest area afterwards, unless it has set them.  It
 * is not called for a cancelling telegram.  Returns 0, or -1 (nothing logged)
 * with *why set to a constant phrase.  The rows are in hazard.c.
 */
typedef int hazard_reader(struct arena *a, const struct xml *root,
			  struct hazard *out, const char **why);

/* For readers: a new area at the end, its texts "". */
struct hazard_area *hazard_add_area(struct arena *a, struct hazard *h);

/* For readers: notes in h->unknown what no table has, once each:
 * "津波予報区 999 新しい沿岸". */
void hazard_add_unknown(struct arena *a, struct hazard *h, const char *what,
			const char *code, const char *name);

/* "tsunami" as in tables and JSON, "津波" for people. */
const char *hazard_kind_name(enum hazard_kind kind);
const char *hazard_kind_show(enum hazard_kind kind);

#endif
