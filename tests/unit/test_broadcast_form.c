#include "test.h"

#include <string.h>

#include "web/broadcast_form.h"

static const struct field fields[] = {
	{ "subject", FIELD_TEXT, 0, 100 },
	BROADCAST_FORM_WHOM,
	BROADCAST_FORM_CLOSES,
	{ "closes_at", FIELD_TIME, 0, 1 },
	BROADCAST_FORM_AGAIN,
};

static void test_parts(void **state)
{
	static const struct {
		const char *kept;
		int whom, closes, again;
	} rows[] = {
		{ "", 0, 0, 0 },
		{ "kind=notice&subject=x&body=y&questions=none", 0, 0, 0 },
		{ "all=yes", 1, 0, 0 },
		{ "group=3&group=4", 1, 0, 0 },
		{ "not_region=13", 1, 0, 0 },
		{ "people=1&earlier=5", 0, 0, 0 },
		{ "closes_hours=&again_times=&again_gap=60", 0, 0, 0 },
		{ "closes_hours=24", 0, 1, 0 },
		{ "again_times=0&again_gap=60", 0, 0, 1 },
		{ "%", 0, 0, 0 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct broadcast_form_parts parts =
			broadcast_form_parts(a, rows[i].kept);

		check_int(rows[i].kept, parts.whom, rows[i].whom);
		check_int(rows[i].kept, parts.closes, rows[i].closes);
		check_int(rows[i].kept, parts.again, rows[i].again);
	}
	arena_free(a);
}

/* What the form has, then what is put over it. */
static void test_fill(void **state)
{
	static const char draft[] = "subject=x&all=yes&again_times=3"
				    "&closes_at=2030-01-01T10:00";
	static const struct {
		const char *kept;
		int all;
		size_t groups;
		int hours, closes_at, times;
	} rows[] = {
		{ "subject=y", 1, 0, 0, 1, 3 },
		{ "group=3&group=4", 0, 2, 0, 1, 3 },
		{ "closes_hours=5", 1, 0, 5, 0, 3 },
		{ "again_times=0", 1, 0, 0, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena *a = arena_new();
		struct request req = { .arena = a };
		size_t groups;

		request_parse(a, draft, strlen(draft), CHARSET_UTF8,
			      &req.params);
		broadcast_form_fill(&req, rows[i].kept);
		form_read(&req, fields, LEN(fields));
		form_ids(&req, "group", &groups);
		check_str("is none of it", form_text(&req, "subject"), "x");
		check_int(rows[i].kept, form_has(&req, "all"), rows[i].all);
		check_int(rows[i].kept, (long long)groups,
			  (long long)rows[i].groups);
		check_int(rows[i].kept, form_int(&req, "closes_hours"),
			  rows[i].hours);
		check_int(rows[i].kept, form_time(&req, "closes_at") != 0,
			  rows[i].closes_at);
		check_int(rows[i].kept, form_int(&req, "again_times"),
			  rows[i].times);
		arena_free(a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
