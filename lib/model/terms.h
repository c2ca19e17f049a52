#ifndef MODEL_TERMS_H
#define MODEL_TERMS_H

/*
 * Until when a broadcast asks, and how it asks again, where nobody says
 * otherwise: by the settings closes.KIND, reask.times and reask.gap.  A form
 * begins with them, and a check of an event goes out with them.  The quiet
 * hours are not for a check: whoever does not answer may be in need.
 * Source: D2a, D2b, D2e; DESIGN 7.
 */
#include <stdint.h>

#include "model/broadcast.h"

struct db;

struct terms {
	int64_t hours; /* answers are taken so long; 0: until it is closed */
	struct reask reask;
};

/* Those of a kind of broadcast.  Returns 0 and fills *out, or -1. */
int terms_find(struct db *db, const char *kind, struct terms *out);

/* When a broadcast that begins then closes; 0: it does not by itself. */
int64_t terms_close(const struct terms *terms, int64_t begins);

#endif
