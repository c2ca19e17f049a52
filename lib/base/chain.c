#include "base/chain.h"

#include <string.h>

#include "base/arena.h"
#include "base/time.h"

char *chain_text(struct arena *a, const struct chain_record *r)
{
	return arena_fmt(a,
			 "anpi evidence 1\n"
			 "n: %lld\n"
			 "at: %s\n"
			 "kind: %s\n"
			 "object: %lld\n"
			 "document: %s\n"
			 "previous: %s\n",
			 (long long)r->n, time_iso(a, r->at), r->kind,
			 (long long)r->object,
			 bytes_to_hex(a, r->document, SHA256_LEN),
			 bytes_to_hex(a, r->previous, SHA256_LEN));
}

void chain_hash(struct arena *a, const struct chain_record *r,
		unsigned char out[SHA256_LEN])
{
	const char *text = chain_text(a, r);

	bytes_sha256(text, strlen(text), out);
}

static void follow(struct arena *a, const struct chain_record *before,
		   int64_t *n, unsigned char previous[SHA256_LEN])
{
	*n = before == NULL ? 1 : before->n + 1;
	if (before == NULL)
		memset(previous, 0, SHA256_LEN);
	else
		chain_hash(a, before, previous);
}

void chain_add(struct arena *a, const struct sign_private *priv,
	       const struct chain_record *before, struct chain_record *r)
{
	const char *text;

	follow(a, before, &r->n, r->previous);
	text = chain_text(a, r);
	sign_make(priv, text, strlen(text), r->signature);
}

const char *chain_fault(struct arena *a, const struct sign_public *pub,
			const struct chain_record *before,
			const struct chain_record *r)
{
	unsigned char previous[SHA256_LEN];
	const char *text = chain_text(a, r);
	int64_t n;

	follow(a, before, &n, previous);
	if (r->n != n)
		return "its number does not follow: a record is missing";
	if (memcmp(r->previous, previous, SHA256_LEN) != 0)
		return "it does not hold on to the record before";
	if (!sign_is_ours(pub, text, strlen(text), r->signature))
		return "its signature is not of this key";
	return NULL;
}
