#ifndef FILE_H
#define FILE_H

/* Files of tests/data and of the folder of sample data beside the project. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"

/* The bytes of a file, or NULL if it cannot be opened. */
static inline const char *file_read(struct arena *a, const char *path,
				    size_t *len)
{
	struct str s = { .arena = a };
	char buf[64 * 1024];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return NULL;
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_add_len(&s, buf, n);
	fclose(f);
	*len = s.len;
	return str_text(&s);
}

/* A path in the folder of samples, which $ANPI_DATA names. */
static inline const char *file_sample(struct arena *a, const char *path)
{
	const char *root = getenv("ANPI_DATA");

	return arena_fmt(a, "%s/%s", root == NULL ? "../shared/data" : root,
			 path);
}

#endif
