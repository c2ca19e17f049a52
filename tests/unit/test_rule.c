#include "test.h"

#include "database.h"
#include "model/rule.h"

static void test_fill(void **state)
{
	static const struct rule_value values[] = {
		{ "level", "7" },
		{ "place", "{level}" },
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
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name,
			  rule_fill(a, rows[i].text, values, LEN(values)),
			  rows[i].want);
	arena_free(a);
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
		    " ('quake', 1, 'work', 'prepare', 'off', '', FALSE)");
	check_int("found", rule_find(db, "quake", &rule), 1);
	check_int("rank", rule.rank, 5);
	check_str("subject", rule.subject, "five");
	check_str("purposes", rule.purposes, "work,home");
	check_int("other kind", rule_find(db, "missile", &rule), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test_setup_teardown(
			test_find_takes_the_most_watchful, database_setup,
			database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
