/* snapshot_parse: bytes of a file that is not ours give nothing, and those
 * under a right mac, whatever they say, a whole snapshot or nothing. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mac.h"
#include "base/str.h"
#include "model/snapshot.h"

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
	keys = mac_keys_load(path, snapshot_purpose);
	unlink(path);
	return keys;
}

static size_t walk(const struct snapshot *s)
{
	size_t sum = strlen(s->subject) + strlen(s->body) + strlen(s->why) +
		     strlen(s->event);

	for (struct snapshot_question *q = s->questions; q != NULL;
	     q = q->next) {
		sum += strlen(q->text) + strlen(q->text_en);
		for (struct snapshot_choice *c = q->choices; c != NULL;
		     c = c->next)
			sum += strlen(c->text) + strlen(c->text_en) +
			       strlen(c->mark);
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct mac_keys *keys;
	static struct arena *a;
	struct snapshot *s;
	struct str file;

	if (keys == NULL) {
		keys = made_keys();
		a = arena_new();
	}
	if (snapshot_parse(a, keys, (const char *)bytes, len) != NULL)
		abort();
	file = (struct str){ .arena = a };
	str_add(&file, mac_make(a, keys, bytes, len));
	str_add_char(&file, '\n');
	str_add_len(&file, bytes, len);
	s = snapshot_parse(a, keys, str_text(&file), file.len);
	if (s != NULL && walk(s) > len * 8)
		abort();
	arena_reset(a);
	return 0;
}
