/*
 * status - how the product itself does
 *
 *   GET /status    each feed, queue, tool, ... with its age, worst first
 *   GET /metrics   the same for Prometheus
 *   GET /healthz   "ok", or 503 and the names of what is bad
 *
 * The page is for system admins, operators and auditors; the other two are for
 * programs of this machine, which need no login.  Nothing in them is personal.
 * Source: M1; DESIGN 10.
 */
#include "base/arena.h"
#include "base/time.h"
#include "model/health.h"
#include "web/page.h"
#include "web/run.h"

static struct health_site site;

static void start(void)
{
	/* As long as the process. */
	health_site_configured(arena_new(), &site);
}

/* The page that helps, for whoever may open it. */
static const char *page_of(const struct request *req, enum health_kind kind)
{
	static const struct {
		enum right right;
		const char *path;
	} pages[HEALTH_KINDS] = {
		[HEALTH_FEED] = { RIGHT_DECIDE, "/events/feeds" },
		[HEALTH_TELEGRAM] = { RIGHT_DECIDE, "/events/feeds" },
		[HEALTH_DECISION] = { RIGHT_DECIDE, "/events" },
		[HEALTH_IMPORT] = { RIGHT_SYSTEM, "/import" },
	};

	return pages[kind].path != NULL &&
			       role_may(req->role, pages[kind].right)
		       ? pages[kind].path
		       : NULL;
}

static void add_check(struct request *req, const struct health_check *c)
{
	static const struct {
		const char *word, *mark;
	} levels[] = {
		[HEALTH_GOOD] = { "正常", "good" },
		[HEALTH_WARN] = { "注意", "warn" },
		[HEALTH_BAD] = { "異常", "bad" },
	};
	const struct health_kind_words *k = health_words(c->kind);
	struct row *row = page_row(req, "Checks");

	row_set(row, "words", k->words);
	row_set(row, "of", c->of_words);
	row_set(row, "word", levels[c->level].word);
	row_set(row, "mark", levels[c->level].mark);
	row_set(row, "amount", health_amount_show(req->arena, c));
	row_set(row, "age", health_age_show(req->arena, c, req->now));
	if (c->level == HEALTH_GOOD)
		return;
	row_set(row, "advice", k->advice);
	row_set(row, "path", page_of(req, c->kind));
}

static int show(struct request *req)
{
	struct health h;

	if (health_look(req->db, &site, req->now, &h) < 0)
		return 500;
	for (int level = HEALTH_BAD; level >= HEALTH_GOOD; level--)
		for (const struct health_check *c = h.checks; c != NULL;
		     c = c->next)
			if ((int)c->level == level)
				add_check(req, c);
	page_set_int(req, "Bad", h.counts[HEALTH_BAD]);
	page_set_int(req, "Warn", h.counts[HEALTH_WARN]);
	page_set_int(req, "Good", h.counts[HEALTH_GOOD]);
	page_set_int(req, "JournalHidden", h.journal_hidden);
	page_set(req, "Now", time_show_clock(req->arena, req->now));
	return page_show(req, "status.cs");
}

/* That the database is away is one of the numbers. */
static int metrics(struct request *req)
{
	struct health h;

	health_look(req->db, &site, req->now, &h);
	return page_text(req, 200, "text/plain; version=0.0.4; charset=utf-8",
			 health_metrics(req->arena, &h));
}

static int healthz(struct request *req)
{
	struct health h;

	health_look(req->db, &site, req->now, &h);
	return page_text(req, h.counts[HEALTH_BAD] == 0 ? 200 : 503,
			 "text/plain; charset=utf-8",
			 health_bad(req->arena, &h));
}

static const struct route routes[] = {
	{ "GET", "/status", GUARD_STATUS, show },
	{ "GET", "/metrics", GUARD_LOCAL, metrics },
	{ "GET", "/healthz", GUARD_LOCAL, healthz },
	{ 0 },
};

int main(void)
{
	static const struct web_options options = { .start = start };

	return web_run_with(routes, &options);
}
