/* xml_open and everything that walks a document. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void walk(const struct xml *e, int depth)
{
	if (depth > XML_DEPTH_MAX || strlen(xml_name(e)) == 0)
		abort();
	xml_own_text(e);
	xml_attr(e, "type");
	xml_text(e, "a/b");
	xml_time(e, "a");
	xml_is(e, "urn:a", "a");
	for (struct xml *c = xml_first(e); c != NULL; c = xml_next(c))
		walk(c, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL;
	struct xml *x;

	if (a == NULL)
		a = arena_new();
	x = xml_open(a, (const char *)bytes, len, &why);
	if ((x == NULL) != (why != NULL))
		abort();
	if (x != NULL)
		walk(x, 1);
	arena_reset(a);
	return 0;
}
