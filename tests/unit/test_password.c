#include "test.h"

#include "base/password.h"

/* The least Argon2id takes: for tests of the form, not of the strength. */
static const struct password_cost least = { .passes = 1, .memory = 8192 };

static void test_round(void **state)
{
	struct arena *a = arena_new();
	char *hash = password_hash(a, "ひらけごま 123", &least);
	char *again = password_hash(a, "ひらけごま 123", &least);

	(void)state;
	assert_true(str_begins(hash, "$argon2id$"));
	assert_string_not_equal(hash, again);
	check_int("right", password_verify(hash, "ひらけごま 123"), 1);
	check_int("wrong", password_verify(hash, "ひらけごま 124"), 0);
	check_int("empty", password_verify(hash, ""), 0);
	check_int("not a hash", password_verify("x", "x"), 0);
	check_int("nobody", password_verify(NULL, "x"), 0);
	check_int("same cost", password_is_outdated(hash, &least), 0);
	check_int("dearer now",
		  password_is_outdated(hash, &password_cost_usual), 1);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_round) };

	return cmocka_run_group_tests_name("password", tests, NULL, NULL);
}
