#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_LEN = 4096 }; /* bytes: a longer line is cut, atomically sent */

static const char *program = "anpi";
static bool hushed;

void log_open(const char *name)
{
	program = name;
}

void log_hush(bool hush)
{
	hushed = hush;
}

static void line(const char *level, const char *fmt, va_list ap)
{
	char text[LINE_MAX_LEN / 2], out[LINE_MAX_LEN];
	struct timespec now;
	struct tm tm;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	len = strftime(out, sizeof(out), "%Y-%m-%dT%H:%M:%S", &tm);
	len += (size_t)snprintf(out + len, sizeof(out) - len,
				".%06ldZ %s %s[%d] ", now.tv_nsec / 1000, level,
				program, (int)getpid());
	vsnprintf(text, sizeof(text), fmt, ap);
	for (const char *p = text; *p != '\0' && len < sizeof(out) - 6; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f)
			len += (size_t)snprintf(out + len, sizeof(out) - len,
						"\\x%02x", c);
		else
			out[len++] = *p;
	}
	out[len++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	if (write(STDERR_FILENO, out, len) < 0)
		return;
}

void log_info(const char *fmt, ...)
{
	va_list ap;

	if (hushed)
		return;
	va_start(ap, fmt);
	line("info", fmt, ap);
	va_end(ap);
}

void log_warn(const char *fmt, ...)
{
	va_list ap;

	if (hushed)
		return;
	va_start(ap, fmt);
	line("warn", fmt, ap);
	va_end(ap);
}

int log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("error", fmt, ap);
	va_end(ap);
	return -1;
}

void log_fatal(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	line("fatal", fmt, ap);
	va_end(ap);
	exit(1);
}
