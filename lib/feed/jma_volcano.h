#ifndef FEED_JMA_VOLCANO_H
#define FEED_JMA_VOLCANO_H

/*
 * Volcano telegrams.  VFVO50 噴火警報・予報 is what stands for a volcano (its
 * level) and for the municipalities around it; VFVO51 解説, VFVO52 火山観測報,
 * VFVO53 to 55 降灰予報, VFVO56 噴火速報, VFVO60 推定噴煙流向報 and VFSV
 * 海上警報 tell more.  The key of all of them is the number of the volcano.
 *
 * Areas are of table "PointVolcano" (volcanoes), "jis" (municipalities) or
 * "AreaMarineJ" (seas).  A commentary repeats the levels of many volcanoes and
 * raises none: its ranks are 1.  Source: reference/feeds.md 7.
 */
#include "feed/hazard.h"

int jma_volcano_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why);

/* "312" of the EventIDs 312 and 20140927120000_312. */
void jma_volcano_key(struct arena *a, const struct xml *root,
		     struct hazard *out);

#endif
