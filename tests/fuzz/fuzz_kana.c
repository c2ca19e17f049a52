/* kana_key: a key is its own key, holds no blank but single ones within, and
 * joined it holds none. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/kana.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	char *text = arena_strndup(a, (const char *)bytes, len);
	char *key = kana_key(a, text), *joined = kana_key_joined(a, text);

	if (strcmp(kana_key(a, key), key) != 0 || strstr(key, "  ") != NULL ||
	    key[0] == ' ' || (key[0] != '\0' && key[strlen(key) - 1] == ' '))
		abort();
	if (strpbrk(joined, " \t\r\n") != NULL)
		abort();
	arena_free(a);
	return 0;
}
