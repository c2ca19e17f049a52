#include "mail/smtp_session.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/time.h"
#include "mail/smtp_reply.h"

enum {
	LOSSES_MAX =
		2, /* times a message is tried again on another connection */
	MS = 1000, /* microseconds */
	RETRY_MS = 100, /* before connecting again; longer after each failure */
	RETRY_STEPS = 10,

	CODE_READY = 220,
	CODE_CLOSING = 421,
	CODE_GO_AHEAD = 354,
};

static const enum smtp_stage stage_of_step[] = {
	[STEP_RESET] = SMTP_MAIL, [STEP_MAIL] = SMTP_MAIL,
	[STEP_RCPT] = SMTP_RCPT,  [STEP_DATA] = SMTP_DATA,
	[STEP_BODY] = SMTP_BODY,
};

static const enum smtp_stage stage_of_phase[] = {
	[PHASE_CLOSED] = SMTP_CONNECT,	   [PHASE_CONNECTING] = SMTP_CONNECT,
	[PHASE_GREETING] = SMTP_CONNECT,   [PHASE_EHLO] = SMTP_EHLO,
	[PHASE_HELO] = SMTP_EHLO,	   [PHASE_STARTTLS] = SMTP_STARTTLS,
	[PHASE_HANDSHAKE] = SMTP_STARTTLS, [PHASE_READY] = SMTP_MAIL,
};

static bool is_positive(int code)
{
	return code / 100 == 2;
}

static void wait_for(struct smtp_session *s, int ms)
{
	s->deadline = time_monotonic() + (int64_t)ms * MS;
}

void smtp_queue_finish(struct smtp_queue *q, struct smtp_mail *mail)
{
	mail->next = NULL;
	*q->done_last = mail;
	q->done_last = &mail->next;
	if (mail->outcome == SMTP_SENT && q->config.taken != NULL)
		q->config.taken(mail);
	q->unfinished--;
}

static struct smtp_mail *pop(struct smtp_queue *q)
{
	struct smtp_mail *mail = q->first;

	if (mail != NULL) {
		q->first = mail->next;
		if (q->first == NULL)
			q->last = &q->first;
		mail->next = NULL;
	}
	return mail;
}

/* Back to the head of the queue: nothing of it can have been taken. */
static void put_back(struct smtp_queue *q, struct smtp_mail *mail)
{
	mail->next = q->first;
	if (q->first == NULL)
		q->last = &mail->next;
	q->first = mail;
}

static void set_outcome(struct smtp_mail *mail, enum smtp_outcome outcome,
			enum smtp_stage stage, int code, const char *text)
{
	mail->outcome = outcome;
	mail->stage = stage;
	mail->code = code;
	snprintf(mail->text, sizeof(mail->text), "%s", text);
}

/* Whether the body of the current message has gone out to its last byte. */
static bool is_whole(const struct smtp_session *s)
{
	return s->step == STEP_BODY && s->wire.written >= s->body_end;
}

/* What becomes of the current message when its connection is lost. */
static void settle_lost(struct smtp_session *s, const char *why)
{
	struct smtp_mail *mail = s->current;
	bool whole = is_whole(s);

	if (s->failed) {
		smtp_queue_finish(s->queue, mail);
	} else if (whole || ++mail->losses > LOSSES_MAX) {
		set_outcome(mail, whole ? SMTP_UNKNOWN : SMTP_DEFERRED,
			    stage_of_step[s->step], s->lost_code, why);
		smtp_queue_finish(s->queue, mail);
	} else {
		put_back(s->queue, mail);
	}
	s->current = NULL;
}

/* Ends the connection from our side or theirs. */
static void lose(struct smtp_session *s, int code, const char *why)
{
	s->lost_stage = s->current != NULL ? stage_of_step[s->step]
					   : stage_of_phase[s->phase];
	s->lost_code = code;
	snprintf(s->lost_text, sizeof(s->lost_text), "%s", why);
	/* An idle connection that the server closes is nothing to speak of. */
	if (s->phase != PHASE_READY || s->current != NULL)
		log_warn("smtp connection lost stage=%s code=%d",
			 smtp_stage_name(s->lost_stage), code);
	if (s->behind != NULL)
		put_back(s->queue, s->behind);
	s->behind = NULL;
	if (s->current != NULL)
		settle_lost(s, why);
	s->failures = s->mails > 0 ? 0 : s->failures + 1;
	if (s->failures > RETRY_STEPS)
		s->failures = RETRY_STEPS;
	s->retry_at = time_monotonic() + (int64_t)s->failures * RETRY_MS * MS;
	s->deadline = 0;
	s->phase = PHASE_CLOSED;
	wire_close(&s->wire);
}

static void lose_by_reply(struct smtp_session *s, const struct smtp_reply *r)
{
	char text[SMTP_TEXT_MAX];

	smtp_reply_text(r, text, sizeof(text));
	lose(s, r->code, text);
}

void smtp_session_start(struct smtp_session *s, const struct addrinfo *to)
{
	s->secure = s->pipelining = s->open_transaction = false;
	s->mails = 0;
	s->phase = PHASE_CONNECTING;
	wait_for(s, s->queue->config.connect_ms);
	if (wire_connect(&s->wire, to) < 0)
		lose(s, 0, "not connected");
}

static void say(struct smtp_session *s, const char *verb, const char *rest)
{
	wire_add_text(&s->wire, verb);
	wire_add_text(&s->wire, rest);
	wire_add_text(&s->wire, "\r\n");
	wait_for(s, s->queue->config.reply_ms);
}

static void say_address(struct smtp_session *s, const char *verb,
			const char *address)
{
	wire_add_text(&s->wire, verb);
	wire_add_text(&s->wire, address);
	say(s, ">", "");
}

/* Sends the command of a step. */
static void command(struct smtp_session *s, enum smtp_step step,
		    const struct smtp_mail *mail)
{
	if (step == STEP_RESET)
		say(s, "RSET", "");
	else if (step == STEP_MAIL)
		say_address(s, "MAIL FROM:<", mail->from);
	else if (step == STEP_RCPT)
		say_address(s, "RCPT TO:<", mail->to);
	else
		say(s, "DATA", "");
}

static void commands(struct smtp_session *s, enum smtp_step from,
		     const struct smtp_mail *mail)
{
	for (enum smtp_step step = from; step <= STEP_DATA; step++)
		command(s, step, mail);
}

/* Whether this connection may carry another message. */
static bool may_carry(const struct smtp_session *s)
{
	int most = s->queue->config.mails_per_connection;

	return most == 0 || s->mails < most;
}

static void begin(struct smtp_session *s)
{
	if (!may_carry(s)) {
		if (s->queue->first != NULL)
			smtp_session_quit(s);
		return;
	}
	s->current = pop(s->queue);
	if (s->current == NULL)
		return;
	s->mails++;
	s->failed = false;
	s->step = s->open_transaction ? STEP_RESET : STEP_MAIL;
	s->open_transaction = false;
	if (s->pipelining)
		commands(s, s->step, s->current);
	else
		command(s, s->step, s->current);
}

/* Adds a body: a line that begins with a dot gets another, RFC 5321, 4.5.2. */
static void add_stuffed(struct wire *w, const char *bytes, size_t len)
{
	const char *p = bytes, *end = bytes + len;

	if (len > 0 && *bytes == '.')
		wire_add(w, ".", 1);
	while (p < end) {
		const char *dot =
			memmem(p, (size_t)(end - p), "\n.", sizeof("\n.") - 1);
		const char *to = dot == NULL ? end : dot + 2;

		wire_add(w, p, (size_t)(to - p));
		if (dot != NULL)
			wire_add(w, ".", 1);
		p = to;
	}
	if (len == 0 || end[-1] != '\n')
		wire_add_text(w, "\r\n");
	wire_add_text(w, ".\r\n");
}

/* The server waits for the body.  Behind it the next message's commands may
 * go in the same write: RFC 2920, 3.1. */
static void send_body(struct smtp_session *s)
{
	s->step = STEP_BODY;
	add_stuffed(&s->wire, s->current->bytes, s->current->len);
	s->body_end = s->wire.queued;
	wait_for(s, s->queue->config.body_ms);
	if (!s->pipelining || !may_carry(s))
		return;
	s->behind = pop(s->queue);
	if (s->behind == NULL)
		return;
	s->mails++;
	commands(s, STEP_MAIL, s->behind);
	wait_for(s, s->queue->config.body_ms);
}

/* The message is done, in whatever way: to the one behind it. */
static void finish(struct smtp_session *s)
{
	smtp_queue_finish(s->queue, s->current);
	s->queue->good_at = time_monotonic();
	s->current = s->behind;
	s->behind = NULL;
	s->failed = false;
	s->step = STEP_MAIL;
	s->deadline = 0;
	if (s->current != NULL)
		wait_for(s, s->queue->config.reply_ms);
	else
		begin(s);
}

/* Keeps the first reply that decided a message; later ones are its echo. */
static void note(struct smtp_session *s, const struct smtp_reply *r,
		 enum smtp_outcome outcome)
{
	char text[SMTP_TEXT_MAX];

	if (s->failed)
		return;
	smtp_reply_text(r, text, sizeof(text));
	set_outcome(s->current, outcome, stage_of_step[s->step], r->code, text);
}

static void fail(struct smtp_session *s, const struct smtp_reply *r)
{
	note(s, r, r->code / 100 == 5 ? SMTP_REFUSED : SMTP_DEFERRED);
	s->failed = true;
}

/* A reply to MAIL, RCPT or RSET. */
static void on_command(struct smtp_session *s, const struct smtp_reply *r)
{
	if (!is_positive(r->code)) {
		if (s->step == STEP_RESET) {
			lose_by_reply(s, r);
			return;
		}
		fail(s, r);
	}
	if (s->failed && !s->pipelining) {
		s->open_transaction = true;
		finish(s);
		return;
	}
	s->step++;
	wait_for(s, s->queue->config.reply_ms);
	if (!s->pipelining)
		command(s, s->step, s->current);
}

static void on_data(struct smtp_session *s, const struct smtp_reply *r)
{
	if (r->code == CODE_GO_AHEAD && !s->failed) {
		send_body(s);
	} else if (r->code == CODE_GO_AHEAD) {
		/* It takes a body though it took nobody to send it to: an
		 * empty one, whose reply changes nothing.  RFC 2920, 3.1. */
		say(s, ".", "");
		s->step = STEP_BODY;
		s->body_end = s->wire.queued;
	} else {
		fail(s, r);
		s->open_transaction = true;
		finish(s);
	}
}

static void on_body(struct smtp_session *s, const struct smtp_reply *r)
{
	if (is_positive(r->code) && !is_whole(s)) {
		/* Nobody can have taken it: the reply is to something else. */
		lose(s, r->code, "reply out of order");
		return;
	}
	if (is_positive(r->code))
		note(s, r, SMTP_SENT);
	else
		fail(s, r);
	s->failures = 0;
	finish(s);
}

/* The server closes.  About a whole message this is its answer; one that had
 * not come so far, and what went behind, goes by another connection. */
static void on_closing(struct smtp_session *s, const struct smtp_reply *r)
{
	if (s->current != NULL && is_whole(s))
		fail(s, r);
	lose_by_reply(s, r);
}

static void on_mail_reply(struct smtp_session *s, const struct smtp_reply *r)
{
	if (r->code == CODE_CLOSING || s->current == NULL)
		on_closing(s, r);
	else if (s->step <= STEP_RCPT)
		on_command(s, r);
	else if (s->step == STEP_DATA)
		on_data(s, r);
	else
		on_body(s, r);
}

static void hello(struct smtp_session *s, enum smtp_phase phase)
{
	s->phase = phase;
	say(s, phase == PHASE_EHLO ? "EHLO " : "HELO ", s->queue->config.helo);
}

static void ready(struct smtp_session *s)
{
	s->phase = PHASE_READY;
	s->deadline = 0;
	s->queue->good_at = time_monotonic();
	begin(s);
}

static void on_hello(struct smtp_session *s, const struct smtp_reply *r)
{
	enum smtp_tls tls = s->queue->config.tls;
	bool offered = smtp_reply_offers(r, "STARTTLS");

	if (s->phase == PHASE_EHLO && r->code / 100 == 5) {
		hello(s, PHASE_HELO);
		return;
	}
	if (!is_positive(r->code)) {
		lose_by_reply(s, r);
		return;
	}
	s->pipelining =
		s->phase == PHASE_EHLO && smtp_reply_offers(r, "PIPELINING");
	if (tls == SMTP_TLS_NONE || s->secure ||
	    (tls == SMTP_TLS_MAY && (!offered || s->queue->tls_broken))) {
		ready(s);
	} else if (offered) {
		s->phase = PHASE_STARTTLS;
		say(s, "STARTTLS", "");
	} else {
		s->phase = PHASE_STARTTLS;
		lose(s, 0, "STARTTLS not offered");
	}
}

/* TLS does not come about: where it need not, the next connection does
 * without. */
static void no_tls(struct smtp_session *s, int code, const char *why)
{
	if (s->queue->config.tls == SMTP_TLS_MAY)
		s->queue->tls_broken = true;
	lose(s, code, why);
}

static void on_handshake(struct smtp_session *s, int rc)
{
	if (rc < 0) {
		no_tls(s, 0, "TLS handshake failed");
	} else if (rc > 0) {
		s->secure = true;
		hello(s, PHASE_EHLO);
	}
}

static void on_starttls(struct smtp_session *s, const struct smtp_reply *r)
{
	const struct smtp_config *config = &s->queue->config;

	if (r->code != CODE_READY) {
		no_tls(s, r->code, "STARTTLS refused");
		return;
	}
	s->phase = PHASE_HANDSHAKE;
	wire_take(&s->wire, r->len);
	on_handshake(s, wire_tls(&s->wire, s->queue->tls,
				 config->tls == SMTP_TLS_REQUIRE ? config->host
								 : NULL));
}

static void on_reply(struct smtp_session *s, const struct smtp_reply *r)
{
	switch (s->phase) {
	case PHASE_GREETING:
		if (r->code == CODE_READY)
			hello(s, PHASE_EHLO);
		else
			lose_by_reply(s, r);
		break;
	case PHASE_EHLO:
	case PHASE_HELO:
		on_hello(s, r);
		break;
	case PHASE_READY:
		on_mail_reply(s, r);
		break;
	default:
		lose(s, r->code, "reply out of order");
	}
}

/* Deals with each whole reply that has come. */
static void read_replies(struct smtp_session *s)
{
	struct wire_buffer *in = &s->wire.in;
	struct smtp_reply r;
	int len;

	while (s->phase != PHASE_CLOSED && s->phase != PHASE_HANDSHAKE) {
		len = in->at == in->len
			      ? 0
			      : smtp_reply_parse(in->bytes + in->at,
						 in->len - in->at, &r);
		if (len == 0)
			return;
		if (len < 0) {
			lose(s, 0, "not a mail server's reply");
		} else if (s->phase == PHASE_STARTTLS) {
			/* Takes the reply itself, before TLS begins. */
			on_starttls(s, &r);
		} else {
			on_reply(s, &r);
			if (s->phase != PHASE_CLOSED)
				wire_take(&s->wire, (size_t)len);
		}
	}
}

static void flush(struct smtp_session *s)
{
	if (s->phase != PHASE_CLOSED && s->phase != PHASE_HANDSHAKE &&
	    wire_flush(&s->wire) < 0)
		lose(s, 0, "connection lost");
}

static void on_connect(struct smtp_session *s)
{
	int rc = wire_connected(&s->wire);

	if (rc < 0)
		lose(s, 0, "not connected");
	else if (rc > 0)
		s->phase = PHASE_GREETING;
}

void smtp_session_event(struct smtp_session *s, short revents)
{
	if (s->phase == PHASE_CLOSED || revents == 0)
		return;
	if (s->phase == PHASE_CONNECTING) {
		on_connect(s);
		return;
	}
	if (s->phase == PHASE_HANDSHAKE) {
		on_handshake(s, wire_handshake(&s->wire));
	} else {
		int rc = wire_fill(&s->wire);

		if (rc > 0)
			read_replies(s);
		else if (rc < 0)
			lose(s, 0, "connection lost");
	}
	flush(s);
}

void smtp_session_feed(struct smtp_session *s)
{
	if (s->phase != PHASE_READY || s->current != NULL)
		return;
	begin(s);
	flush(s);
}

void smtp_session_check(struct smtp_session *s, int64_t now)
{
	if (s->phase != PHASE_CLOSED && s->deadline != 0 && now >= s->deadline)
		lose(s, 0, "no reply in time");
}

void smtp_session_quit(struct smtp_session *s)
{
	if (s->phase == PHASE_READY && s->current == NULL) {
		wire_add_text(&s->wire, "QUIT\r\n");
		wire_flush(&s->wire);
	}
	s->failures = 0;
	s->retry_at = 0;
	s->deadline = 0;
	s->phase = PHASE_CLOSED;
	wire_close(&s->wire);
}
