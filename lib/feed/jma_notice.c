#include "feed/jma_notice.h"

#include <string.h>

#include "base/str.h"
#include "base/time.h"
#include "feed/xml.h"

enum {
	RANK_INFORMATION = 1,
	RANK_CARE = 2, /* 巨大地震注意, 後発地震注意: be ready */
	RANK_GUARD = 3, /* 巨大地震警戒: some leave their homes beforehand */
};

/*
 * EarthquakeInfo/InfoSerial/Code, the 地震関連情報番号コード, and the
 * prefectures that the national plan names for such an earthquake are not in
 * the telegram: they concern all of Japan until a person decides.
 */
static const struct {
	const char *code, *name;
	int rank;
	bool ends; /* the inquiry is over and nothing was found */
} serials[] = {
	{ "111", "調査中", RANK_INFORMATION, false },
	{ "112", "調査中", RANK_INFORMATION, false },
	{ "113", "調査中", RANK_INFORMATION, false },
	{ "120", "巨大地震警戒", RANK_GUARD, false },
	{ "130", "巨大地震注意", RANK_CARE, false },
	{ "190", "調査終了", 0, true },
	{ "200", "定例解説", RANK_INFORMATION, false },
	{ "210", "臨時解説", RANK_INFORMATION, false },
	{ "219", "臨時解説", RANK_INFORMATION, false },
};

/* Where the text of a body may stand, in the order of reading. */
static const char *const texts[] = {
	"EarthquakeInfo/Text",
	"Text",
	"VolcanoInfoContent/VolcanoActivity",
	"Comments/FreeFormComment",
	"NextAdvisory",
};

static void serial_read(struct arena *a, const struct xml *serial,
			struct hazard *out)
{
	const char *code = xml_text(serial, "Code");

	if (*code == '\0')
		return;
	out->level = xml_text(serial, "Name");
	for (size_t i = 0; i < LEN(serials); i++) {
		if (strcmp(serials[i].code, code) != 0)
			continue;
		if (*out->level == '\0')
			out->level = serials[i].name;
		out->rank = serials[i].rank;
		out->lifted = serials[i].ends;
		return;
	}
	hazard_add_unknown(a, out, "地震関連情報番号", code, out->level);
}

/* "8月24日 15:00 から 8月25日 9:00 まで 1587回（有感 1回）" a line. */
static void counts_read(struct arena *a, const struct xml *counts,
			struct str *text)
{
	const struct xml *e = counts == NULL ? NULL : xml_first(counts);

	for (; e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "Item") != 0)
			continue;
		str_fmt(text, "%s から %s まで %s回（有感 %s回）\n",
			time_show_short(a, xml_time(e, "StartTime")),
			time_show_short(a, xml_time(e, "EndTime")),
			xml_text(e, "Number"), xml_text(e, "FeltNumber"));
	}
}

int jma_notice_read(struct arena *a, const struct xml *root, struct hazard *out,
		    const char **why)
{
	const struct xml *body = xml_find(root, "Body");
	struct str text = { .arena = a };

	if (body == NULL) {
		*why = "no body";
		return -1;
	}
	out->everywhere = true;
	out->standing = strcmp(out->telegram.type, "VYSE50") == 0;
	out->rank = RANK_INFORMATION;
	out->occurred_at = out->telegram.target_at;
	if (strcmp(out->telegram.type, "VYSE60") == 0)
		out->rank = RANK_CARE;
	serial_read(a, xml_find(body, "EarthquakeInfo/InfoSerial"), out);
	counts_read(a, xml_find(body, "EarthquakeCount"), &text);
	for (size_t i = 0; i < LEN(texts); i++) {
		const char *t = xml_text(body, texts[i]);

		if (*t != '\0')
			str_fmt(&text, "%s%s", text.len > 0 ? "\n\n" : "", t);
	}
	out->text = str_text(&text);
	return 0;
}
