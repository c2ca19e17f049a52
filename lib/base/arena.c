#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_LEN = 64 * 1024, /* bytes: an ordinary request fits in one */
	KEEP_BLOCKS = 4,       /* kept over a reset */
	FMT_BRIEF = 512,       /* formatted in one go up to this */
	ALIGN = 16,	       /* strictest alignment of x86-64 and arm64 */
};

struct block {
	struct block *next;
	size_t cap, used;
	_Alignas(ALIGN) unsigned char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	struct block *blocks; /* the one in use first */
	struct block *spare;  /* emptied by a reset */
	struct deferred *deferred;
	size_t used;
};

static void out_of_memory(void)
{
	fputs("fatal: out of memory\n", stderr);
	abort();
}

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (a == NULL)
		out_of_memory();
	return a;
}

static struct block *block_new(struct arena *a, size_t len)
{
	struct block *b = a->spare;
	size_t cap = len > BLOCK_LEN ? len : BLOCK_LEN;

	if (cap == BLOCK_LEN && b != NULL) {
		a->spare = b->next;
		b->used = 0;
	} else {
		if (cap > SIZE_MAX - sizeof(*b))
			out_of_memory();
		b = malloc(sizeof(*b) + cap);
		if (b == NULL)
			out_of_memory();
		b->cap = cap;
		b->used = 0;
	}
	b->next = a->blocks;
	a->blocks = b;
	return b;
}

void *arena_alloc(struct arena *a, size_t len)
{
	struct block *b = a->blocks;
	void *p;

	if (len > SIZE_MAX - ALIGN)
		out_of_memory();
	len = (len + ALIGN - 1) / ALIGN * ALIGN;
	if (b == NULL || b->cap - b->used < len)
		b = block_new(a, len);
	p = b->bytes + b->used;
	b->used += len;
	a->used += len;
	return memset(p, 0, len);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(a, count * size);
}

void *arena_memdup(struct arena *a, const void *p, size_t len)
{
	void *copy = arena_alloc(a, len);

	return len == 0 ? copy : memcpy(copy, p, len);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *copy = arena_alloc(a, len + 1);

	if (len != 0)
		memcpy(copy, s, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	char brief[FMT_BRIEF];
	va_list again;
	int len;
	char *s;

	va_copy(again, ap);
	len = vsnprintf(brief, sizeof(brief), fmt, ap);
	if (len < 0)
		out_of_memory();
	if (len < FMT_BRIEF) {
		s = arena_strndup(a, brief, (size_t)len);
	} else {
		s = arena_alloc(a, (size_t)len + 1);
		vsnprintf(s, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	return s;
}

char *arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = arena_vfmt(a, fmt, ap);
	va_end(ap);
	return s;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = arena_alloc(a, sizeof(*d));

	d->fn = fn;
	d->arg = arg;
	d->next = a->deferred;
	a->deferred = d;
}

void arena_reset(struct arena *a)
{
	size_t kept = 0;

	while (a->deferred != NULL) {
		struct deferred *d = a->deferred;

		a->deferred = d->next;
		d->fn(d->arg);
	}
	for (struct block *b = a->spare; b != NULL; b = b->next)
		kept++;
	while (a->blocks != NULL) {
		struct block *b = a->blocks;

		a->blocks = b->next;
		if (b->cap == BLOCK_LEN && kept < KEEP_BLOCKS) {
			b->next = a->spare;
			a->spare = b;
			kept++;
		} else {
			free(b);
		}
	}
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	while (a->spare != NULL) {
		struct block *b = a->spare;

		a->spare = b->next;
		free(b);
	}
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
