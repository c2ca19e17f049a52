#ifndef BASE_TOTP_H
#define BASE_TOTP_H

/*
 * Codes of six digits that an app shows for 30 seconds each (RFC 6238, by
 * liboath).  A secret is 20 bytes, written in base32.  HMAC-SHA-1, as the RFC
 * has it: the apps on people's phones know no other, and no collision helps
 * against an HMAC.  Source: S3, V6.5.
 */
#include <stdint.h>

struct arena;

enum {
	TOTP_CODE_LEN = 6, /* digits */
	TOTP_STEP_S = 30,
};

/* A new secret, made by chance. */
char *totp_new(struct arena *a);

/* A secret as people type it: capitals, in groups of four. */
const char *totp_show(struct arena *a, const char *secret);

/* A secret as an app reads it from a QR code, named for the site and the
 * login. */
const char *totp_uri(struct arena *a, const char *secret, const char *site,
		     const char *login);

/*
 * Returns the step of a code (1 and more) if it is the code of the secret for
 * now or for the step before or after, as clocks differ, and its step is later
 * than `used`, the one of the last code taken; 0 if it is not, -1 on failure.
 */
int64_t totp_check(const char *secret, const char *code, int64_t now,
		   int64_t used);

#endif
