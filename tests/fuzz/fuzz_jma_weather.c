/*
 * hazard_parse of weather, flood (jma_flood) and typhoon (jma_typhoon)
 * telegrams, and the words made of them (hazard_text).  Input that begins with
 * "<" is a whole document; other input is parted at line ends: the first line
 * chooses a form below, the others become, in turn, what stands where that has
 * a "~".
 */
#include "hazard.h"

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
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	hazard_fuzz(bytes, len, forms, LEN(forms));
	return 0;
}
