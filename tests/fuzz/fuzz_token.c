/* token_parse and token_parse_local: nothing from outside is valid, and
 * nothing makes them read or write astray. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct token_keys *made_keys(void)
{
	static const char line[] =
		"1 a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7"
		"d8e9f\n";
	char path[] = "/tmp/anpi-fuzz-XXXXXX";
	const struct token_keys *keys;
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, line, strlen(line)) < 0)
		abort();
	close(fd);
	keys = token_keys_load(path);
	unlink(path);
	return keys;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct token_keys *keys;
	struct token t;
	char *text = malloc(len + 1);

	if (keys == NULL)
		keys = made_keys();
	memcpy(text, bytes, len);
	text[len] = '\0';
	for (int kind = TOKEN_ANSWER; kind <= TOKEN_REPLY; kind++)
		if (token_parse(keys, text, (enum token_kind)kind, &t) != 0 ||
		    token_parse_local(keys, text, (enum token_kind)kind, &t) !=
			    0)
			abort();
	free(text);
	return 0;
}
