#ifndef FEED_JMA_TSUNAMI_H
#define FEED_JMA_TSUNAMI_H

/*
 * Tsunami telegrams.  VTSE41 津波警報・注意報・予報 names every coast where
 * something stands or was just lifted; VTSE51 津波情報 adds times and heights
 * by station, VTSE52 those off the coast and what is estimated of them.
 *
 * Areas are of table "AreaTsunami" (津波予報区) or "PointTsunami" (stations;
 * level 到達予想, 観測 or 沖合観測, of rank 1 as they warn of nothing).  Where
 * a height was measured, detail is the height and timing tells the first wave:
 * "第１波 14:51 押し".  Source: reference/feeds.md 4.
 */
#include "feed/hazard.h"

int jma_tsunami_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why);

/* The first of several EventIDs is the key. */
void jma_tsunami_key(struct arena *a, const struct xml *root,
		     struct hazard *out);

#endif
