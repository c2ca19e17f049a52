#ifndef FEED_ATOM_H
#define FEED_ATOM_H

/*
 * The Atom feed by which JMA announces telegrams.  Entries come as they stand
 * in the file; a telegram published later may stand below known ones, so all
 * are to be looked at.  The id is opaque.  Source: reference/feeds.md 1.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	ATOM_ENTRIES_MAX = 20000, /* the long feed of JMA has some thousands */
	ATOM_ID_MAX = 500,	  /* bytes of an id or an address */
};

struct atom_entry {
	struct atom_entry *next;
	const char *id;
	const char *href;  /* http:// or https:// */
	const char *title; /* "" if absent, as are those below */
	const char *author;
	const char *content; /* shortened words, not for decisions */
	int64_t updated_at;  /* 0 if unreadable */
};

struct atom {
	const char *title;
	int64_t updated_at; /* 0 if unreadable */
	struct atom_entry *entries;
	int count;
	int skipped; /* without id or address, or beyond ATOM_ENTRIES_MAX */
};

/*
 * Reads a feed.  Returns 0, or -1 after logging, with *why set to a constant
 * phrase.
 */
int atom_parse(struct arena *a, const char *buf, size_t len, struct atom *out,
	       const char **why);

#endif
