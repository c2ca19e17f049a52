#include "mail/header.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/address.h"

enum {
	WORD_MAX = 75,	/* characters, RFC 2047, 2 */
	LINE_LEN = 76,	/* characters, RFC 2047, 2 */
	PLAIN_MAX = 60, /* characters of ASCII left as they are, on one line */
	JAPAN_OFFSET_S = 9 * 60 * 60,
};

static const char *const charset_names[] = {
	[HEADER_UTF8] = "UTF-8",
	[HEADER_ISO2022JP] = "ISO-2022-JP",
};

/* The text with a blank for each control character. */
static char *cleaned(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text);

	for (char *p = copy; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	return copy;
}

/* Whether the text may stand as it is. */
static bool is_plain(const char *text)
{
	if (strlen(text) > PLAIN_MAX || strstr(text, "=?") != NULL)
		return false;
	for (const char *p = text; *p != '\0'; p++)
		if (*p < 0x20 || *p > 0x7e)
			return false;
	return true;
}

static size_t character_len(const char *p)
{
	size_t n = 1;

	while (((unsigned char)p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* One encoded word, or NULL if the charset lacks a character. */
static char *word(struct arena *a, const char *text, size_t len,
		  enum header_charset charset)
{
	char *bytes = arena_strndup(a, text, len), *base64;

	if (charset == HEADER_ISO2022JP) {
		bytes = charset_to_iso2022jp(a, bytes, &len);
		if (bytes == NULL)
			return NULL;
	}
	base64 = arena_alloc(a, (len + 2) / 3 * 4 + 1);
	EVP_EncodeBlock((unsigned char *)base64, (unsigned char *)bytes,
			(int)len);
	return arena_fmt(a, "=?%s?B?%s?=", charset_names[charset], base64);
}

/* The longest word that fits the room from the beginning of text, "" if none
 * does; *taken says how much of text it holds.  NULL if the charset lacks a
 * character. */
static const char *next_word(struct arena *a, const char *text, size_t room,
			     enum header_charset charset, size_t *taken)
{
	const char *best = "";
	size_t len = 0;

	*taken = 0;
	while (text[len] != '\0') {
		const char *w;

		len += character_len(text + len);
		w = word(a, text, len, charset);
		if (w == NULL)
			return NULL;
		if (strlen(w) > room)
			break;
		best = w;
		*taken = len;
	}
	return best;
}

/* Encodes text into words, the first of which begins at column at.  Returns 0,
 * or -1 if the charset lacks a character. */
static int add_words(struct str *out, const char *text, size_t at,
		     enum header_charset charset)
{
	while (*text != '\0') {
		size_t room = LINE_LEN - at, taken;
		const char *w = next_word(out->arena, text,
					  room < WORD_MAX ? room : WORD_MAX,
					  charset, &taken);

		if (w == NULL)
			return -1;
		str_add(out, w);
		text += taken;
		at = 1; /* the blank that begins a folded line */
		if (*text != '\0')
			str_add(out, "\r\n ");
	}
	return 0;
}

char *header_text(struct arena *a, const char *text, size_t name_len,
		  enum header_charset charset)
{
	struct str out = { .arena = a };
	char *clean = cleaned(a, text);

	if (is_plain(clean))
		return clean;
	if (add_words(&out, clean, name_len + 1, charset) < 0)
		return NULL;
	return out.s;
}

static char *quoted_string(struct arena *a, const char *text)
{
	struct str out = { .arena = a };

	str_add_char(&out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(&out, '\\');
		str_add_char(&out, *text);
	}
	str_add_char(&out, '"');
	return out.s;
}

char *header_mailbox(struct arena *a, const char *name, const char *address,
		     size_t name_len, enum header_charset charset)
{
	struct str out = { .arena = a };
	const char *quoted = address_quoted(a, address);
	char *clean = cleaned(a, name);

	if (*clean == '\0')
		return arena_strdup(a, quoted);
	if (is_plain(clean))
		str_add(&out, quoted_string(a, clean));
	else if (add_words(&out, clean, name_len + 1, charset) < 0)
		return NULL;
	str_fmt(&out, "\r\n <%s>", quoted);
	return out.s;
}

char *header_date(struct arena *a, int64_t at)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(at / TIME_SECOND) + JAPAN_OFFSET_S;
	struct tm tm;

	gmtime_r(&seconds, &tm);
	return arena_fmt(a, "%.3s, %d %.3s %d %02d:%02d:%02d +0900",
			 days + 3 * tm.tm_wday, tm.tm_mday,
			 months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour,
			 tm.tm_min, tm.tm_sec);
}
