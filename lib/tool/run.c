#include "tool/run.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"

enum {
	IDLE_MS = 200,		    /* a press of "send" waits about half */
	LOCK_LOOK_MS = 50,	    /* between looks at a lock held */
	SIGN_S = 5,		    /* between two signs of life */
	BACK_OFF_FIRST_MS = 500,    /* after a first failure */
	BACK_OFF_MOST_MS = 30000,   /* after many in a row */
	SECONDS_MOST = 366 * 86400, /* of --for */
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
};

struct options {
	bool once;
	int64_t until; /* by time_monotonic; INT64_MAX: no end */
};

static volatile sig_atomic_t ending;
static int lock_fd = -1; /* of the lock that is ours */

static void end(int sig)
{
	(void)sig;
	ending = 1;
}

/* The time of the lock file says when the tool last did its work. */
static void give_sign(void)
{
	static int64_t next_at;
	int64_t now = time_monotonic();

	if (lock_fd < 0 || now < next_at)
		return;
	next_at = now + (int64_t)SIGN_S * TIME_SECOND;
	if (futimens(lock_fd, NULL) < 0)
		log_warn("lock not touched why=%s", strerror(errno));
}

bool tool_is_ending(void)
{
	give_sign();
	return ending != 0;
}

/* Without SA_RESTART, so that a pause ends with the signal. */
static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = end };

	ending = 0;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static bool read_options(const char *name, int argc, char **argv,
			 struct options *out)
{
	static const struct option known[] = {
		{ "once", no_argument, NULL, 'o' },
		{ "for", required_argument, NULL, 'f' },
		{ 0 },
	};
	long long seconds = 0;
	bool ok = true;
	int c;

	*out = (struct options){ .until = INT64_MAX };
	optind = 1;
	while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (c == 'o')
			out->once = true;
		else if (c != 'f' ||
			 !str_to_int(optarg, 1, SECONDS_MOST, &seconds))
			ok = false;
	}
	if (seconds != 0)
		out->until = time_monotonic() + seconds * TIME_SECOND;
	if (!ok || optind != argc || (out->once && seconds != 0)) {
		fprintf(stderr, "usage: %s [--once | --for SECONDS]\n", name);
		return false;
	}
	return true;
}

/* Waits, but neither beyond the end of the tool's time nor after a signal. */
static void wait_ms(int ms, int64_t until)
{
	int64_t left_ms = (until - time_monotonic()) / (TIME_SECOND / 1000) + 1;

	if (!ending && left_ms > 0)
		poll(NULL, 0, left_ms < ms ? (int)left_ms : ms);
}

/* Returns 1 if the lock is ours, for as long as the process lives or lock_fd is
 * open; 0 if another one has it; -1 on failure. */
static int take_lock(const char *name, const struct options *options)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s.lock", config_must("Path.Run"),
		 name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return log_error("lock not opened file=%s why=%s", path,
				 strerror(errno));
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (ending || options->until == INT64_MAX ||
		    time_monotonic() >= options->until) {
			close(fd);
			return 0;
		}
		wait_ms(LOCK_LOOK_MS, options->until);
	}
	lock_fd = fd;
	return 1;
}

static int run_steps(struct tool *tool, const struct options *options,
		     int (*step)(struct tool *))
{
	int back_off_ms = BACK_OFF_FIRST_MS, rc = 0;

	while (!ending && time_monotonic() < options->until) {
		arena_reset(tool->arena);
		rc = step(tool);
		if (rc >= 0)
			give_sign();
		if (rc <= 0 && options->once)
			break;
		if (rc == 0)
			wait_ms(tool->idle_ms, options->until);
		if (rc >= 0) {
			back_off_ms = BACK_OFF_FIRST_MS;
			continue;
		}
		wait_ms(back_off_ms, options->until);
		back_off_ms *= 2;
		if (back_off_ms > tool->back_off_ms)
			back_off_ms = tool->back_off_ms;
	}
	return rc < 0 ? EXIT_FAILED : EXIT_DONE;
}

int tool_run(const char *name, int argc, char **argv,
	     int (*step)(struct tool *))
{
	struct tool tool = { .idle_ms = IDLE_MS,
			     .back_off_ms = BACK_OFF_MOST_MS };
	struct options options;
	int mine, status;

	log_open(name);
	if (!read_options(name, argc, argv, &options))
		return EXIT_USAGE;
	config_open(name);
	catch_signals();
	mine = take_lock(name, &options);
	if (mine <= 0)
		return mine < 0 ? EXIT_FAILED : EXIT_DONE;
	tool.arena = arena_new();
	tool.db = db_open_configured();
	tool.db->arena = tool.arena;
	status = run_steps(&tool, &options, step);
	arena_free(tool.arena);
	db_close(tool.db);
	close(lock_fd);
	lock_fd = -1;
	return status;
}
