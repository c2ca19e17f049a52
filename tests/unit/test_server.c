/*
 * web/server as a web server meets it: FastCGI records over a Unix socket to
 * a child that echoes.  (As plain CGI it is tested by test_run.)
 */
#include "test.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "web/server.h"

enum {
	BEGIN = 1,
	END = 3,
	PARAMS = 4,
	IN = 5,
	OUT = 6,
	HEAD_LEN = 8,
	PART_LEN = 8192,	/* of a body, in one record */
	LARGE_LEN = 300 * 1024, /* more than a socket holds */
	WAIT_S = 20,		/* for an answer, then the test fails */
};

static struct sockaddr_un place = { .sun_family = AF_UNIX };
static pid_t child;

static void stop(int signal)
{
	(void)signal;
	server_stop();
	alarm(1);
}

static const char *param(const char *name, char **env)
{
	const char *text = FCGX_GetParam(name, env);

	return text == NULL ? "" : text;
}

/* Says the method and the body; of method SKIP it reads none of that. */
static void echo(char **env)
{
	const char *method = param("REQUEST_METHOD", env);
	size_t left = strtoul(param("CONTENT_LENGTH", env), NULL, 10);
	bool skip = strcmp(method, "SKIP") == 0;
	char bytes[1000];
	size_t n;

	server_write("Content-Type: text/plain\r\n\r\n", 28);
	server_write(method, strlen(method));
	while (!skip && left > 0 &&
	       (n = server_read(bytes, sizeof(bytes))) > 0) {
		server_write(bytes, n);
		left -= n;
	}
	server_finish(left == 0);
}

static void serve(int listener)
{
	struct sigaction action = { .sa_handler = stop };
	char **env;

	dup2(listener, 0);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	while (server_next(&env))
		echo(env);
	_exit(0);
}

static int setup(void **state)
{
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	snprintf(place.sun_path, sizeof(place.sun_path), "/tmp/anpi-fcgi-%d",
		 (int)getpid());
	unlink(place.sun_path);
	assert_int_equal(
		bind(listener, (struct sockaddr *)&place, sizeof(place)), 0);
	assert_int_equal(listen(listener, 16), 0);
	alarm(WAIT_S);
	child = fork();
	if (child == 0)
		serve(listener);
	close(listener);
	return 0;
}

/* Stopped while it waits, it ends well. */
static int teardown(void **state)
{
	int status;

	(void)state;
	kill(child, SIGTERM);
	assert_int_equal(waitpid(child, &status, 0), child);
	check_int("ended well", status, 0);
	unlink(place.sun_path);
	return 0;
}

static int dial(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&place, sizeof(place)),
			 0);
	return fd;
}

static void put(int fd, const void *bytes, size_t len)
{
	assert_int_equal(send(fd, bytes, len, MSG_NOSIGNAL), (ssize_t)len);
}

static void record(int fd, int type, const void *bytes, size_t len)
{
	const unsigned char head[HEAD_LEN] = {
		1,
		(unsigned char)type,
		0,
		1,
		(unsigned char)(len >> 8),
		(unsigned char)len,
		0,
		0,
	};

	put(fd, head, HEAD_LEN);
	if (len > 0)
		put(fd, bytes, len);
}

static void begin(int fd)
{
	static const unsigned char responder[HEAD_LEN] = { 0, 1 };

	record(fd, BEGIN, responder, sizeof(responder));
}

static void params(int fd, const char *method, size_t length)
{
	char bytes[200], number[24];
	int n;

	snprintf(number, sizeof(number), "%zu", length);
	n = snprintf(bytes, sizeof(bytes),
		     "%c%cREQUEST_METHOD%s%c%cCONTENT_LENGTH%s", 14,
		     (int)strlen(method), method, 14, (int)strlen(number),
		     number);
	record(fd, PARAMS, bytes, (size_t)n);
	record(fd, PARAMS, "", 0);
}

static void body(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		size_t part = len < PART_LEN ? len : PART_LEN;

		record(fd, IN, bytes, part);
		bytes += part;
		len -= part;
	}
	record(fd, IN, "", 0);
}

static size_t take(int fd, void *bytes, size_t len)
{
	size_t all = 0;
	ssize_t n;

	while (all < len &&
	       (n = recv(fd, (char *)bytes + all, len - all, 0)) > 0)
		all += (size_t)n;
	return all;
}

/* The text of an answer behind its header; NULL if it does not end as it
 * should. */
static char *answer(int fd)
{
	unsigned char head[HEAD_LEN], rest[1 << 16];
	char *text = calloc(1, 1 << 20), *after;
	size_t len = 0;
	bool ended = false;

	while (!ended && take(fd, head, HEAD_LEN) == HEAD_LEN) {
		size_t n = (size_t)head[4] << 8 | head[5];

		if (take(fd, rest, n + head[6]) != n + head[6])
			break;
		if (head[1] == OUT) {
			memcpy(text + len, rest, n);
			len += n;
		}
		ended = head[1] == END;
	}
	/* Nothing comes behind the end. */
	ended = ended && take(fd, head, 1) == 0;
	close(fd);
	after = strstr(text, "\r\n\r\n");
	if (!ended || after == NULL) {
		free(text);
		return NULL;
	}
	memmove(text, after + 4, strlen(after + 4) + 1);
	return text;
}

static void check_answer(const char *name, int fd, const char *want)
{
	char *text = answer(fd);

	check_str(name, text, want);
	free(text);
}

static void test_requests(void **state)
{
	static const struct {
		const char *name, *method, *body, *want;
	} rows[] = {
		{ "no body", "GET", "", "GET" },
		{ "a body", "POST", "q=1", "POSTq=1" },
		{ "one after the other", "POST", "q=2", "POSTq=2" },
		{ "a body nobody reads", "SKIP", "q=3", "SKIP" },
		{ "and on", "GET", "", "GET" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int fd = dial();

		begin(fd);
		params(fd, rows[i].method, strlen(rows[i].body));
		body(fd, rows[i].body, strlen(rows[i].body));
		check_answer(rows[i].name, fd, rows[i].want);
	}
}

static void test_large(void **state)
{
	char *bytes = malloc(LARGE_LEN + 1), *text;
	int fd = dial();
	pid_t writer;

	(void)state;
	memset(bytes, 'x', LARGE_LEN);
	bytes[LARGE_LEN] = '\0';
	begin(fd);
	params(fd, "POST", LARGE_LEN);
	/* The echo comes while the body is still on its way. */
	writer = fork();
	if (writer == 0) {
		body(fd, bytes, LARGE_LEN);
		_exit(0);
	}
	text = answer(fd);
	waitpid(writer, NULL, 0);
	assert_non_null(text);
	check_int("whole", (long long)strlen(text), LARGE_LEN + 4);
	check_str("as it was", text + 4, bytes);
	free(text);
	free(bytes);
}

/* Whoever goes away before he said all harms nobody behind him. */
static void test_gone(void **state)
{
	int fd = dial();

	(void)state;
	close(fd);
	fd = dial();
	begin(fd);
	close(fd);
	fd = dial();
	put(fd, "\1\1", 2);
	close(fd);
	fd = dial();
	begin(fd);
	params(fd, "POST", 10);
	record(fd, IN, "short", 5);
	close(fd);
	fd = dial();
	begin(fd);
	params(fd, "POST", 3);
	body(fd, "q=4", 3);
	check_answer("the next", fd, "POSTq=4");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_requests, setup, teardown),
		cmocka_unit_test_setup_teardown(test_large, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gone, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
