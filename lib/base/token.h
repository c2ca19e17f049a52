#ifndef BASE_TOKEN_H
#define BASE_TOKEN_H

/*
 * The token of a link: proof without a lookup.  27 bytes,
 *
 *   key id (1)  kind (1)  broadcast (4)  user (4)  generation (1)  mac (16)
 *
 * numbers big endian, mac = the first half of HMAC-SHA256 over a fixed prefix
 * and the 11 bytes before it.  In a link it is base64url, 36 characters; in
 * the local part of a mail address base32, 44 characters of [a-z2-7], whose
 * case means nothing.  A forged token costs no database work.
 *
 * A good mac says that we made it, not that it still counts: the caller
 * compares the generation with the user's present one and asks whether the
 * broadcast is open.  A token is a secret of its owner: never log it.
 * Source: DESIGN 5; V9.
 */
#include <stdint.h>

struct arena;
struct token_keys;

/* The numbers stand in mails already sent: add at the end only. */
enum token_kind {
	TOKEN_ANSWER = 1,  /* /r/: answers one broadcast */
	TOKEN_SELF_REPORT, /* /s/: reports unasked; broadcast 0 */
	TOKEN_ADDRESS, /* /a/: confirms an address; broadcast = address id */
	TOKEN_MY_PAGE, /* /m/: own addresses and regions; broadcast = the second
			  since 1970 in which it ends */
	TOKEN_BOUNCE,  /* envelope sender; broadcast as its user decides */
	TOKEN_REPLY,   /* Reply-To of an answer by mail */
	TOKEN_NEW_ADDRESS, /* /a/: adds one; broadcast = new_address.id */
};

enum {
	TOKEN_TEXT_LEN = 36,  /* characters in a link */
	TOKEN_LOCAL_LEN = 44, /* characters in a local part */
};

struct token {
	enum token_kind kind;
	uint32_t broadcast, user;
	uint8_t generation;
};

/*
 * Loads the keys (base/key.h): the highest id signs, all verify.  Once per
 * process; they live as long as it does.  Returns NULL on failure.
 */
const struct token_keys *token_keys_load(const char *path);

/* Makes the text for a link. */
char *token_make(struct arena *a, const struct token_keys *keys,
		 enum token_kind kind, uint32_t broadcast, uint32_t user,
		 uint8_t generation);

/* Makes the text for a local part. */
char *token_make_local(struct arena *a, const struct token_keys *keys,
		       enum token_kind kind, uint32_t broadcast, uint32_t user,
		       uint8_t generation);

/*
 * Reads a text from outside.  Returns 1 and fills *out if we made it for this
 * kind; 0, with *out unchanged, if it is forged, garbled or of another kind.
 * Compares in constant time, allocates and logs nothing.
 */
int token_parse(const struct token_keys *keys, const char *text,
		enum token_kind kind, struct token *out);
int token_parse_local(const struct token_keys *keys, const char *text,
		      enum token_kind kind, struct token *out);

#endif
