#ifndef COMMAND_TEST_H
#define COMMAND_TEST_H

/*
 * Commands of anpictl, called as rows of their table, for tests of
 * lib/tool/command_*.c.  A call has an arena of its own, as in anpictl; what it
 * says is kept until the arena of the test goes.
 *
 * The line of a call is split at blanks; '' is an empty word, and one that
 * begins with "@" a file of the folder below, which holds settings and keys:
 *
 *   "send --to all --subject 件名 --body @body"
 */
#include "test.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "database.h"
#include "file.h"
#include "key_file.h"
#include "tool/command.h"

enum { COMMAND_WORDS_MAX = 50 };

/* The folder, from command_setup to command_teardown. */
static char command_folder[64];

/* What a call came to. */
struct command_said {
	int status;
	const char *out, *err;
};

/* A call, and what is wanted of it. */
struct command_row {
	const char *name, *line;
	int status;
	const char *out; /* JSON to be held (below), or a part; NULL: nothing */
	const char *err; /* a part; NULL: none is looked for */
};

static inline const char *command_path(struct arena *a, const char *file)
{
	return arena_fmt(a, "%s/%s", command_folder, file);
}

/* A text, so many times: what is long in characters or in bytes. */
static inline const char *command_times(struct arena *a, const char *text,
					int n)
{
	struct str s = { .arena = a };

	while (n-- > 0)
		str_add(&s, text);
	return str_text(&s);
}

/* Writes a file of the folder. */
static inline void command_file(const char *file, const char *text)
{
	struct arena *a = arena_new();
	FILE *f = fopen(command_path(a, file), "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("%s cannot be written", file);
	arena_free(a);
}

/* Group setup: the folder, its settings and link keys. */
static inline int command_setup(void **state)
{
	char conf[128];

	(void)state;
	snprintf(command_folder, sizeof(command_folder),
		 "/tmp/anpi-command-XXXXXX");
	if (mkdtemp(command_folder) == NULL)
		fail_msg("no folder");
	snprintf(conf, sizeof(conf), "%s/programs", command_folder);
	assert_int_equal(mkdir(conf, 0700), 0);
	snprintf(conf, sizeof(conf),
		 "Site.Url = https://anpi.example\nPath.Keys = %s\n",
		 command_folder);
	command_file("anpi.hdf", conf);
	command_file("programs/anpictl.hdf", "\n");
	command_file("link.keys", "1 " KEY_ONE "\n");
	snprintf(conf, sizeof(conf), "%s/link.keys", command_folder);
	assert_int_equal(chmod(conf, 0600), 0);
	setenv("ANPI_CONF", command_folder, 1);
	config_open("anpictl");
	return 0;
}

static inline int command_remove(const char *path, const struct stat *st,
				 int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline int command_teardown(void **state)
{
	(void)state;
	return nftw(command_folder, command_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static inline char *command_word(struct arena *a, const char *word)
{
	if (*word == '@')
		return arena_fmt(a, "%s/%s", command_folder, word + 1);
	return arena_strdup(a, str_eq(word, "''") ? "" : word);
}

/* Splits a line.  How many words. */
static inline int command_split(struct arena *a, const char *line, char **argv)
{
	char *rest = arena_strdup(a, line), *word;
	int argc = 0;

	while ((word = strsep(&rest, " ")) != NULL) {
		if (*word == '\0')
			continue;
		if (argc == COMMAND_WORDS_MAX)
			fail_msg("too many words: %s", line);
		argv[argc++] = command_word(a, word);
	}
	return argc;
}

/* The row of the table that a line begins with, and where it goes on. */
static inline const struct command *
command_find(const struct command *table, const char *line, const char **rest)
{
	for (; table->name != NULL; table++) {
		*rest = line + strlen(table->name);
		if (str_begins(line, table->name) &&
		    (**rest == ' ' || **rest == '\0'))
			return table;
	}
	fail_msg("no command: %s", line);
	return NULL;
}

/* Sends what is written to a stream to a new file.  Returns the descriptor
 * that it had. */
static inline int command_catch(FILE *stream, FILE *to)
{
	int kept;

	fflush(stream);
	kept = dup(fileno(stream));
	if (to == NULL || kept < 0 || dup2(fileno(to), fileno(stream)) < 0)
		fail_msg("output not caught");
	return kept;
}

static inline const char *command_caught(struct arena *a, FILE *stream,
					 int kept, FILE *from)
{
	struct str s = { .arena = a };
	char buf[4096];
	size_t n;

	fflush(stream);
	dup2(kept, fileno(stream));
	close(kept);
	rewind(from);
	while ((n = fread(buf, 1, sizeof(buf), from)) > 0)
		str_add_len(&s, buf, n);
	fclose(from);
	return str_text(&s);
}

/* The words are not in its arena, which a command may reset. */
static inline int command_do(struct arena *a, struct db *db,
			     const struct command *c, const char *rest)
{
	struct arena *kept = db == NULL ? NULL : db->arena;
	struct command_line line = { .db = c->bare ? NULL : db,
				     .arena = arena_new() };
	char *argv[COMMAND_WORDS_MAX];
	int status;

	line.argv = argv;
	line.argc = command_split(a, rest, argv);
	line.json = command_flag(&line, "json");
	if (db != NULL)
		db->arena = line.arena;
	status = c->run(&line);
	arena_free(line.arena);
	if (db != NULL)
		db->arena = kept;
	return status;
}

/* Calls what the line names, with input on stdin. */
static inline struct command_said command_call(struct arena *a, struct db *db,
					       const struct command *table,
					       const char *line,
					       const char *input)
{
	FILE *out = tmpfile(), *err = tmpfile();
	struct command_said said;
	const struct command *c;
	int old_out, old_err;
	const char *rest = "";

	c = command_find(table, line, &rest);
	command_file("stdin", input);
	if (freopen(command_path(a, "stdin"), "r", stdin) == NULL)
		fail_msg("no stdin");
	old_out = command_catch(stdout, out);
	old_err = command_catch(stderr, err);
	said.status = command_do(a, db, c, rest);
	said.err = command_caught(a, stderr, old_err, err);
	said.out = command_caught(a, stdout, old_out, out);
	return said;
}

/* True if a document has all that is wanted: objects may have more keys, since
 * keys may be added; "*" is anything but null.  Source: DESIGN 10. */
static inline bool command_holds(const json_t *got, const json_t *want)
{
	const char *text = json_string_value(want), *key;
	json_t *value;

	if (str_eq(text, "*"))
		return got != NULL && !json_is_null(got);
	if (json_is_object(want)) {
		json_object_foreach(
			(json_t *)(uintptr_t)want, key,
			value) if (!command_holds(json_object_get(got, key),
						  value)) return false;
		return json_is_object(got);
	}
	if (!json_is_array(want))
		return json_equal(got, want);
	if (!json_is_array(got) ||
	    json_array_size(got) != json_array_size(want))
		return false;
	for (size_t i = 0; i < json_array_size(want); i++)
		if (!command_holds(json_array_get(got, i),
				   json_array_get(want, i)))
			return false;
	return true;
}

/* Checks that a text is one JSON document, which holds another. */
static inline void check_json(const char *row, const char *got,
			      const char *want)
{
	json_error_t why;
	json_t *g = json_loads(got, 0, &why), *w;
	bool holds;

	if (g == NULL)
		fail_msg("%s: no JSON: %s: \"%s\"", row, why.text, got);
	w = json_loads(want, 0, &why);
	if (w == NULL)
		fail_msg("%s: %s: \"%s\"", row, why.text, want);
	holds = command_holds(g, w);
	json_decref(g);
	json_decref(w);
	if (!holds)
		fail_msg("%s: got %s, want %s", row, got, want);
}

static inline void check_part(const char *row, const char *got,
			      const char *want)
{
	if (strstr(got, want) == NULL)
		fail_msg("%s: got \"%s\", want \"%s\"", row, got, want);
}

/* Calls, and checks what is said. */
static inline void check_command(struct db *db, const struct command *table,
				 const struct command_row *row,
				 const char *input)
{
	struct arena *a = arena_new();
	struct command_said said = command_call(a, db, table, row->line, input);

	if (said.status != row->status)
		fail_msg("%s: got %d, want %d: %s%s", row->name, said.status,
			 row->status, said.out, said.err);
	if (row->out == NULL)
		check_str(row->name, said.out, "");
	else if (strstr(row->line, "--json") != NULL)
		check_json(row->name, said.out, row->out);
	else
		check_part(row->name, said.out, row->out);
	if (row->err != NULL)
		check_part(row->name, said.err, row->err);
	else if (row->status == COMMAND_REFUSED)
		fail_msg("%s: wants no reason", row->name);
	arena_free(a);
}

/* What a query of the test gives, such as "CHECKSUM TABLE account, audit". */
static inline const char *command_state(struct arena *a, struct db *db,
					const char *sql)
{
	struct str s = { .arena = a };
	struct stmt *st = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(st)) > 0)
		str_fmt(&s, "%s %s\n", db_text(st, 0), db_text(st, 1));
	check_int(sql, rc, 0);
	return str_text(&s);
}

/* Calls each row of a list, without input.  One that is not done must leave
 * what the query says of the database as it was. */
static inline void check_commands(struct db *db, const struct command *table,
				  const char *sql,
				  const struct command_row *rows, size_t count)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < count; i++) {
		const char *before = command_state(a, db, sql);

		check_command(db, table, &rows[i], "");
		if (rows[i].status != COMMAND_DONE)
			check_str(rows[i].name, command_state(a, db, sql),
				  before);
	}
	arena_free(a);
}

/* The tests of a file, between command_setup and command_teardown. */
#define COMMAND_TEST(f)                                                        \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

#endif
