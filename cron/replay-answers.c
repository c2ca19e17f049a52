/*
 * replay-answers - store journalled answers, and count all answers
 *
 *   replay-answers [--once | --for SECONDS]
 *
 * Stores what respond wrote to this node's journal while the database was
 * away, each record once however often it is read, and folds new answers of
 * every broadcast into the counters, more than once a second.  Killed at
 * any instant it goes on where it was: a file leaves the journal when all in
 * it is stored.  One that it could not verify is read again by the next run,
 * which may know a newer key.  Source: D1b, D1j, DESIGN 5.
 */
#include <inttypes.h>

#include "base/config.h"
#include "base/log.h"
#include "base/mac.h"
#include "db/db.h"
#include "model/answer.h"
#include "model/journal.h"
#include "model/tally.h"
#include "tool/run.h"

enum {
	PAUSE_MS = 600,	   /* between two folds; a page may be 1 s late */
	FULL_STEP = 20000, /* answers: more are waiting, so no pause */
};

/* A record that can never be stored (the link was revoked before it was given,
 * the person is gone) is let go, and said in the log. */
static int store_record(struct db *db, const struct journal_record *r)
{
	int rc = r->kind == JOURNAL_ANSWER ? answer_replay(db, &r->answer)
					   : self_report_replay(db, &r->report);

	if (rc > ANSWER_SAME)
		log_warn("journalled answer not wanted user=%" PRId64
			 " broadcast=%" PRId64 " why=%d",
			 r->kind == JOURNAL_ANSWER ? r->answer.user
						   : r->report.user,
			 r->answer.broadcast, rc);
	return rc < 0 ? -1 : 0;
}

static int store_in_transaction(struct db *db, void *arg)
{
	for (const struct journal_record *r = arg; r != NULL; r = r->next)
		if (store_record(db, r) < 0)
			return -1;
	return 0;
}

static int store(void *arg, const struct journal_record *list)
{
	return db_transaction(arg, store_in_transaction,
			      (void *)(uintptr_t)list);
}

static int step(struct tool *tool)
{
	static const struct mac_keys *keys;
	const char *dir = config_must("Path.Journal");
	int stored, folded;

	if (keys == NULL) {
		keys = mac_keys_configured(journal_purpose);
		journal_retry_refused(dir, tool->arena);
	}
	tool->idle_ms = PAUSE_MS;
	tool->back_off_ms = TOOL_QUICK_BACK_OFF_MS;
	/* The writers keep their files until they can be stored. */
	if (!db_alive(tool->db))
		return log_error("database away, the journal waits");
	stored = journal_replay(dir, keys, tool->arena, store, tool->db);
	if (stored > 0)
		log_info("journal replayed answers=%d", stored);
	folded = tally_fold_all(tool->db);
	if (stored < 0 || folded < 0)
		return -1;
	/* In a storm one fold of many answers is cheaper than many folds. */
	return folded >= FULL_STEP ? folded : 0;
}

int main(int argc, char **argv)
{
	return tool_run("replay-answers", argc, argv, step);
}
