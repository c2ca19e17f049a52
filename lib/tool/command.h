#ifndef TOOL_COMMAND_H
#define TOOL_COMMAND_H

/*
 * Commands of anpictl.  A command is a row of a table; related ones stand in
 * one file lib/tool/command_SUBJECT.c, whose table is named below and listed in
 * cron/anpictl.c.  Words for people go to stderr in English, results to
 * stdout: lines of text, or with --json one JSON document.  Source: DESIGN 10.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/* Exit status. */
enum {
	COMMAND_DONE = 0,
	COMMAND_REFUSED = 1, /* or failed: the reason is on stderr */
	COMMAND_USAGE = 2,
};

/* What a command is called with. */
struct command_line {
	struct db *db;	     /* NULL for a bare command */
	struct arena *arena; /* same as db->arena */
	bool json;	     /* --json was given */
	int argc;    /* arguments after the name of the command; options */
	char **argv; /* are taken out as they are asked for */
};

struct command {
	const char *name;  /* one word, or two: "keys new" */
	const char *usage; /* its arguments */
	int (*run)(struct command_line *line);
	bool bare; /* reads no settings and has no database */
};

/* Tables, each ended by an empty row. */
extern const struct command commands_account[];
extern const struct command commands_audit[];
extern const struct command commands_broadcasts[];
extern const struct command commands_events[];
extern const struct command commands_files[];
extern const struct command commands_rules[];
extern const struct command commands_site[];

/* Takes `--NAME VALUE` or `--NAME=VALUE` out of the line; NULL if it is not
 * there. */
const char *command_option(struct command_line *line, const char *name);

/* Takes `--NAME` out of the line; true if it was there. */
bool command_flag(struct command_line *line, const char *name);

/* True if least to most arguments are left and none of them is an option.
 * A command asks this after its options, and returns COMMAND_USAGE if not. */
bool command_rest(const struct command_line *line, int least, int most);

/* Reads argument `place` as an id.  False, with a word on stderr, if it is
 * none. */
bool command_id(const struct command_line *line, int place, int64_t *out);

/* Says why on stderr.  Returns COMMAND_REFUSED. */
int command_refuse(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Prints the document and gives it back to jansson.  Returns COMMAND_DONE. */
int command_print(json_t *document);

/* Likewise, or without --json, when its lines were printed already, only gives
 * it back. */
int command_end(const struct command_line *line, json_t *document);

/* A whole file (limit bytes at most) or, for "-", stdin; ends in NUL.  NULL,
 * with a word on stderr, if it cannot be read. */
char *command_read(const struct command_line *line, const char *path,
		   size_t limit, size_t *len);

/* A file's name for JSON, which takes text only: it may be any bytes. */
const char *command_printable(const char *name);

/* Runs the command that the arguments name.  Returns the exit status. */
int command_run(const struct command *const tables[], int argc, char **argv);

#endif
