#ifndef HAZARD_FILE_H
#define HAZARD_FILE_H

/* What a reader of hazards made of a file, in one text to compare. */
#include "test.h"

#include "feed/hazard.h"
#include "file.h"

static inline void hazard_line_area(struct str *s, const struct hazard_area *p)
{
	str_fmt(s, "; %s[%s] %d %s", p->name, p->code, p->rank, p->level);
	if (*p->prefectures != '\0')
		str_fmt(s, " (%s)", p->prefectures);
	if (*p->detail != '\0')
		str_fmt(s, " %s", p->detail);
}

/*
 * "weather 280000 4 レベル４大雨危険警報 partial; 姫路市[2820100] 3 大雨警報
 * (28)": kind, key, rank, level, what holds, and the areas; "not read", or
 * "refused: why".
 */
static inline const char *hazard_line(struct arena *a, const char *bytes,
				      size_t len, struct hazard *h)
{
	struct str s = { .arena = a };
	const char *why = NULL;
	int rc = hazard_parse(a, bytes, len, h, &why);

	if (rc < 0)
		return arena_fmt(a, "refused: %s", why);
	if (rc == 0)
		return "not read";
	str_fmt(&s, "%s %s %d", hazard_kind_name(h->kind), h->key, h->rank);
	if (*h->level != '\0')
		str_fmt(&s, " %s", h->level);
	if (h->telegram.info_type == JMA_CANCELLED)
		str_add(&s, " cancelled");
	if (h->lifted)
		str_add(&s, " lifted");
	if (h->partial)
		str_add(&s, " partial");
	if (!h->standing && h->telegram.info_type != JMA_CANCELLED)
		str_add(&s, " beside");
	if (h->everywhere)
		str_add(&s, " everywhere");
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		hazard_line_area(&s, p);
	if (*h->unknown != '\0')
		str_fmt(&s, "; unknown %s", h->unknown);
	return str_text(&s);
}

/* The same of a file below tests/data. */
static inline const char *hazard_file(struct arena *a, const char *path,
				      struct hazard *h)
{
	size_t len;
	const char *bytes =
		file_read(a, arena_fmt(a, "tests/data/%s", path), &len);

	if (bytes == NULL)
		fail_msg("%s cannot be read", path);
	return hazard_line(a, bytes, len, h);
}

/* A row of a table of files. */
struct hazard_row {
	const char *path, *want;
};

static inline void hazard_check(const struct hazard_row *rows, size_t len)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < len; i++) {
		struct hazard h;

		check_str(rows[i].path, hazard_file(a, rows[i].path, &h),
			  rows[i].want);
		arena_reset(a);
	}
	arena_free(a);
}

#endif
