#include "base/bytes.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum {
	BASE32_BITS = 5,
	BYTE_BITS = 8,
	BASE64_FORM = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
};

static const char base32_digits[] = "abcdefghijklmnopqrstuvwxyz234567";

void bytes_random(void *out, size_t len)
{
	if (sodium_init() < 0)
		log_fatal("no source of random bytes");
	randombytes_buf(out, len);
}

char *bytes_to_hex(struct arena *a, const void *bytes, size_t len)
{
	char *text = arena_alloc(a, 2 * len + 1);

	return sodium_bin2hex(text, 2 * len + 1, bytes, len);
}

bool bytes_from_hex(const char *text, void *out, size_t len)
{
	size_t got;

	return strlen(text) == 2 * len &&
	       sodium_hex2bin(out, len, text, 2 * len, NULL, &got, NULL) == 0 &&
	       got == len;
}

char *bytes_to_base64url(struct arena *a, const void *bytes, size_t len)
{
	size_t cap = sodium_base64_encoded_len(len, BASE64_FORM);

	return sodium_bin2base64(arena_alloc(a, cap), cap, bytes, len,
				 BASE64_FORM);
}

bool bytes_from_base64url(const char *text, void *out, size_t len)
{
	size_t got;

	return strlen(text) + 1 ==
		       sodium_base64_encoded_len(len, BASE64_FORM) &&
	       sodium_base642bin(out, len, text, strlen(text), NULL, &got, NULL,
				 BASE64_FORM) == 0 &&
	       got == len;
}

static size_t base32_len(size_t len)
{
	return (len * BYTE_BITS + BASE32_BITS - 1) / BASE32_BITS;
}

char *bytes_to_base32(struct arena *a, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;
	char *text = arena_alloc(a, base32_len(len) + 1), *out = text;
	unsigned waiting = 0, bits = 0;

	for (size_t i = 0; i < len; i++) {
		waiting = waiting << BYTE_BITS | in[i];
		for (bits += BYTE_BITS; bits >= BASE32_BITS;) {
			bits -= BASE32_BITS;
			*out++ = base32_digits[waiting >> bits & 31];
		}
		waiting &= (1U << bits) - 1;
	}
	if (bits > 0)
		*out = base32_digits[waiting << (BASE32_BITS - bits) & 31];
	return text;
}

static int base32_value(char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= '2' && c <= '7')
		return c - '2' + 26;
	return -1;
}

bool bytes_from_base32(const char *text, void *out, size_t len)
{
	unsigned char *to = out;
	unsigned waiting = 0, bits = 0;

	if (strlen(text) != base32_len(len))
		return false;
	for (; *text != '\0'; text++) {
		int value = base32_value(*text);

		if (value < 0)
			return false;
		waiting = waiting << BASE32_BITS | (unsigned)value;
		bits += BASE32_BITS;
		if (bits >= BYTE_BITS) {
			bits -= BYTE_BITS;
			*to++ = (unsigned char)(waiting >> bits);
			waiting &= (1U << bits) - 1;
		}
	}
	/* Bits left over are zero, or a second text would mean the same. */
	return waiting == 0;
}

void bytes_sha256(const void *bytes, size_t len, unsigned char out[SHA256_LEN])
{
	crypto_hash_sha256(out, bytes, len);
}
