/* The registry of readers. */
#include "hazard_test.h"

#include "feed/xml.h"

/* Kept and listed by their frame: no reader takes them here. */
static void test_not_read(void **state)
{
	static const struct {
		const char *file, *type;
	} rows[] = {
		{ "unknown_VXSE99", "" },
		{ "quake7_VXSE53", "VXSE53" },
		{ "sanriku_VXSE52", "VXSE52" },
		{ "sanriku_VXSE43_cancel", "VXSE43" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].file, *why = "";
		struct hazard h;

		check_int(name, hazard_fixture(a, name, &h, &why), 0);
		check_str(name, h.telegram.type, rows[i].type);
		check_int(name, h.telegram.published_at != 0, 1);
		check_str(name, h.key, "");
	}
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "bad_truncated", "not well-formed" },
		{ "bad_doctype", "a DOCTYPE" },
		{ "bad_entities", "a DOCTYPE" },
		{ "bad_html", "an HTML page" },
		{ "bad_namespace", "no format that is known" },
		{ "bad_no_time", "no time of issue" },
		{ "../atom/eqvol", "no format that is known" },
	};
	struct arena *a = arena_new();
	char *large = arena_alloc(a, XML_BYTES_MAX + 1);
	const char *why = NULL;
	struct hazard h;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		hazard_refused(a, rows[i].file, rows[i].why, NULL);
	memset(large, ' ', XML_BYTES_MAX + 1);
	check_int("oversized",
		  hazard_parse(a, large, XML_BYTES_MAX + 1, &h, &why), -1);
	check_int("nothing", hazard_parse(a, "", 0, &h, &why), -1);
	arena_free(a);
}

/* Each byte cut off: never a crash, never half a hazard. */
static void test_truncated(void **state)
{
	struct arena *a = arena_new(), *step = arena_new();
	const char *buf, *why, *last;
	struct hazard h;
	size_t len;

	(void)state;
	buf = file_read(a, "tests/data/jma/two_VTSE51.xml", &len);
	assert_non_null(buf);
	last = strstr(buf, "</Report>");
	assert_non_null(last);
	for (size_t n = 0; n < (size_t)(last - buf) + 9; n += 7) {
		check_int("cut", hazard_parse(step, buf, n, &h, &why), -1);
		arena_reset(step);
	}
	arena_free(step);
	arena_free(a);
}

static void test_unknown_is_short(void **state)
{
	struct arena *a = arena_new();
	struct hazard h = { .unknown = "" };

	(void)state;
	hazard_add_unknown(a, &h, "火山", "1", "");
	hazard_add_unknown(a, &h, "火山", "1", "");
	check_str("once", h.unknown, "火山 1");
	for (int i = 0; i < 1000; i++)
		hazard_add_unknown(a, &h, "津波予報区", arena_fmt(a, "%d", i),
				   "新しい沿岸");
	assert_true(strlen(h.unknown) < 500);
	arena_free(a);
}

static void test_kinds(void **state)
{
	(void)state;
	check_str("first", hazard_kind_name(HAZARD_TSUNAMI), "tsunami");
	check_str("last", hazard_kind_show(HAZARD_OTHER), "その他");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_not_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_unknown_is_short),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
