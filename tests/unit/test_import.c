#include "test.h"

#include "database_own.h"
#include "import_file.h"
#include "model/import.h"
#include "people.h"

/* What a file changes is test_import_apply.c's. */
static const char name[] = "anpi_import";
static struct db *db;

static int make(void **state)
{
	(void)state;
	db = database_own(name);
	import_regions(db);
	people_make(db);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	database_own_end(db, name);
	return 0;
}

static void test_refused(void **state)
{
	static const struct import_refused rows[] = {
		{ "another layout", LAYOUT_PEOPLE,
		  "職員番号,用途,地域コード\nT9001,勤務地,13\n",
		  "1  「用途」という列は、この様式にありません。" },
		{ "a column is missing", LAYOUT_REGIONS,
		  "職員番号,地域コード\nT9001,13\n",
		  "1  「用途」の列がありません。" },
		{ "a column twice", LAYOUT_PEOPLE,
		  "職員番号,氏名,氏名\n1,a,b\n",
		  "1  「氏名」の列が2つあります。" },
		{ "zip", LAYOUT_PEOPLE, "PK\x03\x04zip",
		  "1  ZIPかExcelブック（xlsx）です。CSVではありません。" },
		{ "unclosed", LAYOUT_PEOPLE, "職員番号,氏名\n1,a\n2,\"b\n3,c\n",
		  "3  引用符（\"）が閉じていないか、セルが大きすぎます。" },
		{ "nothing", LAYOUT_PEOPLE, "\r\n\r\n",
		  "3  空のファイルです。" },
		{ "a head alone", LAYOUT_PEOPLE, "職員番号,氏名\r\n",
		  "0  見出しのほかに行がありません。" },
		{ "end with another count", LAYOUT_PEOPLE,
		  "職員番号,氏名\n1,a\n#END,2\n",
		  "3  末尾の件数（2）と、読めた行の数（1）が違います。" },
		{ "cells too few", LAYOUT_PEOPLE,
		  "職員番号,氏名,カナ\nT9001,あ\n",
		  "2  列が2個あります（見出しは3個）。" },
		{ "emoji", LAYOUT_PEOPLE, "職員番号,氏名\nT9001,山田😀\n",
		  "2 氏名 絵文字が入っています。" },
		{ "line end in a cell", LAYOUT_PEOPLE,
		  "職員番号,氏名\nT9001,\"山\n田\"\n",
		  "2 氏名 改行やタブなどの制御文字が入っています。" },
		{ "geta", LAYOUT_PEOPLE, "職員番号,氏名\nT9001,〓田\n",
		  "2 氏名 「〓」が入っています。" },
		{ "no name", LAYOUT_PEOPLE, "職員番号,氏名\nT9001, 　\n",
		  "2 氏名 空です。" },
		{ "full-width number", LAYOUT_PEOPLE, "職員番号,氏名\nＴ1,あ\n",
		  "2 職員番号 「Ｔ1」に使えない文字があります。" },
		{ "unknown purpose", LAYOUT_REGIONS,
		  "職員番号,用途,地域コード\nT9001,別荘,13\n",
		  "2 用途 「別荘」は使えません。" },
		{ "under itself", LAYOUT_GROUPS,
		  "グループコード,グループ名,上位グループコード\nT1,局一,T1\n",
		  "2 上位グループコード 自分自身の下に置かれています。" },
		{ "no address", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス\nT9001,1,secret at home\n",
		  "2 メールアドレス メールアドレスとして使えない形です。" },
	};

	(void)state;
	check_refused(db, rows, LEN(rows));
}

static void test_long_name(void **state)
{
	struct str s = { .arena = db->arena };
	struct import i;

	(void)state;
	str_add(&s, "職員番号,氏名\nT9001,");
	for (int n = 0; n < 300; n++)
		str_add(&s, "長");
	str_add(&s, "\n");
	i = import_take(db, LAYOUT_PEOPLE, false, str_text(&s));
	check_str("long", import_fault_of(db, &i, "refused"),
		  "2 氏名 300文字あります。");
}

static void test_number_is_typed(void **state)
{
	struct import i = import_take(db, LAYOUT_PEOPLE, false,
				      "職員番号,氏名\nT9003,a\n");

	(void)state;
	i.removed = 9;
	assert_false(import_must_type(&i));
	i.removed = 10;
	assert_true(import_must_type(&i));
	database_do(db, arena_fmt(db->arena,
				  "UPDATE import SET removed = 11"
				  " WHERE id = %lld",
				  (long long)i.id));
	check_int("untyped", import_confirm(db, i.id, -1, &import_by),
		  IMPORT_OTHER_COUNT);
	check_int("another", import_confirm(db, i.id, 10, &import_by),
		  IMPORT_OTHER_COUNT);
	check_int("typed", import_confirm(db, i.id, 11, &import_by),
		  IMPORT_CONFIRMED);
	check_int("too late", import_cancel(db, i.id, &import_by), 0);
}

static void test_tidied(void **state)
{
	struct import i = import_take(db, LAYOUT_PEOPLE, false,
				      "職員番号,氏名\nT9003,a\n");
	int64_t n;

	(void)state;
	check_int("stopped", import_cancel(db, i.id, &import_by), 1);
	do {
		n = import_tidy(db);
		assert_true(n >= 0);
	} while (n > 0);
	check_int("its rows are gone",
		  database_int(db, arena_fmt(db->arena,
					     "SELECT COUNT(*) FROM import_row"
					     " WHERE import = %lld",
					     (long long)i.id)),
		  0);
	check_int("its difference stays",
		  database_int(db, arena_fmt(db->arena,
					     "SELECT COUNT(*) FROM"
					     " import_change WHERE import ="
					     " %lld",
					     (long long)i.id)),
		  1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long_name),
		cmocka_unit_test(test_number_is_typed),
		cmocka_unit_test(test_tidied),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
