#include "test.h"

#include "mail/smtp_reply.h"

static void test_parse(void **state)
{
	static const struct {
		const char *name, *bytes;
		int want, code;
		const char *text;
	} rows[] = {
		{ "plain", "250 ok\r\n", 8, 250, "250 ok" },
		{ "code alone", "250\r\n", 5, 250, "250" },
		{ "LF alone", "250 ok\n", 7, 250, "250 ok" },
		{ "two replies", "250 ok\r\n354 go\r\n", 8, 250, "250 ok" },
		{ "lines", "250-a\r\n250-b c\r\n250 d\r\n", 23, 250,
		  "250 a; b c; d" },
		{ "empty lines", "250-\r\n250 \r\n", 12, 250, "250 " },
		{ "not printable", "550 \x1b[1m\xe5\r\n", 11, 550,
		  "550 ?[1m?" },
		{ "nothing", "", 0, 0, NULL },
		{ "begun", "25", 0, 0, NULL },
		{ "not ended", "250 ok\r", 0, 0, NULL },
		{ "lines not ended", "250-a\r\n250-b\r\n", 0, 0, NULL },
		{ "no code", "hello\r\n", -1, 0, NULL },
		{ "empty line", "\r\n", -1, 0, NULL },
		{ "code too low", "199 x\r\n", -1, 0, NULL },
		{ "code too high", "600 x\r\n", -1, 0, NULL },
		{ "four figures", "2500 x\r\n", -1, 0, NULL },
		{ "codes differ", "250-a\r\n251 b\r\n", -1, 0, NULL },
		{ "blank before", " 250 a\r\n", -1, 0, NULL },
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct smtp_reply r;

		check_int(rows[i].name,
			  smtp_reply_parse(rows[i].bytes, strlen(rows[i].bytes),
					   &r),
			  rows[i].want);
		if (rows[i].want <= 0)
			continue;
		check_int(rows[i].name, r.code, rows[i].code);
		smtp_reply_text(&r, text, sizeof(text));
		check_str(rows[i].name, text, rows[i].text);
	}
}

static void test_without_end(void **state)
{
	struct arena *a = arena_new();
	char *bytes = arena_alloc(a, SMTP_REPLY_MAX);
	struct smtp_reply r;

	(void)state;
	memset(bytes, 'a', SMTP_REPLY_MAX);
	memcpy(bytes, "250 ", 4);
	check_int("waits", smtp_reply_parse(bytes, SMTP_REPLY_MAX - 1, &r), 0);
	check_int("ends", smtp_reply_parse(bytes, SMTP_REPLY_MAX, &r), -1);
	arena_free(a);
}

static void test_offers(void **state)
{
	static const char ehlo[] = "250-PIPELINING.example.jp\r\n"
				   "250-PIPELINING\r\n250-SIZE 100\r\n"
				   "250-STARTTLSX\r\n250 8bitmime\r\n";
	struct smtp_reply r;
	char text[8];

	(void)state;
	assert_true(smtp_reply_parse(ehlo, strlen(ehlo), &r) > 0);
	check_int("plain", smtp_reply_offers(&r, "PIPELINING"), 1);
	check_int("with value", smtp_reply_offers(&r, "SIZE"), 1);
	check_int("last, lower case", smtp_reply_offers(&r, "8BITMIME"), 1);
	check_int("only begins so", smtp_reply_offers(&r, "STARTTLS"), 0);
	check_int("greeting", smtp_reply_offers(&r, "PIPELINING.example.jp"),
		  0);
	smtp_reply_text(&r, text, sizeof(text));
	check_str("cut", text, "250 PIP");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_without_end),
		cmocka_unit_test(test_offers),
	};

	return cmocka_run_group_tests_name("smtp_reply", tests, NULL, NULL);
}
