#ifndef BASE_CSV_H
#define BASE_CSV_H

/*
 * CSV that people open in a spreadsheet, and that they send back.
 *
 * Writing: UTF-8 with a byte order mark, lines end in CRLF, text quoted (RFC
 * 4180), and no text can become a formula: what begins like one gets an
 * apostrophe before it.
 *
 *	csv_open(&s);
 *	csv_text(&s, name), csv_int(&s, people), csv_line(&s);
 *
 * Reading: by libcsv, as a stream, so that memory does not grow with the file;
 * UTF-8 with or without a mark and CP932, found out; CRLF, LF or CR; line ends
 * within quotes; the apostrophe of above taken away again.
 *
 *	r = csv_reader(a, take_row, arg);
 *	while ((n = read(fd, buf, sizeof(buf))) > 0 && fault == 0)
 *		fault = csv_read(r, buf, n);
 *	if (fault == 0)
 *		fault = csv_end(r);
 *
 * Source: D2c, D2j, D2k, V1.2.10.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct str;

/* Writes the byte order mark; s must be empty. */
void csv_open(struct str *s);

/* Add a field to the line. */
void csv_text(struct str *s, const char *text);
void csv_int(struct str *s, int64_t value);

/* Adds a text as a field is written, and no comma before it. */
void csv_cell(struct str *s, const char *text);

/* Ends the line. */
void csv_line(struct str *s);

/* The text that csv_text made harmless; others as they are. */
const char *csv_plain(const char *text);

enum {
	CSV_CELLS_MAX = 64,	  /* of a row; more are counted only */
	CSV_CELL_MAX = 64 * 1024, /* bytes of one */
	CSV_HEAD_LEN = 64 * 1024, /* bytes looked at for the encoding */
};

/* Why a file is not read to its end. */
enum csv_fault {
	CSV_OK = 0,
	CSV_EMPTY = 1, /* no byte, or blank lines only */
	CSV_ARCHIVE,   /* ZIP, and so XLSX */
	CSV_BINARY,    /* another format: a NUL, old Excel, PDF */
	CSV_UTF16,     /* "Unicode text" of Excel */
	CSV_UNCLOSED,  /* a quote that does not close, or a huge cell */
};

/* What that is in Japanese, and what to do. */
const char *csv_fault_reason(enum csv_fault fault);
const char *csv_fault_mend(enum csv_fault fault);

enum csv_encoding { CSV_ASCII, CSV_UTF8, CSV_UTF8_MARK, CSV_CP932 };

struct csv_row {
	int64_t number; /* as a spreadsheet counts: blank ones too, from 1 */
	size_t count;	/* cells that there are */
	const char *cells[CSV_CELLS_MAX]; /* UTF-8, live until the call ends */
	bool bad; /* bytes that are no text in the encoding: "" in its place */
};

/* Takes a row that is not blank; negative to stop. */
typedef int csv_row_fn(void *arg, const struct csv_row *row);

struct csv_reader;

/* Begins; the reader lives in the arena. */
struct csv_reader *csv_reader(struct arena *a, csv_row_fn *take, void *arg);

/* Reads on.  Returns a csv_fault, or -1 if the taker stopped; after either
 * nothing more may be read. */
int csv_read(struct csv_reader *r, const char *bytes, size_t len);

/* Says that the file ends here.  Returns as csv_read. */
int csv_end(struct csv_reader *r);

/* What is known so far: the encoding, rows (blank ones too), and whether the
 * last one ended in a line end. */
enum csv_encoding csv_encoding(const struct csv_reader *r);
int64_t csv_rows(const struct csv_reader *r);
bool csv_is_ended(const struct csv_reader *r);

/* "UTF-8", "UTF-8 (BOM)", "CP932", "ASCII". */
const char *csv_encoding_name(enum csv_encoding encoding);

#endif
