#include "model/decision.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "model/aftershock.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/paging.h"
#include "model/rule.h"
#include "model/setting.h"
#include "model/stage.h"
#include "model/terms.h"

/* A drill is told apart in the list of mails, whatever was typed. */
static const char drill_mark[] = "【訓練】";

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

/* Adds the name of a rule that asks, once. */
static void add_rule(struct arena *a, const struct rule *rule,
		     struct check *out)
{
	const char *names = arena_fmt(a, "、%s、", out->rule);

	if (*out->rule == '\0')
		out->rule = rule->name;
	else if (strstr(names, arena_fmt(a, "、%s、", rule->name)) == NULL)
		out->rule = arena_fmt(a, "%s、%s", out->rule, rule->name);
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
		add_rule(db->arena, rule, out);
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
	out->subject =
		e->drill ? arena_fmt(a, "%s%s", drill_mark, subject) : subject;
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

/* What was decided, and is no longer open because of it. */
static void look_back(const struct event *e, bool asked, struct check *out)
{
	bool not_sent =
		str_eq(e->state, "rejected") || str_eq(e->state, "folded");
	bool closed = str_eq(e->state, "closed");

	out->raised &= out->more || not_sent || closed;
	out->again =
		out->targets != NULL && (not_sent || (closed && out->raised) ||
					 (str_eq(e->state, "sent") && !asked));
}

int decision_check(struct db *db, const struct event *event,
		   const struct event_region *regions, struct check *out)
{
	const struct rule_filter filter = { .kind = event->kind,
					    .action = "prepare",
					    .active = true };
	const struct rule *first;
	struct rule *rules;
	int asked = 0;

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
	if (str_eq(event->state, "sent"))
		asked = event_asked(db, event->id);
	if (asked < 0)
		return -1;
	out->more = asked > 0;
	if (find_targets(db, regions, rules, out, &first) < 0)
		return -1;
	out->rank = rules->rank;
	out->level = rule_rank_show(db->arena, event->kind, first->rank);
	if (*out->rule == '\0')
		out->rule = first->name;
	look_back(event, asked > 0, out);
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
	const char *self; /* why it is sent by itself; NULL: a person sends */
	bool typed;	  /* in words of the person's own */
};

const char *decision_mark(struct arena *a, const char *subject,
			  const char *body)
{
	const char *text = arena_fmt(a, "%s\n%s", subject, body);
	unsigned char hash[SHA256_LEN];

	bytes_sha256(text, strlen(text), hash);
	return bytes_to_hex(a, hash, sizeof(hash));
}

/* Puts what was typed in place of the check's text.  False if that has become
 * another while it was being changed. */
static bool take_text(struct arena *a, struct sending *send,
		      struct check *check)
{
	const struct confirm *c = send->confirm;

	send->typed = c->subject != NULL &&
		      !str_eq(decision_mark(a, c->subject, c->body), c->mark);
	if (!send->typed)
		return true;
	if (!str_eq(decision_mark(a, check->subject, check->body), c->mark))
		return false;
	check->subject = c->subject;
	check->body = c->body;
	if (str_eq(check->kind, "drill") && !str_begins(c->subject, drill_mark))
		check->subject = arena_fmt(a, "%s%s", drill_mark, c->subject);
	return true;
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

/* What is kept of a decision, with what is known now. */
struct note {
	int64_t event;
	const struct audit *who;
	const char *act;
	const char *reason;
	int64_t people;
	bool self;
};

static int keep(struct db *db, const struct note *n, int64_t now)
{
	static const char sql[] =
		"INSERT INTO decision (event, at, act, account, self, reason,"
		"       people, max_level, magnitude, epicentre, depth_km,"
		"       tsunami)"
		" SELECT id, ?, ?, NULLIF(?, 0), ?, ?, ?, max_level, magnitude,"
		"       epicentre, depth_km, tsunami"
		"  FROM event"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, now);
	db_bind_text(s, n->act);
	db_bind_int(s, n->who->account);
	db_bind_int(s, n->self);
	db_bind_text(s, n->reason);
	db_bind_int(s, n->people);
	db_bind_int(s, n->event);
	return db_run(s) < 0 ? -1 : 0;
}

static int note(struct db *db, const struct note *n, const char *state)
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
	int64_t now = time_now();
	struct stmt *s;

	if (keep(db, n, now) < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_text(s, state);
	db_bind_int(s, n->who->account);
	db_bind_time(s, now);
	db_bind_text(s, n->reason);
	db_bind_int(s, n->event);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, regions);
	db_bind_int(s, n->event);
	return db_run(s) < 0 ? -1 : 0;
}

static int make(struct db *db, struct sending *send, const struct check *check)
{
	static const char typed[] = "文面を直して送信";
	const struct confirm *c = send->confirm;
	const struct note n = { .event = c->event,
				.who = c->who,
				.act = "sent",
				.reason = send->typed	       ? typed
					  : send->self == NULL ? ""
							       : send->self,
				.people = c->number,
				.self = send->self != NULL };
	struct broadcast_draft draft = {
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
	struct terms terms;

	if (terms_find(db, check->kind, &terms) < 0)
		return -1;
	draft.closes_at = terms_close(&terms, time_now());
	draft.reask = terms.reask;
	draft.reask.quiet = str_eq(check->kind, "drill");
	switch (broadcast_make(db, &draft, &send->broadcast, &send->people)) {
	case BROADCAST_MADE:
		if (stage_set(db, c->event, check->more ? send->broadcast : 0,
			      STAGE_DECIDED, time_now()) < 0)
			return -1;
		return note(db, &n, "sent");
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
	/* A second press finds the event sent; it is told what the first one
	 * did. */
	rc = broadcast_find_press(db, c->press, NULL, &send->broadcast);
	if (rc != BROADCAST_MADE)
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
	if (!take_text(db->arena, send, &check))
		return DECISION_OTHER_TEXT;
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

/* By itself -----------------------------------------------------------------*/

/* Minutes after preparing, and how old a telegram may have been. */
static int self_settings(struct db *db, int64_t *minutes, int64_t *late)
{
	*minutes = setting_int(db, "decide.self");
	*late = setting_int(db, "inform.late");
	return *minutes < 0 || *late < 0 ? -1 : 0;
}

/* When it was prepared, whether somebody decided, and how late its telegram
 * came. */
struct self_facts {
	int64_t prepared_at, late_by;
	bool decided;
};

static int find_facts(struct db *db, int64_t event, struct self_facts *out)
{
	static const char sql[] =
		"SELECT MAX(CASE WHEN name = 'prepared' THEN at END),"
		"       MAX(CASE WHEN name = 'fetched' THEN at END),"
		"       MAX(CASE WHEN name = 'published' THEN at END),"
		"       EXISTS (SELECT 1 FROM decision WHERE event = ?)"
		"  FROM stage"
		" WHERE event = ?"
		"   AND broadcast = 0";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct self_facts){ 0 };
	db_bind_int(s, event);
	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		out->prepared_at = db_time(s, 0);
		if (!db_is_null(s, 1) && !db_is_null(s, 2))
			out->late_by = db_time(s, 1) - db_time(s, 2);
		out->decided = db_int(s, 3) != 0;
	}
	return rc;
}

/* Why a check is never sent by itself; "" if nothing stands against it. */
static const char *self_not(const struct event *e, const struct self_facts *f,
			    int64_t late_min)
{
	if (e->drill)
		return "訓練・試験のため";
	if (!str_eq(e->state, "prepared") || f->decided || f->prepared_at == 0)
		return "人が判断しているため";
	if (e->parent != 0)
		return "余震の可能性があるため";
	if (*e->made_by != '\0')
		return "手で作った事象のため";
	if (e->closed_at != 0 || (e->ends_at != 0 && e->ends_at <= e->told_at))
		return "発表が終わっているため";
	if (late_min > 0 && f->late_by > late_min * TIME_MINUTE)
		return "電文が遅れて届いたため";
	return "";
}

int decision_self_when(struct db *db, const struct event *event,
		       struct self_send *out)
{
	struct self_facts f;
	int64_t late;

	*out = (struct self_send){ .why = "" };
	if (self_settings(db, &out->minutes, &late) < 0)
		return -1;
	if (out->minutes == 0)
		return 0;
	if (find_facts(db, event->id, &f) < 0)
		return -1;
	out->why = self_not(event, &f, late);
	if (*out->why == '\0')
		out->at = f.prepared_at + out->minutes * TIME_MINUTE;
	return 0;
}

static int send_self(struct db *db, void *arg)
{
	struct sending *send = arg;
	/* Kept: the transaction may run again. */
	struct confirm *c = arena_memdup(db->arena, send->confirm, sizeof(*c));
	struct self_send when;
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);

	if (rc <= 0)
		return rc;
	if (decision_self_when(db, &event, &when) < 0)
		return -1;
	if (when.at == 0 || when.at > time_now() || !check.open ||
	    check.people == 0)
		return 0;
	c->number = check.people;
	send->people = check.people;
	send->confirm = c;
	send->self = arena_fmt(db->arena,
			       "%lld 分のあいだ判断がなかったため、自動で送信",
			       (long long)when.minutes);
	rc = make(db, send, &check);
	return rc < 0 ? -1 : rc == DECISION_DONE;
}

/* Few wait at any time: each is looked at. */
static int list_waiting(struct db *db, int64_t before, int64_t **ids)
{
	static const char sql[] =
		"SELECT e.id"
		"  FROM event e"
		"  JOIN stage p ON p.event = e.id AND p.broadcast = 0"
		"   AND p.name = 'prepared'"
		" WHERE e.state = 'prepared'"
		"   AND NOT e.drill"
		"   AND e.parent IS NULL"
		"   AND e.made_by IS NULL"
		"   AND p.at <= ?"
		"   AND NOT EXISTS (SELECT 1 FROM decision d"
		"                    WHERE d.event = e.id)"
		" ORDER BY e.id DESC"
		" LIMIT ?";
	enum { MOST = 100 };
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	*ids = arena_array(db->arena, MOST, sizeof(**ids));
	db_bind_time(s, before);
	db_bind_int(s, MOST);
	while ((rc = db_step(s)) > 0)
		(*ids)[n++] = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

int decision_self(struct db *db, int64_t now)
{
	const struct audit who = { .actor = "自動" };
	int64_t minutes, late, *ids;
	int n, failed = 0;

	if (self_settings(db, &minutes, &late) < 0)
		return -1;
	if (minutes == 0)
		return 0;
	n = list_waiting(db, now - minutes * TIME_MINUTE, &ids);
	for (int i = 0; i < n; i++) {
		const struct confirm c = { .who = &who, .event = ids[i] };
		struct sending send = { .confirm = &c };
		int rc = db_transaction(db, send_self, &send);

		if (rc > 0) {
			log_info("check sent by itself event=%lld "
				 "broadcast=%lld people=%lld",
				 (long long)ids[i], (long long)send.broadcast,
				 (long long)send.people);
			return 1;
		}
		failed |= rc < 0; /* the others must not wait for it */
	}
	return n < 0 || failed ? -1 : 0;
}

/* Looking back --------------------------------------------------------------*/

int decision_list(struct db *db, int64_t event, struct decision_made **out)
{
	static const char sql[] =
		"SELECT d.at, d.act, IF(d.self, '自動', COALESCE(a.name, '')),"
		"       d.reason, d.people, d.max_level, d.magnitude,"
		"       d.epicentre, d.tsunami, d.depth_km"
		"  FROM decision d"
		"  LEFT JOIN account a ON a.id = d.account"
		" WHERE d.event = ?"
		" ORDER BY d.id";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0) {
		struct decision_made *d = arena_alloc(db->arena, sizeof(*d));

		d->at = db_time(s, 0);
		d->act = db_text(s, 1);
		d->by = db_text(s, 2);
		d->reason = db_text(s, 3);
		d->people = db_int(s, 4);
		d->max_level = db_text(s, 5);
		d->magnitude = db_text(s, 6);
		d->epicentre = db_text(s, 7);
		d->tsunami = db_text(s, 8);
		d->depth_km = db_is_null(s, 9) ? -1 : (int)db_int(s, 9);
		*out = d;
		out = &d->next;
	}
	*out = NULL;
	return rc;
}

const char *decision_act_show(const char *act)
{
	static const struct {
		const char *act, *show;
	} rows[] = {
		{ "sent", "送信" },
		{ "rejected", "却下" },
		{ "folded", "まとめ（送らない）" },
		{ "reopened", "判断待ちに戻す" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		if (str_eq(rows[i].act, act))
			return rows[i].show;
	return "";
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
	struct note n = { c->event, c->who, "rejected", c->reason, 0, false };
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);
	bool more;

	if (rc <= 0)
		return rc;
	n.people = check.people;
	more = check.more && check.raised;
	if (!more && strcmp(event.state, "prepared") != 0)
		return 0;
	/* What was sent stays sent; the new prefectures are not asked. */
	if (note(db, &n, more ? "sent" : "rejected") < 0 ||
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
	struct note n = { c->event, c->who, "folded", c->reason, 0, false };
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);

	if (rc <= 0)
		return rc;
	n.people = check.people;
	if (event.parent == 0 || strcmp(event.state, "prepared") != 0)
		return 0;
	if (note(db, &n, "folded") < 0 ||
	    stage_set(db, c->event, 0, STAGE_DECIDED, time_now()) < 0 ||
	    add_audit(db, c, "check folded") < 0)
		return -1;
	return 1;
}

int decision_fold(struct db *db, const struct audit *who, int64_t event,
		  const char *reason)
{
	struct change c = { .who = who, .event = event, .reason = reason };

	return db_transaction(db, fold, &c);
}

/* Its people are to be asked; or where others of it were asked before it was
 * closed, only those of the prefectures raised since. */
static int wait_again(struct db *db, const struct event *e)
{
	static const char all[] =
		"UPDATE event"
		"   SET state = 'prepared', decided_by = NULL,"
		"       decided_at = NULL, reason = '', closed_at = NULL,"
		"       closed_by = NULL"
		" WHERE id = ?";
	static const char more[] =
		"UPDATE event"
		"   SET state = 'sent', closed_at = NULL, closed_by = NULL"
		" WHERE id = ?";
	int asked = event_asked(db, e->id);
	struct stmt *s;

	if (asked < 0)
		return -1;
	s = db_prepare(db, asked && str_eq(e->state, "closed") ? more : all);
	db_bind_int(s, e->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int reopen(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct note n = { c->event, c->who, "reopened", "", 0, false };
	struct event event;
	struct check check;
	int rc = hold(db, c->event, &event, &check);
	int64_t now = time_now();

	if (rc <= 0)
		return rc;
	n.people = check.people;
	if (!check.again)
		return 0;
	if (wait_again(db, &event) < 0 || keep(db, &n, now) < 0 ||
	    paging_again(db, c->event, now) < 0 ||
	    add_audit(db, c, "check taken up again") < 0)
		return -1;
	return 1;
}

int decision_reopen(struct db *db, const struct audit *who, int64_t event)
{
	struct change c = { .who = who, .event = event, .reason = "" };

	return db_transaction(db, reopen, &c);
}
