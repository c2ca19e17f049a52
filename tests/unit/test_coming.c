#include "test.h"

#include "base/time.h"
#include "database_own.h"
#include "model/answer.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/coming.h"
#include "model/post.h"
#include "model/tally.h"
#include "model/target.h"

static const char name[] = "anpi_test_coming";
static const struct audit who = { .account = 1, .actor = "test" };

/* Group 2 and 3 below 1; account 1 sees all, account 2 group 2. */
static const char people[] =
	"INSERT INTO grp (id, parent, code, name) VALUES"
	" (1, NULL, 'A', '省'), (2, 1, 'B', '局'), (3, 1, 'C', '部');"
	"INSERT INTO grp_path VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0),"
	" (1, 2, 1), (1, 3, 1);"
	"INSERT INTO user (id, staff_no, name) VALUES (1, 'S1', '一'),"
	" (2, 'S2', '二'), (3, 'S3', '三'), (4, 'S4', '四'), (5, 'S5', '五');"
	"INSERT INTO grp_member (grp, user) VALUES (2, 1), (2, 2), (3, 3),"
	" (3, 4), (3, 5), (2, 5);"
	"INSERT INTO account (id, login, name, role, password_hash) VALUES"
	" (1, 'all', '全体', 'system_admin', ''),"
	" (2, 'few', '局長', 'group_admin', '');"
	"INSERT INTO grp_admin (account, grp) VALUES (2, 2);"
	"INSERT INTO broadcast (id, kind, subject, body, state, made_at,"
	"  confirmed_at, enqueued_to) VALUES"
	" (7, 'safety', '確認', '', 'sent', UTC_TIMESTAMP(),"
	"  UTC_TIMESTAMP(), 9),"
	" (9, 'notice', '設問なし', '', 'sent', UTC_TIMESTAMP(),"
	"  UTC_TIMESTAMP(), 9);"
	"INSERT INTO question (id, broadcast, place, text) VALUES"
	" (1, 7, 1, '安否'), (2, 7, 2, '登庁'), (3, 7, 3, '登庁までの時間'),"
	" (4, 7, 4, '登庁の手段');"
	"INSERT INTO choice (id, question, place, text, coming, minutes) VALUES"
	" (11, 1, 1, '無事', '', 0), (21, 2, 1, 'できる', 'yes', 30),"
	" (22, 2, 2, '時間がかかる', 'yes', 0), (23, 2, 3, 'できない', 'no', "
	"0),"
	" (24, 2, 4, 'わからない', 'unknown', 0),"
	" (31, 3, 1, '3時間以内', 'time', 180),"
	" (32, 3, 2, '12時間以内', 'time', 720), (41, 4, 1, '徒歩', 'way', 0);"
	"INSERT INTO recipient (broadcast, user) VALUES (7, 1), (7, 2),"
	" (7, 3), (7, 4), (7, 5);";

static int setup(void **state)
{
	struct db *db = database_own(name);

	database_do(db, people);
	*state = db;
	return 0;
}

static int teardown(void **state)
{
	database_own_end(*state, name);
	return 0;
}

static void answer(struct db *db, int64_t broadcast, int64_t user,
		   const char *choices)
{
	const struct answer a = { broadcast, user,    0,  time_now(),
				  "link",    choices, "", "" };

	check_int("answer", answer_replay(db, &a), ANSWER_STORED);
	while (tally_fold(db, broadcast) > 0)
		;
}

static void test_minutes(void **state)
{
	static const struct {
		const char *text;
		int want;
	} rows[] = {
		{ "3時間以内", 180 },
		{ "30分", 30 },
		{ "90分", 90 },
		{ "2日", 2880 },
		{ "60日", 65535 },
		{ "999日", 65535 },
		{ "それより後", 0 },
		{ "", 0 },
		{ "-3時間", 0 },
		{ "99999時間", 0 },
		{ "3", 0 },
		{ "12時間", 720 },
		{ "9223372036854775808時間", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].text, coming_minutes(rows[i].text),
			  rows[i].want);
}

static void test_read(void **state)
{
	static const struct {
		const char *question, *mark, *choice;
		struct coming_choice want;
	} rows[] = {
		{ "登庁", "good", "できる", { "yes", 30 } },
		{ "登庁", "warn", "時間がかかる", { "yes", 0 } },
		{ "登庁", "bad", "できない", { "no", 0 } },
		{ "登庁", "", "わからない", { "unknown", 0 } },
		{ "登庁できますか", "", "すぐ登庁できる", { "yes", 30 } },
		{ "登庁できますか", "", "登庁できない", { "no", 0 } },
		{ "登庁", "good", "はい", { "yes", 30 } },
		{ "登庁", "bad", "いいえ", { "no", 0 } },
		{ "登庁までの時間", "", "3時間以内", { "time", 180 } },
		{ "登庁までの時間", "", "それより後", { "time", 0 } },
		{ "登庁の手段", "", "徒歩", { "way", 0 } },
		{ "安否", "good", "無事", { "", 0 } },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct coming_choice c = coming_read(
			rows[i].question, rows[i].mark, rows[i].choice);

		check_str(rows[i].choice, c.tells, rows[i].want.tells);
		check_int(rows[i].choice, c.minutes, rows[i].want.minutes);
	}
}

static int64_t make_post(struct db *db, int64_t grp, const char *post_name,
			 int64_t needed, int64_t within, int64_t person,
			 int64_t substitute)
{
	struct post_person second = { .user = substitute, .substitute = true };
	struct post_person first = { .user = person,
				     .next = substitute != 0 ? &second : NULL };
	const struct post p = { .grp = grp,
				.name = post_name,
				.needed = needed,
				.within = within };
	int64_t id;

	check_int(post_name, post_save(db, 1, &who, &p, &first, &id),
		  POST_SAVED);
	return id;
}

/* The first choice of the call. */
static const char *called_choice(struct db *db)
{
	static const char sql[] = "SELECT c.id FROM choice c"
				  " JOIN question q ON q.id = c.question"
				  " JOIN broadcast b ON b.id = q.broadcast"
				  " WHERE b.call_of = 7 AND q.place = 1"
				  "   AND c.place = 1";

	return arena_fmt(db->arena, "%lld", (long long)database_int(db, sql));
}

static void test_coming(void **state)
{
	struct db *db = *state;
	const int64_t soon = time_now() + TIME_MINUTE;
	struct coming_bureau *b;
	struct coming_post *p;
	struct coming_way *way;
	struct target *targets;
	struct broadcast_draft call = { .account = 1,
					.kind = "safety",
					.subject = "",
					.body = "",
					.call_of = 7,
					.questions =
						coming_questions(db->arena),
					.expected = -1 };
	int64_t id, n;

	check_int("asked", coming_is_asked(db, 7), 1);
	check_int("not asked", coming_is_asked(db, 9), 0);
	make_post(db, 2, "甲", 1, 1, 1, 0);
	make_post(db, 3, "乙", 1, 6, 3, 4);
	make_post(db, 3, "丙", 2, 24, 2, 0);

	/* 1 can at once, 2 needs twelve hours, 3 cannot; 4 and 5 are silent. */
	answer(db, 7, 1, "11,21,41");
	answer(db, 7, 2, "11,22,32");
	answer(db, 7, 3, "11,23");
	check_int("bureaus", coming_bureaus(db, 1, 7, 1, soon, &b), 0);
	check_str("first", b->name, "局");
	check_int("within one hour", b->by[0], 1);
	check_int("within six", b->by[2], 1);
	check_int("within twelve", b->by[3], 2);
	check_int("coming", b->coming, 2);
	check_int("silent", b->unanswered, 1);
	check_int("needed at once", b->needed[0], 1);
	check_int("needed in all", b->needed_in_all, 1);
	check_str("second", b->next->name, "部");
	check_int("no", b->next->no, 1);
	check_int("silent", b->next->unanswered, 2);
	check_int("needed within six", b->next->needed[2], 1);
	check_int("needed within a day", b->next->needed[4], 3);
	check_int("top", coming_bureaus(db, 1, 7, 0, soon, &b), 0);
	check_int("all", b->coming, 2);
	check_int("below", b->below, 1);
	assert_null(b->next);
	check_int("his", coming_bureaus(db, 2, 7, 0, soon, &b), 0);
	check_str("own group", b->name, "局");
	assert_null(b->next);
	check_int("out of reach", coming_bureaus(db, 2, 7, 1, soon, &b), 0);
	check_str("only his below", b->name, "局");
	assert_null(b->next);

	check_int("posts", coming_posts(db, 1, 7, 0, &p), 0);
	check_str("nobody first", p->name, "乙");
	check_int("nobody", p->coming, 0);
	check_str("then too few", p->next->name, "丙");
	check_int("one", p->next->coming, 1);
	check_str("then enough", p->next->next->name, "甲");
	check_int("in time", p->next->next->in_time, 1);
	check_int("his", coming_posts(db, 2, 7, 0, &p), 0);
	check_str("his", p->name, "甲");
	assert_null(p->next);

	check_int("ways", coming_ways(db, 1, 7, &way), 0);
	check_str("way", way->text, "徒歩");
	check_int("by it", way->people, 1);
	check_int("his ways", coming_ways(db, 2, 7, &way), 0);
	check_int("by it", way->people, 1);

	check_int("substitutes", coming_substitutes(db, 7, p, &targets, &n), 0);
	check_int("none of his", n, 0);
	check_int("posts", coming_posts(db, 1, 7, 0, &p), 0);
	check_int("substitutes", coming_substitutes(db, 7, p, &targets, &n), 0);
	check_int("one", n, 1);
	check_str("who", targets->item, "4");
	call.targets = targets;
	check_int("called", broadcast_make(db, &call, &id, &n), BROADCAST_MADE);
	check_int("not twice", coming_substitutes(db, 7, p, &targets, &n), 0);
	check_int("none", n, 0);

	/* He answers the call: his post has somebody. */
	database_do(db, "INSERT INTO recipient (broadcast, user)"
			" SELECT id, 4 FROM broadcast WHERE call_of = 7;"
			"UPDATE broadcast SET enqueued_to = 9"
			" WHERE call_of = 7");
	answer(db, id, 4, called_choice(db));
	check_int("posts", coming_posts(db, 1, 7, 0, &p), 0);
	check_str("too few first", p->name, "丙");
	check_int("bureaus", coming_bureaus(db, 1, 7, 1, soon, &b), 0);
	check_int("comes by the call", b->next->by[0], 1);
	check_int("still not the other", b->next->no, 1);

	/* What he says to the first question now counts, and not both. */
	answer(db, 7, 4, "11,23,41");
	check_int("bureaus", coming_bureaus(db, 1, 7, 1, soon, &b), 0);
	check_int("comes no more", b->next->by[0], 0);
	check_int("nor later", b->next->coming, 0);
	check_int("cannot", b->next->no, 2);
	check_int("posts", coming_posts(db, 1, 7, 0, &p), 0);
	check_str("nobody first", p->name, "乙");
	check_int("ways", coming_ways(db, 1, 7, &way), 0);
	check_int("on foot", way->people, 2);

	/* And the call again: his way was said to the first. */
	answer(db, id, 4, called_choice(db));
	check_int("bureaus", coming_bureaus(db, 1, 7, 1, soon, &b), 0);
	check_int("comes", b->next->by[0], 1);
	check_int("counted once", b->next->no, 1);
	check_int("ways", coming_ways(db, 1, 7, &way), 0);
	check_int("on foot", way->people, 1);

	/* Counted anew it is the same. */
	check_int("anew", tally_rebuild(db, 7), 0);
	check_int("anew", tally_rebuild(db, id), 0);
	check_int("bureaus", coming_bureaus(db, 1, 7, 1, soon, &b), 0);
	check_int("first", b->coming, 2);
	check_int("second", b->next->coming, 1);
	check_int("no", b->next->no, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_coming),
	};

	return cmocka_run_group_tests_name("coming", tests, setup, teardown);
}
