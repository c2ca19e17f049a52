/*
 * people - loads made-up staff into the empty database of an instance
 *
 *   people COUNT DOMAINS
 *
 * COUNT people, groups in four levels, their addresses over the made-up
 * domains of the file DOMAINS (etc/instance/domains), admins, operators and an
 * auditor.  The same count gives the same people; passwords are made by chance
 * and printed: role, login, password.  Group admins share one, as do the
 * system admins, since a hash takes a tenth of a second.
 *
 * A slice of people is one transaction.  A crash leaves a part: start again
 * with an empty database.  Source: issue of the main job; D1f-i, D3a, D3b.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/password.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/user.h"
#include "model/user_word.h"

enum {
	COUNT_MOST = 5000000,
	SLICE = 20000, /* people in a transaction */
	STEP = 500,    /* people whose rows are in memory at once */
	PARAMS = 40,   /* of a statement, as db.c limits them */
	SMALL = 2000,  /* fewer people make a small organisation */
	GROUPS_MOST = 500,
	ROUNDS = 3, /* the first people go around all groups so often */
	DOMAINS_MOST = 50,
	PREFECTURES = 47,
	TOKYO = 13,
	WARDS = 23, /* of Tokyo, from 13101 on */
	SYSTEM_ADMINS = 35,
	GROUP_ADMINS = 1000,
	OPERATORS = 4,
	OVERSEAS_ADMINS = 5,
	PASSWORD_BYTES = 9, /* 12 characters */
	DAY_S = 86400,
	CHECKED_DAYS = 360,
};

/* Names ---------------------------------------------------------------------
 */

/* Among them what old charsets lack: 髙 﨑 德 鄧 𠮷, and half-width kana. */
static const struct {
	const char *name, *kana;
} families[] = {
	{ "佐藤", "サトウ" },	{ "鈴木", "スズキ" },
	{ "髙橋", "タカハシ" }, { "田中", "タナカ" },
	{ "伊藤", "イトウ" },	{ "渡邊", "ワタナベ" },
	{ "山本", "ヤマモト" }, { "中村", "ナカムラ" },
	{ "小林", "コバヤシ" }, { "加藤", "カトウ" },
	{ "𠮷田", "ヨシダ" },	{ "山田", "ヤマダ" },
	{ "佐々木", "ササキ" }, { "山﨑", "ヤマザキ" },
	{ "松本", "マツモト" }, { "井上", "イノウエ" },
	{ "木村", "キムラ" },	{ "林", "ハヤシ" },
	{ "齋藤", "サイトウ" }, { "清水", "シミズ" },
	{ "德永", "トクナガ" }, { "阿部", "アベ" },
	{ "森", "モリ" },	{ "池田", "イケダ" },
	{ "橋本", "ハシモト" }, { "石川", "イシカワ" },
	{ "濵田", "ハマダ" },	{ "前田", "マエダ" },
	{ "藤田", "フジタ" },	{ "小川", "オガワ" },
	{ "岡田", "オカダ" },	{ "長谷川", "ハセガワ" },
	{ "村上", "ムラカミ" }, { "近藤", "コンドウ" },
	{ "石井", "イシイ" },	{ "坂本", "サカモト" },
	{ "遠藤", "エンドウ" }, { "青木", "アオキ" },
	{ "鄧", "トウ" },	{ "ｱﾝﾀﾞｰｿﾝ", "アンダーソン" },
};

static const struct {
	const char *name, *kana;
} givens[] = {
	{ "太郎", "タロウ" },	{ "花子", "ハナコ" },	{ "健一", "ケンイチ" },
	{ "由美", "ユミ" },	{ "大輔", "ダイスケ" }, { "陽子", "ヨウコ" },
	{ "翔", "ショウ" },	{ "葵", "アオイ" },	{ "蓮", "レン" },
	{ "さくら", "サクラ" }, { "直樹", "ナオキ" },	{ "恵", "メグミ" },
	{ "德子", "ノリコ" },	{ "誠", "マコト" },	{ "真由美", "マユミ" },
	{ "隆", "タカシ" },	{ "久美子", "クミコ" }, { "学", "マナブ" },
	{ "智子", "トモコ" },	{ "ﾏﾘｱ", "マリア" },	{ "一郎①", "イチロウ" },
	{ "浩", "ヒロシ" },	{ "結衣", "ユイ" },	{ "悠真", "ユウマ" },
};

/* Regional bureaus serve the prefectures first to last; headquarters Tokyo. */
static const struct {
	const char *name;
	int first, last;
} bureaus[] = {
	{ "大臣官房", TOKYO, TOKYO },	{ "関東地方経済局", 8, 15 },
	{ "経済政策局", TOKYO, TOKYO }, { "近畿地方経済局", 24, 30 },
	{ "産業基盤局", TOKYO, TOKYO }, { "北海道地方経済局", 1, 1 },
	{ "貿易振興局", TOKYO, TOKYO }, { "東北地方経済局", 2, 7 },
	{ "資源政策局", TOKYO, TOKYO }, { "中部地方経済局", 16, 23 },
	{ "中小事業局", TOKYO, TOKYO }, { "中国地方経済局", 31, 35 },
	{ "情報技術局", TOKYO, TOKYO }, { "四国地方経済局", 36, 39 },
	{ "消費生活局", TOKYO, TOKYO }, { "九州地方経済局", 40, 47 },
};

static const char *const divisions[] = { "総務課", "企画課", "調整課",
					 "業務課", "指導課", "調査課" };
static const char *const sections[] = { "第一係", "第二係", "第三係" };

/* How common a class of receiver is as a person's first address. */
static const struct {
	const char *class;
	unsigned weight;
} shares[] = {
	{ "docomo", 30 }, { "au", 22 },	      { "softbank", 18 },
	{ "gmail", 12 },  { "ymobile", 6 },   { "rakuten", 4 },
	{ "yahoojp", 3 }, { "microsoft", 2 }, { "other", 3 },
};

/* Chance --------------------------------------------------------------------
 */

static uint64_t seed = 0x416e7069; /* any constant */

/* splitmix64: the same people on every machine. */
static unsigned chance(unsigned below)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (unsigned)((z ^ (z >> 31)) % below);
}

/* Rows ----------------------------------------------------------------------
 */

struct value {
	enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB, VALUE_TIME } kind;
	int64_t number;
	const void *bytes;
	size_t len;
};

/* Rows of one table on their way: as many as it may have
 * parameters make one INSERT. */
struct bulk {
	const char *table; /* and its columns */
	size_t columns;
	char *many, *one; /* SQL, kept: db_prepare knows it by its address */
	struct value values[PARAMS];
	size_t count;
};

#define BULK(table_and_columns, n)                                             \
	{                                                                      \
		.table = table_and_columns, .columns = n                       \
	}

static struct bulk users = BULK("user (id, staff_no, name, kana, lang)", 5);
static struct bulk regions = BULK("user_region (user, region, purpose)", 3);
static struct bulk addresses =
	BULK("address (user, place, sealed, digest, domain, class, state,"
	     " checked_at)",
	     8);
static struct bulk groups = BULK("grp (id, parent, code, name)", 4);
static struct bulk paths = BULK("grp_path (ancestor, descendant, depth)", 3);
static struct bulk members = BULK("grp_member (grp, user)", 2);
static struct bulk accounts =
	BULK("account (id, login, user, name, role, password_hash)", 6);
static struct bulk admins = BULK("grp_admin (account, grp)", 2);

static struct bulk *const bulks[] = { &users, &regions, &addresses, &groups,
				      &paths, &members, &accounts,  &admins };

static char *insert_sql(const struct bulk *b, size_t rows)
{
	struct arena *kept = arena_new(); /* for as long as the process */
	struct str sql = { .arena = kept };

	str_fmt(&sql, "INSERT INTO %s VALUES ", b->table);
	for (size_t row = 0; row < rows; row++) {
		str_add(&sql, row == 0 ? "(" : ",(");
		for (size_t i = 0; i < b->columns; i++)
			str_add(&sql, i == 0 ? "?" : ",?");
		str_add_char(&sql, ')');
	}
	return arena_strdup(kept, str_text(&sql));
}

static void bind(struct stmt *s, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		db_bind_null(s);
		break;
	case VALUE_INT:
		db_bind_int(s, v->number);
		break;
	case VALUE_TEXT:
		db_bind_text(s, v->bytes);
		break;
	case VALUE_BLOB:
		db_bind_blob(s, v->bytes, v->len);
		break;
	case VALUE_TIME:
		db_bind_time(s, v->number);
		break;
	}
}

static void insert(struct db *db, const char *sql, const struct value *values,
		   size_t count)
{
	struct stmt *s = db_prepare(db, sql);

	for (size_t i = 0; i < count; i++)
		bind(s, &values[i]);
	if (db_run(s) < 0)
		log_fatal("made-up people not stored");
}

/* True if the next row would be too many. */
static bool is_full(const struct bulk *b)
{
	return b->count + b->columns > PARAMS;
}

/* Stores what is waiting. */
static void flush(struct db *db, struct bulk *b)
{
	if (b->many == NULL) {
		b->many = insert_sql(b, PARAMS / b->columns);
		b->one = insert_sql(b, 1);
	}
	if (is_full(b))
		insert(db, b->many, b->values, b->count);
	else
		for (size_t i = 0; i < b->count; i += b->columns)
			insert(db, b->one, b->values + i, b->columns);
	b->count = 0;
}

static void flush_all(struct db *db)
{
	for (size_t i = 0; i < LEN(bulks); i++)
		flush(db, bulks[i]);
}

/* Adds one row: as many values as the table has columns.  The bytes must live
 * until it is flushed. */
static void row_add(struct db *db, struct bulk *b, const struct value *values)
{
	memcpy(b->values + b->count, values, b->columns * sizeof(*values));
	b->count += b->columns;
	if (is_full(b))
		flush(db, b);
}

#define ROW(db, b, ...) row_add(db, b, (const struct value[]){ __VA_ARGS__ })
#define INT(n)                                                                 \
	{                                                                      \
		VALUE_INT, (int64_t)(n), NULL, 0                               \
	}
#define TEXT(s)                                                                \
	{                                                                      \
		VALUE_TEXT, 0, s, 0                                            \
	}
#define BLOB(p, n)                                                             \
	{                                                                      \
		VALUE_BLOB, 0, p, n                                            \
	}
#define TIME(at)                                                               \
	{                                                                      \
		VALUE_TIME, at, NULL, 0                                        \
	}
#define NOTHING                                                                \
	{                                                                      \
		VALUE_NULL, 0, NULL, 0                                         \
	}

/* Groups --------------------------------------------------------------------
 */

/* The tree, as an array in which a parent stands before its children. */
struct group {
	int parent; /* index, -1 for the ministry itself */
	int bureau; /* index in bureaus */
	const char *name;
};

static struct group tree[GROUPS_MOST];
static int tree_size;

static int tree_add(int parent, int bureau, const char *name)
{
	tree[tree_size] = (struct group){ parent, bureau, name };
	return tree_size++;
}

/* 1 + 16 + 96 + 288 groups, or 1 + 4 + 8 + 16 for few people. */
static void tree_make(unsigned people)
{
	bool small = people < SMALL;
	int b_count = small ? 4 : (int)LEN(bureaus);
	int d_count = small ? 2 : (int)LEN(divisions);
	int s_count = small ? 2 : (int)LEN(sections);

	tree_add(-1, 0, "経済政策省");
	for (int b = 0; b < b_count; b++) {
		int bureau = tree_add(0, b, bureaus[b].name);

		for (int d = 0; d < d_count; d++) {
			int division = tree_add(bureau, b, divisions[d]);

			for (int s = 0; s < s_count; s++)
				tree_add(division, b, sections[s]);
		}
	}
}

static void store_groups(struct db *db)
{
	for (int i = 0; i < tree_size; i++) {
		int depth = 0;
		const char *code = arena_fmt(db->arena, "G%03d", i);

		if (tree[i].parent < 0)
			ROW(db, &groups, INT(i + 1), NOTHING, TEXT(code),
			    TEXT(tree[i].name));
		else
			ROW(db, &groups, INT(i + 1), INT(tree[i].parent + 1),
			    TEXT(code), TEXT(tree[i].name));
		for (int up = i; up >= 0; up = tree[up].parent, depth++)
			ROW(db, &paths, INT(up + 1), INT(i + 1), INT(depth));
	}
}

/* The group of person i: the first people go around all groups, so that each
 * has its admins; the others work in sections and divisions as it comes. */
static int group_of(unsigned i)
{
	if (i < (unsigned)(ROUNDS * tree_size))
		return (int)(i % (unsigned)tree_size);
	return 1 + (int)chance((unsigned)tree_size - 1);
}

/* People --------------------------------------------------------------------
 */

struct domain {
	const char *name, *class;
};

struct making {
	struct db *db;
	const struct seal_public *seal;
	const struct digest_key *digest;
	struct domain domains[DOMAINS_MOST];
	size_t domain_count;
	int64_t now;
};

/* Reads the made-up receivers; the system's own domains are nobody's. */
static void read_domains(struct making *m, struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[256], name[128], class[32];

	if (f == NULL)
		log_fatal("domains not readable file=%s", path);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (line[0] == '#' ||
		    sscanf(line, "%127s %31s", name, class) != 2 ||
		    strstr(name, "anpi.example") != NULL)
			continue;
		if (m->domain_count == DOMAINS_MOST)
			log_fatal("too many domains file=%s", path);
		m->domains[m->domain_count++] =
			(struct domain){ arena_strdup(a, name),
					 arena_strdup(a, class) };
	}
	fclose(f);
}

static const char *class_by_chance(void)
{
	unsigned sum = 0, at;

	for (size_t i = 0; i < LEN(shares); i++)
		sum += shares[i].weight;
	at = chance(sum);
	for (size_t i = 0; i < LEN(shares); i++) {
		if (at < shares[i].weight)
			return shares[i].class;
		at -= shares[i].weight;
	}
	return "other";
}

static const struct domain *domain_of(const struct making *m, const char *class)
{
	const struct domain *d;

	do
		d = &m->domains[chance((unsigned)m->domain_count)];
	while (!str_eq(d->class, class));
	return d;
}

/* Local parts as people choose them; docomo and au have let them choose what
 * RFC 5321 does not (a..b. and -x). */
static const char *local_part(struct arena *a, const char *class, unsigned id,
			      unsigned place)
{
	bool odd = (str_eq(class, "docomo") || str_eq(class, "au")) &&
		   chance(40) == 0;

	if (odd)
		return arena_fmt(a, chance(4) == 0 ? "-s%u-%u" : "s..%u.%u.",
				 id, place);
	return arena_fmt(a, chance(3) == 0 ? "s.%u_%u" : "s%u-%u", id, place);
}

static void store_address(struct making *m, unsigned id, unsigned place)
{
	struct arena *a = m->db->arena;
	const char *class = place == 1	 ? class_by_chance()
			    : place == 2 ? "other"
					 : "gmail";
	const struct domain *d = domain_of(m, class);
	const char *text =
		arena_fmt(a, "%s@%s", local_part(a, class, id, place), d->name);
	unsigned char *digest = arena_alloc(a, ADDRESS_DIGEST_LEN), *sealed;
	bool confirmed = chance(10) != 0;
	int64_t days = chance(CHECKED_DAYS);
	size_t len;

	sealed = seal_close(a, m->seal, text, &len);
	address_digest(m->digest, text, digest);
	ROW(m->db, &addresses, INT(id), INT(place), BLOB(sealed, len),
	    BLOB(digest, ADDRESS_DIGEST_LEN), TEXT(d->name), TEXT(class),
	    TEXT(confirmed ? "confirmed" : "unknown"),
	    TIME(confirmed ? m->now - days * DAY_S * TIME_SECOND : 0));
}

/* Every fifth person goes around all prefectures; else the bureau's. */
static int work_prefecture(unsigned i, int bureau)
{
	int first = bureaus[bureau].first, last = bureaus[bureau].last;

	if (i % 5 == 0)
		return (int)(i / 5 % PREFECTURES) + 1;
	return first + (int)chance((unsigned)(last - first) + 1);
}

/* People of Tokyo live around it; the others mostly where they work. */
static int home_prefecture(int work)
{
	static const int around_tokyo[] = { 13, 13, 13, 13, 14, 14,
					    11, 11, 12, 12, 8,	19 };

	if (work == TOKYO)
		return around_tokyo[chance(LEN(around_tokyo))];
	return chance(8) == 0 ? (int)chance(PREFECTURES) + 1 : work;
}

static void store_regions(struct making *m, unsigned i, unsigned id, int bureau)
{
	struct arena *a = m->db->arena;
	int work = work_prefecture(i, bureau), home = home_prefecture(work);
	const char *home_code = arena_fmt(a, "%02d", home);

	if (home == TOKYO)
		home_code = arena_fmt(a, "%d", 13101 + (int)chance(WARDS));
	ROW(m->db, &regions, INT(id), TEXT(arena_fmt(a, "%02d", work)),
	    TEXT("work"));
	ROW(m->db, &regions, INT(id), TEXT(home_code), TEXT("home"));
}

static const char *full_name(struct arena *a, const char **kana)
{
	size_t f = chance(LEN(families)), g = chance(LEN(givens));

	*kana = arena_fmt(a, "%s %s", families[f].kana, givens[g].kana);
	return arena_fmt(a, "%s %s", families[f].name, givens[g].name);
}

static void store_person(struct making *m, unsigned i)
{
	struct db *db = m->db;
	unsigned id = i + 1, places, dice = chance(10);
	int group = group_of(i), more;
	const char *kana, *name = full_name(db->arena, &kana);

	ROW(db, &users, INT(id),
	    TEXT(arena_fmt(db->arena, "%07u", 1000000 + id)), TEXT(name),
	    TEXT(kana), TEXT(chance(100) == 0 ? "en" : "ja"));
	ROW(db, &members, INT(group + 1), INT(id));
	/* One in twenty belongs to a second group. */
	more = 1 + (int)chance((unsigned)tree_size - 1);
	if (chance(20) == 0 && more != group)
		ROW(db, &members, INT(more + 1), INT(id));
	store_regions(m, i, id, tree[group].bureau);
	places = dice < 6 ? 1 : dice < 9 ? 2 : 3;
	for (unsigned place = 1; place <= places; place++)
		store_address(m, id, place);
}

static void commit(struct db *db)
{
	flush_all(db);
	arena_reset(db->arena);
	if (db_commit(db) < 0)
		log_fatal("made-up people not committed");
}

static void store_people(struct making *m, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (i > 0 && i % SLICE == 0) {
			commit(m->db);
			db_begin(m->db);
			fprintf(stderr, "  %u people\n", i);
		} else if (i % STEP == 0) {
			flush_all(m->db);
			arena_reset(m->db->arena);
		}
		store_person(m, i);
	}
}

/* Accounts ------------------------------------------------------------------
 */

/* The account ids follow one another over all roles. */
static unsigned account_count;

/* A password by chance for a role, printed with the login that shows it. */
static const char *new_password(struct db *db, const char *role,
				const char *login)
{
	unsigned char bytes[PASSWORD_BYTES];
	char text[PASSWORD_BYTES * 2];
	const char *hash;

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(text, sizeof(text), bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	printf("%-13s %-10s %s\n", role, login, text);
	hash = password_hash(db->arena, text, &password_cost_usual);
	if (hash == NULL)
		log_fatal("password not hashed");
	return hash;
}

static unsigned store_account(struct db *db, const char *role,
			      const char *login, const char *name,
			      unsigned user, const char *hash)
{
	unsigned id = ++account_count;

	if (user == 0)
		ROW(db, &accounts, INT(id), TEXT(login), NOTHING, TEXT(name),
		    TEXT(role), TEXT(hash));
	else
		ROW(db, &accounts, INT(id), TEXT(login), INT(user), TEXT(name),
		    TEXT(role), TEXT(hash));
	return id;
}

/* Accounts PREFIX01, PREFIX02, ... of a role, with one password; those of
 * persons are of one person each, from `first` down, 0: of none. */
static void store_role(struct db *db, const char *role, const char *prefix,
		       const char *name, unsigned count, unsigned first)
{
	const char *hash =
		new_password(db, role, arena_fmt(db->arena, "%s01", prefix));

	for (unsigned i = 1; i <= count; i++)
		store_account(db, role,
			      arena_fmt(db->arena, "%s%02u", prefix, i),
			      arena_fmt(db->arena, "%s %u", name, i),
			      first > i ? first - i + 1 : 0, hash);
}

/* Person k is in group k modulo the number of groups, and its admin. */
static void store_group_admins(struct db *db, unsigned people)
{
	unsigned count =
		people < SMALL ? 2 * (unsigned)tree_size : GROUP_ADMINS;
	const char *hash = new_password(db, "group_admin", "group0001");

	if (count > people)
		count = people;
	for (unsigned k = 0; k < count; k++) {
		int group = (int)(k % (unsigned)tree_size);
		unsigned id = store_account(
			db, "group_admin",
			arena_fmt(db->arena, "group%04u", k + 1),
			arena_fmt(db->arena, "%s 担当 %u", tree[group].name,
				  k / (unsigned)tree_size + 1),
			k + 1, hash);

		ROW(db, &admins, INT(id), INT(group + 1));
	}
}

static void store_accounts(struct db *db, unsigned people)
{
	/* So that they can be told and called. */
	store_role(db, "system_admin", "admin", "システム管理者", SYSTEM_ADMINS,
		   people > OPERATORS ? people - OPERATORS : 0);
	store_role(db, "overseas_admin", "overseas", "海外管理者",
		   OVERSEAS_ADMINS, 0);
	store_role(db, "operator", "operator", "運用者", OPERATORS, people);
	store_role(db, "auditor", "auditor", "監査者", 1, 0);
	store_group_admins(db, people);
}

static void load_keys(struct making *m, struct arena *a)
{
	const char *dir = config_must("Path.Keys");

	m->seal = seal_public_load(arena_fmt(a, "%s/seal.public", dir));
	m->digest = digest_key_load(arena_fmt(a, "%s/digest.key", dir));
	if (m->seal == NULL || m->digest == NULL)
		log_fatal("no keys");
}

int main(int argc, char **argv)
{
	struct arena *kept = arena_new();
	struct making m = { .now = time_now() };
	long long count;

	log_open("people");
	if (argc != 3 || !str_to_int(argv[1], 1, COUNT_MOST, &count)) {
		fputs("usage: people COUNT DOMAINS\n", stderr);
		return 2;
	}
	config_open("people");
	load_keys(&m, kept);
	read_domains(&m, kept, argv[2]);
	m.db = db_open_configured();
	m.db->arena = arena_new();
	tree_make((unsigned)count);
	/* Rows of several tables are on their way at once; they fit together
	 * by their making. */
	if (db_script(m.db, "SET foreign_key_checks = 0") < 0 ||
	    db_begin(m.db) < 0)
		log_fatal("no database");
	store_groups(m.db);
	store_accounts(m.db, (unsigned)count);
	store_people(&m, (unsigned)count);
	commit(m.db);
	if (user_index(m.db) < 0)
		log_fatal("made-up people not indexed");
	return 0;
}
