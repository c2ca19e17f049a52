#include "test.h"

#include "base/mac.h"
#include "key_file.h"

static const struct mac_keys *load(const char *text, const char *purpose)
{
	const char *path = key_file(text, 0600);
	const struct mac_keys *keys = mac_keys_load(path, purpose);

	unlink(path);
	assert_non_null(keys);
	return keys;
}

static void test_only_our_own(void **state)
{
	const struct mac_keys *one = load("1 " KEY_ONE "\n", "test");
	const struct mac_keys *two = load("1 " KEY_TWO "\n", "test");
	const struct mac_keys *other = load("1 " KEY_ONE "\n", "else");
	const struct mac_keys *both =
		load("1 " KEY_ONE "\n200 " KEY_TWO "\n", "test");
	struct arena *a = arena_new();
	const char *mac = mac_make(a, one, "bytes", 5);
	size_t len = strlen(mac);
	const struct {
		const char *name;
		const struct mac_keys *keys;
		const char *mac, *bytes;
		bool want;
	} rows[] = {
		{ "ours", one, mac, "bytes", true },
		{ "an older key", both, mac, "bytes", true },
		{ "another site's key", two, mac, "bytes", false },
		{ "another purpose", other, mac, "bytes", false },
		{ "other bytes", one, mac, "bytez", false },
		{ "fewer bytes", one, mac, "byte", false },
		{ "no mac", one, "", "bytes", false },
		{ "key not there", one, arena_fmt(a, "2%s", mac + 1), "bytes",
		  false },
		{ "digit changed", one,
		  arena_fmt(a, "%.*s%c", (int)len - 1, mac,
			    mac[len - 1] == '0' ? '1' : '0'),
		  "bytes", false },
		{ "newest key signs", both, mac_make(a, both, "bytes", 5),
		  "bytes", true },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  mac_is_ours(rows[i].keys, rows[i].mac,
				      strlen(rows[i].mac), rows[i].bytes,
				      strlen(rows[i].bytes)),
			  rows[i].want);
	check_int("length", (long long)strlen(mac_make(a, both, "", 0)),
		  MAC_TEXT_MAX);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_our_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
