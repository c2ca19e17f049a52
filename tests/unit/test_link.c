#include "test.h"

#include "database.h"
#include "model/link.h"

static void make_people(struct db *db)
{
	database_do(db, "INSERT INTO user (id, staff_no, name, link_generation,"
			"                  links_revoked_at)"
			" VALUES (901, 'A901', '髙橋', 3, '2026-01-01'),"
			"        (902, 'A902', '山﨑', 0, NULL),"
			"        (903, 'A903', '𠮷野', 255, '2026-01-02')");
}

static void test_refresh(void **state)
{
	struct db *db = *state;
	static struct links *set; /* reachable to the end: no leak */
	static const struct {
		const char *name;
		int64_t user;
		unsigned generation;
		int want;
	} rows[] = {
		{ "revoked thrice, the present one", 901, 3, 1 },
		{ "an old one", 901, 2, 0 },
		{ "the first one", 901, 0, 0 },
		{ "never revoked", 902, 0, 1 },
		{ "one that never was", 902, 1, 0 },
		{ "the last possible", 903, 255, 1 },
		{ "nobody: no link of ours names him", 999, 0, 1 },
	};

	set = links_open();
	make_people(db);
	check_int("before the first look", links_is_current(set, 901, 0), 1);
	check_int("look", links_refresh(set, db), 0);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(
			rows[i].name,
			links_is_current(set, rows[i].user, rows[i].generation),
			rows[i].want);
}

static void test_revoke(void **state)
{
	struct db *db = *state;
	static struct links *set; /* reachable to the end: no leak */

	set = links_open();
	make_people(db);
	check_int("look", links_refresh(set, db), 0);
	check_int("revoke", link_revoke(db, 902), 1);
	check_int("once more", link_revoke(db, 901), 1);
	check_int("beyond the last", link_revoke(db, 903), 1);
	check_int("nobody", link_revoke(db, 999), 0);
	check_int("within a second", links_refresh(set, db), 0);
	check_int("it may still count", links_is_current(set, 902, 0), 1);
	usleep(1100000);
	check_int("look again", links_refresh(set, db), 0);
	check_int("old", links_is_current(set, 902, 0), 0);
	check_int("new", links_is_current(set, 902, 1), 1);
	check_int("of the other", links_is_current(set, 901, 4), 1);
	check_int("round again", links_is_current(set, 903, 0), 1);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_refresh),
		TEST(test_revoke),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
