#include "feed/cap.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/level.h"
#include "feed/place.h"
#include "feed/xml.h"

enum {
	INFOS_MAX = 200,
	AREAS_MAX = 20000,
	HASH_HEX = 32, /* characters of a key too long to keep */
};

static const struct {
	const char *word;
	enum jma_status status;
} statuses[] = {
	{ "Actual", JMA_NORMAL },
	{ "Exercise", JMA_DRILL },
	{ "Test", JMA_TEST },
	{ "System", JMA_TEST },
};

static const struct {
	const char *word;
	enum jma_info_type type;
} types[] = {
	{ "Alert", JMA_ISSUED },
	{ "Update", JMA_ISSUED },
	{ "Cancel", JMA_CANCELLED },
};

static const struct {
	const char *word;
	int rank;
} severities[] = {
	{ "Extreme", 5 },
	{ "Severe", 4 },
	{ "Moderate", 3 },
	{ "Minor", 2 },
};

/* Words of an event, in lower case; the first that is found decides. */
static const struct {
	const char *word;
	enum hazard_kind kind;
} events[] = {
	{ "津波", HAZARD_TSUNAMI },	{ "tsunami", HAZARD_TSUNAMI },
	{ "ミサイル", HAZARD_MISSILE }, { "missile", HAZARD_MISSILE },
	{ "土砂", HAZARD_LANDSLIDE },	{ "landslide", HAZARD_LANDSLIDE },
	{ "噴火", HAZARD_VOLCANO },	{ "火山", HAZARD_VOLCANO },
	{ "降灰", HAZARD_VOLCANO },	{ "volcan", HAZARD_VOLCANO },
	{ "ash fall", HAZARD_VOLCANO }, { "台風", HAZARD_TYPHOON },
	{ "typhoon", HAZARD_TYPHOON },	{ "hurricane", HAZARD_TYPHOON },
	{ "tropical", HAZARD_TYPHOON }, { "氾濫", HAZARD_FLOOD },
	{ "洪水", HAZARD_FLOOD },	{ "flood", HAZARD_FLOOD },
	{ "高潮", HAZARD_WEATHER },	{ "storm surge", HAZARD_WEATHER },
};

/* Names of tables whose codes are Japan's, in lower case: elsewhere "3537001"
 * is in Canada. */
static const char *const tables[] = { "jis",	    "x0401",  "x0402",
				      "団体コード", "市町村", "都道府県",
				      "jma",	    "気象庁" };

struct reading {
	struct arena *a;
	struct hazard *out;
	bool japanese, in_japan, without_place;
	int rank; /* of the info being read */
	int areas;
};

static const char *lower(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text);

	for (char *p = s; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return s;
}

static bool is_japanese(struct arena *a, const struct xml *info)
{
	return str_begins(lower(a, xml_text(info, "language")), "ja");
}

/* An info counts if it is in the language that was chosen. */
static bool counts(struct arena *a, const struct xml *info,
		   const char *language)
{
	return strcmp(xml_name(info), "info") == 0 &&
	       strcmp(lower(a, xml_text(info, "language")), language) == 0;
}

static const char *language_of(struct arena *a, const struct xml *root)
{
	for (struct xml *e = xml_first(root); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "info") == 0 && is_japanese(a, e))
			return lower(a, xml_text(e, "language"));
	}
	return lower(a, xml_text(root, "info/language"));
}

static enum hazard_kind kind_of(struct arena *a, const struct xml *info)
{
	const char *event =
		lower(a, arena_fmt(a, "%s %s", xml_text(info, "event"),
				   xml_text(info, "headline")));

	for (size_t i = 0; i < LEN(events); i++) {
		if (strstr(event, events[i].word) != NULL)
			return events[i].kind;
	}
	return strcmp(xml_text(info, "category"), "Met") == 0 ? HAZARD_WEATHER
							      : HAZARD_OTHER;
}

static bool is_all_clear(const struct xml *info)
{
	for (struct xml *e = xml_first(info); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "responseType") == 0 &&
		    strcmp(xml_own_text(e), "AllClear") == 0)
			return true;
	}
	return false;
}

static int rank_of(const struct xml *info)
{
	const char *severity = xml_text(info, "severity");
	int rank = level_rank(xml_text(info, "event"));

	if (is_all_clear(info))
		return 0;
	if (rank != LEVEL_UNKNOWN)
		return rank;
	for (size_t i = 0; i < LEN(severities); i++) {
		if (strcmp(severities[i].word, severity) == 0)
			return severities[i].rank;
	}
	return 1;
}

/* The code of a geocode of Japan; "" if it is of another table. */
static const char *code_of(struct arena *a, const struct xml *geocode)
{
	const char *table = lower(a, xml_text(geocode, "valueName"));

	for (size_t i = 0; i < LEN(tables); i++) {
		if (strstr(table, tables[i]) != NULL)
			return jma_plain(a, xml_text(geocode, "value"));
	}
	return "";
}

static int area_add(struct reading *r, const struct xml *info, const char *name,
		    const char *code)
{
	struct hazard_area *p;

	if (++r->areas > AREAS_MAX)
		return -1;
	p = hazard_add_area(r->a, r->out);
	p->name = name;
	p->code = code;
	p->table = *code == '\0' ? "" : "jis";
	p->level = xml_text(info, "event");
	p->rank = r->rank;
	p->at = xml_time(info, "onset");
	p->prefectures = *code != '\0' ? place_prefecture(code)
				       : place_prefectures_in(r->a, name);
	if (*p->prefectures != '\0')
		r->in_japan = true;
	else
		r->without_place = true;
	return 0;
}

/* One area for each code of Japan, or one without a code. */
static int area_read(struct reading *r, const struct xml *info,
		     const struct xml *area)
{
	const char *name = xml_text(area, "areaDesc");
	int codes = 0;

	for (struct xml *e = xml_first(area); e != NULL; e = xml_next(e)) {
		const char *code = "";

		if (strcmp(xml_name(e), "geocode") == 0)
			code = code_of(r->a, e);
		if (*code == '\0')
			continue;
		if (area_add(r, info, name, code) < 0)
			return -1;
		if (*place_prefecture(code) == '\0')
			hazard_add_unknown(r->a, r->out, "区域", code, name);
		codes++;
	}
	return codes > 0 ? 0 : area_add(r, info, name, "");
}

/* Reads one info; the gravest of them names the whole. */
static int info_read(struct reading *r, const struct xml *info)
{
	struct hazard *out = r->out;

	r->rank = rank_of(info);
	if (*out->title == '\0' || r->rank > out->rank) {
		out->kind = kind_of(r->a, info);
		out->title = xml_text(info, "headline");
		if (*out->title == '\0')
			out->title = xml_text(info, "event");
		out->level = xml_text(info, "event");
		out->headline = xml_text(info, "headline");
		out->text = arena_fmt(
			r->a, "%s%s%s", xml_text(info, "description"),
			*xml_text(info, "instruction") == '\0' ? "" : "\n",
			xml_text(info, "instruction"));
		out->occurred_at = xml_time(info, "onset");
		out->rank = r->rank;
	}
	if (xml_time(info, "expires") > out->valid_until)
		out->valid_until = xml_time(info, "expires");
	for (struct xml *e = xml_first(info); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "area") == 0 &&
		    area_read(r, info, e) < 0)
			return -1;
	}
	return 0;
}

/* "sender,identifier,sent" by spaces: the identifier of the oldest. */
static const char *oldest_reference(struct arena *a, const char *references)
{
	const char *oldest = "";
	int64_t oldest_at = INT64_MAX;

	for (const char *p = references; *p != '\0';) {
		size_t len = strcspn(p, " \t\r\n");
		const char *one = arena_strndup(a, p, len);
		const char *id = strchr(one, ','), *sent = strrchr(one, ',');
		int64_t at;

		if (id != NULL && sent > id && time_parse(sent + 1, &at) == 0 &&
		    at < oldest_at) {
			oldest = arena_strndup(a, id + 1,
					       (size_t)(sent - id - 1));
			oldest_at = at;
		}
		p += len + (p[len] != '\0');
	}
	return oldest;
}

static const char *key_of(struct arena *a, const struct xml *root)
{
	const char *key = xml_text(root, "incidents");
	unsigned char hash[SHA256_LEN];

	if (*key == '\0')
		key = oldest_reference(a, xml_text(root, "references"));
	if (*key == '\0')
		key = xml_text(root, "identifier");
	if (strlen(key) <= JMA_KEY_MAX)
		return key;
	bytes_sha256(key, strlen(key), hash);
	return arena_strndup(a, bytes_to_hex(a, hash, sizeof(hash)), HASH_HEX);
}

static void frame_read(struct arena *a, const struct xml *root,
		       struct hazard *out)
{
	struct jma_telegram *t = &out->telegram;
	const char *word = xml_text(root, "status");

	out->key = key_of(a, root);
	t->type = "CAP";
	t->title = "防災情報（CAP）";
	t->event_key = out->key;
	t->published_at = t->reported_at = xml_time(root, "sent");
	t->office = xml_text(root, "info/senderName");
	if (*t->office == '\0')
		t->office = xml_text(root, "sender");
	for (size_t i = 0; i < LEN(statuses); i++) {
		if (strcmp(statuses[i].word, word) == 0)
			t->status = statuses[i].status;
	}
	word = xml_text(root, "msgType");
	for (size_t i = 0; i < LEN(types); i++) {
		if (strcmp(types[i].word, word) == 0)
			t->info_type = types[i].type;
	}
}

static const char *frame_fault(const struct xml *root, const struct hazard *out)
{
	if (*xml_text(root, "identifier") == '\0' ||
	    *xml_text(root, "sender") == '\0')
		return "no identifier or sender";
	if (out->telegram.published_at == 0)
		return "no time of issue";
	return NULL;
}

static const char *infos_read(struct reading *r, const struct xml *root)
{
	const char *language = language_of(r->a, root);
	int infos = 0;

	r->japanese = str_begins(language, "ja");
	for (struct xml *e = xml_first(root); e != NULL; e = xml_next(e)) {
		if (!counts(r->a, e, language))
			continue;
		if (++infos > INFOS_MAX || info_read(r, e) < 0)
			return "too many areas";
	}
	return NULL;
}

/* What the alert is as a whole, after its infos. */
static void settle(struct reading *r, const struct xml *root)
{
	struct hazard *out = r->out;
	bool has_info = xml_find(root, "info") != NULL;
	bool cancelled = out->telegram.info_type == JMA_CANCELLED;

	if (!has_info && !cancelled)
		out->rank = 1;
	if (*out->title == '\0')
		out->title = out->telegram.title;
	out->telegram.head_title = out->title;
	out->telegram.headline = out->headline;
	out->telegram.valid_until = out->valid_until;
	out->standing = true;
	out->lifted = !cancelled && out->rank == 0;
	if (!r->japanese && !r->in_japan)
		out->kind = HAZARD_OVERSEAS;
	else if (r->without_place)
		hazard_add_unknown(r->a, out, "都道府県の分からない", "区域",
				   "");
	if (!cancelled)
		return;
	out->telegram.cancel_text = xml_text(root, "note");
	out->areas = out->last = NULL;
	out->rank = 0;
}

int cap_read(struct arena *a, const struct xml *root, struct hazard *out,
	     const char **why)
{
	struct reading r = { .a = a, .out = out };
	const char *type = xml_text(root, "msgType"), *fault;

	frame_read(a, root, out);
	fault = frame_fault(root, out);
	if (fault == NULL &&
	    (strcmp(type, "Ack") == 0 || strcmp(type, "Error") == 0))
		return 0;
	if (fault == NULL)
		fault = infos_read(&r, root);
	if (fault != NULL) {
		*why = fault;
		return log_error("telegram refused reason=\"%s\" type=CAP",
				 fault);
	}
	settle(&r, root);
	return 1;
}
