#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "tool/run.h"

static char dir[] = "/tmp/anpi-run-XXXXXX";
static const int *script; /* what the steps return, one after the other */
static int steps;

static int scripted(struct tool *tool)
{
	assert_non_null(tool->db);
	assert_non_null(tool->arena);
	tool->idle_ms = 1;
	return script[steps++];
}

static int told_to_end(struct tool *tool)
{
	(void)tool;
	steps++;
	raise(SIGTERM);
	assert_true(tool_is_ending());
	return 1;
}

static int idle(struct tool *tool)
{
	(void)tool;
	steps++;
	return 0;
}

static int run(int (*step)(struct tool *), const char *option,
	       const char *value)
{
	char *argv[] = { "demo", (char *)option, (char *)value, NULL };
	int argc = option == NULL ? 1 : value == NULL ? 2 : 3;

	steps = 0;
	return tool_run("demo", argc, argv, step);
}

static void write_file(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int setup(void **state)
{
	char text[400];

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(text, sizeof(text),
		 "Path.Run = %s\nDb.Socket = %s/none\nDb.Name = anpi\n", dir,
		 dir);
	write_file("anpi.hdf", text);
	snprintf(text, sizeof(text), "%s/programs", dir);
	assert_int_equal(mkdir(text, 0700), 0);
	write_file("programs/demo.hdf", "Db.User = demo\nDb.Password = x\n");
	return setenv("ANPI_CONF", dir, 1);
}

static void test_usage(void **state)
{
	(void)state;
	check_int("unknown", run(idle, "--twice", NULL), 2);
	check_int("no number", run(idle, "--for", "soon"), 2);
	check_int("no time", run(idle, "--for", "0"), 2);
	check_int("rest", run(idle, "--once", "more"), 2);
	check_int("none was run", steps, 0);
}

static void test_once_ends_without_work(void **state)
{
	static const int returns[] = { 3, 1, 0, 1 };

	(void)state;
	script = returns;
	check_int("status", run(scripted, "--once", NULL), 0);
	check_int("steps", steps, 3);
}

static void test_once_ends_at_a_failure(void **state)
{
	static const int returns[] = { 3, -1, 1 };

	(void)state;
	script = returns;
	check_int("status", run(scripted, "--once", NULL), 1);
	check_int("steps", steps, 2);
}

static void test_ends_at_a_signal(void **state)
{
	(void)state;
	check_int("status", run(told_to_end, NULL, NULL), 0);
	check_int("steps", steps, 1);
}

static void test_ends_in_time(void **state)
{
	int64_t began = time_monotonic(), took;

	(void)state;
	check_int("status", run(idle, "--for", "1"), 0);
	took = time_monotonic() - began;
	assert_true(steps > 1);
	assert_true(took >= TIME_SECOND && took < 2 * TIME_SECOND);
}

static void test_second_one_leaves_the_first_alone(void **state)
{
	char path[200];
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/demo.lock", dir);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	check_int("once", run(idle, "--once", NULL), 0);
	check_int("for", run(idle, "--for", "1"), 0);
	check_int("none was run", steps, 0);
	close(fd);
	check_int("free again", run(idle, "--once", NULL), 0);
	check_int("was run", steps, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_usage),
		cmocka_unit_test(test_once_ends_without_work),
		cmocka_unit_test(test_once_ends_at_a_failure),
		cmocka_unit_test(test_ends_at_a_signal),
		cmocka_unit_test(test_ends_in_time),
		cmocka_unit_test(test_second_one_leaves_the_first_alone),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
