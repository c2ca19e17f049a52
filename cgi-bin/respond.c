/*
 * respond - a person answers a broadcast, or reports without being asked
 *
 *   GET  /r/{token}   the questions, or what was received
 *                     ?edit=1 to correct it, ?c=CHOICE offers one choice as
 *                     the button, ?lang=ja|en
 *   POST /r/{token}   takes the answer
 *   GET  /s/{token}   the same for a report of one's own; ?edit=1
 *   POST /s/{token}
 *
 * For whoever holds the link.  A GET changes nothing and nothing is chosen
 * beforehand, since programs open links too.  A forged link costs no work of
 * the database.  With the database away the questions come from the snapshot
 * and the answer goes to the journal, on the disk before the page says so;
 * the receipt in the address then shows what was received.
 * Source: D1a-c, B6, DESIGN 5, V9.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/mac.h"
#include "base/str.h"
#include "base/time.h"
#include "base/token.h"
#include "mail/variable.h"
#include "model/answer.h"
#include "model/journal.h"
#include "model/link.h"
#include "model/questions.h"
#include "model/receipt.h"
#include "model/reply.h"
#include "model/snapshot.h"
#include "model/tally.h"
#include "web/form.h"
#include "web/given.h"
#include "web/mould.h"
#include "web/page.h"
#include "web/run.h"

enum {
	PATH_LEN = 4096,
	QUESTIONS_MAX = 50,
	RECEIPT_MAX = 1000,
	REPLIES_MAX = 20, /* shown on the page */
};

/* The database is left alone for this long after a failure, or for so many
 * times what the failure took, if that is more: then people do not wait for
 * one that hangs. */
static const int64_t rest_least = TIME_SECOND / 2;
static const int64_t rest_most = INT64_C(10) * TIME_SECOND;
enum { REST_TIMES = 4 };

/* Between two looks whether counting is late. */
static const int64_t look_every = 2 * TIME_SECOND;

/* Later the date is shown beside the clock; a report is shown for a day. */
static const int64_t clock_alone = INT64_C(12) * 60 * TIME_MINUTE;
static const int64_t report_shown = INT64_C(24) * 60 * TIME_MINUTE;

/* What the process keeps. */
static const struct token_keys *token_keys;
static const struct mac_keys *receipt_keys;
static struct snapshots *snapshots;
static struct journal *journal;
static struct links *links;
static int64_t rests_until; /* monotonic; 0: the database works */

static void start(void)
{
	char path[PATH_LEN];

	snprintf(path, sizeof(path), "%s/link.keys", config_must("Path.Keys"));
	token_keys = token_keys_load(path);
	if (token_keys == NULL)
		log_fatal("no keys of links");
	receipt_keys = mac_keys_configured(receipt_purpose);
	snapshots = snapshots_open(config_must("Path.Snapshot"),
				   mac_keys_configured(snapshot_purpose));
	journal = journal_open(config_must("Path.Journal"),
			       mac_keys_configured(journal_purpose));
	links = links_open();
}

/* A visit ------------------------------------------------------------------*/

struct visit {
	struct token token;
	bool known; /* the database said what stands in latest or report */
	bool sent;  /* the form just sent says what was written */
	bool english;
	const struct snapshot *snapshot; /* of /r/ */
	struct answer_person person;
	struct answer_latest latest;
	struct self_report_latest report; /* of /s/ */
	int64_t received_at;		  /* 0: nothing received yet */
	const char *received; /* choice ids, or words, joined by commas */
	const char *receipt;  /* in the address, of this link; or NULL */
	int64_t told_at;      /* others told of him, and he did not: else 0 */
	const char *told, *told_texts; /* choice ids; what was written */
	struct reply *replies;
};

static const struct field query_fields[] = {
	{ "lang", FIELD_CHOICE("ja en"), 0, 1 },
	{ "edit", FIELD_INT, 0, 1 },
	{ "c", FIELD_INT, 0, UINT32_MAX },
	{ "done", FIELD_TEXT, 0, RECEIPT_MAX },
};

static bool database_rests(void)
{
	return rests_until != 0 && time_monotonic() < rests_until;
}

/* Passes on what a call of the model returned that began then. */
static int tried(int64_t began, int rc)
{
	int64_t now = time_monotonic(), rest = (now - began) * REST_TIMES;

	rests_until = 0;
	if (rc >= 0)
		return rc;
	if (rest < rest_least)
		rest = rest_least;
	rests_until = now + (rest > rest_most ? rest_most : rest);
	return -1;
}

/* One set of templates for each kind of browser. */
static int show(struct request *req, int status, const char *name)
{
	const char *folder = req->charset == CHARSET_SHIFT_JIS ? "keitai/" : "";

	return page_show_status(req, status,
				arena_fmt(req->arena, "%s%s", folder, name));
}

/* The page for whoever cannot answer: it says what to do instead. */
static int refuse(struct request *req, const struct visit *v, int status,
		  const char *why)
{
	page_set(req, "Refused.why", why);
	page_set(req, "Visit.english", v->english ? "1" : NULL);
	page_set(req, "Site.contact", config_text("Site.Contact", NULL));
	return show(req, status, "respond_refused.cs");
}

static int refuse_forged(struct request *req)
{
	const struct visit v = { .english = str_eq(req->lang, "en") };

	return refuse(req, &v, 404, "forged");
}

static void choose_language(struct request *req, struct visit *v, bool english)
{
	const char *lang = form_text(req, "lang");

	if (*lang == '\0')
		v->english = v->known ? english : str_eq(req->lang, "en");
	else
		v->english = str_eq(lang, "en");
	page_set(req, "Visit.lang", v->english ? "en" : "ja");
}

/* "16:10", with the date if that is long ago. */
static const char *clock_of(struct request *req, const struct visit *v,
			    int64_t at)
{
	const char *text = time_show_short(req->arena, at);
	const char *clock = strchr(text, ' ');

	if (clock != NULL && req->now - at < clock_alone)
		return clock + 1;
	return v->english ? arena_fmt(req->arena, "%.16s",
				      time_iso(req->arena, at))
			  : text;
}

/* What further addresses of the page carry along. */
static const char *done_of(struct request *req, const struct visit *v)
{
	if (v->receipt == NULL)
		return "";
	return arena_fmt(req->arena, "&done=%s", v->receipt);
}

static void set_visit(struct request *req, const struct visit *v,
		      const char *path)
{
	page_set(req, "Visit.path", path);
	page_set(req, "Visit.done", done_of(req, v));
	page_set(req, "Visit.english", v->english ? "1" : NULL);
	page_set(req, "Visit.known", v->known ? "1" : NULL);
	page_set(req, "Visit.sjis",
		 req->charset == CHARSET_SHIFT_JIS ? "1" : NULL);
	if (v->received_at != 0)
		page_set(req, "Visit.received",
			 clock_of(req, v, v->received_at));
}

/* What the address of the page carries counts if it is later than what the
 * database knows: written to the journal, not yet stored. */
static void read_receipt(struct request *req, struct visit *v)
{
	const char *items;
	int64_t at;

	if (!receipt_parse(req->arena, receipt_keys, req->token,
			   form_text(req, "done"), &at, &items))
		return;
	v->receipt = form_text(req, "done");
	if (at <= v->received_at)
		return;
	v->received_at = at;
	v->received = items;
	v->latest.comment = v->report.comment = v->latest.texts = "";
}

/* 303 to the page again; with a receipt if only the journal has it. */
static int redirect(struct request *req, const char *kind, const char *lang,
		    const char *receipt)
{
	const char *path = arena_fmt(req->arena, "/%s/%s", kind, req->token);

	if (*receipt != '\0')
		path = arena_fmt(req->arena, "%s?done=%s", path, receipt);
	if (*lang != '\0')
		path = arena_fmt(req->arena, "%s%clang=%s", path,
				 *receipt == '\0' ? '?' : '&', lang);
	return page_redirect(req, path, 0);
}

/* An answer ----------------------------------------------------------------*/

static bool is_listed(const char *list, int64_t id)
{
	char *end;

	while (*list != '\0') {
		if (strtoll(list, &end, 10) == id)
			return true;
		list = *end == ',' ? end + 1 : "";
	}
	return false;
}

static bool has_choice(const struct snapshot_question *q, const char *chosen)
{
	for (struct snapshot_choice *c = q->choices; c != NULL; c = c->next)
		if (is_listed(chosen, c->id))
			return true;
	return false;
}

static void add_choice(struct row *question, const struct visit *v,
		       const struct snapshot_choice *c, const char *chosen)
{
	struct row *row = row_row(question, "choices");

	row_set_int(row, "id", c->id);
	row_set(row, "text", v->english ? c->text_en : c->text);
	row_set(row, "mark", *c->mark == '\0' ? NULL : c->mark);
	row_set(row, "on", is_listed(chosen, c->id) ? "1" : NULL);
}

/* What was written to a question: as just sent, or as received. */
static void set_written(struct request *req, const struct visit *v,
			struct row *row, const struct snapshot_question *q)
{
	struct written *list;

	if (!questions_is_written(q->kind))
		return;
	list = questions_written(req->arena, v->latest.texts);
	row_set(row, "written", "1");
	row_set(row, "value",
		v->sent ? form_text(req, given_field(req, q->id))
			: questions_find(list, q->id));
}

/* The questions; chosen are the choices shown as given.  With offered, a
 * choice id, its question is not asked but shown with that one choice. */
static void set_questions(struct request *req, const struct visit *v,
			  const char *chosen, int64_t offered)
{
	for (struct snapshot_question *q = v->snapshot->questions; q != NULL;
	     q = q->next) {
		struct row *row = page_row(req, "Questions");

		row_set_int(row, "id", q->id);
		row_set(row, "text", v->english ? q->text_en : q->text);
		row_set(row, "kind", q->kind);
		set_written(req, v, row, q);
		row_set(row, "multiple", q->multiple ? "1" : NULL);
		row_set(row, "required", q->required ? "1" : NULL);
		row_set(row, "given", has_choice(q, chosen) ? "1" : NULL);
		for (struct snapshot_choice *c = q->choices; c != NULL;
		     c = c->next) {
			if (c->id == offered) {
				row_set(row, "offered", "1");
				page_set(req, "Offered.text",
					 v->english ? c->text_en : c->text);
				page_set(req, "Offered.mark",
					 *c->mark == '\0' ? NULL : c->mark);
				page_set_int(req, "Offered.id", c->id);
			}
			add_choice(row, v, c, chosen);
		}
	}
}

/* A text of the broadcast with its variables, as in the mail. */
static const char *filled(struct request *req, const struct visit *v,
			  const char *text)
{
	const char *const values[VARIABLES] = {
		[VARIABLE_NAME] = v->known     ? v->person.name
				  : v->english ? "you"
					       : "職員",
		[VARIABLE_CLOSES] =
			variable_closes(req->arena, v->english ? "en" : "ja",
					v->snapshot->closes_at),
		[VARIABLE_SITE] = config_text("Site.Name", ""),
	};

	return variable_fill(req->arena, text, values);
}

static void add_told(struct request *req, const char *question,
		     const char *text, const char *mark)
{
	struct row *row = page_row(req, "Told");

	row_set(row, "question", question);
	row_set(row, "text", text);
	row_set(row, "mark", *mark == '\0' ? NULL : mark);
}

/* What others told of him, question by question. */
static void set_told(struct request *req, const struct visit *v)
{
	struct written *list;

	if (v->told_at == 0)
		return;
	page_set(req, "Visit.told", clock_of(req, v, v->told_at));
	list = questions_written(req->arena, v->told_texts);
	for (struct snapshot_question *q = v->snapshot->questions; q != NULL;
	     q = q->next) {
		const char *text = v->english ? q->text_en : q->text;

		for (struct snapshot_choice *c = q->choices; c; c = c->next)
			if (is_listed(v->told, c->id))
				add_told(req, text,
					 v->english ? c->text_en : c->text,
					 c->mark);
		if (*questions_find(list, q->id) != '\0')
			add_told(req, text, questions_find(list, q->id), "");
	}
}

static void set_replies(struct request *req, const struct visit *v)
{
	for (const struct reply *r = v->replies; r != NULL; r = r->next) {
		struct row *row = page_row(req, "Replies");

		row_set(row, "at", clock_of(req, v, r->at));
		row_set(row, "account", r->account);
		row_set(row, "body", filled(req, v, r->body));
	}
}

static void set_broadcast(struct request *req, const struct visit *v)
{
	const struct snapshot *s = v->snapshot;

	set_visit(req, v, arena_fmt(req->arena, "/r/%s", req->token));
	page_set(req, "Page.drill", s->drill ? "1" : NULL);
	page_set(req, "Broadcast.subject", filled(req, v, s->subject));
	page_set(req, "Broadcast.event", *s->event == '\0' ? NULL : s->event);
	page_set(req, "Broadcast.body",
		 *s->event == '\0' ? filled(req, v, s->body) : NULL);
	page_set(req, "Broadcast.why", *s->why == '\0' ? NULL : s->why);
	if (!v->known)
		return;
	page_set(req, "Visit.name", v->person.name);
	page_set(req, "Visit.region",
		 *v->person.region == '\0' ? NULL : v->person.region);
	page_set(req, "Visit.trouble", v->person.trouble ? "1" : NULL);
	set_told(req, v);
	set_replies(req, v);
}

static void set_form(struct request *req, const struct visit *v,
		     const char *chosen, int64_t offered)
{
	set_broadcast(req, v);
	set_questions(req, v, chosen, offered);
	page_set(req, "Visit.asking", "1");
}

static int show_form(struct request *req, const struct visit *v, int status,
		     const char *chosen, int64_t offered)
{
	set_form(req, v, chosen, offered);
	return show(req, status, "respond.cs");
}

static int show_received(struct request *req, const struct visit *v)
{
	set_broadcast(req, v);
	set_questions(req, v, v->received, 0);
	page_set(req, "Visit.comment", v->latest.comment);
	return show(req, 200, "respond.cs");
}

/* Where he can still say how he is. */
static const char *report_path(struct request *req, const struct visit *v)
{
	const struct token *t = &v->token;

	return arena_fmt(req->arena, "/s/%s?lang=%s",
			 token_make(req->arena, token_keys, TOKEN_SELF_REPORT,
				    0, t->user, t->generation),
			 v->english ? "en" : "ja");
}

/* Nothing more is taken; what was received, or what was just sent and comes
 * too late, is shown. */
static int show_closed(struct request *req, const struct visit *v,
		       const char *chosen)
{
	set_broadcast(req, v);
	set_questions(req, v, chosen, 0);
	page_set(req, "Visit.comment", v->latest.comment);
	page_set(req, "Refused.given", *chosen == '\0' ? NULL : "1");
	page_set(req, "Refused.report", report_path(req, v));
	return refuse(req, v, 410, "closed");
}

/* The questions: from this node's file, or for want of it the database. */
static int find_snapshot(struct request *req, struct visit *v)
{
	struct snapshot *s = NULL;
	int64_t began = time_monotonic();
	int found;

	v->snapshot = snapshots_find(snapshots, v->token.broadcast);
	if (v->snapshot != NULL)
		return 1;
	if (database_rests())
		return -1;
	found = tried(began, snapshot_fetch(req->db, v->token.broadcast, &s));
	v->snapshot = s;
	return found;
}

/* True if answers may be stored that are not counted yet, though they should
 * be: then it is not enough to look at what is counted. */
static bool counts_are_late(struct request *req)
{
	static int64_t looked_at;
	static bool late;
	int64_t now = time_monotonic();

	if (looked_at == 0 || now - looked_at > look_every) {
		looked_at = now;
		late = tried(now, tally_is_late(req->db)) != 0;
	}
	return late;
}

/* What he answered.  Most openings are first ones: they end with the person,
 * by keys alone.  Who just answered, or corrects it, need not wait until it is
 * counted. */
static int ask_answer(struct request *req, struct visit *v)
{
	const int64_t broadcast = v->token.broadcast, user = v->token.user;
	bool at_once = form_has(req, "done") || form_int(req, "edit") != 0 ||
		       counts_are_late(req);
	int found;

	if (!at_once) {
		found = answer_person(req->db, broadcast, user, &v->person);
		if (found <= 0 || v->person.counted_at == 0)
			return found;
	}
	return answer_visit(req->db, broadcast, user, &v->person, &v->latest);
}

static int ask_database(struct request *req, struct visit *v)
{
	int found = ask_answer(req, v);

	if (found <= 0 || !v->person.replied)
		return found;
	return reply_list(req->db, v->token.broadcast, v->token.user,
			  REPLIES_MAX, &v->replies) < 0
		       ? -1
		       : 1;
}

/* What the database knows of the person.  1; 0 if the link counts no more; -1
 * if the database is away. */
static int find_person(struct request *req, struct visit *v)
{
	int64_t began = time_monotonic();
	int found;

	if (database_rests())
		return -1;
	found = tried(began, ask_database(req, v));
	if (found <= 0)
		return found;
	v->known = true;
	/* What others told is shown, and the questions are asked. */
	if (v->latest.proxy) {
		v->told_at = v->latest.at;
		v->told = v->latest.choices;
		v->told_texts = v->latest.texts;
		v->latest.comment = v->latest.texts = "";
	} else {
		v->received_at = v->latest.at;
		v->received = v->latest.choices;
	}
	return v->person.generation == v->token.generation;
}

/* Finds all that a page needs; 0, or the status that refused. */
static int open_visit(struct request *req, struct visit *v, bool person)
{
	int found;

	*v = (struct visit){
		.received = "",
		.latest = { .choices = "", .comment = "", .texts = "" }
	};
	if (!token_parse(token_keys, req->token, TOKEN_ANSWER, &v->token))
		return refuse_forged(req);
	found = find_snapshot(req, v);
	if (found <= 0)
		return refuse(req, v, found < 0 ? 503 : 404,
			      found < 0 ? "away" : "forged");
	found = person ? find_person(req, v) : -1;
	choose_language(req, v, v->person.english);
	return found == 0 ? refuse(req, v, 403, "revoked") : 0;
}

/*
 * The pages of nearly everybody: not answered yet and nothing else asked for,
 * or answered without a comment.  Among people who chose the same they differ
 * by token, name, region, clock and receipt only.
 */
static int show_common(struct request *req, struct visit *v, bool asking)
{
	enum { PATH, NAME, REGION, CLOCK, DONE };
	const char *values[MOULD_SLOTS] = {
		[PATH] = arena_fmt(req->arena, "/r/%s", req->token),
		[NAME] = v->person.name,
		[REGION] = v->person.region,
		[CLOCK] = asking ? "" : clock_of(req, v, v->received_at),
		[DONE] = done_of(req, v),
	};
	const bool region = *v->person.region != '\0';
	const char *key = arena_fmt(
		req->arena, "%lu %d %d %d %s", v->snapshot->reading, v->english,
		region, v->person.trouble, asking ? "asking" : v->received);
	int status = page_fill(req, key, values);

	if (status != 0)
		return status;
	v->person.name = mould_mark(NAME);
	v->person.region = region ? mould_mark(REGION) : "";
	set_broadcast(req, v);
	set_questions(req, v, asking ? "" : v->received, 0);
	page_set(req, "Visit.asking", asking ? "1" : NULL);
	page_set(req, "Visit.path", mould_mark(PATH));
	page_set(req, "Visit.done", mould_mark(DONE));
	page_set(req, "Visit.received", asking ? NULL : mould_mark(CLOCK));
	return page_show_mould(req, "respond.cs", key, values);
}

static bool is_common(struct request *req, const struct visit *v)
{
	return v->known && v->snapshot->reading != 0 && v->told_at == 0 &&
	       v->replies == NULL && req->charset == CHARSET_UTF8 &&
	       form_int(req, "edit") == 0 && form_int(req, "c") == 0 &&
	       *form_text(req, "lang") == '\0' && *v->latest.comment == '\0' &&
	       *v->latest.texts == '\0';
}

static int show_answer(struct request *req)
{
	struct visit v;
	int status;

	form_read(req, query_fields, LEN(query_fields));
	status = open_visit(req, &v, true);
	if (status != 0)
		return status;
	read_receipt(req, &v);
	if (snapshot_is_closed(v.snapshot, req->now))
		return show_closed(req, &v, v.received);
	if (is_common(req, &v))
		return show_common(req, &v, v.received_at == 0);
	if (form_int(req, "c") != 0)
		return show_form(req, &v, 200, "", form_int(req, "c"));
	if (v.received_at == 0 || form_int(req, "edit") != 0) {
		page_default(req, "Form.comment", v.latest.comment);
		return show_form(req, &v, 200, v.received, 0);
	}
	return show_received(req, &v);
}

/* What a form can give to them. */
static struct given *answerable(struct request *req, const struct visit *v)
{
	struct given *list = NULL, **end = &list;

	for (struct snapshot_question *q = v->snapshot->questions; q != NULL;
	     q = q->next) {
		struct given *g = arena_alloc(req->arena, sizeof(*g));
		int64_t *ids;

		g->id = q->id;
		g->kind = q->kind;
		g->required = q->required;
		for (struct snapshot_choice *c = q->choices; c; c = c->next)
			g->count++;
		ids = arena_array(req->arena, g->count, sizeof(*ids));
		g->choices = ids;
		for (struct snapshot_choice *c = q->choices; c; c = c->next)
			*ids++ = c->id;
		*end = g;
		end = &g->next;
	}
	return list;
}

/* Reads the form by the table of fields that these questions have. */
static bool read_answer(struct request *req, const struct given *questions,
			struct field *fields)
{
	size_t n = 0;

	fields[n++] = query_fields[0]; /* lang */
	fields[n++] =
		(struct field){ "comment", FIELD_LINES, 0, ANSWER_COMMENT_MAX };
	n += given_fields(req, questions, fields + n, QUESTIONS_MAX);
	return form_read(req, fields, n);
}

/* The receipt shows the answer until it is counted, wherever it is stored. */
static int redirect_received(struct request *req, const struct answer *a)
{
	return redirect(req, "r", form_text(req, "lang"),
			receipt_make(req->arena, receipt_keys, req->token,
				     a->at, a->choices));
}

/* To the journal, when the database could not be asked or did not say. */
static int keep_answer(struct request *req, const struct visit *v,
		       const struct answer *a)
{
	const struct journal_record record = { .kind = JOURNAL_ANSWER,
					       .answer = *a };

	if (journal_add(journal, req->arena, &record) < 0) {
		page_set(req, "Visit.failed", "1");
		return show_form(req, v, 503, a->choices, 0);
	}
	return redirect_received(req, a);
}

/* One insert, if the link still counts. */
static int ask_to_store(struct request *req, const struct answer *a)
{
	if (links_refresh(links, req->db) < 0)
		return -1;
	if (!links_is_current(links, a->user, a->generation))
		return ANSWER_REVOKED;
	return answer_store(req->db, a);
}

static int store_answer(struct request *req, const struct visit *v,
			const char *choices, const char *texts)
{
	const struct answer a = {
		.broadcast = v->snapshot->id,
		.user = v->token.user,
		.generation = v->token.generation,
		.at = req->now,
		.channel = "link",
		.choices = choices,
		.comment = form_text(req, "comment"),
		.texts = texts,
	};
	int64_t began = time_monotonic();
	int stored = -1;

	if (!database_rests())
		stored = tried(began, ask_to_store(req, &a));
	else if (!links_is_current(links, a.user, a.generation))
		stored = ANSWER_REVOKED;
	switch (stored) {
	case ANSWER_STORED:
		return redirect_received(req, &a);
	case -1:
		return keep_answer(req, v, &a);
	default:
		return refuse(req, v, 403, "revoked");
	}
}

static int take_answer(struct request *req)
{
	struct field fields[QUESTIONS_MAX + 2];
	struct given *questions;
	const char *choices, *texts;
	struct visit v;
	bool good;
	int status;

	form_read(req, query_fields, 1);
	status = open_visit(req, &v, false);
	if (status != 0)
		return status;
	questions = answerable(req, &v);
	good = read_answer(req, questions, fields);
	v.sent = true;
	choices = given_choices(req, questions);
	texts = given_texts(req, questions);
	v.latest.comment = form_text(req, "comment");
	if (snapshot_is_closed(v.snapshot, req->now))
		return show_closed(req, &v, choices);
	if (!good || form_failed(req))
		return show_form(req, &v, 422, choices, 0);
	return store_answer(req, &v, choices, texts);
}

/* A report of one's own ----------------------------------------------------*/

static const struct field report_fields[] = {
	{ "lang", FIELD_CHOICE("ja en"), 0, 1 },
	{ "safety", FIELD_CHOICE("safe slight serious"), 1, 1 },
	{ "coming", FIELD_CHOICE("now later no unknown"), 1, 1 },
	{ "comment", FIELD_LINES, 0, ANSWER_COMMENT_MAX },
};

static int show_report_page(struct request *req, const struct visit *v,
			    int status)
{
	set_visit(req, v, arena_fmt(req->arena, "/s/%s", req->token));
	if (v->known)
		page_set(req, "Visit.name", v->report.name);
	return show(req, status, "self_report.cs");
}

static int show_report_form(struct request *req, const struct visit *v,
			    int status)
{
	page_set(req, "Visit.asking", "1");
	return show_report_page(req, v, status);
}

/* As find_person. */
static int find_report(struct request *req, struct visit *v)
{
	int64_t began = time_monotonic();
	int found;

	if (database_rests())
		return -1;
	found = tried(began,
		      self_report_latest(req->db, v->token.user, &v->report));
	if (found <= 0)
		return found;
	v->known = true;
	if (req->now - v->report.at < report_shown) {
		v->received_at = v->report.at;
		v->received = arena_fmt(req->arena, "%s,%s", v->report.safety,
					v->report.coming);
	}
	return v->report.generation == v->token.generation;
}

/* "safe,now" as the values of a form that would have sent it. */
static void set_received_report(struct request *req, const struct visit *v)
{
	size_t len = strcspn(v->received, ",");

	page_default(req, "Form.safety",
		     arena_strndup(req->arena, v->received, len));
	page_default(req, "Form.coming",
		     v->received[len] == ',' ? v->received + len + 1 : "");
	page_default(req, "Form.comment", v->report.comment);
}

static int show_report(struct request *req)
{
	struct visit v = { .received = "", .report.comment = "" };
	int found;

	form_read(req, query_fields, LEN(query_fields));
	if (!token_parse(token_keys, req->token, TOKEN_SELF_REPORT, &v.token))
		return refuse_forged(req);
	found = find_report(req, &v);
	choose_language(req, &v, v.report.english);
	if (found == 0)
		return refuse(req, &v, 403, "revoked");
	read_receipt(req, &v);
	if (v.received_at != 0)
		set_received_report(req, &v);
	if (v.received_at == 0 || form_int(req, "edit") != 0)
		return show_report_form(req, &v, 200);
	return show_report_page(req, &v, 200);
}

static int keep_report(struct request *req, const struct visit *v,
		       const struct self_report *r)
{
	const struct journal_record record = { .kind = JOURNAL_SELF_REPORT,
					       .report = *r };
	const char *items =
		arena_fmt(req->arena, "%s,%s", r->safety, r->coming);

	if (journal_add(journal, req->arena, &record) < 0) {
		page_set(req, "Visit.failed", "1");
		return show_report_form(req, v, 503);
	}
	return redirect(req, "s", form_text(req, "lang"),
			receipt_make(req->arena, receipt_keys, req->token,
				     r->at, items));
}

static int take_report(struct request *req)
{
	struct visit v = { .received = "" };
	bool good = form_read(req, report_fields, LEN(report_fields));
	struct self_report r = {
		.at = req->now,
		.safety = form_text(req, "safety"),
		.coming = form_text(req, "coming"),
		.comment = form_text(req, "comment"),
	};
	int64_t began = time_monotonic();
	int stored = -1;

	if (!token_parse(token_keys, req->token, TOKEN_SELF_REPORT, &v.token))
		return refuse_forged(req);
	r.user = v.token.user;
	r.generation = v.token.generation;
	choose_language(req, &v, false);
	if (!good)
		return show_report_form(req, &v, 422);
	if (!database_rests())
		stored = tried(began, self_report_store(req->db, &r));
	if (stored < 0)
		return keep_report(req, &v, &r);
	if (stored == ANSWER_REVOKED)
		return refuse(req, &v, 403, "revoked");
	return redirect(req, "s", form_text(req, "lang"), "");
}

static const struct route routes[] = {
	{ "GET", "/r/{token}", GUARD_LINK, show_answer },
	{ "POST", "/r/{token}", GUARD_LINK, take_answer },
	{ "GET", "/s/{token}", GUARD_LINK, show_report },
	{ "POST", "/s/{token}", GUARD_LINK, take_report },
	{ 0 },
};

int main(void)
{
	static const struct web_options options = { .start = start };

	return web_run_with(routes, &options);
}
