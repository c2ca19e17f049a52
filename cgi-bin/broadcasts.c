/*
 * broadcasts - write, send, watch and repeat a broadcast
 *
 *   GET  /broadcasts               the list, newest first, with search
 *   GET  /broadcasts/new           what, to whom; nothing is sent from here
 *   POST /broadcasts/new           counts and shows whom it would reach, or
 *                                  sends, if that number was typed
 *   GET  /broadcasts/{id}          its text, counts, delivery and clock
 *   POST /broadcasts/{id}/retry    asks the unanswered again, number typed
 *   POST /broadcasts/{id}/cancel   stops what has not left
 *   POST /broadcasts/{id}/close    takes no more answers
 *
 * Its people and their answers are shown by answers.c and coming.c.
 * For admins; a group admin sees and reaches his own people only, by the
 * queries of model/.  Source: D1d, D1j, D2a-f, D3c.
 */
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/group.h"
#include "model/snapshot.h"
#include "model/target.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PAGE = 30,	    /* broadcasts on a page */
	PREVIEW = 10,	    /* first names beside the count */
	QUESTIONS = 5,	    /* that the page has room for */
	CHOICES_LEN = 2000, /* characters, all lines */
	PEOPLE_LEN = 20000, /* characters of staff numbers */
	PEOPLE_MAX = 1000,  /* numbers typed */
	SEARCH_LEN = 100,
	PREFECTURES = 47,
};

/* Writing one -------------------------------------------------------------- */

static const struct field new_fields[] = {
	{ "kind", FIELD_CHOICE("safety info notice drill"), 1, 1 },
	{ "subject", FIELD_TEXT, 1, BROADCAST_SUBJECT_MAX },
	{ "body", FIELD_LINES, 1, BROADCAST_BODY_MAX },
	{ "questions", FIELD_CHOICE("none safety own"), 1, 1 },
	{ "q1", FIELD_TEXT, 0, QUESTION_TEXT_MAX },
	{ "c1", FIELD_LINES, 0, CHOICES_LEN },
	{ "m1", FIELD_CHOICE("multiple"), 0, 1 },
	{ "q2", FIELD_TEXT, 0, QUESTION_TEXT_MAX },
	{ "c2", FIELD_LINES, 0, CHOICES_LEN },
	{ "m2", FIELD_CHOICE("multiple"), 0, 1 },
	{ "q3", FIELD_TEXT, 0, QUESTION_TEXT_MAX },
	{ "c3", FIELD_LINES, 0, CHOICES_LEN },
	{ "m3", FIELD_CHOICE("multiple"), 0, 1 },
	{ "q4", FIELD_TEXT, 0, QUESTION_TEXT_MAX },
	{ "c4", FIELD_LINES, 0, CHOICES_LEN },
	{ "m4", FIELD_CHOICE("multiple"), 0, 1 },
	{ "q5", FIELD_TEXT, 0, QUESTION_TEXT_MAX },
	{ "c5", FIELD_LINES, 0, CHOICES_LEN },
	{ "m5", FIELD_CHOICE("multiple"), 0, 1 },
	{ "all", FIELD_CHOICE("yes"), 0, 1 },
	{ "group", FIELD_IDS, 0, 500 },
	{ "region", FIELD_IDS, 0, PREFECTURES },
	{ "people", FIELD_LINES, 0, PEOPLE_LEN },
	{ "closes_at", FIELD_TIME, 0, 1 },
	{ "expected", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, 2 * BROADCAST_PRESS_LEN,
	  2 * BROADCAST_PRESS_LEN },
	{ "act", FIELD_CHOICE("check send"), 1, 1 },
};

static const struct {
	const char *code, *mark;
} marks[] = {
	{ "○", "good" },
	{ "△", "warn" },
	{ "✕", "bad" },
	{ "×", "bad" },
};

/* "○無事 / Safe": a shape first gives the mark, " / " the English words. */
static struct choice *read_choice(struct arena *a, const char *line)
{
	struct choice *c = arena_alloc(a, sizeof(*c));
	const char *english;

	c->mark = "";
	for (size_t i = 0; i < LEN(marks); i++) {
		if (!str_begins(line, marks[i].code))
			continue;
		c->mark = marks[i].mark;
		line += strlen(marks[i].code);
	}
	line += strspn(line, " ");
	english = strstr(line, " / ");
	c->text = line;
	c->text_en = "";
	if (english != NULL) {
		c->text = arena_strndup(a, line, (size_t)(english - line));
		c->text_en = english + strlen(" / ");
	}
	return c;
}

/* A line in each; empty ones are left out.  *count gets how many. */
static struct choice *read_choices(struct arena *a, const char *lines,
				   int *count)
{
	struct choice *list = NULL, **end = &list;

	*count = 0;
	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		if (strspn(lines, " \t") < len) {
			*end = read_choice(a, arena_strndup(a, lines, len));
			end = &(*end)->next;
			(*count)++;
		}
		lines += len + (lines[len] == '\n');
	}
	return list;
}

static struct question *read_question(struct request *req, int place)
{
	struct arena *a = req->arena;
	const char *name = arena_fmt(a, "c%d", place);
	struct question *q = arena_alloc(a, sizeof(*q));
	int count;

	q->text = form_text(req, arena_fmt(a, "q%d", place));
	q->text_en = "";
	q->required = true;
	q->kind = form_has(req, arena_fmt(a, "m%d", place)) ? "multiple"
							    : "single";
	q->choices = read_choices(a, form_text(req, name), &count);
	if (*q->text == '\0' && count == 0)
		return NULL;
	if (*q->text == '\0')
		form_error(req, arena_fmt(a, "q%d", place),
			   "設問の文を入力してください。");
	if (count < 2 || count > BROADCAST_CHOICES_MAX)
		form_error(
			req, name,
			"選択肢を1行に1つ、2つから20個まで入力してください。");
	for (struct choice *c = q->choices; c != NULL; c = c->next)
		if (*c->text == '\0' || strlen(c->text) > CHOICE_TEXT_MAX ||
		    strlen(c->text_en) > CHOICE_TEXT_MAX)
			form_error(req, name,
				   "選択肢は1つ30文字ほどまでです。");
	return q;
}

static struct question *read_questions(struct request *req)
{
	const char *which = form_text(req, "questions");
	struct question *list = NULL, **end = &list;

	if (str_eq(which, "safety"))
		return broadcast_safety_questions(req->arena);
	if (!str_eq(which, "own"))
		return NULL;
	for (int i = 1; i <= QUESTIONS; i++) {
		*end = read_question(req, i);
		if (*end != NULL)
			end = &(*end)->next;
	}
	if (list == NULL)
		form_error(req, "q1", "設問を1つは入力してください。");
	return list;
}

static struct target **add_target(struct request *req, struct target **end,
				  const char *kind, const char *item)
{
	struct target *t = arena_alloc(req->arena, sizeof(*t));

	t->kind = kind;
	t->item = item;
	*end = t;
	return &t->next;
}

static struct target **add_ids(struct request *req, struct target **end,
			       const char *kind, const char *form)
{
	size_t count;
	const int64_t *ids = form_ids(req, kind, &count);

	for (size_t i = 0; i < count; i++)
		end = add_target(req, end, kind,
				 arena_fmt(req->arena, form, (int)ids[i]));
	return end;
}

/* Staff numbers between blanks, commas or line ends.  Returns 0, -1 on failure;
 * unknown ones become a fault of the field. */
static int add_people(struct request *req, struct target **end)
{
	static const char between[] = " \t\n,;";
	const char *p = form_text(req, "people");
	struct str unknown = { .arena = req->arena };
	int count = 0;

	for (p += strspn(p, between); *p != '\0'; p += strspn(p, between)) {
		size_t len = strcspn(p, between);
		const char *text =
			arena_fmt(req->arena, "user:%.*s", (int)len, p);
		struct target *t = arena_alloc(req->arena, sizeof(*t));
		int rc = ++count > PEOPLE_MAX
				 ? 0
				 : target_parse(req->db, req->account, text, t);

		if (rc < 0)
			return -1;
		if (rc == 0) {
			str_fmt(&unknown, " %.*s", (int)len, p);
		} else {
			*end = t;
			end = &t->next;
		}
		p += len;
	}
	if (unknown.len > 0)
		form_error(req, "people",
			   arena_fmt(req->arena,
				     "この職員番号の人は見つかりません:%.200s",
				     str_text(&unknown)));
	return 0;
}

static int read_targets(struct request *req, struct target **out)
{
	struct target **end = out;

	*out = NULL;
	if (form_has(req, "all"))
		end = add_target(req, end, "all", "");
	end = add_ids(req, end, "group", "%d");
	end = add_ids(req, end, "region", "%02d");
	if (add_people(req, end) < 0)
		return -1;
	if (*out == NULL && !form_has(req, "people"))
		form_error(req, "group", "だれに送るかを選んでください。");
	return 0;
}

static int set_groups(struct request *req)
{
	struct group *list;

	if (group_tree(req->db, req->account, &list) < 0)
		return -1;
	for (const struct group *g = list; g != NULL; g = g->next) {
		struct row *row = page_row(req, "Groups");

		row_set_int(row, "id", g->id);
		row_set_int(row, "depth", g->depth);
		row_set(row, "name", g->name);
		row_set(row, "code", g->code);
		row_set_count(row, "members", g->members);
	}
	return 0;
}

static int set_prefectures(struct request *req)
{
	struct prefecture *list;
	int64_t number = 0;

	if (target_prefectures(req->db, &list) < 0)
		return -1;
	for (const struct prefecture *p = list; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Regions");

		row_set_int(row, "id", ++number);
		row_set(row, "text", p->name);
	}
	return 0;
}

static void set_kinds(struct request *req)
{
	static const struct {
		const char *value, *text;
	} rows[] = {
		{ "notice", "連絡" },
		{ "safety", "安否確認" },
		{ "info", "情報" },
		{ "drill", "訓練" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", rows[i].value);
		row_set(row, "text", rows[i].text);
	}
}

static void set_new_press(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];

	bytes_random(press, sizeof(press));
	page_default(req, "Form.press",
		     bytes_to_hex(req->arena, press, sizeof(press)));
}

static int show_new(struct request *req)
{
	set_new_press(req);
	set_kinds(req);
	page_default(req, "Form.questions", "none");
	for (int i = 1; i <= QUESTIONS; i++)
		row_set_int(page_row(req, "Places"), "n", i);
	if (set_groups(req) < 0 || set_prefectures(req) < 0)
		return 500;
	return page_show(req, "broadcast_new.cs");
}

/* The count, the first names and the field for the number, on the same page. */
static int show_check(struct request *req, const struct broadcast_draft *d)
{
	struct target_person *first;
	int64_t people;

	if (target_count(req->db, req->account, d->targets, &people) < 0 ||
	    target_preview(req->db, req->account, d->targets, PREVIEW, &first) <
		    0)
		return 500;
	page_set_int(req, "Check.done", 1);
	page_set_count(req, "Check.people", people);
	page_set_int(req, "Check.nobody", people == 0);
	page_set_int(req, "Check.all", form_has(req, "all"));
	for (const struct target_person *p = first; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Check.first");

		row_set(row, "staff_no", p->staff_no);
		row_set(row, "name", p->name);
	}
	for (const struct question *q = d->questions; q != NULL; q = q->next) {
		struct row *row = page_row(req, "Check.questions");

		row_set(row, "text", q->text);
		for (const struct choice *c = q->choices; c != NULL;
		     c = c->next) {
			struct row *choice = row_row(row, "choices");

			row_set(choice, "mark", c->mark);
			row_set(choice, "text", c->text);
		}
	}
	return show_new(req);
}

static const char *count_fault(struct request *req, int made, int64_t people)
{
	if (made == BROADCAST_NOBODY)
		return "送る相手が1人もいません。";
	return arena_fmt(req->arena,
			 "人数が違います。いま送る相手は %lld 人です。同じ数を"
			 "入力してください。",
			 (long long)people);
}

static int send_it(struct request *req, const struct broadcast_draft *checked)
{
	struct audit audit = request_audit(req);
	struct broadcast_draft d = *checked;
	int64_t id, people;
	int made;

	d.audit = &audit;
	d.expected = form_int(req, "expected");
	made = broadcast_make(req->db, &d, &id, &people);
	switch (made) {
	case BROADCAST_MADE:
	case BROADCAST_MADE_BEFORE:
		return page_redirect(req, "/broadcasts", id);
	case BROADCAST_NOBODY:
	case BROADCAST_OTHER_COUNT:
		form_error(req, "expected", count_fault(req, made, people));
		return show_check(req, checked);
	default:
		return 500;
	}
}

static int write_new(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];
	struct broadcast_draft d = { .account = req->account, .press = press };

	form_read(req, new_fields, LEN(new_fields));
	d.kind = form_text(req, "kind");
	d.subject = form_text(req, "subject");
	d.body = form_text(req, "body");
	d.closes_at = form_time(req, "closes_at");
	d.questions = read_questions(req);
	if (read_targets(req, &d.targets) < 0)
		return 500;
	if (d.closes_at != 0 && d.closes_at <= req->now)
		form_error(req, "closes_at", "これからの時刻にしてください。");
	if (str_eq(d.kind, "safety") && d.questions == NULL)
		form_error(req, "questions", "安否確認には設問が要ります。");
	if (form_failed(req))
		return show_new(req);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	if (str_eq(form_text(req, "act"), "send"))
		return send_it(req, &d);
	return show_check(req, &d);
}

/* The list ----------------------------------------------------------------- */

static const struct field list_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "kind", FIELD_CHOICE("safety info notice drill"), 0, 1 },
	{ "before", FIELD_INT, 0, UINT32_MAX },
};

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

static void set_broadcast(struct request *req, struct row *row,
			  const struct broadcast *b)
{
	row_set_int(row, "id", b->id);
	row_set(row, "kind", b->kind);
	row_set(row, "subject", b->subject);
	row_set(row, "state", b->state);
	row_set(row, "made_by", b->made_by);
	row_set_int(row, "retry", b->root != b->id);
	row_set(row, "at", time_show_short(req->arena, b->confirmed_at));
	row_set_count(row, "recipients", b->recipients);
	row_set_count(row, "answered", b->answered);
	row_set_count(row, "unanswered", b->recipients - b->answered);
	row_set_count(row, "messages", b->messages);
	row_set_count(row, "handed", b->handed);
	row_set_count(row, "refused", b->refused);
}

static int list_all(struct request *req)
{
	struct broadcast_filter filter = { .most = PAGE };
	struct broadcast *list;
	int64_t count, last = 0, shown = 0;

	form_read(req, list_fields, LEN(list_fields));
	filter.text = text_or_null(req, "text");
	filter.kind = text_or_null(req, "kind");
	filter.before = form_int(req, "before");
	count = broadcast_count(req->db, req->account, &filter);
	if (count < 0 ||
	    broadcast_list(req->db, req->account, &filter, &list) < 0)
		return 500;
	for (const struct broadcast *b = list; b != NULL; b = b->next) {
		set_broadcast(req, page_row(req, "Broadcasts"), b);
		last = b->id;
		shown++;
	}
	set_kinds(req);
	page_set_count(req, "Count", count);
	page_set_int(req, "Shown", shown);
	if (shown == PAGE)
		page_set_int(req, "Before", last);
	return page_show(req, "broadcasts.cs");
}

/* One ---------------------------------------------------------------------- */

static void set_questions(struct request *req, const struct question *list)
{
	for (const struct question *q = list; q != NULL; q = q->next) {
		struct row *row = page_row(req, "Questions");

		row_set(row, "text", q->text);
		for (const struct choice *c = q->choices; c != NULL;
		     c = c->next) {
			struct row *choice = row_row(row, "choices");

			row_set_int(choice, "id", c->id);
			row_set(choice, "mark", c->mark);
			row_set(choice, "text", c->text);
			row_set_count(choice, "people", c->people);
		}
	}
}

/* What may be done with it now. */
static void set_acts(struct request *req, const struct broadcast *b,
		     const struct question *questions, int64_t unanswered)
{
	bool going =
		str_eq(b->state, "confirmed") || str_eq(b->state, "sending");
	bool open = str_eq(b->state, "sending") || str_eq(b->state, "sent");

	page_set_int(req, "May.cancel", going);
	page_set_int(req, "May.close", open && b->root == b->id);
	page_set_int(req, "May.retry",
		     open && questions != NULL && unanswered > 0);
}

static void set_one(struct request *req, const struct broadcast *b)
{
	page_set_int(req, "Broadcast.id", b->id);
	page_set_int(req, "Broadcast.root", b->root);
	page_set_int(req, "Broadcast.event", b->event);
	page_set(req, "Broadcast.kind", b->kind);
	page_set(req, "Broadcast.subject", b->subject);
	page_set(req, "Broadcast.body", b->body);
	page_set(req, "Broadcast.state", b->state);
	page_set(req, "Broadcast.made_by", b->made_by);
	page_set(req, "Broadcast.closes_at",
		 time_show(req->arena, b->closes_at));
	page_set(req, "Clock.decided", time_show(req->arena, b->confirmed_at));
	page_set(req, "Clock.first",
		 time_show_clock(req->arena, b->first_handed_at));
	page_set(req, "Clock.last",
		 time_show_clock(req->arena, b->last_handed_at));
	page_set_count(req, "Broadcast.expected", b->expected);
	page_set_count(req, "Broadcast.recipients", b->recipients);
	page_set_count(req, "Broadcast.answered", b->answered);
	page_set_count(req, "Broadcast.unanswered",
		       b->recipients - b->answered);
	page_set_count(req, "Broadcast.messages", b->messages);
	page_set_count(req, "Broadcast.waiting", b->queued + b->sending);
	page_set_count(req, "Broadcast.handed", b->handed);
	page_set_count(req, "Broadcast.refused", b->refused);
	page_set_count(req, "Broadcast.cancelled", b->cancelled);
	if (str_eq(b->kind, "drill"))
		page_set_int(req, "Page.drill", 1);
}

static int show(struct request *req)
{
	struct target again = { .kind = "unanswered" };
	struct question *questions;
	struct broadcast b;
	int64_t unanswered;
	int found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	again.item = arena_fmt(req->arena, "%lld", (long long)b.root);
	if (broadcast_questions(req->db, b.id, &questions) < 0 ||
	    broadcast_answers(req->db, req->account, &b, questions) < 0 ||
	    target_count(req->db, req->account, &again, &unanswered) < 0)
		return 500;
	set_one(req, &b);
	set_questions(req, questions);
	set_acts(req, &b, questions, unanswered);
	page_set_count(req, "Again.people", unanswered);
	set_new_press(req);
	return page_show(req, "broadcast.cs");
}

static const struct field retry_fields[] = {
	{ "expected", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, 2 * BROADCAST_PRESS_LEN,
	  2 * BROADCAST_PRESS_LEN },
};

static int retry(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];
	struct audit audit = request_audit(req);
	struct broadcast_draft d = {
		.account = req->account,
		.audit = &audit,
		.retry_of = req->id,
		.press = press,
	};
	struct broadcast b;
	int64_t id, people;
	int made, found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!form_read(req, retry_fields, LEN(retry_fields)))
		return show(req);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	d.expected = form_int(req, "expected");
	made = broadcast_make(req->db, &d, &id, &people);
	switch (made) {
	case BROADCAST_MADE:
	case BROADCAST_MADE_BEFORE:
		return page_redirect(req, "/broadcasts", id);
	case BROADCAST_NOBODY:
	case BROADCAST_OTHER_COUNT:
		form_error(req, "expected", count_fault(req, made, people));
		return show(req);
	case BROADCAST_NOT_ALLOWED:
		form_error(req, "expected", "この配信はもう送り直せません。");
		return show(req);
	default:
		return 500;
	}
}

/* The page of answers is told at once; it also asks by itself. */
static int end_it(struct request *req,
		  int (*end)(struct db *, int64_t, const struct audit *,
			     int64_t))
{
	struct audit audit = request_audit(req);
	int done = end(req->db, req->account, &audit, req->id);

	if (done < 0)
		return 500;
	if (done == 0)
		return 404;
	if (snapshot_write(req->db, config_must("Path.Snapshot"), req->id) < 0)
		return 500;
	return page_redirect(req, "/broadcasts", req->id);
}

static int cancel(struct request *req)
{
	return end_it(req, broadcast_cancel);
}

static int close_it(struct request *req)
{
	return end_it(req, broadcast_close);
}

static const struct route routes[] = {
	{ "GET", "/broadcasts", GUARD_GROUP_ADMIN, list_all },
	{ "GET", "/broadcasts/new", GUARD_GROUP_ADMIN, show_new },
	{ "POST", "/broadcasts/new", GUARD_GROUP_ADMIN, write_new },
	{ "GET", "/broadcasts/{id}", GUARD_GROUP_ADMIN, show },
	{ "POST", "/broadcasts/{id}/retry", GUARD_GROUP_ADMIN, retry },
	{ "POST", "/broadcasts/{id}/cancel", GUARD_GROUP_ADMIN, cancel },
	{ "POST", "/broadcasts/{id}/close", GUARD_GROUP_ADMIN, close_it },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
