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

/* What is left out. */
static struct target all_no_911[] = {
	{ &all_no_911[1], "all", "", false },
	{ NULL, "group", "911", true },
};
static struct target tokyo_no_9001[] = {
	{ &tokyo_no_9001[1], "region", "13", false },
	{ &tokyo_no_9001[2], "user", "9001", true },
	{ NULL, "user", "9007", true },
};
static struct target g900_no_tokyo[] = {
	{ &g900_no_tokyo[1], "group", "900", false },
	{ NULL, "region", "13", true },
};
static struct target all_no_all[] = {
	{ &all_no_all[1], "all", "", false },
	{ NULL, "all", "", true },
};

/* How many the preview lists: it must be what is counted. */
static int listed(struct db *db, int64_t account, const struct target *list)
{
	struct target_person *p;
	int n = 0;

	assert_int_equal(target_preview(db, account, list, 100, &p), 0);
	for (; p != NULL; p = p->next)
		n++;
	return n;
}

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
		{ "all without a group", 0, all_no_911, 3 },
		{ "a region without a person", 0, tokyo_no_9001, 3 },
		{ "a group without a region", 0, g900_no_tokyo, 1 },
		{ "all without all", 0, all_no_all, 0 },
		{ "what is left out is within reach too", 901, all_no_911, 1 },
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
		check_int(rows[i].name,
			  listed(db, rows[i].account, rows[i].list),
			  rows[i].want);
	}
}

/* More than a word of people, and each bit of it. */
static void test_count_of_many(void **state)
{
	struct db *db = *state;
	static struct target many = { NULL, "group", "930", false };
	static struct target few[] = {
		{ &few[1], "group", "930", false },
		{ NULL, "group", "931", true },
	};
	int64_t people;

	people_make(db);
	database_do(db,
		    "INSERT INTO grp (id, parent, code, name) VALUES"
		    " (930, NULL, 'M', 'm'), (931, NULL, 'N', 'n');"
		    "INSERT INTO grp_path VALUES (930, 930, 0), (931, 931, 0);"
		    "INSERT INTO user (id, staff_no, name)"
		    " SELECT seq, CONCAT('M', seq), 'm'"
		    "   FROM seq_20000_to_20999;"
		    "INSERT INTO grp_member SELECT 930, seq"
		    "   FROM seq_20000_to_20999;"
		    "INSERT INTO grp_member SELECT 931, seq"
		    "   FROM seq_20000_to_20999_step_3");
	assert_int_equal(target_count(db, 0, &many, &people), 0);
	check_int("all", people, 1000);
	assert_int_equal(target_count(db, 0, few, &people), 0);
	check_int("two of three", people, 666);
}

/* Broadcast 90: 9001 said yes and 9002 no; 9004 and 9005 are silent, but 9005
 * has an answer that is not counted yet.  91 asks the silent of it again. */
static void make_earlier(struct db *db)
{
	database_do(db,
		    "INSERT INTO broadcast (id, kind, subject, body, state, "
		    "made_at,"
		    "  retry_of)"
		    " VALUES (90, 'notice', 's', 'b', 'sent', NOW(), NULL),"
		    "        (91, 'notice', 's', 'b', 'sent', NOW(), 90);"
		    "INSERT INTO question (id, broadcast, place, text)"
		    " VALUES (91, 90, 1, 'q');"
		    "INSERT INTO choice (id, question, place, text)"
		    " VALUES (92, 91, 1, 'はい'), (93, 91, 2, 'いいえ');"
		    "INSERT INTO recipient (broadcast, user, answered_at)"
		    " VALUES (90, 9001, NOW()), (90, 9002, NOW()),"
		    "        (90, 9004, NULL), (90, 9005, NULL);"
		    "INSERT INTO answer_choice (broadcast, user, choice)"
		    " VALUES (90, 9001, 92), (90, 9002, 93);"
		    "INSERT INTO answer (broadcast, user, at, channel, choices)"
		    " VALUES (90, 9005, NOW(6), 'link', '92');"
		    "INSERT INTO target (broadcast, kind, item, minus) VALUES"
		    " (90, 'chose', '92', 0), (90, 'group', '911', 1),"
		    " (91, 'answered', '90', 0), (91, 'answered', '90', 1),"
		    " (91, 'unanswered', '90', 1), (91, 'chose', '93', 1)");
}

static void test_earlier_answers(void **state)
{
	struct db *db = *state;
	static struct target chose = { NULL, "chose", "92", false };
	static struct target no_yes = { NULL, "chose", "92", true };
	static struct target no_answered = { NULL, "answered", "90", true };
	static struct target no_silent = { NULL, "unanswered", "90", true };
	static const struct {
		const char *name;
		struct target list;
		int64_t account, people;
	} rows[] = {
		{ "who chose it", { NULL, "chose", "92", 0 }, 0, 1 },
		{ "or is silent", { &chose, "unanswered", "90", 0 }, 0, 2 },
		{ "of one's own", { &chose, "unanswered", "90", 0 }, 902, 1 },
		{ "who answered", { NULL, "answered", "90", 0 }, 0, 3 },
		{ "or when asked again", { NULL, "answered", "91", 0 }, 0, 3 },
		{ "of one's own", { NULL, "answered", "90", 0 }, 902, 1 },
		{ "not who said yes", { &no_yes, "answered", "90", 0 }, 0, 2 },
		{ "nobody", { &no_answered, "answered", "90", 0 }, 0, 0 },
		{ "others", { &no_silent, "answered", "90", 0 }, 0, 3 },
		{ "not who answered",
		  { &no_answered, "group", "900", 0 },
		  0,
		  2 },
		{ "not the silent", { &no_silent, "group", "900", 0 }, 0, 4 },
		{ "not who said yes", { &no_yes, "group", "900", 0 }, 0, 4 },
	};
	struct target_person *p;
	int64_t people, shown;

	people_make(db);
	make_earlier(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_int_equal(target_count(db, rows[i].account,
					      &rows[i].list, &people),
				 0);
		check_int(rows[i].name, people, rows[i].people);
		assert_int_equal(target_preview(db, rows[i].account,
						&rows[i].list, 100, &p),
				 0);
		for (shown = 0; p != NULL; p = p->next)
			shown++;
		check_int(rows[i].name, shown, rows[i].people);
	}
}

static void test_earlier_answers_in_words(void **state)
{
	struct db *db = *state;
	struct target_word *w;

	people_make(db);
	make_earlier(db);
	assert_int_equal(target_words(db, 90, &w), 0);
	check_str("in words", w->name, "はい");
	check_str("of the question", w->question, "q");
	check_str("of the broadcast", w->subject, "s");
	check_str("left out", w->next->name, "課一");
	check_int("left out", w->next->minus, 1);
	assert_int_equal(target_words(db, 91, &w), 0);
	check_str("who answered", w->name, "s");
	check_int("is asked", w->minus, 0);
	for (w = w->next; w != NULL; w = w->next)
		check_int("is left out", w->minus, 1);
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
		TEST(test_earlier_answers),
		TEST(test_earlier_answers_in_words),
		TEST(test_count_of_many),
		TEST(test_what_is_no_number_is_refused),
		TEST(test_why),
		TEST(test_preview_is_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
