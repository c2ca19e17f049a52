/*
 * jalert_read.  Input that does not begin as the form does gets the lines that
 * every message has, so that places and text are reached.
 */
#include "feed/jalert.h"
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* One message has one word, for all places it names. */
static void check(const struct hazard *h)
{
	assert(h->standing && h->partial == !h->lifted);
	assert(!h->lifted || h->rank == 0);
	assert(*h->telegram.event_key != '\0');
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		assert(p->rank == h->rank && strcmp(p->level, h->level) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { .check = check };
	static struct arena *a;
	const char *why = "?";
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
	assert(rc != 0);
	check_read(a, &fuzz, rc, &h, why);
	arena_reset(a);
	return 0;
}
