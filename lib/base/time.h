#ifndef BASE_TIME_H
#define BASE_TIME_H

/*
 * Instants are microseconds since 1970-01-01T00:00:00Z, in int64_t; 0 means
 * "not known".  People read Japan time (+09:00, no summer time); telegrams
 * and the JSON of anpictl carry ISO 8601.  Source: DESIGN 4, 10.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	TIME_SECOND = 1000000, /* microseconds */
	TIME_MINUTE = 60 * TIME_SECOND,
};

/* Now, by the wall clock. */
int64_t time_now(void);

/* Now, by a clock that never jumps: for measuring only. */
int64_t time_monotonic(void);

/*
 * Reads ISO 8601 as telegrams write it: "2024-01-01T16:10:00+09:00",
 * "...T07:10:00Z", with or without a fraction of a second.  Returns 0 and sets
 * *out, -1 (nothing logged) if the text is anything else, or a time before
 * 1970 or in the last years of the calendar, which the database could not
 * take.
 */
int time_parse(const char *text, int64_t *out);

/* "2024-01-01T16:10:00+09:00"; "" for 0. */
char *time_iso(struct arena *a, int64_t at);

/* For screens and mail: "2024年1月1日 16:10", "16:10:05", "1月1日 16:10"; ""
 * for 0. */
char *time_show(struct arena *a, int64_t at);
char *time_show_clock(struct arena *a, int64_t at);
char *time_show_short(struct arena *a, int64_t at);

/* "約 14 秒", "約 3 分", "約 2 時間"; NULL for less than 0: not known. */
char *time_show_about(struct arena *a, int64_t seconds);

#endif
