#ifndef KEY_FILE_H
#define KEY_FILE_H

/* Key files for tests: written, loaded, gone. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* 64 digits: a key nobody uses. */
#define KEY_ONE                                                                \
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_TWO                                                                \
	"202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"

/* Writes text to a new file and returns its name, good until the next call;
 * the caller unlinks it. */
static inline const char *key_file(const char *text, mode_t mode)
{
	static char path[32];
	int fd;

	snprintf(path, sizeof(path), "/tmp/anpi-key-XXXXXX");
	fd = mkstemp(path);
	if (fd < 0 || fchmod(fd, mode) != 0 ||
	    write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		fail_msg("no key file");
	close(fd);
	return path;
}

#endif
