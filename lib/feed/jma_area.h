#ifndef FEED_JMA_AREA_H
#define FEED_JMA_AREA_H

/*
 * In which prefectures the areas of JMA lie.  Prefectures are codes of two
 * digits; several stand as "12,13,14", as in hazard_area.  Where the telegram
 * is newer than the table, what can be told from its name or code is given.
 * Source: reference/feeds.md 4.1, 7, 13 rule 6; codes AreaTsunami,
 * PointVolcano.
 */
#include <stdbool.h>

struct arena;

/* Of a municipality's code, of seven digits or a placeholder like "26xxxxx":
 * "26"; "" if that is none. */
const char *jma_city_prefecture(struct arena *a, const char *code);

/* Of a 府県予報区 of 緊急地震速報, "9131": "13"; "" if that is none. */
const char *jma_eew_prefecture(struct arena *a, const char *code);

/*
 * Prefectures of a 津波予報区 and of a volcano.  True if the code is known;
 * else *out is a guess by the name, or "".
 */
bool jma_coast_prefectures(const char *code, const char *name,
			   const char **out);
bool jma_volcano_prefectures(const char *code, const char **out);

#endif
