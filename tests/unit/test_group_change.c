#include "test.h"

#include "model/group.h"
#include "model/group_change.h"
#include "people.h"

static const struct audit by_900 = { .account = 900, .actor = "t900" };
static const struct audit by_901 = { .account = 901, .actor = "t901" };
static const struct audit by_902 = { .account = 902, .actor = "t902" };

/* How many rows of grp_path differ from what the parents say. */
static int64_t wrong_paths(struct db *db)
{
	return database_int(
		db, "WITH RECURSIVE up (ancestor, descendant, depth) AS ("
		    "  SELECT id, id, 0 FROM grp UNION ALL"
		    "  SELECT g.parent, u.descendant, u.depth + 1 FROM up u"
		    "    JOIN grp g ON g.id = u.ancestor"
		    "   WHERE g.parent IS NOT NULL)"
		    "SELECT (SELECT COUNT(*) FROM up)"
		    "     + (SELECT COUNT(*) FROM grp_path) - 2 * COUNT(*)"
		    "  FROM up u JOIN grp_path p ON p.ancestor = u.ancestor"
		    "   AND p.descendant = u.descendant AND p.depth = u.depth");
}

static void test_add(void **state)
{
	static const struct {
		const char *name;
		const struct audit *by;
		int64_t parent;
		const char *code;
		int want;
	} rows[] = {
		{ "at the top", &by_900, 0, "X1", GROUP_DONE },
		{ "below", &by_900, 911, "X2", GROUP_DONE },
		{ "a taken code", &by_900, 911, "X2", GROUP_CODE_TAKEN },
		{ "below one's own", &by_901, 911, "X3", GROUP_DONE },
		{ "below another's", &by_901, 920, "X4", GROUP_NOT_FOUND },
		{ "at the top by a group admin", &by_901, 0, "X5",
		  GROUP_NOT_FOUND },
		{ "below none", &by_900, 99999, "X6", GROUP_NOT_FOUND },
	};
	struct db *db = *state;
	int64_t id;

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  group_add(db, rows[i].by, rows[i].parent,
				    rows[i].code, "新", &id),
			  rows[i].want);
	check_int("paths", wrong_paths(db), 0);
}

static void test_rename(void **state)
{
	struct db *db = *state;
	struct group g;

	people_make(db);
	check_int("own", group_rename(db, &by_901, 911, "Y1", "改名"),
		  GROUP_DONE);
	assert_int_equal(group_find(db, 900, 911, &g), 1);
	check_str("name", g.name, "改名");
	check_int("another's", group_rename(db, &by_902, 911, "Y2", "x"),
		  GROUP_NOT_FOUND);
	check_int("taken", group_rename(db, &by_901, 911, "T2", "x"),
		  GROUP_CODE_TAKEN);
}

static void test_move(void **state)
{
	static const struct {
		const char *name;
		const struct audit *by;
		int64_t id, parent;
		int want;
	} rows[] = {
		{ "below itself", &by_900, 910, 910, GROUP_BELOW_SELF },
		{ "below one of its own", &by_900, 910, 911, GROUP_BELOW_SELF },
		{ "the top below all", &by_900, 900, 911, GROUP_BELOW_SELF },
		{ "to another's", &by_901, 911, 920, GROUP_NOT_FOUND },
		{ "another's", &by_902, 911, 920, GROUP_NOT_FOUND },
		{ "his own top", &by_901, 910, 911, GROUP_OWN_TOP },
		{ "to none", &by_900, 911, 99999, GROUP_NOT_FOUND },
		{ "to the top by a group admin", &by_901, 911, 0,
		  GROUP_NOT_FOUND },
		{ "where it is", &by_900, 911, 910, GROUP_DONE },
		{ "a subtree", &by_900, 910, 920, GROUP_DONE },
		{ "to the top", &by_900, 910, 0, GROUP_DONE },
		{ "and back", &by_900, 910, 900, GROUP_DONE },
	};
	struct db *db = *state;

	people_make(db);
	check_int("before", wrong_paths(db), 0);
	for (size_t i = 0; i < LEN(rows); i++) {
		check_int(
			rows[i].name,
			group_move(db, rows[i].by, rows[i].id, rows[i].parent),
			rows[i].want);
		check_int(rows[i].name, wrong_paths(db), 0);
	}
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'group moved'"),
		  3);
}

static void test_depth(void **state)
{
	struct db *db = *state;
	int64_t id = 911;
	int rc = GROUP_DONE, made = 0;

	people_make(db);
	while ((rc = group_add(db, &by_900, id,
			       arena_fmt(db->arena, "Z%d", made), "深い",
			       &id)) == GROUP_DONE)
		made++;
	check_int("an end", rc, GROUP_TOO_DEEP);
	check_int("of levels", made, GROUP_DEPTH_MAX - 3);
	check_int("a chain below", group_move(db, &by_900, 920, 911),
		  GROUP_DONE);
	check_int("too deep to be moved", group_move(db, &by_900, 910, 920),
		  GROUP_BELOW_SELF);
	check_int("paths", wrong_paths(db), 0);
}

static void test_delete(void **state)
{
	struct db *db = *state;
	int64_t id;

	people_make(db);
	check_int("with groups below", group_delete(db, &by_900, 900),
		  GROUP_NOT_EMPTY);
	check_int("with people", group_delete(db, &by_900, 911),
		  GROUP_NOT_EMPTY);
	check_int("his own top", group_delete(db, &by_902, 920), GROUP_OWN_TOP);
	check_int("another's", group_delete(db, &by_902, 911), GROUP_NOT_FOUND);
	assert_int_equal(group_add(db, &by_901, 911, "E", "空", &id),
			 GROUP_DONE);
	check_int("empty", group_delete(db, &by_901, id), GROUP_DONE);
	check_int("again", group_delete(db, &by_901, id), GROUP_NOT_FOUND);
	check_int("paths", wrong_paths(db), 0);
}

static void test_members(void **state)
{
	static const char stale[] = "SELECT COUNT(*) FROM tally_state"
				    " WHERE stale AND broadcast = 9500";
	static const int64_t people[] = { 9002, 9004, 9007, 9002, 77 };
	struct db *db = *state;
	int64_t done;

	people_make(db);
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body, state,"
			"        made_at) VALUES"
			" (9500, 'safety', 'x', 'x', 'sent', UTC_TIMESTAMP(6));"
			"INSERT INTO recipient (broadcast, user) VALUES"
			" (9500, 9002);");
	check_int("another's group",
		  group_add_members(db, &by_902, 910, people, 1, &done),
		  GROUP_NOT_FOUND);
	check_int(
		"added",
		group_add_members(db, &by_901, 910, people, LEN(people), &done),
		GROUP_DONE);
	check_int("who is in reach and not left", done, 1);
	check_int("counted anew", database_int(db, stale), 1);
	check_int(
		"again",
		group_add_members(db, &by_901, 910, people, LEN(people), &done),
		GROUP_DONE);
	check_int("nobody", done, 0);
	check_int("taken out",
		  group_remove_members(db, &by_901, 910, people, 1, &done),
		  GROUP_DONE);
	check_int("one", done, 1);
	check_int("stays in his other group",
		  database_int(db, "SELECT COUNT(*) FROM grp_member"
				   " WHERE user = 9002"),
		  1);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *staff_no;
		int64_t user;
		bool left;
	} want[] = {
		{ "T9001", 9001, false }, { "T9004", 0, false },
		{ "T9007", 9007, true },  { "x\"y\\", 0, false },
		{ "髙", 0, false },	  { "T9002", 9002, false },
		{ "T9001", 9001, false },
	};
	struct db *db = *state;
	struct group_number *n;

	people_make(db);
	assert_int_equal(group_read_numbers(db, 901,
					    " T9001, T9004\n\nT9007;x\"y\\ 髙"
					    "　T9002\nT9001\n",
					    &n),
			 0);
	for (size_t i = 0; i < LEN(want); i++, n = n->next) {
		assert_non_null(n);
		check_str("number", n->staff_no, want[i].staff_no);
		check_int(n->staff_no, n->user, want[i].user);
		check_int(n->staff_no, n->left, want[i].left);
	}
	assert_null(n);
	assert_int_equal(group_read_numbers(db, 901, " \n", &n), 0);
	assert_null(n);
}

static void test_admins(void **state)
{
	struct db *db = *state;
	struct group_admin *list;

	people_make(db);
	check_int("by the admin of one above",
		  group_set_admin(db, &by_901, 911, "t902", "deputy"),
		  GROUP_DONE);
	assert_int_equal(group_admins(db, 911, &list), 0);
	check_str("kind", list->kind, "deputy");
	check_int("a deputy names none",
		  group_set_admin(db, &by_902, 911, "t901", "admin"),
		  GROUP_NOT_ALLOWED);
	check_int("raised", group_set_admin(db, &by_900, 911, "t902", "admin"),
		  GROUP_DONE);
	check_int("then he does",
		  group_set_admin(db, &by_902, 911, "t901", "deputy"),
		  GROUP_DONE);
	check_int("of another role",
		  group_set_admin(db, &by_900, 911, "t900", "admin"),
		  GROUP_NO_ACCOUNT);
	check_int("shut", group_set_admin(db, &by_900, 911, "t904", "admin"),
		  GROUP_NO_ACCOUNT);
	check_int("shut, and taken away",
		  group_set_admin(db, &by_900, 910, "t904", NULL), GROUP_DONE);
	check_int("out of reach",
		  group_set_admin(db, &by_901, 920, "t901", "admin"),
		  GROUP_NOT_FOUND);
	assert_int_equal(group_admins(db, 910, &list), 0);
	check_str("left over", list->login, "t901");
	assert_null(list->next);
}

static void test_search(void **state)
{
	struct db *db = *state;
	struct group *list;
	int64_t count;

	people_make(db);
	assert_int_equal(group_search(db, 900, "T1", "", 1, &list, &count), 0);
	check_int("two", count, 2);
	check_str("first", list->code, "T1");
	assert_null(list->next);
	assert_int_equal(group_search(db, 900, "T1", "T1", 9, &list, &count),
			 0);
	check_str("next", list->path, "省 / 局一");
	check_int("people", list->members, 3);
	assert_int_equal(group_search(db, 902, "局", "", 9, &list, &count), 0);
	check_int("of his own", count, 1);
	assert_int_equal(group_path(db, 901, 911, &list), 0);
	check_str("way", list->name, "局一");
	check_str("end", list->next->name, "課一");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_add),	    TEST(test_rename), TEST(test_move),
		TEST(test_depth),   TEST(test_delete), TEST(test_members),
		TEST(test_numbers), TEST(test_admins), TEST(test_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
