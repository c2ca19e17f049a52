#include "feed/hazard.h"

#include "base/str.h"

static const struct {
	const char *name, *show;
} kinds[] = {
	[HAZARD_TSUNAMI] = { "tsunami", "津波" },
	[HAZARD_TYPHOON] = { "typhoon", "台風" },
	[HAZARD_WEATHER] = { "weather", "気象" },
	[HAZARD_VOLCANO] = { "volcano", "火山" },
	[HAZARD_FLOOD] = { "flood", "洪水" },
	[HAZARD_LANDSLIDE] = { "landslide", "土砂災害" },
	[HAZARD_MISSILE] = { "missile", "ミサイル" },
	[HAZARD_OVERSEAS] = { "overseas", "海外" },
	[HAZARD_OTHER] = { "other", "その他" },
};

const char *hazard_kind_name(enum hazard_kind kind)
{
	return kinds[kind].name;
}

const char *hazard_kind_show(enum hazard_kind kind)
{
	return kinds[kind].show;
}
