#include "web/typed_code.h"

#include "base/charset.h"
#include "base/str.h"
#include "web/form.h"

const char *typed_code(struct request *req, const char *name)
{
	const char *text = charset_narrow(req->arena, form_text(req, name));
	struct str s = { .arena = req->arena };

	for (; *text != '\0'; text++)
		if (*text != ' ')
			str_add_char(&s, *text);
	return str_text(&s);
}
