#include "model/outcome.h"

#include <string.h>

#include "base/str.h"
#include "model/message.h"

static const char *const states[] = {
	[MESSAGE_HANDED] = "handed",
	[MESSAGE_REFUSED] = "refused",
	[MESSAGE_LATER] = "queued",
	[MESSAGE_CANCELLED] = "cancelled",
};

/* Words of a relay as a JSON text: printable ASCII, the rest as "?". */
static void add_status(struct str *s, const char *status)
{
	size_t len = status == NULL ? 0 : strlen(status);

	if (len > MESSAGE_STATUS_MAX)
		len = MESSAGE_STATUS_MAX;
	str_add_char(s, '"');
	for (size_t i = 0; i < len; i++) {
		char c = status[i];

		if (c == '"' || c == '\\')
			str_add_char(s, '\\');
		str_add_char(s, c < ' ' || c > '~' ? '?' : c);
	}
	str_add_char(s, '"');
}

const char *outcomes_json(struct arena *a, const struct message *list)
{
	struct str s = { .arena = a };

	for (const struct message *m = list; m != NULL; m = m->next) {
		enum message_result result = m->result;

		if (result == MESSAGE_LATER &&
		    m->attempts >= MESSAGE_ATTEMPTS_MAX)
			result = MESSAGE_REFUSED;
		str_fmt(&s, "%c[%lld,%d,\"%s\",%d,", m == list ? '[' : ',',
			(long long)m->id, m->attempts, states[result],
			m->later_s);
		add_status(&s, m->status);
		str_add_char(&s, ']');
	}
	str_add_char(&s, ']');
	return str_text(&s);
}
