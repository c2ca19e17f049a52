#ifndef FEED_XML_H
#define FEED_XML_H

/*
 * Reads XML that comes from outside.  A document is refused if it is larger
 * than XML_BYTES_MAX, deeper than XML_DEPTH_MAX, has more elements than
 * XML_ELEMENTS_MAX, is not well-formed, has a DOCTYPE (so there are no entities
 * but the five of XML, and no external files), or is an HTML page, which is
 * what several servers send in place of an error.  Nothing is fetched, nothing
 * is validated.  Elements are found by local name: prefixes mean nothing, and
 * the reader of a format checks the namespace of its root with xml_is.
 * Source: reference/feeds.md 2, 13; S6.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	XML_BYTES_MAX = 10 * 1000 * 1000,
	XML_DEPTH_MAX = 64,	       /* telegrams reach 12 */
	XML_ELEMENTS_MAX = 500 * 1000, /* a nationwide telegram has 20,000 */
};

/* An element; the document is known by its root element. */
struct xml;

/*
 * Reads a document.  Returns its root element, which lives until the arena is
 * reset, or NULL with *why set to a constant phrase for the log and for people
 * ("not well-formed"); nothing is logged, the caller knows what it was.
 */
struct xml *xml_open(struct arena *a, const char *buf, size_t len,
		     const char **why);

/* True if the element has this local name, in this namespace. */
bool xml_is(const struct xml *e, const char *namespace_uri, const char *name);

/* The local name. */
const char *xml_name(const struct xml *e);

/* The first child element, and the next element beside e; NULL if none. */
struct xml *xml_first(const struct xml *e);
struct xml *xml_next(const struct xml *e);

/*
 * Goes down from e by local names, "Head/Headline/Text", taking the first
 * child of each name.  NULL if a step is not there or e is NULL.
 */
struct xml *xml_find(const struct xml *e, const char *path);

/*
 * The text directly in an element, without white space (the full-width space
 * too) at both ends; "" if it has none.  xml_text takes the element at path,
 * and gives "" too if there is no such element.
 */
const char *xml_own_text(const struct xml *e);
const char *xml_text(const struct xml *e, const char *path);

/* The ISO 8601 time at path; 0 if it is absent or unreadable. */
int64_t xml_time(const struct xml *e, const char *path);

/* An attribute by its local name, trimmed likewise; NULL if it is absent. */
const char *xml_attr(const struct xml *e, const char *name);

#endif
