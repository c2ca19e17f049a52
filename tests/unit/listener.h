#ifndef LISTENER_H
#define LISTENER_H

/* A socket that listens on a free port of the loopback, for tests that are a
 * server themselves. */
#include <arpa/inet.h>
#include <sys/socket.h>

#include "test.h"

/* Returns the socket; *at gets its address. */
static inline int listener_open(struct sockaddr_in *at)
{
	enum { BACKLOG = 16 };
	socklen_t len = sizeof(*at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(bind(fd, (struct sockaddr *)at, len), 0);
	assert_int_equal(listen(fd, BACKLOG), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, &len), 0);
	return fd;
}

#endif
