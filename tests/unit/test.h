#ifndef TEST_H
#define TEST_H

/* What every unit test needs: cmocka, tables, checks that name their row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

static inline void check_int(const char *row, long long got, long long want)
{
	if (got != want)
		fail_msg("%s: got %lld, want %lld", row, got, want);
}

static inline void check_str(const char *row, const char *got, const char *want)
{
	if (got == want)
		return;
	if (got == NULL || want == NULL || strcmp(got, want) != 0)
		fail_msg("%s: got \"%s\", want \"%s\"", row,
			 got == NULL ? "(null)" : got,
			 want == NULL ? "(null)" : want);
}

#endif
