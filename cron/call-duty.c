/*
 * call-duty - page those on duty until somebody decides
 *
 *   call-duty [--once | --for SECONDS]
 *
 * The first page is made with the prepared check itself (model/paging.h); this
 * pages the next steps of the duty list, every duty.every minutes.  Where the
 * setting decide.self says so, it sends a check on which nobody decided.  And
 * it tells of feeds (Feed.N.Url) that are silent and of checks of /status that
 * turn bad, once, and when they are well again: a program of its own, so that
 * it also tells when another one is gone.
 *
 * Each act is one transaction under the row of what it is about, so it can die
 * anywhere, and two that run at once page, send and tell once.
 * Source: D1k, M1; DESIGN 8.
 */
#include "base/arena.h"
#include "base/config.h"
#include "base/time.h"
#include "model/decision.h"
#include "model/feed_alarm.h"
#include "model/health.h"
#include "model/health_alarm.h"
#include "model/paging.h"
#include "tool/run.h"

enum {
	FEEDS_MAX = 20, /* as poll-feeds has */
	IDLE_MS = 1000,
	BACK_OFF_MOST_MS =
		5000, /* one event that fails delays no other's page */
	FEEDS_EVERY_S = 10,
	HEALTH_EVERY_S = 30,
};

/* 1 if something was told, 0, or -1. */
static int look_at_feeds(struct tool *tool)
{
	static int64_t next_at;
	const char *urls[FEEDS_MAX];
	int64_t now = time_now();
	int n = 0;

	if (now < next_at)
		return 0;
	next_at = now + (int64_t)FEEDS_EVERY_S * TIME_SECOND;
	for (int i = 0; i < FEEDS_MAX; i++) {
		urls[n] = config_text(arena_fmt(tool->arena, "Feed.%d.Url", i),
				      NULL);
		n += urls[n] != NULL;
	}
	return feed_alarm(tool->db, urls, n, now);
}

/* Likewise. */
static int look_at_health(struct tool *tool)
{
	static struct health_site site;
	static int64_t next_at;
	int64_t now = time_now();

	if (site.run == NULL) /* lives as long as the program */
		health_site_configured(arena_new(), &site);
	if (now < next_at)
		return 0;
	next_at = now + (int64_t)HEALTH_EVERY_S * TIME_SECOND;
	return health_alarm(tool->db, &site, now);
}

/* What waits for people first. */
static int step(struct tool *tool)
{
	int paged = paging_next(tool->db, time_now());
	int sent = decision_self(tool->db, time_now());
	int told = look_at_feeds(tool), alarmed = look_at_health(tool);

	tool->idle_ms = IDLE_MS;
	tool->back_off_ms = BACK_OFF_MOST_MS;
	if (paged < 0 || sent < 0 || told < 0 || alarmed < 0)
		return -1;
	return paged + sent + told + alarmed;
}

int main(int argc, char **argv)
{
	return tool_run("call-duty", argc, argv, step);
}
