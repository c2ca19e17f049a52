#include "tool/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"

enum { READ_STEP = 1 << 16 }; /* bytes */

static void take(struct command_line *line, int place, int count)
{
	memmove(line->argv + place, line->argv + place + count,
		(size_t)(line->argc - place - count) * sizeof(*line->argv));
	line->argc -= count;
}

/* What follows "--NAME" in an argument: "" or "=VALUE"; NULL if it is another
 * one. */
static const char *after_name(const char *argument, const char *name)
{
	size_t len = strlen(name);

	if (!str_begins(argument, "--") ||
	    strncmp(argument + 2, name, len) != 0)
		return NULL;
	argument += 2 + len;
	return *argument == '\0' || *argument == '=' ? argument : NULL;
}

const char *command_option(struct command_line *line, const char *name)
{
	for (int i = 0; i < line->argc; i++) {
		const char *rest = after_name(line->argv[i], name);
		const char *value;

		if (rest == NULL)
			continue;
		if (*rest == '=') {
			take(line, i, 1);
			return rest + 1;
		}
		if (i + 1 == line->argc)
			return NULL; /* stays, and is a usage error */
		value = line->argv[i + 1];
		take(line, i, 2);
		return value;
	}
	return NULL;
}

bool command_flag(struct command_line *line, const char *name)
{
	for (int i = 0; i < line->argc; i++) {
		const char *rest = after_name(line->argv[i], name);

		if (rest != NULL && *rest == '\0') {
			take(line, i, 1);
			return true;
		}
	}
	return false;
}

bool command_rest(const struct command_line *line, int least, int most)
{
	for (int i = 0; i < line->argc; i++)
		if (str_begins(line->argv[i], "--"))
			return false;
	return line->argc >= least && line->argc <= most;
}

bool command_id(const struct command_line *line, int place, int64_t *out)
{
	long long id;

	if (place >= line->argc ||
	    !str_to_int(line->argv[place], 1, INT64_MAX, &id)) {
		fprintf(stderr, "not an id: %s\n",
			place < line->argc ? line->argv[place] : "");
		return false;
	}
	*out = id;
	return true;
}

int command_refuse(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return COMMAND_REFUSED;
}

int command_print(json_t *document)
{
	int rc = json_dumpf(document, stdout, JSON_INDENT(1));

	json_decref(document);
	putchar('\n');
	if (rc < 0 || fflush(stdout) != 0)
		return command_refuse("output not written");
	return COMMAND_DONE;
}

int command_end(const struct command_line *line, json_t *document)
{
	if (line->json)
		return command_print(document);
	json_decref(document);
	return COMMAND_DONE;
}

static void close_file(void *f)
{
	fclose(f);
}

const char *command_printable(const char *name)
{
	return charset_is_utf8(name, strlen(name)) ? name : "?";
}

char *command_read(const struct command_line *line, const char *path,
		   size_t limit, size_t *len)
{
	struct str text = { .arena = line->arena };
	bool is_stdin = strcmp(path, "-") == 0;
	FILE *f = is_stdin ? stdin : fopen(path, "rbe");
	char *buf = arena_alloc(line->arena, READ_STEP);
	size_t n;

	if (f == NULL) {
		command_refuse("%s: %s", path, strerror(errno));
		return NULL;
	}
	if (!is_stdin)
		arena_defer(line->arena, close_file, f);
	str_add(&text, "");
	while (text.len < limit && (n = fread(buf, 1, READ_STEP, f)) > 0)
		str_add_len(&text, buf,
			    n < limit - text.len ? n : limit - text.len);
	if (ferror(f)) {
		command_refuse("%s: not readable", path);
		return NULL;
	}
	*len = text.len;
	return text.s == NULL ? arena_strdup(line->arena, "") : text.s;
}

static int print_usage(const struct command *const tables[], const char *why)
{
	fprintf(stderr, "%s\nusage:\n", why);
	for (; *tables != NULL; tables++)
		for (const struct command *c = *tables; c->name != NULL; c++)
			fprintf(stderr, "  anpictl %s %s\n", c->name, c->usage);
	fprintf(stderr, "With --json results are one JSON document.\n");
	return COMMAND_USAGE;
}

/* How many arguments the name of the command takes up; 0 if it is another. */
static int matches(const struct command *c, int argc, char **argv)
{
	const char *second = strchr(c->name, ' ');
	size_t len =
		second == NULL ? strlen(c->name) : (size_t)(second - c->name);

	if (argc < 1 || strlen(argv[0]) != len ||
	    strncmp(argv[0], c->name, len) != 0)
		return 0;
	if (second == NULL)
		return 1;
	return argc > 1 && strcmp(argv[1], second + 1) == 0 ? 2 : 0;
}

static int run_one(const struct command *c, struct command_line *line)
{
	int status;

	line->arena = arena_new();
	if (!c->bare) {
		config_open("anpictl");
		line->db = db_open_configured();
		line->db->arena = line->arena;
	}
	line->json = command_flag(line, "json");
	status = c->run(line);
	if (status == COMMAND_USAGE)
		fprintf(stderr, "usage: anpictl %s %s\n", c->name, c->usage);
	arena_free(line->arena);
	if (line->db != NULL)
		db_close(line->db);
	return status;
}

int command_run(const struct command *const tables[], int argc, char **argv)
{
	log_open("anpictl");
	if (argc < 2)
		return print_usage(tables, "anpictl: a command is missing");
	for (const struct command *const *t = tables; *t != NULL; t++) {
		for (const struct command *c = *t; c->name != NULL; c++) {
			int words = matches(c, argc - 1, argv + 1);
			struct command_line line = {
				.argc = argc - 1 - words,
				.argv = argv + 1 + words,
			};

			if (words > 0)
				return run_one(c, &line);
		}
	}
	return print_usage(tables, "anpictl: no such command");
}
