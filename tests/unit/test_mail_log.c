#include "test.h"

#include "base/time.h"
#include "mail/mail_log.h"

/* 2026-11-27T12:00:00Z */
static const int64_t now = INT64_C(1795780800) * TIME_SECOND;

#define HEAD "Nov 27 11:37:42 anpi postfix/"

static void test_parse(void **state)
{
	static const struct {
		const char *name, *line;
		int want; /* kind, -1: says nothing */
		const char *queue_id, *text;
	} rows[] = {
		{ "Message-ID",
		  HEAD "cleanup[19236]: 28ABFA748ED: message-id=<98.66f@a.b>",
		  MAIL_LOG_ID, "28ABFA748ED", "98.66f@a.b" },
		{ "long queue id",
		  HEAD "cleanup[1]: 4PxYzB1mVnz9rKh: message-id=<x@y>",
		  MAIL_LOG_ID, "4PxYzB1mVnz9rKh", "x@y" },
		{ "sender",
		  HEAD "qmgr[18528]: 28ABFA748ED: from=<b-aec@bounce.a>, "
		       "size=1056, nrcpt=1 (queue active)",
		  MAIL_LOG_FROM, "28ABFA748ED", "b-aec@bounce.a" },
		{ "sender of a bounce",
		  HEAD "qmgr[1]: 28ABFA748ED: from=<>, size=1, nrcpt=1",
		  MAIL_LOG_FROM, "28ABFA748ED", "" },
		{ "removed", HEAD "qmgr[18528]: 28ABFA748ED: removed",
		  MAIL_LOG_GONE, "28ABFA748ED", "" },
		{ "instance of another name",
		  "Nov 27 11:37:42 h postfix-out/docomo/smtp[1]: 28ABFA: "
		  "to=<a@b>, relay=c[1.2.3.4]:25, delay=1, dsn=2.0.0, "
		  "status=sent (250 ok)",
		  MAIL_LOG_FATE, "28ABFA", "" },
		{ "ISO time",
		  "2026-11-27T20:37:42.123456+09:00 h postfix/qmgr[1]: "
		  "28ABFA748ED: removed",
		  MAIL_LOG_GONE, "28ABFA748ED", "" },
		{ "client", HEAD "smtpd[1]: 28ABFA748ED: client=unknown[::1]",
		  -1, NULL, NULL },
		{ "warning", HEAD "smtpd[1]: warning: to=<a@b>, status=sent",
		  -1, NULL, NULL },
		{ "another program",
		  "Nov 27 11:37:42 anpi su[1]: 28ABFA748ED: removed", -1, NULL,
		  NULL },
		{ "probe of an address",
		  HEAD "smtp[1]: 28ABFA748ED: to=<a@b>, dsn=2.1.5, "
		       "status=deliverable (250 ok)",
		  -1, NULL, NULL },
		{ "removed and more",
		  HEAD "qmgr[1]: 28ABFA748ED: removed status=sent", -1, NULL,
		  NULL },
		{ "no end of the address", HEAD "smtp[1]: 28ABFA748ED: to=<a@b",
		  -1, NULL, NULL },
		{ "no such month",
		  "Foo 27 11:37:42 a postfix/qmgr[1]: 28ABFA: "
		  "removed",
		  -1, NULL, NULL },
		{ "no such hour",
		  "Nov 27 31:37:42 a postfix/qmgr[1]: 28ABFA: "
		  "removed",
		  -1, NULL, NULL },
		{ "half a line", "Nov 27 11:3", -1, NULL, NULL },
		{ "empty", "", -1, NULL, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct mail_log_line l;
		int got = mail_log_parse(a, rows[i].line, strlen(rows[i].line),
					 now, 0, &l);

		check_int(rows[i].name, got, rows[i].want >= 0);
		if (rows[i].want < 0)
			continue;
		check_int(rows[i].name, l.kind, rows[i].want);
		check_str(rows[i].name, l.queue_id, rows[i].queue_id);
		check_str(rows[i].name, l.text, rows[i].text);
	}
	arena_free(a);
}

static void test_fate(void **state)
{
	static const struct {
		const char *name, *rest;
		enum mail_log_fate fate;
		enum mail_log_cause cause;
		const char *words;
	} rows[] = {
		{ "sent",
		  "to=<s1-1@docomo.example>, relay=127.0.0.1[127.0.0.1]:26054, "
		  "delay=0.31, delays=0.08/0.22/0.01/0, dsn=2.0.0, "
		  "status=sent (250 2.0.0 Ok)",
		  MAIL_ACCEPTED, MAIL_CAUSE_NONE,
		  "127.0.0.1[127.0.0.1]:26054 250 2.0.0 Ok" },
		{ "no user",
		  "to=<taro@docomo.example>, relay=m.d[1.2.3.4]:25, delay=1, "
		  "dsn=5.0.0, status=bounced (host m.d[1.2.3.4] said: 550 "
		  "Unknown user taro@docomo.example (in reply to RCPT TO "
		  "command))",
		  MAIL_BOUNCED, MAIL_CAUSE_UNKNOWN,
		  "m.d[1.2.3.4]:25 host m.d[1.2.3.4] said: 550 Unknown user "
		  "(address) (in reply to RCPT TO command)" },
		{ "filtered by its owner",
		  "to=<taro@docomo.example>, relay=m.d[1.2.3.4]:25, delay=1, "
		  "dsn=5.2.0, status=bounced (host m.d said: 550 Unknown user "
		  "taro (in reply to end of DATA command))",
		  MAIL_BOUNCED, MAIL_CAUSE_FILTERED,
		  "m.d[1.2.3.4]:25 host m.d said: 550 Unknown user (address) "
		  "(in reply to end of DATA command)" },
		{ "full",
		  "to=<a@b>, orig_to=<c@b>, relay=m, dsn=4.2.2, "
		  "status=deferred (said: 452 <a@b> mailbox)",
		  MAIL_DEFERRED, MAIL_CAUSE_FULL,
		  "m said: 452 (address) "
		  "mailbox" },
		{ "not there",
		  "to=<a@b>, relay=none, dsn=4.4.1, status=deferred (connect "
		  "to b[1.2.3.4]:25: Connection timed out)",
		  MAIL_DEFERRED, MAIL_CAUSE_UNREACHABLE,
		  "none connect to b[1.2.3.4]:25: Connection timed out" },
		{ "without words", "to=<a@b>, relay=m, dsn=2.0.0, status=sent",
		  MAIL_ACCEPTED, MAIL_CAUSE_NONE, "m" },
		{ "given up",
		  "from=<b-x@y>, status=expired, returned to sender",
		  MAIL_BOUNCED, MAIL_CAUSE_UNREACHABLE, "expired" },
		{ "an address that looks like an end",
		  "to=<\"a>, status=sent (\"@b>, relay=m, dsn=5.1.1, "
		  "status=bounced (no)",
		  MAIL_BOUNCED, MAIL_CAUSE_UNKNOWN, "m no" },
		{ "words that look like a status",
		  "to=<a@b>, relay=m, dsn=5.1.1, status=bounced (x "
		  "status=sent (250 ok))",
		  MAIL_BOUNCED, MAIL_CAUSE_UNKNOWN,
		  "m x status=sent (250 "
		  "ok)" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *line = arena_fmt(a, "%ssmtp[1]: 28ABFA748ED: %s",
					     HEAD, rows[i].rest);
		struct mail_log_line l;

		check_int(rows[i].name,
			  mail_log_parse(a, line, strlen(line), now, 0, &l), 1);
		check_int(rows[i].name, l.kind, MAIL_LOG_FATE);
		check_int(rows[i].name, l.fate, rows[i].fate);
		check_str(rows[i].name, mail_log_cause_name(l.cause),
			  mail_log_cause_name(rows[i].cause));
		check_str(rows[i].name, l.words, rows[i].words);
	}
	arena_free(a);
}

static void test_cause(void **state)
{
	static const struct {
		const char *dsn, *words;
		enum mail_log_cause want;
	} rows[] = {
		{ "5.0.0", "550 <a@b>: User unknown", MAIL_CAUSE_UNKNOWN },
		{ "5.0.0",
		  "550 : User unknown (in reply to end of DATA "
		  "command)",
		  MAIL_CAUSE_FILTERED },
		{ "5.0.0", "552 Too much mail data", MAIL_CAUSE_FULL },
		{ "5.2.2", "", MAIL_CAUSE_FULL },
		{ "5.0.0", "500 Line Too Long", MAIL_CAUSE_OURS },
		{ "5.0.0", "554 Transaction failed", MAIL_CAUSE_OURS },
		{ "5.7.26", "550", MAIL_CAUSE_OURS },
		{ "4.7.0", "421 too fast", MAIL_CAUSE_THROTTLED },
		{ "4.0.0", "451 busy", MAIL_CAUSE_THROTTLED },
		{ "4.4.2", "lost connection with m", MAIL_CAUSE_UNREACHABLE },
		{ "4.3.0", "mail transport unavailable", MAIL_CAUSE_OURS },
		{ "5.1.10", "", MAIL_CAUSE_UNKNOWN },
		{ "5.4.4", "this instance relays nothing", MAIL_CAUSE_UNKNOWN },
		{ "5.0.0", "550 no", MAIL_CAUSE_OTHER },
		{ "", "", MAIL_CAUSE_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].words,
			  mail_log_cause_name(
				  mail_log_cause(rows[i].dsn, rows[i].words)),
			  mail_log_cause_name(rows[i].want));
}

static void test_message(void **state)
{
	static const struct {
		const char *id;
		int64_t want;
	} rows[] = {
		{ "98299.66141536b4d78@anpi.example", 98299 },
		{ "98299.66141536b4d78@other.example", 0 },
		{ "l98299.66141536b4d78@anpi.example", 0 },
		{ "98299@anpi.example", 0 },
		{ "98299.@anpi.example", 0 },
		{ ".66@anpi.example", 0 },
		{ "9999999999999999999.66@anpi.example", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].id,
			  mail_log_message(rows[i].id, "anpi.example"),
			  rows[i].want);
}

static void test_time(void **state)
{
	static const struct {
		const char *name, *line, *want;
		int zone_s;
	} rows[] = {
		{ "today", "Nov 27 11:37:42", "2026-11-27T20:37:42+09:00", 0 },
		{ "Japan", "Nov 27 20:37:42", "2026-11-27T20:37:42+09:00",
		  32400 },
		{ "one digit", "Nov  1 00:00:01", "2026-11-01T09:00:01+09:00",
		  0 },
		{ "tomorrow's clock", "Nov 28 00:00:00",
		  "2026-11-28T09:00:00+09:00", 0 },
		{ "last winter", "Jan 31 00:00:00", "2026-01-31T09:00:00+09:00",
		  0 },
	};
	struct arena *a = arena_new();
	const int64_t new_year = INT64_C(1798761660) * TIME_SECOND;
	struct mail_log_line l;
	const char *line;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		line = arena_fmt(a, "%s a postfix/qmgr[1]: 28ABFA: removed",
				 rows[i].line);
		check_int(rows[i].name,
			  mail_log_parse(a, line, strlen(line), now,
					 rows[i].zone_s, &l),
			  1);
		check_str(rows[i].name, time_iso(a, l.at), rows[i].want);
	}
	/* A line of the old year read in the new one: 2027-01-01T00:01Z. */
	line = "Dec 31 23:59:59 a postfix/qmgr[1]: 28ABFA: removed";
	assert_int_equal(mail_log_parse(a, line, strlen(line), new_year, 0, &l),
			 1);
	check_str("old year", time_iso(a, l.at), "2027-01-01T08:59:59+09:00");
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse), cmocka_unit_test(test_fate),
		cmocka_unit_test(test_cause), cmocka_unit_test(test_message),
		cmocka_unit_test(test_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
