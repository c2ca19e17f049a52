/* Commands about telegrams, events and what is decided.  Source: DESIGN 10. */
#include "tool/command.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/stage.h"
#include "model/telegram.h"

enum { TOGETHER = 20 }; /* files that are taken in one transaction */

/* JSON has null for what is not known. */
static json_t *time_json(struct arena *a, int64_t at)
{
	return at == 0 ? json_null() : json_string(time_iso(a, at));
}

static json_t *id_json(int64_t id)
{
	return id == 0 ? json_null() : json_integer(id);
}

/* ingest --------------------------------------------------------------------*/

static int print_taken(struct command_line *line,
		       const struct telegram_given *g, json_t *list)
{
	const struct telegram_taken *taken = &g->taken;
	const char *outcome = telegram_outcome_text(taken->outcome);

	if (g->failed)
		return command_refuse("%s: could not be stored", g->name);
	if (line->json)
		json_array_append_new(
			list, json_pack("{s:s, s:I, s:o, s:s, s:s}", "file",
					command_printable(g->name), "telegram",
					(json_int_t)taken->telegram, "event",
					id_json(taken->event), "outcome",
					outcome, "reason", taken->reason));
	else
		printf("%s: %s, telegram %lld, event %lld%s%s\n", g->name,
		       outcome, (long long)taken->telegram,
		       (long long)taken->event,
		       *taken->reason == '\0' ? "" : ": ", taken->reason);
	return taken->outcome == TELEGRAM_REFUSED
		       ? command_refuse("%s: %s", g->name, taken->reason)
		       : COMMAND_DONE;
}

/* Takes files together, and says so when they are stored. */
static int ingest_some(struct command_line *line, char **paths, int count,
		       json_t *list)
{
	struct telegram_given *given = NULL, **end = &given;
	int status = COMMAND_DONE;

	arena_reset(line->arena);
	for (int i = 0; i < count; i++) {
		struct telegram_given *g = arena_alloc(line->arena, sizeof(*g));
		const char *name = strrchr(paths[i], '/');

		g->name = name == NULL ? paths[i] : name + 1;
		g->bytes = command_read(line, paths[i], TELEGRAM_BYTES_MAX + 1,
					&g->len);
		if (g->bytes == NULL) {
			status = COMMAND_REFUSED;
			continue;
		}
		*end = g;
		end = &g->next;
	}
	*end = NULL;
	if (given != NULL)
		telegram_take_all(line->db, "command", given, time_now());
	for (; given != NULL; given = given->next)
		if (print_taken(line, given, list) != COMMAND_DONE)
			status = COMMAND_REFUSED;
	return status;
}

static int ingest(struct command_line *line)
{
	int status = COMMAND_DONE;
	json_t *list;

	if (!command_rest(line, 1, line->argc))
		return COMMAND_USAGE;
	list = json_array();
	for (int i = 0; i < line->argc; i += TOGETHER) {
		int count =
			line->argc - i < TOGETHER ? line->argc - i : TOGETHER;

		if (ingest_some(line, line->argv + i, count, list) !=
		    COMMAND_DONE)
			status = COMMAND_REFUSED;
	}
	return command_end(line, list) == COMMAND_DONE ? status
						       : COMMAND_REFUSED;
}

/* events --------------------------------------------------------------------*/

static json_t *regions_json(const struct event_region *regions)
{
	json_t *list = json_array();

	for (; regions != NULL; regions = regions->next)
		if (regions->rank > 0)
			json_array_append_new(
				list,
				json_pack("{s:s, s:s, s:s}", "code",
					  regions->code, "name", regions->name,
					  "level", regions->level));
	return list;
}

static json_t *mails_json(const struct event_mail *mails, bool by_rule)
{
	json_t *list = json_array();

	for (; mails != NULL; mails = mails->next)
		if (mails->by_rule == by_rule)
			json_array_append_new(
				list,
				json_integer((json_int_t)mails->broadcast));
	return list;
}

static json_t *event_json(struct arena *a, const struct event *e,
			  const struct event_region *regions,
			  const struct event_mail *mails)
{
	return json_pack(
		"{s:I, s:s, s:s, s:s, s:b, s:s, s:o, s:s, s:s, s:s,"
		" s:s, s:o, s:s, s:o, s:i, s:s, s:o, s:o, s:b, s:o,"
		" s:o}",
		"id", (json_int_t)e->id, "kind", e->kind, "key", e->key,
		"state", e->state, "drill", (int)e->drill, "title", e->title,
		"occurred_at", time_json(a, e->occurred_at), "max_level",
		e->max_level, "epicentre", e->epicentre, "magnitude",
		e->magnitude, "tsunami", e->tsunami, "parent",
		id_json(e->parent), "reason", e->reason, "regions",
		regions_json(regions), "rank", e->rank, "headline", e->headline,
		"ends_at", time_json(a, e->ends_at), "closed_at",
		time_json(a, e->closed_at), "by_hand", *e->made_by != '\0',
		"checks", mails_json(mails, false), "information",
		mails_json(mails, true));
}

static int events(struct command_line *line)
{
	struct event_filter filter = { .state = command_option(line, "state"),
				       .kind = command_option(line, "kind") };
	json_t *list;
	struct event *e;

	if (!command_rest(line, 0, 0))
		return COMMAND_USAGE;
	if (event_list(line->db, &filter, &e) < 0)
		return COMMAND_REFUSED;
	list = json_array();
	for (; e != NULL; e = e->next) {
		struct event_region *regions;
		struct event_mail *mails;

		if (event_regions(line->db, e->id, &regions) < 0 ||
		    event_mails(line->db, e->id, &mails) < 0)
			return COMMAND_REFUSED;
		if (line->json)
			json_array_append_new(list, event_json(line->arena, e,
							       regions, mails));
		else
			printf("%lld\t%s\t%s%s\t%s\n", (long long)e->id,
			       e->state, time_show(line->arena, e->occurred_at),
			       e->drill ? "\tdrill" : "", e->title);
	}
	return command_end(line, list);
}

/* Says so if there is none. */
static bool find(struct command_line *line, int64_t id, struct event *out)
{
	int rc = event_find(line->db, id, out);

	if (rc == 0)
		command_refuse("there is no event %lld", (long long)id);
	return rc > 0;
}

static int stages(struct command_line *line)
{
	struct event event;
	struct stage *s;
	json_t *list;
	int64_t id;

	if (!command_rest(line, 1, 1) || !command_id(line, 0, &id))
		return COMMAND_USAGE;
	if (!find(line, id, &event) || stage_list(line->db, event.id, &s) < 0)
		return COMMAND_REFUSED;
	list = json_array();
	for (; s != NULL; s = s->next) {
		if (line->json)
			json_array_append_new(
				list,
				json_pack("{s:s, s:o, s:o}", "name",
					  stage_text(s->name), "at",
					  time_json(line->arena, s->at),
					  "broadcast", id_json(s->broadcast)));
		else
			printf("%s\t%s\n", time_iso(line->arena, s->at),
			       stage_text(s->name));
	}
	return command_end(line, list);
}

/* Deciding ------------------------------------------------------------------*/

/* In whose name: an account given by --account, else the product's own. */
static bool find_account(struct command_line *line, struct audit *who)
{
	const char *login = command_option(line, "account");
	struct account account;
	int rc;

	*who = (struct audit){ .actor = "anpictl" };
	if (login == NULL)
		return true;
	rc = account_find(line->db, login, &account);
	if (rc == 0)
		command_refuse("there is no account %s", login);
	if (rc <= 0)
		return false;
	who->account = account.id;
	who->actor = account.login;
	return true;
}

/* The number as typed, or without --number the one that counts now. */
static bool find_number(struct command_line *line, const char *text,
			const struct event *event, int64_t *out)
{
	struct event_region *regions;
	struct check check;
	long long n;

	if (text != NULL) {
		if (!str_to_int(text, 0, UINT32_MAX, &n)) {
			command_refuse("not a number: %s", text);
			return false;
		}
		*out = n;
		return true;
	}
	if (event_regions(line->db, event->id, &regions) < 0 ||
	    decision_check(line->db, event, regions, &check) < 0)
		return false;
	*out = check.people;
	return true;
}

static int confirm(struct command_line *line)
{
	const char *number = command_option(line, "number");
	struct confirm confirm = { 0 };
	int64_t id, broadcast, people;
	struct event event;
	struct audit who;

	if (!find_account(line, &who))
		return COMMAND_REFUSED;
	if (!command_rest(line, 1, 1) || !command_id(line, 0, &id))
		return COMMAND_USAGE;
	if (!find(line, id, &event) ||
	    !find_number(line, number, &event, &confirm.number))
		return COMMAND_REFUSED;
	confirm.event = event.id;
	confirm.who = &who;
	switch (decision_confirm(line->db, &confirm, &broadcast, &people)) {
	case DECISION_DONE:
		break;
	case DECISION_NOBODY:
		return command_refuse("nobody lives or works there");
	case DECISION_OTHER_COUNT:
		return command_refuse("%lld people are to be asked, not %lld",
				      (long long)people,
				      (long long)confirm.number);
	case DECISION_NOT_OPEN:
		return command_refuse("no check waits: the event is %s",
				      event.state);
	default:
		return COMMAND_REFUSED;
	}
	if (line->json)
		return command_print(json_pack("{s:I, s:I}", "broadcast",
					       (json_int_t)broadcast, "people",
					       (json_int_t)people));
	printf("broadcast %lld to %lld people\n", (long long)broadcast,
	       (long long)people);
	return COMMAND_DONE;
}

/* A reason that can be stored; if not, says so. */
static bool is_reason(const char *why)
{
	if (charset_is_utf8(why, strlen(why)) &&
	    str_characters(why) <= DECISION_REASON_MAX)
		return true;
	command_refuse("the reason is too long or not UTF-8");
	return false;
}

/* Which event, and in whose name.  The exit status. */
static int begin_act(struct command_line *line, struct audit *who,
		     struct event *event)
{
	int64_t id;

	if (!find_account(line, who))
		return COMMAND_REFUSED;
	if (!command_rest(line, 1, 1) || !command_id(line, 0, &id))
		return COMMAND_USAGE;
	return find(line, id, event) ? COMMAND_DONE : COMMAND_REFUSED;
}

/* rc: 1 done, 0 for the reason given, -1 failed.  With --json the state that
 * the event has then. */
static int end_act(struct command_line *line, struct event *event, int rc,
		   const char *why_not)
{
	if (rc == 0)
		return command_refuse("%s: the event is %s", why_not,
				      event->state);
	if (rc < 0 || event_find(line->db, event->id, event) <= 0)
		return COMMAND_REFUSED;
	return command_end(line, json_pack("{s:I, s:s}", "event",
					   (json_int_t)event->id, "state",
					   event->state));
}

static int reject(struct command_line *line)
{
	const char *why = command_option(line, "why");
	struct event event;
	struct audit who;
	int status = begin_act(line, &who, &event);

	if (status != COMMAND_DONE)
		return status;
	if (why == NULL || *why == '\0')
		return COMMAND_USAGE;
	if (!is_reason(why))
		return COMMAND_REFUSED;
	return end_act(line, &event,
		       decision_reject(line->db, &who, event.id, why),
		       "no check waits");
}

static int fold(struct command_line *line)
{
	const char *why = command_option(line, "why");
	struct event event;
	struct audit who;
	int status = begin_act(line, &who, &event);

	if (status != COMMAND_DONE)
		return status;
	if (why == NULL || *why == '\0')
		why = "余震";
	if (!is_reason(why))
		return COMMAND_REFUSED;
	return end_act(line, &event,
		       decision_fold(line->db, &who, event.id, why),
		       "no aftershock waits");
}

static int reopen(struct command_line *line)
{
	struct event event;
	struct audit who;
	int status = begin_act(line, &who, &event);

	if (status != COMMAND_DONE)
		return status;
	return end_act(line, &event, decision_reopen(line->db, &who, event.id),
		       "nothing to take up again");
}

static int close_event(struct command_line *line)
{
	struct event event;
	struct audit who;
	int status = begin_act(line, &who, &event);

	if (status != COMMAND_DONE)
		return status;
	return end_act(line, &event, event_close(line->db, &who, event.id),
		       "nothing to close");
}

const struct command commands_events[] = {
	{ "ingest", "FILE...", ingest, false },
	{ "events", "[--state STATE] [--kind KIND]", events, false },
	{ "stages", "EVENT", stages, false },
	{ "confirm", "EVENT [--number PEOPLE] [--account LOGIN]", confirm,
	  false },
	{ "reject", "EVENT --why WORDS [--account LOGIN]", reject, false },
	{ "fold", "EVENT [--why WORDS] [--account LOGIN]", fold, false },
	{ "reopen", "EVENT [--account LOGIN]", reopen, false },
	{ "close", "EVENT [--account LOGIN]", close_event, false },
	{ 0 },
};
