#include "model/questions.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/broadcast.h"

bool questions_is_written(const char *kind)
{
	return str_eq(kind, "text") || str_eq(kind, "number") ||
	       str_eq(kind, "time");
}

/* What people write in full width, in half: digits, signs, 時 as a colon. */
static const char *half_width(struct arena *a, const char *text)
{
	static const struct {
		const char *wide, *half;
	} signs[] = {
		{ "：", ":" }, { "．", "." }, { "－", "-" }, { "−", "-" },
		{ "ー", "-" }, { "，", "" },  { ",", "" },   { "時", ":" },
		{ "分", "" },  { "　", "" },  { " ", "" },
	};
	static const char zero[] = "\xef\xbc\x90"; /* full-width '0' to '9' */
	struct str s = { .arena = a };

	while (*text != '\0') {
		size_t i = 0;

		while (i < LEN(signs) && !str_begins(text, signs[i].wide))
			i++;
		if (i < LEN(signs)) {
			str_add(&s, signs[i].half);
			text += strlen(signs[i].wide);
		} else if (strncmp(text, zero, 2) == 0 &&
			   (unsigned char)text[2] >= 0x90 &&
			   (unsigned char)text[2] <= 0x99) {
			str_add_char(&s, (char)('0' + (unsigned char)text[2] -
						0x90));
			text += 3;
		} else {
			str_add_char(&s, *text++);
		}
	}
	return str_text(&s);
}

static const char digits[] = "0123456789";

/* An optional sign, digits, perhaps a fraction: what DECIMAL(18,3) holds. */
static const char *number_value(struct arena *a, const char *text)
{
	enum { WHOLE = 15, FRACTION = 3 };
	const char *number = half_width(a, text), *p = number;
	size_t whole, fraction = 1;

	p += *p == '-';
	whole = strspn(p, digits);
	p += whole;
	if (*p == '.') {
		fraction = strspn(++p, digits);
		p += fraction;
	}
	return *p == '\0' && whole >= 1 && whole <= WHOLE && fraction >= 1 &&
			       fraction <= FRACTION
		       ? number
		       : NULL;
}

static const char *time_value(struct arena *a, const char *text)
{
	const char *clock = half_width(a, text);
	size_t len = strspn(clock, digits), rest;
	long long hour, minute = 0;

	if (len < 1 || len > 2 || clock[len] != ':')
		return NULL;
	rest = strlen(clock + len + 1);
	if (!str_to_int(arena_strndup(a, clock, len), 0, 23, &hour) ||
	    rest > 2 || (rest == 1 && strstr(text, "時") == NULL) ||
	    (rest == 0 && strstr(text, "時") == NULL) ||
	    (rest > 0 && !str_to_int(clock + len + 1, 0, 59, &minute)))
		return NULL;
	return arena_fmt(a, "%02lld:%02lld", hour, minute);
}

const char *questions_value(struct arena *a, const char *kind, const char *text)
{
	if (str_characters(text) > QUESTIONS_VALUE_MAX)
		return NULL;
	if (str_eq(kind, "number"))
		return number_value(a, text);
	if (str_eq(kind, "time"))
		return time_value(a, text);
	return text;
}

static void release_text(void *text)
{
	free(text);
}

const char *questions_texts(struct arena *a, const struct written *list)
{
	json_t *json;
	char *text;

	if (list == NULL)
		return "";
	json = json_object();
	for (; list != NULL; list = list->next)
		json_object_set_new(
			json, arena_fmt(a, "%lld", (long long)list->question),
			json_string(list->value));
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	if (text == NULL)
		return "";
	arena_defer(a, release_text, text);
	return text;
}

struct written *questions_written(struct arena *a, const char *texts)
{
	json_t *json = *texts == '\0' ? NULL : json_loads(texts, 0, NULL);
	struct written *list = NULL, **end = &list;
	const char *key;
	json_t *value;

	json_object_foreach(json, key, value)
	{
		struct written *w;
		long long id;

		if (!str_to_int(key, 1, INT64_MAX, &id) ||
		    !json_is_string(value))
			continue;
		w = arena_alloc(a, sizeof(*w));
		w->question = id;
		w->value = arena_strdup(a, json_string_value(value));
		*end = w;
		end = &w->next;
	}
	json_decref(json);
	return list;
}

const char *questions_find(const struct written *list, int64_t question)
{
	for (; list != NULL; list = list->next)
		if (list->question == question)
			return list->value;
	return "";
}

static const char not_questions[] = "not a list of questions";

static void release(void *json)
{
	json_decref(json);
}

static bool is_word(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Text of a line: without control characters.  "" where there is none. */
static bool read_text(const json_t *object, const char *key, size_t most,
		      const char **out, const char **why)
{
	const json_t *value = json_object_get(object, key);
	const char *text = json_string_value(value);

	*out = text == NULL ? "" : text;
	if (value != NULL && text == NULL)
		return false;
	for (const char *p = *out; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == '\x7f')
			return false;
	if (str_characters(*out) > most)
		*why = "a text of the questions is too long";
	return str_characters(*out) <= most;
}

static struct choice *read_choices(struct arena *a, const json_t *array,
				   const char **why)
{
	static const char *const marks[] = { "", "good", "warn", "bad" };
	struct choice *list = NULL, **end = &list;
	const json_t *one;
	size_t i;

	if (json_array_size(array) > BROADCAST_CHOICES_MAX) {
		*why = "too many choices in the questions";
		return NULL;
	}
	json_array_foreach(array, i, one)
	{
		struct choice *c = arena_alloc(a, sizeof(*c));

		if (!read_text(one, "mark", CHOICE_TEXT_MAX, &c->mark, why) ||
		    !read_text(one, "text", CHOICE_TEXT_MAX, &c->text, why) ||
		    !read_text(one, "text_en", CHOICE_TEXT_MAX, &c->text_en,
			       why) ||
		    *c->text == '\0' || !is_word(c->mark, marks, LEN(marks)))
			return NULL;
		*end = c;
		end = &c->next;
	}
	return list;
}

static struct question *read_question(struct arena *a, const json_t *object,
				      const char **why)
{
	static const char *const kinds[] = { "single", "multiple", "text",
					     "number", "time" };
	const json_t *required = json_object_get(object, "required");
	struct question *q = arena_alloc(a, sizeof(*q));

	q->required = required == NULL || json_is_true(required);
	if ((required != NULL && !json_is_boolean(required)) ||
	    !read_text(object, "kind", QUESTION_TEXT_MAX, &q->kind, why) ||
	    !read_text(object, "text", QUESTION_TEXT_MAX, &q->text, why) ||
	    !read_text(object, "text_en", QUESTION_TEXT_MAX, &q->text_en, why))
		return NULL;
	if (*q->kind == '\0')
		q->kind = "single";
	q->choices = read_choices(a, json_object_get(object, "choices"), why);
	/* Choices, if and only if it is answered by them. */
	return *q->text == '\0' || !is_word(q->kind, kinds, LEN(kinds)) ||
			       (q->choices == NULL) !=
				       questions_is_written(q->kind)
		       ? NULL
		       : q;
}

struct question *questions_parse(struct arena *a, const char *bytes, size_t len,
				 const char **why)
{
	json_t *json = json_loadb(bytes, len, 0, NULL);
	struct question *list = NULL, **end = &list;
	const json_t *one;
	size_t i;

	*why = not_questions;
	if (json == NULL)
		return NULL;
	arena_defer(a, release, json);
	if (json_array_size(json) > BROADCAST_QUESTIONS_MAX) {
		*why = "too many questions";
		return NULL;
	}
	json_array_foreach(json, i, one)
	{
		*end = read_question(a, one, why);
		if (*end == NULL)
			return NULL;
		end = &(*end)->next;
	}
	return list;
}
