#include "model/carrier.h"

#include "base/arena.h"
#include "db/db.h"

enum { AT_ONCE = 20 }; /* broadcasts in a transaction */

const char *carrier_show(enum address_class class)
{
	static const char *const names[ADDRESS_CLASSES] = {
		[ADDRESS_OTHER] = "その他",
		[ADDRESS_DOCOMO] = "docomo",
		[ADDRESS_AU] = "au",
		[ADDRESS_SOFTBANK] = "SoftBank",
		[ADDRESS_YMOBILE] = "Y!mobile",
		[ADDRESS_RAKUTEN] = "楽天モバイル",
		[ADDRESS_GMAIL] = "Gmail",
		[ADDRESS_MICROSOFT] = "Microsoft",
		[ADDRESS_YAHOOJP] = "Yahoo! JAPAN",
	};

	return names[class];
}

/* The counters of a broadcast as one text: what a count was made of. */
#define COUNTERS                                                               \
	"CONCAT_WS(',', d.messages, d.handed, d.refused, d.cancelled,"         \
	" d.accepted, d.deferred, d.bounced)"

/* Broadcasts to count, newest first.  How many, or -1. */
static int find_moved(struct db *db, int64_t now, int64_t *ids)
{
	static const char sql[] =
		"SELECT b.id"
		"  FROM broadcast b"
		"  JOIN delivery d ON d.broadcast = b.id"
		" WHERE b.made_at > ? - INTERVAL 7 DAY"
		"   AND d.messages > 0"
		"   AND NOT EXISTS (SELECT 1 FROM carrier c"
		"                    WHERE c.broadcast = b.id"
		"                      AND c.counted = " COUNTERS ")"
		" ORDER BY b.id DESC"
		" LIMIT 20";
	struct stmt *s = db_prepare(db, sql);
	int n = 0, rc;

	db_bind_time(s, now);
	while ((rc = db_step(s)) > 0)
		ids[n++] = db_int(s, 0);
	return rc < 0 ? -1 : n;
}

/* The counters are read with the mails, so a later move is seen next time. */
static int count_one(struct db *db, int64_t broadcast)
{
	static const char forget[] = "DELETE FROM carrier WHERE broadcast = ?";
	static const char count[] =
		"INSERT INTO carrier (broadcast, class, counted, messages,"
		"       waiting, handed, accepted, deferred, bounced,"
		"       first_handed, last_handed, last_accepted)"
		" SELECT MAX(m.broadcast), COALESCE(a.class, 'other')"
		"        AS receiver,"
		"        MAX(" COUNTERS "), COUNT(*),"
		"        SUM(m.state IN ('queued', 'sending')),"
		"        SUM(m.state = 'handed' AND m.fate = ''),"
		"        SUM(m.fate = 'accepted'), SUM(m.fate = 'deferred'),"
		"        SUM(m.fate = 'bounced' OR m.state = 'refused'),"
		"        MIN(m.handed_at), MAX(m.handed_at),"
		"        MAX(IF(m.fate = 'accepted', m.fate_at, NULL))"
		"   FROM delivery d"
		"   JOIN message m ON m.broadcast = d.broadcast"
		"   LEFT JOIN address a ON a.id = m.address"
		"  WHERE d.broadcast = ?"
		"  GROUP BY receiver";
	struct stmt *s = db_prepare(db, forget);

	db_bind_int(s, broadcast);
	if (db_run(s) < 0)
		return -1;
	s = db_prepare(db, count);
	db_bind_int(s, broadcast);
	return db_run(s) < 0 ? -1 : 0;
}

static int count_moved(struct db *db, void *arg)
{
	int64_t ids[AT_ONCE];
	int n = find_moved(db, *(const int64_t *)arg, ids);

	for (int i = 0; i < n; i++)
		if (count_one(db, ids[i]) < 0)
			return -1;
	return n;
}

int carrier_count(struct db *db, int64_t now)
{
	return db_transaction(db, count_moved, &now);
}

static struct carrier *take(struct db *db, struct stmt *s)
{
	struct carrier *c = arena_alloc(db->arena, sizeof(*c));
	int class = address_class_named(db_text(s, 0));

	c->class = class < 0 ? ADDRESS_OTHER : (enum address_class) class;
	c->messages = db_int(s, 1);
	c->waiting = db_int(s, 2);
	c->handed = db_int(s, 3);
	c->accepted = db_int(s, 4);
	c->deferred = db_int(s, 5);
	c->bounced = db_int(s, 6);
	c->first_handed = db_time(s, 7);
	c->last_handed = db_time(s, 8);
	c->last_accepted = db_time(s, 9);
	return c;
}

int carrier_list(struct db *db, int64_t broadcast, struct carrier **out)
{
	static const char sql[] =
		"SELECT class, messages, waiting, handed, accepted, deferred,"
		"       bounced, first_handed, last_handed, last_accepted"
		"  FROM carrier"
		" WHERE broadcast = ?"
		" ORDER BY messages DESC, class";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, broadcast);
	while ((rc = db_step(s)) > 0) {
		*out = take(db, s);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}
