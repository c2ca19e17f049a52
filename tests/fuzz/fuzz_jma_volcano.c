/* jma_volcano_read and jma_volcano_key. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define ITEM(type)                                                             \
	"<Item><EventTime><EventDateTime>~</EventDateTime></EventTime><Kind>"  \
	"<Name>~</Name><Code>~</Code></Kind><LastKind><Name>~</Name>"          \
	"</LastKind><Areas codeType='" type "'><Area><Name>~</Name>"           \
	"<Code>~</Code><CraterName>~</CraterName></Area></Areas></Item>"
#define ITEMS                                                                  \
	ITEM("火山名")                                                         \
	ITEM("気象・地震・火山情報／市町村等") ITEM("~")
#define SEEN                                                                   \
	"<EventTime><EventDateTime>~</EventDateTime></EventTime><ColorPlume>"  \
	"<PlumeHeightAboveCrater description='~'/>"                            \
	"<PlumeDirection>~</PlumeDirection></ColorPlume>"
#define VOLCANO                                                                \
	"<VolcanoInfo>" ITEMS "</VolcanoInfo><VolcanoInfoContent>"             \
	"<VolcanoActivity>~</VolcanoActivity></VolcanoInfoContent>"            \
	"<VolcanoObservation>" SEEN "</VolcanoObservation>"

static const char *const forms[] = {
	TELEGRAM("噴火警報・予報", "volcanology1", "", VOLCANO),
	TELEGRAM("火山の状況に関する解説情報", "volcanology1", "", VOLCANO),
	TELEGRAM("噴火に関する火山観測報", "volcanology1", "", VOLCANO),
	TELEGRAM("噴火速報", "volcanology1", "", VOLCANO),
	TELEGRAM("火山現象に関する海上警報・海上予報", "volcanology1", "",
		 VOLCANO),
};

static void check_place(const struct hazard_area *p)
{
	static const char *const tables[] = { "", "PointVolcano", "jis",
					      "AreaMarineJ" };
	size_t i = 0;

	while (i < LEN(tables) && strcmp(tables[i], p->table) != 0)
		i++;
	assert(i < LEN(tables));
}

/* One blank between two words, none around them. */
static void check_title(const char *title)
{
	size_t len = strlen(title);

	assert(len == 0 || (*title != ' ' && title[len - 1] != ' '));
	assert(strstr(title, "  ") == NULL && strstr(title, "　") == NULL);
}

static void check(const struct hazard *h)
{
	const char *type = h->telegram.type;

	assert(h->kind == HAZARD_VOLCANO && strchr(h->key, '_') == NULL);
	assert(h->areas != NULL && !h->everywhere && !h->partial);
	assert(h->standing == (strcmp(type, "VFVO50") == 0));
	assert(!h->lifted || (h->standing && h->rank <= 2));
	check_title(h->title);
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_place(p);
		/* A commentary raises nothing; what erupts now is grave. */
		assert(strcmp(type, "VFVO51") != 0 || p->rank <= 1);
		assert(strcmp(type, "VFVO56") != 0 || p->rank >= 4);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { "VFVO50 VFVO51 VFVO52 VFVO53 VFVO54 "
					  "VFVO55 VFVO56 VFVO60 VFSV50",
					  forms, LEN(forms), check };

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
