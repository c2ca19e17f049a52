#ifndef MODEL_OWN_REGION_H
#define MODEL_OWN_REGION_H

/*
 * The regions that a person keeps himself: any number for each purpose, a
 * municipality or a whole prefecture.  What he adds has the origin "self", and
 * a purpose for which he has one is his: sync-hr leaves it alone.  So a region
 * of HR can be removed once he has one of his own for that purpose; before,
 * the next night would bring it back.  Source: D1f, B6.
 */
#include <stdint.h>

struct audit;
struct db;

enum { OWN_REGION_MOST = 100 }; /* of a person: against misuse only */

struct own_region {
	struct own_region *next;
	const char *purpose; /* work, home, family, other */
	const char *code, *name;
	const char *prefecture; /* name, "" if it is one itself */
	const char *origin;	/* hr, admin, self */
};

/* A place to choose. */
struct place {
	struct place *next;
	const char *code, *name;
};

/* By purpose, then code.  0 and *out, or -1. */
int own_region_list(struct db *db, int64_t user, struct own_region **out);

/* The prefectures (parent NULL), or the municipalities of one, by code. */
int own_region_places(struct db *db, const char *parent, struct place **out);

enum own_region_result {
	OWN_REGION_NONE, /* no such region, or he has not got it */
	OWN_REGION_DONE,
	OWN_REGION_MANY, /* he has OWN_REGION_MOST */
	OWN_REGION_HR,	 /* of HR, and none of his own for that purpose */
};

/* Adds a region; one he has becomes his own.  Audited.  Returns enum
 * own_region_result, or -1. */
int own_region_add(struct db *db, const struct audit *audit, int64_t user,
		   const char *purpose, const char *code);

/* Likewise removes one. */
int own_region_remove(struct db *db, const struct audit *audit, int64_t user,
		      const char *purpose, const char *code);

#endif
