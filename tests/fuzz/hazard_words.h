#ifndef FUZZ_HAZARD_WORDS_H
#define FUZZ_HAZARD_WORDS_H

/* What hazard_text promises, of whatever hazard. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "feed/hazard.h"
#include "feed/hazard_text.h"

/* Each of them stands in the subject, and its line begins the body. */
static void check_mark(const struct hazard_words *w, bool is, const char *mark,
		       const char *line)
{
	assert(!is || strstr(w->subject, mark) != NULL);
	assert(!is || strstr(w->body, line) != NULL);
}

static void check_marks(const struct hazard *h, const struct hazard_words *w)
{
	const struct jma_telegram *t = &h->telegram;

	check_mark(w, t->status == JMA_STATUS_UNKNOWN, "【確認中】", "確認中");
	check_mark(w, t->status == JMA_DRILL, "【訓練】", "訓練です");
	check_mark(w, t->status == JMA_TEST, "【試験】", "試験です");
	check_mark(w, t->info_type == JMA_CORRECTED, "【訂正】", "訂正されま");
	check_mark(w, t->info_type == JMA_CANCELLED, "【取消】", "取り消され");
	check_mark(w, t->info_type == JMA_DELAYED, "【遅延】", "遅れて届いた");
	check_mark(w, h->lifted, "【解除】", "");
}

/* The gravest of what is said of places is not left out for what is less. */
static void check_gravest(const struct hazard *h, const struct hazard_words *w)
{
	const struct hazard_area *gravest = h->areas;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (p->rank > gravest->rank)
			gravest = p;
	}
	assert(gravest == NULL || strstr(w->body, gravest->level) != NULL);
}

static void check_words(struct arena *a, const struct hazard *h)
{
	struct hazard_words words;

	hazard_text(a, h, &words);
	assert(*words.subject != '\0' && *words.body != '\0');
	for (const char *p = words.subject; *p != '\0'; p++)
		assert((unsigned char)*p >= ' ');
	assert(words.body[strlen(words.body) - 1] == '\n');
	assert(charset_is_utf8(words.subject, strlen(words.subject)));
	assert(charset_is_utf8(words.body, strlen(words.body)));
	check_marks(h, &words);
	check_gravest(h, &words);
}

#endif
