#include "test.h"
#include "key_file.h"

#include "base/key.h"

static void test_load(void **state)
{
	static const struct {
		const char *name, *text;
		mode_t mode;
		int rc, first_id;
	} rows[] = {
		{ "one", "1 " KEY_ONE "\n", 0600, 0, 1 },
		{ "no line end", "1 " KEY_ONE, 0600, 0, 1 },
		{ "for a group", "1 " KEY_ONE "\n", 0640, 0, 1 },
		{ "remarks", "# x\n\n3 " KEY_ONE "\n", 0600, 0, 3 },
		{ "highest first", "3 " KEY_ONE "\n200 " KEY_TWO "\n", 0600, 0,
		  200 },
		{ "open to others", "1 " KEY_ONE "\n", 0604, -1, 0 },
		{ "empty", "", 0600, -1, 0 },
		{ "only a remark", "# x\n", 0600, -1, 0 },
		{ "id nought", "0 " KEY_ONE "\n", 0600, -1, 0 },
		{ "id too high", "256 " KEY_ONE "\n", 0600, -1, 0 },
		{ "twice", "1 " KEY_ONE "\n1 " KEY_TWO "\n", 0600, -1, 0 },
		{ "short", "1 0011\n", 0600, -1, 0 },
		{ "long", "1 " KEY_ONE "00\n", 0600, -1, 0 },
		{ "two blanks", "1  " KEY_ONE "\n", 0600, -1, 0 },
		{ "CR", "1 " KEY_ONE "\r\n", 0600, -1, 0 },
		{ "no id", KEY_ONE "\n", 0600, -1, 0 },
	};
	struct keys keys;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *path = key_file(rows[i].text, rows[i].mode);

		check_int(rows[i].name, keys_load(path, KEY_SECRET, &keys),
			  rows[i].rc);
		if (rows[i].rc == 0)
			check_int(rows[i].name, keys.list[0].id,
				  rows[i].first_id);
		unlink(path);
	}
	check_int("none", keys_load("/tmp/anpi-no-such-key", KEY_SECRET, &keys),
		  -1);
}

static void test_new(void **state)
{
	char dir[] = "/tmp/anpi-keys-XXXXXX", path[64];
	struct stat st;
	struct keys keys;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/key", dir);
	check_int("new", key_new(path), 0);
	check_int("stat", stat(path, &st), 0);
	check_int("mode", st.st_mode & 0777, 0600);
	check_int("load", keys_load(path, KEY_SECRET, &keys), 0);
	check_int("never over another", key_new(path), -1);
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_new),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
