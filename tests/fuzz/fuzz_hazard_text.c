/*
 * hazard_text of any hazard.  The first line of the input says by its letters
 * what it is, those that follow are its texts, and each of the rest is an area:
 * its rank and word, then by tabs name, prefectures, detail and timing.
 */
#include <stdint.h>

#include "hazard_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { KINDS = HAZARD_OTHER + 1 };

static const int64_t some_time = INT64_C(1768440021000000);

/* The next piece of the text, "" at its end. */
static char *take(char **rest, const char *stop)
{
	static char none[] = "";
	char *piece = strsep(rest, stop);

	return piece == NULL ? none : piece;
}

/* One of so many, by the next letter. */
static unsigned choose(const char **letters, unsigned of)
{
	unsigned char c = (unsigned char)**letters;

	*letters += c != '\0';
	return c % of;
}

static void whole_make(struct hazard *h, const char *letters)
{
	h->kind = (enum hazard_kind)choose(&letters, KINDS);
	h->telegram.status = (enum jma_status)choose(&letters, JMA_TEST + 1);
	h->telegram.info_type =
		(enum jma_info_type)choose(&letters, JMA_DELAYED + 1);
	h->standing = choose(&letters, 2) != 0;
	h->lifted = choose(&letters, 2) != 0;
	h->everywhere = choose(&letters, 2) != 0;
	h->valid_until = choose(&letters, 2) != 0 ? some_time : 0;
	h->occurred_at = choose(&letters, 2) != 0 ? some_time : 0;
	h->telegram.published_at = some_time;
}

static void texts_make(struct hazard *h, char **rest)
{
	h->title = take(rest, "\n");
	h->headline = take(rest, "\n");
	h->text = take(rest, "\n");
	h->level = take(rest, "\n");
	h->cause = take(rest, "\n");
	h->telegram.title = "題";
	h->telegram.head_title = take(rest, "\n");
	h->telegram.office = take(rest, "\n");
	h->telegram.cancel_text = take(rest, "\n");
}

/* Rank and level of the whole follow, as hazard_read has them. */
static void area_make(struct arena *a, struct hazard *h, char *line)
{
	struct hazard_area *p = hazard_add_area(a, h);
	unsigned char rank = (unsigned char)*line;

	p->rank = rank % (HAZARD_RANK_MAX + 1);
	p->at = rank % 2 != 0 ? some_time : 0;
	line += rank != '\0' && rank < 0x80; /* no letter is cut */
	p->level = take(&line, "\t");
	p->name = take(&line, "\t");
	p->prefectures = take(&line, "\t");
	p->detail = take(&line, "\t");
	p->timing = take(&line, "\t");
	if (p->rank > h->rank) {
		h->rank = p->rank;
		h->level = p->level;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *a = arena_new();
	struct hazard h = { .key = "1", .unknown = "", .other_keys = "" };
	char *rest = arena_strndup(a, (const char *)bytes, len);

	/* Readers give nothing else. */
	if (charset_is_utf8(rest, strlen(rest))) {
		whole_make(&h, take(&rest, "\n"));
		texts_make(&h, &rest);
		while (rest != NULL && h.telegram.info_type != JMA_CANCELLED)
			area_make(a, &h, take(&rest, "\n"));
		check_words(a, &h);
	}
	arena_free(a);
	return 0;
}
