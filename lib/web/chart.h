#ifndef WEB_CHART_H
#define WEB_CHART_H

/*
 * Shares of a whole, as figures and as SVG takes them; templates draw.
 */
#include <stdint.h>

struct arena;

/* Where a part lies on a bar: "12.50%". */
struct chart_extent {
	const char *x, *width;
};

/* Per cent, rounded; 0 and 100 only if it is none and all, so that one person
 * missing is never rounded away.  0 of a whole of 0. */
int chart_percent(int64_t part, int64_t whole);

/* The same as "31%". */
const char *chart_share(struct arena *a, int64_t part, int64_t whole);

/* The extent of a part that comes after others of the same whole. */
struct chart_extent chart_extent(struct arena *a, int64_t before, int64_t part,
				 int64_t whole);

#endif
