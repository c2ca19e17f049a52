#include "base/csv.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/str.h"

static const char mark[] = "\xEF\xBB\xBF";

/* What makes a spreadsheet read a cell as a formula; full-width forms count,
 * since Japanese versions fold them. */
static const char *const formula_starts[] = { "=",  "+",  "-",	"@",
					      "\t", "\r", "\n", "＝",
					      "＋", "－", "＠" };

void csv_open(struct str *s)
{
	str_add(s, mark);
}

static void separate(struct str *s)
{
	if (s->len > sizeof(mark) - 1 && s->s[s->len - 1] != '\n')
		str_add_char(s, ',');
}

void csv_text(struct str *s, const char *text)
{
	separate(s);
	str_add_char(s, '"');
	for (size_t i = 0; i < LEN(formula_starts); i++)
		if (str_begins(text, formula_starts[i]))
			str_add_char(s, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(s, '"');
		str_add_char(s, *text);
	}
	str_add_char(s, '"');
}

void csv_int(struct str *s, int64_t value)
{
	separate(s);
	str_fmt(s, "%" PRId64, value);
}

void csv_line(struct str *s)
{
	str_add(s, "\r\n");
}
