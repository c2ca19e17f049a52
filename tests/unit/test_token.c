#include "test.h"
#include "key_file.h"

#include "base/bytes.h"
#include "base/token.h"

enum { BITS = 27 * 8 };

/* Kept in reach, as a process keeps its keys. */
static const struct token_keys *old_key, *both_keys, *other_key;

static const struct token_keys *keys_of(const char *text)
{
	const char *path = key_file(text, 0600);
	const struct token_keys *keys = token_keys_load(path);

	unlink(path);
	assert_non_null(keys);
	return keys;
}

static int setup(void **state)
{
	*state = arena_new();
	old_key = keys_of("7 " KEY_ONE "\n");
	both_keys = keys_of("7 " KEY_ONE "\n8 " KEY_TWO "\n");
	other_key = keys_of("7 " KEY_TWO "\n");
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

/* Mails already sent carry this form: it never changes. */
static void test_form(void **state)
{
	check_str("link",
		  token_make(*state, old_key, TOKEN_ANSWER, 0x01020304,
			     0xfffffffe, 200),
		  "BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7b");
	check_str("local part",
		  token_make_local(*state, old_key, TOKEN_ANSWER, 0x01020304,
				   0xfffffffe, 200),
		  "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv3nq");
}

static void test_round(void **state)
{
	static const struct token rows[] = {
		{ TOKEN_ANSWER, 1, 2, 3 },
		{ TOKEN_SELF_REPORT, 0, UINT32_MAX, 0 },
		{ TOKEN_ADDRESS, UINT32_MAX, 0, 255 },
		{ TOKEN_MY_PAGE, 0, 11500, 1 },
		{ TOKEN_BOUNCE, 77, 88, 99 },
		{ TOKEN_REPLY, 0x80000000, 0x7fffffff, 128 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		const struct token *t = &rows[i];
		struct token got[2] = { 0 };
		char *link = token_make(*state, old_key, t->kind, t->broadcast,
					t->user, t->generation);
		char *local =
			token_make_local(*state, old_key, t->kind, t->broadcast,
					 t->user, t->generation);

		check_int("link length", (long long)strlen(link),
			  TOKEN_TEXT_LEN);
		check_int("local length", (long long)strlen(local),
			  TOKEN_LOCAL_LEN);
		check_int("link", token_parse(old_key, link, t->kind, &got[0]),
			  1);
		check_int("local",
			  token_parse_local(old_key, local, t->kind, &got[1]),
			  1);
		for (size_t j = 0; j < LEN(got); j++) {
			check_int("kind", got[j].kind, t->kind);
			check_int("broadcast", got[j].broadcast, t->broadcast);
			check_int("user", got[j].user, t->user);
			check_int("generation", got[j].generation,
				  t->generation);
		}
	}
}

static void test_every_bit_counts(void **state)
{
	char *link = token_make(*state, old_key, TOKEN_ANSWER, 1, 2, 3);
	unsigned char bytes[BITS / 8];
	struct token t;

	assert_true(bytes_from_base64url(link, bytes, sizeof(bytes)));
	for (int bit = 0; bit < BITS; bit++) {
		char *link2, *local2;

		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		link2 = bytes_to_base64url(*state, bytes, sizeof(bytes));
		local2 = bytes_to_base32(*state, bytes, sizeof(bytes));
		for (int kind = 0; kind <= 255; kind++) {
			check_int("link",
				  token_parse(old_key, link2,
					      (enum token_kind)kind, &t),
				  0);
			check_int("local",
				  token_parse_local(old_key, local2,
						    (enum token_kind)kind, &t),
				  0);
		}
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
}

static void test_kinds_are_not_interchangeable(void **state)
{
	struct token t;

	for (int made = TOKEN_ANSWER; made <= TOKEN_REPLY; made++)
		for (int read = TOKEN_ANSWER; read <= TOKEN_REPLY; read++) {
			char *link = token_make(*state, old_key,
						(enum token_kind)made, 1, 2, 3);

			check_int("kind",
				  token_parse(old_key, link,
					      (enum token_kind)read, &t),
				  made == read);
		}
}

static void test_keys(void **state)
{
	char *of_old = token_make(*state, old_key, TOKEN_ANSWER, 1, 2, 3);
	char *of_new = token_make(*state, both_keys, TOKEN_ANSWER, 1, 2, 3);
	const struct {
		const char *name;
		const struct token_keys *keys;
		const char *text;
		int want;
	} rows[] = {
		{ "an older key still verifies", both_keys, of_old, 1 },
		{ "the highest signs", both_keys, of_new, 1 },
		{ "a key not yet known", old_key, of_new, 0 },
		{ "another site, same id", other_key, of_old, 0 },
	};
	struct token t;

	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  token_parse(rows[i].keys, rows[i].text, TOKEN_ANSWER,
				      &t),
			  rows[i].want);
}

static void test_garbled(void **state)
{
	static const struct {
		const char *name, *text;
	} rows[] = {
		{ "empty", "" },
		{ "short", "BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7" },
		{ "long", "BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7bA" },
		{ "padded", "BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7b====" },
		{ "the other alphabet",
		  "BwEBAgME/////sjwr3sBvJznTVyj4+Dw0q7b" },
		{ "blank before", " BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7b" },
		{ "line end after", "BwEBAgME_____sjwr3sBvJznTVyj4-Dw0q7b\n" },
		{ "broken in two", "BwEBAgME_____sjwr3\nsBvJznTVyj4-Dw0q" },
		{ "lower case", "bwebagme_____sjwr3sbvjzntvyj4-dw0q7b" },
		{ "full-width", "ＢwEBAgME_____sjwr3sBvJznTVyj4-Dw0q" },
	};
	struct token t;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  token_parse(old_key, rows[i].text, TOKEN_ANSWER, &t),
			  0);
}

static void test_local_part(void **state)
{
	static const struct {
		const char *name, *text;
		int want;
	} rows[] = {
		{ "lower", "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv3nq", 1 },
		{ "upper", "A4AQCAQDAT777776ZDYK66YBXSOOOTK4UPR6B4GSV3NQ", 1 },
		{ "mixed", "a4AQCAQDAT777776ZDYK66ybxsoootk4upr6b4gsv3nq", 1 },
		{ "second form", "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv3nr",
		  0 },
		{ "short", "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv3n", 0 },
		{ "long", "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv3nqa", 0 },
		{ "not a digit", "a4aqcaqdat777776zdyk66ybxsoootk4upr6b4gsv30q",
		  0 },
	};
	struct token t;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  token_parse_local(old_key, rows[i].text, TOKEN_ANSWER,
					    &t),
			  rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_every_bit_counts),
		cmocka_unit_test(test_kinds_are_not_interchangeable),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_garbled),
		cmocka_unit_test(test_local_part),
	};

	return cmocka_run_group_tests_name("token", tests, setup, teardown);
}
