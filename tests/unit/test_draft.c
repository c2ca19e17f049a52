#include "test.h"

#include "model/draft.h"
#include "people.h"

static void test_two_browsers(void **state)
{
	struct db *db = *state;
	struct draft d = { .subject = "件名", .form = "subject=a" }, other, got;
	struct draft *list;

	people_make(db);
	check_int("new", draft_save(db, 900, &d), 1);
	other = d;
	d.form = "subject=b";
	check_int("again", draft_save(db, 900, &d), 1);
	check_int("version", d.version, 2);
	check_int("the second browser", draft_save(db, 900, &other), 0);
	check_int("somebody else", draft_save(db, 901, &d), 0);
	assert_int_equal(draft_find(db, 900, d.id, &got), 1);
	check_str("the first one's stands", got.form, "subject=b");
	check_int("not theirs to see", draft_find(db, 901, d.id, &got), 0);
	assert_int_equal(draft_list(db, 900, NULL, 10, &list), 0);
	check_str("listed", list->subject, "件名");
	assert_null(list->next);
	assert_int_equal(draft_list(db, 900, "名", 10, &list), 0);
	assert_non_null(list);
	check_int("by a word", draft_count(db, 900, "名"), 1);
	assert_int_equal(draft_list(db, 900, "%", 10, &list), 0);
	assert_null(list);
	check_int("another word", draft_count(db, 900, "%"), 0);
	check_int("count", draft_count(db, 901, NULL), 0);
	check_int("not theirs to delete", draft_delete(db, 901, d.id), 0);
	check_int("deleted", draft_delete(db, 900, d.id), 1);
	check_int("a save after that", draft_save(db, 900, &d), 0);
}

static void test_send(void **state)
{
	struct db *db = *state;
	static struct target all = { .kind = "all", .item = "" };
	struct broadcast_draft what = {
		.kind = "notice",
		.subject = "s",
		.body = "b",
		.targets = &all,
		.account = 900,
		.expected = 5,
	};
	struct draft d = { .subject = "", .form = "" };
	int64_t id, people;

	people_make(db);
	assert_int_equal(draft_save(db, 900, &d), 1);
	check_int("another number", draft_send(db, d.id, &what, &id, &people),
		  BROADCAST_OTHER_COUNT);
	check_int("it stays", draft_count(db, 900, NULL), 1);
	what.expected = 6;
	check_int("sent", draft_send(db, d.id, &what, &id, &people),
		  BROADCAST_MADE);
	check_int("it is gone", draft_count(db, 900, NULL), 0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_two_browsers),
		TEST(test_send),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
