/* number_file_read: whatever a file holds, a number is one that a person could
 * have, lines rise, and nothing is both taken and faulty. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/number_file.h"
#include "model/user.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_number(const struct group_number *n, int64_t line)
{
	size_t len = strlen(n->staff_no);

	if (len == 0 || len > USER_NO_MAX || n->line <= line || n->user != 0)
		abort();
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)n->staff_no[i]) &&
		    strchr("-_.", n->staff_no[i]) == NULL)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	struct number_file file;
	int64_t line = 0;
	size_t count = 0;

	number_file_read(a, (const char *)bytes, len, &file);
	for (struct group_number *n = file.numbers; n != NULL; n = n->next) {
		check_number(n, line);
		line = n->line;
		count++;
	}
	if (count != file.count || (count == 0 && file.faults == NULL))
		abort();
	for (struct number_fault *f = file.faults; f != NULL; f = f->next)
		if (f->line < 0 || *f->reason == '\0')
			abort();
	arena_free(a);
	return 0;
}
