#ifndef TOOL_HR_H
#define TOOL_HR_H

/*
 * A file of the personnel system: for sync-hr and `anpictl sync-hr`.
 *
 * Its name says what it is: KIND-whole|part-YYYYMMDDhhmm.csv, as
 * people-whole-202611270200.csv.  Its last line is "#END,rows".  It is taken
 * only if it is newer than the last of its kind, whole, of the layout, without
 * a refused line, and within the brake: Hr.RemovePercent (5) and
 * Hr.ChangePercent (20) of what is stored.  One beyond the brake is held: a
 * system admin may look at it and apply it at /import/{id}.  Source: D2l.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct import_keys;

enum hr_outcome {
	HR_APPLIED,
	HR_SAME,    /* it changes nothing */
	HR_HELD,    /* beyond the brake: a person decides */
	HR_REFUSED, /* see reason */
	HR_WAIT,    /* still being written: not taken yet */
};

struct hr_result {
	enum hr_outcome outcome;
	int64_t import;	    /* 0: not even begun */
	const char *reason; /* Japanese, "" if applied */
};

/* What a name says: the kind and stamp.  False if it says nothing. */
bool hr_name(struct arena *a, const char *name, int *kind, bool *whole,
	     const char **stamp);

/* Takes a file; it stays where it is.  0 and *out, or -1 on failure. */
int hr_take(struct db *db, const struct import_keys *keys, const char *path,
	    struct hr_result *out);

#endif
