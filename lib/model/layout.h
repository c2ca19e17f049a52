#ifndef MODEL_LAYOUT_H
#define MODEL_LAYOUT_H

/*
 * The layouts of files that come in and go out: which columns, in which words,
 * and what a row must hold.  Pure: cells in, a row or faults out. docs/files.md
 * is the manual for those who make the files; both come from the table in
 * layout.c.  Source: D1f-i, D2j, D2k, D2m.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct csv_row;

enum layout_kind {
	LAYOUT_GROUPS, /* in the order in which they build on each other */
	LAYOUT_PEOPLE,
	LAYOUT_MEMBERSHIPS,
	LAYOUT_REGIONS,
	LAYOUT_ADDRESSES,
	LAYOUTS, /* how many */
};

enum column {
	COLUMN_STAFF_NO,
	COLUMN_NAME,
	COLUMN_KANA,
	COLUMN_LANG,
	COLUMN_STATE,
	COLUMN_CODE,
	COLUMN_GROUP_NAME,
	COLUMN_PARENT,
	COLUMN_PURPOSE,
	COLUMN_REGION,
	COLUMN_PLACE,
	COLUMN_ADDRESS,
	COLUMN_ACT,
	COLUMN_NOTE, /* for the reader: taken by none */
	COLUMNS,     /* how many */
};

enum {
	LAYOUT_STAFF_NO_MAX = 32, /* bytes, ASCII */
	LAYOUT_CODE_MAX = 32,
	LAYOUT_NAME_MAX = 100,	/* characters */
	LAYOUT_PLACE_MAX = 100, /* addresses of a person */
	LAYOUT_FIELDS = 4,	/* of a difference, at most */
};

/* Something wrong or odd in a row. */
struct layout_fault {
	struct layout_fault *next;
	const char *column;	   /* "氏名"; "" for the whole row */
	const char *reason, *mend; /* Japanese: what, and what to do */
	bool warning;		   /* odd only: the row is taken */
};

/* A row as read.  NULL: the column is not in the file, or the cell says
 * nothing; what is stored stays. */
struct layout_row {
	const char *item; /* what it is about: unique in a file, no address */
	const char *staff_no, *name, *kana, *lang, *state;
	const char *code; /* of the group or the region */
	const char *parent;
	const char *purpose;
	int64_t place;
	char *address;	    /* stored form: wipe it; NULL if masked */
	const char *domain; /* of the address, masked or not */
	bool gone;	    /* the row takes something away */
};

/* Which cell holds which column: -1 if the file has none. */
struct layout_map {
	enum layout_kind kind;
	size_t width; /* cells of the head */
	int cells[COLUMNS];
};

/* "people", "groups", ...; -1 (nothing logged) if there is no such. */
int layout_named(const char *name);
const char *layout_name(enum layout_kind kind);

/* What a screen calls it: "職員". */
const char *layout_title(enum layout_kind kind);

/* The head cells in their order, *count of them; for templates, exports and
 * tests. */
const char *const *layout_columns(enum layout_kind kind, size_t *count);

/* The names of the fields that a difference compares, *count of them. */
const char *const *layout_fields(enum layout_kind kind, size_t *count);

/* Two rows as an example, for the file to download. */
const char *const *layout_example(enum layout_kind kind, int row);

/* Reads the head of a file.  NULL if it is good and *out is set, else what is
 * wrong with it. */
struct layout_fault *layout_head(struct arena *a, enum layout_kind kind,
				 const struct csv_row *head,
				 struct layout_map *out);

/* Reads a row.  Returns what is wrong or odd, NULL if nothing is.  *out may be
 * used if no fault of the list is more than a warning. */
struct layout_fault *layout_read(struct arena *a, const struct layout_map *map,
				 const struct csv_row *row,
				 struct layout_row *out);

/* True if the row is the last one of a sent file, "#END" and a number of rows
 * (head and itself not counted): *rows is set, -1 if it is no number. */
bool layout_is_end(const struct csv_row *row, int64_t *rows);

#endif
