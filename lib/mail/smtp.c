#include "mail/smtp.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "mail/smtp_session.h"

enum {
	CONNECTIONS = 5,
	CONNECT_MS = 10000,
	REPLY_MS = 60000,
	BODY_MS = 300000,
	PATIENCE_MS = 5000,
	POLL_MS = 100, /* so often are time-outs looked at */
	MS = 1000,     /* microseconds */
};

static const char *const stage_names[] = {
	[SMTP_CONNECT] = "connect",   [SMTP_EHLO] = "ehlo",
	[SMTP_STARTTLS] = "starttls", [SMTP_MAIL] = "mail",
	[SMTP_RCPT] = "rcpt",	      [SMTP_DATA] = "data",
	[SMTP_BODY] = "body",
};

struct smtp {
	struct smtp_queue queue;
	struct addrinfo *hosts;
	const struct addrinfo *host; /* the one that worked, or is next */
	struct smtp_session sessions[SMTP_CONNECTIONS_MAX];
};

const char *smtp_stage_name(enum smtp_stage stage)
{
	return stage_names[stage];
}

static void end(void *arg)
{
	struct smtp *s = arg;

	for (int i = 0; i < s->queue.config.connections; i++) {
		smtp_session_quit(&s->sessions[i]);
		wire_free(&s->sessions[i].wire);
	}
	SSL_CTX_free(s->queue.tls);
	if (s->hosts != NULL)
		freeaddrinfo(s->hosts);
}

static int or_usual(int given, int usual)
{
	return given == 0 ? usual : given;
}

static struct smtp_config completed(struct arena *a,
				    const struct smtp_config *given)
{
	struct smtp_config c = *given;

	c.host = arena_strdup(a, given->host);
	c.port = arena_strdup(a, given->port);
	c.helo = arena_strdup(a, given->helo);
	c.connections = or_usual(c.connections, CONNECTIONS);
	if (c.connections > SMTP_CONNECTIONS_MAX)
		c.connections = SMTP_CONNECTIONS_MAX;
	c.connect_ms = or_usual(c.connect_ms, CONNECT_MS);
	c.reply_ms = or_usual(c.reply_ms, REPLY_MS);
	c.body_ms = or_usual(c.body_ms, BODY_MS);
	c.patience_ms = or_usual(c.patience_ms, PATIENCE_MS);
	return c;
}

static int resolve(struct smtp *s)
{
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM };
	int rc = getaddrinfo(s->queue.config.host, s->queue.config.port, &want,
			     &s->hosts);

	if (rc != 0)
		return log_error("smtp host unknown host=%s reason=%d",
				 s->queue.config.host, rc);
	s->host = s->hosts;
	return 0;
}

static int prepare_tls(struct smtp *s)
{
	const struct smtp_config *c = &s->queue.config;
	SSL_CTX *ctx;
	int rc;

	if (c->tls == SMTP_TLS_NONE)
		return 0;
	s->queue.tls = ctx = SSL_CTX_new(TLS_client_method());
	if (ctx == NULL ||
	    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1)
		return log_error("smtp TLS not prepared");
	if (c->tls == SMTP_TLS_MAY)
		return 0;
	rc = c->ca_file == NULL ? SSL_CTX_set_default_verify_paths(ctx)
				: SSL_CTX_load_verify_file(ctx, c->ca_file);
	if (rc != 1)
		return log_error("smtp certificates not read");
	return 0;
}

struct smtp *smtp_open(struct arena *a, const struct smtp_config *config)
{
	struct smtp *s = arena_alloc(a, sizeof(*s));

	s->queue.config = completed(a, config);
	s->queue.last = &s->queue.first;
	s->queue.done_last = &s->queue.done;
	for (size_t i = 0; i < LEN(s->sessions); i++) {
		s->sessions[i].queue = &s->queue;
		wire_init(&s->sessions[i].wire);
	}
	/* OpenSSL writes without MSG_NOSIGNAL. */
	signal(SIGPIPE, SIG_IGN);
	arena_defer(a, end, s);
	if (resolve(s) < 0 || prepare_tls(s) < 0)
		return NULL;
	return s;
}

/* Whether it can stand between the brackets of a command. */
static bool is_path(const char *address)
{
	for (const char *p = address; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '<' || *p == '>')
			return false;
	return true;
}

void smtp_submit(struct smtp *s, struct smtp_mail *mail)
{
	struct smtp_queue *q = &s->queue;

	mail->outcome = SMTP_WAITING;
	mail->code = 0;
	mail->text[0] = '\0';
	mail->losses = 0;
	mail->next = NULL;
	if (q->unfinished++ == 0)
		q->good_at = time_monotonic();
	if (!is_path(mail->from) || !is_path(mail->to) || *mail->to == '\0') {
		mail->outcome = SMTP_REFUSED;
		mail->stage = SMTP_RCPT;
		smtp_queue_finish(q, mail);
		return;
	}
	*q->last = mail;
	q->last = &mail->next;
}

/* Another address of the host, if it has several, for the next connection. */
static void turn_host(struct smtp *s)
{
	s->host = s->host->ai_next != NULL ? s->host->ai_next : s->hosts;
}

/* Opens connections while messages wait that no open one will soon take. */
static void open_more(struct smtp *s, int64_t now)
{
	struct smtp_mail *waiting = s->queue.first;

	for (int i = 0; i < s->queue.config.connections; i++) {
		struct smtp_session *ses = &s->sessions[i];

		if (waiting == NULL)
			return;
		if (ses->phase == PHASE_READY && ses->current != NULL)
			continue;
		if (ses->phase == PHASE_CLOSED) {
			if (now < ses->retry_at)
				continue;
			if (ses->failures > 0)
				turn_host(s);
			smtp_session_start(ses, s->host);
		}
		waiting = waiting->next;
	}
}

static bool is_any_ready(const struct smtp *s)
{
	for (int i = 0; i < s->queue.config.connections; i++)
		if (s->sessions[i].phase == PHASE_READY)
			return true;
	return false;
}

/* The session that last lost its connection: it knows why none works. */
static const struct smtp_session *last_lost(const struct smtp *s)
{
	const struct smtp_session *last = &s->sessions[0];

	for (int i = 1; i < s->queue.config.connections; i++)
		if (s->sessions[i].retry_at > last->retry_at)
			last = &s->sessions[i];
	return last;
}

/* No connection for longer than we are patient: all that waits comes back. */
static void give_up(struct smtp *s)
{
	const struct smtp_session *why = last_lost(s);
	struct smtp_mail *mail = s->queue.first, *next;

	log_error("smtp server not reachable stage=%s code=%d waiting=%zu",
		  smtp_stage_name(why->lost_stage), why->lost_code,
		  s->queue.unfinished);
	s->queue.first = NULL;
	s->queue.last = &s->queue.first;
	for (; mail != NULL; mail = next) {
		next = mail->next;
		mail->outcome = SMTP_DEFERRED;
		mail->stage = why->lost_stage;
		mail->code = why->lost_code;
		snprintf(mail->text, sizeof(mail->text), "%s", why->lost_text);
		smtp_queue_finish(&s->queue, mail);
	}
}

static int poll_once(struct smtp *s)
{
	struct pollfd fds[SMTP_CONNECTIONS_MAX];
	int count = s->queue.config.connections;

	for (int i = 0; i < count; i++) {
		fds[i].fd = s->sessions[i].wire.fd; /* -1 is left out */
		fds[i].events = s->sessions[i].phase == PHASE_CONNECTING
					? POLLOUT
					: wire_events(&s->sessions[i].wire);
		fds[i].revents = 0;
	}
	if (poll(fds, (nfds_t)count, POLL_MS) < 0 && errno != EINTR)
		return log_error("poll failed errno=%d", errno);
	for (int i = 0; i < count; i++)
		smtp_session_event(&s->sessions[i], fds[i].revents);
	return 0;
}

int smtp_run(struct smtp *s, size_t left)
{
	struct smtp_queue *q = &s->queue;

	while (q->unfinished > left) {
		int64_t now = time_monotonic();

		for (int i = 0; i < q->config.connections; i++) {
			smtp_session_feed(&s->sessions[i]);
			smtp_session_check(&s->sessions[i], now);
		}
		open_more(s, now);
		if (!is_any_ready(s) &&
		    now - q->good_at > (int64_t)q->config.patience_ms * MS)
			give_up(s);
		if (q->unfinished > left && poll_once(s) < 0)
			return -1;
	}
	return 0;
}

struct smtp_mail *smtp_done(struct smtp *s)
{
	struct smtp_mail *mail = s->queue.done;

	if (mail == NULL)
		return NULL;
	s->queue.done = mail->next;
	if (s->queue.done == NULL)
		s->queue.done_last = &s->queue.done;
	return mail;
}

size_t smtp_unfinished(const struct smtp *s)
{
	return s->queue.unfinished;
}
