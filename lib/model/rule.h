#ifndef MODEL_RULE_H
#define MODEL_RULE_H

/*
 * A rule says from which level on a kind of event prepares a safety check,
 * and with which text.  A rule only prepares: a person sends.
 * Source: D1k; DESIGN 8.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct rule {
	int64_t id;
	int rank;		    /* least intensity, 1 to 9, by prefecture */
	const char *purposes;	    /* "work,home": whose regions count */
	const char *subject, *body; /* with {title} and the like */
};

/* A variable of a text. */
struct rule_value {
	const char *name, *text;
};

/* Finds the rule that prepares a check for this kind of event ("quake"): of
 * several active ones the most watchful.  Returns 1 and fills *out, 0 if there
 * is none, -1 on failure. */
int rule_find(struct db *db, const char *kind, struct rule *out);

/* Puts values in place of {name}.  A name that is not among them stays as it
 * is written; values are not looked through again. */
char *rule_fill(struct arena *a, const char *text,
		const struct rule_value *values, size_t count);

#endif
