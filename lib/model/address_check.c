#include "model/address_check.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/own_address.h"
#include "model/setting.h"

static const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;

struct asking {
	int64_t now, most, mails, people;
};

/* Its row is that of the day in Japan: who makes it does the asking.  1, 0 if
 * it is there already, or -1. */
static int take_day(struct db *db, const struct asking *w)
{
	static const char sql[] = "INSERT IGNORE INTO address_check (day, at)"
				  " VALUES (DATE(? + INTERVAL 9 HOUR), ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->now);
	db_bind_time(s, w->now);
	return (int)db_run(s);
}

/* Never is longest ago. */
#define SINCE(at) "COALESCE(" at ", TIMESTAMP'1970-01-01 00:00:00')"

static int make_mails(struct db *db, struct asking *w)
{
	static const char sql[] =
		"INSERT INTO link_mail (kind, user, address, made_at, due_at)"
		" SELECT 'check_address', d.user, d.id, ?, ?"
		"   FROM address d"
		"   JOIN user u ON u.id = d.user AND u.state = 'active'"
		"   LEFT JOIN (SELECT m.address, MAX(m.made_at) AS at"
		"                FROM link_mail m"
		"               WHERE m.kind = 'check_address'"
		"               GROUP BY m.address) k ON k.address = d.id"
		"  WHERE (d.state = 'unknown' OR (d.state = 'confirmed'"
		"         AND " SINCE(
			"d.checked_at") " <= ?))"
					"    AND " SINCE(
						"k.at") " <= ?"
							"  ORDER BY "
							"GREATEST(" SINCE(
								"d."
								"chec"
								"ked_"
								"at") ","
								      " " SINCE("k.at") "), "
											"d.id"
											"  "
											"LIMIT "
											"?";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->now);
	db_bind_time(s, w->now);
	db_bind_time(s, w->now - OWN_FRESH_DAYS * day);
	db_bind_time(s, w->now - ADDRESS_CHECK_GAP_DAYS * day);
	db_bind_int(s, w->most);
	w->mails = db_run(s);
	return w->mails < 0 ? -1 : 0;
}

static int count_people(struct db *db, struct asking *w)
{
	static const char sql[] = "SELECT COUNT(DISTINCT user) FROM link_mail"
				  " WHERE made_at = ?"
				  "   AND kind = 'check_address'";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->now);
	return db_number(s, &w->people);
}

static int note(struct db *db, const struct asking *w)
{
	static const char sql[] = "UPDATE address_check"
				  "   SET addresses = ?, people = ?"
				  " WHERE day = DATE(? + INTERVAL 9 HOUR)";
	struct audit line = {
		.actor = "自動",
		.action = "address checks mailed",
		.object = "daily",
		.people = w->people,
		.detail =
			arena_fmt(db->arena, "mails=%lld", (long long)w->mails),
	};
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, w->mails);
	db_bind_int(s, w->people);
	db_bind_time(s, w->now);
	return db_run(s) < 0 ? -1 : audit_add(db, &line);
}

static int ask(struct db *db, void *arg)
{
	struct asking *w = arg;
	int rc = take_day(db, w);

	w->mails = 0;
	if (rc <= 0)
		return rc;
	if (make_mails(db, w) < 0)
		return -1;
	if (w->mails == 0)
		return 0;
	if (count_people(db, w) < 0 || note(db, w) < 0)
		return -1;
	log_info("addresses asked mails=%lld people=%lld", (long long)w->mails,
		 (long long)w->people);
	return 0;
}

int address_check_daily(struct db *db, int64_t now)
{
	struct asking w = { .now = now };
	const char *from = setting_text(db, "quiet.from");
	const char *to = setting_text(db, "quiet.to");

	w.most = setting_int(db, "address.check");
	if (from == NULL || to == NULL || w.most < 0)
		return -1;
	if (w.most == 0 || setting_quiet_end(from, to, now) != now)
		return 0;
	return db_transaction(db, ask, &w) < 0 ? -1 : (int)w.mails;
}

int address_check_find(struct db *db, int64_t now, struct address_check *out)
{
	static const char sql[] =
		"SELECT at, addresses, people,"
		"       (SELECT COALESCE(SUM(s.addresses), 0)"
		"          FROM address_check s WHERE s.at > ?)"
		"  FROM address_check"
		" WHERE addresses > 0"
		" ORDER BY day DESC"
		" LIMIT 1";
	struct stmt *s;
	int rc;

	*out = (struct address_check){ .most = setting_int(db,
							   "address.check") };
	if (out->most < 0)
		return -1;
	s = db_prepare(db, sql);
	db_bind_time(s, now - ADDRESS_CHECK_SHOWN_DAYS * day);
	while ((rc = db_step(s)) > 0) {
		out->at = db_time(s, 0);
		out->addresses = db_int(s, 1);
		out->people = db_int(s, 2);
		out->shown = db_int(s, 3);
	}
	return rc;
}
