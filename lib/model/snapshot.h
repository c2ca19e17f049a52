#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

/*
 * What the answer page shows of an open broadcast, in a file on each web node:
 * so that people can answer with the database away, and answering costs no
 * query for the questions.  One file per first broadcast (a retry's links are
 * those of the first), `dir/ID.json`: a line with its mac (base/mac.h), then
 * JSON.  Nothing in it is about a person.  Source: DESIGN 5, D1b.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct mac_keys;
struct snapshots;

enum { SNAPSHOT_MAX = 256 * 1024 }; /* bytes of a file */

struct snapshot_choice {
	struct snapshot_choice *next;
	int64_t id;
	const char *mark;	    /* "", good, warn, bad */
	const char *text, *text_en; /* text_en is text where there is none */
};

struct snapshot_question {
	struct snapshot_question *next;
	int64_t id;
	const char *kind; /* single, multiple, text, number or time */
	bool multiple, required;
	const char *text, *text_en;
	struct snapshot_choice *choices;
};

struct snapshot {
	int64_t id;
	unsigned long reading; /* tells this reading of a file from any other
				  in this process; 0: not read from a file */
	bool drill;
	bool closed; /* not what was cancelled: who has the mail may answer */
	int64_t closes_at; /* 0: not set */
	const char *subject, *body;
	const char *why;   /* why the mail came, may be "" */
	const char *event; /* what happened, one line, may be "" */
	struct snapshot_question *questions;
};

/*
 * Writes the file of a broadcast, or of the first one if it is a retry: new
 * name, fsync, rename.  To be called when a broadcast is enqueued and whenever
 * its state or closing time changes; doing it again is harmless.  Needs the
 * setting Path.Keys.  Returns 0, or -1 on failure.
 */
int snapshot_write(struct db *db, const char *dir, int64_t broadcast);

/* Reads the same from the database, for a node whose file is missing.  Returns
 * 1 and sets *out, 0 if there is no such broadcast, -1 on failure. */
int snapshot_fetch(struct db *db, int64_t broadcast, struct snapshot **out);

/* The bytes of a file. */
const char *snapshot_text(struct arena *a, const struct mac_keys *keys,
			  const struct snapshot *s, size_t *len);

/* Reads bytes of a file.  Returns NULL (nothing logged) if they are not a
 * whole one that we made. */
struct snapshot *snapshot_parse(struct arena *a, const struct mac_keys *keys,
				const char *bytes, size_t len);

/* The purpose of the keys (mac_keys_load). */
extern const char snapshot_purpose[];

/* The files of a folder, kept in memory as they are asked for: a program has
 * one set, which lives as long as it does. */
struct snapshots *snapshots_open(const char *dir, const struct mac_keys *keys);

/*
 * Finds a broadcast by its id.  Reads its file when it is asked for first, and
 * again when the file has changed (looked at once a second).  NULL if there is
 * no file, or none that is ours (logged).  Good until the next call.
 */
const struct snapshot *snapshots_find(struct snapshots *set, int64_t broadcast);

/* True if an answer can no longer be given. */
bool snapshot_is_closed(const struct snapshot *s, int64_t now);

#endif
