#ifndef MODEL_BROADCAST_TEMPLATE_H
#define MODEL_BROADCAST_TEMPLATE_H

/*
 * What a broadcast can begin from: a text with all that goes with it, or a set
 * of questions alone, kept as the fields of the form that it fills.  System
 * admins keep them, every admin uses them.  Source: D1d, D2c.
 */
#include <stdint.h>

struct audit;
struct db;

enum { BROADCAST_TEMPLATE_NAME_MAX = 100 }; /* characters */

struct broadcast_template {
	struct broadcast_template *next;
	int64_t id, version;
	const char *kind; /* text or questions */
	const char *name;
	const char *form; /* urlencoded (web/form.h) */
	const char *changed_by;
	int64_t changed_at;
};

/* Lists them all, by kind and name.  Returns 0 and sets *out, or -1. */
int broadcast_template_list(struct db *db, struct broadcast_template **out);

/* Returns 1 and fills *out, 0 if there is none, -1 on failure. */
int broadcast_template_find(struct db *db, int64_t id,
			    struct broadcast_template *out);

enum broadcast_template_saved {
	BROADCAST_TEMPLATE_SAVED = 1,
	BROADCAST_TEMPLATE_GONE = 0,  /* changed or deleted meanwhile */
	BROADCAST_TEMPLATE_TAKEN = 2, /* another has the name */
};

/* Saves it, as a new one if it has no id, and audits it; who->detail says what
 * stood there before and after.  As above, or -1 on failure. */
int broadcast_template_save(struct db *db, const struct audit *who,
			    struct broadcast_template *t);

/* Returns 1, 0 if there is none, -1 on failure. */
int broadcast_template_delete(struct db *db, const struct audit *who,
			      int64_t id);

#endif
