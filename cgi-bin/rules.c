/*
 * rules - what is mailed and prepared by itself, from which level on
 *
 *   GET  /rules              the list, each as a sentence
 *   GET  /rules/new          an empty one
 *   POST /rules/new          keeps it
 *   GET  /rules/{id}         one, to change
 *   POST /rules/{id}         keeps the change
 *   POST /rules/{id}/switch  on or off
 *   GET  /rules/try          rules against days of the past, as they stand or
 *                            switched otherwise
 *   POST /rules/new/try      likewise with the rule that is being written, and
 *   POST /rules/{id}/try     nothing is kept of it
 *
 * For system admins; each change is audited with before and after.
 * Source: D1k to D1o, B10; SCREENS, rules.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "feed/jma_quake.h"
#include "feed/place.h"
#include "model/area.h"
#include "model/audit.h"
#include "model/event.h"
#include "model/rule.h"
#include "model/target.h"
#include "model/trial.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	HAZARD_RANKS = 5,
	READERS_MAX = 500,
	READERS_TEXT_MAX = 20000, /* characters */
	DAY_LEN = 10,		  /* of 2024-01-01 */
	RULES_MAX = 500,
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, 1, RULE_NAME_MAX },
	{ "kind",
	  FIELD_CHOICE("quake tsunami typhoon weather volcano flood landslide "
		       "missile overseas other"),
	  1, 1 },
	{ "part", FIELD_CHOICE("any quick full rain tornado"), 0, 1 },
	{ "rank", FIELD_CODE, 1, 2 },
	{ "prefectures", FIELD_IDS, 0, RULE_PREFECTURES },
	{ "areas", FIELD_TEXT, 0, RULE_AREAS_MAX },
	{ "action", FIELD_CHOICE("prepare inform page"), 1, 1 },
	{ "audience", FIELD_CHOICE("regions chosen all operators"), 1, 1 },
	{ "work", FIELD_CHOICE("yes"), 0, 1 },
	{ "home", FIELD_CHOICE("yes"), 0, 1 },
	{ "family", FIELD_CHOICE("yes"), 0, 1 },
	{ "other", FIELD_CHOICE("yes"), 0, 1 },
	{ "readers", FIELD_LINES, 0, READERS_TEXT_MAX },
	{ "again", FIELD_CHOICE("yes"), 0, 1 },
	{ "lifting", FIELD_CHOICE("yes"), 0, 1 },
	{ "quiet", FIELD_CHOICE("yes"), 0, 1 },
	{ "active", FIELD_CHOICE("yes"), 0, 1 },
	{ "subject", FIELD_TEXT, 1, RULE_SUBJECT_MAX },
	{ "body", FIELD_LINES, 1, RULE_BODY_MAX },
	{ "version", FIELD_INT, 0, UINT32_MAX },
	/* Of a trial only. */
	{ "from", FIELD_CODE, 0, DAY_LEN },
	{ "to", FIELD_CODE, 0, DAY_LEN },
};

static const struct field try_fields[] = {
	{ "from", FIELD_CODE, 0, DAY_LEN },
	{ "to", FIELD_CODE, 0, DAY_LEN },
	{ "switched", FIELD_CHOICE("yes"), 0, 1 },
	{ "on", FIELD_IDS, 0, RULES_MAX },
};

static const struct field list_fields[] = {
	{ "kind",
	  FIELD_CHOICE("quake tsunami typhoon weather volcano flood landslide "
		       "missile overseas other"),
	  0, 1 },
};

static const struct field switch_fields[] = {
	{ "on", FIELD_CHOICE("yes no"), 1, 1 },
};

static const struct {
	const char *name, *show;
} purposes[] = {
	{ "work", "勤務地" },
	{ "home", "自宅" },
	{ "family", "家族の住まい" },
	{ "other", "登録した地域" },
};

/* As the select has them, for all kinds together. */
static const char *const hazard_ranks[HAZARD_RANKS + 1] = {
	"",
	"1　情報・予報以上",
	"2　注意報以上",
	"3　警報以上（津波警報、火口周辺警報、氾濫警戒）",
	"4　危険警報以上（土砂災害警戒情報、氾濫危険、噴火速報）",
	"5　特別警報（大津波警報、居住地域の噴火警報、ミサイル）",
};

static const char *const kinds[] = {
	"quake",   "tsunami", "weather", "landslide", "flood",
	"volcano", "typhoon", "missile", "overseas",  "other",
};

/* The sentence --------------------------------------------------------------*/

/* "東京都、神奈川県" of "13,14". */
static const char *regions_words(struct arena *a, const char *codes)
{
	struct str out = { .arena = a };

	while (*codes != '\0') {
		size_t len = strcspn(codes, ",");

		str_fmt(&out, "%s%s", out.len == 0 ? "" : "、",
			place_prefecture_show(arena_strndup(a, codes, len)));
		codes += len + (codes[len] == ',');
	}
	return str_text(&out);
}

static const char *where_words(struct arena *a, const struct rule *r)
{
	if (*r->regions == '\0' && *r->areas == '\0')
		return "";
	return arena_fmt(a, "%s%s%sで、", regions_words(a, r->regions),
			 *r->regions != '\0' && *r->areas != '\0' ? "の" : "",
			 r->areas);
}

static const char *who_words(struct arena *a, const struct rule *r)
{
	struct str out = { .arena = a };

	if (str_eq(r->audience, "all"))
		return "全員";
	if (str_eq(r->audience, "operators"))
		return "当番（運用者）";
	if (str_eq(r->audience, "chosen"))
		return r->readers == 0 ? "選んだ宛先（まだありません）"
				       : arena_fmt(a, "選んだ宛先（%lld 件）",
						   (long long)r->readers);
	for (size_t i = 0; i < LEN(purposes); i++)
		if (strstr(r->purposes, purposes[i].name) != NULL)
			str_fmt(&out, "%s%s", out.len == 0 ? "" : "・",
				purposes[i].show);
	return arena_fmt(a, "その都道府県に%sがある人", str_text(&out));
}

static const char *act_words(const struct rule *r)
{
	if (str_eq(r->action, "prepare"))
		return "への安否確認を準備する（人が確かめて送る）";
	if (str_eq(r->action, "page"))
		return "をメールで呼び出す";
	return "に情報をすぐ配信する";
}

/* "石川県で、地震が震度5強以上になったら、…": as a person would say it. */
static const char *sentence(struct arena *a, const struct rule *r)
{
	static const struct {
		const char *part, *show;
	} parts[] = {
		{ "any", "" },
		{ "quick", "（震度速報）" },
		{ "full", "（震源・震度の確定情報）" },
		{ "rain", "（記録的短時間大雨情報）" },
		{ "tornado", "（竜巻注意情報）" },
	};
	const char *part = "";

	for (size_t i = 0; i < LEN(parts); i++)
		if (str_eq(parts[i].part, r->part))
			part = parts[i].show;
	return arena_fmt(a, "%s%s%sが%sになったら、%s%s。%s%s%s",
			 where_words(a, r), event_kind_show(r->kind), part,
			 rule_rank_show(a, r->kind, r->rank), who_words(a, r),
			 act_words(r),
			 r->again ? "段階が上がったらもう一度。" : "",
			 r->lifting ? "解除も知らせる。" : "",
			 r->quiet ? "夜間は朝まで待つ。" : "");
}

/* The list ------------------------------------------------------------------*/

static void add_kinds(struct request *req)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", kinds[i]);
		row_set(row, "text", event_kind_show(kinds[i]));
	}
}

static bool has_nobody(const struct rule *r)
{
	return str_eq(r->audience, "chosen") && r->readers == 0;
}

static int list(struct request *req)
{
	struct rule_filter filter = { 0 };
	struct rule *r;
	int64_t found = 0, all = 0, nobody = 0;

	if (!form_read(req, list_fields, LEN(list_fields)))
		return 404;
	if (rule_list(req->db, &filter, &r) < 0)
		return 500;
	for (; r != NULL; r = r->next) {
		const char *kind = form_text(req, "kind");
		struct row *row;

		all++;
		nobody += r->active && has_nobody(r);
		if (*kind != '\0' && !str_eq(kind, r->kind))
			continue;
		found++;
		row = page_row(req, "Rules");
		row_set_int(row, "id", r->id);
		row_set(row, "name", r->name);
		row_set(row, "kind", event_kind_show(r->kind));
		row_set(row, "sentence", sentence(req->arena, r));
		row_set_int(row, "active", r->active);
		row_set_int(row, "nobody", has_nobody(r));
		row_set(row, "by", r->changed_by);
		row_set(row, "at", time_show_short(req->arena, r->changed_at));
	}
	add_kinds(req);
	page_set_count(req, "All", all);
	page_set_count(req, "Found", found);
	page_set_count(req, "Nobody", nobody);
	return page_show(req, "rules.cs");
}

static int switch_it(struct request *req)
{
	struct audit who = request_audit(req);
	bool on;
	struct rule r;
	int found = rule_get(req->db, req->id, &r);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!form_read(req, switch_fields, LEN(switch_fields)))
		return 422;
	on = str_eq(form_text(req, "on"), "yes");
	return rule_switch(req->db, &who, req->id, on) < 0
		       ? 500
		       : page_redirect(req, "/rules", 0);
}

/* One rule ------------------------------------------------------------------*/

static int add_prefectures(struct request *req)
{
	struct prefecture *p;

	if (target_prefectures(req->db, &p) < 0)
		return -1;
	for (; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Prefectures");
		long long number = 0;

		str_to_int(p->code, 1, RULE_PREFECTURES, &number);
		row_set_int(row, "value", number);
		row_set(row, "text", p->name);
	}
	return 0;
}

static void add_ranks(struct request *req)
{
	for (int i = JMA_INTENSITY_MAX; i > 0; i--) {
		struct row *row = page_row(req, "QuakeRanks");

		row_set(row, "value", arena_fmt(req->arena, "q%d", i));
		row_set(row, "text", rule_rank_show(req->arena, "quake", i));
	}
	for (int i = HAZARD_RANKS; i > 0; i--) {
		struct row *row = page_row(req, "HazardRanks");

		row_set(row, "value", arena_fmt(req->arena, "h%d", i));
		row_set(row, "text", hazard_ranks[i]);
	}
}

/* Yesterday, of which all telegrams are there. */
static const char *day_before(struct request *req)
{
	const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

	return arena_fmt(req->arena, "%.*s", DAY_LEN,
			 time_iso(req->arena, req->now - day));
}

static int show_form(struct request *req, int status)
{
	if (add_prefectures(req) < 0)
		return 500;
	add_kinds(req);
	add_ranks(req);
	page_set(req, "Names", rule_names_shown());
	page_default(req, "Form.from", day_before(req));
	page_set_int(req, "Rule.id", req->id);
	return status == 0 ? page_show(req, "rule.cs")
			   : page_show_status(req, status, "rule.cs");
}

static int show_new(struct request *req)
{
	static const char *const on[] = { "active", "work", "home" };

	for (size_t i = 0; i < LEN(on); i++)
		page_set(req, arena_fmt(req->arena, "Form.%s", on[i]), "yes");
	page_set(req, "Form.part", "any");
	return show_form(req, 0);
}

static void set_yes(struct request *req, const char *name, bool yes)
{
	if (yes)
		page_set(req, arena_fmt(req->arena, "Form.%s", name), "yes");
}

static int show(struct request *req)
{
	const char *readers, *codes;
	struct rule r;
	int found = rule_get(req->db, req->id, &r);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (rule_readers(req->db, r.id, &readers) < 0)
		return 500;
	page_set(req, "Form.name", r.name);
	page_set(req, "Form.kind", r.kind);
	page_set(req, "Form.part", r.part);
	page_set(req, "Form.rank",
		 arena_fmt(req->arena, "%c%d",
			   str_eq(r.kind, "quake") ? 'q' : 'h', r.rank));
	page_set(req, "Form.areas", r.areas);
	page_set(req, "Form.action", r.action);
	page_set(req, "Form.audience", r.audience);
	page_set(req, "Form.readers", readers);
	page_set(req, "Form.subject", r.subject);
	page_set(req, "Form.body", r.body);
	page_set_int(req, "Form.version", r.version);
	for (codes = r.regions; *codes != '\0';
	     codes += codes[2] == ',' ? 3 : 2)
		page_set_int(req,
			     arena_fmt(req->arena, "Form.prefectures.%d",
				       (codes[0] - '0') * 10 + codes[1] - '0'),
			     1);
	for (size_t i = 0; i < LEN(purposes); i++)
		set_yes(req, purposes[i].name,
			strstr(r.purposes, purposes[i].name) != NULL);
	set_yes(req, "again", r.again);
	set_yes(req, "lifting", r.lifting);
	set_yes(req, "quiet", r.quiet);
	set_yes(req, "active", r.active);
	page_set(req, "Rule.sentence", sentence(req->arena, &r));
	page_set_int(req, "Rule.nobody", has_nobody(&r));
	return show_form(req, 0);
}

static bool is_yes(struct request *req, const char *name)
{
	return str_eq(form_text(req, name), "yes");
}

static const char *regions_chosen(struct request *req)
{
	struct str out = { .arena = req->arena };
	bool marked[RULE_PREFECTURES + 1] = { false };
	size_t count;
	const int64_t *ids = form_ids(req, "prefectures", &count);

	for (size_t i = 0; i < count; i++)
		if (ids[i] >= 1 && ids[i] <= RULE_PREFECTURES)
			marked[ids[i]] = true;
	for (int p = 1; p <= RULE_PREFECTURES; p++)
		if (marked[p])
			str_fmt(&out, "%s%02d", out.len == 0 ? "" : ",", p);
	return str_text(&out);
}

static const char *purposes_chosen(struct request *req)
{
	struct str out = { .arena = req->arena };

	for (size_t i = 0; i < LEN(purposes); i++)
		if (is_yes(req, purposes[i].name))
			str_fmt(&out, "%s%s", out.len == 0 ? "" : ",",
				purposes[i].name);
	return str_text(&out);
}

/* A line is "group:CODE", "user:NUMBER", or a number or code alone.  1, 0 if
 * there is no such one, -1. */
static int read_reader(struct request *req, const char *line,
		       struct target *out)
{
	int rc;

	if (str_begins(line, "group:") || str_begins(line, "user:"))
		return target_parse(req->db, req->account, line, out);
	rc = target_parse(req->db, req->account,
			  arena_fmt(req->arena, "user:%s", line), out);
	if (rc != 0)
		return rc;
	return target_parse(req->db, req->account,
			    arena_fmt(req->arena, "group:%s", line), out);
}

/* 0 with *out, or with an error at the field; -1 on failure. */
static int read_readers(struct request *req, struct target **out)
{
	const char *p = form_text(req, "readers");
	int n = 0;

	*out = NULL;
	while (*p != '\0') {
		size_t len = strcspn(p, "\n");
		const char *line = arena_strndup(req->arena, p, len);
		struct target *t = arena_alloc(req->arena, sizeof(*t));
		int rc;

		p += len + (p[len] == '\n');
		if (line[strspn(line, " \t")] == '\0')
			continue;
		rc = read_reader(req, line, t);
		if (rc < 0)
			return -1;
		if (rc == 0) {
			form_error(req, "readers",
				   arena_fmt(req->arena,
					     "「%s」という職員番号やグループは"
					     "ありません。",
					     line));
			return 0;
		}
		if (++n > READERS_MAX) {
			form_error(
				req, "readers",
				"500 件までです。グループにまとめてください。");
			return 0;
		}
		*out = t;
		out = &t->next;
	}
	*out = NULL;
	return 0;
}

static void check_rank(struct request *req, struct rule *r)
{
	const char *rank = form_text(req, "rank");
	bool quake = str_eq(r->kind, "quake");
	long long n = 0;

	if (*rank == '\0')
		return;
	if (rank[0] != (quake ? 'q' : 'h') ||
	    !str_to_int(rank + 1, 1, quake ? JMA_INTENSITY_MAX : HAZARD_RANKS,
			&n))
		form_error(req, "rank",
			   quake ? "地震では、震度を選んでください。"
				 : "地震でないときは、震度でない段階を選んで"
				   "ください。");
	r->rank = (int)n;
}

static void check_text(struct request *req, const char *name)
{
	const char *unknown = rule_unknown(req->arena, form_text(req, name));

	if (unknown != NULL)
		form_error(req, name,
			   arena_fmt(req->arena,
				     "%s は使えません。使えるのは %s です。",
				     unknown, rule_names_shown()));
}

/* Only where areas are looked at; else the rule would never do anything. */
static int check_areas(struct request *req, const struct rule *r)
{
	struct area_fault fault;
	int rc;

	if (*r->areas == '\0' || *r->kind == '\0')
		return 0;
	if (str_eq(r->kind, "quake") || str_eq(r->action, "prepare")) {
		form_error(req, "areas",
			   str_eq(r->kind, "quake")
				   ? "地震では空欄にして、都道府県で選んでくだ"
				     "さい。"
				   : "安否確認は都道府県ごとに準備します。空欄"
				     "にして、都道府県で選んでください。");
		return 0;
	}
	rc = area_check(req->db, r->kind, r->areas, &fault);
	if (rc > 0)
		form_error(
			req, "areas",
			*fault.nearest == '\0'
				? arena_fmt(
					  req->arena,
					  "「%s」は、%sの電文にない名前です。",
					  fault.name, event_kind_show(r->kind))
				: arena_fmt(req->arena,
					    "「%s」は、%sの電文にない名前です。"
					    "近い名前：%s",
					    fault.name,
					    event_kind_show(r->kind),
					    fault.nearest));
	return rc < 0 ? -1 : 0;
}

/* Which telegrams: those of its kind. */
static void check_part(struct request *req, const struct rule *r)
{
	bool quake = str_eq(r->part, "quick") || str_eq(r->part, "full");

	if (str_eq(r->part, "any"))
		return;
	if (quake && !str_eq(r->kind, "quake"))
		form_error(req, "part", "地震だけで選べます。");
	else if (!quake && !str_eq(r->kind, "weather"))
		form_error(req, "part", "気象だけで選べます。");
	else if (!quake && str_eq(r->action, "prepare"))
		form_error(req, "part",
			   "安否確認では選べません。情報の配信か、当番の"
			   "呼び出しにしてください。");
}

static void check(struct request *req, struct rule *r)
{
	bool inform = str_eq(r->action, "inform");

	check_rank(req, r);
	check_text(req, "subject");
	check_text(req, "body");
	check_part(req, r);
	if (str_eq(r->audience, "regions") && *r->purposes == '\0')
		form_error(req, "audience",
			   "勤務地・自宅などを一つ以上選んでください。");
	if (str_eq(r->action, "prepare") && str_eq(r->audience, "operators"))
		form_error(req, "audience", "安否確認の対象を選んでください。");
	if (r->quiet && *r->action != '\0' && !inform)
		form_error(req, "quiet",
			   "安否確認と呼び出しは、夜間でも待てません。");
}

/* Reads what is being written.  1, with errors at the fields if it has any; 0
 * if there is no such rule; -1. */
static int read_rule(struct request *req, struct rule *r,
		     struct target **readers)
{
	struct rule old;
	int found = req->id == 0 ? 1 : rule_get(req->db, req->id, &old);

	if (found <= 0)
		return found;
	form_read(req, fields, LEN(fields));
	*r = (struct rule){
		.id = req->id,
		.name = form_text(req, "name"),
		.kind = form_text(req, "kind"),
		.part = *form_text(req, "part") == '\0'
				? "any"
				: form_text(req, "part"),
		.regions = regions_chosen(req),
		.areas = form_text(req, "areas"),
		.purposes = purposes_chosen(req),
		.audience = form_text(req, "audience"),
		.action = form_text(req, "action"),
		.again = is_yes(req, "again"),
		.lifting = is_yes(req, "lifting"),
		.quiet = is_yes(req, "quiet"),
		.active = is_yes(req, "active"),
		.subject = form_text(req, "subject"),
		.body = form_text(req, "body"),
		.version = form_int(req, "version"),
	};
	check(req, r);
	return check_areas(req, r) < 0 || read_readers(req, readers) < 0 ? -1
									 : 1;
}

static int save(struct request *req)
{
	struct audit who = request_audit(req);
	struct target *readers;
	struct rule r;
	int found = read_rule(req, &r, &readers);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (form_failed(req))
		return show_form(req, 0);
	switch (rule_save(req->db, &who, &r, readers)) {
	case RULE_SAVED:
		return page_redirect(req, "/rules", 0);
	case RULE_GONE:
		page_set_int(req, "Conflict", 1);
		return show_form(req, 409);
	default:
		return 500;
	}
}

/* Trials --------------------------------------------------------------------*/

/* The span of the form, its last day included.  False with a fault. */
static bool read_span(struct request *req, int64_t *from, int64_t *to)
{
	const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;
	const char *last = form_text(req, "to");

	*from = trial_day_begin(req->arena, form_text(req, "from"));
	*to = *last == '\0' ? *from : trial_day_begin(req->arena, last);
	if (*from == 0)
		form_error(req, "from", "試す日を選んでください。");
	else if (*to == 0)
		form_error(req, "to", "日付を選んでください。");
	else if (*to < *from)
		form_error(req, "to",
			   "始めの日か、そのあとの日を選んでください。");
	else if (*to - *from >= TRIAL_DAYS_MAX * day)
		form_error(req, "to",
			   arena_fmt(req->arena,
				     "一度に試せるのは %d 日間までです。",
				     TRIAL_DAYS_MAX));
	*to += day;
	return !form_failed(req);
}

static void add_acts(struct request *req, const struct trial_act *act)
{
	static const char *const statuses[] = {
		[TRIAL_INFORM] = "info",       [TRIAL_PAGE] = "page",
		[TRIAL_PREPARE] = "prepare",   [TRIAL_MORE] = "more",
		[TRIAL_WITHDRAW] = "withdraw",
	};

	for (; act != NULL; act = act->next) {
		struct row *row = page_row(req, "Trial.acts");

		row_set(row, "at", time_show_short(req->arena, act->at));
		row_set(row, "kind", statuses[act->kind]);
		row_set(row, "act", trial_kind_show(act->kind));
		row_set(row, "mark", act->mark);
		row_set_int(row, "rule", act->rule);
		row_set(row, "name", act->rule_name);
		row_set(row, "subject", act->subject);
		row_set_count(row, "people", act->people);
		row_set(row, "send_at",
			time_show_short(req->arena, act->send_at));
		row_set(row, "overtaken", act->overtaken ? "1" : NULL);
		row_set(row, "event", event_kind_show(act->event_kind));
		row_set(row, "title", act->title);
		row_set_int(row, "aftershock", act->aftershock);
	}
}

static void add_result(struct request *req, const struct trial_result *result)
{
	for (const struct trial_rule *r = result->rules; r != NULL;
	     r = r->next) {
		struct row *row;

		if (!r->active && r->acts == 0)
			continue;
		row = page_row(req, "Trial.rules");
		row_set_int(row, "id", r->id);
		row_set(row, "name", r->name);
		row_set(row, "kind", event_kind_show(r->kind));
		row_set_int(row, "nobody", r->nobody);
		row_set_count(row, "acts", r->acts);
		row_set_count(row, "people", r->people);
		row_set_count(row, "most", r->most);
	}
	add_acts(req, result->acts);
	page_set_int(req, "Trial.done", 1);
	page_set_count(req, "Trial.telegrams", result->telegrams);
	page_set_count(req, "Trial.applied", result->applied);
	page_set_count(req, "Trial.events", result->events);
	page_set_count(req, "Trial.count", result->act_count);
	page_set_count(req, "Trial.faults", result->fault_count);
	page_set_int(req, "Trial.more", result->act_count > TRIAL_ACTS_MAX);
	page_set_count(req, "Trial.shown", TRIAL_ACTS_MAX);
	page_set(req, "Trial.stopped",
		 time_show_short(req->arena, result->stopped_at));
	page_set(req, "Trial.took",
		 arena_fmt(req->arena, "%.1f",
			   (double)result->took / TIME_SECOND));
}

/* Runs a trial and sets what came of it.  1; 0 if the rule was changed
 * meanwhile; -1.  Too many telegrams are a fault of the span. */
static int run_trial(struct request *req, const struct trial_draft *draft,
		     int64_t from, int64_t to)
{
	struct trial_result result;
	struct trial *t;
	int rc = trial_open(req->db, db_beside(req->db), draft, &t);

	if (rc <= 0)
		return rc;
	rc = trial_stored(t, from, to);
	if (rc < 0 || trial_end(t, &result) < 0)
		return -1;
	if (rc > 0)
		add_result(req, &result);
	else
		form_error(req, "from",
			   arena_fmt(req->arena,
				     "電文が %d 件より多い期間です。日数を減ら"
				     "してください。",
				     TRIAL_TELEGRAMS_MAX));
	return 1;
}

static int show_trial(struct request *req, const struct trial_draft *draft)
{
	const struct rule_filter filter = { 0 };
	struct trial_day *day;
	int64_t changed = 0;
	struct rule *r;

	if (trial_days(req->db, req->now, &day) < 0 ||
	    rule_list(req->db, &filter, &r) < 0)
		return 500;
	for (; day != NULL; day = day->next) {
		struct row *row = page_row(req, "Days");

		row_set(row, "day", day->day);
		row_set_count(row, "telegrams", day->telegrams);
	}
	for (; r != NULL; r = r->next) {
		struct row *row = page_row(req, "Rules");
		bool on = r->active;

		if (draft->switched)
			on = false;
		for (size_t i = 0; i < draft->on_count; i++)
			on |= draft->on[i] == r->id;
		row_set_int(row, "id", r->id);
		row_set(row, "name", r->name);
		row_set(row, "kind", event_kind_show(r->kind));
		row_set_int(row, "on", on);
		row_set_int(row, "changed", on != r->active);
		changed += on != r->active;
	}
	page_set_count(req, "Changed", changed);
	return page_show(req, "rules_try.cs");
}

static int try_switched(struct request *req)
{
	struct trial_draft draft = { 0 };
	int64_t from, to;

	if (!form_read(req, try_fields, LEN(try_fields)))
		return 404;
	draft.switched = is_yes(req, "switched");
	draft.on = form_ids(req, "on", &draft.on_count);
	if ((form_has(req, "from") || draft.switched) &&
	    read_span(req, &from, &to) && run_trial(req, &draft, from, to) < 0)
		return 500;
	return show_trial(req, &draft);
}

static int try_written(struct request *req)
{
	struct target *readers;
	struct trial_draft draft = { 0 };
	struct rule r;
	int64_t from, to;
	int rc = read_rule(req, &r, &readers);

	if (rc <= 0)
		return rc < 0 ? 500 : 404;
	page_set_int(req, "Trying", 1);
	if (!read_span(req, &from, &to))
		return show_form(req, 0);
	r.active = true; /* it is tried, on or off */
	draft.rule = &r;
	draft.readers = readers;
	rc = run_trial(req, &draft, from, to);
	if (rc == 0) {
		page_set_int(req, "Conflict", 1);
		return show_form(req, 409);
	}
	return rc < 0 ? 500 : show_form(req, 0);
}

static const struct route routes[] = {
	{ "GET", "/rules", GUARD_SYSTEM_ADMIN, list },
	{ "GET", "/rules/new", GUARD_SYSTEM_ADMIN, show_new },
	{ "POST", "/rules/new", GUARD_SYSTEM_ADMIN, save },
	{ "GET", "/rules/try", GUARD_SYSTEM_ADMIN, try_switched },
	{ "POST", "/rules/new/try", GUARD_SYSTEM_ADMIN, try_written },
	{ "POST", "/rules/{id}/try", GUARD_SYSTEM_ADMIN, try_written },
	{ "GET", "/rules/{id}", GUARD_SYSTEM_ADMIN, show },
	{ "POST", "/rules/{id}", GUARD_SYSTEM_ADMIN, save },
	{ "POST", "/rules/{id}/switch", GUARD_SYSTEM_ADMIN, switch_it },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
