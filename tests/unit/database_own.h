#ifndef DATABASE_OWN_H
#define DATABASE_OWN_H

/*
 * A database of one test program's own, made from sql/schema.sql: for code
 * that commits.  Its name is the second argument; dropped at the end.
 */
#include <stdio.h>
#include <stdlib.h>

#include "database.h"

static inline char *database_file(const char *path)
{
	enum { SCHEMA_MAX = 1 << 20 };
	char *text = calloc(1, SCHEMA_MAX);
	FILE *f = fopen(path, "r");

	if (f == NULL || text == NULL || fread(text, 1, SCHEMA_MAX - 1, f) == 0)
		fail_msg("run in the root of the tree: no %s", path);
	fclose(f);
	return text;
}

/* Returns a connection with an arena, outside a transaction. */
static inline struct db *database_own(const char *name)
{
	struct db_config config = {
		.socket = getenv("ANPI_TEST_SOCKET"),
		.name = "anpi",
		.user = "root",
		.password = "",
		.timeout_s = 30,
	};
	char *schema = database_file("sql/schema.sql");
	char make[256];
	struct db *db;

	if (config.socket == NULL)
		fail_msg("run by tests/run, which starts the database");
	db = db_open(&config);
	db->arena = arena_new();
	snprintf(make, sizeof(make),
		 "DROP DATABASE IF EXISTS %s; CREATE DATABASE %s"
		 " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE %s",
		 name, name, name);
	database_do(db, make);
	database_do(db, schema);
	free(schema);
	return db;
}

static inline void database_own_end(struct db *db, const char *name)
{
	char drop[128];

	snprintf(drop, sizeof(drop), "DROP DATABASE %s", name);
	database_do(db, drop);
	arena_free(db->arena);
	db_close(db);
}

#endif
