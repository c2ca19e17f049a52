#include "test.h"

#include <stdio.h>
#include <sys/stat.h>

#include "database.h"
#include "model/migration.h"

static char folder[] = "/tmp/anpi-migration-XXXXXX";
static int told;

static void tell(const char *name)
{
	assert_true(*name != '\0');
	told++;
}

static void write_file(struct db *db, const char *name, const char *sql)
{
	FILE *f = fopen(arena_fmt(db->arena, "%s/%s", folder, name), "w");

	assert_non_null(f);
	fputs(sql, f);
	fclose(f);
}

/* Statements that change tables end a transaction, so the test has a database
 * of its own. */
static int setup(void **state)
{
	if (database_setup(state) < 0 || mkdtemp(folder) == NULL)
		return -1;
	database_do(*state, "DROP DATABASE IF EXISTS anpi_migration;"
			    "CREATE DATABASE anpi_migration;"
			    "USE anpi_migration");
	return mkdir(arena_fmt(((struct db *)*state)->arena, "%s/migrations",
			       folder),
		     0700);
}

static int teardown(void **state)
{
	database_do(*state, "DROP DATABASE anpi_migration; USE anpi");
	return database_teardown(state);
}

static void test_run(void **state)
{
	struct db *db = *state;

	check_int("no schema", migration_run(db, folder, tell), -1);
	write_file(db, "schema.sql",
		   "CREATE TABLE migration (name VARCHAR(100) PRIMARY KEY,"
		   " at DATETIME(6) NOT NULL);"
		   "CREATE TABLE t (n INT NOT NULL PRIMARY KEY);");
	write_file(db, "seed_a.sql", "INSERT INTO t VALUES (1);");
	write_file(db, "migrations/020_b.sql", "INSERT INTO t VALUES (3);");
	write_file(db, "migrations/010_a.sql", "INSERT INTO t VALUES (2);");
	check_int("an empty database", migration_run(db, folder, tell), 4);
	check_int("each is told", told, 4);
	check_int("again", migration_run(db, folder, tell), 0);
	check_int("once each", database_int(db, "SELECT SUM(n) FROM t"), 6);
	write_file(db, "migrations/030_c.sql",
		   "INSERT INTO t VALUES (4); NONSENSE;");
	write_file(db, "migrations/040_d.sql", "INSERT INTO t VALUES (5);");
	check_int("a bad one", migration_run(db, folder, tell), -1);
	check_int("stops there", database_int(db, "SELECT MAX(n) FROM t"), 4);
	write_file(db, "migrations/030_c.sql",
		   "INSERT IGNORE INTO t VALUES (4);");
	check_int("mended", migration_run(db, folder, tell), 2);
	check_int("all", database_int(db, "SELECT SUM(n) FROM t"), 15);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
