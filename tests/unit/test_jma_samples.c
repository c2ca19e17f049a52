/*
 * Every earthquake telegram of the sample folder against what its INDEX.md
 * states.  Skipped where the folder is absent.
 */
#include "sample.h"

#include "feed/jma_quake.h"

enum { SAMPLES_LEAST = 90 }; /* fewer: the index was not understood */

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

static int count_warned(const struct jma_place *list)
{
	int n = 0;

	for (; list != NULL; list = list->next) {
		for (const struct jma_place *p = list->below; p != NULL;
		     p = p->next)
			n += p->warned;
	}
	return n;
}

static void check_forecast(struct arena *a, const struct sample *s,
			   const struct jma_quake *q)
{
	int areas = count(q->prefs, 1);

	check_states(s, arena_fmt(a, "forecast max %s..%s",
				  jma_intensity_text(q->max_intensity),
				  jma_intensity_text(q->max_intensity)));
	if (areas == 0) {
		assert_null(strstr(s->lines, "forecast areas"));
		return;
	}
	check_states(s, arena_fmt(a,
				  "forecast areas %d, warning(code 10/11/19)"
				  " %d; first ('%s'",
				  areas, count_warned(q->prefs),
				  q->prefs->below->name));
}

static void check_intensities(struct arena *a, const struct sample *s,
			      const struct jma_quake *q)
{
	if (q->forecast) {
		check_forecast(a, s, q);
		return;
	}
	if (strstr(s->lines, "  - MaxInt") == NULL) {
		check_int(s->path, q->max_intensity, 0);
		return;
	}
	check_states(s,
		     arena_fmt(a, "MaxInt %s%s; prefs %d areas %d cities %d ",
			       jma_intensity_text(q->max_intensity),
			       q->max_long_period == 0
				       ? ""
				       : arena_fmt(a, " MaxLgInt %d",
						   q->max_long_period),
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

static void test_samples(void **state)
{
	static const char types[] =
		"VXSE43 VXSE44 VXSE45 VXSE51 VXSE52 VXSE53 VXSE61 VXSE62";

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
