#include "mail/mail_log.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

/* What is still to be read of a line. */
struct rest {
	const char *p;
	size_t len;
};

static bool skip(struct rest *r, const char *text)
{
	size_t len = strlen(text);

	if (r->len < len || memcmp(r->p, text, len) != 0)
		return false;
	r->p += len;
	r->len -= len;
	return true;
}

static void skip_bytes(struct rest *r, size_t n)
{
	r->p += n;
	r->len -= n;
}

/* Where the text begins in what is left; -1 if nowhere. */
static ptrdiff_t find(const struct rest *r, const char *text)
{
	const char *p = memmem(r->p, r->len, text, strlen(text));

	return p == NULL ? -1 : p - r->p;
}

/* Time --------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits, or a space and one. */
static int two_digits(const char *p)
{
	if ((p[0] != ' ' && !is_digit(p[0])) || !is_digit(p[1]))
		return -1;
	return (p[0] == ' ' ? 0 : p[0] - '0') * 10 + p[1] - '0';
}

/* In the newest year that does not bring it beyond tomorrow. */
static int64_t in_year(struct tm tm, int64_t now, int zone_s)
{
	const int64_t day = INT64_C(24) * 60 * TIME_MINUTE;
	time_t local = (time_t)(now / TIME_SECOND + zone_s);
	struct tm today;
	int64_t at = 0;

	gmtime_r(&local, &today);
	for (int year = today.tm_year + 1; year >= today.tm_year - 1; year--) {
		struct tm t = tm;

		t.tm_year = year;
		at = ((int64_t)timegm(&t) - zone_s) * TIME_SECOND;
		if (at <= now + day)
			break;
	}
	return at > 0 ? at : 0;
}

/* "Nov  7 12:37:42 " of postlogd and syslog. */
static int64_t read_short_time(struct rest *r, int64_t now, int zone_s)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	enum { TEXT_LEN = 16, NAME_LEN = 3 };
	struct tm tm = { .tm_mon = -1 };

	if (r->len < TEXT_LEN || r->p[3] != ' ' || r->p[6] != ' ' ||
	    r->p[9] != ':' || r->p[12] != ':' || r->p[15] != ' ')
		return 0;
	for (int i = 0; i < 12; i++)
		if (memcmp(months + (ptrdiff_t)i * NAME_LEN, r->p, NAME_LEN) ==
		    0)
			tm.tm_mon = i;
	tm.tm_mday = two_digits(r->p + 4);
	tm.tm_hour = two_digits(r->p + 7);
	tm.tm_min = two_digits(r->p + 10);
	tm.tm_sec = two_digits(r->p + 13);
	if (tm.tm_mon < 0 || tm.tm_mday < 1 || tm.tm_mday > 31 ||
	    tm.tm_hour < 0 || tm.tm_hour > 23 || tm.tm_min < 0 ||
	    tm.tm_min > 59 || tm.tm_sec < 0 || tm.tm_sec > 60)
		return 0;
	skip_bytes(r, TEXT_LEN);
	return in_year(tm, now, zone_s);
}

static int64_t read_time(struct arena *a, struct rest *r, int64_t now,
			 int zone_s)
{
	ptrdiff_t end = find(r, " ");
	int64_t at;

	if (end <= 0)
		return 0;
	if (!is_digit(r->p[0]))
		return read_short_time(r, now, zone_s);
	if (time_parse(arena_strndup(a, r->p, (size_t)end), &at) < 0)
		return 0;
	skip_bytes(r, (size_t)end + 1);
	return at;
}

/* Parts of a line ---------------------------------------------------------- */

/* "anpi postfix/docomo/smtp[19244]: "; what comes before the "[" must have a
 * "/", or it is not a program of Postfix. */
static bool skip_program(struct rest *r)
{
	ptrdiff_t end = find(r, " ");
	const char *slash;

	if (end <= 0)
		return false;
	skip_bytes(r, (size_t)end + 1); /* the machine */
	end = find(r, "]: ");
	if (end <= 0)
		return false;
	slash = memchr(r->p, '/', (size_t)end);
	if (slash == NULL || memchr(r->p, ' ', (size_t)end) != NULL)
		return false;
	skip_bytes(r, (size_t)end + strlen("]: "));
	return true;
}

/* Of both kinds of queue ids; words such as "warning" have vowels. */
static bool is_of_queue_id(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') ||
	       (c >= 'b' && c <= 'z' && strchr("eiou", c) == NULL);
}

static const char *read_queue_id(struct arena *a, struct rest *r)
{
	enum { QUEUE_ID_LEAST = 6 };
	size_t n = 0;
	const char *id;

	while (n < r->len && n <= MAIL_LOG_QUEUE_ID_MAX &&
	       is_of_queue_id(r->p[n]))
		n++;
	if (n < QUEUE_ID_LEAST || n > MAIL_LOG_QUEUE_ID_MAX)
		return NULL;
	id = arena_strndup(a, r->p, n);
	skip_bytes(r, n);
	return skip(r, ": ") ? id : NULL;
}

/* What stands before ">", which is taken too; a quoted local part may hold
 * one.  NULL if there is no end. */
static const char *read_angle(struct arena *a, struct rest *r)
{
	bool quoted = false;
	size_t n = 0;
	const char *text;

	for (; n < r->len && (quoted || r->p[n] != '>'); n++) {
		if (r->p[n] == '"')
			quoted = !quoted;
		else if (quoted && r->p[n] == '\\' && n + 1 < r->len)
			n++;
	}
	if (n >= r->len)
		return NULL;
	text = arena_strndup(a, r->p, n);
	skip_bytes(r, n + 1);
	return text;
}

/* The value of "name=" in what comes before the brackets, "" if none. */
static const char *read_value(struct arena *a, const struct rest *r,
			      const char *name)
{
	ptrdiff_t at = find(r, name);
	struct rest value = *r;
	size_t n = 0;

	if (at < 0)
		return "";
	skip_bytes(&value, (size_t)at + strlen(name));
	while (n < value.len && value.p[n] != ',' && value.p[n] != ' ')
		n++;
	return arena_strndup(a, value.p, n);
}

/* Words ---------------------------------------------------------------------*/

static bool is_plain(char c)
{
	return c >= ' ' && c <= '~';
}

/* Adds a text without what could be an address: words with an "@", what stands
 * in <>, and the receiver's local part wherever it is said. */
static void add_hidden(struct str *out, const char *p, size_t len,
		       const char *local)
{
	static const char hidden[] = "(address)";
	size_t local_len = strlen(local);

	for (size_t i = 0; i < len && out->len < MAIL_LOG_WORDS_MAX;) {
		size_t word = 0;
		const char *close =
			p[i] == '<' ? memchr(p + i, '>', len - i) : NULL;

		if (close != NULL) {
			str_add(out, hidden);
			i = (size_t)(close - p) + 1;
			continue;
		}
		while (i + word < len && p[i + word] != ' ')
			word++;
		if (memchr(p + i, '@', word) != NULL ||
		    (local_len > 0 && word >= local_len &&
		     memmem(p + i, word, local, local_len) != NULL)) {
			str_add(out, hidden);
			i += word;
			continue;
		}
		for (size_t k = 0; k < (word == 0 ? 1 : word); k++, i++)
			str_add_char(out, is_plain(p[i]) ? p[i] : '?');
	}
}

static const char *local_part(struct arena *a, const char *address)
{
	enum { LEAST = 3 }; /* shorter ones are parts of any word */
	const char *at = strrchr(address, '@');
	size_t len = at == NULL ? strlen(address) : (size_t)(at - address);

	if (len >= 2 && address[0] == '"' && address[len - 1] == '"') {
		address++;
		len -= 2;
	}
	return len < LEAST ? "" : arena_strndup(a, address, len);
}

/* The host, then the words in the brackets. */
static const char *write_words(struct arena *a, const char *relay,
			       const struct rest *said, const char *to)
{
	struct str out = { .arena = a };
	const char *local = local_part(a, to);
	char *text;

	add_hidden(&out, relay, strlen(relay), local);
	if (said->len > 0)
		str_add_char(&out, ' ');
	add_hidden(&out, said->p, said->len, local);
	text = arena_strdup(a, str_text(&out));
	if (strlen(text) > MAIL_LOG_WORDS_MAX)
		text[MAIL_LOG_WORDS_MAX] = '\0';
	return text;
}

/* Causes --------------------------------------------------------------------*/

/* The first row that fits; NULL fits all.  After the body a carrier that knows
 * no such user means its owner's filter. */
static const struct {
	const char *dsn, *words, *also;
	enum mail_log_cause cause;
} causes[] = {
	{ NULL, "nknown user", "end of DATA", MAIL_CAUSE_FILTERED },
	{ NULL, "ser unknown", "end of DATA", MAIL_CAUSE_FILTERED },
	{ "5.2.0", NULL, "end of DATA", MAIL_CAUSE_FILTERED },
	{ NULL, "nknown user", NULL, MAIL_CAUSE_UNKNOWN },
	{ NULL, "ser unknown", NULL, MAIL_CAUSE_UNKNOWN },
	{ "5.7.", NULL, NULL, MAIL_CAUSE_OURS },
	{ "4.2.2", NULL, NULL, MAIL_CAUSE_FULL },
	{ "5.2.2", NULL, NULL, MAIL_CAUSE_FULL },
	{ NULL, "Too much mail data", NULL, MAIL_CAUSE_FULL },
	{ NULL, "ailbox full", NULL, MAIL_CAUSE_FULL },
	{ NULL, "ver quota", NULL, MAIL_CAUSE_FULL },
	{ NULL, "Relay access denied", NULL, MAIL_CAUSE_OURS },
	{ NULL, "Line Too Long", NULL, MAIL_CAUSE_OURS },
	{ NULL, "Transaction failed", NULL, MAIL_CAUSE_OURS },
	{ NULL, "mail transport", NULL, MAIL_CAUSE_OURS },
	{ "5.1.7", NULL, NULL, MAIL_CAUSE_OURS },
	{ "5.1.8", NULL, NULL, MAIL_CAUSE_OURS },
	{ "5.1.", NULL, NULL, MAIL_CAUSE_UNKNOWN },
	{ "5.2.1", NULL, NULL, MAIL_CAUSE_UNKNOWN },
	{ "5.4.4", NULL, NULL, MAIL_CAUSE_UNKNOWN },
	{ "5.5.", NULL, NULL, MAIL_CAUSE_OURS },
	{ "5.6.", NULL, NULL, MAIL_CAUSE_OURS },
	{ "4.4.", NULL, NULL, MAIL_CAUSE_UNREACHABLE },
	{ NULL, "onnection ", NULL, MAIL_CAUSE_UNREACHABLE },
	{ "4.3.5", NULL, NULL, MAIL_CAUSE_OURS },
	{ "4.", NULL, NULL, MAIL_CAUSE_THROTTLED },
};

enum mail_log_cause mail_log_cause(const char *dsn, const char *words)
{
	for (size_t i = 0; i < LEN(causes); i++)
		if ((causes[i].dsn == NULL || str_begins(dsn, causes[i].dsn)) &&
		    (causes[i].words == NULL ||
		     strstr(words, causes[i].words) != NULL) &&
		    (causes[i].also == NULL ||
		     strstr(words, causes[i].also) != NULL))
			return causes[i].cause;
	return MAIL_CAUSE_OTHER;
}

const char *mail_log_fate_name(enum mail_log_fate fate)
{
	static const char *const names[] = {
		[MAIL_ACCEPTED] = "accepted",
		[MAIL_DEFERRED] = "deferred",
		[MAIL_BOUNCED] = "bounced",
	};

	return names[fate];
}

const char *mail_log_cause_name(enum mail_log_cause cause)
{
	static const char *const names[] = {
		[MAIL_CAUSE_NONE] = "",
		[MAIL_CAUSE_UNKNOWN] = "unknown",
		[MAIL_CAUSE_FULL] = "full",
		[MAIL_CAUSE_FILTERED] = "filtered",
		[MAIL_CAUSE_THROTTLED] = "throttled",
		[MAIL_CAUSE_UNREACHABLE] = "unreachable",
		[MAIL_CAUSE_OURS] = "ours",
		[MAIL_CAUSE_OTHER] = "other",
	};

	return names[cause];
}

/* Lines -------------------------------------------------------------------- */

static const struct {
	const char *text;
	enum mail_log_fate fate;
} fates[] = {
	{ " status=sent", MAIL_ACCEPTED },
	{ " status=deferred", MAIL_DEFERRED },
	{ " status=bounced", MAIL_BOUNCED },
};

/* After "to=<": what became of it. */
static int read_fate(struct arena *a, struct rest *r, struct mail_log_line *out)
{
	const char *to = read_angle(a, r);
	ptrdiff_t status = to == NULL ? -1 : find(r, " status=");
	struct rest head = *r, said;
	const char *dsn;

	if (status < 0)
		return 0;
	head.len = (size_t)status;
	skip_bytes(r, (size_t)status);
	for (size_t i = 0; i < LEN(fates); i++) {
		said = *r;
		if (!skip(&said, fates[i].text) ||
		    (said.len > 0 && said.p[0] != ' '))
			continue;
		if (skip(&said, " (") && said.len > 0 &&
		    said.p[said.len - 1] == ')')
			said.len--;
		dsn = read_value(a, &head, " dsn=");
		out->kind = MAIL_LOG_FATE;
		out->fate = fates[i].fate;
		out->cause = MAIL_CAUSE_NONE;
		if (out->fate != MAIL_ACCEPTED)
			out->cause = mail_log_cause(
				dsn, arena_strndup(a, said.p, said.len));
		out->words = write_words(a, read_value(a, &head, " relay="),
					 &said, to);
		return 1;
	}
	return 0;
}

/* After "from=<": the sender, or that the mail is given up. */
static int read_from(struct arena *a, struct rest *r, struct mail_log_line *out)
{
	const char *from = read_angle(a, r);

	if (from == NULL)
		return 0;
	if (skip(r, ", status=expired")) {
		out->kind = MAIL_LOG_FATE;
		out->fate = MAIL_BOUNCED;
		out->cause = MAIL_CAUSE_UNREACHABLE;
		out->words = "expired";
		return 1;
	}
	out->kind = MAIL_LOG_FROM;
	out->text = from;
	return 1;
}

int mail_log_parse(struct arena *a, const char *line, size_t len, int64_t now,
		   int zone_s, struct mail_log_line *out)
{
	struct rest r = { line, len };

	if (len > MAIL_LOG_LINE_MAX || memchr(line, '\0', len) != NULL)
		return 0;
	*out = (struct mail_log_line){ .text = "", .words = "" };
	out->at = read_time(a, &r, now, zone_s);
	if (out->at == 0 || !skip_program(&r))
		return 0;
	out->queue_id = read_queue_id(a, &r);
	if (out->queue_id == NULL)
		return 0;
	if (skip(&r, "to=<"))
		return read_fate(a, &r, out);
	if (skip(&r, "from=<"))
		return read_from(a, &r, out);
	if (skip(&r, "message-id=<")) {
		out->kind = MAIL_LOG_ID;
		out->text = read_angle(a, &r);
		return out->text != NULL;
	}
	out->kind = MAIL_LOG_GONE;
	return skip(&r, "removed") && r.len == 0;
}

int64_t mail_log_message(const char *message_id, const char *domain)
{
	enum { DIGITS_MAX = 18 };
	size_t n = strspn(message_id, "0123456789"), hex;
	int64_t id = 0;

	if (n == 0 || n > DIGITS_MAX || message_id[n] != '.')
		return 0;
	hex = strspn(message_id + n + 1, "0123456789abcdef");
	if (hex == 0 || message_id[n + 1 + hex] != '@' ||
	    !str_eq(message_id + n + 1 + hex + 1, domain))
		return 0;
	for (size_t i = 0; i < n; i++)
		id = id * 10 + (message_id[i] - '0');
	return id;
}
