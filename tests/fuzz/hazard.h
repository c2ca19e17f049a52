#ifndef FUZZ_HAZARD_H
#define FUZZ_HAZARD_H

/*
 * What the fuzz targets of readers of hazards share: how input becomes a
 * document, and what hazard.h promises of all of them.  Each target checks
 * besides what its reader promises.
 */
#include <stdint.h>

#include "feed/place.h"
#include "feed/reason.h"
#include "feed/xml.h"
#include "form.h"
#include "hazard_words.h"

enum { UNKNOWN_MOST = 500 }; /* bytes, for an operator to read */

/* A telegram of JMA; its Body is in the namespace that ends in uri. */
#define TELEGRAM(title, uri, information, body)                                \
	"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'>"                    \
	"<Control><Title>" title "</Title>"                                    \
	"<DateTime>2026-01-15T01:20:21Z</DateTime>"                            \
	"<Status>通常</Status></Control><Head><Title>~</Title>"              \
	"<TargetDateTime>~</TargetDateTime><ValidDateTime>~</ValidDateTime>"   \
	"<EventID>1~</EventID><InfoType>発表</InfoType>"                     \
	"<Headline><Text>~</Text>" information "</Headline></Head>"            \
	"<Body xmlns='http://xml.kishou.go.jp/jmaxml1/body/" uri "/'>" body    \
	"</Body></Report>"

struct fuzz {
	const char *types; /* of telegrams of JMA, by spaces; NULL: anything */
	const char *const *forms;
	size_t forms_len;
	void (*check)(const struct hazard *h);
};

/* As XML allows it. */
static void check_text(const char *text)
{
	assert(text != NULL && charset_is_utf8(text, strlen(text)));
	for (const char *p = text; *p != '\0'; p++)
		assert((unsigned char)*p >= ' ' || strchr("\t\r\n", *p));
}

static void check_prefectures(const char *codes)
{
	while (*codes != '\0') {
		const char code[] = { codes[0], codes[1], '\0' };

		assert(*place_prefecture_show(code) != '\0');
		codes += strlen(code);
		assert(*codes == '\0' || (*codes == ',' && codes[1] != '\0'));
		codes += *codes == ',';
	}
}

static void check_area(const struct hazard_area *p)
{
	const char *const texts[] = { p->code,	 p->table,  p->name,  p->level,
				      p->before, p->detail, p->timing };

	assert(p->rank >= 0 && p->rank <= HAZARD_RANK_MAX && p->at >= 0);
	for (size_t i = 0; i < LEN(texts); i++)
		check_text(texts[i]);
	check_prefectures(p->prefectures);
}

/* Level and rank of the whole are those of its highest area or above. */
static void check_areas(const struct hazard *h)
{
	const struct hazard_area *last = NULL;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_area(p);
		assert(p->rank <= h->rank);
		last = p;
	}
	assert(h->last == last);
}

static void check_telegram(const struct jma_telegram *t)
{
	const char *const texts[] = {
		t->type,   t->title,	t->head_title,	t->event_key,
		t->office, t->headline, t->cancel_text,
	};

	for (size_t i = 0; i < LEN(texts); i++)
		check_text(texts[i]);
	assert(t->published_at > 0 && strlen(t->event_key) <= JMA_KEY_MAX);
}

static void check_whole(const struct hazard *h)
{
	const char *const texts[] = {
		h->key,	 h->other_keys, h->title, h->headline,
		h->text, h->cause,	h->level, h->unknown,
	};

	for (size_t i = 0; i < LEN(texts); i++)
		check_text(texts[i]);
	assert(h->rank >= 0 && h->rank <= HAZARD_RANK_MAX);
	assert(h->occurred_at >= 0 && h->valid_until >= 0);
	assert(*h->key != '\0' && strlen(h->key) <= JMA_KEY_MAX);
	assert(strlen(h->unknown) <= UNKNOWN_MOST);
	assert(*hazard_kind_name(h->kind) != '\0');
}

/* What came out of a reader: 1 is a hazard, a refusal has its reason, which
 * people can read. */
static void check_read(struct arena *a, const struct fuzz *f, int rc,
		       const struct hazard *h, const char *why)
{
	assert(rc >= -1 && rc <= 1);
	if (rc < 0)
		assert(strcmp(reason_show(why), reason_show("?")) != 0);
	if (rc < 1)
		return;
	check_telegram(&h->telegram);
	check_whole(h);
	check_areas(h);
	if (h->telegram.info_type == JMA_CANCELLED)
		assert(h->areas == NULL && h->rank == 0 && !h->lifted);
	else
		f->check(h);
	check_words(a, h);
}

/* Telegrams of other types are for other targets. */
static int fuzz_read(struct arena *a, const struct fuzz *f,
		     const struct str *doc, struct hazard *out,
		     const char **why)
{
	struct jma_telegram telegram;
	const struct xml *root;

	if (f->types == NULL)
		return hazard_parse(a, str_text(doc), doc->len, out, why);
	root = jma_open(a, str_text(doc), doc->len, &telegram, why);
	if (root == NULL)
		return -1;
	if (strstr(f->types, telegram.type) == NULL)
		return 0;
	return hazard_read(a, root, &telegram, out, why);
}

/* Input that begins with "<" is a document; of other input a form makes one. */
static void fuzz_hazard(const struct fuzz *f, const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = "?", *text;
	struct hazard h;
	struct str s;
	int rc;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	text = arena_strndup(a, (const char *)bytes, len);
	if (*text == '<')
		str_add_len(&s, bytes, len);
	else
		form_fill(&s, text, f->forms, f->forms_len);
	rc = fuzz_read(a, f, &s, &h, &why);
	check_read(a, f, rc, &h, why);
	arena_reset(a);
}

#endif
