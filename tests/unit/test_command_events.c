#include "command_test.h"

#include "people.h"

static const char stored[] =
	"CHECKSUM TABLE event, event_region, decision, broadcast, target,"
	" question, stage, audit";

/* A main shock and two aftershocks, of which one waits; a drill. */
static const char happened[] =
	"DELETE FROM event;"
	"INSERT INTO event (id, kind, event_key, state, drill, title,"
	"  occurred_at, max_level, epicentre, magnitude, made_at, parent)"
	" VALUES"
	" (901, 'quake', 'k1', 'sent', FALSE, '本震', '2026-01-01', '6+',"
	"  '能登', '7.6', '2026-01-01 00:01:00', NULL),"
	" (902, 'quake', 'k2', 'prepared', FALSE, '余震', NULL, '5+', '', '',"
	"  '2026-01-01 00:02:00', 901),"
	" (903, 'tsunami', 'k3', 'recorded', TRUE, '訓練', NULL, '', '', '',"
	"  '2026-01-01 00:03:00', NULL);"
	"INSERT INTO event_region (event, region, name, level, rank,"
	"  decided_rank) VALUES"
	" (901, '17', '石川県', '6+', 8, 8), (901, '16', '富山県', '', 0, 6),"
	" (902, '17', '石川県', '5+', 6, 0);"
	"INSERT INTO broadcast (id, event, kind, subject, body, state, rule,"
	"  made_at) VALUES"
	" (911, 901, 'safety', '', '', 'sent', NULL, NOW()),"
	" (912, 901, 'info', '', '', 'sent', 1, NOW());"
	"INSERT INTO stage (event, broadcast, name, at) VALUES"
	" (901, 0, 'occurred', '2026-01-01'),"
	" (901, 911, 'first_handed', '2026-01-01 00:02:30')";

/* Two of the people of people_make are at the place of the quake. */
static int setup(void **state)
{
	struct db *db;

	if (database_setup(state) < 0)
		return -1;
	db = *state;
	people_make(db);
	database_do(db, happened);
	database_do(db, "INSERT INTO user_region (user, region, purpose) VALUES"
			" (9001, '17', 'work'), (9002, '17', 'home')");
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

#define CHECK "tests/data/jma/ishikawa_VXSE53_correction.xml"
#define BAD   "tests/data/jma/bad_truncated.xml"

static void test_ingest_refuses(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "ingest", 2, NULL, NULL },
		{ "usage", "ingest --all " CHECK, 2, NULL, NULL },
		{ "no file", "ingest @none", 1, NULL, "none: No such file" },
		{ "a folder", "ingest @programs", 1, NULL,
		  "programs: not readable" },
		{ "no telegram", "ingest " BAD, 1, "bad_truncated.xml: refused",
		  "bad_truncated.xml: " },
		{ "no telegram, as JSON",
		  "ingest --json tests/data/jma/bad_html.xml", 1,
		  "[{\"file\": \"bad_html.xml\", \"telegram\": \"*\","
		  "  \"event\": null, \"outcome\": \"refused\","
		  "  \"reason\": \"*\"}]",
		  "bad_html.xml: " },
		{ "no file, as JSON", "ingest @none --json", 1, "[]",
		  "none: No such file" },
	};

	check_commands(*state, commands_events, stored, rows, LEN(rows));
}

static void test_ingest(void **state)
{
	static const struct command_row rows[] = {
		{ "the others are taken", "ingest --json @none " BAD " " CHECK,
		  1,
		  "[{\"outcome\": \"refused\"},"
		  " {\"file\": \"ishikawa_VXSE53_correction.xml\","
		  "  \"telegram\": \"*\", \"event\": \"*\","
		  "  \"outcome\": \"applied\", \"reason\": \"\"}]",
		  "none: No such file" },
	};
	static const struct command_row again[] = {
		{ "as text, a second time", "ingest " CHECK, 0,
		  "ishikawa_VXSE53_correction.xml: duplicate, telegram ",
		  NULL },
	};
	struct db *db = *state;

	check_command(db, commands_events, &rows[0], "");
	check_int("an event",
		  database_int(db, "SELECT COUNT(*) FROM event"
				   " WHERE event_key = '20260302031107'"
				   "   AND state = 'prepared'"),
		  1);
	check_commands(db, commands_events, stored, again, LEN(again));
}

/* More than are taken in one transaction: each is told, in order. */
static void test_ingest_many(void **state)
{
	struct db *db = *state;
	struct str line = { .arena = db->arena };
	struct str want = { .arena = db->arena };
	struct command_row row = { "each", NULL, 1, NULL, "none.xml" };
	enum { FILES = 42 };

	str_add(&line, "ingest --json");
	str_add(&want, "[");
	for (int i = 0; i < FILES; i++) {
		const char *name = arena_fmt(db->arena, "n%d.xml", i);

		command_file(name, "no telegram");
		str_fmt(&line, " @%s", name);
		str_fmt(&want, "%s{\"file\": \"%s\"}", i == 0 ? "" : ", ",
			name);
	}
	str_add(&line, " @none.xml");
	str_add(&want, "]");
	row.line = str_text(&line);
	row.out = str_text(&want);
	check_command(db, commands_events, &row, "");
}

static void test_events(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "events 901", 2, NULL, NULL },
		{ "as text", "events", 0, "902\tprepared\t", NULL },
		{ "a drill is told apart", "events --kind tsunami", 0,
		  "\tdrill\t訓練\n", NULL },
		{ "none", "events --state folded", 0, "", NULL },
		{ "none, as JSON", "events --state folded --json", 0, "[]",
		  NULL },
		{ "of a state and a kind",
		  "events --state prepared --kind quake --json", 0,
		  "[{\"id\": 902, \"parent\": 901, \"occurred_at\": null}]",
		  NULL },
		{ "of the state, of another kind",
		  "events --state recorded --kind quake --json", 0, "[]",
		  NULL },
		{ "newest first", "events --json", 0,
		  "[{\"id\": 903, \"drill\": true}, {\"id\": 902}, {\"id\":"
		  " 901}]",
		  NULL },
		{ "as JSON", "events --state sent --json", 0,
		  "[{\"id\": 901, \"kind\": \"quake\", \"key\": \"k1\","
		  "  \"state\": \"sent\", \"drill\": false, \"title\":"
		  "  \"本震\", \"occurred_at\": \"2026-01-01T09:00:00+09:00\","
		  "  \"max_level\": \"6+\", \"epicentre\": \"能登\","
		  "  \"magnitude\": \"7.6\", \"parent\": null, \"regions\":"
		  "  [{\"code\": \"17\", \"name\": \"石川県\", \"level\":"
		  "    \"6+\"}], \"closed_at\": null, \"by_hand\": false,"
		  "  \"checks\": [911], \"information\": [912]}]",
		  NULL },
	};

	check_commands(*state, commands_events, stored, rows, LEN(rows));
}

static void test_stages(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "stages", 2, NULL, NULL },
		{ "no id", "stages x", 2, NULL, "not an id: x" },
		{ "unknown", "stages 99", 1, NULL, "there is no event 99" },
		{ "as text", "stages 901", 0,
		  "2026-01-01T09:00:00+09:00\toccurred\n"
		  "2026-01-01T09:02:30+09:00\tfirst_handed\n",
		  NULL },
		{ "as JSON", "stages 901 --json", 0,
		  "[{\"name\": \"occurred\","
		  "  \"at\": \"2026-01-01T09:00:00+09:00\","
		  "  \"broadcast\": null},"
		  " {\"name\": \"first_handed\","
		  "  \"at\": \"2026-01-01T09:02:30+09:00\","
		  "  \"broadcast\": 911}]",
		  NULL },
		{ "none yet", "stages 903 --json", 0, "[]", NULL },
	};

	check_commands(*state, commands_events, stored, rows, LEN(rows));
}

/* What those that decide have in common. */
static void test_deciding_refuses(void **state)
{
	static const struct command_row rows[] = {
		{ "confirm what", "confirm", 2, NULL, NULL },
		{ "confirm no id", "confirm x", 2, NULL, "not an id: x" },
		{ "confirm unknown", "confirm 99", 1, NULL,
		  "there is no event 99" },
		{ "confirm by nobody", "confirm 902 --account no", 1, NULL,
		  "there is no account no" },
		{ "confirm a drill", "confirm 903", 1, NULL,
		  "no check waits: the event is recorded" },
		{ "no number", "confirm 902 --number many", 1, NULL,
		  "not a number: many" },
		{ "another number", "confirm 902 --number 3", 1, NULL,
		  "2 people are to be asked, not 3" },
		{ "reject what", "reject --why 誤報", 2, NULL, NULL },
		{ "reject without a reason", "reject 902", 2, NULL, NULL },
		{ "reject with an empty one", "reject 902 --why=", 2, NULL,
		  NULL },
		{ "a reason that is no text", "reject 902 --why \xff", 1, NULL,
		  "too long or not UTF-8" },
		{ "reject no id", "reject x --why 誤報", 2, NULL,
		  "not an id: x" },
		{ "reject unknown", "reject 99 --why 誤報", 1, NULL,
		  "there is no event 99" },
		{ "reject by nobody", "reject 902 --why 誤報 --account no", 1,
		  NULL, "there is no account no" },
		{ "reject a drill", "reject 903 --why 誤報", 1, NULL,
		  "no check waits: the event is recorded" },
		{ "fold what", "fold 902 903", 2, NULL, NULL },
		{ "fold no id", "fold x", 2, NULL, "not an id: x" },
		{ "fold unknown", "fold 99", 1, NULL, "there is no event 99" },
		{ "fold by nobody", "fold 902 --account no", 1, NULL,
		  "there is no account no" },
		{ "fold a main shock", "fold 901", 1, NULL,
		  "no aftershock waits: the event is sent" },
		{ "close what", "close", 2, NULL, NULL },
		{ "close no id", "close x", 2, NULL, "not an id: x" },
		{ "close unknown", "close 99", 1, NULL,
		  "there is no event 99" },
		{ "close by nobody", "close 902 --account no", 1, NULL,
		  "there is no account no" },
	};

	check_commands(*state, commands_events, stored, rows, LEN(rows));
}

/* Each decision, by whom, and that it is not made twice. */
static void test_deciding(void **state)
{
	static const struct {
		struct command_row row, again;
		const char *left;
	} rows[] = {
		{ { "confirm", "confirm 902 --json", 0,
		    "{\"broadcast\": \"*\", \"people\": 2}", NULL },
		  { "again", "confirm 902", 1, NULL,
		    "no check waits: the event is sent" },
		  "sent, 1 broadcasts by anpictl\n" },
		{ { "with the number, in a name",
		    "confirm 902 --number 2 --account t901", 0,
		    " to 2 people\n", NULL },
		  { "again", "confirm 902 --number 2", 1, NULL,
		    "the event is sent" },
		  "sent, 1 broadcasts by t901\n" },
		{ { "reject", "reject 902 --why 誤報 --account t901", 0, "",
		    NULL },
		  { "again", "reject 902 --why 誤報", 1, NULL,
		    "no check waits: the event is rejected" },
		  "rejected, 0 broadcasts by t901\n" },
		{ { "reject, as JSON", "reject 902 --why 誤報 --json", 0,
		    "{\"event\": 902, \"state\": \"rejected\"}", NULL },
		  { "again", "reopen 901", 1, NULL,
		    "nothing to take up again: the event is " },
		  "rejected, 0 broadcasts by anpictl\n" },
		{ { "fold with a reason", "fold 902 --why 同じ揺れ --json", 0,
		    "{\"event\": 902, \"state\": \"folded\"}", NULL },
		  { "no text", "fold 902 --why \xff", 1, NULL, "UTF-8" },
		  "folded, 0 broadcasts by anpictl\n" },
		{ { "fold", "fold 902", 0, NULL, NULL },
		  { "again", "fold 902", 1, NULL,
		    "no aftershock waits: the event is folded" },
		  "folded, 0 broadcasts by anpictl\n" },
		{ { "close", "close 902", 0, NULL, NULL },
		  { "again", "close 902", 1, NULL, "the event is closed" },
		  "closed, 0 broadcasts by anpictl\n" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, "SAVEPOINT made; DELETE FROM audit");
		check_command(db, commands_events, &rows[i].row, "");
		check_commands(db, commands_events, stored, &rows[i].again, 1);
		check_str(rows[i].row.name,
			  command_state(db->arena, db,
					"SELECT CONCAT(e.state, ','),"
					"       CONCAT((SELECT COUNT(*)"
					"                 FROM broadcast"
					"                WHERE event = e.id),"
					"         ' broadcasts by ',"
					"         (SELECT MAX(actor)"
					"            FROM audit))"
					"  FROM event e WHERE e.id = 902"),
			  rows[i].left);
		database_do(db, "ROLLBACK TO made");
	}
}

/* A reason is measured in characters, as on the screen. */
static void test_long_reason(void **state)
{
	struct db *db = *state;
	struct command_row row = { "501", NULL, 1, NULL,
				   "the reason is too long" };

	row.line = arena_fmt(db->arena, "reject 902 --why %s",
			     command_times(db->arena, "a", 501));
	check_commands(db, commands_events, stored, &row, 1);
	row = (struct command_row){ .name = "500" };
	row.line = arena_fmt(db->arena, "reject 902 --why %s",
			     command_times(db->arena, "由", 500));
	check_command(db, commands_events, &row, "");
	check_int("kept",
		  database_int(db, "SELECT CHAR_LENGTH(reason)"
				   "  FROM event WHERE id = 902"),
		  500);
}

static void test_nobody_there(void **state)
{
	static const struct command_row rows[] = {
		{ "nobody", "confirm 902", 1, NULL,
		  "nobody lives or works there" },
	};
	struct db *db = *state;

	database_do(db, "DELETE FROM user_region WHERE region = '17'");
	check_commands(db, commands_events, stored, rows, LEN(rows));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_ingest_refuses), TEST(test_ingest),
		TEST(test_ingest_many),	   TEST(test_events),
		TEST(test_stages),	   TEST(test_deciding_refuses),
		TEST(test_deciding),	   TEST(test_nobody_there),
		TEST(test_long_reason),
	};

	return cmocka_run_group_tests(tests, command_setup, command_teardown);
}
