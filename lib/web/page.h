#ifndef WEB_PAGE_H
#define WEB_PAGE_H

/*
 * What a handler shows: plain values, then the name of a template that decides
 * how they look.  Each function that ends a handler returns the HTTP status.
 * Strings are copied.  Source: DESIGN 6, IPA 5, V1.2.
 *
 * Every page has Site.name; every page of a session also has Account.login,
 * Account.name, Account.role, Page.csrf and Page.path.
 */
#include <stdint.h>
#include <stddef.h>

#include "web/request.h"

struct json_t;
struct row;

/* Sets a value; key is "Group.name".  NULL sets nothing. */
void page_set(struct request *req, const char *key, const char *value);
void page_set_int(struct request *req, const char *key, int64_t value);
/* Likewise with separators: 11,500. */
void page_set_count(struct request *req, const char *key, int64_t value);
/* Sets a value unless there is one: the stored one behind a refused one. */
void page_default(struct request *req, const char *key, const char *value);

/* Takes a value and all below it off again. */
void page_forget(struct request *req, const char *key);

/* Adds a row to a list, for `each:`; a row may hold lists too. */
struct row *page_row(struct request *req, const char *list);
struct row *row_row(struct row *row, const char *list);
void row_set(struct row *row, const char *key, const char *value);
void row_set_int(struct row *row, const char *key, int64_t value);
void row_set_count(struct row *row, const char *key, int64_t value);

/* Renders a template of the folder templates/, in UTF-8, or for those that
 * begin with "keitai/" in req->charset.  200, or 422 if the form had faults. */
int page_show(struct request *req, const char *name);

/* Likewise with a status of one's own. */
int page_show_status(struct request *req, int status, const char *name);

/*
 * A page that is the same for many but for a few values (web/mould.h).
 * page_fill shows the one kept under a key with these values: 200, or 0 if
 * none is kept.  Then the handler sets mould_mark(n) for each value, and all
 * else the page needs, and page_show_mould renders, keeps and fills it.  In
 * UTF-8 only.
 */
int page_fill(struct request *req, const char *key, const char *const values[]);
int page_show_mould(struct request *req, const char *name, const char *key,
		    const char *const values[]);

/* 303 to a path of ours: "/groups" and 12 make /groups/12; id 0 adds none. */
int page_redirect(struct request *req, const char *path, int64_t id);

/* A JSON document; takes the reference.  Or its text, as it is. */
int page_json(struct request *req, struct json_t *json);
int page_json_text(struct request *req, const char *text);

/* A file to save: bytes of a type, under a name of plain ASCII.  The bytes
 * live in the arena. */
int page_file(struct request *req, const char *type, const char *filename,
	      const void *bytes, size_t len);

/* A text for programs, as it is; it lives in the arena. */
int page_text(struct request *req, int status, const char *type,
	      const char *text);

/* Adds a header to the response; value must hold no line end. */
void page_header(struct request *req, const char *name, const char *value);

#endif
