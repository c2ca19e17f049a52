#include "test.h"

#include "web/request.h"

static void test_match(void **state)
{
	static const struct {
		const char *name, *pattern, *path;
		int want;
		int64_t id;
		const char *token;
	} rows[] = {
		{ "literal", "/login", "/login", 1, 0, NULL },
		{ "front page", "/", "/", 1, 0, NULL },
		{ "slash at the end", "/login", "/login/", 0, 0, NULL },
		{ "id", "/groups/{id}", "/groups/12", 1, 12, NULL },
		{ "id and more", "/b/{id}/people", "/b/7/people", 1, 7, NULL },
		{ "id and suffix", "/b/{id}.csv", "/b/7.csv", 1, 7, NULL },
		{ "no suffix", "/b/{id}.csv", "/b/7", 0, 0, NULL },
		{ "word for id", "/b/{id}", "/b/new", 0, 0, NULL },
		{ "zero", "/b/{id}", "/b/0", 0, 0, NULL },
		{ "leading zero", "/b/{id}", "/b/01", 0, 0, NULL },
		{ "sign", "/b/{id}", "/b/+1", 0, 0, NULL },
		{ "largest id", "/b/{id}", "/b/999999999999999999", 1,
		  999999999999999999, NULL },
		{ "too large", "/b/{id}", "/b/1000000000000000000", 0, 0,
		  NULL },
		{ "token", "/r/{token}", "/r/Aa-_9", 1, 0, "Aa-_9" },
		{ "empty token", "/r/{token}", "/r/", 0, 0, NULL },
		{ "slash in token", "/r/{token}", "/r/a/b", 0, 0, NULL },
		{ "percent", "/r/{token}", "/r/%41", 0, 0, NULL },
		{ "longer path", "/b/{id}", "/b/1x", 0, 0, NULL },
		{ "shorter path", "/broadcasts", "/b", 0, 0, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = a, .path = rows[i].path };

		check_int(rows[i].name, request_match(&req, rows[i].pattern),
			  rows[i].want);
		if (!rows[i].want)
			continue;
		check_int(rows[i].name, req.id, rows[i].id);
		check_str(rows[i].name, req.token, rows[i].token);
	}
	arena_free(a);
}

static void test_parse(void **state)
{
	/* The fields as "name=text;", a bad one with "!" before it. */
	static const struct {
		const char *name, *body;
		enum charset charset;
		const char *want; /* NULL: refused */
	} rows[] = {
		{ "empty", "", CHARSET_UTF8, "" },
		{ "one", "a=b", CHARSET_UTF8, "a=b;" },
		{ "plus and percent", "a=b+c%20d%2b", CHARSET_UTF8,
		  "a=b c d+;" },
		{ "percent at the very end", "a=%e3%81%82", CHARSET_UTF8,
		  "a=あ;" },
		{ "no value", "a&b=", CHARSET_UTF8, "a=;b=;" },
		{ "empty parts", "&&a=1&", CHARSET_UTF8, "a=1;" },
		{ "equals in the value", "a=1=2", CHARSET_UTF8, "a=1=2;" },
		{ "doubled", "a=1&a=2", CHARSET_UTF8, "a=1;a=2;" },
		{ "half an escape", "a=%4", CHARSET_UTF8, NULL },
		{ "lone percent", "a=%", CHARSET_UTF8, NULL },
		{ "not hexadecimal", "a=%4g", CHARSET_UTF8, NULL },
		{ "NUL", "a=1%00", CHARSET_UTF8, NULL },
		{ "name is no UTF-8", "%ff=1", CHARSET_UTF8, NULL },
		{ "value is no UTF-8", "a=x%ffy&b=1", CHARSET_UTF8,
		  "!a=x?y;b=1;" },
		{ "overlong", "a=%c0%af", CHARSET_UTF8, "!a=??;" },
		{ "Shift_JIS", "a=%82%a0", CHARSET_SHIFT_JIS, "a=あ;" },
		{ "Shift_JIS of Windows", "a=%fb%fc", CHARSET_SHIFT_JIS,
		  "a=髙;" },
		{ "half a character", "a=%82", CHARSET_SHIFT_JIS, "!a=?;" },
		{ "the form says it is", "_charset_=Shift_JIS&a=%82%a0",
		  CHARSET_UTF8, "_charset_=Shift_JIS;a=あ;" },
		{ "the form says it is not", "a=%e3%81%82&_charset_=UTF-8",
		  CHARSET_SHIFT_JIS, "a=あ;_charset_=UTF-8;" },
		{ "a field that ends so", "x_charset_=Shift_JIS&a=%e3%81%82",
		  CHARSET_UTF8, "x_charset_=Shift_JIS;a=あ;" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str s = { .arena = a };
		struct param *p;
		int rc = request_parse(a, rows[i].body, strlen(rows[i].body),
				       rows[i].charset, &p);

		check_int(rows[i].name, rc, rows[i].want == NULL ? -1 : 0);
		if (rc < 0)
			continue;
		for (; p != NULL; p = p->next)
			str_fmt(&s, "%s%s=%s;", p->bad ? "!" : "", p->name,
				p->text);
		check_str(rows[i].name, str_text(&s), rows[i].want);
	}
	arena_free(a);
}

static void test_too_many(void **state)
{
	struct arena *a = arena_new();
	struct str s = { .arena = a };
	struct param *p;

	(void)state;
	for (int i = 0; i < 5001; i++)
		str_add(&s, "a=1&");
	check_int("5001 fields", request_parse(a, s.s, s.len, CHARSET_UTF8, &p),
		  -1);
	check_int("5000 fields",
		  request_parse(a, s.s, s.len - 4, CHARSET_UTF8, &p), 0);
	arena_free(a);
}

static void test_cookie(void **state)
{
	static const struct {
		const char *name, *header, *want;
	} rows[] = {
		{ "alone", "HTTP_COOKIE=c=1", "1" },
		{ "among others", "HTTP_COOKIE=a=0; c=1; b=2", "1" },
		{ "none", "HTTP_COOKIE=cc=1; xc=2", NULL },
		{ "twice", "HTTP_COOKIE=c=1; c=2", NULL },
		{ "empty", "HTTP_COOKIE=c=", "" },
		{ "no cookies", "HTTP_HOST=x", NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *env[] = { arena_strdup(a, rows[i].header), NULL };
		struct request req = { .arena = a, .env = env };

		check_str(rows[i].name, request_cookie(&req, "c"),
			  rows[i].want);
	}
	arena_free(a);
}

static void test_open(void **state)
{
	static const struct {
		const char *name, *header;
		enum charset charset;
		const char *lang;
	} rows[] = {
		{ "nothing said", "X=", CHARSET_UTF8, "ja" },
		{ "English first", "HTTP_ACCEPT_LANGUAGE=en-US,ja",
		  CHARSET_UTF8, "en" },
		{ "English second", "HTTP_ACCEPT_LANGUAGE=ja,en", CHARSET_UTF8,
		  "ja" },
		{ "an old phone", "HTTP_USER_AGENT=DoCoMo/2.0 P903i",
		  CHARSET_SHIFT_JIS, "ja" },
		{ "wants Shift_JIS", "HTTP_ACCEPT_CHARSET=Shift_JIS",
		  CHARSET_SHIFT_JIS, "ja" },
		{ "takes both", "HTTP_ACCEPT_CHARSET=Shift_JIS,utf-8",
		  CHARSET_UTF8, "ja" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *env[] = { arena_strdup(a, rows[i].header),
				arena_strdup(a, "REQUEST_URI=/a?b=/c?d"),
				NULL };
		struct request req = { .arena = a, .env = env };

		request_open(&req);
		check_str(rows[i].name, req.path, "/a");
		check_str(rows[i].name, req.lang, rows[i].lang);
		check_int(rows[i].name, req.charset, rows[i].charset);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),	 cmocka_unit_test(test_parse),
		cmocka_unit_test(test_too_many), cmocka_unit_test(test_cookie),
		cmocka_unit_test(test_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
