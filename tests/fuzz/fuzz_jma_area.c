/* Codes and names of areas from outside: what is said of them are prefectures
 * by their two digits, or nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/jma_area.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* "" or "12,13": each of two digits. */
static void check(const char *codes)
{
	size_t len = codes == NULL ? 1 : strlen(codes);

	if (len != 0 && len % 3 != 2)
		abort();
	for (size_t i = 0; i < len; i++)
		if (i % 3 == 2 ? codes[i] != ','
			       : codes[i] < '0' || codes[i] > '9')
			abort();
}

/* The code, a line end, the name. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	char *code = arena_strndup(a, (const char *)bytes, len);
	char *name = code + strcspn(code, "\n");
	const char *codes;

	if (*name != '\0')
		*name++ = '\0';
	check(jma_city_prefecture(a, code));
	check(jma_eew_prefecture(a, code));
	jma_coast_prefectures(code, name, &codes);
	check(codes);
	jma_volcano_prefectures(code, &codes);
	check(codes);
	arena_free(a);
	return 0;
}
