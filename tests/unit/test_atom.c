#include "test.h"

#include "feed/atom.h"
#include "file.h"

static void test_feed(void **state)
{
	static const struct {
		const char *name, *href_end, *title, *author;
		int64_t updated_at;
	} rows[] = {
		{ "cancel", "20260301184003_0_VXSE53_010000.xml",
		  "震源・震度に関する情報", "気象庁", 1772390402 },
		{ "hypocentre", "20260301181456_0_VXSE53_010000.xml",
		  "震源・震度に関する情報", "気象庁", 1772388895 },
		{ "quick", "20260301181242_0_VXSE51_010000.xml", "震度速報",
		  "気象庁", 1772388761 },
		{ "ash", "20260301180010_0_VFVO53_010000.xml",
		  "降灰予報（定時）", "気象庁地震火山部", 1772388000 },
		{ "no time, link after self",
		  "3f333df6-90a4-4fda-8dd3-9485d27cee36.xml", "時刻のない項目",
		  "", 0 },
	};
	struct arena *a = arena_new();
	const char *why = NULL, *buf;
	struct atom_entry *e;
	struct atom feed;
	size_t len;

	(void)state;
	buf = file_read(a, "tests/data/atom/eqvol.xml", &len);
	check_int("read", atom_parse(a, buf, len, &feed, &why), 0);
	check_str("title", feed.title, "高頻度（地震火山）");
	check_int("updated", feed.updated_at, 1772390465000000);
	check_int("count", feed.count, (long long)LEN(rows));
	check_int("skipped", feed.skipped, 3);
	e = feed.entries;
	for (size_t i = 0; i < LEN(rows); i++, e = e->next) {
		check_str(rows[i].name, strrchr(e->href, '/') + 1,
			  rows[i].href_end);
		check_str(rows[i].name, e->title, rows[i].title);
		check_str(rows[i].name, e->author, rows[i].author);
		check_int(rows[i].name, e->updated_at,
			  rows[i].updated_at * 1000000);
	}
	assert_null(e);
	assert_true(str_begins(feed.entries->content, "【震源・震度情報】"));
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *name, *path, *why;
	} rows[] = {
		{ "RSS", "tests/data/atom/bad_rss.xml", "not an Atom feed" },
		{ "a telegram", "tests/data/jma/ishikawa_VXSE53.xml",
		  "not an Atom feed" },
		{ "a web page", "tests/data/jma/bad_html.xml", "an HTML page" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL, *buf;
		struct atom feed;
		size_t len;

		buf = file_read(a, rows[i].path, &len);
		check_int(rows[i].name, atom_parse(a, buf, len, &feed, &why),
			  -1);
		check_str(rows[i].name, why, rows[i].why);
	}
	arena_free(a);
}

static void test_many(void **state)
{
	static const char entry[] = "<entry><id>%d</id>"
				    "<link href='https://a.jp/%d'/></entry>";
	enum { MANY = 100000 };
	struct arena *a = arena_new();
	struct str s = { .arena = a };
	const char *why = NULL;
	struct atom feed;

	(void)state;
	str_add(&s, "<feed xmlns='http://www.w3.org/2005/Atom'>");
	for (int i = 0; i < MANY; i++)
		str_fmt(&s, entry, i, i);
	str_add(&s, "</feed>");
	check_int("read", atom_parse(a, s.s, s.len, &feed, &why), 0);
	check_int("kept", feed.count, ATOM_ENTRIES_MAX);
	check_int("skipped", feed.skipped, MANY - ATOM_ENTRIES_MAX);
	arena_free(a);
}

static void test_samples(void **state)
{
	static const struct {
		const char *path;
		int count;
	} rows[] = {
		{ "jma/feeds/eqvol_20200725.xml", 23 },
		{ "jma/feeds/extra_20240725.xml", 350 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL, *buf;
		struct atom feed;
		size_t len;

		buf = file_read(a, file_sample(a, rows[i].path), &len);
		if (buf == NULL)
			skip();
		check_int(rows[i].path, atom_parse(a, buf, len, &feed, &why),
			  0);
		check_int(rows[i].path, feed.count, rows[i].count);
		check_int(rows[i].path, feed.skipped, 0);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
