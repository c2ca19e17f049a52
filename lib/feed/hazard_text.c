#include "feed/hazard_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "feed/hazard.h"
#include "feed/place.h"

enum {
	PREFECTURES = 47,
	LEVELS_MAX = 12,  /* words that are told apart: the gravest */
	AREAS_SHOWN = 20, /* of one level: more are counted */
	SUBJECT_PREFECTURES = 3,
	SENTENCE_MAX = 150, /* bytes: 50 letters */
	RANK_WARNS = 2,	    /* from here on it asks something of people */
};

/* What has one word, and where. */
struct group {
	const char *level;
	int rank, areas;
	bool prefectures[PREFECTURES + 1];
};

struct groups {
	struct group list[LEVELS_MAX];
	size_t len;
	bool more; /* words that did not fit: the least grave ones */
};

/* Words before the subject and first in the body, by what the telegram is. */
static const struct {
	enum jma_status status;
	const char *mark, *line;
} statuses[] = {
	{ JMA_STATUS_UNKNOWN, "【確認中】",
	  "本番の情報かどうか確認中です。\n" },
	{ JMA_DRILL, "【訓練】", "これは訓練です。\n" },
	{ JMA_TEST, "【試験】", "これは試験です。\n" },
};

static const struct {
	enum jma_info_type type;
	const char *mark, *line;
} info_types[] = {
	{ JMA_CORRECTED, "【訂正】",
	  "先にお知らせした内容が訂正されました。\n" },
	{ JMA_CANCELLED, "【取消】",
	  "先にお知らせした内容は取り消されました。\n" },
	{ JMA_DELAYED, "【遅延】", "遅れて届いた情報です。\n" },
};

/* Makes room at a place; if there are too many words, the least grave goes. */
static struct group *group_insert(struct groups *g, size_t at)
{
	if (g->len == LEVELS_MAX)
		g->more = true;
	else
		g->len++;
	if (at == LEVELS_MAX)
		return NULL;
	memmove(&g->list[at + 1], &g->list[at],
		(g->len - 1 - at) * sizeof(g->list[0]));
	return &g->list[at];
}

/* The group of an area, the highest first and else as they come; NULL if there
 * are too many words that are as grave. */
static struct group *group_of(struct groups *g, const struct hazard_area *area)
{
	struct group *group;
	size_t at = 0;

	for (size_t i = 0; i < g->len; i++) {
		if (g->list[i].rank == area->rank &&
		    strcmp(g->list[i].level, area->level) == 0)
			return &g->list[i];
		if (g->list[i].rank >= area->rank)
			at = i + 1;
	}
	group = group_insert(g, at);
	if (group != NULL)
		*group = (struct group){ .level = area->level,
					 .rank = area->rank };
	return group;
}

/* Marks "12,13,14" in a set. */
static void mark_prefectures(struct arena *a, const char *codes, bool *set)
{
	while (*codes != '\0') {
		size_t len = strcspn(codes, ",");
		long long number;

		if (str_to_int(arena_strndup(a, codes, len), 1, PREFECTURES,
			       &number))
			set[number] = true;
		codes += len + (codes[len] == ',');
	}
}

static void groups_make(struct arena *a, const struct hazard *h,
			struct groups *g)
{
	*g = (struct groups){ 0 };
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		struct group *group = group_of(g, p);

		if (group == NULL)
			continue;
		group->areas++;
		mark_prefectures(a, p->prefectures, group->prefectures);
	}
}

/* "岩手県、宮城県", at most so many and then "ほか". */
static const char *prefecture_names(struct arena *a, const bool *set, int most)
{
	struct str s = { .arena = a };
	int n = 0;

	for (int i = 1; i <= PREFECTURES; i++) {
		if (!set[i])
			continue;
		if (n++ == most) {
			str_add(&s, "ほか");
			break;
		}
		str_fmt(&s, "%s%s", n > 1 ? "、" : "",
			place_prefecture_show(arena_fmt(a, "%02d", i)));
	}
	return str_text(&s);
}

/* "宮城県　１０ｍ超　04:50ごろ". */
static void area_add(struct arena *a, struct str *body,
		     const struct hazard_area *p)
{
	str_fmt(body, "・%s", p->name);
	if (*p->detail != '\0')
		str_fmt(body, "　%s", p->detail);
	if (p->at != 0)
		str_fmt(body, "　%sごろ", time_show_short(a, p->at));
	if (*p->timing != '\0')
		str_fmt(body, "　%s", p->timing);
	str_add_char(body, '\n');
}

static void areas_add(struct arena *a, struct str *body, const struct hazard *h,
		      const struct group *g)
{
	int shown = 0;

	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next) {
		if (p->rank != g->rank || strcmp(p->level, g->level) != 0)
			continue;
		if (shown++ < AREAS_SHOWN)
			area_add(a, body, p);
	}
	if (shown > AREAS_SHOWN)
		str_fmt(body, "・ほか %d か所\n", shown - AREAS_SHOWN);
}

/* A level with its places; what asks nothing of people only counted, where
 * something else does. */
static void group_add(struct arena *a, struct str *body, const struct hazard *h,
		      const struct group *g)
{
	const char *names =
		prefecture_names(a, g->prefectures, PREFECTURES + 1);

	if (h->standing && g->rank > 0 && g->rank < RANK_WARNS &&
	    h->rank >= RANK_WARNS) {
		str_fmt(body, "\nほかに %s %d か所\n", g->level, g->areas);
		return;
	}
	str_fmt(body, "\n■ %s%s%s%s\n", g->level, *names == '\0' ? "" : "（",
		names, *names == '\0' ? "" : "）");
	areas_add(a, body, h, g);
}

static void line_add(struct str *body, const char *text)
{
	if (*text != '\0')
		str_fmt(body, "%s\n", text);
}

/* Since when, why, until when, and who says so. */
static void times_add(struct arena *a, struct str *body, const struct hazard *h)
{
	str_add_char(body, '\n');
	if (*h->cause != '\0')
		str_fmt(body, "地震: %s %s\n",
			time_show_short(a, h->occurred_at), h->cause);
	else if (h->occurred_at != 0)
		str_fmt(body, "発生など: %s\n",
			time_show_short(a, h->occurred_at));
	if (h->valid_until != 0)
		str_fmt(body, "いつまで: %s\n",
			time_show_short(a, h->valid_until));
	else if (h->standing && !h->lifted)
		str_add(body, "いつまで: 解除されるまで\n");
	str_fmt(body, "発表: %s %s\n", h->telegram.office,
		time_show_short(a, h->telegram.reported_at));
}

static const char *mark_of(const struct hazard *h)
{
	for (size_t i = 0; i < LEN(info_types); i++) {
		if (info_types[i].type == h->telegram.info_type)
			return info_types[i].mark;
	}
	return "";
}

/* The first sentence of a headline, if it fits a subject; else "". */
static const char *first_sentence(struct arena *a, const char *text)
{
	size_t len = strcspn(text, "\n");
	const char *line = arena_strndup(a, text, len);
	const char *stop = strstr(line, "。");

	if (stop != NULL)
		len = (size_t)(stop - line);
	return len > SENTENCE_MAX ? "" : arena_strndup(a, line, len);
}

/* A telegram whose Head has no title is called by its kind: a subject must not
 * be empty. */
static const char *title_of(const struct hazard *h)
{
	const char *title = h->telegram.info_type == JMA_CANCELLED
				    ? h->telegram.head_title
				    : h->title;

	return *title == '\0' ? h->telegram.title : title;
}

/* What it is: the word of its highest level; of a volcano which one. */
static const char *what_of(struct arena *a, const struct hazard *h)
{
	const char *what = h->level;

	if (h->telegram.info_type == JMA_CANCELLED)
		return title_of(h);
	if (h->lifted)
		what = first_sentence(a, h->headline);
	else if (h->kind == HAZARD_VOLCANO && *h->level != '\0')
		return arena_fmt(a, "%s %s", title_of(h), h->level);
	return *what == '\0' || h->areas == NULL ? title_of(h) : what;
}

/* A subject is one line, whatever stood in the telegram. */
static const char *one_line(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text);

	for (char *p = s; *p != '\0'; p++) {
		if ((unsigned char)*p < ' ')
			*p = ' ';
	}
	return s;
}

static const char *subject_of(struct arena *a, const struct hazard *h,
			      const struct groups *g)
{
	const char *status = "", *where = "", *kind = "";

	for (size_t i = 0; i < LEN(statuses); i++) {
		if (statuses[i].status == h->telegram.status)
			status = statuses[i].mark;
	}
	if (h->kind != HAZARD_OTHER)
		kind = arena_fmt(a, "【%s】", hazard_kind_show(h->kind));
	if (g->len > 0 && !h->lifted)
		where = prefecture_names(a, g->list[0].prefectures,
					 SUBJECT_PREFECTURES);
	return one_line(a, arena_fmt(a, "%s%s%s%s%s%s%s", status, mark_of(h),
				     h->lifted ? "【解除】" : "", kind,
				     what_of(a, h), *where == '\0' ? "" : " ",
				     where));
}

static void marks_add(struct str *body, const struct hazard *h)
{
	for (size_t i = 0; i < LEN(statuses); i++) {
		if (statuses[i].status == h->telegram.status)
			str_add(body, statuses[i].line);
	}
	for (size_t i = 0; i < LEN(info_types); i++) {
		if (info_types[i].type == h->telegram.info_type)
			str_add(body, info_types[i].line);
	}
}

void hazard_text(struct arena *a, const struct hazard *h,
		 struct hazard_words *out)
{
	struct str body = { .arena = a };
	struct groups g;

	groups_make(a, h, &g);
	marks_add(&body, h);
	line_add(&body, h->telegram.cancel_text);
	line_add(&body, h->title);
	if (strcmp(h->headline, h->title) != 0)
		line_add(&body, h->headline);
	if (h->everywhere)
		str_add(&body, "\n対象: 全国\n");
	for (size_t i = 0; i < g.len; i++)
		group_add(a, &body, h, &g.list[i]);
	if (g.more)
		str_add(&body, "\nほかにも発表されています。\n");
	if (g.len == 0 && *h->text != '\0')
		str_fmt(&body, "\n%s\n", h->text);
	times_add(a, &body, h);
	out->subject = subject_of(a, h, &g);
	out->body = str_text(&body);
}
