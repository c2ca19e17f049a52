#include "test.h"

#include "database_own.h"
#include "import_file.h"
#include "model/import.h"
#include "people.h"

/*
 * The people of people.h, and: T12 an empty group below T1, which a file made
 * like T11; T9002 has a kana; T9004 registered his home and his second address
 * himself.
 */
static const char name[] = "anpi_import_apply";
static struct db *db;

#define GROUPS	    "グループコード,グループ名,上位グループコード,区分\n"
#define PEOPLE	    "職員番号,氏名,カナ,言語,状態\n"
#define MEMBERSHIPS "職員番号,グループコード,区分\n"
#define REGIONS	    "職員番号,用途,地域コード,区分\n"
#define ADDRESSES   "職員番号,順番,メールアドレス,区分\n"

static int make(void **state)
{
	(void)state;
	db = database_own(name);
	import_regions(db);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	database_own_end(db, name);
	return 0;
}

static void begin(void)
{
	database_do(db, "SET FOREIGN_KEY_CHECKS = 0;"
			"DELETE FROM import; DELETE FROM import_row;"
			"DELETE FROM import_change; DELETE FROM import_fault;"
			"DELETE FROM message; DELETE FROM delivery;"
			"DELETE FROM tally_state; DELETE FROM broadcast;"
			"DELETE FROM audit; DELETE FROM grp_admin;"
			"DELETE FROM account; DELETE FROM address;"
			"DELETE FROM user_region; DELETE FROM grp_member;"
			"DELETE FROM user; DELETE FROM grp_path;"
			"DELETE FROM grp; SET FOREIGN_KEY_CHECKS = 1;");
	people_make(db);
	database_do(db, "INSERT INTO grp (id, parent, code, name) VALUES"
			" (912, 910, 'T12', '課二');"
			"INSERT INTO grp_path (ancestor, descendant, depth)"
			" VALUES (912, 912, 0), (910, 912, 1), (900, 912, 2);"
			"UPDATE grp SET origin = 'file'"
			" WHERE code IN ('T11', 'T12');"
			"UPDATE user SET kana = 'モト' WHERE id = 9002;"
			"UPDATE user_region SET origin = 'self'"
			" WHERE user = 9004 AND purpose = 'home';"
			"UPDATE address SET origin = 'self'"
			" WHERE user = 9004 AND place = 2");
}

static int setup(void **state)
{
	(void)state;
	begin();
	return 0;
}

/* The one text that a query of the test gives; "" for none. */
static const char *text_of(const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	const char *text = "";
	int rc;

	while ((rc = db_step(s)) > 0)
		text = db_text(s, 0) == NULL ? "" : db_text(s, 0);
	assert_int_equal(rc, 0);
	return text;
}

static void apply(const struct import *i)
{
	import_press(db, i);
	assert_int_equal(import_apply(db, i->id), 1);
}

static const char groups_now[] =
	"SELECT GROUP_CONCAT(CONCAT(g.code, '<', COALESCE(p.code, '')) ORDER"
	"       BY g.code SEPARATOR ' ')"
	"  FROM grp g LEFT JOIN grp p ON p.id = g.parent";
static const char paths_now[] =
	"SELECT GROUP_CONCAT(CONCAT(d.code, way) ORDER BY d.code"
	"       SEPARATOR ' ')"
	"  FROM (SELECT p.descendant, GROUP_CONCAT(CONCAT('<', a.code)"
	"               ORDER BY p.depth SEPARATOR '') AS way"
	"          FROM grp_path p JOIN grp a ON a.id = p.ancestor"
	"         WHERE p.depth > 0 GROUP BY p.descendant) w"
	"  JOIN grp d ON d.id = w.descendant";
static const char people_now[] =
	"SELECT GROUP_CONCAT(CONCAT_WS(',', staff_no, name, kana, lang, state)"
	"       ORDER BY staff_no SEPARATOR ' ')"
	"  FROM user WHERE staff_no IN ('T9001', 'T9002', 'T9007', 'Z1', 'Z2')";
static const char members_now[] =
	"SELECT GROUP_CONCAT(CONCAT_WS(',', u.staff_no, g.code)"
	"       ORDER BY u.staff_no, g.code SEPARATOR ' ')"
	"  FROM grp_member m JOIN user u ON u.id = m.user"
	"  JOIN grp g ON g.id = m.grp";
static const char regions_now[] =
	"SELECT GROUP_CONCAT(CONCAT_WS(',', u.staff_no, m.purpose, m.region,"
	"       m.origin) ORDER BY u.staff_no, m.purpose, m.region"
	"       SEPARATOR ' ')"
	"  FROM user_region m JOIN user u ON u.id = m.user"
	" WHERE u.id IN (9003, 9004, 9007)";
static const char addresses_now[] =
	"SELECT GROUP_CONCAT(CONCAT_WS(',', u.staff_no, a.place, a.domain,"
	"       a.class, a.origin) ORDER BY u.staff_no, a.place"
	"       SEPARATOR ' ')"
	"  FROM address a JOIN user u ON u.id = a.user"
	" WHERE u.id IN (9003, 9004, 9006)";

/* A file, what it is found to change, and what is stored then. */
struct row {
	const char *name;
	enum layout_kind kind;
	bool whole;
	const char *text, *counts, *query, *want;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		const struct row *r = &rows[n];
		struct import i;

		begin();
		i = import_take(db, r->kind, r->whole, r->text);
		check_str(r->name, import_counts(db, &i), r->counts);
		if (i.added + i.changed + i.removed > 0)
			apply(&i);
		check_str(r->name, text_of(r->query), r->want);
		i = import_take(db, r->kind, r->whole, r->text);
		/* A group that is gone cannot go once more. */
		if (i.refused == 0)
			check_int(r->name, i.added + i.changed + i.removed, 0);
		check_int(r->name, import_confirm(db, i.id, -1, &import_by),
			  i.refused > 0 ? IMPORT_FAULTY : IMPORT_UNCHANGING);
	}
}

static void test_groups(void **state)
{
	static const struct row rows[] = {
		{ "as they are", LAYOUT_GROUPS, false,
		  GROUPS "T,省,,\nT1,局一,T,\nT11,課一,T1,\n",
		  "compared +0 ~0 -0 !0 ?0", groups_now,
		  "T< T1<T T11<T1 T12<T1 T2<T" },
		{ "a parent after its child", LAYOUT_GROUPS, false,
		  GROUPS "Z11,第一課,Z1,\r\nZ1,新局,T,登録\r\n",
		  "compared +2 ~0 -0 !0 ?0", paths_now,
		  "T1<T T11<T1<T T12<T1<T T2<T Z1<T Z11<Z1<T" },
		{ "one at the top", LAYOUT_GROUPS, false, GROUPS "Z,新省,,\n",
		  "compared +1 ~0 -0 !0 ?0", groups_now,
		  "T< T1<T T11<T1 T12<T1 T2<T Z<" },
		{ "moves with what is below it", LAYOUT_GROUPS, false,
		  GROUPS "T1,局一,T2,\n", "compared +0 ~1 -0 !0 ?0", paths_now,
		  "T1<T2<T T11<T1<T2<T T12<T1<T2<T T2<T" },
		{ "changes places with its parent", LAYOUT_GROUPS, false,
		  GROUPS "T11,課一,T,\nT1,局一,T11,\n",
		  "compared +0 ~2 -0 !0 ?0", paths_now,
		  "T1<T11<T T11<T T12<T1<T11<T T2<T" },
		{ "another name, its parent not named", LAYOUT_GROUPS, false,
		  "グループコード,グループ名\nT11,新課\n",
		  "compared +0 ~1 -0 !0 ?0",
		  "SELECT CONCAT(name, parent, origin) FROM grp"
		  " WHERE code = 'T11'",
		  "新課910file" },
		{ "a file names it: from now on it is of files", LAYOUT_GROUPS,
		  false, GROUPS "T2,新局,T,\n", "compared +0 ~1 -0 !0 ?0",
		  "SELECT GROUP_CONCAT(code ORDER BY code) FROM grp"
		  " WHERE origin = 'file'",
		  "T11,T12,T2" },
		{ "goes", LAYOUT_GROUPS, false, GROUPS "T12,課二,,削除\n",
		  "compared +0 ~0 -1 !0 ?0", paths_now, "T1<T T11<T1<T T2<T" },
		{ "whole: what no file made stays", LAYOUT_GROUPS, true,
		  GROUPS "T11,課一,T1,\n", "compared +0 ~0 -1 !0 ?0",
		  groups_now, "T< T1<T T11<T1 T2<T" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

/* A whole file that does not name a group takes its people away first. */
static void test_whole_file_and_a_full_group(void **state)
{
	struct import i = import_take(db, LAYOUT_GROUPS, true,
				      GROUPS "T12,課二,T1,\nZ,新省,,\n");

	(void)state;
	check_str("T11", import_counts(db, &i), "compared +1 ~0 -1 !1 ?0");
	check_str("why", import_fault_of(db, &i, "refused"),
		  "0 グループコード グループ「T11」には、人か管理者がいるため削"
		  "除できません。");
	check_int("no", import_confirm(db, i.id, 1, &import_by), IMPORT_FAULTY);
}

static void test_people(void **state)
{
	static const struct row rows[] = {
		{ "new ones", LAYOUT_PEOPLE, false,
		  PEOPLE "Z1,𠮷田 ﾏﾘｱ,ヨシダ,,\nZ2,Ann,,英語,退職\n",
		  "compared +2 ~0 -0 !0 ?0", people_now,
		  "T9001,試験9001,,ja,active T9002,試験9002,モト,ja,active"
		  " T9007,試験9007,,ja,left Z1,𠮷田 ﾏﾘｱ,ヨシダ,ja,active"
		  " Z2,Ann,,en,left" },
		{ "another name, and an empty kana", LAYOUT_PEOPLE, false,
		  PEOPLE "T9001,改名,,,\nT9002,試験9002,,,\n",
		  "compared +0 ~2 -0 !0 ?0", people_now,
		  "T9001,改名,,ja,active T9002,試験9002,,ja,active"
		  " T9007,試験9007,,ja,left" },
		{ "what has no column stays", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\nT9002,新名\n", "compared +0 ~1 -0 !0 ?0",
		  people_now,
		  "T9001,試験9001,,ja,active T9002,新名,モト,ja,active"
		  " T9007,試験9007,,ja,left" },
		{ "kana alone", LAYOUT_PEOPLE, false,
		  PEOPLE "T9002,試験9002,ニ,,\n", "compared +0 ~1 -0 !0 ?0",
		  people_now,
		  "T9001,試験9001,,ja,active T9002,試験9002,ニ,ja,active"
		  " T9007,試験9007,,ja,left" },
		{ "language alone", LAYOUT_PEOPLE, false,
		  PEOPLE "T9002,試験9002,モト,英語,\n",
		  "compared +0 ~1 -0 !0 ?0", people_now,
		  "T9001,試験9001,,ja,active T9002,試験9002,モト,en,active"
		  " T9007,試験9007,,ja,left" },
		{ "leaves", LAYOUT_PEOPLE, false,
		  PEOPLE "T9001,試験9001,,,退職\n", "compared +0 ~0 -1 !0 ?0",
		  people_now,
		  "T9001,試験9001,,ja,left T9002,試験9002,モト,ja,active"
		  " T9007,試験9007,,ja,left" },
		{ "leaves by the act", LAYOUT_PEOPLE, false,
		  "職員番号,氏名,区分\nT9001,試験9001,削除\n",
		  "compared +0 ~0 -1 !0 ?0", people_now,
		  "T9001,試験9001,,ja,left T9002,試験9002,モト,ja,active"
		  " T9007,試験9007,,ja,left" },
		{ "returns", LAYOUT_PEOPLE, false,
		  PEOPLE "T9007,試験9007,,,在籍\n", "compared +0 ~1 -0 !0 ?0",
		  people_now,
		  "T9001,試験9001,,ja,active T9002,試験9002,モト,ja,active"
		  " T9007,試験9007,,ja,active" },
		{ "named, and left as he was", LAYOUT_PEOPLE, false,
		  "職員番号,氏名\nT9007,改名\n", "compared +0 ~1 -0 !0 ?0",
		  people_now,
		  "T9001,試験9001,,ja,active T9002,試験9002,モト,ja,active"
		  " T9007,改名,,ja,left" },
		{ "who has left keeps his groups and addresses", LAYOUT_PEOPLE,
		  true, "職員番号,氏名\nT9001,試験9001\n",
		  "compared +0 ~0 -5 !0 ?0",
		  "SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM user WHERE"
		  " state = 'active'), (SELECT COUNT(*) FROM grp_member),"
		  " (SELECT COUNT(*) FROM address))",
		  "1 7 10" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

/* A file is a change like one on the screen: whoever looked before it is told
 * so, and since when somebody has left is known. */
static void test_people_are_changed_as_on_the_screen(void **state)
{
	static const char now[] =
		"SELECT GROUP_CONCAT(CONCAT_WS(' ', staff_no, version,"
		"       changed_at IS NOT NULL, COALESCE(changed_by, '-'),"
		"       left_at IS NOT NULL) ORDER BY staff_no)"
		"  FROM user WHERE staff_no IN ('T9001', 'T9002', 'T9003',"
		"       'T9007', 'Z1', 'Z2')";
	struct import i = import_take(db, LAYOUT_PEOPLE, false,
				      PEOPLE "T9001,改名,,,\n"
					     "T9002,い,,,退職\n"
					     "T9003,試験9003,,,\n"
					     "T9007,試験9007,,,在籍\n"
					     "Z1,あ,,,\nZ2,い,,,退職\n");
	const struct audit by = { .actor = "t900", .account = 900 };

	(void)state;
	database_do(db, "UPDATE user SET left_at = NOW() WHERE id = 9007");
	check_int("confirmed", import_confirm(db, i.id, -1, &by),
		  IMPORT_CONFIRMED);
	check_int("applied", import_apply(db, i.id), 1);
	check_str("then", text_of(now),
		  "T9001 1 1 900 0,T9002 1 1 900 1,T9003 0 0 - 0,"
		  "T9007 1 1 900 0,Z1 0 0 - 0,Z2 0 0 - 1");
	database_do(db, "UPDATE account SET user = 9001 WHERE id = 900");
	i = import_take(db, LAYOUT_PEOPLE, true, PEOPLE "T9003,改名,,,\n");
	apply(&i);
	check_str("the account of who left is shut",
		  text_of("SELECT state FROM account WHERE id = 900"),
		  "disabled");
	check_str("whole: a program, and who is not named", text_of(now),
		  "T9001 2 1 - 1,T9002 1 1 900 1,T9003 1 1 - 0,"
		  "T9007 2 1 - 1,Z1 1 1 - 1,Z2 0 0 - 1");
}

static void test_memberships(void **state)
{
	static const struct row rows[] = {
		{ "one comes, one goes, one is there, one is not",
		  LAYOUT_MEMBERSHIPS, false,
		  MEMBERSHIPS "T9001,T2,\nT9002,T11,削除\nT9003,T11,登録\n"
			      "T9006,T2,削除\n",
		  "compared +1 ~0 -1 !0 ?0", members_now,
		  "T9001,T1 T9001,T2 T9003,T11 T9004,T2 T9005,T11 T9005,T2"
		  " T9007,T11" },
		{ "whole: groups of no file and who has left stay",
		  LAYOUT_MEMBERSHIPS, true, MEMBERSHIPS "T9002,T11,\n",
		  "compared +0 ~0 -2 !0 ?0", members_now,
		  "T9001,T1 T9002,T11 T9004,T2 T9005,T2 T9007,T11" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static void test_regions(void **state)
{
	static const struct row rows[] = {
		{ "one comes, one goes", LAYOUT_REGIONS, false,
		  REGIONS "T9003,勤務地,13101,削除\nT9003,勤務地,14,\n",
		  "compared +1 ~0 -1 !0 ?0", regions_now,
		  "T9003,work,14,hr T9003,home,14,hr T9004,work,14,hr"
		  " T9004,home,13,self T9007,work,13,hr" },
		{ "his own is not taken", LAYOUT_REGIONS, false,
		  REGIONS "T9004,自宅,13,削除\n", "compared +0 ~0 -0 !0 ?1",
		  regions_now,
		  "T9003,work,13101,hr T9003,home,14,hr T9004,work,14,hr"
		  " T9004,home,13,self T9007,work,13,hr" },
		{ "his own stays his own", LAYOUT_REGIONS, false,
		  REGIONS "T9004,自宅,13,\nT9004,家族の家,14,\n",
		  "compared +1 ~0 -0 !0 ?0", regions_now,
		  "T9003,work,13101,hr T9003,home,14,hr T9004,work,14,hr"
		  " T9004,home,13,self T9004,family,14,hr T9007,work,13,hr" },
		{ "whole: his own and who has left stay", LAYOUT_REGIONS, true,
		  REGIONS "T9003,自宅,14,\n", "compared +0 ~0 -5 !0 ?0",
		  regions_now,
		  "T9003,home,14,hr T9004,home,13,self T9007,work,13,hr" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static void test_addresses(void **state)
{
	static const struct row rows[] = {
		{ "one comes, one changes, one goes", LAYOUT_ADDRESSES, false,
		  ADDRESSES "T9006,1,zed@docomo.ne.jp,\n"
			    "T9003,1,new@example.com,\nT9003,2,,削除\n",
		  "compared +1 ~1 -1 !0 ?0", addresses_now,
		  "T9003,1,example.com,other,hr"
		  " T9004,1,docomo.example,other,hr"
		  " T9004,2,au.example,other,self"
		  " T9006,1,docomo.ne.jp,docomo,hr" },
		{ "masked, it stays", LAYOUT_ADDRESSES, false,
		  ADDRESSES "T9003,1,***@docomo.example,\nT9003,9,,削除\n",
		  "compared +0 ~0 -0 !0 ?0",
		  "SELECT COUNT(*) FROM address WHERE id = 90031", "1" },
		{ "his own is neither changed nor taken", LAYOUT_ADDRESSES,
		  false,
		  ADDRESSES "T9004,1,a@example.jp,\nT9004,2,b@example.jp,\n",
		  "compared +0 ~1 -0 !0 ?1", addresses_now,
		  "T9003,1,docomo.example,other,hr T9003,2,au.example,other,hr"
		  " T9004,1,example.jp,other,hr"
		  " T9004,2,au.example,other,self" },
		{ "whole: his own stays", LAYOUT_ADDRESSES, true,
		  ADDRESSES "T9003,2,***@au.example,\n",
		  "compared +0 ~0 -8 !0 ?0", addresses_now,
		  "T9003,2,au.example,other,hr"
		  " T9004,2,au.example,other,self" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

/* The file has his own address, at another place: he has it already. */
static void test_own_address_elsewhere(void **state)
{
	static const char text[] = ADDRESSES "T9004,1,own@example.jp,\n";
	struct import i = import_take(db, LAYOUT_ADDRESSES, false, text);

	(void)state;
	apply(&i);
	database_do(db, "DELETE FROM address WHERE user = 9004 AND place = 2;"
			"UPDATE address SET place = 3, origin = 'self'"
			" WHERE user = 9004");
	i = import_take(db, LAYOUT_ADDRESSES, false, text);
	check_str("let be", import_counts(db, &i), "compared +0 ~0 -0 !0 ?0");
}

/* What is in the database of an address is sealed; two may change places. */
static void test_addresses_change_places(void **state)
{
	static const char before[] =
		ADDRESSES "T9006,1,one@example.jp,\nT9006,2,two@example.com,\n";
	static const char after[] =
		ADDRESSES "T9006,1,two@example.com,\nT9006,2,one@example.jp,\n";
	static const char one[] = ADDRESSES "T9006,1,two@example.com,\n";
	struct import i = import_take(db, LAYOUT_ADDRESSES, false, before);

	(void)state;
	apply(&i);
	check_str("sealed",
		  text_of("SELECT GROUP_CONCAT(CONCAT(LENGTH(sealed) > 60,"
			  "       INSTR(sealed, 'example')) SEPARATOR ' ')"
			  "  FROM address WHERE user = 9006"),
		  "10 10");
	check_int("plain nowhere",
		  database_int(db, "SELECT COUNT(*) FROM import_row"
				   " WHERE INSTR(CONCAT_WS('|', item, name,"
				   "       domain, sealed), 'two@') > 0"),
		  0);
	i = import_take(db, LAYOUT_ADDRESSES, false, one);
	check_str("the other place is not named",
		  import_fault_of(db, &i, "refused"),
		  "2 メールアドレス "
		  "このアドレスは、同じ人の順番2に登録されています。");
	i = import_take(db, LAYOUT_ADDRESSES, true, one);
	check_int("it goes: it may come here", i.refused, 0);
	i = import_take(db, LAYOUT_ADDRESSES, false, after);
	check_str("both change", import_counts(db, &i),
		  "compared +0 ~2 -0 !0 ?0");
	apply(&i);
	check_str("changed",
		  text_of("SELECT GROUP_CONCAT(domain ORDER BY place)"
			  "  FROM address WHERE user = 9006"),
		  "example.com,example.jp");
}

/* Mail that waits for an address that goes is stopped and counted; what was
 * handed over stays so. */
static void test_mail_of_an_address_that_goes(void **state)
{
	struct import i;

	(void)state;
	database_do(db, "INSERT INTO broadcast (id, kind, subject, body, state,"
			"       made_at) VALUES"
			" (7, 'safety', '', '', 'sending', NOW()),"
			" (8, 'safety', '', '', 'sending', NOW());"
			"INSERT INTO delivery (broadcast, messages, cancelled)"
			" VALUES (7, 4, 1), (8, 1, 0);"
			"INSERT INTO message (id, broadcast, user, address,"
			"       urgency, state, due_at) VALUES"
			" (1, 7, 9003, 90031, 1, 'queued', NOW()),"
			" (2, 7, 9003, 90032, 1, 'queued', NOW()),"
			" (3, 7, 9005, 90051, 1, 'queued', NOW()),"
			" (4, 8, 9003, 90031, 1, 'handed', NOW())");
	i = import_take(db, LAYOUT_ADDRESSES, false,
			ADDRESSES "T9003,1,new@example.com,\nT9003,2,,削除\n");
	apply(&i);
	check_str("messages",
		  text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, state,"
			  "       address) ORDER BY id) FROM message"),
		  "1 cancelled,2 cancelled,3 queued 90051,4 handed");
	check_str("counted",
		  text_of("SELECT GROUP_CONCAT(cancelled ORDER BY broadcast)"
			  "  FROM delivery"),
		  "3,0");
}

static void test_refused(void **state)
{
	static const struct import_refused rows[] = {
		{ "twice", LAYOUT_PEOPLE,
		  "職員番号,氏名\nT9001,あ\nT9002,い\nt9001,う\n",
		  "4  「t9001」の行が、2行目にもあります。" },
		{ "unknown person", LAYOUT_MEMBERSHIPS,
		  "職員番号,グループコード\nNO1,T1\n",
		  "2 職員番号 職員番号「NO1」の人は登録されていません。" },
		{ "unknown group", LAYOUT_MEMBERSHIPS,
		  "職員番号,グループコード\nT9001,NOPE\n",
		  "2 グループコード "
		  "グループコード「NOPE」は登録されていません。" },
		{ "unknown region", LAYOUT_REGIONS,
		  "職員番号,用途,地域コード\nT9001,勤務地,99\n",
		  "2 地域コード 地域コード「99」はありません。" },
		{ "unknown parent", LAYOUT_GROUPS,
		  "グループコード,グループ名,上位グループコード\nQ,課,NOPE\n",
		  "2 上位グループコード 上位のグループ「NOPE」がありません。" },
		{ "a parent that goes", LAYOUT_GROUPS,
		  GROUPS "Z,課,T12,\nT12,課二,,削除\n",
		  "2 上位グループコード 上位のグループ「T12」がありません。" },
		{ "an unknown group goes", LAYOUT_GROUPS, GROUPS "Q,課,,削除\n",
		  "2 グループコード "
		  "グループコード「Q」は登録されていません。" },
		{ "a circle", LAYOUT_GROUPS,
		  "グループコード,グループ名,上位グループコード\n"
		  "T1,局一,T11\n",
		  "2 上位グループコード "
		  "「T1」の上位をたどると、輪になるか、深すぎます。" },
		{ "a group with people goes", LAYOUT_GROUPS,
		  "グループコード,グループ名,区分\nT11,課一,削除\n",
		  "2 グループコード グループ「T11」には、人か管理者がいるため削"
		  "除できません。" },
		{ "a group with groups below goes", LAYOUT_GROUPS,
		  GROUPS "T,省,,削除\n",
		  "2 グループコード グループ「T」の下に「T1」があるため削除でき"
		  "ません。" },
		{ "a group goes, one moves below it", LAYOUT_GROUPS,
		  GROUPS "T12,課二,,削除\nT2,局二,T12,\n",
		  "3 上位グループコード "
		  "上位のグループ「T12」がありません。" },
		{ "an unknown person leaves", LAYOUT_PEOPLE,
		  "職員番号,氏名,区分\nNO1,あ,削除\n",
		  "2 職員番号 職員番号「NO1」の人は登録されていません。" },
		{ "masked, none there", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス\nT9006,1,***@au.example\n",
		  "2 メールアドレス 伏せ字（***@）の行ですが、登録されているア"
		  "ドレスとドメインが違います。" },
		{ "masked, another domain", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス\nT9003,1,***@gmail.com\n",
		  "2 メールアドレス 伏せ字（***@）の行ですが、登録されているア"
		  "ドレスとドメインが違います。" },
		{ "one address twice", LAYOUT_ADDRESSES,
		  "職員番号,順番,メールアドレス\nT9003,3,x@y.jp\n"
		  "T9003,4,x@y.jp\n",
		  "3 メールアドレス "
		  "同じ人の同じアドレスが、2行目にもあります。" },
	};

	(void)state;
	check_refused(db, rows, LEN(rows));
}

/* A file of every layout that changes something. */
static const char *const changes[LAYOUTS] = {
	[LAYOUT_GROUPS] = GROUPS "Z,新局,T,\nT2,局二,T1,\nT12,課二,,削除\n",
	[LAYOUT_PEOPLE] = PEOPLE "Z1,あ,,,\nT9001,改名,,,\nT9002,い,,,退職\n",
	[LAYOUT_MEMBERSHIPS] = MEMBERSHIPS "T9001,T2,\nT9001,T1,削除\n",
	[LAYOUT_REGIONS] = REGIONS "T9001,自宅,13,\nT9001,勤務地,13,削除\n",
	[LAYOUT_ADDRESSES] = ADDRESSES "T9001,1,a@example.jp,\nT9001,2,,削除\n",
};

/* What every layout could have changed, as one text. */
static const char *all_now(void)
{
	static const char sums[] =
		"SELECT CONCAT_WS(' ', (SELECT SUM(CRC32(CONCAT_WS(' ', id,"
		"       staff_no, name, state, version))) FROM user),"
		"       (SELECT SUM(CRC32(CONCAT_WS(' ', grp, user)))"
		"          FROM grp_member),"
		"       (SELECT SUM(CRC32(CONCAT_WS(' ', user, region,"
		"               purpose))) FROM user_region),"
		"       (SELECT SUM(CRC32(CONCAT_WS(' ', id, digest)))"
		"          FROM address))";

	return arena_fmt(db->arena, "%s | %s | %s", text_of(groups_now),
			 text_of(paths_now), text_of(sums));
}

/* The audit is written last: what comes before it is undone. */
static void test_all_or_nothing(void **state)
{
	(void)state;
	for (enum layout_kind kind = 0; kind < LAYOUTS; kind++) {
		const char *before, *row = layout_name(kind);
		struct import i = import_take(db, kind, false, changes[kind]);

		import_press(db, &i);
		before = all_now();
		database_do(db, "CREATE TRIGGER broken BEFORE INSERT ON audit"
				" FOR EACH ROW SIGNAL SQLSTATE '45000'");
		check_int(row, import_apply(db, i.id), -1);
		database_do(db, "DROP TRIGGER broken");
		check_str(row, all_now(), before);
		assert_int_equal(import_find(db, i.id, &i), 1);
		check_str(row, i.state, "confirmed");
		check_int(row, import_apply(db, i.id), 1);
		assert_string_not_equal(all_now(), before);
		begin();
	}
}

/* One line a file, with how many people it touched. */
static void test_audited(void **state)
{
	static const char *const want[LAYOUTS] = {
		[LAYOUT_GROUPS] = "groups added=1 changed=1 removed=1 rows=3",
		[LAYOUT_PEOPLE] = "people added=1 changed=1 removed=1 rows=3",
		[LAYOUT_MEMBERSHIPS] =
			"memberships added=1 changed=0 removed=1 rows=2",
		[LAYOUT_REGIONS] = "regions added=1 changed=0 removed=1 rows=2",
		[LAYOUT_ADDRESSES] =
			"addresses added=0 changed=1 removed=1 rows=2",
	};
	static const int people[LAYOUTS] = { 0, 3, 1, 1, 1 };

	(void)state;
	for (enum layout_kind kind = 0; kind < LAYOUTS; kind++) {
		struct import i = import_take(db, kind, false, changes[kind]);

		apply(&i);
		check_str(layout_name(kind),
			  text_of("SELECT GROUP_CONCAT(CONCAT(actor, ' ',"
				  "       network, ' ', people, ' ', detail))"
				  "  FROM audit"
				  " WHERE action = 'import applied'"),
			  arena_fmt(db->arena, "test ::1 %d %s", people[kind],
				    want[kind]));
		begin();
	}
}

/* Where people stand decides what is counted; who they are does not. */
static void test_counts_are_made_anew(void **state)
{
	static const bool stale[LAYOUTS] = { [LAYOUT_GROUPS] = true,
					     [LAYOUT_MEMBERSHIPS] = true,
					     [LAYOUT_REGIONS] = true };

	(void)state;
	for (enum layout_kind kind = 0; kind < LAYOUTS; kind++) {
		struct import i;

		database_do(db, "INSERT INTO broadcast (id, kind, subject,"
				"       body, state, made_at) VALUES"
				" (7, 'safety', '', '', 'sent', NOW()),"
				" (8, 'safety', '', '', 'closed', NOW());"
				"INSERT INTO tally_state (broadcast,"
				"       folded_at) VALUES (7, NOW()),"
				" (8, NOW())");
		i = import_take(db, kind, false, changes[kind]);
		apply(&i);
		check_str(layout_name(kind),
			  text_of("SELECT GROUP_CONCAT(stale ORDER BY"
				  "       broadcast) FROM tally_state"),
			  stale[kind] ? "1,0" : "0,0");
		begin();
	}
}

static void test_only_what_was_confirmed(void **state)
{
	struct import i =
		import_take(db, LAYOUT_PEOPLE, false, changes[LAYOUT_PEOPLE]);
	const char *before = all_now();

	(void)state;
	check_int("compared", import_apply(db, i.id), 0);
	check_int("unknown", import_apply(db, i.id + 1), 0);
	check_int("nor compared", import_compare(db, i.id + 1), 0);
	check_int("compared already", import_compare(db, i.id), 0);
	check_str("nothing", all_now(), before);
	apply(&i);
	check_int("once", import_apply(db, i.id), 0);
	assert_int_equal(import_find(db, i.id, &i), 1);
	check_str("applied", i.state, "applied");
	assert_true(i.ended_at != 0);
}

/* What somebody else did between the look and the press of a button. */
static void test_moved_meanwhile(void **state)
{
	static const struct {
		const char *name;
		enum layout_kind kind;
		bool whole;
		const char *text, *meanwhile, *told;
	} rows[] = {
		{ "a person's name", LAYOUT_PEOPLE, false,
		  PEOPLE "T9003,新,,,\n",
		  "UPDATE user SET name = '別' WHERE id = 9003",
		  "2  「T9003」の登録内容が、確認のあとで変わりました。" },
		{ "a new person is there already", LAYOUT_PEOPLE, false,
		  PEOPLE "Z1,新,,,\n",
		  "INSERT INTO user (staff_no, name) VALUES ('Z1', '別')",
		  "2  「Z1」の登録内容が、確認のあとで変わりました。" },
		{ "one more would leave", LAYOUT_PEOPLE, true,
		  PEOPLE "T9003,新,,,\n",
		  "INSERT INTO user (staff_no, name) VALUES ('Z1', '別')",
		  "0  「Z1」の登録内容が、確認のあとで変わりました。" },
		{ "a group's parent", LAYOUT_GROUPS, false,
		  GROUPS "T11,新課,T1,\n",
		  "UPDATE grp SET parent = 920 WHERE id = 911",
		  "2  「T11」の登録内容が、確認のあとで変わりました。" },
		{ "another member", LAYOUT_MEMBERSHIPS, true,
		  MEMBERSHIPS "T9002,T11,\n",
		  "INSERT INTO grp_member (grp, user) VALUES (911, 9006)",
		  "0  「T9006 T11」の登録内容が、確認のあとで変わりました。" },
		{ "an address of another domain", LAYOUT_ADDRESSES, false,
		  ADDRESSES "T9003,1,new@example.jp,\n",
		  "UPDATE address SET domain = 'z.jp' WHERE id = 90031",
		  "2  「T9003 1」の登録内容が、確認のあとで変わりました。" },
		{ "an address within its domain", LAYOUT_ADDRESSES, false,
		  ADDRESSES "T9003,1,new@example.jp,\n",
		  "UPDATE address SET id = 90039 WHERE id = 90031",
		  "2  「T9003 1」の登録内容が、確認のあとで変わりました。" },
		{ "somebody else did the same", LAYOUT_PEOPLE, false,
		  PEOPLE "T9003,新,,,\nT9001,改名,,,\n",
		  "UPDATE user SET name = '新' WHERE id = 9003",
		  "2  「T9003」の登録内容が、確認のあとで変わりました。" },
		{ "and what the file does not name", LAYOUT_MEMBERSHIPS, true,
		  MEMBERSHIPS "T9002,T11,\n",
		  "DELETE FROM grp_member WHERE user = 9005 AND grp = 911",
		  "0  「T9005 T11」の登録内容が、確認のあとで変わりました。" },
	};

	(void)state;
	for (size_t n = 0; n < LEN(rows); n++) {
		const char *row = rows[n].name, *before;
		struct import i;

		begin();
		i = import_take(db, rows[n].kind, rows[n].whole, rows[n].text);
		import_press(db, &i);
		database_do(db, rows[n].meanwhile);
		before = all_now();
		check_int(row, import_apply(db, i.id), 0);
		check_str(row, all_now(), before);
		check_str(row, import_fault_of(db, &i, "moved"), rows[n].told);
		check_int(row,
			  database_int(db, "SELECT COUNT(*) FROM import_fault"),
			  1);
		assert_int_equal(import_find(db, i.id, &i), 1);
		check_str(row, i.state, "read");
		assert_true(*i.reason != '\0');
		assert_int_equal(import_compare(db, i.id), 0);
		assert_int_equal(import_find(db, i.id, &i), 1);
		apply(&i);
	}
}

/* The rows of the file are as they were, but the tree that they go into is
 * not. */
static void test_tree_moved_meanwhile(void **state)
{
	static const struct {
		const char *name, *text, *meanwhile, *told;
	} rows[] = {
		{ "it would be a circle", GROUPS "T1,局一,T2,\n",
		  "UPDATE grp SET parent = 910 WHERE id = 920",
		  "2 上位グループコード "
		  "「T1」の上位をたどると、輪になるか、深すぎます。" },
		{ "the parent is gone", GROUPS "Z,新課,T12,\n",
		  "DELETE FROM grp_path WHERE descendant = 912;"
		  "DELETE FROM grp WHERE id = 912",
		  "2 上位グループコード 上位のグループ「T12」がありません。" },
		{ "somebody is in it", GROUPS "T12,課二,,削除\n",
		  "INSERT INTO grp_member (grp, user) VALUES (912, 9006)",
		  "2 グループコード グループ「T12」には、人か管理者がいるため削"
		  "除できません。" },
		{ "a group is below it", GROUPS "T12,課二,,削除\n",
		  "UPDATE grp SET parent = 912 WHERE id = 920",
		  "2 グループコード グループ「T12」の下に「T2」があるため削除で"
		  "きません。" },
	};

	(void)state;
	for (size_t n = 0; n < LEN(rows); n++) {
		const char *row = rows[n].name, *before;
		struct import i;

		begin();
		i = import_take(db, LAYOUT_GROUPS, false, rows[n].text);
		import_press(db, &i);
		database_do(db, rows[n].meanwhile);
		before = all_now();
		check_int(row, import_apply(db, i.id), 0);
		check_str(row, all_now(), before);
		assert_int_equal(import_find(db, i.id, &i), 1);
		check_str(row, i.state, "read");
		assert_int_equal(import_compare(db, i.id), 0);
		assert_int_equal(import_find(db, i.id, &i), 1);
		check_int(row, i.refused, 1);
		check_str(row, import_fault_of(db, &i, "refused"),
			  rows[n].told);
	}
}

/* What the file does not touch may change meanwhile. */
static void test_others_moved(void **state)
{
	struct import i =
		import_take(db, LAYOUT_PEOPLE, false, changes[LAYOUT_PEOPLE]);

	(void)state;
	import_press(db, &i);
	database_do(db, "UPDATE user SET name = '別' WHERE id = 9003");
	check_int("applied", import_apply(db, i.id), 1);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_groups),
		TEST(test_whole_file_and_a_full_group),
		TEST(test_people),
		TEST(test_people_are_changed_as_on_the_screen),
		TEST(test_memberships),
		TEST(test_regions),
		TEST(test_addresses),
		TEST(test_own_address_elsewhere),
		TEST(test_addresses_change_places),
		TEST(test_mail_of_an_address_that_goes),
		TEST(test_refused),
		TEST(test_all_or_nothing),
		TEST(test_audited),
		TEST(test_counts_are_made_anew),
		TEST(test_only_what_was_confirmed),
		TEST(test_moved_meanwhile),
		TEST(test_tree_moved_meanwhile),
		TEST(test_others_moved),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
