#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

enum { CHUNK = 4096 }; /* bytes converted at a time */

/* One handle for each direction, opened when first needed and kept: opening
 * loads a table.  A program has one thread. */
struct converter {
	const char *to, *from;
	iconv_t handle;
	bool is_open;
};

static struct converter to_cp932 = { "CP932", "UTF-8", 0, false };
static struct converter from_cp932 = { "UTF-8", "CP932", 0, false };
static struct converter to_iso2022jp = { "ISO-2022-JP", "UTF-8", 0, false };

/* The length of the well-formed character that begins here, 0 if none does. */
static size_t character(const unsigned char *p, size_t len)
{
	/* The least value of each length: below it the form is overlong. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80		   ? 1
		   : (p[0] & 0xe0) == 0xc0 ? 2
		   : (p[0] & 0xf0) == 0xe0 ? 3
		   : (p[0] & 0xf8) == 0xf0 ? 4
					   : 0;
	uint32_t value;

	if (n < 2 || n > len)
		return n <= len ? n : 0;
	value = p[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least[n] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	return n;
}

bool charset_is_utf8(const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;

	while (len > 0) {
		size_t n = character(p, len);

		if (n == 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

/* The value of a character known to be well-formed. */
static uint32_t value_of(const char *s, size_t n)
{
	uint32_t value = (unsigned char)s[0];

	if (n == 1)
		return value;
	value &= 0x7fU >> n;
	for (size_t i = 1; i < n; i++)
		value = value << 6 | ((unsigned char)s[i] & 0x3f);
	return value;
}

static iconv_t opened(struct converter *c)
{
	if (!c->is_open) {
		c->handle = iconv_open(c->to, c->from);
		if (c->handle == (iconv_t)-1)
			log_fatal("no conversion from=%s to=%s", c->from,
				  c->to);
		c->is_open = true;
	}
	iconv(c->handle, NULL, NULL, NULL, NULL);
	return c->handle;
}

/*
 * Converts until the end or the first character that cannot be; *in and *len
 * say what is left.  in NULL writes what ends a text in its first state.
 * Returns 0 at the end, -1 with errno else.
 */
static int convert(iconv_t handle, const char **in, size_t *len,
		   struct str *out)
{
	char chunk[CHUNK], *from = in == NULL ? NULL : (char *)*in, *to;
	size_t room, rc = 0;

	do {
		to = chunk;
		room = sizeof(chunk);
		rc = iconv(handle, from == NULL ? NULL : &from, len, &to,
			   &room);
		str_add_len(out, chunk, (size_t)(to - chunk));
	} while (rc == (size_t)-1 && errno == E2BIG);
	if (in != NULL)
		*in = from;
	return rc == (size_t)-1 ? -1 : 0;
}

static const char geta[] = "\x81\xAC"; /* 〓 in CP932 */

/* lost NULL: what CP932 lacks becomes a character reference, else 〓. */
static char *to_cp932_text(struct arena *a, const char *text, size_t *len,
			   size_t *lost)
{
	struct str out = { .arena = a };
	iconv_t handle = opened(&to_cp932);
	size_t left = strlen(text);

	while (convert(handle, &text, &left, &out) < 0) {
		size_t n = character((const unsigned char *)text, left);

		if (lost != NULL) {
			str_add(&out, geta);
			(*lost)++;
		} else if (n == 0) {
			/* Not UTF-8 after all: shown as what it is. */
			str_add_char(&out, '?');
		} else {
			str_fmt(&out, "&#%u;", (unsigned)value_of(text, n));
		}
		n = n == 0 ? 1 : n;
		text += n;
		left -= n;
	}
	*len = out.len;
	return out.s == NULL ? arena_strdup(a, "") : out.s;
}

char *charset_to_cp932(struct arena *a, const char *text, size_t *len)
{
	return to_cp932_text(a, text, len, NULL);
}

char *charset_to_cp932_geta(struct arena *a, const char *text, size_t *len,
			    size_t *lost)
{
	*lost = 0;
	return to_cp932_text(a, text, len, lost);
}

char *charset_from_cp932(struct arena *a, const char *bytes, size_t len)
{
	struct str out = { .arena = a };

	if (memchr(bytes, '\0', len) != NULL ||
	    convert(opened(&from_cp932), &bytes, &len, &out) < 0)
		return NULL;
	return out.s == NULL ? arena_strdup(a, "") : out.s;
}

/* The form that JIS tables know of a character that Windows writes, or NULL. */
static const char *jis_form(const char *s, size_t n)
{
	static const struct {
		uint32_t windows;
		const char *jis;
	} pairs[] = {
		{ 0xff5e, "\u301c" }, /* ～ wave dash */
		{ 0xff0d, "\u2212" }, /* － minus */
		{ 0x2225, "\u2016" }, /* ∥ double vertical line */
		{ 0xffe0, "\u00a2" }, /* ￠ cent */
		{ 0xffe1, "\u00a3" }, /* ￡ pound */
		{ 0xffe2, "\u00ac" }, /* ￢ not */
	};
	uint32_t value = value_of(s, n);

	for (size_t i = 0; i < LEN(pairs); i++)
		if (pairs[i].windows == value)
			return pairs[i].jis;
	return NULL;
}

char *charset_to_iso2022jp(struct arena *a, const char *text, size_t *len)
{
	struct str out = { .arena = a };
	iconv_t handle = opened(&to_iso2022jp);
	size_t left = strlen(text), none = 0;

	while (convert(handle, &text, &left, &out) < 0) {
		size_t n = character((const unsigned char *)text, left);
		const char *jis = n == 0 ? NULL : jis_form(text, n);
		size_t jis_len = jis == NULL ? 0 : strlen(jis);

		if (jis == NULL || convert(handle, &jis, &jis_len, &out) < 0)
			return NULL;
		text += n;
		left -= n;
	}
	if (convert(handle, NULL, &none, &out) < 0)
		return NULL;
	*len = out.len;
	return out.s == NULL ? arena_strdup(a, "") : out.s;
}

char *charset_narrow(struct arena *a, const char *text)
{
	const unsigned char *from = (const unsigned char *)text;
	char *out = arena_strdup(a, text), *to = out;

	while (*from != '\0') {
		/* U+FF01 to U+FF5E are "!" to "~"; U+3000 is a blank. */
		unsigned code = 0;

		if ((*from & 0xf0) == 0xe0 && from[1] != '\0' &&
		    from[2] != '\0')
			code = (unsigned)(*from & 0x0f) << 12 |
			       (unsigned)(from[1] & 0x3f) << 6 |
			       (unsigned)(from[2] & 0x3f);
		if (code >= 0xff01 && code <= 0xff5e) {
			*to++ = (char)(code - 0xff01 + '!');
			from += 3;
		} else if (code == 0x3000) {
			*to++ = ' ';
			from += 3;
		} else {
			*to++ = (char)*from++;
		}
	}
	*to = '\0';
	return out;
}
