/* Bodies and queries of forms, and the checks of their fields.  The first byte
 * chooses the charset. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "web/form.h"

static const struct field fields[] = {
	{ "a", FIELD_TEXT, 1, 10 },
	{ "b", FIELD_LINES, 0, 20 },
	{ "c", FIELD_INT, 1, 11500 },
	{ "d", FIELD_CHOICE("safe slight serious"), 1, 1 },
	{ "e", FIELD_IDS, 0, 5 },
	{ "f", FIELD_TIME, 0, 1 },
	{ "g", FIELD_CODE, 0, 10 },
	{ "h", FIELD_SECRET, 0, 10 },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	struct request req = { 0 };
	enum charset charset;

	if (a == NULL)
		a = arena_new();
	if (len == 0)
		return 0;
	charset = bytes[0] & 1 ? CHARSET_SHIFT_JIS : CHARSET_UTF8;
	req.arena = a;
	if (request_parse(a, (const char *)bytes + 1, len - 1, charset,
			  &req.params) == 0)
		form_read(&req, fields, LEN(fields));
	arena_reset(a);
	return 0;
}
