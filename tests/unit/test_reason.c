#include "test.h"

#include "feed/reason.h"

static void test_show(void **state)
{
	static const struct {
		const char *name, *phrase, *want;
	} rows[] = {
		{ "nothing", "", "" },
		{ "of a type", "type not read",
		  "この種類の電文は使いません。" },
		{ "of the document", "a DOCTYPE",
		  "使ってはいけない宣言（DOCTYPE）があります。" },
		{ "of a body", "no areas", "区域がありません。" },
		{ "no row", "something new",
		  "読み取れませんでした。記録（ログ）を見てください。" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, reason_show(rows[i].phrase),
			  rows[i].want);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
