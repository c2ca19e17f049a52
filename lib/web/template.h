#ifndef WEB_TEMPLATE_H
#define WEB_TEMPLATE_H

/*
 * Templates: parsed once a process, rendered often, every value escaped for
 * HTML.  Source: IPA 5-(i), V1.2, DESIGN 6.
 */
#include <stddef.h>

struct _hdf; /* of ClearSilver */

/* Renders a template of the folder Path.Templates with the values of hdf.
 * *text lives until the next call.  Returns 0, or -1 on failure. */
int template_render(const char *name, struct _hdf *hdf, const char **text,
		    size_t *len);

/*
 * Takes out of a template, in place, what only makes its source readable:
 * indentation, empty lines, and lines of tags that print nothing.  Done once,
 * when it is parsed, so that pages are small and cost less.
 */
void template_tidy(char *text);

#endif
