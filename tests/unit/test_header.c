#include "test.h"

#include <gmime/gmime.h>

#include "base/charset.h"
#include "mail/header.h"

static const char japanese[] =
	"【安否確認】令和6年能登半島地震（震度7）について、あなたの安否を至急"
	"回答してください ABC def（国土交通省 緊急連絡 2026年11月20日）";
static const char rare[] =
	"【安否確認】髙﨑𠮷①㈱ｱ～－について、あなたの安否を至急回答してくだ"
	"さい。𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷";

static int setup(void **state)
{
	g_mime_init();
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

/*
 * Decodes line by line: each is short enough and, as RFC 2047 wants, whole
 * characters by itself.  (Given neighbours together, GMime 3.2 stops at the
 * first padded one.)
 */
static char *decoded(struct arena *a, const char *row, const char *value,
		     size_t name_len)
{
	struct str out = { .arena = a };
	size_t at = name_len + 1;
	char *rest = arena_strdup(a, value), *line;

	while ((line = strsep(&rest, "\n")) != NULL) {
		size_t len = strcspn(line, "\r");
		char *text;

		line[len] = '\0';
		if (at + len > 76)
			fail_msg("%s: line of %zu", row, at + len);
		text = g_mime_utils_header_decode_text(NULL, at == 0 ? line + 1
								     : line);
		if (!charset_is_utf8(text, strlen(text)))
			fail_msg("%s: a word is not whole: %s", row, line);
		str_add(&out, text);
		g_free(text);
		at = 0;
	}
	return arena_strdup(a, str_text(&out));
}

static void test_text(void **state)
{
	const struct {
		const char *name, *text;
		enum header_charset charset;
		const char *want; /* NULL: as the text, decoded */
	} rows[] = {
		{ "ASCII stays", "Safety check", HEADER_ISO2022JP, NULL },
		{ "looks encoded", "=?UTF-8?B?QQ==?=", HEADER_UTF8, NULL },
		{ "long ASCII",
		  "A subject that is longer than sixty characters of ASCII is "
		  "encoded, so that no line is too long",
		  HEADER_UTF8, NULL },
		{ "UTF-8", japanese, HEADER_UTF8, NULL },
		{ "ISO-2022-JP", japanese, HEADER_ISO2022JP, NULL },
		{ "rare", rare, HEADER_UTF8, NULL },
		{ "injection", "a\r\nBcc: x@example.jp", HEADER_UTF8,
		  "a  Bcc: x@example.jp" },
		{ "injection, encoded", "安\r\nBcc: x@example.jp", HEADER_UTF8,
		  "安  Bcc: x@example.jp" },
		{ "empty", "", HEADER_UTF8, NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		char *value =
			header_text(*state, rows[i].text, 8, rows[i].charset);

		check_str(rows[i].name, decoded(*state, rows[i].name, value, 8),
			  rows[i].want == NULL ? rows[i].text : rows[i].want);
	}
	check_str("not in ISO-2022-JP",
		  header_text(*state, rare, 8, HEADER_ISO2022JP), NULL);
	check_str("marks its charset",
		  header_text(*state, "安否", 8, HEADER_ISO2022JP),
		  "=?ISO-2022-JP?B?GyRCMEJIXRsoQg==?=");
}

static void test_mailbox(void **state)
{
	static const struct {
		const char *name, *address;
		const char *want_name, *want_address;
	} rows[] = {
		{ "", "a@example.jp", "", "a@example.jp" },
		{ "MLIT", "a@example.jp", "MLIT", "a@example.jp" },
		{ "A \"b\" \\ <c@d.jp>, e", "a@example.jp",
		  "A \"b\" \\ <c@d.jp>, e", "a@example.jp" },
		{ "国土交通省 安否確認（訓練）", "a@example.jp",
		  "国土交通省 安否確認（訓練）", "a@example.jp" },
		{ "a\r\nBcc: x", "a@example.jp", "a  Bcc: x", "a@example.jp" },
		{ "髙﨑", "a..b.@docomo.ne.jp", "髙﨑",
		  "\"a..b.\"@docomo.ne.jp" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		char *value = header_mailbox(*state, rows[i].name,
					     rows[i].address, 5, HEADER_UTF8);
		InternetAddressList *list =
			internet_address_list_parse(NULL, value);
		InternetAddress *one =
			internet_address_list_get_address(list, 0);

		check_int(value, internet_address_list_length(list), 1);
		check_str(value, internet_address_get_name(one),
			  rows[i].want_name);
		check_str(value,
			  internet_address_mailbox_get_addr(
				  INTERNET_ADDRESS_MAILBOX(one)),
			  rows[i].want_address);
		g_object_unref(list);
	}
}

static void test_date(void **state)
{
	check_str("date", header_date(*state, 1704093010LL * 1000000),
		  "Mon, 1 Jan 2024 16:10:10 +0900");
	check_str("next day in Japan",
		  header_date(*state, 1704067199LL * 1000000),
		  "Mon, 1 Jan 2024 08:59:59 +0900");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_mailbox),
		cmocka_unit_test(test_date),
	};

	return cmocka_run_group_tests_name("header", tests, setup, teardown);
}
