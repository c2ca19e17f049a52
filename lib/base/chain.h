#ifndef BASE_CHAIN_H
#define BASE_CHAIN_H

/*
 * Records that hold on to each other: each is signed (base/sign.h) over its
 * number, time, kind, object, the SHA-256 of its document and that of the
 * record before.  Whoever has the public key sees a record that was changed,
 * taken out, put in or moved; only the end of a chain can be cut off unseen,
 * which is why its last hash is told elsewhere.  Source: S6, B11; DESIGN 9.
 */
#include <stdint.h>

#include "base/bytes.h"
#include "base/sign.h"

struct arena;

struct chain_record {
	int64_t n;  /* 1, 2, 3, ... */
	int64_t at; /* whole seconds count */
	const char *kind;
	int64_t object; /* what it is about, by its kind */
	unsigned char document[SHA256_LEN];
	unsigned char previous[SHA256_LEN]; /* of the first: zeros */
	unsigned char signature[SIGNATURE_LEN];
};

/* The text that is signed: lines of ASCII. */
char *chain_text(struct arena *a, const struct chain_record *r);

/* The hash that the next record names as its previous. */
void chain_hash(struct arena *a, const struct chain_record *r,
		unsigned char out[SHA256_LEN]);

/* Makes a record follow the one before (NULL: it is the first) and signs it:
 * n, previous and signature are set. */
void chain_add(struct arena *a, const struct sign_private *priv,
	       const struct chain_record *before, struct chain_record *r);

/* What is wrong with a record after the one before (NULL: it must be the
 * first), a constant phrase; NULL if nothing is. */
const char *chain_fault(struct arena *a, const struct sign_public *pub,
			const struct chain_record *before,
			const struct chain_record *r);

#endif
