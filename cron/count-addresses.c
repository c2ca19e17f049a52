/*
 * count-addresses - count who can be reached, for /addresses and /readiness,
 * and ask about addresses that nobody has confirmed for long
 *
 *   count-addresses [--once | --for SECONDS]
 *
 * Looks at every person's addresses and regions and keeps the result by person
 * and by group.  Once a day, outside of the quiet hours, it mails some of those
 * addresses the link that confirms (model/address_check.h).  It can die
 * anywhere: the next count is right, whatever was left, and who is asked is one
 * transaction.  Source: D2h, D2i, B9.
 */
#include "base/time.h"
#include "model/address_check.h"
#include "model/coverage.h"
#include "tool/run.h"

enum { ASK_EVERY_S = 30 };

/* 1 if somebody was asked, 0, or -1. */
static int ask(struct tool *tool)
{
	static int64_t next_at;
	int64_t now = time_now();
	int mails;

	if (now < next_at)
		return 0;
	next_at = now + (int64_t)ASK_EVERY_S * TIME_SECOND;
	mails = address_check_daily(tool->db, now);
	return mails < 0 ? -1 : mails > 0;
}

/* Returns 1 if it did something, 0 if it is not time yet, -1 on failure. */
static int step(struct tool *tool)
{
	int counted = coverage_update(tool->db), asked = ask(tool);

	return counted < 0 || asked < 0 ? -1 : counted || asked;
}

int main(int argc, char **argv)
{
	return tool_run("count-addresses", argc, argv, step);
}
