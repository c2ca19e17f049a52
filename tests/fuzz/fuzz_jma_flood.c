/* jma_flood_read. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define RIVER(type)                                                            \
	"<Information type='指定河川洪水予報（" type "）'><Item><Kind>"       \
	"<Name>~</Name><Code>~</Code></Kind><Areas><Area><Name>~</Name>"       \
	"<Code>~</Code></Area><Area><Code>~</Code></Area></Areas></Item>"      \
	"</Information>"
#define CITY "<Area><City>~</City><CityCode>~</CityCode></Area>"
#define WARNING                                                                \
	"<Warning><Item><Kind><Property><Type>主文</Type><Text>~</Text>"     \
	"</Property></Kind><Areas>" CITY CITY                                  \
	"</Areas></Item><Item><Areas>" CITY "</Areas></Item></Warning>"

static const char *const forms[] = {
	TELEGRAM("指定河川洪水予報", "meteorology1",
		 RIVER("予報区域") RIVER("府県予報区等"), WARNING),
	TELEGRAM("水位周知河川に関する情報", "meteorology1", RIVER("発表区間"),
		 WARNING),
};

/* Each municipality stands once, with the word of the river. */
static void check_city(const struct hazard *h, const struct hazard_area *p)
{
	assert(strcmp(p->table, "AreaInformationCity") == 0);
	assert(p->rank == h->rank && strcmp(p->level, h->level) == 0);
	assert(strlen(p->prefectures) == 2);
	assert(strstr(h->areas->prefectures, p->prefectures) != NULL);
	for (const struct hazard_area *q = p->next; q != NULL; q = q->next)
		assert(strcmp(p->code, q->code) != 0);
}

static void check(const struct hazard *h)
{
	assert(h->kind == HAZARD_FLOOD && h->areas != NULL);
	assert(h->standing && !h->everywhere && !h->partial);
	assert(h->lifted == (h->rank == 0));
	assert(strcmp(h->areas->table, "AreaFloodForecast") == 0);
	for (const struct hazard_area *p = h->areas->next; p != NULL;
	     p = p->next)
		check_city(h, p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { "VXKO50 VXSU50", forms, LEN(forms),
					  check };

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
