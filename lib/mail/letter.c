#include "mail/letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "mail/compose.h"

static const char *const names[LETTER_VALUES] = {
	[LETTER_LINK] = "link",
	[LETTER_SELF_REPORT] = "self_report",
	[LETTER_WHY] = "why",
	[LETTER_MY_PAGE] = "my_page",
};

struct drill_words {
	const char *lang, *mark, *line;
};

static const struct drill_words drill_words[] = {
	{ "ja", "【訓練】", "【訓練】これは訓練のメールです。\n\n" },
	{ "en", "[DRILL] ", "[DRILL] This is a drill.\n\n" },
};

static bool is_english(const char *lang)
{
	return str_eq(lang, "en");
}

/* The frame with the body in its place.  Variables that the body holds work as
 * in the frame: a text may name its link itself. */
static const char *put_body(struct arena *a, const struct letter_text *text,
			    const char *line)
{
	static const char mark[] = "{{body}}";
	const char *at = strstr(text->frame, mark);
	struct str s = { .arena = a };
	size_t len = strlen(text->body);

	while (len > 0 && strchr("\r\n", text->body[len - 1]) != NULL)
		len--; /* the frame has the empty lines */

	str_add(&s, line);
	if (at != NULL)
		str_add_len(&s, text->frame, (size_t)(at - text->frame));
	str_add_len(&s, text->body, len);
	if (at != NULL)
		str_add(&s, at + sizeof(mark) - 1);
	return str_text(&s);
}

struct compose *letter_open(struct arena *a, const struct letter_text *text)
{
	const struct drill_words *w = &drill_words[is_english(text->lang)];
	struct compose_text c = {
		.from_name = text->from_name,
		.from_address = text->from_address,
		.subject = text->subject,
	};

	c.body = put_body(a, text, text->drill ? w->line : "");
	if (text->drill) {
		if (!str_begins(c.subject, w->mark))
			c.subject = arena_fmt(a, "%s%s", w->mark, c.subject);
		c.from_name = arena_fmt(a, "%s%s", w->mark, c.from_name);
	}
	return compose_open(a, &c, names, LEN(names));
}

/* Intensities that have a name of their own in Japanese. */
static const char *level_text(const char *level)
{
	static const struct {
		const char *level, *text;
	} rows[] = {
		{ "5-", "5弱" },
		{ "5+", "5強" },
		{ "6-", "6弱" },
		{ "6+", "6強" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		if (strcmp(rows[i].level, level) == 0)
			return rows[i].text;
	return level;
}

const char *letter_why(struct arena *a, const char *lang, const char *why,
		       const char *name, const char *level, const char *given)
{
	static const struct {
		const char *prefix, *ja, *en;
		bool region;
	} rows[] = {
		{ "work:", "勤務地: ", "place of work: ", true },
		{ "home:", "自宅: ", "home: ", true },
		{ "family:", "家族の住まい: ", "family: ", true },
		{ "other:", "登録した地域: ", "registered place: ", true },
		{ "group:", "グループ: ", "group: ", false },
		{ "user", "宛先に選ばれました", "chosen by name", false },
		{ "", "全員に送っています", "sent to everybody", false },
	};
	bool en = is_english(lang);
	size_t i = 0;
	const char *text;

	while (!str_begins(why, rows[i].prefix))
		i++; /* ends at the empty prefix */
	if (!rows[i].region && given[0] != '\0')
		return given;
	text = arena_fmt(a, "%s%s", en ? rows[i].en : rows[i].ja, name);
	if (level[0] == '\0')
		return text;
	return en ? arena_fmt(a, "%s (seismic intensity %s)", text, level)
		  : arena_fmt(a, "%s（震度%s）", text, level_text(level));
}
