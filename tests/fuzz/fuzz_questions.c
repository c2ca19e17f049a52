/* questions_parse: what it takes has all its texts, within the limits of a
 * broadcast. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/broadcast.h"
#include "model/questions.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const struct question *list)
{
	int questions = 0;

	for (; list != NULL; list = list->next) {
		int choices = 0;

		if (strlen(list->text) == 0 ||
		    ++questions > BROADCAST_QUESTIONS_MAX)
			abort();
		for (struct choice *c = list->choices; c != NULL; c = c->next)
			if (strlen(c->text) == 0 ||
			    ++choices > BROADCAST_CHOICES_MAX)
				abort();
		if ((choices == 0) != questions_is_written(list->kind))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL;

	if (a == NULL)
		a = arena_new();
	check(questions_parse(a, (const char *)bytes, len, &why));
	arena_reset(a);
	return 0;
}
