/*
 * keep-clock - the clock of every event against its promise
 *
 *   keep-clock [--once | --for SECONDS]
 *
 * Reads anew, some seconds after they moved, the times of what was mailed of
 * events, by class of receiver, and mails the system admins once of each that
 * is late, with the stage that was; and counts the mails of each broadcast by
 * the system that receives them (model/carrier).  Killed anywhere it has read a
 * clock or not; a mail and the note that it was made are one transaction.
 * Source: P2 to P6, B2.
 */
#include "base/config.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/carrier.h"
#include "model/clock.h"
#include "tool/run.h"

enum {
	PAUSE_MS = 5000,
	PAUSE_TIMES = 9, /* longer than reading took, at least */
	MS = 1000,	 /* microseconds */
};

/* Returns 0 when all is read, so that there is a pause: a clock that runs is
 * read each time, which for a million people is work. */
static int step(struct tool *tool)
{
	int64_t now = time_now(), began = time_monotonic(), pause_ms;
	int n = clock_read(tool->db, now), told;
	int counted = carrier_count(tool->db, now);

	pause_ms = (time_monotonic() - began) * PAUSE_TIMES / MS;
	tool->idle_ms = pause_ms > PAUSE_MS ? (int)pause_ms : PAUSE_MS;
	if (n < 0 || counted < 0)
		return -1;
	told = clock_tell(tool->db, config_must("Site.Url"), now);
	if (told < 0)
		return -1;
	if (told > 0)
		log_warn("late clocks told count=%d", told);
	return 0;
}

int main(int argc, char **argv)
{
	return tool_run("keep-clock", argc, argv, step);
}
