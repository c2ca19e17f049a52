#include "test.h"

#include "base/time.h"
#include "model/carrier.h"
#include "people.h"

static const int64_t now = INT64_C(1795780800) * TIME_SECOND;

/* Four addresses of two systems, and one that was removed since. */
static void make(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"DELETE FROM address WHERE user BETWEEN 9001 AND 9005;"
		"INSERT INTO address (id, user, place, sealed, digest, domain,"
		"       class) VALUES"
		" (81, 9001, 1, 'x', REPEAT('a', 32), 'd.ne.jp', 'docomo'),"
		" (82, 9002, 1, 'x', REPEAT('b', 32), 'd.ne.jp', 'docomo'),"
		" (83, 9003, 1, 'x', REPEAT('c', 32), 'd.ne.jp', 'docomo'),"
		" (84, 9004, 1, 'x', REPEAT('d', 32), 'a.ne.jp', 'au');"
		"INSERT INTO broadcast (id, kind, subject, body, state, "
		"made_at)"
		" VALUES (901, 'safety', 's', 'b', 'sending',"
		"         FROM_UNIXTIME(1795780000)),"
		"        (902, 'notice', 's', 'b', 'sent',"
		"         FROM_UNIXTIME(1795780800) - INTERVAL 8 DAY);"
		"INSERT INTO delivery (broadcast, messages, handed) VALUES"
		" (901, 5, 3), (902, 1, 1);"
		"INSERT INTO message (id, broadcast, user, address, urgency,"
		"       state, due_at, handed_at, fate, fate_at) VALUES"
		" (1, 901, 9001, 81, 1, 'handed', UTC_TIMESTAMP(6),"
		"  FROM_UNIXTIME(1795780001), 'accepted',"
		"  FROM_UNIXTIME(1795780009)),"
		" (2, 901, 9002, 82, 1, 'handed', UTC_TIMESTAMP(6),"
		"  FROM_UNIXTIME(1795780002), 'deferred',"
		"  FROM_UNIXTIME(1795780010)),"
		" (3, 901, 9003, 83, 1, 'handed', UTC_TIMESTAMP(6),"
		"  FROM_UNIXTIME(1795780003), '', NULL),"
		" (4, 901, 9004, 84, 1, 'queued', UTC_TIMESTAMP(6), NULL, '',"
		"  NULL),"
		" (5, 901, 9004, NULL, 1, 'refused', UTC_TIMESTAMP(6), NULL,"
		"  '', NULL),"
		" (6, 902, 9001, 81, 1, 'handed', UTC_TIMESTAMP(6), NULL, '',"
		"  NULL);");
}

static void test_counted(void **state)
{
	struct db *db = *state;
	struct carrier *c;

	make(db);
	check_int("a week at most", carrier_count(db, now), 1);
	check_int("list", carrier_list(db, 901, &c), 0);
	check_str("the most mails first", carrier_show(c->class), "docomo");
	check_int("mails", c->messages, 3);
	check_int("waiting", c->waiting, 0);
	check_int("handed", c->handed, 1);
	check_int("accepted", c->accepted, 1);
	check_int("deferred", c->deferred, 1);
	check_int("first", c->first_handed, now - 799 * TIME_SECOND);
	check_int("last", c->last_handed, now - 797 * TIME_SECOND);
	check_int("accepted at", c->last_accepted, now - 791 * TIME_SECOND);
	c = c->next;
	check_str("then", carrier_show(c->class), "au");
	check_int("waiting", c->waiting, 1);
	check_int("none yet", c->first_handed, 0);
	c = c->next;
	check_str("of a removed address", carrier_show(c->class), "その他");
	check_int("refused", c->bounced, 1);
	assert_null(c->next);
	check_int("of none", carrier_list(db, 902, &c), 0);
	assert_null(c);
}

/* It is work: only what moved is counted again. */
static void test_moved(void **state)
{
	struct db *db = *state;
	struct carrier *c;

	make(db);
	carrier_count(db, now);
	check_int("nothing moved", carrier_count(db, now), 0);
	database_do(db, "UPDATE message SET fate = 'bounced' WHERE id = 2;"
			"UPDATE delivery SET bounced = 1 WHERE broadcast = 901;"
			"DELETE FROM message WHERE id = 5");
	check_int("one moved", carrier_count(db, now), 1);
	carrier_list(db, 901, &c);
	check_int("bounced", c->bounced, 1);
	check_int("and no more deferred", c->deferred, 0);
	assert_non_null(c->next);
	assert_null(c->next->next);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counted, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_moved, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
