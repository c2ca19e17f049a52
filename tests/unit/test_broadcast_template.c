#include "test.h"

#include "model/audit.h"
#include "model/broadcast_template.h"
#include "people.h"

static void test_save(void **state)
{
	struct db *db = *state;
	const struct audit who = { .account = 900,
				   .actor = "t900",
				   .detail = "before after" };
	struct broadcast_template t = { .kind = "text",
					.name = "停電",
					.form = "subject=x" };
	struct broadcast_template old, got, *list;

	people_make(db);
	check_int("new", broadcast_template_save(db, &who, &t), 1);
	assert_int_equal(broadcast_template_find(db, t.id, &old), 1);
	check_str("who", old.changed_by, "全省");
	old.form = "subject=y";
	got = old;
	check_int("change", broadcast_template_save(db, &who, &old), 1);
	check_int("from an older one", broadcast_template_save(db, &who, &got),
		  BROADCAST_TEMPLATE_GONE);
	t.id = 0;
	check_int("the name again", broadcast_template_save(db, &who, &t),
		  BROADCAST_TEMPLATE_TAKEN);
	assert_int_equal(broadcast_template_list(db, &list), 0);
	assert_non_null(list);
	check_int("audited",
		  database_int(db, "SELECT COUNT(*) FROM audit WHERE"
				   " action = 'template change' AND"
				   " detail = 'before after'"),
		  2);
	check_int("delete", broadcast_template_delete(db, &who, old.id), 1);
	check_int("again", broadcast_template_delete(db, &who, old.id), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_save, database_setup,
						database_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
