/*
 * poll-feeds - take telegrams from feeds and from the inbox
 *
 *   poll-feeds [--once | --for SECONDS]
 *
 * Feeds are the settings Feed.N.Url, from N = 0: Atom feeds of JMA.  Each is
 * asked once a minute (Feed.N.Every seconds), conditionally; one that fails is
 * asked less often and does not stop the others.  Feed.N.LongUrl names the
 * long feed, read after a gap.  Announced telegrams are fetched from the
 * feed's own host, or from one of Feed.N.Hosts (host or host:port, by spaces).
 *
 * Files put into Path.Inbox are taken as soon as they are whole, also while a
 * server keeps us waiting, and go to done/ or refused/ in there; names that
 * begin with a dot, as those of files still being written, are left alone.
 *
 * A telegram makes or changes its event, and what rules mail of it is made with
 * that.  Events that are over are closed by age (setting event.close).
 *
 * After a crash what was announced is fetched, and a file not yet moved is
 * taken again, which a telegram's hash makes harmless.
 * Source: D1k to D1m, P2 to P4; feeds.md 1; DESIGN 8.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/atom.h"
#include "feed/jalert.h"
#include "feed/jma.h"
#include "feed/jma_quake.h"
#include "feed/reason.h"
#include "model/event.h"
#include "model/feed.h"
#include "model/setting.h"
#include "model/telegram.h"
#include "tool/fetch.h"
#include "tool/run.h"

enum {
	FEEDS_MAX = 20,
	HOSTS_MAX = 40,
	EVERY_S = 60,	  /* JMA rebuilds its feeds once a minute */
	PUBLISHED_S = 20, /* past the minute: its feeds are there by then */
	EARLY_S = 5,	  /* a request this much before its time is one */
	GAP_S = 600,	  /* what a short feed surely reaches back */
	BACK_OFF_MAX_S = 300,
	ENTRY_BACK_OFF_S = 20,
	CONNECT_MS = 3000, /* one dead feed delays the others by this */
	TOTAL_MS = 20000,
	ENTRIES_A_STEP = 8, /* so that the inbox waits about a second */
	KEEP_DAYS = 60,	    /* of entries; long feeds reach back some days */
	DAY_S = 86400,
	CLOSE_EVERY_S = 3600,
	STILL_S = 10,	   /* a file this old is whole, whatever it holds */
	STILL_PLAIN_S = 2, /* a short message of a gateway, written at once */
	BACK_OFF_MOST_MS = 2000, /* a telegram waits no longer for a failure */
};

struct source {
	const char *url, *long_url, *hosts;
	int every_s;
};

/* What outlives a step: settings and connections. */
struct poll {
	struct arena *arena;
	struct source sources[FEEDS_MAX];
	int count;
	const char *hosts[HOSTS_MAX + 1];
	struct fetch *fetch;
	int64_t close_at; /* when old events are closed next */
};

/* Settings ------------------------------------------------------------------*/

static const char *setting(struct arena *a, int n, const char *name)
{
	return config_text(arena_fmt(a, "Feed.%d.%s", n, name), NULL);
}

/* "host:port" of an address; "" if it has none. */
static const char *host_of(struct arena *a, const char *url)
{
	const char *host = strstr(url, "://");

	if (host == NULL)
		return "";
	host += strlen("://");
	return arena_strndup(a, host, strcspn(host, "/?#"));
}

/* The scheme with what follows it: "https://". */
static bool is_same_scheme(const char *a, const char *b)
{
	return strncmp(a, b, strcspn(a, ":") + 1) == 0;
}

static void add_host(struct poll *p, const char *host)
{
	int n = 0;

	while (p->hosts[n] != NULL && strcmp(p->hosts[n], host) != 0)
		n++;
	if (n == HOSTS_MAX)
		log_fatal("too many hosts in the settings of feeds");
	p->hosts[n] = host;
}

static void add_hosts(struct poll *p, const struct source *s)
{
	const char *host = host_of(p->arena, s->url);
	char *words = arena_strdup(p->arena, s->hosts), *rest = words;

	if (*host == '\0' || strlen(s->url) > FEED_URL_MAX)
		log_fatal("not the address of a feed url=%s", s->url);
	add_host(p, host);
	while ((words = strsep(&rest, " ")) != NULL)
		if (*words != '\0')
			add_host(p, words);
}

static void take_meanwhile(void *tool);

static struct poll *open_poll(struct tool *tool)
{
	struct arena *a = arena_new();
	struct poll *p = arena_alloc(a, sizeof(*p));

	p->arena = a;
	for (int n = 0; n < FEEDS_MAX; n++) {
		struct source *s = &p->sources[p->count];
		const char *hosts = setting(a, n, "Hosts");

		s->url = setting(a, n, "Url");
		if (s->url == NULL)
			continue;
		s->long_url = setting(a, n, "LongUrl");
		s->hosts = hosts == NULL ? "" : hosts;
		s->every_s = (int)config_int(arena_fmt(a, "Feed.%d.Every", n),
					     EVERY_S, 1, DAY_S);
		add_hosts(p, s);
		p->count++;
	}
	p->fetch = fetch_open(a, p->hosts);
	if (p->fetch == NULL)
		log_fatal("fetching not possible");
	fetch_set_timeouts(p->fetch, CONNECT_MS, TOTAL_MS);
	fetch_set_idle(p->fetch, take_meanwhile, tool);
	return p;
}

/* Feeds ---------------------------------------------------------------------*/

/* When a feed that answered is asked again: JMA's at the second at which the
 * minute's feed is there. */
static int64_t next_time(const struct source *s, int64_t now)
{
	const int64_t minute = TIME_MINUTE;
	int64_t at;

	if (s->every_s != EVERY_S)
		return now + (int64_t)s->every_s * TIME_SECOND;
	at = now + (int64_t)(EVERY_S - EARLY_S) * TIME_SECOND;
	at = at - at % minute + (int64_t)PUBLISHED_S * TIME_SECOND;
	return at < now + (int64_t)(EVERY_S - EARLY_S) * TIME_SECOND
		       ? at + minute
		       : at;
}

static int64_t back_off(const struct source *s, int failures, int asked_for_s,
			int64_t now)
{
	int64_t wait_s = s->every_s;

	while (--failures > 0 && wait_s < BACK_OFF_MAX_S)
		wait_s *= 2;
	if (wait_s > BACK_OFF_MAX_S)
		wait_s = s->every_s > BACK_OFF_MAX_S ? s->every_s
						     : BACK_OFF_MAX_S;
	if (asked_for_s > wait_s)
		wait_s = asked_for_s < DAY_S ? asked_for_s : DAY_S;
	return now + wait_s * TIME_SECOND;
}

/* Telegrams come from where the feed is, or from where the settings say. */
static bool is_allowed(struct arena *a, const struct source *s,
		       const char *href)
{
	const char *host = host_of(a, href);

	if (*host == '\0' || !is_same_scheme(s->url, href))
		return false;
	return strcmp(host, host_of(a, s->url)) == 0 ||
	       strstr(arena_fmt(a, " %s ", s->hosts),
		      arena_fmt(a, " %s ", host)) != NULL;
}

/* What can call for a check goes before the many that inform. */
static bool is_urgent(const char *type)
{
	return jma_quake_is_type(type) || str_eq(type, "VTSE41") ||
	       str_eq(type, "VFVO56");
}

static struct feed_entry *entries_of(struct arena *a, const struct source *s,
				     const struct atom *atom)
{
	struct feed_entry *list = NULL;

	for (struct atom_entry *e = atom->entries; e != NULL; e = e->next) {
		struct feed_entry *entry;

		if (!is_allowed(a, s, e->href)) {
			log_warn("telegram elsewhere not fetched feed=%s",
				 s->url);
			continue;
		}
		entry = arena_alloc(a, sizeof(*entry));
		entry->id = e->id;
		entry->href = e->href;
		entry->urgent = is_urgent(jma_type(e->title));
		entry->next = list;
		list = entry;
	}
	return list;
}

/* How it answered, for people. */
static const char *status_of(struct arena *a, const struct fetch_reply *reply,
			     int got, const char *why, int skipped)
{
	if (reply->status == 0)
		return "答えがありません（つながらない、または時間切れ）。";
	if (*why != '\0')
		return arena_fmt(a, "HTTP %d　%s", reply->status,
				 reason_show(why));
	if (got < 0)
		return arena_fmt(a, "HTTP %d　使えない答えです。",
				 reply->status);
	if (skipped > 0)
		return arena_fmt(a,
				 "HTTP %d　%d 件は読んでいません（多すぎるか、"
				 "番号か所在のないもの）。",
				 reply->status, skipped);
	return arena_fmt(a, "HTTP %d", reply->status);
}

/* Asks one address of a feed.  Returns how many new entries it had, or -1 if
 * that could not be stored; an answer of no use is only noted. */
static int64_t ask(struct tool *tool, struct poll *p, const struct source *s,
		   struct feed *feed)
{
	struct feed_entry *entries = NULL;
	struct fetch_reply reply = { 0 };
	int64_t now = time_now();
	const char *why = "";
	struct atom atom = { 0 };
	int got = fetch_get(p->fetch, tool->arena, feed->url, feed->etag,
			    feed->modified, &reply);

	if (got > 0)
		got = atom_parse(tool->arena, reply.body, reply.len, &atom,
				 &why) < 0
			      ? -1
			      : 1;
	/* What is unchanged is as it was when it was read. */
	if (got != 0 || feed->failures > 0 || *feed->status == '\0')
		feed->status =
			status_of(tool->arena, &reply, got, why, atom.skipped);
	if (got < 0) {
		feed->failures++;
		feed->next_at =
			back_off(s, feed->failures, reply.retry_after_s, now);
		return feed_store(tool->db, feed, NULL, now);
	}
	feed->failures = 0;
	feed->good_at = now;
	feed->next_at = next_time(s, now);
	if (got > 0) {
		entries = entries_of(tool->arena, s, &atom);
		feed->etag = reply.etag;
		feed->modified = reply.modified;
	}
	return feed_store(tool->db, feed, entries, now);
}

/* Reads the long form of a feed; until that is done it is tried again. */
static int64_t catch_up(struct tool *tool, struct poll *p,
			const struct source *s)
{
	struct feed old;
	int64_t added;

	if (feed_find(tool->db, s->long_url, &old) < 0)
		return -1;
	if (old.failures > 0 && old.next_at > time_now())
		return 0;
	old.long_form = true;
	added = ask(tool, p, s, &old);
	if (added < 0 || old.failures > 0)
		return added;
	log_info("caught up feed=%s entries=%lld", s->url, (long long)added);
	return feed_caught_up(tool->db, s->url) < 0 ? -1 : added;
}

/* Asks a feed if its time has come.  After a gap its long form is asked too,
 * but after it: what happened just now is more urgent. */
static int64_t poll_feed(struct tool *tool, struct poll *p,
			 const struct source *s)
{
	int64_t now = time_now(), added, more;
	struct feed feed;

	if (feed_find(tool->db, s->url, &feed) < 0)
		return -1;
	if (feed.next_at > now)
		return 0;
	/* Kept with the feed: the next try of the long one is as good. */
	feed.behind |= s->long_url != NULL &&
		       now - feed.good_at >= (int64_t)GAP_S * TIME_SECOND;
	added = ask(tool, p, s, &feed);
	if (added < 0 || feed.failures > 0 || !feed.behind ||
	    s->long_url == NULL)
		return added;
	more = catch_up(tool, p, s);
	return more < 0 ? -1 : added + more;
}

static int64_t poll_all(struct tool *tool, struct poll *p)
{
	int64_t added = 0;

	for (int i = 0; i < p->count; i++) {
		int64_t n = poll_feed(tool, p, &p->sources[i]);

		if (n < 0)
			return -1;
		added += n;
	}
	if (added > 0 &&
	    feed_purge(tool->db, time_now() - (int64_t)KEEP_DAYS * DAY_S *
						      TIME_SECOND) < 0)
		return -1;
	return added;
}

/* Entries -------------------------------------------------------------------*/

/* Later again, or never. */
static int put_off(struct tool *tool, const struct feed_entry *e)
{
	int64_t wait_s = (int64_t)ENTRY_BACK_OFF_S * (e->attempts + 1);
	bool last = e->attempts + 1 >= FEED_ATTEMPTS_MAX;

	if (last)
		log_error("telegram given up id=%s", e->id);
	return feed_entry_failed(tool->db, e->id,
				 last ? 0 : time_now() + wait_s * TIME_SECOND);
}

/* A telegram that cannot be stored is put off as well: those behind it must
 * not wait for it. */
static int fetch_entry(struct tool *tool, struct poll *p,
		       const struct feed_entry *e)
{
	struct telegram_taken taken;
	struct fetch_reply reply;

	if (fetch_get(p->fetch, tool->arena, e->href, "", "", &reply) <= 0)
		return put_off(tool, e);
	if (telegram_take(tool->db, "feed", e->id, reply.body, reply.len,
			  time_now(), &taken) < 0)
		return put_off(tool, e);
	return feed_entry_done(tool->db, e->id);
}

static int64_t fetch_entries(struct tool *tool, struct poll *p)
{
	struct feed_entry *list;
	int64_t n = 0;

	if (feed_pending(tool->db, time_now(), ENTRIES_A_STEP, &list) < 0)
		return -1;
	for (; list != NULL && !tool_is_ending(); list = list->next, n++)
		if (fetch_entry(tool, p, list) < 0)
			return -1;
	return n;
}

/* Inbox ---------------------------------------------------------------------*/

static void close_file(void *f)
{
	fclose(f);
}

static void close_folder(void *d)
{
	closedir(d);
}

/* A file is whole if it ends as a telegram does, or has not changed for a
 * while.  What is renamed into place is whole at once. */
static bool is_whole(const char *bytes, size_t len, const struct stat *st)
{
	static const char *const ends[] = { "Report>", "alert>" };

	while (len > 0 && strchr(" \t\r\n", bytes[len - 1]) != NULL)
		len--;
	for (size_t i = 0; i < LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && memcmp(bytes + len - n, ends[i], n) == 0)
			return true;
	}
	return time_now() / TIME_SECOND - st->st_mtime >=
	       (jalert_is(bytes, len) ? STILL_PLAIN_S : STILL_S);
}

/* Reads a file of the inbox.  Returns 1, 0 if it is to be left alone. */
static int read_file(struct arena *a, const char *path, char **bytes,
		     size_t *len)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "rb");
	struct stat st;
	size_t size;

	if (f == NULL) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	arena_defer(a, close_file, f);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	size = st.st_size > TELEGRAM_BYTES_MAX ? TELEGRAM_BYTES_MAX + 1
					       : (size_t)st.st_size;
	*bytes = arena_alloc(a, size + 1);
	*len = fread(*bytes, 1, size, f);
	return *len == size && is_whole(*bytes, *len, &st);
}

/* A file of the same name there before is not overwritten. */
static int move(struct arena *a, const char *inbox, const char *name,
		const char *folder)
{
	const char *from = arena_fmt(a, "%s/%s", inbox, name);
	const char *dir = arena_fmt(a, "%s/%s", inbox, folder);
	const char *to = arena_fmt(a, "%s/%s", dir, name);

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return log_error("folder not made folder=%s why=%s", dir,
				 strerror(errno));
	if (access(to, F_OK) == 0)
		to = arena_fmt(a, "%s.%lld", to, (long long)time_now());
	if (rename(from, to) < 0)
		return log_error("file not moved to=%s why=%s", to,
				 strerror(errno));
	return 0;
}

static int take_file(struct tool *tool, const char *inbox, const char *name)
{
	struct telegram_taken taken;
	char *bytes;
	size_t len;

	if (read_file(tool->arena, arena_fmt(tool->arena, "%s/%s", inbox, name),
		      &bytes, &len) == 0)
		return 0;
	if (telegram_take(tool->db, "inbox", name, bytes, len, time_now(),
			  &taken) < 0 ||
	    move(tool->arena, inbox, name,
		 taken.outcome == TELEGRAM_REFUSED ? "refused" : "done") < 0)
		return -1;
	return 1;
}

static int64_t take_inbox(struct tool *tool)
{
	const char *inbox = config_text("Path.Inbox", NULL);
	DIR *dir = inbox == NULL ? NULL : opendir(inbox);
	struct dirent *entry;
	bool failed = false;
	int64_t n = 0;

	if (inbox == NULL)
		return 0;
	if (dir == NULL)
		return log_error("inbox not readable folder=%s why=%s", inbox,
				 strerror(errno));
	arena_defer(tool->arena, close_folder, dir);
	while ((entry = readdir(dir)) != NULL && !tool_is_ending()) {
		int rc;

		if (entry->d_name[0] == '.')
			continue;
		/* One that stays must not keep those behind it out. */
		rc = take_file(tool, inbox, entry->d_name);
		failed |= rc < 0;
		n += rc > 0;
	}
	return failed ? -1 : n;
}

/* While a server is slow.  What fails here is tried again by the next step, and
 * told then. */
static void take_meanwhile(void *arg)
{
	struct tool *tool = arg;
	struct arena *kept = tool->arena;

	tool->arena = arena_new();
	tool->db->arena = tool->arena;
	take_inbox(tool);
	arena_free(tool->arena);
	tool->arena = kept;
	tool->db->arena = kept;
}

/* Events that are over give their keys up: once an hour is often enough. */
static int64_t close_events(struct tool *tool, struct poll *p)
{
	int64_t now = time_now(), hours;

	if (now < p->close_at)
		return 0;
	hours = setting_int(tool->db, "event.close");
	if (hours < 0 || event_close_old(tool->db, now, hours) < 0)
		return -1;
	p->close_at = now + (int64_t)CLOSE_EVERY_S * TIME_SECOND;
	return 0;
}

/* Files first: they are given to us, a feed can wait a moment. */
static int step(struct tool *tool)
{
	int64_t (*const parts[])(struct tool *, struct poll *) = {
		poll_all,
		fetch_entries,
		close_events,
	};
	int64_t done = take_inbox(tool);
	bool failed = done < 0;

	tool->back_off_ms = BACK_OFF_MOST_MS;
	if (tool->own == NULL)
		tool->own = open_poll(tool);
	for (size_t i = 0; i < LEN(parts); i++) {
		int64_t n = parts[i](tool, tool->own);

		failed |= n < 0;
		done += n > 0 ? n : 0;
	}
	return failed ? -1 : done > 0;
}

int main(int argc, char **argv)
{
	return tool_run("poll-feeds", argc, argv, step);
}
