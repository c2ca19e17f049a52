/* The readers of jma_weather and jma_weather_key. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define AREA "<Area><Name>~</Name><Code>~</Code></Area>"
#define WARNING                                                                \
	"<TargetArea><Code>~</Code></TargetArea><Notice>~</Notice>"            \
	"<Warning type='（市町村等）'><Item><Kind><Name>~</Name><Code>~" \
	"</Code><Status>~</Status></Kind><Kind><Name>~</Name><Code>~</Code>"   \
	"</Kind>" AREA "</Item><Item><Kind><Code>~</Code></Kind>" AREA         \
	"</Item></Warning>"
/* More kinds and tags of one place than a reader takes: luck would not make so
 * many. */
#define KINDS4                                                                 \
	"<Kind><Code>~</Code></Kind><Kind/><Kind/><Kind><Name>~</Name></Kind>"
#define KINDS16 KINDS4 KINDS4 KINDS4 KINDS4
#define MANY                                                                   \
	"<TargetArea><Code>280000</Code></TargetArea><Warning><Item>" KINDS16  \
		KINDS16 KINDS16 KINDS16 KINDS16 AREA "</Item></Warning>"
#define TAGS16 "1 2 3 4 5 6 7 8 9 a b c d e f ~ "
#define TAGGED                                                                 \
	"<Information type='情報タグ'><Item><Kind><Condition>" TAGS16 TAGS16   \
		TAGS16 TAGS16 TAGS16 "</Condition></Kind>"                     \
	"<Areas><Area><Code>280000</Code></Area></Areas></Item></Information>"
#define INFORMATION(type)                                                      \
	"<Information type='" type "'><Item><Kind><Name>~</Name><Code>~"       \
	"</Code><Condition>~</Condition></Kind><Areas>" AREA AREA              \
	"</Areas></Item></Information>"

static const char *const forms[] = {
	TELEGRAM("気象警報・注意報（Ｈ２７）", "meteorology1", "", WARNING),
	TELEGRAM("気象警報・注意報（Ｈ２７）", "meteorology1", "", MANY),
	TELEGRAM("気象警報・注意報（Ｒ０６）（土砂）", "meteorology1", "",
		 WARNING),
	TELEGRAM("土砂災害警戒情報", "meteorology1", "", WARNING),
	TELEGRAM("記録的短時間大雨情報", "meteorology1", "", WARNING),
	TELEGRAM("竜巻注意情報（目撃情報付き）", "meteorology1",
		 INFORMATION("竜巻注意情報（目撃情報あり）"), WARNING),
	TELEGRAM("気象特別警報報知", "meteorology1", INFORMATION("~"), ""),
	TELEGRAM("府県気象防災速報", "meteorology1", TAGGED, ""),
	TELEGRAM("府県気象防災速報", "meteorology1", INFORMATION("情報タグ"),
		 ""),
};

/* The area of an office, by which its telegrams make one event. */
static void check_key(struct arena *a, const char *key)
{
	assert(strlen(key) == 6 && strspn(key, "0123456789") == 6);
	assert(strcmp(place_office(a, key), key) == 0);
}

/* Nothing lifts these two. */
static bool runs_out(const char *type)
{
	return strcmp(type, "VPOA50") == 0 || strcmp(type, "VPBS50") == 0;
}

static void check(const struct hazard *h)
{
	struct arena *a = arena_new();

	check_key(a, h->key);
	arena_free(a);
	assert(h->kind == HAZARD_WEATHER || h->kind == HAZARD_LANDSLIDE);
	assert(h->standing && h->partial && !h->everywhere);
	assert(h->lifted == (h->rank == 0));
	assert(!runs_out(h->telegram.type) || h->valid_until > 0);
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		assert(strlen(p->prefectures) <= 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = {
		"VPWW53 VPWW54 VPWW55 VPWW56 VPWW57 VPWW58 VPWW59 VPWW60 "
		"VPWW61 VXWW50 VPNO50 VPOA50 VPBS50 VPHW50 VPHW51",
		forms, LEN(forms), check
	};

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
