#include "mail/letter.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "mail/compose.h"
#include "mail/variable.h"

enum { FRAME_MAX = 32 * 1024 }; /* bytes of a template */

static const char *const names[LETTER_VALUES] = {
	[LETTER_LINK] = "link", [LETTER_SELF_REPORT] = "self_report",
	[LETTER_WHY] = "why",	[LETTER_MY_PAGE] = "my_page",
	[LETTER_NAME] = "name",
};

/* Of a drill, and before and after the question whose choices are offered. */
static const struct words {
	const char *lang, *mark, *line, *before, *after;
} words[] = {
	{ "ja", "【訓練】", "【訓練】これは訓練のメールです。\n\n", "▼",
	  "（選ぶと、その答えを送信する画面が開きます）" },
	{ "en", "[DRILL] ", "[DRILL] This is a drill.\n\n", "",
	  " (each link opens a page where you send that answer)" },
};

static bool is_english(const char *lang)
{
	return str_eq(lang, "en");
}

static const struct words *words_of(const struct letter_text *text)
{
	return &words[is_english(text->lang)];
}

const char *letter_template(struct arena *a, const char *kind, const char *lang)
{
	const char *path = arena_fmt(
		a, "%s/mail/%s.%s.txt",
		config_text("Path.Templates", "/usr/share/anpi/templates"),
		kind, is_english(lang) ? "en" : "ja");
	char *text = arena_alloc(a, FRAME_MAX + 1);
	FILE *f = fopen(path, "r");
	size_t len;

	if (f == NULL) {
		log_error("template not readable file=%s why=%s", path,
			  strerror(errno));
		return NULL;
	}
	len = fread(text, 1, FRAME_MAX, f);
	fclose(f);
	text[len] = '\0';
	return text;
}

const char *letter_frame(struct arena *a, bool asks, const char *lang)
{
	return letter_template(a, asks ? "ask" : "tell", lang);
}

/* The variables of all readers; that of a person becomes one of the mail. */
static const char *filled(struct arena *a, const struct letter_text *text,
			  const char *name, const char *part)
{
	const char *const values[VARIABLES] = {
		[VARIABLE_NAME] = name,
		[VARIABLE_CLOSES] =
			variable_closes(a, text->lang, text->closes_at),
		[VARIABLE_SITE] = text->site == NULL ? "" : text->site,
	};

	return variable_fill(a, part, values);
}

const char *letter_subject(struct arena *a, const struct letter_text *text)
{
	const char *mark = words_of(text)->mark;
	const char *subject = filled(a, text, NULL, text->subject);

	if (!text->drill || str_begins(subject, mark))
		return subject;
	return arena_fmt(a, "%s%s", mark, subject);
}

const char *letter_sender(struct arena *a, const struct letter_text *text)
{
	if (!text->drill)
		return text->from_name;
	return arena_fmt(a, "%s%s", words_of(text)->mark, text->from_name);
}

/* The choices with their links, after an empty line; "" if there are none.  The
 * link is a variable of the mail, so what a broadcast offers is written once,
 * whoever it goes to. */
static const char *offered(struct arena *a, const struct letter_text *text)
{
	const struct words *w = words_of(text);
	struct str s = { .arena = a };

	if (text->choices_count == 0)
		return "";
	str_fmt(&s, "\n%s%s%s\n", w->before, text->question, w->after);
	for (int i = 0; i < text->choices_count; i++)
		str_fmt(&s, "%s {{link}}?c=%lld\n", text->choices[i].text,
			(long long)text->choices[i].id);
	return str_text(&s);
}

static const char *put_choices(struct arena *a, const struct letter_text *text)
{
	static const char mark[] = "{{choices}}";
	const char *at = strstr(text->frame, mark);

	if (at == NULL)
		return text->frame;
	return arena_fmt(a, "%.*s%s%s", (int)(at - text->frame), text->frame,
			 offered(a, text), at + sizeof(mark) - 1);
}

/* The frame with the body in its place.  Variables that the body holds work as
 * in the frame: a text may name its link itself. */
static const char *put_body(struct arena *a, const struct letter_text *text,
			    const char *line)
{
	static const char mark[] = "{{body}}";
	const char *frame = put_choices(a, text);
	const char *at = strstr(frame, mark);
	const char *body = filled(a, text, "{{name}}", text->body);
	struct str s = { .arena = a };
	size_t len = strlen(body);

	while (len > 0 && strchr("\r\n", body[len - 1]) != NULL)
		len--; /* the frame has the empty lines */

	str_add(&s, line);
	if (at != NULL)
		str_add_len(&s, frame, (size_t)(at - frame));
	str_add_len(&s, body, len);
	if (at != NULL)
		str_add(&s, at + sizeof(mark) - 1);
	return str_text(&s);
}

struct compose *letter_open(struct arena *a, const struct letter_text *text)
{
	const struct compose_text c = {
		.from_name = letter_sender(a, text),
		.from_address = text->from_address,
		.subject = letter_subject(a, text),
		.body = put_body(a, text,
				 text->drill ? words_of(text)->line : ""),
	};

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
	/* Intensities begin with a digit; what else there is, 大津波警報, says
	 * itself what it is. */
	if (level[0] < '0' || level[0] > '9')
		return arena_fmt(a, en ? "%s (%s)" : "%s（%s）", text, level);
	return en ? arena_fmt(a, "%s (seismic intensity %s)", text, level)
		  : arena_fmt(a, "%s（震度%s）", text, level_text(level));
}
