#ifndef FEED_PLACE_H
#define FEED_PLACE_H

/*
 * Where a code of JMA's tables lies.  Codes of six digits (areas of weather,
 * AreaForecastLocalM) and of five and seven (municipalities,
 * AreaInformationCity) begin with their prefecture's; so a code newer than
 * the tables still has its prefecture.  Source: reference/feeds.md 5, 13.
 */
#include <stdbool.h>

struct arena;

/*
 * The prefecture of a code of two, five, six or seven digits, "28" of
 * "2820100"; "" if it is none ("26xxxx", "990000" occur).  The result is
 * constant.
 */
const char *place_prefecture(const char *code);

/* "28" of "兵庫県南部": the prefecture with whose name a text begins; ""
 * if with none. */
const char *place_prefecture_named(const char *text);

/* Codes of all prefectures named in a text, "16,17", by code; "" if none. */
const char *place_prefectures_in(struct arena *a, const char *text);

/* "兵庫県" of "28"; "" if there is none. */
const char *place_prefecture_show(const char *prefecture);

/* True for a municipality of the table, by the first five digits. */
bool place_is_municipality(const char *code);

/*
 * The area for which one office warns, as the code of all telegrams on it:
 * a prefecture "280000", in Hokkaido, Kagoshima and Okinawa a part of it
 * "016000".  Hokkaido's were parted in 2026 (016010, 016020, 016030), and
 * some telegrams go on with the old ones: here they are one.  Takes the code
 * of the area, of an area within it, or of a municipality where that is
 * enough; "" if it cannot be told.
 */
const char *place_office(struct arena *a, const char *code);

/* The same from the name with which a title begins: 石狩地方気象警報. */
const char *place_office_named(struct arena *a, const char *title);

#endif
