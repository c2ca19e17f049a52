#ifndef WEB_SERVER_H
#define WEB_SERVER_H

/*
 * The requests that the web server hands over, one at a time: by FastCGI, or
 * a single one as plain CGI (environment, standard input and output), so that
 * the shipped program is the one that tests run.  Source: DESIGN 6, FastCGI
 * specification 1.0.
 */
#include <stdbool.h>
#include <stddef.h>

/* Waits for the next request; *env gets what it says of itself, good until
 * server_finish.  False when there are no more, or after server_stop. */
bool server_next(char ***env);

/* Reads up to len bytes of the body; less only at its end. */
size_t server_read(void *bytes, size_t len);

void server_write(const void *bytes, size_t len);

/* Sends what was written and ends the request.  all_read: the whole body was
 * read, so that nothing is on its way to us any more. */
void server_finish(bool all_read);

/* For a signal handler: server_next returns false when it is next looked at,
 * which another signal makes sure of. */
void server_stop(void);

#endif
