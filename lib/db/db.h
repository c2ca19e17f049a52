#ifndef DB_DB_H
#define DB_DB_H

/*
 * One connection to MariaDB, prepared statements only.
 *
 * Preparing and binding remember the first failure; db_step and db_run report
 * it (logged by then).  Results live in db->arena, which the owner of the
 * connection sets for each request or step.  A statement is prepared once a
 * connection and found again by the address of its SQL literal, so the SQL
 * must be a static string.
 *
 * A lost connection is made anew by the next db_prepare outside a transaction.
 * Deadlock, lock time-out and "node not ready" (1213, 1205, 1047) are retried
 * here and nowhere else: by db_run for a statement of its own, by
 * db_transaction for several.  Source: DESIGN 4, 6.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct stmt;

struct db {
	struct arena *arena; /* where results go; set by the owner */
	struct db_connection *connection;
};

/* How to reach the database; strings stay the caller's. */
struct db_config {
	const char *socket; /* Unix socket */
	const char *name;   /* database */
	const char *user, *password;
	int timeout_s; /* of connecting, reading and writing */
};

/* Makes a handle; it connects at the first statement.  db_close ends it. */
struct db *db_open(const struct db_config *config);
void db_close(struct db *db);

/* Another connection with the same settings, for what must not meet the work
 * of this one (temporary tables).  It is closed with db's arena. */
struct db *db_beside(struct db *db);

/* Likewise, by the settings Db.* (config_open before). */
struct db *db_open_configured(void);

/* True if a connection stands or can be made now; logs nothing. */
bool db_alive(struct db *db);

/* Begins a statement; never NULL.  It is free again when db_step has returned
 * 0 or -1, when db_run has returned, or when the arena is reset. */
struct stmt *db_prepare(struct db *db, const char *sql);

/* Bind the next "?", in order.  Text and bytes must live until db_run or the
 * first db_step returns.  NULL text binds NULL, as does time 0. */
void db_bind_int(struct stmt *s, int64_t value);
void db_bind_text(struct stmt *s, const char *text);
void db_bind_blob(struct stmt *s, const void *bytes, size_t len);
void db_bind_time(struct stmt *s, int64_t at);
void db_bind_double(struct stmt *s, double value);
void db_bind_null(struct stmt *s);

/*
 * Ends a row of values: the statement (INSERT, UPDATE or DELETE) runs once for
 * each row, and all of them go to the server at once with db_run.  Numbers,
 * texts and bytes only.  A thousand or so rows are a good batch; at least one.
 * They wait in the arena that was the database's when the statement was
 * prepared, whichever is now.
 */
void db_row(struct stmt *s);

/* Failures that may be an answer, as MariaDB numbers them. */
enum {
	DB_NO_VALUE = 1048,  /* NULL for a column that takes none */
	DB_DUPLICATE = 1062, /* the key is taken */
};

/* Says that this failure (one of those above)
 * is an answer: db_run returns -1 and db_errno the code, nothing is logged.
 * Up to two a statement. */
void db_expect(struct stmt *s, unsigned code);

/* Next row: 1 a row, 0 no more, -1 failed. */
int db_step(struct stmt *s);

/* Steps to the end for the one number that a statement gives, as a count does.
 * Returns 0, or -1; *out stays as it is where no row comes. */
int db_number(struct stmt *s, int64_t *out);

/* Runs a statement without rows.  Returns the number of rows it named, also
 * those that an UPDATE left as they were (an upsert counts 1 new or same, 2
 * changed); -1 failed. */
int64_t db_run(struct stmt *s);

/* Columns of the row, from 0.  NULL reads as 0, "" and time 0; ask db_is_null
 * where that matters.  Text ends in NUL and lives in the arena. */
int64_t db_int(struct stmt *s, unsigned column);
double db_double(struct stmt *s, unsigned column);
const char *db_text(struct stmt *s, unsigned column);
const void *db_blob(struct stmt *s, unsigned column, size_t *len);
int64_t db_time(struct stmt *s, unsigned column);
bool db_is_null(struct stmt *s, unsigned column);

/* The id that the last INSERT made. */
int64_t db_last_id(struct db *db);

/* Number of the last failure as MariaDB gives it, 0 if there was none. */
unsigned db_errno(struct db *db);

/*
 * Runs step(db, arg) in a transaction: commits if it returns 0 or more, rolls
 * back if it returns -1, and runs it again (up to 5 times) after a deadlock
 * and the like, so step must be able to start over.  Returns what step
 * returned, or -1 if the commit failed.  Inside a transaction that has begun,
 * step is a part of it: no commit here, and -1 must be passed on.
 */
int db_transaction(struct db *db, int (*step)(struct db *db, void *arg),
		   void *arg);

/* For tests that roll back, and tools that hold a transaction open over
 * several calls of model.  No retry. */
int db_begin(struct db *db);
int db_commit(struct db *db);
void db_rollback(struct db *db);

/* Runs a file's worth of statements (schema, migrations): trusted text only,
 * never with values in it.  0 or -1. */
int db_script(struct db *db, const char *sql);

#endif
