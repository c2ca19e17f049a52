#ifndef TOOL_RUN_H
#define TOOL_RUN_H

/*
 * The main of a batch tool: options, settings, log, lock, database, arena,
 * signals and exit status.  A tool is one step, done again while there is
 * work.
 *
 *   NAME [--once | --for SECONDS]
 *
 *   --once          ends when there is no more work, or at the first failure
 *   --for SECONDS   ends after that time; cron starts the next one
 *   neither         goes on until SIGTERM or SIGINT
 *
 * One of a name runs at a time on a machine (a lock under Path.Run).  A second
 * one ends quietly with status 0; with --for it waits for its turn within its
 * time, so that cron leaves no gap.
 *
 * Each step that did not fail touches the lock file, every few seconds at most:
 * its time says when the tool last did its work (model/health.h).
 *
 * Exit status: 0 done; 1 the last step failed; 2 usage.  Source: DESIGN 2, 10.
 */
#include <stdbool.h>

struct arena;
struct db;

/* The longest pause of tools for which people wait: what was pressed or
 * answered while the database was away is done within seconds of its return. */
enum { TOOL_QUICK_BACK_OFF_MS = 2000 };

struct tool {
	struct db *db;	     /* connects at its first statement */
	struct arena *arena; /* same as db->arena; reset before each step */
	int idle_ms;	     /* pause after a step without work; may be set */
	int back_off_ms;     /* longest pause after failures; may be set */
	void *own;	     /* the tool's own, NULL at first; outlives steps */
};

/*
 * Runs a tool.  step returns how much it did, and is called again at once; 0
 * if there was nothing to do, and is called again after a pause; -1 on failure
 * (logged), and is called again after a growing pause.  Returns the exit
 * status.
 */
int tool_run(const char *name, int argc, char **argv,
	     int (*step)(struct tool *));

/* True once the tool was told to end: a long step may stop early.  It asks
 * every minute at least, which shows that it is at work. */
bool tool_is_ending(void);

#endif
