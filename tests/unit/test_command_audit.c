#include "command_test.h"

#include "base/sign.h"
#include "base/time.h"
#include "model/evidence.h"

static const char stored[] = "CHECKSUM TABLE evidence, audit, broadcast";

/* A broadcast of which something can be sealed, and another. */
static const char rows[] =
	"DELETE FROM audit;"
	"INSERT INTO user (id, staff_no, name, state) VALUES"
	" (1, 'A1', '一', 'active'), (2, 'A2', '二', 'active');"
	"INSERT INTO broadcast (id, kind, subject, body, state, made_at,"
	"  confirmed_at, recipients, enqueued_to) VALUES"
	" (5, 'safety', '確認', '本文', 'sending', UTC_TIMESTAMP(6),"
	"  UTC_TIMESTAMP(6), 2, 2),"
	" (6, 'notice', '連絡', '別', 'sending', UTC_TIMESTAMP(6),"
	"  UTC_TIMESTAMP(6), 1, 1);"
	"INSERT INTO recipient (broadcast, user) VALUES (5, 1), (5, 2),"
	" (6, 1);"
	"INSERT INTO tally_state (broadcast, asked_to, folded_at) VALUES"
	" (5, 2, UTC_TIMESTAMP(6));"
	"INSERT INTO tally (broadcast, grp, kind, item, people) VALUES"
	" (5, 0, 'asked', 0, 2);"
	"INSERT INTO audit (seq, at, actor, action, object, detail) VALUES"
	" (1, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 'duty', 'login', '', '')";

/* The keys of the site, and others in a folder beside them. */
static int setup(void **state)
{
	char other[128];

	command_setup(state);
	snprintf(other, sizeof(other), "%s/other", command_folder);
	assert_int_equal(mkdir(other, 0700), 0);
	assert_int_equal(sign_keys_new(command_folder), 0);
	return sign_keys_new(other);
}

/* Two broadcasts, the counts of one and a run of audit lines. */
static void seal(struct db *db)
{
	const struct evidence_rules rules = {
		.key = sign_private_load(
			command_path(db->arena, "evidence.private")),
		.now = time_now(),
		.delay = (int64_t)10 * TIME_MINUTE,
		.every = TIME_MINUTE,
	};

	database_do(db, rows);
	check_int("sealed", evidence_seal(db, &rules), 4);
}

static void test_verify(void **state)
{
	static const struct command_row calls[] = {
		{ "usage", "audit verify x", 2, NULL, NULL },
		{ "without the file's name", "audit verify --public", 2, NULL,
		  NULL },
		{ "no file", "audit verify --public @none", 1, NULL,
		  "none is no public key" },
		{ "no key", "audit verify --public @anpi.hdf", 1, NULL,
		  "is no public key" },
		{ "as text", "audit verify", 0,
		  "4 records: 1 runs of audit lines, 2 broadcasts, 1 counts;"
		  " 0 faults\n",
		  NULL },
		{ "as JSON", "audit verify --json", 0,
		  "{\"records\": 4, \"audit\": 1, \"broadcasts\": 2,"
		  " \"counts\": 1, \"faults\": 0}",
		  NULL },
		{ "by name", "audit verify --public @evidence.public", 0,
		  "0 faults", NULL },
		{ "of another key",
		  "audit verify --public @other/evidence.public", 1, "4 faults",
		  "record 4 (audit 1): its signature is not of this key" },
	};
	struct db *db = *state;

	seal(db);
	check_commands(db, commands_audit, stored, calls, LEN(calls));
}

static void test_verify_tells_each(void **state)
{
	static const struct {
		const char *sql;
		struct command_row row;
	} steps[] = {
		{ "UPDATE broadcast SET body = 'x' WHERE id = 5",
		  { "a text", "audit verify", 1, "1 faults\n",
		    "(broadcast 5): the text of its mail is another" } },
		{ "UPDATE evidence SET document = 'x' WHERE kind = 'counts'",
		  { "a document", "audit verify --json", 1, "{\"faults\": 2}",
		    "(counts 5): its document is not the one that was"
		    " sealed" } },
		{ "DELETE FROM evidence WHERE n = 2",
		  { "a record", "audit verify --json", 1,
		    "{\"records\": 4, \"broadcasts\": 1}",
		    "record 3 (counts 5): its number does not follow" } },
		{ "DELETE FROM evidence",
		  { "all of them", "audit verify --json", 0,
		    "{\"records\": 0, \"faults\": 0}", NULL } },
	};
	struct db *db = *state;

	seal(db);
	for (size_t i = 0; i < LEN(steps); i++) {
		database_do(db, steps[i].sql);
		check_commands(db, commands_audit, stored, &steps[i].row, 1);
	}
}

static void test_export(void **state)
{
	static const struct command_row unsealed[] = {
		{ "nothing yet", "audit export", 1, NULL,
		  "nothing is sealed yet" },
	};
	static const struct command_row calls[] = {
		{ "usage", "audit export 1 2", 2, NULL, NULL },
		{ "no id", "audit export x", 2, NULL, "not an id: x" },
		{ "all", "audit export", 0, "連絡", NULL },
		{ "one that is not sealed", "audit export 1", 1, "\"object\":1",
		  "nothing is sealed of broadcast 1" },
	};
	struct db *db = *state;

	check_commands(db, commands_audit, stored, unsealed, LEN(unsealed));
	seal(db);
	check_commands(db, commands_audit, stored, calls, LEN(calls));
}

/* A line a record; of other broadcasts no text, but what joins the chain. */
static void test_export_of_one(void **state)
{
	static const struct {
		const char *kind;
		int object;
		bool whole;
	} wanted[] = {
		{ "broadcast", 5, true },
		{ "broadcast", 6, false },
		{ "counts", 5, true },
		{ "audit", 1, true },
	};
	struct db *db = *state;
	struct command_said said;
	char *rest, *line;

	seal(db);
	said = command_call(db->arena, db, commands_audit, "audit export 5",
			    "");
	check_int("done", said.status, COMMAND_DONE);
	rest = arena_strdup(db->arena, said.out);
	for (size_t i = 0; i < LEN(wanted); i++) {
		line = strsep(&rest, "\n");
		assert_non_null(rest);
		check_json(wanted[i].kind, line,
			   arena_fmt(db->arena,
				     "{\"n\": %d, \"at\": \"*\", \"kind\":"
				     " \"%s\", \"object\": %d, \"sha256\":"
				     " \"*\", \"previous\": \"*\","
				     " \"signature\": \"*\"}",
				     (int)i + 1, wanted[i].kind,
				     wanted[i].object));
		check_int(wanted[i].kind, strstr(line, "\"document\"") != NULL,
			  wanted[i].whole);
	}
	check_str("no more", rest, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		COMMAND_TEST(test_verify),
		COMMAND_TEST(test_verify_tells_each),
		COMMAND_TEST(test_export),
		COMMAND_TEST(test_export_of_one),
	};

	return cmocka_run_group_tests(tests, setup, command_teardown);
}
