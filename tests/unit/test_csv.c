#include "test.h"

#include "base/csv.h"

static void test_text_is_quoted_and_never_a_formula(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "plain", "総務課", "\"総務課\"" },
		{ "empty", "", "\"\"" },
		{ "quote", "a\"b", "\"a\"\"b\"" },
		{ "comma and line", "a,b\nc", "\"a,b\nc\"" },
		{ "formula", "=1+1", "\"'=1+1\"" },
		{ "plus", "+81", "\"'+81\"" },
		{ "minus", "-1", "\"'-1\"" },
		{ "at", "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "tab", "\t=1", "\"'\t=1\"" },
		{ "full-width", "＝1", "\"'＝1\"" },
		{ "later is harmless", "a=1", "\"a=1\"" },
		{ "looks made harmless", "'=1", "\"''=1\"" },
		{ "an apostrophe alone", "'a", "\"'a\"" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };

		csv_open(&s);
		csv_text(&s, rows[i].text);
		check_str(rows[i].name, str_text(&s) + 3, rows[i].want);
	}
	arena_free(a);
}

static void test_plain_again(void **state)
{
	static const char *const rows[] = { "=1",  "'=1", "''=1", "a", "'a",
					    "＝1", "-",	  "'",	  "",  "@x" };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };
		char *cell;

		csv_text(&s, rows[i]);
		cell = arena_strdup(a, str_text(&s) + 1);
		cell[strlen(cell) - 1] = '\0';
		check_str(rows[i], csv_plain(cell), rows[i]);
	}
	arena_free(a);
}

/* Rows as "1[a|b] 3[c]". */
static int note_row(void *arg, const struct csv_row *row)
{
	struct str *s = arg;

	str_fmt(s, "%d[", (int)row->number);
	for (size_t i = 0; i < row->count; i++)
		str_fmt(s, "%s%s", i == 0 ? "" : "|", row->cells[i]);
	str_fmt(s, "%s] ", row->bad ? "?" : "");
	return str_eq(row->cells[0], "stop") ? -1 : 0;
}

static void test_reading(void **state)
{
	static const struct {
		const char *name, *text;
		int fault;
		const char *rows, *encoding;
	} rows[] = {
		{ "LF", "a,b\nc,d\n", CSV_OK, "1[a|b] 2[c|d] ", "ASCII" },
		{ "CRLF, no end", "a,b\r\nc,d", CSV_OK, "1[a|b] 2[c|d] ",
		  "ASCII" },
		{ "CR", "a\rb\r", CSV_OK, "1[a] 2[b] ", "ASCII" },
		{ "blank lines count", "a\r\n\r\n,,\r\nb\r\n", CSV_OK,
		  "1[a] 4[b] ", "ASCII" },
		{ "quotes", "\"a,\"\"b\",\"c\nd\"\ne\n", CSV_OK,
		  "1[a,\"b|c\nd] 2[e] ", "ASCII" },
		{ "mark", "\xEF\xBB\xBF氏名\n𠮷田\n", CSV_OK,
		  "1[氏名] 2[𠮷田] ", "UTF-8 (BOM)" },
		{ "no mark", "氏名\n𠮷田\n", CSV_OK, "1[氏名] 2[𠮷田] ",
		  "UTF-8" },
		{ "CP932 with 髙 and a backslash byte",
		  "\x8E\x81\x96\xBC,\x95\x5C\n\xFB\xFC,\xB6\n", CSV_OK,
		  "1[氏名|表] 2[髙|ｶ] ", "CP932" },
		{ "a row of another encoding", "氏名\n\x8E\x81\n", CSV_OK,
		  "1[氏名] 2[?] ", "CP932" },
		{ "harmless again", "\"'=1\"\n", CSV_OK, "1[=1] ", "ASCII" },
		{ "nothing", "", CSV_EMPTY, "", "ASCII" },
		{ "blank", "\n\n", CSV_EMPTY, "", "ASCII" },
		{ "zip", "PK\x03\x04...", CSV_ARCHIVE, "", "ASCII" },
		{ "old Excel", "\xD0\xCF\x11\xE0..", CSV_BINARY, "", "ASCII" },
		{ "UTF-16",
		  "\xFF\xFE"
		  "a",
		  CSV_UTF16, "", "ASCII" },
		{ "unclosed", "a\n\"b\nc\n", CSV_UNCLOSED, "1[a] ", "ASCII" },
		{ "stopped", "stop\nb\n", -1, "1[stop] ", "ASCII" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };
		struct csv_reader *r = csv_reader(a, note_row, &s);
		int fault = csv_read(r, rows[i].text, strlen(rows[i].text));

		if (fault == CSV_OK)
			fault = csv_end(r);
		check_int(rows[i].name, fault, rows[i].fault);
		check_str(rows[i].name, str_text(&s), rows[i].rows);
		if (!str_begins(rows[i].name, "a row"))
			check_str(rows[i].name,
				  csv_encoding_name(csv_encoding(r)),
				  rows[i].encoding);
	}
	arena_free(a);
}

/* However the bytes come, and beyond what is looked at for the encoding. */
static void test_reading_in_pieces(void **state)
{
	static const size_t pieces[] = { 1, 7, 4096, 1 << 20 };
	struct arena *a = arena_new();
	struct str text = { .arena = a };

	(void)state;
	for (int i = 0; i < 9000; i++)
		str_add(&text, "123,\"氏\r\n名\"\r\n");
	for (size_t i = 0; i < LEN(pieces); i++) {
		struct str s = { .arena = a };
		struct csv_reader *r = csv_reader(a, note_row, &s);

		for (size_t at = 0; at < text.len; at += pieces[i])
			assert_int_equal(csv_read(r, text.s + at,
						  text.len - at < pieces[i]
							  ? text.len - at
							  : pieces[i]),
					 CSV_OK);
		assert_int_equal(csv_end(r), CSV_OK);
		check_int("rows", csv_rows(r), 9000);
		assert_true(csv_is_ended(r));
		assert_non_null(strstr(s.s, " 9000[123|氏\r\n名] "));
	}
	arena_free(a);
}

static void test_nul_and_huge_cell(void **state)
{
	struct arena *a = arena_new();
	struct str s = { .arena = a }, text = { .arena = a };
	struct csv_reader *r = csv_reader(a, note_row, &s);
	int fault = CSV_OK;

	(void)state;
	csv_read(r, "a\0b\n", 4);
	assert_int_equal(csv_end(r), CSV_BINARY);
	for (int i = 0; i < 1000; i++)
		str_add(&text, "xxxxxxxxxxxxxxxxxxxx\n");
	r = csv_reader(a, note_row, &s);
	csv_read(r, "a\n\"", 3);
	for (int i = 0; i < 100 && fault == CSV_OK; i++)
		fault = csv_read(r, text.s, text.len);
	assert_int_equal(fault, CSV_UNCLOSED);
	arena_free(a);
}

static void test_lines(void **state)
{
	struct arena *a = arena_new();
	struct str s = { .arena = a };

	(void)state;
	csv_open(&s);
	csv_text(&s, "課");
	csv_text(&s, "人");
	csv_line(&s);
	csv_int(&s, -3);
	csv_text(&s, "x\n");
	csv_text(&s, "y");
	csv_line(&s);
	check_str("whole", str_text(&s),
		  "\xEF\xBB\xBF\"課\",\"人\"\r\n-3,\"x\n\",\"y\"\r\n");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_quoted_and_never_a_formula),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_plain_again),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_reading_in_pieces),
		cmocka_unit_test(test_nul_and_huge_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
