#include "test.h"

#include "model/user.h"
#include "model/user_change.h"
#include "people.h"

static const struct audit by_900 = { .account = 900, .actor = "t900" };
static const struct audit by_901 = { .account = 901, .actor = "t901" };
static const struct audit by_902 = { .account = 902, .actor = "t902" };

static int64_t lines(struct db *db, const char *action)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT COUNT(*) FROM audit"
					  " WHERE action = '%s'",
					  action));
}

/* SQL must be found again by its address: a copy that stays. */
static int64_t user_int(struct db *db, const char *column, int64_t id)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT %s FROM user WHERE id = %d",
					  column, (int)id));
}

static void test_add(void **state)
{
	static const struct {
		const char *name;
		const struct audit *by;
		const char *staff_no;
		int64_t group;
		int want;
	} rows[] = {
		{ "by a system admin", &by_900, "N1", 911, USER_DONE },
		{ "in no group", &by_900, "N2", 0, USER_DONE },
		{ "a taken number", &by_900, "T9001", 911, USER_NUMBER_TAKEN },
		{ "by a group admin", &by_901, "N3", 911, USER_DONE },
		{ "in another's group", &by_901, "N4", 920, USER_NOT_FOUND },
		{ "where he could not see him", &by_901, "N5", 0,
		  USER_NOT_FOUND },
		{ "in no such group", &by_900, "N6", 99999, USER_NOT_FOUND },
	};
	struct db *db = *state;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct user_draft d = { .audit = rows[i].by,
					      .staff_no = rows[i].staff_no,
					      .name = "新人",
					      .kana = "シンジン",
					      .lang = "ja" };
		int64_t id;

		check_int(rows[i].name, user_add(db, &d, rows[i].group, &id),
			  rows[i].want);
	}
	check_int("audited", lines(db, "user added"), 3);
	check_int(
		"findable",
		user_count(db, 900, &(struct user_query){ .text = "しんじん" }),
		3);
}

static void test_change(void **state)
{
	struct db *db = *state;
	struct user_draft d = { .audit = &by_901,
				.staff_no = "T9001",
				.name = "変更 後",
				.kana = "ヘンコウ ゴ",
				.lang = "en" };
	struct user u;

	people_make(db);
	check_int("changed", user_change(db, &d, 9001), USER_DONE);
	assert_int_equal(user_find(db, 900, 9001, &u), 1);
	check_str("name", u.name, "変更 後");
	check_int("version", u.version, 1);
	check_str("by whom", u.changed_by, "局一");
	check_int("the same again, by a second press",
		  user_change(db, &d, 9001), USER_DONE);
	check_int("is one change", lines(db, "user changed"), 1);
	d.name = "別の人";
	check_int("what was not seen", user_change(db, &d, 9001),
		  USER_CHANGED_MEANWHILE);
	assert_int_equal(user_find(db, 900, 9001, &u), 1);
	check_str("stays", u.name, "変更 後");
	d.version = 1;
	d.staff_no = "T9002";
	check_int("a taken number", user_change(db, &d, 9001),
		  USER_NUMBER_TAKEN);
	d.staff_no = "T9001";
	check_int("seen", user_change(db, &d, 9001), USER_DONE);
	check_int("another's", user_change(db, &d, 9004), USER_NOT_FOUND);
	check_int("nobody", user_change(db, &d, 1), USER_NOT_FOUND);
}

static void test_leave(void **state)
{
	struct db *db = *state;

	people_make(db);
	check_int("another's", user_leave(db, &by_902, 9001), USER_NOT_FOUND);
	check_int("left", user_leave(db, &by_901, 9001), USER_DONE);
	check_int("is no more active",
		  user_int(db, "state = 'left' AND left_at IS NOT NULL", 9001),
		  1);
	check_int("twice is once", user_leave(db, &by_901, 9001), USER_DONE);
	check_int("audited", lines(db, "user left"), 1);
	check_int("returned", user_return(db, &by_901, 9001), USER_DONE);
	check_int("is active",
		  user_int(db, "state = 'active' AND left_at IS NULL", 9001),
		  1);
}

/* The account of who leaves is shut and its sessions end; coming back does not
 * open it. */
static void test_leavers_account(void **state)
{
	static const char open[] = "SELECT COUNT(*) FROM account"
				   " WHERE id = 902 AND state = 'active'";
	static const char sessions[] = "SELECT COUNT(*) FROM session"
				       " WHERE account IN (901, 902)";
	struct db *db = *state;

	people_make(db);
	database_do(db, "UPDATE account SET user = 9001 WHERE id = 902;"
			"UPDATE account SET user = 9002 WHERE id = 901;"
			"INSERT INTO session (digest, account, csrf, made_at,"
			"                     seen_at)"
			" SELECT UNHEX(SHA2(id, 256)), id, 'x',"
			"        UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
			"   FROM account WHERE id IN (901, 902)");
	check_int("left", user_leave(db, &by_901, 9001), USER_DONE);
	check_int("shut", database_int(db, open), 0);
	check_int("its session only", database_int(db, sessions), 1);
	check_int("audited", lines(db, "account disabled"), 1);
	check_int("returned", user_return(db, &by_901, 9001), USER_DONE);
	check_int("still shut", database_int(db, open), 0);
	check_int("without an account", user_leave(db, &by_901, 9003),
		  USER_DONE);
	check_int("nothing to shut", lines(db, "account disabled"), 1);
}

static void test_revoke(void **state)
{
	struct db *db = *state;

	people_make(db);
	database_do(db, "UPDATE user SET link_generation = 255,"
			"       links_revoked_at = UTC_TIMESTAMP(6)"
			" WHERE id = 9001");
	check_int("another's", user_revoke_links(db, &by_902, 9001),
		  USER_NOT_FOUND);
	check_int("revoked", user_revoke_links(db, &by_901, 9001), USER_DONE);
	check_int("comes around", user_int(db, "link_generation", 9001), 0);
	check_int("again", user_revoke_links(db, &by_901, 9001), USER_DONE);
	check_int("next", user_int(db, "link_generation", 9001), 1);
}

/* A broadcast that asked two people, counted. */
static void ask(struct db *db)
{
	database_do(db,
		    "INSERT INTO broadcast (id, kind, subject, body, state,"
		    "        made_at) VALUES"
		    " (9500, 'safety', 'x', 'x', 'sent', UTC_TIMESTAMP(6)),"
		    " (9501, 'safety', 'x', 'x', 'closed', UTC_TIMESTAMP(6));"
		    "INSERT INTO recipient (broadcast, user) VALUES"
		    " (9500, 9001), (9501, 9001);"
		    "INSERT INTO tally_state (broadcast, folded_at) VALUES"
		    " (9500, UTC_TIMESTAMP(6)), (9501, UTC_TIMESTAMP(6));");
}

static void test_regions(void **state)
{
	static const char stale[] =
		"SELECT COUNT(*) FROM tally_state"
		" WHERE stale AND broadcast IN (9500, 9501)";
	struct db *db = *state;

	people_make(db);
	ask(db);
	check_int("another's",
		  user_set_region(db, &by_902, 9001, "work", "14", true),
		  USER_NOT_FOUND);
	check_int("home",
		  user_set_region(db, &by_901, 9001, "home", "14", true),
		  USER_DONE);
	check_int("is not counted by", database_int(db, stale), 0);
	check_int("of one not asked",
		  user_set_region(db, &by_901, 9002, "work", "14", true),
		  USER_DONE);
	check_int("leaves counters", database_int(db, stale), 0);
	for (int i = 0; i < 2; i++)
		check_int(
			"work",
			user_set_region(db, &by_901, 9001, "work", "14", true),
			USER_DONE);
	check_int("open ones are counted anew", database_int(db, stale), 1);
	check_int("audited once each", lines(db, "user region added"), 3);
	check_int("taken away",
		  user_set_region(db, &by_901, 9001, "work", "13", false),
		  USER_DONE);
	check_int("left over",
		  database_int(db, "SELECT COUNT(*) FROM user_region"
				   " WHERE user = 9001"),
		  2);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_add),	   TEST(test_change),
		TEST(test_leave),  TEST(test_leavers_account),
		TEST(test_revoke), TEST(test_regions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
