#ifndef TOOL_FETCH_H
#define TOOL_FETCH_H

/*
 * Gets feeds and telegrams over HTTPS: conditionally, compressed, within
 * limits of time and size, from named hosts only.  One handle keeps its
 * connections from one call to the next.  Source: reference/feeds.md 1.2; D1l,
 * S6.
 */
#include <stddef.h>

struct arena;
struct fetch;

enum {
	FETCH_BYTES_MAX = 10 * 1000 * 1000, /* after decompression */
	FETCH_CONNECT_MS = 10 * 1000,
	FETCH_TOTAL_MS = 30 * 1000,
	FETCH_VALIDATOR_MAX = 200, /* bytes of an ETag or a date */
};

struct fetch_reply {
	int status; /* of HTTP; 0 if there was no answer */
	const char *body;
	size_t len;
	const char *etag;     /* to give back next time; "" if none */
	const char *modified; /* likewise, Last-Modified */
	int retry_after_s;    /* what the server asks for; 0 if nothing */
};

/*
 * Makes a handle that goes with the arena.  hosts ends in NULL and must
 * outlive it; "www.data.jma.go.jp" allows HTTPS on port 443 of that host,
 * "127.0.0.1:8080" that port.  Plain HTTP is taken from loopback only.
 */
struct fetch *fetch_open(struct arena *a, const char *const *hosts);

/* Sets other limits than FETCH_CONNECT_MS and FETCH_TOTAL_MS. */
void fetch_set_timeouts(struct fetch *f, int connect_ms, int total_ms);

/*
 * Calls idle(arg) while an answer is awaited, about once a second: what must
 * not wait for a slow server can be done there.
 */
void fetch_set_idle(struct fetch *f, void (*idle)(void *arg), void *arg);

/*
 * Gets url; etag and modified are those of the reply that one has, or "".
 * Returns 1 with a body (status 200); 0 if it is unchanged (304); -1 on
 * failure, logged, with out->status and out->retry_after_s as far as known.
 * Redirects are followed within the same host only.  What the reply points to
 * lives in the arena.
 */
int fetch_get(struct fetch *f, struct arena *a, const char *url,
	      const char *etag, const char *modified, struct fetch_reply *out);

#endif
