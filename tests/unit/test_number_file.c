#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/number_file.h"

static int begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int end(void **state)
{
	arena_free(*state);
	return 0;
}

/* Numbers and faults as one text: "1:T1 2:T2", "!3 !0". */
static const char *read_all(struct arena *a, const char *bytes, size_t len)
{
	struct str s = { .arena = a };
	struct number_file file;

	number_file_read(a, bytes, len, &file);
	for (struct number_fault *f = file.faults; f != NULL; f = f->next)
		str_fmt(&s, "%s!%d", s.len > 0 ? " " : "", (int)f->line);
	for (struct group_number *n = file.numbers;
	     n != NULL && file.faults == NULL; n = n->next)
		str_fmt(&s, "%s%d:%s", s.len > 0 ? " " : "", (int)n->line,
			n->staff_no);
	return str_text(&s);
}

static void test_read(void **state)
{
	static const struct {
		const char *name, *bytes, *want;
	} rows[] = {
		{ "a number a line", "T1\nT2\n", "1:T1 2:T2" },
		{ "no line end", "T1\r\nT2", "1:T1 2:T2" },
		{ "blank lines count", "T1\n\n\nT2\n", "1:T1 4:T2" },
		{ "blanks around", " T1 \n　T2　\n", "1:T1 2:T2" },
		{ "the first column", "T1,x\nT2,y\n", "1:T1 2:T2" },
		{ "headed", "\xef\xbb\xbf氏名,職員番号\r\nx,T1\r\ny,\"T2\"\r\n",
		  "2:T1 3:T2" },
		{ "headed in CP932",
		  "\x90\x45\x88\xf5\x94\xd4\x8d\x86\r\nT1\r\n", "2:T1" },
		{ "headed in English", "staff_no\nT1\n", "2:T1" },
		{ "the same twice", "T1\nT1\n", "1:T1 2:T1" },
		{ "a number that is missing", "氏名,職員番号\nx,\ny\nz,T1\n",
		  "!2 !3" },
		{ "another head", "番号\nT1\n", "!1" },
		{ "full width", "T1\n９９\n", "!2" },
		{ "an address", "a@b.example\n", "!1" },
		{ "a line end in a cell", "\"T1\nT2\"\n", "!1" },
		{ "too long", "123456789012345678901234567890123\n", "!1" },
		{ "empty", "", "!0" },
		{ "blank", "\n \n", "!0" },
		{ "a head alone", "職員番号\n", "!0" },
		{ "an archive", "PK\003\004xxxx", "!0" },
		{ "a quote that stays open", "T1\n\"T2\n", "!2" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		check_str(
			rows[i].name,
			read_all(*state, rows[i].bytes, strlen(rows[i].bytes)),
			rows[i].want);
}

static void test_binary(void **state)
{
	static const char bytes[] = "T1\0\nT2\n";

	check_str("a NUL", read_all(*state, bytes, sizeof(bytes) - 1), "!0");
}

static void test_too_many(void **state)
{
	struct str s = { .arena = *state };

	for (int i = 0; i <= NUMBER_FILE_NUMBERS; i++)
		str_fmt(&s, "T%d\n", i);
	check_str("one more", read_all(*state, s.s, s.len), "!0");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, begin, end),
		cmocka_unit_test_setup_teardown(test_binary, begin, end),
		cmocka_unit_test_setup_teardown(test_too_many, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
