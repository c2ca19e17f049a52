#ifndef MAIL_SMTP_SESSION_H
#define MAIL_SMTP_SESSION_H

/*
 * One connection's dialogue with the server: from greeting to QUIT, a message
 * after the other.  Inside of mail/smtp only, which polls the sessions and
 * owns the queue they share.
 */
#include <stdbool.h>
#include <stdint.h>

#include "mail/smtp.h"
#include "mail/wire.h"

struct addrinfo;

/* What all sessions of a sender share. */
struct smtp_queue {
	struct smtp_config config; /* every member set */
	struct ssl_ctx_st *tls;	   /* NULL without TLS */
	bool tls_broken;	   /* SMTP_TLS_MAY met a server that cannot */
	struct smtp_mail *first, **last;
	struct smtp_mail *done, **done_last;
	size_t unfinished;
	int64_t good_at; /* when anything last went well */
};

enum smtp_phase {
	PHASE_CLOSED,
	PHASE_CONNECTING,
	PHASE_GREETING,
	PHASE_EHLO,
	PHASE_HELO,
	PHASE_STARTTLS,
	PHASE_HANDSHAKE,
	PHASE_READY, /* with a message or idle */
};

/* The reply that a message waits for; those of PIPELINING come in order. */
enum smtp_step { STEP_RESET, STEP_MAIL, STEP_RCPT, STEP_DATA, STEP_BODY };

struct smtp_session {
	struct smtp_queue *queue;
	struct wire wire;
	enum smtp_phase phase;
	enum smtp_step step;
	bool secure, pipelining;
	bool open_transaction;	    /* the server may hold one: RSET first */
	struct smtp_mail *current;  /* whose replies come now */
	struct smtp_mail *behind;   /* whose commands went behind that body */
	bool failed;		    /* the current one: its outcome is set */
	uint64_t body_end;	    /* wire.queued behind the current body */
	int mails;		    /* begun on this connection */
	int64_t deadline;	    /* of the reply waited for; 0: none */
	int64_t retry_at;	    /* not connected again before */
	int failures;		    /* connections in a row without a message */
	enum smtp_stage lost_stage; /* why the last connection ended */
	int lost_code;
	char lost_text[SMTP_TEXT_MAX];
};

/* Begins to connect. */
void smtp_session_start(struct smtp_session *s, const struct addrinfo *to);

/* Deals with what poll said of its wire. */
void smtp_session_event(struct smtp_session *s, short revents);

/* Begins a message if the session is idle and one waits, and sends it. */
void smtp_session_feed(struct smtp_session *s);

/* Gives a connection up whose time is over. */
void smtp_session_check(struct smtp_session *s, int64_t now);

/* Says QUIT and closes. */
void smtp_session_quit(struct smtp_session *s);

/* Finishes a message: its outcome goes to the caller. */
void smtp_queue_finish(struct smtp_queue *q, struct smtp_mail *mail);

#endif
