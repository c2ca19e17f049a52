#include "test.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"
#include "listener.h"
#include "mail/smtp_session.h"

/*
 * The test is the server itself, at the other end of the connection: after
 * each thing it says, what the session sends is compared to the byte.
 */
enum {
	MAILS_MAX = 4,
	TURNS_MAX = 24,
	WAIT_MS = 5000,
	TALK_MAX = 1024, /* bytes sent at a time, in these tests */

	CONNECT_MS = 1000,
	REPLY_MS = 2000,
	BODY_MS = 3000,
	MS = 1000, /* microseconds */
};

/* One turn of the server: what it says or does, and what the session sends
 * then, NULL for anything.  Lines end in "\n" here, in CRLF on the wire. */
struct turn {
	const char *say, *want;
};

#define CONNECTED "(lets the session connect)"
#define CLOSES	  "(closes)"
#define SILENT	  "(says nothing until the time is over)"

struct talk {
	struct smtp_queue queue;
	struct smtp_session session;
	struct smtp_mail mails[MAILS_MAX];
	size_t count;
	struct sockaddr_in at;
	int listener, other;
	uint64_t heard; /* bytes on this connection */
	size_t piece;	/* bytes said at a time */
};

static void submit(struct talk *t, const char *to, const char *bytes)
{
	struct smtp_mail *mail = &t->mails[t->count++];

	assert_true(t->count <= MAILS_MAX);
	*mail = (struct smtp_mail){ .from = "s@x", .to = to, .bytes = bytes };
	mail->len = strlen(bytes);
	*t->queue.last = mail;
	t->queue.last = &mail->next;
	t->queue.unfinished++;
}

/* to: recipients by spaces, a message each. */
static struct talk *talk_new(struct arena *a, const char *to)
{
	struct talk *t = arena_alloc(a, sizeof(*t));
	char *list = arena_strdup(a, to), *one;

	t->queue.config = (struct smtp_config){ .helo = "me",
						.host = "127.0.0.1",
						.connect_ms = CONNECT_MS,
						.reply_ms = REPLY_MS,
						.body_ms = BODY_MS };
	t->queue.last = &t->queue.first;
	t->queue.done_last = &t->queue.done;
	t->session.queue = &t->queue;
	wire_init(&t->session.wire);
	t->listener = listener_open(&t->at);
	t->other = -1;
	t->piece = TALK_MAX;
	while ((one = strsep(&list, " ")) != NULL)
		if (*one != '\0')
			submit(t, one, "b\r\n");
	return t;
}

static void talk_end(struct talk *t)
{
	wire_free(&t->session.wire);
	SSL_CTX_free(t->queue.tls);
	close(t->listener);
	if (t->other >= 0)
		close(t->other);
}

static void event(struct talk *t, short events)
{
	struct pollfd p = { .fd = t->session.wire.fd, .events = events };

	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	smtp_session_event(&t->session, p.revents);
}

static void let_connect(struct talk *t)
{
	const struct addrinfo to = { .ai_family = AF_INET,
				     .ai_socktype = SOCK_STREAM,
				     .ai_addr = (struct sockaddr *)&t->at,
				     .ai_addrlen = sizeof(t->at) };

	int on = 1;

	if (t->other >= 0)
		close(t->other);
	smtp_session_start(&t->session, &to);
	event(t, POLLOUT);
	check_int("connected", t->session.phase, PHASE_GREETING);
	t->other = accept(t->listener, NULL, NULL);
	assert_true(t->other >= 0);
	/* What is said byte by byte waits for nothing. */
	setsockopt(t->other, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	t->heard = 0;
}

/* What was written at one end is there at the other in a moment. */
static void await_bytes(int fd, size_t len)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int there = 0;

	while ((size_t)there < len) {
		assert_int_equal(poll(&p, 1, WAIT_MS), 1);
		assert_int_equal(ioctl(fd, FIONREAD, &there), 0);
	}
}

static void say(struct talk *t, const char *bytes)
{
	size_t left = strlen(bytes);

	while (left > 0 && t->session.phase != PHASE_CLOSED) {
		size_t n = left < t->piece ? left : t->piece;

		assert_int_equal(send(t->other, bytes, n, MSG_NOSIGNAL), n);
		await_bytes(t->session.wire.fd, n);
		event(t, POLLIN);
		bytes += n;
		left -= n;
	}
}

/* What the session has sent since; to its end if it has closed. */
static const char *hear(struct talk *t, struct arena *a)
{
	char *got = arena_alloc(a, TALK_MAX);
	bool ended = t->session.phase == PHASE_CLOSED;
	size_t want = ended ? TALK_MAX - 1 : t->session.wire.written - t->heard;
	size_t len = 0;
	ssize_t n = 1;

	assert_true(want < TALK_MAX);
	while (len < want && n > 0) {
		n = recv(t->other, got + len, want - len, 0);
		len += n > 0 ? (size_t)n : 0;
	}
	t->heard += len;
	got[len] = '\0';
	return got;
}

/* With the line ends of the wire. */
static const char *crlf(struct arena *a, const char *lines)
{
	struct str s = { .arena = a };
	const char *end;

	while ((end = strchr(lines, '\n')) != NULL) {
		str_fmt(&s, "%.*s\r\n", (int)(end - lines), lines);
		lines = end + 1;
	}
	str_add(&s, lines);
	return str_text(&s);
}

static void take_turn(struct talk *t, struct arena *a, const char *what)
{
	if (str_eq(what, CONNECTED)) {
		let_connect(t);
	} else if (str_eq(what, CLOSES)) {
		shutdown(t->other, SHUT_WR);
		event(t, POLLIN);
	} else if (str_eq(what, SILENT)) {
		assert_true(t->session.deadline != 0);
		smtp_session_check(&t->session, t->session.deadline);
	} else {
		say(t, crlf(a, what));
	}
}

static void talk(struct talk *t, struct arena *a, const char *row,
		 const struct turn *turns)
{
	for (int i = 0; i < TURNS_MAX && turns[i].say != NULL; i++) {
		take_turn(t, a, turns[i].say);
		if (turns[i].want != NULL)
			check_str(arena_fmt(a, "%s, turn %d", row, i + 1),
				  hear(t, a), crlf(a, turns[i].want));
	}
}

/* What became of each message and of the session: "sent, refused rcpt 550,
 * idle". */
static const char *became(const struct talk *t, struct arena *a)
{
	static const char *const words[] = { "waiting", "sent", "refused",
					     "deferred", "unknown" };
	struct str out = { .arena = a };

	for (size_t i = 0; i < t->count; i++) {
		const struct smtp_mail *mail = &t->mails[i];

		str_add(&out, words[mail->outcome]);
		if (mail->outcome > SMTP_SENT)
			str_fmt(&out, " %s %d", smtp_stage_name(mail->stage),
				mail->code);
		str_add(&out, ", ");
	}
	str_add(&out, t->session.phase == PHASE_CLOSED	? "closed"
		      : t->session.phase != PHASE_READY ? "beginning"
		      : t->session.current == NULL	? "idle"
							: "busy");
	return str_text(&out);
}

struct row {
	const char *name, *to;
	struct turn turns[TURNS_MAX];
	const char *want;
	enum smtp_tls tls;
	int most; /* messages a connection; 0: no limit */
};

/* Who is not waiting is done, once. */
static void check_queue(const char *row, const struct talk *t)
{
	long long waiting = 0, done = 0;

	for (size_t i = 0; i < t->count; i++)
		waiting += t->mails[i].outcome == SMTP_WAITING;
	for (const struct smtp_mail *m = t->queue.done; m != NULL; m = m->next)
		done++;
	check_int(row, (long long)t->queue.unfinished, waiting);
	check_int(row, done, (long long)t->count - waiting);
}

/* Whether the replies come whole or a byte at a time is the same. */
static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < 2 * count; i++) {
		const struct row *row = &rows[i / 2];
		struct arena *a = arena_new();
		struct talk *t = talk_new(a, row->to);

		t->queue.config.tls = row->tls;
		t->queue.config.mails_per_connection = row->most;
		if (row->tls != SMTP_TLS_NONE)
			t->queue.tls = SSL_CTX_new(TLS_client_method());
		if (i % 2 == 1)
			t->piece = 1;
		talk(t, a, row->name, row->turns);
		check_str(row->name, became(t, a), row->want);
		check_queue(row->name, t);
		talk_end(t);
		arena_free(a);
	}
}

#define GREETED                                                                \
	{ CONNECTED, "" },                                                     \
	{                                                                      \
		"220 hi\n", "EHLO me\n"                                        \
	}
#define FROM	 "MAIL FROM:<s@x>\n"
#define TO(who)	 "RCPT TO:<" who ">\n"
#define ALL(who) FROM TO(who) "DATA\n"
#define BODY	 "b\n.\n"
/* To the first message, without and with PIPELINING. */
#define PLAIN                                                                  \
	GREETED,                                                               \
	{                                                                      \
		"250 hi\n", FROM                                               \
	}
#define PIPED(who)                                                             \
	GREETED,                                                               \
	{                                                                      \
		"250-hi\n250 PIPELINING\n", ALL(who)                           \
	}
#define GO "250 ok\n250 ok\n354 go\n"

static void test_one_by_one(void **state)
{
	static const struct row rows[] = {
		{ "one",
		  "a",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "250 ok\n", "DATA\n" },
		    { "354 go\n", BODY },
		    { "250 taken\n", "" } },
		  .want = "sent, idle" },
		{ "two",
		  "a b",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "251 will forward\n", "DATA\n" },
		    { "354-go\n354 on\n", BODY },
		    { "250 taken\n", FROM },
		    { "250 ok\n", TO("b") } },
		  .want = "sent, waiting, busy" },
		{ "EHLO not known",
		  "a",
		  { GREETED,
		    { "502 what?\n", "HELO me\n" },
		    { "250-hi\n250 PIPELINING\n", FROM } },
		  .want = "waiting, busy" },
		{ "neither known",
		  "a",
		  { GREETED,
		    { "500 what?\n", "HELO me\n" },
		    { "500 what?\n", "" } },
		  .want = "waiting, closed" },
		{ "nobody waits",
		  "",
		  { GREETED, { "250 hi\n", "" } },
		  .want = "idle" },
		{ "sender refused",
		  "a b",
		  { PLAIN,
		    { "550 no\n", "RSET\n" },
		    { "250 ok\n", FROM },
		    { "250 ok\n", TO("b") } },
		  .want = "refused mail 550, waiting, busy" },
		{ "recipient refused, and the last",
		  "a b",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "550 unknown\n", "RSET\n" },
		    { "250 ok\n", FROM },
		    { "250 ok\n", TO("b") },
		    { "450 busy\n", "" } },
		  .want = "refused rcpt 550, deferred rcpt 450, idle" },
		{ "DATA refused",
		  "a",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "250 ok\n", "DATA\n" },
		    { "451 not now\n", "" } },
		  .want = "deferred data 451, idle" },
		{ "DATA answered with what is no answer",
		  "a",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "250 ok\n", "DATA\n" },
		    { "250 ok\n", "" } },
		  .want = "deferred data 250, idle" },
		{ "RSET refused",
		  "a b",
		  { PLAIN, { "550 no\n", "RSET\n" }, { "500 what?\n", "" } },
		  .want = "refused mail 550, waiting, closed" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static void test_pipelining(void **state)
{
	static const struct row rows[] = {
		{ "one",
		  "a",
		  { PIPED("a"), { GO, BODY }, { "250 taken\n", "" } },
		  .want = "sent, idle" },
		{ "the next behind the body",
		  "a b",
		  { PIPED("a"),
		    { GO, BODY ALL("b") },
		    { "250 taken\n", "" },
		    { GO, BODY },
		    { "250 taken\n", "" } },
		  .want = "sent, sent, idle" },
		{ "replies of two messages at once",
		  "a b",
		  { PIPED("a"),
		    { GO, BODY ALL("b") },
		    { "250 taken\n" GO, BODY },
		    { "552 too much\n", "" } },
		  .want = "sent, refused body 552, idle" },
		{ "refused, with its echoes",
		  "a b",
		  { PIPED("a"),
		    { "550 no\n503 no\n503 no\n", "RSET\n" ALL("b") },
		    { "250 ok\n" GO, BODY } },
		  .want = "refused mail 550, waiting, busy" },
		{ "refused behind a body",
		  "a b c",
		  { PIPED("a"),
		    { GO, BODY ALL("b") },
		    { "250 taken\n250 ok\n450 busy\n554 nobody\n",
		      "RSET\n" ALL("c") } },
		  .want = "sent, deferred rcpt 450, waiting, busy" },
		{ "a body for nobody",
		  "a b",
		  { PIPED("a"),
		    { "250 ok\n550 unknown\n354 go\n", ".\n" },
		    { "250 taken\n", ALL("b") } },
		  .want = "refused rcpt 550, waiting, busy" },
		{ "the most a connection, one behind the other",
		  "a b c",
		  { PIPED("a"),
		    { GO, BODY ALL("b") },
		    { "250 taken\n" GO, BODY },
		    { "250 taken\n", "QUIT\n" } },
		  .want = "sent, sent, waiting, closed",
		  .most = 2 },
		{ "the most a connection, then another",
		  "a b",
		  { PIPED("a"),
		    { GO, BODY },
		    { "250 taken\n", "QUIT\n" },
		    PIPED("b"),
		    { GO, BODY },
		    { "250 taken\n", "" } },
		  .want = "sent, sent, idle",
		  .most = 1 },
		{ "the most a connection, nobody behind",
		  "a",
		  { PIPED("a"), { GO, BODY }, { "250 taken\n", "" } },
		  .want = "sent, idle",
		  .most = 1 },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static void test_starttls(void **state)
{
	static const char offers[] = "250-hi\n250 STARTTLS\n";
	static const struct row rows[] = {
		{ "may, not offered",
		  "a",
		  { PLAIN },
		  .want = "waiting, busy",
		  .tls = SMTP_TLS_MAY },
		{ "none, though offered",
		  "a",
		  { GREETED, { offers, FROM } },
		  .want = "waiting, busy" },
		{ "may, refused: the next goes without",
		  "a",
		  { GREETED,
		    { offers, "STARTTLS\n" },
		    { "454 not now\n", "" },
		    GREETED,
		    { offers, FROM } },
		  .want = "waiting, busy",
		  .tls = SMTP_TLS_MAY },
		{ "may, and no TLS comes",
		  "a",
		  { GREETED,
		    { offers, "STARTTLS\n" },
		    { "220 go\n", NULL },
		    { "what is this?\n", NULL },
		    GREETED,
		    { offers, FROM } },
		  .want = "waiting, busy",
		  .tls = SMTP_TLS_MAY },
		{ "may, silent",
		  "a",
		  { GREETED,
		    { offers, "STARTTLS\n" },
		    { "220 go\n", NULL },
		    { SILENT, NULL } },
		  .want = "waiting, closed",
		  .tls = SMTP_TLS_MAY },
		{ "required, not offered",
		  "a",
		  { GREETED, { "250 hi\n", "" } },
		  .want = "waiting, closed",
		  .tls = SMTP_TLS_REQUIRE },
		{ "required, HELO only",
		  "a",
		  { GREETED,
		    { "502 what?\n", "HELO me\n" },
		    { "250 hi\n", "" } },
		  .want = "waiting, closed",
		  .tls = SMTP_TLS_REQUIRE },
		{ "required, refused, and again",
		  "a",
		  { GREETED,
		    { offers, "STARTTLS\n" },
		    { "454 not now\n", "" },
		    GREETED,
		    { offers, "STARTTLS\n" } },
		  .want = "waiting, beginning",
		  .tls = SMTP_TLS_REQUIRE },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static void test_lost(void **state)
{
	static const struct row rows[] = {
		{ "greeting refuses",
		  "a",
		  { { CONNECTED, "" }, { "554 no\n", "" } },
		  .want = "waiting, closed" },
		{ "greeting of another protocol",
		  "a",
		  { { CONNECTED, "" }, { "SSH-2.0-x\n", "" } },
		  .want = "waiting, closed" },
		{ "no greeting",
		  "a",
		  { { CONNECTED, "" }, { SILENT, "" } },
		  .want = "waiting, closed" },
		{ "no greeting, and gone",
		  "a",
		  { { CONNECTED, "" }, { CLOSES, "" } },
		  .want = "waiting, closed" },
		{ "421 to EHLO",
		  "a",
		  { GREETED, { "421 busy\n", "" } },
		  .want = "waiting, closed" },
		{ "silent at EHLO",
		  "a",
		  { GREETED, { SILENT, "" } },
		  .want = "waiting, closed" },
		{ "421 to MAIL: by another connection",
		  "a b",
		  { PIPED("a"),
		    { "421 enough\n", "" },
		    PIPED("a"),
		    { GO, BODY ALL("b") },
		    { "250 taken\n", "" } },
		  .want = "sent, waiting, busy" },
		{ "three times",
		  "a b",
		  { PLAIN,
		    { "250 ok\n", TO("a") },
		    { "421 enough\n", "" },
		    PLAIN,
		    { "garbage\n", "" },
		    PLAIN,
		    { "250 ok\n", TO("a") },
		    { SILENT, "" } },
		  .want = "deferred rcpt 0, waiting, closed" },
		{ "gone before it wants the body",
		  "a",
		  { PIPED("a"), { "250 ok\n250 ok\n", "" }, { CLOSES, "" } },
		  .want = "waiting, closed" },
		{ "refused, then gone: it stays refused",
		  "a b",
		  { PIPED("a"), { "550 no\n", "" }, { CLOSES, "" } },
		  .want = "refused mail 550, waiting, closed" },
		{ "421 to a body, one behind",
		  "a b",
		  { PIPED("a"), { GO, BODY ALL("b") }, { "421 full\n", "" } },
		  .want = "deferred body 421, waiting, closed" },
		{ "gone behind a body, one behind",
		  "a b",
		  { PIPED("a"), { GO, BODY ALL("b") }, { CLOSES, "" } },
		  .want = "unknown body 0, waiting, closed" },
		{ "silent behind a body",
		  "a",
		  { PIPED("a"), { GO, BODY }, { SILENT, "" } },
		  .want = "unknown body 0, closed" },
		{ "garbage behind a body",
		  "a",
		  { PIPED("a"), { GO, BODY }, { "taken\n", "" } },
		  .want = "unknown body 0, closed" },
		{ "to go behind a lost body is no loss",
		  "a b",
		  { PIPED("a"),
		    { GO, BODY ALL("b") },
		    { CLOSES, "" },
		    PIPED("b"),
		    { CLOSES, "" },
		    PIPED("b"),
		    { CLOSES, "" } },
		  .want = "unknown body 0, waiting, closed" },
		{ "idle, and closed",
		  "a",
		  { PIPED("a"),
		    { GO, BODY },
		    { "250 taken\n", "" },
		    { "421 timeout\n", "" } },
		  .want = "sent, closed" },
	};

	(void)state;
	check_rows(rows, LEN(rows));
}

static const struct turn plain[] = { PLAIN, { 0 } };
static const struct turn piped[] = { PIPED("a"), { 0 } };
static const struct turn offered[] = {
	GREETED, { "250-hi\n250 STARTTLS\n", "STARTTLS\n" }, { 0 }
};

/* A body as its line ends and dots go over the wire: RFC 5321, 4.5.2. */
static void test_bodies(void **state)
{
	static const struct {
		const char *name, *bytes, *want;
	} rows[] = {
		{ "none", "", "\n.\n" },
		{ "a line", "a\n", "a\n.\n" },
		{ "no line end", "a", "a\n.\n" },
		{ "a dot", ".\n", "..\n.\n" },
		{ "a dot alone", ".", "..\n.\n" },
		{ "two dots", "..\n", "...\n.\n" },
		{ "a dot first in a line", "a\n.b\n", "a\n..b\n.\n" },
		{ "a dot in each line", ".\n.\n.", "..\n..\n..\n.\n" },
		{ "a dot within", "a.b\nc.\n", "a.b\nc.\n.\n" },
		{ "the end of a message and a command", "a\n.\nMAIL FROM:<x>\n",
		  "a\n..\nMAIL FROM:<x>\n.\n" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena *a = arena_new();
		struct talk *t = talk_new(a, "");

		submit(t, "a", crlf(a, rows[i].bytes));
		talk(t, a, rows[i].name, piped);
		say(t, crlf(a, GO));
		check_str(rows[i].name, hear(t, a), crlf(a, rows[i].want));
		talk_end(t);
		arena_free(a);
	}
}

/* What a reply to a body says before the body has gone out is no reply to it,
 * and above all not that it was taken. */
static void test_too_early(void **state)
{
	static const struct {
		const char *name, *say, *want;
	} rows[] = {
		{ "taken", GO "250 taken\n", "waiting, closed" },
		{ "closing", GO "421 enough\n", "waiting, closed" },
		{ "refused", GO "552 too large\n", "refused body 552, idle" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena *a = arena_new();
		struct talk *t = talk_new(a, "a");

		talk(t, a, rows[i].name, piped);
		say(t, crlf(a, rows[i].say));
		check_str(rows[i].name, became(t, a), rows[i].want);
		talk_end(t);
		arena_free(a);
	}
}

/* A body of which a part has gone is no message yet: it goes again, first. */
static void test_lost_in_a_body(void **state)
{
	enum { LARGE = 4 * 1024 * 1024, NARROW = 4096 };
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "");
	char *large = arena_alloc(a, LARGE + 1), got[NARROW];
	int narrow = NARROW;

	(void)state;
	memset(large, 'b', LARGE);
	large[LARGE] = '\0';
	submit(t, "a", large);
	submit(t, "b", "b\r\n");
	talk(t, a, "large", piped);
	setsockopt(t->session.wire.fd, SOL_SOCKET, SO_SNDBUF, &narrow,
		   sizeof(narrow));
	say(t, crlf(a, GO));
	assert_true(t->session.wire.written < t->session.body_end);
	assert_true(recv(t->other, got, sizeof(got), 0) > 0);
	shutdown(t->other, SHUT_WR);
	event(t, POLLIN);
	check_str("lost", became(t, a), "waiting, waiting, closed");
	talk(t, a, "again, and first", piped);
	talk_end(t);
	arena_free(a);
}

/* Bytes behind the reply to STARTTLS, in the clear, are not what the server
 * says under TLS: RFC 3207, 6. */
static void test_injected(void **state)
{
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "a");

	(void)state;
	t->queue.config.tls = SMTP_TLS_REQUIRE;
	t->queue.tls = SSL_CTX_new(TLS_client_method());
	talk(t, a, "offered", offered);
	say(t, "220 go\r\n250 injected\r\n");
	check_str("lost", became(t, a), "waiting, closed");
	check_int("stage", t->session.lost_stage, SMTP_STARTTLS);
	assert_false(t->queue.tls_broken);
	talk_end(t);
	arena_free(a);
}

/* Each reply has its time, and one that comes gives the next its own. */
static void test_deadlines(void **state)
{
	static const struct {
		const char *name, *say;
		int ms; /* 0: no reply is waited for */
	} rows[] = {
		{ "the greeting", CONNECTED, CONNECT_MS },
		{ "EHLO", "220 hi\n", REPLY_MS },
		{ "MAIL", "250-hi\n250 PIPELINING\n", REPLY_MS },
		{ "RCPT", "250 ok\n", REPLY_MS },
		{ "DATA", "250 ok\n", REPLY_MS },
		{ "a body with commands behind", "354 go\n", BODY_MS },
		{ "MAIL behind", "250 taken\n", REPLY_MS },
		{ "idle", "550 no\n503 no\n503 no\n", 0 },
	};
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "a b");
	struct smtp_session *s = &t->session;

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t before = time_monotonic(), want = rows[i].ms * MS;

		take_turn(t, a, rows[i].say);
		if (want == 0) {
			check_int(rows[i].name, s->deadline, 0);
			smtp_session_check(s, INT64_MAX);
			break;
		}
		assert_in_range(s->deadline, before + want,
				time_monotonic() + want);
		smtp_session_check(s, s->deadline - 1);
		assert_int_not_equal(s->phase, PHASE_CLOSED);
	}
	check_str("all along", became(t, a), "sent, refused mail 550, idle");
	talk_end(t);
	arena_free(a);
}

static void test_feed(void **state)
{
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "");
	struct smtp_session *s = &t->session;
	static const struct turn idle[] = { GREETED,
					    { "250 hi\n", "" },
					    { 0 } };

	(void)state;
	submit(t, "a", "b\r\n");
	smtp_session_feed(s);
	check_str("closed: it waits", became(t, a), "waiting, closed");
	t->queue.first = NULL;
	t->queue.last = &t->queue.first;
	talk(t, a, "idle", idle);
	smtp_session_feed(s);
	check_str("nobody waits", hear(t, a), "");
	submit(t, "b", "b\r\n");
	smtp_session_feed(s);
	check_str("begun", hear(t, a), crlf(a, FROM));
	submit(t, "c", "b\r\n");
	smtp_session_feed(s);
	check_str("one at a time", hear(t, a), "");
	smtp_session_event(s, 0);
	check_int("no event", s->phase, PHASE_READY);
	talk_end(t);
	arena_free(a);
}

static void test_quit(void **state)
{
	static const struct {
		const char *name, *to, *want;
		const struct turn *turns;
	} rows[] = {
		{ "idle", "", "QUIT\n", piped },
		{ "amid a message", "a", "", plain },
		{ "before it is ready", "a", "", offered },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena *a = arena_new();
		struct talk *t = talk_new(a, rows[i].to);

		t->queue.config.tls = SMTP_TLS_MAY;
		for (const struct turn *u = rows[i].turns; u->say != NULL; u++)
			take_turn(t, a, u->say);
		hear(t, a);
		smtp_session_quit(&t->session);
		check_str(rows[i].name, hear(t, a), crlf(a, rows[i].want));
		check_int(rows[i].name, t->session.phase, PHASE_CLOSED);
		check_int(rows[i].name, t->session.wire.fd, -1);
		talk_end(t);
		arena_free(a);
	}
}

/* A server that is not there is asked less and less often; one that took a
 * message is asked at once. */
static void test_retry(void **state)
{
	enum { STEP_MS = 100, STEPS = 10 };
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "a");
	struct smtp_session *s = &t->session;

	(void)state;
	for (int n = 1; n <= STEPS + 2; n++) {
		int64_t before = time_monotonic();
		int64_t want = (n < STEPS ? n : STEPS) * STEP_MS * MS;

		take_turn(t, a, CONNECTED);
		take_turn(t, a, CLOSES);
		assert_in_range(s->retry_at, before + want,
				time_monotonic() + want);
	}
	talk(t, a, "there again", plain);
	take_turn(t, a, CLOSES);
	check_int("no failure", s->failures, 0);
	assert_true(s->retry_at <= time_monotonic());
	talk_end(t);
	arena_free(a);
}

static void test_nobody_listens(void **state)
{
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "a");
	const struct addrinfo to = { .ai_family = AF_INET,
				     .ai_socktype = SOCK_STREAM,
				     .ai_addr = (struct sockaddr *)&t->at,
				     .ai_addrlen = sizeof(t->at) };

	(void)state;
	close(t->listener);
	smtp_session_start(&t->session, &to);
	if (t->session.phase != PHASE_CLOSED)
		event(t, POLLOUT);
	check_str("waits", became(t, a), "waiting, closed");
	check_int("stage", t->session.lost_stage, SMTP_CONNECT);
	check_str("why", t->session.lost_text, "not connected");
	t->listener = listener_open(&t->at);
	talk_end(t);
	arena_free(a);
}

static int taken;

static void count_taken(const struct smtp_mail *mail)
{
	check_int("told", mail->outcome, SMTP_SENT);
	taken++;
}

/* The caller hears of a message as soon as it is taken, and of the first reply
 * that decided it. */
static void test_told(void **state)
{
	static const struct turn refuses[] = {
		{ "550-5.1.1 no such\n550 person\n503 no\n",
		  "RSET\n" ALL("b") },
		{ "250 ok\n" GO, BODY },
		{ 0 }
	};
	struct arena *a = arena_new();
	struct talk *t = talk_new(a, "a b");

	(void)state;
	taken = 0;
	t->queue.config.taken = count_taken;
	talk(t, a, "begin", piped);
	say(t, "250 ok\r\n");
	talk(t, a, "refused", refuses);
	check_str("the first", t->mails[0].text, "550 5.1.1 no such; person");
	check_int("not yet", taken, 0);
	say(t, "250 2.0.0 queued\r\n");
	check_int("taken", taken, 1);
	check_str("its reply", t->mails[1].text, "250 2.0.0 queued");
	talk_end(t);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_by_one),
		cmocka_unit_test(test_pipelining),
		cmocka_unit_test(test_starttls),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_too_early),
		cmocka_unit_test(test_lost_in_a_body),
		cmocka_unit_test(test_injected),
		cmocka_unit_test(test_deadlines),
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_quit),
		cmocka_unit_test(test_retry),
		cmocka_unit_test(test_nobody_listens),
		cmocka_unit_test(test_told),
	};

	return cmocka_run_group_tests_name("smtp_session", tests, NULL, NULL);
}
