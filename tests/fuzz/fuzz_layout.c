/* csv_reader, layout_head and layout_read: whatever a file holds, what is taken
 * is within the limits of the tables, and no message repeats an address. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/csv.h"
#include "base/str.h"
#include "model/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct reading {
	struct arena *arena;
	enum layout_kind kind;
	bool headed;
	struct layout_map map;
};

static void check_text(const char *text, size_t characters)
{
	if (text == NULL)
		return;
	if (!charset_is_utf8(text, strlen(text)) ||
	    strlen(text) > characters * 4 || strchr(text, '\n') != NULL ||
	    strchr(text, '\x1f') != NULL)
		abort();
}

static int take(void *arg, const struct csv_row *row)
{
	struct reading *r = arg;
	struct layout_fault *f;
	struct layout_row out;
	int64_t rows;

	if (!r->headed) {
		r->headed = true;
		return layout_head(r->arena, r->kind, row, &r->map) == NULL
			       ? 0
			       : -1;
	}
	if (layout_is_end(row, &rows))
		return -1;
	f = layout_read(r->arena, &r->map, row, &out);
	for (; f != NULL; f = f->next) {
		check_text(f->reason, 300);
		if (!f->warning)
			return 0;
	}
	check_text(out.name, LAYOUT_NAME_MAX);
	check_text(out.kana, LAYOUT_NAME_MAX);
	check_text(out.code, LAYOUT_CODE_MAX);
	check_text(out.domain, 255);
	if (out.item == NULL || strlen(out.item) > 80)
		abort();
	return 0;
}

/* The first byte chooses the layout, the second how the rest is cut. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reading r = { .arena = arena_new() };
	struct csv_reader *csv;
	size_t piece, at = 2;
	int fault = CSV_OK;

	if (len < 2) {
		arena_free(r.arena);
		return 0;
	}
	r.kind = (enum layout_kind)(bytes[0] % LAYOUTS);
	piece = (size_t)bytes[1] + 1;
	csv = csv_reader(r.arena, take, &r);
	while (fault == CSV_OK && at < len) {
		size_t n = len - at < piece ? len - at : piece;

		fault = csv_read(csv, (const char *)bytes + at, n);
		at += n;
	}
	if (fault == CSV_OK)
		csv_end(csv);
	arena_free(r.arena);
	return 0;
}
