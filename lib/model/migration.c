#include "model/migration.h"

#include <errno.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"

enum { READ_STEP = 65536 }; /* bytes */

/* In this order; within each by name. */
static const char *const patterns[] = { "schema.sql", "seed*.sql",
					"migrations/*.sql" };

static const char *read_file(struct arena *a, const char *path)
{
	struct str text = { .arena = a };
	char *step = arena_alloc(a, READ_STEP);
	FILE *f = fopen(path, "r");
	bool whole;
	size_t n;

	if (f == NULL) {
		log_error("file not readable file=%s why=%s", path,
			  strerror(errno));
		return NULL;
	}
	while ((n = fread(step, 1, READ_STEP, f)) > 0)
		str_add_len(&text, step, n);
	whole = ferror(f) == 0;
	fclose(f);
	if (!whole) {
		log_error("file not read to its end file=%s", path);
		return NULL;
	}
	return str_text(&text);
}

/* The number of the one row of a query with one text in it, or -1. */
static int count(struct db *db, const char *sql, const char *text)
{
	struct stmt *s = db_prepare(db, sql);
	int n = -1, rc;

	db_bind_text(s, text);
	while ((rc = db_step(s)) > 0)
		n = (int)db_int(s, 0);
	return rc < 0 ? -1 : n;
}

/* 1, 0 or -1.  An empty database has no table to ask. */
static int has_run(struct db *db, const char *name)
{
	static const char table[] = "SELECT COUNT(*)"
				    "  FROM information_schema.tables"
				    " WHERE table_schema = DATABASE()"
				    "   AND table_name = ?";
	static const char ran[] = "SELECT COUNT(*)"
				  "  FROM migration"
				  " WHERE name = ?";
	int there = count(db, table, "migration");

	return there <= 0 ? there : count(db, ran, name);
}

static int note(struct db *db, const char *name)
{
	static const char sql[] = "INSERT INTO migration (name, at)"
				  " VALUES (?, UTC_TIMESTAMP(6))";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, name);
	return db_run(s) < 0 ? -1 : 0;
}

/* Runs a file if it has not run: 1, 0 or -1. */
static int run(struct db *db, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	const char *sql;
	int ran = has_run(db, name);

	if (ran != 0)
		return ran < 0 ? -1 : 0;
	sql = read_file(db->arena, path);
	if (sql == NULL)
		return -1;
	if (db_script(db, sql) < 0 || note(db, name) < 0)
		return log_error("migration stopped file=%s", path);
	return 1;
}

static int run_all(struct db *db, const glob_t *found,
		   void (*done)(const char *name))
{
	int n = 0;

	for (size_t i = 0; i < found->gl_pathc; i++) {
		int rc = run(db, found->gl_pathv[i]);

		if (rc < 0)
			return -1;
		if (rc > 0)
			done(strrchr(found->gl_pathv[i], '/') + 1);
		n += rc;
	}
	return n;
}

int migration_run(struct db *db, const char *folder,
		  void (*done)(const char *name))
{
	int all = 0, n = 0;

	for (size_t i = 0; i < LEN(patterns) && n >= 0; i++) {
		const char *pattern =
			arena_fmt(db->arena, "%s/%s", folder, patterns[i]);
		glob_t found = { 0 };
		int rc = glob(pattern, 0, NULL, &found);

		if (rc != 0 && rc != GLOB_NOMATCH)
			n = log_error("folder not readable folder=%s", folder);
		else if (i == 0 && found.gl_pathc == 0)
			n = log_error("no schema.sql there folder=%s", folder);
		else
			n = run_all(db, &found, done);
		all += n;
		globfree(&found);
	}
	return n < 0 ? -1 : all;
}
