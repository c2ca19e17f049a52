/* Commands about broadcasts, their counts, links and the queue.  Source:
 * DESIGN 10. */
#include "tool/command.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/config.h"
#include "base/str.h"
#include "base/token.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/message.h"
#include "model/questions.h"
#include "model/recipient.h"
#include "model/tally.h"

enum {
	PAGE = 1000,		   /* rows of a query */
	FILE_MAX_LEN = 256 * 1024, /* bytes of a body or of questions */
};

/* Lists ---------------------------------------------------------------------*/

static json_t *broadcast_json(const struct broadcast *b)
{
	return json_pack(
		"{s:I, s:o, s:s, s:s, s:s, s:o, s:I, s:I,"
		" s:{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}}",
		"id", (json_int_t)b->id, "event",
		b->event == 0 ? json_null() : json_integer(b->event), "kind",
		b->kind, "subject", b->subject, "state", b->state, "retry_of",
		b->root == b->id ? json_null() : json_integer(b->root),
		"recipients", (json_int_t)b->recipients, "answered",
		(json_int_t)b->answered, "messages", "queued",
		(json_int_t)b->queued, "sending", (json_int_t)b->sending,
		"handed", (json_int_t)b->handed, "accepted",
		(json_int_t)b->accepted, "deferred", (json_int_t)b->deferred,
		"bounced", (json_int_t)b->bounced, "refused",
		(json_int_t)b->refused, "cancelled", (json_int_t)b->cancelled);
}

static void print_broadcast(const struct broadcast *b)
{
	printf("%lld %s %s %lld asked, %lld answered, %lld of %lld mails "
	       "handed, %lld refused: %s\n",
	       (long long)b->id, b->kind, b->state, (long long)b->recipients,
	       (long long)b->answered, (long long)b->handed,
	       (long long)b->messages, (long long)b->refused, b->subject);
}

static int broadcasts(struct command_line *line)
{
	struct broadcast_filter filter = { .most = PAGE };
	struct broadcast *list;
	json_t *all;

	if (!command_rest(line, 0, 0))
		return COMMAND_USAGE;
	all = json_array();
	do {
		if (broadcast_list(line->db, 0, &filter, &list) < 0)
			return COMMAND_REFUSED;
		for (struct broadcast *b = list; b != NULL; b = b->next) {
			filter.before = b->id;
			if (line->json)
				json_array_append_new(all, broadcast_json(b));
			else
				print_broadcast(b);
		}
	} while (list != NULL);
	return command_end(line, all);
}

/* Says so if there is none. */
static bool find(struct command_line *line, int64_t id, struct broadcast *out)
{
	int rc = broadcast_find(line->db, 0, id, out);

	if (rc == 0)
		command_refuse("no such broadcast: %lld", (long long)id);
	return rc > 0;
}

/* tally ---------------------------------------------------------------------*/

static int64_t people_in(const struct tally *list, enum tally_kind kind,
			 int64_t item)
{
	for (const struct tally *t = list; t != NULL; t = t->next)
		if (t->kind == kind && t->item == item)
			return t->people;
	return 0;
}

static json_t *questions_json(const struct question *list,
			      const struct tally *counts)
{
	json_t *all = json_array();

	for (const struct question *q = list; q != NULL; q = q->next) {
		json_t *choices = json_array();

		for (const struct choice *c = q->choices; c != NULL;
		     c = c->next)
			json_array_append_new(
				choices, json_pack("{s:I, s:s, s:I}", "id",
						   (json_int_t)c->id, "text",
						   c->text, "count",
						   (json_int_t)people_in(
							   counts, TALLY_CHOICE,
							   c->id)));
		json_array_append_new(all,
				      json_pack("{s:I, s:s, s:o}", "id",
						(json_int_t)q->id, "text",
						q->text, "choices", choices));
	}
	return all;
}

static void print_questions(const struct question *list,
			    const struct tally *counts)
{
	for (const struct question *q = list; q != NULL; q = q->next) {
		printf("%s\n", q->text);
		for (const struct choice *c = q->choices; c != NULL;
		     c = c->next)
			printf("  %lld %s\n",
			       (long long)people_in(counts, TALLY_CHOICE,
						    c->id),
			       c->text);
	}
}

static int tally(struct command_line *line)
{
	static const int64_t everybody;
	struct question *questions;
	struct tally *counts;
	struct broadcast b;
	int64_t id, answered, asked;

	if (!command_rest(line, 1, 1) || !command_id(line, 0, &id))
		return COMMAND_USAGE;
	if (!find(line, id, &b))
		return COMMAND_REFUSED;
	if (tally_fresh(line->db, arena_fmt(line->db->arena, "[%lld]",
					    (long long)b.root)) < 0 ||
	    tally_read(line->db, b.root, &everybody, 1, &counts) < 0 ||
	    broadcast_questions(line->db, id, &questions) < 0)
		return COMMAND_REFUSED;
	asked = people_in(counts, TALLY_ASKED, 0);
	answered = people_in(counts, TALLY_ANSWERED, 0);
	if (line->json)
		return command_print(json_pack(
			"{s:I, s:I, s:I, s:I, s:o}", "broadcast",
			(json_int_t)b.root, "recipients", (json_int_t)asked,
			"answered", (json_int_t)answered, "unanswered",
			(json_int_t)(asked - answered), "questions",
			questions_json(questions, counts)));
	printf("broadcast %lld: %lld asked, %lld answered, %lld not\n",
	       (long long)b.root, (long long)asked, (long long)answered,
	       (long long)(asked - answered));
	print_questions(questions, counts);
	return COMMAND_DONE;
}

/* links ---------------------------------------------------------------------*/

static const struct token_keys *link_keys(struct arena *a)
{
	return token_keys_load(
		arena_fmt(a, "%s/link.keys", config_must("Path.Keys")));
}

static int links(struct command_line *line)
{
	const char *site = config_must("Site.Url");
	const struct token_keys *keys;
	struct recipient_link *list;
	int64_t id, after = 0;
	struct broadcast b;
	json_t *all;

	if (!command_rest(line, 1, 1) || !command_id(line, 0, &id))
		return COMMAND_USAGE;
	if (!find(line, id, &b))
		return COMMAND_REFUSED;
	keys = link_keys(line->arena);
	if (keys == NULL)
		return COMMAND_REFUSED;
	all = json_array();
	do {
		arena_reset(line->arena);
		if (recipient_links(line->db, id, after, PAGE, &list) < 0)
			return COMMAND_REFUSED;
		for (struct recipient_link *l = list; l; l = l->next) {
			const char *url = arena_fmt(
				line->arena, "%s/r/%s", site,
				token_make(line->arena, keys, TOKEN_ANSWER,
					   (uint32_t)l->root, (uint32_t)l->user,
					   l->generation));

			after = l->user;
			if (line->json)
				json_array_append_new(
					all,
					json_pack("{s:s, s:s}", "staff_no",
						  l->staff_no, "url", url));
			else
				printf("%s %s\n", l->staff_no, url);
		}
	} while (list != NULL);
	return command_end(line, all);
}

static int queue(struct command_line *line)
{
	struct message_queue q;

	if (!command_rest(line, 0, 0))
		return COMMAND_USAGE;
	if (message_queue(line->db, &q) < 0)
		return COMMAND_REFUSED;
	if (line->json)
		return command_print(json_pack(
			"{s:I, s:I, s:I}", "queued", (json_int_t)q.queued,
			"sending", (json_int_t)q.sending, "oldest_seconds",
			(json_int_t)q.oldest_seconds));
	printf("%lld queued, %lld sending, the oldest for %lld s\n",
	       (long long)q.queued, (long long)q.sending,
	       (long long)q.oldest_seconds);
	return COMMAND_DONE;
}

/* send ----------------------------------------------------------------------*/

static bool is_word(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* The questions of --questions: the word safety, or a file.  False if they
 * are not to be had. */
static bool find_questions(struct command_line *line, const char *path,
			   struct question **out)
{
	const char *why;
	char *bytes;
	size_t len;

	*out = NULL;
	if (path == NULL)
		return true;
	if (str_eq(path, "safety")) {
		*out = broadcast_safety_questions(line->arena);
		return true;
	}
	bytes = command_read(line, path, FILE_MAX_LEN, &len);
	if (bytes == NULL)
		return false;
	*out = questions_parse(line->arena, bytes, len, &why);
	if (*out == NULL)
		command_refuse("%s: %s", why, path);
	return *out != NULL;
}

/* The targets of every --to.  False if one is not to be found. */
static bool find_targets(struct command_line *line, struct target **out)
{
	const char *text;

	*out = NULL;
	while ((text = command_option(line, "to")) != NULL) {
		struct target *t = arena_alloc(line->arena, sizeof(*t));
		int rc = target_parse(line->db, 0, text, t);

		if (rc <= 0) {
			if (rc == 0)
				command_refuse("no such target: %s", text);
			return false;
		}
		t->next = *out;
		*out = t;
	}
	return true;
}

static int say_made(struct command_line *line, int rc, int64_t id,
		    int64_t people)
{
	switch (rc) {
	case BROADCAST_MADE:
		break;
	case BROADCAST_NOBODY:
		return command_refuse("there is nobody to send to");
	case BROADCAST_OTHER_COUNT:
		return command_refuse("it would go to %lld people",
				      (long long)people);
	case BROADCAST_NOT_ALLOWED:
		return command_refuse("not a broadcast that can be sent again");
	case BROADCAST_ASKED_LATELY:
		return command_refuse("sent again less than %d minutes ago,"
				      " as broadcast %lld",
				      BROADCAST_RETRY_MIN, (long long)id);
	default:
		return COMMAND_REFUSED;
	}
	if (line->json)
		return command_print(json_pack("{s:I, s:I}", "broadcast",
					       (json_int_t)id, "people",
					       (json_int_t)people));
	printf("broadcast %lld to %lld people\n", (long long)id,
	       (long long)people);
	return COMMAND_DONE;
}

/* --expect NUMBER; -1 without it.  False if it is no number. */
static bool read_expected(struct command_line *line, int64_t *out)
{
	const char *text = command_option(line, "expect");
	long long n = -1;

	if (text != NULL && !str_to_int(text, 1, UINT32_MAX, &n))
		return false;
	*out = n;
	return true;
}

/* The database would refuse what is longer, and the log would not say why. */
static bool is_subject(const char *text)
{
	return charset_is_utf8(text, strlen(text)) && *text != '\0' &&
	       str_characters(text) <= BROADCAST_SUBJECT_MAX &&
	       strpbrk(text, "\r\n\t") == NULL;
}

static int send_it(struct command_line *line)
{
	static const char *const kinds[] = { "safety", "info", "notice",
					     "drill" };
	const char *questions = command_option(line, "questions");
	const char *kind = command_option(line, "kind");
	const char *body = command_option(line, "body");
	struct broadcast_draft d = {
		.subject = command_option(line, "subject"),
	};
	int64_t id, people;
	size_t len;
	int rc;

	d.kind = kind != NULL		       ? kind
		 : str_eq(questions, "safety") ? "safety"
					       : "notice";
	if (!find_targets(line, &d.targets) ||
	    !find_questions(line, questions, &d.questions))
		return COMMAND_REFUSED;
	if (d.subject == NULL || body == NULL || d.targets == NULL ||
	    !read_expected(line, &d.expected) || !command_rest(line, 0, 0) ||
	    !is_word(d.kind, kinds, LEN(kinds)))
		return COMMAND_USAGE;
	d.body = command_read(line, body, FILE_MAX_LEN, &len);
	if (d.body == NULL)
		return COMMAND_REFUSED;
	if (!charset_is_utf8(d.body, len) || strlen(d.body) != len)
		return command_refuse("not UTF-8: %s", body);
	if (str_characters(d.body) > BROADCAST_BODY_MAX ||
	    !is_subject(d.subject))
		return command_refuse("subject or body too long or not a text");
	rc = broadcast_make(line->db, &d, &id, &people);
	return say_made(line, rc, id, people);
}

static int retry(struct command_line *line)
{
	struct broadcast_draft d = { 0 };
	int64_t id, people;
	int rc;

	if (!read_expected(line, &d.expected) || !command_rest(line, 1, 1) ||
	    !command_id(line, 0, &d.retry_of))
		return COMMAND_USAGE;
	rc = broadcast_make(line->db, &d, &id, &people);
	return say_made(line, rc, id, people);
}

const struct command commands_broadcasts[] = {
	{ "broadcasts", "", broadcasts, false },
	{ "tally", "BROADCAST", tally, false },
	{ "links", "BROADCAST", links, false },
	{ "queue", "", queue, false },
	{ "send",
	  "--to all|group:CODE|region:13|user:NUMBER ... --subject TEXT "
	  "--body FILE [--questions safety|FILE] [--kind KIND] "
	  "[--expect NUMBER]",
	  send_it, false },
	{ "retry", "BROADCAST [--expect NUMBER]", retry, false },
	{ 0 },
};
