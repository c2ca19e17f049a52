/* jma_tsunami_read and jma_tsunami_key. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define COAST                                                                  \
	"<Item><Area><Name>~</Name><Code>~</Code></Area><Category><Kind>"      \
	"<Name>~</Name><Code>~</Code></Kind><LastKind><Name>~</Name>"          \
	"</LastKind></Category><FirstHeight><ArrivalTime>~</ArrivalTime>"      \
	"<Condition>~</Condition><Initial>~</Initial></FirstHeight>"           \
	"<MaxHeight><DateTime>~</DateTime><Condition>~</Condition>"            \
	"<TsunamiHeight condition='~' description='~'>~</TsunamiHeight>"       \
	"</MaxHeight><Station><Name>~</Name><Code>~</Code><FirstHeight>"       \
	"<ArrivalTime>~</ArrivalTime><Initial>~</Initial></FirstHeight>"       \
	"<MaxHeight><Condition>~</Condition></MaxHeight></Station></Item>"
#define FORECAST "<Tsunami><Forecast>" COAST COAST "</Forecast></Tsunami>"
#define SEEN                                                                   \
	"<Tsunami><Forecast>" COAST "</Forecast><Observation>" COAST           \
	"</Observation><Estimation>" COAST "</Estimation></Tsunami>"           \
	"<Earthquake><OriginTime>~</OriginTime><Hypocenter><Area>"             \
	"<Name>~</Name></Area></Hypocenter><Magnitude description='~'/>"       \
	"</Earthquake>"

static const char *const forms[] = {
	TELEGRAM("津波警報・注意報・予報a", "seismology1", "", FORECAST),
	TELEGRAM("津波情報a", "seismology1", "", SEEN),
	TELEGRAM("沖合の津波観測に関する情報", "seismology1", "", SEEN),
};

/* A station warns of nothing, and a coast is of one of four words. */
static void check_place(const struct hazard_area *p)
{
	if (strcmp(p->table, "PointTsunami") == 0) {
		assert(p->rank == 1);
		assert(strcmp(p->level, "到達予想") == 0 ||
		       strcmp(p->level, "観測") == 0 ||
		       strcmp(p->level, "沖合観測") == 0);
		return;
	}
	assert(strcmp(p->table, "AreaTsunami") == 0);
	assert(p->rank != 4 && strstr(p->level, "：発表") == NULL);
}

static void check(const struct hazard *h)
{
	assert(h->kind == HAZARD_TSUNAMI && strchr(h->key, ' ') == NULL);
	assert(h->areas != NULL && !h->everywhere && !h->partial);
	assert(h->standing == (strcmp(h->telegram.type, "VTSE41") == 0));
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_place(p);
		assert(strcmp(p->detail, "重要") != 0);
	}
	/* A forecast may stand when the warning is lifted. */
	assert(!h->lifted || (h->standing && h->rank <= 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { "VTSE41 VTSE51 VTSE52", forms,
					  LEN(forms), check };

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
