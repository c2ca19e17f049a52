#include "test.h"

#include "mail/address.h"

#define LOCAL_64                                                               \
	"a123456789012345678901234567890123456789012345678901234567890123"
#define LABEL_63                                                               \
	"a12345678901234567890123456789012345678901234567890123456789012"

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_normalise(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "plain", "taro@example.jp", "taro@example.jp" },
		{ "blanks around", " taro@example.jp\r\n", "taro@example.jp" },
		{ "domain lower", "Taro@Example.JP", "Taro@example.jp" },
		{ "all lower where listed", "Taro@DOCOMO.ne.jp",
		  "taro@docomo.ne.jp" },
		{ "signs", "a.b+c_d-e/f=g@example.jp",
		  "a.b+c_d-e/f=g@example.jp" },
		{ "quoted for nothing", "\"taro\"@example.jp",
		  "taro@example.jp" },
		{ "escaped for nothing", "\"t\\aro\"@example.jp",
		  "taro@example.jp" },
		{ "two dots docomo", "a..b@docomo.ne.jp", "a..b@docomo.ne.jp" },
		{ "last dot docomo", "a.b.@docomo.ne.jp", "a.b.@docomo.ne.jp" },
		{ "first dot docomo", ".ab@docomo.ne.jp", ".ab@docomo.ne.jp" },
		{ "hyphen docomo", "-ab@docomo.ne.jp", "-ab@docomo.ne.jp" },
		{ "quoted docomo", "\"a..b.\"@docomo.ne.jp",
		  "a..b.@docomo.ne.jp" },
		{ "last dot au", "a.@ezweb.ne.jp", "a.@ezweb.ne.jp" },
		{ "below au", "a.@t.biz.ezweb.ne.jp", "a.@t.biz.ezweb.ne.jp" },
		{ "two dots elsewhere", "a..b@softbank.ne.jp", NULL },
		{ "quoted elsewhere", "\"a..b\"@example.jp", NULL },
		{ "last dot elsewhere", "a.@gmail.com", NULL },
		{ "first dot elsewhere", ".a@gmail.com", NULL },
		{ "hyphen elsewhere", "-a@example.jp", NULL },
		{ "looks like docomo", "a..b@docomo.ne.jp.example.jp", NULL },
		{ "looks like au", "a..b@notezweb.ne.jp", NULL },
		{ "empty", "", NULL },
		{ "no at", "taro", NULL },
		{ "no local part", "@example.jp", NULL },
		{ "no domain", "taro@", NULL },
		{ "empty quotes", "\"\"@docomo.ne.jp", NULL },
		{ "open quote", "\"taro@docomo.ne.jp", NULL },
		{ "quote ends early", "\"ta\"ro@docomo.ne.jp", NULL },
		{ "quoted blank", "\"t aro\"@docomo.ne.jp", NULL },
		{ "quoted quote", "\"t\\\"aro\"@docomo.ne.jp", NULL },
		{ "two ats", "a@b@example.jp", NULL },
		{ "one label", "taro@localhost", NULL },
		{ "number", "taro@192.0.2.1", NULL },
		{ "literal", "taro@[192.0.2.1]", NULL },
		{ "empty label", "taro@example..jp", NULL },
		{ "dot at the end", "taro@example.jp.", NULL },
		{ "label begins with hyphen", "taro@-example.jp", NULL },
		{ "label ends with hyphen", "taro@example-.jp", NULL },
		{ "underscore", "taro@ex_ample.jp", NULL },
		{ "comma", "taro@docomo,ne.jp", NULL },
		{ "full-width", "ｔａｒｏ@example.jp", NULL },
		{ "full-width at", "taro＠example.jp", NULL },
		{ "kanji domain", "taro@例え.jp", NULL },
		{ "name before", "Taro <taro@example.jp>", NULL },
		{ "two", "a@example.jp,b@example.jp", NULL },
		{ "line end inside", "taro\r\nRCPT@example.jp", NULL },
		{ "line end in domain", "taro@example.jp\r\nBcc:x.jp", NULL },
		{ "longest local part", LOCAL_64 "@example.jp",
		  LOCAL_64 "@example.jp" },
		{ "local part too long", LOCAL_64 "x@example.jp", NULL },
		{ "longest label", "a@" LABEL_63 ".jp", "a@" LABEL_63 ".jp" },
		{ "label too long", "a@x" LABEL_63 ".jp", NULL },
		{ "too long",
		  LOCAL_64 "@" LABEL_63 "." LABEL_63 "." LABEL_63 ".jp", NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, address_normalise(*state, rows[i].text),
			  rows[i].want);
}

static void test_quoted(void **state)
{
	static const struct {
		const char *address, *want;
	} rows[] = {
		{ "taro@example.jp", "taro@example.jp" },
		{ "a..b@docomo.ne.jp", "\"a..b\"@docomo.ne.jp" },
		{ "a.b.@docomo.ne.jp", "\"a.b.\"@docomo.ne.jp" },
		{ ".ab@docomo.ne.jp", "\".ab\"@docomo.ne.jp" },
		{ "-ab@docomo.ne.jp", "-ab@docomo.ne.jp" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		const char *quoted = address_quoted(*state, rows[i].address);

		check_str(rows[i].address, quoted, rows[i].want);
		check_str(rows[i].address, address_normalise(*state, quoted),
			  rows[i].address);
	}
}

static void test_class(void **state)
{
	static const struct {
		const char *domain, *want;
	} rows[] = {
		{ "docomo.ne.jp", "docomo" },
		{ "mopera.net", "docomo" },
		{ "au.com", "au" },
		{ "a1.ezweb.ne.jp", "au" },
		{ "x.sky.tdp.ne.jp", "au" },
		{ "i.softbank.jp", "softbank" },
		{ "t.vodafone.ne.jp", "softbank" },
		{ "jp-q.ne.jp", "softbank" },
		{ "jp-x.ne.jp", "other" },
		{ "dk.pdx.ne.jp", "ymobile" },
		{ "yahoo.ne.jp", "ymobile" },
		{ "yahoo.co.jp", "yahoojp" },
		{ "rakumail.jp", "rakuten" },
		{ "gmail.com", "gmail" },
		{ "hotmail.co.jp", "microsoft" },
		{ "mineo.jp", "other" },
		{ "xdocomo.ne.jp", "other" },
		{ ".ezweb.ne.jp", "other" },
		{ "", "other" },
	};
	size_t count;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].domain,
			  address_class_name(address_class(rows[i].domain)),
			  rows[i].want);
	for (int i = 0; i < ADDRESS_CLASSES; i++)
		check_int("named",
			  address_class_named(
				  address_class_name((enum address_class)i)),
			  i);
	check_int("no such class", address_class_named("tu-ka"), -1);
	assert_non_null(address_rows(&count));
	assert_true(count > 50);
}

static void test_domain(void **state)
{
	(void)state;
	check_str("domain", address_domain("a@example.jp"), "example.jp");
	check_str("hint", address_domain_hint("docomo.co.jp"), "docomo.ne.jp");
	check_str("no hint", address_domain_hint("docomo.ne.jp"), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_normalise),
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_class),
		cmocka_unit_test(test_domain),
	};

	return cmocka_run_group_tests_name("address", tests, setup, teardown);
}
