#include "test.h"

#include "base/seal.h"
#include "base/time.h"
#include "model/audit.h"
#include "model/link_mail.h"
#include "model/own_address.h"
#include "people.h"

static const struct audit audit = { .actor = "test" };

/* An address told from others by its digest. */
static int add(struct db *db, int64_t user, unsigned char which)
{
	unsigned char digest[ADDRESS_DIGEST_LEN] = { which };
	const struct sealed_address a = {
		.sealed = (const unsigned char *)"sealed",
		.sealed_len = 6,
		.digest = digest,
		.domain = "docomo.example",
		.class = "docomo",
	};

	return own_address_add(db, &audit, user, &a, time_now());
}

static int64_t newest(struct db *db)
{
	return database_int(db, "SELECT MAX(id) FROM new_address");
}

static const char *places(struct db *db, int64_t user)
{
	struct str s = { .arena = db->arena };
	struct own_address *list;

	assert_int_equal(own_address_list(db, user, &list), 0);
	for (; list != NULL; list = list->next)
		str_fmt(&s, "%d:%s:%s ", list->place, list->state,
			list->origin);
	return str_text(&s);
}

static void test_add(void **state)
{
	struct db *db = *state;
	struct waiting_address *waiting;
	const char *domain;
	int64_t id, now = time_now();

	people_make(db);
	assert_int_equal(add(db, 9001, 1), OWN_ADDED);
	id = newest(db);
	assert_int_equal(own_address_waiting(db, 9001, &waiting), 0);
	check_int("waits", waiting->id, id);
	check_str("none of his yet", places(db, 9001),
		  "1:unknown:hr 2:unknown:hr ");
	check_int("again is the same one", add(db, 9001, 1), OWN_ADDED);
	check_int("same", newest(db), id);
	check_int("mailed twice", link_mail_count(db, 9001, "new_address", 1),
		  2);
	check_int("of another",
		  own_address_find_new(db, 9002, id, now, &domain), 0);
	check_int("confirmed by another",
		  own_address_confirm_new(db, &audit, 9002, id, now), 0);
	assert_int_equal(own_address_find_new(db, 9001, id, now, &domain), 1);
	check_str("domain", domain, "docomo.example");
	check_int("the press",
		  own_address_confirm_new(db, &audit, 9001, id, now), 1);
	check_str("is his", places(db, 9001),
		  "1:unknown:hr 2:unknown:hr 3:confirmed:self ");
	check_int("second press",
		  own_address_confirm_new(db, &audit, 9001, id, now), 0);
	check_int("he has it", add(db, 9001, 1), OWN_KNOWN);
	check_int("another may have it too", add(db, 9002, 1), OWN_ADDED);
}

static void test_came_by_another_way(void **state)
{
	struct db *db = *state;
	int64_t id;

	people_make(db);
	assert_int_equal(add(db, 9001, 1), OWN_ADDED);
	id = newest(db);
	database_do(db, "INSERT INTO address (user, place, sealed, digest,"
			" domain) SELECT user, 3, sealed, digest, domain"
			" FROM new_address");
	check_int("the press",
		  own_address_confirm_new(db, &audit, 9001, id, time_now()), 1);
	check_str("confirms it", places(db, 9001),
		  "1:unknown:hr 2:unknown:hr 3:confirmed:self ");
}

static void test_limits(void **state)
{
	struct db *db = *state;

	people_make(db);
	for (unsigned char i = 1; i <= OWN_WAITING_MOST; i++)
		assert_int_equal(add(db, 9001, i), OWN_ADDED);
	check_int("too many wait", add(db, 9001, 99), OWN_TOO_MANY);
	check_int("one that waits is mailed again", add(db, 9001, 1),
		  OWN_ADDED);
	check_int("drop", own_address_drop(db, &audit, 9001, newest(db)), 1);
	check_int("room again", add(db, 9001, 99), OWN_ADDED);
	for (int i = 0; i < LINK_NEW_MOST; i++)
		add(db, 9001, 1);
	check_int("a day's mails", link_mail_count(db, 9001, "new_address", 1),
		  LINK_NEW_MOST);
	check_int("then no more", add(db, 9001, 1), OWN_TOO_MANY);
	check_int("of another", own_address_drop(db, &audit, 9002, newest(db)),
		  0);
}

static void test_expired(void **state)
{
	struct db *db = *state;
	const char *domain;
	int64_t id, later = time_now() + (LINK_NEW_DAYS + 1) * (int64_t)24 *
						 60 * TIME_MINUTE;

	people_make(db);
	assert_int_equal(add(db, 9001, 1), OWN_ADDED);
	id = newest(db);
	check_int("not found",
		  own_address_find_new(db, 9001, id, later, &domain), 0);
	check_int("nor confirmed",
		  own_address_confirm_new(db, &audit, 9001, id, later), 0);
}

static void test_check(void **state)
{
	struct db *db = *state;
	int64_t now = time_now(), id = 90012;
	const char *domain;

	people_make(db);
	check_int("no check was asked for",
		  own_address_confirm(db, &audit, 9001, id, now), 0);
	check_int("another's", own_address_ask(db, &audit, 9002, id, now),
		  OWN_UNKNOWN);
	check_int("asked", own_address_ask(db, &audit, 9001, id, now),
		  OWN_ADDED);
	check_int("to be done",
		  own_address_find_checked(db, 9001, id, now, &domain), 1);
	database_do(db, "UPDATE address SET state = 'dead', last_status = 'x'"
			" WHERE id = 90012");
	check_int("the press",
		  own_address_confirm(db, &audit, 9001, id, now + 1), 1);
	check_int("done",
		  own_address_find_checked(db, 9001, id, now + 2, &domain), 2);
	check_int("confirmed now",
		  database_int(db, "SELECT state = 'confirmed' AND checked_at"
				   " IS NOT NULL AND last_status = '' FROM"
				   " address WHERE id = 90012"),
		  1);
	for (int i = 1; i < LINK_CHECK_MOST; i++)
		own_address_ask(db, &audit, 9001, id, now);
	check_int("ten a day", own_address_ask(db, &audit, 9001, id, now),
		  OWN_TOO_MANY);
}

static void test_remove(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();

	people_make(db);
	database_do(db, "UPDATE address SET origin = 'self' WHERE id = 90012");
	check_int("another's",
		  own_address_remove(db, &audit, 9002, 90011, true, now),
		  OWN_GONE);
	check_int("the first",
		  own_address_remove(db, &audit, 9001, 90011, false, now),
		  OWN_REMOVED);
	check_str("the other is first now", places(db, 9001),
		  "1:unknown:self ");
	check_int("again",
		  own_address_remove(db, &audit, 9001, 90011, false, now),
		  OWN_GONE);
	check_int("the last",
		  own_address_remove(db, &audit, 9001, 90012, false, now),
		  OWN_LAST);
	check_int("if he is sure",
		  own_address_remove(db, &audit, 9001, 90012, true, now),
		  OWN_REMOVED);
	check_int("remembered",
		  database_int(db, "SELECT COUNT(*) FROM removed_address"
				   " WHERE user = 9001"),
		  2);
	assert_int_equal(add(db, 9001, 5), OWN_ADDED);
	database_do(db, "UPDATE removed_address SET digest = (SELECT digest"
			" FROM new_address) WHERE user = 9001 LIMIT 1");
	assert_int_equal(
		own_address_confirm_new(db, &audit, 9001, newest(db), now), 1);
	check_int("wanted again: no longer removed",
		  database_int(db, "SELECT COUNT(*) FROM removed_address"
				   " WHERE user = 9001"),
		  1);
}

static void test_raise(void **state)
{
	struct db *db = *state;

	people_make(db);
	database_do(db, "UPDATE address SET origin = 'self' WHERE id = 90012");
	check_int("up", own_address_raise(db, &audit, 9001, 90012), 1);
	check_str("order", places(db, 9001), "1:unknown:self 2:unknown:hr ");
	check_int("no higher", own_address_raise(db, &audit, 9001, 90012), 0);
	check_int("another's", own_address_raise(db, &audit, 9002, 90011), 0);
}

static void test_fresh(void **state)
{
	struct db *db = *state;
	struct own_address *list;

	people_make(db);
	database_do(db, "UPDATE address SET state = 'confirmed', checked_at ="
			" NOW() - INTERVAL 181 DAY WHERE id = 90011;"
			"UPDATE address SET state = 'confirmed', checked_at ="
			" NOW() - INTERVAL 179 DAY WHERE id = 90012");
	assert_int_equal(own_address_list(db, 9001, &list), 0);
	assert_false(list->fresh);
	assert_true(list->next->fresh);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_add),	   TEST(test_came_by_another_way),
		TEST(test_limits), TEST(test_expired),
		TEST(test_check),  TEST(test_remove),
		TEST(test_raise),  TEST(test_fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
