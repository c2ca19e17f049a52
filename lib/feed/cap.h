#ifndef FEED_CAP_H
#define FEED_CAP_H

/*
 * CAP 1.2 (and 1.1, which has the same elements): alerts of gateways and of
 * other countries.  Signatures are not checked: who may put a file into the
 * inbox is decided there.
 *
 *   info      several are one per language or per area: those in Japanese
 *             count, else those in the language of the first
 *   rank      Extreme 5, Severe 4, Moderate 3, Minor 2, else 1; a word of the
 *             event (大雨特別警報) goes before it.  AllClear lifts
 *   key       incidents, else the oldest message that is referred to, else
 *             its own identifier
 *             A Cancel may come without info and then has no kind of its own:
 *             an event of CAP is found by its key alone
 *   status    Actual is 通常, Exercise 訓練, Test and System 試験; a Draft is
 *             of no status, so that nobody is mailed
 *   place     geocodes of Japan by the name of their table, else prefectures
 *             named in areaDesc.  An alert that names no place in Japan and
 *             is not in Japanese is of kind overseas
 *
 * Source: OASIS CAP 1.2, reference/feeds.md 12.3; D1n, D1o.
 */
#include "feed/hazard.h"

/*
 * Reads an alert into an empty *out.  Returns 1; 0 for what is no
 * alert (Ack, Error); -1 after logging with *why set to a constant phrase.
 */
int cap_read(struct arena *a, const struct xml *root, struct hazard *out,
	     const char **why);

#endif
