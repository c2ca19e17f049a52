#include "test.h"

#include "base/secret.h"
#include "base/time.h"
#include "base/totp.h"
#include "database.h"
#include "key_file.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/second_factor.h"
#include "model/setting.h"

/* RFC 6238, appendix B: the secret, a time and its code. */
static const char secret[] = "gezdgnbvgy3tqojqgezdgnbvgy3tqojq";
static const char code[] = "081804";
static const int64_t now = 1111111109LL * TIME_SECOND;
static const int64_t step = 37037036;

static const struct secret_keys *load(const char *text)
{
	const char *path = key_file(text, 0600);
	const struct secret_keys *keys = secret_keys_load(path);

	unlink(path);
	assert_non_null(keys);
	return keys;
}

static int64_t add(struct db *db, const char *login)
{
	struct account acc = {
		.login = login,
		.name = "x",
		.role = ROLE_OPERATOR,
		.password_hash = "",
	};

	return account_add(db, &acc);
}

static void test_life(void **state)
{
	struct db *db = *state;
	const struct secret_keys *keys = load("1 " KEY_ONE "\n");
	int64_t account = add(db, "factor-1");
	struct second_factor f;

	check_int("none yet", second_factor_find(db, account, &f), 0);
	check_int("no code of it", second_factor_use(db, account, step), 0);
	check_int("nothing to give up", second_factor_off(db, account), 0);
	check_int("set up",
		  second_factor_set(db, keys, account, secret, step - 5, now),
		  1);
	check_int("not over another one",
		  second_factor_set(db, keys, account, secret, 0, now), 0);
	check_int("it is there", second_factor_find(db, account, &f), 1);
	check_int("since", f.since == now, 1);
	check_int("its code",
		  second_factor_check(db, keys, account, &f, code, now), step);
	check_int("another code",
		  second_factor_check(db, keys, account, &f, "081805", now), 0);
	check_int("taken", second_factor_use(db, account, step), 1);
	check_int("once only", second_factor_use(db, account, step), 0);
	check_int("nor one before", second_factor_use(db, account, step - 1),
		  0);
	second_factor_find(db, account, &f);
	check_int("no more",
		  second_factor_check(db, keys, account, &f, code, now), 0);
	check_int("given up", second_factor_off(db, account), 1);
	check_int("gone", second_factor_find(db, account, &f), 0);
}

static void test_at_rest(void **state)
{
	struct db *db = *state;
	const struct secret_keys *keys = load("1 " KEY_ONE "\n");
	const struct secret_keys *other = load("1 " KEY_TWO "\n");
	int64_t a = add(db, "factor-2"), b = add(db, "factor-3");
	struct second_factor f;

	second_factor_set(db, keys, a, secret, 0, now);
	second_factor_find(db, a, &f);
	check_int("not to be read", strstr(f.closed, secret) == NULL, 1);
	check_int("not by another key",
		  second_factor_check(db, other, a, &f, code, now), -1);
	check_int("not as another account's",
		  second_factor_check(db, keys, b, &f, code, now), -1);
}

static void test_due(void **state)
{
	struct db *db = *state;
	const struct audit who = { .actor = "t901" };
	const struct setting on = { .name = SETTING_LOGIN_CODE, .value = "1" };

	check_int("off at first", second_factor_is_due(db, ROLE_SYSTEM_ADMIN),
		  0);
	check_int("on", setting_change(db, &who, &on, 1), 1);
	check_int("system admin", second_factor_is_due(db, ROLE_SYSTEM_ADMIN),
		  1);
	check_int("nobody else", second_factor_is_due(db, ROLE_OPERATOR), 0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_life),
		TEST(test_at_rest),
		TEST(test_due),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
