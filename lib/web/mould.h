#ifndef WEB_MOULD_H
#define WEB_MOULD_H

/*
 * Pages that are the same for many people but for a few values.  One is
 * rendered with marks where these values go and kept; the next person's is
 * that page with his values in their places, escaped for HTML as a template
 * would.  Kept by a process for itself, some at a time.  What else a
 * page depends on belongs into its key.  Source: DESIGN 6, P7.
 */
#include <stddef.h>

struct arena;

enum { MOULD_SLOTS = 5 }; /* values of a page that differ */

/* What to show in place of the value of a slot, from 0, when rendering. */
const char *mould_mark(size_t slot);

/* Keeps a page rendered with marks; an older one of that key goes. */
void mould_keep(const char *key, const char *text, size_t len);

/* The page of a key with these values (NULL shows nothing); NULL if none is
 * kept.  Lives in the arena. */
const char *mould_fill(struct arena *a, const char *key,
		       const char *const values[MOULD_SLOTS], size_t *len);

#endif
