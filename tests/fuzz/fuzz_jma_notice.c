/* jma_notice_read. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define NOTICE                                                                 \
	"<EarthquakeInfo><InfoSerial><Name>~</Name><Code>~</Code>"             \
	"</InfoSerial><Text>~</Text></EarthquakeInfo><EarthquakeCount>"        \
	"<Item><StartTime>~</StartTime><EndTime>~</EndTime><Number>~</Number>" \
	"<FeltNumber>~</FeltNumber></Item></EarthquakeCount><Text>~</Text>"    \
	"<NextAdvisory>~</NextAdvisory>"

static const char *const forms[] = {
	TELEGRAM("南海トラフ地震臨時情報", "seismology1", "", NOTICE),
	TELEGRAM("南海トラフ地震関連解説情報", "seismology1", "", NOTICE),
	TELEGRAM("北海道・三陸沖後発地震注意情報", "seismology1", "", NOTICE),
	TELEGRAM("地震回数に関する情報", "seismology1", "", NOTICE),
	TELEGRAM("地震・津波に関するお知らせ", "seismology1", "", NOTICE),
};

/* They are for all of Japan and call nobody to answer. */
static void check(const struct hazard *h)
{
	bool nankai = strcmp(h->telegram.type, "VYSE50") == 0;

	assert(h->kind == HAZARD_OTHER && h->everywhere && !h->partial);
	assert(h->areas == NULL && h->rank <= 3);
	assert(h->standing == nankai);
	assert(!nankai || strcmp(h->key, "nankai") == 0);
	assert(!h->lifted || h->rank == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = {
		"VYSE50 VYSE51 VYSE60 VXSE56 VXSE60 VZSE40 VZVO40", forms,
		LEN(forms), check
	};

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
