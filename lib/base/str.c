#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { FMT_ROOM = 48 }; /* most formats fit at the first try */

static void grow(struct str *s, size_t more)
{
	size_t cap = s->cap == 0 ? 64 : s->cap;
	char *bigger;

	if (s->s != NULL && s->cap - s->len > more)
		return;
	while (cap - s->len <= more)
		cap *= 2;
	bigger = arena_alloc(s->arena, cap);
	if (s->s != NULL)
		memcpy(bigger, s->s, s->len);
	s->s = bigger;
	s->cap = cap;
}

void str_add_len(struct str *s, const void *bytes, size_t len)
{
	grow(s, len);
	if (len != 0)
		memcpy(s->s + s->len, bytes, len);
	s->len += len;
	s->s[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_add_len(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
	str_add_len(s, &c, 1);
}

void str_fmt(struct str *s, const char *fmt, ...)
{
	va_list ap, again;
	size_t room;
	int len;

	grow(s, FMT_ROOM);
	room = s->cap - s->len;
	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(s->s + s->len, room, fmt, ap);
	va_end(ap);
	if (len > 0 && (size_t)len >= room) {
		grow(s, (size_t)len);
		vsnprintf(s->s + s->len, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	if (len > 0)
		s->len += (size_t)len;
}

const char *str_text(const struct str *s)
{
	return s->s == NULL ? "" : s->s;
}

bool str_eq(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

size_t str_characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

const char *str_fit(struct arena *a, const char *text, size_t most,
		    bool one_line)
{
	char *s = arena_strdup(a, text);
	size_t n = 0;

	for (char *p = s; *p != '\0'; p++) {
		if (((unsigned char)*p & 0xc0) != 0x80 && n++ == most) {
			*p = '\0';
			break;
		}
		if (one_line && (unsigned char)*p < ' ')
			*p = ' ';
	}
	return s;
}

bool str_begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

const char *str_trimmed(struct arena *a, const char *text)
{
	static const char wide[] = "\xe3\x80\x80"; /* ideographic space */
	static const char blanks[] = " \t\r\n\v\f";
	const size_t wide_len = strlen(wide);
	size_t len;

	for (;;) {
		text += strspn(text, blanks);
		if (!str_begins(text, wide))
			break;
		text += wide_len;
	}
	for (len = strlen(text); len > 0;) {
		if (strchr(blanks, text[len - 1]) != NULL)
			len--;
		else if (len >= wide_len &&
			 memcmp(text + len - wide_len, wide, wide_len) == 0)
			len -= wide_len;
		else
			break;
	}
	return text[len] == '\0' ? text : arena_strndup(a, text, len);
}

bool str_to_int(const char *text, long long least, long long most,
		long long *out)
{
	bool negative = *text == '-';
	const char *p = text + (negative ? 1 : 0);
	long long n = 0;

	if (*p == '\0')
		return false;
	for (; *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, *p - '0', &n))
			return false;
	}
	/* n runs downwards so that the least long long can be read too. */
	if (!negative && __builtin_sub_overflow(0, n, &n))
		return false;
	if (n < least || n > most)
		return false;
	*out = n;
	return true;
}
