#include "test.h"

#include "database.h"
#include "model/region.h"

static void test_name(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name, *code, *want;
	} rows[] = {
		{ "a prefecture", "13", "東京都" },
		{ "the first", "01", "北海道" },
		{ "again, as kept", "13", "東京都" },
		{ "a municipality", "13101", "東京都千代田区" },
		{ "beyond the last", "48", "" },
		{ "none", "", "" },
		{ "not a number", "1x", "" },
	};

	database_do(db, "INSERT INTO region (code, kind, name) VALUES"
			" ('01', 'prefecture', '北海道'),"
			" ('13', 'prefecture', '東京都'),"
			" ('13101', 'municipality', '東京都千代田区')"
			" ON DUPLICATE KEY UPDATE name = VALUES(name)");
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, region_name(db, rows[i].code),
			  rows[i].want);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_name, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
