/* mail_log_parse: whatever a log holds, what is read of it is plain, fits the
 * database, and says no address. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "mail/mail_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const struct mail_log_line *l)
{
	if (strlen(l->queue_id) > MAIL_LOG_QUEUE_ID_MAX || l->at <= 0 ||
	    strlen(l->words) > MAIL_LOG_WORDS_MAX)
		abort();
	for (const char *p = l->words; *p != '\0'; p++)
		if (*p < ' ' || *p > '~' || *p == '@')
			abort();
	if (l->kind == MAIL_LOG_ID && mail_log_message(l->text, "a") < 0)
		abort();
	mail_log_fate_name(l->fate);
	mail_log_cause_name(l->cause);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	char *copy = malloc(len + 1), *p = copy, *end;
	struct mail_log_line l;

	if (a == NULL)
		a = arena_new();
	arena_reset(a);
	memcpy(copy, bytes, len);
	copy[len] = '\n';
	for (; p < copy + len; p = end + 1) {
		end = memchr(p, '\n', (size_t)(copy + len + 1 - p));
		if (mail_log_parse(a, p, (size_t)(end - p),
				   INT64_C(1795780800) * TIME_SECOND, 32400,
				   &l) != 0)
			check(&l);
	}
	free(copy);
	return 0;
}
