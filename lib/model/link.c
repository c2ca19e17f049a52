#include "model/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"

/* Between two looks. */
static const int64_t look_every = TIME_SECOND;

/* A revocation is stamped before it is committed: each look goes back so far
 * behind the newest that was seen. */
static const int64_t overlap = INT64_C(60) * TIME_SECOND;

struct revoked {
	int64_t user;
	unsigned generation; /* that counts now */
};

struct links {
	struct revoked *list; /* by user */
	size_t count, cap;
	int64_t newest;	   /* stamp of the newest seen, 0: none */
	int64_t looked_at; /* monotonic, 0: never */
};

struct links *links_open(void)
{
	struct links *set = calloc(1, sizeof(*set));

	if (set == NULL)
		log_fatal("out of memory");
	return set;
}

/* Where the user stands, or would. */
static size_t place_of(const struct links *set, int64_t user)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->list[middle].user < user)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_there(const struct links *set, size_t place, int64_t user)
{
	return place < set->count && set->list[place].user == user;
}

static void keep(struct links *set, int64_t user, unsigned generation)
{
	size_t place = place_of(set, user);

	if (!is_there(set, place, user)) {
		if (set->count == set->cap) {
			set->cap = set->cap == 0 ? 64 : set->cap * 2;
			set->list = reallocarray(set->list, set->cap,
						 sizeof(*set->list));
			if (set->list == NULL)
				log_fatal("out of memory");
		}
		memmove(set->list + place + 1, set->list + place,
			(set->count - place) * sizeof(*set->list));
		set->count++;
	}
	set->list[place] = (struct revoked){ user, generation };
}

int links_refresh(struct links *set, struct db *db)
{
	/* By user, so that a first look at many appends them. */
	static const char sql[] = "SELECT id, link_generation, links_revoked_at"
				  "  FROM user"
				  " WHERE links_revoked_at >= ?"
				  " ORDER BY id";
	int64_t now = time_monotonic();
	struct stmt *s;
	int rc;

	if (set->looked_at != 0 && now - set->looked_at < look_every)
		return 0;
	s = db_prepare(db, sql);
	db_bind_time(s, set->newest > overlap ? set->newest - overlap : 1);
	while ((rc = db_step(s)) > 0) {
		int64_t at = db_time(s, 2);

		keep(set, db_int(s, 0), (unsigned)db_int(s, 1));
		if (at > set->newest)
			set->newest = at;
	}
	if (rc == 0)
		set->looked_at = now;
	return rc;
}

bool links_is_current(const struct links *set, int64_t user,
		      unsigned generation)
{
	size_t place = place_of(set, user);

	return generation ==
	       (is_there(set, place, user) ? set->list[place].generation : 0);
}

int link_revoke(struct db *db, int64_t user)
{
	static const char sql[] =
		"UPDATE user"
		"   SET link_generation = (link_generation + 1) MOD 256,"
		"       links_revoked_at = UTC_TIMESTAMP(6)"
		" WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, user);
	return (int)db_run(s);
}
