#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

/*
 * Answers that the database could not take, on this node's disk: one record a
 * line, its mac (base/mac.h), a space, JSON.  A record is on the disk before
 * journal_add returns.  Each process writes a file of its own, so that no
 * writer waits for another; who replays takes a file away from its writer
 * under the file's lock, and the writer then begins a new one.  Killed at any
 * instant, at most the record that nobody was told of is lost.
 * Source: DESIGN 5, D1b.
 *
 *   dir/TIME-PID.journal   being written
 *   dir/TIME-PID.taken     being replayed; removed when all is stored
 *   dir/TIME-PID.refused   held a line that is not ours: kept for a person, and
 *                          for the next process that may know its key
 */
#include <stddef.h>
#include <stdint.h>

#include "model/answer.h"

struct arena;
struct journal;
struct mac_keys;

enum {
	JOURNAL_FILE_MAX = 1024 * 1024, /* bytes; then a new one begins */
};

/* One of the two. */
struct journal_record {
	struct journal_record *next;
	enum { JOURNAL_ANSWER, JOURNAL_SELF_REPORT } kind;
	struct answer answer;
	struct self_report report;
};

/* The purpose of the keys (mac_keys_load). */
extern const char journal_purpose[];

/* Makes a writer for the process, which lives as long as it does.  Touches no
 * file before the first record. */
struct journal *journal_open(const char *dir, const struct mac_keys *keys);

/* Appends a record and waits for the disk.  Returns 0 if it will survive, -1
 * if that is not sure. */
int journal_add(struct journal *j, struct arena *a,
		const struct journal_record *record);

/* The line of a record, with its line end. */
const char *journal_line(struct arena *a, const struct mac_keys *keys,
			 const struct journal_record *record, size_t *len);

/* Reads a line without its end.  Returns 0, or -1 (nothing logged) if it is
 * not a whole one of ours. */
int journal_parse(struct arena *a, const struct mac_keys *keys,
		  const char *line, size_t len, struct journal_record *out);

/* Stores records of a file, a list.  Returns 0 when each is stored or can never
 * be, -1 if they are to come again: it must bear that. */
typedef int journal_store_fn(void *arg, const struct journal_record *list);

/*
 * Takes every file of the folder from its writer and gives its records to
 * store, at most JOURNAL_FILE_MAX bytes of them at a time.  The file is removed
 * when that returns 0.  A torn last line is nothing.  Resets the arena after
 * each file.  Returns how many records were stored; -1 if a file could not be
 * read or stored, after the others have been tried.
 */
int journal_replay(const char *dir, const struct mac_keys *keys,
		   struct arena *a, journal_store_fn *store, void *arg);

/* What waits in the folder to be stored. */
struct journal_waiting {
	int64_t files;	   /* being written or replayed */
	int64_t oldest_at; /* when the first of them was begun; 0: none */
	int64_t refused;   /* files that wait for a person */
};

/* Counts it.  Returns 0, or -1 (nothing logged) if the folder cannot be
 * read. */
int journal_count(const char *dir, struct journal_waiting *out);

/*
 * Lets the next journal_replay read the refused files again: a process that
 * loaded its keys before a key was added refuses what others write with it.
 * For a process that has just loaded its keys.  Returns 0, or -1 on failure.
 */
int journal_retry_refused(const char *dir, struct arena *a);

#endif
