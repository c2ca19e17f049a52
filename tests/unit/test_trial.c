#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "database_own.h"
#include "file.h"
#include "model/audit.h"
#include "model/rule.h"
#include "model/target.h"
#include "model/telegram.h"
#include "model/trial.h"
#include "people.h"

static const char name[] = "anpi_test_trial";

/* A large quake at sea: quick and confirmed, a tsunami that is raised and
 * lifted, and its aftershocks. */
static const char *const sequence[] = {
	"01_VTSE41",	    "02_VXSE51",       "03_VXSE51_after",
	"04_VTSE41_raised", "05_VXSE53",       "06_VXSE53_after",
	"07_VXSE53_small",  "08_VXSE53_after", "09_VTSE41_lifted",
};

#define QUAKE_MAILS                                                                               \
	"16:13 inform 4 地震の速報（震度5弱以上） 【地震速報】石川県など " \
	"最大震度6強\n"
#define QUAKE_FULL                                                             \
	"16:24 inform 4 地震の確定情報（震度5弱以上） "          \
	"【地震情報】石川県能登地方 M7.5 最大震度7\n"
#define PAGE_FIRST                                                                       \
	"16:13 page 1 当番の呼び出し（地震） 【判断待ち】震度速報 " \
	"最大震度6強（石川県ほか）\n"
#define PAGE_AGAIN                                                                                     \
	"16:24 page 1 当番の呼び出し（地震） 【判断待ち】石川県能登地方 M7.5 " \
	"最大震度7\n"
#define CHECK_FIRST                                                            \
	"16:13 prepare 2 震度5強以上の安否確認 "                     \
	"石川県、新潟県、富山県、福井県\n"
#define PAGE_AFTER                                                             \
	"16:20 page 1 当番表 【判断待ち】震度速報 "               \
	"最大震度5強（石川県ほか）\n"
#define CHECK_AFTER "16:20 prepare 1 震度5強以上の安否確認 石川県\n"
#define CHECK_MORE                                                             \
	"16:24 more 2 震度5強以上の安否確認 "                        \
	"石川県、新潟県、富山県、福井県、長野県\n"
#define WAVE_FIRST                                                             \
	"16:12 inform 4 津波（注意報以上） 【津波】津波警報 " \
	"新潟県、富山県、石川県\n"
#define WAVE_RAISED                                                            \
	"16:22 inform 4 津波（注意報以上） 【津波】大津波警報 石川県\n"
#define WAVE_LIFTED                                                                                  \
	"10:00 inform 4 津波（注意報以上）/解除 【解除】【津波】大津波警報 " \
	"石川県\n"

/* An aftershock asks nobody by itself; its check waits apart, and pages who is
 * on duty. */
static const char sent[] =
	WAVE_FIRST QUAKE_MAILS PAGE_FIRST CHECK_FIRST PAGE_AFTER CHECK_AFTER
		WAVE_RAISED QUAKE_FULL PAGE_AGAIN CHECK_MORE WAVE_LIFTED;

/* Group 910 reads what rules inform of; 9001 is on duty. */
static int setup(void **state)
{
	static const char *const files[] = { "sql/seed_regions.sql",
					     "sql/seed_areas.sql",
					     "sql/migrations/080_disasters.sql",
					     "sql/migrations/110_history.sql" };
	struct db *db = database_own(name);

	for (size_t i = 0; i < LEN(files); i++) {
		char *sql = database_file(files[i]);

		database_do(db, sql);
		free(sql);
	}
	people_make(db);
	database_do(db, "INSERT INTO rule_target (rule, kind, item)"
			" SELECT id, 'group', 910 FROM rule"
			"  WHERE action = 'inform';"
			"INSERT INTO account (id, login, user, name, role,"
			"        password_hash)"
			" VALUES (905, 't905', 9001, '当番', 'operator', '');"
			"INSERT INTO user_region (user, region, purpose) VALUES"
			" (9001, '17', 'home'), (9002, '15', 'home'),"
			" (9004, '20', 'family')");
	*state = db;
	return 0;
}

static int teardown(void **state)
{
	database_own_end(*state, name);
	return 0;
}

static void close_own(void *own)
{
	db_close(own);
}

/* As db_beside: a connection for the trial, to the database of this test. */
static struct db *beside(struct db *db)
{
	static const struct db_config config = {
		.name = name,
		.user = "root",
		.password = "",
		.timeout_s = 30,
	};
	struct db_config own = config;
	struct db *made;

	own.socket = getenv("ANPI_TEST_SOCKET");
	made = db_open(&own);
	made->arena = db->arena;
	arena_defer(db->arena, close_own, made);
	return made;
}

static const char *fixture(struct arena *a, const char *file, size_t *len)
{
	const char *bytes = file_read(
		a, arena_fmt(a, "tests/data/sequence/%s.xml", file), len);

	if (bytes == NULL)
		fail_msg("%s cannot be read", file);
	return bytes;
}

/* Tries the sequence. */
static struct trial_result try_sequence(struct db *db,
					const struct trial_draft *draft)
{
	struct db *own = beside(db);
	struct trial_result result;
	struct trial *t;

	check_int("opened", trial_open(db, own, draft, &t), TRIAL_OPENED);
	for (size_t i = 0; i < LEN(sequence); i++) {
		size_t len;
		const char *bytes = fixture(db->arena, sequence[i], &len);

		check_int(sequence[i],
			  trial_take(t, sequence[i], bytes, len,
				     telegram_issued_at(db->arena, bytes, len)),
			  1);
	}
	check_int("ended", trial_end(t, &result), 0);
	return result;
}

/* A line for each act. */
static const char *acts(struct arena *a, const struct trial_result *r)
{
	static const char *const kinds[] = { "inform", "page", "prepare",
					     "more", "withdraw" };
	struct str out = { .arena = a };

	for (const struct trial_act *t = r->acts; t != NULL; t = t->next)
		str_fmt(&out, "%.5s %s %lld %s%s%s %s\n",
			time_show_clock(a, t->at), kinds[t->kind],
			(long long)t->people, t->rule_name,
			*t->mark == '\0' ? "" : "/", t->mark, t->subject);
	return str_text(&out);
}

static int64_t stored(struct db *db)
{
	return database_int(db,
			    "SELECT (SELECT COUNT(*) FROM telegram)"
			    " + (SELECT COUNT(*) FROM event)"
			    " + (SELECT COUNT(*) FROM broadcast)"
			    " + (SELECT COUNT(*) FROM open_key)"
			    " + (SELECT COUNT(*) FROM audit)"
			    " + (SELECT COUNT(*) FROM paging)"
			    " + (SELECT COUNT(*) FROM paged)"
			    " + (SELECT COUNT(*) FROM rule WHERE version > 1)");
}

static void test_sequence(void **state)
{
	struct db *db = *state;
	const struct trial_draft as_they_stand = { 0 };
	struct trial_result r = try_sequence(db, &as_they_stand);

	check_str("what would have gone", acts(db->arena, &r), sent);
	check_int("telegrams", r.telegrams, LEN(sequence));
	check_int("all applied", r.applied, LEN(sequence));
	check_int("a quake, a tsunami, three aftershocks", r.events, 5);
	check_int("nothing is stored", stored(db), 0);
}

static int64_t rule_id(struct db *db, const char *what)
{
	return database_int(db, arena_fmt(db->arena,
					  "SELECT id FROM rule WHERE name = "
					  "'%s'",
					  what));
}

static const struct trial_rule *find_rule(const struct trial_result *r,
					  const char *what)
{
	for (const struct trial_rule *p = r->rules; p != NULL; p = p->next)
		if (str_eq(p->name, what))
			return p;
	fail_msg("no rule %s", what);
	return NULL;
}

static void test_totals(void **state)
{
	struct db *db = *state;
	const struct trial_draft as_they_stand = { 0 };
	const struct trial_rule *rule;
	struct trial_result r;

	database_do(db, "DELETE t FROM rule_target t JOIN rule r"
			"    ON r.id = t.rule WHERE r.kind = 'typhoon'");
	r = try_sequence(db, &as_they_stand);
	rule = find_rule(&r, "津波（注意報以上）");
	check_int("times", rule->acts, 3);
	check_int("people", rule->people, 12);
	check_int("most", rule->most, 4);
	check_int("has readers", rule->nobody, false);
	check_int("has none", find_rule(&r, "台風")->nobody, true);
	check_int("all", r.act_count, 11);
}

/* What the rule of tsunamis would have mailed: "waits", "overtaken" or "goes"
 * of each. */
static const char *waves(struct arena *a, const struct trial_result *r)
{
	struct str out = { .arena = a };

	for (const struct trial_act *t = r->acts; t != NULL; t = t->next)
		if (str_eq(t->event_kind, "tsunami"))
			str_fmt(&out, "%s%s%s", out.len == 0 ? "" : " ",
				t->mark,
				t->overtaken	  ? "overtaken"
				: t->send_at != 0 ? "waits"
						  : "goes");
	return str_text(&out);
}

/* Warned at 16:12, raised at 16:22, lifted at 10:00 of the next day. */
static void test_quiet_hours(void **state)
{
	static const struct {
		const char *name, *until, *want;
	} rows[] = {
		{ "the first has left", "16:15", "waits goes 解除goes" },
		{ "the first is overtaken", "17:00",
		  "overtaken waits 解除goes" },
		{ "both are, and nobody knows", "11:00",
		  "overtaken overtaken" },
	};
	const struct trial_draft as_they_stand = { 0 };
	struct db *db = *state;

	database_do(db, "UPDATE rule SET quiet = TRUE WHERE kind = 'tsunami'");
	for (size_t i = 0; i < LEN(rows); i++) {
		struct trial_result r;

		database_do(db, arena_fmt(db->arena,
					  "REPLACE INTO setting VALUES"
					  " ('quiet.from', '16:00'),"
					  " ('quiet.to', '%s')",
					  rows[i].until));
		r = try_sequence(db, &as_they_stand);
		check_str(rows[i].name, waves(db->arena, &r), rows[i].want);
	}
}

static void test_drafts(void **state)
{
	struct db *db = *state;
	const int64_t tsunami[] = { rule_id(db, "津波（注意報以上）") };
	struct rule written = {
		.name = "新しい条件",
		.kind = "quake",
		.part = "full",
		.rank = 9,
		.regions = "17",
		.areas = "",
		.purposes = "",
		.audience = "chosen",
		.action = "inform",
		.subject = "{place} 震度{max}",
		.body = "{words}",
		.active = true,
	};
	struct rule changed;
	const struct target reader = { .kind = "user", .item = "9004" };
	const struct trial_draft off = { .switched = true };
	const struct trial_draft one = { .switched = true,
					 .on = tsunami,
					 .on_count = 1 };
	struct trial_draft draft = { .rule = &written,
				     .readers = &reader,
				     .switched = true };
	struct trial_result r = try_sequence(db, &off);
	struct trial *t;

	check_str("all off", acts(db->arena, &r), "");
	r = try_sequence(db, &one);
	check_str("one on", acts(db->arena, &r),
		  WAVE_FIRST WAVE_RAISED WAVE_LIFTED);
	draft.switched = false;
	r = try_sequence(db, &draft);
	if (strstr(acts(db->arena, &r),
		   "16:24 inform 1 新しい条件 石川県能登地方 震度7\n") == NULL)
		fail_msg("a new one: %s", acts(db->arena, &r));
	check_int("is not kept", written.id, 0);
	check_int("found", rule_get(db, tsunami[0], &changed), 1);
	changed.rank = 5;
	draft.rule = &changed;
	draft.readers = &reader;
	r = try_sequence(db, &draft);
	check_int("changed: only the great one, and its end",
		  find_rule(&r, "津波（注意報以上）")->acts, 2);
	check_int("to one", find_rule(&r, "津波（注意報以上）")->most, 1);
	changed.version++;
	check_int("by an older form", trial_open(db, beside(db), &draft, &t),
		  TRIAL_GONE);
	check_int("nothing is stored", stored(db), 0);
}

/* Stores the sequence as it came. */
static void store(struct db *db)
{
	for (size_t i = 0; i < LEN(sequence); i++) {
		struct telegram_taken taken;
		size_t len;
		const char *bytes = fixture(db->arena, sequence[i], &len);

		assert_int_equal(
			telegram_take(db, "inbox", sequence[i], bytes, len,
				      telegram_issued_at(db->arena, bytes, len),
				      &taken),
			0);
		check_int(sequence[i], taken.outcome, TELEGRAM_APPLIED);
	}
}

static struct trial_result try_days(struct db *db, const char *from,
				    const char *to)
{
	const struct trial_draft as_they_stand = { 0 };
	struct db *own = beside(db);
	struct trial_result result;
	struct trial *t;

	check_int("opened", trial_open(db, own, &as_they_stand, &t),
		  TRIAL_OPENED);
	check_int(from,
		  trial_stored(t, trial_day_begin(db->arena, from),
			       trial_day_begin(db->arena, to)),
		  1);
	check_int("ended", trial_end(t, &result), 0);
	return result;
}

/* The trial says what the real way did. */
static void test_stored_days(void **state)
{
	struct db *db = *state;
	struct trial_result r;
	struct trial_day *days;
	int64_t before;

	store(db);
	before = stored(db);
	r = try_days(db, "2026-02-06", "2026-02-08");
	check_str("both days", acts(db->arena, &r), sent);
	check_int("as many mails as in earnest",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"), 8);
	r = try_days(db, "2026-02-06", "2026-02-07");
	check_int("the first day", r.telegrams, 8);
	r = try_days(db, "2026-02-07", "2026-02-08");
	check_str("the second knows what was told on the first",
		  acts(db->arena, &r), WAVE_LIFTED);
	check_int("and counts its own alone", r.telegrams, 1);
	r = try_days(db, "2026-02-09", "2026-02-10");
	check_int("an empty day", r.telegrams, 0);
	check_str("of nothing", acts(db->arena, &r), "");
	check_int("nothing more is stored", stored(db), before);
	assert_int_equal(trial_days(db, time_now(), &days), 0);
	assert_non_null(days);
	check_str("a day to choose", days->day, "2026-02-06");
	check_int("of so many", days->telegrams, 8);
	assert_null(days->next);
}

static void test_too_many(void **state)
{
	struct db *db = *state;
	const struct trial_draft as_they_stand = { 0 };
	struct db *own = beside(db);
	struct trial *t;

	database_do(db,
		    "INSERT INTO telegram (source, issued_at, fetched_at,"
		    "       outcome, sha256, body)"
		    " SELECT 'x', '2026-03-01', '2026-03-01', 'refused',"
		    "        UNHEX(SHA2(seq, 256)), 'x' FROM seq_1_to_10001");
	check_int("opened", trial_open(db, own, &as_they_stand, &t),
		  TRIAL_OPENED);
	check_int("too many",
		  trial_stored(t, trial_day_begin(db->arena, "2026-03-01"),
			       trial_day_begin(db->arena, "2026-03-02")),
		  0);
}

static void test_bad_telegrams(void **state)
{
	struct db *db = *state;
	const struct trial_draft as_they_stand = { 0 };
	struct db *own = beside(db);
	struct trial_result r;
	struct trial *t;
	size_t len;
	const char *bytes = fixture(db->arena, "05_VXSE53", &len);

	check_int("opened", trial_open(db, own, &as_they_stand, &t),
		  TRIAL_OPENED);
	check_int("cut short",
		  trial_take(t, "cut", bytes, len / 2,
			     trial_day_begin(db->arena, "2026-02-06")),
		  1);
	check_int("the next goes on",
		  trial_take(t, "whole", bytes, len,
			     telegram_issued_at(db->arena, bytes, len)),
		  1);
	check_int("ended", trial_end(t, &r), 0);
	check_int("a fault", r.fault_count, 1);
	check_str("whose", r.faults->name, "cut");
	check_int("one applied", r.applied, 1);
	/* What a trial has no table for it cannot change. */
	check_int("read only",
		  db_script(own, "START TRANSACTION;"
				 "UPDATE region SET name = ''"),
		  -1);
}

static void test_days_read(void **state)
{
	static const struct {
		const char *day;
		bool good;
	} rows[] = {
		{ "2024-01-01", true },	 { "2024-02-30", false },
		{ "2024-1-1", false },	 { "", false },
		{ "2024/01/01", false }, { "2024-01-01 ", false },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].day, trial_day_begin(a, rows[i].day) != 0,
			  rows[i].good);
	arena_free(a);
}

/* The quake of Noto 2024-01-01, as far as the folder of samples has it. */
static void test_noto(void **state)
{
	static const char *const files[] = {
		"20240101071341_VXSE51", "20240101072232_VTSE41",
		"20240101072336_VXSE62", "20240101072429_VXSE53",
		"20240102010011_VTSE41", "20240105202827_VXSE51",
	};
	/* The last came after the hours in which a quake is an aftershock. */
	static const char want[] =
		QUAKE_MAILS PAGE_FIRST CHECK_FIRST WAVE_RAISED
		"16:24 inform 4 地震の確定情報（震度5弱以上） "
		"【地震情報】石川県能登地方 M7.6 最大震度7\n"
		"16:24 page 1 当番の呼び出し（地震） "
		"【判断待ち】石川県能登地方 M7.6 最大震度7\n" WAVE_LIFTED
		"05:28 inform 4 地震の速報（震度5弱以上） "
		"【地震速報】石川県など 最大震度5強\n"
		"05:28 page 1 当番の呼び出し（地震） 【判断待ち】震度速報 "
		"最大震度5強（石川県ほか）\n"
		"05:28 prepare 1 震度5強以上の安否確認 石川県\n";
	const struct trial_draft as_they_stand = { 0 };
	struct db *db = *state, *own;
	struct trial_result r;
	struct trial *t;
	size_t len;

	if (file_read(db->arena, file_sample(db->arena, "jma/INDEX.md"),
		      &len) == NULL)
		skip();
	own = beside(db);
	check_int("opened", trial_open(db, own, &as_they_stand, &t),
		  TRIAL_OPENED);
	for (size_t i = 0; i < LEN(files); i++) {
		const char *bytes = file_read(
			db->arena,
			file_sample(db->arena,
				    arena_fmt(db->arena, "jma/real/%s.xml",
					      files[i])),
			&len);

		if (bytes == NULL)
			fail_msg("%s cannot be read", files[i]);
		check_int(files[i],
			  trial_take(t, files[i], bytes, len,
				     telegram_issued_at(db->arena, bytes, len)),
			  1);
	}
	check_int("ended", trial_end(t, &r), 0);
	check_str("what would have gone", acts(db->arena, &r), want);
	check_int("the quake, its tsunami, a later quake", r.events, 3);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sequence, setup, teardown),
		cmocka_unit_test_setup_teardown(test_totals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_quiet_hours, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_drafts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stored_days, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_too_many, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_telegrams, setup,
						teardown),
		cmocka_unit_test(test_days_read),
		cmocka_unit_test_setup_teardown(test_noto, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
