#include "test.h"

#include "base/csv.h"
#include "model/layout.h"

/* What stands in two lines: the head, then a row. */
struct two {
	struct arena *arena;
	enum layout_kind kind;
	struct layout_map map;
	struct layout_row row;
	struct layout_fault *fault;
	int lines;
};

static int take(void *arg, const struct csv_row *row)
{
	struct two *t = arg;

	/* Cells end with the call. */
	struct csv_row *copy = arena_memdup(t->arena, row, sizeof(*row));

	for (size_t i = 0; i < row->count; i++)
		copy->cells[i] = arena_strdup(t->arena, row->cells[i]);
	if (t->lines++ == 0)
		t->fault = layout_head(t->arena, t->kind, copy, &t->map);
	else
		t->fault = layout_read(t->arena, &t->map, copy, &t->row);
	return t->fault == NULL ? 0 : -1;
}

static struct two read_two(struct arena *a, enum layout_kind kind,
			   const char *text)
{
	struct two t = { .arena = a, .kind = kind };
	struct csv_reader *r = csv_reader(a, take, &t);

	if (csv_read(r, text, strlen(text)) == CSV_OK)
		csv_end(r);
	return t;
}

static void test_layouts_read_their_own_templates(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (int kind = 0; kind < LAYOUTS; kind++) {
		for (int n = 0; n < 2; n++) {
			struct str s = { .arena = a };
			const char *const *cells;
			struct two t;
			size_t count;

			cells = layout_columns((enum layout_kind)kind, &count);
			for (size_t i = 0; i < count; i++)
				csv_text(&s, cells[i]);
			csv_line(&s);
			cells = layout_example((enum layout_kind)kind, n);
			for (size_t i = 0; i < count; i++)
				csv_text(&s, cells[i]);
			csv_line(&s);
			t = read_two(a, (enum layout_kind)kind, str_text(&s));
			check_str(layout_name((enum layout_kind)kind),
				  t.fault == NULL ? NULL : t.fault->reason,
				  NULL);
			assert_non_null(t.row.item);
		}
		check_int("by name",
			  layout_named(layout_name((enum layout_kind)kind)),
			  kind);
	}
	check_int("unknown", layout_named("trips"), -1);
	arena_free(a);
}

static void test_items(void **state)
{
	static const struct {
		const char *name;
		enum layout_kind kind;
		const char *text, *item;
	} rows[] = {
		{ "order of columns is free", LAYOUT_PEOPLE,
		  "氏名,職員番号\n𠮷,7\n", "7" },
		{ "English heads", LAYOUT_MEMBERSHIPS,
		  "staff_no,group\n7,A-1\n", "7 A-1" },
		{ "blanks go", LAYOUT_MEMBERSHIPS,
		  "staff_no,group\n　7 , A-1\n", "7 A-1" },
		{ "a zero that a spreadsheet took", LAYOUT_REGIONS,
		  "職員番号,用途,地域コード\n7,勤務地,1\n", "7 work 01" },
		{ "of a municipality", LAYOUT_REGIONS,
		  "職員番号,用途,地域コード\n7,自宅,1101\n", "7 home 01101" },
		{ "an address without a place", LAYOUT_ADDRESSES,
		  "職員番号,メールアドレス\n7,a@b.jp\n", "7 1" },
		{ "one that goes needs no address", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス,区分\n7,2,,削除\n", "7 2" },
		{ "variation selectors belong to names", LAYOUT_PEOPLE,
		  "職員番号,氏名\n7,葛\xf3\xa0\x84\x80城\n", "7" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct two t = read_two(a, rows[i].kind, rows[i].text);

		check_str(rows[i].name,
			  t.fault == NULL ? NULL : t.fault->reason, NULL);
		check_str(rows[i].name, t.row.item, rows[i].item);
	}
	arena_free(a);
}

static void test_address_is_never_repeated(void **state)
{
	static const char *const rows[] = { "secret", "secret@", "se cret@b.jp",
					    "secret＠b.jp" };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct two t =
			read_two(a, LAYOUT_ADDRESSES,
				 arena_fmt(a, "職員番号,メールアドレス\n7,%s\n",
					   rows[i]));

		assert_non_null(t.fault);
		for (struct layout_fault *f = t.fault; f; f = f->next) {
			assert_null(strstr(f->reason, "cret"));
			assert_null(strstr(f->mend, "cret"));
		}
	}
	arena_free(a);
}

static void test_masked_and_hint(void **state)
{
	struct arena *a = arena_new();
	struct two t = read_two(a, LAYOUT_ADDRESSES,
				"職員番号,メールアドレス\n7,***@b.jp\n");

	(void)state;
	assert_null(t.fault);
	assert_null(t.row.address);
	check_str("domain", t.row.domain, "b.jp");
	t = read_two(a, LAYOUT_ADDRESSES,
		     "職員番号,メールアドレス\n7,x@docomo.co.jp\n");
	assert_non_null(t.fault);
	assert_true(t.fault->warning);
	check_str("taken all the same", t.row.address, "x@docomo.co.jp");
	arena_free(a);
}

static void test_end(void **state)
{
	static const struct {
		const char *name;
		struct csv_row row;
		int is_end;
		int64_t rows;
	} rows[] = {
		{ "end", { .count = 2, .cells = { "#END", "12" } }, 1, 12 },
		{ "no number",
		  { .count = 2, .cells = { "#END", "x" } },
		  1,
		  -1 },
		{ "alone", { .count = 1, .cells = { "#END" } }, 1, -1 },
		{ "a row", { .count = 2, .cells = { "7", "12" } }, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t n = 0;

		check_int(rows[i].name, layout_is_end(&rows[i].row, &n),
			  rows[i].is_end);
		check_int(rows[i].name, n, rows[i].rows);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts_read_their_own_templates),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_address_is_never_repeated),
		cmocka_unit_test(test_masked_and_hint),
		cmocka_unit_test(test_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
