#include "test.h"

#include "feed/xml.h"

static struct xml *open_text(struct arena *a, const char *text)
{
	const char *why = NULL;
	struct xml *x = xml_open(a, text, strlen(text), &why);

	check_str(text, why, NULL);
	return x;
}

static void test_refused(void **state)
{
	static const struct {
		const char *name, *text, *why;
	} rows[] = {
		{ "nothing", "", "empty" },
		{ "spaces", "  \n", "not well-formed" },
		{ "words", "hello", "not well-formed" },
		{ "cut off", "<a><b>c</b>", "not well-formed" },
		{ "two roots", "<a/><b/>", "not well-formed" },
		{ "crossed", "<a><b></a></b>", "not well-formed" },
		{ "invalid UTF-8", "<a>\xff\xfe</a>", "not well-formed" },
		{ "control character", "<a>\x01</a>", "not well-formed" },
		{ "unknown entity", "<a>&eacute;</a>", "not well-formed" },
		{ "HTML with doctype", "<!DOCTYPE html><html></html>",
		  "an HTML page" },
		{ "HTML without", "<HTML><body/></HTML>", "an HTML page" },
		{ "XHTML", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
		  "an HTML page" },
		{ "doctype", "<!DOCTYPE a><a/>", "a DOCTYPE" },
		{ "external file",
		  "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		  "<a>&x;</a>",
		  "a DOCTYPE" },
		{ "external subset",
		  "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>",
		  "a DOCTYPE" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL;

		check_int(rows[i].name,
			  xml_open(a, rows[i].text, strlen(rows[i].text),
				   &why) != NULL,
			  0);
		check_str(rows[i].name, why, rows[i].why);
	}
	arena_free(a);
}

/* count times open, then count times close. */
static const char *repeated(struct arena *a, const char *open,
			    const char *close, int count)
{
	struct str s = { .arena = a };

	str_add(&s, "<r>");
	for (int i = 0; i < count; i++)
		str_add(&s, open);
	for (int i = 0; i < count; i++)
		str_add(&s, close);
	str_add(&s, "</r>");
	return str_text(&s);
}

static void test_limits(void **state)
{
	static const struct {
		const char *name, *open, *close;
		int count;
		const char *why;
	} rows[] = {
		{ "depth allowed", "<a>", "</a>", XML_DEPTH_MAX - 1, NULL },
		{ "depth", "<a>", "</a>", XML_DEPTH_MAX, "nested too deep" },
		{ "great depth", "<a>", "</a>", 100000, "nested too deep" },
		{ "elements allowed", "<a/>", "", XML_ELEMENTS_MAX - 1, NULL },
		{ "elements", "<a/>", "", XML_ELEMENTS_MAX,
		  "too many elements" },
		{ "bytes", "<a>1234567890</a>", "", XML_BYTES_MAX / 16,
		  "too large" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL, *text;
		struct xml *x;

		text = repeated(a, rows[i].open, rows[i].close, rows[i].count);
		x = xml_open(a, text, strlen(text), &why);
		check_str(rows[i].name, why, rows[i].why);
		check_int(rows[i].name, x != NULL, rows[i].why == NULL);
		arena_reset(a);
	}
	arena_free(a);
}

static void test_text(void **state)
{
	static const struct {
		const char *name, *path, *want;
	} rows[] = {
		{ "plain", "a", "one" },
		{ "trimmed", "b", "two three" },
		{ "full-width space", "c", "四" },
		{ "only spaces", "d", "" },
		{ "empty", "e", "" },
		{ "absent", "f", "" },
		{ "below", "g/h", "five" },
		{ "first of several", "g/i", "six" },
		{ "prefixed", "p", "eight" },
		{ "CDATA and comment", "q", "<nine>ten" },
		{ "the five entities", "s", "<>&'\"あ" },
		{ "not of children", "g", "" },
		{ "longer name", "aa", "" },
	};
	static const char text[] =
		"<r xmlns:z='urn:z'><a>one</a><b> two three \r\n</b>"
		"<c>\xe3\x80\x80四 \xe3\x80\x80</c><d> \xe3\x80\x80 </d><e/>"
		"<g><h>five</h><i>six</i><i>seven</i></g><z:p>eight</z:p>"
		"<q><![CDATA[<nine>]]><!-- x -->ten</q>"
		"<s>&lt;&gt;&amp;&apos;&quot;&#x3042;</s></r>";
	struct arena *a = arena_new();
	struct xml *x = open_text(a, text);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, xml_text(x, rows[i].path),
			  rows[i].want);
	check_str("NULL", xml_text(NULL, "a"), "");
	arena_free(a);
}

static void test_walk(void **state)
{
	struct arena *a = arena_new();
	struct xml *x = open_text(a, "<?xml version='1.0'?>\n<!-- c -->"
				     "<r xmlns='urn:r'> t <?pi?> <b k=' v '/>"
				     "<z:c xmlns:z='urn:z' z:k='w'/></r>");
	struct xml *e = xml_first(x);

	(void)state;
	assert_true(xml_is(x, "urn:r", "r"));
	assert_false(xml_is(x, "urn:z", "r"));
	assert_false(xml_is(x, "urn:r", "R"));
	check_str("first", xml_name(e), "b");
	check_str("attribute", xml_attr(e, "k"), "v");
	check_str("no attribute", xml_attr(e, "l"), NULL);
	assert_null(xml_first(e));
	e = xml_next(e);
	check_str("second", xml_name(e), "c");
	assert_true(xml_is(e, "urn:z", "c"));
	check_str("attribute with prefix", xml_attr(e, "k"), "w");
	assert_null(xml_next(e));
	arena_free(a);
}

static void test_time(void **state)
{
	struct arena *a = arena_new();
	struct xml *x = open_text(a, "<r><a> 1970-01-01T09:00:01+09:00 </a>"
				     "<b>soon</b></r>");

	(void)state;
	check_int("time", xml_time(x, "a"), 1000000);
	check_int("unreadable", xml_time(x, "b"), 0);
	check_int("absent", xml_time(x, "c"), 0);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_text),	cmocka_unit_test(test_walk),
		cmocka_unit_test(test_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
