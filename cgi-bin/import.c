/*
 * import - files of people, groups, memberships, regions and addresses
 *
 *   GET  /import                     send a file; what was sent before
 *   POST /import                     takes the file; nothing is changed yet
 *   GET  /import/{name}.csv          an empty file of a layout
 *   GET  /import/{id}                what it would change, and what is wrong
 *   GET  /import/{id}/{name}.csv     likewise as a file
 *   POST /import/{id}/apply          applies it, number typed if many go
 *   POST /import/{id}/cancel         lets it go
 *
 * For system admins.  The file is read into rows as it comes, its addresses
 * sealed, and kept nowhere; run-imports compares and applies, so that this
 * screen cannot change a person and may be closed meanwhile.  Source: D2j, D2k,
 * D2m, S5.
 */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/import.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"
#include "web/upload.h"

enum {
	PAGE = 30,	       /* imports on a page */
	LINES = 100,	       /* differences or faults on a page */
	CSV_LINES = 5000,      /* of a query */
	READ_STEP = 64 * 1024, /* bytes */
	ITEM_LEN = 80,
};

static const char csv_type[] = "text/csv; charset=utf-8";
static const char refresh_s[] = "2"; /* while somebody works on it */

static struct import_keys keys;

static void load_keys(void)
{
	keys = import_keys_configured();
}

/* The lists of an import, as tabs. */
static const struct tab {
	const char *name, *title;
	bool is_fault;
} tabs[] = {
	{ "added", "追加", false },   { "changed", "変更", false },
	{ "removed", "削除", false }, { "refused", "誤り", true },
	{ "warned", "注意", true },
};

static const struct tab *tab_named(const char *name)
{
	for (size_t i = 0; i < LEN(tabs); i++)
		if (str_eq(tabs[i].name, name))
			return &tabs[i];
	return NULL;
}

static int64_t count_of(const struct import *i, const struct tab *tab)
{
	const int64_t counts[] = { i->added, i->changed, i->removed, i->refused,
				   i->warned };

	return counts[tab - tabs];
}

/* Sending one ------------------------------------------------------------- */

static const struct field new_fields[] = {
	{ "kind", FIELD_CHOICE("groups people memberships regions addresses"),
	  1, 1 },
	{ "whole", FIELD_CHOICE("part whole"), 1, 1 },
};

static const struct field list_fields[] = {
	{ "before", FIELD_INT, 0, UINT32_MAX },
};

static void set_import(struct row *row, struct request *req,
		       const struct import *i)
{
	row_set_int(row, "id", i->id);
	row_set(row, "kind", layout_title(i->kind));
	row_set(row, "file", i->file);
	row_set(row, "state", i->state);
	row_set(row, "source", i->source);
	row_set(row, "reason", i->reason);
	row_set(row, "actor", i->actor);
	row_set(row, "at", time_show_short(req->arena, i->made_at));
	row_set_count(row, "added", i->added);
	row_set_count(row, "changed", i->changed);
	row_set_count(row, "removed", i->removed);
	row_set_count(row, "refused", i->refused);
}

static void set_kinds(struct request *req)
{
	for (int kind = 0; kind < LAYOUTS; kind++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", layout_name((enum layout_kind)kind));
		row_set(row, "text", layout_title((enum layout_kind)kind));
	}
}

static int show_page(struct request *req)
{
	struct import *list;
	int64_t shown = 0, last = 0;

	if (import_list(req->db, form_int(req, "before"), PAGE, &list) < 0)
		return 500;
	for (const struct import *i = list; i != NULL; i = i->next) {
		set_import(page_row(req, "Imports"), req, i);
		last = i->id;
		shown++;
	}
	set_kinds(req);
	page_default(req, "Form.whole", "part");
	page_set_int(req, "Shown", shown);
	if (shown == PAGE)
		page_set_int(req, "Before", last);
	return page_show(req, "imports.cs");
}

static int list_all(struct request *req)
{
	form_read(req, list_fields, LEN(list_fields));
	return show_page(req);
}

static int read_file(struct request *req, const struct import_draft *draft,
		     int64_t *id)
{
	struct import_reader *r = import_open(req->db, draft, &keys);
	char *buf = arena_alloc(req->arena, READ_STEP);
	long n = 0;
	int rc = 0;

	if (r == NULL)
		return -1;
	while (rc == 0 && (n = upload_read(req->upload, buf, READ_STEP)) > 0)
		rc = import_feed(r, buf, (size_t)n);
	memset(buf, 0, READ_STEP);
	if (rc < 0)
		return -1;
	return import_close(r, n >= 0, id);
}

static int take(struct request *req)
{
	struct audit audit = request_audit(req);
	struct import_draft draft = { .source = "screen", .audit = &audit };
	int64_t id;
	int kind;

	form_read(req, new_fields, LEN(new_fields));
	if (req->upload == NULL || *upload_name(req->upload) == '\0')
		form_error(req, "file", "ファイルを選んでください。");
	kind = layout_named(form_text(req, "kind"));
	if (form_failed(req) || kind < 0) {
		page_default(req, "Form.before", "0");
		form_read(req, list_fields, LEN(list_fields));
		return show_page(req);
	}
	draft.kind = (enum layout_kind)kind;
	draft.whole = str_eq(form_text(req, "whole"), "whole");
	draft.file = upload_name(req->upload);
	/* No copy of an address is to stay in this process. */
	web_end();
	if (read_file(req, &draft, &id) < 0)
		return 500;
	return page_redirect(req, "/import", id);
}

static int send_layout(struct request *req)
{
	struct str s = { .arena = req->arena };
	const char *const *columns, *const *example;
	int kind = layout_named(req->name);
	size_t count;

	if (kind < 0)
		return 404;
	columns = layout_columns((enum layout_kind)kind, &count);
	csv_open(&s);
	for (size_t i = 0; i < count; i++)
		csv_text(&s, columns[i]);
	csv_line(&s);
	for (int n = 0; n < 2; n++) {
		example = layout_example((enum layout_kind)kind, n);
		for (size_t i = 0; i < count; i++)
			csv_text(&s, example[i]);
		csv_line(&s);
	}
	return page_file(req, csv_type,
			 arena_fmt(req->arena, "%s.csv", req->name), s.s,
			 s.len);
}

/* One --------------------------------------------------------------------- */

static const struct field one_fields[] = {
	{ "tab", FIELD_CHOICE("added changed removed refused warned"), 0, 1 },
	{ "line", FIELD_INT, 0, UINT32_MAX },
	{ "item", FIELD_TEXT, 0, ITEM_LEN },
	{ "id", FIELD_INT, 0, INT64_MAX },
};

/* The list that a person must see first. */
static const struct tab *first_tab(const struct import *i)
{
	static const char *const order[] = { "refused", "removed", "changed",
					     "added", "warned" };

	for (size_t n = 0; n < LEN(order); n++)
		if (count_of(i, tab_named(order[n])) > 0)
			return tab_named(order[n]);
	return &tabs[0];
}

static void set_tabs(struct request *req, const struct import *i,
		     const struct tab *open)
{
	for (size_t n = 0; n < LEN(tabs); n++) {
		struct row *row = page_row(req, "Tabs");

		row_set(row, "name", tabs[n].name);
		row_set(row, "title", tabs[n].title);
		row_set_count(row, "count", count_of(i, &tabs[n]));
		row_set_int(row, "open", &tabs[n] == open);
	}
	page_set(req, "Tab.name", open->name);
	page_set(req, "Tab.title", open->title);
	page_set_int(req, "Tab.fault", open->is_fault);
	page_set_count(req, "Tab.count", count_of(i, open));
}

static void set_fields(struct row *row, const struct import *i,
		       const struct import_change *c)
{
	size_t count;
	const char *const *names = layout_fields(i->kind, &count);

	for (size_t n = 0; n < count; n++) {
		struct row *field;

		if (str_eq(c->was[n], c->now[n]))
			continue;
		field = row_row(row, "fields");
		row_set(field, "name", names[n]);
		row_set(field, "was", c->was[n]);
		row_set(field, "now", c->now[n]);
	}
}

/* How many it shows, or -1. */
static int64_t set_changes(struct request *req, const struct import *i,
			   const struct tab *tab)
{
	bool later = form_has(req, "item");
	struct import_change *list;
	int64_t shown = 0;

	if (import_changes(req->db, i, tab->name,
			   later ? form_int(req, "line") : -1,
			   form_text(req, "item"), LINES, &list) < 0)
		return -1;
	for (const struct import_change *c = list; c != NULL; c = c->next) {
		struct row *row = page_row(req, "Lines");

		row_set_int(row, "line", c->line);
		row_set(row, "item", c->item);
		row_set(row, "name", c->name);
		set_fields(row, i, c);
		if (++shown == LINES) {
			page_set_int(req, "Next.line", c->line);
			page_set(req, "Next.item", c->item);
		}
	}
	return shown;
}

static int64_t set_faults(struct request *req, const struct import *i,
			  const char *kind, const char *name)
{
	bool later = form_has(req, "id");
	struct import_fault *list;
	int64_t shown = 0;

	if (import_faults(req->db, i->id, kind,
			  later ? form_int(req, "line") : -1,
			  form_int(req, "id"), LINES, &list) < 0)
		return -1;
	for (const struct import_fault *f = list; f != NULL; f = f->next) {
		struct row *row = page_row(req, name);

		row_set_int(row, "line", f->line);
		row_set(row, "field", f->field);
		row_set(row, "reason", f->reason);
		row_set(row, "mend", f->mend);
		if (++shown == LINES) {
			page_set_int(req, "Next.line", f->line);
			page_set_int(req, "Next.id", f->id);
		}
	}
	return shown;
}

static int note_read(struct request *req, const char *action, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	audit.object = arena_fmt(req->arena, "import %lld", (long long)req->id);
	audit.people = people;
	return audit_add(req->db, &audit);
}

static bool is_at_work(const struct import *i)
{
	return str_eq(i->state, "reading") || str_eq(i->state, "confirmed") ||
	       (str_eq(i->state, "read") && str_eq(i->source, "screen"));
}

static void set_one(struct request *req, const struct import *i)
{
	page_set_int(req, "Import.id", i->id);
	page_set(req, "Import.kind", layout_title(i->kind));
	page_set(req, "Import.kind_name", layout_name(i->kind));
	page_set_int(req, "Import.whole", i->whole);
	page_set(req, "Import.file", i->file);
	page_set(req, "Import.encoding", i->encoding);
	page_set(req, "Import.state", i->state);
	page_set(req, "Import.source", i->source);
	page_set(req, "Import.reason", i->reason);
	page_set(req, "Import.actor", i->actor);
	page_set(req, "Import.confirmed_by", i->confirmed_by);
	page_set(req, "Import.at", time_show_clock(req->arena, i->made_at));
	page_set(req, "Import.ended", time_show_clock(req->arena, i->ended_at));
	page_set_count(req, "Import.rows", i->rows);
	page_set_count(req, "Import.changes",
		       i->added + i->changed + i->removed);
	page_set_count(req, "Import.added", i->added);
	page_set_count(req, "Import.changed", i->changed);
	page_set_count(req, "Import.removed", i->removed);
	page_set_count(req, "Import.refused", i->refused);
	page_set_int(req, "Import.type", import_must_type(i));
	page_set_int(req, "Import.work", is_at_work(i));
}

static int show_one(struct request *req, const struct import *i,
		    const struct tab *tab)
{
	int64_t shown;

	set_one(req, i);
	if (is_at_work(i)) {
		page_header(req, "Refresh", refresh_s);
		return page_show(req, "import.cs");
	}
	if (set_faults(req, i, "moved", "Moved") < 0)
		return 500;
	set_tabs(req, i, tab);
	shown = tab->is_fault ? set_faults(req, i, tab->name, "Lines")
			      : set_changes(req, i, tab);
	page_set_int(req, "Shown", shown);
	if (shown < 0 || note_read(req, "import shown", shown) < 0)
		return 500;
	return page_show(req, "import.cs");
}

static int show(struct request *req)
{
	const struct tab *tab;
	struct import i;
	int found = import_find(req->db, req->id, &i);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, one_fields, LEN(one_fields));
	tab = tab_named(form_text(req, "tab"));
	return show_one(req, &i, tab == NULL ? first_tab(&i) : tab);
}

/* As a file --------------------------------------------------------------- */

static int64_t add_faults(struct request *req, struct str *s, const char *kind)
{
	struct import_fault *list;
	int64_t line = -1, after = 0, count = 0;

	csv_text(s, "行");
	csv_text(s, "列");
	csv_text(s, "理由");
	csv_text(s, "直し方");
	csv_line(s);
	do {
		if (import_faults(req->db, req->id, kind, line, after,
				  CSV_LINES, &list) < 0)
			return -1;
		for (const struct import_fault *f = list; f; f = f->next) {
			csv_int(s, f->line);
			csv_text(s, f->field);
			csv_text(s, f->reason);
			csv_text(s, f->mend);
			csv_line(s);
			line = f->line;
			after = f->id;
			count++;
		}
	} while (list != NULL);
	return count;
}

static void add_change_heads(struct str *s, const char *const *names,
			     size_t count)
{
	csv_text(s, "行");
	csv_text(s, "対象");
	csv_text(s, "登録されている名前");
	for (size_t n = 0; n < count; n++) {
		csv_text(s, arena_fmt(s->arena, "%s（いま）", names[n]));
		csv_text(s, arena_fmt(s->arena, "%s（反映後）", names[n]));
	}
	csv_line(s);
}

static int64_t add_changes(struct request *req, struct str *s,
			   const struct import *i, const char *act)
{
	struct import_change *list;
	const char *item = "";
	int64_t line = -1, total = 0;
	size_t count;
	const char *const *names = layout_fields(i->kind, &count);

	add_change_heads(s, names, count);
	do {
		if (import_changes(req->db, i, act, line, item, CSV_LINES,
				   &list) < 0)
			return -1;
		for (const struct import_change *c = list; c; c = c->next) {
			csv_int(s, c->line);
			csv_text(s, c->item);
			csv_text(s, c->name);
			for (size_t n = 0; n < count; n++) {
				csv_text(s, c->was[n]);
				csv_text(s, c->now[n]);
			}
			csv_line(s);
			line = c->line;
			item = c->item;
			total++;
		}
	} while (list != NULL);
	return total;
}

static int send_list(struct request *req)
{
	struct str s = { .arena = req->arena };
	const struct tab *tab = tab_named(req->name);
	int64_t count;
	struct import i;
	int found = import_find(req->db, req->id, &i);

	if (found <= 0 || tab == NULL)
		return found < 0 ? 500 : 404;
	csv_open(&s);
	count = tab->is_fault ? add_faults(req, &s, tab->name)
			      : add_changes(req, &s, &i, tab->name);
	if (count < 0 || note_read(req, "import list export", count) < 0)
		return 500;
	return page_file(req, csv_type,
			 arena_fmt(req->arena, "import-%lld-%s.csv",
				   (long long)req->id, tab->name),
			 s.s, s.len);
}

/* Acting ------------------------------------------------------------------ */

static const struct field apply_fields[] = {
	{ "removed", FIELD_INT, 0, UINT32_MAX },
};

static int apply(struct request *req)
{
	struct audit audit = request_audit(req);
	struct import i;
	int found = import_find(req->db, req->id, &i);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	form_read(req, apply_fields, LEN(apply_fields));
	if (form_failed(req))
		return show_one(req, &i, first_tab(&i));
	switch (import_confirm(
		req->db, req->id,
		form_has(req, "removed") ? form_int(req, "removed") : -1,
		&audit)) {
	case IMPORT_CONFIRMED:
	case IMPORT_GONE: /* a second press, or another admin: the page tells */
	case IMPORT_UNCHANGING:
	case IMPORT_FAULTY:
		return page_redirect(req, "/import", req->id);
	case IMPORT_OTHER_COUNT:
		form_error(
			req, "removed",
			arena_fmt(req->arena,
				  "削除される件数は %lld 件です。同じ数を入力"
				  "してください。",
				  (long long)i.removed));
		return show_one(req, &i, first_tab(&i));
	default:
		return 500;
	}
}

static int cancel(struct request *req)
{
	struct audit audit = request_audit(req);
	struct import i;
	int found = import_find(req->db, req->id, &i);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (import_cancel(req->db, req->id, &audit) < 0)
		return 500;
	return page_redirect(req, "/import", req->id);
}

static const struct route routes[] = {
	{ "GET", "/import", GUARD_SYSTEM_ADMIN, list_all },
	{ "POST", "/import", GUARD_SYSTEM_ADMIN, take },
	{ "GET", "/import/{id}", GUARD_SYSTEM_ADMIN, show },
	{ "GET", "/import/{name}.csv", GUARD_SYSTEM_ADMIN, send_layout },
	{ "GET", "/import/{id}/{name}.csv", GUARD_SYSTEM_ADMIN, send_list },
	{ "POST", "/import/{id}/apply", GUARD_SYSTEM_ADMIN, apply },
	{ "POST", "/import/{id}/cancel", GUARD_SYSTEM_ADMIN, cancel },
	{ 0 },
};

int main(void)
{
	static const struct web_options options = {
		.start = load_keys,
		.upload = "/import",
	};

	return web_run_with(routes, &options);
}
