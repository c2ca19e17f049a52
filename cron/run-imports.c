/*
 * run-imports - compare and apply the files that admins sent
 *
 *   run-imports [--once | --for SECONDS]
 *
 * The screen reads a file into rows and may change nothing else; this tool has
 * the rights to change people, and no way to be reached from outside.  So the
 * browser may be closed meanwhile.  Killed at any instant it leaves an import
 * as it was: it is one transaction.  Rows of imports that ended are cleared
 * away, some at a time.  Source: D2j, S5.
 */
#include <inttypes.h>

#include "base/log.h"
#include "db/db.h"
#include "model/import.h"
#include "tool/run.h"

enum { PAUSE_MS = 500 }; /* a person waits for the difference */

static int work(struct tool *tool, int64_t id, bool confirmed)
{
	int rc;

	if (!confirmed)
		return import_compare(tool->db, id);
	rc = import_apply(tool->db, id);
	if (rc > 0)
		log_info("import applied import=%" PRId64, id);
	return rc;
}

static int step(struct tool *tool)
{
	bool confirmed = false;
	int64_t id, tidied;
	int rc = import_next(tool->db, &id, &confirmed);

	tool->idle_ms = PAUSE_MS;
	if (rc < 0)
		return -1;
	if (rc == 0) {
		tidied = import_tidy(tool->db);
		return tidied < 0 ? -1 : tidied > 0;
	}
	/* One that fails gives way to the others for a while: run.h waits. */
	return work(tool, id, confirmed) < 0 ? -1 : 1;
}

int main(int argc, char **argv)
{
	return tool_run("run-imports", argc, argv, step);
}
