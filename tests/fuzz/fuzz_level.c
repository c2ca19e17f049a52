/*
 * level_rank: a rank of the ladder or none, and a word that more is said of is
 * no less grave.  The input is parted at its first line end.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/hazard.h"
#include "feed/level.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Of a copy of its own, so that ASan sees what is read around it. */
static int rank_of(const char *word)
{
	char *copy = strdup(word);
	int rank = level_rank(copy);

	free(copy);
	assert(rank == LEVEL_UNKNOWN || (rank >= 0 && rank <= HAZARD_RANK_MAX));
	return rank;
}

/* A number of a level goes before every word, and what is lifted before
 * both. */
static bool is_plain(const char *word)
{
	return strstr(word, "レベル") == NULL && strstr(word, "解除") == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	const char *text = arena_strndup(a, (const char *)bytes, len);
	size_t first = strcspn(text, "\n");
	const char *left = arena_strndup(a, text, first);
	const char *right = text + first + (text[first] != '\0');
	const char *both = arena_fmt(a, "%s%s", left, right);
	int rank = rank_of(both);

	if (is_plain(both))
		assert(rank >= rank_of(left) && rank >= rank_of(right));
	assert(rank_of(arena_fmt(a, "%s解除", left)) == 0 ||
	       strstr(left, "（") != NULL);
	arena_free(a);
	return 0;
}
