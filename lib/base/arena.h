#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * Memory that belongs to a request or to one step of a tool.  Everything
 * allocated goes together at arena_reset, so nobody frees and nobody checks:
 * allocation succeeds or the process ends.  Not shared between threads.
 */
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* Makes an empty arena.  The caller ends it with arena_free. */
struct arena *arena_new(void);

/* Runs what was deferred, newest first, and forgets all that was allocated.
 * A few blocks are kept for the next round, so memory stays flat. */
void arena_reset(struct arena *a);

/* Resets and gives the memory back.  NULL is allowed. */
void arena_free(struct arena *a);

/* len bytes, zeroed, aligned for any type; len 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t len);

/* count elements of size bytes, zeroed; ends the process on overflow. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* Copies; the result of the first two ends in NUL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);
void *arena_memdup(struct arena *a, const void *p, size_t len);

/* printf into the arena. */
char *arena_fmt(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vfmt(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Calls fn(arg) when the arena is reset: how handles of other libraries are
 * closed on every way out. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

/* Bytes handed out since the last reset: for tests and limits. */
size_t arena_used(const struct arena *a);

#endif
