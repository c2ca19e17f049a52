#include "web/questions_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/questions.h"
#include "web/page.h"

static const struct {
	const char *code, *mark;
} marks[] = {
	{ "○", "good" },
	{ "△", "warn" },
	{ "✕", "bad" },
	{ "×", "bad" },
};

void questions_form_set(struct request *req)
{
	static const struct {
		const char *value, *text;
	} kinds[] = {
		{ "single", "1つ選ぶ" },  { "multiple", "いくつでも選ぶ" },
		{ "text", "文を書く" },	  { "number", "数を書く" },
		{ "time", "時刻を書く" },
	};

	page_default(req, "Form.questions", "none");
	for (int i = 1; i <= QUESTIONS_FORM_PLACES; i++)
		row_set_int(page_row(req, "Places"), "n", i);
	for (size_t i = 0; i < LEN(kinds); i++) {
		struct row *row = page_row(req, "QuestionKinds");

		row_set(row, "value", kinds[i].value);
		row_set(row, "text", kinds[i].text);
	}
}

/* "○無事 / Safe": a shape first gives the mark, " / " the English words. */
static struct choice *read_choice(struct arena *a, const char *line)
{
	struct choice *c = arena_alloc(a, sizeof(*c));
	const char *english;

	c->mark = "";
	for (size_t i = 0; i < LEN(marks); i++) {
		if (!str_begins(line, marks[i].code))
			continue;
		c->mark = marks[i].mark;
		line += strlen(marks[i].code);
	}
	line += strspn(line, " ");
	english = strstr(line, " / ");
	c->text = line;
	c->text_en = "";
	if (english != NULL) {
		c->text = arena_strndup(a, line, (size_t)(english - line));
		c->text_en = english + strlen(" / ");
	}
	return c;
}

/* A line in each; empty ones are left out.  *count gets how many. */
static struct choice *read_choices(struct arena *a, const char *lines,
				   int *count)
{
	struct choice *list = NULL, **end = &list;

	*count = 0;
	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		if (strspn(lines, " \t") < len) {
			*end = read_choice(a, arena_strndup(a, lines, len));
			end = &(*end)->next;
			(*count)++;
		}
		lines += len + (lines[len] == '\n');
	}
	return list;
}

static void check_choices(struct request *req, const char *name,
			  const struct question *q, int count)
{
	if (questions_is_written(q->kind)) {
		if (count > 0)
			form_error(req, name,
				   "文・数・時刻で答える設問に選択肢は要りませ"
				   "ん。消すか、「選ぶ」設問にしてください。");
		return;
	}
	if (count < 2 || count > BROADCAST_CHOICES_MAX)
		form_error(
			req, name,
			"選択肢を1行に1つ、2つから20個まで入力してください。");
	for (const struct choice *c = q->choices; c != NULL; c = c->next)
		if (*c->text == '\0' ||
		    str_characters(c->text) > CHOICE_TEXT_MAX ||
		    str_characters(c->text_en) > CHOICE_TEXT_MAX)
			form_error(req, name, "選択肢は1つ100文字までです。");
}

static const char *named(struct request *req, char letter, int place)
{
	return arena_fmt(req->arena, "%c%d", letter, place);
}

/* NULL if nothing is written in the place. */
static struct question *read_question(struct request *req, int place)
{
	const char *kind = form_text(req, named(req, 'k', place));
	struct question *q = arena_alloc(req->arena, sizeof(*q));
	int count;

	q->text = form_text(req, named(req, 'q', place));
	q->text_en = "";
	q->required = *form_text(req, named(req, 'o', place)) == '\0';
	q->kind = *kind == '\0' ? "single" : kind;
	q->choices = read_choices(
		req->arena, form_text(req, named(req, 'c', place)), &count);
	if (*q->text == '\0' && count == 0)
		return NULL;
	if (*q->text == '\0')
		form_error(req, named(req, 'q', place),
			   "設問の文を入力してください。");
	check_choices(req, named(req, 'c', place), q, count);
	return q;
}

struct question *questions_form_read(struct request *req)
{
	const char *which = form_text(req, "questions");
	struct question *list = NULL, **end = &list;

	if (str_eq(which, "safety"))
		return broadcast_safety_questions(req->arena);
	if (!str_eq(which, "own"))
		return NULL;
	for (int i = 1; i <= QUESTIONS_FORM_PLACES; i++) {
		*end = read_question(req, i);
		if (*end != NULL)
			end = &(*end)->next;
	}
	if (list == NULL)
		form_error(req, "q1", "設問を1つは入力してください。");
	return list;
}
