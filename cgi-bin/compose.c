/*
 * compose - write a broadcast: what, to whom, when; then send it
 *
 *   GET  /broadcasts/new               an empty form; ?template=ID begins from
 *                                      one, ?earlier=ID from who answered it
 *   POST /broadcasts/new               by act: check counts and shows whom it
 *                                      would reach; send sends, if that number
 *                                      was typed; test sends to the writer
 *                                      alone; save, overwrite, earlier,
 *                                      not_earlier, preview and template keep
 *                                      the draft
 *   POST /broadcasts/new/count         count and first names, as JSON
 *   POST /broadcasts/new/save          keeps the draft, as JSON
 *   GET  /broadcasts/drafts            one's drafts; ?text= in their subject
 *   GET  /broadcasts/drafts/{id}       the form again; ?template=ID fills it
 *   POST /broadcasts/drafts/{id}/delete
 *   GET  /broadcasts/drafts/{id}/preview   the mail as it will look
 *   GET  /broadcasts/drafts/{id}/page  the answer page; ?as=light in Shift_JIS
 *   POST /broadcasts/drafts/{id}/page  says that it is a sample
 *
 * For admins; a group admin reaches his own people only, by the queries of
 * model/.  Source: D1d, D2a-c, D2f, D3c, B2.
 */
#include <inttypes.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "mail/compose.h"
#include "mail/letter.h"
#include "mail/variable.h"
#include "model/broadcast.h"
#include "model/broadcast_template.h"
#include "model/draft.h"
#include "model/group.h"
#include "model/message.h"
#include "model/questions.h"
#include "model/setting.h"
#include "model/target.h"
#include "model/terms.h"
#include "web/broadcast_form.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/questions_form.h"
#include "web/run.h"

enum {
	PREVIEW = 10,	    /* first names beside the count */
	EARLIER = 30,	    /* broadcasts to choose answers from */
	DRAFTS = 100,	    /* on the list */
	PEOPLE_LEN = 20000, /* characters of staff numbers */
	PEOPLE_MAX = 1000,  /* numbers typed */
	MANY = 100,	    /* people: from here on a big part is told */
	TEST_HOURS = 24,    /* a test without closing time is open */
};

/* The form -----------------------------------------------------------------
 */

/* The last CONTROLS of them are of the page, not of the draft. */
static const struct field fields[] = {
	{ "kind", FIELD_CHOICE("safety info notice drill"), 1, 1 },
	{ "subject", FIELD_TEXT, 1, BROADCAST_SUBJECT_MAX },
	{ "body", FIELD_LINES, 1, BROADCAST_BODY_MAX },
	QUESTIONS_FORM_FIELDS,
	BROADCAST_FORM_WHOM,
	{ "people", FIELD_LINES, 0, PEOPLE_LEN },
	{ "earlier", FIELD_INT, 0, UINT32_MAX },
	{ "chose", FIELD_IDS, 0,
	  BROADCAST_QUESTIONS_MAX *BROADCAST_CHOICES_MAX },
	{ "answered", FIELD_CHOICE("yes"), 0, 1 },
	{ "unanswered", FIELD_CHOICE("yes"), 0, 1 },
	{ "not_people", FIELD_LINES, 0, PEOPLE_LEN },
	{ "not_earlier", FIELD_INT, 0, UINT32_MAX },
	{ "not_chose", FIELD_IDS, 0,
	  BROADCAST_QUESTIONS_MAX *BROADCAST_CHOICES_MAX },
	{ "not_answered", FIELD_CHOICE("yes"), 0, 1 },
	{ "not_unanswered", FIELD_CHOICE("yes"), 0, 1 },
	{ "when", FIELD_CHOICE("now later"), 0, 1 },
	{ "send_at", FIELD_TIME, 0, 1 },
	{ "closes_at", FIELD_TIME, 0, 1 },
	BROADCAST_FORM_CLOSES,
	BROADCAST_FORM_AGAIN,

	{ "expected", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, 2 * BROADCAST_PRESS_LEN,
	  2 * BROADCAST_PRESS_LEN },
	{ "draft", FIELD_INT, 0, UINT32_MAX },
	{ "version", FIELD_INT, 0, UINT32_MAX },
	{ "act",
	  FIELD_CHOICE("check send save overwrite earlier not_earlier preview "
		       "test template"),
	  0, 1 },
};
enum { CONTROLS = 5, KEPT = LEN(fields) - CONTROLS };

/* What a template always fills; it may fill more (broadcast_form_fill). */
static const struct field text_fields[] = {
	{ "kind", FIELD_CHOICE("safety info notice drill"), 1, 1 },
	{ "subject", FIELD_TEXT, 1, BROADCAST_SUBJECT_MAX },
	{ "body", FIELD_LINES, 1, BROADCAST_BODY_MAX },
	QUESTIONS_FORM_FIELDS,
};
static const struct field question_fields[] = { QUESTIONS_FORM_FIELDS };

static const struct field query_fields[] = {
	{ "template", FIELD_INT, 0, UINT32_MAX },
	{ "earlier", FIELD_INT, 0, UINT32_MAX },
	{ "tested", FIELD_INT, 0, 1 },
	{ "as", FIELD_CHOICE("phone light"), 0, 1 },
};

/* Whom -----------------------------------------------------------------------
 */

struct targets {
	struct target *list, **end;
};

static struct target *add_target(struct request *req, struct targets *to,
				 const char *kind, const char *item, bool minus)
{
	struct target *t = arena_alloc(req->arena, sizeof(*t));

	t->kind = kind;
	t->item = item;
	t->minus = minus;
	*to->end = t;
	to->end = &t->next;
	return t;
}

static void add_ids(struct request *req, struct targets *to, const char *name,
		    const char *kind, bool minus)
{
	const char *form = str_eq(kind, "region") ? "%02d" : "%d";
	size_t count;
	const int64_t *ids = form_ids(req, name, &count);

	for (size_t i = 0; i < count; i++)
		add_target(req, to, kind,
			   arena_fmt(req->arena, form, (int)ids[i]), minus);
}

/* Staff numbers between blanks, commas or line ends.  Returns 0, -1 on failure;
 * unknown ones become a fault of the field. */
static int add_people(struct request *req, struct targets *to, const char *name,
		      bool minus)
{
	static const char between[] = " \t\n,;";
	const char *p = form_text(req, name);
	struct str unknown = { .arena = req->arena };
	int count = 0;

	for (p += strspn(p, between); *p != '\0'; p += strspn(p, between)) {
		size_t len = strcspn(p, between);
		const char *text =
			arena_fmt(req->arena, "user:%.*s", (int)len, p);
		struct target found = { .kind = "user" };
		int rc = ++count > PEOPLE_MAX
				 ? 0
				 : target_parse(req->db, req->account, text,
						&found);

		if (rc < 0)
			return -1;
		if (rc == 0)
			str_fmt(&unknown, " %.*s", (int)len, p);
		else
			add_target(req, to, "user", found.item, minus);
		p += len;
	}
	if (unknown.len > 0)
		form_error(req, name,
			   arena_fmt(req->arena,
				     "この職員番号の人は見つかりません:%.200s",
				     str_text(&unknown)));
	return 0;
}

static bool has_choice(const struct question *list, int64_t id)
{
	for (const struct question *q = list; q != NULL; q = q->next)
		for (const struct choice *c = q->choices; c != NULL;
		     c = c->next)
			if (c->id == id)
				return true;
	return false;
}

/* The part of the form about an earlier broadcast: whom it adds, or leaves
 * out. */
struct earlier {
	const char *id, *answered, *unanswered, *chose; /* fields */
	const char *page; /* where the page has its choices */
	bool minus;
};

static const struct earlier earlier_named = {
	.id = "earlier",
	.answered = "answered",
	.unanswered = "unanswered",
	.chose = "chose",
	.page = "Earlier",
};
static const struct earlier earlier_left_out = {
	.id = "not_earlier",
	.answered = "not_answered",
	.unanswered = "not_unanswered",
	.chose = "not_chose",
	.page = "Not_earlier",
	.minus = true,
};

/* How they answered, of those that were ticked. */
static void add_answers(struct request *req, struct targets *to,
			const struct earlier *e, int64_t root,
			const struct question *questions)
{
	const char *broadcast = arena_fmt(req->arena, "%" PRId64, root);
	size_t count;
	const int64_t *ids = form_ids(req, e->chose, &count);

	if (form_has(req, e->answered))
		add_target(req, to, "answered", broadcast, e->minus);
	if (form_has(req, e->unanswered))
		add_target(req, to, "unanswered", broadcast, e->minus);
	for (size_t i = 0; i < count; i++)
		if (has_choice(questions, ids[i]))
			add_target(req, to, "chose",
				   arena_fmt(req->arena, "%" PRId64, ids[i]),
				   e->minus);
}

/* Those who answered, or did not answer, an earlier broadcast that the account
 * may see. */
static int add_earlier(struct request *req, struct targets *to,
		       const struct earlier *e)
{
	int64_t id = form_int(req, e->id);
	struct target **before = to->end;
	struct question *questions;
	struct broadcast b;
	int found;

	if (id == 0)
		return 0;
	found = broadcast_find(req->db, req->account, id, &b);
	if (found < 0 || broadcast_questions(req->db, id, &questions) < 0)
		return -1;
	if (found == 0) {
		form_error(req, e->id, "一覧にあるものから選んでください。");
		return 0;
	}
	add_answers(req, to, e, b.root, questions);
	/* Without a tick those who were meant would be sent to. */
	if (e->minus && to->end == before)
		form_error(req, e->id,
			   "除く人の回答を選ぶか、配信を「（選びません）」にし"
			   "てください。");
	return 0;
}

static int read_targets(struct request *req, struct target **out)
{
	struct targets to = { .list = NULL };
	bool named;

	to.end = &to.list;
	if (form_has(req, "all"))
		add_target(req, &to, "all", "", false);
	add_ids(req, &to, "group", "group", false);
	add_ids(req, &to, "region", "region", false);
	if (add_people(req, &to, "people", false) < 0 ||
	    add_earlier(req, &to, &earlier_named) < 0)
		return -1;
	named = to.list != NULL || *form_text(req, "people") != '\0';
	if (named) {
		add_ids(req, &to, "not_group", "group", true);
		add_ids(req, &to, "not_region", "region", true);
		if (add_people(req, &to, "not_people", true) < 0 ||
		    add_earlier(req, &to, &earlier_left_out) < 0)
			return -1;
	} else {
		form_error(req, "group", "だれに送るかを選んでください。");
	}
	*out = to.list;
	return 0;
}

/* Whom a list of targets reaches. */
struct reached {
	int64_t people;
	struct target_person *first;
	const char *last_mail; /* how long it will take, NULL: not known */
	bool most;	       /* of all that the account has */
};

static int find_reached(struct request *req, const struct target *list,
			struct reached *out)
{
	static const struct target everybody = { .kind = "all", .item = "" };
	int64_t all, seconds;

	*out = (struct reached){ .people = 0 };
	if (list == NULL)
		return 0;
	if (target_count(req->db, req->account, list, &out->people) < 0 ||
	    target_count(req->db, req->account, &everybody, &all) < 0 ||
	    target_preview(req->db, req->account, list, PREVIEW, &out->first) <
		    0 ||
	    broadcast_estimate(req->db, out->people, &seconds) < 0)
		return -1;
	out->most = out->people >= MANY && out->people * 2 >= all;
	out->last_mail = time_show_about(req->arena, seconds);
	return 0;
}

/* Names are shown: that is noted, with how many. */
static int note_names(struct request *req, const struct reached *r)
{
	struct audit audit = request_audit(req);

	if (r->first == NULL)
		return 0;
	audit.action = "target preview";
	for (const struct target_person *p = r->first; p; p = p->next)
		audit.people++;
	return audit_add(req->db, &audit);
}

/* Showing --------------------------------------------------------------------
 */

static int64_t sent_int(const struct request *req, const char *name)
{
	long long n;

	for (const struct param *p = req->params; p != NULL; p = p->next)
		if (str_eq(p->name, name) &&
		    str_to_int(p->text, 1, UINT32_MAX, &n))
			return n;
	return 0;
}

static int set_templates(struct request *req)
{
	struct broadcast_template *list;

	if (broadcast_template_list(req->db, &list) < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		struct row *row = page_row(req, "Templates");

		row_set_int(row, "id", list->id);
		row_set(row, "kind", list->kind);
		row_set(row, "name", list->name);
	}
	return 0;
}

static void set_choices(struct request *req, const char *name,
			const struct question *questions)
{
	for (const struct question *q = questions; q != NULL; q = q->next) {
		struct row *row = page_row(req, name);

		row_set(row, "text", q->text);
		for (const struct choice *c = q->choices; c; c = c->next) {
			struct row *choice = row_row(row, "choices");

			row_set_int(choice, "id", c->id);
			row_set(choice, "text", c->text);
			row_set_count(choice, "people", c->people);
		}
	}
}

/* Those of the questions that have choices: what was written chooses nobody,
 * and is not for this program to read. */
static struct question *with_choices(struct question *list)
{
	struct question *kept = NULL, **end = &kept;

	for (; list != NULL; list = list->next)
		if (!questions_is_written(list->kind)) {
			*end = list;
			end = &list->next;
		}
	*end = NULL;
	return kept;
}

/* The broadcast chosen and how it was answered. */
static int set_earlier_choices(struct request *req, const struct earlier *e)
{
	const char *const name = e->page;
	int64_t id = sent_int(req, e->id);
	struct arena *a = req->arena;
	struct question *questions;
	struct broadcast b;
	int found;

	if (id == 0)
		return 0;
	found = broadcast_find(req->db, req->account, id, &b);
	if (found <= 0)
		return found;
	if (broadcast_questions(req->db, id, &questions) < 0)
		return -1;
	questions = with_choices(questions);
	if (broadcast_answers(req->db, req->account, &b, questions) < 0)
		return -1;
	page_set(req, arena_fmt(a, "%s.subject", name), b.subject);
	page_set_count(req, arena_fmt(a, "%s.answered", name), b.answered);
	page_set_count(req, arena_fmt(a, "%s.unanswered", name),
		       b.recipients - b.answered);
	set_choices(req, arena_fmt(a, "%s.questions", name), questions);
	return 0;
}

static int set_earlier(struct request *req)
{
	struct broadcast_filter filter = { .most = EARLIER };
	struct broadcast *list;

	if (broadcast_list(req->db, req->account, &filter, &list) < 0)
		return -1;
	for (; list != NULL; list = list->next) {
		struct row *row;

		if (list->root != list->id || list->test)
			continue;
		row = page_row(req, "Broadcasts");
		row_set_int(row, "id", list->id);
		row_set(row, "subject", list->subject);
		row_set(row, "at",
			time_show_short(req->arena, list->confirmed_at));
	}
	return set_earlier_choices(req, &earlier_named) < 0 ||
			       set_earlier_choices(req, &earlier_left_out) < 0
		       ? -1
		       : 0;
}

static int set_settings(struct request *req)
{
	static const char *const kinds[] = { "safety", "info", "notice",
					     "drill" };
	struct terms terms = { 0 };
	struct setting *list;
	size_t count;

	if (setting_list(req->db, &list, &count) < 0)
		return -1;
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (terms_find(req->db, kinds[i], &terms) < 0)
			return -1;
		page_set_int(req, arena_fmt(req->arena, "Closes.%s", kinds[i]),
			     terms.hours);
	}
	page_set(req, "Quiet.from", setting_of(list, count, "quiet.from"));
	page_set(req, "Quiet.to", setting_of(list, count, "quiet.to"));
	page_default(req, "Form.again_times",
		     arena_fmt(req->arena, "%d", terms.reask.times));
	page_default(req, "Form.again_gap",
		     arena_fmt(req->arena, "%d", terms.reask.gap_min));
	broadcast_form_set(req);
	return 0;
}

static const char *new_press(struct arena *a)
{
	unsigned char press[BROADCAST_PRESS_LEN];

	bytes_random(press, sizeof(press));
	return bytes_to_hex(a, press, sizeof(press));
}

static int set_form(struct request *req)
{
	int64_t drafts = draft_count(req->db, req->account, NULL);

	page_default(req, "Form.press", new_press(req->arena));
	page_default(req, "Form.when", "now");
	page_default(req, "Form.draft", "0");
	page_default(req, "Form.version", "0");
	pick_kinds(req);
	questions_form_set(req);
	if (drafts < 0 || pick_groups_counted(req) < 0 ||
	    pick_prefectures(req) < 0 || set_templates(req) < 0 ||
	    set_earlier(req) < 0 || set_settings(req) < 0)
		return -1;
	page_set_count(req, "Drafts", drafts);
	return 0;
}

static int show_form(struct request *req)
{
	if (set_form(req) < 0)
		return 500;
	if (str_eq(req->method, "GET"))
		return page_show_status(req, 200, "compose.cs");
	return page_show(req, "compose.cs");
}

static bool has_group(const struct group *list, int64_t id)
{
	for (; list != NULL; list = list->next)
		if (list->id == id)
			return true;
	return false;
}

/* How many groups the form names that are not to be chosen from: deleted, or
 * another's.  They are not sent with the form.  0, or -1 on failure. */
static int set_unknown_groups(struct request *req)
{
	struct group *list;
	int64_t unknown = 0;
	long long id;

	if (group_names(req->db, req->account, &list) < 0)
		return -1;
	for (const struct param *p = req->params; p != NULL; p = p->next)
		if ((str_eq(p->name, "group") ||
		     str_eq(p->name, "not_group")) &&
		    str_to_int(p->text, 1, UINT32_MAX, &id) &&
		    !has_group(list, id))
			unknown++;
	if (unknown > 0)
		page_set_count(req, "Filled.unknown", unknown);
	return 0;
}

/* What ?template= names over what the form has.  0, or -1 on failure. */
static int fill_template(struct request *req, int64_t id)
{
	struct broadcast_template t;
	int found;

	if (id == 0)
		return 0;
	found = broadcast_template_find(req->db, id, &t);
	if (found <= 0)
		return found;
	page_set(req, "Filled.name", t.name);
	if (str_eq(t.kind, "questions")) {
		form_fill(req, t.form, question_fields, LEN(question_fields));
		return 0;
	}
	form_fill(req, t.form, text_fields, LEN(text_fields));
	broadcast_form_fill(req, t.form);
	return set_unknown_groups(req);
}

static int show_new(struct request *req)
{
	form_read(req, query_fields, LEN(query_fields));
	if (fill_template(req, form_int(req, "template")) < 0)
		return 500;
	return show_form(req);
}

/* Puts a draft into the form.  1, 0 there is none, -1. */
static int open_draft(struct request *req, struct draft *d)
{
	int found = draft_find(req->db, req->account, req->id, d);

	if (found <= 0)
		return found;
	form_fill(req, d->form, fields, KEPT);
	page_set_int(req, "Form.draft", d->id);
	page_set_int(req, "Form.version", d->version);
	page_set(req, "Draft.saved", time_show_short(req->arena, d->saved_at));
	return 1;
}

static int show_draft(struct request *req)
{
	struct draft d;
	int found;

	form_read(req, query_fields, LEN(query_fields));
	page_set_int(req, "Tested", form_int(req, "tested"));
	found = open_draft(req, &d);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (fill_template(req, form_int(req, "template")) < 0)
		return 500;
	return show_form(req);
}

/* The count, the first names and the field for the number, on the same page.
 * Each has a press of its own, so that what is checked after going back is
 * another broadcast than the one that was sent. */
static int show_check(struct request *req, const struct broadcast_draft *d)
{
	struct reached r;

	if (find_reached(req, d->targets, &r) < 0 || note_names(req, &r) < 0)
		return 500;
	page_set(req, "Form.press", new_press(req->arena));
	page_set_int(req, "Check.done", 1);
	page_set_count(req, "Check.people", r.people);
	page_set_int(req, "Check.nobody", r.people == 0);
	page_set_int(req, "Check.all", r.most || form_has(req, "all"));
	page_set(req, "Check.last_mail", r.last_mail);
	page_set(req, "Check.send_at", time_show(req->arena, d->send_at));
	page_set(req, "Check.closes_at", time_show(req->arena, d->closes_at));
	for (const struct target_person *p = r.first; p; p = p->next) {
		struct row *row = page_row(req, "Check.first");

		row_set(row, "staff_no", p->staff_no);
		row_set(row, "name", p->name);
	}
	for (const struct question *q = d->questions; q != NULL; q = q->next) {
		struct row *row = page_row(req, "Check.questions");

		row_set(row, "text", q->text);
		row_set(row, "kind", q->kind);
		row_set_int(row, "required", q->required);
		for (const struct choice *c = q->choices; c; c = c->next) {
			struct row *choice = row_row(row, "choices");

			row_set(choice, "mark", c->mark);
			row_set(choice, "text", c->text);
		}
	}
	return show_form(req);
}

/* Drafts ---------------------------------------------------------------------
 */

static struct draft sent_draft(struct request *req)
{
	return (struct draft){
		.id = form_int(req, "draft"),
		.version = form_int(req, "version"),
		.subject = arena_fmt(req->arena, "%s",
				     str_characters(form_text(req, "subject")) >
						     BROADCAST_SUBJECT_MAX
					     ? ""
					     : form_text(req, "subject")),
		.form = form_keep(req, fields, KEPT),
	};
}

/* Keeps the draft and goes to it, or to a page of it: where its number stands
 * between the two texts. */
static int save_and_go(struct request *req, const char *before,
		       const char *after, bool overwrite)
{
	struct draft d = sent_draft(req), stored;
	int saved;

	if (overwrite) {
		saved = draft_find(req->db, req->account, d.id, &stored);
		if (saved < 0)
			return 500;
		d.version = saved == 0 ? 0 : stored.version;
		d.id = saved == 0 ? 0 : d.id;
	}
	saved = draft_save(req->db, req->account, &d);
	if (saved < 0)
		return 500;
	if (saved == 0) {
		page_forget(req, "Error"); /* this first */
		page_set_int(req, "Conflict", 1);
		return set_form(req) < 0
			       ? 500
			       : page_show_status(req, 409, "compose.cs");
	}
	return page_redirect(
		req,
		arena_fmt(req->arena, "%s%" PRId64 "%s", before, d.id, after),
		0);
}

static int save_draft(struct request *req, const char *where, bool overwrite)
{
	return save_and_go(req, "/broadcasts/drafts/", where, overwrite);
}

/* For the script, which keeps it while it is being written. */
static int save_json(struct request *req)
{
	struct draft d;
	int saved;

	form_read(req, fields, LEN(fields));
	d = sent_draft(req);
	saved = draft_save(req->db, req->account, &d);
	if (saved < 0)
		return 500;
	if (saved == 0)
		return page_json(req, json_pack("{s:b}", "conflict", 1));
	return page_json(req,
			 json_pack("{s:I,s:I,s:s}", "draft", (json_int_t)d.id,
				   "version", (json_int_t)d.version, "saved",
				   time_show_clock(req->arena, d.saved_at)));
}

static int count_json(struct request *req)
{
	json_t *first = json_array();
	struct target *targets;
	struct reached r;

	form_read(req, fields, LEN(fields));
	if (read_targets(req, &targets) < 0 ||
	    find_reached(req, targets, &r) < 0 || note_names(req, &r) < 0) {
		json_decref(first);
		return 500;
	}
	for (const struct target_person *p = r.first; p; p = p->next)
		json_array_append_new(
			first, json_string(arena_fmt(req->arena, "%s（%s）",
						     p->name, p->staff_no)));
	return page_json(req, json_pack("{s:I,s:o,s:s,s:b}", "people",
					(json_int_t)r.people, "first", first,
					"last_mail",
					r.last_mail == NULL ? "" : r.last_mail,
					"most", r.most));
}

static int list_drafts(struct request *req)
{
	static const struct field fields_of_list[] = {
		{ "text", FIELD_TEXT, 0, BROADCAST_SUBJECT_MAX },
	};
	int64_t count, shown = 0;
	struct draft *list;
	const char *text;

	form_read(req, fields_of_list, LEN(fields_of_list));
	text = form_text(req, "text");
	if (*text == '\0')
		text = NULL;
	count = draft_count(req->db, req->account, text);
	if (count < 0 ||
	    draft_list(req->db, req->account, text, DRAFTS, &list) < 0)
		return 500;
	for (; list != NULL; list = list->next, shown++) {
		struct row *row = page_row(req, "Drafts");

		row_set_int(row, "id", list->id);
		row_set(row, "subject", list->subject);
		row_set(row, "at", time_show_short(req->arena, list->saved_at));
	}
	page_set_count(req, "Count", count);
	page_set_count(req, "Shown", shown);
	return page_show(req, "drafts.cs");
}

static int delete_draft(struct request *req)
{
	int deleted = draft_delete(req->db, req->account, req->id);

	if (deleted <= 0)
		return deleted < 0 ? 500 : 404;
	return page_redirect(req, "/broadcasts/drafts", 0);
}

/* Checking and sending -------------------------------------------------------
 */

static void check_variables(struct request *req, const char *name)
{
	bool subject = str_eq(name, "subject");
	const char *unknown =
		variable_unknown(req->arena, form_text(req, name), subject);

	if (unknown == NULL)
		return;
	if (subject && str_eq(unknown, "{name}"))
		form_error(req, name,
			   "件名に {name} は使えません。件名は電話の画面に出る"
			   "ので、氏名は本文に書いてください。");
	else
		form_error(req, name,
			   arena_fmt(req->arena,
				     "%s は使えません。使えるのは %s{closes} "
				     "{site} です。",
				     unknown, subject ? "" : "{name} "));
}

/* When it leaves and closes.  0, or -1 on failure. */
static int read_times(struct request *req, struct broadcast_draft *d)
{
	struct terms terms;
	int64_t begins;

	if (str_eq(form_text(req, "when"), "later")) {
		d->send_at = form_time(req, "send_at");
		if (d->send_at <= req->now)
			form_error(req, "send_at",
				   "これからの日時を入力してください。");
	}
	begins = d->send_at != 0 ? d->send_at : req->now;
	d->closes_at = form_time(req, "closes_at");
	if (d->closes_at == 0 && form_int(req, "closes_hours") > 0)
		d->closes_at = begins +
			       form_int(req, "closes_hours") * 60 * TIME_MINUTE;
	if (d->closes_at != 0 && d->closes_at <= begins)
		form_error(req, "closes_at",
			   "送る時刻より後の日時を入力してください。");
	if (d->closes_at == 0 && d->questions != NULL) {
		if (terms_find(req->db, form_text(req, "kind"), &terms) < 0)
			return -1;
		d->closes_at = terms_close(&terms, begins);
	}
	return 0;
}

static void read_reask(struct request *req, struct broadcast_draft *d)
{
	d->reask = (struct reask){
		.times = (int)form_int(req, "again_times"),
		.gap_min = (int)form_int(req, "again_gap"),
		.quiet = form_has(req, "again_quiet"),
	};
	if (d->questions == NULL)
		d->reask.times = 0; /* nobody can answer */
	if (d->reask.times > 0 && d->reask.gap_min < REASK_GAP_LEAST)
		form_error(req, "again_gap", "間隔を選んでください。");
}

/* Reads the form into what is to be sent.  0, or -1 on failure. */
static int read_draft(struct request *req, struct broadcast_draft *d)
{
	*d = (struct broadcast_draft){ .account = req->account };
	d->kind = form_text(req, "kind");
	d->subject = form_text(req, "subject");
	d->body = form_text(req, "body");
	d->questions = questions_form_read(req);
	check_variables(req, "subject");
	check_variables(req, "body");
	read_reask(req, d);
	if (str_eq(d->kind, "safety") && d->questions == NULL)
		form_error(req, "questions", "安否確認には設問が要ります。");
	return read_times(req, d);
}

static const char *count_fault(struct request *req, int made, int64_t people)
{
	if (made == BROADCAST_NOBODY)
		return "送る相手が1人もいません。";
	return arena_fmt(req->arena,
			 "人数が違います。いま送る相手は %" PRId64
			 " 人です。同じ数を入力してください。",
			 people);
}

static int send_it(struct request *req, const struct broadcast_draft *checked)
{
	struct audit audit = request_audit(req);
	struct broadcast_draft d = *checked;
	int64_t id, people;
	int made;

	d.audit = &audit;
	d.expected = form_int(req, "expected");
	d.content = form_keep(req, fields, KEPT);
	made = draft_send(req->db, form_int(req, "draft"), &d, &id, &people);
	switch (made) {
	case BROADCAST_MADE:
	case BROADCAST_MADE_BEFORE:
		return page_redirect(req, "/broadcasts", id);
	case BROADCAST_NOBODY:
	case BROADCAST_OTHER_COUNT:
		form_error(req, "expected", count_fault(req, made, people));
		return show_check(req, checked);
	case BROADCAST_PRESS_USED:
		form_error(req, "expected",
			   "この画面からは、すでに別の内容を送りました。いまの"
			   "内容はまだ送っていません。送るなら、下の内容を確か"
			   "めて、人数をもう一度入力してください。");
		page_set_int(req, "Check.before", id);
		return show_check(req, checked);
	default:
		return 500;
	}
}

/* To the writer alone: the whole way, and counted nowhere. */
static int send_test(struct request *req, const struct broadcast_draft *checked)
{
	struct audit audit = request_audit(req);
	struct target self = { .kind = "user" };
	struct broadcast_draft d = *checked;
	int64_t user, id, people;
	int found = account_user(req->db, req->account, &user);

	if (found < 0)
		return 500;
	if (found == 0) {
		form_error(
			req, "test",
			"あなたのアカウントに職員が結びついていないので、自"
			"分には送れません。システム管理者に頼んでください。");
		return show_form(req);
	}
	self.item = arena_fmt(req->arena, "%" PRId64, user);
	d.audit = &audit;
	d.test = true;
	d.targets = &self;
	d.subject = arena_fmt(req->arena, "【テスト】%s", d.subject);
	d.expected = -1;
	d.press = NULL;
	d.send_at = 0;
	d.reask.times = 0;
	if (d.closes_at == 0)
		d.closes_at = req->now + INT64_C(60) * TEST_HOURS * TIME_MINUTE;
	if (str_characters(d.subject) > BROADCAST_SUBJECT_MAX)
		d.subject = checked->subject;
	if (broadcast_make(req->db, &d, &id, &people) != BROADCAST_MADE)
		return 500;
	return save_draft(req, "?tested=1", false);
}

static int check_or_send(struct request *req, const char *act)
{
	unsigned char press[BROADCAST_PRESS_LEN];
	struct broadcast_draft d;

	if (read_draft(req, &d) < 0)
		return 500;
	if (!str_eq(act, "test") && read_targets(req, &d.targets) < 0)
		return 500;
	if (form_failed(req))
		return show_form(req);
	if (str_eq(act, "test"))
		return send_test(req, &d);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	d.press = press;
	return str_eq(act, "send") ? send_it(req, &d) : show_check(req, &d);
}

static int write_new(struct request *req)
{
	const char *act;

	form_read(req, fields, LEN(fields));
	act = form_text(req, "act");
	if (str_eq(act, "save"))
		return save_draft(req, "", false);
	if (str_eq(act, "overwrite"))
		return save_draft(req, "", true);
	if (str_eq(act, "earlier"))
		return save_draft(req, "#earlier", false);
	if (str_eq(act, "not_earlier"))
		return save_draft(req, "#not_earlier", false);
	if (str_eq(act, "preview"))
		return save_draft(req, "/preview", false);
	if (str_eq(act, "template"))
		return save_and_go(req, "/templates/new?draft=", "", false);
	return check_or_send(req, act);
}

/* As it will look ------------------------------------------------------------
 */

/* The draft as what would be sent, whatever is still wrong in it.  1, 0 there
 * is none, -1. */
static int read_sample(struct request *req, struct broadcast_draft *d)
{
	struct draft stored;
	int found = open_draft(req, &stored);

	if (found <= 0)
		return found;
	form_read(req, fields, LEN(fields));
	if (read_draft(req, d) < 0 || read_targets(req, &d->targets) < 0)
		return -1;
	page_set(req, "Draft.wrong", form_failed(req) ? "1" : NULL);
	if (str_eq(d->kind, "drill"))
		page_set_int(req, "Page.drill", 1);
	return 1;
}

/* Who reads the sample: the first of the people, else the writer. */
static const char *sample_name(struct request *req,
			       const struct broadcast_draft *d,
			       const char **why)
{
	struct target_person *first = NULL;

	*why = "";
	if (d->targets != NULL &&
	    target_preview(req->db, req->account, d->targets, 1, &first) == 0 &&
	    first != NULL) {
		*why = first->why;
		return first->name;
	}
	return req->account_name;
}

static const char *sample_link(struct request *req, const char *kind)
{
	/* As long as a real one. */
	return arena_fmt(req->arena, "%s/%s/%s", config_must("Site.Url"), kind,
			 "MIHON-sample-link-of-each-person-000");
}

/* One mail as a row of the page; false if it cannot be written. */
static bool add_mail(struct request *req, const struct letter_text *text,
		     const char *const *values, const char *as, bool iso2022jp)
{
	struct compose_to to = {
		.address = "mihon@example.jp",
		.id = "1",
		.at = req->now,
		.iso2022jp = iso2022jp,
		.values = values,
	};
	struct compose *c = letter_open(req->arena, text);
	const char *charset = "", *body;
	struct row *row;

	if (c == NULL)
		return false;
	body = compose_body(c, req->arena, &to, &charset);
	if (body == NULL)
		return false;
	row = page_row(req, "Mails");
	row_set(row, "as", as);
	row_set(row, "from", letter_sender(req->arena, text));
	row_set(row, "subject", letter_subject(req->arena, text));
	row_set(row, "body", body);
	row_set(row, "charset", charset);
	return true;
}

static int show_preview(struct request *req)
{
	const char *values[LETTER_VALUES], *why, *name, *level, *sender;
	struct letter_text text = { .lang = "ja" };
	struct broadcast_draft d;
	int found = read_sample(req, &d);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	sender = setting_text(req->db,
			      arena_fmt(req->arena, "sender.%s", d.kind));
	text.frame = letter_frame(req->arena, d.questions != NULL, "ja");
	if (sender == NULL || text.frame == NULL)
		return 500;
	text.drill = str_eq(d.kind, "drill");
	text.from_name =
		*sender == '\0' ? config_text("Mail.FromName", "") : sender;
	text.from_address = config_must("Mail.From");
	text.subject = d.subject;
	text.body = d.body;
	text.closes_at = d.closes_at;
	text.site = config_text("Site.Name", "");
	message_offer(d.questions, &text);
	values[LETTER_NAME] = sample_name(req, &d, &why);
	if (message_why(req->db, 0, why, &name, &level) < 0)
		return 500;
	values[LETTER_LINK] = sample_link(req, "r");
	values[LETTER_SELF_REPORT] = sample_link(req, "s");
	values[LETTER_WHY] = letter_why(req->arena, "ja", why, name, level, "");
	values[LETTER_MY_PAGE] =
		arena_fmt(req->arena, "%s/m/", config_must("Site.Url"));
	if (!add_mail(req, &text, values, "pc", false) ||
	    !add_mail(req, &text, values, "phone", false) ||
	    !add_mail(req, &text, values, "light", true))
		return 500;
	page_set(req, "Mail.address", text.from_address);
	page_set(req, "Mail.reader", values[LETTER_NAME]);
	page_set_int(req, "Draft.id", req->id);
	page_set(req, "Draft.asks", d.questions != NULL ? "1" : NULL);
	return page_show_status(req, 200, "compose_preview.cs");
}

static void set_sample_questions(struct request *req,
				 const struct question *list)
{
	int64_t id = 0;

	for (const struct question *q = list; q != NULL; q = q->next) {
		struct row *row = page_row(req, "Questions");

		row_set_int(row, "id", ++id);
		row_set(row, "text", q->text);
		row_set(row, "kind", q->kind);
		row_set(row, "written",
			questions_is_written(q->kind) ? "1" : NULL);
		row_set(row, "multiple",
			str_eq(q->kind, "multiple") ? "1" : NULL);
		row_set(row, "required", q->required ? "1" : NULL);
		for (const struct choice *c = q->choices; c; c = c->next) {
			struct row *choice = row_row(row, "choices");

			row_set_int(choice, "id", ++id);
			row_set(choice, "text", c->text);
			row_set(choice, "mark",
				*c->mark == '\0' ? NULL : c->mark);
		}
	}
}

/* The page of answers itself, by its own template. */
static int show_page(struct request *req)
{
	const char *values[VARIABLES], *why;
	struct broadcast_draft d;
	bool light;
	int found;

	form_read(req, query_fields, LEN(query_fields));
	light = str_eq(form_text(req, "as"), "light");
	found = read_sample(req, &d);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	values[VARIABLE_NAME] = sample_name(req, &d, &why);
	values[VARIABLE_CLOSES] =
		variable_closes(req->arena, "ja", d.closes_at);
	values[VARIABLE_SITE] = config_text("Site.Name", "");
	page_set(req, "Broadcast.subject",
		 variable_fill(req->arena, d.subject, values));
	page_set(req, "Broadcast.body",
		 variable_fill(req->arena, d.body, values));
	page_set(req, "Visit.name", values[VARIABLE_NAME]);
	page_set(req, "Visit.known", "1");
	page_set(req, "Visit.asking", "1");
	page_set(req, "Visit.path",
		 arena_fmt(req->arena, "/broadcasts/drafts/%" PRId64 "/page",
			   req->id));
	/* The faults of the draft are none of the person's. */
	page_forget(req, "Error");
	page_forget(req, "Form");
	set_sample_questions(req, d.questions);
	if (light) {
		req->charset = CHARSET_SHIFT_JIS;
		page_set(req, "Visit.sjis", "1");
	}
	return page_show_status(req, 200,
				light ? "keitai/respond.cs" : "respond.cs");
}

static int say_sample(struct request *req)
{
	return page_show(req, "compose_sample.cs");
}

static const struct route routes[] = {
	{ "GET", "/broadcasts/new", GUARD_GROUP_ADMIN, show_new },
	{ "POST", "/broadcasts/new", GUARD_GROUP_ADMIN, write_new },
	{ "POST", "/broadcasts/new/count", GUARD_GROUP_ADMIN, count_json },
	{ "POST", "/broadcasts/new/save", GUARD_GROUP_ADMIN, save_json },
	{ "GET", "/broadcasts/drafts", GUARD_GROUP_ADMIN, list_drafts },
	{ "GET", "/broadcasts/drafts/{id}", GUARD_GROUP_ADMIN, show_draft },
	{ "POST", "/broadcasts/drafts/{id}/delete", GUARD_GROUP_ADMIN,
	  delete_draft },
	{ "GET", "/broadcasts/drafts/{id}/preview", GUARD_GROUP_ADMIN,
	  show_preview },
	{ "GET", "/broadcasts/drafts/{id}/page", GUARD_GROUP_ADMIN, show_page },
	{ "POST", "/broadcasts/drafts/{id}/page", GUARD_ANYONE, say_sample },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
