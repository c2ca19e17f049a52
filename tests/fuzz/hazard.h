#ifndef FUZZ_HAZARD_H
#define FUZZ_HAZARD_H

/* What the fuzz targets of hazard_parse share. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/hazard.h"
#include "feed/hazard_text.h"

enum { UNKNOWN_MOST = 500 }; /* bytes, for an operator to read */

static void add_escaped(struct str *s, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (strchr("<&>'", text[i]) != NULL)
			str_fmt(s, "&#%d;", text[i]);
		else
			str_add_char(s, text[i]);
	}
}

static void fill(struct str *s, const char *text, const char *form)
{
	for (; *form != '\0'; form++) {
		size_t n = strcspn(text, "\n");

		if (*form != '~') {
			str_add_char(s, *form);
			continue;
		}
		text += n + (text[n] != '\0');
		add_escaped(s, text, strcspn(text, "\n"));
	}
}

static void check_area(const struct hazard_area *p)
{
	if (p->rank < 0 || p->rank > HAZARD_RANK_MAX || p->code == NULL ||
	    p->table == NULL || p->name == NULL || p->level == NULL ||
	    p->before == NULL || p->detail == NULL || p->timing == NULL ||
	    p->prefectures == NULL ||
	    strspn(p->prefectures, "0123456789,") != strlen(p->prefectures))
		abort();
}

/* What people would be sent of it. */
static void check_words(struct arena *a, const struct hazard *h)
{
	struct hazard_words words;

	hazard_text(a, h, &words);
	if (*words.subject == '\0' || strchr(words.subject, '\n') != NULL ||
	    *words.body == '\0')
		abort();
}

/* The highest rank that what is lifted may still have: a volcano's warning is
 * lifted to level 1, a tsunami's to a forecast. */
static int lifted_most(enum hazard_kind kind)
{
	return kind == HAZARD_VOLCANO || kind == HAZARD_TSUNAMI ? 2 : 0;
}

static void check(struct arena *a, const struct hazard *h)
{
	int highest = 0;

	if (h->rank < 0 || h->rank > HAZARD_RANK_MAX || *h->key == '\0' ||
	    h->title == NULL || h->headline == NULL || h->text == NULL ||
	    h->level == NULL || h->unknown == NULL || h->cause == NULL ||
	    h->other_keys == NULL || strlen(h->unknown) > UNKNOWN_MOST ||
	    (h->lifted && h->rank > lifted_most(h->kind)))
		abort();
	if (h->telegram.info_type == JMA_CANCELLED && h->areas != NULL)
		abort();
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_area(p);
		if (p->rank > highest)
			highest = p->rank;
	}
	if (highest > h->rank)
		abort();
	hazard_kind_name(h->kind);
	check_words(a, h);
}

/*
 * Reads input that begins with "<" as a document; other input is parted at
 * line ends: the first line chooses a form, the others become, in turn, what
 * stands where that has a "~".
 */
static void hazard_fuzz(const uint8_t *bytes, size_t len,
			const char *const *forms, size_t forms_len)
{
	static struct arena *a;
	const char *why = NULL, *text;
	struct hazard h;
	struct str s;
	int rc;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	text = arena_strndup(a, (const char *)bytes, len);
	if (*text == '<')
		str_add_len(&s, bytes, len);
	else
		fill(&s, text, forms[(unsigned char)*text % forms_len]);
	rc = hazard_parse(a, str_text(&s), s.len, &h, &why);
	if (rc == 1)
		check(a, &h);
	else if (rc < 0 && why == NULL)
		abort();
	arena_reset(a);
}

#endif
