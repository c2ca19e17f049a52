/*
 * drill - training mail by schedule, and whom drills reached
 *
 *   drill [--once | --for SECONDS]
 *
 * Sends the training mail that is due to its system admins, and when the time
 * for its receipt is over mails all system admins if some are missing.  Counts
 * for the report of a full drill whom its mails reached.  Each is a transaction
 * that moves its own clock: killed anywhere, nothing is sent twice.
 * Source: M3, B8; DESIGN 10.
 */
#include "base/config.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/drill.h"
#include "model/drill_report.h"
#include "tool/run.h"

enum {
	PAUSE_MS = 1000,
	REACH_EVERY_S = 5, /* while mails leave it would be counted on and on */
	REACH_TIMES = 9,   /* longer than counting took, at least */
};

/* Returns how much it did, 0 if nothing is due, -1 if a part of it failed. */
static int step(struct tool *tool)
{
	static int64_t reach_at;
	int64_t now = time_now(), clock = time_monotonic(), took;
	int sent = drill_send(tool->db, now);
	int checked = drill_check(tool->db, config_must("Site.Url"), now);
	int reached = 0;

	tool->idle_ms = PAUSE_MS;
	if (sent > 0)
		log_info("training mail sent");
	if (checked > 0)
		log_info("receipts of training mail counted");
	if (clock >= reach_at) {
		reached = drill_report_reach(tool->db, now);
		took = time_monotonic() - clock;
		reach_at = clock + (int64_t)REACH_EVERY_S * TIME_SECOND +
			   took * REACH_TIMES;
	}
	return sent < 0 || checked < 0 || reached < 0
		       ? -1
		       : sent + checked + reached;
}

int main(int argc, char **argv)
{
	return tool_run("drill", argc, argv, step);
}
