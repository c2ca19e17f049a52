#include "command_test.h"

#include "base/key.h"
#include "base/seal.h"
#include "database_own.h"
#include "people.h"

/* Reading a file commits, so the test has a database of its own. */
static const char own[] = "anpi_command_files";
static struct db *db;

/* What a file may change; imports and their rows are kept also if refused. */
static const char stored[] = "CHECKSUM TABLE user, grp, grp_path, grp_member,"
			     " user_region, address";

static int begin(void **state)
{
	char digest[128];

	command_setup(state);
	snprintf(digest, sizeof(digest), "%s/digest.key", command_folder);
	assert_int_equal(key_new(digest), 0);
	assert_int_equal(seal_keys_new(command_folder), 0);
	db = database_own(own);
	database_do(db, "INSERT INTO region (code, kind, name) VALUES"
			" ('13', 'prefecture', '東京都'),"
			" ('14', 'prefecture', '神奈川県');"
			"INSERT INTO region (code, kind, name, parent) VALUES"
			" ('13101', 'municipality', '千代田区', '13')");
	people_make(db);
	return 0;
}

static int end(void **state)
{
	database_own_end(db, own);
	return command_teardown(state);
}

static void check(const struct command_row *rows, size_t count)
{
	check_commands(db, commands_files, stored, rows, count);
}

static int64_t named(const char *name)
{
	struct stmt *s =
		db_prepare(db, "SELECT COUNT(*) FROM user WHERE name = ?");
	int64_t n = -1;

	db_bind_text(s, name);
	assert_int_equal(db_number(s, &n), 0);
	return n;
}

static void test_import_refuses(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "import people", 2, NULL, NULL },
		{ "more", "import people @good x", 2, NULL, NULL },
		{ "a kind that is none", "import trips @good", 2, NULL, NULL },
		{ "no number", "import people @good --remove all", 2, NULL,
		  NULL },
		{ "an option that it has not", "import people @good --force", 2,
		  NULL, NULL },
		{ "no file", "import people @none", 1, NULL,
		  "none: No such file" },
		{ "a folder", "import people @programs", 1, NULL,
		  "programs: not readable" },
		{ "another layout", "import groups @good", 1,
		  "refused: line 1: ", "nothing applied: " },
		{ "another layout, as JSON", "import groups @good --json", 1,
		  "{\"import\": \"*\", \"kind\": \"groups\","
		  " \"state\": \"refused\", \"reason\": \"*\"}",
		  "nothing applied: " },
		{ "a line with a fault", "import people @faulty", 1,
		  "refused: line 3: 氏名: 空です。",
		  "nothing applied: see the refused lines" },
		{ "a look at it", "import people @faulty --dry-run", 1,
		  "1 added, 0 changed, 0 removed, 1 refused",
		  "1 lines would be refused" },
	};

	(void)state;
	command_file("good", "職員番号,氏名\nG1,良\n");
	command_file("faulty", "職員番号,氏名\nF1,良\nF2,\n");
	check(rows, LEN(rows));
}

static void test_import(void **state)
{
	static const struct command_row looks[] = {
		{ "a look", "import people @in --dry-run --json", 0,
		  "{\"import\": \"*\", \"kind\": \"people\", \"state\":"
		  " \"cancelled\", \"reason\": \"\", \"encoding\": \"UTF-8\","
		  " \"rows\": 2, \"added\": 1, \"changed\": 1, \"removed\": 0,"
		  " \"refused\": 0, \"warned\": 0}",
		  NULL },
		{ "what it would change", "import people @in --dry-run", 0,
		  "added: line 2: I1: - -> 𠮷田;", NULL },
		{ "from what to what", "import people --dry-run @in", 0,
		  "changed: line 3: T9003: 試験9003 -> 改名;\n", NULL },
	};
	static const struct command_row done = {
		"done", "import people @in", 0,
		": applied: 2 rows (UTF-8): 1 added, 1 changed, 0 removed,"
		" 0 refused, 0 odd\n",
		NULL
	};
	static const struct command_row again = {
		"again", "import people @in --json", 0,
		"{\"state\": \"cancelled\", \"added\": 0, \"changed\": 0}", NULL
	};
	static const struct command_row from_stdin = {
		"from stdin", "import people - --json", 0,
		"{\"state\": \"applied\", \"added\": 0, \"changed\": 1}", NULL
	};
	const char *before = command_state(db->arena, db, stored);

	(void)state;
	command_file("in", "職員番号,氏名\nI1,𠮷田\nT9003,改名\n");
	check(looks, LEN(looks));
	check_str("looked at only", command_state(db->arena, db, stored),
		  before);
	check(&done, 1);
	check_int("applied", named("𠮷田") + named("改名"), 2);
	check(&again, 1);
	check_command(db, commands_files, &from_stdin,
		      "職員番号,氏名\nI1,吉田\n");
	check_int("applied", named("吉田"), 1);
}

/* Who removes many says how many. */
static void test_removing(void **state)
{
	static const struct command_row rows[] = {
		{ "not said", "import memberships @gone", 1,
		  ": cancelled: ", "nothing applied: say --remove NUMBER" },
		{ "another number", "import memberships @gone --remove 11", 1,
		  "12 removed", "nothing applied: say --remove NUMBER" },
		{ "as counted", "import memberships @gone --remove 12", 0,
		  "applied: 12 rows", NULL },
	};
	struct str s = { .arena = db->arena };

	(void)state;
	database_do(db, "INSERT INTO user (id, staff_no, name, state)"
			" SELECT seq, CONCAT('M', seq), '人', 'active'"
			"   FROM seq_101_to_112;"
			"INSERT INTO grp_member (grp, user)"
			" SELECT 920, seq FROM seq_101_to_112");
	str_add(&s, "職員番号,グループコード,区分\n");
	for (int i = 101; i <= 112; i++)
		str_fmt(&s, "M%d,T2,削除\n", i);
	command_file("gone", str_text(&s));
	check(rows, LEN(rows));
	check_int("gone",
		  database_int(db, "SELECT COUNT(*) FROM grp_member"
				   " WHERE user < 900"),
		  0);
}

static void test_export_refuses(void **state)
{
#define WHY " --reason 試験のため"
	static const struct command_row rows[] = {
		{ "what", "export" WHY, 2, NULL, NULL },
		{ "a kind that is none", "export trips" WHY, 2, NULL, NULL },
		{ "with a short one", "export people --reason x", 2, NULL,
		  NULL },
		{ "with one that is no text",
		  "export people --reason \xff\xff"
		  "\xff\xff",
		  2, NULL, NULL },
		{ "a charset that is none", "export people --charset euc" WHY,
		  2, NULL, NULL },
		{ "people of a broadcast", "export people --broadcast 1" WHY, 2,
		  NULL, NULL },
		{ "answers of none", "export answers" WHY, 2, NULL, NULL },
		{ "answers of no id", "export answers --broadcast x" WHY, 2,
		  NULL, NULL },
		{ "answers of one that is not there",
		  "export answers --broadcast 99" WHY, 1, NULL,
		  "no such broadcast: 99" },
		{ "what CP932 lacks", "export groups --charset cp932" WHY, 1,
		  NULL, "CP932 lacks characters of 1 lines (2)" },
	};
	struct arena *a = arena_new();
	const char *noted = "SELECT 'notes', COUNT(*) FROM audit";
	const char *before = command_state(a, db, noted);

	(void)state;
	database_do(db, "UPDATE grp SET name = '𠮷局' WHERE code = 'T'");
	check(rows, LEN(rows));
	check_str("nothing is noted", command_state(a, db, noted), before);
	arena_free(a);
}

/* It is measured in characters, as on the screen. */
static void test_reason(void **state)
{
	static const struct {
		const char *name, *part;
		int times, status;
	} rows[] = {
		{ "three", "字", 3, 2 },
		{ "four", "字", 4, 0 },
		{ "two hundred", "字", 200, 0 },
		{ "and one", "a", 201, 2 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct command_row row = {
			.name = rows[i].name,
			.line = arena_fmt(db->arena,
					  "export groups --reason %s",
					  command_times(db->arena, rows[i].part,
							rows[i].times)),
			.status = rows[i].status,
			.out = rows[i].status == 0 ? "T11" : NULL,
		};

		check(&row, 1);
	}
}

/* Its name is kept for people, however many bytes it has. */
static void test_file_name(void **state)
{
	const char *name = arena_fmt(db->arena, "%s.csv",
				     command_times(db->arena, "名", 80));
	const struct command_row row = {
		.name = "a long name",
		.line = arena_fmt(db->arena, "import people @%s --dry-run",
				  name),
		.out = "cancelled",
	};

	(void)state;
	command_file(name, "職員番号,氏名\nN1,名\n");
	check(&row, 1);
	check_str("kept",
		  command_state(db->arena, db,
				"SELECT file, 1 FROM import"
				" ORDER BY id DESC LIMIT 1"),
		  arena_fmt(db->arena, "%s 1\n", name));
}

static void test_export(void **state)
{
	static const struct command_row rows[] = {
		{ "groups", "export groups" WHY, 0, "\"T11\",\"課一\",\"T1\"",
		  NULL },
		{ "by name", "export groups --charset utf-8" WHY, 0,
		  "\xEF\xBB\xBF\"グループコード\"", NULL },
		{ "in CP932", "export groups --charset=cp932 --replace" WHY, 0,
		  "\"T11\",\"\x89\xDB\x88\xEA\",\"T1\"", NULL },
		{ "answers", "export answers --broadcast 7" WHY, 0, "\"T9001\"",
		  NULL },
		{ "addresses, without their names", "export addresses" WHY, 0,
		  "\"T9004\",\"1\",\"***@docomo.example\"", NULL },
	};

	(void)state;
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body,"
			"  state, made_at) VALUES"
			" (7, 'notice', '件', '', 'sent', NOW());"
			"INSERT INTO delivery (broadcast) VALUES (7);"
			"INSERT INTO recipient (broadcast, user)"
			" VALUES (7, 9001);"
			"DELETE FROM audit");
	check(rows, LEN(rows));
	check_int("noted, with the reason",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE actor = 'anpictl'"
				   "   AND action = 'export'"
				   "   AND detail LIKE '%試験のため%'"),
		  LEN(rows));
}

static void test_sync_hr(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "sync-hr", 2, NULL, NULL },
		{ "another name", "sync-hr @people.csv", 1, NULL,
		  "の形ではありません。" },
		{ "no file", "sync-hr @people-part-202701010000.csv", 1, NULL,
		  "file not opened" },
		{ "without its end", "sync-hr @people-part-202701020000.csv", 1,
		  NULL, "まだ書き終わっていません。" },
		{ "beyond the brake", "sync-hr @people-whole-202701030000.csv",
		  1, ": compared: 1 rows", "止めました。" },
		{ "done", "sync-hr @regions-part-202701040000.csv", 0,
		  ": applied: 1 rows (UTF-8): 1 added", NULL },
		{ "no newer", "sync-hr @regions-part-202701030000.csv", 1, NULL,
		  "より新しくありません。" },
		{ "the same rows, as JSON",
		  "sync-hr @regions-part-202701050000.csv --json", 0,
		  "{\"kind\": \"regions\", \"state\": \"cancelled\","
		  " \"rows\": 1, \"added\": 0, \"changed\": 0}",
		  NULL },
	};
	static const char regions[] =
		"職員番号,用途,地域コード\nT9004,家族の家,13101\n#END,1\n";

	(void)state;
	command_file("people.csv", "職員番号,氏名\nT9001,一\n#END,1\n");
	command_file("people-part-202701020000.csv",
		     "職員番号,氏名\nT9001,一\n");
	command_file("people-whole-202701030000.csv",
		     "職員番号,氏名\nT9001,一\n#END,1\n");
	command_file("regions-part-202701040000.csv", regions);
	command_file("regions-part-202701030000.csv", regions);
	command_file("regions-part-202701050000.csv", regions);
	check(rows, LEN(rows));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_refuses),
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_removing),
		cmocka_unit_test(test_export_refuses),
		cmocka_unit_test(test_reason),
		cmocka_unit_test(test_file_name),
		cmocka_unit_test(test_export),
		cmocka_unit_test(test_sync_hr),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
