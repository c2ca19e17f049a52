#ifndef BASE_STR_H
#define BASE_STR_H

/*
 * A string that grows in an arena.  `struct str s = { .arena = a };` is an
 * empty one; s.s is NULL until something is added, str_text is never NULL.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct str {
	struct arena *arena;
	char *s;
	size_t len, cap; /* bytes, the NUL at s[len] not counted in len */
};

void str_add(struct str *s, const char *text);
void str_add_len(struct str *s, const void *bytes, size_t len);
void str_add_char(struct str *s, char c);
void str_fmt(struct str *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The text so far, ending in NUL; "" if nothing was added. */
const char *str_text(const struct str *s);

/* The number of elements of an array. */
#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* True if both are strings and equal; NULL equals nothing. */
bool str_eq(const char *a, const char *b);

/* How many characters valid UTF-8 has. */
size_t str_characters(const char *text);

/* The first so many characters of valid UTF-8, as one line (control characters
 * become blanks) if it is to be one. */
const char *str_fit(struct arena *a, const char *text, size_t most,
		    bool one_line);

/* True if text begins with prefix. */
bool str_begins(const char *text, const char *prefix);

/* The text without the white space around it, the ideographic space too: how
 * people type and paste.  Lives as long as text and the arena do. */
const char *str_trimmed(struct arena *a, const char *text);

/*
 * Reads a whole decimal number, nothing before or after it, within least and
 * most.  Returns true and sets *out, else false (also for "", "+1", "0x1",
 * " 1", "1e3" and full-width digits).
 */
bool str_to_int(const char *text, long long least, long long most,
		long long *out);

#endif
