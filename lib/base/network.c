#include "base/network.h"

#include <arpa/inet.h>

enum { NETWORK_V6_LEN = 8 }; /* bytes that count */

size_t network_bytes(const char *text, unsigned char out[NETWORK_LEN])
{
	if (inet_pton(AF_INET, text, out) == 1)
		return sizeof(struct in_addr);
	if (inet_pton(AF_INET6, text, out) == 1)
		return NETWORK_V6_LEN;
	out[0] = 0;
	return 1;
}
