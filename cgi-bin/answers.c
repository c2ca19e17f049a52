/*
 * answers - who answered what to a broadcast, and what is done about it
 *
 *   GET  /broadcasts/{id}/answers         the people asked, with filters
 *   GET  /broadcasts/{id}.csv             the same as a file
 *   GET  /broadcasts/{id}/people          leads to the list
 *   GET  /broadcasts/{id}/answers/{name}  one person, by his id: what he and
 *                                         others said, mails, replies
 *   POST /broadcasts/{id}/answers/{name}/proxy   enters what others told
 *   POST /broadcasts/{id}/answers/{name}/settle  somebody looked at a conflict
 *   GET  /broadcasts/{id}/reply           whom a reply goes to, how many
 *   POST /broadcasts/{id}/reply           sends it, number typed
 *
 * The filter is the query of the address, and goes along from page to page.
 * For admins; a group admin sees and reaches his own people only, by the
 * queries of model/.  Source: D1j, D2f, D3c, D3d, B5.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/answer.h"
#include "model/broadcast.h"
#include "model/group.h"
#include "model/proxy.h"
#include "model/questions.h"
#include "model/recipient.h"
#include "model/recipient_words.h"
#include "model/reply.h"
#include "web/form.h"
#include "web/given.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/run.h"

enum {
	PEOPLE_PAGE = 100, /* people on a page */
	CSV_PAGE = 5000,   /* people a query */
	FIRST = 10,	   /* names beside the count of a reply */
	REPLIES = 50,	   /* shown of a person */
	SEARCH_LEN = 100,
	BACK_LEN = 2000,
	PREFECTURE_LEN = 2,
};

static const char csv_type[] = "text/csv; charset=utf-8";

/* The filter: what goes along from page to page. */
#define FILTER_FIELDS                                                          \
	{ "filter",                                                            \
	  FIELD_CHOICE("answered unanswered undelivered reported proxy "       \
		       "conflict"),                                            \
	  0, 1 },                                                              \
		{ "choice", FIELD_INT, 0, UINT32_MAX },                        \
		{ "group", FIELD_INT, 0, UINT32_MAX },                         \
		{ "region", FIELD_CODE, 0, PREFECTURE_LEN },                   \
		{ "work", FIELD_CHOICE("yes"), 0, 1 },                         \
		{ "text", FIELD_TEXT, 0, SEARCH_LEN },                         \
		{ "comment", FIELD_TEXT, 0, SEARCH_LEN },                      \
	{                                                                      \
		"user", FIELD_INT, 0, UINT32_MAX                               \
	}

static const struct field filter_fields[] = { FILTER_FIELDS };

static const struct field list_fields[] = {
	FILTER_FIELDS,
	{ "after", FIELD_INT, 0, UINT32_MAX },
	{ "open", FIELD_CHOICE("proxy reply"), 0, 1 },
	{ "done", FIELD_CHOICE("proxy reply settle"), 0, 1 },
};

enum {
	FILTERS = LEN(filter_fields), /* the first of the list */
	STATES = 2, /* the first of these: a tab takes their place */
	PLACES = 1, /* after the filters: which page of the list */
};

static const struct field back_fields[] = {
	{ "back", FIELD_TEXT, 0, BACK_LEN },
};

/* The filter -------------------------------------------------------------- */

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

static void add_escaped(struct str *s, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-_.";

	for (const char *p = text; *p != '\0'; p++)
		if (strchr(plain, *p) != NULL)
			str_add_char(s, *p);
		else
			str_fmt(s, "%%%02X", (unsigned char)*p);
}

/* What was sent in these fields as the query of an address, "" if nothing. */
static const char *query_of(struct request *req, const struct field *fields,
			    size_t count)
{
	struct str s = { .arena = req->arena };

	for (size_t i = 0; i < count; i++) {
		const char *name = fields[i].name;

		if (*form_text(req, name) == '\0')
			continue;
		str_fmt(&s, "%s%s=", s.len > 0 ? "&" : "", name);
		add_escaped(&s, form_text(req, name));
	}
	return str_text(&s);
}

static const char *filter_query(struct request *req)
{
	return query_of(req, filter_fields, FILTERS);
}

/* With the page of the list, so that the way back from a person leads to it. */
static const char *place_query(struct request *req)
{
	return query_of(req, list_fields, FILTERS + PLACES);
}

/* What stays when another tab is taken. */
static const char *kept_query(struct request *req)
{
	return query_of(req, filter_fields + STATES, FILTERS - STATES);
}

/* The same after a POST, which carries it as one field: nothing else than a
 * query passes. */
static const char *back_query(struct request *req)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz"
				   "0123456789-_.%=&";
	const char *back = form_text(req, "back");

	return back[strspn(back, safe)] == '\0' ? back : "";
}

static void read_query(struct request *req, struct recipient_query *q)
{
	static const char *const words[] = {
		[RECIPIENT_ANSWERED] = "answered",
		[RECIPIENT_UNANSWERED] = "unanswered",
		[RECIPIENT_UNDELIVERED] = "undelivered",
		[RECIPIENT_REPORTED] = "reported",
		[RECIPIENT_PROXY] = "proxy",
		[RECIPIENT_CONFLICT] = "conflict",
	};

	*q = (struct recipient_query){
		.broadcast = req->id,
		.choice = form_int(req, "choice"),
		.group = form_int(req, "group"),
		.region = text_or_null(req, "region"),
		.work = form_has(req, "work"),
		.text = text_or_null(req, "text"),
		.comment = text_or_null(req, "comment"),
		.user = form_int(req, "user"),
	};
	for (size_t i = 1; i < LEN(words); i++)
		if (str_eq(form_text(req, "filter"), words[i]))
			q->filter = (enum recipient_filter)i;
}

/* Words --------------------------------------------------------------------*/

static const struct word means[] = {
	{ "phone", "電話" },   { "mail", "メール・メッセージ" },
	{ "met", "会って" },   { "card", "カードの番号" },
	{ "other", "その他" }, { NULL, NULL },
};

static const struct word channels[] = {
	{ "link", "本人（リンク）" },
	{ "self_report", "本人（自主報告）" },
	{ "mail", "本人（メール返信）" },
	{ "proxy", "代理" },
	{ NULL, NULL },
};

/* The mark of the first answer, which is 安否 in a safety check. */
static const char *first_mark(struct arena *a, const char *marks)
{
	return arena_strndup(a, marks, strcspn(marks, ","));
}

/* Rows and pages ----------------------------------------------------------- */

static int note_read(struct request *req, const char *action, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object =
		arena_fmt(req->arena, "broadcast %lld", (long long)req->id);
	audit.people = people;
	return audit_add(req->db, &audit);
}

/* Whose page was read, so that it is found by the person. */
static int note_person(struct request *req, const char *action, int64_t user)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object = arena_fmt(req->arena, "broadcast %lld user %lld",
				 (long long)req->id, (long long)user);
	audit.people = 1;
	return audit_add(req->db, &audit);
}

static void set_new_press(struct request *req)
{
	unsigned char press[PROXY_PRESS_LEN];

	bytes_random(press, sizeof(press));
	page_default(req, "Form.press",
		     bytes_to_hex(req->arena, press, sizeof(press)));
}

/* The page was brought back by "Back": what it held before is stored, and what
 * it holds now is not. */
static void tell_used(struct request *req, const char *field, const char *fault)
{
	form_error(req, field, fault);
	page_forget(req, "Form.press");
}

static void set_broadcast(struct request *req, const struct broadcast *b)
{
	page_set_int(req, "Broadcast.id", b->id);
	page_set_int(req, "Broadcast.root", b->root);
	page_set(req, "Broadcast.subject", b->subject);
	page_set(req, "Broadcast.kind", b->kind);
	page_set_count(req, "Broadcast.recipients", b->recipients);
	page_set_count(req, "Broadcast.answered", b->answered);
	page_set_count(req, "Broadcast.unanswered",
		       b->recipients - b->answered);
	if (str_eq(b->kind, "drill"))
		page_set_int(req, "Page.drill", 1);
}

static void set_questions(struct request *req, const struct question *list)
{
	for (const struct question *q = list; q != NULL; q = q->next) {
		struct row *row = page_row(req, "Questions");

		row_set_int(row, "id", q->id);
		row_set(row, "text", q->text);
		row_set(row, "kind", q->kind);
		row_set_int(row, "written", questions_is_written(q->kind));
		row_set_int(row, "multiple", str_eq(q->kind, "multiple"));
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

static void set_person(struct request *req, struct row *row,
		       const struct recipient *r,
		       const struct question *questions)
{
	struct arena *a = req->arena;

	row_set_int(row, "user", r->user);
	row_set(row, "staff_no", r->staff_no);
	row_set(row, "name", r->name);
	row_set(row, "group", r->group);
	row_set_int(row, "answered", r->answered_at != 0);
	row_set(row, "answer",
		recipient_whole_answer(a, r->answer, r->texts, questions));
	row_set(row, "mark", first_mark(a, r->marks));
	row_set(row, "at", time_show_short(a, r->answered_at));
	row_set(row, "comment", r->comment);
	row_set(row, "delivery", recipient_delivery_words(r));
	row_set_int(row, "proxy", r->proxy);
	row_set(row, "source", word_text(recipient_sources, r->source));
	row_set(row, "certainty",
		word_text(recipient_certainties, r->certainty));
	row_set_int(row, "conflict", r->conflict);
	row_set(row, "other", r->other);
	row_set_int(row, "replied", r->replied_at != 0);
	if (r->reported_at == 0)
		return;
	row_set(row, "reported_at", time_show_short(a, r->reported_at));
	row_set(row, "safety", word_text(recipient_safeties, r->safety));
	row_set(row, "safety_mark",
		word_text(recipient_safety_marks, r->safety));
	row_set(row, "coming", word_text(recipient_comings, r->coming));
}

/* The list ----------------------------------------------------------------- */

static int64_t set_people(struct request *req, const struct recipient *list,
			  const struct question *questions)
{
	int64_t shown = 0, last = 0;

	for (const struct recipient *r = list; r != NULL; r = r->next) {
		if (shown == PEOPLE_PAGE) {
			page_set_int(req, "After", last);
			break; /* there is a next page */
		}
		set_person(req, page_row(req, "People"), r, questions);
		last = r->user;
		shown++;
	}
	page_set_count(req, "Shown", shown);
	return shown;
}

/* The name of the group asked for.  1, 0 if it is out of reach, -1. */
static int set_group(struct request *req, int64_t id)
{
	struct group group;
	int found = 1;

	if (id != 0)
		found = group_find(req->db, req->account, id, &group);
	if (id != 0 && found > 0)
		page_set(req, "Group.name", group.name);
	return found;
}

static int set_filters(struct request *req, const struct broadcast *b,
		       const struct recipient_query *query,
		       struct question *questions)
{
	int64_t conflicts =
		proxy_conflicts(req->db, req->account, b->id, query->group);

	if (conflicts < 0 ||
	    broadcast_answers(req->db, req->account, b, questions) < 0 ||
	    pick_groups(req) < 0 || pick_prefectures(req) < 0)
		return -1;
	set_questions(req, questions);
	page_set_count(req, "Conflicts", conflicts);
	return 0;
}

/* The choice that names the people, in words. */
static void set_choice(struct request *req, const struct question *questions,
		       int64_t choice)
{
	for (const struct question *q = questions; q != NULL; q = q->next)
		for (const struct choice *c = q->choices; c; c = c->next)
			if (c->id == choice)
				page_set(req, "Choice",
					 arena_fmt(req->arena, "%s：%s",
						   q->text, c->text));
}

static int show_list(struct request *req)
{
	struct recipient_query query;
	struct question *questions;
	struct recipient *list;
	struct broadcast b;
	int64_t count;
	int found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, list_fields, LEN(list_fields));
	read_query(req, &query);
	query.after = form_int(req, "after");
	query.most = PEOPLE_PAGE + 1;
	found = set_group(req, query.group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	count = recipient_count(req->db, req->account, &query);
	if (count < 0 ||
	    recipient_list(req->db, req->account, &query, &list) < 0 ||
	    broadcast_questions(req->db, b.id, &questions) < 0 ||
	    set_filters(req, &b, &query, questions) < 0)
		return 500;
	set_broadcast(req, &b);
	page_set_count(req, "Count", count);
	set_choice(req, questions, query.choice);
	page_set(req, "Query", filter_query(req));
	page_set(req, "Place", place_query(req));
	page_set(req, "Kept", kept_query(req));
	if (note_read(req, "recipient list", set_people(req, list, questions)) <
	    0)
		return 500;
	return page_show(req, "answers.cs");
}

static int lead_to_list(struct request *req)
{
	const char *path, *query;

	form_read(req, list_fields, LEN(list_fields));
	query = filter_query(req);
	path = arena_fmt(req->arena, "/broadcasts/%" PRId64 "/answers%s%s",
			 req->id, *query == '\0' ? "" : "?", query);
	return page_redirect(req, path, 0);
}

static int export(struct request *req)
{
	struct str s = { .arena = req->arena };
	struct recipient_query query;
	struct question *questions;
	struct recipient *list;
	struct broadcast b;
	int64_t people = 0;
	int found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, list_fields, LEN(list_fields));
	read_query(req, &query);
	query.most = CSV_PAGE;
	if (broadcast_questions(req->db, b.id, &questions) < 0)
		return 500;
	csv_open(&s);
	recipient_heads(&s, questions);
	csv_line(&s);
	do {
		if (recipient_list(req->db, req->account, &query, &list) < 0)
			return 500;
		for (const struct recipient *r = list; r; r = r->next) {
			recipient_cells(req->arena, &s, r, questions);
			csv_line(&s);
			query.after = r->user;
			people++;
		}
	} while (list != NULL);
	if (note_read(req, "recipient export", people) < 0)
		return 500;
	return page_file(
		req, csv_type,
		arena_fmt(req->arena, "broadcast-%lld.csv", (long long)req->id),
		s.s, s.len);
}

/* One person --------------------------------------------------------------- */

/* Who is shown, and what he was asked. */
struct view {
	struct broadcast b;
	struct recipient *person;
	struct question *questions;
	struct proxy_answer *answers; /* newest first */
	struct reply *replies;
};

/* 1; 0 if there is no such person within reach; -1. */
static int open_view(struct request *req, struct view *v)
{
	struct recipient_query query = { .broadcast = req->id, .most = 1 };
	long long user;
	int found = broadcast_find(req->db, req->account, req->id, &v->b);

	if (found <= 0)
		return found;
	if (!str_to_int(req->name, 1, UINT32_MAX, &user))
		return 0;
	query.user = user;
	if (recipient_list(req->db, req->account, &query, &v->person) < 0)
		return -1;
	if (v->person == NULL)
		return 0;
	if (broadcast_questions(req->db, v->b.id, &v->questions) < 0 ||
	    proxy_list(req->db, req->account, v->b.id, user, &v->answers) < 0 ||
	    reply_list(req->db, v->b.root, user, REPLIES, &v->replies) < 0)
		return -1;
	return 1;
}

static bool is_proxy(const struct proxy_answer *a)
{
	return str_eq(a->channel, "proxy");
}

static const struct proxy_answer *newest(const struct proxy_answer *list,
					 bool proxy)
{
	while (list != NULL && is_proxy(list) != proxy)
		list = list->next;
	return list;
}

static void set_answer(struct request *req, const char *key,
		       const struct proxy_answer *a,
		       const struct question *questions)
{
	struct row *row = page_row(req, key);

	row_set(row, "at", time_show_short(req->arena, a->at));
	row_set(row, "channel", word_text(channels, a->channel));
	row_set(row, "text",
		recipient_whole_answer(req->arena, a->text, a->texts,
				       questions));
	row_set(row, "mark", first_mark(req->arena, a->marks));
	row_set(row, "comment", a->comment);
	row_set_int(row, "counts", a->counts);
	row_set_int(row, "proxy", is_proxy(a));
	row_set(row, "source", word_text(recipient_sources, a->source));
	row_set(row, "means", word_text(means, a->means));
	row_set(row, "certainty",
		word_text(recipient_certainties, a->certainty));
	row_set(row, "account", a->account);
}

static void set_words(struct request *req, const char *key,
		      const struct word *list)
{
	for (; list->code != NULL; list++) {
		struct row *row = page_row(req, key);

		row_set(row, "value", list->code);
		row_set(row, "text", list->text);
	}
}

static void set_view(struct request *req, const struct view *v,
		     const char *query)
{
	const struct proxy_answer *own = newest(v->answers, false);

	set_broadcast(req, &v->b);
	set_questions(req, v->questions);
	set_person(req, page_row(req, "Person"), v->person, v->questions);
	for (const struct proxy_answer *a = v->answers; a; a = a->next) {
		set_answer(req, "Answers", a, v->questions);
		if (a->counts)
			set_answer(req, "Counts", a, v->questions);
	}
	if (own != NULL) {
		set_answer(req, "Own", own, v->questions);
		/* Never a refused one: it tells what this page shows. */
		page_set(req, "Seen",
			 arena_fmt(req->arena, "%" PRId64, own->at));
	}
	if (newest(v->answers, true) != NULL)
		set_answer(req, "Proxy", newest(v->answers, true),
			   v->questions);
	for (const struct reply *r = v->replies; r != NULL; r = r->next) {
		struct row *row = page_row(req, "Replies");

		row_set(row, "at", time_show_short(req->arena, r->at));
		row_set(row, "account", r->account);
		row_set(row, "body", r->body);
	}
	set_words(req, "Sources", recipient_sources);
	set_words(req, "Means", means);
	set_words(req, "Certainties", recipient_certainties);
	page_set(req, "Query", query);
}

static int show_view(struct request *req, const struct view *v,
		     const char *query)
{
	set_view(req, v, query);
	set_new_press(req);
	if (note_person(req, "recipient show", v->person->user) < 0)
		return 500;
	return page_show(req, "answer.cs");
}

static int show_person(struct request *req)
{
	struct view v;
	int found = open_view(req, &v);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, list_fields, LEN(list_fields));
	return show_view(req, &v, place_query(req));
}

/* Back to the person, with the filter and a word of what was done. */
static int redirect_done(struct request *req, const char *user,
			 const char *done)
{
	const char *query = back_query(req);
	const char *path = arena_fmt(
		req->arena, "/broadcasts/%" PRId64 "/answers/%s?done=%s%s%s",
		req->id, user, done, *query == '\0' ? "" : "&", query);

	return page_redirect(req, path, 0);
}

/* What others told --------------------------------------------------------- */

static const struct field proxy_fields[] = {
	{ "source", FIELD_CHOICE("self family colleague superior other"), 1,
	  1 },
	{ "means", FIELD_CHOICE("phone mail met card other"), 1, 1 },
	{ "certainty", FIELD_CHOICE("sure likely unsure"), 1, 1 },
	{ "comment", FIELD_LINES, 0, ANSWER_COMMENT_MAX },
	{ "seen", FIELD_INT, 0, INT64_MAX },
	{ "looked", FIELD_CHOICE("yes"), 0, 1 },
	{ "press", FIELD_CODE, 2 * PROXY_PRESS_LEN, 2 * PROXY_PRESS_LEN },
	{ "back", FIELD_TEXT, 0, BACK_LEN },
};

/* One may know whether somebody is safe, and not whether he can come: so no
 * question must be answered, but one. */
static struct given *tellable(struct request *req,
			      const struct question *questions)
{
	struct given *list = NULL, **end = &list;

	for (const struct question *q = questions; q != NULL; q = q->next) {
		struct given *g = arena_alloc(req->arena, sizeof(*g));
		int64_t *ids;

		g->id = q->id;
		g->kind = q->kind;
		for (const struct choice *c = q->choices; c; c = c->next)
			g->count++;
		ids = arena_array(req->arena, g->count, sizeof(*ids));
		g->choices = ids;
		for (const struct choice *c = q->choices; c; c = c->next)
			*ids++ = c->id;
		*end = g;
		end = &g->next;
	}
	return list;
}

static void read_proxy(struct request *req, const struct given *list,
		       struct proxy *p)
{
	size_t n = LEN(proxy_fields), most = n + BROADCAST_QUESTIONS_MAX;
	/* The form looks at its fields as long as it is used. */
	struct field *fields = arena_array(req->arena, most, sizeof(*fields));

	for (size_t i = 0; i < n; i++)
		fields[i] = proxy_fields[i];
	n += given_fields(req, list, fields + n, BROADCAST_QUESTIONS_MAX);
	form_read(req, fields, n);
	p->choices = given_choices(req, list);
	p->texts = given_texts(req, list);
	p->comment = form_text(req, "comment");
	p->source = form_text(req, "source");
	p->means = form_text(req, "means");
	p->certainty = form_text(req, "certainty");
	p->seen = form_int(req, "seen");
	if (*p->choices == '\0' && *p->texts == '\0')
		form_error(req, given_field(req, list->id),
			   "聞いた内容を、1つは記入してください。");
}

/* An answer of his own is not put aside unseen. */
static void check_looked(struct request *req, const struct view *v)
{
	const struct proxy_answer *own = newest(v->answers, false);

	if (own == NULL)
		return;
	if (own->at > form_int(req, "seen"))
		form_error(req, "looked",
			   "この画面を開いたあとに本人の回答が届きました。上の"
			   "本人の回答を見て、まだ要るなら記録してください。");
	else if (!form_has(req, "looked"))
		form_error(req, "looked",
			   "本人の回答があります。内容を見たうえで、印を付けて"
			   "ください。");
}

static int store_proxy(struct request *req, struct view *v,
		       const struct proxy *p)
{
	struct audit audit = request_audit(req);

	switch (proxy_store(req->db, req->account, &audit, p)) {
	case PROXY_STORED:
		return redirect_done(req, req->name, "proxy");
	case PROXY_UNSEEN:
		if (open_view(req, v) != 1)
			return 500;
		check_looked(req, v);
		return show_view(req, v, back_query(req));
	case PROXY_PRESS_USED:
		tell_used(req, "source",
			  "この画面からは、すでに別の代理の回答を記録しました"
			  "（下の「これまでの回答」）。いまの内容はまだ記録し"
			  "ていません。要るなら、もう一度押してください。");
		return show_view(req, v, back_query(req));
	case PROXY_NOT_FOUND:
		return 404;
	default:
		return 500;
	}
}

static int enter_proxy(struct request *req)
{
	unsigned char press[PROXY_PRESS_LEN];
	struct proxy p = { .broadcast = req->id, .press = press };
	struct view v;
	int found = open_view(req, &v);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (v.questions == NULL)
		return 404; /* nothing was asked */
	p.user = v.person->user;
	read_proxy(req, tellable(req, v.questions), &p);
	check_looked(req, &v);
	if (form_failed(req))
		return show_view(req, &v, back_query(req));
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	return store_proxy(req, &v, &p);
}

static int settle(struct request *req)
{
	struct audit audit = request_audit(req);
	struct view v;
	int found = open_view(req, &v);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, back_fields, LEN(back_fields));
	/* Pressed twice, or by two: it is settled either way. */
	if (proxy_settle(req->db, req->account, &audit, req->id,
			 v.person->user) < 0)
		return 500;
	return redirect_done(req, req->name, "settle");
}

/* Replying ----------------------------------------------------------------- */

static const struct field reply_fields[] = {
	FILTER_FIELDS,
	{ "body", FIELD_LINES, 1, REPLY_BODY_MAX },

	{ "expected", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, 2 * REPLY_PRESS_LEN, 2 * REPLY_PRESS_LEN },
	{ "back", FIELD_TEXT, 0, BACK_LEN },
};
enum { REPLY_CONTROLS = 3 }; /* the last: of the page, not of the reply */

/* Whom it goes to: the count, the first of them, and what named them. */
static int show_reply(struct request *req)
{
	struct recipient_query query;
	struct question *questions;
	struct recipient *first;
	struct broadcast b;
	int64_t count;
	int found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (str_eq(req->method, "GET"))
		form_read(req, list_fields, LEN(list_fields));
	read_query(req, &query);
	query.active = true;
	query.most = FIRST;
	found = set_group(req, query.group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	count = recipient_count(req->db, req->account, &query);
	if (count < 0 ||
	    recipient_list(req->db, req->account, &query, &first) < 0 ||
	    broadcast_questions(req->db, b.id, &questions) < 0 ||
	    pick_prefectures(req) < 0)
		return 500;
	set_broadcast(req, &b);
	set_choice(req, questions, query.choice);
	page_set_count(req, "People_count", count);
	page_set_int(req, "People_one", count == 1);
	page_set_int(req, "People_nobody", count == 0);
	page_set(req, "Query", filter_query(req));
	set_new_press(req);
	if (note_read(req, "recipient list",
		      set_people(req, first, questions)) < 0)
		return 500;
	return page_show(req, "answers_reply.cs");
}

static void tell_unsent(struct request *req, int made, int64_t people)
{
	if (made == REPLY_PRESS_USED) {
		tell_used(req, "body",
			  "この画面からは、すでに別の返信を送りました。いまの"
			  "内容はまだ送っていません。送るなら、もう一度押して"
			  "ください。");
		return;
	}
	form_error(
		req, "expected",
		made == REPLY_NOBODY
			? "返信する相手が1人もいません。"
			: arena_fmt(req->arena,
				    "人数が違います。いま返信する相手は %lld "
				    "人です。同じ数を入力してください。",
				    (long long)people));
}

static int send_reply(struct request *req)
{
	unsigned char press[REPLY_PRESS_LEN];
	struct audit audit = request_audit(req);
	struct recipient_query query;
	struct reply_draft d = {
		.to = &query,
		.account = req->account,
		.audit = &audit,
		.press = press,
	};
	struct broadcast b;
	int64_t people;
	int made, found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!form_read(req, reply_fields, LEN(reply_fields)))
		return show_reply(req);
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	read_query(req, &query);
	d.body = form_text(req, "body");
	d.expected = form_int(req, "expected");
	d.content = form_keep(req, reply_fields,
			      LEN(reply_fields) - REPLY_CONTROLS);
	made = reply_make(req->db, &d, &people);
	if (made < 0)
		return 500;
	if (made != REPLY_MADE) {
		tell_unsent(req, made, people);
		return show_reply(req);
	}
	if (query.user != 0)
		return redirect_done(req, form_text(req, "user"), "reply");
	return page_redirect(req,
			     arena_fmt(req->arena,
				       "/broadcasts/%" PRId64
				       "/answers?done=reply&%s",
				       req->id, filter_query(req)),
			     0);
}

static const struct route routes[] = {
	{ "GET", "/broadcasts/{id}/answers", GUARD_GROUP_ADMIN, show_list },
	{ "GET", "/broadcasts/{id}/people", GUARD_GROUP_ADMIN, lead_to_list },
	{ "GET", "/broadcasts/{id}.csv", GUARD_GROUP_ADMIN, export },
	{ "GET", "/broadcasts/{id}/answers/{name}", GUARD_GROUP_ADMIN,
	  show_person },
	{ "POST", "/broadcasts/{id}/answers/{name}/proxy", GUARD_GROUP_ADMIN,
	  enter_proxy },
	{ "POST", "/broadcasts/{id}/answers/{name}/settle", GUARD_GROUP_ADMIN,
	  settle },
	{ "GET", "/broadcasts/{id}/reply", GUARD_GROUP_ADMIN, show_reply },
	{ "POST", "/broadcasts/{id}/reply", GUARD_GROUP_ADMIN, send_reply },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
