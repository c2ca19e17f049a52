/*
 * hazard_parse: JMA telegrams of every kind that has a reader, and CAP.  Input
 * that begins with "<" is a whole document; other input is parted at line
 * ends: the first line chooses a form below, the others become, in turn, what
 * stands where that has a "~".
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define HEAD(title)                                                            \
	"<Report "                                                             \
	"xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control><Title>" title      \
	"</Title><DateTime>2026-06-10T03:00:20Z</DateTime><Status>通常"      \
	"</Status></Control><Head><Title>~</Title><EventID>1~</EventID>"       \
	"<InfoType>発表</InfoType><Headline><Text>~</Text>"
#define WARNING                                                                    \
	"</Headline></Head><Body><TargetArea><Code>~</Code></TargetArea>"          \
	"<Notice>~</Notice><Warning type='（市町村等）'><Item><Kind><Name>~" \
	"</Name><Code>~</Code><Status>~</Status></Kind><Area><Name>~</Name>"       \
	"<Code>~</Code></Area></Item></Warning></Body></Report>"
#define INFORMATION                                                            \
	"<Information type='~'><Item><Kind><Name>~</Name><Code>~</Code>"       \
	"<Condition>~</Condition></Kind><Areas><Area><Name>~</Name><Code>~"    \
	"</Code></Area></Areas></Item></Information>"

static const char *const forms[] = {
	HEAD("気象警報・注意報（Ｈ２７）") WARNING,
	HEAD("気象警報・注意報（Ｒ０６）（土砂）") WARNING,
	HEAD("土砂災害警戒情報") WARNING,
	HEAD("記録的短時間大雨情報") WARNING,
	HEAD("竜巻注意情報（目撃情報付き）") INFORMATION WARNING,
	HEAD("気象特別警報報知") INFORMATION
	"</Headline></Head><Body/></Report>",
	HEAD("府県気象防災速報") "<Information type='情報タグ'><Item><Kind>"
				 "<Condition>~</Condition></"
				 "Kind><Areas><Area><Code>~</Code></Area>"
				 "</Areas></Item></Information></Headline></"
				 "Head><Body/></Report>",
	HEAD("指定河川洪水予報") "<Information type='（予報区域）'><Item><Kind>"
				 "<Name>~</Name><Code>~</Code></"
				 "Kind><Areas><Area><Code>~</Code></Area>"
				 "</Areas></Item></Information></Headline></"
				 "Head><Body><Warning><Item>"
				 "<Areas><Area><City>~</City><CityCode>~</"
				 "CityCode></Area></Areas>"
				 "</Item></Warning></Body></Report>",
	HEAD("台風解析・予報情報（５日予報）（Ｈ３０）") "</Headline></"
							 "Head><Body><"
							 "MeteorologicalInfos><"
							 "MeteorologicalInfo>"
							 "<DateTime "
							 "type='~'>~</"
							 "DateTime><Item><Kind>"
							 "<Property>"
							 "<TyphoonNamePart><"
							 "NameKana>~</"
							 "NameKana><Number>~</"
							 "Number><Remark>~"
							 "</Remark></"
							 "TyphoonNamePart></"
							 "Property></"
							 "Kind><Kind><Property>"
							 "<ClassPart><"
							 "TyphoonClass>~</"
							 "TyphoonClass><"
							 "AreaClass>~</"
							 "AreaClass>"
							 "</ClassPart></"
							 "Property></"
							 "Kind><Kind><Property>"
							 "<CenterPart><"
							 "Location>~"
							 "</Location></"
							 "CenterPart></"
							 "Property></Kind></"
							 "Item>"
							 "</"
							 "MeteorologicalInfo></"
							 "MeteorologicalInfos><"
							 "/Body></Report>",
	HEAD("台風の暴風域に入る確率") "</Headline></Head><Body>"
				       "<MeteorologicalInfos><"
				       "MeteorologicalInfo "
				       "type='1日積算'><Item><Kind>"
				       "<Property><FiftyKtWindProbabilityPart><"
				       "FiftyKtWindProbability>~"
				       "</FiftyKtWindProbability></"
				       "FiftyKtWindProbabilityPart></Property>"
				       "</Kind><Area><Code>~</Code></Area></"
				       "Item></MeteorologicalInfo>"
				       "</MeteorologicalInfos></Body></Report>",
	"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>~"
	"</identifier><sender>s</sender><sent>2026-06-10T12:00:00+09:00</sent>"
	"<status>~</status><msgType>~</msgType><incidents>~</incidents>"
	"<references>~</references><info><language>~</language><category>~"
	"</category><event>~</event><severity>~</severity><onset>~</onset>"
	"<expires>~</expires><area><areaDesc>~</areaDesc><geocode><valueName>~"
	"</valueName><value>~</value></geocode></area></info></alert>",
};

static void add_escaped(struct str *s, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (strchr("<&>'", text[i]) != NULL)
			str_fmt(s, "&#%d;", text[i]);
		else
			str_add_char(s, text[i]);
	}
}

static void fill(struct str *s, const char *text)
{
	const char *form = forms[(unsigned char)*text % LEN(forms)];

	for (; *form != '\0'; form++) {
		size_t n = strcspn(text, "\n");

		if (*form != '~') {
			str_add_char(s, *form);
			continue;
		}
		text += n + (text[n] != '\0');
		add_escaped(s, text, strcspn(text, "\n"));
	}
}

static void check_area(const struct hazard_area *p)
{
	if (p->rank < 0 || p->rank > HAZARD_RANK_MAX || p->code == NULL ||
	    p->table == NULL || p->name == NULL || p->level == NULL ||
	    p->detail == NULL || p->prefectures == NULL)
		abort();
}

static void check(const struct hazard *h)
{
	int highest = 0;

	if (h->rank < 0 || h->rank > HAZARD_RANK_MAX || *h->key == '\0' ||
	    h->title == NULL || h->headline == NULL || h->text == NULL ||
	    h->level == NULL || h->unknown == NULL ||
	    (h->lifted && h->rank > 0))
		abort();
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		check_area(p);
		if (p->rank > highest)
			highest = p->rank;
	}
	if (highest > h->rank)
		abort();
	hazard_kind_name(h->kind);
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
		str_add_len(&s, bytes, len);
	else
		fill(&s, text);
	rc = hazard_parse(a, str_text(&s), s.len, &h, &why);
	if (rc == 1)
		check(&h);
	else if (rc < 0 && why == NULL)
		abort();
	arena_reset(a);
	return 0;
}
