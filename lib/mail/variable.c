#include "mail/variable.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

enum { NAME_MAX_LEN = 60 }; /* bytes in braces; longer is just text */

static const char *const names[VARIABLES] = {
	[VARIABLE_NAME] = "{name}",
	[VARIABLE_CLOSES] = "{closes}",
	[VARIABLE_SITE] = "{site}",
};

/* The variable that begins at "{"; VARIABLES if none does. */
static enum variable find(const char *at)
{
	enum variable v = VARIABLE_NAME;

	while (v < VARIABLES && !str_begins(at, names[v]))
		v++;
	return v;
}

const char *variable_unknown(struct arena *a, const char *text, bool subject)
{
	for (const char *p = text; (p = strchr(p, '{')) != NULL; p++) {
		size_t len = strcspn(p + 1, "{}\n");
		enum variable v = find(p);

		if (p[1 + len] != '}' || len == 0 || len > NAME_MAX_LEN)
			continue;
		if (v == VARIABLES || (subject && v == VARIABLE_NAME))
			return arena_strndup(a, p, len + 2);
	}
	return NULL;
}

const char *variable_fill(struct arena *a, const char *text,
			  const char *const values[VARIABLES])
{
	struct str s = { .arena = a };

	if (strchr(text, '{') == NULL)
		return text;
	while (*text != '\0') {
		size_t plain = strcspn(text, "{");
		enum variable v;

		str_add_len(&s, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		v = find(text);
		if (v < VARIABLES && values[v] != NULL) {
			str_add(&s, values[v]);
			text += strlen(names[v]);
		} else {
			str_add_char(&s, *text++);
		}
	}
	return str_text(&s);
}

const char *variable_closes(struct arena *a, const char *lang, int64_t at)
{
	bool english = str_eq(lang, "en");

	if (at == 0)
		return english ? "not fixed" : "定めなし";
	return english ? arena_fmt(a, "%.10s %.5s (JST)", time_iso(a, at),
				   time_iso(a, at) + strlen("2024-01-01T"))
		       : time_show(a, at);
}
