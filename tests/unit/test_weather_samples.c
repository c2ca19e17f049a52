/*
 * Every file of the sample folder: none is refused that is a telegram, none
 * is read as what it is not, and of weather, floods, typhoons and CAP what
 * INDEX.md states is what was read.  Skipped where the folder is absent.
 */
#include <dirent.h>

#include "hazard_file.h"

#include "base/time.h"
#include "feed/jma_quake.h"

enum {
	FILES_LEAST = 200,
	STATED_LEAST = 40, /* fewer: the index was not understood */
	LARGEST_MS = 2000, /* with a sanitizer */
};

/* What stands in the index on a file: its lines up to the next file's. */
static const char *stated(struct arena *a, const char *index, const char *path)
{
	const char *p = strstr(index, arena_fmt(a, "\n- **%s** - ", path));
	const char *end;

	if (p == NULL)
		return NULL;
	end = strstr(p + 1, "\n- **");
	if (strstr(p + 1, "\n#") != NULL &&
	    (end == NULL || strstr(p + 1, "\n#") < end))
		end = strstr(p + 1, "\n#");
	return end == NULL ? p : arena_strndup(a, p, (size_t)(end - p));
}

static int count(const struct hazard *h, const char *level)
{
	int n = 0;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		n += strcmp(p->level, level) == 0 && p->rank > 0;
	return n;
}

/* "大雨特別警報 municipalities 27: 奈良市, 大和高田市, ...": as many, and
 * the first of them among the areas. */
static int check_municipalities(struct arena *a, const char *path,
				const char *lines, const struct hazard *h)
{
	static const char mark[] = " municipalities ";
	int checked = 0;

	for (const char *p = lines; (p = strstr(p, mark)) != NULL;) {
		const char *begin = p;
		const char *level;
		long long n;

		while (begin > lines && begin[-1] != '\n')
			begin--;
		begin += strlen("  - ");
		level = arena_strndup(a, begin, (size_t)(p - begin));
		p += strlen(mark);
		/* A note on where the file is from has the word, no colon. */
		if (!str_to_int(arena_strndup(a, p, strspn(p, "0123456789")), 1,
				10000, &n) ||
		    p[strspn(p, "0123456789")] != ':')
			continue;
		check_int(arena_fmt(a, "%s %s", path, level), count(h, level),
			  n);
		checked++;
	}
	return checked;
}

/* "警戒[3](発表) @ 松前町[0133100], 福島町[0133200]": each area with a code
 * in a line of the index that stands is among the areas. */
static int check_listed(struct arena *a, const char *path, const char *lines,
			const struct hazard *h, const char *word)
{
	const char *p = strstr(lines, word);
	int checked = 0;

	for (; p != NULL; p = strstr(p + 1, word)) {
		const char *line = arena_strndup(a, p, strcspn(p, "\n"));
		const char *at = strstr(line, " @ ");

		while (at != NULL && (at = strchr(at, '[')) != NULL) {
			const char *code =
				arena_strndup(a, at + 1, strcspn(at + 1, "]"));
			const struct hazard_area *q = h->areas;

			while (q != NULL && strcmp(q->code, code) != 0)
				q = q->next;
			if (q == NULL)
				fail_msg("%s: %s is not read", path, code);
			checked++;
			at++;
		}
	}
	return checked;
}

/* The highest code that the index states for the prefecture, on the ladder. */
static int stated_rank(const char *lines)
{
	static const struct {
		const char *mark;
		int rank;
	} marks[] = {
		{ "特別警報[", 5 },
		{ "危険警報[", 4 },
		{ "警報[", 3 },
		{ "注意報[", 2 },
	};
	const char *p = strstr(lines, "（府県予報区等）: ");

	if (p == NULL)
		return -1;
	for (size_t i = 0; i < LEN(marks); i++) {
		const char *mark = strstr(p, marks[i].mark);

		if (mark != NULL && mark < p + strcspn(p, "\n"))
			return marks[i].rank;
	}
	return 0;
}

static void check_typhoon(struct arena *a, const char *path, const char *lines,
			  const struct hazard *h)
{
	const struct hazard_area *p = h->areas;

	if (strstr(lines, arena_fmt(a, "実況 %s loc %s coord",
				    time_iso(a, h->occurred_at), p->name)) ==
	    NULL)
		fail_msg("%s: %s not in\n%s", path, p->name, lines);
	check_int(path, h->lifted, strstr(lines, "小さくなった") != NULL);
	check_str(path, h->key, h->telegram.event_key);
}

/* What is stated on one file, by kind; returns how much was compared. */
static int check_stated(struct arena *a, const char *path, const char *lines,
			const struct hazard *h)
{
	const char *type = h->telegram.type;
	int n = 0;

	if (str_begins(type, "VPWW") || str_begins(type, "VPNO")) {
		/* Level 4 in the old form is told by the Notice alone. */
		int rank =
			strstr(lines, "〈危険警報") != NULL ||
					strstr(path, "15_17_01_250123") != NULL
				? 4
				: stated_rank(lines);

		if (rank >= 0)
			check_int(path, h->rank, rank), n++;
		n += check_municipalities(a, path, lines, h);
	} else if (str_begins(type, "VXWW")) {
		n += check_listed(a, path, lines, h, "警戒[3]");
		n += check_listed(a, path, lines, h, "解除[1]");
		check_int(path, h->lifted, strstr(lines, "警戒[3]") == NULL);
	} else if (str_begins(type, "VPOA")) {
		n += check_listed(a, path, lines, h, "記録的短時間大雨情報[1]");
	} else if (str_begins(type, "VPBS")) {
		n += check_listed(a, path, lines, h, "情報タグ/");
	} else if (str_begins(type, "VPHW")) {
		n += check_listed(a, path, lines, h, "（目撃情報あり）");
	} else if (str_begins(type, "VPTW")) {
		check_typhoon(a, path, lines, h), n++;
	} else if (str_begins(type, "VXKO") || str_begins(type, "VXSU")) {
		if (strstr(lines, arena_fmt(a, ": %s[", h->level)) == NULL)
			fail_msg("%s: %s not in\n%s", path, h->level, lines);
		n++;
	}
	return n;
}

static int check_jma(struct arena *a, const char *index, const char *path,
		     bool *read)
{
	const char *why = NULL, *lines, *bytes;
	int64_t began = time_monotonic();
	struct hazard h;
	size_t len;
	int rc;

	bytes = file_read(a, file_sample(a, arena_fmt(a, "jma/%s", path)),
			  &len);
	assert_non_null(bytes);
	rc = hazard_parse(a, bytes, len, &h, &why);
	if (rc < 0)
		fail_msg("%s: refused: %s", path, why);
	assert_true(time_monotonic() - began < LARGEST_MS * 1000LL);
	if (*h.telegram.type == '\0')
		fail_msg("%s: no type", path);
	if (strstr(path, arena_strndup(a, h.telegram.type, 4)) == NULL)
		fail_msg("%s: taken for %s", path, h.telegram.type);
	*read = rc == 1 || jma_quake_is_type(h.telegram.type);
	lines = stated(a, index, path);
	assert_non_null(lines);
	/* Frames: the index begins with them. */
	if (strstr(lines, arena_fmt(a, "%s | %s | %s | %s |", h.telegram.title,
				    h.telegram.head_title,
				    jma_info_type_show(h.telegram.info_type),
				    jma_status_show(h.telegram.status))) ==
	    NULL)
		fail_msg("%s: frame not in\n%s", path, lines);
	if (rc == 0 || h.telegram.info_type == JMA_CANCELLED)
		return 0;
	return check_stated(a, path, lines, &h);
}

static void test_jma(void **state)
{
	static const char *const folders[] = { "official", "real" };
	struct arena *outer = arena_new(), *a = arena_new();
	int files = 0, compared = 0, read = 0;
	const char *index;
	size_t len;

	(void)state;
	index = file_read(outer, file_sample(outer, "jma/INDEX.md"), &len);
	if (index == NULL)
		skip();
	for (size_t i = 0; i < LEN(folders); i++) {
		DIR *dir = opendir(file_sample(
			outer, arena_fmt(outer, "jma/%s", folders[i])));
		const struct dirent *e;

		assert_non_null(dir);
		while ((e = readdir(dir)) != NULL) {
			bool one = false;

			if (strstr(e->d_name, ".xml") == NULL)
				continue;
			compared += check_jma(
				a, index,
				arena_fmt(a, "%s/%s", folders[i], e->d_name),
				&one);
			read += one;
			files++;
			arena_reset(a);
		}
		closedir(dir);
	}
	print_message("files %d read %d facts %d\n", files, read, compared);
	assert_true(files >= FILES_LEAST);
	assert_true(compared >= STATED_LEAST);
	arena_free(a);
	arena_free(outer);
}

/* Alerts: what the index of the other feeds states. */
static void test_cap(void **state)
{
	static const struct {
		const char *file, *want, *until;
	} rows[] = {
		{ "cap12_oasis_thunderstorm.cap",
		  "overseas KSTO1055887203 4 SEVERE THUNDERSTORM",
		  "2003-06-18T08:00:00+09:00" },
		{ "cap12_homeland_security_43b080713727.cap",
		  "overseas 43b080713727 4 Homeland Security Advisory System "
		  "Update",
		  "" },
		{ "cap12_wcatwc_tsunami_update.cap",
		  "overseas lqw6d6 5 Tsunami Warning",
		  "2011-09-02T21:36:50+09:00" },
		{ "cap12_canada.cap",
		  "overseas 2.49.0.1.124.a3f342a4.2012 0 thunderstorm lifted",
		  "2012-05-03T09:20:00+09:00" },
		{ "cap_earthquake-iso8859-1_signed.cap",
		  "overseas USGS-earthquakes-usB000D5T4.3947362.7."
		  "20121014T225304.360Z.0 1 Earthquake",
		  "2012-10-22T07:53:04+09:00" },
		{ "cap_no_optional_fields.cap",
		  "overseas USGS-earthquakes-us2010apcd.6."
		  "20100831T000925.496Z 1",
		  "" },
		{ "cap12_xxe_attack.cap", "refused: a DOCTYPE", "" },
		{ "gdacs-rss-20191230.xml", "refused: no format that is known",
		  "" },
		{ "usgs_all_hour_excerpt.geojson", "refused: not well-formed",
		  "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *bytes, *text;
		struct hazard h;
		size_t len;

		bytes = file_read(
			a,
			file_sample(a, arena_fmt(a, "global/%s", rows[i].file)),
			&len);
		if (bytes == NULL)
			skip();
		text = hazard_line(a, bytes, len, &h);
		check_str(rows[i].file,
			  arena_strndup(a, text, strcspn(text, ";")),
			  rows[i].want);
		check_str(rows[i].file, time_iso(a, h.valid_until),
			  rows[i].until);
	}
	arena_free(a);
}

/* Words of the tables of messages and of events, and what a message of that
 * kind must become. */
static const struct {
	const char *word;
	int rank; /* 0: lifted */
} messages[] = {
	{ "test", 1 },
	{ "generic", 5 },
	{ "launch", 5 },
	{ "passed", 0 },
	{ "fell in sea", 0 },
	{ "will not come to Japan", 0 },
	{ "evacuate now (falling around)", 5 },
	{ "intercepted", 5 },
	{ "fallen", 5 },
	{ "will not fall in Japan", 0 },
	{ "J-ALERT test", 1 },
};

/* Every standard text by itself and by its code. */
static void test_library(void **state)
{
	struct arena *a = arena_new();
	const char *p;
	size_t len;
	int read = 0;

	(void)state;
	p = file_read(a, file_sample(a, "jalert/dcx_message_library.csv"),
		      &len);
	if (p == NULL)
		skip();
	for (p = strchr(p, '\n'); p != NULL && p[1] != '\0';
	     p = strchr(p + 1, '\n')) {
		const char *code = arena_strndup(a, p + 1, strcspn(p + 1, ","));
		const char *kind = p + 2 + strlen(code), *text, *why;
		int want = -1;

		kind = arena_strndup(a, kind, strcspn(kind, ","));
		text = p + 3 + strlen(code) + strlen(kind);
		text = arena_strndup(a, text, strcspn(text, ","));
		for (size_t i = 0; i < LEN(messages); i++) {
			if (strcmp(messages[i].word, kind) == 0)
				want = messages[i].rank;
		}
		for (int by_code = 0; by_code < 2; by_code++) {
			const char *m = arena_fmt(
				a,
				"jalert: 1\nid: 1\nmode: live\nsent: "
				"2026-06-10T07:27:00+09:00\n%s%s\n\n%s",
				by_code ? "code: " : "", by_code ? code : "",
				by_code ? "" : text);
			struct hazard h;

			check_int(kind, hazard_parse(a, m, strlen(m), &h, &why),
				  1);
			check_int(kind, h.rank, want);
			check_int(kind, h.lifted, want == 0);
			check_int(kind, h.telegram.status,
				  strstr(kind, "est") != NULL ? JMA_TEST
							      : JMA_NORMAL);
			read++;
		}
	}
	assert_true(read >= 20);
	arena_free(a);
}

/* One field of a line, and on to the next. */
static const char *field(struct arena *a, const char **p)
{
	size_t len = strcspn(*p, ",\n");
	const char *out = arena_strndup(a, *p, len);

	*p += len + ((*p)[len] == ',');
	return out;
}

/* Real alerts, made into messages: those of one day are one event, each has
 * the prefectures that are named, and ends the event only if it released. */
static void test_events(void **state)
{
	static const struct {
		const char *kind, *word;
		int rank;
	} kinds[] = {
		{ "launch", "launch", 5 },
		{ "evacuate now", "evacuate", 5 },
		{ "passed", "passed", 1 },
		{ "will not come", "not-coming", 0 },
		{ "release", "release", 0 },
	};
	struct arena *a = arena_new();
	const char *p, *day = "", *key = "";
	size_t len;
	int read = 0;

	(void)state;
	p = file_read(a, file_sample(a, "jalert/events.csv"), &len);
	if (p == NULL)
		skip();
	for (p = strchr(p, '\n'); p != NULL && p[1] != '\0';
	     p = strchr(p, '\n')) {
		const char *date, *clock, *kind, *targets, *m, *why;
		const char *word = NULL;
		struct hazard h;
		int rank = -1, named = 0;

		p++;
		date = field(a, &p);
		clock = field(a, &p);
		kind = field(a, &p);
		targets = field(a, &p);
		for (size_t i = 0; i < LEN(kinds); i++) {
			if (strcmp(kinds[i].kind, kind) == 0) {
				word = kinds[i].word;
				rank = kinds[i].rank;
			}
		}
		assert_non_null(word);
		m = arena_fmt(a,
			      "jalert: 1\nid: %s%s%s\nmode: live\nkind: %s\n"
			      "sent: %sT%s:00+09:00\nprefectures: %s\n",
			      date, clock, kind, word, date, clock,
			      str_begins(targets, "same") ? "" : targets);
		check_int(m, hazard_parse(a, m, strlen(m), &h, &why), 1);
		check_int(m, h.kind, HAZARD_MISSILE);
		check_int(m, h.rank, rank);
		check_int(m, h.lifted, rank == 0);
		check_str(m, h.unknown, "");
		for (const struct hazard_area *q = h.areas; q != NULL;
		     q = q->next, named++)
			assert_int_equal(strlen(q->prefectures), 2);
		check_int(m, named > 0, !str_begins(targets, "same"));
		if (strcmp(day, date) == 0)
			check_str(m, h.key, key);
		else
			assert_string_not_equal(h.key, key);
		day = date;
		key = h.key;
		read++;
	}
	assert_true(read >= 15);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jma),
		cmocka_unit_test(test_cap),
		cmocka_unit_test(test_library),
		cmocka_unit_test(test_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
