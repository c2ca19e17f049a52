/*
 * seal - what sealing addresses costs by itself
 *
 *   seal COUNT
 *
 * Normalises, seals and digests COUNT made-up addresses with the keys of the
 * instance, and prints the seconds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/address.h"
#include "model/import.h"

enum { COUNT_MOST = 10000000, BATCH = 1000 };

int main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct import_keys keys;
	unsigned char digest[ADDRESS_DIGEST_LEN];
	long long count;
	int64_t begun;

	if (argc != 2 || !str_to_int(argv[1], 1, COUNT_MOST, &count)) {
		fputs("usage: seal COUNT\n", stderr);
		return 2;
	}
	config_open("anpictl");
	keys = import_keys_configured();
	begun = time_monotonic();
	for (long long i = 0; i < count; i++) {
		const char *text = address_normalise(
			a, arena_fmt(a, "s%lld@docomo.example", i));
		size_t len;

		seal_close(a, keys.seal, text, &len);
		address_digest(keys.digest, text, digest);
		if (i % BATCH == 0)
			arena_reset(a);
	}
	printf("%.6f\n",
	       (double)(time_monotonic() - begun) / (double)TIME_SECOND);
	arena_free(a);
	return 0;
}
