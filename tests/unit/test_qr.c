#include "test.h"

#include "web/qr.h"

/* What is in it is read by another program in the browser test. */
static void test_make(void **state)
{
	struct arena *a = arena_new();
	struct qr qr;
	int runs = 0;

	(void)state;
	assert_int_equal(qr_make(a, "https://anpi.example/s/x", &qr), 0);
	check_int("version 2, quiet zone on both sides", qr.size, 25 + 8);
	assert_true(str_begins(qr.path, "M4 4h7v1h-7z"));
	for (const char *p = qr.path; *p != '\0'; p++)
		runs += *p == 'z';
	assert_true(runs > 100);
	assert_null(strpbrk(qr.path, "\"<>&"));
	arena_free(a);
}

static void test_long(void **state)
{
	struct arena *a = arena_new();
	char *text = arena_alloc(a, 5001);
	struct qr qr;

	(void)state;
	memset(text, 'x', 5000);
	check_int("too long for any", qr_make(a, text, &qr), -1);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
