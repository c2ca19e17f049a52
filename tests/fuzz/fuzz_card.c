/* Codes of cards as people type them: whatever comes, what is taken is taken
 * again as it is shown. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "model/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	char *text = arena_strndup(a, (const char *)bytes, len);
	char code[CARD_CODE_LEN + 1], again[CARD_CODE_LEN + 1];

	if (card_parse(a, text, code)) {
		assert(strlen(code) == CARD_CODE_LEN);
		assert(card_parse(a, card_show(a, code), again));
		assert(strcmp(code, again) == 0);
	}
	arena_free(a);
	return 0;
}
