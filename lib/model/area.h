#ifndef MODEL_AREA_H
#define MODEL_AREA_H

/*
 * Names of areas as telegrams write them (table area), so that a rule names
 * none that no telegram will ever have.  Source: D1n; SCREENS, rules.
 */
struct db;

/* A name that telegrams of a kind of event do not have, and those of theirs
 * that are most like it, "東京湾内湾、東京地方"; "" if none is. */
struct area_fault {
	const char *name, *nearest;
};

/*
 * Looks for the first such name in a list parted by 、 ("": none).  Kinds
 * without a table of their own may name any area or prefecture.  Returns 1 and
 * fills *out, 0 if all are known, -1 on failure.
 */
int area_check(struct db *db, const char *kind, const char *names,
	       struct area_fault *out);

#endif
