#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "feed/jma_quake.h"
#include "model/event.h"
#include "model/stage.h"
#include "model/telegram.h"
#include "telegram_file.h"

/*
 * An event as its telegrams make it.  The quake of Ishikawa: 震度速報 5弱 in 17
 * (ishikawa_VXSE51), then confirmed (ishikawa_VXSE53), then corrected to 5強,
 * for which the rule that is there from the start prepares a check.
 */
enum { STEPS_MAX = 5 };

/* A step is a telegram, "FILE | FROM -> TO | FROM -> TO" with words changed, or
 * a statement for what somebody did, which begins in capitals. */
#define QUICK	     "ishikawa_VXSE51"
#define FULL	     "ishikawa_VXSE53"
#define CORRECTION   "ishikawa_VXSE53_correction"
#define CANCEL_FULL  "ishikawa_VXSE53_cancel"
#define CANCEL_QUICK "cancel_VXSE51"
/* Later than all of these. */
#define LATER	CORRECTION " | 18:26:10Z -> 18:41:10Z"
#define RAISED	LATER " | 5+ -> 6+"
#define LOWERED LATER " | 5+ -> 4"

/* What stands before a mark; *text goes behind it, to NULL if there is none. */
static const char *until(struct db *db, const char **text, const char *mark)
{
	const char *begin = *text, *end = strstr(begin, mark);

	*text = end == NULL ? NULL : end + strlen(mark);
	return end == NULL
		       ? begin
		       : arena_strndup(db->arena, begin, (size_t)(end - begin));
}

/* Returns the event of the telegram, or the one before. */
static int64_t take(struct db *db, const char *step, int64_t event)
{
	const char *rest = step, *name, *text;

	if (*step >= 'A' && *step <= 'Z') {
		database_do(db, step);
		return event;
	}
	name = until(db, &rest, " | ");
	text = telegram_file(db, name);
	while (rest != NULL) {
		const char *to = until(db, &rest, " | ");
		const char *from = until(db, &to, " -> ");

		text = telegram_file_change(db, text, from, to);
	}
	return telegram_file_taken(db, name, text).event;
}

static int64_t take_all(struct db *db, const char *const *steps)
{
	int64_t event = 0;

	for (int n = 0; n < STEPS_MAX && steps[n] != NULL; n++)
		event = take(db, steps[n], event);
	return event;
}

/* The next row begins anew. */
static void forget(struct db *db)
{
	db_rollback(db);
	assert_int_equal(db_begin(db), 0);
}

/* "prepared 5+ 17=6 16=4": state, level, and the ranks of prefectures. */
static const char *became(struct db *db, int64_t id)
{
	struct str out = { .arena = db->arena };
	struct event_region *r;
	struct event e;

	assert_int_equal(event_find(db, id, &e), 1);
	check_int(e.max_level, e.rank, jma_intensity(e.max_level));
	assert_int_equal(event_regions(db, id, &r), 0);
	str_fmt(&out, "%s %s", e.state,
		*e.max_level == '\0' ? "-" : e.max_level);
	for (; r != NULL; r = r->next)
		str_fmt(&out, " %s=%d", r->code, r->rank);
	return str_text(&out);
}

struct series {
	const char *name, *steps[STEPS_MAX], *want;
};

static void check_series(struct db *db, const struct series *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t event = take_all(db, rows[i].steps);

		check_str(rows[i].name, became(db, event), rows[i].want);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM event"), 1);
		forget(db);
	}
}

/* Streams: each counts by its newest, and a cancel empties its own. */
static void test_streams(void **state)
{
	static const struct series rows[] = {
		{ "quick", { QUICK }, "recorded 5- 17=5 16=4 18=3" },
		{ "quick, then full",
		  { QUICK, FULL },
		  "recorded 5- 17=5 16=4 18=3 15=2 20=1" },
		{ "full, then quick",
		  { FULL, QUICK },
		  "recorded 5- 17=5 16=4 18=3 15=2 20=1" },
		{ "the same twice",
		  { FULL, FULL },
		  "recorded 5- 17=5 16=4 18=3 15=2 20=1" },
		{ "raised by a correction",
		  { QUICK, FULL, CORRECTION },
		  "prepared 5+ 17=6 16=5 18=3 15=2 20=1" },
		{ "the correction came first",
		  { CORRECTION, FULL },
		  "prepared 5+ 17=6 16=5 18=3 15=2 20=1" },
		{ "the quick one is stronger",
		  { QUICK " | 5- -> 6-", FULL },
		  "prepared 6- 17=7 16=4 18=3 15=2 20=1" },
		{ "and is cancelled",
		  { QUICK " | 5- -> 6-", FULL, CANCEL_QUICK },
		  "recorded 5- 17=5 16=4 18=3 15=2 20=1" },
		{ "a prefecture in the quick one alone",
		  { QUICK " | <Code>18</Code> -> <Code>26</Code>", FULL },
		  "recorded 5- 17=5 16=4 18=3 26=3 15=2 20=1" },
		{ "stronger somewhere, no prefecture is said",
		  { FULL " | <MaxInt>5-</MaxInt>\n<Pref>"
			 " -> <MaxInt>6-</MaxInt>\n<Pref>" },
		  "recorded 6- 17=5 16=4 18=3 15=2 20=1" },
		{ "full cancelled, quick stands",
		  { QUICK, CORRECTION, CANCEL_FULL },
		  "recorded 5- 17=5 16=4 18=3" },
		{ "both cancelled",
		  { QUICK, CORRECTION, CANCEL_FULL, CANCEL_QUICK },
		  "cancelled -" },
		{ "the cancel came before what it cancels",
		  { CANCEL_FULL, CORRECTION },
		  "cancelled -" },
		{ "told again after a cancel",
		  { CORRECTION, CANCEL_FULL, RAISED },
		  "prepared 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "lowered again",
		  { CORRECTION, LOWERED },
		  "recorded 5- 16=5 17=5 18=3 15=2 20=1" },
		{ "lowered, and the quick one holds it",
		  { QUICK " | 5- -> 5+", CORRECTION, LOWERED },
		  "prepared 5+ 17=6 16=5 18=3 15=2 20=1" },
	};

	check_series(*state, rows, LEN(rows));
}

/* A check is for a person to send: what he decided stays. */
static void test_decided(void **state)
{
#define DECIDED(state) "UPDATE event SET state = '" state "'"
#define SENT                                                                   \
	"UPDATE event SET state = 'sent'; INSERT INTO broadcast (event, kind," \
	" subject, body, state, made_at) SELECT id, 'safety', '', '', 'sent'," \
	" NOW() FROM event"
	static const struct series rows[] = {
		{ "rejected, raised",
		  { CORRECTION, DECIDED("rejected"), RAISED },
		  "rejected 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "folded, raised",
		  { CORRECTION, DECIDED("folded"), RAISED },
		  "folded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "closed, raised",
		  { CORRECTION, DECIDED("closed"), RAISED },
		  "closed 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "sent, raised",
		  { CORRECTION, SENT, RAISED },
		  "sent 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "rejected, lowered",
		  { CORRECTION, DECIDED("rejected"), LOWERED },
		  "rejected 5- 16=5 17=5 18=3 15=2 20=1" },
		{ "sent, lowered",
		  { CORRECTION, SENT, LOWERED },
		  "sent 5- 16=5 17=5 18=3 15=2 20=1" },
		{ "rejected, cancelled",
		  { CORRECTION, DECIDED("rejected"), CANCEL_FULL },
		  "cancelled -" },
		{ "sent, cancelled",
		  { CORRECTION, SENT, CANCEL_FULL },
		  "cancelled -" },
		{ "sent, cancelled, told again",
		  { CORRECTION, SENT, CANCEL_FULL, RAISED },
		  "sent 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "rejected, cancelled, told again: it is another one",
		  { CORRECTION, DECIDED("rejected"), CANCEL_FULL, RAISED },
		  "prepared 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "sent below every rule, by hand",
		  { FULL, SENT, QUICK },
		  "sent 5- 17=5 16=4 18=3 15=2 20=1" },
	};

	check_series(*state, rows, LEN(rows));
}

/* Rules say from where on, and some quakes never ask. */
static void test_what_asks(void **state)
{
	static const struct series rows[] = {
		{ "no rule",
		  { "UPDATE rule SET active = FALSE", RAISED },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "a rule for less",
		  { "UPDATE rule SET rank = 5", FULL },
		  "prepared 5- 17=5 16=4 18=3 15=2 20=1" },
		{ "a rule for elsewhere",
		  { "UPDATE rule SET regions = '13,14'", RAISED },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "a rule of another kind",
		  { "UPDATE rule SET kind = 'tsunami'", RAISED },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "a drill",
		  { RAISED " | 通常 -> 訓練" },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "a test",
		  { RAISED " | 通常 -> 試験" },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
		{ "a distant one",
		  { RAISED " | 震源・震度情報 -> 遠地地震に関する情報" },
		  "recorded 6+ 17=8 16=5 18=3 15=2 20=1" },
	};

	check_series(*state, rows, LEN(rows));
}

/* Names that a person tells quakes apart by. */
static void test_titles(void **state)
{
	static const struct series rows[] = {
		{ "quick", { QUICK }, "震度速報 最大震度5弱（石川県ほか）" },
		{ "quick of many prefectures",
		  { "quake7_VXSE51" },
		  "震度速報 最大震度7（東京都ほか）" },
		{ "full", { "quake7_VXSE53" }, "東京湾 M7.3 最大震度7" },
		{ "magnitude not known",
		  { "nan_VXSE53" },
		  "石川県能登地方 Ｍ８を超える巨大地震 最大震度7" },
		{ "quick of one prefecture",
		  { QUICK " | <Code>16</Code> -> <Code>17</Code>"
			  " | <Code>18</Code> -> <Code>17</Code>" },
		  "震度速報 最大震度5弱（石川県）" },
		{ "distant, and felt",
		  { FULL " | 震源・震度情報 -> 遠地地震に関する情報" },
		  "石川県能登地方 M5.4 遠地地震" },
		{ "distant",
		  { "distant_VXSE53" },
		  "南米西部（チリ北部沿岸） M7.8 遠地地震" },
		{ "hypocentre",
		  { "sanriku_VXSE52" },
		  "三陸沖 M7.4 震度は未発表" },
		{ "hypocentre made anew",
		  { "sanriku_VXSE52", "sanriku_VXSE61" },
		  "三陸沖 M7.6 震度は未発表" },
		{ "warning",
		  { "sanriku_VXSE43" },
		  "緊急地震速報（警報） 三陸沖" },
		{ "high buildings",
		  { "sanriku_VXSE62" },
		  "長周期地震動に関する観測情報 三陸沖" },
		{ "assumed",
		  { "plum_VXSE45" },
		  "緊急地震速報（地震動予報） 震源不明" },
		{ "warning, then hypocentre",
		  { "sanriku_VXSE43", "sanriku_VXSE52" },
		  "三陸沖 M7.4 震度は未発表" },
		{ "quick, then full",
		  { QUICK, FULL },
		  "石川県能登地方 M5.4 最大震度5弱" },
		{ "cancelled",
		  { FULL, CANCEL_FULL },
		  "【取消】石川県能登地方 M5.4 最大震度5弱" },
		{ "cancelled and never named",
		  { CANCEL_QUICK },
		  "【取消】地震情報" },
		{ "cancelled once and again",
		  { QUICK, FULL, CANCEL_FULL, CANCEL_QUICK,
		    CANCEL_FULL " | 18:40:02Z -> 18:41:02Z" },
		  "【取消】震度速報 最大震度5弱（石川県ほか）" },
		{ "no epicentre",
		  { FULL " | 石川県能登地方 -> " },
		  "震源不明 M5.4 最大震度5弱" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct event e;
		int64_t id = take_all(db, rows[i].steps);

		assert_int_equal(event_find(db, id, &e), 1);
		check_str(rows[i].name, e.title, rows[i].want);
		forget(db);
	}
}

/* A hypocentre comes before and after what was felt. */
static void test_hypocentre_alone(void **state)
{
	struct db *db = *state;
	struct telegram_taken first = telegram_file_take(db, "sanriku_VXSE43"),
			      next;
	struct event e;

	next = telegram_file_take(db, "sanriku_VXSE52");
	check_int("the same event", next.event, first.event);
	assert_int_equal(event_find(db, next.event, &e), 1);
	assert_non_null(strstr(e.title, "震度は未発表"));
	assert_true(*e.epicentre != '\0');
	next = telegram_file_take(db, "sanriku_VXSE61");
	check_int("the same event", next.event, first.event);
	assert_int_equal(event_find(db, next.event, &e), 1);
	assert_true(e.depth_km >= 0);
	check_int("one", database_int(db, "SELECT COUNT(*) FROM event"), 1);
	check_int("no check",
		  database_int(db, "SELECT COUNT(*) FROM event"
				   " WHERE state = 'prepared'"),
		  0);
}

static void test_facts_of_an_event(void **state)
{
	struct db *db = *state;
	struct telegram_taken taken = telegram_file_take(db, "quake7_VXSE53");
	struct event_region *regions;
	struct stage *stages;
	struct event e;

	assert_int_equal(event_find(db, taken.event, &e), 1);
	assert_true(e.occurred_at != 0);
	assert_true(e.issued_full != 0);
	assert_true(e.issued_quick == 0);
	assert_true(*e.epicentre != '\0');
	assert_int_equal(event_regions(db, taken.event, &regions), 0);
	assert_non_null(regions);
	check_int("strongest first", regions->rank, 9);
	check_str("as the telegram writes it", regions->level, "7");
	check_int("nothing decided", regions->decided_rank, 0);
	assert_int_equal(stage_list(db, taken.event, &stages), 0);
	check_str("stage", stage_text(stages->name), "occurred");
	check_str("stage", stage_text(stages->next->name), "published");
	check_str("stage", stage_text(stages->next->next->name), "fetched");
	check_str("stage", stage_text(stages->next->next->next->name),
		  "prepared");
	assert_null(stages->next->next->next->next);
}

/* A prefecture newer than the table is placed by its name or by what lies in
 * it, and the operator is told. */
static void test_codes_newer_than_the_table(void **state)
{
	static const struct {
		const char *name, *from, *to, *told;
	} rows[] = {
		{ "by its name", "<Code>17</Code>", "<Code>48</Code>",
		  "都道府県 48 石川県（名前から推定）" },
		{ "by what lies in it", "<Name>石川県</Name>\n<Code>17</Code>",
		  "<Name>新県</Name>\n<Code>48</Code>",
		  "都道府県 48 新県（名前から推定）" },
		{ "a step not on the scale", "<MaxInt>4</MaxInt>",
		  "<MaxInt>8</MaxInt>", "震度の段階" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct telegram_taken t;
		struct event e;

		t = telegram_file_take_changed(db, "ishikawa_VXSE53_correction",
					       rows[i].from, rows[i].to);
		assert_int_equal(event_find(db, t.event, &e), 1);
		check_str(rows[i].name, e.state, "prepared");
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM event_region"
					   " WHERE region = '17'"
					   "   AND rank = 6"),
			  1);
		if (strstr(e.unknown, rows[i].told) == NULL)
			fail_msg("%s: %s", rows[i].name, e.unknown);
		forget(db);
	}
}

/* The one text that a query of the test gives. */
static const char *text_of(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	const char *text = "";
	int rc;

	while ((rc = db_step(s)) > 0)
		text = db_text(s, 0) == NULL ? "-" : db_text(s, 0);
	assert_int_equal(rc, 0);
	return text;
}

/* What is shown beside the title comes from who knows most. */
static void test_words(void **state)
{
	static const char sql[] = "SELECT CONCAT_WS('|', headline, tsunami,"
				  "       epicentre, magnitude) FROM event";
	static const struct series rows[] = {
		{ "quick",
		  { QUICK },
		  "２日０３時１１分ころ、地震による強い揺れを感じました。震度"
		  "３以上が観測された地域をお知らせします。|||" },
		{ "full, then quick",
		  { FULL, QUICK },
		  "２日０３時１１分ころ、地震がありました。|"
		  "津波の心配なし|石川県能登地方|5.4" },
		{ "hypocentre",
		  { "sanriku_VXSE52" },
		  "|津波警報等を発表中|三陸沖|7.4" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		take_all(db, rows[i].steps);
		check_str(rows[i].name, text_of(db, sql), rows[i].want);
		forget(db);
	}
}

/* A drill with the key of a real quake says nothing of it, nor it of the
 * drill. */
static void test_drill_of_the_same_key(void **state)
{
	struct db *db = *state;
	int64_t drill = take(db, RAISED " | 通常 -> 訓練", 0);
	int64_t real = take(db, QUICK, 0);

	assert_int_not_equal(drill, real);
	check_str("real", became(db, real), "recorded 5- 17=5 16=4 18=3");
	take(db, QUICK " | 通常 -> 訓練 | 5- -> 7", 0);
	check_str("drill", became(db, drill),
		  "recorded 7 17=9 16=5 18=3 15=2 20=1");
	take(db, CANCEL_QUICK, 0);
	check_str("real is over", became(db, real), "cancelled -");
	check_str("the drill goes on", became(db, drill),
		  "recorded 7 17=9 16=5 18=3 15=2 20=1");
}

/* When it was told, and by which streams: what is cancelled is not issued. */
static void test_when(void **state)
{
	static const char sql[] =
		"SELECT CONCAT_WS(' ', TIME_FORMAT(told_at, '%H:%i'),"
		"       COALESCE(TIME_FORMAT(issued_quick, '%H:%i'), '-'),"
		"       COALESCE(TIME_FORMAT(issued_full, '%H:%i'), '-'),"
		"       COALESCE(TIME_FORMAT(occurred_at, '%H:%i'), '-'))"
		"  FROM event";
	static const struct series rows[] = {
		{ "quick", { QUICK }, "18:12 18:12 - 18:11" },
		{ "both", { QUICK, FULL }, "18:14 18:12 18:14 18:11" },
		{ "both, late", { FULL, QUICK }, "18:14 18:12 18:14 18:11" },
		{ "quick cancelled",
		  { QUICK, FULL, CANCEL_QUICK },
		  "18:14 - 18:14 18:11" },
		{ "full cancelled",
		  { QUICK, FULL, CANCEL_FULL },
		  "18:40 18:12 - 18:11" },
		{ "all cancelled: it keeps its time",
		  { FULL, CANCEL_FULL },
		  "18:40 - - 18:11" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		take_all(db, rows[i].steps);
		check_str(rows[i].name, text_of(db, sql), rows[i].want);
		forget(db);
	}
}

/* The promise is held against when the check first stood ready. */
static void test_prepared_once(void **state)
{
	static const char sql[] = "SELECT COUNT(*) FROM stage"
				  " WHERE name = 'prepared'";
	struct db *db = *state;
	int64_t event = take(db, FULL, 0);

	check_int("not yet", database_int(db, sql), 0);
	take(db, CORRECTION, event);
	check_int("now", database_int(db, sql), 1);
	database_do(db, "UPDATE stage SET at = '2020-01-01'"
			" WHERE name = 'prepared'");
	take(db, RAISED, event);
	check_str("the first time stays",
		  text_of(db, "SELECT LEFT(at, 10) FROM stage"
			      " WHERE name = 'prepared'"),
		  "2020-01-01");
}

/* Who is on duty hears of what waits, and of nothing else. */
static void test_pages(void **state)
{
	static const struct {
		const char *name, *change;
		int begun;
	} rows[] = {
		{ "a check", "5+ -> 5+", 1 },
		{ "none", "5+ -> 4", 0 },
		{ "a drill", "通常 -> 訓練", 0 },
	};
	struct db *db = *state;
	const char *now = time_iso(db->arena, time_now());

	for (size_t i = 0; i < LEN(rows); i++) {
		take(db,
		     arena_fmt(db->arena,
			       CORRECTION " | 2026-03-01T18:26:10Z -> %s | %s",
			       now, rows[i].change),
		     0);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM paging"),
			  rows[i].begun);
		forget(db);
	}
}

/* One stream cannot be read again: nothing is made of the half. */
static void test_stored_and_not_readable(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, QUICK, 0);
	const char *before = became(db, event);
	const char *text = telegram_file(db, CORRECTION);
	struct telegram_taken out;

	database_do(db, "UPDATE telegram SET body = '<Report/>'");
	check_int("not taken",
		  telegram_take(db, "command", "x", text, strlen(text),
				time_now(), &out),
		  -1);
	check_str("as it was", became(db, event), before);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_streams),
		TEST(test_decided),
		TEST(test_what_asks),
		TEST(test_titles),
		TEST(test_hypocentre_alone),
		TEST(test_facts_of_an_event),
		TEST(test_codes_newer_than_the_table),
		TEST(test_words),
		TEST(test_drill_of_the_same_key),
		TEST(test_when),
		TEST(test_prepared_once),
		TEST(test_pages),
		TEST(test_stored_and_not_readable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
