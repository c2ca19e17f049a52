#include "test.h"

#include "base/time.h"
#include "database.h"
#include "model/dashboard.h"

/*
 * A ministry (1) of two bureaus (10, 20), with sections 11 and 12 in the first.
 * Broadcast 5 asked 100 people of it; 6 asks its unanswered again; 7 asked
 * bureau 20 only; 8 is closed; 9 has no question.
 */
static const char world[] =
	"INSERT INTO grp (id, parent, code, name) VALUES"
	" (1, NULL, 'M', '省'), (10, 1, 'A', '甲局'), (20, 1, 'B', '乙局'),"
	" (11, 10, 'A1', '一課'), (12, 10, 'A2', '二課');"
	"INSERT INTO grp_path (ancestor, descendant, depth) VALUES"
	" (1, 1, 0), (1, 10, 1), (1, 20, 1), (1, 11, 2), (1, 12, 2),"
	" (10, 10, 0), (10, 11, 1), (10, 12, 1), (20, 20, 0), (11, 11, 0),"
	" (12, 12, 0);"
	"INSERT INTO account (id, login, name, role, password_hash) VALUES"
	" (1, 'sys', 's', 'system_admin', ''), (2, 'op', 'o', 'operator', ''),"
	" (3, 'ten', 't', 'group_admin', ''), (4, 'two', 't', 'group_admin', "
	"''),"
	" (5, 'none', 'n', 'group_admin', ''), (6, 'aud', 'a', 'auditor', '');"
	"INSERT INTO grp_admin (account, grp) VALUES"
	" (3, 10), (3, 11), (4, 11), (4, 20);"
	"INSERT INTO broadcast (id, kind, subject, body, state, retry_of,"
	"  recipients, made_at, confirmed_at) VALUES"
	" (5, 'safety', '安否', '', 'sent', NULL, 100,"
	"  '2024-01-01', '2024-01-01 07:10:00'),"
	" (6, 'safety', '再送', '', 'sending', 5, 40,"
	"  '2024-01-01', '2024-01-01 08:10:00'),"
	" (7, 'drill', '訓練', '', 'sending', NULL, 30,"
	"  '2024-01-02', '2024-01-02'),"
	" (8, 'safety', '済', '', 'closed', NULL, 100,"
	"  '2024-01-01', '2024-01-01'),"
	" (9, 'info', '情報', '', 'sent', NULL, 100,"
	"  '2024-01-01', '2024-01-01');"
	"INSERT INTO question (id, broadcast, place, kind, text) VALUES"
	" (51, 5, 1, 'single', '安否'), (52, 5, 2, 'multiple', '登庁'),"
	" (71, 7, 1, 'single', '安否'), (81, 8, 1, 'single', '安否');"
	"INSERT INTO choice (id, question, place, mark, text) VALUES"
	" (511, 51, 1, 'good', '無事'), (512, 51, 2, 'warn', '軽傷'),"
	" (521, 52, 1, '', 'できる'), (711, 71, 1, 'good', '無事');"
	"INSERT INTO delivery (broadcast, messages, handed, refused, cancelled,"
	"  accepted, deferred, bounced) VALUES"
	" (5, 120, 110, 4, 0, 90, 8, 7), (6, 50, 45, 1, 4, 40, 2, 3);"
	"INSERT INTO tally (broadcast, grp, kind, item, people) VALUES"
	" (5, 0, 'asked', 0, 100), (5, 0, 'answered', 0, 60),"
	" (5, 0, 'choice', 511, 50), (5, 0, 'choice', 512, 10),"
	" (5, 0, 'choice', 521, 30),"
	" (5, 0, 'minute', 28401555, 20), (5, 0, 'minute', 28401550, 40),"
	" (5, 0, 'region_asked', 13, 70), (5, 0, 'region_answered', 13, 35),"
	" (5, 0, 'region_asked', 1, 30),"
	" (5, 1, 'asked', 0, 98), (5, 1, 'answered', 0, 60),"
	" (5, 10, 'asked', 0, 60), (5, 10, 'answered', 0, 30),"
	" (5, 10, 'choice', 511, 25), (5, 10, 'choice', 521, 12),"
	" (5, 10, 'minute', 28401550, 30),"
	" (5, 10, 'region_asked', 13, 60), (5, 10, 'region_answered', 13, 30),"
	" (5, 11, 'asked', 0, 20), (5, 11, 'answered', 0, 15),"
	" (5, 12, 'asked', 0, 40), (5, 12, 'answered', 0, 15),"
	" (5, 12, 'choice', 512, 9),"
	" (5, 20, 'asked', 0, 38), (5, 20, 'answered', 0, 30),"
	" (7, 0, 'asked', 0, 30), (7, 1, 'asked', 0, 30),"
	" (7, 20, 'asked', 0, 30);";

enum { SYSTEM = 1, OPERATOR = 2, TEN = 3, TWO = 4, NONE = 5, AUDITOR = 6 };

static int setup(void **state)
{
	if (database_setup(state) < 0)
		return -1;
	database_do(*state, world);
	return 0;
}

static void test_list_holds_what_is_in_reach(void **state)
{
	static const struct {
		const char *name;
		int64_t account;
		long long count, first, asked, last_asked;
		long long groups;
	} rows[] = {
		{ "system admin", SYSTEM, 2, 7, 30, 100, 1 },
		{ "operator", OPERATOR, 2, 7, 30, 100, 1 },
		{ "bureau and its own section count once", TEN, 1, 5, 60, 60,
		  1 },
		{ "two groups add up", TWO, 2, 7, 30, 58, 2 },
		{ "no group", NONE, 0, 0, 0, 0, 0 },
		{ "auditor", AUDITOR, 0, 0, 0, 0, 0 },
		{ "no such account", 99, 0, 0, 0, 0, 0 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct dashboard_broadcast *last = NULL;
		struct dashboard_list list;
		long long count = 0;

		assert_int_equal(dashboard_list(*state, rows[i].account, &list),
				 0);
		for (struct dashboard_broadcast *b = list.broadcasts; b;
		     b = b->next) {
			last = b;
			count++;
		}
		check_int(rows[i].name, count, rows[i].count);
		check_int(rows[i].name, list.groups, rows[i].groups);
		check_int(rows[i].name, list.more, 0);
		if (last == NULL)
			continue;
		check_int(rows[i].name, list.broadcasts->id, rows[i].first);
		check_int(rows[i].name, list.broadcasts->asked, rows[i].asked);
		check_int(rows[i].name, last->asked, rows[i].last_asked);
	}
}

/* Who got the mail before it was cancelled still answers. */
static void test_cancelled_stays_while_somebody_has_it(void **state)
{
	struct dashboard_list list;
	struct dashboard d;

	database_do(*state, "UPDATE broadcast SET state = 'cancelled'"
			    " WHERE id IN (5, 7)");
	assert_int_equal(dashboard_list(*state, SYSTEM, &list), 0);
	check_int("handed to some", list.broadcasts->id, 5);
	check_int("is open", list.broadcasts->open, 1);
	assert_null(list.broadcasts->next);
	check_int("nobody has it", list.more, 0);
	assert_int_equal(dashboard_find(*state, TWO, 7, 0, &d), 1);
	check_int("and is not open", d.broadcast.open, 0);
	assert_int_equal(dashboard_find(*state, TEN, 5, 0, &d), 1);
	check_int("open for a part", d.broadcast.open, 1);
}

static void test_list_says_how_many_are_left_over(void **state)
{
	struct dashboard_list list;
	int64_t shown = 0;

	database_do(
		*state,
		"INSERT INTO broadcast (id, kind, subject, body, state,"
		"  made_at) SELECT 100 + seq, 'safety', '', '', 'sent', NOW()"
		"  FROM seq_1_to_11;"
		"INSERT INTO question (broadcast, place, text)"
		"  SELECT 100 + seq, 1, '' FROM seq_1_to_11");
	assert_int_equal(dashboard_list(*state, SYSTEM, &list), 0);
	for (struct dashboard_broadcast *b = list.broadcasts; b; b = b->next)
		shown++;
	check_int("newest", list.broadcasts->id, 111);
	check_int("shown", shown, DASHBOARD_BROADCASTS);
	check_int("more", list.more, 3);
}

static void test_find_keeps_within_reach(void **state)
{
	static const struct {
		const char *name;
		int64_t account, broadcast, group;
		int found;
		long long id, shown, above, asked, answered;
	} rows[] = {
		{ "all", SYSTEM, 5, 0, 1, 5, 0, 1, 100, 60 },
		{ "a group", SYSTEM, 5, 10, 1, 5, 10, 10, 60, 30 },
		{ "asked again: the first", OPERATOR, 6, 0, 1, 5, 0, 1, 100,
		  60 },
		{ "closed", SYSTEM, 8, 0, 1, 8, 0, 1, 0, 0 },
		{ "no such group", SYSTEM, 5, 99, 0, 0, 0, 0, 0, 0 },
		{ "no such broadcast", SYSTEM, 98, 0, 0, 0, 0, 0, 0, 0 },
		{ "own group", TEN, 5, 0, 1, 5, 10, 10, 60, 30 },
		{ "below it", TEN, 5, 12, 1, 5, 12, 12, 40, 15 },
		{ "another's group", TEN, 5, 20, 0, 0, 0, 0, 0, 0 },
		{ "a group above", TEN, 5, 1, 0, 0, 0, 0, 0, 0 },
		{ "asked none of his", TEN, 7, 0, 0, 0, 0, 0, 0, 0 },
		{ "two groups", TWO, 5, 0, 1, 5, 0, 0, 58, 45 },
		{ "none asked in one of two", TWO, 7, 11, 1, 7, 11, 11, 0, 0 },
		{ "no reach", NONE, 5, 0, 0, 0, 0, 0, 0, 0 },
		{ "auditor", AUDITOR, 5, 0, 0, 0, 0, 0, 0, 0 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct dashboard d;

		check_int(rows[i].name,
			  dashboard_find(*state, rows[i].account,
					 rows[i].broadcast, rows[i].group, &d),
			  rows[i].found);
		if (!rows[i].found)
			continue;
		check_int(rows[i].name, d.broadcast.id, rows[i].id);
		check_int(rows[i].name, d.group, rows[i].shown);
		check_int(rows[i].name, d.above, rows[i].above);
		check_int(rows[i].name, d.broadcast.asked, rows[i].asked);
		check_int(rows[i].name, d.broadcast.answered, rows[i].answered);
	}
}

static void test_find_fills_what_is_shown(void **state)
{
	struct dashboard d;
	struct dashboard_question *q;

	assert_int_equal(dashboard_find(*state, SYSTEM, 5, 0, &d), 1);
	q = d.broadcast.questions;
	check_str("question", q->text, "安否");
	check_str("mark", q->choices->mark, "good");
	check_int("people", q->choices->people, 50);
	check_int("second", q->choices->next->people, 10);
	assert_true(!q->multiple && q->next->multiple);
	check_int("other question", q->next->choices->people, 30);
	check_int("columns", d.broadcast.columns, 3);
	check_int("mails of both askings", d.broadcast.mails.messages, 170);
	check_int("handed", d.broadcast.mails.handed, 155);
	check_int("refused", d.broadcast.mails.refused, 5);
	check_int("cancelled", d.broadcast.mails.cancelled, 4);
	check_int("accepted", d.broadcast.mails.accepted, 130);
	check_int("deferred", d.broadcast.mails.deferred, 10);
	check_int("bounced", d.broadcast.mails.bounced, 10);
	assert_true(d.broadcast.delivery && d.people && d.all && !d.gross);
	assert_null(d.crumbs);

	assert_int_equal(dashboard_find(*state, OPERATOR, 7, 0, &d), 1);
	assert_true(!d.people && d.broadcast.drill);
	assert_int_equal(dashboard_find(*state, TWO, 5, 0, &d), 1);
	assert_true(d.gross && !d.all && !d.broadcast.delivery);
}

static void test_crumbs_begin_within_reach(void **state)
{
	struct dashboard d;

	assert_int_equal(dashboard_find(*state, SYSTEM, 5, 12, &d), 1);
	check_int("ministry", d.crumbs->id, 1);
	check_str("bureau", d.crumbs->next->name, "甲局");
	check_int("section", d.crumbs->next->next->id, 12);
	assert_null(d.crumbs->next->next->next);
	assert_false(d.broadcast.delivery);
	assert_int_equal(dashboard_find(*state, TEN, 5, 12, &d), 1);
	check_int("own bureau", d.crumbs->id, 10);
	check_int("section below it", d.crumbs->next->id, 12);
	assert_null(d.crumbs->next->next);
}

static void test_groups_worst_first(void **state)
{
	static const struct {
		const char *name;
		int64_t account, group;
		long long first, second;
	} rows[] = {
		{ "the one root is passed over", SYSTEM, 0, 10, 20 },
		{ "below a bureau", SYSTEM, 10, 12, 11 },
		{ "own bureau", TEN, 0, 12, 11 },
		{ "several own groups", TWO, 0, 20, 11 },
		{ "nothing below", TEN, 11, 0, 0 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct dashboard_group *g;
		struct dashboard d;

		assert_int_equal(dashboard_find(*state, rows[i].account, 5,
						rows[i].group, &d),
				 1);
		assert_int_equal(dashboard_groups(*state, &d, &g), 0);
		check_int(rows[i].name, g == NULL ? 0 : g->id, rows[i].first);
		if (g == NULL)
			continue;
		check_int(rows[i].name, g->next->id, rows[i].second);
		assert_null(g->next->next);
	}
}

static void test_groups_are_counted_by_choice(void **state)
{
	struct dashboard_group *g;
	struct dashboard d;

	assert_int_equal(dashboard_find(*state, SYSTEM, 5, 0, &d), 1);
	assert_int_equal(dashboard_groups(*state, &d, &g), 0);
	check_str("code", g->code, "A");
	check_int("asked", g->asked, 60);
	check_int("answered", g->answered, 30);
	check_int("first choice", g->choices[0], 25);
	check_int("second choice", g->choices[1], 0);
	check_int("choice of another question", g->choices[2], 12);
	assert_true(g->below && !g->next->below);
	check_int("no choice at all", g->next->choices[0], 0);
}

static void test_askings_in_order(void **state)
{
	struct dashboard_asking *a;
	struct dashboard d;

	assert_int_equal(dashboard_find(*state, SYSTEM, 6, 0, &d), 1);
	assert_int_equal(dashboard_askings(*state, &d, &a), 0);
	check_int("first", a->id, 5);
	check_int("its people", a->recipients, 100);
	check_int("its mails", a->mails.messages, 120);
	check_int("and what came back", a->mails.bounced, 7);
	check_int("again", a->next->id, 6);
	check_str("state", a->next->state, "sending");
	assert_null(a->next->next);
	assert_int_equal(dashboard_find(*state, TEN, 5, 0, &d), 1);
	assert_int_equal(dashboard_askings(*state, &d, &a), 0);
	check_int("not told of all", a->recipients + a->mails.messages, 0);
	assert_true(a->next != NULL && a->confirmed_at > 0);
}

static void test_curve_rises(void **state)
{
	struct dashboard_point *p;
	struct dashboard d;
	int64_t at;

	assert_int_equal(time_parse("2024-01-01T07:11:00Z", &at), 0);
	assert_int_equal(dashboard_find(*state, SYSTEM, 5, 0, &d), 1);
	p = d.points;
	check_int("end of the minute", p->at, at);
	check_int("first", p->answered, 40);
	check_int("both", p->next->answered, 60);
	assert_null(p->next->next);
	assert_int_equal(dashboard_find(*state, TEN, 5, 0, &d), 1);
	p = d.points;
	check_int("of the bureau", p->answered, 30);
}

static void test_curve_is_thinned(void **state)
{
	struct dashboard_point *p;
	struct dashboard d;
	long long points = 0;

	database_do(*state, "INSERT INTO tally (broadcast, grp, kind, item,"
			    "  people) SELECT 7, 0, 'minute', seq, 1"
			    "  FROM seq_1001_to_2001");
	assert_int_equal(dashboard_find(*state, SYSTEM, 7, 0, &d), 1);
	p = d.points;
	for (; p->next != NULL; p = p->next)
		points++;
	assert_true(points < DASHBOARD_POINTS);
	check_int("last stays", p->answered, 1001);
	check_int("last minute", p->at, 2002LL * TIME_MINUTE);
}

static void test_regions(void **state)
{
	struct dashboard_region *r;
	struct dashboard d;

	assert_int_equal(dashboard_find(*state, SYSTEM, 5, 0, &d), 1);
	r = d.regions;
	check_int("north first", r->prefecture, 1);
	check_str("name", r->name, "北海道");
	check_int("asked", r->asked, 30);
	check_int("answered", r->answered, 0);
	check_int("next", r->next->prefecture, 13);
	check_int("its answered", r->next->answered, 35);
	assert_null(r->next->next);
	assert_int_equal(dashboard_find(*state, TEN, 5, 0, &d), 1);
	r = d.regions;
	check_int("of the bureau only", r->asked, 60);
	assert_null(r->next);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_list_holds_what_is_in_reach),
		TEST(test_cancelled_stays_while_somebody_has_it),
		TEST(test_list_says_how_many_are_left_over),
		TEST(test_find_keeps_within_reach),
		TEST(test_find_fills_what_is_shown),
		TEST(test_crumbs_begin_within_reach),
		TEST(test_groups_worst_first),
		TEST(test_groups_are_counted_by_choice),
		TEST(test_askings_in_order),
		TEST(test_curve_rises),
		TEST(test_curve_is_thinned),
		TEST(test_regions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
