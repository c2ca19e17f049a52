/* smtp_reply_parse: what a reply is does not depend on how its bytes came,
 * and its text is printable and fits. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/smtp_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char *copy = malloc(len + 1), text[40];
	struct smtp_reply r, part;
	int got;

	memcpy(copy, bytes, len);
	got = smtp_reply_parse(copy, len, &r);
	if (got > 0) {
		if ((size_t)got > len || r.code < 200 || r.code > 599)
			abort();
		for (size_t i = 0; i < (size_t)got; i++)
			if (smtp_reply_parse(copy, i, &part) > 0)
				abort();
		smtp_reply_offers(&r, "PIPELINING");
		smtp_reply_text(&r, text, sizeof(text));
		for (const char *p = text; *p != '\0'; p++)
			if (*p < ' ' || *p > '~')
				abort();
	}
	free(copy);
	return 0;
}
