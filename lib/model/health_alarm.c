#include "model/health_alarm.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/health.h"
#include "model/paging.h"

/* What is kept of a check. */
struct alarm {
	struct alarm *next;
	const char *machine, *kind, *item;
	bool bad;      /* as people were told */
	int64_t since; /* when it began to be otherwise; 0: it is as told */
	int64_t told_at;
};

/* What is to be told: lines, and the words of the first of them. */
struct news {
	struct str lines;
	const char *first;
	int count;
};

struct looking {
	const struct health_site *site;
	const struct health *health;
	int64_t now;
	struct alarm *known;
	struct news bad, good;
	int mails;
};

static bool has_own_mails(enum health_kind kind)
{
	return kind == HEALTH_FEED || kind == HEALTH_TELEGRAM ||
	       kind == HEALTH_DECISION;
}

/* Of this machine alone, and not of the database that all look at. */
static bool is_of_machine(enum health_kind kind)
{
	return kind == HEALTH_JOURNAL || kind == HEALTH_REFUSED_FILE ||
	       kind == HEALTH_TOOL || kind == HEALTH_DISK ||
	       kind == HEALTH_CERTIFICATE;
}

static const char *machine_of(const struct looking *l, enum health_kind kind)
{
	return is_of_machine(kind) ? l->site->machine : "";
}

static int read_known(struct db *db, struct alarm **out)
{
	static const char sql[] = "SELECT machine, kind, item, bad, since,"
				  "       told_at"
				  "  FROM health_alarm"
				  "   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct alarm *a = arena_alloc(db->arena, sizeof(*a));

		a->machine = db_text(s, 0);
		a->kind = db_text(s, 1);
		a->item = db_text(s, 2);
		a->bad = db_int(s, 3) != 0;
		a->since = db_time(s, 4);
		a->told_at = db_time(s, 5);
		*out = a;
		out = &a->next;
	}
	*out = NULL;
	return rc;
}

/* What is known of a check; one that is new was good. */
static struct alarm *find(struct db *db, const struct looking *l,
			  const struct health_check *c)
{
	const char *machine = machine_of(l, c->kind);
	const char *kind = health_words(c->kind)->name;
	struct alarm *a;

	for (a = l->known; a != NULL; a = a->next)
		if (str_eq(a->machine, machine) && str_eq(a->kind, kind) &&
		    str_eq(a->item, c->of))
			return a;
	a = arena_alloc(db->arena, sizeof(*a));
	*a = (struct alarm){ .machine = machine, .kind = kind, .item = c->of };
	return a;
}

static int store(struct db *db, const struct alarm *a)
{
	static const char sql[] =
		"INSERT INTO health_alarm (machine, kind, item, bad, since,"
		"                          told_at)"
		" VALUES (?, ?, ?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE bad = VALUE(bad),"
		"       since = VALUE(since), told_at = VALUE(told_at)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, a->machine);
	db_bind_text(s, a->kind);
	db_bind_text(s, a->item);
	db_bind_int(s, a->bad);
	db_bind_time(s, a->since);
	db_bind_time(s, a->told_at);
	return db_run(s) < 0 ? -1 : 0;
}

static void add_line(struct db *db, struct looking *l, struct news *news,
		     const struct health_check *c)
{
	const struct health_kind_words *k = health_words(c->kind);
	const char *machine = machine_of(l, c->kind);
	struct str *s = &news->lines;

	if (news->count++ == 0)
		news->first = arena_fmt(db->arena, "%s%s%s", k->words,
					*c->of_words == '\0' ? "" : "：",
					c->of_words);
	str_fmt(s, "・%s%s%s %s %s\n", k->words,
		*c->of_words == '\0' ? "" : "：", c->of_words,
		health_amount_show(db->arena, c),
		health_age_show(db->arena, c, l->now));
	if (*machine != '\0')
		str_fmt(s, "　サーバー：%s\n", machine);
	if (news == &l->bad)
		str_fmt(s, "　%s\n", k->advice);
}

/* Whether it has been otherwise for long enough to be told. */
static bool is_time(const struct alarm *a, int64_t now)
{
	int64_t steady = a->bad ? HEALTH_ALARM_GOOD_MIN : HEALTH_ALARM_BAD_MIN;

	if (a->since == 0 || now - a->since < steady * TIME_MINUTE)
		return false;
	return !a->bad || now - a->told_at >=
				  (int64_t)HEALTH_ALARM_AGAIN_MIN * TIME_MINUTE;
}

static int look(struct db *db, struct looking *l, const struct health_check *c)
{
	struct alarm *a = find(db, l, c);
	bool otherwise = c->level == (a->bad ? HEALTH_GOOD : HEALTH_BAD);

	if (otherwise && is_time(a, l->now)) {
		a->bad = !a->bad;
		a->since = 0;
		if (a->bad)
			a->told_at = l->now;
		add_line(db, l, a->bad ? &l->bad : &l->good, c);
		log_warn("check told of check=%s of=%s bad=%d", a->kind,
			 a->item, a->bad);
	} else if (otherwise == (a->since != 0)) {
		return 0;
	} else {
		a->since = otherwise ? l->now : 0;
	}
	return store(db, a);
}

static int tell(struct db *db, struct looking *l, const struct news *news)
{
	struct arena *a = db->arena;
	const char *subject, *body;

	if (news->count == 0)
		return 0;
	subject = arena_fmt(a, "%s%s%s",
			    news == &l->bad ? "【異常】" : "【復旧】",
			    news->first,
			    news->count == 1 ? ""
					     : arena_fmt(a, " ほか %d 件",
							 news->count - 1));
	body = arena_fmt(a, "%s\n%s\n稼働状況：%s/status\n",
			 news == &l->bad
				 ? "このシステムの次の項目が異常になりました。"
				   "\n"
				 : "このシステムの次の項目が正常に戻りました。"
				   "\n",
			 str_text(&news->lines), config_text("Site.Url", ""));
	l->mails++;
	return paging_tell(db, str_fit(a, subject, BROADCAST_SUBJECT_MAX, true),
			   str_fit(a, body, BROADCAST_BODY_MAX, false));
}

static int look_all(struct db *db, void *arg)
{
	struct looking *l = arg;

	l->mails = 0;
	l->bad = l->good = (struct news){ .lines = { .arena = db->arena } };
	if (read_known(db, &l->known) < 0)
		return -1;
	for (const struct health_check *c = l->health->checks; c != NULL;
	     c = c->next)
		if (!has_own_mails(c->kind) && look(db, l, c) < 0)
			return -1;
	return tell(db, l, &l->bad) < 0 || tell(db, l, &l->good) < 0 ? -1 : 0;
}

int health_alarm(struct db *db, const struct health_site *site, int64_t now)
{
	struct health health;
	struct looking l = { .site = site, .health = &health, .now = now };

	if (health_look(db, site, now, &health) < 0 ||
	    db_transaction(db, look_all, &l) < 0)
		return -1;
	return l.mails;
}
