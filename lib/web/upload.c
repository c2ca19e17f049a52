#include "web/upload.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"
#include "web/request.h"

enum {
	ROOM = 64 * 1024,   /* bytes of the body held at once */
	BOUNDARY_MAX = 70,  /* RFC 2046, 5.1.1 */
	HEAD_MAX = 4096,    /* bytes of the lines before a part */
	NAME_MAX_LEN = 255, /* bytes of a file's name */
};

struct upload {
	struct arena *arena;
	upload_source *source;
	void *arg;
	const char *mark; /* CRLF, two dashes, boundary */
	size_t mark_len;
	char *held; /* ROOM bytes, of which from .. to are not used yet */
	size_t from, to;
	bool over;  /* the body has no more */
	bool ended; /* the file has no more */
	const char *name;
};

/* The value of a parameter in a header: name="text" or name=text. */
static const char *parameter(struct arena *a, const char *header,
			     const char *name)
{
	size_t len = strlen(name);
	const char *p = header;

	while ((p = strchr(p, ';')) != NULL) {
		p += 1 + strspn(p + 1, " \t");
		if (strncasecmp(p, name, len) != 0 || p[len] != '=')
			continue;
		p += len + 1;
		if (*p == '"')
			return arena_strndup(a, p + 1, strcspn(p + 1, "\""));
		return arena_strndup(a, p, strcspn(p, "; \t"));
	}
	return NULL;
}

struct upload *upload_open(struct arena *a, const char *content_type,
			   upload_source *source, void *arg)
{
	static const char form[] = "multipart/form-data";
	const char *boundary = parameter(a, content_type, "boundary");
	struct upload *u;

	if (strncasecmp(content_type, form, strlen(form)) != 0 ||
	    boundary == NULL || *boundary == '\0' ||
	    strlen(boundary) > BOUNDARY_MAX)
		return NULL;
	u = arena_alloc(a, sizeof(*u));
	u->arena = a;
	u->source = source;
	u->arg = arg;
	u->mark = arena_fmt(a, "\r\n--%s", boundary);
	u->mark_len = strlen(u->mark);
	u->held = arena_alloc(a, ROOM);
	/* The first mark stands at the start, without a line before it. */
	memcpy(u->held, "\r\n", 2);
	u->to = 2;
	u->name = "";
	return u;
}

/* Fills what room there is. */
static void fill(struct upload *u)
{
	size_t n;

	if (u->from > 0) {
		memmove(u->held, u->held + u->from, u->to - u->from);
		u->to -= u->from;
		u->from = 0;
	}
	while (!u->over && u->to < ROOM) {
		n = u->source(u->arg, u->held + u->to, ROOM - u->to);
		u->over = n == 0;
		u->to += n;
	}
}

static const char *find(const struct upload *u, const char *what, size_t len)
{
	return memmem(u->held + u->from, u->to - u->from, what, len);
}

/* Goes beyond the next mark.  1 a part follows, 0 it was the last, -1. */
static int next_part(struct upload *u)
{
	const char *at;

	fill(u);
	at = find(u, u->mark, u->mark_len);
	if (at == NULL)
		return -1;
	u->from = (size_t)(at - u->held) + u->mark_len;
	fill(u);
	if (u->to - u->from < 2)
		return -1;
	if (memcmp(u->held + u->from, "--", 2) == 0)
		return 0;
	if (memcmp(u->held + u->from, "\r\n", 2) != 0)
		return -1;
	return 1;
}

/* The lines before a part, NULL if they do not end. */
static char *read_head(struct upload *u)
{
	const char *end;
	char *head;
	size_t len;

	fill(u);
	end = find(u, "\r\n\r\n", 4);
	if (end == NULL)
		return NULL;
	len = (size_t)(end - u->held) - u->from;
	if (len > HEAD_MAX || memchr(u->held + u->from, '\0', len) != NULL)
		return NULL;
	head = arena_strndup(u->arena, u->held + u->from, len);
	u->from += len + 4;
	return head;
}

/* The one line that says what the part is. */
static const char *disposition(struct arena *a, const char *head)
{
	static const char name[] = "\r\nContent-Disposition:";
	const char *line = strcasestr(head, name);

	if (line == NULL)
		return NULL;
	line += strlen(name);
	return arena_strndup(a, line, strcspn(line, "\r\n"));
}

static const char *file_name(struct arena *a, const char *text)
{
	const char *p;

	while ((p = strpbrk(text, "/\\")) != NULL)
		text = p + 1;
	if (!charset_is_utf8(text, strlen(text)) || strlen(text) > NAME_MAX_LEN)
		return "";
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return "";
	return arena_strdup(a, text);
}

/* A field up to the next mark, NULL if it is too long or no text. */
static const char *read_value(struct upload *u)
{
	const char *end;
	size_t len;

	fill(u);
	end = find(u, u->mark, u->mark_len);
	if (end == NULL)
		return NULL;
	len = (size_t)(end - u->held) - u->from;
	if (len > UPLOAD_FIELD_LEN ||
	    memchr(u->held + u->from, '\0', len) != NULL ||
	    !charset_is_utf8(u->held + u->from, len))
		return NULL;
	end = arena_strndup(u->arena, u->held + u->from, len);
	u->from += len;
	return end;
}

int upload_fields(struct upload *u, struct param **out)
{
	int rc;

	*out = NULL;
	for (int i = 0; (rc = next_part(u)) > 0; i++) {
		const char *head = read_head(u), *what, *name, *file, *value;
		struct param *p;

		what = head == NULL ? NULL : disposition(u->arena, head);
		name = what == NULL ? NULL : parameter(u->arena, what, "name");
		if (name == NULL || i == UPLOAD_FIELDS_MAX ||
		    !charset_is_utf8(name, strlen(name)))
			return -1;
		file = parameter(u->arena, what, "filename");
		if (file != NULL) {
			u->name = file_name(u->arena, file);
			return 1;
		}
		value = read_value(u);
		if (value == NULL)
			return -1;
		p = arena_alloc(u->arena, sizeof(*p));
		p->name = name;
		p->text = value;
		*out = p;
		out = &p->next;
	}
	return rc;
}

const char *upload_name(const struct upload *u)
{
	return u->name;
}

long upload_read(struct upload *u, char *bytes, size_t len)
{
	const char *mark;
	size_t n;

	if (u->ended)
		return 0;
	fill(u);
	mark = find(u, u->mark, u->mark_len);
	if (mark != NULL)
		n = (size_t)(mark - u->held) - u->from;
	else if (u->over)
		return -1;
	else
		/* A mark may have begun at the end of what is held. */
		n = u->to - u->from - u->mark_len;
	if (mark != NULL && n <= len)
		u->ended = true;
	if (n > len)
		n = len;
	memcpy(bytes, u->held + u->from, n);
	/* What was a file's is not kept. */
	memset(u->held + u->from, 0, n);
	u->from += n;
	return (long)n;
}
