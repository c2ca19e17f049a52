#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

/*
 * A form with a file, multipart/form-data (RFC 7578), read as it comes: the
 * fields before the file, then the file's bytes, never the whole.  The file is
 * the last part of our forms; what comes after it is not read.  Source: V5.2.1,
 * DESIGN 6.
 */
#include <stddef.h>

struct arena;
struct param;
struct upload;

enum {
	UPLOAD_MAX = 32 * 1024 * 1024, /* bytes of a request; as nginx has it */
	UPLOAD_FIELDS_MAX = 50,
	UPLOAD_FIELD_LEN = 4096, /* bytes of a field that is no file */
};

/* Reads on in the body: how many bytes, 0 at its end. */
typedef size_t upload_source(void *arg, char *bytes, size_t len);

/* Begins with the value of Content-Type.  NULL (nothing logged) if it is not
 * multipart/form-data with a boundary. */
struct upload *upload_open(struct arena *a, const char *content_type,
			   upload_source *source, void *arg);

/* Reads the fields before the file.  1 and *out: the file is next; 0: there is
 * none; -1 (nothing logged) if it is not a form. */
int upload_fields(struct upload *u, struct param **out);

/* The name the browser gave the file, its folders left out; UTF-8, "" if none
 * or unreadable.  For people to see, never to open. */
const char *upload_name(const struct upload *u);

/* Reads on in the file: how many bytes, 0 at its end, -1 if the body ends
 * before the file does. */
long upload_read(struct upload *u, char *bytes, size_t len);

#endif
