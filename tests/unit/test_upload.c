#include "test.h"

#include "web/request.h"
#include "web/upload.h"

struct body {
	const char *text;
	size_t left, piece;
};

static size_t give(void *arg, char *bytes, size_t len)
{
	struct body *b = arg;

	len = len > b->left ? b->left : len;
	len = len > b->piece ? b->piece : len;
	memcpy(bytes, b->text, len);
	b->text += len;
	b->left -= len;
	return len;
}

#define FIELD "--xx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n"
#define FILE_PART                                                              \
	"--xx\r\nContent-Disposition: form-data; name=\"file\";"               \
	" filename=\"C:\\a\\名簿.csv\"\r\nContent-Type: text/csv\r\n\r\n"

/* "kind=people 名簿.csv:bytes", "none", "bad" or "cut". */
static const char *shown(struct arena *a, const char *text, size_t piece)
{
	struct body body = { text, strlen(text), piece };
	struct upload *u =
		upload_open(a, "multipart/form-data; boundary=xx", give, &body);
	struct str s = { .arena = a };
	struct param *fields;
	char chunk[7];
	long n;
	int rc;

	assert_non_null(u);
	rc = upload_fields(u, &fields);
	if (rc < 0)
		return "bad";
	for (struct param *p = fields; p != NULL; p = p->next)
		str_fmt(&s, "%s=%s ", p->name, p->text);
	if (rc == 0)
		return arena_fmt(a, "%snone", str_text(&s));
	str_fmt(&s, "%s:", upload_name(u));
	while ((n = upload_read(u, chunk, sizeof(chunk))) > 0)
		str_add_len(&s, chunk, (size_t)n);
	return n < 0 ? "cut" : str_text(&s);
}

static void test_forms(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "field and file",
		  FIELD "people\r\n" FILE_PART "a,b\r\nc,d\r\n\r\n--xx--\r\n",
		  "kind=people 名簿.csv:a,b\r\nc,d\r\n" },
		{ "a mark within a line", FILE_PART "a--xx\r\n--x\r\n--xx--",
		  "名簿.csv:a--xx\r\n--x" },
		{ "an empty file", FILE_PART "\r\n--xx--", "名簿.csv:" },
		{ "no file", FIELD "people\r\n--xx--", "kind=people none" },
		{ "cut short", FILE_PART "a,b\r\nc", "cut" },
		{ "cut before the file", FIELD "peo", "bad" },
		{ "no mark", "kind=people", "bad" },
		{ "no name", "--xx\r\nX: y\r\n\r\nz\r\n--xx--", "bad" },
		{ "not UTF-8", FIELD "\x8E\x81\r\n--xx--", "bad" },
	};
	static const size_t pieces[] = { 1, 3, 1 << 20 };
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		for (size_t n = 0; n < LEN(pieces); n++)
			check_str(rows[i].name,
				  shown(a, rows[i].text, pieces[n]),
				  rows[i].want);
	arena_free(a);
}

/* Larger than what is held at once. */
static void test_large_file(void **state)
{
	struct arena *a = arena_new();
	struct str text = { .arena = a };
	const char *got;

	(void)state;
	str_add(&text, FILE_PART);
	for (int i = 0; i < 30000; i++)
		str_fmt(&text, "%05d\r\n", i);
	str_add(&text, "\r\n--xx--");
	got = shown(a, text.s, 1000);
	check_int("length", (long long)strlen(got),
		  (long long)strlen("名簿.csv:") + 30000 * 7);
	assert_non_null(strstr(got, "29999\r\n"));
	arena_free(a);
}

static void test_not_a_form(void **state)
{
	struct arena *a = arena_new();
	struct body body = { "", 0, 1 };

	(void)state;
	assert_null(upload_open(a, "text/csv", give, &body));
	assert_null(upload_open(a, "multipart/form-data", give, &body));
	assert_null(
		upload_open(a, "multipart/form-data; boundary=", give, &body));
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_large_file),
		cmocka_unit_test(test_not_a_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
