/*
 * hazard_parse: which reader takes what, by root, namespace and title, and what
 * holds of a telegram that none takes or that cancels.
 */
#include "feed/jalert.h"
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define REPORT(title, type)                                                    \
	"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"           \
	"<Title>" title                                                        \
	"</Title><DateTime>2026-01-15T01:20:21Z</DateTime><Status>~"           \
	"</Status></Control><Head><Title>~</Title><EventID>~</EventID>"        \
	"<InfoType>" type "</InfoType><Headline><Text>~</Text></Headline>"     \
	"</Head><Body xmlns='~'><TargetArea><Code>~</Code></TargetArea><Text>" \
	"~</Text><Warning type='~'><Item><Kind><Name>~</Name><Code>~</Code>"   \
	"</Kind><Area><Name>~</Name><Code>~</Code></Area></Item></Warning>"    \
	"</Body></Report>"

static const char *const forms[] = {
	REPORT("~", "発表"),
	REPORT("~", "取消"),
	REPORT("南海トラフ地震臨時情報", "取消"),
	REPORT("気象警報・注意報（Ｈ２７）", "取消"),
	REPORT("噴火速報", "取消"),
	"<alert xmlns='~'><identifier>~</identifier><sender>~</sender><sent>~"
	"</sent><msgType>~</msgType></alert>",
	"jalert: ~\nid: ~\nmode: ~\nsent: 2026-06-10T07:27:00+09:00\n\n~",
};

/* A cancelling telegram of JMA has its frame, kind and key. */
static void check_cancelled(const struct hazard *h)
{
	assert(h->areas == NULL && h->occurred_at == 0 && h->valid_until == 0);
	assert(*h->title == '\0' && *h->headline == '\0' && *h->text == '\0');
	assert(*h->level == '\0' && h->rank == 0 && *h->cause == '\0');
	assert(!h->standing && !h->lifted && !h->everywhere && !h->partial);
}

/* Of what no reader takes there is the frame alone. */
static void check_untaken(const struct hazard *h)
{
	check_telegram(&h->telegram);
	check_cancelled(h);
	assert(h->kind == HAZARD_OTHER && *h->key == '\0');
	assert(*h->other_keys == '\0' && *h->unknown == '\0');
}

static void check(const struct hazard *h)
{
	/* The part after the reader: the highest area's word, if any. */
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		assert(p->rank < h->rank || *h->level != '\0' ||
		       *p->level == '\0');
}

static bool is_jma(const struct hazard *h)
{
	return *jma_type(h->telegram.title) != '\0';
}

static void parse(struct arena *a, const char *buf, size_t len)
{
	static const struct fuzz fuzz = { .check = check };
	const char *why = "?";
	struct hazard h;
	int rc = hazard_parse(a, buf, len, &h, &why);

	check_read(a, &fuzz, rc, &h, why);
	if (rc == 0 && strcmp(h.telegram.type, "CAP") != 0)
		check_untaken(&h);
	if (rc == 1 && h.telegram.info_type == JMA_CANCELLED && is_jma(&h))
		check_cancelled(&h);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *text;
	struct str s;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	text = arena_strndup(a, (const char *)bytes, len);
	if (*text == '<' || jalert_is(text, len))
		str_add_len(&s, bytes, len);
	else
		form_fill(&s, text, forms, LEN(forms));
	parse(a, str_text(&s), s.len);
	arena_reset(a);
	return 0;
}
