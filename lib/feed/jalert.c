#include "feed/jalert.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/place.h"

enum {
	REVISION_MAX = 99999,
	PLACES_MAX = 2000, /* prefectures and municipalities */
	HOURS_MAX = 24,
	MINUTES_MAX = 59,
	HOUR_LEN = 2, /* digits before 時 */
	HOURS_OF_DAY = 24,
	NOON = 12,
	APART_MIN = 60,	 /* an incident pauses for less */
	JAPAN_AHEAD = 9, /* hours */
};

static const char mark[] = "jalert:";
static const char byte_order_mark[] = "\xef\xbb\xbf";

/* A message that came by code alone lifts if its standard text does. */
enum lifts { LIFTS_NEVER, LIFTS_BY_TEXT, LIFTS_BY_CODE, LIFTS_ALWAYS };

/*
 * Kinds of messages: the word and the code of the QZSS DCX library by which
 * they are known, the beginning of a sentence that tells them in a text, and
 * what people are shown.  The beginnings are of characters that stand for
 * themselves: libraries write で in one character or in two.
 */
static const struct kind {
	const char *word;
	long long code;
	const char *sentence;
	const char *show;
	enum hazard_kind kind;
	int rank;
	enum lifts lifts;
} kinds[] = {
	{ "test", 126, "のテスト", "試験", HAZARD_MISSILE, 1, LIFTS_NEVER },
	{ "test", 136, "のテスト", "試験", HAZARD_MISSILE, 1, LIFTS_NEVER },
	{ "not-coming", 131, "我が国には飛来しない", "飛来せず", HAZARD_MISSILE,
	  0, LIFTS_ALWAYS },
	{ "not-falling", 135, "我が国には落下しない", "落下せず",
	  HAZARD_MISSILE, 0, LIFTS_ALWAYS },
	{ "intercepted", 133, "迎撃により破壊", "ミサイル迎撃", HAZARD_MISSILE,
	  5, LIFTS_NEVER },
	{ "launch", 128, "ミサイル発射", "ミサイル発射", HAZARD_MISSILE, 5,
	  LIFTS_NEVER },
	{ "evacuate", 132, "直ちに避難", "ミサイル落下のおそれ（直ちに避難）",
	  HAZARD_MISSILE, 5, LIFTS_NEVER },
	{ "fallen", 134, "ミサイル落下", "ミサイル落下", HAZARD_MISSILE, 5,
	  LIFTS_NEVER },
	{ "passed", 129, "ミサイル通過", "ミサイル通過", HAZARD_MISSILE, 1,
	  LIFTS_BY_CODE },
	{ "sea", 130, "海に落下", "ミサイル海上に落下", HAZARD_MISSILE, 1,
	  LIFTS_BY_CODE },
	{ "release", 0, "避難の呼びかけを解除", "避難の呼びかけ解除",
	  HAZARD_MISSILE, 0, LIFTS_ALWAYS },
	{ "aircraft", 0, "航空攻撃", "航空攻撃", HAZARD_OTHER, 5,
	  LIFTS_BY_TEXT },
	{ "guerrilla", 0, "ゲリラ", "ゲリラ・特殊部隊攻撃", HAZARD_OTHER, 5,
	  LIFTS_BY_TEXT },
	{ "terror", 0, "大規模テロ", "大規模テロ", HAZARD_OTHER, 5,
	  LIFTS_BY_TEXT },
	{ "other", 127, "命を守るための最善の行動", "国民保護情報",
	  HAZARD_OTHER, 5, LIFTS_BY_TEXT },
};

static const struct {
	const char *word;
	enum jma_status status;
} modes[] = {
	{ "live", JMA_NORMAL }, { "本番", JMA_NORMAL }, { "drill", JMA_DRILL },
	{ "訓練", JMA_DRILL },	{ "test", JMA_TEST },	{ "試験", JMA_TEST },
	{ "テスト", JMA_TEST },
};

/* The lines at the head; the order is that of fields[]. */
enum {
	FORM,
	ID,
	REVISION,
	EVENT,
	MODE,
	SENT,
	KIND,
	CODE,
	PREFECTURES,
	CITIES,
	CANCEL,
	FIELDS
};

static const char *const fields[FIELDS] = {
	[FORM] = "jalert",   [ID] = "id",	  [REVISION] = "revision",
	[EVENT] = "event",   [MODE] = "mode",	  [SENT] = "sent",
	[KIND] = "kind",     [CODE] = "code",	  [PREFECTURES] = "prefectures",
	[CITIES] = "cities", [CANCEL] = "cancel",
};

struct message {
	const char *fields[FIELDS]; /* "" where there is none */
	const char *text;	    /* as sent, and in plain digits */
	const char *plain;
	const struct kind *kind;
	int64_t sent;
	long long revision;
};

bool jalert_is(const char *buf, size_t len)
{
	size_t skip = strlen(byte_order_mark);

	if (len >= skip && memcmp(buf, byte_order_mark, skip) == 0) {
		buf += skip;
		len -= skip;
	}
	return len >= strlen(mark) && strncasecmp(buf, mark, strlen(mark)) == 0;
}

/* Control characters but those of lines become blanks, as XML has none of them
 * in other telegrams.  A call to take shelter is not refused for them. */
static const char *without_controls(char *text)
{
	for (char *p = text; *p != '\0'; p++) {
		if (((unsigned char)*p < ' ' && strchr("\t\r\n", *p) == NULL) ||
		    *p == 0x7f)
			*p = ' ';
	}
	return text;
}

/* The bytes as UTF-8 ending in NUL; NULL if they are no text. */
static const char *text_of(struct arena *a, const char *buf, size_t len)
{
	size_t skip = strlen(byte_order_mark);
	char *text;

	if (memchr(buf, '\0', len) != NULL)
		return NULL;
	if (!charset_is_utf8(buf, len)) {
		text = charset_from_cp932(a, buf, len);
		return text == NULL ? NULL : without_controls(text);
	}
	if (memcmp(buf, byte_order_mark, skip) == 0)
		buf += skip, len -= skip;
	return without_controls(arena_strndup(a, buf, len));
}

/* A copy of len bytes without white space at both ends. */
static const char *trimmed(struct arena *a, const char *p, size_t len)
{
	static const char space[] = " \t\r\n";

	while (len > 0 && strchr(space, *p) != NULL)
		p++, len--;
	while (len > 0 && strchr(space, p[len - 1]) != NULL)
		len--;
	return arena_strndup(a, p, len);
}

/* Reads one line "name: value"; the number of its field, FIELDS for one that
 * nobody knows, -1 if it is no such line. */
static int line_read(struct arena *a, const char *line, size_t len,
		     const char **name, const char **value)
{
	const char *colon = memchr(line, ':', len);

	if (colon == NULL)
		return -1;
	*name = trimmed(a, line, (size_t)(colon - line));
	*value = trimmed(a, colon + 1, len - (size_t)(colon - line) - 1);
	for (int i = 0; i < FIELDS; i++) {
		if (strcasecmp(fields[i], *name) == 0)
			return i;
	}
	return FIELDS;
}

/* The lines up to the empty one, and the text behind it. */
static const char *head_read(struct arena *a, const char *p, struct message *m,
			     struct hazard *out)
{
	for (int i = 0; i < FIELDS; i++)
		m->fields[i] = "";
	for (;;) {
		size_t len = strcspn(p, "\n");
		const char *line = p, *name, *value;
		int field;

		p += len + (p[len] == '\n');
		if (*trimmed(a, line, len) == '\0')
			break;
		field = line_read(a, line, len, &name, &value);
		if (field < 0)
			return "a line without a name";
		if (field == FIELDS)
			hazard_add_unknown(a, out, "項目", name, "");
		else if (*m->fields[field] != '\0')
			return "a line twice";
		else
			m->fields[field] = value;
	}
	m->text = trimmed(a, p, strlen(p));
	m->plain = jma_plain(a, m->text);
	return NULL;
}

static bool is_yes(const char *value)
{
	return strcasecmp(value, "yes") == 0 || strcmp(value, "1") == 0;
}

static bool is_kind(const struct kind *k, const struct message *m)
{
	long long number;

	if (*m->fields[KIND] != '\0')
		return strcasecmp(k->word, m->fields[KIND]) == 0;
	if (*m->fields[CODE] != '\0')
		return k->code > 0 &&
		       str_to_int(m->fields[CODE], k->code, k->code, &number);
	return strstr(m->text, k->sentence) != NULL;
}

/*
 * By word, else by code, else by the text.  An alert is not lost because its
 * kind is new: it is of kind other, and the operator is told.  NULL if there
 * is neither, and for one that takes back another.
 */
static const struct kind *kind_of(struct arena *a, const struct message *m,
				  struct hazard *out)
{
	const char *given =
		*m->fields[KIND] != '\0' ? m->fields[KIND] : m->fields[CODE];

	for (size_t i = 0; i < LEN(kinds); i++) {
		if (is_kind(&kinds[i], m))
			return &kinds[i];
	}
	if (is_yes(m->fields[CANCEL]) || (*given == '\0' && *m->text == '\0'))
		return NULL;
	hazard_add_unknown(a, out, "国民保護情報の種類",
			   *given == '\0' ? "文面による" : given, "");
	return &kinds[LEN(kinds) - 1];
}

static const char *fields_check(struct arena *a, struct message *m,
				struct hazard *out)
{
	const char *revision = m->fields[REVISION];

	m->revision = 1;
	if (strcmp(m->fields[FORM], "1") != 0)
		return "a form that is not known";
	if (*m->fields[ID] == '\0' || strlen(m->fields[ID]) > JMA_KEY_MAX)
		return "no id, or one too long";
	if (strlen(m->fields[EVENT]) > JMA_KEY_MAX)
		return "event key too long";
	if (time_parse(m->fields[SENT], &m->sent) < 0)
		return "no time of issue";
	if (*revision != '\0' &&
	    !str_to_int(revision, 1, REVISION_MAX, &m->revision))
		return "revision is no number";
	m->kind = kind_of(a, m, out);
	if (m->kind == NULL && !is_yes(m->fields[CANCEL]))
		return "neither kind nor text";
	return NULL;
}

static enum jma_status status_of(const struct message *m)
{
	if (m->kind != NULL && strcmp(m->kind->word, "test") == 0)
		return JMA_TEST;
	for (size_t i = 0; i < LEN(modes); i++) {
		if (strcasecmp(modes[i].word, m->fields[MODE]) == 0)
			return modes[i].status;
	}
	return JMA_STATUS_UNKNOWN;
}

/* "20230412": the day in Japan on whose noon the message follows. */
static const char *day_of(struct arena *a, int64_t sent)
{
	const int64_t hour = (int64_t)60 * TIME_MINUTE;
	const char *iso = time_iso(a, sent - NOON * hour);

	return arena_fmt(a, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
}

static void frame_fill(struct arena *a, const struct message *m,
		       struct hazard *out)
{
	struct jma_telegram *t = &out->telegram;

	out->kind = m->kind == NULL ? HAZARD_MISSILE : m->kind->kind;
	if (*m->fields[EVENT] != '\0') {
		out->key = m->fields[EVENT];
	} else {
		out->key = day_of(a, m->sent);
		out->pause_most = (int64_t)APART_MIN * TIME_MINUTE;
	}
	t->type = "JALERT";
	t->title = "国民保護情報";
	t->head_title = out->title = m->kind == NULL ? t->title : m->kind->show;
	t->status = status_of(m);
	t->event_key = m->fields[ID];
	t->serial = (int)m->revision;
	t->published_at = t->reported_at = m->sent;
	t->office = "全国瞬時警報システム（Jアラート）";
	t->info_type = is_yes(m->fields[CANCEL]) ? JMA_CANCELLED
		       : m->revision > 1	 ? JMA_CORRECTED
						 : JMA_ISSUED;
	if (t->info_type == JMA_CANCELLED)
		t->cancel_text = m->text;
}

static bool lifts(const struct message *m)
{
	static const char lifted[] = "避難の呼びかけを解除";

	switch (m->kind->lifts) {
	case LIFTS_ALWAYS:
		return true;
	case LIFTS_BY_CODE:
		if (*m->text == '\0' && *m->fields[CODE] != '\0')
			return true;
		break;
	case LIFTS_BY_TEXT:
		break;
	case LIFTS_NEVER:
		return false;
	}
	return strstr(m->text, lifted) != NULL;
}

/* In the waters of Japan, by the text. */
static bool in_waters(const char *text)
{
	return strstr(text, "領海") != NULL && strstr(text, "領海外") == NULL &&
	       strstr(text, "領海の外") == NULL;
}

static struct hazard_area *area_add(struct arena *a, struct hazard *out,
				    const char *code, const char *name)
{
	struct hazard_area *p = hazard_add_area(a, out);

	p->code = code;
	p->table = *code == '\0' ? "" : "jis";
	p->name = name;
	p->level = out->level;
	p->rank = out->rank;
	return p;
}

/* One word of the prefectures or cities: a code or a name. */
static void place_read(struct arena *a, struct hazard *out, const char *word)
{
	const char *prefecture = place_prefecture(word);
	struct hazard_area *p;

	if (*prefecture == '\0')
		prefecture = place_prefecture_named(word);
	p = area_add(a, out, word, word);
	p->prefectures = prefecture;
	if (strlen(word) <= 2 || *place_prefecture(word) == '\0') {
		p->code = prefecture;
		if (*prefecture != '\0' && *place_prefecture(word) != '\0')
			p->name = place_prefecture_show(prefecture);
	} else if (!place_is_municipality(word)) {
		hazard_add_unknown(a, out, "市町村", word, "");
	}
	if (*prefecture == '\0')
		hazard_add_unknown(a, out, "地域", word, "");
}

/* Bytes of what parts words at p, 0 if a word goes on. */
static size_t parts_at(const char *p)
{
	static const char *const marks[] = { " ",  "\t", ",",  ";",
					     "　", "、", "，", "；" };

	for (size_t i = 0; i < LEN(marks); i++) {
		if (str_begins(p, marks[i]))
			return strlen(marks[i]);
	}
	return 0;
}

static bool is_all(const char *word)
{
	return strcasecmp(word, "all") == 0 || strcmp(word, "全国") == 0 ||
	       strcmp(word, "00") == 0;
}

static const char *places_read(struct arena *a, struct hazard *out,
			       const char *p)
{
	int places = 0;

	while (*p != '\0') {
		const char *word = p;
		size_t n;

		while (*p != '\0' && parts_at(p) == 0)
			p++;
		if (p > word) {
			word = jma_plain(
				a, arena_strndup(a, word, (size_t)(p - word)));
			if (++places > PLACES_MAX)
				return "too many places";
			if (is_all(word))
				out->everywhere = true;
			else
				place_read(a, out, word);
		}
		while ((n = parts_at(p)) > 0)
			p += n;
	}
	return NULL;
}

/* "8時2分頃" at or before the end: minutes of the day, or -1. */
static int clock_in(const char *plain)
{
	const char *p = strstr(plain, "時"), *q = p;
	long long hour = 0, minute = 0;

	if (p == NULL)
		return -1;
	while (q > plain && q[-1] >= '0' && q[-1] <= '9' && p - q < HOUR_LEN)
		q--;
	if (q == p)
		return -1;
	for (; q < p; q++)
		hour = hour * 10 + (*q - '0');
	p += strlen("時");
	for (int i = 0; i < HOUR_LEN && *p >= '0' && *p <= '9'; i++, p++)
		minute = minute * 10 + (*p - '0');
	if (strstr(plain, "午後") != NULL && hour < NOON)
		hour += NOON;
	if (hour >= HOURS_MAX || minute > MINUTES_MAX)
		return -1;
	return (int)(hour * 60 + minute);
}

/* The instant of that clock which is nearest to when it was sent. */
static int64_t clock_at(const struct message *m)
{
	const int64_t hour = (int64_t)60 * TIME_MINUTE;
	const int64_t day = HOURS_OF_DAY * hour;
	int minutes = clock_in(m->plain);
	int64_t midnight, at;

	if (minutes < 0)
		return 0;
	midnight = m->sent - (m->sent + JAPAN_AHEAD * hour) % day;
	at = midnight + (int64_t)minutes * TIME_MINUTE;
	if (at > m->sent + day / 2)
		at -= day;
	else if (at < m->sent - day / 2)
		at += day;
	return at;
}

/* 北海道 of 「8時頃、北海道周辺に落下」, 太平洋 of 「太平洋へ通過」; "" if no
 * place is named. */
static const char *place_in(struct arena *a, const char *text)
{
	static const char *const ends[] = { "周辺に落下", "に落下", "へ通過" };
	static const char comma[] = "、";

	for (size_t i = 0; i < LEN(ends); i++) {
		const char *end = strstr(text, ends[i]), *begin = NULL;

		if (end == NULL)
			continue;
		for (const char *p = text;
		     (p = strstr(p, comma)) != NULL && p < end;)
			begin = p += strlen(comma);
		if (begin == NULL || begin >= end)
			return "";
		begin = arena_strndup(a, begin, (size_t)(end - begin));
		return strcmp(begin, "海") == 0 ? "" : begin;
	}
	return "";
}

static void fall_read(struct arena *a, const struct message *m,
		      struct hazard *out)
{
	const char *place = place_in(a, m->text);
	struct hazard_area *p;

	if (*place == '\0')
		return;
	p = area_add(a, out, "", place);
	p->prefectures = place_prefectures_in(a, place);
	p->at = clock_at(m);
	p->detail = "落下・通過の場所";
}

static const char *content_read(struct arena *a, const struct message *m,
				struct hazard *out)
{
	const char *fault;

	out->headline = out->telegram.headline =
		*m->text == '\0'
			? m->kind->show
			: arena_strndup(a, m->text, strcspn(m->text, "\r\n"));
	out->text = m->text;
	out->level = m->kind->show;
	out->lifted = lifts(m);
	out->rank = out->lifted ? 0
		    : strcmp(m->kind->word, "sea") == 0 && in_waters(m->text)
			    ? HAZARD_RANK_MAX
			    : m->kind->rank;
	out->standing = true;
	out->partial = !out->lifted;
	fault = places_read(a, out, m->fields[PREFECTURES]);
	if (fault == NULL)
		fault = places_read(a, out, m->fields[CITIES]);
	if (fault != NULL)
		return fault;
	fall_read(a, m, out);
	out->occurred_at = m->sent;
	if (out->rank < HAZARD_RANK_MAX && clock_at(m) != 0)
		out->occurred_at = clock_at(m);
	return NULL;
}

int jalert_read(struct arena *a, const char *buf, size_t len,
		struct hazard *out, const char **why)
{
	struct message m = { .text = "", .plain = "" };
	const char *text, *fault = NULL;

	if (len > JALERT_BYTES_MAX)
		fault = "too large";
	else if ((text = text_of(a, buf, len)) == NULL)
		fault = "not text";
	else
		fault = head_read(a, text, &m, out);
	if (fault == NULL)
		fault = fields_check(a, &m, out);
	if (fault == NULL) {
		frame_fill(a, &m, out);
		if (out->telegram.info_type != JMA_CANCELLED)
			fault = content_read(a, &m, out);
	}
	if (fault == NULL)
		return 1;
	*why = fault;
	return log_error("telegram refused reason=\"%s\" type=JALERT", fault);
}
