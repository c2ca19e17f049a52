/*
 * hazard_parse, over every reader of its table.  Input that begins with "<" is
 * a whole telegram; of other input the first byte chooses a kind, and the rest
 * becomes the text of every element that is more than text to its reader.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/hazard.h"
#include "feed/hazard_text.h"

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

/* The input stands where a "~" is. */
static const struct {
	const char *title, *body_uri, *body;
} kinds[] = {
	{ "津波警報・注意報・予報a", "seismology1", TSUNAMI },
	{ "津波情報a", "seismology1", TSUNAMI },
	{ "沖合の津波観測に関する情報", "seismology1", TSUNAMI },
	{ "噴火警報・予報", "volcanology1", VOLCANO },
	{ "火山の状況に関する解説情報", "volcanology1", VOLCANO },
	{ "噴火速報", "volcanology1", VOLCANO },
	{ "火山現象に関する海上警報・海上予報", "volcanology1", VOLCANO },
	{ "南海トラフ地震臨時情報", "seismology1", NOTICE },
	{ "地震回数に関する情報", "seismology1", NOTICE },
};

static const char frame[] =
	"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
	"<Title>%s</Title><DateTime>2026-01-15T01:20:21Z</DateTime>"
	"<Status>~</Status></Control><Head><Title>~</Title>"
	"<TargetDateTime>~</TargetDateTime><ValidDateTime>~</ValidDateTime>"
	"<EventID>1~</EventID><InfoType>発表</InfoType><Serial>~</Serial>"
	"</Head><Body xmlns='http://xml.kishou.go.jp/jmaxml1/body/%s/'>%s"
	"</Body></Report>";

static void add_escaped(struct str *s, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("<&>'", *text) != NULL)
			str_fmt(s, "&#%d;", *text);
		else
			str_add_char(s, *text);
	}
}

static void fill(struct arena *a, struct str *s, const char *text)
{
	size_t kind = *text == '\0' ? 0 : (unsigned char)*text % LEN(kinds);
	const char *p = arena_fmt(a, frame, kinds[kind].title,
				  kinds[kind].body_uri, kinds[kind].body);

	text += *text != '\0';
	for (; *p != '\0'; p++) {
		if (*p == '~')
			add_escaped(s, text);
		else
			str_add_char(s, *p);
	}
}

static void check(struct arena *a, const struct hazard *h)
{
	struct hazard_words words;
	int highest = 0;

	if (*h->key == '\0' || h->rank < 0 || h->rank > HAZARD_RANK_MAX ||
	    strlen(h->unknown) > 500 || h->title == NULL || h->text == NULL ||
	    h->headline == NULL || h->cause == NULL || h->level == NULL ||
	    h->other_keys == NULL)
		abort();
	if (h->telegram.info_type == JMA_CANCELLED &&
	    (h->areas != NULL || *h->title != '\0'))
		abort();
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (p->rank < 0 || p->rank > HAZARD_RANK_MAX ||
		    p->code == NULL || p->table == NULL || p->name == NULL ||
		    p->level == NULL || p->before == NULL ||
		    p->detail == NULL || p->timing == NULL ||
		    strspn(p->prefectures, "0123456789,") !=
			    strlen(p->prefectures))
			abort();
		highest = p->rank > highest ? p->rank : highest;
	}
	if (h->rank < highest || (h->lifted && h->rank > 2))
		abort();
	hazard_text(a, h, &words);
	if (*words.subject == '\0' || strchr(words.subject, '\n') != NULL ||
	    *words.body == '\0')
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL, *text;
	struct hazard h;
	struct str s;
	int rc;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	text = arena_strndup(a, (const char *)bytes, len);
	if (*text == '<')
		str_add(&s, text);
	else
		fill(a, &s, text);
	rc = hazard_parse(a, str_text(&s), s.len, &h, &why);
	if (rc > 0)
		check(a, &h);
	else if (rc < 0 && why == NULL)
		abort();
	arena_reset(a);
	return 0;
}
