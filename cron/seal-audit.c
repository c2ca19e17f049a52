/*
 * seal-audit - chain and sign what must be proven later
 *
 *   seal-audit [--once | --for SECONDS]
 *
 * The only program with the private key of the evidence, and the only one that
 * may add to the table of that name; none may change it.  It can die anywhere:
 * what was not sealed is, by the next step.  What is due when is in the
 * settings Evidence.Delay and Evidence.Every, seconds; model/evidence.h says
 * what for.  Source: B11, S6; DESIGN 9.
 */
#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/sign.h"
#include "base/time.h"
#include "db/db.h"
#include "model/evidence.h"
#include "tool/run.h"

enum {
	PAUSE_MS = 2000,
	DELAY_S = 600, /* longer than any transaction that audits */
	EVERY_S = 60,
	SECONDS_MOST = 86400,
};

static const struct sign_private *load_key(struct arena *a)
{
	const struct sign_private *key = sign_private_load(
		arena_fmt(a, "%s/evidence.private", config_must("Path.Keys")));

	if (key == NULL)
		log_fatal("no key to sign with: run anpictl keys new");
	return key;
}

/* Returns how many records it made, 0 if nothing is due, -1 on failure. */
static int step(struct tool *tool)
{
	static const struct sign_private *key;
	struct evidence_rules rules = {
		.now = time_now(),
		.delay =
			config_int("Evidence.Delay", DELAY_S, 0, SECONDS_MOST) *
			TIME_SECOND,
		.every =
			config_int("Evidence.Every", EVERY_S, 0, SECONDS_MOST) *
			TIME_SECOND,
	};

	tool->idle_ms = PAUSE_MS;
	if (key == NULL)
		key = load_key(tool->arena);
	rules.key = key;
	return evidence_seal(tool->db, &rules);
}

int main(int argc, char **argv)
{
	return tool_run("seal-audit", argc, argv, step);
}
