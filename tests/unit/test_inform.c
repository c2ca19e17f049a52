#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "file.h"
#include "model/broadcast.h"
#include "model/inform.h"
#include "model/telegram.h"
#include "people.h"

enum { STEPS_MAX = 5 };

/* The rule of a kind that informs, for the people of group 910: five. */
static void give_readers(struct db *db)
{
	database_do(db, "INSERT INTO rule_target (rule, kind, item)"
			" SELECT id, 'group', 910 FROM rule"
			"  WHERE action = 'inform'");
}

static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	give_readers(*state);
	return 0;
}

/* A telegram as issued now, so that it is news; "@-90" so many minutes ago.
 * Later ones of a test are a second newer each. */
static struct telegram_taken take(struct db *db, const char *path)
{
	static int64_t later;
	const char *at = strchr(path, '@'), *begin, *text;
	int64_t issued = time_now() + ++later * TIME_SECOND;
	struct telegram_taken out;
	long long minutes;
	size_t len;

	if (at != NULL) {
		assert_true(str_to_int(at + 2, 0, 10000, &minutes));
		issued -= minutes * TIME_MINUTE;
		path = arena_strndup(db->arena, path, (size_t)(at - path));
	}
	text = file_read(db->arena, arena_fmt(db->arena, "tests/data/%s", path),
			 &len);
	if (text == NULL)
		fail_msg("%s cannot be read", path);
	begin = strstr(text, "<DateTime>");
	if (begin == NULL)
		begin = strstr(text, "<sent>");
	assert_non_null(begin);
	begin = strchr(begin, '>') + 1;
	text = arena_fmt(db->arena, "%.*s%s%s", (int)(begin - text), text,
			 time_iso(db->arena, issued), strchr(begin, '<'));
	assert_int_equal(telegram_take(db, "command", path, text, strlen(text),
				       time_now(), &out),
			 0);
	return out;
}

/* The subjects that were mailed, in order, with "|" between. */
static const char *mailed(struct db *db)
{
	static const char sql[] = "SELECT b.subject"
				  "  FROM broadcast b"
				  " WHERE b.rule IS NOT NULL"
				  " ORDER BY b.id";
	struct str out = { .arena = db->arena };
	struct stmt *s = db_prepare(db, sql);

	while (db_step(s) > 0)
		str_fmt(&out, "%s%s", out.len == 0 ? "" : "|", db_text(s, 0));
	return str_text(&out);
}

static void forget(struct db *db)
{
	database_do(db, "DELETE FROM delivery; DELETE FROM target;"
			"DELETE FROM stage; DELETE FROM broadcast;"
			"DELETE FROM telegram; DELETE FROM event_region;"
			"DELETE FROM event");
}

static void test_series(void **state)
{
	static const struct {
		const char *name, *files[STEPS_MAX];
		const char *want;
	} rows[] = {
		{ "quick, then confirmed",
		  { "jma/quake7_VXSE51.xml", "jma/quake7_VXSE53.xml" },
		  "【地震速報】東京都など 最大震度7|"
		  "【地震情報】東京湾 M7.3 最大震度7" },
		{ "below the level", { "jma/distant_VXSE53.xml" }, "" },
		{ "raised and told again",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_correction.xml" },
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱|"
		  "【訂正】【地震情報】石川県能登地方 M5.4 最大震度5強" },
		{ "taken back",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_cancel.xml" },
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱|"
		  "【取消】【地震情報】石川県能登地方 M5.4 最大震度5弱" },
		{ "taken back, and nobody was told",
		  { "jma/ishikawa_VXSE53_cancel.xml" },
		  "" },
		{ "a tsunami, and lifted",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41.xml",
		    "jma/sanriku_VTSE41_lifted.xml" },
		  "【津波】大津波警報 岩手県、宮城県|"
		  "【解除】【津波】大津波警報 岩手県、宮城県" },
		{ "a tsunami, taken back",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41_cancel.xml" },
		  "【津波】大津波警報 岩手県、宮城県|"
		  "【取消】【津波】大津波警報 岩手県、宮城県" },
		{ "heights tell nothing new",
		  { "jma/sanriku_VTSE41.xml", "jma/offshore_VTSE52.xml" },
		  "【津波】大津波警報 岩手県、宮城県" },
		{ "a drill", { "jma/drill_VTSE41.xml" }, "" },
		{ "an exercise", { "cap/tsunami_exercise.cap" }, "" },
		{ "what is late is no news",
		  { "jma/sanriku_VTSE41.xml@-61" },
		  "" },
		{ "and the next is",
		  { "jma/sanriku_VTSE41.xml@-61", "jma/sanriku_VTSE41.xml" },
		  "【津波】大津波警報 岩手県、宮城県" },
		{ "a warning of weather is below the level",
		  { "jma/hyogo_VPWW53.xml" },
		  "" },
		{ "a special warning",
		  { "jma/hyogo_VPWW53.xml", "jma/hyogo_VPWW54_special.xml" },
		  "【気象】大雨特別警報 兵庫県" },
		{ "an advisory is as high as a tornado, and is not told",
		  { "jma/amami_VPWW61.xml" },
		  "" },
		{ "a tornado",
		  { "jma/saitama_VPHW50.xml" },
		  "【気象】竜巻注意情報 埼玉県" },
		{ "once",
		  { "jma/saitama_VPHW50.xml", "jma/saitama_VPHW50.xml" },
		  "【気象】竜巻注意情報 埼玉県" },
		{ "one that was seen",
		  { "jma/nagasaki_VPHW51.xml" },
		  "【気象】竜巻目撃情報 長崎県" },
		{ "record rain",
		  { "jma/sorachi_VPOA50.xml" },
		  "【気象】記録的短時間大雨情報 北海道" },
		{ "record rain among others of the new form",
		  { "jma/chiba_VPBS50.xml" },
		  "【気象】線状降水帯発生 千葉県" },
		{ "heavy snow of that form is another thing",
		  { "jma/chiba_VPBS50_snow.xml" },
		  "" },
		{ "an eruption while a warning stands",
		  { "jma/asama_VFVO50.xml" },
		  "【火山】浅間山 噴火警報（火口周辺） レベル３（入山規制）"
		  " 群馬県、長野県" },
		{ "a missile has no readers of its own",
		  { "cap/missile.cap" },
		  "" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		for (int n = 0; n < STEPS_MAX && rows[i].files[n] != NULL; n++)
			take(db, rows[i].files[n]);
		check_str(rows[i].name, mailed(db), rows[i].want);
		forget(db);
	}
}

static const char *text_of(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	const char *text = "";

	while (db_step(s) > 0)
		text = db_text(s, 0);
	return text;
}

/* What comes and goes while the office's event stands is news again. */
static void test_spells(void **state)
{
	struct db *db = *state;
	const char *rain = "jma/sorachi_VPOA50.xml";

	take(db, rain);
	database_do(db, "UPDATE rule_told SET at = at - INTERVAL 170 MINUTE");
	take(db, rain);
	check_int("the same rain",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"), 1);
	database_do(db, "UPDATE rule_told SET at = at - INTERVAL 11 MINUTE");
	take(db, rain);
	check_int("hours later",
		  database_int(db, "SELECT COUNT(*)"
				   "  FROM broadcast"),
		  2);
	check_int("of one event",
		  database_int(db, "SELECT COUNT(*) FROM event"), 1);
	forget(db);
	database_do(db, "UPDATE rule SET rank = 5 WHERE part = 'rain'");
	take(db, rain);
	check_str("below the rule's level", mailed(db), "");
}

static void test_mail(void **state)
{
	struct db *db = *state;
	const char *body;

	take(db, "jma/quake7_VXSE53.xml");
	check_int("one", database_int(db, "SELECT COUNT(*) FROM broadcast"), 1);
	check_str("kind", text_of(db, "SELECT kind FROM broadcast"), "info");
	check_str("goes at once", text_of(db, "SELECT state FROM broadcast"),
		  "confirmed");
	check_int("to its readers",
		  database_int(db, "SELECT expected FROM broadcast"), 4);
	check_int("no question",
		  database_int(db, "SELECT COUNT(*) FROM question"), 0);
	check_str("why", text_of(db, "SELECT why FROM broadcast"),
		  "配信条件「地震の確定情報（震度5弱以上）」の宛先です");
	body = text_of(db, "SELECT body FROM broadcast");
	assert_non_null(strstr(body, "最大震度 7"));
	assert_non_null(strstr(body, "震度7　東京都"));
	assert_non_null(strstr(body, "津波："));
	assert_null(strchr(body, '{'));
	/* Information is no check: the event still waits for a person. */
	check_str("state", text_of(db, "SELECT state FROM event"), "prepared");
}

static void test_once_or_again(void **state)
{
	struct db *db = *state;

	database_do(db, "UPDATE rule SET again = FALSE");
	take(db, "jma/hyogo_VPWW54_special.xml");
	take(db, "jma/hyogo_VPWW54_special.xml");
	check_int("once", database_int(db, "SELECT COUNT(*) FROM broadcast"),
		  1);
	forget(db);
	database_do(db, "UPDATE rule SET again = TRUE, rank = 2"
			" WHERE kind = 'weather'");
	take(db, "jma/hyogo_VPWW53.xml");
	take(db, "jma/hyogo_VPWW53.xml");
	check_int("the same level",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"), 1);
	take(db, "jma/hyogo_VPWW54_special.xml");
	check_int("a higher one",
		  database_int(db, "SELECT COUNT(*) FROM broadcast"), 2);
}

/* The special warning is lifted, and a warning stays. */
static void test_falling(void **state)
{
	struct db *db = *state;
	const char *path = "tests/data/jma/hyogo_VPWW54_special.xml";
	struct telegram_taken out;
	struct str text = { .arena = db->arena };
	const char *p, *old;
	size_t len;

	take(db, "jma/hyogo_VPWW53.xml");
	take(db, "jma/hyogo_VPWW54_special.xml");
	p = file_read(db->arena, path, &len);
	assert_non_null(p);
	/* 33 is 大雨特別警報, 03 大雨警報. */
	while ((old = strstr(p, "<Code>33<")) != NULL) {
		str_add_len(&text, p, (size_t)(old - p));
		str_add(&text, "<Code>03<");
		p = old + strlen("<Code>33<");
	}
	str_add(&text, p);
	old = strstr(str_text(&text), "<DateTime>") + strlen("<DateTime>");
	p = arena_fmt(
		db->arena, "%.*s%s%s", (int)(old - str_text(&text)),
		str_text(&text),
		time_iso(db->arena, time_now() + (int64_t)300 * TIME_SECOND),
		strchr(old, '<'));
	assert_int_equal(telegram_take(db, "command", "x", p, strlen(p),
				       time_now(), &out),
			 0);
	check_str("told", mailed(db),
		  "【気象】大雨特別警報 兵庫県|"
		  "【解除】【気象】大雨特別警報 兵庫県");
	check_str("still stands",
		  text_of(db, "SELECT kind FROM event"
			      " WHERE rank = 4"),
		  "weather");
}

/* What a rule is about: prefectures, and areas by their name. */
static void test_places(void **state)
{
	static const struct {
		const char *name, *set;
		int mails;
	} rows[] = {
		{ "one of its prefectures", "regions = '03,47'", 1 },
		{ "none of its", "regions = '47'", 0 },
		{ "one below the level", "regions = '12', rank = 5", 0 },
		{ "a coast", "areas = '東京湾内湾、岩手県'", 1 },
		{ "another coast", "areas = '瀬戸内海沿岸'", 0 },
		{ "switched off", "active = FALSE", 0 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db,
			    "UPDATE rule SET regions = '', areas = '',"
			    "       rank = 2, active = TRUE"
			    " WHERE kind = 'tsunami' AND action = 'inform'");
		database_do(db, arena_fmt(db->arena,
					  "UPDATE rule SET %s"
					  " WHERE kind = 'tsunami'"
					  "   AND action = 'inform'",
					  rows[i].set));
		take(db, "jma/sanriku_VTSE41.xml");
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM broadcast"),
			  rows[i].mails);
		forget(db);
	}
}

/* The people of the regions, by what they registered them for. */
static void test_people_of_regions(void **state)
{
	static const struct {
		const char *purposes;
		int people;
	} rows[] = {
		{ "work,home", 4 },
		{ "work", 3 },
		{ "home", 1 },
		{ "family", 1 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db,
			    arena_fmt(db->arena,
				      "UPDATE rule SET audience = 'regions',"
				      "       purposes = '%s', rank = 1"
				      " WHERE kind = 'weather'",
				      rows[i].purposes));
		/* 13 is Tokyo. */
		database_do(db, "UPDATE user_region SET region = '28'"
				" WHERE region LIKE '13%'");
		take(db, "jma/hyogo_VPWW53.xml");
		check_int(rows[i].purposes,
			  database_int(db, "SELECT expected FROM broadcast"),
			  rows[i].people);
		forget(db);
	}
}

static void test_quiet_hours(void **state)
{
	struct db *db = *state;

	database_do(db, "INSERT INTO setting VALUES ('quiet.from', '00:00'),"
			" ('quiet.to', '23:59');"
			"UPDATE rule SET quiet = TRUE");
	take(db, "jma/sanriku_VTSE41.xml");
	check_str("waits", text_of(db, "SELECT state FROM broadcast"),
		  "scheduled");
}

/* What rules made and what became of each, in order: "subject (state)". */
static const char *became(struct db *db)
{
	static const char sql[] = "SELECT subject, state"
				  "  FROM broadcast"
				  " WHERE rule IS NOT NULL"
				  " ORDER BY id";
	struct str out = { .arena = db->arena };
	struct stmt *s = db_prepare(db, sql);

	while (db_step(s) > 0)
		str_fmt(&out, "%s%s (%s)", out.len == 0 ? "" : "|",
			db_text(s, 0), db_text(s, 1));
	return str_text(&out);
}

/* The first steps by day, the others at night. */
static void test_overtaken_at_night(void **state)
{
	static const struct {
		const char *name, *files[STEPS_MAX];
		int by_day;
		const char *want;
	} rows[] = {
		{ "taken back, and nobody had heard",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_cancel.xml" },
		  0,
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱 (cancelled)" },
		{ "taken back, and they had heard by day",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_cancel.xml" },
		  1,
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱 (confirmed)|"
		  "【取消】【地震情報】石川県能登地方 M5.4 最大震度5弱"
		  " (confirmed)" },
		{ "a correction takes the place of what waits",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_correction.xml" },
		  0,
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱 (cancelled)|"
		  "【地震情報】石川県能登地方 M5.4 最大震度5強 (scheduled)" },
		{ "and is taken back in its turn",
		  { "jma/ishikawa_VXSE53.xml",
		    "jma/ishikawa_VXSE53_correction.xml",
		    "jma/ishikawa_VXSE53_cancel.xml" },
		  0,
		  "【地震情報】石川県能登地方 M5.4 最大震度5弱 (cancelled)|"
		  "【地震情報】石川県能登地方 M5.4 最大震度5強 (cancelled)" },
		{ "lifted, and nobody had heard",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41_lifted.xml" },
		  0,
		  "【津波】大津波警報 岩手県、宮城県 (cancelled)" },
		{ "and is news when it comes again",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41_cancel.xml",
		    "jma/sanriku_VTSE41.xml" },
		  0,
		  "【津波】大津波警報 岩手県、宮城県 (cancelled)|"
		  "【津波】大津波警報 岩手県、宮城県 (scheduled)" },
		{ "it rises, and the newest leaves",
		  { "jma/hyogo_VPWW53.xml", "jma/hyogo_VPWW54_special.xml" },
		  0,
		  "【気象】レベル４大雨危険警報 兵庫県 (cancelled)|"
		  "【気象】大雨特別警報 兵庫県 (scheduled)" },
		{ "it rose after they had heard",
		  { "jma/hyogo_VPWW53.xml", "jma/hyogo_VPWW54_special.xml",
		    "jma/hyogo_VPWW54_special.xml" },
		  1,
		  "【気象】レベル４大雨危険警報 兵庫県 (confirmed)|"
		  "【気象】大雨特別警報 兵庫県 (scheduled)" },
	};
	struct db *db = *state;

	database_do(db, "INSERT INTO setting VALUES ('quiet.from', '00:00'),"
			" ('quiet.to', '23:59');"
			"UPDATE rule SET again = TRUE;"
			"UPDATE rule SET rank = 2 WHERE kind = 'weather'");
	for (size_t i = 0; i < LEN(rows); i++) {
		for (int n = 0; n < STEPS_MAX && rows[i].files[n] != NULL;
		     n++) {
			database_do(db, n < rows[i].by_day
						? "UPDATE rule"
						  "   SET quiet = FALSE"
						: "UPDATE rule"
						  "   SET quiet = TRUE");
			take(db, rows[i].files[n]);
		}
		check_str(rows[i].name, became(db), rows[i].want);
		forget(db);
	}
}

/* Someone stopped it by hand: there is nothing to take back. */
static void test_stopped_at_night(void **state)
{
	struct db *db = *state;

	database_do(db, "INSERT INTO setting VALUES ('quiet.from', '00:00'),"
			" ('quiet.to', '23:59');"
			"UPDATE rule SET quiet = TRUE");
	take(db, "jma/sanriku_VTSE41.xml");
	check_int("stopped",
		  broadcast_cancel(db, 0, NULL,
				   database_int(db, "SELECT id"
						    "  FROM broadcast")),
		  1);
	take(db, "jma/sanriku_VTSE41_cancel.xml");
	check_str("nothing more", became(db),
		  "【津波】大津波警報 岩手県、宮城県 (cancelled)");
}

static void test_pages(void **state)
{
	struct db *db = *state;

	database_do(db, "UPDATE account SET role = 'operator', user = 9001"
			" WHERE id = 900;"
			"UPDATE rule SET active = FALSE"
			" WHERE action = 'inform'");
	take(db, "jma/quake7_VXSE53.xml");
	check_str("to the one on duty", mailed(db),
		  "【判断待ち】東京湾 M7.3 最大震度7");
	check_int("alone", database_int(db, "SELECT expected FROM broadcast"),
		  1);
	/* A rule that pages others leaves the duty list to the check. */
	forget(db);
	database_do(db, "INSERT INTO rule_target (rule, kind, item)"
			" SELECT id, 'group', 910 FROM rule"
			"  WHERE action = 'page';"
			"UPDATE rule SET audience = 'chosen'"
			" WHERE action = 'page'");
	take(db, "jma/quake7_VXSE53.xml");
	check_int("a mail of each",
		  database_int(db, "SELECT COUNT(*)"
				   "  FROM broadcast"),
		  2);
	check_int("the one on duty was paged by the check's",
		  database_int(db, "SELECT COUNT(*) FROM paged p"
				   "  JOIN broadcast b ON b.id = p.broadcast"
				   " WHERE b.rule IS NULL"
				   "   AND p.account = 900"),
		  1);
}

static void test_regions_words(void **state)
{
	struct db *db = *state;
	int ranks[RULE_PREFECTURES + 1] = { [15] = 6, [16] = 6, [17] = 8 };
	const char *levels[RULE_PREFECTURES + 1] = {
		[15] = "震度5強", [16] = "震度5強", [17] = "震度6強"
	};

	check_str("regions", inform_regions(db->arena, ranks, levels),
		  "震度6強　石川県\n震度5強　新潟県、富山県");
	check_str("places", inform_places(db->arena, ranks), "石川県");
	ranks[17] = 0;
	check_str("several", inform_places(db->arena, ranks), "新潟県、富山県");
	ranks[15] = ranks[16] = 0;
	check_str("none", inform_regions(db->arena, ranks, levels), "");
	check_str("nowhere", inform_places(db->arena, ranks), "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_series),	     TEST(test_mail),
		TEST(test_once_or_again),    TEST(test_places),
		TEST(test_falling),	     TEST(test_people_of_regions),
		TEST(test_quiet_hours),	     TEST(test_overtaken_at_night),
		TEST(test_stopped_at_night), TEST(test_pages),
		TEST(test_regions_words),    TEST(test_spells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
