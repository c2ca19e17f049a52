#include "test.h"

#include "database.h"
#include "model/audit.h"
#include "model/card.h"
#include "people.h"

static const struct audit audit = { .actor = "test" };

static void test_parse(void **state)
{
	struct db *db = *state;
	char code[CARD_CODE_LEN + 1], again[CARD_CODE_LEN + 1];
	static const char others[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	const char *made;

	people_make(db);
	assert_int_equal(card_make(db, &audit, 9001, false), 0);
	assert_int_equal(card_of(db, 9001, &made), 1);
	assert_true(card_parse(db->arena, made, code));
	assert_true(card_parse(db->arena, card_show(db->arena, made), again));
	check_str("as shown", again, made);
	/* Every wrong character, and every two that changed places. */
	for (int i = 0; i < CARD_CODE_LEN; i++)
		for (const char *c = others; *c != '\0'; c++) {
			memcpy(code, made, sizeof(code));
			code[i] = *c;
			check_int("one wrong",
				  card_parse(db->arena, code, again),
				  *c == made[i]);
		}
	for (int i = 0; i < CARD_CODE_LEN; i++)
		for (int k = i + 1; k < CARD_CODE_LEN; k++) {
			memcpy(code, made, sizeof(code));
			code[i] = made[k];
			code[k] = made[i];
			check_int("two changed",
				  card_parse(db->arena, code, again),
				  made[i] == made[k]);
		}
}

static void test_typed(void **state)
{
	static const struct {
		const char *name, *text;
		bool want;
	} rows[] = {
		{ "all zero", "00000000", true },
		{ "letters for figures", "oO0o-0ooO", true },
		{ "full width", "００００－００００", true },
		{ "blanks", " 0000\t0000 ", true },
		{ "ideographic blank", "0000　0000", true },
		{ "short", "0000000", false },
		{ "long", "000000000", false },
		{ "nothing", "", false },
		{ "a letter that is none", "0000000U", false },
		{ "a sign", "0000_0000", false },
		{ "wrong", "00000001", false },
	};
	struct db *db = *state;
	char code[CARD_CODE_LEN + 1];

	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  card_parse(db->arena, rows[i].text, code),
			  rows[i].want);
}

static void test_find(void **state)
{
	struct db *db = *state;
	const char *code, *other;
	int64_t user = 0;

	people_make(db);
	check_int("none yet", card_of(db, 9001, &code), 0);
	assert_int_equal(card_make(db, &audit, 9001, false), 0);
	assert_int_equal(card_of(db, 9001, &code), 1);
	assert_int_equal(card_make(db, &audit, 9001, false), 0);
	assert_int_equal(card_of(db, 9001, &other), 1);
	check_str("a second press makes no other", other, code);
	check_int("found", card_find(db, card_show(db->arena, code), &user), 1);
	check_int("whose", user, 9001);
	check_int("nobody's", card_find(db, "00000000", &user), 0);
	check_int("no code", card_find(db, "x", &user), 0);
	assert_int_equal(card_make(db, &audit, 9001, true), 0);
	check_int("made anew: the old one is gone", card_find(db, code, &user),
		  0);
	check_int("and links of the person end",
		  database_int(db, "SELECT link_generation FROM user"
				   " WHERE id = 9001"),
		  1);
	database_do(db, "UPDATE user SET link_generation = 255"
			" WHERE id = 9001");
	assert_int_equal(card_make(db, &audit, 9001, true), 0);
	check_int("after the last generation the first",
		  database_int(db, "SELECT link_generation FROM user"
				   " WHERE id = 9001"),
		  0);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE object ="
				   " 'user 9001' AND people = 1"),
		  3);
	assert_int_equal(card_of(db, 9001, &code), 1);
	database_do(db, "UPDATE user SET state = 'left' WHERE id = 9001");
	check_int("who left", card_find(db, code, &user), 0);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_parse),
		TEST(test_typed),
		TEST(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
