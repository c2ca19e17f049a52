#include "web/page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <ClearSilver.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/log.h"
#include "base/str.h"
#include "web/form.h"
#include "web/mould.h"
#include "web/template.h"

struct list {
	struct list *next;
	const char *name;
	HDF *node;
	int count;
};

/* A value that waits until there is a page to show: a request that ends in a
 * redirection needs none. */
struct value {
	struct value *next;
	const char *key, *text;
};

struct page {
	HDF *hdf; /* NULL until something is shown */
	struct list *lists;
	struct value *values, **end;
};

struct row {
	struct arena *arena;
	HDF *node;
	struct list *lists;
};

/* ClearSilver fails here only if memory is out. */
static void check(NEOERR *err)
{
	if (err != STATUS_OK)
		log_fatal("out of memory");
}

static void destroy(void *arg)
{
	struct page *page = arg;

	hdf_destroy(&page->hdf);
}

static void set(HDF *node, const char *key, const char *value)
{
	if (value != NULL)
		check(hdf_set_value(node, key, value));
}

static struct page *page_of(struct request *req)
{
	struct page *page = req->page;

	if (page == NULL) {
		page = req->page = arena_alloc(req->arena, sizeof(*page));
		page->end = &page->values;
	}
	return page;
}

static HDF *hdf_of(struct request *req)
{
	struct page *page = page_of(req);

	if (page->hdf == NULL) {
		check(hdf_init(&page->hdf));
		arena_defer(req->arena, destroy, page);
		for (struct value *v = page->values; v != NULL; v = v->next)
			set(page->hdf, v->key, v->text);
	}
	return page->hdf;
}

void page_forget(struct request *req, const char *key)
{
	check(hdf_remove_tree(hdf_of(req), key));
}

static bool is_set(struct request *req, const char *key)
{
	struct page *page = page_of(req);

	if (page->hdf != NULL)
		return hdf_get_value(page->hdf, key, NULL) != NULL;
	for (struct value *v = page->values; v != NULL; v = v->next)
		if (strcmp(v->key, key) == 0)
			return true;
	return false;
}

static const char *separated(char out[40], int64_t value)
{
	char digits[24];
	size_t len, n = 0;

	snprintf(digits, sizeof(digits), "%" PRIu64,
		 value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
	len = strlen(digits);
	if (value < 0)
		out[n++] = '-';
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[n++] = ',';
		out[n++] = digits[i];
	}
	out[n] = '\0';
	return out;
}

static const char *plain(char out[24], int64_t value)
{
	snprintf(out, 24, "%" PRId64, value);
	return out;
}

void page_set(struct request *req, const char *key, const char *value)
{
	struct page *page = page_of(req);
	struct value *v;

	if (value == NULL)
		return;
	if (page->hdf != NULL) {
		set(page->hdf, key, value);
		return;
	}
	v = arena_alloc(req->arena, sizeof(*v));
	v->key = arena_strdup(req->arena, key);
	v->text = arena_strdup(req->arena, value);
	*page->end = v;
	page->end = &v->next;
}

void page_set_int(struct request *req, const char *key, int64_t value)
{
	char text[24];

	page_set(req, key, plain(text, value));
}

void page_set_count(struct request *req, const char *key, int64_t value)
{
	char text[40];

	page_set(req, key, separated(text, value));
}

void page_default(struct request *req, const char *key, const char *value)
{
	if (!is_set(req, key))
		page_set(req, key, value);
}

/* Adds a child 0, 1, 2, ... to a list.  The node of the list is looked up
 * once, so that a long list costs no search. */
static struct row *add_row(struct arena *a, HDF *parent, struct list **lists,
			   const char *name)
{
	struct row *row = arena_alloc(a, sizeof(*row));
	struct list *list;
	char number[16];

	for (list = *lists; list != NULL; list = list->next)
		if (strcmp(list->name, name) == 0)
			break;
	if (list == NULL) {
		list = arena_alloc(a, sizeof(*list));
		list->name = name;
		list->next = *lists;
		*lists = list;
		check(hdf_get_node(parent, name, &list->node));
	}
	snprintf(number, sizeof(number), "%d", list->count++);
	row->arena = a;
	check(hdf_get_node(list->node, number, &row->node));
	return row;
}

struct row *page_row(struct request *req, const char *list)
{
	return add_row(req->arena, hdf_of(req), &page_of(req)->lists, list);
}

struct row *row_row(struct row *row, const char *list)
{
	return add_row(row->arena, row->node, &row->lists, list);
}

void row_set(struct row *row, const char *key, const char *value)
{
	set(row->node, key, value);
}

void row_set_int(struct row *row, const char *key, int64_t value)
{
	char text[24];

	set(row->node, key, plain(text, value));
}

void row_set_count(struct row *row, const char *key, int64_t value)
{
	char text[40];

	set(row->node, key, separated(text, value));
}

/* Pages ----------------------------------------------------------------------
 */

static void set_common(struct request *req)
{
	HDF *hdf = hdf_of(req);

	if (req->account == 0)
		return;
	set(hdf, "Page.path", req->path);
	set(hdf, "Page.csrf", req->csrf);
	set(hdf, "Account.login", req->login);
	set(hdf, "Account.name", req->account_name);
	set(hdf, "Account.role", role_name(req->role));
}

static int respond(struct request *req, int status, const char *type,
		   const char *body, size_t len)
{
	req->response.status = status;
	req->response.type = type;
	req->response.body = body;
	req->response.len = len;
	return status;
}

int page_show_status(struct request *req, int status, const char *name)
{
	const char *text;
	size_t len;

	set_common(req);
	if (template_render(name, hdf_of(req), &text, &len) < 0)
		return 500;
	if (req->charset != CHARSET_SHIFT_JIS || !str_begins(name, "keitai/"))
		return respond(req, status, "text/html; charset=UTF-8", text,
			       len);
	text = charset_to_cp932(req->arena, text, &len);
	return respond(req, status, "text/html; charset=Shift_JIS", text, len);
}

int page_show(struct request *req, const char *name)
{
	return page_show_status(req, form_failed(req) ? 422 : 200, name);
}

int page_fill(struct request *req, const char *key, const char *const values[])
{
	size_t len;
	const char *text = mould_fill(req->arena, key, values, &len);

	if (text == NULL)
		return 0;
	return respond(req, 200, "text/html; charset=UTF-8", text, len);
}

int page_show_mould(struct request *req, const char *name, const char *key,
		    const char *const values[])
{
	int status = page_show_status(req, 200, name);

	if (status != 200)
		return status;
	mould_keep(key, req->response.body, req->response.len);
	return page_fill(req, key, values);
}

/* Others ---------------------------------------------------------------------
 */

void page_header(struct request *req, const char *name, const char *value)
{
	const char *before = req->response.headers;

	if (strpbrk(value, "\r\n") != NULL) {
		log_error("header refused name=%s", name);
		return;
	}
	req->response.headers =
		arena_fmt(req->arena, "%s%s: %s\r\n",
			  before == NULL ? "" : before, name, value);
}

int page_redirect(struct request *req, const char *path, int64_t id)
{
	const char *slash = str_eq(path, "/") ? "" : "/";

	if (id != 0)
		path = arena_fmt(req->arena, "%s%s%" PRId64, path, slash, id);
	page_header(req, "Location", path);
	return respond(req, 303, "text/plain; charset=UTF-8", "", 0);
}

int page_json(struct request *req, struct json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	const char *body;

	if (text == NULL)
		return log_error("document not written"), 500;
	body = arena_strdup(req->arena, text);
	free(text);
	json_decref(json);
	return page_json_text(req, body);
}

int page_json_text(struct request *req, const char *text)
{
	return respond(req, 200, "application/json; charset=UTF-8", text,
		       strlen(text));
}

int page_text(struct request *req, int status, const char *type,
	      const char *text)
{
	return respond(req, status, type, text, strlen(text));
}

int page_file(struct request *req, const char *type, const char *filename,
	      const void *bytes, size_t len)
{
	page_header(
		req, "Content-Disposition",
		arena_fmt(req->arena, "attachment; filename=\"%s\"", filename));
	return respond(req, 200, type, bytes, len);
}
