#include "model/setting.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"

/* The settings and the product's own values. */
#define SENDERS "送信者の名前"
#define CLOSING "回答の締め切り"
#define NIGHT	"夜間と再送"
#define EVENTS	"災害事象"
#define DUTY	"当番と判断"
#define FEEDS	"電文の受信"
#define LOGIN	"ログイン"
#define CHECKS	"アドレスの確認"
#define READING "個人情報の閲覧"
static const struct setting all[] = {
	{ "sender.safety", SENDERS, "安否確認の送信者名", SETTING_NAME, "" },
	{ "sender.info", SENDERS, "情報の送信者名", SETTING_NAME, "" },
	{ "sender.notice", SENDERS, "連絡の送信者名", SETTING_NAME, "" },
	{ "sender.drill", SENDERS, "訓練の送信者名", SETTING_NAME, "" },
	{ "closes.safety", CLOSING, "安否確認の締め切り", SETTING_HOURS, "0" },
	{ "closes.info", CLOSING, "情報の締め切り", SETTING_HOURS, "0" },
	{ "closes.notice", CLOSING, "連絡の締め切り", SETTING_HOURS, "168" },
	{ "closes.drill", CLOSING, "訓練の締め切り", SETTING_HOURS, "72" },
	{ "quiet.from", NIGHT, "夜間の始まり", SETTING_CLOCK, "22:00" },
	{ "quiet.to", NIGHT, "夜間の終わり", SETTING_CLOCK, "07:00" },
	{ "reask.times", NIGHT, "自動で再送する回数", SETTING_TIMES, "0" },
	{ "reask.gap", NIGHT, "自動で再送する間隔", SETTING_GAP, "60" },
	{ "inform.late", EVENTS, "これより古い電文は、情報として配信しない",
	  SETTING_GAP, "60" },
	{ "aftershock.hours", EVENTS, "余震としてまとめる時間", SETTING_HOURS,
	  "72" },
	{ "event.close", EVENTS, "新しい電文がない事象を終了にするまで",
	  SETTING_HOURS, "720" },
	{ "duty.every", DUTY, "判断がないとき、次の当番を呼び出すまで",
	  SETTING_EVERY, "5" },
	{ "decide.self", DUTY, "判断がないとき、自動で送信するまで",
	  SETTING_WAIT, "0" },
	{ "feed.silent", FEEDS, "フィードが取れないとき、知らせるまで",
	  SETTING_EVERY, "15" },
	{ "feed.quiet", FEEDS, "フィードに新しい電文がないとき、知らせるまで",
	  SETTING_WAIT, "1440" },
	{ SETTING_LOGIN_CODE, LOGIN,
	  "システム管理者のログインに確認コードを必要とする", SETTING_SWITCH,
	  "0" },
	{ "watch.people", READING, "1時間に見た人数がこれを超えたら知らせる",
	  SETTING_PEOPLE, "3000" },
	{ "watch.night", READING,
	  "安否確認のない夜間に、1時間に見た人数がこれを超えたら知らせる",
	  SETTING_PEOPLE, "300" },
	{ "address.check", CHECKS, "1日に自動で確認を頼むアドレスの数",
	  SETTING_DAILY, "100" },
};

static struct setting *find(struct setting *list, const char *name)
{
	for (size_t i = 0; i < LEN(all); i++)
		if (str_eq(list[i].name, name))
			return &list[i];
	return NULL;
}

static int read_all(struct db *db, const char *sql, struct setting *list)
{
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0) {
		struct setting *one = find(list, db_text(s, 0));

		if (one != NULL)
			one->value = db_text(s, 1);
	}
	return rc;
}

int setting_list(struct db *db, struct setting **out, size_t *count)
{
	static const char sql[] = "SELECT name, value FROM setting";

	*out = arena_memdup(db->arena, all, sizeof(all));
	*count = LEN(all);
	return read_all(db, sql, *out);
}

const char *setting_of(const struct setting *list, size_t count,
		       const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(list[i].name, name))
			return list[i].value;
	return "";
}

const char *setting_text(struct db *db, const char *name)
{
	struct setting *list;
	size_t count;

	return setting_list(db, &list, &count) < 0
		       ? NULL
		       : setting_of(list, count, name);
}

int64_t setting_int(struct db *db, const char *name)
{
	const char *value = setting_text(db, name);
	long long n = 0;

	if (value == NULL)
		return -1;
	return str_to_int(value, 0, INT32_MAX, &n) ? n : 0;
}

/* Minutes after midnight, -1 if it is no clock. */
static int minutes(const char *clock)
{
	long long hour, minute;

	if (strlen(clock) != strlen("00:00") || clock[2] != ':' ||
	    clock[0] < '0' || clock[0] > '9' || clock[1] < '0' ||
	    clock[1] > '9')
		return -1;
	hour = (clock[0] - '0') * 10 + (clock[1] - '0');
	if (hour > 23 || !str_to_int(clock + 3, 0, 59, &minute))
		return -1;
	return (int)(hour * 60 + minute);
}

bool setting_is_number(const struct setting *setting)
{
	return setting->kind != SETTING_NAME &&
	       setting->kind != SETTING_CLOCK &&
	       setting->kind != SETTING_SWITCH;
}

bool setting_is_valid(const struct setting *setting, const char *value)
{
	static const struct {
		long long least, most;
	} ranges[] = {
		[SETTING_HOURS] = { 0, 8760 },
		[SETTING_TIMES] = { 0, 10 },
		[SETTING_GAP] = { 5, 10080 },
		[SETTING_EVERY] = { 1, 1440 },
		[SETTING_WAIT] = { 0, 10080 },
		[SETTING_SWITCH] = { 0, 1 },
		[SETTING_DAILY] = { 0, 10000 },
		[SETTING_PEOPLE] = { 0, 1000000 },
	};
	enum setting_kind kind = setting->kind;
	long long n;

	if (kind == SETTING_NAME)
		return strpbrk(value, "\r\n\t<>\"") == NULL;
	if (kind == SETTING_CLOCK)
		return *value == '\0' || minutes(value) >= 0;
	return str_to_int(value, ranges[kind].least, ranges[kind].most, &n);
}

struct changing {
	const struct audit *who;
	const struct setting *settings;
	size_t count;
};

static int store(struct db *db, const struct audit *who,
		 const struct setting *old, const char *value)
{
	static const char sql[] =
		"INSERT INTO setting (name, value) VALUES (?, ?)"
		" ON DUPLICATE KEY UPDATE value = VALUES(value)";
	struct stmt *s = db_prepare(db, sql);
	struct audit line = *who;

	db_bind_text(s, old->name);
	db_bind_text(s, value);
	if (db_run(s) < 0)
		return -1;
	line.action = "setting change";
	line.object = arena_fmt(db->arena, "setting %s", old->name);
	line.detail = arena_fmt(db->arena, "before=\"%s\" after=\"%s\"",
				old->value, value);
	return audit_add(db, &line);
}

static int change(struct db *db, void *arg)
{
	static const char sql[] = "SELECT name, value FROM setting FOR UPDATE";
	const struct changing *c = arg;
	struct setting *stored = arena_memdup(db->arena, all, sizeof(all));
	int changed = 0;

	if (read_all(db, sql, stored) < 0)
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		const struct setting *new = &c->settings[i];
		const struct setting *old = find(stored, new->name);

		if (old == NULL || str_eq(old->value, new->value))
			continue;
		if (store(db, c->who, old, new->value) < 0)
			return -1;
		changed++;
	}
	return changed;
}

int setting_change(struct db *db, const struct audit *who,
		   const struct setting *settings, size_t count)
{
	struct changing c = { who, settings, count };

	return db_transaction(db, change, &c);
}

int64_t setting_quiet_end(const char *from, const char *to, int64_t now)
{
	const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;
	const int64_t japan = INT64_C(9) * 60 * TIME_MINUTE;
	int64_t begins = minutes(from), ends = minutes(to);
	int64_t midnight = now - (now + japan) % day;
	int64_t at = (now - midnight) / TIME_MINUTE;
	bool quiet;

	if (begins < 0 || ends < 0 || begins == ends)
		return now;
	quiet = begins < ends ? at >= begins && at < ends
			      : at >= begins || at < ends;
	if (!quiet)
		return now;
	if (at >= ends)
		midnight += day; /* it ends tomorrow */
	return midnight + ends * TIME_MINUTE;
}
