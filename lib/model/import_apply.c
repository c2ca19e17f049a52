/*
 * import_apply - what a file changes, found and done by sets
 *
 * One SELECT a layout says what differs (`differences`).  It is written down
 * when the file is compared, and summed up again, with the rows locked, when
 * it is applied: another sum means that somebody changed what is stored since a
 * person looked at the difference, and nothing is done.
 */
#include "model/import.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"

enum {
	MOVED_MOST = 20,  /* told, of what changed meanwhile */
	DEPTH_MOST = 250, /* levels of groups; grp_path counts them in a byte */
};

/* Between the fields of a difference. */
#define US "CHAR(31)"

/*
 * A difference is in two parts: what the rows of the file change, and what a
 * whole file takes away by not naming it.  Each part is its columns (act, line,
 * item, thing, was, now) and where they come from; both take the import once.
 * They are written without a derived table, which would be filled for nothing
 * and, with texts as wide as these, on the disk.
 */

#define GROUPS_COLUMNS                                                         \
	"CASE WHEN g.id IS NULL THEN 'added' WHEN r.gone THEN 'removed'"       \
	"     ELSE 'changed' END, r.line, r.item, COALESCE(g.id, 0),"          \
	" IF(g.id IS NULL, '', CONCAT_WS(" US                                  \
	", g.name, COALESCE(p.code, ''))),"                                    \
	" IF(r.gone, '', CONCAT_WS(" US                                        \
	", r.name, COALESCE(r.parent, p.code, '')))"
#define GROUPS_FROM                                                            \
	"  FROM import_row r"                                                  \
	"  LEFT JOIN grp g ON g.code = r.code"                                 \
	"  LEFT JOIN grp p ON p.id = g.parent"                                 \
	" WHERE r.import = ?"                                                  \
	"   AND (g.id IS NULL OR r.gone OR g.name <> r.name"                   \
	"        OR COALESCE(p.code, '') <> COALESCE(r.parent, p.code, ''))"
#define GROUPS_REST_COLUMNS                                                    \
	"'removed', 0, g.code, g.id,"                                          \
	" CONCAT_WS(" US ", g.name, COALESCE(p.code, '')), ''"
#define GROUPS_REST_FROM                                                       \
	"  FROM grp g"                                                         \
	"  LEFT JOIN grp p ON p.id = g.parent"                                 \
	"  LEFT JOIN import_row r ON r.import = ? AND r.item = g.code"         \
	" WHERE r.line IS NULL AND g.origin = 'file'"

#define PEOPLE_COLUMNS                                                         \
	"CASE WHEN u.id IS NULL THEN 'added'"                                  \
	"     WHEN u.state = 'active' AND r.state = 'left' THEN 'removed'"     \
	"     ELSE 'changed' END, r.line, r.item, COALESCE(u.id, 0),"          \
	" IF(u.id IS NULL, '',"                                                \
	"    CONCAT_WS(" US ", u.name, u.kana, u.lang, u.state)),"             \
	" CONCAT_WS(" US ", r.name, COALESCE(r.kana, u.kana, ''),"             \
	"    COALESCE(r.lang, u.lang, 'ja'),"                                  \
	"    COALESCE(r.state, u.state, 'active'))"
#define PEOPLE_FROM                                                            \
	"  FROM import_row r"                                                  \
	"  LEFT JOIN user u ON u.staff_no = r.staff_no"                        \
	" WHERE r.import = ?"                                                  \
	"   AND (u.id IS NULL OR u.name <> r.name OR u.kana <> r.kana"         \
	"        OR u.lang <> r.lang OR u.state <> r.state)"
#define PEOPLE_REST_COLUMNS                                                    \
	"'removed', 0, u.staff_no, u.id,"                                      \
	" CONCAT_WS(" US ", u.name, u.kana, u.lang, u.state),"                 \
	" CONCAT_WS(" US ", u.name, u.kana, u.lang, 'left')"
#define PEOPLE_REST_FROM                                                       \
	"  FROM user u"                                                        \
	"  LEFT JOIN import_row r ON r.import = ? AND r.item = u.staff_no"     \
	" WHERE r.line IS NULL AND u.state = 'active'"

#define MEMBERSHIPS_COLUMNS                                                    \
	"IF(r.gone, 'removed', 'added'), r.line, r.item, u.id,"                \
	" IF(r.gone, g.name, ''), IF(r.gone, '', g.name)"
#define MEMBERSHIPS_FROM                                                       \
	"  FROM import_row r"                                                  \
	"  JOIN user u ON u.staff_no = r.staff_no"                             \
	"  JOIN grp g ON g.code = r.code"                                      \
	"  LEFT JOIN grp_member m ON m.grp = g.id AND m.user = u.id"           \
	" WHERE r.import = ? AND r.gone = (m.user IS NOT NULL)"
#define MEMBERSHIPS_REST_COLUMNS                                               \
	"'removed', 0, CONCAT(u.staff_no, ' ', g.code), u.id, g.name, ''"
#define MEMBERSHIPS_REST_FROM                                                  \
	"  FROM grp_member m"                                                  \
	"  JOIN user u ON u.id = m.user"                                       \
	"  JOIN grp g ON g.id = m.grp"                                         \
	"  LEFT JOIN import_row r ON r.import = ?"                             \
	"   AND r.item = CONVERT(CONCAT(u.staff_no, ' ', g.code)"              \
	"       USING ascii)"                                                  \
	" WHERE r.line IS NULL AND g.origin = 'file' AND u.state = 'active'"

#define REGIONS_COLUMNS MEMBERSHIPS_COLUMNS
#define REGIONS_FROM                                                           \
	"  FROM import_row r"                                                  \
	"  JOIN user u ON u.staff_no = r.staff_no"                             \
	"  JOIN region g ON g.code = r.code"                                   \
	"  LEFT JOIN user_region m ON m.user = u.id"                           \
	"   AND m.purpose = r.purpose AND m.region = r.code"                   \
	" WHERE r.import = ? AND r.gone = (m.user IS NOT NULL)"                \
	"   AND (m.user IS NULL OR m.origin <> 'self')"
#define REGIONS_REST_COLUMNS                                                   \
	"'removed', 0, CONCAT(u.staff_no, ' ', m.purpose, ' ', m.region),"     \
	" u.id, g.name, ''"
#define REGIONS_REST_FROM                                                      \
	"  FROM user_region m"                                                 \
	"  JOIN user u ON u.id = m.user"                                       \
	"  JOIN region g ON g.code = m.region"                                 \
	"  LEFT JOIN import_row r ON r.import = ?"                             \
	"   AND r.item = CONVERT(CONCAT(u.staff_no, ' ', m.purpose, ' ',"      \
	"       m.region) USING ascii)"                                        \
	" WHERE r.line IS NULL AND m.origin <> 'self'"                         \
	"   AND u.state = 'active'"

/* Where the person put an address himself, and where he has this one anyway,
 * the file's is let be. */
#define ADDRESSES_COLUMNS                                                      \
	"CASE WHEN a.id IS NULL THEN 'added' WHEN r.gone THEN 'removed'"       \
	"     ELSE 'changed' END, r.line, r.item, COALESCE(a.id, 0),"          \
	" COALESCE(a.domain, ''), IF(r.gone, '', r.domain)"
#define ADDRESSES_FROM                                                         \
	"  FROM import_row r"                                                  \
	"  JOIN user u ON u.staff_no = r.staff_no"                             \
	"  LEFT JOIN address a ON a.user = u.id AND a.place = r.place"         \
	"  LEFT JOIN address o ON o.user = u.id AND o.digest = r.digest"       \
	"   AND o.origin = 'self'"                                             \
	" WHERE r.import = ? AND o.id IS NULL"                                 \
	"   AND (a.id IS NULL OR a.origin <> 'self')"                          \
	"   AND IF(r.gone, a.id IS NOT NULL, r.digest IS NOT NULL"             \
	"          AND (a.id IS NULL OR a.digest <> r.digest))"
#define ADDRESSES_REST_COLUMNS                                                 \
	"'removed', 0, CONCAT(u.staff_no, ' ', a.place), a.id, a.domain, ''"
#define ADDRESSES_REST_FROM                                                    \
	"  FROM address a"                                                     \
	"  JOIN user u ON u.id = a.user"                                       \
	"  LEFT JOIN import_row r ON r.import = ?"                             \
	"   AND r.item = CONVERT(CONCAT(u.staff_no, ' ', a.place)"             \
	"       USING ascii)"                                                  \
	" WHERE r.line IS NULL AND a.origin <> 'self'"                         \
	"   AND u.state = 'active'"

/* Written down when the file is compared. */
#define WRITE(columns, from)                                                   \
	"INSERT INTO import_change (import, act, line, item, thing, was,"      \
	"       now)"                                                          \
	" SELECT ?, " columns from

/* Summed up, and locked, when it is applied.  Of an address that changed within
 * its domain, `thing` tells. */
#define SUM(columns, from)                                                     \
	"SELECT COUNT(*),"                                                     \
	"       COALESCE(SUM(CRC32(CONCAT_WS(" US ", " columns "))), 0)" from  \
	" FOR UPDATE"

/* Told, where the sum is another. */
#define MOVED(columns, from)                                                                       \
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"                       \
	"       compared)"                                                                         \
	" WITH d (act, line, item, thing, was, now) AS (SELECT " columns from                      \
	")"                                                                                        \
	" SELECT ?, 'moved', d.line, '',"                                                          \
	"        CONCAT('「', CONVERT(d.item USING utf8mb4),"                                     \
	"               '」の登録内容が、確認のあとで変わりました。'),"       \
	"        'いまの違いを確かめて、もう一度反映してください。', TRUE" \
	"   FROM d"                                                                                \
	"   LEFT JOIN import_change c ON c.import = ? AND c.act = d.act"                           \
	"    AND c.line = d.line AND c.item = d.item"                                              \
	"  WHERE c.item IS NULL OR c.was <> d.was OR c.now <> d.now"                               \
	"  LIMIT ?"

enum { OF_FILE, OF_REST, PARTS };

#define PART(columns, from)                                                    \
	{                                                                      \
		WRITE(columns, from), SUM(columns, from), MOVED(columns, from) \
	}

static const struct {
	const char *write, *sum, *moved;
} differences[LAYOUTS][PARTS] = {
	[LAYOUT_GROUPS] = { PART(GROUPS_COLUMNS, GROUPS_FROM),
			    PART(GROUPS_REST_COLUMNS, GROUPS_REST_FROM) },
	[LAYOUT_PEOPLE] = { PART(PEOPLE_COLUMNS, PEOPLE_FROM),
			    PART(PEOPLE_REST_COLUMNS, PEOPLE_REST_FROM) },
	[LAYOUT_MEMBERSHIPS] = { PART(MEMBERSHIPS_COLUMNS, MEMBERSHIPS_FROM),
				 PART(MEMBERSHIPS_REST_COLUMNS,
				      MEMBERSHIPS_REST_FROM) },
	[LAYOUT_REGIONS] = { PART(REGIONS_COLUMNS, REGIONS_FROM),
			     PART(REGIONS_REST_COLUMNS, REGIONS_REST_FROM) },
	[LAYOUT_ADDRESSES] = { PART(ADDRESSES_COLUMNS, ADDRESSES_FROM),
			       PART(ADDRESSES_REST_COLUMNS,
				    ADDRESSES_REST_FROM) },
};

/* How many parts an import has. */
static int parts_of(const struct import *i)
{
	return i->whole ? PARTS : OF_REST;
}

/* Faults that only the stored rows show ---------------------------------------
 *
 * Each INSERT names the lines at fault.  Parameters: the import, as often as
 * the text has a "?".
 */

/* which: further tables, and the condition; the import is its value. */
#define FAULT(kind, field, reason, mend, which)                                \
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"   \
	"       compared)"                                                     \
	" SELECT r.import, '" kind "', r.line, '" field "', " reason           \
	", '" mend "', TRUE FROM import_row r" which

static const char fault_twice[] =
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"
	"       compared)"
	" SELECT r.import, 'refused', r.line, '',"
	"        CONCAT('「', CONVERT(r.item USING utf8mb4), '」の行が、', "
	"f.first,"
	"               '行目にもあります。'),"
	"        'どちらか一方を消してください。', TRUE"
	"   FROM (SELECT item, MIN(line) AS first"
	"           FROM import_row"
	"          WHERE import = ?"
	"          GROUP BY item"
	"         HAVING COUNT(*) > 1) f"
	"   JOIN import_row r ON r.item = f.item AND r.line > f.first"
	"  WHERE r.import = ?";

static const char fault_person[] = FAULT(
	"refused", "職員番号",
	"CONCAT('職員番号「', "
	"CONVERT(r.staff_no USING utf8mb4), '」の人は登録されていません。')",
	"番号を確かめるか、先に職員のファイルを取り込んでください。",
	" LEFT JOIN user u ON u.staff_no = r.staff_no"
	" WHERE r.import = ? AND u.id IS NULL");

static const char fault_leaver[] = FAULT(
	"refused", "職員番号",
	"CONCAT('職員番号「', "
	"CONVERT(r.staff_no USING utf8mb4), '」の人は登録されていません。')",
	"この行を消してください。",
	" LEFT JOIN user u ON u.staff_no = r.staff_no"
	" WHERE r.import = ? AND u.id IS NULL AND r.gone");

static const char fault_group[] = FAULT(
	"refused", "グループコード",
	"CONCAT('グループコード「', "
	"CONVERT(r.code USING utf8mb4), '」は登録されていません。')",
	"コードを確かめるか、先にグループのファイルを取り込んでください。",
	" LEFT JOIN grp g ON g.code = r.code"
	" WHERE r.import = ? AND g.id IS NULL");

static const char fault_gone_group[] =
	FAULT("refused", "グループコード",
	      "CONCAT('グループコード「', "
	      "CONVERT(r.code USING utf8mb4), '」は登録されていません。')",
	      "この行を消してください。",
	      " LEFT JOIN grp g ON g.code = r.code"
	      " WHERE r.import = ? AND g.id IS NULL AND r.gone");

static const char fault_parent[] =
	FAULT("refused", "上位グループコード",
	      "CONCAT('上位のグループ「', "
	      "CONVERT(r.parent USING utf8mb4), '」がありません。')",
	      "コードを確かめるか、そのグループの行を加えてください。",
	      " LEFT JOIN grp g ON g.code = r.parent"
	      " LEFT JOIN import_row p ON p.import = r.import AND p.item ="
	      "   r.parent"
	      " WHERE r.import = ? AND r.parent <> '' AND NOT r.gone"
	      "  AND (p.gone OR (g.id IS NULL AND p.line IS NULL))");

static const char fault_region[] =
	FAULT("refused", "地域コード",
	      "CONCAT('地域コード「', "
	      "CONVERT(r.code USING utf8mb4), '」はありません。')",
	      "都道府県は2けた、市区町村は5けたの番号にしてください。",
	      " LEFT JOIN region g ON g.code = r.code  AND g.kind IN"
	      "   ('prefecture', 'municipality')"
	      " WHERE r.import = ? AND g.code IS NULL");

static const char fault_masked[] =
	FAULT("refused", "メールアドレス",
	      "'伏せ字（***@"
	      "）の行ですが、登録されているアドレスとドメインが違います。'",
	      "変えるときは、メールアドレスを入力してください。",
	      " JOIN user u ON u.staff_no = r.staff_no"
	      " LEFT JOIN address a ON a.user = u.id AND a.place = r.place"
	      "  AND a.domain = r.domain"
	      " WHERE r.import = ? AND NOT r.gone AND r.digest IS NULL"
	      "  AND a.id IS NULL");

static const char fault_same_address[] =
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"
	"       compared)"
	" SELECT r.import, 'refused', r.line, 'メールアドレス',"
	"        CONCAT('同じ人の同じアドレスが、', f.first,"
	"               '行目にもあります。'),"
	"        'どちらか一方を消してください。', TRUE"
	"   FROM (SELECT staff_no, digest, MIN(line) AS first"
	"           FROM import_row"
	"          WHERE import = ? AND digest IS NOT NULL"
	"          GROUP BY staff_no, digest"
	"         HAVING COUNT(*) > 1) f"
	"   JOIN import_row r ON r.staff_no = f.staff_no"
	"    AND r.digest = f.digest AND r.line > f.first"
	"  WHERE r.import = ?";

/* The same address at another place that this file lets be. */
static const char fault_other_place[] =
	FAULT("refused", "メールアドレス",
	      "CONCAT('このアドレスは、同じ人の順番', "
	      "a.place, 'に登録されています。')",
	      "順番を直すか、その順番の行も書いてください。",
	      " JOIN user u ON u.staff_no = r.staff_no"
	      " JOIN address a ON a.user = u.id AND a.digest = r.digest"
	      "  AND a.place <> r.place AND a.origin <> 'self'"
	      " JOIN import i ON i.id = r.import"
	      " LEFT JOIN import_row o ON o.import = r.import  AND o.item ="
	      "   CONVERT(CONCAT(r.staff_no, ' ', a.place) USING ascii)"
	      " WHERE r.import = ? AND (o.line IS NULL OR (NOT o.gone"
	      "  AND (o.digest IS NULL OR o.digest = a.digest)))"
	      "  AND NOT (i.whole AND o.line IS NULL)");

/* Not at fault: the person's own stays as it is. */
static const char kept_address[] =
	FAULT("warned", "メールアドレス",
	      "'本人が登録したアドレスがあるため、この行は反映しません。'",
	      "変えるときは、本人に頼んでください。",
	      " JOIN user u ON u.staff_no = r.staff_no"
	      " JOIN address a ON a.user = u.id AND a.place = r.place"
	      "  AND a.origin = 'self'"
	      " WHERE r.import = ? AND (r.gone OR a.digest <> r.digest)");

static const char kept_region[] = FAULT(
	"warned", "地域コード", "'本人が登録した地域のため、削除しません。'",
	"変えるときは、本人に頼んでください。",
	" JOIN user u ON u.staff_no = r.staff_no"
	" JOIN user_region m ON m.user = u.id AND m.purpose ="
	"   r.purpose  AND m.region = r.code AND m.origin = 'self'"
	" WHERE r.import = ? AND r.gone");

/* Groups that go must be empty: of people, of admins, of groups that stay. */
static const char fault_full_group[] =
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"
	"       compared)"
	" SELECT c.import, 'refused', c.line, 'グループコード',"
	"        CONCAT('グループ「', CONVERT(c.item USING utf8mb4),"
	"               '」には、人か管理者がいるため削除できません。'),"
	"        '先にその人たちを外してください。', TRUE"
	"   FROM import_change c"
	"  WHERE c.import = ? AND c.act = 'removed'"
	"    AND (EXISTS (SELECT 1 FROM grp_member m WHERE m.grp = c.thing)"
	"         OR EXISTS (SELECT 1 FROM grp_admin m WHERE m.grp = c.thing))";

static const char fault_parent_of[] =
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"
	"       compared)"
	" SELECT c.import, 'refused', c.line, 'グループコード',"
	"        CONCAT('グループ「', CONVERT(c.item USING utf8mb4), "
	"'」の下に「', CONVERT(MIN(g.code) USING utf8mb4),"
	"               '」があるため削除できません。'),"
	"        '先に下のグループを移すか削除してください。', TRUE"
	"   FROM import_change c"
	"   JOIN grp g ON g.parent = c.thing"
	"   LEFT JOIN import_change d ON d.import = c.import"
	"    AND d.thing = g.id AND d.act <> 'added'"
	"  WHERE c.import = ? AND c.act = 'removed'"
	"    AND (d.item IS NULL OR (d.act = 'changed'"
	"         AND SUBSTRING_INDEX(d.now, CHAR(31), -1) = c.item))"
	"  GROUP BY c.import, c.line, c.item";

/* The tree as it would be.  What cannot be reached from a top lies in a circle
 * or below one. */
static const char fault_circle[] =
	"INSERT INTO import_fault (import, kind, line, field, reason, mend,"
	"       compared)"
	" WITH RECURSIVE tree AS ("
	"   SELECT g.code, CAST(COALESCE(r.parent, p.code, '') AS CHAR(32))"
	"          AS parent"
	"     FROM grp g"
	"     LEFT JOIN grp p ON p.id = g.parent"
	"     LEFT JOIN import_row r ON r.import = ? AND r.item = g.code"
	"   UNION"
	"   SELECT r.code, CAST(COALESCE(r.parent, '') AS CHAR(32))"
	"     FROM import_row r"
	"     LEFT JOIN grp g ON g.code = r.code"
	"    WHERE r.import = ? AND g.id IS NULL),"
	" reached AS ("
	"   SELECT code, 1 AS depth FROM tree WHERE parent = ''"
	"   UNION ALL"
	"   SELECT t.code, a.depth + 1"
	"     FROM reached a JOIN tree t ON t.parent = a.code"
	"    WHERE a.depth < ?)"
	" SELECT r.import, 'refused', r.line, '上位グループコード',"
	"        CONCAT('「', CONVERT(r.code USING utf8mb4), "
	"'」の上位をたどると、輪になるか、深すぎま"
	"す。'),"
	"        '上位のグループのコードを直してください。', TRUE"
	"   FROM import_row r"
	"   LEFT JOIN reached a ON a.code = r.code"
	"  WHERE r.import = ? AND NOT r.gone AND a.code IS NULL"
	"    AND (r.parent = '' OR r.parent IN (SELECT code FROM tree))";

/* Comparing --------------------------------------------------------------- */

/* Runs a statement that takes the import so many times. */
static int run(struct db *db, const char *sql, int64_t id, int times)
{
	struct stmt *s = db_prepare(db, sql);

	while (times-- > 0)
		db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

static int forget(struct db *db, int64_t id)
{
	static const char changes[] = "DELETE FROM import_change"
				      " WHERE import = ?";
	static const char faults[] = "DELETE FROM import_fault"
				     " WHERE import = ? AND compared"
				     "   AND kind <> 'moved'";

	return run(db, changes, id, 1) < 0 || run(db, faults, id, 1) < 0 ? -1
									 : 0;
}

static int find_circles(struct db *db, int64_t id)
{
	struct stmt *s = db_prepare(db, fault_circle);

	db_bind_int(s, id);
	db_bind_int(s, id);
	db_bind_int(s, DEPTH_MOST);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

static int find_faults(struct db *db, const struct import *i)
{
	if (run(db, fault_twice, i->id, 2) < 0)
		return -1;
	if (i->kind != LAYOUT_GROUPS && i->kind != LAYOUT_PEOPLE &&
	    run(db, fault_person, i->id, 1) < 0)
		return -1;
	switch (i->kind) {
	case LAYOUT_GROUPS:
		if (run(db, fault_gone_group, i->id, 1) < 0 ||
		    run(db, fault_parent, i->id, 1) < 0)
			return -1;
		return find_circles(db, i->id);
	case LAYOUT_PEOPLE:
		return run(db, fault_leaver, i->id, 1);
	case LAYOUT_MEMBERSHIPS:
		return run(db, fault_group, i->id, 1);
	case LAYOUT_REGIONS:
		if (run(db, fault_region, i->id, 1) < 0)
			return -1;
		return run(db, kept_region, i->id, 1);
	default:
		if (run(db, fault_masked, i->id, 1) < 0 ||
		    run(db, fault_same_address, i->id, 2) < 0 ||
		    run(db, fault_other_place, i->id, 1) < 0)
			return -1;
		return run(db, kept_address, i->id, 1);
	}
}

/* What leaves groups behind can be judged by the written difference only. */
static int find_late_faults(struct db *db, const struct import *i)
{
	if (i->kind != LAYOUT_GROUPS)
		return 0;
	if (run(db, fault_full_group, i->id, 1) < 0)
		return -1;
	return run(db, fault_parent_of, i->id, 1);
}

static int write_changes(struct db *db, const struct import *i)
{
	for (int part = 0; part < parts_of(i); part++)
		if (run(db, differences[i->kind][part].write, i->id, 2) < 0)
			return -1;
	return 0;
}

/* Counts, and the sum that import_apply holds against. */
static int end_comparing(struct db *db, const struct import *i)
{
	static const char sql[] =
		"UPDATE import i"
		"  JOIN (SELECT COUNT(*) AS changes,"
		"               COALESCE(SUM(act = 'added'), 0) AS added,"
		"               COALESCE(SUM(act = 'changed'), 0) AS changed,"
		"               COALESCE(SUM(act = 'removed'), 0) AS removed,"
		"               COALESCE(SUM(CRC32(CONCAT_WS(" US
		"                 , act, line, item, thing, was, now))), 0)"
		"                 AS sum"
		"          FROM import_change WHERE import = ?) c"
		"  JOIN (SELECT COUNT(DISTINCT IF(kind = 'refused', line,"
		"               NULL)) AS refused,"
		"               COUNT(DISTINCT IF(kind = 'warned', line, NULL))"
		"               AS warned"
		"          FROM import_fault WHERE import = ?) f"
		"   SET i.added = c.added, i.changed = c.changed,"
		"       i.removed = c.removed, i.difference = c.sum,"
		"       i.refused = f.refused, i.warned = f.warned,"
		"       i.state = 'compared', i.moved_at = ?"
		" WHERE i.id = ? AND i.state = 'read'";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, i->id);
	db_bind_int(s, i->id);
	db_bind_time(s, time_now());
	db_bind_int(s, i->id);
	return db_run(s) < 0 ? -1 : 0;
}

/* Once compared it is left alone: two that work see each other by this. */
static int lock_state(struct db *db, int64_t id, const char *state)
{
	static const char sql[] = "SELECT id FROM import"
				  " WHERE id = ? AND state = ?"
				  "   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	db_bind_text(s, state);
	while ((rc = db_step(s)) > 0)
		found = 1;
	return rc < 0 ? -1 : found;
}

static int compare(struct db *db, void *arg)
{
	const struct import *i = arg;
	int rc = lock_state(db, i->id, "read");

	if (rc <= 0)
		return rc;
	if (forget(db, i->id) < 0 || find_faults(db, i) < 0 ||
	    write_changes(db, i) < 0 || find_late_faults(db, i) < 0)
		return -1;
	return end_comparing(db, i);
}

int import_compare(struct db *db, int64_t id)
{
	struct import i;
	int rc = import_find(db, id, &i);

	if (rc <= 0)
		return rc;
	return db_transaction(db, compare, &i);
}

/* Applying ---------------------------------------------------------------- */

/* One at a time: whoever comes second waits here, and is then told by the sum
 * if the first changed what he was shown. */
static int take_turn(struct db *db)
{
	static const char sql[] = "SELECT id FROM import_turn FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	while ((rc = db_step(s)) > 0)
		;
	return rc;
}

/* Adds the count and sum of a part. */
static int add_sum(struct db *db, const struct import *i, int part,
		   int64_t *count, int64_t *sum)
{
	struct stmt *s = db_prepare(db, differences[i->kind][part].sum);
	int rc;

	db_bind_int(s, i->id);
	while ((rc = db_step(s)) > 0) {
		*count += db_int(s, 0);
		*sum += db_int(s, 1);
	}
	return rc;
}

/* 1 if the difference is still the one that was shown, 0 if not, -1. */
static int is_same(struct db *db, const struct import *i)
{
	static const char shown[] =
		"SELECT added + changed + removed, difference"
		"  FROM import WHERE id = ?";
	struct stmt *s = db_prepare(db, shown);
	int64_t count = -1, sum = -1, now_count = 0, now_sum = 0;
	int rc;

	db_bind_int(s, i->id);
	while ((rc = db_step(s)) > 0) {
		count = db_int(s, 0);
		sum = db_int(s, 1);
	}
	for (int part = 0; rc == 0 && part < parts_of(i); part++)
		rc = add_sum(db, i, part, &now_count, &now_sum);
	return rc < 0 ? -1 : count == now_count && sum == now_sum;
}

static int apply_groups(struct db *db, int64_t id)
{
	static const char adopt[] = "UPDATE grp g"
				    "  JOIN import_row r ON r.code = g.code"
				    "   SET g.origin = 'file'"
				    " WHERE r.import = ?"
				    "   AND g.origin <> 'file'";
	static const char add[] = "INSERT INTO grp (code, name, origin)"
				  " SELECT r.code, r.name, 'file'"
				  "   FROM import_change c"
				  "   JOIN import_row r ON r.import = c.import"
				  "    AND r.item = c.item"
				  "  WHERE c.import = ? AND c.act = 'added'"
				  "  ORDER BY r.line";
	static const char change[] =
		"UPDATE import_change c"
		"  JOIN import_row r ON r.import = c.import"
		"   AND r.item = c.item"
		"  JOIN grp g ON g.code = r.code"
		"  LEFT JOIN grp p ON p.code = r.parent"
		"   SET g.name = r.name,"
		"       g.parent = IF(r.parent IS NULL, g.parent, p.id)"
		" WHERE c.import = ? AND c.act IN ('added', 'changed')";
	static const char orphan[] =
		"UPDATE grp g JOIN import_change c ON c.thing = g.id"
		"   SET g.parent = NULL"
		" WHERE c.import = ? AND c.act = 'removed'";
	static const char paths[] = "DELETE FROM grp_path";
	static const char take[] =
		"DELETE g FROM grp g JOIN import_change c ON c.thing = g.id"
		" WHERE c.import = ? AND c.act = 'removed'";
	static const char path[] =
		"INSERT INTO grp_path (ancestor, descendant, depth)"
		" WITH RECURSIVE way AS ("
		"   SELECT id AS ancestor, id AS descendant, 0 AS depth"
		"     FROM grp"
		"   UNION ALL"
		"   SELECT w.ancestor, g.id, w.depth + 1"
		"     FROM way w JOIN grp g ON g.parent = w.descendant)"
		" SELECT ancestor, descendant, depth FROM way";

	if (run(db, add, id, 1) < 0 || run(db, change, id, 1) < 0 ||
	    run(db, orphan, id, 1) < 0 || run(db, paths, id, 0) < 0 ||
	    run(db, take, id, 1) < 0 || run(db, path, id, 0) < 0)
		return -1;
	return run(db, adopt, id, 1);
}

/* Whoever has the person's page open is told, as by another admin's change. */
#define RAISED                                                                 \
	" u.version = u.version + 1, u.changed_at = UTC_TIMESTAMP(6),"         \
	" u.changed_by = NULL"

static int apply_people(struct db *db, int64_t id)
{
	static const char add[] =
		"INSERT INTO user (staff_no, name, kana, lang, state,"
		"                  changed_at, left_at)"
		" SELECT r.staff_no, r.name, COALESCE(r.kana, ''),"
		"        COALESCE(r.lang, 'ja'), COALESCE(r.state, 'active'),"
		"        UTC_TIMESTAMP(6),"
		"        IF(r.state = 'left', UTC_TIMESTAMP(6), NULL)"
		"   FROM import_change c"
		"   JOIN import_row r ON r.import = c.import"
		"    AND r.item = c.item"
		"  WHERE c.import = ? AND c.act = 'added'"
		"  ORDER BY c.line";
	static const char change[] =
		"UPDATE import_change c"
		"  JOIN import_row r ON r.import = c.import"
		"   AND r.item = c.item"
		"  JOIN user u ON u.id = c.thing"
		"   SET u.name = r.name, u.kana = COALESCE(r.kana, u.kana),"
		"       u.lang = COALESCE(r.lang, u.lang),"
		"       u.left_at = IF(COALESCE(r.state, u.state) = 'left',"
		"                      COALESCE(u.left_at, UTC_TIMESTAMP(6)),"
		"                      NULL),"
		"       u.state = COALESCE(r.state, u.state)," RAISED
		" WHERE c.import = ? AND c.line > 0"
		"   AND c.act IN ('changed', 'removed')";
	static const char leave[] =
		"UPDATE import_change c"
		"  JOIN user u ON u.id = c.thing"
		"   SET u.state = 'left', u.left_at = UTC_TIMESTAMP(6)," RAISED
		" WHERE c.import = ? AND c.line = 0 AND c.act = 'removed'";

	if (run(db, add, id, 1) < 0 || run(db, change, id, 1) < 0)
		return -1;
	return run(db, leave, id, 1);
}

/* A removed one that the file does not name is known by its item. */
static int apply_memberships(struct db *db, int64_t id)
{
	static const char take[] =
		"DELETE m FROM import_change c"
		"  JOIN grp g ON g.code = SUBSTRING_INDEX(c.item, ' ', -1)"
		"  JOIN grp_member m ON m.grp = g.id AND m.user = c.thing"
		" WHERE c.import = ? AND c.act = 'removed'";
	static const char add[] = "INSERT INTO grp_member (grp, user)"
				  " SELECT g.id, c.thing"
				  "   FROM import_change c"
				  "   JOIN import_row r ON r.import = c.import"
				  "    AND r.item = c.item"
				  "   JOIN grp g ON g.code = r.code"
				  "  WHERE c.import = ? AND c.act = 'added'";

	return run(db, take, id, 1) < 0 || run(db, add, id, 1) < 0 ? -1 : 0;
}

static int apply_regions(struct db *db, int64_t id)
{
	static const char take[] =
		"DELETE m FROM import_change c"
		"  JOIN user_region m ON m.user = c.thing"
		"   AND m.purpose = SUBSTRING_INDEX("
		"       SUBSTRING_INDEX(c.item, ' ', 2), ' ', -1)"
		"   AND m.region = SUBSTRING_INDEX(c.item, ' ', -1)"
		" WHERE c.import = ? AND c.act = 'removed'"
		"   AND m.origin <> 'self'";
	static const char add[] =
		"INSERT INTO user_region (user, region, purpose)"
		" SELECT c.thing, r.code, r.purpose"
		"   FROM import_change c"
		"   JOIN import_row r ON r.import = c.import"
		"    AND r.item = c.item"
		"  WHERE c.import = ? AND c.act = 'added'";

	return run(db, take, id, 1) < 0 || run(db, add, id, 1) < 0 ? -1 : 0;
}

/* Another address is another row: what was sent to the old one, and how it was
 * found to be, is not told of the new one.  Mail that waits for an address that
 * goes is stopped, and counted so. */
static int apply_addresses(struct db *db, int64_t id)
{
	static const char count[] =
		"UPDATE delivery d"
		"  JOIN (SELECT m.broadcast, COUNT(*) AS messages"
		"          FROM import_change c"
		"          JOIN address a ON a.id = c.thing"
		"          JOIN message m ON m.user = a.user"
		"           AND m.address = a.id"
		"         WHERE c.import = ?"
		"           AND c.act IN ('changed', 'removed')"
		"           AND m.state = 'queued'"
		"         GROUP BY m.broadcast) s ON s.broadcast = d.broadcast"
		"   SET d.cancelled = d.cancelled + s.messages";
	static const char stop[] =
		"UPDATE import_change c"
		"  JOIN address a ON a.id = c.thing"
		"  JOIN message m ON m.user = a.user AND m.address = a.id"
		"   SET m.state = 'cancelled'"
		" WHERE c.import = ? AND c.act IN ('changed', 'removed')"
		"   AND m.state = 'queued'";
	static const char take[] =
		"DELETE a FROM import_change c"
		"  JOIN address a ON a.id = c.thing"
		" WHERE c.import = ? AND c.act IN ('changed', 'removed')";
	static const char add[] =
		"INSERT INTO address (user, place, sealed, digest, domain,"
		"       class)"
		" SELECT u.id, r.place, r.sealed, r.digest, r.domain, r.class"
		"   FROM import_change c"
		"   JOIN import_row r ON r.import = c.import"
		"    AND r.item = c.item"
		"   JOIN user u ON u.staff_no = r.staff_no"
		"  WHERE c.import = ? AND c.act IN ('added', 'changed')"
		"  ORDER BY c.act, c.line";

	if (run(db, count, id, 1) < 0 || run(db, stop, id, 1) < 0 ||
	    run(db, take, id, 1) < 0)
		return -1;
	return run(db, add, id, 1);
}

static int (*const appliers[LAYOUTS])(struct db *, int64_t) = {
	[LAYOUT_GROUPS] = apply_groups,
	[LAYOUT_PEOPLE] = apply_people,
	[LAYOUT_MEMBERSHIPS] = apply_memberships,
	[LAYOUT_REGIONS] = apply_regions,
	[LAYOUT_ADDRESSES] = apply_addresses,
};

/* Counters by group and prefecture are counted anew. */
static int mark_stale(struct db *db, const struct import *i)
{
	static const char sql[] =
		"UPDATE tally_state t JOIN broadcast b ON b.id = t.broadcast"
		"   SET t.stale = TRUE"
		" WHERE b.state IN ('confirmed', 'sending', 'sent')";

	if (i->kind == LAYOUT_PEOPLE || i->kind == LAYOUT_ADDRESSES)
		return 0;
	return db_run(db_prepare(db, sql)) < 0 ? -1 : 0;
}

static int end_applying(struct db *db, const struct import *i)
{
	static const char sql[] =
		"UPDATE import SET state = 'applied', moved_at = ?,"
		"       ended_at = ?"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now();

	db_bind_time(s, now);
	db_bind_time(s, now);
	db_bind_int(s, i->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int note_applied(struct db *db, const struct import *i)
{
	static const char sql[] =
		"INSERT INTO audit (at, account, actor, network, action,"
		"       object, people, detail)"
		" SELECT ?, i.account, COALESCE(NULLIF(i.confirmed_by, ''),"
		"        i.actor), i.network, 'import applied',"
		"        CONCAT('import ', i.id),"
		"        (SELECT COUNT(DISTINCT SUBSTRING_INDEX(c.item, ' ', "
		"1))"
		"           FROM import_change c WHERE c.import = i.id),"
		"        CONCAT(i.kind, ' added=', i.added, ' changed=',"
		"        i.changed, ' removed=', i.removed, ' rows=',"
		"        i.total_rows)"
		"   FROM import i"
		"  WHERE i.id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, time_now());
	db_bind_int(s, i->id);
	return db_run(s) < 0 ? -1 : 0;
}

/* Returns 1 applied, 0 nothing done since it has moved. */
static int apply(struct db *db, void *arg)
{
	const struct import *i = arg;
	int rc;

	if (take_turn(db) < 0)
		return -1;
	rc = lock_state(db, i->id, "confirmed");
	if (rc <= 0)
		return rc;
	rc = is_same(db, i);
	if (rc <= 0)
		return rc;
	if (appliers[i->kind](db, i->id) < 0 || mark_stale(db, i) < 0 ||
	    end_applying(db, i) < 0)
		return -1;
	return note_applied(db, i) < 0 ? -1 : 1;
}

static int turn_back(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'read', moved_at = ?,"
		"       reason = "
		"'確認のあとで登録内容が変わったため、反映しませ"
		"んでした。'"
		" WHERE id = ? AND state = 'confirmed'";
	static const char old[] = "DELETE FROM import_fault"
				  " WHERE import = ? AND kind = 'moved'";
	const struct import *i = arg;
	struct stmt *s = db_prepare(db, sql);
	int64_t rc;

	db_bind_time(s, time_now());
	db_bind_int(s, i->id);
	rc = db_run(s);
	if (rc <= 0)
		return rc < 0 ? -1 : 0;
	if (run(db, old, i->id, 1) < 0)
		return -1;
	for (int part = 0; part < parts_of(i); part++) {
		s = db_prepare(db, differences[i->kind][part].moved);
		for (int n = 0; n < 3; n++)
			db_bind_int(s, i->id);
		db_bind_int(s, MOVED_MOST);
		if (db_run(s) < 0)
			return -1;
	}
	return 0;
}

int import_apply(struct db *db, int64_t id)
{
	struct import i;
	int rc = import_find(db, id, &i);

	if (rc <= 0 || !str_eq(i.state, "confirmed"))
		return rc < 0 ? -1 : 0;
	rc = db_transaction(db, apply, &i);
	if (rc != 0)
		return rc;
	log_warn("import has moved import=%" PRId64, id);
	return db_transaction(db, turn_back, &i) < 0 ? -1 : 0;
}
