#include "model/terms.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/setting.h"

static long long number_of(const struct setting *list, size_t count,
			   const char *name)
{
	long long n = 0;

	return str_to_int(setting_of(list, count, name), 0, INT32_MAX, &n) ? n
									   : 0;
}

int terms_find(struct db *db, const char *kind, struct terms *out)
{
	const char *closes = arena_fmt(db->arena, "closes.%s", kind);
	struct setting *list;
	size_t count;

	if (setting_list(db, &list, &count) < 0)
		return -1;
	*out = (struct terms){
		.hours = number_of(list, count, closes),
		.reask.times = (int)number_of(list, count, "reask.times"),
		.reask.gap_min = (int)number_of(list, count, "reask.gap"),
	};
	return 0;
}

int64_t terms_close(const struct terms *terms, int64_t begins)
{
	const int64_t hour = INT64_C(60) * TIME_MINUTE;

	return terms->hours == 0 ? 0 : begins + terms->hours * hour;
}
