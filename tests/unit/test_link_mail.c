#include "test.h"

#include "base/time.h"
#include "model/link_mail.h"
#include "model/message.h"
#include "people.h"

enum { HOLDER = 7, LEASE_S = 300, MANY = 100 };

static int64_t count(struct db *db, const char *where)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT COUNT(*) FROM link_mail"
					  " WHERE %s",
					  where));
}

static int ask(struct db *db, const char *staff_no)
{
	return link_mail_ask(db, staff_no, "192.0.2.1", time_now(), MANY);
}

static void test_ask_and_make(void **state)
{
	struct db *db = *state;

	people_make(db);
	check_int("somebody", ask(db, "T9001"), 1);
	check_int("nobody", ask(db, "T0"), 1);
	check_int("who left", ask(db, "T9007"), 1);
	check_int("without address", ask(db, "T9006"), 1);
	check_int("all are taken", link_mail_make(db), 4);
	check_int("one mail an address", count(db, "user = 9001"), 2);
	check_int("no others", count(db, "user <> 9001"), 0);
	check_int("none is left", link_mail_make(db), 0);
	check_int("what was typed is gone",
		  database_int(db, "SELECT COUNT(*) FROM my_page_request"
				   " WHERE staff_no <> ''"),
		  0);
	check_int("audited",
		  database_int(db, "SELECT people FROM audit WHERE action ="
				   " 'my page link mailed'"),
		  2);
}

static void test_dead_addresses(void **state)
{
	struct db *db = *state;

	people_make(db);
	database_do(db, "UPDATE address SET state = 'dead' WHERE user = 9001"
			" AND place = 1;"
			"UPDATE address SET state = 'dead' WHERE user = 9002");
	ask(db, "T9001");
	ask(db, "T9002");
	assert_int_equal(link_mail_make(db), 2);
	check_int("not to the dead one", count(db, "user = 9001"), 1);
	check_int("but where all are", count(db, "user = 9002"), 2);
}

static void test_limits(void **state)
{
	struct db *db = *state;
	int64_t now = time_now();

	people_make(db);
	for (int i = 0; i < LINK_ASK_MOST + 2; i++) {
		ask(db, "T9001");
		assert_int_equal(link_mail_make(db), 1);
	}
	check_int("of a person", count(db, "user = 9001"), 2 * LINK_ASK_MOST);
	for (int i = 0; i < 3; i++)
		check_int("of a network, first",
			  link_mail_ask(db, "T9002", "2001:db8::1", now, 3), 1);
	check_int("then no more",
		  link_mail_ask(db, "T9002", "2001:db8::2", now, 3), 0);
	check_int("so for nobody",
		  link_mail_ask(db, "T0", "2001:db8::2", now, 3), 0);
	check_int("another network",
		  link_mail_ask(db, "T0", "2001:db8:1::2", now, 3), 1);
	check_int("later again",
		  link_mail_ask(db, "T0", "2001:db8::2",
				now + (LINK_NETWORK_MIN + 1) *
						(int64_t)TIME_MINUTE,
				3),
		  1);
}

static void test_queue(void **state)
{
	struct db *db = *state;
	struct message *list, *late;

	people_make(db);
	ask(db, "T9001");
	assert_int_equal(link_mail_make(db), 1);
	check_int("due", link_mail_due(db, 9), 2);
	assert_int_equal(link_mail_claim(db, HOLDER, LEASE_S, 9, &list), 2);
	check_str("kind", list->link, "my_page");
	check_int("sealed", (long long)list->sealed_len, 1);
	check_int("person", list->user, 9001);
	assert_false(list->stopped);
	check_int("each once", link_mail_due(db, 9), 0);
	late = list;
	check_int("a crash", link_mail_take_back(db, HOLDER), 2);
	assert_int_equal(link_mail_claim(db, HOLDER, LEASE_S, 9, &list), 2);
	late->result = late->next->result = MESSAGE_REFUSED;
	assert_int_equal(link_mail_settle(db, late), 0);
	check_int("who comes late changes nothing",
		  count(db, "state = 'sending'"), 2);
	check_int("of another machine", link_mail_take_back(db, HOLDER + 1), 0);
	list->result = MESSAGE_HANDED;
	list->next->result = MESSAGE_LATER;
	list->next->later_s = 60;
	assert_int_equal(link_mail_settle(db, list), 0);
	check_int("handed", count(db, "state = 'handed' AND handed_at"), 1);
	check_int("later", count(db, "state = 'queued' AND due_at > NOW()"), 1);
	check_int("a later one is not due", link_mail_due(db, 9), 0);
}

static void test_stopped(void **state)
{
	struct db *db = *state;
	struct message *list;

	people_make(db);
	ask(db, "T9001");
	assert_int_equal(link_mail_make(db), 1);
	database_do(db, "DELETE FROM address WHERE user = 9001 AND place = 1");
	database_do(db, "UPDATE link_mail SET made_at = made_at"
			" - INTERVAL 3 HOUR WHERE address IS NOT NULL");
	assert_int_equal(link_mail_claim(db, HOLDER, LEASE_S, 9, &list), 2);
	check_int("address removed, or link past its end",
		  list->stopped && list->next->stopped, 1);
}

static void test_others(void **state)
{
	struct db *db = *state;
	struct message *list;
	int64_t now = time_now();

	people_make(db);
	database_do(db, "INSERT INTO new_address (id, user, sealed, digest,"
			" domain, class, made_at) VALUES (77, 9001, 'zz', 'd',"
			" 'au.example', 'au', NOW())");
	assert_int_equal(link_mail_add_new(db, 9001, 77, now), 0);
	assert_int_equal(link_mail_add_check(db, 9001, 90011, now), 0);
	check_int("counted",
		  link_mail_count(db, 9001, "new_address", now - TIME_SECOND),
		  1);
	assert_int_equal(link_mail_claim(db, HOLDER, LEASE_S, 9, &list), 2);
	check_str("new", list->link, "new_address");
	check_int("what the link is about", list->item, 77);
	check_int("to the typed one", (long long)list->sealed_len, 2);
	check_str("class", list->class, "au");
	check_int("a check", list->next->item, 90011);
	database_do(db, "UPDATE new_address SET made_at = NOW() -"
			" INTERVAL 4 DAY");
	assert_int_equal(link_mail_tidy(db), 0);
	check_int("never confirmed: forgotten",
		  database_int(db, "SELECT COUNT(*) FROM new_address"), 0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_ask_and_make), TEST(test_dead_addresses),
		TEST(test_limits),	 TEST(test_queue),
		TEST(test_stopped),	 TEST(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
