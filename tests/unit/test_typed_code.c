#include "test.h"

#include "web/form.h"
#include "web/typed_code.h"

static const struct field fields[] = {
	{ "code", FIELD_TEXT, 1, TYPED_CODE_MAX },
};

static void test_typed(void **state)
{
	static const struct {
		const char *name, *body, *want;
	} rows[] = {
		{ "as it is", "code=123456", "123456" },
		{ "in two groups", "code=123+456", "123456" },
		{ "blanks around it", "code=++123456+", "123456" },
		{ "full-width", "code=%ef%bc%91%ef%bc%92%ef%bc%93456",
		  "123456" },
		{ "an ideographic blank", "code=123%e3%80%80456", "123456" },
		{ "letters stay, and fit no code", "code=12a456", "12a456" },
		{ "nothing", "code=", "" },
		{ "no field", "x=1", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = a };

		check_int(rows[i].name,
			  request_parse(a, rows[i].body, strlen(rows[i].body),
					CHARSET_UTF8, &req.params),
			  0);
		form_read(&req, fields, LEN(fields));
		check_str(rows[i].name, typed_code(&req, "code"), rows[i].want);
	}
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
