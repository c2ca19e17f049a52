#include "test.h"

#include <gmime/gmime.h>

#include "mail/compose.h"

static const char *const names[] = { "link", "name" };

static const char body[] = "【安否確認】\n国土交通省です。{{name}}様\n"
			   "{{link}}\nこのメールを読んだだけでは回答になりま"
			   "せん。{{other}} {{}}\n.\n";

static struct arena *a;

static int setup(void **state)
{
	(void)state;
	g_mime_init();
	a = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct compose *opened(const char *subject, const char *text)
{
	const struct compose_text shared = {
		.from_name = "国土交通省 安否確認",
		.from_address = "anpi@example.go.jp",
		.subject = subject,
		.body = text,
	};

	return compose_open(a, &shared, names, LEN(names));
}

static char *made(struct compose *c, const char *address, const char *link,
		  const char *name, bool iso, size_t *len)
{
	const char *const values[] = { link, name };
	const struct compose_to to = {
		.address = address,
		.id = "831.r-4",
		.reply_to = "r-abc@reply.example.go.jp",
		.at = 1704093010LL * 1000000,
		.iso2022jp = iso,
		.values = values,
	};

	return compose_message(c, a, &to, len);
}

/* Read by another library. */
static GMimeMessage *parsed(const char *bytes, size_t len)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	assert_non_null(message);
	return message;
}

static char *text_of(GMimeMessage *message)
{
	GMimeObject *part = g_mime_message_get_mime_part(message);
	char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	char *copy = arena_strdup(a, text);

	g_free(text);
	return copy;
}

static void check_lines(const char *row, const char *bytes, size_t len)
{
	const char *end = strstr(bytes, "\r\n\r\n");
	size_t line = 0;

	if (end == NULL || end - bytes > 12 * 1024)
		fail_msg("%s: header too long", row);
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)bytes[i] >= 0x80 || bytes[i] == '\0')
			fail_msg("%s: byte %02x", row, (unsigned char)bytes[i]);
		if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))
			fail_msg("%s: bare LF", row);
		line = bytes[i] == '\n' ? 0 : line + 1;
		if (line > 999)
			fail_msg("%s: line too long", row);
	}
	check_str(row, bytes + len - 2, "\r\n");
}

static void test_charsets(void **state)
{
	static const struct {
		const char *name, *person;
		bool iso;
		const char *charset, *back; /* NULL: as person */
	} rows[] = {
		{ "UTF-8", "山田太郎", false, "UTF-8", NULL },
		{ "ISO-2022-JP", "山田太郎", true, "ISO-2022-JP", NULL },
		{ "pair", "～－", true, "ISO-2022-JP", "〜−" },
		{ "pair in UTF-8", "～－", false, "UTF-8", NULL },
		{ "髙", "髙橋", true, "UTF-8", NULL },
		{ "﨑", "山﨑", true, "UTF-8", NULL },
		{ "𠮷", "𠮷野家", true, "UTF-8", NULL },
		{ "①㈱ｱ", "①㈱ｱ", true, "UTF-8", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].name;
		struct compose *c = opened("【安否確認】能登", body);
		size_t len;
		char *bytes = made(c, "a..b.@docomo.ne.jp",
				   "https://anpi.example.go.jp/r/x",
				   rows[i].person, rows[i].iso, &len);
		GMimeMessage *m = parsed(bytes, len);
		char *want = arena_fmt(
			a,
			"【安否確認】\r\n国土交通省です。%s様\r\n"
			"https://anpi.example.go.jp/r/x\r\nこのメールを読んだだ"
			"けでは回答になりません。{{other}} {{}}\r\n.\r\n",
			rows[i].back == NULL ? rows[i].person : rows[i].back);

		check_lines(name, bytes, len);
		check_str(name, g_mime_message_get_subject(m),
			  "【安否確認】能登");
		check_str(name, text_of(m), want);
		assert_non_null(strstr(bytes, arena_fmt(a, "charset=%s\r\n",
							rows[i].charset)));
		assert_non_null(
			strstr(bytes, "\r\nTo: \"a..b.\"@docomo.ne.jp\r\n"));
		g_object_unref(m);
	}
}

static void test_header(void **state)
{
	static const char want[] =
		"Date: Mon, 1 Jan 2024 16:10:10 +0900\r\n"
		"To: taro@example.jp\r\n"
		"Reply-To: r-abc@reply.example.go.jp\r\n"
		"Message-ID: <831.r-4@example.go.jp>\r\n"
		"From: =?UTF-8?B?5Zu95Zyf5Lqk6YCa55yBIOWuieWQpueiuuiqjQ==?=\r\n"
		" <anpi@example.go.jp>\r\n"
		"Subject: Check\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=US-ASCII\r\n"
		"Content-Transfer-Encoding: 7bit\r\n"
		"\r\n"
		"Hello Taro, https://x/\r\n";
	size_t len;

	(void)state;
	check_str("whole",
		  made(opened("Check", "Hello {{name}}, {{link}}"),
		       "taro@example.jp", "https://x/", "Taro", true, &len),
		  want);
	check_int("length", (long long)len, (long long)strlen(want));
}

static void test_bodies(void **state)
{
	static const struct {
		const char *name, *text, *value, *want;
	} rows[] = {
		{ "nothing", "", "", "\r\n" },
		{ "only a variable", "{{name}}", "a", "a\r\n" },
		{ "twice", "{{name}}{{name}}", "a", "aa\r\n" },
		{ "value is not looked into", "{{name}}", "{{link}}",
		  "{{link}}\r\n" },
		{ "three braces", "{{{name}}}", "a", "{a}\r\n" },
		{ "open brace", "{{name", "a", "{{name\r\n" },
		{ "blank in braces", "{{ name }}", "a", "{{ name }}\r\n" },
		{ "CR", "a\rb\r\nc\n\nd", "", "a\r\nb\r\nc\r\n\r\nd\r\n" },
		{ "controls", "a\033$Bb\001\tc", "", "a$Bb\tc\r\n" },
		{ "lines in a value", "{{name}}!", "a\nb\033(J",
		  "a\r\nb(J!\r\n" },
		{ "a whole base64 line",
		  "安全な場所に避難してください。無事です。", "",
		  "安全な場所に避難してください。無事です。\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		for (int iso = 0; iso <= 1; iso++) {
			size_t len;
			char *bytes =
				made(opened("x", rows[i].text), "a@example.jp",
				     "L", rows[i].value, iso, &len);
			GMimeMessage *m = parsed(bytes, len);

			check_lines(rows[i].name, bytes, len);
			check_str(rows[i].name, text_of(m), rows[i].want);
			g_object_unref(m);
		}
}

/* A paragraph too long for a line of 7bit goes in base64. */
static void test_long_line(void **state)
{
	struct str text = { .arena = a };
	char *bytes;
	size_t len;

	(void)state;
	for (int i = 0; i < 600; i++)
		str_add(&text, "安");
	bytes = made(opened("x", text.s), "a@example.jp", "", "", true, &len);
	check_lines("kanji", bytes, len);
	assert_non_null(strstr(bytes, "charset=UTF-8"));
	text.len = 0;
	for (int i = 0; i < 999; i++)
		str_add(&text, "a");
	bytes = made(opened("x", text.s), "a@example.jp", "", "", false, &len);
	check_lines("ASCII", bytes, len);
}

static void test_refused(void **state)
{
	static const struct {
		const char *name, *address, *value;
	} rows[] = {
		{ "not an address", "a", "" },
		{ "injection", "a@example.jp\r\nBcc: b@example.jp", "" },
		{ "two", "a@example.jp, b@example.jp", "" },
		{ "not stored form", "A@DOCOMO.ne.jp", "" },
		{ "value not UTF-8", "a@example.jp", "\x88\xc0" },
	};
	struct compose *c = opened("x", "{{name}}");
	size_t len;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(
			rows[i].name,
			made(c, rows[i].address, "", rows[i].value, true, &len),
			NULL);
	assert_null(opened("\x88\xc0", "a"));
	assert_null(opened("a", "\x88\xc0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("compose", tests, setup, teardown);
}
