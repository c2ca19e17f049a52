#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H

/*
 * Hands messages to a mail server, over several kept connections at once, with
 * PIPELINING where it is offered: MAIL, RCPT and DATA in one write, and those
 * of the next message behind the body of the one before.  One thread, one
 * poll.  The caller feeds and takes results while the connections go on:
 *
 *	smtp_submit(s, mail) ...          a batch
 *	smtp_run(s, BATCH / 2);           until half of it is done
 *	while ((m = smtp_done(s)) != NULL) ...   store the results
 *	smtp_submit(s, mail) ...          the next batch, without a pause
 *
 * What a crash or a lost connection can repeat: a message is in the server's
 * hands when its final reply comes.  Between the last byte of its body and
 * that reply, at most one message per connection is neither sent nor unsent
 * (SMTP_UNKNOWN if the connection is lost; unknown to anybody if we are
 * killed).  Sending those again may repeat them; nothing else repeats.
 * Source: D1a, P7; DESIGN 7; RFC 5321, 2920, 3207.
 */
#include <stddef.h>

struct arena;
struct smtp_mail;
struct smtp;

/* How far a message or its connection had come. */
enum smtp_stage {
	SMTP_CONNECT, /* to its greeting */
	SMTP_EHLO,
	SMTP_STARTTLS,
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA,
	SMTP_BODY, /* the end of the message */
};

enum smtp_tls {
	SMTP_TLS_NONE,
	SMTP_TLS_MAY,	  /* if offered, without asking who it is */
	SMTP_TLS_REQUIRE, /* with a certificate that is good for the host */
};

enum smtp_outcome {
	SMTP_WAITING,  /* not finished */
	SMTP_SENT,     /* the server has it */
	SMTP_REFUSED,  /* 5xx: at SMTP_RCPT and SMTP_BODY about the address or
			  the message, before that about us */
	SMTP_DEFERRED, /* 4xx, or no server: nothing was taken; later */
	SMTP_UNKNOWN,  /* lost after the body: send again, it may come twice */
};

enum {
	SMTP_TEXT_MAX = 200,	   /* bytes of a reply that are kept */
	SMTP_CONNECTIONS_MAX = 32, /* five to ten are fastest */
};

/* Zero members mean what is said in brackets. */
struct smtp_config {
	const char *host, *port;
	const char *helo;	  /* our name, fully qualified */
	int connections;	  /* [5] */
	int mails_per_connection; /* [no limit] */
	enum smtp_tls tls;
	const char *ca_file; /* of SMTP_TLS_REQUIRE [the system's] */
	int connect_ms;	     /* [10,000] also the greeting */
	int reply_ms;	     /* [60,000] */
	int body_ms;	     /* [300,000] the reply to a whole message */
	int patience_ms;     /* [5,000] without any working connection, then
				what waits is deferred */
	/* Called as soon as the server has taken a message; may be NULL. */
	void (*taken)(const struct smtp_mail *mail);
};

/*
 * One message to one address.  The caller sets the first part, and keeps all
 * of it until the message is done.  from and to are as on the wire, without
 * brackets, quoted if need be (address_quoted); from "" is the null sender.
 * bytes are lines ending in CRLF (compose_message), not dot-stuffed.
 */
struct smtp_mail {
	const char *from, *to;
	const char *bytes;
	size_t len;
	void *owner; /* the caller's own */

	enum smtp_outcome outcome;
	enum smtp_stage stage;	  /* where it was decided */
	int code;		  /* of the reply, 0 if none came */
	char text[SMTP_TEXT_MAX]; /* the reply; may hold the address: do not
				     log it */

	struct smtp_mail *next; /* not the caller's, from here on */
	int losses;
};

/*
 * Makes a sender; nothing is connected yet.  It ends with the arena: open
 * connections get a QUIT.  Ignores SIGPIPE from now on.  Returns NULL on
 * failure (unknown host, certificates not readable).
 */
struct smtp *smtp_open(struct arena *a, const struct smtp_config *config);

/* Puts a message last in the queue.  An address that cannot stand in a command
 * is done at once, refused at SMTP_RCPT without a code. */
void smtp_submit(struct smtp *s, struct smtp_mail *mail);

/* Works until at most left messages are unfinished; 0: until all are done.
 * It returns even if the server never answers (see the limits above).
 * Returns 0, or -1 on failure. */
int smtp_run(struct smtp *s, size_t left);

/* Takes the next finished message, in the order they were finished; NULL if
 * there is none. */
struct smtp_mail *smtp_done(struct smtp *s);

/* Messages submitted and not finished. */
size_t smtp_unfinished(const struct smtp *s);

/* "rcpt" and the like: for tables and logs. */
const char *smtp_stage_name(enum smtp_stage stage);

#endif
