#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/audit.h"
#include "model/setting.h"

static const struct audit who = { .actor = "t900", .network = "" };

static struct setting *find(struct setting *list, size_t count,
			    const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	fail_msg("no %s", name);
	return NULL;
}

static void test_change_is_audited(void **state)
{
	struct db *db = *state;
	struct setting *list;
	size_t count;

	assert_int_equal(setting_list(db, &list, &count), 0);
	check_str("the product's own", setting_text(db, "quiet.from"), "22:00");
	check_int("as a number", setting_int(db, "closes.notice"), 168);
	check_str("unknown", setting_text(db, "x"), "");
	check_int("nothing differs", setting_change(db, &who, list, count), 0);
	find(list, count, "quiet.from")->value = "21:30";
	find(list, count, "closes.notice")->value = "24";
	check_int("two", setting_change(db, &who, list, count), 2);
	check_int("the same again", setting_change(db, &who, list, count), 0);
	check_str("stored", setting_text(db, "quiet.from"), "21:30");
	check_int("before and after",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE"
				   " action = 'setting change' AND detail ="
				   " 'before=\"22:00\" after=\"21:30\"'"),
		  1);
}

static void test_valid(void **state)
{
	static const struct {
		enum setting_kind kind;
		const char *value;
		bool want;
	} rows[] = {
		{ SETTING_NAME, "", true },
		{ SETTING_NAME, "危機管理課", true },
		{ SETTING_NAME, "a\"b", false },
		{ SETTING_HOURS, "0", true },
		{ SETTING_HOURS, "8761", false },
		{ SETTING_HOURS, "", false },
		{ SETTING_CLOCK, "", true },
		{ SETTING_CLOCK, "07:00", true },
		{ SETTING_CLOCK, "7:00", false },
		{ SETTING_CLOCK, "24:00", false },
		{ SETTING_TIMES, "10", true },
		{ SETTING_TIMES, "11", false },
		{ SETTING_GAP, "4", false },
		{ SETTING_GAP, "5", true },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct setting s = { .kind = rows[i].kind };

		check_int(rows[i].value, setting_is_valid(&s, rows[i].value),
			  rows[i].want);
	}
}

static void test_quiet_end(void **state)
{
	static const struct {
		const char *name, *from, *to, *now, *want;
	} rows[] = {
		{ "evening", "22:00", "07:00", "2026-11-27T23:10:00+09:00",
		  "2026-11-28T07:00:00+09:00" },
		{ "night", "22:00", "07:00", "2026-11-27T03:10:30+09:00",
		  "2026-11-27T07:00:00+09:00" },
		{ "day", "22:00", "07:00", "2026-11-27T12:00:00+09:00",
		  "2026-11-27T12:00:00+09:00" },
		{ "its end", "22:00", "07:00", "2026-11-27T07:00:00+09:00",
		  "2026-11-27T07:00:00+09:00" },
		{ "its begin", "22:00", "07:00", "2026-11-27T22:00:00+09:00",
		  "2026-11-28T07:00:00+09:00" },
		{ "within a day", "01:00", "05:00", "2026-11-27T04:59:00+09:00",
		  "2026-11-27T05:00:00+09:00" },
		{ "none", "", "07:00", "2026-11-27T03:00:00+09:00",
		  "2026-11-27T03:00:00+09:00" },
		{ "the same", "07:00", "07:00", "2026-11-27T03:00:00+09:00",
		  "2026-11-27T03:00:00+09:00" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t now, want;

		assert_int_equal(time_parse(rows[i].now, &now), 0);
		assert_int_equal(time_parse(rows[i].want, &want), 0);
		check_int(rows[i].name,
			  setting_quiet_end(rows[i].from, rows[i].to, now),
			  want);
	}
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_change_is_audited),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_quiet_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
