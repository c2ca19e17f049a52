#include "model/area.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "feed/place.h"

enum {
	NEAREST = 3,
	LETTERS_MAX = 100, /* of a name, as the column */
	PREFECTURES = 47,
	CLOSE = 50, /* percent of the letters of both that are shared */
};

/* Which tables the names of an event's areas come from. */
static const struct {
	const char *kind, *tables;
} kinds[] = {
	{ "tsunami", "coast" },	       { "volcano", "volcano,city" },
	{ "weather", "weather,city" }, { "landslide", "weather,city" },
	{ "flood", "river,city" },     { "typhoon", "weather,city,sea" },
};

static const char all_tables[] = "coast,volcano,weather,city,river,sea";

struct near {
	const char *name;
	int likeness;
};

static const char *tables_of(const char *kind)
{
	for (size_t i = 0; i < LEN(kinds); i++)
		if (str_eq(kinds[i].kind, kind))
			return kinds[i].tables;
	return all_tables;
}

/* Letters of valid UTF-8, at most LETTERS_MAX. */
static int letters(const char *text, uint32_t *out)
{
	int n = 0;

	for (const unsigned char *p = (const unsigned char *)text;
	     *p != '\0' && n <= LETTERS_MAX; p++) {
		if ((*p & 0xc0) != 0x80) {
			if (n == LETTERS_MAX)
				return n;
			out[n++] = *p;
		} else if (n > 0) {
			out[n - 1] = out[n - 1] << 8 | *p;
		}
	}
	return n;
}

/* How many letters two names share in the same order, in percent of both. */
static int likeness(const char *one, const char *other)
{
	uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
	int row[LETTERS_MAX + 1] = { 0 };
	int n = letters(one, a), m = letters(other, b);

	for (int i = 0; i < n; i++) {
		int corner = 0;

		for (int k = 1; k <= m; k++) {
			int above = row[k];

			if (a[i] == b[k - 1])
				row[k] = corner + 1;
			else if (row[k - 1] > row[k])
				row[k] = row[k - 1];
			corner = above;
		}
	}
	return n + m == 0 ? 0 : 200 * row[m] / (n + m);
}

static void keep(struct near *best, const char *name, int like)
{
	int i = NEAREST;

	if (like < CLOSE)
		return;
	for (; i > 0 && best[i - 1].likeness < like; i--)
		if (i < NEAREST)
			best[i] = best[i - 1];
	if (i < NEAREST)
		best[i] = (struct near){ name, like };
}

static const char *join(struct arena *a, const struct near *best)
{
	struct str out = { .arena = a };

	for (int i = 0; i < NEAREST && best[i].name != NULL; i++)
		str_fmt(&out, "%s%s", i == 0 ? "" : "、", best[i].name);
	return str_text(&out);
}

/* Prefectures, where any name will do. */
static bool keep_prefectures(struct arena *a, const char *name,
			     struct near *best)
{
	for (int p = 1; p <= PREFECTURES; p++) {
		const char *show =
			place_prefecture_show(arena_fmt(a, "%02d", p));

		if (str_eq(show, name))
			return true;
		keep(best, show, likeness(name, show));
	}
	return false;
}

/* 1 and *nearest if a name is in none of the tables, 0, -1. */
static int look_for(struct db *db, const char *tables, const char *name,
		    const char **nearest)
{
	static const char sql[] = "SELECT DISTINCT name"
				  "  FROM area"
				  " WHERE FIND_IN_SET(kind, ?)";
	struct near best[NEAREST] = { 0 };
	struct stmt *s = db_prepare(db, sql);
	bool found = false;
	int rc;

	db_bind_text(s, tables);
	while ((rc = db_step(s)) > 0) {
		const char *known = db_text(s, 0);

		found |= str_eq(known, name);
		keep(best, known, likeness(name, known));
	}
	if (tables == all_tables)
		found |= keep_prefectures(db->arena, name, best);
	*nearest = join(db->arena, best);
	return rc < 0 ? -1 : !found;
}

int area_check(struct db *db, const char *kind, const char *names,
	       struct area_fault *out)
{
	static const char comma[] = "、";

	while (*names != '\0') {
		const char *end = strstr(names, comma);
		size_t len =
			end == NULL ? strlen(names) : (size_t)(end - names);
		int rc;

		out->name = arena_strndup(db->arena, names, len);
		rc = look_for(db, tables_of(kind), out->name, &out->nearest);
		if (rc != 0)
			return rc;
		names += len + (end == NULL ? 0 : strlen(comma));
	}
	return 0;
}
