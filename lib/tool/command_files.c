/*
 * Commands about files of people, groups, memberships, regions and addresses:
 * in, with a look before, and out.  What is wrong with a file is printed line
 * by line, in Japanese, since it is for those who made the file.  Source: D2j,
 * D2k, D2m; DESIGN 10.
 */
#include "tool/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/export.h"
#include "model/import.h"
#include "tool/hr.h"

enum {
	READ_STEP = 64 * 1024, /* bytes */
	PAGE = 1000,	       /* faults and changes of a query */
};

static const struct audit who = { .actor = "anpictl" };

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* The name is for people: what is no text stands as "?". */
static const char *shown_name(struct arena *a, const char *path)
{
	const char *name = base_name(path);

	if (!charset_is_utf8(name, strlen(name)) ||
	    str_characters(name) > IMPORT_FILE_MAX)
		return "?";
	return arena_strdup(a, name);
}

/* import --------------------------------------------------------------------
 */

static void close_file(void *f)
{
	fclose(f);
}

static int read_file(struct command_line *line, struct import_reader *r,
		     const char *path)
{
	char *buf = arena_alloc(line->arena, READ_STEP);
	FILE *f = str_eq(path, "-") ? stdin : fopen(path, "rbe");
	size_t n;
	int rc = 0;

	if (f == NULL)
		return command_refuse("%s: %s", path, strerror(errno));
	if (f != stdin)
		arena_defer(line->arena, close_file, f);
	while (rc == 0 && (n = fread(buf, 1, READ_STEP, f)) > 0)
		rc = import_feed(r, buf, n);
	memset(buf, 0, READ_STEP);
	if (ferror(f))
		return command_refuse("%s: not readable", path);
	return rc < 0 ? COMMAND_REFUSED : COMMAND_DONE;
}

static int print_faults(struct command_line *line, const struct import *i,
			const char *kind)
{
	struct import_fault *list;
	int64_t at = -1, after = 0;

	do {
		if (import_faults(line->db, i->id, kind, at, after, PAGE,
				  &list) < 0)
			return -1;
		for (struct import_fault *f = list; f != NULL; f = f->next) {
			printf("%s: line %lld: %s%s%s%s\n", kind,
			       (long long)f->line, f->field,
			       *f->field == '\0' ? "" : ": ", f->reason,
			       f->mend);
			at = f->line;
			after = f->id;
		}
	} while (list != NULL);
	return 0;
}

static int print_changes(struct command_line *line, const struct import *i,
			 const char *act)
{
	struct import_change *list;
	const char *item = "";
	size_t fields;
	int64_t at = -1;

	layout_fields(i->kind, &fields);
	do {
		if (import_changes(line->db, i, act, at, item, PAGE, &list) < 0)
			return -1;
		for (struct import_change *c = list; c != NULL; c = c->next) {
			printf("%s: line %lld: %s:", act, (long long)c->line,
			       c->item);
			for (size_t n = 0; n < fields; n++)
				if (!str_eq(c->was[n], c->now[n]))
					printf(" %s -> %s;",
					       *c->was[n] ? c->was[n] : "-",
					       *c->now[n] ? c->now[n] : "-");
			putchar('\n');
			at = c->line;
			item = c->item;
		}
	} while (list != NULL);
	return 0;
}

static json_t *import_json(const struct import *i)
{
	return json_pack(
		"{s:I, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I,"
		" s:I}",
		"import", (json_int_t)i->id, "kind", layout_name(i->kind),
		"state", i->state, "reason", i->reason, "encoding", i->encoding,
		"rows", (json_int_t)i->rows, "added", (json_int_t)i->added,
		"changed", (json_int_t)i->changed, "removed",
		(json_int_t)i->removed, "refused", (json_int_t)i->refused,
		"warned", (json_int_t)i->warned);
}

/* Refused ones, or all, as text; the counts last. */
static int print_import(struct command_line *line, const struct import *i,
			bool all)
{
	static const char *const acts[] = { "added", "changed", "removed" };

	if (line->json)
		return command_print(import_json(i));
	for (size_t n = 0; n < LEN(acts) && all; n++)
		if (print_changes(line, i, acts[n]) < 0)
			return COMMAND_REFUSED;
	if (print_faults(line, i, "warned") < 0 ||
	    print_faults(line, i, "refused") < 0 ||
	    print_faults(line, i, "moved") < 0)
		return COMMAND_REFUSED;
	printf("import %lld: %s: %lld rows (%s): %lld added, %lld changed, "
	       "%lld removed, %lld refused, %lld odd\n",
	       (long long)i->id, i->state, (long long)i->rows, i->encoding,
	       (long long)i->added, (long long)i->changed,
	       (long long)i->removed, (long long)i->refused,
	       (long long)i->warned);
	return COMMAND_DONE;
}

static int confirm_and_apply(struct command_line *line, int64_t id,
			     int64_t typed)
{
	switch (import_confirm(line->db, id, typed, &who)) {
	case IMPORT_CONFIRMED:
		break;
	case IMPORT_UNCHANGING:
		import_cancel(line->db, id, &who);
		return COMMAND_DONE;
	case IMPORT_FAULTY:
		import_refuse(line->db, id, "誤りのある行があります。");
		return command_refuse("nothing applied: see the refused lines");
	case IMPORT_OTHER_COUNT:
		import_cancel(line->db, id, &who);
		return command_refuse(
			"nothing applied: say --remove NUMBER, as counted");
	default:
		return command_refuse("nothing applied");
	}
	switch (import_apply(line->db, id)) {
	case 1:
		return COMMAND_DONE;
	case 0:
		import_cancel(line->db, id, &who);
		return command_refuse("nothing applied: what is stored has "
				      "changed meanwhile; run it again");
	default:
		import_cancel(line->db, id, &who);
		return COMMAND_REFUSED;
	}
}

/* --remove NUMBER; -1 without it. */
static bool read_number(struct command_line *line, int64_t *out)
{
	const char *text = command_option(line, "remove");
	long long n = -1;

	if (text != NULL && !str_to_int(text, 0, UINT32_MAX, &n))
		return false;
	*out = n;
	return true;
}

static int do_import(struct command_line *line, struct import_draft *draft,
		     bool dry, int64_t typed)
{
	const struct import_keys keys = import_keys_configured();
	struct import_reader *r = import_open(line->db, draft, &keys);
	struct import i;
	int64_t id;
	int rc;

	if (r == NULL)
		return COMMAND_REFUSED;
	rc = read_file(line, r, line->argv[1]);
	if (import_close(r, rc == COMMAND_DONE, &id) < 0 ||
	    rc != COMMAND_DONE || import_find(line->db, id, &i) <= 0)
		return COMMAND_REFUSED;
	if (str_eq(i.state, "read") && (import_compare(line->db, id) < 0 ||
					import_find(line->db, id, &i) <= 0))
		return COMMAND_REFUSED;
	if (str_eq(i.state, "refused")) {
		print_import(line, &i, false);
		return command_refuse("nothing applied: %s", i.reason);
	}
	if (dry)
		import_cancel(line->db, id, &who);
	else
		rc = confirm_and_apply(line, id, typed);
	if (import_find(line->db, id, &i) <= 0)
		return COMMAND_REFUSED;
	print_import(line, &i, dry);
	if (dry && i.refused > 0)
		return command_refuse("%lld lines would be refused",
				      (long long)i.refused);
	return rc;
}

static int import(struct command_line *line)
{
	bool dry = command_flag(line, "dry-run");
	struct import_draft draft = {
		.whole = command_flag(line, "whole"),
		.source = "command",
		.audit = &who,
	};
	int64_t typed;
	int kind;

	if (!read_number(line, &typed) || !command_rest(line, 2, 2))
		return COMMAND_USAGE;
	kind = layout_named(line->argv[0]);
	if (kind < 0)
		return COMMAND_USAGE;
	draft.kind = (enum layout_kind)kind;
	draft.file = shown_name(line->arena, line->argv[1]);
	return do_import(line, &draft, dry, typed);
}

/* export --------------------------------------------------------------------
 */

static bool is_reason(const char *text)
{
	return charset_is_utf8(text, strlen(text)) &&
	       str_characters(text) >= EXPORT_REASON_MIN &&
	       str_characters(text) <= EXPORT_REASON_MAX;
}

static int export_it(struct command_line *line)
{
	const char *charset = command_option(line, "charset");
	const char *broadcast = command_option(line, "broadcast");
	struct export_order order = {
		.reason = command_option(line, "reason"),
		.replace = command_flag(line, "replace"),
		.audit = &who,
	};
	struct export_file file;
	long long id = 0;

	/* The audit says who called anpictl; why, only he can tell. */
	if (order.reason == NULL)
		order.reason = "anpictl export";
	if (!command_rest(line, 1, 1) || !is_reason(order.reason))
		return COMMAND_USAGE;
	order.kind = export_named(line->argv[0]);
	if (broadcast != NULL && !str_to_int(broadcast, 1, UINT32_MAX, &id))
		return COMMAND_USAGE;
	order.broadcast = id;
	order.cp932 = str_eq(charset, "cp932");
	if (order.kind < 0 ||
	    (charset != NULL && !order.cp932 && !str_eq(charset, "utf-8")) ||
	    (id == 0) != (order.kind != EXPORT_ANSWERS))
		return COMMAND_USAGE;
	switch (export_make(line->db, &order, &file)) {
	case EXPORT_MADE:
		break;
	case EXPORT_UNFIT:
		return command_refuse(
			"CP932 lacks characters of %lld lines (%s): take "
			"utf-8, or --replace them",
			(long long)file.unfit, file.unfit_lines);
	case EXPORT_UNKNOWN:
		return command_refuse("no such broadcast: %lld", id);
	default:
		return COMMAND_REFUSED;
	}
	if (fwrite(file.bytes, 1, file.len, stdout) != file.len ||
	    fflush(stdout) != 0)
		return command_refuse("output not written");
	return COMMAND_DONE;
}

/* sync-hr -------------------------------------------------------------------
 */

static int sync_hr(struct command_line *line)
{
	const struct import_keys keys = import_keys_configured();
	struct hr_result result;

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (hr_take(line->db, &keys, line->argv[0], &result) < 0)
		return COMMAND_REFUSED;
	if (result.import != 0) {
		struct import i;

		if (import_find(line->db, result.import, &i) <= 0)
			return COMMAND_REFUSED;
		print_import(line, &i, false);
	}
	if (result.outcome != HR_APPLIED && result.outcome != HR_SAME)
		return command_refuse("%s", result.reason);
	return COMMAND_DONE;
}

const struct command commands_files[] = {
	{ "import",
	  "people|groups|memberships|regions|addresses FILE [--dry-run] "
	  "[--whole] [--remove NUMBER]",
	  import, false },
	{ "export",
	  "people|groups|memberships|regions|addresses|answers "
	  "[--reason TEXT] [--broadcast ID] [--charset utf-8|cp932] "
	  "[--replace]",
	  export_it, false },
	{ "sync-hr", "FILE", sync_hr, false },
	{ 0 },
};
