#ifndef BASE_KEY_H
#define BASE_KEY_H

/*
 * Key files: text, a line "ID HEX64" for each key of 32 bytes, ID 1 to 255;
 * empty lines and lines that begin with '#' count nothing.  The highest id is
 * the one in use; older ones stay in the file for as long as something made
 * with them must be read.  Source: DESIGN 5, 9.
 */
#include <stddef.h>

enum {
	KEY_LEN = 32,  /* bytes */
	KEYS_MAX = 16, /* in one file */
};

struct key {
	unsigned char id;
	unsigned char bytes[KEY_LEN];
};

struct keys {
	size_t count;
	struct key list[KEYS_MAX]; /* highest id first */
};

enum key_use { KEY_SECRET, KEY_PUBLIC };

/* Zeroed memory for keys, which live as long as the process; free gives it back
 * where none were loaded.  Ends the process if there is none. */
void *key_room(size_t len);

/* Before a private key is read: the process leaves no core file from here on,
 * and no other of the same Unix user may look into it. */
void key_guard_process(void);

/*
 * Reads a file.  A secret one must not be open to others (mode & 0007), which
 * is refused.  Returns 0 with at least one key, -1 on failure.
 */
int keys_load(const char *path, enum key_use use, struct keys *out);

/* Writes a new file with one key, id 1: mode 0600 if secret, else 0644.  An
 * existing file is never overwritten.  Returns 0, or -1 on failure. */
int key_write(const char *path, enum key_use use,
	      const unsigned char bytes[KEY_LEN]);

/* Writes a new secret file with one key made by chance.  As key_write. */
int key_new(const char *path);

#endif
