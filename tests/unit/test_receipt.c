#include "test.h"

#include "base/mac.h"
#include "key_file.h"
#include "model/receipt.h"

static void test_bound_to_the_link(void **state)
{
	const char *path = key_file("1 " KEY_ONE "\n", 0600);
	const struct mac_keys *keys = mac_keys_load(path, receipt_purpose);
	struct arena *a = arena_new();
	const char *text = receipt_make(a, keys, "TOKEN", 1234567, "1,5");
	const struct {
		const char *name, *token, *text;
		bool want;
	} rows[] = {
		{ "ours", "TOKEN", text, true },
		{ "another link", "TOKEM", text, false },
		{ "nothing", "TOKEN", "", false },
		{ "no parts", "TOKEN", "~~", false },
		{ "another time", "TOKEN", arena_fmt(a, "2%s", text + 1),
		  false },
		{ "cut", "TOKEN", arena_strndup(a, text, strlen(text) - 1),
		  false },
		{ "no choice", "TOKEN", receipt_make(a, keys, "TOKEN", 5, ""),
		  true },
	};
	const char *items;
	int64_t at;

	(void)state;
	unlink(path);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  receipt_parse(a, keys, rows[i].token, rows[i].text,
					&at, &items),
			  rows[i].want);
	assert_true(receipt_parse(a, keys, "TOKEN", text, &at, &items));
	check_int("at", at, 1234567);
	check_str("items", items, "1,5");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bound_to_the_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
