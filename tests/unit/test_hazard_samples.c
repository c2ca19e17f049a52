/*
 * Every tsunami and volcano telegram and every notice of the sample folder
 * against what its INDEX.md states.  Skipped where the folder is absent.
 */
#include "sample.h"

#include <stdlib.h>

#include "feed/hazard.h"

enum { SAMPLES_LEAST = 45 }; /* fewer: the index was not understood */

/* As the index writes a place: "岩手県/巨大/15:10", of what there is. */
static const char *shown(struct arena *a, const struct hazard_area *p)
{
	const char *when = p->at == 0 ? p->timing : time_show_clock(a, p->at);

	return arena_fmt(a, "%s%s%s%s%.*s", p->name,
			 *p->detail == '\0' ? "" : "/", p->detail,
			 *when == '\0' ? "" : "/", p->at == 0 ? 99 : 5, when);
}

/* The area of a name in a table that has a level, or NULL. */
static const struct hazard_area *find(const struct hazard *h, const char *name,
				      const char *level)
{
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (strcmp(p->name, name) == 0 && strcmp(p->level, level) == 0)
			return p;
	}
	return NULL;
}

static int count(const struct hazard *h, const char *table, const char *level)
{
	int n = 0;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		n += strcmp(p->table, table) == 0 &&
		     (level == NULL || strcmp(p->level, level) == 0);
	return n;
}

/* The number after the last mark of a line. */
static int number_after(const char *line, const char *mark)
{
	const char *p = strstr(line, mark);

	return p == NULL ? 0 : (int)strtol(p + strlen(mark), NULL, 10);
}

/* Of "  - 津波警報[51] x5: 岩手県/巨大/15:00, ... …" every coast that is named
 * must have been read with that word; returns the 5, adding it up for
 * levels. */
static int check_line(struct arena *a, const struct sample *s,
		      const struct hazard *h, const char *line)
{
	const char *end = strchr(line, '\n'), *mark = strchr(line, '[');
	const char *p = strstr(line, ": ");
	const char *level = arena_strndup(a, line, (size_t)(mark - line));

	if (strcmp(level, "大津波警報：発表") == 0)
		level = "大津波警報";
	for (p += 2; p < end;) {
		size_t len = strcspn(p, ",\n");
		const char *want = arena_strndup(a, p, len), *dots;
		const struct hazard_area *area;

		dots = strstr(want, " …");
		if (dots != NULL)
			want = arena_strndup(a, want, (size_t)(dots - want));
		area = find(h, arena_strndup(a, want, strcspn(want, "/")),
			    level);
		if (area == NULL)
			fail_msg("%s: %s of %s not read", s->path, want, level);
		else
			check_str(s->path, shown(a, area), want);
		p += len + 2;
	}
	return number_after(line, "] x");
}

static void check_coasts(struct arena *a, const struct sample *s,
			 const struct hazard *h)
{
	static const char item[] = "\n  - ";
	int stated = 0;

	for (const char *p = strstr(s->lines, item); p != NULL;
	     p = strstr(p + 1, item)) {
		const char *line = p + strlen(item);
		const char *mark = strstr(line, "] x");

		if (mark != NULL && mark < strchr(line, '\n'))
			stated += check_line(a, s, h, line);
	}
	check_int(s->path, count(h, "AreaTsunami", NULL),
		  stated + number_after(s->lines, "tsunami estimation areas "));
	check_int(s->path,
		  count(h, "PointTsunami", "観測") +
			  count(h, "PointTsunami", "沖合観測"),
		  number_after(s->lines, "tsunami observation stations "));
}

/* "hypo 三陸沖[288]" and "'Ｍ８．９'" for each cause, and what stands. */
static void check_tsunami(struct arena *a, const struct sample *s,
			  const struct hazard *h)
{
	const char *p = h->cause;

	check_states(s,
		     arena_fmt(a, "origin %s;", time_iso(a, h->occurred_at)));
	while (*p != '\0') {
		size_t name = strcspn(p, " ");

		check_states(s, arena_fmt(a, "hypo %.*s[", (int)name, p));
		p = strstr(p, "、");
		if (p == NULL)
			break;
		p += strlen("、");
	}
	check_coasts(a, s, h);
	check_int(s->path, h->rank >= 5 && h->standing,
		  strstr(s->lines, "  - 大津波警報") != NULL && h->standing);
	if (h->standing)
		check_int(s->path, h->lifted,
			  strstr(s->lines, "[50] x") != NULL ||
				  strstr(s->lines, "[60] x") != NULL ||
				  strstr(s->lines, "[72] x") != NULL);
}

/* Every "kind WORD[..] ... area NAME[CODE] n=N" that the index states. */
static void check_volcano(struct arena *a, const struct sample *s,
			  const struct hazard *h)
{
	static const char mark[] = ": kind ";

	for (const char *p = strstr(s->lines, mark); p != NULL;
	     p = strstr(p + 1, mark)) {
		const char *word = p + strlen(mark);
		const char *area = strstr(p, " area ");
		const struct hazard_area *found;

		if (area == NULL)
			fail_msg("%s: no area in %s", s->path, p);
		area += strlen(" area ");
		word = arena_strndup(a, word, strcspn(word, "["));
		found = find(h, arena_strndup(a, area, strcspn(area, "[")),
			     word);
		if (found == NULL)
			fail_msg("%s: %s not read", s->path, word);
		else if (strstr(area, arena_fmt(a, "%s[%s]", found->name,
						found->code)) != area)
			fail_msg("%s: code %s", s->path, found->code);
		check_int(s->path, count(h, found->table, word),
			  number_after(area, " n="));
	}
	if (strstr(s->lines, " event 20") != NULL && h->areas->at != 0)
		check_states(s, arena_fmt(a, " event %s",
					  time_iso(a, h->areas->at)));
}

static void check_sample(struct arena *a, const struct sample *s)
{
	const char *why = NULL, *buf;
	struct hazard h;
	size_t len;

	buf = file_read(a, file_sample(a, arena_fmt(a, "jma/%s", s->path)),
			&len);
	assert_non_null(buf);
	if (hazard_parse(a, buf, len, &h, &why) != 1)
		fail_msg("%s: refused: %s", s->path, why);
	check_frame(a, s, &h.telegram);
	check_str(s->path, h.unknown, "");
	assert_true(*h.key != '\0');
	if (h.telegram.info_type == JMA_CANCELLED) {
		assert_null(h.areas);
		return;
	}
	for (const struct hazard_area *p = h.areas; p != NULL; p = p->next) {
		if (strcmp(p->table, "AreaMarineJ") != 0 &&
		    *p->prefectures == '\0')
			fail_msg("%s: %s nowhere", s->path, p->name);
	}
	if (h.kind == HAZARD_TSUNAMI)
		check_tsunami(a, s, &h);
	else if (h.kind == HAZARD_VOLCANO)
		check_volcano(a, s, &h);
	else
		check_str(s->path, h.everywhere ? "" : s->path, "");
}

static void test_samples(void **state)
{
	static const char types[] =
		"VTSE41 VTSE51 VTSE52 VFVO50 VFVO51 VFVO52 VFVO53 VFVO54"
		" VFVO55 VFVO56 VFVO60 VFSVii VYSE50 VYSE51 VYSE52 VYSE60"
		" VXSE56 VXSE60 VZSE40 VZVO40";

	(void)state;
	samples_check(types, SAMPLES_LEAST, check_sample);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
