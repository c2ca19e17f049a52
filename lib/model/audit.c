#include "model/audit.h"

#include <stddef.h>

#include "base/time.h"
#include "db/db.h"

static const char *text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

int audit_add(struct db *db, const struct audit *line)
{
	static const char sql[] =
		"INSERT INTO audit (at, account, actor, network, action,"
		"                   object, people, detail)"
		" VALUES (?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?)";
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, time_now());
	db_bind_int(s, line->account);
	db_bind_text(s, text_or_empty(line->actor));
	db_bind_text(s, text_or_empty(line->network));
	db_bind_text(s, text_or_empty(line->action));
	db_bind_text(s, text_or_empty(line->object));
	db_bind_int(s, line->people);
	db_bind_text(s, text_or_empty(line->detail));
	return db_run(s) < 0 ? -1 : 0;
}
