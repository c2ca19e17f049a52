#include "test.h"

#include "web/given.h"

static const int64_t one_choices[] = { 11, 12 };
static const int64_t many_choices[] = { 21, 22, 23 };

/* 1 single, 2 multiple, 3 number, 4 time, 5 text; 1 must be answered. */
static struct given questions[] = {
	{ &questions[1], 1, "single", true, one_choices, LEN(one_choices) },
	{ &questions[2], 2, "multiple", false, many_choices,
	  LEN(many_choices) },
	{ &questions[3], 3, "number", false, NULL, 0 },
	{ &questions[4], 4, "time", false, NULL, 0 },
	{ NULL, 5, "text", false, NULL, 0 },
};

static const struct field comment = { "comment", FIELD_LINES, 0, 10 };

static void test_given(void **state)
{
	static const struct {
		const char *name, *body;
		bool good;
		const char *choices, *texts;
	} rows[] = {
		{ "one", "q1=11", true, "11", "" },
		{ "ascending", "q2=23&q2=21&q1=12", true, "12,21,23", "" },
		{ "nothing where one must", "q2=21", false, "21", "" },
		{ "two of one", "q1=11&q1=12", false, "", "" },
		{ "of another question", "q1=21", false, "", "" },
		{ "none at all", "q1=11&q2=99", false, "11", "" },
		{ "no number", "q1=x", false, "", "" },
		{ "written", "q1=11&q3=%ef%bc%93&q4=9:30&q5=a", true, "11",
		  "{\"3\":\"3\",\"4\":\"09:30\",\"5\":\"a\"}" },
		{ "left empty", "q1=11&q3=+", true, "11", "" },
		{ "a word for a number", "q1=11&q3=a", false, "11", "" },
		{ "no time of day", "q1=11&q4=25:00", false, "11", "" },
		{ "a choice to a text", "q1=11&q5=12", true, "11",
		  "{\"5\":\"12\"}" },
		{ "an unknown question", "q1=11&q9=1", true, "11", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = a };
		struct field fields[LEN(questions) + 1] = { comment };
		size_t n = 1;
		bool good;

		check_int(rows[i].name,
			  request_parse(a, rows[i].body, strlen(rows[i].body),
					CHARSET_UTF8, &req.params),
			  0);
		n += given_fields(&req, questions, fields + n, LEN(questions));
		check_int("a field each", (long long)n, LEN(fields));
		good = form_read(&req, fields, n);
		check_str(rows[i].name, given_choices(&req, questions),
			  rows[i].choices);
		check_str(rows[i].name, given_texts(&req, questions),
			  rows[i].texts);
		check_int(rows[i].name, good && !form_failed(&req),
			  rows[i].good);
		arena_reset(a);
	}
	arena_free(a);
}

/* No more fields than there is room for. */
static void test_room(void **state)
{
	struct request req = { .arena = arena_new() };
	struct field fields[2];

	(void)state;
	check_int("two of five",
		  (long long)given_fields(&req, questions, fields, 2), 2);
	check_str("the first", fields[0].name, "q1");
	check_str("the second", fields[1].name, "q2");
	arena_free(req.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests_name("given", tests, NULL, NULL);
}
