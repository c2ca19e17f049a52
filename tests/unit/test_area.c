#include "test.h"

#include "database.h"
#include "model/area.h"

static void test_check(void **state)
{
	static const struct {
		const char *kind, *names;
		int want;
		const char *name, *nearest;
	} rows[] = {
		{ "tsunami", "", 0, NULL, NULL },
		{ "tsunami", "東京湾内湾", 0, NULL, NULL },
		{ "tsunami", "東京湾内湾、伊豆諸島", 0, NULL, NULL },
		{ "tsunami", "岩手県", 0, NULL, NULL },
		{ "tsunami", "東京湾", 1, "東京湾", "東京湾内湾" },
		{ "tsunami", "伊豆諸島、石川県能都", 1, "石川県能都",
		  "石川県能登、石川県加賀、香川県" },
		{ "tsunami", "富士山", 1, "富士山", "富山県" },
		{ "volcano", "富士山、御殿場市", 0, NULL, NULL },
		{ "volcano", "浅間", 1, "浅間", "浅間山" },
		{ "flood", "七北田川", 0, NULL, NULL },
		{ "weather", "石川県能登", 1, "石川県能登", NULL },
		{ "weather", "東京地方、千代田区", 0, NULL, NULL },
		{ "missile", "東京都", 0, NULL, NULL },
		{ "missile", "東京", 1, "東京", NULL },
		{ "tsunami", "𠮷", 1, "𠮷", "" },
		{ "tsunami", "、", 1, "", "" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct area_fault f = { 0 };

		check_int(rows[i].names,
			  area_check(db, rows[i].kind, rows[i].names, &f),
			  rows[i].want);
		if (rows[i].name != NULL)
			check_str(rows[i].names, f.name, rows[i].name);
		if (rows[i].nearest != NULL)
			check_str(rows[i].names, f.nearest, rows[i].nearest);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_check, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
