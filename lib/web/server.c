#include "web/server.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/log.h"

extern char **environ;

enum { LISTENS = 0 }; /* the file that a FastCGI program accepts on */

static volatile sig_atomic_t stopping;
static FCGX_Request request;

void server_stop(void)
{
	stopping = 1;
	FCGX_ShutdownPending();
}

static bool is_cgi(void)
{
	static int cgi = -1;

	if (cgi < 0)
		cgi = FCGX_IsCGI();
	return cgi != 0;
}

static void open_fastcgi(void)
{
	static bool opened;

	if (opened)
		return;
	opened = true;
	if (FCGX_Init() != 0 ||
	    FCGX_InitRequest(&request, LISTENS, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		log_fatal("FastCGI not usable");
}

/*
 * Accepts here and hands the connection to the library as one that it kept:
 * by itself it waits up to two seconds for the first byte before it reads,
 * one system call more for every request.
 */
static bool accept_fastcgi(void)
{
	int fd;

	open_fastcgi();
	while (!stopping) {
		fd = accept4(LISTENS, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0 && errno != EINTR && errno != ECONNABORTED) {
			log_error("no request accepted errno=%d", errno);
			return false;
		}
		if (fd < 0)
			continue;
		request.ipcFd = fd;
		request.keepConnection = 1;
		if (FCGX_Accept_r(&request) == 0)
			return true;
	}
	return false;
}

bool server_next(char ***env)
{
	static bool asked;

	if (is_cgi()) {
		*env = environ;
		return !asked && (asked = true);
	}
	if (!accept_fastcgi())
		return false;
	*env = request.envp;
	return true;
}

static int chunk(size_t len)
{
	return len > INT_MAX ? INT_MAX : (int)len;
}

size_t server_read(void *bytes, size_t len)
{
	size_t all = 0;

	if (is_cgi())
		return fread(bytes, 1, len, stdin);
	while (all < len) {
		int n = FCGX_GetStr((char *)bytes + all, chunk(len - all),
				    request.in);

		if (n <= 0)
			break;
		all += (size_t)n;
	}
	return all;
}

void server_write(const void *bytes, size_t len)
{
	const char *p = bytes;

	if (is_cgi()) {
		fwrite(bytes, 1, len, stdout);
		return;
	}
	while (len > 0) {
		int n = FCGX_PutStr(p, chunk(len), request.out);

		if (n <= 0)
			break;
		p += n;
		len -= (size_t)n;
	}
}

void server_finish(bool all_read)
{
	int fd = request.ipcFd;

	if (is_cgi()) {
		fflush(stdout);
		return;
	}
	if (!all_read) {
		FCGX_Finish_r(&request);
		return;
	}
	/* The library would shut the connection, wait for the peer to say the
	 * same and then close.  All there is to wait for is the record that
	 * ends the body, nearly always here already: a peer still sending it
	 * must not meet a closed door. */
	FCGX_FClose(request.err);
	FCGX_FClose(request.out);
	while (FCGX_GetChar(request.in) != EOF)
		;
	FCGX_Free(&request, 0);
	request.ipcFd = -1;
	close(fd);
}
