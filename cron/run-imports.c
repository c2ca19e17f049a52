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
	static const char failed[] =
		"処理に失敗しました。何も変わっていません。もう"
		"一度送ってください。";
	int rc = confirmed ? import_apply(tool->db, id)
			   : import_compare(tool->db, id);

	if (confirmed && rc > 0)
		log_info("import applied import=%" PRId64, id);
	/* It was a transaction, run again where that helps: one that fails all
	 * the same makes room for the next. */
	return rc < 0 ? import_refuse(tool->db, id, failed) : 0;
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
	return work(tool, id, confirmed) < 0 ? -1 : 1;
}

int main(int argc, char **argv)
{
	return tool_run("run-imports", argc, argv, step);
}
