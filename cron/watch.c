/*
 * watch - tell of unusual reading of personal data
 *
 *   watch [--once | --for SECONDS]
 *
 * Adds up what each account was shown within the last hour, as the audit says,
 * and mails the system admins of those who saw more than is usual.  An alarm,
 * its line of the audit and the mail are one transaction.  Source: S7.
 */
#include "base/config.h"
#include "base/time.h"
#include "model/watch.h"
#include "tool/run.h"

enum { PAUSE_MS = 20000 };

static int step(struct tool *tool)
{
	tool->idle_ms = PAUSE_MS;
	return watch_reads(tool->db, config_must("Site.Url"), time_now()) < 0
		       ? -1
		       : 0;
}

int main(int argc, char **argv)
{
	return tool_run("watch", argc, argv, step);
}
