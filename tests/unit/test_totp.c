#include "test.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/time.h"
#include "base/totp.h"

/* The secret of RFC 6238, appendix B: "12345678901234567890". */
static const char secret[] = "gezdgnbvgy3tqojqgezdgnbvgy3tqojq";

/* The last six digits of appendix B, and what is around them. */
static void test_check(void **state)
{
	static const struct {
		const char *name;
		int64_t second, used;
		const char *code;
		int64_t want;
	} rows[] = {
		{ "appendix B", 59, 0, "287082", 1 },
		{ "appendix B", 1111111109, 0, "081804", 37037036 },
		{ "appendix B", 1111111111, 0, "050471", 37037037 },
		{ "appendix B", 1234567890, 0, "005924", 41152263 },
		{ "appendix B", 2000000000, 0, "279037", 66666666 },
		{ "appendix B", 20000000000, 0, "353130", 666666666 },
		{ "a step late", 59 + 30, 0, "287082", 1 },
		{ "a step early", 59 - 30, 0, "287082", 1 },
		{ "two steps late", 59 + 60, 0, "287082", 0 },
		{ "two steps early", 1111111109 - 60, 0, "081804", 0 },
		{ "used", 1111111109, 37037036, "081804", 0 },
		{ "used later", 1111111109, 37037037, "081804", 0 },
		{ "the one after that used", 1111111111, 37037036, "050471",
		  37037037 },
		{ "wrong", 59, 0, "287083", 0 },
		{ "eight digits", 59, 0, "94287082", 0 },
		{ "five digits", 59, 0, "87082", 0 },
		{ "no digits", 59, 0, "28708a", 0 },
		{ "nothing", 59, 0, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  totp_check(secret, rows[i].code,
				     rows[i].second * TIME_SECOND,
				     rows[i].used),
			  rows[i].want);
	check_int("no secret", totp_check("x", "287082", 59, 0), -1);
}

static void test_texts(void **state)
{
	struct arena *a = arena_new();
	const char *one = totp_new(a);
	unsigned char bytes[20];

	(void)state;
	check_int("20 bytes", bytes_from_base32(one, bytes, 20), 1);
	check_int("others each time", strcmp(one, totp_new(a)) != 0, 1);
	check_str("to be typed", totp_show(a, secret),
		  "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	check_str("to be read", totp_uri(a, secret, "省 A&B", "op/01"),
		  "otpauth://totp/%E7%9C%81%20A%26B:op%2F01"
		  "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		  "&issuer=%E7%9C%81%20A%26B");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
