/*
 * count-addresses - count who can be reached, for /addresses and /readiness
 *
 *   count-addresses [--once | --for SECONDS]
 *
 * Looks at every person's addresses and regions and keeps the result by person
 * and by group.  It can die anywhere: the next count is right, whatever was
 * left.  Source: D2h, D2i, B9.
 */
#include "model/coverage.h"
#include "tool/run.h"

/* Returns 1 if it counted, 0 if it is not time yet, -1 on failure. */
static int step(struct tool *tool)
{
	return coverage_update(tool->db);
}

int main(int argc, char **argv)
{
	return tool_run("count-addresses", argc, argv, step);
}
