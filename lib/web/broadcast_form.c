#include "web/broadcast_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "web/page.h"

static const struct field whom_fields[] = { BROADCAST_FORM_WHOM };
static const struct field again_fields[] = { BROADCAST_FORM_AGAIN };

/* A time by the clock would be another one than the hours of the template. */
static const struct field closes_fields[] = {
	BROADCAST_FORM_CLOSES,
	{ "closes_at", FIELD_TIME, 0, 1 },
};

void broadcast_form_set(struct request *req)
{
	static const struct {
		const char *minutes, *text;
	} gaps[] = {
		{ "15", "15分" },   { "30", "30分" },	{ "60", "1時間" },
		{ "120", "2時間" }, { "360", "6時間" }, { "720", "12時間" },
		{ "1440", "1日" },
	};

	for (size_t i = 0; i < LEN(gaps); i++) {
		struct row *row = page_row(req, "Gaps");

		row_set(row, "value", gaps[i].minutes);
		row_set(row, "text", gaps[i].text);
	}
}

static bool is_filled(const struct param *list, const char *name)
{
	for (; list != NULL; list = list->next)
		if (str_eq(list->name, name) && *list->text != '\0')
			return true;
	return false;
}

struct broadcast_form_parts broadcast_form_parts(struct arena *a,
						 const char *kept)
{
	struct broadcast_form_parts parts = { .whom = false };
	struct param *list;

	if (request_parse(a, kept, strlen(kept), CHARSET_UTF8, &list) < 0)
		return parts;
	for (size_t i = 0; i < LEN(whom_fields); i++)
		parts.whom |= is_filled(list, whom_fields[i].name);
	parts.closes = is_filled(list, "closes_hours");
	/* 0 says that nobody is asked again; what is blank says nothing. */
	parts.again = is_filled(list, "again_times");
	return parts;
}

void broadcast_form_fill(struct request *req, const char *kept)
{
	struct broadcast_form_parts parts =
		broadcast_form_parts(req->arena, kept);

	if (parts.whom)
		form_fill(req, kept, whom_fields, LEN(whom_fields));
	if (parts.closes)
		form_fill(req, kept, closes_fields, LEN(closes_fields));
	if (parts.again)
		form_fill(req, kept, again_fields, LEN(again_fields));
}
