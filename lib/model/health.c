#include "model/health.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/clock.h"
#include "model/feed.h"
#include "model/journal.h"
#include "model/setting.h"

enum {
	MINUTE_S = 60,
	DAY_S = 86400,
	PERCENT = 100,
	LEAST_MAILS = 20,     /* of which a percentage says something */
	SCHEDULED_DAYS = 31,  /* that a broadcast waits at most to be sent */
	FEEDS_MAX = 20,	      /* as poll-feeds has */
	CERTIFICATES_MAX = 4, /* of the web server */
};

static const struct health_kind_words kinds[] = {
	[HEALTH_DATABASE] = {
		"database", "データベース", "", "",
		"MariaDBが動いているか確かめてください。",
		NULL, NULL, NULL, NULL, NULL,
	},
	[HEALTH_FEED] = {
		"feed", "フィード", "", "最後に取れたとき",
		"ネットワークと、配信元の障害情報を確かめてください。",
		NULL, NULL,
		"feed_age_seconds", "Time since the feed was last fetched.",
		"feed",
	},
	[HEALTH_TELEGRAM] = {
		"telegram", "電文", "", "最後に届いたとき",
		"配信元の障害情報と、電文の受信の画面を確かめてください。",
		NULL, NULL,
		"telegram_age_seconds",
		"Time since the newest telegram was taken.", NULL,
	},
	[HEALTH_DECISION] = {
		"decisions", "判断を待つ災害事象", "件", "最も古いもの",
		"災害事象の画面で、送信するか却下するかを決めてください。",
		"decisions_waiting", "Events that wait for a decision.",
		"decisions_oldest_seconds",
		"Time that the oldest of them has waited.", NULL,
	},
	[HEALTH_PAGE] = {
		"pages", "送信を待つ当番の呼び出し", "通", "最も古いもの",
		"当番に電話で知らせ、メールの送信（deliver）と中継サーバーを"
		"確かめてください。",
		"pages_due", "Mails to those on duty that are due.",
		"pages_oldest_seconds",
		"Time that the oldest of them has been due.", NULL,
	},
	[HEALTH_MESSAGE] = {
		"messages", "送信を待つメール", "通", "最も古いもの",
		"メールの送信（deliver）の記録（ログ）と中継サーバーを確かめて"
		"ください。",
		"messages_due", "Mails of broadcasts that are due.",
		"messages_oldest_seconds",
		"Time that the oldest of them has been due.", NULL,
	},
	[HEALTH_LINK] = {
		"links", "送信を待つ本人へのリンク", "通", "最も古いもの",
		"メールの送信（deliver）の記録（ログ）と中継サーバーを確かめて"
		"ください。",
		"links_due", "Mails of single links that are due.",
		"links_oldest_seconds",
		"Time that the oldest of them has been due.", NULL,
	},
	[HEALTH_BROADCAST] = {
		"broadcasts", "準備を待つ配信", "件", "最も古いもの",
		"配信の準備（enqueue）の記録（ログ）を確かめてください。",
		"broadcasts_waiting",
		"Broadcasts confirmed or past their time and not enqueued.",
		"broadcasts_oldest_seconds",
		"Time that the oldest of them has waited.", NULL,
	},
	[HEALTH_ANSWER] = {
		"answers", "集計を待つ応答", "件", "最も古いもの",
		"応答は保存されています。集計（replay-answers）の記録（ログ）を"
		"確かめてください。",
		"answers_waiting", "Answers stored and not counted yet.",
		"answers_oldest_seconds",
		"Time since the oldest of them was given.", NULL,
	},
	[HEALTH_JOURNAL] = {
		"journal", "データベースに移していない応答の控え", "ファイル",
		"最も古いもの",
		"応答はこのサーバーに残っています。データベースと"
		"replay-answersを確かめてください。",
		"journal_files", "Files of answers that the database lacks.",
		"journal_oldest_seconds",
		"Time since the oldest of them was begun.", NULL,
	},
	[HEALTH_REFUSED_FILE] = {
		"refused_files", "読み取れない応答の控え", "ファイル", "",
		"控えを消さずに、全サーバーの鍵が同じか確かめてください。",
		"journal_refused_files",
		"Files of answers with lines that are not ours.", NULL, NULL,
		NULL,
	},
	[HEALTH_UNDELIVERED] = {
		"undelivered", "届かないメール（1時間以内の配信）", "%", "",
		"メールの記録（ログ）で、拒否された理由を確かめてください。",
		"undelivered_percent",
		"Mails refused or bounced, of those of the last hour.", NULL,
		NULL, NULL,
	},
	[HEALTH_IMPORT] = {
		"imports", "進まない取り込み", "件", "最も古いもの",
		"取り込みの画面と、run-importsの記録（ログ）を確かめて"
		"ください。",
		"imports_moving", "Imports that a program is working on.",
		"imports_oldest_seconds",
		"Time since the one that is furthest behind moved on.", NULL,
	},
	[HEALTH_TOOL] = {
		"tool", "自動の仕事", "", "最後に動いたとき",
		"cronが動いているか、記録（ログ）に失敗がないか確かめて"
		"ください。",
		NULL, NULL,
		"tool_age_seconds",
		"Time since the last step of the tool that did not fail.",
		"tool",
	},
	[HEALTH_DISK] = {
		"disk", "ディスクの空き", "%", "",
		"古い記録（ログ）とバックアップを移して、空きを増やして"
		"ください。",
		"disk_free_percent", "Space left on the disk.", NULL, NULL,
		NULL,
	},
	[HEALTH_CERTIFICATE] = {
		"certificate", "サーバー証明書の残り", "日", "",
		"証明書を新しくし、nginxに読み直させてください。",
		"certificate_days", "Days until the first certificate ends.",
		NULL, NULL, NULL,
	},
};

/* From which number on; those of feeds, telegrams and tools are their own. */
static const struct {
	enum { BY_NOTHING, BY_AGE, BY_AMOUNT, BY_LITTLE } by;
	int64_t warn, bad;
} limits[HEALTH_KINDS] = {
	/* The promises of 3 and 10 minutes (P2, P3) hold for the mail; a check
	 * on which nobody has decided by then has broken them. */
	[HEALTH_DECISION] = { BY_AGE, 180, 600 },
	[HEALTH_PAGE] = { BY_AGE, 30, 120 },
	[HEALTH_MESSAGE] = { BY_AGE, 60, 300 },
	[HEALTH_LINK] = { BY_AGE, 60, 300 },
	[HEALTH_BROADCAST] = { BY_AGE, 30, 120 },
	[HEALTH_ANSWER] = { BY_AGE, 5, 60 },
	[HEALTH_JOURNAL] = { BY_AGE, 60, 300 },
	[HEALTH_REFUSED_FILE] = { BY_AMOUNT, 1, INT64_MAX },
	[HEALTH_UNDELIVERED] = { BY_AMOUNT, 5, 20 },
	[HEALTH_IMPORT] = { BY_AGE, 120, 900 },
	[HEALTH_DISK] = { BY_LITTLE, 10, 3 },
	[HEALTH_CERTIFICATE] = { BY_LITTLE, 30, 7 },
};

/* The tools of the crontab and how often it starts them. */
static const struct tool {
	const char *name, *words;
	int64_t every_s;
} tools[] = {
	{ "poll-feeds", "電文の受信", 60 },
	{ "call-duty", "当番の呼び出し", 60 },
	{ "enqueue", "配信の準備", 60 },
	{ "deliver", "メールの送信", 60 },
	{ "follow-mail-log", "メールの追跡", 60 },
	{ "replay-answers", "応答の集計", 60 },
	{ "run-imports", "取り込みの反映", 60 },
	{ "sync-hr", "人事データの受け取り", 600 },
	{ "count-addresses", "アドレスの集計", 60 },
	{ "keep-clock", "配信の時計", 60 },
	{ "drill", "訓練", 60 },
	{ "seal-audit", "監査記録の封印", 60 },
	{ "watch", "閲覧の見張り", 60 },
};

enum { TOOL_WARN_S = 60, TOOL_BAD_S = 240 }; /* after its next turn */

const struct health_kind_words *health_words(enum health_kind kind)
{
	return &kinds[kind];
}

enum health_level health_level(enum health_kind kind, int64_t amount,
			       int64_t age_s)
{
	int64_t warn = limits[kind].warn, bad = limits[kind].bad;
	int64_t n = limits[kind].by == BY_AGE ? age_s : amount;

	if (limits[kind].by == BY_NOTHING || n == HEALTH_NONE)
		return HEALTH_GOOD;
	if (limits[kind].by == BY_LITTLE)
		return n < bad	  ? HEALTH_BAD
		       : n < warn ? HEALTH_WARN
				  : HEALTH_GOOD;
	return n >= bad ? HEALTH_BAD : n >= warn ? HEALTH_WARN : HEALTH_GOOD;
}

/* The values of the settings "first0last", "first1last", ...; how many. */
static int read_settings(struct arena *a, const char *first, const char *last,
			 int most, const char *const **out)
{
	const char **values = arena_array(a, (size_t)most, sizeof(*values));
	int n = 0;

	for (int i = 0; i < most; i++) {
		values[n] = config_text(arena_fmt(a, "%s%d%s", first, i, last),
					NULL);
		n += values[n] != NULL;
	}
	*out = values;
	return n;
}

void health_site_configured(struct arena *a, struct health_site *out)
{
	*out = (struct health_site){ .machine = config_machine(),
				     .run = config_must("Path.Run"),
				     .journal = config_must("Path.Journal"),
				     .since = time_now() };
	out->feed_count =
		read_settings(a, "Feed.", ".Url", FEEDS_MAX, &out->feeds);
	out->certificate_count =
		read_settings(a, "Web.Certificate.", "", CERTIFICATES_MAX,
			      &out->certificates);
}

/* What is put together. */
struct looking {
	struct arena *arena;
	const struct health_site *site;
	int64_t now;
	struct health *out;
	struct health_check **end;
};

/* Adds a check, of the level that its numbers have. */
static struct health_check *add(struct looking *l, enum health_kind kind,
				int64_t amount, int64_t age_s)
{
	struct health_check *c = arena_alloc(l->arena, sizeof(*c));

	c->kind = kind;
	c->of = c->of_words = "";
	c->amount = amount;
	c->age_s = age_s;
	c->level = health_level(kind, amount, age_s);
	*l->end = c;
	l->end = &c->next;
	return c;
}

static int64_t age_of(const struct looking *l, int64_t at)
{
	return at == 0	     ? HEALTH_NONE
	       : at > l->now ? 0
			     : (l->now - at) / TIME_SECOND;
}

/* Things that wait: how many, and since when the first. */
static void add_queue(struct looking *l, enum health_kind kind, struct stmt *s,
		      unsigned column)
{
	int64_t age_s = age_of(l, db_time(s, column + 1));

	add(l, kind, db_int(s, column), age_s == HEALTH_NONE ? 0 : age_s);
}

/* This machine ------------------------------------------------------------- */

static void look_at_tool(struct looking *l, const struct tool *tool)
{
	const char *path =
		arena_fmt(l->arena, "%s/%s.lock", l->site->run, tool->name);
	struct health_check *c;
	struct stat st;
	int64_t age_s, late_s;

	if (stat(path, &st) < 0)
		st.st_mtime = 0;
	age_s = age_of(l, (int64_t)st.st_mtime * TIME_SECOND);
	c = add(l, HEALTH_TOOL, HEALTH_NONE, age_s);
	c->of = tool->name;
	c->of_words = arena_fmt(l->arena, "%s（%s）", tool->words, tool->name);
	late_s = age_s - tool->every_s;
	if (age_s == HEALTH_NONE)
		late_s = tool->every_s <= MINUTE_S
				 ? TOOL_BAD_S
				 : age_of(l, l->site->since) - tool->every_s;
	c->level = late_s >= TOOL_BAD_S	   ? HEALTH_BAD
		   : late_s >= TOOL_WARN_S ? HEALTH_WARN
					   : HEALTH_GOOD;
}

static void look_at_journal(struct looking *l)
{
	struct journal_waiting w;
	int64_t age_s;

	if (journal_count(l->site->journal, &w) < 0) {
		l->out->journal_hidden = true;
		return;
	}
	age_s = age_of(l, w.oldest_at);
	add(l, HEALTH_JOURNAL, w.files, age_s == HEALTH_NONE ? 0 : age_s);
	add(l, HEALTH_REFUSED_FILE, w.refused, HEALTH_NONE);
}

static void look_at_disk(struct looking *l)
{
	struct statvfs fs;

	if (statvfs(l->site->run, &fs) < 0 || fs.f_blocks == 0) {
		log_warn("disk not looked at folder=%s", l->site->run);
		return;
	}
	add(l, HEALTH_DISK,
	    (int64_t)((unsigned long long)fs.f_bavail * PERCENT / fs.f_blocks),
	    HEALTH_NONE);
}

/* Days until a certificate ends, 0 if it has; false if there is none that we
 * can read. */
static bool days_left(const char *path, int64_t *out)
{
	FILE *f = fopen(path, "r");
	X509 *x = f == NULL ? NULL : PEM_read_X509(f, NULL, NULL, NULL);
	int days = 0, seconds = 0, ok;

	if (f != NULL)
		fclose(f);
	ok = x != NULL &&
	     ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(x)) == 1;
	X509_free(x);
	*out = days < 0 ? 0 : days;
	return ok;
}

static void look_at_certificates(struct looking *l)
{
	int64_t least = HEALTH_NONE, days;

	for (int i = 0; i < l->site->certificate_count; i++) {
		if (!days_left(l->site->certificates[i], &days)) {
			log_warn("certificate not readable file=%s",
				 l->site->certificates[i]);
			continue;
		}
		if (least == HEALTH_NONE || days < least)
			least = days;
	}
	if (least != HEALTH_NONE)
		add(l, HEALTH_CERTIFICATE, least, HEALTH_NONE);
}

/* The database ------------------------------------------------------------- */

static bool is_set(const struct health_site *site, const char *url)
{
	for (int i = 0; i < site->feed_count; i++)
		if (str_eq(site->feeds[i], url))
			return true;
	return false;
}

/* Those of the settings; *known is when the first of them was. */
static int look_at_feeds(struct looking *l, struct db *db, int64_t silent_min,
			 int64_t *known)
{
	static const enum health_level levels[] = {
		[FEED_GOOD] = HEALTH_GOOD,
		[FEED_TROUBLED] = HEALTH_WARN,
		[FEED_SILENT] = HEALTH_BAD,
	};
	struct feed_health *list;

	if (feed_list(db, &list, NULL) < 0)
		return -1;
	for (const struct feed_health *f = list; f != NULL; f = f->next) {
		struct health_check *c;

		if (f->feed.long_form || !is_set(l->site, f->feed.url))
			continue;
		c = add(l, HEALTH_FEED, HEALTH_NONE,
			age_of(l, f->feed.good_at));
		c->of = feed_url_show(l->arena, f->feed.url);
		c->of_words = c->of;
		c->level = levels[feed_state(f, l->now, silent_min)];
		if (f->known_at != 0 && (*known == 0 || f->known_at < *known))
			*known = f->known_at;
	}
	return 0;
}

/* Before the first telegram its age is that of the feeds. */
static void look_at_telegrams(struct looking *l, int64_t newest_at,
			      int64_t known_at, int64_t quiet_min)
{
	struct health_check *c =
		add(l, HEALTH_TELEGRAM, HEALTH_NONE, age_of(l, newest_at));
	int64_t age_s = age_of(l, newest_at == 0 ? known_at : newest_at);

	if (quiet_min > 0 && age_s >= quiet_min * MINUTE_S)
		c->level = HEALTH_WARN;
}

static void look_at_undelivered(struct looking *l, int64_t mails, int64_t lost)
{
	add(l, HEALTH_UNDELIVERED,
	    mails < LEAST_MAILS ? 0 : lost * PERCENT / mails, HEALTH_NONE);
}

/* What waits, in one statement; each part is one row by an index. */
static int look_at_queues(struct looking *l, struct db *db, int64_t known_at,
			  int64_t quiet_min)
{
	static const char sql[] =
		"SELECT d.n, d.at, p.n, p.at, m.n, m.at, k.n, k.at, b.n, b.at,"
		"       a.n, a.at, u.mails, u.lost, i.n, i.at,"
		"       (SELECT fetched_at FROM telegram"
		"         ORDER BY id DESC LIMIT 1)"
		"  FROM (SELECT COUNT(e.id) AS n,"
		"               MIN(COALESCE(s.at, e.made_at)) AS at"
		"          FROM event e"
		"          LEFT JOIN stage s ON s.event = e.id"
		"               AND s.broadcast = 0 AND s.name = 'prepared'"
		"         WHERE e.state = 'prepared' AND NOT e.drill) d"
		"  JOIN (SELECT COUNT(state) AS n, MIN(due_at) AS at"
		"          FROM message FORCE INDEX (state)"
		"         WHERE state = 'queued' AND urgency = 0"
		"           AND due_at <= ?) p"
		"  JOIN (SELECT COUNT(state) AS n, MIN(due_at) AS at"
		"          FROM message FORCE INDEX (state)"
		"         WHERE state = 'queued' AND urgency > 0"
		"           AND due_at <= ?) m"
		"  JOIN (SELECT COUNT(state) AS n, MIN(due_at) AS at"
		"          FROM link_mail"
		"         WHERE state = 'queued' AND due_at <= ?) k"
		"  JOIN (SELECT COUNT(id) AS n, MIN(IF(state = 'confirmed',"
		"               COALESCE(confirmed_at, made_at), send_at)) AS "
		"at"
		"          FROM broadcast"
		"         WHERE state = 'confirmed'"
		"            OR (state = 'scheduled' AND send_at <= ?)) b"
		"  JOIN (SELECT COUNT(folded) AS n, MIN(at) AS at"
		"          FROM answer"
		"         WHERE folded = FALSE) a"
		"  JOIN (SELECT COALESCE(SUM(v.handed + v.refused), 0) AS "
		"mails,"
		"               COALESCE(SUM(v.refused + v.bounced), 0) AS lost"
		"          FROM broadcast c"
		"          JOIN delivery v ON v.broadcast = c.id"
		"         WHERE c.made_at >= ?"
		"           AND GREATEST(COALESCE(c.confirmed_at, c.made_at),"
		"               COALESCE(c.send_at, c.made_at)) >= ?) u"
		"  JOIN (SELECT COUNT(id) AS n, MIN(moved_at) AS at"
		"          FROM import"
		"         WHERE state IN ('reading', 'read', 'confirmed')) i";
	static const enum health_kind queues[] = {
		HEALTH_DECISION, HEALTH_PAGE,	   HEALTH_MESSAGE,
		HEALTH_LINK,	 HEALTH_BROADCAST, HEALTH_ANSWER,
	};
	struct stmt *s = db_prepare(db, sql);
	unsigned column = 2 * LEN(queues);
	int rc;

	for (int i = 0; i < 4; i++)
		db_bind_time(s, l->now);
	db_bind_time(s, l->now - (int64_t)SCHEDULED_DAYS * DAY_S * TIME_SECOND);
	db_bind_time(s, l->now - INT64_C(60) * TIME_MINUTE);
	while ((rc = db_step(s)) > 0) {
		look_at_telegrams(l, db_time(s, column + 4), known_at,
				  quiet_min);
		for (size_t i = 0; i < LEN(queues); i++)
			add_queue(l, queues[i], s, 2 * (unsigned)i);
		look_at_undelivered(l, db_int(s, column),
				    db_int(s, column + 1));
		add_queue(l, HEALTH_IMPORT, s, column + 2);
	}
	return rc;
}

static int64_t number_of(const struct setting *list, size_t count,
			 const char *name)
{
	long long n = 0;

	for (size_t i = 0; i < count; i++)
		if (str_eq(list[i].name, name) &&
		    str_to_int(list[i].value, 0, INT32_MAX, &n))
			return n;
	return 0;
}

static int look_at_database(struct looking *l, struct db *db)
{
	struct setting *settings;
	size_t count;
	int64_t known = 0;

	if (setting_list(db, &settings, &count) < 0 ||
	    look_at_feeds(l, db, number_of(settings, count, "feed.silent"),
			  &known) < 0)
		return -1;
	return look_at_queues(l, db, known,
			      number_of(settings, count, "feed.quiet"));
}

static void count_levels(struct health *h)
{
	for (const struct health_check *c = h->checks; c != NULL; c = c->next)
		h->counts[c->level]++;
}

int health_look(struct db *db, const struct health_site *site, int64_t now,
		struct health *out)
{
	struct looking l = { .arena = db->arena, .site = site, .now = now };
	struct health_check *database;
	int rc;

	*out = (struct health){ 0 };
	l.out = out;
	l.end = &out->checks;
	database = add(&l, HEALTH_DATABASE, HEALTH_NONE, HEALTH_NONE);
	rc = look_at_database(&l, db);
	if (rc < 0) {
		database->level = HEALTH_BAD;
		database->next = NULL; /* half of it would mislead */
		l.end = &database->next;
	}
	look_at_journal(&l);
	for (size_t i = 0; i < LEN(tools); i++)
		look_at_tool(&l, &tools[i]);
	look_at_disk(&l);
	look_at_certificates(&l);
	count_levels(out);
	return rc < 0 ? -1 : 0;
}

/* For people --------------------------------------------------------------- */

const char *health_amount_show(struct arena *a, const struct health_check *c)
{
	if (c->amount == HEALTH_NONE)
		return "";
	return arena_fmt(a, "%lld %s", (long long)c->amount,
			 kinds[c->kind].unit);
}

const char *health_age_show(struct arena *a, const struct health_check *c,
			    int64_t now)
{
	const char *since = kinds[c->kind].since;

	if (*since == '\0' || c->amount == 0)
		return "";
	if (c->age_s == HEALTH_NONE)
		return arena_fmt(a, "%s：なし", since);
	return arena_fmt(a, "%s：%s前", since,
			 clock_span(a, now - c->age_s * TIME_SECOND, now));
}

/* For programs ------------------------------------------------------------- */

const char *health_bad(struct arena *a, const struct health *h)
{
	struct str s = { .arena = a };

	for (const struct health_check *c = h->checks; c != NULL; c = c->next)
		if (c->level == HEALTH_BAD)
			str_fmt(&s, "%s%s%s\n", kinds[c->kind].name,
				*c->of == '\0' ? "" : " ", c->of);
	return s.len == 0 ? "ok\n" : str_text(&s);
}

/* A value of a label: a feed's address is what somebody set. */
static void add_label(struct str *s, const char *label, const char *value)
{
	str_fmt(s, "%s=\"", label);
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			str_add_char(s, '\\');
		if (*value == '\n')
			str_add(s, "\\n");
		else
			str_add_char(s, *value);
	}
	str_add_char(s, '"');
}

static void add_head(struct str *s, const char *metric, const char *help)
{
	str_fmt(s, "# HELP anpi_%s %s\n# TYPE anpi_%s gauge\n", metric, help,
		metric);
}

/* The numbers of a kind under one metric. */
static void add_metric(struct str *s, const struct health *h,
		       enum health_kind kind, bool is_age)
{
	const struct health_kind_words *k = &kinds[kind];
	const char *metric = is_age ? k->age_metric : k->amount_metric;
	bool begun = false;

	if (metric == NULL)
		return;
	for (const struct health_check *c = h->checks; c != NULL; c = c->next) {
		int64_t n = is_age ? c->age_s : c->amount;

		if (c->kind != kind || n == HEALTH_NONE)
			continue;
		if (!begun)
			add_head(s, metric,
				 is_age ? k->age_help : k->amount_help);
		begun = true;
		str_fmt(s, "anpi_%s", metric);
		if (k->of != NULL) {
			str_add_char(s, '{');
			add_label(s, k->of, c->of);
			str_add_char(s, '}');
		}
		str_fmt(s, " %" PRId64 "\n", n);
	}
}

const char *health_metrics(struct arena *a, const struct health *h)
{
	struct str s = { .arena = a };

	add_head(&s, "check_level", "0 good, 1 worth a look, 2 bad.");
	for (const struct health_check *c = h->checks; c != NULL; c = c->next) {
		str_add(&s, "anpi_check_level{");
		add_label(&s, "check", kinds[c->kind].name);
		if (kinds[c->kind].of != NULL) {
			str_add_char(&s, ',');
			add_label(&s, kinds[c->kind].of, c->of);
		}
		str_fmt(&s, "} %d\n", (int)c->level);
	}
	for (int kind = 0; kind < HEALTH_KINDS; kind++) {
		add_metric(&s, h, (enum health_kind)kind, false);
		add_metric(&s, h, (enum health_kind)kind, true);
	}
	return str_text(&s);
}
