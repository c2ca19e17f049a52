#ifndef MODEL_EXPORT_H
#define MODEL_EXPORT_H

/*
 * Files that go out: the layouts of layout.h, so that what is exported can be
 * imported and changes nothing, and the answers to a broadcast.  Within the
 * reach of an account.  Of an address only ***@domain leaves.  A reason is
 * asked, and the export is audited with it and with the number of rows before
 * anything leaves.  Source: D2k, D2m, D3c, S7.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/layout.h"

struct audit;
struct db;

enum {
	EXPORT_ANSWERS = LAYOUTS, /* beside the layouts */
	EXPORT_KINDS,
	EXPORT_REASON_MIN = 4, /* characters */
	EXPORT_REASON_MAX = 200,
};

struct export_order {
	int kind;	   /* an enum layout_kind or EXPORT_ANSWERS */
	int64_t account;   /* whose reach; 0: everybody */
	int64_t broadcast; /* of EXPORT_ANSWERS */
	bool cp932;	   /* else UTF-8 with a mark */
	bool replace;	   /* what CP932 lacks becomes 〓, else is refused */
	const char *reason;
	const struct audit *audit;
};

struct export_file {
	const char *bytes;
	size_t len;
	int64_t rows;		 /* the head not counted */
	int64_t unfit;		 /* rows with characters that CP932 lacks */
	const char *unfit_lines; /* the first of them: "12, 340, 341 …" */
};

enum export_made {
	EXPORT_MADE = 0,
	EXPORT_UNFIT = 1,   /* see unfit: nothing was made, nothing audited */
	EXPORT_UNKNOWN = 2, /* no such broadcast within reach */
};

/* "people", ..., "answers"; -1 (nothing logged) if there is no such. */
int export_named(const char *name);
const char *export_name(int kind);
const char *export_title(int kind);

/* Makes a file in the arena and audits it.  An export_made, or -1. */
int export_make(struct db *db, const struct export_order *order,
		struct export_file *out);

#endif
