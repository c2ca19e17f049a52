#include "model/feed_alarm.h"

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/feed.h"
#include "model/paging.h"
#include "model/setting.h"

/* What can be told, the column that keeps when it was. */
enum news { SILENT, SILENT_OVER, QUIET, QUIET_OVER, NEWS_COUNT };

struct looking {
	const char *const *urls;
	int count;
	int64_t now, silent_min, quiet_min;
	struct str lists[NEWS_COUNT]; /* feeds to tell of, by lines */
	int mails;
};

/* One of the settings that poll-feeds has not met yet is known from now on. */
static int know(struct db *db, const char *url, int64_t now)
{
	static const char add[] =
		"INSERT IGNORE INTO feed (url, known_at) VALUES (?, ?)";
	static const char since[] = "UPDATE feed SET known_at = ?"
				    " WHERE url = ?"
				    "   AND known_at IS NULL";
	struct stmt *s = db_prepare(db, add);

	db_bind_text(s, url);
	db_bind_time(s, now);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, since);
	db_bind_time(s, now);
	db_bind_text(s, url);
	return db_run(s) < 0 ? -1 : 0;
}

struct times {
	int64_t good_at, known_at, entry_at, silent_at, quiet_at;
};

static int read_times(struct db *db, const char *url, struct times *out)
{
	static const char sql[] =
		"SELECT good_at, known_at, entry_at, silent_at, quiet_at"
		"  FROM feed"
		" WHERE url = ?"
		"   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, url);
	while ((rc = db_step(s)) > 0) {
		out->good_at = db_time(s, 0);
		out->known_at = db_time(s, 1);
		out->entry_at = db_time(s, 2);
		out->silent_at = db_time(s, 3);
		out->quiet_at = db_time(s, 4);
	}
	return rc;
}

static int store_times(struct db *db, const char *url, const struct times *t)
{
	static const char sql[] = "UPDATE feed SET silent_at = ?, quiet_at = ?"
				  " WHERE url = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, t->silent_at);
	db_bind_time(s, t->quiet_at);
	db_bind_text(s, url);
	return db_run(s) < 0 ? -1 : 0;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void add_line(struct db *db, struct looking *l, enum news which,
		     const char *url, int64_t last)
{
	str_fmt(&l->lists[which], "・%s\n　最後：%s\n",
		feed_url_show(db->arena, url),
		last == 0 ? "まだ一度もありません"
			  : time_show(db->arena, last));
}

/* Silent while it was not, or no more while it was; and likewise quiet, which
 * is not told of a feed that is silent. */
static int look(struct db *db, struct looking *l, const char *url)
{
	struct times t = { 0 }, old;
	bool silent, quiet;

	if (know(db, url, l->now) < 0 || read_times(db, url, &t) < 0)
		return -1;
	old = t;
	silent = l->now - later(t.good_at, t.known_at) >=
		 l->silent_min * TIME_MINUTE;
	quiet = l->quiet_min > 0 && !silent &&
		l->now - later(t.entry_at, t.known_at) >=
			l->quiet_min * TIME_MINUTE;
	if (silent && t.silent_at == 0) {
		add_line(db, l, SILENT, url, t.good_at);
		t.silent_at = l->now;
	} else if (t.silent_at != 0 && t.good_at > t.silent_at) {
		add_line(db, l, SILENT_OVER, url, t.good_at);
		t.silent_at = 0;
	}
	if (quiet && t.quiet_at == 0) {
		add_line(db, l, QUIET, url, t.entry_at);
		t.quiet_at = l->now;
	} else if (t.quiet_at != 0 && t.entry_at > t.quiet_at) {
		add_line(db, l, QUIET_OVER, url, t.entry_at);
		t.quiet_at = 0;
	}
	if (t.silent_at == old.silent_at && t.quiet_at == old.quiet_at)
		return 0;
	log_warn("feed told of url=%s silent=%d quiet=%d",
		 feed_url_show(db->arena, url), t.silent_at != 0,
		 t.quiet_at != 0);
	return store_times(db, url, &t);
}

static int tell(struct db *db, struct looking *l, enum news which)
{
	static const char *const subjects[] = {
		[SILENT] = "【異常】電文のフィードが取れません",
		[SILENT_OVER] =
			"【復旧】電文のフィードが取れるようになりました",
		[QUIET] = "【注意】フィードに新しい電文がありません",
		[QUIET_OVER] = "【復旧】フィードに新しい電文が来ました",
	};
	struct arena *a = db->arena;
	const char *first = "";

	if (l->lists[which].len == 0)
		return 0;
	if (which == SILENT)
		first = arena_fmt(a,
				  "次のフィードが %lld 分以上取れていません。"
				  "このあいだの電文は届きません。\n"
				  "ネットワークと、配信元の障害情報を確かめて"
				  "ください。\n\n",
				  (long long)l->silent_min);
	else if (which == QUIET)
		first = arena_fmt(a,
				  "次のフィードは取れていますが、%lld 分以上"
				  "新しい電文がありません。\n"
				  "配信元の障害情報を確かめてください。\n\n",
				  (long long)l->quiet_min);
	l->mails++;
	return paging_tell(db, subjects[which],
			   arena_fmt(a, "%s%s\n電文の受信：%s/events/feeds\n",
				     first, str_text(&l->lists[which]),
				     config_text("Site.Url", "")));
}

static int look_all(struct db *db, void *arg)
{
	struct looking *l = arg;

	l->mails = 0;
	for (int i = 0; i < NEWS_COUNT; i++)
		l->lists[i] = (struct str){ .arena = db->arena };
	for (int i = 0; i < l->count; i++)
		if (look(db, l, l->urls[i]) < 0)
			return -1;
	for (int i = 0; i < NEWS_COUNT; i++)
		if (tell(db, l, (enum news)i) < 0)
			return -1;
	return 0;
}

int feed_alarm(struct db *db, const char *const *urls, int count, int64_t now)
{
	struct looking l = { .urls = urls, .count = count, .now = now };

	l.silent_min = setting_int(db, "feed.silent");
	l.quiet_min = setting_int(db, "feed.quiet");
	if (l.silent_min < 0 || l.quiet_min < 0 ||
	    db_transaction(db, look_all, &l) < 0)
		return -1;
	return l.mails;
}
