/* journal_parse: a line that is not ours gives nothing, and one under a right
 * mac, whatever it says, a whole record or nothing. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mac.h"
#include "base/str.h"
#include "model/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct mac_keys *made_keys(void)
{
	static const char line[] =
		"1 a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7"
		"d8e9f\n";
	char path[] = "/tmp/anpi-fuzz-XXXXXX";
	const struct mac_keys *keys;
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, line, strlen(line)) < 0)
		abort();
	close(fd);
	keys = mac_keys_load(path, journal_purpose);
	unlink(path);
	return keys;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct mac_keys *keys;
	static struct arena *a;
	struct journal_record record;
	struct str line;
	size_t line_len;

	if (keys == NULL) {
		keys = made_keys();
		a = arena_new();
	}
	if (journal_parse(a, keys, (const char *)bytes, len, &record) == 0)
		abort();
	line = (struct str){ .arena = a };
	str_fmt(&line, "%s ", mac_make(a, keys, bytes, len));
	str_add_len(&line, bytes, len);
	/* What can be read can be written, and read again. */
	if (journal_parse(a, keys, str_text(&line), line.len, &record) == 0) {
		const char *again = journal_line(a, keys, &record, &line_len);

		if (again == NULL ||
		    journal_parse(a, keys, again, line_len - 1, &record) < 0)
			abort();
	}
	arena_reset(a);
	return 0;
}
