/*
 * Every VXSE51 and VXSE53 of the sample folder against what its INDEX.md
 * states.  What was read is written in the words of the index, and must stand
 * there.  Skipped where the folder is absent.
 */
#include "test.h"

#include "base/time.h"
#include "feed/jma_quake.h"
#include "file.h"

enum { SAMPLES_LEAST = 60 }; /* fewer: the index was not understood */

/* The lines of the index on one file, and the file. */
struct sample {
	const char *path, *lines;
};

static void check_states(const struct sample *s, const char *text)
{
	if (strstr(s->lines, text) == NULL)
		fail_msg("%s: \"%s\" is not in\n%s", s->path, text, s->lines);
}

static void check_frame(struct arena *a, const struct sample *s,
			const struct jma_telegram *t)
{
	const char *serial =
		t->serial == 0 ? "-" : arena_fmt(a, "%d", t->serial);

	check_states(s, arena_fmt(a,
				  "%s | %s | %s | %s | serial %s | event %s"
				  " | %s |",
				  t->title, t->head_title,
				  jma_info_type_show(t->info_type),
				  jma_status_show(t->status), serial,
				  t->event_key, time_iso(a, t->reported_at)));
	if (t->info_type == JMA_CANCELLED)
		check_states(s, arena_fmt(a, "CANCEL; Body/Text: %s",
					  t->cancel_text));
}

static void check_hypocentre(struct arena *a, const struct sample *s,
			     const struct jma_quake *q)
{
	if (strstr(s->lines, "hypo ") == NULL) {
		check_str(s->path, q->epicentre, "");
		return;
	}
	check_states(s, arena_fmt(a, "origin %s;", time_iso(a, q->origin_at)));
	check_states(s, arena_fmt(a, "hypo %s[%s];", q->epicentre,
				  q->epicentre_code));
	check_states(s, q->depth_km == JMA_DEPTH_UNKNOWN
				? arena_fmt(a, "coord '%+05.1f%+06.1f/'",
					    q->latitude, q->longitude)
				: arena_fmt(a, "coord '%+05.1f%+06.1f%s%d/'",
					    q->latitude, q->longitude,
					    q->depth_km == 0 ? "+" : "-",
					    q->depth_km * 1000));
	check_states(s,
		     q->magnitude_known
			     ? arena_fmt(a, "M %s (", q->magnitude_text)
			     : arena_fmt(a, "M NaN (Mj, condition=不明, '%s')",
					 q->magnitude_text));
	check_int(s->path, q->distant,
		  strstr(s->lines, "遠地地震に関する情報") != NULL);
}

static int count(const struct jma_place *list, int level)
{
	int n = 0;

	for (; list != NULL; list = list->next)
		n += level == 0 ? 1 : count(list->below, level - 1);
	return n;
}

/* "石川県(7), 新潟県(6-)" of those at or above an intensity. */
static const char *names(struct arena *a, const struct jma_place *list,
			 int least)
{
	struct str s = { .arena = a };

	for (; list != NULL; list = list->next) {
		if (list->intensity >= least)
			str_fmt(&s, "%s%s(%s)", s.len == 0 ? "" : ", ",
				list->name,
				jma_intensity_text(list->intensity));
	}
	return str_text(&s);
}

static void check_intensities(struct arena *a, const struct sample *s,
			      const struct jma_quake *q)
{
	if (strstr(s->lines, "  - MaxInt") == NULL) {
		check_int(s->path, q->max_intensity, 0);
		return;
	}
	check_states(s, arena_fmt(a, "MaxInt %s; prefs %d areas %d cities %d ",
				  jma_intensity_text(q->max_intensity),
				  count(q->prefs, 0), count(q->prefs, 1),
				  count(q->prefs, 2)));
	/* Of a quake in many prefectures the index states the strong ones,
	 * if there are any. */
	if (strstr(s->lines, "prefs >=5-") != NULL)
		check_states(s, arena_fmt(a, "prefs >=5-: %s\n",
					  names(a, q->prefs,
						JMA_INTENSITY_5_LOWER)));
	else if (strstr(s->lines, "prefs: ") != NULL)
		check_states(
			s, arena_fmt(a, "prefs: %s\n", names(a, q->prefs, 1)));
}

static void check_comments(struct arena *a, const struct sample *s,
			   const struct jma_quake *q)
{
	if (*q->forecast_codes != '\0')
		check_states(s, arena_fmt(a, "ForecastComment %s",
					  q->forecast_codes));
	if (*q->var_codes != '\0')
		check_states(s, arena_fmt(a, "VarComment %s", q->var_codes));
}

/* The cities that the index names as not having reported. */
static int count_unreported(const struct jma_place *list, int level)
{
	int n = 0;

	for (; list != NULL; list = list->next)
		n += level == 0 ? list->unreported
				: count_unreported(list->below, level - 1);
	return n;
}

static void check_unreported(const struct sample *s, const struct jma_quake *q)
{
	const char *p = strstr(s->lines, "未入電 cities: ");
	int stated = p != NULL;

	for (; p != NULL && *p != '\n'; p++)
		stated += *p == ',';
	if (count_unreported(q->prefs, 2) < stated)
		fail_msg("%s: unreported %d, stated %d", s->path,
			 count_unreported(q->prefs, 2), stated);
}

static void check_sample(struct arena *a, const struct sample *s)
{
	const char *why = NULL, *buf;
	struct jma_quake q;
	size_t len;

	buf = file_read(a, file_sample(a, arena_fmt(a, "jma/%s", s->path)),
			&len);
	assert_non_null(buf);
	if (jma_quake_parse(a, buf, len, &q, &why) < 0)
		fail_msg("%s: refused: %s", s->path, why);
	check_frame(a, s, &q.telegram);
	if (q.telegram.info_type == JMA_CANCELLED)
		return;
	check_hypocentre(a, s, &q);
	check_intensities(a, s, &q);
	check_unreported(s, &q);
	check_comments(a, s, &q);
}

/* The next "- **path** - ..." with the lines below it that belong to it; false
 * if there is none. */
static bool sample_next(struct arena *a, const char **p, struct sample *s)
{
	static const char mark[] = "\n- **";
	const char *begin = strstr(*p, mark), *end;

	if (begin == NULL)
		return false;
	begin += strlen(mark);
	s->path = arena_strndup(a, begin, strcspn(begin, "*"));
	for (end = strchr(begin, '\n'); end != NULL;) {
		if (!str_begins(end, "\n  - "))
			break;
		end = strchr(end + 1, '\n');
	}
	if (end == NULL)
		end = begin + strlen(begin);
	s->lines = arena_fmt(a, "%.*s\n", (int)(end - begin), begin);
	*p = end;
	return true;
}

static void test_samples(void **state)
{
	struct arena *index = arena_new(), *a = arena_new();
	struct sample s;
	const char *p;
	size_t len;
	int read = 0;

	(void)state;
	p = file_read(index, file_sample(index, "jma/INDEX.md"), &len);
	if (p == NULL)
		skip();
	while (sample_next(index, &p, &s)) {
		if (strstr(s.path, "VXSE51") == NULL &&
		    strstr(s.path, "VXSE53") == NULL)
			continue;
		check_sample(a, &s);
		arena_reset(a);
		read++;
	}
	assert_true(read >= SAMPLES_LEAST);
	arena_free(a);
	arena_free(index);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
