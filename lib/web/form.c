#include "web/form.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "web/page.h"

/* A field as read. */
struct input {
	const struct field *field;
	const char *text; /* never NULL */
	int64_t number;	  /* of TYPE_INT and TYPE_TIME */
	int64_t *ids;
	size_t count; /* of ids */
	bool sent;
};

struct form {
	struct input *inputs;
	size_t count;
	bool failed;
};

const struct field_kind field_text = { TYPE_TEXT, NULL };
const struct field_kind field_secret = { TYPE_SECRET, NULL };
const struct field_kind field_lines = { TYPE_LINES, NULL };
const struct field_kind field_code = { TYPE_CODE, NULL };
const struct field_kind field_int = { TYPE_INT, NULL };
const struct field_kind field_time = { TYPE_TIME, NULL };
const struct field_kind field_ids = { TYPE_IDS, NULL };

static const char error_missing[] = "入力してください。";
static const char error_not_chosen[] = "選んでください。";
static const char error_unknown[] = "一覧にあるものから選んでください。";
static const char error_characters[] =
	"使えない文字があります。入力し直してください。";
static const char error_code[] = "半角の英数字と - _ . だけが使えます。";
static const char error_number[] = "数字で入力してください。";
static const char error_time[] = "日時を正しく入力してください。";

static struct form *form_of(struct request *req)
{
	if (req->form == NULL)
		req->form = arena_alloc(req->arena, sizeof(*req->form));
	return req->form;
}

void form_error(struct request *req, const char *name, const char *text)
{
	form_of(req)->failed = true;
	page_default(req, arena_fmt(req->arena, "Error.%s", name), text);
}

bool form_failed(const struct request *req)
{
	return req->form != NULL && req->form->failed;
}

/* Texts ----------------------------------------------------------------------
 */

/* Line ends as "\n": browsers send CRLF. */
static const char *with_line_feeds(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);
	char *to = out;

	for (; *text != '\0'; text++)
		if (*text != '\r')
			*to++ = *text;
		else if (text[1] != '\n')
			*to++ = '\n';
	*to = '\0';
	return str_trimmed(a, out);
}

/* Control characters have no place in a text; a line end only between lines
 * (IPA 7-(ii), 8-(iii)). */
static bool has_control(const char *text, bool lines)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == 0x7f ||
		    (c < ' ' && !(lines && c == '\n') && c != '\t'))
			return true;
	}
	return false;
}

static const char *check_length(struct request *req, const struct field *f,
				const char *text)
{
	long long n = (long long)str_characters(text);

	if (n == 0 && f->least > 0)
		return error_missing;
	if (n > f->most)
		return arena_fmt(
			req->arena,
			"%lld文字以内で入力してください(いま%lld文字)。",
			f->most, n);
	if (n > 0 && n < f->least)
		return arena_fmt(req->arena, "%lld文字以上で入力してください。",
				 f->least);
	return NULL;
}

static const char *read_text(struct request *req, struct input *in)
{
	enum form_type type = in->field->kind->type;

	if (type == TYPE_LINES)
		in->text = with_line_feeds(req->arena, in->text);
	else if (type != TYPE_SECRET)
		in->text = str_trimmed(req->arena, in->text);
	if (has_control(in->text, type == TYPE_LINES))
		return error_characters;
	if (type == TYPE_CODE)
		for (const char *p = in->text; *p != '\0'; p++)
			if (!isalnum((unsigned char)*p) &&
			    strchr("-_.", *p) == NULL)
				return error_code;
	return check_length(req, in->field, in->text);
}

/* Numbers --------------------------------------------------------------------
 */

/* Digits as people type them: full width, and with separators. */
static const char *plain_digits(struct arena *a, const char *text)
{
	static const char full_zero[] = "\xef\xbc\x90"; /* '0' to '9' */
	struct str s = { .arena = a };

	while (*text != '\0') {
		unsigned char last = 0;

		if (strncmp(text, full_zero, 2) == 0)
			last = (unsigned char)text[2];
		if (last >= 0x90 && last <= 0x99) {
			str_add_char(&s, (char)('0' + last - 0x90));
			text += 3;
		} else if (str_begins(text, "\xef\xbc\x8c")) { /* ',' */
			text += 3;
		} else if (*text == ',') {
			text++;
		} else {
			str_add_char(&s, *text++);
		}
	}
	return str_text(&s);
}

static const char *read_int(struct request *req, struct input *in)
{
	const struct field *f = in->field;
	long long n;

	in->text = plain_digits(req->arena, str_trimmed(req->arena, in->text));
	if (*in->text == '\0')
		return f->least <= 0 && f->most >= 0 ? NULL : error_missing;
	if (!str_to_int(in->text, INT64_MIN, INT64_MAX, &n))
		return error_number;
	if (n < f->least || n > f->most)
		return arena_fmt(req->arena,
				 "%lldから%lldまでの数で入力してください。",
				 f->least, f->most);
	in->number = n;
	return NULL;
}

static const char *read_time(struct request *req, struct input *in)
{
	const char *iso;

	in->text = str_trimmed(req->arena, in->text);
	if (*in->text == '\0')
		return in->field->least > 0 ? error_missing : NULL;
	/* Browsers leave the seconds out: 2024-01-01T16:10. */
	iso = arena_fmt(req->arena, "%s%s+09:00", in->text,
			strlen(in->text) == strlen("2024-01-01T16:10") ? ":00"
								       : "");
	return time_parse(iso, &in->number) < 0 ? error_time : NULL;
}

static const char *read_choice(struct request *req, struct input *in)
{
	const char *p = in->field->kind->words;
	size_t len = strlen(in->text);

	(void)req;
	if (len == 0)
		return in->field->least > 0 ? error_not_chosen : NULL;
	while (*p != '\0') {
		size_t word = strcspn(p, " ");

		if (word == len && strncmp(p, in->text, len) == 0)
			return NULL;
		p += word;
		p += strspn(p, " ");
	}
	in->text = "";
	return error_unknown;
}

/* Ids ------------------------------------------------------------------------
 */

static bool has_id(const struct input *in, int64_t id)
{
	for (size_t i = 0; i < in->count; i++)
		if (in->ids[i] == id)
			return true;
	return false;
}

static const char *read_ids(struct request *req, struct input *in)
{
	const struct field *f = in->field;
	size_t sent = 0;

	for (struct param *p = req->params; p != NULL; p = p->next)
		sent += str_eq(p->name, f->name);
	if (sent > (size_t)f->most)
		return arena_fmt(req->arena, "%lld個まで選べます。", f->most);
	in->ids = arena_array(req->arena, sent, sizeof(*in->ids));
	for (struct param *p = req->params; p != NULL; p = p->next) {
		long long id;

		if (!str_eq(p->name, f->name) || *p->text == '\0')
			continue;
		if (!str_to_int(p->text, 1, INT64_MAX, &id))
			return error_unknown;
		if (has_id(in, id))
			continue;
		in->ids[in->count++] = id;
		page_set(req,
			 arena_fmt(req->arena, "Form.%s.%lld", f->name, id),
			 "1");
	}
	return in->count < (size_t)f->least ? error_not_chosen : NULL;
}

/* A table --------------------------------------------------------------------
 */

static const char *read_typed(struct request *req, struct input *in)
{
	switch (in->field->kind->type) {
	case TYPE_INT:
		return read_int(req, in);
	case TYPE_TIME:
		return read_time(req, in);
	case TYPE_CHOICE:
		return read_choice(req, in);
	case TYPE_IDS:
		return read_ids(req, in);
	default:
		return read_text(req, in);
	}
}

static const char *read_field(struct request *req, struct input *in)
{
	const struct field *f = in->field;
	const char *error;
	bool bad = false;

	in->text = "";
	for (struct param *p = req->params; p != NULL; p = p->next) {
		if (!str_eq(p->name, f->name))
			continue;
		if (in->sent && f->kind->type != TYPE_IDS)
			return error_characters; /* sent twice: V15.3.7 */
		in->sent = true;
		in->text = p->text;
		bad = bad || p->bad;
	}
	error = read_typed(req, in);
	return bad ? error_characters : error;
}

bool form_read(struct request *req, const struct field *fields, size_t count)
{
	struct form *form = form_of(req);

	form->inputs = arena_array(req->arena, count, sizeof(*form->inputs));
	form->count = count;
	for (size_t i = 0; i < count; i++) {
		struct input *in = &form->inputs[i];
		enum form_type type = fields[i].kind->type;
		const char *error;

		in->field = &fields[i];
		error = read_field(req, in);
		if (in->sent && type != TYPE_SECRET && type != TYPE_IDS)
			page_set(req,
				 arena_fmt(req->arena, "Form.%s",
					   fields[i].name),
				 in->text);
		if (error != NULL)
			form_error(req, fields[i].name, error);
	}
	return !form->failed;
}

static const struct input *find(const struct request *req, const char *name)
{
	for (size_t i = 0; req->form != NULL && i < req->form->count; i++)
		if (strcmp(req->form->inputs[i].field->name, name) == 0)
			return &req->form->inputs[i];
	log_fatal("field not declared name=%s", name);
}

const char *form_text(const struct request *req, const char *name)
{
	return find(req, name)->text;
}

int64_t form_int(const struct request *req, const char *name)
{
	return find(req, name)->number;
}

int64_t form_time(const struct request *req, const char *name)
{
	return find(req, name)->number;
}

const int64_t *form_ids(const struct request *req, const char *name,
			size_t *count)
{
	const struct input *in = find(req, name);

	*count = in->count;
	return in->ids;
}

bool form_has(const struct request *req, const char *name)
{
	return find(req, name)->sent;
}

/* Keeping --------------------------------------------------------------------
 */

static const struct field *declared(const struct field *fields, size_t count,
				    const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

static void add_encoded(struct str *s, const char *text)
{
	for (; *text != '\0'; text++)
		if (isalnum((unsigned char)*text) ||
		    strchr("-_.", *text) != NULL)
			str_add_char(s, *text);
		else
			str_fmt(s, "%%%02X", (unsigned char)*text);
}

const char *form_keep(struct request *req, const struct field *fields,
		      size_t count)
{
	struct str s = { .arena = req->arena };

	for (struct param *p = req->params; p != NULL; p = p->next) {
		const struct field *f = declared(fields, count, p->name);

		if (f == NULL || f->kind->type == TYPE_SECRET)
			continue;
		if (s.len > 0)
			str_add_char(&s, '&');
		add_encoded(&s, p->name);
		str_add_char(&s, '=');
		add_encoded(&s, p->text);
	}
	return str_text(&s);
}

/* What the page shows of a field as it was sent, unchecked. */
static void show_kept(struct request *req, const struct field *f,
		      const char *text)
{
	long long id;

	if (f->kind->type != TYPE_IDS)
		page_set(req, arena_fmt(req->arena, "Form.%s", f->name), text);
	else if (str_to_int(text, 1, INT64_MAX, &id))
		page_set(req,
			 arena_fmt(req->arena, "Form.%s.%lld", f->name, id),
			 "1");
}

bool form_fill(struct request *req, const char *kept,
	       const struct field *fields, size_t count)
{
	struct param *new, *next, **end = &req->params;

	if (request_parse(req->arena, kept, strlen(kept), CHARSET_UTF8, &new) <
	    0)
		return false;
	while (*end != NULL)
		if (declared(fields, count, (*end)->name) != NULL)
			*end = (*end)->next;
		else
			end = &(*end)->next;
	for (size_t i = 0; i < count; i++)
		page_forget(req,
			    arena_fmt(req->arena, "Form.%s", fields[i].name));
	for (; new != NULL; new = next) {
		const struct field *f = declared(fields, count, new->name);

		next = new->next;
		new->next = NULL;
		if (f == NULL)
			continue;
		*end = new;
		end = &new->next;
		show_kept(req, f, new->text);
	}
	return true;
}
