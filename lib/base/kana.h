#ifndef BASE_KANA_H
#define BASE_KANA_H

/*
 * A key by which text is found however it was typed: ﾊﾝｶｸ, ハンカク and
 * はんかく have the same, as have ＡＢＣ and abc, 髙橋 and 高橋, 𠮷田 and 吉田.
 * For searching only: what is shown is what was given.  Source: issue 3, 1.
 */
struct arena;

/*
 * The key of valid UTF-8: full-width letters and figures become half-width and
 * lower case, kana of any kind hiragana with their voice marks joined, old and
 * private forms of kanji in names the usual ones; variation selectors go; runs
 * of blanks, and the dot of foreign names, become one space, none at the ends.
 * A key is its own key.
 */
char *kana_key(struct arena *a, const char *text);

/* The same without any space: as a name is stored to be found. */
char *kana_key_joined(struct arena *a, const char *text);

#endif
