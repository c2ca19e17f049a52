#include "model/watch.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/setting.h"
#include "model/target.h"

enum { ALARMS_MOST = 20 }; /* told of at once */

static const int64_t span = INT64_C(60) * TIME_MINUTE;

struct reader {
	struct reader *next;
	int64_t account, people;
	const char *login, *networks;
};

struct looking {
	const char *url;
	int64_t now;
	int count;
};

/* A kind of alarm. */
struct bar {
	const char *kind, *words;
	const char *setting;
};

static const struct bar bars[] = {
	{ "much", "1時間に見た人数が多い", "watch.people" },
	{ "untimely", "夜間に見た人数が多い", "watch.night" },
};

/* Pages, lists and files that show persons; what changes them has its own
 * lines. */
#define IS_READING                                                             \
	"(a.action LIKE '% shown' OR a.action LIKE '% show'"                   \
	" OR a.action LIKE '% list' OR a.action LIKE '% preview'"              \
	" OR a.action LIKE 'export%' OR a.action LIKE '% export')"

static int read_readers(struct db *db, struct stmt *s, struct reader **out)
{
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct reader *r = arena_alloc(db->arena, sizeof(*r));

		r->account = db_int(s, 0);
		r->login = db_text(s, 1);
		r->people = db_int(s, 2);
		r->networks = db_text(s, 3);
		*out = r;
		out = &r->next;
	}
	*out = NULL;
	return rc;
}

/* Those over the bar who were not told of within a day. */
static int find_readers(struct db *db, const struct bar *bar, int64_t most,
			int64_t now, struct reader **out)
{
	static const char sql[] =
		"SELECT a.account, MAX(a.actor), SUM(a.people) AS people,"
		"       GROUP_CONCAT(DISTINCT a.network ORDER BY a.network"
		"                    SEPARATOR '、')"
		"  FROM audit a"
		" WHERE a.at > ? AND a.at <= ?"
		"   AND a.account IS NOT NULL AND a.people > 0"
		"   AND " IS_READING "   AND NOT EXISTS ("
		"       SELECT 1 FROM reading_alarm t"
		"        WHERE t.account = a.account AND t.kind = ?"
		"          AND t.at > ? - INTERVAL 1 DAY)"
		" GROUP BY a.account"
		" HAVING people > ?"
		" ORDER BY people DESC, a.account"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now - span);
	db_bind_time(s, now);
	db_bind_text(s, bar->kind);
	db_bind_time(s, now);
	db_bind_int(s, most);
	db_bind_int(s, ALARMS_MOST);
	return read_readers(db, s, out);
}

/* 1 within the quiet hours of a day without a check, 0 else, or -1. */
static int is_calm_night(struct db *db, int64_t now)
{
	static const char sql[] = "SELECT 1 FROM broadcast"
				  " WHERE kind = 'safety' AND made_at > ?"
				  "   AND event IS NOT NULL"
				  " LIMIT 1";
	const char *from = setting_text(db, "quiet.from");
	const char *to = setting_text(db, "quiet.to");
	struct stmt *s;
	int rc;

	if (from == NULL || to == NULL)
		return -1;
	if (setting_quiet_end(from, to, now) == now)
		return 0;
	s = db_prepare(db, sql);
	db_bind_time(s, now - 24 * span);
	rc = db_step(s);
	return rc < 0 ? -1 : rc == 0;
}

static int note(struct db *db, const struct bar *bar, const struct reader *r,
		int64_t now)
{
	static const char sql[] =
		"INSERT INTO reading_alarm (account, kind, at, people)"
		" VALUES (?, ?, ?, ?)";
	const struct audit line = {
		.actor = "watch",
		.action = "reading alarm",
		.object = arena_fmt(db->arena, "account %lld",
				    (long long)r->account),
		.people = r->people,
		.detail = bar->kind,
	};
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, r->account);
	db_bind_text(s, bar->kind);
	db_bind_time(s, now);
	db_bind_int(s, r->people);
	log_warn("unusual reading account=%lld kind=%s people=%lld",
		 (long long)r->account, bar->kind, (long long)r->people);
	return db_run(s) < 0 ? -1 : audit_add(db, &line);
}

/* Adds the new alarms of a bar to the letter. */
static int look(struct db *db, struct looking *l, const struct bar *bar,
		struct str *letter)
{
	int64_t most = setting_int(db, bar->setting);
	struct reader *list;

	if (most <= 0)
		return (int)most;
	if (find_readers(db, bar, most, l->now, &list) < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		str_fmt(letter,
			"\n%s\nアカウント：%s\n人数：%lld 人（%s からの"
			"1時間、目安は %lld 人まで）\n接続元：%s\n%s/audit?"
			"actor=%s\n",
			bar->words, list->login, (long long)list->people,
			time_show_clock(db->arena, l->now - span),
			(long long)most, list->networks, l->url, list->login);
		if (note(db, bar, list, l->now) < 0)
			return -1;
		l->count++;
	}
	return 0;
}

static int tell(struct db *db, const struct looking *l, struct str *letter)
{
	struct broadcast_draft draft = {
		.kind = "notice",
		.expected = -1,
		.subject = arena_fmt(db->arena, "【閲覧の確認】%d件", l->count),
		.body = arena_fmt(db->arena,
				  "個人の情報がふだんより多く見られました。"
				  "本人に確かめてください。\n%s",
				  str_text(letter)),
		.why = "システム管理者への知らせです",
	};
	int64_t id;
	int made = BROADCAST_NOBODY;

	if (target_admins(db, &draft.targets) < 0)
		return -1;
	if (draft.targets != NULL)
		made = broadcast_make(db, &draft, &id, NULL);
	if (made == BROADCAST_NOBODY)
		log_warn("unusual reading and no system admin to mail");
	return made == BROADCAST_MADE || made == BROADCAST_NOBODY ? 0 : -1;
}

static int look_all(struct db *db, void *arg)
{
	struct looking *l = arg;
	struct str letter = { .arena = db->arena };
	int calm = is_calm_night(db, l->now);

	l->count = 0;
	if (calm < 0 || look(db, l, &bars[0], &letter) < 0 ||
	    (calm > 0 && look(db, l, &bars[1], &letter) < 0))
		return -1;
	return l->count == 0 ? 0 : tell(db, l, &letter);
}

int watch_reads(struct db *db, const char *url, int64_t now)
{
	struct looking l = { .url = url, .now = now };

	return db_transaction(db, look_all, &l) < 0 ? -1 : l.count;
}
