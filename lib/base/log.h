#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * Log lines on stderr: time (UTC), level, program, process, then a fixed
 * phrase and key=value.  Ids only: never names, addresses, tokens or message
 * text.  Line ends and control characters are escaped, so that no value can
 * forge a line.  Source: S6, V16.
 */
#include <stdbool.h>

/* Names the program in each line; before it, lines say "anpi". */
void log_open(const char *program);

/* Something was done. */
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Odd, but handled. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* While hushed, info and warnings are not written: what is only tried was not
 * done (model/trial.h). */
void log_hush(bool hush);

/* This request or item failed.  Returns -1, so that a function can end with
 * `return log_error(...)`. */
int log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The process cannot go on: logs and exits with status 1. */
_Noreturn void log_fatal(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

#endif
