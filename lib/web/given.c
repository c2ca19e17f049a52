#include "web/given.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/answer.h"
#include "model/questions.h"

const char *given_field(struct request *req, int64_t question)
{
	return arena_fmt(req->arena, "q%" PRId64, question);
}

static struct field field_of(struct request *req, const struct given *q)
{
	const char *name = given_field(req, q->id);
	int least = q->required ? 1 : 0;

	if (questions_is_written(q->kind))
		return (struct field){ name, FIELD_TEXT, least,
				       QUESTIONS_VALUE_MAX };
	return (struct field){ name, FIELD_IDS, least,
			       str_eq(q->kind, "multiple") ? GIVEN_CHOICES_MAX
							   : 1 };
}

size_t given_fields(struct request *req, const struct given *list,
		    struct field *fields, size_t most)
{
	size_t n = 0;

	for (const struct given *q = list; q != NULL && n < most; q = q->next)
		fields[n++] = field_of(req, q);
	return n;
}

static bool is_choice_of(const struct given *q, int64_t id)
{
	for (size_t i = 0; i < q->count; i++)
		if (q->choices[i] == id)
			return true;
	return false;
}

static int compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

const char *given_choices(struct request *req, const struct given *list)
{
	int64_t all[GIVEN_CHOICES_MAX];
	size_t n = 0, count;
	struct str text = { .arena = req->arena };

	for (const struct given *q = list; q != NULL; q = q->next) {
		const int64_t *ids;

		if (questions_is_written(q->kind))
			continue;
		ids = form_ids(req, given_field(req, q->id), &count);
		for (size_t i = 0; i < count && n < GIVEN_CHOICES_MAX; i++) {
			if (is_choice_of(q, ids[i]))
				all[n++] = ids[i];
			else
				form_error(
					req, given_field(req, q->id),
					"一覧にあるものから選んでください。");
		}
	}
	/* The first n are set, and no others are read. */
	/* cppcheck-suppress uninitvar */
	qsort(all, n, sizeof(all[0]), compare_ids);
	for (size_t i = 0; i < n; i++)
		str_fmt(&text, "%s%" PRId64, i > 0 ? "," : "", all[i]);
	if (text.len > ANSWER_CHOICES_MAX)
		form_error(req, "comment", "選んだものが多すぎます。");
	return str_text(&text);
}

const char *given_texts(struct request *req, const struct given *list)
{
	struct written *all = NULL, **end = &all;
	const char *texts;

	for (const struct given *q = list; q != NULL; q = q->next) {
		const char *name = given_field(req, q->id), *value;

		if (!questions_is_written(q->kind) ||
		    *form_text(req, name) == '\0')
			continue;
		value = questions_value(req->arena, q->kind,
					form_text(req, name));
		if (value == NULL) {
			form_error(req, name,
				   str_eq(q->kind, "time")
					   ? "時刻を 9:30 "
					     "のように入力してください。"
					   : "数字で入力してください。");
			continue;
		}
		*end = arena_alloc(req->arena, sizeof(**end));
		**end = (struct written){ NULL, q->id, value };
		end = &(*end)->next;
	}
	texts = questions_texts(req->arena, all);
	if (str_characters(texts) > QUESTIONS_TEXTS_MAX)
		form_error(req, "comment", "入力した文字が多すぎます。");
	return texts;
}
