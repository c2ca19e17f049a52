#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/open_key.h"

static int64_t make(struct db *db, const char *kind, const char *key,
		    const char *others, bool drill)
{
	struct open_key keys = {
		.kind = kind, .key = key, .others = others, .drill = drill
	};

	return open_key_make(db, &keys, time_now());
}

static int64_t hold(struct db *db, const char *kind, const char *key,
		    const char *others, bool any_kind)
{
	struct open_key keys = {
		.kind = kind, .key = key, .others = others, .any_kind = any_kind
	};

	return open_key_hold(db, &keys);
}

static void test_finding(void **state)
{
	struct db *db = *state;
	int64_t first = make(db, "tsunami", "a", "b c", false);
	int64_t other = make(db, "volcano", "a", "", false);
	int64_t drill = make(db, "tsunami", "a", "", true);
	const struct {
		const char *name, *kind, *key, *others;
		bool any_kind;
		int64_t want;
	} rows[] = {
		{ "by its key", "tsunami", "a", "", false, first },
		{ "by another", "tsunami", "c", "", false, first },
		{ "by one of several", "tsunami", "x", "y b", false, first },
		{ "by none", "tsunami", "x", "y", false, 0 },
		{ "of another kind", "volcano", "a", "", false, other },
		{ "of no such kind", "flood", "a", "", false, 0 },
		{ "whatever its kind", "flood", "b", "", true, first },
		{ "its own kind first", "volcano", "a", "", true, other },
	};

	assert_true(first > 0 && other > first && drill > other);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  hold(db, rows[i].kind, rows[i].key, rows[i].others,
			       rows[i].any_kind),
			  rows[i].want);
	check_int("made once", make(db, "tsunami", "b", "", false), first);
}

static void test_giving_up(void **state)
{
	struct db *db = *state;
	int64_t first = make(db, "volcano", "506", "", false), next;

	assert_int_equal(open_key_give_up(db, first), 0);
	check_int("none", hold(db, "volcano", "506", "", false), 0);
	next = make(db, "volcano", "506", "", false);
	assert_true(next > first);
	check_int("the new one", hold(db, "volcano", "506", "", false), next);
}

static void test_adding(void **state)
{
	struct db *db = *state;
	int64_t first = make(db, "tsunami", "a", "", false);
	int64_t second = make(db, "tsunami", "b", "", false);
	const struct open_key keys = { .kind = "tsunami",
				       .key = "a",
				       .others = "b d" };

	assert_int_equal(open_key_add(db, &keys, first), 0);
	check_int("what is another's stays so",
		  hold(db, "tsunami", "b", "", false), second);
	check_int("a free one", hold(db, "tsunami", "d", "", false), first);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_finding),
		TEST(test_giving_up),
		TEST(test_adding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
