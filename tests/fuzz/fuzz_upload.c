/* upload_fields and upload_read: whatever a body holds, fields are texts and
 * the file is no longer than the body. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "web/request.h"
#include "web/upload.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct body {
	const uint8_t *bytes;
	size_t len, piece;
};

static size_t give(void *arg, char *bytes, size_t len)
{
	struct body *b = arg;

	if (len > b->len)
		len = b->len;
	if (len > b->piece)
		len = b->piece;
	memcpy(bytes, b->bytes, len);
	b->bytes += len;
	b->len -= len;
	return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	struct body body = { bytes + 1, len - 1, 0 };
	struct upload *u;
	struct param *fields;
	size_t total = 0;
	char chunk[1000];
	long n;

	if (len > 0) {
		body.piece = (size_t)bytes[0] + 1;
		u = upload_open(a, "multipart/form-data; boundary=xx", give,
				&body);
		if (u != NULL && upload_fields(u, &fields) > 0)
			while ((n = upload_read(u, chunk, sizeof(chunk))) > 0)
				total += (size_t)n;
		for (struct param *p = u == NULL ? NULL : fields; p != NULL;
		     p = p->next)
			if (!charset_is_utf8(p->text, strlen(p->text)))
				abort();
		if (total > len)
			abort();
	}
	arena_free(a);
	return 0;
}
