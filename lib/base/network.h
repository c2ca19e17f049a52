#ifndef BASE_NETWORK_H
#define BASE_NETWORK_H

/*
 * What counts as one network when tries are counted: an IPv4 address, or the
 * /64 of an IPv6 address, which is what one customer of a provider has.
 * Source: S3.
 */
#include <stddef.h>

enum { NETWORK_LEN = 16 }; /* bytes, at most */

/* Writes the bytes of an address, returns their number.  What is no address,
 * as on the command line, is one network of its own. */
size_t network_bytes(const char *text, unsigned char out[NETWORK_LEN]);

#endif
