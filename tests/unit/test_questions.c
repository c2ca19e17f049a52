#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "model/broadcast.h"
#include "model/questions.h"

#define YES "\"choices\":[{\"text\":\"yes\"}]"

/* So many of a piece of JSON, with commas between. */
static const char *times(struct arena *a, int count, const char *text)
{
	const char *all = text;

	while (--count > 0)
		all = arena_fmt(a, "%s,%s", all, text);
	return all;
}

static void test_value(void **state)
{
	static const struct {
		const char *kind, *text, *want; /* NULL: refused */
	} rows[] = {
		{ "text", "電車", "電車" },
		{ "number", "12", "12" },
		{ "number", "１，２００", "1200" },
		{ "number", "-1.5", "-1.5" },
		{ "number", "1.", NULL },
		{ "number", ".5", NULL },
		{ "number", "1.2345", NULL },
		{ "number", "1e3", NULL },
		{ "number", "3人", NULL },
		{ "number", "1234567890123456", NULL },
		{ "time", "9:30", "09:30" },
		{ "time", "９：３０", "09:30" },
		{ "time", "9時30分", "09:30" },
		{ "time", "9時", "09:00" },
		{ "time", "23:59", "23:59" },
		{ "time", "24:00", NULL },
		{ "time", "9:60", NULL },
		{ "time", "9:3", NULL },
		{ "time", "9:", NULL },
		{ "time", "930", NULL },
		{ "time", "9:30:00", NULL },
		{ "time", "", NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *got =
			questions_value(a, rows[i].kind, rows[i].text);

		check_str(rows[i].text, got == NULL ? "(none)" : got,
			  rows[i].want == NULL ? "(none)" : rows[i].want);
	}
	assert_null(questions_value(a, "text", arena_fmt(a, "%0201d", 0)));
	arena_free(a);
}

static void test_texts(void **state)
{
	struct arena *a = arena_new();
	struct written two = { NULL, 12, "𠮷 \"" };
	struct written one = { &two, 3, "09:30" }, *got;

	(void)state;
	check_str("none", questions_texts(a, NULL), "");
	assert_null(questions_written(a, ""));
	assert_null(questions_written(a, "not JSON"));
	assert_null(questions_written(a, "{\"x\":\"y\",\"5\":6}"));
	got = questions_written(a, questions_texts(a, &one));
	check_str("first", questions_find(got, 3), "09:30");
	check_str("second", questions_find(got, 12), "𠮷 \"");
	check_str("not answered", questions_find(got, 4), "");
	arena_free(a);
}

static void test_parse(void **state)
{
	struct arena *a = arena_new();
	const char *one = "{\"text\":\"a\"," YES "}";
	const char *choice = "{\"text\":\"b\"}";
	const struct {
		const char *name, *text;
		bool good;
	} rows[] = {
		{ "one", arena_fmt(a, "[%s]", one), true },
		{ "20", arena_fmt(a, "[%s]", times(a, 20, one)), true },
		{ "21", arena_fmt(a, "[%s]", times(a, 21, one)), false },
		{ "20 choices",
		  arena_fmt(a, "[{\"text\":\"a\",\"choices\":[%s]}]",
			    times(a, 20, choice)),
		  true },
		{ "21 choices",
		  arena_fmt(a, "[{\"text\":\"a\",\"choices\":[%s]}]",
			    times(a, 21, choice)),
		  false },
		{ "100 characters of a choice",
		  arena_fmt(a,
			    "[{\"text\":\"a\",\"choices\":[{\"text\":"
			    "\"%0100d\"}]}]",
			    0),
		  true },
		{ "101 characters of a choice",
		  arena_fmt(a,
			    "[{\"text\":\"a\",\"choices\":[{\"text\":"
			    "\"%0101d\"}]}]",
			    0),
		  false },
		{ "201 characters",
		  arena_fmt(a, "[{\"text\":\"%0201d\"," YES "}]", 0), false },
		{ "written", "[{\"text\":\"a\",\"kind\":\"time\"}]", true },
		{ "written, with choices",
		  "[{\"text\":\"a\",\"kind\":\"text\"," YES "}]", false },
		{ "no text", "[{" YES "}]", false },
		{ "no choices", "[{\"text\":\"a\"}]", false },
		{ "empty choices", "[{\"text\":\"a\",\"choices\":[]}]", false },
		{ "unknown kind", "[{\"text\":\"a\",\"kind\":\"any\"," YES "}]",
		  false },
		{ "unknown mark",
		  "[{\"text\":\"a\",\"choices\":[{\"text\":\"b\","
		  "\"mark\":\"x\"}]}]",
		  false },
		{ "a number as text", "[{\"text\":1," YES "}]", false },
		{ "a word for required",
		  "[{\"text\":\"a\",\"required\":\"no\"," YES "}]", false },
		{ "a line end in a text", "[{\"text\":\"a\\nb\"," YES "}]",
		  false },
		{ "a NUL in a text", "[{\"text\":\"a\\u0000b\"," YES "}]",
		  false },
		{ "an object", one, false },
		{ "an empty list", "[]", false },
		{ "nothing", "", false },
		{ "not UTF-8", "[{\"text\":\"\xff\"," YES "}]", false },
		{ "more behind", arena_fmt(a, "[%s]x", one), false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL;
		struct question *q = questions_parse(
			a, rows[i].text, strlen(rows[i].text), &why);

		check_int(rows[i].name, q != NULL, rows[i].good);
		check_int(rows[i].name, why != NULL, 1);
	}
	arena_free(a);
}

static void test_values(void **state)
{
	static const char text[] =
		"[{\"text\":\"安否\",\"text_en\":\"Safe?\",\"kind\":"
		"\"multiple\",\"required\":false,\"choices\":[{\"text\":"
		"\"無事\",\"mark\":\"good\"},{\"text\":\"軽傷\"}]}]";
	struct arena *a = arena_new();
	const char *why;
	struct question *q = questions_parse(a, text, strlen(text), &why);

	(void)state;
	assert_non_null(q);
	check_str("text", q->text, "安否");
	check_str("english", q->text_en, "Safe?");
	check_str("kind", q->kind, "multiple");
	check_int("required", q->required, 0);
	check_str("choice", q->choices->text, "無事");
	check_str("mark", q->choices->mark, "good");
	check_str("second", q->choices->next->text, "軽傷");
	check_str("no mark", q->choices->next->mark, "");
	assert_null(q->choices->next->next);
	assert_null(q->next);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_value),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
