/* Codes and names of places from outside: what is told of them stands in the
 * tables, and is true of what they say. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_code(struct arena *a, const char *code)
{
	const char *prefecture = place_prefecture(code);
	const char *office = place_office(a, code);

	if (*prefecture != '\0') {
		assert(str_begins(code, prefecture));
		assert(*place_prefecture_show(prefecture) != '\0');
		assert(strspn(code, "0123456789") == strlen(code));
	}
	if (place_is_municipality(code))
		assert(*prefecture != '\0');
	if (*office != '\0') {
		assert(strlen(office) == 6 && str_begins(office, prefecture));
		assert(strcmp(place_office(a, office), office) == 0);
	}
}

static void check_named(struct arena *a, const char *text)
{
	const char *prefecture = place_prefecture_named(text);
	const char *office = place_office_named(a, text);

	if (*prefecture != '\0')
		assert(str_begins(text, place_prefecture_show(prefecture)));
	assert(*office == '\0' || strcmp(place_office(a, office), office) == 0);
}

/* Codes by order, each once, each of a name that stands in the text. */
static void check_in(struct arena *a, const char *text)
{
	const char *codes = place_prefectures_in(a, text), *before = "00";

	for (; *codes != '\0'; codes += 2 + (codes[2] == ',')) {
		const char *name =
			place_prefecture_show(arena_strndup(a, codes, 2));

		assert(*name != '\0' && strstr(text, name) != NULL);
		assert(strncmp(before, codes, 2) < 0);
		before = codes;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	/* Not in the arena, so that ASan sees what is read around it. */
	char *text = strndup((const char *)bytes, len);

	check_code(a, text);
	check_named(a, text);
	check_in(a, text);
	free(text);
	arena_free(a);
	return 0;
}
