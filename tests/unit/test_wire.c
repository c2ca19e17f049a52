#include "test.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "listener.h"
#include "mail/wire.h"

enum { WAIT_MS = 5000, MANY = 4 * 1024 * 1024 };

/* A connection to a listener of our own: the other end comes back. */
static int connect_wire(struct wire *w)
{
	struct sockaddr_in at;
	struct addrinfo to = { .ai_family = AF_INET,
			       .ai_socktype = SOCK_STREAM,
			       .ai_addr = (struct sockaddr *)&at,
			       .ai_addrlen = sizeof(at) };
	int listener = listener_open(&at), other;
	struct pollfd p;

	assert_true(wire_connect(w, &to) >= 0);
	p = (struct pollfd){ .fd = w->fd, .events = POLLOUT };
	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	assert_int_equal(wire_connected(w), 1);
	other = accept(listener, NULL, NULL);
	assert_true(other >= 0);
	close(listener);
	return other;
}

static void await(const struct wire *w, short events)
{
	struct pollfd p = { .fd = w->fd, .events = events };

	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
}

static void test_both_ways(void **state)
{
	struct wire w;
	char got[8] = "";
	int other;

	(void)state;
	wire_init(&w);
	other = connect_wire(&w);
	wire_add_text(&w, "EH");
	wire_add(&w, "LO", 2);
	check_int("queued", (long long)w.queued, 4);
	assert_int_equal(wire_flush(&w), 1);
	check_int("written", (long long)w.written, 4);
	assert_int_equal(read(other, got, sizeof(got) - 1), 4);
	check_str("sent", got, "EHLO");

	assert_int_equal(wire_fill(&w), 0);
	assert_int_equal(write(other, "250 ok", 6), 6);
	await(&w, POLLIN);
	assert_int_equal(wire_fill(&w), 1);
	check_int("came", (long long)(w.in.len - w.in.at), 6);
	wire_take(&w, 4);
	assert_memory_equal(w.in.bytes + w.in.at, "ok", 2);
	close(other);
	await(&w, POLLIN);
	assert_int_equal(wire_fill(&w), -1);
	wire_free(&w);
	check_int("closed", w.fd, -1);
}

/* Who does not read is waited for, and nothing is lost. */
static void test_full(void **state)
{
	static char bytes[64 * 1024];
	struct wire w;
	long long got = 0;
	ssize_t n;
	int other;

	(void)state;
	wire_init(&w);
	other = connect_wire(&w);
	for (size_t i = 0; i < MANY; i += sizeof(bytes))
		wire_add(&w, bytes, sizeof(bytes));
	assert_int_equal(wire_flush(&w), 0);
	assert_true((wire_events(&w) & POLLOUT) != 0);
	while (got < MANY) {
		assert_true(wire_flush(&w) >= 0);
		n = read(other, bytes, sizeof(bytes));
		assert_true(n > 0);
		got += n;
	}
	check_int("all", got, MANY);
	assert_int_equal(wire_flush(&w), 1);
	close(other);
	wire_free(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
