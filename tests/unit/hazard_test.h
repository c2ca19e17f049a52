#ifndef HAZARD_TEST_H
#define HAZARD_TEST_H

/* What the tests of the readers of hazards share: a fixture read, and what was
 * read as one text. */
#include "test.h"

#include "base/time.h"
#include "feed/hazard.h"
#include "file.h"

/* Reads tests/data/jma/NAME.xml. */
static inline int hazard_fixture(struct arena *a, const char *name,
				 struct hazard *h, const char **why)
{
	size_t len;
	const char *buf =
		file_read(a, arena_fmt(a, "tests/data/jma/%s.xml", name), &len);

	if (buf == NULL)
		fail_msg("%s: no such fixture", name);
	return hazard_parse(a, buf, len, h, why);
}

/* "tsunami 20260510042133+20260510044951 大津波警報 5 lifted", the whole in one
 * line. */
static inline const char *hazard_whole(struct arena *a, const struct hazard *h)
{
	return arena_fmt(a, "%s %s%s%s %s %d%s%s%s", hazard_kind_name(h->kind),
			 h->key, *h->other_keys == '\0' ? "" : "+",
			 h->other_keys, *h->level == '\0' ? "-" : h->level,
			 h->rank, h->standing ? " standing" : "",
			 h->lifted ? " lifted" : "",
			 h->everywhere ? " everywhere" : "");
}

/* A line for each area: "210 岩手県|大津波警報 5|<津波なし|３ｍ|04:50|推測|03"
 */
static inline const char *hazard_areas(struct arena *a, const struct hazard *h)
{
	struct str s = { .arena = a };

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		str_fmt(&s, "%s %s|%s %d|<%s|%s|%.5s|%s|%s\n", p->code, p->name,
			p->level, p->rank, p->before, p->detail,
			time_show_clock(a, p->at), p->timing, p->prefectures);
	return str_text(&s);
}

/* A fixture is read, and its areas are these. */
static inline void hazard_areas_are(struct arena *a, const char *name,
				    const char *areas)
{
	const char *why = "";
	struct hazard h;

	check_int(name, hazard_fixture(a, name, &h, &why), 1);
	check_str(name, hazard_areas(a, &h), areas);
}

/* A fixture is refused for that reason, and its frame is filled. */
static inline void hazard_refused(struct arena *a, const char *name,
				  const char *reason, const char *type)
{
	const char *why = NULL;
	struct hazard h;

	check_int(name, hazard_fixture(a, name, &h, &why), -1);
	check_str(name, why, reason);
	if (type != NULL)
		check_str(name, h.telegram.type, type);
	assert_non_null(h.telegram.type);
	assert_non_null(h.title);
}

#endif
