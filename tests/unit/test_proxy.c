#include "test.h"

#include "asked.h"
#include "model/audit.h"
#include "model/proxy.h"
#include "model/recipient.h"

static const char name[] = "anpi_test_proxy";
static const struct audit who = { .account = 1, .actor = "test" };

static int setup(void **state)
{
	*state = database_own(name);
	return 0;
}

static int teardown(void **state)
{
	database_own_end(*state, name);
	return 0;
}

/* Each with a press of its own. */
static int tell(struct db *db, int64_t account, int64_t broadcast, int64_t user,
		const char *choices, int64_t seen)
{
	static unsigned char press[PROXY_PRESS_LEN];
	const struct proxy p = {
		.broadcast = broadcast,
		.user = user,
		.choices = choices,
		.comment = "入院した",
		.source = "family",
		.means = "phone",
		.certainty = "likely",
		.seen = seen,
		.press = press,
	};

	press[0]++;
	return proxy_store(db, account, &who, &p);
}

static const char *counted(struct db *db, int64_t user)
{
	struct recipient_query q = { .broadcast = 7, .user = user, .most = 1 };
	struct recipient *r;

	assert_int_equal(recipient_list(db, 1, &q, &r), 0);
	assert_non_null(r);
	return arena_fmt(db->arena, "%s%s%s", r->answer,
			 r->proxy ? " proxy" : "",
			 r->conflict ? " conflict" : "");
}

/* What counts after which order of answers: "o" his own, "p" a proxy, each with
 * its choices; folded after each, or all at once. */
static void test_what_counts(void **state)
{
	static const struct {
		const char *name;
		const char *answers[4]; /* "o11" own, "p12" proxy */
		const char *want;
		int64_t good, bad; /* people by tally */
	} rows[] = {
		{ "nothing", { NULL }, "", 0, 0 },
		{ "proxy", { "p12" }, "重傷 proxy", 0, 1 },
		{ "newer proxy", { "p12", "p11" }, "無事 proxy", 1, 0 },
		{ "own after", { "p12", "o11" }, "無事 conflict", 1, 0 },
		{ "own after, the same", { "p11", "o11" }, "無事", 1, 0 },
		{ "proxy after own", { "o11", "p12" }, "無事 conflict", 1, 0 },
		{ "proxy after own, the same", { "o11", "p11" }, "無事", 1, 0 },
		{ "a part of his own",
		  { "o11,21", "p11" },
		  "無事、できる",
		  1,
		  0 },
		{ "of another question", { "o11", "p22" }, "無事", 1, 0 },
		{ "more than his own", { "o11", "p11,22" }, "無事", 1, 0 },
		{ "own comes round to it",
		  { "o11", "p12", "o12" },
		  "重傷",
		  0,
		  1 },
		{ "two proxies, own between",
		  { "p12", "o11", "p11" },
		  "無事",
		  1,
		  0 },
		{ "own twice, proxy between",
		  { "o12", "p12", "o11" },
		  "無事 conflict",
		  1,
		  0 },
		{ "proxy of all",
		  { "o11", "p12", "p12", "p12" },
		  "無事 conflict",
		  1,
		  0 },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		for (int each = 0; each < 2; each++) {
			asked_begin(db);
			asked_fold(db);
			for (int k = 0; k < 4 && rows[i].answers[k]; k++) {
				const char *a = rows[i].answers[k];

				if (*a == 'o')
					asked_answer(db, 1, a + 1, 0);
				else
					check_int(rows[i].name,
						  tell(db, 1, 7, 1, a + 1,
						       INT64_MAX),
						  PROXY_STORED);
				if (each)
					asked_fold(db);
			}
			asked_fold(db);
			check_str(rows[i].name, counted(db, 1), rows[i].want);
			check_int(rows[i].name,
				  database_int(
					  db,
					  "SELECT COALESCE(SUM(people), 0) FROM"
					  " tally WHERE broadcast = 7 AND"
					  " grp = 0 AND kind = 'choice' AND"
					  " item = 11"),
				  rows[i].good);
			check_int(rows[i].name,
				  database_int(
					  db,
					  "SELECT COALESCE(SUM(people), 0) FROM"
					  " tally WHERE broadcast = 7 AND"
					  " grp = 2 AND kind = 'choice' AND"
					  " item = 12"),
				  rows[i].bad);
			check_int("all folded",
				  database_int(db, "SELECT COUNT(*) FROM answer"
						   " WHERE NOT folded"),
				  0);
			arena_reset(db->arena);
		}
	}
}

/* His own answer that comes late, out of a journal, still counts. */
static void test_late_own(void **state)
{
	struct db *db = *state;
	int64_t before = time_now() - TIME_MINUTE;

	asked_begin(db);
	tell(db, 1, 7, 1, "12", 0);
	asked_fold(db);
	check_str("proxy", counted(db, 1), "重傷 proxy");
	asked_answer(db, 1, "11", before);
	asked_fold(db);
	check_str("own", counted(db, 1), "無事 conflict");
}

static void test_store(void **state)
{
	static const struct {
		const char *name;
		int64_t account, broadcast, user;
		int want;
	} rows[] = {
		{ "of all", 1, 7, 3, PROXY_STORED },
		{ "his own", 2, 7, 1, PROXY_STORED },
		{ "another's", 2, 7, 3, PROXY_NOT_FOUND },
		{ "by a retry", 1, 8, 2, PROXY_STORED },
		{ "not asked", 1, 7, 99, PROXY_NOT_FOUND },
		{ "no broadcast", 1, 99, 1, PROXY_NOT_FOUND },
		{ "no account", 9, 7, 1, PROXY_NOT_FOUND },
	};
	struct db *db = *state;

	asked_begin(db);
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name,
			  tell(db, rows[i].account, rows[i].broadcast,
			       rows[i].user, "11", 0),
			  rows[i].want);
	check_int("answers",
		  database_int(db, "SELECT COUNT(*) FROM answer WHERE"
				   " broadcast = 7 AND channel = 'proxy'"),
		  3);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE"
				   " action = 'proxy answer' AND people = 1"),
		  3);
}

static void test_press_and_seen(void **state)
{
	struct db *db = *state;
	unsigned char press[PROXY_PRESS_LEN] = "once";
	struct proxy p = { .broadcast = 7,
			   .user = 1,
			   .choices = "12",
			   .comment = "",
			   .source = "self",
			   .means = "card",
			   .certainty = "sure",
			   .press = press };
	int64_t at = time_now();

	asked_begin(db);
	asked_answer(db, 1, "11", at);
	check_int("not shown to him", proxy_store(db, 1, &who, &p),
		  PROXY_UNSEEN);
	p.seen = at;
	check_int("shown", proxy_store(db, 1, &who, &p), PROXY_STORED);
	check_int("pressed twice", proxy_store(db, 1, &who, &p), PROXY_STORED);
	check_int("one", database_int(db, "SELECT COUNT(*) FROM proxy"), 1);
	p.comment = "other";
	check_int("another one", proxy_store(db, 1, &who, &p),
		  PROXY_PRESS_USED);
	p.comment = "";
	p.choices = "11";
	check_int("another answer", proxy_store(db, 1, &who, &p),
		  PROXY_PRESS_USED);
	check_int("is not stored",
		  database_int(db, "SELECT COUNT(*) FROM proxy"), 1);
}

static void test_settle(void **state)
{
	struct db *db = *state;

	asked_begin(db);
	asked_answer(db, 1, "11", 0);
	tell(db, 1, 7, 1, "12", INT64_MAX);
	asked_answer(db, 3, "11", 0);
	tell(db, 1, 7, 3, "12", INT64_MAX);
	asked_fold(db);
	check_int("two", proxy_conflicts(db, 1, 7, 0), 2);
	check_int("by a retry", proxy_conflicts(db, 1, 8, 0), 2);
	check_int("of a group", proxy_conflicts(db, 1, 7, 3), 1);
	check_int("of his people", proxy_conflicts(db, 2, 7, 0), 1);
	check_int("out of reach", proxy_settle(db, 2, &who, 7, 3), 0);
	check_int("in reach", proxy_settle(db, 2, &who, 7, 1), 1);
	check_int("again", proxy_settle(db, 2, &who, 7, 1), 0);
	check_int("one left", proxy_conflicts(db, 1, 7, 0), 1);
	asked_fold(db);
	check_str("stays settled", counted(db, 1), "無事");
	asked_answer(db, 1, "11,21", 0);
	asked_fold(db);
	check_str("new words, new conflict", counted(db, 1),
		  "無事、できる conflict");
}

static void test_list(void **state)
{
	struct proxy_answer *list;
	struct db *db = *state;

	asked_begin(db);
	asked_answer(db, 1, "11,21", 0);
	tell(db, 2, 7, 1, "12", INT64_MAX);
	check_int("list", proxy_list(db, 1, 7, 1, &list), 0);
	check_str("newest", list->channel, "proxy");
	check_str("told", list->text, "重傷");
	check_str("by", list->source, "family");
	check_str("how", list->means, "phone");
	check_str("sure", list->certainty, "likely");
	check_str("who", list->account, "局長");
	check_int("counts", list->counts, 0);
	check_str("own", list->next->text, "無事、できる");
	check_str("marks", list->next->marks, "good,good");
	check_int("counts", list->next->counts, 1);
	assert_null(list->next->next);
	check_int("out of reach", proxy_list(db, 2, 7, 3, &list), 0);
	assert_null(list);
}

static void test_filters(void **state)
{
	static const struct {
		const char *name;
		struct recipient_query query;
		int64_t account, want;
	} rows[] = {
		{ "all", { .broadcast = 7 }, 1, 4 },
		{ "all of a retry", { .broadcast = 8 }, 1, 1 },
		{ "his own", { .broadcast = 7 }, 2, 3 },
		{ "answered",
		  { .broadcast = 7, .filter = RECIPIENT_ANSWERED },
		  1,
		  2 },
		{ "unanswered",
		  { .broadcast = 7, .filter = RECIPIENT_UNANSWERED },
		  1,
		  2 },
		{ "undelivered",
		  { .broadcast = 7, .filter = RECIPIENT_UNDELIVERED },
		  1,
		  2 },
		{ "reported",
		  { .broadcast = 7, .filter = RECIPIENT_REPORTED },
		  1,
		  1 },
		{ "proxy",
		  { .broadcast = 7, .filter = RECIPIENT_PROXY },
		  1,
		  1 },
		{ "conflict",
		  { .broadcast = 7, .filter = RECIPIENT_CONFLICT },
		  1,
		  1 },
		{ "choice", { .broadcast = 7, .choice = 11 }, 1, 1 },
		{ "group", { .broadcast = 7, .group = 1 }, 1, 4 },
		{ "group below", { .broadcast = 7, .group = 3 }, 1, 1 },
		{ "work", { .broadcast = 7, .region = "13" }, 1, 1 },
		{ "home", { .broadcast = 7, .region = "17" }, 1, 1 },
		{ "name", { .broadcast = 7, .text = "𠮷" }, 1, 1 },
		{ "kana", { .broadcast = 7, .text = "ﾖｼ" }, 1, 1 },
		{ "in hiragana", { .broadcast = 7, .text = "よしだ" }, 1, 1 },
		{ "the usual form", { .broadcast = 7, .text = "吉田" }, 1, 1 },
		{ "two words", { .broadcast = 7, .text = "一　よし" }, 1, 1 },
		{ "one of two", { .broadcast = 7, .text = "吉田 二" }, 1, 0 },
		{ "number", { .broadcast = 7, .text = "S3" }, 1, 1 },
		{ "in full width", { .broadcast = 7, .text = "ｓ３" }, 1, 1 },
		{ "comment", { .broadcast = 7, .comment = "入院" }, 1, 1 },
		{ "not with others' comment",
		  { .broadcast = 7, .comment = "入院", .user = 1 },
		  1,
		  0 },
		{ "one", { .broadcast = 7, .user = 3 }, 1, 1 },
		{ "one out of reach", { .broadcast = 7, .user = 3 }, 2, 0 },
		{ "without those who left",
		  { .broadcast = 7, .active = true },
		  1,
		  3 },
		{ "nothing", { .broadcast = 7, .text = "'" }, 1, 0 },
	};
	struct recipient *list;
	struct db *db = *state;

	asked_begin(db);
	asked_answer(db, 1, "11", 0);
	tell(db, 1, 7, 1, "12", INT64_MAX);
	tell(db, 1, 7, 3, "12", 0);
	database_do(db, "INSERT INTO self_report (user, at, safety, coming)"
			" VALUES (2, NOW() - INTERVAL 2 DAY, 'serious', 'no'),"
			" (2, NOW() - INTERVAL 1 HOUR, 'slight', 'later'),"
			" (4, NOW() - INTERVAL 9 DAY, 'safe', 'now')");
	asked_fold(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct recipient_query q = rows[i].query;
		int64_t n = 0;

		check_int(rows[i].name,
			  recipient_count(db, rows[i].account, &q),
			  rows[i].want);
		q.most = 10;
		check_int(rows[i].name,
			  recipient_list(db, rows[i].account, &q, &list), 0);
		for (; list != NULL; list = list->next)
			n++;
		check_int(rows[i].name, n, rows[i].want);
	}
	assert_int_equal(
		recipient_list(db, 1,
			       &(struct recipient_query){
				       .broadcast = 7, .user = 2, .most = 1 },
			       &list),
		0);
	check_str("report", list->safety, "slight");
	check_str("coming", list->coming, "later");
	check_int("an old report says nothing",
		  recipient_count(db, 1,
				  &(struct recipient_query){
					  .broadcast = 7,
					  .filter = RECIPIENT_REPORTED,
					  .user = 4 }),
		  0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_counts),
		cmocka_unit_test(test_late_own),
		cmocka_unit_test(test_store),
		cmocka_unit_test(test_press_and_seen),
		cmocka_unit_test(test_settle),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_filters),
	};

	return cmocka_run_group_tests_name("proxy", tests, setup, teardown);
}
