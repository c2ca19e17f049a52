#include "model/inform.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/hazard.h"
#include "feed/place.h"
#include "model/broadcast.h"
#include "model/paging.h"
#include "model/setting.h"

enum {
	VALUES_MAX = 24,
	RANK_MOST = 9, /* of the ladder of quakes */
};

/* What was told of an event by a rule. */
struct told {
	struct told *next;
	int64_t rule;
	bool is_there;
	bool ended;
	const char *ranks;
	int64_t broadcast;
	int64_t at;
};

/* Why a mail goes out. */
enum reason {
	REASON_NONE,
	REASON_NEWS,
	REASON_CORRECTED,
	REASON_LIFTED,
	REASON_CANCELLED,
};

static const struct {
	const char *mark, *line;
} reasons[] = {
	[REASON_NONE] = { "", "" },
	[REASON_NEWS] = { "", "" },
	[REASON_CORRECTED] = { "【訂正】",
			       "先にお知らせした内容が訂正されました。\n\n" },
	[REASON_LIFTED] = { "【解除】", "" },
	[REASON_CANCELLED] = { "【取消】",
			       "先にお知らせした次の情報は、"
			       "発表した機関が取り消しました。\n\n" },
};

static const char *code_of(struct arena *a, int prefecture)
{
	return arena_fmt(a, "%02d", prefecture);
}

const char *inform_regions(struct arena *a, const int *ranks,
			   const char *const *levels)
{
	struct str out = { .arena = a };
	bool done[RULE_PREFECTURES + 1] = { false };

	for (int rank = RANK_MOST; rank > 0; rank--) {
		for (int p = 1; p <= RULE_PREFECTURES; p++) {
			const char *comma = "　";

			if (ranks[p] != rank || done[p])
				continue;
			str_fmt(&out, "%s%s", out.len == 0 ? "" : "\n",
				levels[p]);
			for (int q = p; q <= RULE_PREFECTURES; q++) {
				if (ranks[q] != rank ||
				    !str_eq(levels[q], levels[p]))
					continue;
				done[q] = true;
				str_fmt(&out, "%s%s", comma,
					place_prefecture_show(code_of(a, q)));
				comma = "、";
			}
		}
	}
	return str_text(&out);
}

const char *inform_places(struct arena *a, const int *ranks)
{
	enum { SHOWN = 3 };
	struct str out = { .arena = a };
	int most = 0, n = 0;

	for (int p = 1; p <= RULE_PREFECTURES; p++)
		if (ranks[p] > most)
			most = ranks[p];
	for (int p = 1; p <= RULE_PREFECTURES && most > 0 && n <= SHOWN; p++) {
		if (ranks[p] != most)
			continue;
		if (n == SHOWN)
			str_add(&out, "ほか");
		else
			str_fmt(&out, "%s%s", n == 0 ? "" : "、",
				place_prefecture_show(code_of(a, p)));
		n++;
	}
	return str_text(&out);
}

/* Whether a rule is about this --------------------------------------------- */

/* The rank of the places that the rule is about. */
static int rank_for(struct arena *a, const struct rule *rule,
		    const struct news *n)
{
	int rank = *rule->regions == '\0' ? n->rank : 0, named = 0;

	for (int p = 1; p <= RULE_PREFECTURES; p++)
		if (n->ranks[p] > rank && rule_covers(rule, code_of(a, p)))
			rank = n->ranks[p];
	if (*rule->areas == '\0')
		return rank;
	for (const struct hazard_area *p = n->areas; p != NULL; p = p->next)
		if (p->rank > named && rule_names(rule, p->name))
			named = p->rank;
	return named < rank ? named : rank;
}

/* "5;03=5;04=3": the whole, then each prefecture at the rule's level. */
static const char *ranks_text(struct arena *a, const struct rule *rule,
			      const struct news *n, int rank)
{
	struct str out = { .arena = a };

	str_fmt(&out, "%d", rank);
	for (int p = 1; p <= RULE_PREFECTURES; p++)
		if (n->ranks[p] >= rule->rank &&
		    rule_covers(rule, code_of(a, p)))
			str_fmt(&out, ";%02d=%d", p, n->ranks[p]);
	return str_text(&out);
}

/* True if the whole or a prefecture is higher than what was told. */
static bool rises(struct arena *a, const struct rule *rule,
		  const struct news *n, int rank, const char *told)
{
	if (rank > told[0] - '0')
		return true;
	for (int p = 1; p <= RULE_PREFECTURES; p++) {
		const char *before = strstr(told, arena_fmt(a, ";%02d=", p));

		if (n->ranks[p] < rule->rank ||
		    !rule_covers(rule, code_of(a, p)))
			continue;
		if (before == NULL ||
		    n->ranks[p] > before[strlen(";00=")] - '0')
			return true;
	}
	return false;
}

/* By all rules: one statement, however many there are. */
static int list_told(struct db *db, int64_t event, struct told **out)
{
	static const char sql[] = "SELECT rule, ranks, ended,"
				  "       COALESCE(broadcast, 0), at"
				  "  FROM rule_told"
				  " WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		struct told *t = arena_alloc(db->arena, sizeof(*t));

		t->rule = db_int(s, 0);
		t->is_there = true;
		t->ranks = db_text(s, 1);
		t->ended = db_int(s, 2) != 0;
		t->broadcast = db_int(s, 3);
		t->at = db_time(s, 4);
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return rc;
}

static struct told told_by(const struct told *list, const struct rule *rule)
{
	while (list != NULL && list->rule != rule->id)
		list = list->next;
	return list != NULL ? *list : (struct told){ .ranks = "0" };
}

static int store_told(struct db *db, const struct news *n,
		      const struct rule *rule, const struct told *told)
{
	static const char sql[] =
		"INSERT INTO rule_told (event, rule, ranks, broadcast, ended,"
		"       at)"
		" VALUES (?, ?, ?, NULLIF(?, 0), ?, ?)"
		" ON DUPLICATE KEY UPDATE ranks = VALUE(ranks),"
		"       broadcast = VALUE(broadcast), ended = VALUE(ended),"
		"       at = VALUE(at)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, n->event);
	db_bind_int(s, rule->id);
	db_bind_text(s, told->ranks);
	db_bind_int(s, told->broadcast);
	db_bind_int(s, told->ended);
	db_bind_time(s, n->now);
	return db_run(s) < 0 ? -1 : 0;
}

/* True if this took it below the level of the rule, in the rule's places. */
static bool falls(const struct rule *rule, const struct news *n, int rank)
{
	return n->before >= rule->rank && rank < rule->rank;
}

static enum reason reason_for(struct arena *a, const struct rule *rule,
			      const struct news *n, const struct told *told,
			      int rank)
{
	bool over = n->spell != 0 && n->now - told->at >= n->spell;
	bool open = told->is_there && !told->ended && !over;
	bool cancelled = str_eq(rule->part, "any") ? n->gone : n->cancelled;
	bool taken_back = n->telegram->info_type == JMA_CANCELLED;

	if (cancelled || (taken_back && falls(rule, n, rank)))
		return open ? REASON_CANCELLED : REASON_NONE;
	if (open && n->telegram->info_type == JMA_CORRECTED)
		return REASON_CORRECTED;
	if (n->lifted || falls(rule, n, rank))
		return open ? REASON_LIFTED : REASON_NONE;
	if (rank < rule->rank || n->aftershock)
		return REASON_NONE;
	if (!open || (rule->again && rises(a, rule, n, rank, told->ranks)))
		return REASON_NEWS;
	return REASON_NONE;
}

/* The mail ------------------------------------------------------------------*/

static const char *prefectures(struct arena *a, const struct rule *rule,
			       const struct news *n)
{
	struct str out = { .arena = a };

	for (int p = 1; p <= RULE_PREFECTURES; p++)
		if (n->ranks[p] >= rule->rank &&
		    rule_covers(rule, code_of(a, p)))
			str_fmt(&out, "%s%s", out.len == 0 ? "" : "、",
				place_prefecture_show(code_of(a, p)));
	return str_text(&out);
}

static void fill(struct arena *a, const struct rule *rule, const struct news *n,
		 const char **subject, const char **body)
{
	struct rule_value values[VALUES_MAX];
	size_t count = 0;

	while (count < n->count && count < VALUES_MAX - 4) {
		values[count] = n->values[count];
		count++;
	}
	values[count++] =
		(struct rule_value){ "regions",
				     inform_regions(a, n->ranks, n->levels) };
	values[count++] =
		(struct rule_value){ "prefectures", prefectures(a, rule, n) };
	values[count++] = (struct rule_value){ "office", n->telegram->office };
	values[count++] =
		(struct rule_value){ "published",
				     time_show(a, n->telegram->reported_at) };
	*subject = rule_fill(a, rule->subject, values, count);
	*body = rule_fill(a, rule->body, values, count);
}

/* The subject of the mail that told it last. */
static int last_subject(struct db *db, int64_t broadcast, const char **out)
{
	static const char sql[] = "SELECT subject FROM broadcast WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = "";
	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0)
		*out = db_text(s, 0);
	return rc;
}

static const char *without_marks(const char *subject)
{
	for (size_t i = REASON_CORRECTED; i < LEN(reasons); i++)
		if (str_begins(subject, reasons[i].mark))
			return without_marks(subject + strlen(reasons[i].mark));
	return subject;
}

const char *inform_mark(const char *subject)
{
	static const char *const words[] = {
		[REASON_CORRECTED] = "訂正",
		[REASON_LIFTED] = "解除",
		[REASON_CANCELLED] = "取消",
	};

	for (size_t i = REASON_CORRECTED; i < LEN(reasons); i++)
		if (str_begins(subject, reasons[i].mark))
			return words[i];
	return "";
}

/* Subject and body: what a rule says, or what is said of it afterwards. */
static int write_mail(struct db *db, const struct rule *rule,
		      const struct news *n, const struct told *told,
		      enum reason why, const char **subject, const char **body)
{
	struct arena *a = db->arena;
	const char *before;

	fill(a, rule, n, subject, body);
	if (why == REASON_CANCELLED || why == REASON_LIFTED) {
		if (last_subject(db, told->broadcast, &before) < 0)
			return -1;
		*subject = without_marks(before);
		if (why == REASON_CANCELLED)
			*body = arena_fmt(a, "%s\n\n%s", *subject,
					  n->telegram->cancel_text);
	}
	*subject = str_fit(a, arena_fmt(a, "%s%s", reasons[why].mark, *subject),
			   BROADCAST_SUBJECT_MAX, true);
	*body = str_fit(a, arena_fmt(a, "%s%s", reasons[why].line, *body),
			BROADCAST_BODY_MAX, false);
	return 0;
}

static struct target *region_targets(struct arena *a, const struct rule *rule,
				     const struct news *n)
{
	struct target *list = NULL, **end = &list;

	for (int p = 1; p <= RULE_PREFECTURES; p++) {
		if (n->ranks[p] < rule->rank ||
		    !rule_covers(rule, code_of(a, p)))
			continue;
		*end = rule_region(a, rule, code_of(a, p));
		end = &(*end)->next;
	}
	return list;
}

/* Whoever had a mail of the rule on this event. */
static int told_targets(struct db *db, const struct news *n,
			const struct rule *rule, struct target **out)
{
	static const char sql[] = "SELECT DISTINCT t.kind, t.item"
				  "  FROM broadcast b"
				  "  JOIN target t ON t.broadcast = b.id"
				  " WHERE b.event = ?"
				  "   AND b.rule = ?"
				  "   AND b.confirmed_at IS NOT NULL";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, n->event);
	db_bind_int(s, rule->id);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		(*out)->kind = db_text(s, 0);
		(*out)->item = db_text(s, 1);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

/* Whom it concerns as it is now. */
static int news_targets(struct db *db, const struct rule *rule,
			const struct news *n, struct target **out)
{
	if (!str_eq(rule->audience, "regions"))
		return rule_targets(db, rule, out);
	*out = region_targets(db->arena, rule, n);
	return 0;
}

static int find_targets(struct db *db, const struct rule *rule,
			const struct news *n, enum reason why,
			struct target **out)
{
	if (why == REASON_NEWS)
		return news_targets(db, rule, n, out);
	if (told_targets(db, n, rule, out) < 0)
		return -1;
	if (why != REASON_CORRECTED)
		return 0;
	/* Others may learn of it by the correction alone. */
	while (*out != NULL)
		out = &(*out)->next;
	return news_targets(db, rule, n, out);
}

/* Only information waits for the morning: never what takes it back. */
static int64_t time_to_send(struct db *db, const struct rule *rule,
			    const struct news *n, enum reason why)
{
	const char *from, *to;
	int64_t at;

	if (!rule->quiet || why != REASON_NEWS)
		return 0;
	from = setting_text(db, "quiet.from");
	to = setting_text(db, "quiet.to");
	if (from == NULL || to == NULL)
		return -1;
	at = setting_quiet_end(from, to, n->now);
	return at == n->now ? 0 : at;
}

/* Makes the mail.  Returns the broadcast, 0 if it would reach nobody, -1. */
static int64_t mail(struct db *db, const struct rule *rule,
		    const struct news *n, const struct told *told,
		    enum reason why)
{
	struct broadcast_draft draft = { .event = n->event,
					 .kind = "info",
					 .rule = rule->id,
					 .expected = -1 };
	int64_t id, people;

	if (find_targets(db, rule, n, why, &draft.targets) < 0 ||
	    write_mail(db, rule, n, told, why, &draft.subject, &draft.body) < 0)
		return -1;
	draft.send_at = time_to_send(db, rule, n, why);
	if (draft.send_at < 0)
		return -1;
	draft.why =
		arena_fmt(db->arena, "配信条件「%s」の宛先です", rule->name);
	if (draft.targets == NULL)
		return 0;
	switch (broadcast_make(db, &draft, &id, &people)) {
	case BROADCAST_MADE:
		log_info("information made event=%lld rule=%lld broadcast=%lld "
			 "people=%lld",
			 (long long)n->event, (long long)rule->id,
			 (long long)id, (long long)people);
		if (str_eq(rule->action, "page") &&
		    str_eq(rule->audience, "operators") && why == REASON_NEWS &&
		    paging_by_rule(db, n->event, id, n->now) < 0)
			return -1;
		return id;
	case BROADCAST_NOBODY:
		return 0;
	default:
		return -1;
	}
}

/* What is too old to be news.  What was told is taken back at any age. */
static int is_late(struct db *db, const struct news *n)
{
	int64_t minutes = setting_int(db, "inform.late");

	if (minutes < 0)
		return -1;
	return minutes > 0 &&
	       n->now - n->telegram->published_at > minutes * TIME_MINUTE;
}

/* The last mail of the rule on this event that has left, 0 if none has.  A
 * locking read, since enqueue may have released it after we began. */
static int find_left(struct db *db, const struct news *n,
		     const struct rule *rule, int64_t *out)
{
	static const char sql[] = "SELECT id"
				  "  FROM broadcast"
				  " WHERE event = ?"
				  "   AND rule = ?"
				  "   AND confirmed_at IS NOT NULL"
				  " ORDER BY id DESC"
				  " LIMIT 1 LOCK IN SHARE MODE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = 0;
	db_bind_int(s, n->event);
	db_bind_int(s, rule->id);
	while ((rc = db_step(s)) > 0)
		*out = db_int(s, 0);
	return rc;
}

/*
 * What still waits for the morning is overtaken: it does not leave, and told
 * becomes the mail before it.  Where none has left, nobody knows of what is
 * taken back, and a correction is the first that is heard of it.
 */
static int overtake(struct db *db, const struct rule *rule,
		    const struct news *n, int rank, struct told *told,
		    enum reason *why)
{
	if (!told->is_there)
		return 0;
	if (told->broadcast != 0 && broadcast_withdraw(db, told->broadcast) < 0)
		return -1;
	if (find_left(db, n, rule, &told->broadcast) < 0)
		return -1;
	if (*why == REASON_CORRECTED && told->broadcast == 0)
		*why = rank < rule->rank ? REASON_CANCELLED : REASON_NEWS;
	return 0;
}

/* What was told to nobody is taken back without a word. */
static bool is_said(const struct rule *rule, const struct told *told,
		    enum reason why)
{
	if (why == REASON_NEWS)
		return true;
	return told->broadcast != 0 && (why != REASON_LIFTED || rule->lifting);
}

static int apply(struct db *db, const struct rule *rule, const struct news *n,
		 struct told told)
{
	int rank = rank_for(db->arena, rule, n);
	enum reason why = reason_for(db->arena, rule, n, &told, rank);
	int64_t id = 0;
	int late;

	if (why == REASON_NONE)
		return 0;
	late = why == REASON_NEWS ? is_late(db, n) : 0;
	if (late != 0)
		return late < 0 ? -1 : 0;
	if (overtake(db, rule, n, rank, &told, &why) < 0)
		return -1;
	if (is_said(rule, &told, why)) {
		id = mail(db, rule, n, &told, why);
		if (id < 0)
			return -1;
		/* Without readers nothing was told, and nothing to take back.
		 */
		if (id == 0 && why == REASON_NEWS)
			return 0;
	}
	told.ended = why == REASON_CANCELLED || why == REASON_LIFTED;
	told.ranks = ranks_text(db->arena, rule, n, rank);
	if (id != 0)
		told.broadcast = id;
	return store_told(db, n, rule, &told);
}

/* Whether a rule mails anything, and of this part. */
static bool mails(const struct rule *rule, const struct news *n)
{
	return !str_eq(rule->action, "prepare") &&
	       (str_eq(rule->part, "any") || str_eq(rule->part, n->part));
}

int inform(struct db *db, const struct news *n)
{
	struct told *told;

	if (n->telegram->status != JMA_NORMAL)
		return 0;
	if (list_told(db, n->event, &told) < 0)
		return -1;
	for (const struct rule *r = n->rules; r != NULL; r = r->next)
		if (mails(r, n) && apply(db, r, n, told_by(told, r)) < 0)
			return -1;
	return 0;
}
