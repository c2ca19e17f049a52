#ifndef FEED_JMA_NOTICE_H
#define FEED_JMA_NOTICE_H

/*
 * Telegrams on earthquakes and volcanoes whose body is text: VYSE50
 * 南海トラフ地震臨時情報, VYSE51 and 52 its commentary, VYSE60
 * 北海道・三陸沖後発地震注意情報, VXSE56 地震の活動状況, VXSE60 地震回数,
 * VZSE40 and VZVO40 お知らせ.  They are information, and call nobody to answer
 * by themselves.  Source: reference/feeds.md 8.
 */
#include "feed/hazard.h"

int jma_notice_read(struct arena *a, const struct xml *root, struct hazard *out,
		    const char **why);

#endif
