#include "test.h"

#include "base/time.h"
#include "web/form.h"

static const struct field fields[] = {
	{ "text", FIELD_TEXT, 0, 5 },
	{ "must", FIELD_TEXT, 2, 5 },
	{ "secret", FIELD_SECRET, 0, 10 },
	{ "lines", FIELD_LINES, 0, 20 },
	{ "code", FIELD_CODE, 0, 10 },
	{ "int", FIELD_INT, 0, 12000 },
	{ "count", FIELD_INT, 1, 12000 },
	{ "time", FIELD_TIME, 0, 1 },
	{ "kind", FIELD_CHOICE("safety info"), 0, 1 },
	{ "ids", FIELD_IDS, 0, 3 },
};

/* Reads one field of the table from a body. */
static bool read_one(struct request *req, struct arena *a, const char *name,
		     const char *body)
{
	const struct field *f = fields;

	while (strcmp(f->name, name) != 0)
		f++;
	*req = (struct request){ .arena = a };
	check_int(name,
		  request_parse(a, body, strlen(body), CHARSET_UTF8,
				&req->params),
		  0);
	return form_read(req, f, 1);
}

static void test_texts(void **state)
{
	static const struct {
		const char *name, *field, *body;
		int ok;
		const char *want;
	} rows[] = {
		{ "not sent", "text", "", 1, "" },
		{ "as it is", "text", "text=%e3%81%82b", 1, "あb" },
		{ "trimmed", "text", "text=+%e3%80%80a+b%e3%80%80%09", 1,
		  "a b" },
		{ "as long as may be", "text",
		  "text=%e3%81%82%e3%81%82%e3%81%82%e3%81%82%e3%81%82", 1,
		  "あああああ" },
		{ "too long", "text", "text=abcdef", 0, "abcdef" },
		{ "line end", "text", "text=a%0d%0ab", 0, "a\r\nb" },
		{ "control character", "text", "text=a%1bb", 0,
		  "a\x1b"
		  "b" },
		{ "sent twice", "text", "text=a&text=b", 0, "a" },
		{ "no UTF-8", "text", "text=a%ff", 0, "a?" },
		{ "missing", "must", "must=", 0, "" },
		{ "only spaces", "must", "must=+++", 0, "" },
		{ "too short", "must", "must=a", 0, "a" },
		{ "there", "must", "must=ab", 1, "ab" },
		{ "others do not count", "must", "x=1&must=ab&x=2", 1, "ab" },
		{ "not trimmed", "secret", "secret=+a+", 1, " a " },
		{ "lines", "lines", "lines=a%0d%0ab%0ac%0dd%0d%0a", 1,
		  "a\nb\nc\nd" },
		{ "code", "code", "code=A-1_b.2", 1, "A-1_b.2" },
		{ "no code", "code", "code=a/b", 0, "a/b" },
		{ "choice", "kind", "kind=info", 1, "info" },
		{ "no choice", "kind", "", 1, "" },
		{ "unknown choice", "kind", "kind=inf", 0, "" },
		{ "two choices in one", "kind", "kind=safety+info", 0, "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req;

		check_int(rows[i].name,
			  read_one(&req, a, rows[i].field, rows[i].body),
			  rows[i].ok);
		check_int(rows[i].name, form_failed(&req), !rows[i].ok);
		check_str(rows[i].name, form_text(&req, rows[i].field),
			  rows[i].want);
		arena_reset(a);
	}
	arena_free(a);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *name, *field, *body;
		int ok;
		int64_t want;
	} rows[] = {
		{ "number", "int", "int=412", 1, 412 },
		{ "left out", "int", "int=", 1, 0 },
		{ "left out, but must be", "count", "", 0, 0 },
		{ "separators", "int", "int=11,500", 1, 11500 },
		{ "full width", "int", "int=%ef%bc%91%ef%bc%90", 1, 10 },
		{ "full-width separator", "int", "int=1%ef%bc%8c000", 1, 1000 },
		{ "too many", "int", "int=12001", 0, 0 },
		{ "negative", "int", "int=-1", 0, 0 },
		{ "word", "int", "int=ten", 0, 0 },
		{ "overflow", "int", "int=99999999999999999999", 0, 0 },
		{ "time", "time", "time=1970-01-01T09:01", 1, TIME_MINUTE },
		{ "time with seconds", "time", "time=1970-01-01T09:00:01", 1,
		  TIME_SECOND },
		{ "no time", "time", "time=", 1, 0 },
		{ "not a time", "time", "time=yesterday", 0, 0 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req;

		check_int(rows[i].name,
			  read_one(&req, a, rows[i].field, rows[i].body),
			  rows[i].ok);
		check_int(rows[i].name, form_int(&req, rows[i].field),
			  rows[i].want);
		arena_reset(a);
	}
	arena_free(a);
}

static void test_ids(void **state)
{
	static const struct {
		const char *name, *body;
		int ok;
		const char *want;
	} rows[] = {
		{ "none", "", 1, "" },
		{ "several", "ids=3&ids=1", 1, "3 1 " },
		{ "the same twice", "ids=3&ids=3", 1, "3 " },
		{ "too many", "ids=1&ids=2&ids=3&ids=4", 0, "" },
		{ "zero", "ids=0", 0, "" },
		{ "word", "ids=1&ids=x", 0, "1 " },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };
		struct request req;
		const int64_t *ids;
		size_t count;

		check_int(rows[i].name, read_one(&req, a, "ids", rows[i].body),
			  rows[i].ok);
		ids = form_ids(&req, "ids", &count);
		for (size_t k = 0; k < count; k++)
			str_fmt(&s, "%lld ", (long long)ids[k]);
		check_str(rows[i].name, str_text(&s), rows[i].want);
		arena_reset(a);
	}
	arena_free(a);
}

static void test_all(void **state)
{
	static const char body[] = "must=abc&kind=safety";
	struct arena *a = arena_new();
	struct request req = { .arena = a };

	(void)state;
	check_int(
		"body",
		request_parse(a, body, strlen(body), CHARSET_UTF8, &req.params),
		0);
	check_int("count is missing", form_read(&req, fields, LEN(fields)), 0);
	check_int("sent", form_has(&req, "must"), 1);
	check_int("not sent", form_has(&req, "text"), 0);
	arena_free(a);
}

static void test_kept(void **state)
{
	static const char body[] = "text=%E7%84%A1+%26&secret=x&ids=3&ids=5"
				   "&other=y&count=wrong";
	struct arena *a = arena_new();
	struct request req = { .arena = a }, back = { .arena = a };
	const char *kept;
	const int64_t *ids;
	size_t n;

	(void)state;
	request_parse(a, body, strlen(body), CHARSET_UTF8, &req.params);
	kept = form_keep(&req, fields, LEN(fields));
	check_str("no secret, nothing undeclared, wrong values too", kept,
		  "text=%E7%84%A1%20%26&ids=3&ids=5&count=wrong");
	request_parse(a, "text=old&more=z", 15, CHARSET_UTF8, &back.params);
	assert_true(form_fill(&back, kept, fields, LEN(fields)));
	form_read(&back, fields, LEN(fields));
	check_str("text", form_text(&back, "text"), "無 &");
	ids = form_ids(&back, "ids", &n);
	assert_true(n == 2 && ids[0] == 3 && ids[1] == 5);
	check_str("what is none of the table stays", back.params->name, "more");
	assert_false(form_fill(&back, "%", fields, LEN(fields)));
	check_str("unchanged", back.params->name, "more");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts), cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_ids),   cmocka_unit_test(test_all),
		cmocka_unit_test(test_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
