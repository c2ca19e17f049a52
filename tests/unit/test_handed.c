#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "people.h"
#include "model/handed.h"

static const char *folder(void)
{
	static char dir[] = "/tmp/anpi-handed-XXXXXX";
	static const char *made;

	if (made == NULL)
		made = mkdtemp(dir);
	return made;
}

static void make_messages(struct db *db)
{
	people_make(db);
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body, state,"
			"                       made_at)"
			" VALUES (900, 'safety', '', '', 'sending', NOW());"
			"INSERT INTO recipient (broadcast, user)"
			" SELECT 900, seq FROM seq_9001_to_9003;"
			"INSERT INTO message (id, broadcast, user, address,"
			"        urgency, state, attempts, due_at) VALUES"
			" (901, 900, 9001, 90011, 1, 'sending', 1, NOW()),"
			" (902, 900, 9002, 90021, 1, 'sending', 2, NOW()),"
			" (903, 900, 9003, 90031, 1, 'handed', 1, NOW());"
			"INSERT INTO delivery (broadcast, messages, handed)"
			" VALUES (900, 3, 1)");
}

static int64_t handed_now(struct db *db)
{
	return database_int(db, "SELECT handed FROM delivery"
				" WHERE broadcast = 900");
}

/* What a process noted before it was killed counts for the next one. */
static void test_killed(void **state)
{
	struct db *db = *state;
	struct handed *h;
	int status;
	pid_t pid;
	const char *dir = folder(); /* the same for both processes */

	make_messages(db);
	pid = fork();
	if (pid == 0) {
		h = handed_open(db->arena, dir, 1);
		handed_note(h, 901, 1);
		handed_note(h, 902, 1); /* an attempt before the present one */
		handed_note(h, 903, 1); /* known already */
		handed_note(h, 999, 1); /* no such message */
		raise(SIGKILL);
	}
	waitpid(pid, &status, 0);
	h = handed_open(db->arena, folder(), 1);
	check_int("noted", handed_settle(h, db), 4);
	check_int("one more is handed", handed_now(db), 2);
	check_int("it is 901",
		  database_int(db, "SELECT state = 'handed' FROM message"
				   " WHERE id = 901"),
		  1);
	check_int("the later attempt goes on",
		  database_int(db, "SELECT state = 'sending' FROM message"
				   " WHERE id = 902"),
		  1);
	check_int("again", handed_settle(h, db), 0);
	check_int("nothing changes", handed_now(db), 2);
}

static void test_full(void **state)
{
	struct db *db = *state;
	struct handed *h = handed_open(db->arena, folder(), 2);

	make_messages(db);
	for (int i = 0; i < HANDED_MAX; i++)
		handed_note(h, 5000 + i, 1);
	check_int("all that there is room for", handed_settle(h, db),
		  HANDED_MAX);
	handed_note(h, 901, 1);
	handed_clear(h);
	check_int("cleared", handed_settle(h, db), 0);
	check_int("not handed", handed_now(db), 1);
}

/* A file of other bytes is none of ours. */
static void test_strange(void **state)
{
	struct db *db = *state;
	const char *path = arena_fmt(db->arena, "%s/handed.3", folder());
	FILE *f = fopen(path, "w");

	make_messages(db);
	fputs("something else altogether", f);
	fclose(f);
	check_int("nothing",
		  handed_settle(handed_open(db->arena, folder(), 3), db), 0);
	check_int("not handed", handed_now(db), 1);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_killed),
		TEST(test_full),
		TEST(test_strange),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
