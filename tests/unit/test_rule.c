#include "test.h"

#include <string.h>

#include "database.h"
#include "model/audit.h"
#include "model/rule.h"
#include "model/target.h"
#include "people.h"

static const struct audit admin = { .account = 900, .actor = "t900" };

static void test_fill(void **state)
{
	static const struct rule_value values[] = {
		{ "level", "7" },
		{ "place", "{level}" },
		{ "none", "" },
	};
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "nothing", "", "" },
		{ "a value", "震度{level}。", "震度7。" },
		{ "twice", "{level}{level}", "77" },
		{ "unknown stays", "{Level} {x}", "{Level} {x}" },
		{ "values are not looked through", "{place}", "{level}" },
		{ "open at the end", "a{level", "a{level" },
		{ "brace before a name", "{{level}", "{7" },
		{ "empty name", "{}", "{}" },
		{ "a line of an empty value", "a\n{none}\n\nb", "a\n\nb" },
		{ "the first line", "{none}\n\nb\n", "b\n" },
		{ "within a line", "a\n{none}b\n{none}{level}\n", "a\nb\n7\n" },
		{ "an empty line that is written", "a\n\n{level}", "a\n\n7" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name,
			  rule_fill(a, rows[i].text, values, LEN(values)),
			  rows[i].want);
	arena_free(a);
}

static void test_unknown(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", NULL },
		{ "{title}、{level}", NULL },
		{ "{title}{wave}", "{wave}" },
		{ "{Title}", "{Title}" },
		{ "{}", "{}" },
		{ "{title", NULL },
		{ "}{", NULL },
		{ "{{level}", NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].text, rule_unknown(a, rows[i].text),
			  rows[i].want);
	arena_free(a);
}

static void test_places(void **state)
{
	static const struct {
		const char *regions, *areas, *prefecture, *area;
		bool covers, names;
	} rows[] = {
		{ "", "", "13", "東京湾内湾", true, true },
		{ "13,14", "", "13", "", true, true },
		{ "13,14", "", "14", "", true, true },
		{ "13,14", "", "31", "", false, true },
		{ "", "富士山、東京湾内湾", "13", "東京湾内湾", true, true },
		{ "", "富士山、東京湾内湾", "13", "富士", true, false },
		{ "", "富士山", "13", "富士山頂", true, false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct rule rule = { .regions = rows[i].regions,
					   .areas = rows[i].areas };

		check_int(rows[i].regions,
			  rule_covers(&rule, rows[i].prefecture),
			  rows[i].covers);
		check_int(rows[i].areas, rule_names(&rule, rows[i].area),
			  rows[i].names);
	}
}

static void test_find_takes_the_most_watchful(void **state)
{
	struct db *db = *state;
	struct rule rule;

	database_do(db, "DELETE FROM rule");
	check_int("none", rule_find(db, "quake", &rule), 0);
	database_do(db,
		    "INSERT INTO rule (kind, rank, purposes, action, subject,"
		    "                  body, active) VALUES"
		    " ('quake', 7, 'work', 'prepare', 'seven', '', TRUE),"
		    " ('quake', 5, 'work,home', 'prepare', 'five', 'b', TRUE),"
		    " ('quake', 3, 'work,home', 'inform', 'news', 'b', TRUE),"
		    " ('quake', 1, 'work', 'prepare', 'off', '', FALSE)");
	check_int("found", rule_find(db, "quake", &rule), 1);
	check_int("rank", rule.rank, 5);
	check_str("subject", rule.subject, "five");
	check_str("purposes", rule.purposes, "work,home");
	check_int("other kind", rule_find(db, "missile", &rule), 0);
}

/* What the customer's text asks for is there from the start. */
static void test_from_the_start(void **state)
{
	static const struct {
		const char *kind, *part, *action;
	} rows[] = {
		{ "quake", "any", "prepare" },
		{ "quake", "quick", "inform" },
		{ "quake", "full", "inform" },
		{ "tsunami", "any", "inform" },
		{ "typhoon", "any", "inform" },
		{ "weather", "any", "inform" },
		{ "volcano", "any", "inform" },
		{ "landslide", "any", "inform" },
		{ "flood", "any", "inform" },
		{ "missile", "any", "prepare" },
		{ "missile", "any", "page" },
		{ "quake", "any", "page" },
		{ "weather", "rain", "inform" },
		{ "weather", "tornado", "inform" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		const struct rule_filter filter = { .kind = rows[i].kind,
						    .action = rows[i].action,
						    .active = true };
		struct rule *r;
		bool found = false;

		assert_int_equal(rule_list(db, &filter, &r), 0);
		for (; r != NULL; r = r->next) {
			found |= str_eq(r->part, rows[i].part);
			assert_null(rule_unknown(db->arena, r->subject));
			assert_null(rule_unknown(db->arena, r->body));
		}
		check_int(rows[i].kind, found, 1);
	}
	check_int("so many", database_int(db, "SELECT COUNT(*) FROM rule"), 17);
}

static bool prepares(struct db *db, const char *kind, const int *ranks,
		     int rank)
{
	const struct rule_filter filter = { .kind = kind, .active = true };
	struct rule *list;

	assert_int_equal(rule_list(db, &filter, &list), 0);
	return rule_prepares(db->arena, list, kind, ranks, rank);
}

static void test_prepares(void **state)
{
	struct db *db = *state;
	int ranks[RULE_PREFECTURES + 1] = { [13] = 6 };
	int none[RULE_PREFECTURES + 1] = { 0 };

	check_int("reached", prepares(db, "quake", ranks, 6), 1);
	ranks[13] = 5;
	check_int("below", prepares(db, "quake", ranks, 5), 0);
	check_int("a missile of which no place is known",
		  prepares(db, "missile", none, 5), 1);
	check_int("a tsunami of which none is",
		  prepares(db, "tsunami", none, 5), 0);
	database_do(db, "UPDATE rule SET regions = '14', rank = 5"
			" WHERE kind = 'quake'");
	check_int("elsewhere", prepares(db, "quake", ranks, 5), 0);
	ranks[14] = 5;
	check_int("there", prepares(db, "quake", ranks, 5), 1);
}

static struct rule a_rule(void)
{
	return (struct rule){
		.name = "試験",
		.kind = "tsunami",
		.part = "any",
		.rank = 3,
		.regions = "13,14",
		.areas = "東京湾内湾",
		.purposes = "home",
		.audience = "chosen",
		.action = "inform",
		.again = true,
		.quiet = true,
		.subject = "s",
		.body = "b",
		.active = true,
	};
}

static void test_save(void **state)
{
	struct db *db = *state;
	struct target user = { .kind = "user", .item = "9001" };
	struct target group = { .next = &user, .kind = "group", .item = "910" };
	struct rule rule = a_rule(), got;
	struct target *targets;
	const char *readers;
	struct stmt *s;

	people_make(db);
	check_int("new", rule_save(db, &admin, &rule, &group), RULE_SAVED);
	assert_int_equal(rule_get(db, rule.id, &got), 1);
	check_str("name", got.name, "試験");
	check_str("regions", got.regions, "13,14");
	check_str("areas", got.areas, "東京湾内湾");
	check_str("who", got.changed_by, "全省");
	check_int("readers", got.readers, 2);
	assert_true(got.again && got.quiet && got.active && !got.lifting);
	assert_int_equal(rule_readers(db, rule.id, &readers), 0);
	check_str("as typed", readers, "group:T1\nuser:T9001");
	assert_int_equal(rule_targets(db, &got, &targets), 0);
	check_str("targets", targets->kind, "group");
	check_str("targets", targets->next->item, "9001");

	rule.rank = 2;
	rule.version = got.version;
	check_int("changed", rule_save(db, &admin, &rule, &user), RULE_SAVED);
	check_int("by an older form", rule_save(db, &admin, &rule, NULL),
		  RULE_GONE);
	rule.id += 1000;
	check_int("none", rule_save(db, &admin, &rule, NULL), RULE_GONE);
	check_int("none", rule_get(db, rule.id, &got), 0);
	s = db_prepare(db,
		       "SELECT detail FROM audit ORDER BY seq DESC LIMIT 1");
	assert_int_equal(db_step(s), 1);
	check_str("before and after", db_text(s, 0),
		  "rank: \"3\" -> \"2\"; readers: \"group:T1\nuser:T9001\" -> "
		  "\"user:T9001\"");
	assert_int_equal(db_step(s), 0);
}

static void test_switch(void **state)
{
	struct db *db = *state;
	struct rule rule = a_rule(), got;

	people_make(db);
	assert_int_equal(rule_save(db, &admin, &rule, NULL), RULE_SAVED);
	check_int("off", rule_switch(db, &admin, rule.id, false), 1);
	check_int("stands so", rule_switch(db, &admin, rule.id, false), 0);
	assert_int_equal(rule_get(db, rule.id, &got), 1);
	assert_false(got.active);
	check_int("on", rule_switch(db, &admin, rule.id, true), 1);
	check_int("none", rule_switch(db, &admin, rule.id + 1000, true), 0);
	check_int("audit", database_int(db, "SELECT COUNT(*) FROM audit"), 3);
}

static void test_audience(void **state)
{
	struct db *db = *state;
	struct rule rule = { .id = 1, .audience = "all" };
	struct target *t;

	people_make(db);
	assert_int_equal(rule_targets(db, &rule, &t), 0);
	check_str("all", t->kind, "all");
	rule.audience = "operators";
	assert_int_equal(rule_targets(db, &rule, &t), 0);
	assert_null(t);
	database_do(db, "UPDATE account SET role = 'operator', user = 9002"
			" WHERE id IN (900, 903)");
	assert_int_equal(rule_targets(db, &rule, &t), 0);
	check_str("on duty", t->item, "9002");
	assert_null(t->next);
	rule.purposes = "work,home";
	check_str("usual", rule_region(db->arena, &rule, "13")->item, "13");
	rule.purposes = "family";
	check_str("others", rule_region(db->arena, &rule, "13")->item,
		  "13:family");
}

static void test_rank_words(void **state)
{
	static const struct {
		const char *kind, *want;
		int rank;
	} rows[] = {
		{ "quake", "震度5強以上", 6 },
		{ "tsunami", "大津波警報", 5 },
		{ "weather", "特別警報", 5 },
		{ "volcano", "火口周辺警報以上", 3 },
		{ "other", "注意以上", 2 },
		{ "overseas", "最も高い段階", 5 },
		{ "flood", "", 6 },
		{ "flood", "", -1 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].kind,
			  rule_rank_show(a, rows[i].kind, rows[i].rank),
			  rows[i].want);
	arena_free(a);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_rank_words),
		TEST(test_find_takes_the_most_watchful),
		TEST(test_from_the_start),
		TEST(test_prepares),
		TEST(test_save),
		TEST(test_switch),
		TEST(test_audience),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
