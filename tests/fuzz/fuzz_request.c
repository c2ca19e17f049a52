/* A request as nginx hands it on: path, query, cookies, what the phone says of
 * itself.  The input is one value a line. */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *const names[] = {
	"REQUEST_URI",	       "QUERY_STRING",	  "HTTP_COOKIE",
	"HTTP_ACCEPT_CHARSET", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE",
};

static const char *const patterns[] = {
	"/",
	"/events/{id}/telegrams/{name}",
	"/r/{token}",
	"/groups/{id}.csv",
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	char *env[LEN(names) + 1] = { NULL }, *text, *line;
	struct request req = { 0 };

	if (a == NULL)
		a = arena_new();
	text = arena_strndup(a, (const char *)bytes, len);
	for (size_t i = 0; i < LEN(names); i++) {
		line = strsep(&text, "\n");
		if (line == NULL)
			break;
		env[i] = arena_fmt(a, "%s=%s", names[i], line);
	}
	req.arena = a;
	req.env = env;
	request_open(&req);
	for (size_t i = 0; i < LEN(patterns); i++)
		request_match(&req, patterns[i]);
	request_cookie(&req, "__Host-anpi");
	request_parse(a, req.query, strlen(req.query), CHARSET_UTF8,
		      &req.params);
	arena_reset(a);
	return 0;
}
