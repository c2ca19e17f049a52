/*
 * broadcasts - watch, repeat, stop and look back on broadcasts
 *
 *   GET  /broadcasts               the list, newest first, with search
 *   GET  /broadcasts/{id}          its text, counts, delivery and clock
 *   POST /broadcasts/{id}/retry    asks the unanswered again, number typed
 *   POST /broadcasts/{id}/cancel   stops what has not left
 *   POST /broadcasts/{id}/stop-reask  asks nobody again by itself
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
#include "model/carrier.h"
#include "model/questions.h"
#include "model/schedule.h"
#include "model/snapshot.h"
#include "model/target.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/run.h"

enum {
	PAGE = 30, /* broadcasts on a page */
	SEARCH_LEN = 100,
};

/* What its pages share ----------------------------------------------------- */

static void set_new_press(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];

	bytes_random(press, sizeof(press));
	page_default(req, "Form.press",
		     bytes_to_hex(req->arena, press, sizeof(press)));
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

/* The list ----------------------------------------------------------------- */

static const struct field list_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "kind", FIELD_CHOICE("safety info notice drill"), 0, 1 },
	{ "state",
	  FIELD_CHOICE("scheduled confirmed sending sent closed cancelled"), 0,
	  1 },
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
	row_set(row, "at",
		time_show_short(req->arena, b->confirmed_at != 0
						    ? b->confirmed_at
						    : b->send_at));
	row_set_int(row, "test", b->test);
	row_set_count(row, "recipients", b->recipients);
	row_set_count(row, "answered", b->answered);
	row_set_count(row, "unanswered", b->recipients - b->answered);
	row_set_count(row, "messages", b->messages);
	row_set_count(row, "sent", broadcast_sent(b->handed, b->bounced));
}

static int list_all(struct request *req)
{
	struct broadcast_filter filter = { .most = PAGE };
	struct broadcast *list;
	int64_t count, last = 0, shown = 0;

	form_read(req, list_fields, LEN(list_fields));
	filter.text = text_or_null(req, "text");
	filter.kind = text_or_null(req, "kind");
	filter.state = text_or_null(req, "state");
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
	pick_kinds(req);
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
		row_set(row, "kind", q->kind);
		if (questions_is_written(q->kind)) {
			row_set_int(row, "written", 1);
			row_set_count(row, "people", q->people);
			row_set(row, "least", q->least);
			row_set(row, "most", q->most);
			row_set(row, "sum", q->sum);
			row_set(row, "mean", q->mean);
		}
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

/* What may be done with it now, by this account. */
static void set_acts(struct request *req, const struct broadcast *b,
		     const struct question *questions, int64_t unanswered)
{
	bool going = str_eq(b->state, "confirmed") ||
		     str_eq(b->state, "sending") ||
		     str_eq(b->state, "scheduled");
	bool sent = str_eq(b->state, "sending") || str_eq(b->state, "sent");

	page_set_int(req, "May.cancel", going && b->own);
	page_set_int(req, "May.close", b->open && b->own && b->root == b->id);
	page_set_int(req, "May.stop_reask", b->own);
	page_set_int(req, "May.retry",
		     sent && questions != NULL && unanswered > 0);
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
	page_set_int(req, "Broadcast.open", b->open);
	page_set(req, "Broadcast.made_by", b->made_by);
	page_set(req, "Broadcast.closes_at",
		 time_show(req->arena, b->closes_at));
	page_set(req, "Broadcast.send_at", time_show(req->arena, b->send_at));
	page_set_int(req, "Broadcast.test", b->test);
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
	page_set_count(req, "Broadcast.sent",
		       broadcast_sent(b->handed, b->bounced));
	page_set_count(req, "Broadcast.refused", b->refused);
	page_set_count(req, "Broadcast.cancelled", b->cancelled);
	page_set_count(req, "Broadcast.accepted", b->accepted);
	page_set_count(req, "Broadcast.deferred", b->deferred);
	page_set_count(req, "Broadcast.bounced", b->bounced);
	if (str_eq(b->kind, "drill"))
		page_set_int(req, "Page.drill", 1);
}

/* To whom it goes, in words, and how it is asked again. */
static int set_history(struct request *req, const struct broadcast *b)
{
	struct target_word *words;
	struct schedule schedule;
	int found = schedule_find(req->db, b->root, &schedule);

	if (found < 0 || target_words(req->db, b->id, &words) < 0)
		return -1;
	for (; words != NULL; words = words->next) {
		struct row *row = page_row(req, "Targets");

		row_set(row, "kind", words->kind);
		row_set(row, "name", words->name);
		row_set(row, "subject", words->subject);
		row_set(row, "question", words->question);
		row_set_int(row, "minus", words->minus);
	}
	if (found == 0 || b->root != b->id)
		return 0;
	page_set_int(req, "Reask.times", schedule.reask.times);
	page_set_int(req, "Reask.done", schedule.done);
	page_set_int(req, "Reask.gap", schedule.reask.gap_min);
	page_set_int(req, "Reask.quiet", schedule.reask.quiet);
	page_set(req, "Reask.next",
		 time_show_short(req->arena, schedule.next_at));
	return 0;
}

/* How far it is with each carrier: mails are not counted by group, so it is for
 * those who see all of them. */
static int set_carriers(struct request *req, const struct broadcast *b)
{
	struct carrier *list;

	if (req->role != ROLE_SYSTEM_ADMIN)
		return 0;
	if (carrier_list(req->db, b->id, &list) < 0)
		return -1;
	for (const struct carrier *c = list; c != NULL; c = c->next) {
		struct row *row = page_row(req, "Carriers");

		row_set(row, "name", carrier_show(c->class));
		row_set_count(row, "messages", c->messages);
		row_set_count(row, "waiting", c->waiting + c->handed);
		row_set_count(row, "accepted", c->accepted);
		row_set_count(row, "deferred", c->deferred);
		row_set_count(row, "bounced", c->bounced);
		row_set(row, "last",
			time_show_short(req->arena, c->last_accepted));
	}
	return 0;
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
	if (set_history(req, &b) < 0 || set_carriers(req, &b) < 0)
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

/* Who was quicker, and from when on it may be asked again. */
static int refuse_lately(struct request *req, int64_t id)
{
	struct arena *a = req->arena;
	const char *who = "再送がありました";
	struct broadcast other;

	/* Its people may not stand yet, so nobody's reach holds it. */
	if (broadcast_find(req->db, 0, id, &other) <= 0)
		return 500;
	if (*other.made_by != '\0')
		who = arena_fmt(a, "%s さんが再送しました", other.made_by);
	form_error(req, "expected",
		   arena_fmt(a,
			     "%s に %s。同じ人に続けて届かないように、%s "
			     "を過ぎてから送ってください。",
			     time_show_short(a, other.made_at), who,
			     time_show_short(a, other.made_at +
							BROADCAST_RETRY_MIN *
								TIME_MINUTE)));
	return show(req);
}

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
	case BROADCAST_ASKED_LATELY:
		return refuse_lately(req, id);
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

static int stop_reask(struct request *req)
{
	return end_it(req, schedule_stop);
}

static int close_it(struct request *req)
{
	return end_it(req, broadcast_close);
}

static const struct route routes[] = {
	{ "GET", "/broadcasts", GUARD_GROUP_ADMIN, list_all },
	{ "GET", "/broadcasts/{id}", GUARD_GROUP_ADMIN, show },
	{ "POST", "/broadcasts/{id}/retry", GUARD_GROUP_ADMIN, retry },
	{ "POST", "/broadcasts/{id}/cancel", GUARD_GROUP_ADMIN, cancel },
	{ "POST", "/broadcasts/{id}/stop-reask", GUARD_GROUP_ADMIN,
	  stop_reask },
	{ "POST", "/broadcasts/{id}/close", GUARD_GROUP_ADMIN, close_it },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
