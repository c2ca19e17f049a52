/* address_normalise: whatever comes out is printable ASCII without a blank,
 * stands on the wire as it is, and is its own normal form. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	char *text = arena_strndup(a, (const char *)bytes, len);
	char *address = address_normalise(a, text);

	if (address != NULL) {
		const char *quoted = address_quoted(a, address);
		char *again = address_normalise(a, quoted);

		for (const char *p = quoted; *p != '\0'; p++)
			if (*p <= ' ' || *p > '~' || strchr("<>,;()", *p))
				abort();
		if (again == NULL || strcmp(again, address) != 0)
			abort();
		address_domain_hint(address_domain(address));
	}
	arena_free(a);
	return 0;
}
