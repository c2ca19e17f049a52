#ifndef FEED_LEVEL_H
#define FEED_LEVEL_H

/*
 * Words of warnings on the ladder of hazard.h.  Readers rank by code, from
 * tables; by word they rank what has no code (CAP, a notice) and codes newer
 * than the tables.  Source: reference/feeds.md 5.
 */
enum { LEVEL_UNKNOWN = -1 };

/*
 * The rank of a word: 大雨特別警報 5, レベル４大雨危険警報 4, 高潮警報 3,
 * 氾濫注意情報（警戒情報解除） 2, 大雨警報解除 0; the gravest if it has
 * several.  LEVEL_UNKNOWN if it has none of them.
 */
int level_rank(const char *word);

#endif
