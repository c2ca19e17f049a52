#include "test.h"

#include "model/audit.h"
#include "model/export.h"
#include "people.h"

static const struct audit who = { .actor = "test" };

static int make(struct db *db, int kind, int64_t account, bool cp932,
		bool replace, struct export_file *out)
{
	const struct export_order order = {
		.kind = kind,
		.account = account,
		.cp932 = cp932,
		.replace = replace,
		.reason = "試験のため",
		.audit = &who,
	};

	return export_make(db, &order, out);
}

static void test_reach(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		int kind;
		int64_t account, rows;
	} rows[] = {
		{ "everybody", LAYOUT_PEOPLE, 900, 7 },
		{ "his own, leavers too", LAYOUT_PEOPLE, 901, 5 },
		{ "another's", LAYOUT_PEOPLE, 902, 2 },
		{ "shut", LAYOUT_PEOPLE, 904, 0 },
		{ "groups", LAYOUT_GROUPS, 900, 4 },
		{ "his groups", LAYOUT_GROUPS, 901, 2 },
		{ "memberships", LAYOUT_MEMBERSHIPS, 900, 7 },
		{ "only of his groups", LAYOUT_MEMBERSHIPS, 901, 5 },
		{ "regions", LAYOUT_REGIONS, 902, 3 },
		{ "addresses", LAYOUT_ADDRESSES, 902, 4 },
	};
	struct export_file f;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		check_int(rows[i].name,
			  make(db, rows[i].kind, rows[i].account, false, false,
			       &f),
			  EXPORT_MADE);
		check_int(rows[i].name, f.rows, rows[i].rows);
	}
	check_int("audited each",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'export'"),
		  LEN(rows));
	check_int("with its rows",
		  database_int(db, "SELECT people FROM audit"
				   " WHERE action = 'export'"
				   " ORDER BY seq LIMIT 1"),
		  7);
}

static void test_text(void **state)
{
	struct db *db = *state;
	struct export_file f;

	people_make(db);
	database_do(db, "UPDATE user SET name = '𠮷田', kana = '=1'"
			" WHERE id = 9001");
	assert_int_equal(make(db, LAYOUT_PEOPLE, 902, false, false, &f), 0);
	check_str(
		"words", f.bytes,
		"\xEF\xBB\xBF\"職員番号\",\"氏名\",\"カナ\",\"言語\",\"状態\","
		"\"区分\"\r\n"
		"\"T9004\",\"試験9004\",\"\",\"日本語\",\"在籍\",\"\"\r\n"
		"\"T9005\",\"試験9005\",\"\",\"日本語\",\"在籍\",\"\"\r\n");
	assert_int_equal(make(db, LAYOUT_ADDRESSES, 902, false, false, &f), 0);
	assert_non_null(strstr(f.bytes, "\"T9004\",\"1\","
					"\"***@docomo.example\",\"\","
					"\"未確認\"\r\n"));
	check_int("CP932 lacks it",
		  make(db, LAYOUT_PEOPLE, 901, true, false, &f), EXPORT_UNFIT);
	check_str("its line", f.unfit_lines, "2");
	check_int("replaced", make(db, LAYOUT_PEOPLE, 901, true, true, &f),
		  EXPORT_MADE);
	assert_non_null(strstr(f.bytes, "\"\x81\xAC\x93\x63\",\"'=1\""));
	check_int("no such broadcast",
		  make(db, EXPORT_ANSWERS, 900, false, false, &f),
		  EXPORT_UNKNOWN);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_reach),
		TEST(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
