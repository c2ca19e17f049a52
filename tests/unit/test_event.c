#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/event.h"

enum { SENT = 901, WAITING, RAISED, RECORDED, NOBODY };

static void make_events(struct db *db)
{
	database_do(
		db,
		"INSERT INTO account (id, login, name, role, password_hash)"
		" VALUES (900, 't900', '当直 一', 'operator', ''),"
		"        (901, 't901', '当直 二', 'operator', '');"
		"INSERT INTO session (digest, account, csrf, made_at, seen_at)"
		" VALUES (REPEAT('a', 32), 900, REPEAT('c', 16), NOW(), NOW()),"
		"        (REPEAT('b', 32), 901, REPEAT('c', 16), NOW(), NOW());"
		"INSERT INTO event (id, kind, event_key, state, title,"
		"  occurred_at, depth_km, max_level, decided_by, decided_at,"
		"  reason, made_at) VALUES"
		" (901, 'quake', 'k1', 'sent', '一', '2026-01-01', 0, '6+',"
		"  900, '2026-01-01 00:05:00', '', '2026-01-01 00:01:00'),"
		" (902, 'quake', 'k2', 'prepared', '二', NULL, NULL, '7', NULL,"
		"  NULL, '', '2026-01-01 00:02:00'),"
		" (903, 'quake', 'k3', 'rejected', '三', NULL, 10, '5+', 900,"
		"  '2026-01-01 00:06:00', '誤報', '2026-01-01 00:03:00'),"
		" (904, 'quake', 'k4', 'recorded', '四', NULL, 10, '3', NULL,"
		"  NULL, '', '2026-01-01 00:04:00');"
		"INSERT INTO event_region (event, region, name, level, rank,"
		"  decided_rank) VALUES"
		" (901, '17', '石川県', '6+', 8, 8),"
		" (901, '16', '富山県', '5+', 6, 6),"
		" (901, '15', '新潟県', '5+', 6, 6),"
		" (903, '13', '東京都', '5+', 6, 5)");
}

static void test_find(void **state)
{
	struct db *db = *state;
	struct event e;

	make_events(db);
	check_int("found", event_find(db, SENT, &e), 1);
	check_str("kind", e.kind, "quake");
	check_str("state", e.state, "sent");
	check_str("who decided", e.decided_by, "当直 一");
	check_int("very shallow", e.depth_km, 0);
	check_int("when", e.occurred_at, INT64_C(1767225600) * TIME_SECOND);
	check_int("found", event_find(db, WAITING, &e), 1);
	check_int("depth not known", e.depth_km, -1);
	check_int("time not known", e.occurred_at, 0);
	check_str("nobody decided", e.decided_by, "");
	check_int("none", event_find(db, NOBODY, &e), 0);
}

static void test_list(void **state)
{
	struct db *db = *state;
	static const struct {
		const char *name;
		struct event_filter filter;
		int64_t first, count;
	} rows[] = {
		{ "all, newest first", { 0 }, RECORDED, 4 },
		{ "one state", { .state = "sent" }, SENT, 1 },
		{ "none of a state", { .state = "folded" }, 0, 0 },
		{ "prepared, or raised since the decision",
		  { .waiting = true },
		  RAISED,
		  2 },
		{ "older ones", { .before = RAISED }, WAITING, 2 },
		{ "some", { .most = 1 }, RECORDED, 1 },
	};

	make_events(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct event *list;
		int64_t n = 0;

		check_int(rows[i].name, event_list(db, &rows[i].filter, &list),
			  0);
		check_int(rows[i].name, list == NULL ? 0 : list->id,
			  rows[i].first);
		for (; list != NULL; list = list->next)
			n++;
		check_int(rows[i].name, n, rows[i].count);
	}
	check_int("counted without paging",
		  event_count(db, &(struct event_filter){ .before = RAISED,
							  .most = 1 }),
		  4);
	check_int("counted",
		  event_count(db, &(struct event_filter){ .waiting = true }),
		  2);
}

static void test_regions(void **state)
{
	struct db *db = *state;
	struct event_region *r;

	make_events(db);
	check_int("some", event_regions(db, SENT, &r), 0);
	check_str("strongest first", r->code, "17");
	check_str("level", r->level, "6+");
	check_str("then by code", r->next->code, "15");
	check_str("then by code", r->next->next->code, "16");
	assert_null(r->next->next->next);
	check_int("none", event_regions(db, WAITING, &r), 0);
	assert_null(r);
}

static void test_revised(void **state)
{
	struct db *db = *state;
	static const char *const order[] = { "14", "08", "20", "10", "22" };
	struct event_region *r;

	make_events(db);
	database_do(db, "INSERT INTO event_region (event, region, name, level,"
			"  rank, decided_rank) VALUES"
			" (902, '08', '茨城県', '3', 3, 0),"
			" (902, '10', '群馬県', '2', 2, 3),"
			" (902, '13', '東京都', '7', 9, 9),"
			" (902, '14', '神奈川県', '6-', 7, 6),"
			" (902, '20', '長野県', '3', 3, 0),"
			" (902, '22', '静岡県', '2', 2, 0)");
	check_int("some", event_revised(db, WAITING, &r), 0);
	for (size_t i = 0; i < LEN(order); i++, r = r->next) {
		assert_non_null(r);
		check_str("strongest first, the same way together", r->code,
			  order[i]);
	}
	assert_null(r);
	check_int("none", event_revised(db, SENT, &r), 0);
	assert_null(r);
}

static void test_under_and_mails(void **state)
{
	struct db *db = *state;
	struct event_mail *m;
	struct event *e;

	make_events(db);
	database_do(db, "UPDATE event SET parent = 901 WHERE id IN (902, 904);"
			"INSERT INTO broadcast (id, event, kind, subject, body,"
			"       state, rule, made_at) VALUES"
			" (989, 901, 'info', '', '', 'sent', 1, NOW()),"
			" (990, 901, 'safety', '', '', 'sent', NULL, NOW()),"
			" (991, 901, 'safety', '', '', 'sent', NULL, NOW()),"
			" (992, 902, 'info', '', '', 'sent', 1, NOW())");
	assert_int_equal(event_children(db, SENT, &e), 0);
	assert_non_null(e);
	assert_non_null(e->next);
	assert_null(e->next->next);
	assert_int_equal(event_mails(db, SENT, &m), 0);
	check_int("information", m->broadcast, 989);
	assert_true(m->by_rule);
	check_int("a check", m->next->broadcast, 990);
	assert_false(m->next->by_rule);
	assert_null(m->next->next->next);
	check_int("the first check", event_first_check(db, SENT), 990);
	check_int("information is none", event_first_check(db, 902), 0);
	check_str("kind", event_kind_show("volcano"), "火山");
	check_str("no kind", event_kind_show("x"), "");
}

/* A closed event waits again only by a telegram since. */
static void test_closed_and_raised(void **state)
{
	static const struct event_filter waiting = { .waiting = true };
	struct db *db = *state;

	make_events(db);
	database_do(db, "UPDATE event SET state = 'closed', closed_at = NOW(),"
			"       told_at = NOW() - INTERVAL 1 HOUR"
			" WHERE id IN (902, 903)");
	check_int("none", event_count(db, &waiting), 0);
	database_do(db, "UPDATE event SET told_at = NOW() + INTERVAL 1 HOUR"
			" WHERE id = 903");
	check_int("raised", event_count(db, &waiting), 1);
	database_do(db, "UPDATE event SET closed_at = NOW() - INTERVAL 9 DAY");
	check_int("long ago", event_count(db, &waiting), 0);
}

static void test_watchers(void **state)
{
	struct db *db = *state;
	const int64_t now = time_now();
	const char *names;

	make_events(db);
	check_int("nobody", event_watchers(db, WAITING, 900, now, &names), 0);
	check_str("nobody", names, "");
	check_int("looks", event_look(db, WAITING, 900, now), 0);
	check_int("oneself", event_watchers(db, WAITING, 900, now, &names), 0);
	check_str("oneself is no other", names, "");
	check_int("another", event_watchers(db, WAITING, 901, now, &names), 0);
	check_str("another sees who and since when", names,
		  arena_fmt(db->arena, "当直 一さん（%s から）",
			    time_show_clock(db->arena, now)));
	check_int("looks on", event_look(db, WAITING, 900, now + TIME_MINUTE),
		  0);
	event_watchers(db, WAITING, 901, now + TIME_MINUTE, &names);
	check_str("since then still", names,
		  arena_fmt(db->arena, "当直 一さん（%s から）",
			    time_show_clock(db->arena, now)));
	check_int("comes back",
		  event_look(db, WAITING, 900, now + 5 * TIME_MINUTE), 0);
	event_watchers(db, WAITING, 901, now + 5 * TIME_MINUTE, &names);
	check_str("since he came back", names,
		  arena_fmt(db->arena, "当直 一さん（%s から）",
			    time_show_clock(db->arena, now + 5 * TIME_MINUTE)));
	check_int("elsewhere", event_watchers(db, SENT, 901, now, &names), 0);
	check_str("elsewhere", names, "");
	check_int("later",
		  event_watchers(db, WAITING, 901,
				 now + 5 * TIME_MINUTE +
					 (EVENT_LOOK_S + 1) * TIME_SECOND,
				 &names),
		  0);
	check_str("no longer", names, "");
}

static void test_tsunami(void **state)
{
	struct db *db = *state;
	struct event_warned *w;
	int64_t now;

	database_do(
		db,
		"INSERT INTO event (id, kind, event_key, state, title, drill,"
		"  ends_at, made_at) VALUES"
		" (901, 'tsunami', 'a', 'sent', '', 0, NULL, NOW()),"
		" (902, 'tsunami', 'b', 'recorded', '', 0, '2026-01-02',"
		"  NOW()),"
		" (903, 'tsunami', 'c', 'recorded', '', 0, '2026-01-01',"
		"  NOW()),"
		" (904, 'tsunami', 'd', 'recorded', '', 1, NULL, NOW()),"
		" (905, 'tsunami', 'e', 'closed', '', 0, NULL, NOW()),"
		" (906, 'weather', 'f', 'sent', '', 0, NULL, NOW());"
		"INSERT INTO open_key (item, drill, kind, event) VALUES"
		" ('a', 0, 'tsunami', 901), ('b', 0, 'tsunami', 902),"
		" ('c', 0, 'tsunami', 903), ('d', 1, 'tsunami', 904),"
		" ('f', 0, 'weather', 906);"
		"INSERT INTO event_region (event, region, name, level, rank)"
		" VALUES (901, '17', '石川県', '津波警報', 4),"
		" (901, '16', '富山県', '津波注意報', 3),"
		" (901, '18', '福井県', '津波注意報', 0),"
		" (902, '17', '石川県', '津波警報', 4),"
		" (902, '15', '新潟県', '津波警報', 4),"
		" (903, '01', '北海道', '津波警報', 4),"
		" (904, '02', '青森県', '津波警報', 4),"
		" (905, '03', '岩手県', '津波警報', 4),"
		" (906, '04', '宮城県', '警報', 4)");
	assert_int_equal(time_parse("2026-01-01T12:00:00Z", &now), 0);
	assert_int_equal(event_tsunami(db, now, &w), 0);
	check_str("highest first", w->level, "津波警報");
	check_str("each once, where it stands", w->places, "新潟県、石川県");
	check_str("then", w->next->level, "津波注意報");
	check_str("not where it was lifted", w->next->places, "富山県");
	assert_null(w->next->next);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_find),
		TEST(test_list),
		TEST(test_regions),
		TEST(test_revised),
		TEST(test_under_and_mails),
		TEST(test_closed_and_raised),
		TEST(test_watchers),
		TEST(test_tsunami),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
