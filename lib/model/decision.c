#include "model/decision.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "model/aftershock.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/rule.h"
#include "model/stage.h"

/* The first rule by which a prefecture is asked, or NULL: at the level, and of
 * a check sent before only if it was below when that was sent. */
static const struct rule *asked_by(const struct event_region *r,
				   const struct rule *rules, bool more)
{
	for (; rules != NULL; rules = rules->next)
		if (event_region_rank(r) >= rules->rank &&
		    (!more || r->decided_rank < rules->rank) &&
		    rule_covers(rules, r->code))
			return rules;
	return NULL;
}

/* Whom a rule asks beside, or in place of, the people of the regions. */
static int add_chosen(struct db *db, const struct rule *rule,
		      struct target ***end)
{
	if (str_eq(rule->audience, "regions"))
		return 0;
	if (rule_targets(db, rule, *end) < 0)
		return -1;
	while (**end != NULL)
		*end = &(**end)->next;
	return 0;
}

/* The rule of the first prefecture gives the text. */
static int find_targets(struct db *db, const struct event_region *regions,
			const struct rule *rules, struct check *out,
			const struct rule **first)
{
	struct target **end = &out->targets;
	struct str places = { .arena = db->arena };
	const struct rule *chosen = NULL;

	*first = rules;
	for (const struct event_region *r = regions; r != NULL; r = r->next) {
		const struct rule *rule = asked_by(r, rules, out->more);

		out->raised |= asked_by(r, rules, true) != NULL;
		if (rule == NULL)
			continue;
		if (places.len == 0)
			*first = rule;
		str_fmt(&places, "%s%s", places.len == 0 ? "" : "、", r->name);
		if (str_eq(rule->audience, "regions")) {
			*end = rule_region(db->arena, rule, r->code);
			end = &(*end)->next;
		} else if (rule != chosen) {
			if (add_chosen(db, rule, &end) < 0)
				return -1;
			chosen = rule;
		}
	}
	*end = NULL;
	out->places = arena_strdup(db->arena, str_text(&places));
	return 0;
}

/* Where it was: the epicentre, or while that is not known the prefecture
 * shaken most. */
static const char *place_of(struct arena *a, const struct event *e,
			    const struct event_region *regions)
{
	if (*e->epicentre != '\0' || regions == NULL)
		return e->epicentre;
	return regions->next == NULL ? regions->name
				     : arena_fmt(a, "%sなど", regions->name);
}

static const char *level_of(const struct event *e)
{
	return str_eq(e->kind, "quake")
		       ? jma_intensity_show(jma_intensity(e->max_level))
		       : e->max_level;
}

static const char *regions_words(struct arena *a, const struct event *e,
				 const struct event_region *regions)
{
	struct str out = { .arena = a };

	for (; regions != NULL; regions = regions->next)
		if (regions->rank > 0)
			str_fmt(&out, "%s%s%s　%s", out.len == 0 ? "" : "\n",
				str_eq(e->kind, "quake") ? "震度" : "",
				str_eq(e->kind, "quake")
					? jma_intensity_show(regions->rank)
					: regions->level,
				regions->name);
	return str_text(&out);
}

static void fill_texts(struct arena *a, const struct event *e,
		       const struct event_region *regions,
		       const struct rule *rule, struct check *out)
{
	const struct rule_value values[] = {
		{ "title", e->title },
		{ "place", place_of(a, e, regions) },
		{ "time", time_show(a, e->occurred_at) },
		{ "max", level_of(e) },
		{ "level", level_of(e) },
		{ "magnitude", e->magnitude },
		{ "depth", jma_depth_show(a, e->depth_km) },
		{ "tsunami", e->tsunami },
		{ "headline", e->headline },
		{ "words", e->headline },
		{ "regions", regions_words(a, e, regions) },
		{ "prefectures", out->places },
		{ "office", "" },
		{ "published", time_show(a, e->told_at) },
	};
	const char *subject = rule_fill(a, rule->subject, values, LEN(values));

	out->kind = e->drill ? "drill" : "safety";
	out->subject = e->drill ? arena_fmt(a, "【訓練】%s", subject) : subject;
	out->body = rule_fill(a, rule->body, values, LEN(values));
}

/* The codes of regions among the targets, "13,14". */
static const char *codes_of(struct arena *a, const struct target *targets)
{
	struct str out = { .arena = a };

	for (; targets != NULL; targets = targets->next)
		if (str_eq(targets->kind, "region"))
			str_fmt(&out, "%s%.2s", out.len == 0 ? "" : ",",
				targets->item);
	return str_text(&out);
}

/* Of an aftershock: whom its main shock asked, and who is new. */
static int compare(struct db *db, const struct event *e,
		   const struct event_region *regions, struct check *out)
{
	struct target **end = &out->fresh;
	struct str places = { .arena = db->arena };
	struct aftershock_view v;

	if (aftershock_view(db, e->id, e->parent,
			    codes_of(db->arena, out->targets), out->rank,
			    &v) < 0)
		return -1;
	for (const struct target *t = out->targets; t != NULL; t = t->next) {
		const char *code = arena_strndup(db->arena, t->item, 2);

		if (!str_eq(t->kind, "region") || strstr(v.fresh, code) == NULL)
			continue;
		*end = arena_memdup(db->arena, t, sizeof(*t));
		end = &(*end)->next;
		for (const struct event_region *r = regions; r != NULL;
		     r = r->next)
			if (str_eq(r->code, code))
				str_fmt(&places, "%s%s",
					places.len == 0 ? "" : "、", r->name);
	}
	*end = NULL;
	out->parent = e->parent;
	out->parent_title = v.title;
	out->parent_asked_at = v.asked_at;
	out->parent_asked = v.asked;
	out->stronger = v.stronger;
	out->fresh_places = arena_strdup(db->arena, str_text(&places));
	if (out->fresh == NULL)
		return 0;
	return target_count(db, 0, out->fresh, &out->fresh_people);
}

int decision_check(struct db *db, const struct event *event,
		   const struct event_region *regions, struct check *out)
{
	const struct rule_filter filter = { .kind = event->kind,
					    .action = "prepare",
					    .active = true };
	const struct rule *first;
	struct rule *rules;

	*out = (struct check){ .kind = "safety",
			       .subject = "",
			       .body = "",
			       .places = "",
			       .level = "",
			       .rule = "",
			       .parent_title = "",
			       .stronger = "",
			       .fresh_places = "" };
	if (rule_list(db, &filter, &rules) < 0)
		return -1;
	if (rules == NULL)
		return 0;
	out->more = strcmp(event->state, "sent") == 0;
	if (find_targets(db, regions, rules, out, &first) < 0)
		return -1;
	out->rank = rules->rank;
	out->level = rule_rank_show(db->arena, event->kind, first->rank);
	out->rule = first->name;
	out->raised &= out->more || strcmp(event->state, "rejected") == 0 ||
		       strcmp(event->state, "folded") == 0 ||
		       strcmp(event->state, "closed") == 0;
	fill_texts(db->arena, event, regions, first, out);
	if (out->targets != NULL &&
	    target_count(db, 0, out->targets, &out->people) < 0)
		return -1;
	if (event->parent != 0 && compare(db, event, regions, out) < 0)
		return -1;
	out->open = strcmp(event->state, "prepared") == 0 ||
		    (out->targets != NULL &&
		     (out->more ||
		      (event->drill && strcmp(event->state, "recorded") == 0)));
	return 0;
}

/* Sending -------------------------------------------------------------------*/

struct sending {
	const struct confirm *confirm;
	int64_t broadcast, people;
};

/* A second press finds the event sent; it is told what the first one did. */
static int find_press(struct db *db, const struct confirm *c, int64_t *out)
{
	static const char sql[] = "SELECT id"
				  "  FROM broadcast"
				  " WHERE press = ?"
				  "   AND event = ?";
	struct stmt *s;
	int rc;

	if (c->press == NULL)
		return 0;
	s = db_prepare(db, sql);
	db_bind_blob(s, c->press, BROADCAST_PRESS_LEN);
	db_bind_int(s, c->event);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	*out = db_int(s, 0);
	return db_step(s) < 0 ? -1 : 1;
}

/* Telegrams and other presses wait from here on.  1, 0 if there is no such
 * event, -1. */
static int lock(struct db *db, int64_t event)
{
	static const char sql[] =
		"SELECT id FROM event WHERE id = ? FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	rc = db_step(s);
	return rc > 0 && db_step(s) < 0 ? -1 : rc;
}

/* The event, held as it is now, with its check.  1, 0 if there is none, -1. */
static int hold(struct db *db, int64_t id, struct event *event,
		struct check *check)
{
	struct event_region *regions;
	int rc = lock(db, id);

	if (rc > 0)
		rc = event_find(db, id, event);
	if (rc <= 0)
		return rc;
	return event_regions(db, id, &regions) < 0 ||
			       decision_check(db, event, regions, check) < 0
		       ? -1
		       : 1;
}

static int note(struct db *db, int64_t event, int64_t account,
		const char *state, const char *reason)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = ?, decided_by = NULLIF(?, 0), decided_at = ?,"
		"       reason = ?"
		" WHERE id = ?";
	static const char regions[] =
		"UPDATE event_region"
		"   SET decided_rank = GREATEST(rank, top_rank)"
		" WHERE event = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, state);
	db_bind_int(s, account);
	db_bind_time(s, time_now());
	db_bind_text(s, reason);
	db_bind_int(s, event);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, regions);
	db_bind_int(s, event);
	return db_run(s) < 0 ? -1 : 0;
}

static int make(struct db *db, struct sending *send, const struct check *check)
{
	const struct confirm *c = send->confirm;
	const struct broadcast_draft draft = {
		.event = c->event,
		.kind = check->kind,
		.subject = check->subject,
		.body = check->body,
		.targets = check->targets,
		.questions = broadcast_safety_questions(db->arena),
		.account = c->who->account,
		.audit = c->who,
		.expected = c->number,
		.press = c->press,
	};

	switch (broadcast_make(db, &draft, &send->broadcast, &send->people)) {
	case BROADCAST_MADE:
		if (stage_set(db, c->event, check->more ? send->broadcast : 0,
			      STAGE_DECIDED, time_now()) < 0)
			return -1;
		return note(db, c->event, c->who->account, "sent", "");
	case BROADCAST_MADE_BEFORE:
		return DECISION_BEFORE;
	case BROADCAST_NOBODY:
		return DECISION_NOBODY;
	case BROADCAST_OTHER_COUNT:
		return DECISION_OTHER_COUNT;
	case BROADCAST_NOT_ALLOWED:
		return DECISION_NOT_OPEN;
	default:
		return -1;
	}
}

static int send_check(struct db *db, void *arg)
{
	struct sending *send = arg;
	const struct confirm *c = send->confirm;
	struct check check;
	struct event event;
	int rc = hold(db, c->event, &event, &check);

	if (rc <= 0)
		return rc < 0 ? -1 : DECISION_UNKNOWN;
	rc = find_press(db, c, &send->broadcast);
	if (rc != 0)
		return rc < 0 ? -1 : DECISION_BEFORE;
	if (c->fresh) {
		check.targets = check.fresh;
		check.people = check.fresh_people;
	}
	send->people = check.people;
	if (!check.open)
		return DECISION_NOT_OPEN;
	if (check.people == 0)
		return DECISION_NOBODY;
	if (check.people != c->number)
		return DECISION_OTHER_COUNT;
	return make(db, send, &check);
}

int decision_confirm(struct db *db, const struct confirm *confirm,
		     int64_t *broadcast, int64_t *people)
{
	struct sending send = { .confirm = confirm };
	int rc = db_transaction(db, send_check, &send);

	*broadcast = send.broadcast;
	if (people != NULL)
		*people = send.people;
	if (rc >= 0)
		log_info("check confirmed event=%lld decision=%d broadcast=%lld"
			 " people=%lld",
			 (long long)confirm->event, rc, (long long)*broadcast,
			 (long long)send.people);
	return rc;
}

/* Rejecting -----------------------------------------------------------------*/

struct change {
	const struct audit *who;
	int64_t event;
	const char *reason;
};

static int add_audit(struct db *db, const struct change *c, const char *action)
{
	struct audit line = *c->who;

	line.action = action;
	line.object = arena_fmt(db->arena, "event %lld", (long long)c->event);
	line.detail = c->reason;
	return audit_add(db, &line);
}

static int reject(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);
	bool more;

	if (rc <= 0)
		return rc;
	more = check.more && check.raised;
	if (!more && strcmp(event.state, "prepared") != 0)
		return 0;
	/* What was sent stays sent; the new prefectures are not asked. */
	if (note(db, c->event, c->who->account, more ? "sent" : "rejected",
		 c->reason) < 0 ||
	    (!more &&
	     stage_set(db, c->event, 0, STAGE_DECIDED, time_now()) < 0) ||
	    add_audit(db, c, "check rejected") < 0)
		return -1;
	return 1;
}

int decision_reject(struct db *db, const struct audit *who, int64_t event,
		    const char *reason)
{
	struct change c = { .who = who, .event = event, .reason = reason };

	return db_transaction(db, reject, &c);
}

static int fold(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);

	if (rc <= 0)
		return rc;
	if (event.parent == 0 || strcmp(event.state, "prepared") != 0)
		return 0;
	if (note(db, c->event, c->who->account, "folded", c->reason) < 0 ||
	    stage_set(db, c->event, 0, STAGE_DECIDED, time_now()) < 0 ||
	    add_audit(db, c, "check folded") < 0)
		return -1;
	return 1;
}

int decision_fold(struct db *db, const struct audit *who, int64_t event)
{
	struct change c = { .who = who, .event = event, .reason = "余震" };

	return db_transaction(db, fold, &c);
}

static int reopen(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE event"
		"   SET state = 'prepared', decided_by = NULL,"
		"       decided_at = NULL, reason = ''"
		" WHERE id = ?";
	const struct change *c = arg;
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);
	struct stmt *s;

	if (rc <= 0)
		return rc;
	if ((strcmp(event.state, "rejected") != 0 &&
	     strcmp(event.state, "folded") != 0) ||
	    check.targets == NULL)
		return 0;
	s = db_prepare(db, sql);
	db_bind_int(s, c->event);
	if (db_run(s) < 0 || add_audit(db, c, "check taken up again") < 0)
		return -1;
	return 1;
}

int decision_reopen(struct db *db, const struct audit *who, int64_t event)
{
	struct change c = { .who = who, .event = event, .reason = "" };

	return db_transaction(db, reopen, &c);
}
