#include "mail/address.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

enum {
	LOCAL_MAX = 64,	  /* bytes, RFC 5321, 4.5.3.1.1 */
	DOMAIN_MAX = 253, /* bytes, RFC 1035 */
	LABEL_MAX = 63,
};

static const char *const class_names[ADDRESS_CLASSES] = {
	[ADDRESS_OTHER] = "other",     [ADDRESS_DOCOMO] = "docomo",
	[ADDRESS_AU] = "au",	       [ADDRESS_SOFTBANK] = "softbank",
	[ADDRESS_YMOBILE] = "ymobile", [ADDRESS_RAKUTEN] = "rakuten",
	[ADDRESS_GMAIL] = "gmail",     [ADDRESS_MICROSOFT] = "microsoft",
	[ADDRESS_YAHOOJP] = "yahoojp",
};

/* Every domain of a listed receiver, old ones still in registers included. */
static const struct address_row rows[] = {
	{ "docomo.ne.jp", ADDRESS_DOCOMO },
	{ "disneymobile.jp", ADDRESS_DOCOMO },
	{ "mopera.net", ADDRESS_DOCOMO },
	{ "mopera.ne.jp", ADDRESS_DOCOMO },
	{ "dwmail.jp", ADDRESS_DOCOMO },
	{ "docomo.blackberry.com", ADDRESS_DOCOMO },

	{ "au.com", ADDRESS_AU },
	{ "ezweb.ne.jp", ADDRESS_AU },
	{ "uqmobile.jp", ADDRESS_AU },
	{ "biz.au.com", ADDRESS_AU },
	{ ".ezweb.ne.jp", ADDRESS_AU },
	{ "ido.ne.jp", ADDRESS_AU },
	{ ".ido.ne.jp", ADDRESS_AU },
	{ "sky.tkk.ne.jp", ADDRESS_AU },
	{ "sky.tkc.ne.jp", ADDRESS_AU },
	{ "sky.tu-ka.ne.jp", ADDRESS_AU },
	{ ".sky.dtg.ne.jp", ADDRESS_AU },
	{ ".sky.cdp.ne.jp", ADDRESS_AU },
	{ ".sky.kdp.ne.jp", ADDRESS_AU },
	{ ".sky.tdp.ne.jp", ADDRESS_AU },

	{ "softbank.ne.jp", ADDRESS_SOFTBANK },
	{ "i.softbank.jp", ADDRESS_SOFTBANK },
	{ "vodafone.ne.jp", ADDRESS_SOFTBANK },
	{ ".vodafone.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-d.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-h.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-t.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-c.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-k.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-r.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-n.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-s.ne.jp", ADDRESS_SOFTBANK },
	{ "jp-q.ne.jp", ADDRESS_SOFTBANK },
	{ "disney.ne.jp", ADDRESS_SOFTBANK },
	{ "disneymobile.ne.jp", ADDRESS_SOFTBANK },
	{ "vertuclub.ne.jp", ADDRESS_SOFTBANK },

	{ "ymobile.ne.jp", ADDRESS_YMOBILE },
	{ "ymobile1.ne.jp", ADDRESS_YMOBILE },
	{ "y-mobile.ne.jp", ADDRESS_YMOBILE },
	{ "yahoo.ne.jp", ADDRESS_YMOBILE },
	{ "emnet.ne.jp", ADDRESS_YMOBILE },
	{ "emobile.ne.jp", ADDRESS_YMOBILE },
	{ "emobile-s.ne.jp", ADDRESS_YMOBILE },
	{ "pdx.ne.jp", ADDRESS_YMOBILE },
	{ ".pdx.ne.jp", ADDRESS_YMOBILE },
	{ "willcom.com", ADDRESS_YMOBILE },
	{ "wcm.ne.jp", ADDRESS_YMOBILE },

	/* Made-up ones of a private instance (RFC 2606: they lead nowhere),
	 * whose people have addresses like the real ones. */
	{ "docomo.example", ADDRESS_DOCOMO },
	{ "au.example", ADDRESS_AU },
	{ "ezweb.example", ADDRESS_AU },

	{ "rakumail.jp", ADDRESS_RAKUTEN },
	{ "rakuten.jp", ADDRESS_RAKUTEN },

	{ "gmail.com", ADDRESS_GMAIL },
	{ "googlemail.com", ADDRESS_GMAIL },

	{ "outlook.jp", ADDRESS_MICROSOFT },
	{ "outlook.com", ADDRESS_MICROSOFT },
	{ "hotmail.co.jp", ADDRESS_MICROSOFT },
	{ "hotmail.com", ADDRESS_MICROSOFT },
	{ "live.jp", ADDRESS_MICROSOFT },
	{ "live.com", ADDRESS_MICROSOFT },

	{ "yahoo.co.jp", ADDRESS_YAHOOJP },
};

/* Slips that people really make, and what they meant. */
static const struct {
	const char *typed, *meant;
} hints[] = {
	{ "docomo.co.jp", "docomo.ne.jp" },
	{ "docomo.jp", "docomo.ne.jp" },
	{ "docomo.com", "docomo.ne.jp" },
	{ "ezweb.co.jp", "ezweb.ne.jp" },
	{ "ezweb.jp", "ezweb.ne.jp" },
	{ "au.ne.jp", "au.com" },
	{ "au.co.jp", "au.com" },
	{ "softbank.co.jp", "softbank.ne.jp" },
	{ "i.softbank.ne.jp", "i.softbank.jp" },
	{ "i.softbank.co.jp", "i.softbank.jp" },
	{ "isoftbank.jp", "i.softbank.jp" },
	{ "gmail.co.jp", "gmail.com" },
	{ "gmai.com", "gmail.com" },
	{ "gmail.co", "gmail.com" },
	{ "gmail.ne.jp", "gmail.com" },
	{ "gmial.com", "gmail.com" },
	{ "yahoo.jp", "yahoo.co.jp" },
	{ "iclod.com", "icloud.com" },
	{ "icloud.co.jp", "icloud.com" },
};

/* isalnum and the like depend on the locale; these do not. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_atext(char c)
{
	return is_letter(c) || is_figure(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static void lower(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
}

/* Letters, figures and hyphens between dots; the last label not a number, so
 * that an IP address is no domain. */
static bool is_domain(const char *s)
{
	size_t label = 0, labels = 1;
	bool letter = false;

	if (strlen(s) > DOMAIN_MAX)
		return false;
	for (const char *p = s; *p != '\0'; p++) {
		if (*p == '.') {
			if (label == 0 || p[-1] == '-')
				return false;
			label = 0;
			letter = false;
			labels++;
			continue;
		}
		if (!is_letter(*p) && !is_figure(*p) && *p != '-')
			return false;
		if ((*p == '-' && label == 0) || ++label > LABEL_MAX)
			return false;
		letter |= is_letter(*p);
	}
	return labels > 1 && label > 0 && letter && s[strlen(s) - 1] != '-';
}

/* What RFC 5321 lets stand without quotes. */
static bool is_dot_atom(const char *s)
{
	const char *p = s;

	for (; *p != '\0'; p++) {
		if (is_atext(*p))
			continue;
		if (*p != '.' || p == s || p[-1] == '.' || p[1] == '\0')
			return false;
	}
	return p != s;
}

static bool is_local(const char *s, enum address_class class)
{
	size_t len = strlen(s);

	if (len == 0 || len > LOCAL_MAX)
		return false;
	if (class != ADDRESS_DOCOMO && class != ADDRESS_AU)
		return s[0] != '-' && is_dot_atom(s);
	for (const char *p = s; *p != '\0'; p++)
		if (!is_atext(*p) && *p != '.')
			return false;
	return true;
}

/* Takes the quotes off a whole local part in place; false if they do not
 * close at its end. */
static bool unquote(char *local)
{
	char *to = local;
	const char *from = local + 1;

	for (; *from != '"'; from++) {
		if (*from == '\\')
			from++;
		if (*from == '\0')
			return false;
		*to++ = *from;
	}
	*to = '\0';
	return from[1] == '\0';
}

static char *trimmed(struct arena *a, const char *text)
{
	size_t len;

	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	/* Longer than any address with quotes around its local part. */
	if (len > 2 * ADDRESS_MAX)
		return NULL;
	return arena_strndup(a, text, len);
}

char *address_normalise(struct arena *a, const char *text)
{
	char *local = trimmed(a, text), *at, *domain, *whole;
	enum address_class class;

	if (local == NULL || (at = strrchr(local, '@')) == NULL)
		return NULL;
	*at = '\0';
	domain = at + 1;
	if (!is_domain(domain) || (*local == '"' && !unquote(local)))
		return NULL;
	lower(domain);
	class = address_class(domain);
	if (!is_local(local, class))
		return NULL;
	if (class != ADDRESS_OTHER)
		lower(local);
	whole = arena_fmt(a, "%s@%s", local, domain);
	return strlen(whole) <= ADDRESS_MAX ? whole : NULL;
}

const char *address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? "" : at + 1;
}

const char *address_quoted(struct arena *a, const char *address)
{
	const char *at = strrchr(address, '@');
	char *local;

	if (at == NULL)
		return address;
	local = arena_strndup(a, address, (size_t)(at - address));
	if (is_dot_atom(local))
		return address;
	/* A stored local part holds neither quote nor backslash. */
	return arena_fmt(a, "\"%s\"%s", local, at);
}

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), end_len = strlen(end);

	return len > end_len && strcmp(s + len - end_len, end) == 0;
}

enum address_class address_class(const char *domain)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *row = rows[i].domain;

		if (*row == '.' ? ends_with(domain, row)
				: strcmp(domain, row) == 0)
			return rows[i].class;
	}
	return ADDRESS_OTHER;
}

const char *address_class_name(enum address_class class)
{
	return class_names[class];
}

int address_class_named(const char *name)
{
	for (int i = 0; i < ADDRESS_CLASSES; i++)
		if (str_eq(class_names[i], name))
			return i;
	return -1;
}

const char *address_domain_hint(const char *domain)
{
	for (size_t i = 0; i < LEN(hints); i++)
		if (strcmp(hints[i].typed, domain) == 0)
			return hints[i].meant;
	return NULL;
}

const struct address_row *address_rows(size_t *count)
{
	*count = LEN(rows);
	return rows;
}
