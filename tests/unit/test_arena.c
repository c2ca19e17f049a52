#include "test.h" /* cmocka, LEN, check_int */

static void count(void *arg)
{
	(*(int *)arg)++;
}

static void test_alloc(void **state)
{
	struct arena *a = arena_new();
	static const size_t lens[] = { 0, 1, 15, 16, 65535, 65537, 1 << 20 };

	(void)state;
	for (size_t i = 0; i < LEN(lens); i++) {
		unsigned char *p = arena_alloc(a, lens[i]);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t j = 0; j < lens[i]; j++)
			assert_int_equal(p[j], 0);
		memset(p, 0xff, lens[i]);
	}
	arena_free(a);
}

static void test_reset_gives_zeroed_memory_again(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	memset(arena_alloc(a, 1000), 0xff, 1000);
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	assert_int_equal(((unsigned char *)arena_alloc(a, 1000))[999], 0);
	arena_free(a);
}

static void test_defer_runs_once_at_reset(void **state)
{
	struct arena *a = arena_new();
	int n = 0;

	(void)state;
	arena_defer(a, count, &n);
	arena_defer(a, count, &n);
	assert_int_equal(n, 0);
	arena_reset(a);
	assert_int_equal(n, 2);
	arena_free(a);
	assert_int_equal(n, 2);
}

static void test_fmt(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	check_str("fmt", arena_fmt(a, "%d 人 %s", 12, "𠮷"), "12 人 𠮷");
	check_str("strndup", arena_strndup(a, "abcdef", 3), "abc");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc),
		cmocka_unit_test(test_reset_gives_zeroed_memory_again),
		cmocka_unit_test(test_defer_runs_once_at_reset),
		cmocka_unit_test(test_fmt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
