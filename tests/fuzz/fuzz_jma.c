/*
 * The frame of telegrams (jma_telegram_parse), and the small formats beside it:
 * types in addresses of the feed, full-width text.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/charset.h"
#include "feed/jma.h"
#include "form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { TYPE_LEN = 6, SERIAL_MOST = 99999 };

#define FRAME(time, type)                                                      \
	"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"           \
	"<Title>~</Title><DateTime>" time "</DateTime><Status>~</Status>"      \
	"<PublishingOffice>~</PublishingOffice></Control><Head>"               \
	"<Title>~</Title><ReportDateTime>~</ReportDateTime>"                   \
	"<TargetDateTime>~</TargetDateTime><ValidDateTime>~</ValidDateTime>"   \
	"<EventID>~</EventID><InfoType>" type "</InfoType><Serial>~</Serial>"  \
	"<Headline><Text>~</Text></Headline></Head>"                           \
	"<Body><Text>~</Text></Body>"                                          \
	"</Report>"

static const char *const forms[] = {
	FRAME("2026-01-15T01:20:21Z", "~"),
	FRAME("2026-01-15T01:20:21Z", "取消"),
	FRAME("~", "発表"),
};

/* "" or "VXSE53", "VXKOii". */
static void check_type(const char *type)
{
	assert(*type == '\0' || strlen(type) == TYPE_LEN);
	for (size_t i = 0; type[i] != '\0'; i++)
		assert(i < 4 ? type[i] >= 'A' && type[i] <= 'Z'
			     : strchr("0123456789i", type[i]) != NULL);
}

static void check_texts(const struct jma_telegram *t)
{
	const char *const texts[] = {
		t->type,   t->title,	t->head_title,	t->event_key,
		t->office, t->headline, t->cancel_text,
	};

	for (size_t i = 0; i < LEN(texts); i++) {
		size_t len = strlen(texts[i]);

		assert(charset_is_utf8(texts[i], len));
		/* Trimmed, of the full-width blank too. */
		assert(len == 0 || strchr(" \t\r\n", texts[i][0]) == NULL);
		assert(!str_begins(texts[i], "　"));
		assert(len == 0 ||
		       strchr(" \t\r\n", texts[i][len - 1]) == NULL);
	}
}

static void check_frame(const struct jma_telegram *t)
{
	check_type(t->type);
	check_texts(t);
	assert(*t->title != '\0' && strlen(t->event_key) <= JMA_KEY_MAX);
	assert(t->serial >= 0 && t->serial <= SERIAL_MOST);
	assert(t->published_at > 0 && t->reported_at >= 0);
	assert(t->target_at >= 0 && t->valid_until >= 0);
	assert(t->info_type == JMA_CANCELLED || *t->cancel_text == '\0');
	assert(*jma_status_show(t->status) != '\0');
	assert(*jma_info_type_show(t->info_type) != '\0');
}

/* Plain text is its own plain text, and never longer. */
static void check_plain(struct arena *a, const char *text)
{
	const char *plain = jma_plain(a, text);

	assert(strlen(plain) <= strlen(text));
	assert(strcmp(jma_plain(a, plain), plain) == 0);
	if (charset_is_utf8(text, strlen(text)))
		assert(charset_is_utf8(plain, strlen(plain)));
}

static void check_document(struct arena *a, const char *text, size_t len)
{
	struct str s = { .arena = a };
	struct jma_telegram telegram;
	const char *why = NULL;

	if (*text == '<')
		str_add_len(&s, text, len);
	else
		form_fill(&s, text, forms, LEN(forms));
	if (jma_telegram_parse(a, str_text(&s), s.len, &telegram, &why) == 0)
		check_frame(&telegram);
	else
		assert(why != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	char *text = strndup((const char *)bytes, len);

	if (a == NULL)
		a = arena_new();
	/* Not in the arena, so that ASan sees what is read around it. */
	check_type(jma_type_of_address(a, text));
	check_type(jma_type(text));
	check_plain(a, text);
	check_document(a, text, strlen(text));
	free(text);
	arena_reset(a);
	return 0;
}
