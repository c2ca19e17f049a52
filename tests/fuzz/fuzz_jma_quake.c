/*
 * jma_quake_parse.  Input that begins with "<" is a whole telegram; other
 * input becomes the text of every element that is more than text to the
 * reader, so that their small formats are reached without luck.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/jma_quake.h"
#include "form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Of other input the first byte chooses one. */
static const char *const titles[] = {
	"震源・震度に関する情報",
	"長周期地震動に関する観測情報",
	"緊急地震速報（警報）",
	"緊急地震速報（地震動予報）",
};

/* The input stands where a "~" is, the title where a "@" is. */
static const char template[] =
	"<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control>"
	"<Title>@</Title>"
	"<DateTime>2026-01-15T01:20:21Z</DateTime><Status>~</Status></Control>"
	"<Head><Title>~</Title><ReportDateTime>~</ReportDateTime>"
	"<EventID>1~</EventID><InfoType>発表</InfoType><Serial>~</Serial>"
	"</Head>"
	"<Body xmlns='http://xml.kishou.go.jp/jmaxml1/body/seismology1/'>"
	"<Earthquake><OriginTime>~</OriginTime><Hypocenter><Area>"
	"<Coordinate>~</Coordinate></Area></Hypocenter>"
	"<Magnitude>~</Magnitude><Condition>~</Condition></Earthquake>"
	"<Intensity><Forecast><ForecastInt><From>~</From><To>~</To>"
	"</ForecastInt><Pref><Code>~</Code><Area><Code>1</Code><Category>"
	"<Kind><Code>~</Code></Kind></Category><ForecastInt><From>~</From>"
	"<To>~</To></ForecastInt><ForecastLgInt><To>~</To></ForecastLgInt>"
	"<ArrivalTime>~</ArrivalTime></Area></Pref><Pref><Code>9012</Code>"
	"<Area><Code>~</Code></Area></Pref></Forecast><Observation>"
	"<MaxInt>~</MaxInt><MaxLgInt>~</MaxLgInt><Pref><Code>~</Code>"
	"<MaxInt>~</MaxInt><MaxLgInt>~</MaxLgInt><Area>"
	"<Code>1</Code><City><Code>2</Code><Condition>~</Condition>"
	"<IntensityStation><Int>~</Int></IntensityStation></City></Area>"
	"</Pref></Observation></Intensity><Comments><ForecastComment>"
	"<Code>~</Code></ForecastComment></Comments></Body></Report>";

static void check_places(const struct jma_place *list, int most)
{
	for (; list != NULL; list = list->next) {
		if (list->intensity < 0 || list->intensity > most ||
		    list->long_period < 0 ||
		    list->long_period > JMA_LONG_PERIOD_MAX ||
		    *list->code == '\0' || list->name == NULL)
			abort();
		check_places(list->below, list->intensity);
	}
}

static void check(struct arena *a, const struct jma_quake *q)
{
	if (q->max_intensity < 0 || q->max_intensity > JMA_INTENSITY_MAX ||
	    q->max_long_period < 0 ||
	    q->max_long_period > JMA_LONG_PERIOD_MAX ||
	    q->depth_km < JMA_DEPTH_UNKNOWN || *q->telegram.event_key == '\0' ||
	    (q->located && !(q->latitude >= -90 && q->latitude <= 90 &&
			     q->longitude >= -180 && q->longitude <= 180)) ||
	    !(q->magnitude >= -12 && q->magnitude <= 12))
		abort();
	check_places(q->prefs, q->max_intensity);
	jma_depth_show(a, q->depth_km);
	jma_comment_has(q->forecast_codes, "0211");
	jma_status_show(q->telegram.status);
	jma_info_type_show(q->telegram.info_type);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct arena *a;
	const char *why = NULL, *text;
	struct jma_quake q;
	struct str s;

	if (a == NULL)
		a = arena_new();
	s = (struct str){ .arena = a };
	text = arena_strndup(a, (const char *)bytes, len);
	jma_intensity(text);
	if (*text == '<') {
		str_add_len(&s, text, len);
	} else {
		const char *title = titles[(unsigned char)*text % LEN(titles)];

		text += *text != '\0';
		for (const char *p = template; *p != '\0'; p++) {
			if (*p == '~')
				form_escape(&s, text, strlen(text));
			else if (*p == '@')
				str_add(&s, title);
			else
				str_add_char(&s, *p);
		}
	}
	if (jma_quake_parse(a, str_text(&s), s.len, &q, &why) == 0)
		check(a, &q);
	else if (why == NULL)
		abort();
	arena_reset(a);
	return 0;
}
