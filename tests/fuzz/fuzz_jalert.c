/*
 * jalert_read.  Input that does not begin as the form does gets the lines that
 * every message has, so that places and text are reached.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/jalert.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const struct hazard *h)
{
	if (h->rank < 0 || h->rank > HAZARD_RANK_MAX || *h->key == '\0' ||
	    (h->lifted && h->rank > 0) || *h->telegram.event_key == '\0')
		abort();
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (p->rank != h->rank || p->name == NULL ||
		    p->prefectures == NULL)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL;
	struct hazard h;
	struct str s;
	int rc;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	if (!jalert_is((const char *)bytes, len))
		str_add(&s, "jalert: 1\nid: 1\nmode: live\n"
			    "sent: 2026-06-10T07:27:00+09:00\n");
	str_add_len(&s, bytes, len);
	rc = hazard_parse(a, str_text(&s), s.len, &h, &why);
	if (rc == 1)
		check(&h);
	else if (rc == 0 || why == NULL)
		abort();
	arena_reset(a);
	return 0;
}
