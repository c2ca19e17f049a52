#include "base/csv.h"

#include <csv.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"

static const char mark[] = "\xEF\xBB\xBF";

/* What makes a spreadsheet read a cell as a formula; full-width forms count,
 * since Japanese versions fold them. */
static const char *const formula_starts[] = { "=",  "+",  "-",	"@",
					      "\t", "\r", "\n", "＝",
					      "＋", "－", "＠" };

void csv_open(struct str *s)
{
	str_add(s, mark);
}

/* Before all but the first cell of a line. */
static void separate(struct str *s)
{
	const size_t len = sizeof(mark) - 1;

	if (s->len > 0 && s->s[s->len - 1] != '\n' &&
	    (s->len != len || memcmp(s->s, mark, len) != 0))
		str_add_char(s, ',');
}

/* True if a spreadsheet would read it as a formula, or if it looks like one
 * that was made harmless: such gets one more apostrophe, so that reading takes
 * away what writing added and no more. */
static bool is_formula(const char *text)
{
	text += strspn(text, "'");
	for (size_t i = 0; i < LEN(formula_starts); i++)
		if (str_begins(text, formula_starts[i]))
			return true;
	return false;
}

const char *csv_plain(const char *text)
{
	return *text == '\'' && is_formula(text) ? text + 1 : text;
}

void csv_cell(struct str *s, const char *text)
{
	str_add_char(s, '"');
	if (is_formula(text))
		str_add_char(s, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(s, '"');
		str_add_char(s, *text);
	}
	str_add_char(s, '"');
}

void csv_text(struct str *s, const char *text)
{
	separate(s);
	csv_cell(s, text);
}

void csv_int(struct str *s, int64_t value)
{
	separate(s);
	str_fmt(s, "%" PRId64, value);
}

void csv_line(struct str *s)
{
	str_add(s, "\r\n");
}

/* Reading ----------------------------------------------------------------- */

enum { SLICE = 16 * 1024 }; /* bytes given to libcsv between two looks */

struct csv_reader {
	struct arena *cells; /* reset after each row */
	struct csv_parser parser;
	csv_row_fn *take;
	void *arg;
	enum csv_encoding encoding;
	bool begun;   /* the head has been looked at */
	bool stopped; /* by the taker */
	bool any;     /* a row that was not blank */
	int last_end; /* byte that ended the last row, 0 since a cell */
	char *head;   /* collected until it is CSV_HEAD_LEN */
	size_t head_len;
	struct csv_row row;
};

/* libcsv keeps a cell in one block; a cell may be an address, so the block is
 * wiped before it goes. */
struct block {
	size_t size;
	unsigned char bytes[];
};

static void block_free(void *p)
{
	struct block *b;

	if (p == NULL)
		return;
	b = (struct block *)(void *)((unsigned char *)p -
				     offsetof(struct block, bytes));
	sodium_memzero(b->bytes, b->size);
	free(b);
}

static void *block_resize(void *p, size_t size)
{
	struct block *b = malloc(sizeof(*b) + size), *old;

	if (b == NULL)
		log_fatal("out of memory");
	b->size = size;
	if (p != NULL) {
		old = (struct block *)(void *)((unsigned char *)p -
					       offsetof(struct block, bytes));
		memcpy(b->bytes, old->bytes,
		       old->size < size ? old->size : size);
		block_free(p);
	}
	return b->bytes;
}

static void close_reader(void *arg)
{
	struct csv_reader *r = arg;

	csv_free(&r->parser);
	sodium_memzero(r->head, CSV_HEAD_LEN);
	arena_free(r->cells);
}

struct csv_reader *csv_reader(struct arena *a, csv_row_fn *take, void *arg)
{
	struct csv_reader *r = arena_alloc(a, sizeof(*r));

	r->cells = arena_new();
	r->take = take;
	r->arg = arg;
	r->head = arena_alloc(a, CSV_HEAD_LEN);
	csv_init(&r->parser, CSV_REPALL_NL | CSV_STRICT_FINI | CSV_APPEND_NULL);
	csv_set_realloc_func(&r->parser, block_resize);
	csv_set_free_func(&r->parser, block_free);
	arena_defer(a, close_reader, r);
	return r;
}

static bool is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* The text of a cell, NULL if it is none in the file's encoding. */
static const char *decode(struct csv_reader *r, const char *s, size_t len)
{
	if (!is_ascii(s, len) && r->encoding == CSV_ASCII)
		r->encoding = charset_is_utf8(s, len) ? CSV_UTF8 : CSV_CP932;
	if (r->encoding == CSV_CP932)
		return charset_from_cp932(r->cells, s, len);
	return charset_is_utf8(s, len) ? arena_strndup(r->cells, s, len) : NULL;
}

static void on_cell(void *bytes, size_t len, void *arg)
{
	struct csv_reader *r = arg;
	struct csv_row *row = &r->row;
	const char *text = NULL;

	r->last_end = 0;
	if (row->count < CSV_CELLS_MAX) {
		text = decode(r, bytes == NULL ? "" : bytes, len);
		row->cells[row->count] = csv_plain(text == NULL ? "" : text);
		row->bad |= text == NULL;
	}
	row->count++;
}

static bool is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count && i < CSV_CELLS_MAX; i++)
		if (*row->cells[i] != '\0')
			return false;
	return !row->bad && row->count <= CSV_CELLS_MAX;
}

static void on_row(int end, void *arg)
{
	struct csv_reader *r = arg;
	struct csv_row *row = &r->row;

	/* The second half of CRLF. */
	if (row->count == 0 && end == '\n' && r->last_end == '\r') {
		r->last_end = '\n';
		return;
	}
	r->last_end = end;
	/* At the end of a file that ends in a line end there is no row. */
	if (row->count == 0 && end == -1)
		return;
	row->number++;
	if (!r->stopped && !is_blank(row)) {
		r->any = true;
		r->stopped = r->take(r->arg, row) < 0;
	}
	row->count = 0;
	row->bad = false;
	arena_reset(r->cells);
}

static int parse(struct csv_reader *r, const char *bytes, size_t len)
{
	if (memchr(bytes, '\0', len) != NULL)
		return CSV_BINARY;
	while (len > 0) {
		size_t n = len < SLICE ? len : SLICE;

		if (csv_parse(&r->parser, bytes, n, on_cell, on_row, r) != n)
			return CSV_UNCLOSED;
		if (r->stopped)
			return -1;
		if (r->parser.entry_pos > CSV_CELL_MAX)
			return CSV_UNCLOSED;
		bytes += n;
		len -= n;
	}
	return CSV_OK;
}

/* Formats that people take for CSV, by how they begin. */
static const struct {
	const char *bytes;
	enum csv_fault fault;
} magics[] = {
	{ "PK\x03\x04", CSV_ARCHIVE },	    { "PK\x05\x06", CSV_ARCHIVE },
	{ "\xD0\xCF\x11\xE0", CSV_BINARY }, { "%PDF", CSV_BINARY },
	{ "\x1F\x8B", CSV_BINARY },	    { "\xFF\xFE", CSV_UTF16 },
	{ "\xFE\xFF", CSV_UTF16 },
};

/* The last character of the head may be cut. */
static bool is_utf8_head(const char *s, size_t len)
{
	for (size_t cut = 0; cut < 4 && cut <= len; cut++)
		if (charset_is_utf8(s, len - cut))
			return true;
	return false;
}

static int begin(struct csv_reader *r)
{
	const char *s = r->head;
	size_t len = r->head_len, marked = sizeof(mark) - 1;

	r->begun = true;
	for (size_t i = 0; i < LEN(magics); i++) {
		size_t n = strlen(magics[i].bytes);

		if (len >= n && memcmp(s, magics[i].bytes, n) == 0)
			return magics[i].fault;
	}
	if (len >= marked && memcmp(s, mark, marked) == 0) {
		r->encoding = CSV_UTF8_MARK;
		s += marked;
		len -= marked;
	} else if (!is_ascii(s, len)) {
		r->encoding = is_utf8_head(s, len) ? CSV_UTF8 : CSV_CP932;
	}
	return parse(r, s, len);
}

int csv_read(struct csv_reader *r, const char *bytes, size_t len)
{
	size_t n = CSV_HEAD_LEN - r->head_len;
	int fault;

	if (r->begun)
		return parse(r, bytes, len);
	if (n > len)
		n = len;
	memcpy(r->head + r->head_len, bytes, n);
	r->head_len += n;
	if (r->head_len < CSV_HEAD_LEN)
		return CSV_OK;
	fault = begin(r);
	return fault == CSV_OK ? parse(r, bytes + n, len - n) : fault;
}

int csv_end(struct csv_reader *r)
{
	int fault = r->begun ? CSV_OK : begin(r);

	if (fault != CSV_OK)
		return fault;
	/* Strict to the end only: a quote within a cell is let be. */
	csv_set_opts(&r->parser,
		     (unsigned char)(csv_get_opts(&r->parser) | CSV_STRICT));
	if (csv_fini(&r->parser, on_cell, on_row, r) < 0)
		return CSV_UNCLOSED;
	if (r->stopped)
		return -1;
	return r->any ? CSV_OK : CSV_EMPTY;
}

enum csv_encoding csv_encoding(const struct csv_reader *r)
{
	return r->encoding;
}

int64_t csv_rows(const struct csv_reader *r)
{
	return r->row.number;
}

bool csv_is_ended(const struct csv_reader *r)
{
	return r->last_end == '\n' || r->last_end == '\r';
}

static const char *const fault_words[][2] = {
	[CSV_OK] = { "", "" },
	[CSV_EMPTY] = { "空のファイルです。",
			"中身のあるCSVファイルを選んでください。" },
	[CSV_ARCHIVE] = { "ZIPかExcelブック（xlsx）です。CSVではありません。",
			  "Excelで「名前を付けて保存」→「CSV UTF-8」を選んでく"
			  "ださい。" },
	[CSV_BINARY] = { "CSVではないファイルです。",
			 "Excelで「名前を付けて保存」→「CSV UTF-8」を選んでくだ"
			 "さい。" },
	[CSV_UTF16] = { "文字コードがUTF-16です。",
			"「CSV UTF-8」で保存し直してください。" },
	[CSV_UNCLOSED] = { "引用符（\"）が閉じていないか、セルが大きすぎます。",
			   "この行の引用符と、ファイルが途中で切れていないかを"
			   "確かめてください。" },
};

const char *csv_fault_reason(enum csv_fault fault)
{
	return fault_words[fault][0];
}

const char *csv_fault_mend(enum csv_fault fault)
{
	return fault_words[fault][1];
}

const char *csv_encoding_name(enum csv_encoding encoding)
{
	static const char *const names[] = {
		[CSV_ASCII] = "ASCII",
		[CSV_UTF8] = "UTF-8",
		[CSV_UTF8_MARK] = "UTF-8 (BOM)",
		[CSV_CP932] = "CP932",
	};

	return names[encoding];
}
