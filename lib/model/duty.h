#ifndef MODEL_DUTY_H
#define MODEL_DUTY_H

/*
 * The duty list: who is paged when a check waits for a decision, in which
 * order.  Those of step 1 at once, those of the next steps one after the other,
 * those of the last step again and again (model/paging.h).  While the list is
 * empty every operator is of step 1. Only accounts that may decide and belong
 * to a staff member can be paged: the page goes to the addresses that the
 * person has registered. Source: D1k.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct audit;
struct db;
struct target;

enum {
	DUTY_STEPS_MAX = 20,
	DUTY_ACCOUNTS_MAX = 200,
	DUTY_SEEN_MAX = 2000, /* bytes of a list as duty_seen writes it */
};

/* An account that may decide. */
struct duty {
	struct duty *next;
	int64_t account;
	const char *login, *name, *role;
	int step;	/* 0: not on the list */
	bool is_person; /* it belongs to somebody who is there */
	bool reachable; /* and has an address that is not dead */
};

/* All accounts that may decide, those on the list first and in its order.
 * Returns 0 and sets *out, or -1. */
int duty_list(struct db *db, struct duty **out);

/* The list as it stands, "3=1 7=2": who changes it says what he saw. */
const char *duty_seen(struct db *db, const struct duty *list);

enum duty_saved {
	DUTY_SAVED = 1,
	DUTY_SAME = 0,	/* nothing is different */
	DUTY_MOVED = 2, /* changed by another meanwhile: nothing is stored */
};

/* Stores the steps of the list in place of what stands, audited with before
 * and after.  seen: duty_seen of what was shown.  Returns a duty_saved, or
 * -1 on failure. */
int duty_save(struct db *db, const struct audit *who, const struct duty *list,
	      const char *seen);

/* The first step above one at which somebody can be paged; the last such step
 * if there is none above.  0 if nobody can be paged at all, -1 on failure. */
int duty_next_step(struct db *db, int above);

/* The people of a step.  Returns 0 and sets *out, NULL if there are none, or
 * -1. */
int duty_targets(struct db *db, int step, struct target **out);

/* The accounts of the people that can be paged, as a table for queries within
 * model: id, user, name, step. */
#define DUTY_EFFECTIVE                                                         \
	"(SELECT a.id, a.user, a.name, COALESCE(d.step, 1) AS step"            \
	"   FROM account a"                                                    \
	"   JOIN user u ON u.id = a.user AND u.state = 'active'"               \
	"   LEFT JOIN duty d ON d.account = a.id"                              \
	"  WHERE a.state = 'active'"                                           \
	"    AND a.role IN ('operator', 'system_admin')"                       \
	"    AND (d.account IS NOT NULL OR (a.role = 'operator'"               \
	"         AND NOT EXISTS (SELECT 1 FROM duty)))) l"

#endif
