#include "test.h"

#include <sys/stat.h>

#include "base/seal.h"
#include "database_own.h"
#include "model/audit.h"
#include "model/import.h"
#include "model/user.h"
#include "model/user_change.h"
#include "people.h"

/* A database of its own, since reading commits; each test ends with nothing of
 * its people left. */
static const char name[] = "anpi_import";
static struct db *db;
static struct import_keys keys;

static const struct audit who = { .actor = "test", .network = "::1" };

static void load_keys(void)
{
	char dir[] = "/tmp/anpi-import-XXXXXX", path[64];

	assert_non_null(mkdtemp(dir));
	assert_int_equal(seal_keys_new(dir), 0);
	snprintf(path, sizeof(path), "%s/seal.public", dir);
	keys.seal = seal_public_load(path);
	unlink(path);
	snprintf(path, sizeof(path), "%s/seal.private", dir);
	keys.digest = digest_key_load(path); /* any key will do */
	unlink(path);
	rmdir(dir);
	assert_non_null(keys.seal);
	assert_non_null(keys.digest);
}

static int make(void **state)
{
	(void)state;
	db = database_own(name);
	database_do(db, "INSERT INTO region (code, kind, name) VALUES"
			" ('13', 'prefecture', '東京都'),"
			" ('14', 'prefecture', '神奈川県');"
			"INSERT INTO region (code, kind, name, parent) VALUES"
			" ('13101', 'municipality', '千代田区', '13')");
	people_make(db);
	load_keys();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	database_own_end(db, name);
	return 0;
}

/* Reads a text and compares; returns the import as it then is. */
static struct import take(enum layout_kind kind, bool whole, const char *text)
{
	const struct import_draft draft = {
		.kind = kind,
		.whole = whole,
		.source = "screen",
		.file = "test.csv",
		.audit = &who,
	};
	struct import_reader *r = import_open(db, &draft, &keys);
	struct import i;
	int64_t id;

	assert_non_null(r);
	assert_true(import_feed(r, text, strlen(text)) >= 0);
	assert_int_equal(import_close(r, true, &id), 0);
	assert_int_equal(import_find(db, id, &i), 1);
	if (strcmp(i.state, "read") == 0)
		assert_int_equal(import_compare(db, id), 0);
	assert_int_equal(import_find(db, id, &i), 1);
	return i;
}

static const char *counts(const struct import *i)
{
	return arena_fmt(db->arena, "%s +%lld ~%lld -%lld !%lld ?%lld",
			 i->state, (long long)i->added, (long long)i->changed,
			 (long long)i->removed, (long long)i->refused,
			 (long long)i->warned);
}

static void apply(const struct import *i)
{
	assert_int_equal(import_confirm(db, i->id, i->removed, &who),
			 IMPORT_CONFIRMED);
	assert_int_equal(import_apply(db, i->id), 1);
}

static const char *first_fault(const struct import *i, const char *kind)
{
	struct import_fault *f;

	assert_int_equal(import_faults(db, i->id, kind, -1, 0, 1, &f), 0);
	return f == NULL ? ""
			 : arena_fmt(db->arena, "%lld %s %s",
				     (long long)f->line, f->field, f->reason);
}

static void test_twice_changes_nothing(void **state)
{
	static const struct {
		const char *name;
		enum layout_kind kind;
		const char *text, *want;
	} rows[] = {
		{ "groups, a parent after its child", LAYOUT_GROUPS,
		  "グループコード,グループ名,上位グループコード\r\n"
		  "Z11,第一課,Z1\r\nZ1,新局,T\r\n",
		  "compared +2 ~0 -0 !0 ?0" },
		{ "a group moves", LAYOUT_GROUPS,
		  "グループコード,グループ名,上位グループコード\n"
		  "Z11,第一課,T2\n",
		  "compared +0 ~1 -0 !0 ?0" },
		{ "people", LAYOUT_PEOPLE,
		  "職員番号,氏名,カナ\nZ1,𠮷田 ﾏﾘｱ,ヨシダ\nT9001,試験9001,\n"
		  "T9002,改名,ナ\n",
		  "compared +1 ~1 -0 !0 ?0" },
		{ "memberships", LAYOUT_MEMBERSHIPS,
		  "職員番号,グループコード,区分\nZ1,Z11,\nT9001,T1,削除\n"
		  "T9002,T11,登録\n",
		  "compared +1 ~0 -1 !0 ?0" },
		{ "regions", LAYOUT_REGIONS,
		  "職員番号,用途,地域コード\nZ1,勤務地,13\nZ1,自宅,13101\n"
		  "T9001,work,13\n",
		  "compared +2 ~0 -0 !0 ?0" },
		{ "addresses, with a typo", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス\nZ1,1,zed@docomo.co.jp\n"
		  "Z1,2,a..b.@docomo.ne.jp\nT9001,1,new@example.com\n"
		  "T9002,1,***@docomo.example\n",
		  "compared +2 ~1 -0 !0 ?1" },
	};

	(void)state;
	for (size_t n = 0; n < LEN(rows); n++) {
		struct import i = take(rows[n].kind, false, rows[n].text);

		check_str(rows[n].name, counts(&i), rows[n].want);
		apply(&i);
		i = take(rows[n].kind, false, rows[n].text);
		check_int(rows[n].name, i.added + i.changed + i.removed, 0);
		check_int("nothing to do", import_confirm(db, i.id, -1, &who),
			  IMPORT_UNCHANGING);
	}
	check_int("path",
		  database_int(db, "SELECT COUNT(*) FROM grp_path p"
				   " JOIN grp g ON g.id = p.descendant"
				   " WHERE g.code = 'Z11'"),
		  3);
	check_int("sealed",
		  database_int(db, "SELECT COUNT(*) FROM address a"
				   " JOIN user u ON u.id = a.user"
				   " WHERE u.staff_no = 'Z1'"
				   "   AND a.state = 'unknown'"
				   "   AND LENGTH(sealed) > 60"),
		  2);
	check_int("plain nowhere",
		  database_int(db, "SELECT COUNT(*) FROM import_row"
				   " WHERE INSTR(CONCAT_WS('|', item, name,"
				   "       domain, sealed), 'zed') > 0"),
		  0);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'import applied'"),
		  LEN(rows));
}

static void test_refused(void **state)
{
	static const struct {
		const char *name;
		enum layout_kind kind;
		bool whole;
		const char *text, *fault;
	} rows[] = {
		{ "another layout", LAYOUT_PEOPLE, false,
		  "職員番号,用途,地域コード\nT9001,勤務地,13\n",
		  "1  「用途」という列は、この様式にありません。" },
		{ "a column is missing", LAYOUT_REGIONS, false,
		  "職員番号,地域コード\nT9001,13\n",
		  "1  「用途」の列がありません。" },
		{ "a column twice", LAYOUT_PEOPLE, false,
		  "職員番号,氏名,氏名\n1,a,b\n",
		  "1  「氏名」の列が2つあります。" },
		{ "zip", LAYOUT_PEOPLE, false, "PK\x03\x04zip",
		  "1  ZIPかExcelブック（xlsx）です。CSVではありません。" },
		{ "unclosed", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\n1,a\n2,\"b\n3,c\n",
		  "3  引用符（\"）が閉じていないか、セルが大きすぎます。" },
		{ "nothing", LAYOUT_PEOPLE, false, "\r\n\r\n",
		  "3  空のファイルです。" },
		{ "a head alone", LAYOUT_PEOPLE, false, "職員番号,氏名\r\n",
		  "0  見出しのほかに行がありません。" },
		{ "end with another count", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\n1,a\n#END,2\n",
		  "3  末尾の件数（2）と、読めた行の数（1）が違います。" },
		{ "cells too few", LAYOUT_PEOPLE, false,
		  "職員番号,氏名,カナ\nT9001,あ\n",
		  "2  列が2個あります（見出しは3個）。" },
		{ "twice", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\nT9001,あ\nT9002,い\nt9001,う\n",
		  "4  「t9001」の行が、2行目にもあります。" },
		{ "emoji", LAYOUT_PEOPLE, false, "職員番号,氏名\nT9001,山田😀\n",
		  "2 氏名 絵文字が入っています。" },
		{ "line end in a cell", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\nT9001,\"山\n田\"\n",
		  "2 氏名 改行やタブなどの制御文字が入っています。" },
		{ "geta", LAYOUT_PEOPLE, false, "職員番号,氏名\nT9001,〓田\n",
		  "2 氏名 「〓」が入っています。" },
		{ "no name", LAYOUT_PEOPLE, false, "職員番号,氏名\nT9001, 　\n",
		  "2 氏名 空です。" },
		{ "full-width number", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\nＴ1,あ\n",
		  "2 職員番号 「Ｔ1」に使えない文字があります。" },
		{ "unknown person", LAYOUT_MEMBERSHIPS, false,
		  "職員番号,グループコード\nNO1,T1\n",
		  "2 職員番号 職員番号「NO1」の人は登録されていません。" },
		{ "unknown group", LAYOUT_MEMBERSHIPS, false,
		  "職員番号,グループコード\nT9001,NOPE\n",
		  "2 グループコード "
		  "グループコード「NOPE」は登録されていません。" },
		{ "unknown region", LAYOUT_REGIONS, false,
		  "職員番号,用途,地域コード\nT9001,勤務地,99\n",
		  "2 地域コード 地域コード「99」はありません。" },
		{ "unknown purpose", LAYOUT_REGIONS, false,
		  "職員番号,用途,地域コード\nT9001,別荘,13\n",
		  "2 用途 「別荘」は使えません。" },
		{ "unknown parent", LAYOUT_GROUPS, false,
		  "グループコード,グループ名,上位グループコード\nQ,課,NOPE\n",
		  "2 上位グループコード 上位のグループ「NOPE」がありません。" },
		{ "a circle", LAYOUT_GROUPS, false,
		  "グループコード,グループ名,上位グループコード\n"
		  "T1,局一,T11\n",
		  "2 上位グループコード "
		  "「T1」の上位をたどると、輪になるか、深すぎます。" },
		{ "under itself", LAYOUT_GROUPS, false,
		  "グループコード,グループ名,上位グループコード\nT1,局一,T1\n",
		  "2 上位グループコード 自分自身の下に置かれています。" },
		{ "a group with people goes", LAYOUT_GROUPS, false,
		  "グループコード,グループ名,区分\nT11,課一,削除\n",
		  "2 グループコード グループ「T11」には、人か管理者がいるため削"
		  "除できません。" },
		{ "no address", LAYOUT_ADDRESSES, false,
		  "職員番号,順番,メールアドレス\nT9001,1,secret at home\n",
		  "2 メールアドレス メールアドレスとして使えない形です。" },
		{ "masked, another domain", LAYOUT_ADDRESSES, false,
		  "職員番号,順番,メールアドレス\nT9003,1,***@gmail.com\n",
		  "2 メールアドレス 伏せ字（***@）の行ですが、登録されているア"
		  "ドレスとドメインが違います。" },
		{ "one address twice", LAYOUT_ADDRESSES, false,
		  "職員番号,順番,メールアドレス\nT9003,3,x@y.jp\n"
		  "T9003,4,x@y.jp\n",
		  "3 メールアドレス "
		  "同じ人の同じアドレスが、2行目にもあります。" },
	};

	(void)state;
	for (size_t n = 0; n < LEN(rows); n++) {
		struct import i =
			take(rows[n].kind, rows[n].whole, rows[n].text);

		check_str(rows[n].name, first_fault(&i, "refused"),
			  rows[n].fault);
		check_int(rows[n].name, i.refused, 1);
		assert_true(import_confirm(db, i.id, -1, &who) != 0);
	}
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
	i = take(LAYOUT_PEOPLE, false, str_text(&s));
	check_str("long", first_fault(&i, "refused"),
		  "2 氏名 300文字あります。");
}

static void test_whole_file_takes_away(void **state)
{
	struct import i;

	(void)state;
	database_do(db, "UPDATE grp SET origin = 'file' WHERE code = 'T11';"
			"UPDATE user_region SET origin = 'self'"
			" WHERE user = 9004 AND purpose = 'home';"
			"UPDATE address SET origin = 'self'"
			" WHERE user = 9004 AND place = 2");
	i = take(LAYOUT_MEMBERSHIPS, true,
		 "職員番号,グループコード\nT9002,T11\nT9003,T11\n");
	/* 9005 goes from T11 and Z1 from Z11, which a file made; the leaver
	 * stays, and so do the people of groups that no file named. */
	check_str("two go", counts(&i), "compared +0 ~0 -2 !0 ?0");
	apply(&i);
	i = take(LAYOUT_REGIONS, true,
		 "職員番号,用途,地域コード\nT9001,勤務地,13\n");
	check_int("own regions stay",
		  database_int(db, arena_fmt(db->arena,
					     "SELECT COUNT(*) FROM"
					     " import_change WHERE import ="
					     " %lld AND item = 'T9004 home 13'",
					     (long long)i.id)),
		  0);
	i = take(LAYOUT_ADDRESSES, true,
		 "職員番号,順番,メールアドレス\nT9004,2,other@example.jp\n");
	check_str("own addresses stay", first_fault(&i, "warned"),
		  "2 メールアドレス "
		  "本人が登録したアドレスがあるため、この行は反映しません。");
	check_int("not added, not changed", i.added + i.changed, 0);
	i = take(LAYOUT_PEOPLE, true, "職員番号,氏名\nT9001,試験9001\n");
	check_int("the others would leave", i.removed,
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE state = 'active'"
				   "   AND staff_no <> 'T9001'"));
	apply(&i);
	check_int("they left and are kept",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE state = 'active'"),
		  1);
	check_int("since now",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE staff_no = 'T9002'"
				   "   AND left_at = changed_at"
				   "   AND left_at > UTC_TIMESTAMP(6)"
				   "                 - INTERVAL 1 HOUR"),
		  1);
	i = take(LAYOUT_PEOPLE, false, "職員番号,氏名,状態\nT9002,改名,在籍\n");
	check_str("back again", counts(&i), "compared +0 ~1 -0 !0 ?0");
	apply(&i);
	check_int("no more as one who left",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE staff_no = 'T9002'"
				   "   AND left_at IS NULL"),
		  1);
	i = take(LAYOUT_PEOPLE, false,
		 "職員番号,氏名,状態\nT9801,新人,退職\nT9802,新人,在籍\n");
	apply(&i);
	check_int("new, and left already",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE staff_no IN ('T9801', 'T9802')"
				   "   AND (state = 'left')"
				   "       = (left_at IS NOT NULL)"),
		  2);
}

static void test_moved_meanwhile(void **state)
{
	static const char text[] = "職員番号,氏名\nT9003,新しい名\n";
	struct import i;

	(void)state;
	i = take(LAYOUT_PEOPLE, false, text);
	check_str("first", counts(&i), "compared +0 ~1 -0 !0 ?0");
	database_do(db, "UPDATE user SET name = '別の人が変えた'"
			" WHERE staff_no = 'T9003'");
	assert_int_equal(import_confirm(db, i.id, -1, &who), IMPORT_CONFIRMED);
	assert_int_equal(import_apply(db, i.id), 0);
	check_int("nothing done",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE name = '新しい名'"),
		  0);
	check_str("told", first_fault(&i, "moved"),
		  "2  「T9003」の登録内容が、確認のあとで変わりました。");
	assert_int_equal(import_find(db, i.id, &i), 1);
	check_str("compared anew", i.state, "read");
	assert_int_equal(import_compare(db, i.id), 0);
	apply(&i);
	assert_int_equal(import_apply(db, i.id), 0);
	check_int("done",
		  database_int(db, "SELECT COUNT(*) FROM user"
				   " WHERE name = '新しい名'"),
		  1);
}

static void test_number_is_typed(void **state)
{
	struct import i =
		take(LAYOUT_PEOPLE, false, "職員番号,氏名\nT9003,a\n");

	(void)state;
	i.removed = 9;
	assert_false(import_must_type(&i));
	i.removed = 10;
	assert_true(import_must_type(&i));
	database_do(db, arena_fmt(db->arena,
				  "UPDATE import SET removed = 11"
				  " WHERE id = %lld",
				  (long long)i.id));
	check_int("untyped", import_confirm(db, i.id, -1, &who),
		  IMPORT_OTHER_COUNT);
	check_int("another", import_confirm(db, i.id, 10, &who),
		  IMPORT_OTHER_COUNT);
	check_int("typed", import_confirm(db, i.id, 11, &who),
		  IMPORT_CONFIRMED);
	check_int("too late", import_cancel(db, i.id, &who), 0);
}

static void test_tidied(void **state)
{
	struct import i =
		take(LAYOUT_PEOPLE, false, "職員番号,氏名\nT9003,a\n");
	int64_t n;

	(void)state;
	check_int("stopped", import_cancel(db, i.id, &who), 1);
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

/* An admin has the person's page open while a file changes him.  The last: all
 * the others leave. */
static void test_open_form(void **state)
{
	const struct audit admin = { .account = 900, .actor = "t900" };
	struct user_draft seen = {
		.audit = &admin,
		.staff_no = "T9003",
		.name = "画面の名",
		.kana = "",
		.lang = "ja",
	};
	struct import i;
	struct user u;

	(void)state;
	assert_int_equal(user_find(db, 900, 9003, &u), 1);
	seen.version = u.version;
	i = take(LAYOUT_PEOPLE, false,
		 "職員番号,氏名,状態\nT9003,ファイルの名,在籍\n");
	apply(&i);
	check_int("is told", user_change(db, &seen, 9003),
		  USER_CHANGED_MEANWHILE);
	assert_int_equal(user_find(db, 900, 9003, &u), 1);
	check_str("the file's stands", u.name, "ファイルの名");
	check_int("a version on", u.version, seen.version + 1);
	check_str("by a program", u.changed_by, "");
	i = take(LAYOUT_PEOPLE, true, "職員番号,氏名\nT9001,試験9001\n");
	apply(&i);
	assert_int_equal(user_find(db, 900, 9003, &u), 1);
	check_str("left", u.state, "left");
	check_int("which is one more", u.version, seen.version + 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_twice_changes_nothing),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long_name),
		cmocka_unit_test(test_moved_meanwhile),
		cmocka_unit_test(test_number_is_typed),
		cmocka_unit_test(test_tidied),
		cmocka_unit_test(test_whole_file_takes_away),
		cmocka_unit_test(test_open_form),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
