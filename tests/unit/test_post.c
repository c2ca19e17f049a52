#include "test.h"

#include "database_own.h"
#include "model/audit.h"
#include "model/post.h"

static const char name[] = "anpi_test_post";
static const struct audit who = { .account = 1, .actor = "test" };

/* Group 2 and 3 below 1; account 1 sees all, account 2 group 2. */
static const char people[] =
	"INSERT INTO grp (id, parent, code, name) VALUES"
	" (1, NULL, 'A', '省'), (2, 1, 'B', '局'), (3, 1, 'C', '部');"
	"INSERT INTO grp_path VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0),"
	" (1, 2, 1), (1, 3, 1);"
	"INSERT INTO user (id, staff_no, name) VALUES (1, 'S1', '一'),"
	" (2, 'S2', '二'), (3, 'S3', '三');"
	"INSERT INTO grp_member (grp, user) VALUES (2, 1), (2, 2), (3, 3);"
	"INSERT INTO account (id, login, name, role, password_hash) VALUES"
	" (1, 'all', '全体', 'system_admin', ''),"
	" (2, 'few', '局長', 'group_admin', '');"
	"INSERT INTO grp_admin (account, grp) VALUES (2, 2);";

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

static int save(struct db *db, int64_t account, const char *post_name,
		const struct post_person *list, int64_t *id)
{
	const struct post p = {
		.grp = 2, .name = post_name, .needed = 1, .within = 6
	};

	return post_save(db, account, &who, &p, list, id);
}

/* Whom an admin does not reach he cannot name, and one named twice is named
 * once. */
static void test_people(void **state)
{
	struct post_person out = { .user = 3 };
	struct post_person again = { .next = &out,
				     .user = 2,
				     .substitute = true };
	struct post_person two = { .next = &again, .user = 2 };
	struct db *db = *state;
	struct post p;
	int64_t id;

	check_int("his", save(db, 2, "受付", &two, &id), POST_SAVED);
	check_int("found", post_find(db, 2, id, &p), 1);
	check_int("first", p.people, 1);
	check_int("no substitute", p.substitutes, 0);
	check_int("nobody named", save(db, 1, "空席", NULL, &id), POST_SAVED);
	check_int("found", post_find(db, 1, id, &p), 1);
	check_int("nobody", p.people + p.substitutes, 0);
	check_int("removed", post_remove(db, 1, &who, id), 1);
	database_do(db, "DELETE FROM post; DELETE FROM audit");
}

/* Everything is in a page, and the next one begins where it ends. */
static void test_pages(void **state)
{
	static const char *const names[] = { "あ", "い", "う" };
	struct post_query query = { .most = 2 };
	struct db *db = *state;
	struct post *list;
	int64_t id;

	for (size_t i = 0; i < LEN(names); i++)
		check_int(names[i], save(db, 1, names[i], NULL, &id),
			  POST_SAVED);
	check_int("first", post_list(db, 1, &query, &list), 0);
	check_str("by name", list->name, "あ");
	check_str("two", list->next->name, "い");
	assert_null(list->next->next);
	query.skip = 2;
	check_int("second", post_list(db, 1, &query, &list), 0);
	check_str("the last", list->name, "う");
	assert_null(list->next);
	check_int("all", post_count(db, 1, &query), 3);
	check_int("nobody's", post_count(db, 9, &query), 0);
	database_do(db, "DELETE FROM post; DELETE FROM audit");
}

static void test_posts(void **state)
{
	static const struct {
		const char *name;
		int64_t account, id, grp;
		const char *post;
		int64_t version;
		int want;
	} rows[] = {
		{ "new", 1, 0, 2, "連絡班", 0, POST_SAVED },
		{ "the same name", 1, 0, 2, "連絡班", 0, POST_TAKEN },
		{ "in another group", 1, 0, 3, "連絡班", 0, POST_SAVED },
		{ "no group", 1, 0, 99, "x", 0, POST_NOT_FOUND },
		{ "another's group", 2, 0, 3, "x", 0, POST_NOT_FOUND },
		{ "changed", 2, 1, 2, "連絡班", 1, POST_SAVED },
		{ "changed meanwhile", 1, 1, 2, "連絡班", 1, POST_CHANGED },
		{ "into another's group", 2, 1, 3, "y", 2, POST_NOT_FOUND },
		{ "another's", 2, 3, 3, "y", 1, POST_NOT_FOUND },
	};
	struct post_query all = { .most = 10 };
	struct post_person substitute = { .user = 3, .substitute = true };
	struct post_person first = { .next = &substitute, .user = 1 };
	struct post_person *list;
	struct db *db = *state;
	struct post p;
	int64_t id;

	database_do(db, "ALTER TABLE post AUTO_INCREMENT = 1");
	/* What was refused leaves gaps; ids count for nothing here but those of
	 * the first and the third. */
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct post post = {
			.id = rows[i].id,
			.grp = rows[i].grp,
			.name = rows[i].post,
			.needed = 2,
			.within = 3,
			.version = rows[i].version,
		};

		check_int(rows[i].name,
			  post_save(db, rows[i].account, &who, &post, &first,
				    &id),
			  rows[i].want);
	}
	check_int("found", post_find(db, 2, 1, &p), 1);
	check_int("version", p.version, 2);
	check_int("one first", p.people, 1);
	check_int("the substitute of before stays", p.substitutes, 1);
	check_int("people", post_people(db, 2, 1, &list), 0);
	check_str("whom he reaches", list->staff_no, "S1");
	assert_null(list->next);
	check_int("all", post_count(db, 1, &all), 2);
	check_int("his", post_count(db, 2, &all), 1);
	all.group = 3;
	check_int("of a group", post_count(db, 1, &all), 1);
	all.group = 0;
	all.text = "部";
	check_int("by words", post_count(db, 1, &all), 1);
	all.text = NULL;
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit"
				   " WHERE action = 'post save'"
				   " AND detail LIKE 'before: %; after: %'"),
		  3);
	check_int("another's is not removed", post_remove(db, 2, &who, 3), 0);
	check_int("removed", post_remove(db, 1, &who, 3), 1);
	check_int("again", post_remove(db, 1, &who, 3), 0);
	check_int("removed", post_remove(db, 1, &who, 1), 1);
	check_int("with its people",
		  database_int(db, "SELECT COUNT(*) FROM post_person"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_posts),
	};

	return cmocka_run_group_tests_name("post", tests, setup, teardown);
}
