#include "web/request.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <fcgiapp.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/time.h"

enum {
	PARAMS_MAX = 5000, /* fields of one request */
	ID_DIGITS = 18,	   /* of a number in a path: fits int64_t */
};

/* Marks of phones whose gateway browsers know Shift_JIS only.  Few are left,
 * and crawlers send them still: it costs nothing to serve them. */
static const char *const old_phones[] = { "DoCoMo/",	 "KDDI-",
					  "UP.Browser",	 "SoftBank/",
					  "J-PHONE",	 "Vodafone/",
					  "Mozilla/3.0(" };

static const char *const shift_jis_names[] = { "shift_jis", "shift-jis",
					       "sjis",	    "x-sjis",
					       "cp932",	    "windows-31j" };

const char *request_env(const struct request *req, const char *name)
{
	const char *value = FCGX_GetParam(name, req->env);

	return value == NULL ? "" : value;
}

const char *request_cookie(const struct request *req, const char *name)
{
	const char *p = request_env(req, "HTTP_COOKIE");
	size_t len = strlen(name);
	const char *found = NULL;

	while (*p != '\0') {
		size_t part = strcspn(p, ";");

		if (part > len && strncmp(p, name, len) == 0 && p[len] == '=') {
			if (found != NULL)
				return NULL;
			found = arena_strndup(req->arena, p + len + 1,
					      part - len - 1);
		}
		p += part;
		p += strspn(p, "; ");
	}
	return found;
}

struct audit request_audit(const struct request *req)
{
	return (struct audit){
		.account = req->account,
		.actor = req->login,
		.network = req->network,
	};
}

/* Routes ---------------------------------------------------------------------
 */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static const char *match_number(const char *p, int64_t *out)
{
	size_t digits = strspn(p, "0123456789");

	if (digits == 0 || digits > ID_DIGITS || *p == '0')
		return NULL;
	*out = 0;
	while (digits-- > 0)
		*out = *out * 10 + (*p++ - '0');
	return p;
}

static const char *match_word(struct request *req, const char *p,
			      const char **out)
{
	const char *end = p;

	while (is_word(*end))
		end++;
	if (end == p)
		return NULL;
	*out = arena_strndup(req->arena, p, (size_t)(end - p));
	return end;
}

bool request_match(struct request *req, const char *pattern)
{
	const char *p = req->path;

	while (p != NULL && *pattern != '\0') {
		if (*pattern != '{') {
			if (*pattern++ != *p++)
				return false;
		} else if (str_begins(pattern, "{id}")) {
			p = match_number(p, &req->id);
			pattern += strlen("{id}");
		} else if (str_begins(pattern, "{token}")) {
			p = match_word(req, p, &req->token);
			pattern += strlen("{token}");
		} else {
			p = match_word(req, p, &req->name);
			pattern += strlen("{name}");
		}
	}
	return p != NULL && *p == '\0';
}

/* Fields ---------------------------------------------------------------------
 */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes "+" and "%XX".  NULL if a "%" is not followed by two digits, or if a
 * NUL is in it, which nothing of ours sends. */
static char *unescape(struct arena *a, const char *p, size_t len, size_t *out)
{
	char *text = arena_alloc(a, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = p[i] == '+' ? ' ' : p[i];

		if (c == '%') {
			int high = len - i > 2 ? hex(p[i + 1]) : -1;
			int low = len - i > 2 ? hex(p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		}
		if (c == '\0')
			return NULL;
		text[n++] = c;
	}
	*out = n;
	return text;
}

/* Bytes of the UTF-8 character that p begins with, 0 if it begins none. */
static size_t character_len(const char *p, size_t len)
{
	for (size_t n = 1; n <= 4 && n <= len; n++)
		if (charset_is_utf8(p, n))
			return n;
	return 0;
}

static char *readable_part(struct arena *a, const char *p, size_t len)
{
	struct str s = { .arena = a };

	while (len > 0) {
		size_t n = character_len(p, len);

		if (n == 0)
			str_add_char(&s, '?');
		else
			str_add_len(&s, p, n);
		p += n == 0 ? 1 : n;
		len -= n == 0 ? 1 : n;
	}
	return arena_strdup(a, str_text(&s));
}

static const char *to_utf8(struct arena *a, char *text, size_t len,
			   enum charset charset, bool *bad)
{
	char *converted;

	if (charset == CHARSET_SHIFT_JIS) {
		converted = charset_from_cp932(a, text, len);
		if (converted != NULL)
			return converted;
	} else if (charset_is_utf8(text, len)) {
		return text;
	}
	*bad = true;
	return readable_part(a, text, len);
}

static bool is_shift_jis(const char *name, size_t len)
{
	for (size_t i = 0; i < LEN(shift_jis_names); i++)
		if (strlen(shift_jis_names[i]) == len &&
		    strncasecmp(name, shift_jis_names[i], len) == 0)
			return true;
	return false;
}

/* What the form says of itself: browsers write the name of the charset they
 * used into a field `_charset_` (HTML), and old ones leave ours in it. */
static enum charset charset_of(const char *p, size_t len, enum charset charset)
{
	static const char key[] = "_charset_=";
	const char *at = len < sizeof(key) ? NULL : memmem(p, len, key, 10);
	size_t rest;

	if (at == NULL || (at != p && at[-1] != '&'))
		return charset;
	at += strlen(key);
	rest = len - (size_t)(at - p);
	for (size_t i = 0; i < rest; i++)
		if (at[i] == '&')
			rest = i;
	return is_shift_jis(at, rest) ? CHARSET_SHIFT_JIS : CHARSET_UTF8;
}

static struct param *parse_pair(struct arena *a, const char *p, size_t len,
				enum charset charset)
{
	const char *equals = memchr(p, '=', len);
	size_t name_len = equals == NULL ? len : (size_t)(equals - p);
	size_t rest = equals == NULL ? 0 : len - name_len - 1;
	struct param *param = arena_alloc(a, sizeof(*param));
	char *text;

	text = unescape(a, p, name_len, &name_len);
	if (text == NULL || !charset_is_utf8(text, name_len))
		return NULL;
	param->name = text;
	text = unescape(a, p + len - rest, rest, &rest);
	if (text == NULL)
		return NULL;
	param->text = to_utf8(a, text, rest, charset, &param->bad);
	return param;
}

int request_parse(struct arena *a, const char *bytes, size_t len,
		  enum charset charset, struct param **out)
{
	const char *end = bytes + len;
	int count = 0;

	*out = NULL;
	charset = charset_of(bytes, len, charset);
	for (const char *p = bytes; p < end;) {
		const char *amp = memchr(p, '&', (size_t)(end - p));
		size_t part = (size_t)((amp == NULL ? end : amp) - p);

		if (part > 0) {
			if (++count > PARAMS_MAX)
				return -1;
			*out = parse_pair(a, p, part, charset);
			if (*out == NULL)
				return -1;
			out = &(*out)->next;
		}
		p += part + 1;
	}
	return 0;
}

/* Opening --------------------------------------------------------------------
 */

static enum charset charset_wanted(const struct request *req)
{
	const char *accept = request_env(req, "HTTP_ACCEPT_CHARSET");
	const char *agent = request_env(req, "HTTP_USER_AGENT");

	if (*accept != '\0' && strcasestr(accept, "utf-8") == NULL &&
	    (strcasestr(accept, "shift_jis") != NULL ||
	     strcasestr(accept, "windows-31j") != NULL))
		return CHARSET_SHIFT_JIS;
	for (size_t i = 0; i < LEN(old_phones); i++)
		if (str_begins(agent, old_phones[i]))
			return CHARSET_SHIFT_JIS;
	return CHARSET_UTF8;
}

/* Japanese unless the browser names English first. */
static const char *lang_wanted(const struct request *req)
{
	const char *accept = request_env(req, "HTTP_ACCEPT_LANGUAGE");

	return strncasecmp(accept, "en", 2) == 0 ? "en" : "ja";
}

void request_open(struct request *req)
{
	const char *uri = request_env(req, "REQUEST_URI");

	req->now = time_now();
	req->method = request_env(req, "REQUEST_METHOD");
	req->query = request_env(req, "QUERY_STRING");
	req->network = request_env(req, "REMOTE_ADDR");
	/* The raw path: what is written in another way than ours is not
	 * found, so no two parts can read it differently (V4.2). */
	req->path = arena_strndup(req->arena, uri, strcspn(uri, "?"));
	req->login = req->account_name = req->csrf = "";
	req->charset = charset_wanted(req);
	req->lang = lang_wanted(req);
}
