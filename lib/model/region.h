#ifndef MODEL_REGION_H
#define MODEL_REGION_H

/*
 * Places by their code: prefectures "01" to "47", and what lies in them.
 * Source: DESIGN 4.
 */

struct db;

/*
 * The name of a place, "" if it is not known or the database is away.  A
 * program asks for the name of a prefecture once: it does not change while it
 * runs.  Good for the life of the program, or of the arena of db.
 */
const char *region_name(struct db *db, const char *code);

#endif
