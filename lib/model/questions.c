#include "model/questions.h"

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/broadcast.h"

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
	size_t characters = 0;

	*out = text == NULL ? "" : text;
	if (value != NULL && text == NULL)
		return false;
	for (const char *p = *out; *p != '\0'; p++) {
		if ((unsigned char)*p < ' ' || *p == '\x7f')
			return false;
		characters += ((unsigned char)*p & 0xc0) != 0x80;
	}
	if (characters > most)
		*why = "a text of the questions is too long";
	return characters <= most;
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
	static const char *const kinds[] = { "single", "multiple" };
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
	return *q->text == '\0' || q->choices == NULL ||
			       !is_word(q->kind, kinds, LEN(kinds))
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
