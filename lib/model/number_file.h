#ifndef MODEL_NUMBER_FILE_H
#define MODEL_NUMBER_FILE_H

/*
 * A small file of staff numbers, as a group admin sends it: CSV or a number a
 * line, UTF-8 with or without a mark or CP932, CRLF or LF.  The numbers stand
 * in the column that the first line heads 職員番号, else in the first column.
 * Pure: bytes in, numbers or faults out.  Source: D2g, D2j.
 */
#include <stddef.h>

#include "model/group_change.h"

struct arena;

enum {
	NUMBER_FILE_MAX = 200 * 1000, /* bytes */
	NUMBER_FILE_NUMBERS = 20000,
};

/* What is wrong with a line, or with the whole file. */
struct number_fault {
	struct number_fault *next;
	int64_t line; /* 0: the file */
	const char *reason;
};

struct number_file {
	struct group_number *numbers; /* in their order, with their lines */
	size_t count;
	struct number_fault *faults; /* NULL: it can be used */
};

/* Reads a file.  Strings live in the arena. */
void number_file_read(struct arena *a, const char *bytes, size_t len,
		      struct number_file *out);

#endif
