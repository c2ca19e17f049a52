#include "web/mould.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"

enum {
	KEPT = 128,	 /* pages */
	PLACES_MAX = 32, /* marks in one page */
	SECRET_LEN = 12, /* bytes: no text from outside can be a mark */
	MARK_LEN = 2 * SECRET_LEN + 1,
};

/* A mark: where it stood in the page, and whose place it is. */
struct place {
	size_t at, slot;
};

struct mould {
	char *key, *text;
	size_t len, count;
	struct place places[PLACES_MAX];
};

static struct mould moulds[KEPT];
static size_t next_mould;
static char marks[MOULD_SLOTS][MARK_LEN + 1];

/* A mark is hex and the figure of its slot: no escaping changes it. */
const char *mould_mark(size_t slot)
{
	unsigned char secret[SECRET_LEN];
	static const char digits[] = "0123456789abcdef";

	if (marks[0][0] == '\0') {
		bytes_random(secret, sizeof(secret));
		for (size_t s = 0; s < MOULD_SLOTS; s++) {
			for (size_t i = 0; i < SECRET_LEN; i++) {
				marks[s][2 * i] = digits[secret[i] >> 4];
				marks[s][2 * i + 1] = digits[secret[i] & 15];
			}
			marks[s][MARK_LEN - 1] = digits[s];
		}
	}
	return marks[slot];
}

static struct mould *find(const char *key)
{
	for (size_t i = 0; i < KEPT; i++)
		if (moulds[i].key != NULL && strcmp(moulds[i].key, key) == 0)
			return &moulds[i];
	return NULL;
}

static void *copy(const void *bytes, size_t len)
{
	void *p = malloc(len + 1);

	if (p == NULL)
		log_fatal("out of memory");
	memcpy(p, bytes, len);
	((char *)p)[len] = '\0';
	return p;
}

void mould_keep(const char *key, const char *text, size_t len)
{
	struct mould *m = find(key);
	const char *p = text, *end = text + len;

	if (m == NULL)
		m = &moulds[next_mould++ % KEPT];
	free(m->key);
	free(m->text);
	*m = (struct mould){ .key = NULL };
	while ((p = memmem(p, (size_t)(end - p), mould_mark(0),
			   MARK_LEN - 1)) != NULL) {
		if (m->count == PLACES_MAX)
			return;
		m->places[m->count].at = (size_t)(p - text);
		m->places[m->count++].slot = (size_t)(p[MARK_LEN - 1] - '0');
		p += MARK_LEN;
	}
	m->key = copy(key, strlen(key));
	m->text = copy(text, len);
	m->len = len;
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void add_escaped(struct str *page, const char *value)
{
	while (value != NULL && *value != '\0') {
		size_t plain = strcspn(value, "&<>\"'");

		str_add_len(page, value, plain);
		value += plain;
		if (*value != '\0')
			str_add(page, entity(*value++));
	}
}

const char *mould_fill(struct arena *a, const char *key,
		       const char *const values[MOULD_SLOTS], size_t *len)
{
	const struct mould *m = find(key);
	struct str page = { .arena = a };
	size_t from = 0;

	if (m == NULL)
		return NULL;
	for (size_t i = 0; i < m->count; i++) {
		str_add_len(&page, m->text + from, m->places[i].at - from);
		add_escaped(&page, values[m->places[i].slot]);
		from = m->places[i].at + MARK_LEN;
	}
	str_add_len(&page, m->text + from, m->len - from);
	*len = page.len;
	return str_text(&page);
}
