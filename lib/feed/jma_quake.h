#ifndef FEED_JMA_QUAKE_H
#define FEED_JMA_QUAKE_H

/*
 * Earthquake telegrams: VXSE51 震度速報 (intensities by area, no hypocentre)
 * and VXSE53 震源・震度に関する情報 (hypocentre, magnitude, intensities down
 * to municipalities); VXSE52 震源に関する情報 and VXSE61 震源要素更新
 * (hypocentre only), VXSE62 長周期地震動; and of sites that have a line,
 * 緊急地震速報 VXSE43 (warning), 44 and 45 (forecast), whose intensities are
 * expected, not measured.  Those of one EventID are of one earthquake.  Each
 * is complete in itself: the newest of a stream counts.
 * Source: reference/feeds.md 3; D1k to D1n.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/jma.h"

struct arena;
struct xml;

/*
 * Seismic intensity is a number to compare: 1 2 3 4, 5- = 5, 5+ = 6, 6- = 7,
 * 6+ = 8, 7 = 9; 0 is none.
 */
enum {
	JMA_INTENSITY_5_LOWER = 5,
	JMA_INTENSITY_MAX = 9,
	JMA_DEPTH_UNKNOWN = -1,
	JMA_LONG_PERIOD_MAX = 4,
};

/* A prefecture, an area within it, a municipality within that. */
struct jma_place {
	struct jma_place *next;
	const char *code; /* 2, 3, 7 digits: a string, 26xxxx occurs */
	const char *name;
	int intensity; /* the strongest of itself and of those below */
	bool unreported; /* 震度５弱以上未入電 here: it may be stronger */
	int long_period; /* 長周期地震動階級 1 to 4, 0 none: likewise */
	/* Of 緊急地震速報, areas: */
	bool warned;	    /* the warning is for this area */
	bool arrived;	    /* the shaking is thought to be there already */
	bool or_more;	    /* at least this intensity */
	int64_t arrives_at; /* 0 if not said */
	struct jma_place *below;
};

struct jma_quake {
	struct jma_telegram telegram; /* a type of jma_quake_reads */
	bool distant; /* 遠地地震, volcanoes overseas too: asks nobody in Japan
		       */

	/* VXSE51: the minute of detection.  0 if nothing is known. */
	int64_t origin_at;

	/* The hypocentre, of VXSE53; texts are "" where unknown. */
	const char *epicentre;	      /* 石川県能登地方 */
	const char *epicentre_code;   /* of 震央地名, not of areas */
	const char *epicentre_detail; /* overseas: チリ中部沿岸 */
	const char *mark;	      /* 輪島の東北東３０ｋｍ付近 */
	const char *source;	      /* ＰＴＷＣ */
	bool located;
	double latitude, longitude; /* degrees, if located */
	int depth_km;		    /* 0 very shallow, or JMA_DEPTH_UNKNOWN */

	/* As shown: "7.6", or words: Ｍ不明, Ｍ８を超える巨大地震; "" if the
	 * telegram has none. */
	const char *magnitude_text;
	bool magnitude_known;
	double magnitude; /* if known */

	/*
	 * Of 緊急地震速報: every intensity is a forecast, for prefectures and
	 * the areas in them.  assumed: hypocentre and magnitude only stand in
	 * for a calculation, and are to be shown nowhere.
	 */
	bool forecast, warned, assumed;
	const char *warning_text; /* 強い揺れに警戒してください。; "" */

	int unknown;	   /* intensities and classes not on the scale: told */
	int max_intensity; /* 0: none observed in Japan */
	int max_long_period;	 /* 長周期地震動階級, 0: none */
	struct jma_place *prefs; /* as in the telegram: strongest first */

	/* Codes by spaces, "0211 0241", and their text; "" if absent. */
	const char *forecast_codes, *forecast_text;
	const char *var_codes, *var_text;
	const char *free_text;
	const char *tsunami; /* for a line: 津波の心配なし; "" if not said */
};

/*
 * Reads a telegram of one of these types.  Returns 0, or -1 after logging, with
 * *why set to a constant phrase; out->telegram is filled as far as it was
 * readable.  A cancelling telegram has its frame and nothing else.
 */
int jma_quake_parse(struct arena *a, const char *buf, size_t len,
		    struct jma_quake *out, const char **why);

/* The same from a telegram that jma_open has opened. */
int jma_quake_read(struct arena *a, const struct xml *root,
		   const struct jma_telegram *telegram, struct jma_quake *out,
		   const char **why);

/* True if the type is one that jma_quake_read takes. */
bool jma_quake_reads(const char *type);

/* True if it is VXSE51 or VXSE53: those of which an event is made and its
 * intensities are known. */
bool jma_quake_is_type(const char *type);

/*
 * Reads an intensity as telegrams write it: "5-", "震度５弱", "5弱",
 * "震度５弱以上未入電" (at least 5-).  0 for "" or NULL, -1 (nothing logged)
 * for what is not on the scale.
 */
int jma_intensity(const char *text);

/* "5-" as in telegrams and JSON, "5弱" for people; "" for 0. */
const char *jma_intensity_text(int intensity);
const char *jma_intensity_show(int intensity);

/* "ごく浅い", "約10km", "不明". */
const char *jma_depth_show(struct arena *a, int depth_km);

/* True if the code is among codes separated by spaces. */
bool jma_comment_has(const char *codes, const char *code);

#endif
