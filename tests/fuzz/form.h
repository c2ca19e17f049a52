#ifndef FUZZ_FORM_H
#define FUZZ_FORM_H

/*
 * Documents made of input, so that a reader is reached without the luck of
 * guessing XML.  A form is a document with a "~" wherever something may stand;
 * of input that is parted at line ends the first line chooses the form, the
 * others become, in turn, what stands there.
 */
#include <string.h>

#include "base/str.h"

static void form_escape(struct str *s, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (strchr("<&>'", text[i]) != NULL)
			str_fmt(s, "&#%d;", text[i]);
		else
			str_add_char(s, text[i]);
	}
}

static void form_fill(struct str *s, const char *text, const char *const *forms,
		      size_t forms_len)
{
	const char *form = forms[(unsigned char)*text % forms_len];

	for (; *form != '\0'; form++) {
		size_t n = strcspn(text, "\n");

		if (*form != '~') {
			str_add_char(s, *form);
			continue;
		}
		text += n + (text[n] != '\0');
		form_escape(s, text, strcspn(text, "\n"));
	}
}

#endif
