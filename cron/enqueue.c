/*
 * enqueue - make recipients and messages of confirmed broadcasts, and the mails
 * of links that people asked for on /m/
 *
 *   enqueue [--once | --for SECONDS]
 *
 * Writes the broadcast's snapshot for the answer page first, so that no link
 * arrives before its page.  Before that it does what the clock says: sends
 * what was scheduled, asks the unanswered again, closes what is over.  It can
 * die anywhere: rows come in slices, each with its counters in one
 * transaction, and the next run goes on from there.
 * Source: D1a, D2a, D2b, P1; DESIGN 4, 5, 7.
 */
#include <stdbool.h>

#include "base/config.h"
#include "base/log.h"
#include "base/time.h"
#include "model/account.h"
#include "model/enqueue.h"
#include "model/link_mail.h"
#include "model/schedule.h"
#include "model/session.h"
#include "model/snapshot.h"
#include "tool/run.h"

static int enqueue(struct tool *tool, int64_t broadcast)
{
	int rc;

	if (snapshot_write(tool->db, config_must("Path.Snapshot"), broadcast) <
	    0)
		return -1;
	do
		rc = enqueue_slice(tool->db, broadcast);
	while (rc > 0 && !tool_is_ending());
	return rc;
}

/* A page that is not told closes by itself: it knows the time as well. */
static int close_those_over(struct tool *tool)
{
	const char *snapshots = config_must("Path.Snapshot");
	int64_t id;
	int rc;

	while ((rc = schedule_close(tool->db, &id)) > 0 && !tool_is_ending()) {
		log_info("broadcast closed broadcast=%lld", (long long)id);
		if (snapshot_write(tool->db, snapshots, id) < 0)
			return -1;
	}
	return rc;
}

/* What the clock says.  Returns 0, or -1 if a part of it failed. */
static int keep_time(struct tool *tool)
{
	int failed = schedule_release(tool->db) < 0, rc;

	do
		rc = schedule_reask(tool->db);
	while (rc > 0 && !tool_is_ending());
	failed |= rc < 0;
	failed |= close_those_over(tool) < 0;
	return failed ? -1 : 0;
}

/* Removes what no longer counts: askings, and what logins leave behind.
 * Returns 0, or -1 if a part of it failed. */
static int tidy(struct tool *tool)
{
	struct session_limits limits = session_limits_configured();
	int64_t now = time_now();
	int failed = link_mail_tidy(tool->db) < 0;

	failed |= session_purge(tool->db, &limits, now) < 0;
	failed |= account_tidy(tool->db, now) < 0;
	return failed ? -1 : 0;
}

/* Returns how many broadcasts and askings it took on, 0 if none waits, -1 if
 * one failed; the others are done all the same. */
static int step(struct tool *tool)
{
	static bool tidied;
	int failed = keep_time(tool) < 0, n, links;
	int64_t *ids;

	tool->back_off_ms = TOOL_QUICK_BACK_OFF_MS;
	n = enqueue_list(tool->db, &ids);
	for (int i = 0; i < n; i++)
		if (enqueue(tool, ids[i]) < 0)
			failed++;
	links = link_mail_make(tool->db);
	if (n < 0 || links < 0 || (!tidied && tidy(tool) < 0))
		failed++;
	tidied = true; /* once a minute, as crontab starts us */
	return failed > 0 ? -1 : n + links;
}

int main(int argc, char **argv)
{
	return tool_run("enqueue", argc, argv, step);
}
