#define _DEFAULT_SOURCE /* timegm */
#include "base/time.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

enum { JAPAN_OFFSET = 9 * 3600 }; /* seconds east of UTC */

static int64_t clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * TIME_SECOND + now.tv_nsec / 1000;
}

int64_t time_now(void)
{
	return clock_read(CLOCK_REALTIME);
}

int64_t time_monotonic(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

/* Reads exactly `digits` digits within least and most; false if there are
 * others. */
static bool number(const char **p, int digits, int least, int most, int *out)
{
	*out = 0;
	for (int i = 0; i < digits; i++, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*out = *out * 10 + (**p - '0');
	}
	return *out >= least && *out <= most;
}

static bool mark(const char **p, char c)
{
	return *(*p)++ == c;
}

/* The zone: "Z" or "+hh:mm"; in seconds east of UTC. */
static bool zone(const char **p, int *offset)
{
	int hour, minute, sign = **p == '-' ? -1 : 1;

	*offset = 0;
	if (**p == 'Z') {
		(*p)++;
		return true;
	}
	if (**p != '+' && **p != '-')
		return false;
	(*p)++;
	if (!number(p, 2, 0, 14, &hour) || !mark(p, ':') ||
	    !number(p, 2, 0, 59, &minute))
		return false;
	*offset = sign * (hour * 3600 + minute * 60);
	return true;
}

/* ".123456" and longer, cut after the microseconds. */
static int64_t fraction(const char **p)
{
	int64_t us = 0, unit = TIME_SECOND / 10;

	if (**p != '.')
		return 0;
	for ((*p)++; **p >= '0' && **p <= '9'; (*p)++) {
		us += unit * (**p - '0');
		unit /= 10;
	}
	return us;
}

/* 9987-03-24, the end of what is a time: the database has four digits for a
 * year, in any zone. */
static const int64_t past_all = INT64_C(253000000000) * TIME_SECOND;

int time_parse(const char *text, int64_t *out)
{
	const char *p = text;
	struct tm tm = { 0 }, check;
	int offset;
	int64_t us;
	time_t sec;

	if (!number(&p, 4, 1900, 9999, &tm.tm_year) || !mark(&p, '-') ||
	    !number(&p, 2, 1, 12, &tm.tm_mon) || !mark(&p, '-') ||
	    !number(&p, 2, 1, 31, &tm.tm_mday) || !mark(&p, 'T') ||
	    !number(&p, 2, 0, 23, &tm.tm_hour) || !mark(&p, ':') ||
	    !number(&p, 2, 0, 59, &tm.tm_min) || !mark(&p, ':') ||
	    !number(&p, 2, 0, 60, &tm.tm_sec))
		return -1;
	us = fraction(&p);
	if (!zone(&p, &offset) || *p != '\0')
		return -1;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	check = tm;
	sec = timegm(&check);
	if (check.tm_mday != tm.tm_mday) /* the 30th of February */
		return -1;
	us += ((int64_t)sec - offset) * TIME_SECOND;
	if (us <= 0 || us >= past_all)
		return -1;
	*out = us;
	return 0;
}

static char *show(struct arena *a, int64_t at, const char *format)
{
	time_t sec = (time_t)(at / TIME_SECOND) + JAPAN_OFFSET;
	struct tm tm;
	char buf[64];

	if (at == 0)
		return arena_strdup(a, "");
	gmtime_r(&sec, &tm);
	strftime(buf, sizeof(buf), format, &tm);
	return arena_strdup(a, buf);
}

char *time_iso(struct arena *a, int64_t at)
{
	return show(a, at, "%Y-%m-%dT%H:%M:%S+09:00");
}

char *time_show(struct arena *a, int64_t at)
{
	return show(a, at, "%Y年%-m月%-d日 %H:%M");
}

char *time_show_clock(struct arena *a, int64_t at)
{
	return show(a, at, "%H:%M:%S");
}

char *time_show_short(struct arena *a, int64_t at)
{
	return show(a, at, "%-m月%-d日 %H:%M");
}

char *time_show_about(struct arena *a, int64_t seconds)
{
	enum { MINUTE_S = 60, HOUR_S = 3600, SOON_S = 90, LONG_S = 5400 };
	long long s = seconds;

	if (s < 0)
		return NULL;
	if (s < SOON_S)
		return arena_fmt(a, "約 %lld 秒", s);
	if (s < LONG_S)
		return arena_fmt(a, "約 %lld 分",
				 (s + MINUTE_S / 2) / MINUTE_S);
	return arena_fmt(a, "約 %lld 時間", (s + HOUR_S / 2) / HOUR_S);
}
