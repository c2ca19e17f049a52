/*
 * enqueue - make recipients and messages of confirmed broadcasts, and the mails
 * of links that people asked for on /m/
 *
 *   enqueue [--once | --for SECONDS]
 *
 * Writes the broadcast's snapshot for the answer page first, so that no link
 * arrives before its page.  It can die anywhere: rows come in slices, each
 * with its counters in one transaction, and the next run goes on from there.
 * Source: D1a, P1; DESIGN 4, 5, 7.
 */
#include <stdbool.h>

#include "base/config.h"
#include "model/enqueue.h"
#include "model/link_mail.h"
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

/* Returns how many broadcasts and askings it took on, 0 if none waits, -1 if
 * one failed; the others are done all the same. */
static int step(struct tool *tool)
{
	static bool tidied;
	int64_t *ids;
	int n = enqueue_list(tool->db, &ids), failed = 0, links;

	for (int i = 0; i < n; i++)
		if (enqueue(tool, ids[i]) < 0)
			failed++;
	links = link_mail_make(tool->db);
	if (n < 0 || links < 0 || (!tidied && link_mail_tidy(tool->db) < 0))
		failed++;
	tidied = true; /* once a minute, as crontab starts us */
	return failed > 0 ? -1 : n + links;
}

int main(int argc, char **argv)
{
	return tool_run("enqueue", argc, argv, step);
}
