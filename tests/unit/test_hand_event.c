#include "test.h"

#include <string.h>

#include "base/time.h"
#include "database.h"
#include "model/audit.h"
#include "model/event.h"
#include "model/hand_event.h"
#include "people.h"

static const struct audit duty = { .account = 900, .actor = "t900" };

static void test_seas(void **state)
{
	(void)state;
	for (size_t i = 0; i < hand_event_seas_count; i++) {
		bool prefectures[48] = { false };
		int n = 0;

		assert_true(hand_event_add_sea(hand_event_seas[i].code,
					       prefectures));
		assert_false(prefectures[0]);
		for (int p = 1; p <= 47; p++)
			n += prefectures[p];
		check_int(hand_event_seas[i].name, n,
			  (long long)(strlen(hand_event_seas[i].prefectures) +
				      1) /
				  3);
	}
	assert_false(hand_event_add_sea("x", NULL));
}

static void test_make(void **state)
{
	static const unsigned char press[HAND_EVENT_PRESS_LEN] = { 1 };
	static const unsigned char other[HAND_EVENT_PRESS_LEN] = { 2 };
	struct db *db = *state;
	bool prefectures[48] = { [13] = true, [14] = true };
	struct hand_event h = { .kind = "missile",
				.title = "ミサイル",
				.text = "落下",
				.occurred_at = time_now(),
				.prefectures = prefectures };
	struct event_region *r;
	struct check check;
	int64_t id, drill;
	struct event e;

	people_make(db);
	assert_int_equal(hand_event_check(db, &h, &check), 0);
	check_int("people", check.people, 4);
	check_str("places", check.places, "東京都、神奈川県");
	check_str("subject", check.subject,
		  "【安否確認】ミサイル 東京都、神奈川県");
	check_int("nothing is made",
		  database_int(db, "SELECT COUNT(*)"
				   " FROM event"),
		  0);
	id = hand_event_make(db, &duty, &h, press);
	assert_true(id > 0);
	check_int("pressed twice", hand_event_make(db, &duty, &h, press), id);
	assert_int_equal(event_find(db, id, &e), 1);
	check_str("waits", e.state, "prepared");
	check_str("by", e.made_by, "全省");
	check_str("kind", e.kind, "missile");
	assert_int_equal(event_regions(db, id, &r), 0);
	check_str("regions", r->code, "13");
	check_str("regions", r->next->code, "14");
	assert_null(r->next->next);
	h.drill = true;
	drill = hand_event_make(db, &duty, &h, other);
	assert_int_equal(event_find(db, drill, &e), 1);
	assert_true(e.drill);
	check_str("a drill waits for nobody", e.state, "recorded");
	check_int("audit",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'event made'"),
		  2);
}

static void test_without_a_rule(void **state)
{
	struct db *db = *state;
	bool prefectures[48] = { [13] = true };
	const struct hand_event h = { .kind = "other",
				      .title = "x",
				      .text = "",
				      .prefectures = prefectures };
	struct check check;

	database_do(db, "UPDATE rule SET active = FALSE");
	assert_int_equal(hand_event_check(db, &h, &check), 0);
	check_int("nobody", check.people, 0);
	check_str("no level", check.level, "");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seas),
		TEST(test_make),
		TEST(test_without_a_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
