#include "feed/jma_quake.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "feed/xml.h"

static const char body_uri[] =
	"http://xml.kishou.go.jp/jmaxml1/body/seismology1/";

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

enum {
	CODE_MAX = 8, /* bytes; the longest is a municipality's 7 digits */
	METRES_PER_KM = 1000,
	DEPTH_MAX_KM = 1000,
	MAGNITUDE_MAX = 12,
};

struct reading {
	struct arena *a;
	int unknown; /* intensities not on the scale */
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
		} else if (strcmp(name, "IntensityStation") == 0) {
			station_read(r, e, out);
		} else if (strcmp(name, deeper) == 0) {
			struct jma_place *p = arena_alloc(r->a, sizeof(*p));

			place_read(r, e, level + 1, p);
			raise_to(&out->intensity, p->intensity);
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
		} else if (strcmp(xml_name(e), levels[0]) == 0) {
			struct jma_place *p = arena_alloc(a, sizeof(*p));

			place_read(&r, e, 0, p);
			raise_to(&whole.intensity, p->intensity);
			if (!is_code(p->code))
				continue;
			*tail = p;
			tail = &p->next;
		}
	}
	out->max_intensity = whole.intensity;
	if (r.unknown > 0)
		log_warn("intensities unknown count=%d", r.unknown);
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
	if (!jma_quake_is_type(t->type))
		return "not an earthquake telegram";
	if (*t->event_key == '\0')
		return "no event key";
	if (t->info_type == JMA_CANCELLED)
		return NULL;
	if (body == NULL || !xml_is(body, body_uri, "Body"))
		return "body not of seismology";
	if (xml_find(body, "Earthquake") == NULL &&
	    xml_find(body, "Intensity/Observation") == NULL)
		return "neither hypocentre nor intensity";
	return NULL;
}

int jma_quake_read(struct arena *a, const struct xml *root,
		   const struct jma_telegram *telegram, struct jma_quake *out,
		   const char **why)
{
	const struct xml *body = xml_find(root, "Body"), *quake, *observation;
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
