#include "test.h"

#include "model/questions.h"
#include "web/questions_form.h"

static const struct field fields[] = { QUESTIONS_FORM_FIELDS };

/* "安否 single: good 無事/Safe, bad 重傷/; 到着 time?: ": as it was read. */
static const char *shown(struct arena *a, const struct question *list)
{
	struct str s = { .arena = a };

	for (; list != NULL; list = list->next) {
		str_fmt(&s, "%s %s%s:", list->text, list->kind,
			list->required ? "" : "?");
		for (const struct choice *c = list->choices; c; c = c->next)
			str_fmt(&s, " %s %s/%s,", c->mark, c->text, c->text_en);
		str_add(&s, ";");
	}
	return str_text(&s);
}

static void test_read(void **state)
{
	static const struct {
		const char *name, *body;
		bool good;
		const char *want;
	} rows[] = {
		{ "none", "questions=none&q1=x&c1=a%0ab", true, "" },
		{ "marks and English",
		  "questions=own&q1=q&c1=%E2%97%8B%20a%20/%20A%0A%0A%C3%97b",
		  true, "q single: good a/A, bad b/,;" },
		{ "several, to be left out",
		  "questions=own&q2=q&k2=multiple&o2=yes&c2=a%0ab", true,
		  "q multiple?:  a/,  b/,;" },
		{ "written", "questions=own&q1=q&k1=time", true, "q time:;" },
		{ "nothing", "questions=own", false, "" },
		{ "no text", "questions=own&c1=a%0ab", false,
		  " single:  a/,  b/,;" },
		{ "one choice", "questions=own&q1=q&c1=a", false,
		  "q single:  a/,;" },
		{ "a mark alone", "questions=own&q1=q&c1=a%0A%E2%97%8B", false,
		  "q single:  a/, good /,;" },
		{ "choices of a written one",
		  "questions=own&q1=q&k1=text&c1=a%0ab", false,
		  "q text:  a/,  b/,;" },
		{ "an unknown kind", "questions=own&q1=q&k1=x&c1=a%0ab", false,
		  "q single:  a/,  b/,;" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = a };
		struct question *list;
		bool good;

		check_int(rows[i].name,
			  request_parse(a, rows[i].body, strlen(rows[i].body),
					CHARSET_UTF8, &req.params),
			  0);
		good = form_read(&req, fields, LEN(fields));
		list = questions_form_read(&req);
		check_str(rows[i].name, shown(a, list), rows[i].want);
		check_int(rows[i].name, good && !form_failed(&req),
			  rows[i].good);
		arena_reset(a);
	}
	arena_free(a);
}

/* Those of a safety check are the product's. */
static void test_safety(void **state)
{
	static const char body[] = "questions=safety&q1=own";
	struct request req = { .arena = arena_new() };
	struct question *list;

	(void)state;
	request_parse(req.arena, body, sizeof(body) - 1, CHARSET_UTF8,
		      &req.params);
	form_read(&req, fields, LEN(fields));
	list = questions_form_read(&req);
	assert_non_null(list);
	check_str("first", list->text, "安否");
	check_int("good", form_failed(&req), false);
	arena_free(req.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_safety),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
