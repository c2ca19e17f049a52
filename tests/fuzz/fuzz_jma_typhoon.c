/* The readers of jma_typhoon. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define PART(inner) "<Kind><Property>" inner "</Property></Kind>"
#define NAME                                                                   \
	PART("<TyphoonNamePart><NameKana>~</NameKana><Number>~</Number>"       \
	     "<Remark>~</Remark></TyphoonNamePart>")
#define CLASS                                                                  \
	PART("<ClassPart><TyphoonClass>~</TyphoonClass>"                       \
	     "<AreaClass>~</AreaClass><IntensityClass>~</IntensityClass>"      \
	     "</ClassPart>")
#define CENTRE                                                                 \
	PART("<CenterPart><Location>~</Location>"                              \
	     "<Pressure type='中心気圧' unit='hPa'>~</Pressure>"           \
	     "</CenterPart>")
#define WIND                                                                   \
	PART("<WindPart>"                                                      \
	     "<WindSpeed type='最大風速' unit='m/s'>~</WindSpeed>"         \
	     "</WindPart>")
#define STORM                                                                  \
	"<MeteorologicalInfo><DateTime type='~'>~</DateTime><Item>" NAME CLASS \
		CENTRE WIND "</Item></MeteorologicalInfo>"
#define PERCENT                                                                \
	PART("<FiftyKtWindProbabilityPart>"                                    \
	     "<FiftyKtWindProbability>~</FiftyKtWindProbability>"              \
	     "</FiftyKtWindProbabilityPart>")
#define ODDS "<Item>" PERCENT "<Area><Name>~</Name><Code>~</Code></Area></Item>"

static const char *const forms[] = {
	TELEGRAM("台風解析・予報情報（５日予報）（Ｈ３０）", "meteorology1", "",
		 "<MeteorologicalInfos>" STORM STORM "</MeteorologicalInfos>"),
	TELEGRAM("台風の暴風域に入る確率", "meteorology1", "",
		 "<MeteorologicalInfos><MeteorologicalInfo><Item>" NAME
		 "</Item></MeteorologicalInfo><MeteorologicalInfo type='~'>"
		 "<DateTime>~</DateTime><Name>~</Name>" ODDS ODDS
		 "</MeteorologicalInfo></MeteorologicalInfos>"),
	TELEGRAM("全般台風情報", "meteorology1", "",
		 "<Comment><Text>~</Text></Comment>"),
};

/* Only VPTA names places, those with more than 0 %, for some hours. */
static void check_odds(const struct hazard *h)
{
	assert(!h->standing && !h->lifted && h->rank == 1);
	assert(h->valid_until > h->telegram.published_at);
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		assert(strcmp(p->table, "AreaForecastLocalM") == 0);
		assert(p->rank == 1 && p->detail[0] >= '1' &&
		       p->detail[0] <= '9');
	}
}

static void check_storm(const struct hazard *h)
{
	assert(h->standing && h->areas != NULL && h->areas->next == NULL);
	assert(h->lifted == (h->rank == 0));
	assert(*h->areas->code == '\0' && *h->areas->prefectures == '\0');
	assert(*h->title != '\0' && strstr(h->title, "第0号") == NULL);
}

static void check(const struct hazard *h)
{
	const char *type = h->telegram.type;

	assert(h->kind == HAZARD_TYPHOON && h->rank <= 1);
	assert(!h->everywhere && !h->partial);
	if (strcmp(type, "VPTA50") == 0)
		check_odds(h);
	else if (strcmp(type, "VPTW60") == 0)
		check_storm(h);
	else
		assert(h->areas == NULL && h->rank == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { "VPTW60 VPTA50 VPTI50 VPTI51 VPTI52",
					  forms, LEN(forms), check };

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
