#include "feed/jma_volcano.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/jma_area.h"
#include "feed/xml.h"

static const char body_uri[] =
	"http://xml.kishou.go.jp/jmaxml1/body/volcanology1/";

enum {
	RANK_INFORMATION = 1,
	RANK_WARNING = 3, /* 火口周辺警報: below it nothing keeps people out */
	RANK_ERUPTION = 4, /* 噴火速報: it happens now, no level is set yet */
};

/*
 * 警報等情報要素／火山現象.  Levels 2 and 3 are 火口周辺警報, 4 and 5 are
 * 噴火警報（居住地域）, a 特別警報 by law.
 */
static const struct {
	const char *code, *name;
	int rank;
} kinds[] = {
	{ "01", "噴火警報", 5 },
	{ "02", "火口周辺警報", 3 },
	{ "03", "噴火警報（周辺海域）", 3 },
	{ "04", "噴火予報：警報解除", 0 },
	{ "05", "噴火予報", 1 },
	{ "06", "降灰予報（定時）", 1 },
	{ "07", "降灰予報（速報）", 1 },
	{ "08", "降灰予報（詳細）", 1 },
	{ "11", "レベル１（活火山であることに留意）", 1 },
	{ "12", "レベル２（火口周辺規制）", 3 },
	{ "13", "レベル３（入山規制）", 3 },
	{ "14", "レベル４（高齢者等避難）", 5 },
	{ "15", "レベル５（避難）", 5 },
	{ "21", "活火山であることに留意", 1 },
	{ "22", "火口周辺危険", 3 },
	{ "23", "入山危険", 3 },
	{ "24", "山麓厳重警戒", 5 },
	{ "25", "居住地域厳重警戒", 5 },
	{ "31", "海上警報（噴火警報）", 3 },
	{ "32", "海上警報（噴火警報解除）", 0 },
	{ "33", "海上予報（噴火予報）", 1 },
	{ "35", "活火山であることに留意（海底火山）", 1 },
	{ "36", "周辺海域警戒", 3 },
	{ "41", "噴火警報：避難等", 5 },
	{ "42", "噴火警報：入山規制等", 3 },
	{ "43", "火口周辺警報：入山規制等", 3 },
	{ "44", "噴火警報（周辺海域）：周辺海域警戒", 3 },
	{ "45", "活火山であることに留意", 1 },
	{ "46", "噴火警報：当該居住地域厳重警戒", 5 },
	{ "47", "噴火警報：当該山麓厳重警戒", 5 },
	{ "48", "噴火警報：火口周辺警戒", 3 },
	{ "49", "火口周辺警報：火口周辺警戒", 3 },
	{ "51", "爆発", 1 },
	{ "52", "噴火", 1 },
	{ "53", "噴火開始", 1 },
	{ "54", "連続噴火継続", 1 },
	{ "55", "連続噴火停止", 0 },
	{ "56", "噴火多発", 1 },
	{ "61", "爆発したもよう", 1 },
	{ "62", "噴火したもよう", 1 },
	{ "63", "噴火開始したもよう", 1 },
	{ "64", "連続噴火が継続しているもよう", 1 },
	{ "65", "連続噴火は停止したもよう", 0 },
	{ "70", "降灰", 1 },
	{ "71", "少量の降灰", 1 },
	{ "72", "やや多量の降灰", 1 },
	{ "73", "多量の降灰", 2 }, /* 外出を控える */
	{ "75", "小さな噴石の落下", 1 },
	{ "91", "不明", 1 },
	{ "99", "その他の現象", 1 },
};

/* Of a code that the table does not have, its name tells; in this order. */
static const struct {
	const char *word;
	int rank;
} words[] = {
	{ "解除", 0 }, { "居住地域", 5 }, { "レベル５", 5 }, { "レベル４", 5 },
	{ "避難", 5 }, { "警報", 3 },	  { "警戒", 3 },     { "規制", 3 },
};

/* How a telegram's ranks are to be understood, by its type. */
static const struct {
	const char *type;
	int least, most;
	bool standing;
} types[] = {
	{ "VFVO50", 0, HAZARD_RANK_MAX, true },
	{ "VFVO51", 0, RANK_INFORMATION, false },
	{ "VFVO52", 0, HAZARD_RANK_MAX, false },
	{ "VFVO53", 0, HAZARD_RANK_MAX, false },
	{ "VFVO54", 0, HAZARD_RANK_MAX, false },
	{ "VFVO55", 0, HAZARD_RANK_MAX, false },
	{ "VFVO56", RANK_ERUPTION, HAZARD_RANK_MAX, false },
	{ "VFVO60", 0, HAZARD_RANK_MAX, false },
	{ "VFSV50", 0, HAZARD_RANK_MAX, false },
};

/* Areas@codeType and the table of it. */
static const struct {
	const char *type, *table;
} tables[] = {
	{ "火山名", "PointVolcano" },
	{ "気象・地震・火山情報／市町村等", "jis" },
	{ "地方海上予報区", "AreaMarineJ" },
};

struct reading {
	struct arena *a;
	struct hazard *out;
	int least, most; /* the ranks of its type */
};

static int rank_of(struct reading *r, const char *code, const char *name)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (strcmp(kinds[i].code, code) == 0)
			return kinds[i].rank;
	}
	hazard_add_unknown(r->a, r->out, "火山現象の種類", code, name);
	for (size_t i = 0; i < LEN(words); i++) {
		if (strstr(name, words[i].word) != NULL)
			return words[i].rank;
	}
	return RANK_INFORMATION;
}

static void place_read(struct reading *r, struct hazard_area *area)
{
	if (strcmp(area->table, "PointVolcano") == 0) {
		if (!jma_volcano_prefectures(area->code, &area->prefectures))
			hazard_add_unknown(r->a, r->out, "火山", area->code,
					   area->name);
	} else if (strcmp(area->table, "jis") == 0) {
		area->prefectures = jma_city_prefecture(r->a, area->code);
		if (*area->prefectures == '\0')
			hazard_add_unknown(r->a, r->out, "市町村", area->code,
					   area->name);
	}
}

/* What all areas of an item have in common is in *common. */
static void areas_read(struct reading *r, const struct xml *areas,
		       const struct hazard_area *common)
{
	for (const struct xml *e = xml_first(areas); e != NULL;
	     e = xml_next(e)) {
		struct hazard_area *area;

		if (strcmp(xml_name(e), "Area") != 0)
			continue;
		area = hazard_add_area(r->a, r->out);
		area->table = common->table;
		area->level = common->level;
		area->before = common->before;
		area->rank = common->rank;
		area->at = common->at;
		area->code = jma_plain(r->a, xml_text(e, "Code"));
		area->name = xml_text(e, "Name");
		area->detail = xml_text(e, "CraterName");
		place_read(r, area);
	}
}

static void item_read(struct reading *r, const struct xml *item)
{
	const struct xml *areas = xml_find(item, "Areas");
	const char *type = areas == NULL ? NULL : xml_attr(areas, "codeType");
	struct hazard_area common = { .table = "" };
	int rank;

	if (areas == NULL)
		return;
	for (size_t i = 0; i < LEN(tables); i++) {
		if (str_eq(tables[i].type, type))
			common.table = tables[i].table;
	}
	common.level = xml_text(item, "Kind/Name");
	common.before = xml_text(item, "LastKind/Name");
	common.at = xml_time(item, "EventTime/EventDateTime");
	rank = rank_of(r, xml_text(item, "Kind/Code"), common.level);
	common.rank = rank < r->least  ? r->least
		      : rank > r->most ? r->most
				       : rank;
	if (r->out->occurred_at == 0)
		r->out->occurred_at = common.at;
	areas_read(r, areas, &common);
}

static void body_read(struct reading *r, const struct xml *body)
{
	for (const struct xml *info = xml_first(body); info != NULL;
	     info = xml_next(info)) {
		if (strcmp(xml_name(info), "VolcanoInfo") != 0)
			continue;
		for (const struct xml *e = xml_first(info); e != NULL;
		     e = xml_next(e)) {
			if (strcmp(xml_name(e), "Item") == 0)
				item_read(r, e);
		}
	}
}

/* "噴煙 火口上2200m 直上", of what was seen. */
static void plume_add(struct str *text, const struct xml *seen)
{
	const struct xml *height =
		xml_find(seen, "ColorPlume/PlumeHeightAboveCrater");
	const char *words_of_height =
		height == NULL ? NULL : xml_attr(height, "description");
	const char *direction = xml_text(seen, "ColorPlume/PlumeDirection");

	if (words_of_height == NULL)
		return;
	str_fmt(text, "%s噴煙 %s %s", text->len > 0 ? "\n\n" : "",
		words_of_height, direction);
}

static const char *text_of(struct arena *a, const struct xml *body)
{
	static const char *const paths[] = {
		"Text",
		"VolcanoInfoContent/VolcanoActivity",
		"VolcanoInfoContent/VolcanoPrevention",
		"VolcanoObservation/OtherObservation",
	};
	struct str text = { .arena = a };

	for (size_t i = 0; i < LEN(paths); i++) {
		const char *t = xml_text(body, paths[i]);

		if (*t != '\0')
			str_fmt(&text, "%s%s", text.len > 0 ? "\n\n" : "", t);
	}
	plume_add(&text, xml_find(body, "VolcanoObservation"));
	return str_text(&text);
}

/* "火山名  浅間山  噴火警報（火口周辺）" without its first word and with
 * single spaces. */
static const char *title_of(struct arena *a, const char *text)
{
	static const char wide[] = "　", label[] = "火山名";
	struct str s = { .arena = a };
	bool space = false;

	if (str_begins(text, label))
		text += strlen(label);
	while (*text != '\0') {
		bool is_wide = str_begins(text, wide);

		if (is_wide || *text == ' ') {
			space = s.len > 0;
			text += is_wide ? strlen(wide) : 1;
			continue;
		}
		if (space)
			str_add_char(&s, ' ');
		space = false;
		str_add_char(&s, *text++);
	}
	return str_text(&s);
}

int jma_volcano_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why)
{
	struct reading r = { .a = a, .out = out, .most = HAZARD_RANK_MAX };
	const struct xml *body = xml_find(root, "Body");
	int highest = 0;

	if (body == NULL || !xml_is(body, body_uri, "Body")) {
		*why = "body not of volcanology";
		return -1;
	}
	for (size_t i = 0; i < LEN(types); i++) {
		if (strcmp(types[i].type, out->telegram.type) != 0)
			continue;
		r.least = types[i].least;
		r.most = types[i].most;
		out->standing = types[i].standing;
	}
	body_read(&r, body);
	if (out->areas == NULL) {
		*why = "no area";
		return -1;
	}
	if (out->occurred_at == 0)
		out->occurred_at = xml_time(
			body, "VolcanoObservation/EventTime/EventDateTime");
	if (out->occurred_at == 0)
		out->occurred_at = out->telegram.target_at;
	for (const struct hazard_area *p = out->areas; p != NULL; p = p->next)
		highest = p->rank > highest ? p->rank : highest;
	out->lifted = out->standing && highest < RANK_WARNING;
	out->title = title_of(a, out->title);
	out->text = text_of(a, body);
	return 0;
}

void jma_volcano_key(struct arena *a, const struct xml *root,
		     struct hazard *out)
{
	const char *mark = strrchr(out->telegram.event_key, '_');

	(void)a;
	(void)root;
	if (mark != NULL)
		out->key = mark + 1;
}
