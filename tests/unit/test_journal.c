#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mac.h"
#include "key_file.h"
#include "model/journal.h"

static const struct mac_keys *keys;
static char dir[32];

static int load_keys(void **state)
{
	const char *path = key_file("1 " KEY_ONE "\n", 0600);

	(void)state;
	keys = mac_keys_load(path, journal_purpose);
	unlink(path);
	return keys == NULL ? -1 : 0;
}

static int setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/anpi-test-XXXXXX");
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int teardown(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static struct journal_record record(int64_t at)
{
	return (struct journal_record){
		.kind = JOURNAL_ANSWER,
		.answer = { 7, 8, 9, at, "link", "1,5", "改行\nと \" 𠮷",
			    "{\"3\":\"\\\"09:30\"}" },
	};
}

/* What came out of a replay. */
struct seen {
	int calls, records, answer;
	int64_t sum;
};

static int see(void *arg, const struct journal_record *list)
{
	struct seen *seen = arg;

	seen->calls++;
	if (seen->answer < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		seen->records++;
		seen->sum += list->kind == JOURNAL_ANSWER ? list->answer.at
							  : list->report.at;
	}
	return 0;
}

static int files(const char *end)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int n = 0;

	while ((e = readdir(d)) != NULL)
		if (strstr(e->d_name, end) != NULL)
			n++;
	closedir(d);
	return n;
}

static void test_lines(void **state)
{
	struct arena *a = arena_new();
	struct journal_record r = record(5), got;
	size_t len;
	const char *line = journal_line(a, keys, &r, &len);
	char *bad = arena_strndup(a, line, len);

	(void)state;
	assert_int_equal(journal_parse(a, keys, line, len - 1, &got), 0);
	check_int("broadcast", got.answer.broadcast, 7);
	check_int("user", got.answer.user, 8);
	check_int("generation", got.answer.generation, 9);
	check_int("at", got.answer.at, 5);
	check_str("comment", got.answer.comment, r.answer.comment);
	check_str("choices", got.answer.choices, "1,5");
	for (size_t i = 0; i + 1 < len; i++) {
		check_int("torn", journal_parse(a, keys, line, i, &got), -1);
		bad[i] ^= 1;
		check_int("changed", journal_parse(a, keys, bad, len - 1, &got),
			  -1);
		bad[i] ^= 1;
	}
	r = (struct journal_record){
		.kind = JOURNAL_SELF_REPORT,
		.report = { 8, 9, 10, "safe", "later", "" },
	};
	line = journal_line(a, keys, &r, &len);
	assert_int_equal(journal_parse(a, keys, line, len - 1, &got), 0);
	check_int("kind", got.kind, JOURNAL_SELF_REPORT);
	check_str("coming", got.report.coming, "later");
	arena_free(a);
}

static void test_replay(void **state)
{
	struct arena *a = arena_new();
	struct journal *j = journal_open(dir, keys);
	struct seen seen = { 0 };
	struct journal_record r;

	(void)state;
	for (int64_t at = 1; at <= 10; at++) {
		r = record(at);
		assert_int_equal(journal_add(j, a, &r), 0);
	}
	seen.answer = -1;
	check_int("not stored", journal_replay(dir, keys, a, see, &seen), -1);
	check_int("kept", files(".taken"), 1);
	r = record(100);
	assert_int_equal(journal_add(j, a, &r), 0);
	check_int("a new file", files(".journal"), 1);
	seen = (struct seen){ 0 };
	check_int("stored", journal_replay(dir, keys, a, see, &seen), 11);
	check_int("sum", seen.sum, 155);
	check_int("two files", seen.calls, 2);
	check_int("nothing left", files("-"), 0);
	check_int("nothing", journal_replay(dir, keys, a, see, &seen), 0);
	arena_free(a);
}

static void append(const char *name, const char *text, size_t len)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
}

/* As if its writer had been killed a minute ago. */
static void make_old(const char *name)
{
	const struct timespec old = { .tv_sec = time(NULL) - 60 };
	const struct timespec times[] = { old, old };
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_bad_lines(void **state)
{
	struct arena *a = arena_new();
	struct seen seen = { 0 };
	struct journal_record r = record(3);
	size_t len;
	const char *line = journal_line(a, keys, &r, &len);

	(void)state;
	line = strdup(line);
	append("1-1.journal", line, len);
	append("1-1.journal", line, len / 2);
	check_int("torn end", journal_replay(dir, keys, a, see, &seen), 1);
	check_int("removed", files("-"), 0);
	append("1-2.journal", "rubbish\n", 8);
	append("1-2.journal", line, len);
	check_int("rubbish", journal_replay(dir, keys, a, see, &seen), 1);
	check_int("kept for a person", files(".refused"), 1);
	check_int("not read again", journal_replay(dir, keys, a, see, &seen),
		  0);
	append("1-3.journal", "", 0);
	check_int("empty", journal_replay(dir, keys, a, see, &seen), 0);
	check_int("may be just begun", files("1-3"), 1);
	make_old("1-3.journal");
	check_int("nobody goes on", journal_replay(dir, keys, a, see, &seen),
		  0);
	check_int("removed", files("1-3"), 0);
	free((void *)(uintptr_t)line);
	arena_free(a);
}

/* A key is added while a replay runs that does not know it. */
static void test_new_key(void **state)
{
	const char *path = key_file("2 " KEY_TWO "\n1 " KEY_ONE "\n", 0600);
	const struct mac_keys *newer = mac_keys_load(path, journal_purpose);
	struct arena *a = arena_new();
	struct seen seen = { 0 };
	struct journal_record r = record(4);
	size_t len;
	const char *line = journal_line(a, newer, &r, &len);

	(void)state;
	unlink(path);
	append("1-4.journal", line, len);
	check_int("not known", journal_replay(dir, keys, a, see, &seen), 0);
	check_int("refused", files(".refused"), 1);
	check_int("again", journal_retry_refused(dir, a), 0);
	check_int("known now", journal_replay(dir, newer, a, see, &seen), 1);
	check_int("removed", files("-"), 0);
	arena_free(a);
}

/* Writes records and tells each on a pipe when it is sure. */
static void write_until_killed(int pipe_fd, int64_t from)
{
	struct arena *a = arena_new();
	struct journal *j = journal_open(dir, keys);

	for (int64_t at = from;; at++) {
		struct journal_record r = record(at);

		if (journal_add(j, a, &r) < 0 ||
		    write(pipe_fd, &at, sizeof(at)) != sizeof(at))
			_exit(1);
		arena_reset(a);
	}
}

static int note(void *arg, const struct journal_record *list)
{
	unsigned char *seen = arg;

	for (; list != NULL; list = list->next)
		seen[list->answer.at]++;
	return 0;
}

/* Killed at random instants, while another replays: every record that was
 * told of comes out, once. */
static void test_killed(void **state)
{
	enum { ROUNDS = 20, EACH = 20000 };
	unsigned char *seen = calloc(ROUNDS, EACH);
	struct arena *a = arena_new();
	int64_t told[ROUNDS] = { 0 };

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct timespec pause = { .tv_nsec = (1 + round * 7 % 13) *
						     1000000L };
		int fds[2], status;
		int64_t at;
		pid_t pid;

		assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
		pid = fork();
		if (pid == 0)
			write_until_killed(fds[1], (int64_t)round * EACH);
		close(fds[1]);
		nanosleep(&pause, NULL);
		journal_replay(dir, keys, a, note, seen);
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		while (read(fds[0], &at, sizeof(at)) == sizeof(at))
			told[round]++;
		close(fds[0]);
	}
	journal_replay(dir, keys, a, note, seen);
	for (int round = 0; round < ROUNDS; round++)
		for (int64_t i = 0; i <= told[round]; i++) {
			int times = seen[round * EACH + i];

			assert_true(times == 1 ||
				    (times == 0 && i == told[round]));
		}
	free(seen);
	arena_free(a);
}

/* Whoever takes files all the time keeps nobody from writing. */
static void test_taken_meanwhile(void **state)
{
	enum { RECORDS = 500 };
	unsigned char *seen = calloc(1, RECORDS);
	struct arena *a = arena_new();
	struct journal *j = journal_open(dir, keys);
	pid_t pid = fork();
	int status, written = 0;

	(void)state;
	if (pid == 0)
		for (;;)
			journal_replay(dir, keys, a, note, seen);
	for (int64_t at = 0; at < RECORDS; at++) {
		struct journal_record r = record(at);

		written += journal_add(j, a, &r) == 0;
		arena_reset(a);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	check_int("written", written, RECORDS);
	free(seen);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test_setup_teardown(test_replay, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_lines, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_new_key, setup, teardown),
		cmocka_unit_test_setup_teardown(test_killed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_taken_meanwhile, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, load_keys, NULL);
}
