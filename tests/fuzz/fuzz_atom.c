/* atom_parse: what is refused has a reason, what is read can be used. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/atom.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const struct atom *feed)
{
	int n = 0;

	for (struct atom_entry *e = feed->entries; e != NULL; e = e->next) {
		if (*e->id == '\0' || !str_begins(e->href, "http") ||
		    strlen(e->id) > ATOM_ID_MAX ||
		    strlen(e->href) > ATOM_ID_MAX)
			abort();
		n += strlen(e->title) + strlen(e->author) + strlen(e->content) <
		     SIZE_MAX;
	}
	if (n != feed->count || n > ATOM_ENTRIES_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL;
	struct atom feed;

	if (a == NULL)
		a = arena_new();
	if (atom_parse(a, (const char *)bytes, len, &feed, &why) == 0)
		check(&feed);
	else if (why == NULL)
		abort();
	arena_reset(a);
	return 0;
}
