#include "test.h"

#include <unistd.h>

#include "base/log.h"

enum { LOG_LEN = 8192 };

/* What log_error writes for a value, and what it returns. */
static int logged(const char *value, char out[LOG_LEN])
{
	int ends[2], keep = dup(STDERR_FILENO), rc;
	ssize_t len;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	rc = log_error("thing failed value=%s", value);
	dup2(keep, STDERR_FILENO);
	close(ends[1]);
	len = read(ends[0], out, LOG_LEN - 1);
	out[len < 0 ? 0 : len] = '\0';
	close(ends[0]);
	close(keep);
	return rc;
}

static void test_line(void **state)
{
	static const struct {
		const char *name, *value, *want;
	} rows[] = {
		{ "plain", "12", " thing failed value=12\n" },
		{ "no line is forged", "a\nfatal b\r",
		  " thing failed value=a\\x0afatal b\\x0d\n" },
		{ "no control character", "\x1b[31m\x7f",
		  " thing failed value=\\x1b[31m\\x7f\n" },
		{ "no format", "%n%s", " thing failed value=%n%s\n" },
		{ "Japanese as it is", "𠮷", " thing failed value=𠮷\n" },
	};
	char out[LOG_LEN];

	(void)state;
	log_open("test");
	for (size_t i = 0; i < LEN(rows); i++) {
		size_t want = strlen(rows[i].want), len;

		check_int(rows[i].name, logged(rows[i].value, out), -1);
		len = strlen(out);
		check_int(rows[i].name, len > want, 1);
		check_str(rows[i].name, out + len - want, rows[i].want);
		check_int(rows[i].name, strstr(out, "Z error test[") != NULL,
			  1);
	}
}

static void test_long_line_is_cut(void **state)
{
	struct arena *a = arena_new();
	char *value = arena_alloc(a, 10001), out[LOG_LEN];
	size_t len;

	(void)state;
	memset(value, '\n', 10000); /* the worst: each becomes four */
	logged(value, out);
	len = strlen(out);
	assert_true(len <= 4096);
	assert_int_equal(out[len - 1], '\n');
	assert_ptr_equal(strchr(out, '\n'), out + len - 1);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_long_line_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
