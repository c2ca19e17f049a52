#ifndef SAMPLE_H
#define SAMPLE_H

/* The INDEX.md of the sample telegrams: what it states on each file.  What was
 * read is written in its words, and must stand there. */
#include "test.h"

#include "base/time.h"
#include "feed/jma.h"
#include "file.h"

/* The lines of the index on one file, and the file. */
struct sample {
	const char *path, *lines;
};

static inline void check_states(const struct sample *s, const char *text)
{
	if (strstr(s->lines, text) == NULL)
		fail_msg("%s: \"%s\" is not in\n%s", s->path, text, s->lines);
}

static inline void check_frame(struct arena *a, const struct sample *s,
			       const struct jma_telegram *t)
{
	const char *serial =
		t->serial == 0 ? "-" : arena_fmt(a, "%d", t->serial);

	/* VFVO51 has 001. */
	if (strstr(s->lines, arena_fmt(a, "| serial %s |", serial)) == NULL)
		serial = arena_fmt(a, "%03d", t->serial);
	check_states(s, arena_fmt(a,
				  "%s | %s | %s | %s | serial %s | event %s"
				  " | %s |",
				  t->title, t->head_title,
				  jma_info_type_show(t->info_type),
				  jma_status_show(t->status), serial,
				  t->event_key, time_iso(a, t->reported_at)));
	if (t->info_type == JMA_CANCELLED)
		check_states(s, arena_fmt(a, "CANCEL; Body/Text: %s",
					  t->cancel_text));
}

/* The next "- **path** - ..." with the lines below it that belong to it; false
 * if there is none. */
static inline bool sample_next(struct arena *a, const char **p,
			       struct sample *s)
{
	static const char mark[] = "\n- **";
	const char *begin = strstr(*p, mark), *end;

	if (begin == NULL)
		return false;
	begin += strlen(mark);
	s->path = arena_strndup(a, begin, strcspn(begin, "*"));
	for (end = strchr(begin, '\n'); end != NULL;) {
		if (!str_begins(end, "\n  - "))
			break;
		end = strchr(end + 1, '\n');
	}
	if (end == NULL)
		end = begin + strlen(begin);
	s->lines = arena_fmt(a, "%.*s\n", (int)(end - begin), begin);
	*p = end;
	return true;
}

/* True if the type in the name of the file is one of a list by spaces. */
static inline bool sample_is(struct arena *a, const struct sample *s,
			     const char *types)
{
	const char *name = strrchr(s->path, '_');
	const char *second;

	if (name == NULL)
		return false;
	/* ".._VXSE53_010000.xml" or ".._VXSE53.xml" */
	second = arena_strndup(a, s->path, (size_t)(name - s->path));
	second = strrchr(second, '_');
	return strstr(types, arena_strndup(a, name + 1, 6)) != NULL ||
	       (second != NULL &&
		strstr(types, arena_strndup(a, second + 1, 6)) != NULL);
}

/* Calls check for each sample of the types; at least so many must be there.
 * Skipped without the folder. */
static inline void samples_check(const char *types, int least,
				 void (*check)(struct arena *,
					       const struct sample *))
{
	struct arena *index = arena_new(), *a = arena_new();
	struct sample s;
	const char *p;
	size_t len;
	int read = 0;

	p = file_read(index, file_sample(index, "jma/INDEX.md"), &len);
	if (p == NULL)
		skip();
	while (sample_next(index, &p, &s)) {
		if (!sample_is(a, &s, types))
			continue;
		check(a, &s);
		arena_reset(a);
		read++;
	}
	assert_true(read >= least);
	arena_free(a);
	arena_free(index);
}

#endif
