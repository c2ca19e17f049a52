#include "test.h"

#include "model/target.h"
#include "people.h"

static struct target all = { .kind = "all", .item = "" };
static struct target g900 = { NULL, "group", "900", false };
static struct target g910 = { NULL, "group", "910", false };
static struct target g920_910 = { &g910, "group", "920", false };
static struct target tokyo = { NULL, "region", "13", false };
static struct target tokyo_kanagawa = { &tokyo, "region", "14", false };
static struct target nowhere = { NULL, "region", "99", false };
static struct target u9006 = { NULL, "user", "9006", false };
static struct target u9007 = { NULL, "user", "9007", false };
static struct target mixed2 = { &u9006, "group", "911", false };
static struct target mixed = { &mixed2, "region", "13", false };

static void test_count(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		int64_t account;
		const struct target *list;
		long long want;
	} rows[] = {
		{ "nobody", 0, NULL, 0 },
		{ "all but who left", 0, &all, 6 },
		{ "the whole tree, each once", 0, &g900, 5 },
		{ "those below", 0, &g910, 4 },
		{ "overlapping groups", 0, &g920_910, 5 },
		{ "work or home, not family", 0, &tokyo, 4 },
		{ "two prefectures", 0, &tokyo_kanagawa, 4 },
		{ "unknown prefecture", 0, &nowhere, 0 },
		{ "one person", 0, &u9006, 1 },
		{ "one who left", 0, &u9007, 0 },
		{ "union", 0, &mixed, 6 },
		{ "a system admin reaches all", 900, &all, 6 },
		{ "a group admin his own", 901, &all, 4 },
		{ "also by region", 902, &tokyo, 1 },
		{ "not a person elsewhere", 902, &u9006, 0 },
		{ "a shut account nobody", 903, &all, 0 },
		{ "nor a shut group admin", 904, &all, 0 },
		{ "an unknown account nobody", 999, &all, 0 },
	};

	people_make(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t people = -1;

		assert_int_equal(target_count(db, rows[i].account, rows[i].list,
					      &people),
				 0);
		check_int(rows[i].name, people, rows[i].want);
	}
}

static void test_what_is_no_number_is_refused(void **state)
{
	struct target bad = { NULL, "group", "911 OR 1", false };
	int64_t people;

	assert_int_equal(target_count(*state, 0, &bad, &people), -1);
}

static void test_why(void **state)
{
	struct db *db = *state;
	static const struct {
		int64_t user;
		const char *why;
	} want[] = {
		{ 9001, "work:13" }, { 9002, "work:13" },   { 9003, "work:13" },
		{ 9004, "home:13" }, { 9005, "group:911" }, { 9006, "user" },
	};
	struct target_person *p;

	people_make(db);
	assert_int_equal(target_preview(db, 0, &mixed, 10, &p), 0);
	for (size_t i = 0; i < LEN(want); i++) {
		assert_non_null(p);
		check_int("user", p->user, want[i].user);
		check_str("why", p->why, want[i].why);
		p = p->next;
	}
	assert_null(p);
	assert_int_equal(target_preview(db, 0, &tokyo_kanagawa, 10, &p), 0);
	check_str("work before home", p->next->next->next->why, "work:14");
}

static void test_preview_is_short(void **state)
{
	struct db *db = *state;
	struct target_person *p;

	people_make(db);
	assert_int_equal(target_preview(db, 0, &all, 2, &p), 0);
	check_str("first", p->staff_no, "T9001");
	check_str("second", p->next->name, "試験9002");
	assert_null(p->next->next);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_count),
		TEST(test_what_is_no_number_is_refused),
		TEST(test_why),
		TEST(test_preview_is_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
