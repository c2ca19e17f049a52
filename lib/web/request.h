#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

/*
 * A request as a handler sees it.  Everything in it lives until the answer is
 * written.  What the browser sent as fields is read through web/form.h only,
 * by tables of declared fields.  Source: DESIGN 6, V1, V15.3.7.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/account.h"
#include "model/audit.h"

struct arena;
struct db;
struct form;
struct page;
struct upload;

enum charset { CHARSET_UTF8, CHARSET_SHIFT_JIS };

/* A field as it came.  text is valid UTF-8; bad says that the bytes were not,
 * and that what could not be read stands as "?". */
struct param {
	struct param *next;
	const char *name, *text;
	bool bad;
};

/* What goes back; filled by web/page.h. */
struct response {
	int status;
	const char *type;    /* Content-Type */
	const char *headers; /* further ones, each ending in CRLF, or NULL */
	const char *body;
	size_t len;
};

struct request {
	struct db *db; /* connects at the first statement */
	struct arena *arena;
	int64_t now;

	const char *method;  /* GET or POST */
	const char *path;    /* as asked for, without the query */
	const char *query;   /* as asked for, "" if none */
	const char *network; /* address of the peer */

	int64_t id;	   /* of {id} in the route */
	const char *token; /* of {token} */
	const char *name;  /* of {name} */

	int64_t account; /* who is logged in; 0 nobody */
	enum role role;
	const char *login, *account_name;
	const char *csrf; /* "" without a session */
	bool confined;	  /* the session opens GUARD_SIGNED_IN only */

	enum charset charset; /* that the page is to be in */
	const char *lang;     /* "ja" or "en", by what the browser asks for */

	struct upload *upload; /* the file of a route that takes one; NULL if
				  the form came without */

	/* Of web/: not for handlers. */
	char **env;
	bool read_all; /* nothing of the body is still to come */
	struct param *params;
	struct form *form;
	struct page *page;
	struct response response;
};

/* A variable of the gateway, such as "HTTP_ACCEPT"; "" if not set. */
const char *request_env(const struct request *req, const char *name);

/* A cookie; NULL if it was not sent, or sent twice. */
const char *request_cookie(const struct request *req, const char *name);

/* An audit line of who asks: fill in action, object, people, detail. */
struct audit request_audit(const struct request *req);

/* Matches a path with a pattern: literal text, {id} a number, {token} and
 * {name} text of A-Z a-z 0-9 - _.  True and req->id, token, name filled. */
bool request_match(struct request *req, const char *pattern);

/*
 * Reads application/x-www-form-urlencoded.  Returns 0 and *out, the fields in
 * their order; -1 (nothing logged) if it is not that, or has too many fields.
 */
int request_parse(struct arena *a, const char *bytes, size_t len,
		  enum charset charset, struct param **out);

/* Fills method, path, query, network, charset, lang from env. */
void request_open(struct request *req);

#endif
