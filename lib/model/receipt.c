#include "model/receipt.h"

#include <string.h>

#include "base/arena.h"
#include "base/mac.h"
#include "base/str.h"

/* Needs no escaping in a query, and stands in none of the parts. */
static const char separator = '~';

const char receipt_purpose[] = "receipt";

/* What is signed: the link is in it, so that a receipt fits no other. */
static const char *signed_text(struct arena *a, const char *token,
			       const char *body)
{
	return arena_fmt(a, "%s%c%s", token, separator, body);
}

char *receipt_make(struct arena *a, const struct mac_keys *keys,
		   const char *token, int64_t at, const char *items)
{
	const char *body =
		arena_fmt(a, "%lld%c%s", (long long)at, separator, items);
	const char *whole = signed_text(a, token, body);

	return arena_fmt(a, "%s%c%s", body, separator,
			 mac_make(a, keys, whole, strlen(whole)));
}

bool receipt_parse(struct arena *a, const struct mac_keys *keys,
		   const char *token, const char *text, int64_t *at,
		   const char **items)
{
	const char *mac = strrchr(text, separator);
	char *body, *middle;
	const char *whole;
	long long when;

	if (mac == NULL)
		return false;
	body = arena_strndup(a, text, (size_t)(mac - text));
	whole = signed_text(a, token, body);
	if (!mac_is_ours(keys, mac + 1, strlen(mac + 1), whole, strlen(whole)))
		return false;
	middle = strchr(body, separator);
	if (middle == NULL)
		return false;
	*middle = '\0';
	if (!str_to_int(body, 1, INT64_MAX, &when))
		return false;
	*at = when;
	*items = middle + 1;
	return true;
}
