#include "mail/compose.h"

#include <openssl/evp.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/address.h"
#include "mail/header.h"

enum {
	LINE_MAX_LEN = 998, /* bytes without CRLF, RFC 5322, 2.1.1 */
	BASE64_LINE = 76,   /* characters, RFC 2045, 6.8 */
	BASE64_BYTES = BASE64_LINE / 4 * 3,
	NAME_MAX_LEN = 255, /* bytes of a name or subject in UTF-8 ... */
	SUBJECT_MAX = 1000, /* ... which keep the header far below 12 KB */
};

enum form { FORM_UTF8, FORM_ISO2022JP, FORM_ASCII, FORMS };

static const char *const form_fields[FORMS] = {
	[FORM_UTF8] = "Content-Type: text/plain; charset=UTF-8\r\n"
		      "Content-Transfer-Encoding: base64\r\n",
	[FORM_ISO2022JP] = "Content-Type: text/plain; charset=ISO-2022-JP\r\n"
			   "Content-Transfer-Encoding: 7bit\r\n",
	[FORM_ASCII] = "Content-Type: text/plain; charset=US-ASCII\r\n"
		       "Content-Transfer-Encoding: 7bit\r\n",
};

/* A part of the body: fixed text, then a variable (-1: none, at the end). */
struct piece {
	const char *text, *iso; /* UTF-8 and ISO-2022-JP */
	size_t len, iso_len;
	int variable;
};

struct compose {
	struct arena *arena;
	const char *domain;
	const char *fields[FORMS]; /* the header's fixed fields */
	struct piece *pieces;
	size_t count;
	bool iso;	 /* the fixed parts can be ISO-2022-JP */
	int64_t date_at; /* seconds; messages of a second share a date */
	char date[40];
};

/* True if the text needs no cleaning for a body. */
static bool is_clean(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

/* Lines end in CRLF, and of control characters only tabs stay: an ESC would
 * change the charset. */
static const char *cleaned(struct arena *a, const char *text)
{
	struct str out = { .arena = a };

	if (is_clean(text))
		return text;
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\r' || *p == '\n') {
			str_add(&out, "\r\n");
			p += *p == '\r' && p[1] == '\n';
		} else if (*p == '\t' ||
			   ((unsigned char)*p >= 0x20 && *p != 0x7f)) {
			str_add_char(&out, *p);
		}
	}
	return str_text(&out);
}

static bool is_text(const char *s, size_t most)
{
	size_t len = strlen(s);

	return len <= most && charset_is_utf8(s, len);
}

/* Finds the variable that begins at "{{"; *end is what follows it. */
static int variable(const char *at, const char *const *names, size_t count,
		    const char **end)
{
	const char *close = strstr(at, "}}");

	if (close == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(names[i]);

		if ((size_t)(close - at - 2) == len &&
		    memcmp(at + 2, names[i], len) == 0) {
			*end = close + 2;
			return (int)i;
		}
	}
	return -1;
}

static void add_piece(struct compose *c, const char *text, size_t len, int var)
{
	struct piece *p = &c->pieces[c->count++];

	p->text = arena_strndup(c->arena, text, len);
	p->len = len;
	p->variable = var;
	p->iso = charset_to_iso2022jp(c->arena, p->text, &p->iso_len);
	c->iso &= p->iso != NULL;
}

static void split(struct compose *c, const char *body, const char *const *names,
		  size_t count)
{
	const char *begin = body, *p = body, *end = NULL;
	size_t most = 1;

	for (const char *q = body; (q = strstr(q, "{{")) != NULL; q += 2)
		most++;
	c->pieces = arena_array(c->arena, most, sizeof(*c->pieces));
	while ((p = strstr(p, "{{")) != NULL) {
		int var = variable(p, names, count, &end);

		if (var < 0) {
			p++;
			continue;
		}
		add_piece(c, begin, (size_t)(p - begin), var);
		begin = p = end;
	}
	add_piece(c, begin, strlen(begin), -1);
}

/* The fixed fields in one charset, NULL if it cannot carry them. */
static const char *shared_fields(struct arena *a,
				 const struct compose_text *text,
				 enum header_charset charset)
{
	static const char from[] = "From:", subject[] = "Subject:";
	char *from_value = header_mailbox(
		a, text->from_name, text->from_address, strlen(from), charset);
	char *subject_value =
		header_text(a, text->subject, strlen(subject), charset);

	if (from_value == NULL || subject_value == NULL)
		return NULL;
	return arena_fmt(a,
			 "%s %s\r\n%s %s\r\n"
			 "Auto-Submitted: auto-generated\r\n"
			 "MIME-Version: 1.0\r\n",
			 from, from_value, subject, subject_value);
}

static bool is_stored(struct arena *a, const char *address)
{
	return str_eq(address_normalise(a, address), address);
}

struct compose *compose_open(struct arena *a, const struct compose_text *text,
			     const char *const *names, size_t count)
{
	struct compose *c = arena_alloc(a, sizeof(*c));
	const char *utf8, *iso, *body;

	if (!is_stored(a, text->from_address) ||
	    !is_text(text->from_name, NAME_MAX_LEN) ||
	    !is_text(text->subject, SUBJECT_MAX) ||
	    !is_text(text->body, COMPOSE_BODY_MAX)) {
		log_error("message text not usable");
		return NULL;
	}
	c->arena = a;
	c->domain = arena_strdup(a, address_domain(text->from_address));
	c->iso = true;
	body = cleaned(a, text->body);
	split(c, body, names, count);
	utf8 = shared_fields(a, text, HEADER_UTF8);
	iso = shared_fields(a, text, HEADER_ISO2022JP);
	c->iso &= iso != NULL;
	c->fields[FORM_UTF8] =
		arena_fmt(a, "%s%s", utf8, form_fields[FORM_UTF8]);
	c->fields[FORM_ASCII] =
		arena_fmt(a, "%s%s", utf8, form_fields[FORM_ASCII]);
	if (iso != NULL)
		c->fields[FORM_ISO2022JP] =
			arena_fmt(a, "%s%s", iso, form_fields[FORM_ISO2022JP]);
	return c;
}

static const char *date(struct compose *c, struct arena *a, int64_t at)
{
	if (c->date[0] == '\0' || c->date_at != at / TIME_SECOND) {
		char *text = header_date(a, at);
		size_t len = strlen(text);

		if (len >= sizeof(c->date))
			return text;
		memcpy(c->date, text, len + 1);
		c->date_at = at / TIME_SECOND;
	}
	return c->date;
}

static bool is_id(const char *id)
{
	return *id != '\0' &&
	       strspn(id,
		      "abcdefghijklmnopqrstuvwxyz"
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == strlen(id);
}

/* No line longer than a receiver takes, and the last one ended. */
static bool lines_fit(const struct str *body)
{
	const char *p = str_text(body), *end = p + body->len;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		if ((nl == NULL ? end : nl) - p > LINE_MAX_LEN)
			return false;
		p = nl == NULL ? end : nl + 1;
	}
	return true;
}

static void end_line(struct str *body)
{
	if (body->len == 0 || body->s[body->len - 1] != '\n')
		str_add(body, "\r\n");
}

/* Puts the body together in UTF-8.  Returns -1, logged, if a value is not to
 * be sent. */
static int expand(struct compose *c, const struct compose_to *to,
		  struct str *body)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct piece *p = &c->pieces[i];
		const char *value;

		str_add_len(body, p->text, p->len);
		if (p->variable < 0)
			continue;
		value = to->values[p->variable];
		if (!is_text(value, COMPOSE_BODY_MAX))
			return log_error("message value not UTF-8 variable=%d",
					 p->variable);
		str_add(body, cleaned(body->arena, value));
	}
	end_line(body);
	if (body->len > COMPOSE_BODY_MAX)
		return log_error("message too long bytes=%zu", body->len);
	return 0;
}

/* The same in ISO-2022-JP; false if that cannot be. */
static bool expand_iso(struct compose *c, const struct compose_to *to,
		       struct str *body)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct piece *p = &c->pieces[i];
		const char *value;
		size_t len;

		str_add_len(body, p->iso, p->iso_len);
		if (p->variable < 0)
			continue;
		value = charset_to_iso2022jp(
			body->arena,
			cleaned(body->arena, to->values[p->variable]), &len);
		if (value == NULL)
			return false;
		str_add_len(body, value, len);
	}
	end_line(body);
	return lines_fit(body);
}

static bool is_ascii(const struct str *body)
{
	for (size_t i = 0; i < body->len; i++)
		if ((unsigned char)body->s[i] >= 0x80)
			return false;
	return true;
}

static void add_base64(struct str *out, const struct str *body)
{
	unsigned char line[BASE64_LINE + 3];

	for (size_t i = 0; i < body->len; i += BASE64_BYTES) {
		size_t left = body->len - i;
		int len = EVP_EncodeBlock(
			line, (const unsigned char *)body->s + i,
			left < BASE64_BYTES ? (int)left : BASE64_BYTES);

		line[len] = '\r';
		line[len + 1] = '\n';
		str_add_len(out, line, (size_t)len + 2);
	}
}

static void add_fields(struct compose *c, const struct compose_to *to,
		       enum form form, struct str *out)
{
	str_add(out, "Date: ");
	str_add(out, date(c, out->arena, to->at));
	str_add(out, "\r\nTo: ");
	str_add(out, address_quoted(out->arena, to->address));
	if (to->reply_to != NULL) {
		str_add(out, "\r\nReply-To: ");
		str_add(out, address_quoted(out->arena, to->reply_to));
	}
	str_add(out, "\r\nMessage-ID: <");
	str_add(out, to->id);
	str_add_char(out, '@');
	str_add(out, c->domain);
	str_add(out, ">\r\n");
	str_add(out, c->fields[form]);
	str_add(out, "\r\n");
}

/* The form that an expanded body goes out in; iso gets it where it is that. */
static enum form choose_form(struct compose *c, const struct compose_to *to,
			     const struct str *utf8, struct str *iso)
{
	if (is_ascii(utf8) && lines_fit(utf8))
		return FORM_ASCII;
	return to->iso2022jp && c->iso && expand_iso(c, to, iso)
		       ? FORM_ISO2022JP
		       : FORM_UTF8;
}

const char *compose_body(struct compose *c, struct arena *a,
			 const struct compose_to *to, const char **charset)
{
	static const char *const charsets[FORMS] = {
		[FORM_UTF8] = "UTF-8",
		[FORM_ISO2022JP] = "ISO-2022-JP",
		[FORM_ASCII] = "US-ASCII",
	};
	struct str utf8 = { .arena = a }, iso = { .arena = a };

	if (expand(c, to, &utf8) < 0)
		return NULL;
	*charset = charsets[choose_form(c, to, &utf8, &iso)];
	return str_text(&utf8);
}

char *compose_message(struct compose *c, struct arena *a,
		      const struct compose_to *to, size_t *len)
{
	struct str utf8 = { .arena = a }, iso = { .arena = a };
	struct str out = { .arena = a }, *body;
	enum form form;

	if (!is_id(to->id) || !is_stored(a, to->address) ||
	    (to->reply_to != NULL && !is_stored(a, to->reply_to))) {
		log_error("message has a bad address or id");
		return NULL;
	}
	if (expand(c, to, &utf8) < 0)
		return NULL;
	form = choose_form(c, to, &utf8, &iso);
	body = form == FORM_ISO2022JP ? &iso : &utf8;
	add_fields(c, to, form, &out);
	if (form == FORM_UTF8)
		add_base64(&out, body);
	else
		str_add_len(&out, body->s, body->len);
	*len = out.len;
	return out.s;
}
