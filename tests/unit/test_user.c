#include "test.h"

#include "model/user.h"
#include "people.h"

static void test_find(void **state)
{
	struct db *db = *state;
	struct user u;

	people_make(db);
	assert_int_equal(user_find(db, 900, 9002, &u), 1);
	check_str("number", u.staff_no, "T9002");
	check_str("group", u.group, "課一");
	check_int("addresses", u.addresses, 2);
	check_int("usable", u.usable, 2);
	check_int("of another bureau", user_find(db, 902, 9002, &u), 0);
	check_int("by number", user_find_staff_no(db, 901, "T9001", &u), 1);
	check_int("id", u.id, 9001);
	check_int("unknown", user_find_staff_no(db, 0, "T0", &u), 0);
}

/* Names as they come, and how they are looked for. */
static void name_people(struct db *db)
{
	database_do(
		db,
		"UPDATE user SET name = 'ﾊﾝｶｸ 太郎', kana = 'ハンカク タロウ'"
		" WHERE id = 9001;"
		"UPDATE user SET name = '𠮷田 花子', kana = 'ヨシダ ハナコ'"
		" WHERE id = 9002;"
		"UPDATE user SET name = '髙橋 太郎', kana = 'ﾀｶﾊｼ ﾀﾛｳ'"
		" WHERE id = 9004;"
		"UPDATE address SET state = 'dead' WHERE user = 9003;"
		"UPDATE address SET state = 'confirmed' WHERE id = 90041;");
}

static const char *found(struct db *db, int64_t account,
			 const struct user_query *query)
{
	struct str s = { .arena = db->arena };
	struct user *list;
	int64_t n = 0;

	assert_int_equal(user_list(db, account, query, &list), 0);
	for (; list != NULL; list = list->next, n++)
		str_fmt(&s, "%d ", (int)(list->id - 9000));
	check_int(str_text(&s), user_count(db, account, query), n);
	return str_text(&s);
}

static void test_list(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		int64_t account;
		struct user_query query;
		const char *want;
	} rows[] = {
		{ "all", 900, { .text = "T900" }, "1 2 3 4 5 6 " },
		{ "half-width", 900, { .text = "ﾊﾝｶｸ" }, "1 " },
		{ "katakana", 900, { .text = "ハンカク" }, "1 " },
		{ "hiragana", 900, { .text = "はんかく" }, "1 " },
		{ "a part", 900, { .text = "んか" }, "1 " },
		{ "usual form", 900, { .text = "吉田" }, "2 " },
		{ "own form", 900, { .text = "𠮷田" }, "2 " },
		{ "two words", 900, { .text = "太郎　高橋" }, "4 " },
		{ "together", 900, { .text = "たかはしたろう" }, "4 " },
		{ "given name", 900, { .text = "タロウ" }, "1 4 " },
		{ "full-width number", 900, { .text = "ｔ９００３" }, "3 " },
		{ "nothing special to LIKE", 900, { .text = "%" }, "" },
		{ "nor this", 900, { .text = "T_00" }, "" },
		{ "quotes", 900, { .text = "\"\\'" }, "" },
		{ "only blanks", 901, { .text = " 　" }, "1 2 3 5 " },
		{ "left", 900, { .text = "T900", .state = "left" }, "7 " },
		{ "reach of a group admin", 901, { 0 }, "1 2 3 5 " },
		{ "of another", 902, { 0 }, "4 5 " },
		{ "his search", 902, { .text = "太郎" }, "4 " },
		{ "of none", 904, { 0 }, "" },
		{ "group and below", 900, { .group = 910 }, "1 2 3 5 " },
		{ "group itself", 900, { .member_of = 910 }, "1 " },
		{ "another's group", 902, { .group = 910 }, "5 " },
		{ "in two", 900, { .group = 920 }, "4 5 " },
		{ "word and group",
		  900,
		  { .text = "太郎", .group = 920 },
		  "4 " },
		{ "not in", 901, { .not_in = 911 }, "1 " },
		{ "region", 901, { .region = "13" }, "1 2 3 5 " },
		{ "region of all",
		  900,
		  { .region = "14", .text = "T9" },
		  "3 4 " },
		{ "no mail",
		  900,
		  { .text = "T9", .mail = USER_MAIL_NONE },
		  "6 " },
		{ "unusable", 901, { .mail = USER_MAIL_UNUSABLE }, "3 " },
		{ "unconfirmed",
		  900,
		  { .group = 900, .mail = USER_MAIL_UNCONFIRMED },
		  "1 2 5 " },
		{ "confirmed",
		  900,
		  { .group = 900, .mail = USER_MAIL_CONFIRMED },
		  "4 " },
	};

	people_make(db);
	name_people(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct user_query query = rows[i].query;

		query.most = 100;
		check_str(rows[i].name, found(db, rows[i].account, &query),
			  rows[i].want);
	}
}

static void test_paging(void **state)
{
	struct db *db = *state;
	struct user_query query = { .text = "T900", .most = 4 };
	struct user *list;
	int n = 0;

	people_make(db);
	assert_int_equal(user_list(db, 900, &query, &list), 0);
	for (; list != NULL; list = list->next, n++)
		query.after = list->staff_no;
	check_int("first page", n, 4);
	assert_int_equal(user_list(db, 900, &query, &list), 0);
	check_str("second page", list->staff_no, "T9005");
}

/* Sets beyond what is sorted: the same people in the same order. */
static void test_large(void **state)
{
	static const struct user_query queries[] = {
		{ .group = 910, .most = 50 },
		{ .text = "多数", .most = 50 },
		{ .region = "13", .text = "たす", .most = 50 },
		{ .most = 50 },
	};
	struct db *db = *state;

	people_make(db);
	database_do(db, "INSERT INTO user (id, staff_no, name, kana)"
			" SELECT seq, CONCAT('L', seq), '多数', 'タスウ'"
			"   FROM seq_20001_to_22600;"
			"INSERT INTO grp_member (grp, user)"
			" SELECT 911, seq FROM seq_20001_to_22600;"
			"INSERT INTO user_region (user, region, purpose)"
			" SELECT seq, '13', 'work' FROM seq_20001_to_22600");
	for (size_t i = 0; i < LEN(queries); i++) {
		struct user_query query = queries[i];
		struct user *list;
		int n = 0;

		check_int("how many", user_count(db, 901, &query),
			  query.text == NULL ? 2604 : 2600);
		query.after = "L20300";
		assert_int_equal(user_list(db, 901, &query, &list), 0);
		check_str("first", list->staff_no, "L20301");
		for (; list != NULL; list = list->next)
			n++;
		check_int("page", n, 50);
		assert_int_equal(user_list(db, 902, &query, &list), 0);
		if (list != NULL)
			check_int("reach", str_begins(list->staff_no, "T900"),
				  1);
	}
}

static void test_region_find(void **state)
{
	static const struct {
		const char *text;
		int want;
		const char *code;
	} rows[] = {
		{ "東京都", REGION_FOUND, "13" },
		{ "13", REGION_FOUND, "13" },
		{ "13101", REGION_FOUND, "13101" },
		{ "横浜市中区", REGION_FOUND, "14104" },
		{ "広島県府中市", REGION_FOUND, "34208" },
		{ "府中市", REGION_SEVERAL,
		  "13206（東京都府中市）、34208（広島県府中市）" },
		{ "火星", REGION_NONE, NULL },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		const char *code = NULL;

		check_int(rows[i].text, region_find(db, rows[i].text, &code),
			  rows[i].want);
		if (rows[i].code != NULL)
			check_str(rows[i].text, code, rows[i].code);
	}
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),  TEST(test_list),	  TEST(test_paging),
		TEST(test_large), TEST(test_region_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
