/* Against a small server in a forked process, on a port of its own. */
#include "test.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>

#include "listener.h"
#include "tool/fetch.h"

enum {
	BOMB_LEN = 20 * 1000 * 1000, /* bytes, when unpacked */
	SLOW_MS = 400,
	SHORT_MS = 100,
};

static char port[8];
static pid_t server;

/* len zero bytes, or the text, as gzip. */
static size_t packed(const char *text, size_t len, unsigned char *out,
		     size_t cap)
{
	static const unsigned char zeros[64 * 1024];
	z_stream z = { .next_out = out, .avail_out = (uInt)cap };
	size_t left = len;

	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	while (left > 0) {
		size_t n = text != NULL		  ? left
			   : left < sizeof(zeros) ? left
						  : sizeof(zeros);

		z.next_in =
			(Bytef *)(uintptr_t)(text != NULL ? (const void *)text
							  : zeros);
		z.avail_in = (uInt)n;
		deflate(&z, Z_NO_FLUSH);
		left -= n;
	}
	deflate(&z, Z_FINISH);
	len = z.total_out;
	deflateEnd(&z);
	return len;
}

/* A reply of the table below: to a path, if the request has `when` in it. */
static const struct page {
	const char *path, *when, *status, *headers, *body;
	int stated; /* Content-Length; -1: that of the body, 0: none stated */
} pages[] = {
	{ "/plain", "\"v1\"", "304", "ETag: \"v1\"\r\n", "", 0 },
	{ "/plain", "", "200",
	  "ETag: \"v1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n",
	  "hello", -1 },
	{ "/dated", "If-Modified-Since: Thu, 01 Jan 2026", "304", "", "", 0 },
	{ "/odd", "", "304", "", "", 0 },
	{ "/garbled", "", "200", "Content-Encoding: gzip\r\n", "hello", -1 },
	{ "/large", "", "200", "", "", 11 * 1000 * 1000 },
	{ "/cut", "", "200", "", "hello", 100 },
	{ "/moved", "", "302", "Location: /plain\r\n", "moved", -1 },
	{ "/loop", "", "302", "Location: /loop\r\n", "", -1 },
	{ "/away", "", "302", "Location: http://localhost:1/plain\r\n", "",
	  -1 },
	{ "/file", "", "302", "Location: file:///etc/hosts\r\n", "", -1 },
	{ "/busy", "", "503", "Retry-After: 7\r\n", "later", -1 },
	{ "", "", "404", "", "nothing", -1 }, /* any other path */
};

/* False if the connection is to be closed. */
static bool reply_page(FILE *to, const char *path, const char *request)
{
	const struct page *p = pages;

	while (*p->path != '\0' &&
	       (strcmp(p->path, path) != 0 || strstr(request, p->when) == NULL))
		p++;
	fprintf(to, "HTTP/1.1 %s x\r\n%s", p->status, p->headers);
	if (p->stated != 0)
		fprintf(to, "Content-Length: %d\r\n",
			p->stated < 0 ? (int)strlen(p->body) : p->stated);
	fprintf(to, "\r\n%s", p->body);
	return p->stated <= 0;
}

static bool reply_packed(FILE *to, const char *text, size_t len)
{
	static unsigned char buf[64 * 1024];
	size_t n = packed(text, len, buf, sizeof(buf));

	fprintf(to,
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
		"Content-Length: %zu\r\n\r\n",
		n);
	return fwrite(buf, 1, n, to) == n;
}

/* More than is allowed, with no length stated. */
static bool reply_endless(FILE *to)
{
	static const char block[64 * 1024];

	fputs("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", to);
	for (int i = 0; i < BOMB_LEN / (int)sizeof(block); i++) {
		if (fwrite(block, 1, sizeof(block), to) != sizeof(block))
			break;
	}
	return false;
}

/* Says which connection this is. */
static bool reply_connection(FILE *to, int connection)
{
	fprintf(to, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n%04d",
		connection);
	return true;
}

/* Replies to one request; false if the connection is to be closed. */
static bool serve(FILE *to, const char *path, const char *request,
		  int connection)
{
	if (strcmp(path, "/packed") == 0)
		return reply_packed(to, "hello packed", 12);
	if (strcmp(path, "/bomb") == 0)
		return reply_packed(to, NULL, BOMB_LEN);
	if (strcmp(path, "/endless") == 0)
		return reply_endless(to);
	if (strcmp(path, "/connection") == 0)
		return reply_connection(to, connection);
	if (strcmp(path, "/slow") == 0)
		return usleep(SLOW_MS * 1000) != 0;
	return reply_page(to, path, request);
}

static void serve_connection(int fd, int connection)
{
	FILE *from = fdopen(dup(fd), "r"), *to = fdopen(fd, "w");
	char request[4096], line[1024], path[64];
	bool go_on = true;

	while (go_on) {
		size_t used = 0;

		request[0] = '\0';
		while (fgets(line, sizeof(line), from) != NULL &&
		       strcmp(line, "\r\n") != 0)
			used += (size_t)snprintf(request + used,
						 sizeof(request) - used, "%s",
						 line);
		if (sscanf(request, "GET %63s", path) != 1)
			break;
		go_on = serve(to, path, request, connection);
		fflush(to);
	}
	fclose(from);
	fclose(to);
}

static int start_server(void **state)
{
	struct sockaddr_in at;
	int fd = listener_open(&at);

	(void)state;
	snprintf(port, sizeof(port), "%d", ntohs(at.sin_port));
	server = fork();
	if (server == 0) {
		signal(SIGPIPE, SIG_IGN);
		for (int n = 1;; n++)
			serve_connection(accept(fd, NULL, NULL), n);
	}
	close(fd);
	return server < 0 ? -1 : 0;
}

static int stop_server(void **state)
{
	(void)state;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return 0;
}

static struct fetch *opened(struct arena *a)
{
	const char **hosts = arena_array(a, 3, sizeof(*hosts));

	hosts[0] = arena_fmt(a, "127.0.0.1:%s", port);
	hosts[1] = "good.example";
	return fetch_open(a, hosts);
}

static const char *local(struct arena *a, const char *path)
{
	return arena_fmt(a, "http://127.0.0.1:%s%s", port, path);
}

static void count(void *arg)
{
	++*(int *)arg;
}

/* Something else can be done while a server is slow. */
static void test_idle(void **state)
{
	struct arena *a = arena_new();
	struct fetch *f = opened(a);
	struct fetch_reply reply;
	int calls = 0;

	(void)state;
	fetch_set_idle(f, count, &calls);
	check_int("no answer",
		  fetch_get(f, a, local(a, "/slow"), "", "", &reply), -1);
	check_int("called meanwhile", calls > 0, 1);
	arena_free(a);
}

static void test_replies(void **state)
{
	static const struct {
		const char *path, *etag, *modified;
		int want, status;
		const char *body;
	} rows[] = {
		{ "/plain", "", "", 1, 200, "hello" },
		{ "/plain", "\"v0\"", "", 1, 200, "hello" },
		{ "/plain", "\"v1\"", "", 0, 304, "" },
		{ "/plain", "\"v1\"\r\nX: y", "", 1, 200, "hello" },
		{ "/dated", "", "Thu, 01 Jan 2026 00:00:00 GMT", 0, 304, "" },
		{ "/odd", "", "", -1, 304, "" },
		{ "/packed", "", "", 1, 200, "hello packed" },
		{ "/moved", "", "", 1, 200, "hello" },
		{ "/moved", "\"v1\"", "", 0, 304, "" },
		{ "/loop", "", "", -1, 302, NULL },
		{ "/away", "", "", -1, 302, NULL },
		{ "/file", "", "", -1, 302, NULL },
		{ "/missing", "", "", -1, 404, NULL },
		{ "/busy", "", "", -1, 503, NULL },
		{ "/bomb", "", "", -1, 200, NULL },
		{ "/garbled", "", "", -1, 200, NULL },
		{ "/large", "", "", -1, 200, NULL },
		{ "/endless", "", "", -1, 200, NULL },
		{ "/cut", "", "", -1, 200, NULL },
		{ "/plain", "", "", 1, 200, "hello" },
	};
	struct arena *a = arena_new();
	struct fetch *f = opened(a);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct fetch_reply r;

		check_int(rows[i].path,
			  fetch_get(f, a, local(a, rows[i].path), rows[i].etag,
				    rows[i].modified, &r),
			  rows[i].want);
		check_int(rows[i].path, r.status, rows[i].status);
		if (rows[i].body != NULL)
			check_str(rows[i].path, r.body, rows[i].body);
		check_int(rows[i].path, r.retry_after_s,
			  r.status == 503 ? 7 : 0);
	}
	arena_free(a);
}

static void test_validators(void **state)
{
	struct arena *a = arena_new();
	struct fetch *f = opened(a);
	struct fetch_reply r;

	(void)state;
	check_int("read", fetch_get(f, a, local(a, "/plain"), "", "", &r), 1);
	check_str("etag", r.etag, "\"v1\"");
	check_str("modified", r.modified, "Thu, 01 Jan 2026 00:00:00 GMT");
	check_int("again",
		  fetch_get(f, a, local(a, "/plain"), r.etag, r.modified, &r),
		  0);
	arena_free(a);
}

static void test_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"eqvol.xml",
		"http://good.example/",
		"https://good.example:444/",
		"https://good.example.evil.example/",
		"https://evil.example/good.example",
		"https://good.example@evil.example/",
		"https://user:secret@good.example/",
		"ftp://good.example/",
		"file:///etc/hosts",
		"gopher://127.0.0.1/",
		"http://127.0.0.1:1/",
		"http://localhost/",
		"https://127.0.0.1/",
	};
	struct arena *a = arena_new();
	struct fetch *f = opened(a);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct fetch_reply r;

		check_int(rows[i], fetch_get(f, a, rows[i], "", "", &r), -1);
		check_int(rows[i], r.status, 0);
	}
	arena_free(a);
}

static void test_connection_kept(void **state)
{
	struct arena *a = arena_new(), *b = arena_new();
	struct fetch *f = opened(a);
	struct fetch_reply r;
	const char *first;

	(void)state;
	check_int("first", fetch_get(f, a, local(a, "/connection"), "", "", &r),
		  1);
	first = r.body;
	for (int i = 0; i < 3; i++) {
		check_int("later",
			  fetch_get(f, b, local(b, "/connection"), "", "", &r),
			  1);
		check_str("same connection", r.body, first);
		arena_reset(b);
	}
	arena_free(b);
	arena_free(a);
}

static void test_slow(void **state)
{
	struct arena *a = arena_new();
	struct fetch *f = opened(a);
	struct fetch_reply r;

	(void)state;
	fetch_set_timeouts(f, SHORT_MS, SHORT_MS);
	check_int("slow", fetch_get(f, a, local(a, "/slow"), "", "", &r), -1);
	check_int("no status", r.status, 0);
	fetch_set_timeouts(f, FETCH_CONNECT_MS, FETCH_TOTAL_MS);
	check_int("goes on", fetch_get(f, a, local(a, "/plain"), "", "", &r),
		  1);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replies),
		cmocka_unit_test(test_idle),
		cmocka_unit_test(test_validators),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_connection_kept),
		cmocka_unit_test(test_slow),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
