#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "file.h"
#include "model/audit.h"
#include "model/event.h"
#include "model/hazard_event.h"
#include "model/telegram.h"

enum { STEPS_MAX = 5 };

static const struct audit duty = { .actor = "test" };

static const char *read_file(struct db *db, const char *path, size_t *len)
{
	const char *bytes = file_read(
		db->arena, arena_fmt(db->arena, "tests/data/%s", path), len);

	if (bytes == NULL)
		fail_msg("%s cannot be read", path);
	return bytes;
}

static struct telegram_taken take_bytes(struct db *db, const char *name,
					const char *bytes, size_t len)
{
	struct telegram_taken out;

	assert_int_equal(telegram_take(db, "command", name, bytes, len,
				       time_now(), &out),
			 0);
	return out;
}

static struct telegram_taken take(struct db *db, const char *path)
{
	size_t len;
	const char *bytes = read_file(db, path, &len);

	return take_bytes(db, path, bytes, len);
}

/* The fixture with one text in place of another. */
static struct telegram_taken take_with(struct db *db, const char *path,
				       const char *old, const char *new)
{
	size_t len;
	const char *text = read_file(db, path, &len);
	struct str out = { .arena = db->arena };
	const char *p;

	while ((p = strstr(text, old)) != NULL) {
		str_add_len(&out, text, (size_t)(p - text));
		str_add(&out, new);
		text = p + strlen(old);
	}
	str_add(&out, text);
	return take_bytes(db, path, str_text(&out), strlen(str_text(&out)));
}

static void forget(struct db *db)
{
	database_do(db, "DELETE FROM telegram; DELETE FROM event_region;"
			"DELETE FROM event; DELETE FROM stage");
}

/* "tsunami recorded 5 大津波警報 03=大津波警報 ended": what an event became. */
static const char *event_line(struct db *db, int64_t id)
{
	struct str s = { .arena = db->arena };
	struct event_region *r;
	struct event e;

	assert_int_equal(event_find(db, id, &e), 1);
	assert_int_equal(event_regions(db, id, &r), 0);
	str_fmt(&s, "%s%s %s %d %s", e.drill ? "drill " : "", e.kind, e.state,
		e.rank, *e.max_level == '\0' ? "-" : e.max_level);
	for (int n = 0; r != NULL && n < 3; r = r->next, n++)
		str_fmt(&s, " %s=%s", r->code, r->rank > 0 ? r->level : "-");
	if (e.ends_at != 0)
		str_add(&s, e.ends_at == e.told_at ? " ended" : " ends");
	return str_text(&s);
}

/* One telegram, into an empty database. */
static void test_one(void **state)
{
	static const struct {
		const char *path, *want, *title;
	} rows[] = {
		{ "jma/sanriku_VTSE41.xml",
		  "tsunami recorded 5 大津波警報 03=大津波警報 04=大津波警報 "
		  "12=津波警報",
		  "【津波】大津波警報 岩手県、宮城県" },
		{ "jma/sanriku_VTSE41_lifted.xml", "tsunami recorded 0 - ended",
		  "【解除】【津波】津波警報・津波注意報を解除しました" },
		{ "jma/sanriku_VTSE41_cancel.xml",
		  "tsunami cancelled 0 - ended",
		  "【取消】大津波警報・津波警報・津波注意報・津波予報" },
		{ "jma/forecast_VTSE41.xml",
		  "tsunami recorded 1 津波予報（若干の海面変動） "
		  "39=津波予報（若干の海面変動） ends",
		  "【津波】津波予報（若干の海面変動） 高知県" },
		{ "jma/drill_VTSE41.xml",
		  "drill tsunami recorded 2 津波注意報 16=津波注意報",
		  "【津波】津波注意報 富山県" },
		{ "jma/two_VTSE51.xml",
		  "tsunami recorded 5 大津波警報 03=大津波警報",
		  "【津波】大津波警報 岩手県" },
		{ "jma/offshore_VTSE52.xml",
		  "tsunami recorded 1 沖合観測 03=沖合観測",
		  "【津波】沖合観測 岩手県" },
		{ "jma/hyogo_VPWW53.xml",
		  "weather recorded 4 レベル４大雨危険警報 "
		  "28=レベル４大雨危険警報",
		  "【気象】レベル４大雨危険警報 兵庫県" },
		{ "jma/hyogo_VPWW54_special.xml",
		  "weather recorded 5 大雨特別警報 28=大雨特別警報",
		  "【気象】大雨特別警報 兵庫県" },
		{ "jma/hyogo_VPWW53_none.xml", "weather recorded 0 - ended",
		  "【解除】【気象】兵庫県気象警報・注意報" },
		{ "jma/shimane_VPWW56.xml",
		  "landslide recorded 4 レベル４土砂災害危険警報 "
		  "32=レベル４土砂災害危険警報",
		  "【土砂災害】レベル４土砂災害危険警報 島根県" },
		{ "jma/kanagawa_VXWW50.xml",
		  "landslide recorded 4 レベル４土砂災害危険警報 "
		  "14=レベル４土砂災害危険警報",
		  "【土砂災害】レベル４土砂災害危険警報 神奈川県" },
		{ "jma/saitama_VPHW50.xml",
		  "weather recorded 2 竜巻注意情報 11=竜巻注意情報 ends",
		  "【気象】竜巻注意情報 埼玉県" },
		{ "jma/sorachi_VPOA50.xml",
		  "weather recorded 4 記録的短時間大雨情報 "
		  "01=記録的短時間大雨情報 ends",
		  "【気象】記録的短時間大雨情報 北海道" },
		{ "jma/asama_VFVO50.xml",
		  "volcano recorded 3 レベル３（入山規制） "
		  "10=レベル３（入山規制） 20=レベル３（入山規制）",
		  "【火山】浅間山 噴火警報（火口周辺） レベル３（入山規制） "
		  "群馬県、長野県" },
		{ "jma/ontake_VFVO56.xml",
		  "volcano recorded 4 噴火 20=噴火 21=噴火",
		  "【火山】御嶽山 噴火速報 噴火 長野県、岐阜県" },
		{ "jma/all_VFVO51.xml",
		  "volcano recorded 1 レベル５（避難） 13=入山危険 "
		  "46=レベル５（避難）",
		  "【火山】全国の活火山 火山の状況に関する解説情報 "
		  "レベル５（避難） 鹿児島県" },
		{ "jma/tone_VXKO_level5.xml",
		  "flood recorded 5 レベル５氾濫特別警報（氾濫水の予報） "
		  "08=レベル５氾濫特別警報（氾濫水の予報） "
		  "11=レベル５氾濫特別警報（氾濫水の予報） "
		  "12=レベル５氾濫特別警報（氾濫水の予報）",
		  "【洪水】レベル５氾濫特別警報（氾濫水の予報） "
		  "茨城県、埼玉県、千葉県" },
		{ "jma/kita_VPTW60.xml",
		  "typhoon recorded 1 大型で非常に強い台風",
		  "【台風】大型で非常に強い台風" },
		{ "jma/nankai_guard_VYSE50.xml",
		  "other recorded 3 巨大地震警戒 01=巨大地震警戒 "
		  "02=巨大地震警戒 03=巨大地震警戒",
		  "南海トラフ地震臨時情報（巨大地震警戒）" },
		{ "cap/missile.cap",
		  "missile prepared 5 弾道ミサイル 02=弾道ミサイル ends",
		  "【ミサイル】弾道ミサイル 青森県" },
		{ "cap/tsunami_exercise.cap",
		  "drill tsunami recorded 5 大津波警報 03=大津波警報 ends",
		  "【津波】大津波警報 岩手県" },
		{ "cap/rain_two_languages.cap",
		  "weather recorded 5 大雨特別警報 01=大雨特別警報 ends",
		  "【気象】大雨特別警報 北海道" },
		{ "cap/draft.cap", NULL, NULL },
		{ "cap/ack.cap", NULL, NULL },
		{ "jalert/evacuate.txt",
		  "missile prepared 5 ミサイル落下のおそれ（直ちに避難） "
		  "01=ミサイル落下のおそれ（直ちに避難）",
		  "【ミサイル】ミサイル落下のおそれ（直ちに避難） 北海道" },
		{ "jalert/launch.txt",
		  "missile prepared 5 ミサイル発射 01=ミサイル発射 "
		  "02=ミサイル発射",
		  "【ミサイル】ミサイル発射 北海道、青森県" },
		{ "jalert/passed.txt",
		  "missile recorded 1 ミサイル通過 01=ミサイル通過 "
		  "02=ミサイル通過",
		  "【ミサイル】ミサイル通過 北海道、青森県" },
		{ "jalert/sea.txt",
		  "missile recorded 1 ミサイル海上に落下 01=ミサイル海上に落下",
		  "【ミサイル】ミサイル海上に落下 北海道" },
		{ "jalert/cancel.txt", "missile cancelled 0 - ended",
		  "【取消】国民保護情報" },
		{ "jalert/drill_cp932.txt",
		  "drill missile recorded 5 ミサイル落下 01=ミサイル落下 "
		  "02=ミサイル落下 03=ミサイル落下",
		  "【ミサイル】ミサイル落下 東京都" },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct telegram_taken t = take(db, rows[i].path);
		struct event e;

		check_int(rows[i].path, t.event != 0, rows[i].want != NULL);
		if (t.event != 0) {
			check_str(rows[i].path, event_line(db, t.event),
				  rows[i].want);
			assert_int_equal(event_find(db, t.event, &e), 1);
			check_str(rows[i].path, e.title, rows[i].title);
		}
		forget(db);
	}
}

/* Several telegrams of one event, one after the other; a path may end in
 * "@2026-05-09T19:40:00Z", the moment at which it is issued instead. */
static struct telegram_taken take_at(struct db *db, const char *path)
{
	const char *at = strchr(path, '@'), *begin;
	const char *text, *old;
	size_t len;

	if (at == NULL)
		return take(db, path);
	path = arena_strndup(db->arena, path, (size_t)(at - path));
	text = read_file(db, path, &len);
	begin = strstr(text, "<DateTime>");
	assert_non_null(begin);
	old = arena_strndup(db->arena, begin, strcspn(begin, "/"));
	return take_with(db, path, old,
			 arena_fmt(db->arena, "<DateTime>%s<", at + 1));
}

static void test_series(void **state)
{
	static const struct {
		const char *name, *files[STEPS_MAX];
		const char *want;
		int events;
	} rows[] = {
		{ "lifted",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41_lifted.xml" },
		  "tsunami recorded 0 - 01=- 03=- 04=- ended",
		  1 },
		{ "lifted, and read in the other order",
		  { "jma/sanriku_VTSE41_lifted.xml", "jma/sanriku_VTSE41.xml" },
		  "tsunami recorded 0 - ended",
		  1 },
		{ "cancelled",
		  { "jma/sanriku_VTSE41.xml", "jma/sanriku_VTSE41_cancel.xml" },
		  "tsunami cancelled 0 - ended",
		  1 },
		{ "the cancel came first",
		  { "jma/sanriku_VTSE41_cancel.xml", "jma/sanriku_VTSE41.xml" },
		  "tsunami cancelled 0 - ended",
		  1 },
		{ "heights raise nothing",
		  { "jma/sanriku_VTSE41.xml",
		    "jma/offshore_VTSE52.xml@2026-05-09T19:40:00Z" },
		  "tsunami recorded 5 大津波警報 03=大津波警報 04=大津波警報"
		  " 12=津波警報",
		  1 },
		{ "warnings of one office stand beside each other",
		  { "jma/hyogo_VPWW53.xml", "jma/hyogo_VPWW54_special.xml" },
		  "weather recorded 5 大雨特別警報 28=大雨特別警報",
		  1 },
		{ "one of them is lifted, the other stands",
		  { "jma/hyogo_VPWW53.xml", "jma/hyogo_VPWW54_special.xml",
		    "jma/hyogo_VPWW53_none.xml@2026-06-10T04:00:00Z" },
		  "weather recorded 5 大雨特別警報 28=大雨特別警報",
		  1 },
		{ "the other way round",
		  { "jma/hyogo_VPWW54_special.xml",
		    "jma/hyogo_VPWW53_none.xml@2026-06-10T04:00:00Z",
		    "jma/hyogo_VPWW53.xml" },
		  "weather recorded 5 大雨特別警報 28=大雨特別警報",
		  1 },
		{ "a level of a volcano is lowered",
		  { "jma/asama_VFVO50.xml", "jma/asama_VFVO50_lifted.xml" },
		  "volcano recorded 0 - 10=- 20=- ended",
		  1 },
		{ "the same volcano again is another event",
		  { "jma/asama_VFVO50.xml", "jma/asama_VFVO50_lifted.xml",
		    "jma/asama_VFVO50.xml@2026-08-01T00:00:00Z" },
		  "volcano recorded 3 レベル３（入山規制）"
		  " 10=レベル３（入山規制） 20=レベル３（入山規制）",
		  2 },
		{ "an eruption is taken back",
		  { "jma/sakurajima_VFVO52.xml",
		    "jma/sakurajima_VFVO52_cancel.xml" },
		  "volcano cancelled 0 - ended",
		  1 },
		{ "missile: launch and where to shelter",
		  { "jalert/launch.txt", "jalert/evacuate.txt" },
		  "missile prepared 5 ミサイル落下のおそれ（直ちに避難）"
		  " 01=ミサイル発射 02=ミサイル発射",
		  1 },
		{ "missile: one message was wrong",
		  { "jalert/launch.txt", "jalert/evacuate.txt",
		    "jalert/cancel.txt" },
		  "missile prepared 5 ミサイル発射 01=ミサイル発射"
		  " 02=ミサイル発射",
		  1 },
		{ "missile: no need to shelter, and the check still waits",
		  { "jalert/launch.txt", "jalert/not_coming.txt" },
		  "missile prepared 0 - 01=- 02=- ended",
		  1 },
		{ "CAP: an update",
		  { "cap/rain_two_languages.cap", "cap/rain_update.cap" },
		  "weather recorded 3 大雨警報 01=大雨警報 ends",
		  1 },
		{ "CAP: a cancel that has no kind",
		  { "cap/rain_two_languages.cap", "cap/rain_cancel.cap" },
		  "weather cancelled 0 - ended",
		  1 },
		{ "a drill is another event",
		  { "jma/sanriku_VTSE41.xml", "jma/drill_VTSE41.xml" },
		  "drill tsunami recorded 2 津波注意報 16=津波注意報",
		  2 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct telegram_taken taken = { 0 };

		for (int n = 0; n < STEPS_MAX && rows[i].files[n] != NULL; n++)
			taken = take_at(db, rows[i].files[n]);
		check_str(rows[i].name, event_line(db, taken.event),
			  rows[i].want);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM event"),
			  rows[i].events);
		forget(db);
	}
}

/* What is valid for an hour has ended then, also if nothing says so. */
static void test_another_after_the_first_is_over(void **state)
{
	struct db *db = *state;
	const char *path = "jma/saitama_VPHW50.xml";
	int64_t first = take(db, path).event;
	int64_t next = take_with(db, path, "2026-06-10", "2026-06-11").event;

	assert_int_not_equal(first, next);
	check_str("first", event_line(db, first),
		  "weather closed 2 竜巻注意情報 11=竜巻注意情報 ends");
	check_str("next", event_line(db, next),
		  "weather recorded 2 竜巻注意情報 11=竜巻注意情報 ends");
}

/* Of a day, without the name of an incident: the second launch is asked of
 * again, though the first was sent and never lifted. */
static void test_another_missile(void **state)
{
	static const struct {
		const char *name, *file, *sent;
		bool another;
	} rows[] = {
		{ "soon after", "jalert/launch.txt", "08:20", false },
		{ "hours later", "jalert/launch.txt", "09:05", true },
		{ "lifted late", "jalert/not_coming.txt", "09:05", false },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t first = take(db, "jalert/launch.txt").event, next;
		const char *text;
		size_t len;

		database_do(db, "UPDATE event SET state = 'sent'");
		text = read_file(db, rows[i].file, &len);
		next = take_with(db, rows[i].file,
				 strstr(text, "T08:10:00") ? "T08:10:00"
							   : "T07:27:00",
				 arena_fmt(db->arena, "T%s:00", rows[i].sent))
			       .event;
		check_int(rows[i].name, next != first, rows[i].another);
		check_int(rows[i].name,
			  database_int(db, "SELECT COUNT(*) FROM event"
					   " WHERE state = 'prepared'"),
			  rows[i].another);
		forget(db);
	}
}

/* A tsunami of two quakes has both keys. */
static void test_other_keys(void **state)
{
	struct db *db = *state;
	struct telegram_taken first = take(db, "jma/sanriku_VTSE41.xml");
	struct telegram_taken both = take_with(
		db, "jma/sanriku_VTSE41.xml", "<EventID>20260510042133",
		"<EventID>20260510050000 20260510042133");
	struct telegram_taken second =
		take_with(db, "jma/offshore_VTSE52.xml",
			  "<EventID>20260510042133", "<EventID>20260510050000");

	check_int("the same event", both.event, first.event);
	check_int("by its other key", second.event, first.event);
}

static void test_closed_event_gives_its_key_up(void **state)
{
	struct db *db = *state;
	struct telegram_taken first = take(db, "jma/asama_VFVO50.xml"), next;
	struct telegram_taken late;
	struct event e;

	check_int("closed", event_close(db, &duty, first.event), 1);
	check_int("once", event_close(db, &duty, first.event), 0);
	check_int("none", event_close(db, &duty, first.event + 1000), 0);
	assert_int_equal(event_find(db, first.event, &e), 1);
	check_str("state", e.state, "closed");
	late = take_at(db, "jma/asama_VFVO50.xml@2026-06-01T00:00:00Z");
	check_int("late", late.outcome, TELEGRAM_STORED);
	check_int("stays with it", late.event, first.event);
	next = take_at(db, "jma/asama_VFVO50.xml@2026-08-01T00:00:00Z");
	assert_int_not_equal(next.event, first.event);
	check_int("audit",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'event close'"),
		  1);
	late = take(db, "jma/asama_VFVO50.xml");
	check_int("the same bytes make nothing", late.outcome,
		  TELEGRAM_DUPLICATE);
	check_int("events", database_int(db, "SELECT COUNT(*) FROM event"), 2);
}

static void test_closing_by_age(void **state)
{
	struct db *db = *state;
	const int64_t now = time_now(), day = (int64_t)86400 * TIME_SECOND;
	int64_t ended = take(db, "jma/sanriku_VTSE41_lifted.xml").event;
	int64_t waits = take(db, "cap/missile.cap").event;
	int64_t stands = take(db, "jma/asama_VFVO50.xml").event;
	struct event e;

	check_int("not at once", event_close_old(db, now, 720), 0);
	check_int("the ended one", event_close_old(db, now + 2 * day, 720), 1);
	assert_int_equal(event_find(db, ended, &e), 1);
	check_str("closed", e.state, "closed");
	check_int("the quiet one", event_close_old(db, now + 31 * day, 720), 1);
	assert_int_equal(event_find(db, stands, &e), 1);
	check_str("closed", e.state, "closed");
	assert_int_equal(event_find(db, waits, &e), 1);
	check_str("a check that waits stays", e.state, "prepared");
}

static void test_future_is_refused(void **state)
{
	struct db *db = *state;
	const char *path = "jma/sanriku_VTSE41.xml@2099-05-09T19:24:11Z";
	struct telegram_taken t = take_at(db, path);

	check_int("kept", t.telegram > 0, 1);
	check_int("refused", t.outcome, TELEGRAM_REFUSED);
	check_str("why", t.reason, "dated more than a day in the future");
	check_int("later ones count",
		  take(db, "jma/sanriku_VTSE41.xml").outcome, TELEGRAM_APPLIED);
}

static void test_parts(void **state)
{
	struct db *db = *state;
	int64_t event = take(db, "jma/hyogo_VPWW53.xml").event;
	struct hazard_part *p;

	take(db, "jma/hyogo_VPWW54_special.xml");
	assert_int_equal(hazard_event_parts(db, event, &p), 0);
	assert_non_null(p);
	assert_non_null(p->next);
	assert_null(p->next->next);
	assert_true(p->stands && p->next->stands);
	check_str("in order", p->hazard.telegram.type, "VPWW53");
	check_int("none", hazard_event_parts(db, event + 1000, &p), 0);
	assert_null(p);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_one),
		TEST(test_series),
		TEST(test_another_after_the_first_is_over),
		TEST(test_another_missile),
		TEST(test_other_keys),
		TEST(test_closed_event_gives_its_key_up),
		TEST(test_closing_by_age),
		TEST(test_future_is_refused),
		TEST(test_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
