#include "feed/level.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

/* The gravest first; the number of a level goes before every word. */
static const struct {
	const char *mark;
	int rank;
} marks[] = {
	{ "レベル５", 5 }, { "レベル5", 5 },	      { "レベル４", 4 },
	{ "レベル4", 4 },  { "レベル３", 3 },	      { "レベル3", 3 },
	{ "レベル２", 2 }, { "レベル2", 2 },	      { "レベル１", 1 },
	{ "レベル1", 1 },  { "特別警報", 5 },	      { "大津波警報", 5 },
	{ "氾濫発生", 5 }, { "緊急安全確保", 5 },     { "危険警報", 4 },
	{ "氾濫危険", 4 }, { "土砂災害警戒情報", 4 }, { "避難指示", 4 },
	{ "警報", 3 },	   { "氾濫警戒", 3 },	      { "高齢者等避難", 3 },
	{ "注意報", 2 },   { "注意情報", 2 },
};

/* What is lifted ends so; in brackets stands what was lifted beside it
 * （警戒情報解除）. */
static bool is_lifting(const char *word)
{
	static const char lifted[] = "解除";
	const char *bracket = strstr(word, "（");
	size_t len = bracket == NULL ? strlen(word) : (size_t)(bracket - word);

	return len >= strlen(lifted) && strncmp(word + len - strlen(lifted),
						lifted, strlen(lifted)) == 0;
}

int level_rank(const char *word)
{
	if (is_lifting(word))
		return 0;
	for (size_t i = 0; i < LEN(marks); i++) {
		if (strstr(word, marks[i].mark) != NULL)
			return marks[i].rank;
	}
	return LEVEL_UNKNOWN;
}
