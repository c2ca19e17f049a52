#include "feed/jma_flood.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "feed/level.h"
#include "feed/place.h"
#include "feed/xml.h"

enum {
	AREAS_MAX = 2000, /* municipalities of a telegram */
	PREFECTURES = 48, /* by number, none has 0 */
	DECIMAL = 10,
};

/* 22 lifts a warning and leaves 氾濫注意情報. */
static const struct {
	const char *code;
	int rank;
} codes[] = {
	{ "10", 0 }, { "20", 2 }, { "21", 2 }, { "22", 2 }, { "30", 3 },
	{ "31", 3 }, { "40", 4 }, { "41", 4 }, { "51", 5 }, { "53", 5 },
};

static const char item_kind[] = "Kind";

struct reading {
	struct arena *a;
	struct hazard *out;
	const char *level;
	int rank;
	int areas;
	bool prefectures[PREFECTURES];
};

static int rank_of(struct arena *a, struct hazard *out, const char *code,
		   const char *name)
{
	int rank;

	for (size_t i = 0; i < LEN(codes); i++) {
		if (strcmp(codes[i].code, code) == 0)
			return codes[i].rank;
	}
	hazard_add_unknown(a, out, "洪水予報の種類", code, name);
	rank = level_rank(name);
	return rank == LEVEL_UNKNOWN ? 1 : rank;
}

/* The Information whose type ends so, or NULL. */
static const struct xml *information(const struct xml *headline,
				     const char *end)
{
	if (headline == NULL)
		return NULL;
	for (struct xml *e = xml_first(headline); e != NULL; e = xml_next(e)) {
		const char *type = xml_attr(e, "type");

		if (type != NULL && strlen(type) >= strlen(end) &&
		    strcmp(type + strlen(type) - strlen(end), end) == 0)
			return e;
	}
	return NULL;
}

/* Notes the prefecture of a code, and gives it. */
static const char *prefecture_note(struct reading *r, const char *code)
{
	const char *prefecture = place_prefecture(code);

	if (*prefecture != '\0')
		r->prefectures[strtol(prefecture, NULL, DECIMAL)] = true;
	return prefecture;
}

static void prefectures_read(struct reading *r, const struct xml *info)
{
	const struct xml *areas = xml_find(info, "Item/Areas");

	if (areas == NULL)
		return;
	for (struct xml *e = xml_first(areas); e != NULL; e = xml_next(e))
		prefecture_note(r, jma_plain(r->a, xml_text(e, "Code")));
}

static bool is_listed(const struct hazard *out, const char *code)
{
	for (const struct hazard_area *p = out->areas; p != NULL; p = p->next) {
		if (strcmp(p->code, code) == 0)
			return true;
	}
	return false;
}

/* A municipality stands once for each gauge.  Where the code is left open
 * (0000000) there is only a name. */
static int municipality_read(struct reading *r, const struct xml *e)
{
	const char *code = jma_plain(r->a, xml_text(e, "CityCode"));
	const char *prefecture = prefecture_note(r, code);
	struct hazard_area *p;

	if (*prefecture == '\0' || is_listed(r->out, code))
		return 0;
	if (++r->areas > AREAS_MAX)
		return -1;
	p = hazard_add_area(r->a, r->out);
	p->code = code;
	p->table = "AreaInformationCity";
	p->name = xml_text(e, "City");
	p->level = r->level;
	p->rank = r->rank;
	p->prefectures = prefecture;
	if (!place_is_municipality(code))
		hazard_add_unknown(r->a, r->out, "市町村等", code, p->name);
	return 0;
}

/* The municipalities of every Item that has some, and the main text. */
static int body_read(struct reading *r, const struct xml *warning)
{
	if (warning == NULL)
		return 0;
	for (struct xml *item = xml_first(warning); item != NULL;
	     item = xml_next(item)) {
		const struct xml *areas = xml_find(item, "Areas");
		const struct xml *property =
			xml_find(xml_find(item, item_kind), "Property");

		if (*r->out->text == '\0' && property != NULL &&
		    (strcmp(xml_text(property, "Type"), "主文") == 0 ||
		     strcmp(xml_text(property, "Type"), "概況") == 0))
			r->out->text = xml_text(property, "Text");
		if (areas == NULL)
			continue;
		for (struct xml *e = xml_first(areas); e != NULL;
		     e = xml_next(e)) {
			if (municipality_read(r, e) < 0)
				return -1;
		}
	}
	return 0;
}

static const char *prefectures_text(struct reading *r)
{
	struct str s = { .arena = r->a };

	for (int i = 1; i < PREFECTURES; i++) {
		if (r->prefectures[i])
			str_fmt(&s, "%s%02d", s.len == 0 ? "" : ",", i);
	}
	return str_text(&s);
}

int jma_flood_read(struct arena *a, const struct xml *root, struct hazard *out,
		   const char **why)
{
	const struct xml *headline = xml_find(root, "Head/Headline");
	const struct xml *stretch = information(headline, "（予報区域）");
	const struct xml *kind, *area;
	struct reading r = { .a = a, .out = out };
	struct hazard_area *p;

	if (stretch == NULL)
		stretch = information(headline, "（発表区間）");
	kind = xml_find(xml_find(stretch, "Item"), item_kind);
	area = xml_find(stretch, "Item/Areas/Area");
	if (kind == NULL || area == NULL) {
		*why = "no river";
		return -1;
	}
	r.level = xml_text(kind, "Name");
	r.rank = rank_of(a, out, jma_plain(a, xml_text(kind, "Code")), r.level);
	p = hazard_add_area(a, out);
	p->code = jma_plain(a, xml_text(area, "Code"));
	p->table = "AreaFloodForecast";
	p->name = xml_text(area, "Name");
	p->level = r.level;
	p->rank = r.rank;
	prefectures_read(&r, information(headline, "（府県予報区等）"));
	if (body_read(&r, xml_find(root, "Body/Warning")) < 0) {
		*why = "too many areas";
		return -1;
	}
	p->prefectures = prefectures_text(&r);
	out->standing = true;
	out->lifted = r.rank == 0;
	return 0;
}
