#include "model/rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"

int rule_find(struct db *db, const char *kind, struct rule *out)
{
	static const char sql[] = "SELECT id, rank, purposes, subject, body"
				  "  FROM rule"
				  " WHERE kind = ? AND active"
				  "   AND action = 'prepare'"
				  " ORDER BY rank, id"
				  " LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_text(s, kind);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	out->id = db_int(s, 0);
	out->rank = (int)db_int(s, 1);
	out->purposes = db_text(s, 2);
	out->subject = db_text(s, 3);
	out->body = db_text(s, 4);
	return db_step(s) < 0 ? -1 : 1;
}

static const struct rule_value *find_value(const struct rule_value *values,
					   size_t count, const char *name,
					   size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(values[i].name) == len &&
		    strncmp(values[i].name, name, len) == 0)
			return &values[i];
	return NULL;
}

char *rule_fill(struct arena *a, const char *text,
		const struct rule_value *values, size_t count)
{
	struct str out = { .arena = a };

	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), len;
		const struct rule_value *value;

		str_add_len(&out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		len = strcspn(text + 1, "{}");
		value = text[len + 1] == '}'
				? find_value(values, count, text + 1, len)
				: NULL;
		if (value == NULL) {
			str_add_char(&out, *text++);
			continue;
		}
		str_add(&out, value->text);
		text += len + 2;
	}
	return arena_strdup(a, str_text(&out));
}
