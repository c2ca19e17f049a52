#ifndef MAIL_WIRE_H
#define MAIL_WIRE_H

/*
 * One TCP connection that never blocks, with TLS if asked for: bytes in, bytes
 * out, nothing of any protocol.  Its owner polls wire.fd for wire_events.
 * Functions returning int give 1 done, 0 not yet, -1 lost (nothing logged).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct addrinfo;
struct ssl_ctx_st;
struct ssl_st;

struct wire_buffer {
	char *bytes;
	size_t at, len, cap; /* the bytes from at to len wait */
};

struct wire {
	int fd; /* -1: closed */
	struct ssl_st *tls;
	bool tls_wants_write;
	struct wire_buffer in, out;
	uint64_t queued, written; /* bytes in all, ever given and ever sent */
};

/* A closed one. */
void wire_init(struct wire *w);

/* Closes, if open, and gives all memory back. */
void wire_free(struct wire *w);

/* Begins to connect; wire_connected says when it is. */
int wire_connect(struct wire *w, const struct addrinfo *to);
int wire_connected(struct wire *w);

/* Begins TLS; wire_handshake says when it stands.  With a host, the
 * certificate must be good for it, else any will do.  Bytes that came before
 * are an attack and lose the connection (RFC 3207, 6). */
int wire_tls(struct wire *w, struct ssl_ctx_st *ctx, const char *host);
int wire_handshake(struct wire *w);

/* Puts bytes in the queue to be sent. */
void wire_add(struct wire *w, const void *bytes, size_t len);
void wire_add_text(struct wire *w, const char *text);

/* Sends what can be sent now.  0: some is left. */
int wire_flush(struct wire *w);

/* Reads what has come behind wire.in.  1: something came. */
int wire_fill(struct wire *w);

/* Takes len bytes off wire.in. */
void wire_take(struct wire *w, size_t len);

/* What to poll for. */
short wire_events(const struct wire *w);

/* Closes at once; what was queued is gone. */
void wire_close(struct wire *w);

#endif
