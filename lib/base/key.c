#include "base/key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"

enum {
	FILE_MAX = 4096, /* bytes: KEYS_MAX lines and room for remarks */
	OPEN_TO_OTHERS = 0007,
	MODE_SECRET = 0600,
	MODE_PUBLIC = 0644,
	ID_MAX = 255,
	HEX_LEN = 2 * KEY_LEN,
};

/* Reads one line's key into its place, highest id first. */
static int add(struct keys *keys, char *line)
{
	char *hex = strchr(line, ' ');
	struct key key;
	long long id;
	size_t at = 0;

	if (hex == NULL)
		return -1;
	*hex++ = '\0';
	if (!str_to_int(line, 1, ID_MAX, &id) ||
	    !bytes_from_hex(hex, key.bytes, KEY_LEN) || keys->count == KEYS_MAX)
		return -1;
	key.id = (unsigned char)id;
	while (at < keys->count && keys->list[at].id > key.id)
		at++;
	if (at < keys->count && keys->list[at].id == key.id)
		return -1;
	memmove(&keys->list[at + 1], &keys->list[at],
		(keys->count - at) * sizeof(key));
	keys->list[at] = key;
	keys->count++;
	return 0;
}

static int parse(char *text, struct keys *keys)
{
	char *line;

	while ((line = strsep(&text, "\n")) != NULL) {
		if (*line == '\0' || *line == '#')
			continue;
		if (add(keys, line) < 0)
			return -1;
	}
	return keys->count > 0 ? 0 : -1;
}

static int slurp(const char *path, enum key_use use, char text[FILE_MAX])
{
	struct stat st;
	ssize_t len = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return log_error("key file not opened path=%s errno=%d", path,
				 errno);
	if (fstat(fd, &st) == 0 && use == KEY_SECRET &&
	    (st.st_mode & OPEN_TO_OTHERS) != 0) {
		close(fd);
		return log_error("key file open to others path=%s", path);
	}
	len = read(fd, text, FILE_MAX);
	close(fd);
	if (len < 0 || len == FILE_MAX)
		return log_error("key file not read path=%s", path);
	text[len] = '\0';
	return 0;
}

void *key_room(size_t len)
{
	void *p = calloc(1, len);

	if (p == NULL)
		log_fatal("out of memory");
	return p;
}

/* Not by the limit alone: the kernel ignores it where cores go to a program. */
void key_guard_process(void)
{
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0)
		log_fatal("core files not prevented errno=%d", errno);
}

int keys_load(const char *path, enum key_use use, struct keys *out)
{
	char text[FILE_MAX];
	int rc;

	memset(out, 0, sizeof(*out));
	if (sodium_init() < 0)
		return log_error("libsodium does not start");
	if (slurp(path, use, text) < 0)
		return -1;
	rc = parse(text, out);
	sodium_memzero(text, sizeof(text));
	if (rc < 0)
		return log_error("key file not understood path=%s", path);
	return 0;
}

int key_write(const char *path, enum key_use use,
	      const unsigned char bytes[KEY_LEN])
{
	char hex[HEX_LEN + 1], line[HEX_LEN + 8];
	mode_t mode = use == KEY_SECRET ? MODE_SECRET : MODE_PUBLIC;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	ssize_t len, written = -1;

	if (fd < 0)
		return log_error("key file not made path=%s errno=%d", path,
				 errno);
	sodium_bin2hex(hex, sizeof(hex), bytes, KEY_LEN);
	len = snprintf(line, sizeof(line), "1 %s\n", hex);
	/* The mode again, because the umask took part in open. */
	if (fchmod(fd, mode) == 0)
		written = write(fd, line, (size_t)len);
	if (written == len && fsync(fd) != 0)
		written = -1;
	close(fd);
	sodium_memzero(hex, sizeof(hex));
	sodium_memzero(line, sizeof(line));
	if (written != len)
		return log_error("key file not written path=%s", path);
	return 0;
}

int key_new(const char *path)
{
	unsigned char bytes[KEY_LEN];
	int rc;

	bytes_random(bytes, sizeof(bytes));
	rc = key_write(path, KEY_SECRET, bytes);
	sodium_memzero(bytes, sizeof(bytes));
	return rc;
}
