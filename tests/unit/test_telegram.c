#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "model/event.h"
#include "model/telegram.h"
#include "telegram_file.h"

/* One telegram, into an empty database. */
static void test_one(void **state)
{
	static const struct {
		const char *file;
		enum telegram_outcome outcome;
		const char *state, *max_level, *title;
	} rows[] = {
		{ "quake7_VXSE51", TELEGRAM_APPLIED, "prepared", "7", NULL },
		{ "quake7_VXSE53", TELEGRAM_APPLIED, "prepared", "7", NULL },
		{ "ishikawa_VXSE51", TELEGRAM_APPLIED, "recorded", "5-",
		  "震度速報 最大震度5弱（石川県ほか）" },
		{ "ishikawa_VXSE53", TELEGRAM_APPLIED, "recorded", "5-", NULL },
		{ "ishikawa_VXSE53_correction", TELEGRAM_APPLIED, "prepared",
		  "5+", NULL },
		{ "distant_VXSE53", TELEGRAM_APPLIED, "recorded", "", NULL },
		{ "nan_VXSE53", TELEGRAM_APPLIED, "prepared", "7", NULL },
		{ "unreported_VXSE53", TELEGRAM_APPLIED, "recorded", "5-",
		  NULL },
		{ "drill_VXSE53", TELEGRAM_APPLIED, "recorded", "5-", NULL },
		{ "test_VXSE53", TELEGRAM_APPLIED, "recorded", "5-", NULL },
		{ "cancel_VXSE51", TELEGRAM_APPLIED, "cancelled", "",
		  "【取消】地震情報" },
		{ "sanriku_VXSE52", TELEGRAM_APPLIED, "recorded", "", NULL },
		{ "sanriku_VXSE61", TELEGRAM_APPLIED, "recorded", "", NULL },
		{ "sanriku_VXSE62", TELEGRAM_APPLIED, "recorded", "", NULL },
		{ "sanriku_VXSE43", TELEGRAM_APPLIED, "recorded", "", NULL },
		{ "sanriku_VXSE43_cancel", TELEGRAM_APPLIED, "cancelled", "",
		  NULL },
		{ "plum_VXSE45", TELEGRAM_APPLIED, "recorded", "",
		  "緊急地震速報（地震動予報） 震源不明" },
		{ "unknown_VXSE99", TELEGRAM_STORED, NULL, NULL, NULL },
		{ "bad_doctype", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_entities", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_html", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_namespace", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_body_namespace", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_no_event", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_no_time", TELEGRAM_REFUSED, NULL, NULL, NULL },
		{ "bad_truncated", TELEGRAM_REFUSED, NULL, NULL, NULL },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		const char *file = rows[i].file;
		struct telegram_taken taken = telegram_file_take(db, file);
		struct event e;

		check_int(file, taken.outcome, rows[i].outcome);
		check_int(file, taken.event != 0, rows[i].state != NULL);
		check_int(file, *taken.reason == '\0',
			  rows[i].outcome == TELEGRAM_APPLIED);
		if (rows[i].state != NULL) {
			assert_int_equal(event_find(db, taken.event, &e), 1);
			check_str(file, e.state, rows[i].state);
			check_str(file, e.max_level, rows[i].max_level);
			if (rows[i].title != NULL)
				check_str(file, e.title, rows[i].title);
		}
		telegram_file_forget(db);
	}
}

static void test_outcomes_of_a_series(void **state)
{
	struct db *db = *state;
	struct telegram_taken first =
		telegram_file_take(db, "ishikawa_VXSE53_correction");
	struct telegram_taken late = telegram_file_take(db, "ishikawa_VXSE53");
	struct telegram_taken again = telegram_file_take(db, "ishikawa_VXSE53");

	check_int("late", late.outcome, TELEGRAM_STORED);
	check_int("same event", late.event, first.event);
	check_int("again", again.outcome, TELEGRAM_DUPLICATE);
	check_int("same telegram", again.telegram, late.telegram);
	check_int("kept once",
		  database_int(db, "SELECT COUNT(*) FROM telegram"), 2);
}

static void test_drill_is_kept_apart(void **state)
{
	struct db *db = *state;
	const char *same_key =
		"UPDATE event SET event_key = '20260302031107' WHERE drill";
	struct telegram_taken drill = telegram_file_take(db, "drill_VXSE53");
	struct telegram_taken real;
	struct event e;

	database_do(db, same_key);
	real = telegram_file_take(db, "ishikawa_VXSE53");
	assert_int_not_equal(drill.event, real.event);
	assert_int_equal(event_find(db, drill.event, &e), 1);
	assert_true(e.drill);
	assert_int_equal(event_find(db, real.event, &e), 1);
	assert_false(e.drill);
}

static void test_too_large_is_kept_in_part(void **state)
{
	struct db *db = *state;
	size_t len = TELEGRAM_BYTES_MAX + 1, kept;
	char *bytes = arena_alloc(db->arena, len);
	struct telegram_taken out;
	const char *body;
	int64_t event;

	memset(bytes, ' ', len);
	assert_int_equal(telegram_take(db, "inbox", "\xff", bytes, len,
				       time_now(), &out),
			 0);
	check_int("outcome", out.outcome, TELEGRAM_REFUSED);
	assert_int_equal(telegram_body(db, out.telegram, &body, &kept, &event),
			 1);
	check_int("kept", (long long)kept, TELEGRAM_BYTES_MAX);
}

/* The telegram with what stands between two marks put in its place. */
static const char *with(struct arena *a, const char *text, const char *begin,
			const char *end, const char *value)
{
	const char *from = strstr(text, begin), *to;

	assert_non_null(from);
	from += strlen(begin);
	to = strstr(from, end);
	assert_non_null(to);
	return arena_fmt(a, "%.*s%s%s", (int)(from - text), text, value, to);
}

static void test_sources_that_disagree(void **state)
{
	struct db *db = *state;
	struct telegram_taken first =
		telegram_file_take(db, "ishikawa_VXSE53_correction");
	struct telegram_taken other;
	struct telegram *list;

	check_int("one", telegram_twins(db, first.event), 0);
	check_int("an earlier one",
		  telegram_file_take(db, "ishikawa_VXSE53").event ==
			  first.event,
		  1);
	check_int("is no twin", telegram_twins(db, first.event), 0);
	other = telegram_file_take_changed(db, "ishikawa_VXSE53_correction",
					   "<Text>", "<Text>別");
	check_int("of the same event", other.event, first.event);
	check_int("disagree", telegram_twins(db, first.event), 1);
	assert_int_equal(telegram_list(db, first.event, 10, &list), 0);
	assert_true(telegram_is_twin(list, list->next));
	assert_false(telegram_is_twin(list, list));
	assert_false(telegram_is_twin(list, list->next->next));
}

/* What is well-formed and no telegram would say must not stop those behind
 * it: it is stored, cut where a column ends, or refused. */
static void test_extremes_are_kept(void **state)
{
	struct db *db = *state;
	static const char key[] = "<EventID>";
	char *long_text = arena_alloc(db->arena, 100001);
	const char *whole = telegram_file(db, "quake7_VXSE53");
	const struct {
		const char *name, *begin, *end, *value;
		enum telegram_outcome outcome;
	} rows[] = {
		{ "long key", key, "<", long_text, TELEGRAM_REFUSED },
		{ "long headline", "<Headline>\n<Text>", "<", long_text,
		  TELEGRAM_APPLIED },
		{ "long title", "<Title>", "<", long_text, TELEGRAM_STORED },
		{ "long epicentre", "<Hypocenter>\n<Area>\n<Name>", "<",
		  long_text, TELEGRAM_APPLIED },
		{ "long status", "<Status>", "<", long_text, TELEGRAM_STORED },
		{ "long serial", "<Serial>", "<", long_text, TELEGRAM_APPLIED },
		{ "first year", "<OriginTime>", "<",
		  "1900-01-01T00:00:00.5+09:00", TELEGRAM_APPLIED },
		{ "last year", "<OriginTime>", "<", "9999-12-31T23:59:59-12:00",
		  TELEGRAM_APPLIED },
		{ "issued in the last year", "<DateTime>", "<",
		  "9999-12-31T23:59:59-12:00", TELEGRAM_REFUSED },
	};

	memset(long_text, '7', 100000);
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *text = with(db->arena, whole, rows[i].begin,
					rows[i].end, rows[i].value);
		struct telegram_taken out;

		check_int(rows[i].name,
			  telegram_take(db, "inbox", rows[i].name, text,
					strlen(text), time_now(), &out),
			  0);
		check_int(rows[i].name, out.outcome, rows[i].outcome);
		check_int(rows[i].name, out.telegram > 0, 1);
		telegram_file_forget(db);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sources_that_disagree,
						database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_extremes_are_kept,
						database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_one, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_outcomes_of_a_series,
						database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_drill_is_kept_apart,
						database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_too_large_is_kept_in_part,
						database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
