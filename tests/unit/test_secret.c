#include "test.h"

#include "base/secret.h"
#include "key_file.h"

static const struct secret_keys *load(const char *text)
{
	const char *path = key_file(text, 0600);
	const struct secret_keys *keys = secret_keys_load(path);

	unlink(path);
	assert_non_null(keys);
	return keys;
}

static void test_opens(void **state)
{
	const struct secret_keys *one = load("1 " KEY_ONE "\n");
	const struct secret_keys *two = load("1 " KEY_TWO "\n");
	const struct secret_keys *both = load("1 " KEY_ONE "\n2 " KEY_TWO "\n");
	struct arena *a = arena_new();
	const char *closed = secret_close(a, one, "of 1", "text");
	const char *newer = secret_close(a, both, "of 1", "text");
	const struct {
		const char *name;
		const struct secret_keys *keys;
		const char *purpose, *closed;
		bool want;
	} rows[] = {
		{ "ours", one, "of 1", closed, true },
		{ "by an older key", both, "of 1", closed, true },
		{ "by the newest key", both, "of 1", newer, true },
		{ "a key not there", one, "of 1", newer, false },
		{ "another site's key", two, "of 1", closed, false },
		{ "somebody else's", one, "of 2", closed, false },
		{ "nothing", one, "of 1", "", false },
		{ "too short", one, "of 1", "AAAA", false },
		{ "cut off", one, "of 1", arena_fmt(a, "%.40s", closed),
		  false },
		{ "no text of ours", one, "of 1", arena_fmt(a, "%s=", closed),
		  false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *text = secret_open(a, rows[i].keys, rows[i].purpose,
					       rows[i].closed);

		check_int(rows[i].name, text != NULL, rows[i].want);
		if (text != NULL)
			check_str(rows[i].name, text, "text");
	}
	check_int("never twice the same",
		  strcmp(closed, secret_close(a, one, "of 1", "text")) != 0, 1);
	arena_free(a);
}

static void test_every_bit_counts(void **state)
{
	const struct secret_keys *one = load("1 " KEY_ONE "\n");
	struct arena *a = arena_new();
	const char *closed = secret_close(a, one, "x", "text");

	(void)state;
	for (size_t i = 0; i < strlen(closed); i++) {
		char *other = arena_strdup(a, closed);

		other[i] = other[i] == 'A' ? 'B' : 'A';
		check_int("changed", secret_open(a, one, "x", other) == NULL,
			  1);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opens),
		cmocka_unit_test(test_every_bit_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
