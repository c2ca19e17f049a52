#include "feed/jma_quake.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "feed/jma_area.h"
#include "feed/place.h"
#include "feed/xml.h"

/* Weakest first; the index is the number. */
static const struct {
	const char *text, *show;
} intensities[] = {
	{ "", "" },	 { "1", "1" },	  { "2", "2" },	   { "3", "3" },
	{ "4", "4" },	 { "5-", "5弱" }, { "5+", "5強" }, { "6-", "6弱" },
	{ "6+", "6強" }, { "7", "7" },
};

/* What a station writes that has sent nothing though 5- or more is expected. */
static const char unreported[] = "未入電";

/* One line on tsunami per comment code, the gravest first. */
static const struct {
	const char *code, *word;
} tsunamis[] = {
	{ "0211", "津波警報等を発表中" },
	{ "0216", "津波が発生するおそれ" },
	{ "0221", "太平洋の広域に津波の可能性" },
	{ "0222", "太平洋で津波の可能性" },
	{ "0223", "北西太平洋で津波の可能性" },
	{ "0224", "インド洋の広域に津波の可能性" },
	{ "0225", "インド洋で津波の可能性" },
	{ "0226", "震源の近くで津波の可能性" },
	{ "0229", "日本への津波の有無を調査中" },
	{ "0213", "今後もしばらく海面変動" },
	{ "0214", "今後もしばらく海面変動" },
	{ "0212", "若干の海面変動（被害の心配なし）" },
	{ "0227", "震源の近くで小さな津波の可能性" },
	{ "0230", "日本への津波の影響なし" },
	{ "0215", "津波の心配なし" },
};

/* The levels of Intensity/Observation.  Stations are not kept. */
static const char *const levels[] = { "Pref", "Area", "City" };

/* What jma_quake_read takes. */
static const char *const types[] = {
	"VXSE43", "VXSE44", "VXSE45", "VXSE51",
	"VXSE52", "VXSE53", "VXSE61", "VXSE62",
};

/* Kinds of an area of 緊急地震速報, Category/Kind/Code. */
static const struct {
	const char *code;
	bool warned, arrived;
} eew_kinds[] = {
	{ "00", false, false }, { "01", false, true }, { "09", false, false },
	{ "10", true, false },	{ "11", true, true },  { "19", true, false },
};

enum {
	CODE_MAX = 8, /* bytes; the longest is a municipality's 7 digits */
	METRES_PER_KM = 1000,
	DEPTH_MAX_KM = 1000,
	PREFECTURES = 47,
	MAGNITUDE_MAX = 12,
};

struct reading {
	struct arena *a;
	int unknown; /* intensities and classes not on the scale */
};

int jma_intensity(const char *text)
{
	static const struct {
		const char *mark, *sign;
	} marks[] = {
		{ "", "" },    { "-", "-" },	  { "+", "+" },
		{ "－", "-" }, { "＋", "+" },	  { "弱", "-" },
		{ "強", "+" }, { "弱以上", "-" }, { "弱以上未入電", "-" },
	};
	static const char full_width[] = "\xef\xbc"; /* then 0x90 + digit */
	unsigned char c;

	if (text == NULL || *text == '\0')
		return 0;
	if (str_begins(text, "震度"))
		text += strlen("震度");
	if (str_begins(text, full_width) && text[2] != '\0') {
		c = (unsigned char)(text[2] - 0x90 + '0');
		text += 3;
	} else if (*text != '\0') {
		c = (unsigned char)*text++;
	} else {
		return -1;
	}
	for (size_t m = 0; m < LEN(marks); m++) {
		if (strcmp(text, marks[m].mark) != 0)
			continue;
		for (size_t i = 1; i < LEN(intensities); i++) {
			if ((unsigned char)intensities[i].text[0] == c &&
			    strcmp(intensities[i].text + 1, marks[m].sign) == 0)
				return (int)i;
		}
	}
	return -1;
}

static size_t on_scale(int intensity)
{
	return intensity > 0 && intensity <= JMA_INTENSITY_MAX
		       ? (size_t)intensity
		       : 0;
}

const char *jma_intensity_text(int intensity)
{
	return intensities[on_scale(intensity)].text;
}

const char *jma_intensity_show(int intensity)
{
	return intensities[on_scale(intensity)].show;
}

const char *jma_depth_show(struct arena *a, int depth_km)
{
	if (depth_km < 0)
		return "不明";
	return depth_km == 0 ? "ごく浅い" : arena_fmt(a, "約%dkm", depth_km);
}

bool jma_comment_has(const char *codes, const char *code)
{
	size_t len = strlen(code);

	for (const char *p = codes; *p != '\0';) {
		size_t n = strcspn(p, " ");

		if (n == len && strncmp(p, code, n) == 0)
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

bool jma_quake_reads(const char *type)
{
	for (size_t i = 0; i < LEN(types); i++) {
		if (strcmp(types[i], type) == 0)
			return true;
	}
	return false;
}

bool jma_quake_is_type(const char *type)
{
	return strcmp(type, "VXSE51") == 0 || strcmp(type, "VXSE53") == 0;
}

/*
 * Reads "+37.6", "-072.6", "+0", "7.6" at *p and goes past it.  Not strtod:
 * that takes NaN, hexadecimal and exponents, and depends on the locale.
 */
static bool decimal(const char **p, double *out)
{
	const char *s = *p, *start;
	double sign = *s == '-' ? -1 : 1, unit = 0.1;

	*out = 0;
	s += *s == '+' || *s == '-';
	for (start = s; *s >= '0' && *s <= '9'; s++)
		*out = *out * 10 + (*s - '0');
	if (s == start)
		return false;
	if (*s == '.') {
		for (start = ++s; *s >= '0' && *s <= '9'; s++, unit /= 10)
			*out += unit * (*s - '0');
		if (s == start)
			return false;
	}
	*out *= sign;
	*p = s;
	return true;
}

/* "+37.5+137.2-10000/": degrees, and metres of height.  The third part is
 * absent where the depth is not known. */
static void coordinate_read(const char *text, struct jma_quake *out)
{
	const char *p = text;
	double lat, lon, height;

	if (!decimal(&p, &lat) || !decimal(&p, &lon) || lat < -90 || lat > 90 ||
	    lon < -180 || lon > 180)
		return;
	out->located = true;
	out->latitude = lat;
	out->longitude = lon;
	if (decimal(&p, &height) && height <= 0 &&
	    -height <= (double)DEPTH_MAX_KM * METRES_PER_KM)
		out->depth_km = (int)(-height / METRES_PER_KM);
}

static void epicentre_read(const struct xml *area, struct jma_quake *out)
{
	out->epicentre = xml_text(area, "Name");
	out->epicentre_code = xml_text(area, "Code");
	out->epicentre_detail = xml_text(area, "DetailedName");
	out->mark = xml_text(area, "NameFromMark");
	if (area == NULL)
		return;
	for (struct xml *e = xml_first(area); e != NULL; e = xml_next(e)) {
		/* One with a type is in degrees and minutes. */
		if (strcmp(xml_name(e), "Coordinate") == 0 &&
		    xml_attr(e, "type") == NULL) {
			coordinate_read(xml_own_text(e), out);
			return;
		}
	}
}

static void magnitude_read(struct arena *a, const struct xml *e,
			   struct jma_quake *out)
{
	const char *text, *p, *description;

	out->magnitude_text = "";
	if (e == NULL)
		return;
	text = p = jma_plain(a, xml_own_text(e));
	description = xml_attr(e, "description");
	if (decimal(&p, &out->magnitude) && *p == '\0' &&
	    out->magnitude >= -MAGNITUDE_MAX &&
	    out->magnitude <= MAGNITUDE_MAX) {
		out->magnitude_known = true;
		out->magnitude_text = text;
		return;
	}
	out->magnitude = 0;
	out->magnitude_text = description == NULL || *description == '\0'
				      ? "Ｍ不明"
				      : description;
}

/* TargetDateTime is the minute of detection in a VXSE51 only; elsewhere it is
 * that of the report. */
static int64_t origin_read(const struct xml *quake,
			   const struct jma_telegram *t)
{
	int64_t at = xml_time(quake, "OriginTime");

	if (at == 0)
		at = xml_time(quake, "ArrivalTime");
	if (at == 0 && strcmp(t->type, "VXSE51") == 0 &&
	    t->info_type != JMA_CANCELLED)
		at = t->target_at;
	return at;
}

/* Raises a place, or the whole, to what one within it has. */
static void raise_to(int *intensity, int other)
{
	if (other > *intensity)
		*intensity = other;
}

static void intensity_read(struct reading *r, const struct xml *e,
			   struct jma_place *p)
{
	const char *text = xml_own_text(e);
	int intensity = jma_intensity(text);

	if (intensity < 0)
		r->unknown++;
	raise_to(&p->intensity, intensity);
	if (strstr(text, unreported) != NULL)
		p->unreported = true;
}

/* 長周期地震動階級: "0" to "4". */
static int long_period(struct reading *r, const char *text)
{
	long long class = 0;

	if (*text == '\0' ||
	    str_to_int(jma_plain(r->a, text), 0, JMA_LONG_PERIOD_MAX, &class))
		return (int)class;
	r->unknown++;
	return 0;
}

/* Of a station only its intensity matters, and that is in its place's own,
 * unless it has sent nothing. */
static void station_read(struct reading *r, const struct xml *station,
			 struct jma_place *p)
{
	const struct xml *e = xml_find(station, "Int");

	if (e != NULL)
		intensity_read(r, e, p);
}

static bool is_code(const char *code)
{
	return *code != '\0' && strlen(code) < CODE_MAX;
}

/*
 * Reads one place and, one level down each time, those in it; in one pass
 * over the children, as a nationwide telegram has 20,000 elements.
 */
static void place_read(struct reading *r, const struct xml *place, size_t level,
		       struct jma_place *out)
{
	const char *deeper = level + 1 < LEN(levels) ? levels[level + 1] : "";
	struct jma_place **tail = &out->below;

	out->code = out->name = "";
	for (struct xml *e = xml_first(place); e != NULL; e = xml_next(e)) {
		const char *name = xml_name(e);

		if (strcmp(name, "Name") == 0) {
			out->name = xml_own_text(e);
		} else if (strcmp(name, "Code") == 0) {
			out->code = jma_plain(r->a, xml_own_text(e));
		} else if (strcmp(name, "MaxInt") == 0) {
			intensity_read(r, e, out);
		} else if (strcmp(name, "Condition") == 0) {
			if (strstr(xml_own_text(e), unreported) != NULL)
				intensity_read(r, e, out);
		} else if (strcmp(name, "MaxLgInt") == 0) {
			raise_to(&out->long_period,
				 long_period(r, xml_own_text(e)));
		} else if (strcmp(name, "IntensityStation") == 0) {
			station_read(r, e, out);
		} else if (strcmp(name, deeper) == 0) {
			struct jma_place *p = arena_alloc(r->a, sizeof(*p));

			place_read(r, e, level + 1, p);
			raise_to(&out->intensity, p->intensity);
			raise_to(&out->long_period, p->long_period);
			out->unreported |= p->unreported;
			if (!is_code(p->code))
				continue;
			*tail = p;
			tail = &p->next;
		}
	}
}

static void observation_read(struct arena *a, const struct xml *observation,
			     struct jma_quake *out)
{
	struct reading r = { .a = a };
	struct jma_place whole = { 0 };
	struct jma_place **tail = &out->prefs;

	for (struct xml *e = xml_first(observation); e != NULL;
	     e = xml_next(e)) {
		if (strcmp(xml_name(e), "MaxInt") == 0) {
			intensity_read(&r, e, &whole);
		} else if (strcmp(xml_name(e), "MaxLgInt") == 0) {
			whole.long_period = long_period(&r, xml_own_text(e));
		} else if (strcmp(xml_name(e), levels[0]) == 0) {
			struct jma_place *p = arena_alloc(a, sizeof(*p));

			place_read(&r, e, 0, p);
			raise_to(&whole.intensity, p->intensity);
			raise_to(&whole.long_period, p->long_period);
			if (!is_code(p->code))
				continue;
			*tail = p;
			tail = &p->next;
		}
	}
	out->max_intensity = whole.intensity;
	out->max_long_period = whole.long_period;
	out->unknown = r.unknown;
	if (r.unknown > 0)
		log_warn("intensities unknown count=%d", r.unknown);
}

/* ForecastInt: the upper end of what is expected; "over" has none, and the
 * lower end is "or more". */
static void forecast_int_read(struct reading *r, const struct xml *e,
			      struct jma_place *p)
{
	const char *to = xml_text(e, "To");
	int from = jma_intensity(xml_text(e, "From")), upper;

	p->or_more = strcmp(to, "over") == 0;
	upper = p->or_more ? 0 : jma_intensity(to);
	if (from < 0 || upper < 0)
		r->unknown++;
	raise_to(&p->intensity, from);
	raise_to(&p->intensity, upper);
}

static void eew_area_read(struct reading *r, const struct xml *area,
			  struct jma_place *out)
{
	const char *kind = xml_text(area, "Category/Kind/Code");

	out->code = jma_plain(r->a, xml_text(area, "Code"));
	out->name = xml_text(area, "Name");
	forecast_int_read(r, xml_find(area, "ForecastInt"), out);
	out->long_period = long_period(r, xml_text(area, "ForecastLgInt/To"));
	out->arrives_at = xml_time(area, "ArrivalTime");
	for (size_t i = 0; i < LEN(eew_kinds); i++) {
		if (strcmp(eew_kinds[i].code, kind) != 0)
			continue;
		out->warned = eew_kinds[i].warned;
		out->arrived = eew_kinds[i].arrived;
	}
}

/* Prefectures of a forecast so far, each with the end of its areas. */
struct eew {
	struct reading r;
	struct jma_place *prefs[PREFECTURES + 1], **tails[PREFECTURES + 1];
	struct jma_place **tail;
};

/*
 * The prefecture of a 府県予報区, in the list from the first time it is seen:
 * 北海道道央 and 道南 are one, and every area comes with a Pref of its own.
 * NULL if it has no prefecture.
 */
static struct jma_place *eew_pref(struct eew *f, const char *code, size_t *n)
{
	const char *pref = jma_eew_prefecture(f->r.a, code);
	struct jma_place *p;
	long long number;

	if (!str_to_int(pref, 1, PREFECTURES, &number))
		return NULL;
	*n = (size_t)number;
	if (f->prefs[*n] != NULL)
		return f->prefs[*n];
	p = f->prefs[*n] = arena_alloc(f->r.a, sizeof(*p));
	p->code = pref;
	p->name = place_prefecture_show(pref);
	f->tails[*n] = &p->below;
	*f->tail = p;
	f->tail = &p->next;
	return p;
}

static void eew_pref_read(struct eew *f, const struct xml *pref)
{
	size_t n = 0;
	struct jma_place *of =
		eew_pref(f, jma_plain(f->r.a, xml_text(pref, "Code")), &n);

	if (of == NULL) {
		f->r.unknown++;
		return;
	}
	for (struct xml *e = xml_first(pref); e != NULL; e = xml_next(e)) {
		struct jma_place *p;

		if (strcmp(xml_name(e), levels[1]) != 0)
			continue;
		p = arena_alloc(f->r.a, sizeof(*p));
		eew_area_read(&f->r, e, p);
		raise_to(&of->intensity, p->intensity);
		raise_to(&of->long_period, p->long_period);
		of->warned |= p->warned;
		if (!is_code(p->code))
			continue;
		*f->tails[n] = p;
		f->tails[n] = &p->next;
	}
}

static void forecast_read(struct arena *a, const struct xml *forecast,
			  struct jma_quake *out)
{
	struct eew f = { .r = { .a = a }, .tail = &out->prefs };
	struct jma_place whole = { 0 };

	forecast_int_read(&f.r, xml_find(forecast, "ForecastInt"), &whole);
	whole.long_period =
		long_period(&f.r, xml_text(forecast, "ForecastLgInt/To"));
	for (struct xml *e = xml_first(forecast); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), levels[0]) == 0)
			eew_pref_read(&f, e);
	}
	for (const struct jma_place *p = out->prefs; p != NULL; p = p->next) {
		raise_to(&whole.intensity, p->intensity);
		raise_to(&whole.long_period, p->long_period);
		out->warned |= p->warned;
	}
	out->max_intensity = whole.intensity;
	out->max_long_period = whole.long_period;
	out->unknown = f.r.unknown;
	if (f.r.unknown > 0)
		log_warn("intensities or prefectures unknown count=%d",
			 f.r.unknown);
}

/* VXSE43, 44, 45. */
static bool is_forecast(const char *type)
{
	return str_begins(type, "VXSE4");
}

static void comments_read(struct arena *a, const struct xml *comments,
			  struct jma_quake *out)
{
	out->forecast_codes =
		jma_plain(a, xml_text(comments, "ForecastComment/Code"));
	out->forecast_text = xml_text(comments, "ForecastComment/Text");
	out->var_codes = jma_plain(a, xml_text(comments, "VarComment/Code"));
	out->var_text = xml_text(comments, "VarComment/Text");
	out->free_text = xml_text(comments, "FreeFormComment");
	out->warning_text = xml_text(comments, "WarningComment/Text");
	out->tsunami = "";
	for (size_t i = 0; i < LEN(tsunamis); i++) {
		if (jma_comment_has(out->forecast_codes, tsunamis[i].code)) {
			out->tsunami = tsunamis[i].word;
			return;
		}
	}
}

/* NULL if the telegram can be read further. */
static const char *quake_fault(const struct xml *body,
			       const struct jma_telegram *t)
{
	if (!jma_quake_reads(t->type))
		return "not an earthquake telegram";
	if (*t->event_key == '\0')
		return "no event key";
	if (t->info_type == JMA_CANCELLED)
		return NULL;
	if (body == NULL || !xml_is(body, jma_seismology_uri, "Body"))
		return "body not of seismology";
	if (xml_find(body, "Earthquake") == NULL &&
	    xml_find(body, "Intensity/Observation") == NULL &&
	    xml_find(body, "Intensity/Forecast") == NULL)
		return "neither hypocentre nor intensity";
	return NULL;
}

int jma_quake_read(struct arena *a, const struct xml *root,
		   const struct jma_telegram *telegram, struct jma_quake *out,
		   const char **why)
{
	const struct xml *body = xml_find(root, "Body"), *quake, *observation,
			 *forecast;
	const char *fault = quake_fault(body, telegram);

	*out = (struct jma_quake){ .telegram = *telegram,
				   .depth_km = JMA_DEPTH_UNKNOWN };
	if (fault != NULL) {
		*why = fault;
		return log_error("telegram refused reason=\"%s\" event=%s",
				 fault, telegram->event_key);
	}
	/* The samples of cancellations have no content; what one has would
	 * be what is withdrawn. */
	if (telegram->info_type == JMA_CANCELLED)
		body = NULL;
	quake = xml_find(body, "Earthquake");
	observation = xml_find(body, "Intensity/Observation");
	out->distant = str_begins(telegram->head_title, "遠地地震");
	out->origin_at = origin_read(quake, telegram);
	out->source = xml_text(quake, "Hypocenter/Source");
	epicentre_read(xml_find(quake, "Hypocenter/Area"), out);
	magnitude_read(a, xml_find(quake, "Magnitude"), out);
	comments_read(a, xml_find(body, "Comments"), out);
	if (observation != NULL)
		observation_read(a, observation, out);
	out->forecast = is_forecast(telegram->type);
	out->assumed =
		strcmp(xml_text(quake, "Condition"), "仮定震源要素") == 0;
	forecast = xml_find(body, "Intensity/Forecast");
	if (out->forecast && forecast != NULL)
		forecast_read(a, forecast, out);
	if (body != NULL && strcmp(telegram->type, "VXSE43") == 0)
		out->warned = true;
	return 0;
}

int jma_quake_parse(struct arena *a, const char *buf, size_t len,
		    struct jma_quake *out, const char **why)
{
	struct jma_telegram telegram;
	const struct xml *root = jma_open(a, buf, len, &telegram, why);

	if (root == NULL) {
		*out = (struct jma_quake){ .telegram = telegram };
		return -1;
	}
	return jma_quake_read(a, root, &telegram, out, why);
}
