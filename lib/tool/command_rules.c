/* Rules tried against history.  Source: B10; DESIGN 10. */
#include "tool/command.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/rule.h"
#include "model/telegram.h"
#include "model/trial.h"

enum { RULES_MAX = 200 };

static const int64_t day_len = INT64_C(24) * 60 * TIME_MINUTE;

/* A file of the folder. */
struct file {
	const char *path, *name;
	int64_t at; /* issued */
};

/* Files ---------------------------------------------------------------------*/

static void close_file(void *f)
{
	fclose(f);
}

static void close_folder(void *d)
{
	closedir(d);
}

/* The bytes of a file, NULL with *why. */
static char *read_file(struct arena *a, const char *path, size_t *len,
		       const char **why)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "rb");
	struct stat st;
	char *bytes;

	*why = strerror(errno);
	if (f == NULL) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	arena_defer(a, close_file, f);
	*why = "not a file";
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	*why = "too large";
	if (st.st_size > TELEGRAM_BYTES_MAX)
		return NULL;
	*why = "not readable";
	*len = (size_t)st.st_size;
	bytes = arena_alloc(a, *len + 1);
	return fread(bytes, 1, *len, f) == *len ? bytes : NULL;
}

static int by_time(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* The dates of all files, so that they can be taken in the order in which they
 * were issued.  How many there are. */
static size_t date_files(struct trial *t, struct file *files, size_t count)
{
	struct arena *scratch = arena_new();
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const char *why;
		size_t len;
		char *bytes = read_file(scratch, files[i].path, &len, &why);

		if (bytes == NULL) {
			trial_fault(t, command_printable(files[i].name), why);
		} else {
			files[i].at = telegram_issued_at(scratch, bytes, len);
			if (files[i].at == 0)
				trial_fault(t, command_printable(files[i].name),
					    "does not say when it was issued");
			else
				files[kept++] = files[i];
		}
		arena_reset(scratch);
	}
	arena_free(scratch);
	qsort(files, kept, sizeof(*files), by_time);
	return kept;
}

/* Lists a folder.  How many files, or -1 with a word on stderr. */
static int list_folder(struct command_line *line, const char *path,
		       struct file **out)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int n = 0;

	if (dir == NULL) {
		command_refuse("%s: %s", path, strerror(errno));
		return -1;
	}
	arena_defer(line->arena, close_folder, dir);
	*out = arena_array(line->arena, TRIAL_TELEGRAMS_MAX, sizeof(**out));
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (n == TRIAL_TELEGRAMS_MAX) {
			command_refuse("%s: more than %d files", path,
				       TRIAL_TELEGRAMS_MAX);
			return -1;
		}
		(*out)[n].name = arena_strdup(line->arena, entry->d_name);
		(*out)[n].path =
			arena_fmt(line->arena, "%s/%s", path, entry->d_name);
		n++;
	}
	return n;
}

static int take_folder(struct trial *t, struct file *files, int count)
{
	size_t n = date_files(t, files, (size_t)count);
	struct arena *scratch = arena_new();
	int rc = 1;

	for (size_t i = 0; i < n && rc > 0; i++) {
		const char *why;
		size_t len;
		char *bytes = read_file(scratch, files[i].path, &len, &why);

		if (bytes == NULL)
			trial_fault(t, command_printable(files[i].name), why);
		else
			rc = trial_take(t, command_printable(files[i].name),
					bytes, len, files[i].at);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return rc < 0 ? -1 : 0;
}

/* Which rules ---------------------------------------------------------------*/

static bool is_rule(const struct rule *r, int64_t id)
{
	while (r != NULL && r->id != id)
		r = r->next;
	return r != NULL;
}

/* True if text is a list of rules that there are, "3,14", or NULL.  Else says
 * so: a trial without the rule that is meant would mislead. */
static bool is_list(const char *text, const struct rule *rules)
{
	for (const char *at = text; at != NULL && *at != '\0';) {
		char *end;
		long long id = strtoll(at, &end, 10);

		if (end == at || (*end != ',' && *end != '\0')) {
			command_refuse("not a list of rules: %s", text);
			return false;
		}
		if (!is_rule(rules, id)) {
			command_refuse("there is no rule %lld", id);
			return false;
		}
		at = *end == ',' ? end + 1 : end;
	}
	return true;
}

static bool lists(const char *text, int64_t id)
{
	while (text != NULL && *text != '\0') {
		char *end;

		if (strtoll(text, &end, 10) == id)
			return true;
		text = *end == ',' ? end + 1 : end;
	}
	return false;
}

/* Reads --on and --off.  False, with a word on stderr. */
static bool read_draft(struct command_line *line, struct trial_draft *out)
{
	const char *on = command_option(line, "on");
	const char *off = command_option(line, "off");
	const struct rule_filter filter = { 0 };
	int64_t *ids = arena_array(line->arena, RULES_MAX, sizeof(*ids));
	struct rule *r;

	*out = (struct trial_draft){ .on = ids };
	out->switched = on != NULL || off != NULL;
	if (!out->switched)
		return true;
	if (rule_list(line->db, &filter, &r) < 0 || !is_list(on, r) ||
	    !is_list(off, r))
		return false;
	for (; r != NULL && out->on_count < RULES_MAX; r = r->next)
		if (lists(on, r->id) || (!lists(off, r->id) && r->active))
			ids[out->on_count++] = r->id;
	return true;
}

/* What came of it -----------------------------------------------------------*/

static const char *kind_text(enum trial_kind kind)
{
	static const char *const words[] = {
		[TRIAL_INFORM] = "inform",     [TRIAL_PAGE] = "page",
		[TRIAL_PREPARE] = "prepare",   [TRIAL_MORE] = "more",
		[TRIAL_WITHDRAW] = "withdraw",
	};

	return words[kind];
}

static json_t *time_json(struct arena *a, int64_t at)
{
	return at == 0 ? json_null() : json_string(time_iso(a, at));
}

static json_t *acts_json(struct arena *a, const struct trial_act *act)
{
	json_t *list = json_array();

	for (; act != NULL; act = act->next)
		json_array_append_new(
			list,
			json_pack("{s:s, s:s, s:I, s:s, s:s, s:s, s:I, s:o,"
				  " s:b, s:I, s:s, s:s, s:b}",
				  "at", time_iso(a, act->at), "act",
				  kind_text(act->kind), "rule",
				  (json_int_t)act->rule, "name", act->rule_name,
				  "mark", act->mark, "subject", act->subject,
				  "people", (json_int_t)act->people, "send_at",
				  time_json(a, act->send_at), "overtaken",
				  (int)act->overtaken, "event",
				  (json_int_t)act->event, "kind",
				  act->event_kind, "title", act->title,
				  "aftershock", (int)act->aftershock));
	return list;
}

static json_t *rules_json(const struct trial_rule *r)
{
	json_t *list = json_array();

	for (; r != NULL; r = r->next)
		json_array_append_new(
			list,
			json_pack("{s:I, s:s, s:s, s:s, s:b, s:b, s:I, s:I,"
				  " s:I}",
				  "id", (json_int_t)r->id, "name", r->name,
				  "kind", r->kind, "action", r->action,
				  "active", (int)r->active, "nobody",
				  (int)r->nobody, "acts", (json_int_t)r->acts,
				  "people", (json_int_t)r->people, "most",
				  (json_int_t)r->most));
	return list;
}

static json_t *faults_json(const struct trial_fault *f)
{
	json_t *list = json_array();

	for (; f != NULL; f = f->next)
		json_array_append_new(list,
				      json_pack("{s:s, s:s}", "file", f->name,
						"reason", f->reason));
	return list;
}

static int print_json(struct arena *a, const struct trial_result *r)
{
	return command_print(json_pack(
		"{s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:f}", "telegrams",
		(json_int_t)r->telegrams, "applied", (json_int_t)r->applied,
		"events", (json_int_t)r->events, "count",
		(json_int_t)r->act_count, "acts", acts_json(a, r->acts),
		"rules", rules_json(r->rules), "faults", faults_json(r->faults),
		"stopped_at", time_json(a, r->stopped_at), "seconds",
		(double)r->took / TIME_SECOND));
}

static void print_text(struct arena *a, const struct trial_result *r)
{
	for (const struct trial_act *act = r->acts; act != NULL;
	     act = act->next)
		printf("%.16s\t%s\t%lld people\t%s\t%s%s%s%s%s\n",
		       time_iso(a, act->at), kind_text(act->kind),
		       (long long)act->people, act->rule_name, act->subject,
		       act->aftershock ? "\taftershock" : "",
		       act->send_at == 0 ? "" : "\twaits until ",
		       time_iso(a, act->send_at),
		       act->overtaken ? ", overtaken before" : "");
	for (const struct trial_rule *rule = r->rules; rule != NULL;
	     rule = rule->next)
		if (rule->active || rule->acts > 0)
			printf("rule %lld\t%lld times\t%lld people\t%s%s\n",
			       (long long)rule->id, (long long)rule->acts,
			       (long long)rule->people, rule->name,
			       rule->nobody ? "\tno readers" : "");
	printf("%lld telegrams, %lld applied, %lld events, %lld acts, "
	       "%.1f s; nobody was mailed\n",
	       (long long)r->telegrams, (long long)r->applied,
	       (long long)r->events, (long long)r->act_count,
	       (double)r->took / TIME_SECOND);
}

static int print(struct command_line *line, const struct trial_result *r)
{
	int status = COMMAND_DONE;

	if (line->json)
		status = print_json(line->arena, r);
	else
		print_text(line->arena, r);
	for (const struct trial_fault *f = r->faults; f != NULL; f = f->next)
		status = command_refuse("%s: %s", f->name, f->reason);
	if (r->stopped_at != 0)
		status = command_refuse("stopped after %d s at %s",
					TRIAL_SECONDS,
					time_iso(line->arena, r->stopped_at));
	return status;
}

/* Of stored days: 1, or an exit status below 1 is a failure already told. */
static int take_days(struct command_line *line, struct trial *t,
		     const char *day, const char *last)
{
	int64_t from = trial_day_begin(line->arena, day);
	int64_t to = last == NULL ? from : trial_day_begin(line->arena, last);
	int rc;

	if (from == 0 || to == 0) {
		command_refuse("not a day: %s", from == 0      ? day
						: last == NULL ? ""
							       : last);
		return -1;
	}
	if (to < from || to - from >= TRIAL_DAYS_MAX * day_len) {
		command_refuse("1 to %d days can be tried", TRIAL_DAYS_MAX);
		return -1;
	}
	rc = trial_stored(t, from, to + day_len);
	if (rc == 0)
		command_refuse("more than %d telegrams", TRIAL_TELEGRAMS_MAX);
	return rc > 0 ? 0 : -1;
}

static int replay(struct command_line *line)
{
	const char *day = command_option(line, "day");
	const char *last = command_option(line, "to");
	struct file *files = NULL;
	struct trial_result result;
	struct trial_draft draft;
	struct trial *t;
	int count = 0;

	if (!read_draft(line, &draft))
		return COMMAND_REFUSED;
	if (!command_rest(line, day == NULL ? 1 : 0, day == NULL ? 1 : 0) ||
	    (day == NULL && last != NULL))
		return COMMAND_USAGE;
	if (day == NULL)
		count = list_folder(line, line->argv[0], &files);
	if (count < 0 ||
	    trial_open(line->db, db_beside(line->db), &draft, &t) < 0)
		return COMMAND_REFUSED;
	if ((day != NULL ? take_days(line, t, day, last)
			 : take_folder(t, files, count)) < 0 ||
	    trial_end(t, &result) < 0)
		return COMMAND_REFUSED;
	return print(line, &result);
}

const struct command commands_rules[] = {
	{ "replay",
	  "DIR | --day YYYY-MM-DD [--to YYYY-MM-DD] [--on RULE,...] "
	  "[--off RULE,...]",
	  replay, false },
	{ 0 },
};
