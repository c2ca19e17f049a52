#ifndef FEED_JMA_FLOOD_H
#define FEED_JMA_FLOOD_H

/*
 * Floods of rivers: VXKO50 to 89 指定河川洪水予報, in the old words and those
 * of 2026, and VXSU 水位周知河川, which has the same form.  The EventID is the
 * number of the stretch of river, so it is the key.  Areas are the stretch,
 * with the prefectures along it, and the municipalities that may be under
 * water.  Source: reference/feeds.md 5.4; D1n.
 */
#include "feed/hazard.h"

hazard_reader jma_flood_read;

#endif
