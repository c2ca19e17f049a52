#ifndef MODEL_MIGRATION_H
#define MODEL_MIGRATION_H

/*
 * The tables and what they hold from the start: sql/schema.sql, the seeds, and
 * what has changed since, sql/migrations/ in the order of the file names.
 * Table `migration` remembers what has run.  A statement that changes tables
 * cannot be taken back, so each file is written so that it may run again after
 * it was cut short.  Source: DESIGN 4, 10.
 */
struct arena;
struct db;

/*
 * Runs what has not run yet, and calls done with the name of each file that
 * has.  Returns how many, or -1 after logging: what ran before stays run.
 */
int migration_run(struct db *db, const char *folder,
		  void (*done)(const char *name));

#endif
