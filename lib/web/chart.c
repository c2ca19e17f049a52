#include "web/chart.h"

#include "base/arena.h"

enum { PER_CENT = 100 };

int chart_percent(int64_t part, int64_t whole)
{
	int64_t p;

	if (whole <= 0 || part <= 0)
		return 0;
	if (part >= whole)
		return PER_CENT;
	p = (part * PER_CENT + whole / 2) / whole;
	if (p < 1)
		return 1;
	return p < PER_CENT ? (int)p : PER_CENT - 1;
}

const char *chart_share(struct arena *a, int64_t part, int64_t whole)
{
	return arena_fmt(a, "%d%%", chart_percent(part, whole));
}

struct chart_extent chart_extent(struct arena *a, int64_t before, int64_t part,
				 int64_t whole)
{
	double unit = whole > 0 ? (double)PER_CENT / (double)whole : 0;

	return (struct chart_extent){
		.x = arena_fmt(a, "%.2f%%", (double)before * unit),
		.width = arena_fmt(a, "%.2f%%", (double)part * unit),
	};
}
