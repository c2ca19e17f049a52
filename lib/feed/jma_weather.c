#include "feed/jma_weather.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/level.h"
#include "feed/place.h"
#include "feed/xml.h"

enum {
	AREAS_MAX = 20000, /* of a telegram; the largest has 700 */
	KINDS_MAX = 64,	   /* of one place */
	RAISED_MAX = 300,  /* names in a notice */
	SKIP = -1,	   /* in a table: nothing is there, and nothing was */
	NOTICE_HOURS = 3,
};

/* What a code means.  Names differ between the old form and the new, codes do
 * not. */
struct code {
	const char *code;
	int rank;
};

static const struct code warnings[] = {
	{ "00", 0 },
	/* 特別警報 */
	{ "32", 5 },
	{ "33", 5 },
	{ "35", 5 },
	{ "36", 5 },
	{ "37", 5 },
	{ "38", 5 },
	{ "39", 5 },
	/* 危険警報 */
	{ "43", 4 },
	{ "48", 4 },
	{ "49", 4 },
	/* 警報 */
	{ "02", 3 },
	{ "03", 3 },
	{ "04", 3 },
	{ "05", 3 },
	{ "06", 3 },
	{ "07", 3 },
	{ "08", 3 },
	{ "09", 3 },
	/* 注意報 */
	{ "10", 2 },
	{ "12", 2 },
	{ "13", 2 },
	{ "14", 2 },
	{ "15", 2 },
	{ "16", 2 },
	{ "17", 2 },
	{ "18", 2 },
	{ "19", 2 },
	{ "20", 2 },
	{ "21", 2 },
	{ "22", 2 },
	{ "23", 2 },
	{ "24", 2 },
	{ "25", 2 },
	{ "26", 2 },
	{ "27", 2 },
	{ "29", 2 },
};

static const struct code landslides[] = {
	{ "0", SKIP },
	{ "1", 0 },
	{ "3", 4 },
};

static const struct code tornadoes[] = {
	{ "0", SKIP },
	{ "1", 2 },
};

static const struct code sightings[] = {
	{ "0", SKIP },
	{ "1", 3 },
};

static const struct code rains[] = {
	{ "0", SKIP },
	{ "1", 4 },
};

/* The tags of VPBS50 take the place of codes. */
static const struct code bulletins[] = {
	{ "線状降水帯発生", 4 },
	{ "記録雨", 4 },
	{ "線状降水帯直前", 3 },
	{ "短時間大雪", 3 },
};

/* Ways to name the areas of a layer, the finest first. */
static const char *const layers[] = {
	"（市町村等）",	      "（市町村等をまとめた地域等）",
	"（一次細分区域等）", "（発表細分）",
	"（府県予報区等）",
};

/* How one kind of telegram says what is where. */
struct form {
	const char *what; /* what the codes are of, for hazard.unknown */
	const struct code *codes;
	size_t codes_len;
	const char *word; /* shown for the kind's name; NULL: as it stands */
};

struct reading {
	struct arena *a;
	const struct form *form;
	struct hazard *out;
	int areas;
};

/* What one Kind says. */
struct kind {
	const char *name, *code;
	int rank; /* or SKIP */
};

/* The Warning or Information whose type ends so; NULL if there is none. */
static const struct xml *layer_find(const struct xml *parent, const char *name,
				    const char *end)
{
	if (parent == NULL)
		return NULL;
	for (struct xml *e = xml_first(parent); e != NULL; e = xml_next(e)) {
		const char *type = xml_attr(e, "type");
		size_t len = type == NULL ? 0 : strlen(type);

		if (strcmp(xml_name(e), name) == 0 && len >= strlen(end) &&
		    strcmp(type + len - strlen(end), end) == 0)
			return e;
	}
	return NULL;
}

/* The finest layer, or the first if it is of no name that is known. */
static const struct xml *layer_finest(const struct xml *parent,
				      const char *name)
{
	for (size_t i = 0; i < LEN(layers); i++) {
		const struct xml *e = layer_find(parent, name, layers[i]);

		if (e != NULL)
			return e;
	}
	return xml_find(parent, name);
}

static int rank_of(struct reading *r, const struct kind *k)
{
	int rank;

	for (size_t i = 0; i < r->form->codes_len; i++) {
		if (strcmp(r->form->codes[i].code, k->code) == 0)
			return r->form->codes[i].rank;
	}
	rank = level_rank(k->name);
	if (*k->code != '\0' || rank == LEVEL_UNKNOWN)
		hazard_add_unknown(r->a, r->out, r->form->what, k->code,
				   k->name);
	return rank == LEVEL_UNKNOWN ? 1 : rank;
}

/* A Kind without name and code says that nothing is in force here. */
static void kind_read(struct reading *r, const struct xml *e, struct kind *out)
{
	const char *status = xml_text(e, "Status");

	if (*status == '\0')
		status = xml_text(e, "Condition");
	*out = (struct kind){ .name = xml_text(e, "Name"),
			      .code = jma_plain(r->a, xml_text(e, "Code")),
			      .rank = SKIP };
	if (*out->name == '\0' && *out->code == '\0')
		return;
	out->rank = rank_of(r, out);
	if (r->form->word != NULL)
		out->name = r->form->word;
	if (out->rank == SKIP || (out->rank > 0 && strcmp(status, "解除") != 0))
		return;
	out->rank = 0;
	if (level_rank(out->name) != 0)
		out->name = arena_fmt(r->a, "%s解除", out->name);
}

static void area_add(struct reading *r, const struct xml *area,
		     const struct kind *k)
{
	struct hazard_area *p = hazard_add_area(r->a, r->out);
	bool municipality;

	p->code = jma_plain(r->a, xml_text(area, "Code"));
	p->name = xml_text(area, "Name");
	p->level = k->name;
	p->rank = k->rank;
	p->prefectures = place_prefecture(p->code);
	municipality = strlen(p->code) == 7;
	p->table = municipality ? "AreaInformationCity" : "AreaForecastLocalM";
	if (municipality ? !place_is_municipality(p->code)
			 : *p->prefectures == '\0')
		hazard_add_unknown(r->a, r->out,
				   municipality ? "市町村等" : "区域", p->code,
				   p->name);
}

/* Adds the kinds for an Area, or for each within Areas. */
static int areas_read(struct reading *r, const struct xml *e,
		      const struct kind *kinds, int len)
{
	if (strcmp(xml_name(e), "Areas") == 0) {
		for (struct xml *p = xml_first(e); p != NULL; p = xml_next(p)) {
			if (strcmp(xml_name(p), "Area") == 0 &&
			    areas_read(r, p, kinds, len) < 0)
				return -1;
		}
		return 0;
	}
	for (int i = 0; i < len; i++) {
		if (kinds[i].rank == SKIP)
			continue;
		if (++r->areas > AREAS_MAX)
			return -1;
		area_add(r, e, &kinds[i]);
	}
	return 0;
}

static int item_read(struct reading *r, const struct xml *item)
{
	struct kind kinds[KINDS_MAX];
	int len = 0;

	for (struct xml *e = xml_first(item); e != NULL; e = xml_next(e)) {
		const char *name = xml_name(e);

		if (strcmp(name, "Kind") == 0) {
			if (len == KINDS_MAX)
				return -1;
			kind_read(r, e, &kinds[len++]);
		} else if (strcmp(name, "Area") == 0 ||
			   strcmp(name, "Areas") == 0) {
			if (areas_read(r, e, kinds, len) < 0)
				return -1;
		}
	}
	return 0;
}

/* Reads a Warning or an Information by a form.  A telegram without one says
 * nothing that could be acted on. */
static int layer_read(struct arena *a, const struct xml *layer,
		      const struct form *form, struct hazard *out,
		      const char **why)
{
	struct reading r = { .a = a, .form = form, .out = out };

	if (layer == NULL) {
		*why = "no areas";
		return -1;
	}
	for (struct xml *e = xml_first(layer); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "Item") == 0 && item_read(&r, e) < 0) {
			*why = "too many areas";
			return -1;
		}
	}
	return 0;
}

/* What the readers share when the areas are there. */
static void finish(const struct xml *root, struct hazard *out)
{
	out->partial = true;
	out->standing = true;
	out->lifted = out->rank == 0;
	for (const struct hazard_area *p = out->areas; p != NULL; p = p->next) {
		if (p->rank > 0)
			out->lifted = false;
	}
	out->text = xml_text(root, "Body/Comment/Text");
	if (*out->text == '\0')
		out->text = xml_text(root, "Body/Notice");
}

/* The office of the first area from which it can be told. */
static const char *office_in(struct arena *a, const struct xml *parent,
			     const char *name)
{
	if (parent == NULL)
		return "";
	for (struct xml *w = xml_first(parent); w != NULL; w = xml_next(w)) {
		const struct xml *area = NULL;
		const char *office;

		if (strcmp(xml_name(w), name) != 0)
			continue;
		area = xml_find(w, "Item/Area");
		if (area == NULL)
			area = xml_find(w, "Item/Areas/Area");
		office = place_office(a, jma_plain(a, xml_text(area, "Code")));
		if (*office != '\0')
			return office;
	}
	return "";
}

void jma_weather_key(struct arena *a, const struct xml *root,
		     struct hazard *out)
{
	out->key = place_office(
		a, jma_plain(a, xml_text(root, "Body/TargetArea/Code")));
	if (*out->key == '\0')
		out->key = office_in(a, xml_find(root, "Body"), "Warning");
	if (*out->key == '\0')
		out->key = office_in(a, xml_find(root, "Head/Headline"),
				     "Information");
	if (*out->key == '\0')
		out->key = place_office_named(a, out->telegram.head_title);
}

/* Bytes of what parts the names in a notice, at p; 0 if a name goes on. */
static size_t parts_at(const char *p)
{
	static const char *const marks[] = { " ",  "\t", "\r", "\n",
					     "　", "＊", "、" };

	for (size_t i = 0; i < LEN(marks); i++) {
		if (str_begins(p, marks[i]))
			return strlen(marks[i]);
	}
	return 0;
}

/* The next name of a list, or NULL at its end: that of the text, or where
 * another list begins. */
static const char *notice_name(struct arena *a, const char **p)
{
	const char *name;
	size_t n;

	while ((n = parts_at(*p)) > 0)
		*p += n;
	name = *p;
	while (**p != '\0' && parts_at(*p) == 0 && !str_begins(*p, "〈"))
		(*p)++;
	return *p == name ? NULL : arena_strndup(a, name, (size_t)(*p - name));
}

static void raise_area(struct arena *a, struct hazard *out, const char *name,
		       const char *level, int rank)
{
	const struct hazard_area *same = out->areas;
	struct hazard_area *p;

	while (same != NULL && strcmp(same->name, name) != 0)
		same = same->next;
	p = hazard_add_area(a, out);
	p->name = name;
	p->level = level;
	p->rank = rank;
	p->code = same == NULL ? "" : same->code;
	p->table = same == NULL ? "" : same->table;
	p->prefectures = place_prefecture(out->key);
}

/*
 * The old form has no code for level 4.  Where it stands, the headline begins
 * with 〈危険警報（大雨）〉 and the Notice says 〈レベル４大雨危険警報〉姫路市.
 * Rivers stand there too; they are left to their own telegrams (VXKO).
 */
static void notice_read(struct arena *a, const struct xml *root,
			struct hazard *out)
{
	static const char begin[] = "〈", end[] = "〉", river[] = "氾濫";
	const char *p = strstr(xml_text(root, "Body/Notice"), begin);
	int raised = 0;

	while (p != NULL && raised < RAISED_MAX) {
		const char *close = strstr(p, end), *level, *name;
		int rank;

		if (close == NULL)
			break;
		p += strlen(begin);
		level = arena_strndup(a, p, (size_t)(close - p));
		rank = level_rank(level);
		p = close + strlen(end);
		while (rank > 0 && strstr(level, river) == NULL &&
		       (name = notice_name(a, &p)) != NULL &&
		       raised < RAISED_MAX) {
			raise_area(a, out, name, level, rank);
			raised++;
		}
		p = strstr(p, begin);
	}
	if (raised > 0 || !str_begins(out->headline, "〈危険警報（") ||
	    str_begins(out->headline, "〈危険警報（氾濫）"))
		return;
	/* It stands, and where is not said in a way that is understood. */
	out->rank = level_rank("危険警報");
	out->level = "危険警報";
	hazard_add_unknown(a, out, "危険警報の", "地域", "");
}

int jma_weather_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why)
{
	static const struct form form = { "警報・注意報", warnings,
					  LEN(warnings), NULL };
	const struct xml *body = xml_find(root, "Body");

	if (layer_read(a, layer_finest(body, "Warning"), &form, out, why) < 0)
		return -1;
	notice_read(a, root, out);
	finish(root, out);
	return 0;
}

int jma_weather_special_read(struct arena *a, const struct xml *root,
			     struct hazard *out, const char **why)
{
	static const struct form form = { "特別警報", warnings, LEN(warnings),
					  NULL };
	const struct xml *head = xml_find(root, "Head/Headline");

	if (layer_read(a, layer_finest(head, "Information"), &form, out, why) <
	    0)
		return -1;
	finish(root, out);
	return 0;
}

int jma_weather_landslide_read(struct arena *a, const struct xml *root,
			       struct hazard *out, const char **why)
{
	static const struct form old = { "土砂災害警戒情報", landslides,
					 LEN(landslides), "土砂災害警戒情報" };
	static const struct form new = { "土砂災害警戒情報", landslides,
					 LEN(landslides),
					 "レベル４土砂災害危険警報" };
	const struct xml *body = xml_find(root, "Body");
	bool levels = strstr(out->title, "危険警報") != NULL;

	if (layer_read(a, layer_finest(body, "Warning"), levels ? &new : &old,
		       out, why) < 0)
		return -1;
	finish(root, out);
	return 0;
}

int jma_weather_tornado_read(struct arena *a, const struct xml *root,
			     struct hazard *out, const char **why)
{
	static const struct form form = { "竜巻注意情報", tornadoes,
					  LEN(tornadoes), NULL };
	static const struct form seen = { "竜巻注意情報", sightings,
					  LEN(sightings), "竜巻目撃情報" };
	const struct xml *sighted =
		layer_find(xml_find(root, "Head/Headline"), "Information",
			   "（目撃情報あり）");

	if (layer_read(a, layer_finest(xml_find(root, "Body"), "Warning"),
		       &form, out, why) < 0)
		return -1;
	if (sighted != NULL && layer_read(a, sighted, &seen, out, why) < 0)
		return -1;
	finish(root, out);
	return 0;
}

/* Until when something counts that no telegram lifts. */
static int64_t notice_end(const struct hazard *h)
{
	const int64_t hour = (int64_t)60 * TIME_MINUTE;

	if (h->valid_until != 0)
		return h->valid_until;
	return h->telegram.published_at + NOTICE_HOURS * hour;
}

int jma_weather_rain_read(struct arena *a, const struct xml *root,
			  struct hazard *out, const char **why)
{
	static const struct form form = { "記録的短時間大雨情報", rains,
					  LEN(rains), NULL };
	const struct xml *body = xml_find(root, "Body");

	if (layer_read(a, layer_finest(body, "Warning"), &form, out, why) < 0)
		return -1;
	out->valid_until = notice_end(out);
	finish(root, out);
	return 0;
}

static int bulletin_rank(struct arena *a, struct hazard *out, const char *tag)
{
	for (size_t i = 0; i < LEN(bulletins); i++) {
		if (strcmp(bulletins[i].code, tag) == 0)
			return bulletins[i].rank;
	}
	hazard_add_unknown(a, out, "防災速報", tag, "");
	return 3;
}

/* Its Kind is called 情報タグ; the Condition says what it is, and one may
 * have several. */
static int tagged_read(struct reading *r, const struct xml *item)
{
	const char *tags = jma_plain(r->a, xml_text(item, "Kind/Condition"));
	struct kind kinds[KINDS_MAX];
	int len = 0;

	for (const char *p = tags; *p != '\0' && len < KINDS_MAX;) {
		size_t n = strcspn(p, " \r\n");

		if (n > 0) {
			const char *tag = arena_strndup(r->a, p, n);

			kinds[len++] = (struct kind){
				.name = tag,
				.rank = bulletin_rank(r->a, r->out, tag)
			};
		}
		p += n + (p[n] != '\0');
	}
	for (struct xml *e = xml_first(item); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "Areas") == 0 &&
		    areas_read(r, e, kinds, len) < 0)
			return -1;
	}
	return 0;
}

int jma_weather_bulletin_read(struct arena *a, const struct xml *root,
			      struct hazard *out, const char **why)
{
	struct reading r = { .a = a, .out = out };
	const struct xml *tags = layer_find(xml_find(root, "Head/Headline"),
					    "Information", "情報タグ");

	if (tags == NULL) {
		*why = "no areas";
		return -1;
	}
	for (struct xml *e = xml_first(tags); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "Item") == 0 &&
		    tagged_read(&r, e) < 0) {
			*why = "too many areas";
			return -1;
		}
	}
	out->occurred_at = xml_time(
		root, "Body/MeteorologicalInfos/MeteorologicalInfo/DateTime");
	out->valid_until = notice_end(out);
	finish(root, out);
	return 0;
}
