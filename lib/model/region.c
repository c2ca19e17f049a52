#include "model/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "db/db.h"

enum {
	CODE_LEN = 2, /* of a prefecture */
	PREFECTURES = 47,
};

/* The place of a prefecture's code in a table of them, or -1. */
static int prefecture_of(const char *code)
{
	long long n;

	if (strlen(code) != CODE_LEN || !str_to_int(code, 1, PREFECTURES, &n))
		return -1;
	return (int)n - 1;
}

const char *region_name(struct db *db, const char *code)
{
	static const char sql[] = "SELECT name FROM region WHERE code = ?";
	static char *kept[PREFECTURES];
	int place = prefecture_of(code);
	const char *name = "";
	struct stmt *s;

	if (place >= 0 && kept[place] != NULL)
		return kept[place];
	s = db_prepare(db, sql);
	db_bind_text(s, code);
	while (db_step(s) > 0)
		name = db_text(s, 0);
	if (place >= 0 && *name != '\0') {
		kept[place] = strdup(name);
		if (kept[place] == NULL)
			log_fatal("out of memory");
	}
	return name;
}
