#include "mail/wire.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum {
	BUFFER_LEN =
		16 * 1024, /* bytes: a few messages; grows for large ones */
	READ_LEN = 4096,
	IN_MAX = 64 * 1024, /* a server that talks more than this is none */
};

void wire_init(struct wire *w)
{
	memset(w, 0, sizeof(*w));
	w->fd = -1;
}

static void room(struct wire_buffer *b, size_t more)
{
	size_t cap = b->cap == 0 ? BUFFER_LEN : b->cap;

	if (b->at == b->len)
		b->at = b->len = 0;
	if (b->cap - b->len >= more)
		return;
	if (b->at > 0) {
		memmove(b->bytes, b->bytes + b->at, b->len - b->at);
		b->len -= b->at;
		b->at = 0;
	}
	while (cap - b->len < more)
		cap *= 2;
	if (cap == b->cap)
		return;
	b->bytes = realloc(b->bytes, cap);
	if (b->bytes == NULL)
		log_fatal("out of memory");
	b->cap = cap;
}

void wire_close(struct wire *w)
{
	SSL_free(w->tls);
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->tls = NULL;
	w->tls_wants_write = false;
	w->in.at = w->in.len = w->out.at = w->out.len = 0;
	w->queued = w->written = 0;
}

void wire_free(struct wire *w)
{
	wire_close(w);
	free(w->in.bytes);
	free(w->out.bytes);
	wire_init(w);
}

int wire_connect(struct wire *w, const struct addrinfo *to)
{
	int on = 1;

	wire_close(w);
	w->fd = socket(to->ai_family,
		       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (w->fd < 0)
		return -1;
	/* Commands and bodies go in whole writes: waiting gains nothing. */
	setsockopt(w->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(w->fd, to->ai_addr, to->ai_addrlen) == 0)
		return 1;
	return errno == EINPROGRESS ? 0 : -1;
}

int wire_connected(struct wire *w)
{
	struct pollfd p = { .fd = w->fd, .events = POLLOUT };
	socklen_t len = sizeof(int);
	int error = 0;

	if (poll(&p, 1, 0) == 0)
		return 0;
	if (getsockopt(w->fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0 ||
	    error != 0)
		return -1;
	return 1;
}

int wire_tls(struct wire *w, struct ssl_ctx_st *ctx, const char *host)
{
	if (w->in.at != w->in.len)
		return -1;
	w->tls = SSL_new(ctx);
	if (w->tls == NULL || SSL_set_fd(w->tls, w->fd) != 1)
		return -1;
	if (host != NULL) {
		SSL_set_verify(w->tls, SSL_VERIFY_PEER, NULL);
		if (SSL_set1_host(w->tls, host) != 1 ||
		    SSL_set_tlsext_host_name(w->tls, host) != 1)
			return -1;
	}
	SSL_set_mode(w->tls, SSL_MODE_ENABLE_PARTIAL_WRITE |
				     SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_set_connect_state(w->tls);
	return wire_handshake(w);
}

/* What became of a call into OpenSSL that did not succeed. */
static int tls_result(struct wire *w, int rc)
{
	int error = SSL_get_error(w->tls, rc);

	w->tls_wants_write = error == SSL_ERROR_WANT_WRITE;
	if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
		return 0;
	return -1;
}

int wire_handshake(struct wire *w)
{
	int rc = SSL_do_handshake(w->tls);

	if (rc == 1) {
		w->tls_wants_write = false;
		return 1;
	}
	return tls_result(w, rc);
}

void wire_add(struct wire *w, const void *bytes, size_t len)
{
	room(&w->out, len);
	memcpy(w->out.bytes + w->out.len, bytes, len);
	w->out.len += len;
	w->queued += len;
}

void wire_add_text(struct wire *w, const char *text)
{
	wire_add(w, text, strlen(text));
}

/* Bytes sent, 0 if none can be now, -1 if the connection is lost. */
static ssize_t put(struct wire *w, const char *bytes, size_t len)
{
	ssize_t n;

	if (w->tls != NULL) {
		n = SSL_write(w->tls, bytes, (int)len);
		return n > 0 ? n : tls_result(w, (int)n);
	}
	n = send(w->fd, bytes, len, MSG_NOSIGNAL);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	return n;
}

int wire_flush(struct wire *w)
{
	while (w->out.at < w->out.len) {
		ssize_t n = put(w, w->out.bytes + w->out.at,
				w->out.len - w->out.at);

		if (n <= 0)
			return (int)n;
		w->out.at += (size_t)n;
		w->written += (uint64_t)n;
	}
	return 1;
}

/* Bytes read, 0 if none has come, -1 if the connection has ended. */
static ssize_t get(struct wire *w, char *bytes, size_t len)
{
	ssize_t n;

	if (w->tls != NULL) {
		n = SSL_read(w->tls, bytes, (int)len);
		return n > 0 ? n : tls_result(w, (int)n);
	}
	n = recv(w->fd, bytes, len, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	return n > 0 ? n : -1;
}

int wire_fill(struct wire *w)
{
	int came = 0;
	ssize_t n;

	do {
		room(&w->in, READ_LEN);
		n = get(w, w->in.bytes + w->in.len, READ_LEN);
		if (n > 0) {
			w->in.len += (size_t)n;
			came = 1;
		}
		if (w->in.len - w->in.at > IN_MAX)
			return -1;
		/* Less than asked for is all there was; of TLS one cannot say.
		 */
	} while (n == READ_LEN || (n > 0 && w->tls != NULL));
	/* An end behind a last reply shows again at the next call. */
	return n < 0 && came == 0 ? -1 : came;
}

void wire_take(struct wire *w, size_t len)
{
	w->in.at += len;
}

short wire_events(const struct wire *w)
{
	short events = POLLIN;

	if (w->tls != NULL ? w->tls_wants_write : w->out.at < w->out.len)
		events |= POLLOUT;
	return events;
}
