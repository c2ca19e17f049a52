/*
 * hazard_parse of tsunami (jma_tsunami), volcano (jma_volcano) and notice
 * (jma_notice) telegrams, and the words made of them (hazard_text).  Input that
 * begins with "<" is a whole document; other input is parted at line ends: the
 * first line chooses a form below, the others become, in turn, what stands
 * where that has a "~".
 */
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
#define TSUNAMI                                                                \
	"<Tsunami><Forecast>" COAST "</Forecast><Observation>" COAST           \
	"</Observation><Estimation>" COAST "</Estimation></Tsunami>"           \
	"<Earthquake><OriginTime>~</OriginTime><Hypocenter><Area>"             \
	"<Name>~</Name></Area></Hypocenter><Magnitude description='~'/>"       \
	"</Earthquake>"
#define VOLCANO                                                                          \
	"<VolcanoInfo><Item><EventTime><EventDateTime>~</EventDateTime>"                 \
	"</EventTime><Kind><Name>~</Name><Code>~</Code></Kind><LastKind>"                \
	"<Name>~</Name></LastKind><Areas codeType='火山名'><Area>"                    \
	"<Name>~</Name><Code>~</Code></Area></Areas></Item><Item><Kind>"                 \
	"<Name>~</Name><Code>~</Code></Kind><Areas"                                      \
	" codeType='気象・地震・火山情報／市町村等'><Area><Name>~</Name>" \
	"<Code>~</Code></Area></Areas></Item></VolcanoInfo>"                             \
	"<VolcanoObservation><ColorPlume>"                                               \
	"<PlumeHeightAboveCrater description='~'/></ColorPlume>"                         \
	"</VolcanoObservation>"
#define NOTICE                                                                 \
	"<EarthquakeInfo><InfoSerial><Name>~</Name><Code>~</Code>"             \
	"</InfoSerial><Text>~</Text></EarthquakeInfo><EarthquakeCount>"        \
	"<Item><StartTime>~</StartTime><Number>~</Number></Item>"              \
	"</EarthquakeCount>"

#define TELEGRAM(title, uri, body)                                             \
	"<Report "                                                             \
	"xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control><Title>" title      \
	"</Title><DateTime>2026-01-15T01:20:21Z</DateTime>"                    \
	"<Status>~</Status></Control><Head><Title>~</Title>"                   \
	"<TargetDateTime>~</TargetDateTime><ValidDateTime>~</ValidDateTime>"   \
	"<EventID>1~</EventID><InfoType>発表</InfoType><Serial>~</Serial>"   \
	"</Head><Body xmlns='http://xml.kishou.go.jp/jmaxml1/body/" uri        \
	"/'>" body "</Body></Report>"

static const char *const forms[] = {
	TELEGRAM("津波警報・注意報・予報a", "seismology1", TSUNAMI),
	TELEGRAM("津波情報a", "seismology1", TSUNAMI),
	TELEGRAM("沖合の津波観測に関する情報", "seismology1", TSUNAMI),
	TELEGRAM("噴火警報・予報", "volcanology1", VOLCANO),
	TELEGRAM("火山の状況に関する解説情報", "volcanology1", VOLCANO),
	TELEGRAM("噴火速報", "volcanology1", VOLCANO),
	TELEGRAM("火山現象に関する海上警報・海上予報", "volcanology1", VOLCANO),
	TELEGRAM("南海トラフ地震臨時情報", "seismology1", NOTICE),
	TELEGRAM("地震回数に関する情報", "seismology1", NOTICE),
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	hazard_fuzz(bytes, len, forms, LEN(forms));
	return 0;
}
