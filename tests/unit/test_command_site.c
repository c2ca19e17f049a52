#include "command_test.h"

#include "base/seal.h"
#include "base/sign.h"
#include "base/token.h"

static const char *const keys[] = { "link.keys",	"digest.key",
				    "seal.private",	"seal.public",
				    "evidence.private", "evidence.public" };

static void make_folder(struct arena *a, const char *name)
{
	assert_int_equal(mkdir(command_path(a, name), 0700), 0);
}

static void check_row(const struct command_row *row)
{
	check_command(NULL, commands_site, row, "");
}

/* The bytes of a key, or NULL. */
static const char *key_text(struct arena *a, const char *folder,
			    const char *name)
{
	size_t len;

	return file_read(
		a, command_path(a, arena_fmt(a, "%s/%s", folder, name)), &len);
}

static mode_t mode_of(struct arena *a, const char *file)
{
	struct stat st;

	assert_int_equal(stat(command_path(a, file), &st), 0);
	return st.st_mode & 0777;
}

static void test_keys_new(void **state)
{
	static const struct command_row call = { "made", "keys new @new", 0,
						 NULL, NULL };
	struct arena *a = arena_new();

	(void)state;
	make_folder(a, "new");
	check_row(&call);
	assert_non_null(token_keys_load(command_path(a, "new/link.keys")));
	assert_non_null(digest_key_load(command_path(a, "new/digest.key")));
	assert_non_null(seal_private_load(command_path(a, "new/seal.private")));
	assert_non_null(seal_public_load(command_path(a, "new/seal.public")));
	assert_non_null(
		sign_private_load(command_path(a, "new/evidence.private")));
	assert_non_null(
		sign_public_load(command_path(a, "new/evidence.public")));
	for (size_t i = 0; i < LEN(keys); i++)
		check_int(keys[i],
			  mode_of(a, arena_fmt(a, "new/%s", keys[i])) & 0077,
			  strstr(keys[i], "public") == NULL ? 0 : 0044);
	arena_free(a);
}

/* A key in use is never overwritten; one that is gone is made again. */
static void test_keys_stay(void **state)
{
	static const struct command_row call = { "again", "keys new @old", 0,
						 NULL, NULL };
	const char *before[LEN(keys)];
	struct arena *a = arena_new();

	(void)state;
	make_folder(a, "old");
	check_row(&call);
	for (size_t i = 0; i < LEN(keys); i++)
		before[i] = key_text(a, "old", keys[i]);
	assert_int_equal(unlink(command_path(a, "old/digest.key")), 0);
	check_row(&call);
	for (size_t i = 0; i < LEN(keys); i++)
		check_int(keys[i],
			  str_eq(before[i], key_text(a, "old", keys[i])),
			  !str_eq(keys[i], "digest.key"));
	arena_free(a);
}

/* Without a folder, that of the settings. */
static void test_keys_of_settings(void **state)
{
	static const struct command_row call = { "no folder", "keys new --json",
						 0, "{\"folder\": \"*\"}",
						 NULL };
	struct arena *a = arena_new();

	(void)state;
	check_row(&call);
	assert_non_null(digest_key_load(command_path(a, "digest.key")));
	arena_free(a);
}

static void test_keys_refused(void **state)
{
	static const struct command_row rows[] = {
		{ "usage", "keys new @a @b", 2, NULL, NULL },
		{ "no folder", "keys new @none", 1, NULL, "key" },
		{ "no folder but a file", "keys new @anpi.hdf", 1, NULL,
		  "key" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_row(&rows[i]);
}

/* Statements that change tables end a transaction, so the test has a database
 * of its own. */
#define OWN "anpi_command_site"

static int own_setup(void **state)
{
	if (database_setup(state) < 0)
		return -1;
	database_do(*state, "DROP DATABASE IF EXISTS " OWN
			    "; CREATE DATABASE " OWN "; USE " OWN);
	return 0;
}

static int own_teardown(void **state)
{
	database_do(*state, "DROP DATABASE " OWN "; USE anpi");
	return database_teardown(state);
}

static struct command_row migrate(struct arena *a, const char *name,
				  const char *rest)
{
	return (struct command_row){
		.name = name,
		.line = arena_fmt(a, "migrate --socket %s %s",
				  getenv("ANPI_TEST_SOCKET"), rest),
	};
}

static void test_migrate(void **state)
{
	struct db *db = *state;
	struct command_row row;

	make_folder(db->arena, "sql");
	make_folder(db->arena, "sql/migrations");
	command_file("sql/schema.sql",
		     "CREATE TABLE migration (name VARCHAR(100) PRIMARY KEY,"
		     " at DATETIME(6) NOT NULL);"
		     "CREATE TABLE t (n INT NOT NULL PRIMARY KEY);");
	command_file("sql/migrations/010_a.sql", "INSERT INTO t VALUES (1);");
	row = migrate(db->arena, "each is told", "--database " OWN " @sql");
	row.out = "schema.sql\n010_a.sql\n";
	check_row(&row);
	row.out = NULL;
	check_row(&row);
	row = migrate(db->arena, "as JSON", "--database " OWN " --json @sql");
	row.out = "[]";
	check_row(&row);
	command_file("sql/migrations/020_b.sql", "NONSENSE;");
	row.name = "a bad one";
	row.status = COMMAND_REFUSED;
	row.err = "sql has run; mend what the lines above name";
	check_row(&row);
	check_int("once", database_int(db, "SELECT SUM(n) FROM t"), 1);
}

static void test_migrate_refuses(void **state)
{
	struct arena *a = arena_new();
	const struct command_row many = { "two folders", "migrate @sql @sql", 2,
					  NULL, NULL };
	const struct command_row nobody = {
		"no server", "migrate sql --socket @none --database x", 1, NULL,
		"database not reachable"
	};
	struct command_row row =
		migrate(a, "no folder", "--database anpi @none");

	(void)state;
	check_row(&many);
	check_row(&nobody);
	row.status = COMMAND_REFUSED;
	row.err = "not all of ";
	check_row(&row);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_new),
		cmocka_unit_test(test_keys_stay),
		cmocka_unit_test(test_keys_of_settings),
		cmocka_unit_test(test_keys_refused),
		cmocka_unit_test_setup_teardown(test_migrate, own_setup,
						own_teardown),
		cmocka_unit_test(test_migrate_refuses),
	};

	return cmocka_run_group_tests(tests, command_setup, command_teardown);
}
