#ifndef FEED_JMA_TYPHOON_H
#define FEED_JMA_TYPHOON_H

/*
 * Typhoons: VPTW60 to 65 (where the storm is and goes), VPTA50 to 55 (how
 * likely its storm winds come to each area) and, until 2026, VPTI50 to 52.
 * All say the storm's number of the year's storms in the EventID, TC2001, so
 * it is the key.  They inform, so their rank is 1: what a typhoon does to a
 * place is in the warnings there.  Only VPTA names places in Japan.
 * Source: reference/feeds.md 6; D1n.
 */
#include "feed/hazard.h"

hazard_reader jma_typhoon_read;	     /* VPTW */
hazard_reader jma_typhoon_odds_read; /* VPTA: areas with more than 0 % */
hazard_reader jma_typhoon_news_read; /* VPTI */

#endif
