#ifndef WEB_SESSION_H
#define WEB_SESSION_H

/*
 * The session of a request: its cookie `__Host-anpi`.  Source: S3, V3.3, V7.
 */
#include "web/request.h"

/* Fills account, role, login, csrf and confined of the request, if its cookie
 * opens a session.  1 yes, 0 no, -1 on failure. */
int session_open(struct request *req);

/* Begins a session with a new id; one the request came with ends.  A confined
 * one opens the routes of GUARD_SIGNED_IN only.  In a transaction that may be
 * tried again: the answer has one cookie all the same.  0 or -1. */
int session_begin(struct request *req, int64_t account, bool confined);

/* Ends the session of the request, and its cookie.  0 or -1. */
int session_close(struct request *req);

#endif
