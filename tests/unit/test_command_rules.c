#include "command_test.h"

#include "base/time.h"
#include "database_own.h"
#include "people.h"

/* A trial has a connection of its own, so the test has a database of its own
 * that both name. */
static const char own[] = "anpi_command_rules";
static struct db *maker;

static const char stored[] =
	"CHECKSUM TABLE telegram, event, broadcast, open_key, audit, paging,"
	" rule";

/* Two rules: 901 informs all, 902 prepares a check; 903 is off. */
static const char rules[] =
	"DELETE FROM rule_target; DELETE FROM rule;"
	"INSERT INTO rule (id, name, kind, part, rank, purposes, audience,"
	"  action, subject, body, active) VALUES"
	" (901, '速報', 'quake', 'quick', 7, '', 'chosen', 'inform',"
	"  '{place}', '', TRUE),"
	" (902, '安否', 'quake', 'any', 6, 'work,home', 'regions', 'prepare',"
	"  '{title}', '', TRUE),"
	" (903, '止', 'quake', 'quick', 8, '', 'chosen', 'inform', '', '',"
	"  FALSE);"
	"INSERT INTO rule_target (rule, kind, item) VALUES"
	" (901, 'group', '910'), (903, 'group', '910');"
	"INSERT INTO user_region (user, region, purpose) VALUES"
	" (9001, '17', 'home'), (9002, '17', 'work')";

static int begin(void **state)
{
	static const char *const files[] = { "sql/seed_regions.sql",
					     "sql/seed_areas.sql",
					     "sql/migrations/080_disasters.sql",
					     "sql/migrations/110_history.sql" };

	command_setup(state);
	maker = database_own(own);
	for (size_t i = 0; i < LEN(files); i++) {
		char *sql = database_file(files[i]);

		database_do(maker, sql);
		free(sql);
	}
	people_make(maker);
	database_do(maker, rules);
	return 0;
}

static int end(void **state)
{
	database_own_end(maker, own);
	return command_teardown(state);
}

static int setup(void **state)
{
	const struct db_config config = {
		.socket = getenv("ANPI_TEST_SOCKET"),
		.name = own,
		.user = "root",
		.password = "",
		.timeout_s = 30,
	};
	struct db *db = db_open(&config);

	db->arena = arena_new();
	*state = db;
	return 0;
}

static int teardown(void **state)
{
	struct db *db = *state;

	arena_free(db->arena);
	db_close(db);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#define DIR "tests/data/sequence"

static void test_refuses(void **state)
{
	static const struct command_row rows[] = {
		{ "of what", "replay", 2, NULL, NULL },
		{ "of a folder and a day", "replay " DIR " --day 2024-01-01", 2,
		  NULL, NULL },
		{ "until a day", "replay " DIR " --to 2024-01-01", 2, NULL,
		  NULL },
		{ "no folder", "replay @none", 1, NULL, "none: No such file" },
		{ "no day", "replay --day 2026-02-30", 1, NULL,
		  "not a day: 2026-02-30" },
		{ "no last day", "replay --day 2026-02-01 --to x", 1, NULL,
		  "not a day: x" },
		{ "too many days", "replay --day 2026-02-01 --to 2026-02-08", 1,
		  NULL, "1 to 7 days can be tried" },
		{ "no days", "replay --day 2026-02-02 --to 2026-02-01", 1, NULL,
		  "1 to 7 days can be tried" },
		{ "no list", "replay " DIR " --on 901,x", 1, NULL,
		  "not a list of rules: 901,x" },
		{ "no list of those off", "replay " DIR " --off 901,1-3", 1,
		  NULL, "not a list of rules: 901,1-3" },
		{ "no such rule", "replay " DIR " --on 901,99", 1, NULL,
		  "there is no rule 99" },
		{ "no such rule is on", "replay " DIR " --on= --off 0", 1, NULL,
		  "there is no rule 0" },
	};

	check_commands(*state, commands_rules, stored, rows, LEN(rows));
}

/* The keys of the document, of an act and of a rule. */
static void test_json(void **state)
{
	static const struct command_row rows[] = {
		{ "what one rule would have done",
		  "replay " DIR " --json --off 902", 0,
		  "{\"telegrams\": 9, \"applied\": 9, \"events\": 5,"
		  " \"count\": 1, \"acts\": [{"
		  "  \"at\": \"2026-02-06T16:13:30+09:00\","
		  "  \"act\": \"inform\", \"rule\": 901, \"name\": \"速報\","
		  "  \"mark\": \"\", \"subject\": \"石川県など\","
		  "  \"people\": 4, \"send_at\": null, \"event\": \"*\","
		  "  \"kind\": \"quake\", \"title\": \"*\","
		  "  \"aftershock\": false}],"
		  " \"rules\": [{\"id\": 902, \"active\": false, \"acts\": 0},"
		  "  {\"id\": 901, \"name\": \"速報\","
		  "  \"kind\": \"quake\", \"action\": \"inform\","
		  "  \"active\": true, \"nobody\": false, \"acts\": 1,"
		  "  \"people\": 4, \"most\": 4},"
		  "  {\"id\": 903, \"active\": false, \"acts\": 0}],"
		  " \"faults\": [], \"stopped_at\": null, \"seconds\": \"*\"}",
		  NULL },
		{ "nothing is stored of that day",
		  "replay --day 2024-01-01 --to 2024-01-07 --json", 0,
		  "{\"telegrams\": 0, \"acts\": []}", NULL },
	};
	struct db *db = *state;
	const char *before = command_state(db->arena, db, stored);

	check_commands(db, commands_rules, stored, rows, LEN(rows));
	check_str("nothing is stored", command_state(db->arena, db, stored),
		  before);
}

/* Rules that are on and those that are off, as they are named. */
static void test_switched(void **state)
{
	static const struct {
		const char *line;
		int acts[3]; /* of 902, 901 and 903 */
	} rows[] = {
		{ "replay --json " DIR, { 3, 1, 0 } },
		{ "replay --json --on 903 " DIR, { 3, 1, 1 } },
		{ "replay --json --off=901,902 " DIR, { 0, 0, 0 } },
		{ "replay --json --off 901 --on 903 " DIR, { 3, 0, 1 } },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		const int *acts = rows[i].acts;
		struct db *db = *state;
		const struct command_row row = {
			.name = rows[i].line,
			.line = rows[i].line,
			.out = arena_fmt(db->arena,
					 "{\"rules\": [{\"acts\": %d},"
					 " {\"acts\": %d}, {\"acts\": %d}]}",
					 acts[0], acts[1], acts[2]),
		};

		check_command(db, commands_rules, &row, "");
	}
}

static void test_text(void **state)
{
	static const struct command_row rows[] = {
		{ "each act", "replay " DIR, 0,
		  "2026-02-06T16:13\tinform\t4 people\t速報\t石川県など\n",
		  NULL },
		{ "each rule that is on", "replay " DIR, 0,
		  "安否\nrule 901\t1 times\t4 people\t速報\n9 telegrams",
		  NULL },
		{ "counts", "replay " DIR " --off 902", 0,
		  "\n9 telegrams, 9 applied, 5 events, 1 acts, ", NULL },
	};

	check_commands(*state, commands_rules, stored, rows, LEN(rows));
}

/* Files that are no telegrams are told, and the others taken. */
static void test_faults(void **state)
{
	static const struct command_row row = {
		"told", "replay @mixed --json", 1,
		"{\"telegrams\": 1, \"faults\":"
		" [{\"file\": \"*\", \"reason\": \"*\"},"
		"  {\"file\": \"*\", \"reason\": \"*\"}]}",
		"folder: not a file"
	};
	static const struct command_row empty = { "no files", "replay @empty",
						  0, "0 telegrams", NULL };
	struct db *db = *state;
	size_t len;

	assert_int_equal(mkdir(command_path(db->arena, "mixed"), 0700), 0);
	assert_int_equal(mkdir(command_path(db->arena, "mixed/folder"), 0700),
			 0);
	assert_int_equal(mkdir(command_path(db->arena, "empty"), 0700), 0);
	command_file("mixed/text", "no telegram");
	command_file("mixed/.hidden", "no telegram");
	command_file("mixed/good",
		     file_read(db->arena, DIR "/02_VXSE51.xml", &len));
	check_command(db, commands_rules, &row, "");
	check_command(db, commands_rules, &empty, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_refuses), TEST(test_json),   TEST(test_switched),
		TEST(test_text),    TEST(test_faults),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
