#ifndef DATABASE_H
#define DATABASE_H

/*
 * A real database for unit tests, made by tests/unit/database from sql/.  Each
 * test runs in a transaction that is rolled back.
 */
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"

/* Setup: *state becomes a struct db with an arena, inside a transaction. */
static inline int database_setup(void **state)
{
	struct db_config config = {
		.socket = getenv("ANPI_TEST_SOCKET"),
		.name = "anpi",
		.user = "root",
		.password = "",
		.timeout_s = 30,
	};
	struct db *db;

	if (config.socket == NULL)
		fail_msg("run by tests/run, which starts the database");
	db = db_open(&config);
	db->arena = arena_new();
	*state = db;
	return db_begin(db);
}

static inline int database_teardown(void **state)
{
	struct db *db = *state;

	db_rollback(db);
	arena_free(db->arena);
	db_close(db);
	return 0;
}

/* Runs trusted SQL of the test itself. */
static inline void database_do(struct db *db, const char *sql)
{
	if (db_script(db, sql) < 0)
		fail_msg("%s", sql);
}

/* The number that a query of the test itself gives. */
static inline int64_t database_int(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	int64_t n;

	if (db_step(s) != 1)
		fail_msg("no row: %s", sql);
	n = db_int(s, 0);
	while (db_step(s) == 1)
		;
	return n;
}

#endif
