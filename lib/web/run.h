#ifndef WEB_RUN_H
#define WEB_RUN_H

/*
 * The whole main of a screen.  Reads the settings, then answers requests
 * (FastCGI, or one as plain CGI) until SIGTERM: finds the route, asks the
 * guard, checks POSTs against forgery, calls the handler, writes its page.
 * Source: DESIGN 6, IPA 4, 6, 11.
 */
#include <stddef.h>

#include "web/request.h"

/* Who may come in. */
enum guard {
	GUARD_ANYONE,	 /* no session; a POST must come from our own page */
	GUARD_LINK,	 /* the token is the secret: no cookie, no CSRF check */
	GUARD_SIGNED_IN, /* the own account: also who must first set up a second
			    factor */
	GUARD_GROUP_ADMIN, /* group admin, system admin */
	GUARD_SYSTEM_ADMIN,
	GUARD_OVERSEAS_ADMIN, /* overseas admin, system admin */
	GUARD_OPERATOR,	      /* operator, system admin */
	GUARD_AUDITOR,	      /* auditor, system admin */
	GUARD_VIEWER,	      /* whoever may see counts: all but auditors */
	GUARD_STATUS,	      /* system admin, operator, auditor */
	GUARD_LOCAL, /* a program of this machine, by loopback; no session */
};

/*
 * Answers a request; returns the HTTP status, which page_show and its like
 * give.  A status of 400 and more without a page gets the usual error page.
 */
typedef int handler_fn(struct request *req);

/* A table of them ends with { 0 }. */
struct route {
	const char *method; /* "GET" (serves HEAD too) or "POST" */
	const char *path;   /* pattern, see request_match: "/groups/{id}.csv" */
	enum guard guard;
	handler_fn *handler;
};

/* What few screens need. */
struct web_options {
	size_t body_max;     /* bytes of a POST; 0: 64 KB */
	void (*start)(void); /* once, after the settings are read */
	const char *upload;  /* the path whose POST is a form with a file: its
				fields are read, and the handler reads the file
				from req->upload (web/upload.h) */
	size_t upload_max;   /* bytes of that POST; 0: UPLOAD_MAX */
};

/* Ends this process after the answer; another takes its place.  For one that
 * has read what should not stay in memory. */
void web_end(void);

int web_run(const struct route *routes);
int web_run_with(const struct route *routes, const struct web_options *options);

#endif
