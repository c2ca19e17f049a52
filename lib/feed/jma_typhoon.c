#include "feed/jma_typhoon.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/place.h"
#include "feed/xml.h"

enum {
	AREAS_MAX = 5000, /* of a VPTA; there are 375 */
	POINTS_MAX = 100, /* of time; a storm has 14 */
	ODDS_HOURS = 12,  /* they come every six */
	NUMBER_LEN = 4,	  /* "1718": year and number */
	PERCENT_MAX = 100,
};

/* One moment of a storm: an analysis or a forecast. */
struct moment {
	const struct xml *name, *class, *centre, *wind;
};

static void moment_read(const struct xml *info, struct moment *out)
{
	const struct xml *item = xml_find(info, "Item");

	*out = (struct moment){ 0 };
	if (item == NULL)
		return;
	for (struct xml *e = xml_first(item); e != NULL; e = xml_next(e)) {
		const struct xml *property = xml_find(e, "Property");
		const struct xml *part;

		if (property == NULL)
			continue;
		if ((part = xml_find(property, "TyphoonNamePart")) != NULL)
			out->name = part;
		else if ((part = xml_find(property, "ClassPart")) != NULL)
			out->class = part;
		else if ((part = xml_find(property, "CenterPart")) != NULL)
			out->centre = part;
		else if ((part = xml_find(property, "WindPart")) != NULL)
			out->wind = part;
	}
}

/* A value with its type and unit, "996"; "" if there is none. */
static const char *value(const struct xml *part, const char *name,
			 const char *type, const char *unit)
{
	if (part == NULL)
		return "";
	for (struct xml *e = xml_first(part); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), name) == 0 &&
		    str_eq(xml_attr(e, "type"), type) &&
		    str_eq(xml_attr(e, "unit"), unit))
			return xml_own_text(e);
	}
	return "";
}

/* 台風 of "台風(TY)". */
static const char *sort_of(struct arena *a, const struct moment *m)
{
	const char *text = xml_text(m->class, "TyphoonClass");

	return arena_strndup(a, text, strcspn(text, "("));
}

/* 大型で非常に強い台風. */
static const char *class_show(struct arena *a, const struct moment *m)
{
	const char *size = xml_text(m->class, "AreaClass");
	const char *strength = xml_text(m->class, "IntensityClass");

	return arena_fmt(
		a, "%s%s%s%s%s", size,
		*size != '\0' && *strength != '\0' ? "で" : "", strength,
		*size != '\0' && *strength == '\0' ? "の" : "", sort_of(a, m));
}

/* 台風第18号（タリム）, or 熱帯低気圧 as long as it has no number. */
static const char *name_show(struct arena *a, const struct moment *m)
{
	const char *number = jma_plain(a, xml_text(m->name, "Number"));
	const char *kana = xml_text(m->name, "NameKana");
	long long n;

	if (strlen(number) != NUMBER_LEN ||
	    !str_to_int(number, 1, INT32_MAX, &n) || n % 100 == 0) {
		const char *sort = sort_of(a, m);

		return *sort == '\0' ? "台風" : sort;
	}
	return arena_fmt(a, "台風第%lld号%s%s%s", n % 100,
			 *kana == '\0' ? "" : "（", kana,
			 *kana == '\0' ? "" : "）");
}

/* 中心気圧996hPa、最大風速20m/s; what is not there is left out. */
static const char *force_show(struct arena *a, const struct moment *m)
{
	const char *pressure = value(m->centre, "Pressure", "中心気圧", "hPa");
	const char *wind = value(m->wind, "WindSpeed", "最大風速", "m/s");

	return arena_fmt(a, "%s%s%s%s%s%s%s",
			 *pressure == '\0' ? "" : "中心気圧", pressure,
			 *pressure == '\0' ? "" : "hPa",
			 *pressure != '\0' && *wind != '\0' ? "、" : "",
			 *wind == '\0' ? "" : "最大風速", wind,
			 *wind == '\0' ? "" : "m/s");
}

/* The storm is over as one that matters here: it says so, or one that had a
 * number is no typhoon any more. */
static bool is_over(struct arena *a, const struct moment *m)
{
	const char *remark = xml_text(m->name, "Remark");

	if (str_begins(remark, "台風消滅") ||
	    strstr(remark, "小さくなった") != NULL)
		return true;
	return *xml_text(m->name, "Number") != '\0' && *sort_of(a, m) != '\0' &&
	       strcmp(sort_of(a, m), "台風") != 0;
}

/* One line a moment: "予報 24時間後 10月17日 09:00 フィリピンの東 ...". */
static void course_add(struct arena *a, struct str *s, const struct xml *info)
{
	const struct xml *at = xml_find(info, "DateTime");
	const char *type = at == NULL ? NULL : xml_attr(at, "type");
	struct moment m;

	moment_read(info, &m);
	if (m.centre == NULL)
		return;
	str_fmt(s, "%s%s %s %s %s", s->len == 0 ? "" : "\n",
		type == NULL ? "" : jma_plain(a, type),
		time_show_short(a, xml_time(info, "DateTime")),
		xml_text(m.centre, "Location"), force_show(a, &m));
}

int jma_typhoon_read(struct arena *a, const struct xml *root,
		     struct hazard *out, const char **why)
{
	const struct xml *infos = xml_find(root, "Body/MeteorologicalInfos");
	const struct xml *first = xml_find(infos, "MeteorologicalInfo");
	struct str course = { .arena = a };
	struct hazard_area *p;
	struct moment m;
	int points = 0;

	moment_read(first, &m);
	if (m.class == NULL || m.centre == NULL) {
		*why = "no storm";
		return -1;
	}
	out->title = name_show(a, &m);
	out->occurred_at = xml_time(first, "DateTime");
	out->lifted = is_over(a, &m);
	out->standing = true;
	out->level = class_show(a, &m);
	p = hazard_add_area(a, out);
	p->name = xml_text(m.centre, "Location");
	p->level = out->level;
	p->rank = out->lifted ? 0 : 1;
	p->detail = force_show(a, &m);
	p->at = out->occurred_at;
	for (const struct xml *e = xml_first(infos); e != NULL;
	     e = xml_next(e)) {
		if (++points > POINTS_MAX)
			break;
		course_add(a, &course, e);
	}
	out->text = str_text(&course);
	if (*out->headline == '\0')
		out->headline = arena_fmt(
			a, "%s %s%s%s", out->title, p->name,
			*xml_text(m.name, "Remark") == '\0' ? "" : " ",
			xml_text(m.name, "Remark"));
	return 0;
}

/* The last of the parts is of the longest time: "（5日積算）". */
static const struct xml *longest(const struct xml *infos)
{
	const struct xml *found = NULL;

	if (infos == NULL)
		return NULL;
	for (const struct xml *e = xml_first(infos); e != NULL;
	     e = xml_next(e)) {
		const char *type = xml_attr(e, "type");

		if (type != NULL && strstr(type, "日積算") != NULL)
			found = e;
	}
	return found;
}

static void odds_read(struct arena *a, const struct xml *item, const char *span,
		      struct hazard *out)
{
	static const char path[] = "Kind/Property/FiftyKtWindProbabilityPart/"
				   "FiftyKtWindProbability";
	const struct xml *area = xml_find(item, "Area");
	struct hazard_area *p;
	long long percent;

	if (!str_to_int(jma_plain(a, xml_text(item, path)), 1, PERCENT_MAX,
			&percent))
		return;
	p = hazard_add_area(a, out);
	p->code = jma_plain(a, xml_text(area, "Code"));
	p->table = "AreaForecastLocalM";
	p->name = xml_text(area, "Name");
	p->level = "暴風域に入る可能性";
	p->rank = 1;
	p->detail = arena_fmt(a, "%lld％（%s）", percent, span);
	p->prefectures = place_prefecture(p->code);
	if (*p->prefectures == '\0')
		hazard_add_unknown(a, out, "区域", p->code, p->name);
}

int jma_typhoon_odds_read(struct arena *a, const struct xml *root,
			  struct hazard *out, const char **why)
{
	const struct xml *infos = xml_find(root, "Body/MeteorologicalInfos");
	const struct xml *odds = longest(infos);
	const char *span = xml_text(odds, "Name");
	struct moment m;
	int items = 0;

	if (odds == NULL) {
		*why = "no probabilities";
		return -1;
	}
	moment_read(xml_find(infos, "MeteorologicalInfo"), &m);
	out->title = arena_fmt(a, "%s 暴風域に入る確率", name_show(a, &m));
	out->occurred_at = xml_time(odds, "DateTime");
	out->level = "暴風域に入る可能性";
	out->rank = 1;
	out->valid_until = out->telegram.published_at +
			   (int64_t)ODDS_HOURS * 60 * TIME_MINUTE;
	for (const struct xml *e = xml_first(odds); e != NULL;
	     e = xml_next(e)) {
		if (strcmp(xml_name(e), "Item") != 0)
			continue;
		if (++items > AREAS_MAX) {
			*why = "too many areas";
			return -1;
		}
		odds_read(a, e, *span == '\0' ? "積算" : span, out);
	}
	if (out->areas == NULL)
		out->level = "暴風域に入る可能性は低い";
	return 0;
}

int jma_typhoon_news_read(struct arena *a, const struct xml *root,
			  struct hazard *out, const char **why)
{
	(void)a;
	(void)why;
	out->level = "台風情報";
	out->rank = 1;
	out->text = xml_text(root, "Body/Comment/Text");
	return 0;
}
