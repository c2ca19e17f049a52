#ifndef MODEL_RECEIPT_H
#define MODEL_RECEIPT_H

/*
 * What an answer page was given while the database was away, signed and bound
 * to the link: so that the page after it can say truly what was received, and
 * when, from the address alone.  Ids and fixed words only, no text of the
 * person.  Source: DESIGN 5, S1.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct mac_keys;

/* The purpose of the keys (mac_keys_load). */
extern const char receipt_purpose[];

/* A text that may stand in a query as it is.  items: choice ids or words,
 * joined by commas. */
char *receipt_make(struct arena *a, const struct mac_keys *keys,
		   const char *token, int64_t at, const char *items);

/* Reads it; false (nothing logged) if it is none of ours for this link. */
bool receipt_parse(struct arena *a, const struct mac_keys *keys,
		   const char *token, const char *text, int64_t *at,
		   const char **items);

#endif
