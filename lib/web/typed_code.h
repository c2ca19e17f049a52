#ifndef WEB_TYPED_CODE_H
#define WEB_TYPED_CODE_H

/*
 * A code of an app as people type it: with blanks, in full-width digits.
 */
struct request;

enum { TYPED_CODE_MAX = 20 }; /* characters of the field */

/* The value of a text field without blanks, in ASCII. */
const char *typed_code(struct request *req, const char *name);

#endif
