#include "test.h"

#include "model/user_word.h"
#include "people.h"

/* Whom a text finds: ids, each with a blank. */
static const char *found(struct db *db, const char *text)
{
	static const char sql[] =
		"SELECT u.id FROM user u"
		" WHERE u.id BETWEEN 9001 AND 9004" USER_HAS_WORDS(
			"u.id") " ORDER BY u.id";
	struct str out = { .arena = db->arena };
	struct user_words words;
	struct stmt *s;

	assert_int_equal(user_words_read(db, text, &words), 0);
	s = db_prepare(db, sql);
	user_words_bind(s, &words);
	while (db_step(s) > 0)
		str_fmt(&out, "%lld ", (long long)db_int(s, 0));
	return str_text(&out);
}

static void make(struct db *db)
{
	people_make(db);
	database_do(
		db,
		"UPDATE user SET name = 'ﾊﾝｶｸ 太郎', kana = 'ハンカク タロウ'"
		" WHERE id = 9001;"
		"UPDATE user SET name = '𠮷田 花子', kana = 'ヨシダ ハナコ'"
		" WHERE id = 9002;"
		"UPDATE user SET name = 'a_b%c \"\\\\', kana = ''"
		" WHERE id = 9003;");
}

static void test_found(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "no text", NULL, "9001 9002 9003 9004 " },
		{ "blanks only", " 　", "9001 9002 9003 9004 " },
		{ "half-width kana", "ﾊﾝｶｸ", "9001 " },
		{ "hiragana", "はんかく", "9001 " },
		{ "within a name", "花", "9002 " },
		{ "four bytes", "𠮷", "9002 " },
		{ "two words", "よしだ 花子", "9002 " },
		{ "of two people", "よしだ 太郎", "" },
		{ "a number from its beginning", "T900",
		  "9001 9002 9003 9004 " },
		{ "not from within", "9002", "" },
		{ "a wildcard is a letter", "a%c", "" },
		{ "likewise", "_b", "9003 " },
		{ "a quote", "\"", "9003 " },
		{ "nobody", "山田", "" },
	};
	struct db *db = *state;

	make(db);
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, found(db, rows[i].text), rows[i].want);
}

/* Whoever is new, or has another name, is found at the next search. */
static void test_kept_up(void **state)
{
	static const char words[] = "SELECT COUNT(*) FROM user_word"
				    " WHERE user = 9001";
	struct db *db = *state;

	people_make(db);
	check_int("all are new", user_index(db), 7);
	check_int("then none is", user_index(db), 0);
	/* t9001, and 試験9001 from each character on */
	check_int("words", database_int(db, words), 7);
	database_do(db, "UPDATE user SET lang = 'en' WHERE id = 9001");
	check_int("nothing to find anew", user_index(db), 0);
	database_do(db, "UPDATE user SET name = '新しい' WHERE id = 9001");
	check_str("the new name", found(db, "新しい"), "9001 ");
	check_str("not the old one", found(db, "9001"), "");
	check_int("old words are gone", database_int(db, words), 4);
}

static void test_like(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	check_str("begins", user_word_like(a, "abc", 2), "ab%");
	check_str("signs of LIKE", user_word_like(a, "a%_\\", 4),
		  "a\\%\\_\\\\%");
	check_str("nothing", user_word_like(a, "", 0), "%");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_found, database_setup,
						database_teardown),
		cmocka_unit_test_setup_teardown(test_kept_up, database_setup,
						database_teardown),
		cmocka_unit_test(test_like),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
