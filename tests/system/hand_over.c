/*
 * hand_over - compose messages and hand them to a mail server
 *
 *   hand_over HOST PORT COUNT CONNECTIONS [none|may|require [CA_FILE]]
 *
 * Prints "sent N of COUNT in S s: R a second", exit status 0 if all were sent.
 * For the system tests and the benchmark; as deliver does it, without a
 * database.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/compose.h"
#include "mail/smtp.h"

enum { BATCH = 500, COUNT_MAX = 10000000 };

static const char body[] =
	"【安否確認】{{name}} 様\n\n"
	"地震が発生しました。あなたの安否を回答してください。\n"
	"{{link}}\n\nこのメールを読んだだけでは回答になりません。\n.\n"
	"この連絡が届いた理由: 勤務地: 東京都, 震度5強\n";

static struct smtp_mail *one(struct compose *c, struct arena *a, int n)
{
	const char *const values[] = {
		arena_fmt(a, "https://anpi.example.go.jp/r/%036d", n),
		n % 2 == 0 ? "山田太郎" : "髙橋𠮷"
	};
	const struct compose_to to = {
		.address = arena_fmt(a, "user%d@docomo.ne.jp", n),
		.id = arena_fmt(a, "%d.test", n),
		.at = time_now(),
		.iso2022jp = true,
		.values = values,
	};
	struct smtp_mail *mail = arena_alloc(a, sizeof(*mail));

	mail->from = "b-test@bounce.example.go.jp";
	mail->to = to.address;
	mail->bytes = compose_message(c, a, &to, &mail->len);
	return mail->bytes == NULL ? NULL : mail;
}

static int count_sent(struct smtp *s)
{
	struct smtp_mail *mail;
	int sent = 0;

	while ((mail = smtp_done(s)) != NULL)
		sent += mail->outcome == SMTP_SENT;
	return sent;
}

/* Feeds batch after batch, as deliver does. */
static int send_all(struct smtp *s, struct compose *c, struct arena *a,
		    int count)
{
	int sent = 0;

	for (int n = 0; n < count; n++) {
		struct smtp_mail *mail = one(c, a, n);

		if (mail == NULL)
			return -1;
		smtp_submit(s, mail);
		if (n % BATCH == BATCH - 1 && smtp_run(s, BATCH / 2) < 0)
			return -1;
		if (n % BATCH == BATCH - 1)
			sent += count_sent(s);
	}
	return smtp_run(s, 0) < 0 ? -1 : sent + count_sent(s);
}

/* The argument as a number, 0 if it is none or not there. */
static int number(int argc, char **argv, int at)
{
	long long n;

	if (argc <= at || !str_to_int(argv[at], 1, COUNT_MAX, &n))
		return 0;
	return (int)n;
}

int main(int argc, char **argv)
{
	static const char *const names[] = { "link", "name" };
	static const struct compose_text text = {
		.from_name = "国土交通省 安否確認",
		.from_address = "anpi@example.go.jp",
		.subject = "【安否確認】能登半島 震度7",
		.body = body,
	};
	struct arena *a = arena_new();
	int count = number(argc, argv, 3), sent;
	const char *tls = argc > 5 ? argv[5] : "none";
	struct smtp_config config = {
		.helo = "anpi.example.go.jp",
		.connections = number(argc, argv, 4),
		.tls = str_eq(tls, "require") ? SMTP_TLS_REQUIRE
		       : str_eq(tls, "may")   ? SMTP_TLS_MAY
					      : SMTP_TLS_NONE,
		.ca_file = argc > 6 ? argv[6] : NULL,
		.patience_ms = 2000,
	};
	struct compose *c = compose_open(a, &text, names, LEN(names));
	struct smtp *s;
	int64_t begin = time_monotonic();
	double seconds;

	if (config.connections == 0)
		return 2;
	config.host = argv[1];
	config.port = argv[2];
	s = smtp_open(a, &config);
	if (c == NULL || s == NULL)
		return 2;
	sent = send_all(s, c, a, count);
	seconds = (double)(time_monotonic() - begin) / TIME_SECOND;
	printf("sent %d of %d in %.3f s: %.0f a second\n", sent, count, seconds,
	       sent / seconds);
	arena_free(a);
	return sent == count ? 0 : 1;
}
