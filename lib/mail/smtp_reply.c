#include "mail/smtp_reply.h"

#include <string.h>
#include <strings.h>

enum { CODE_LEN = 3, CODE_LEAST = 200, CODE_MOST = 599 };

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

/* The code of a line of len bytes, its line end not counted; -1 if none. */
static int code_of(const char *line, size_t len)
{
	int code = 0;

	if (len < CODE_LEN)
		return -1;
	for (int i = 0; i < CODE_LEN; i++) {
		if (!is_figure(line[i]))
			return -1;
		code = 10 * code + line[i] - '0';
	}
	if (code < CODE_LEAST || code > CODE_MOST)
		return -1;
	if (len > CODE_LEN && line[CODE_LEN] != ' ' && line[CODE_LEN] != '-')
		return -1;
	return code;
}

/* The length of the line at p without and, in *whole, with its end; -1 if it
 * does not end. */
static long line_len(const char *p, size_t left, size_t *whole)
{
	const char *nl = memchr(p, '\n', left);

	if (nl == NULL)
		return -1;
	*whole = (size_t)(nl - p) + 1;
	return nl - p - (nl > p && nl[-1] == '\r');
}

int smtp_reply_parse(const char *bytes, size_t len, struct smtp_reply *out)
{
	size_t at = 0, whole, most = len;

	if (most > SMTP_REPLY_MAX)
		most = SMTP_REPLY_MAX;
	out->code = 0;
	while (at < most) {
		const char *line = bytes + at;
		long n = line_len(line, most - at, &whole);
		int code;

		if (n < 0)
			break;
		code = code_of(line, (size_t)n);
		if (code < 0 || (out->code != 0 && code != out->code))
			return -1;
		out->code = code;
		at += whole;
		if (n == CODE_LEN || line[CODE_LEN] == ' ') {
			out->lines = bytes;
			out->len = at;
			return (int)at;
		}
	}
	return len >= SMTP_REPLY_MAX ? -1 : 0;
}

bool smtp_reply_offers(const struct smtp_reply *reply, const char *keyword)
{
	size_t key_len = strlen(keyword), whole;
	const char *p = reply->lines, *end = p + reply->len;

	for (bool first = true; p < end; first = false, p += whole) {
		long n = line_len(p, (size_t)(end - p), &whole);
		size_t from = CODE_LEN + 1;

		if (n < 0)
			return false;
		if (first || (size_t)n < from + key_len ||
		    strncasecmp(p + from, keyword, key_len) != 0)
			continue;
		if ((size_t)n == from + key_len || p[from + key_len] == ' ')
			return true;
	}
	return false;
}

/* Adds one byte if there is room; what is not printable becomes '?'. */
static void add(char *out, size_t cap, size_t *at, char c)
{
	if (*at + 1 < cap)
		out[(*at)++] = c >= ' ' && c <= '~' ? c : '?';
}

void smtp_reply_text(const struct smtp_reply *reply, char *out, size_t cap)
{
	const char *p = reply->lines, *end = p + reply->len;
	size_t at = 0, whole;

	for (bool first = true; p < end; first = false, p += whole) {
		long n = line_len(p, (size_t)(end - p), &whole);
		long from = first ? 0 : CODE_LEN + 1;

		if (n < 0)
			break;
		if (!first && n > from) {
			add(out, cap, &at, ';');
			add(out, cap, &at, ' ');
		}
		for (long i = from; i < n; i++)
			add(out, cap, &at, first && i == CODE_LEN ? ' ' : p[i]);
	}
	if (cap > 0)
		out[at] = '\0';
}
