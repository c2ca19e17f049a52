#ifndef FUZZ_HAZARD_H
#define FUZZ_HAZARD_H

/* What the fuzz targets of hazard_parse share. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/hazard.h"

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
	    p->detail == NULL || p->prefectures == NULL)
		abort();
}

static void check(const struct hazard *h)
{
	int highest = 0;

	if (h->rank < 0 || h->rank > HAZARD_RANK_MAX || *h->key == '\0' ||
	    h->title == NULL || h->headline == NULL || h->text == NULL ||
	    h->level == NULL || h->unknown == NULL ||
	    (h->lifted && h->rank > 0))
		abort();
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_area(p);
		if (p->rank > highest)
			highest = p->rank;
	}
	if (highest > h->rank)
		abort();
	hazard_kind_name(h->kind);
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
		check(&h);
	else if (rc < 0 && why == NULL)
		abort();
	arena_reset(a);
}

#endif
