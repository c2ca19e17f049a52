/*
 * export - people, groups, memberships, regions, addresses, answers as files
 *
 *   GET  /export   which, in which charset, and why
 *   POST /export   the file
 *
 * For admins; a group admin gets his own people only, by the queries of model/.
 * Of an address only ***@domain leaves.  The reason is asked and audited with
 * the number of rows before the first byte leaves.  Source: D2k, D2m, D3c, S7.
 */
#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/export.h"
#include "web/form.h"
#include "web/page.h"
#include "web/run.h"

enum { BROADCASTS = 30 }; /* newest ones to choose from */

static const struct field fields[] = {
	{ "kind",
	  FIELD_CHOICE("people groups memberships regions addresses answers"),
	  1, 1 },
	{ "broadcast", FIELD_INT, 0, UINT32_MAX },
	{ "charset", FIELD_CHOICE("utf8 cp932"), 1, 1 },
	{ "replace", FIELD_CHOICE("yes"), 0, 1 },
	{ "reason", FIELD_TEXT, EXPORT_REASON_MIN, EXPORT_REASON_MAX },
};

static int set_broadcasts(struct request *req)
{
	struct broadcast_filter filter = { .most = BROADCASTS };
	struct broadcast *list;

	if (broadcast_list(req->db, req->account, &filter, &list) < 0)
		return -1;
	for (const struct broadcast *b = list; b != NULL; b = b->next) {
		struct row *row = page_row(req, "Broadcasts");

		row_set_int(row, "id", b->id);
		row_set(row, "subject", b->subject);
		row_set(row, "at",
			time_show_short(req->arena, b->confirmed_at));
	}
	return 0;
}

static int show(struct request *req)
{
	static const int order[] = { LAYOUT_PEOPLE,	 LAYOUT_GROUPS,
				     LAYOUT_MEMBERSHIPS, LAYOUT_REGIONS,
				     LAYOUT_ADDRESSES,	 EXPORT_ANSWERS };

	for (size_t i = 0; i < LEN(order); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", export_name(order[i]));
		row_set(row, "text", export_title(order[i]));
	}
	page_default(req, "Form.charset", "utf8");
	if (set_broadcasts(req) < 0)
		return 500;
	return page_show(req, "export.cs");
}

static int send_file(struct request *req, const struct export_order *order,
		     const struct export_file *file)
{
	return page_file(
		req,
		order->cp932 ? "text/csv; charset=Shift_JIS"
			     : "text/csv; charset=utf-8",
		arena_fmt(req->arena, "%s.csv", export_name(order->kind)),
		file->bytes, file->len);
}

static int export(struct request *req)
{
	struct audit audit = request_audit(req);
	struct export_order order = {
		.account = req->account,
		.audit = &audit,
	};
	struct export_file file;

	form_read(req, fields, LEN(fields));
	order.kind = export_named(form_text(req, "kind"));
	order.broadcast = form_int(req, "broadcast");
	order.cp932 = str_eq(form_text(req, "charset"), "cp932");
	order.replace = form_has(req, "replace");
	order.reason = form_text(req, "reason");
	if (order.kind == EXPORT_ANSWERS && order.broadcast == 0)
		form_error(req, "broadcast",
			   "どの配信の回答かを選んでください。");
	if (form_failed(req))
		return show(req);
	switch (export_make(req->db, &order, &file)) {
	case EXPORT_MADE:
		return send_file(req, &order, &file);
	case EXPORT_UNFIT:
		page_set_int(req, "Unfit", 1);
		form_error(
			req, "charset",
			arena_fmt(req->arena,
				  "Shift_JISにない文字（𠮷 など）が %lld 行にあ"
				  "ります（%s 行目）。UTF-8を選ぶか、〓に置き換"
				  "えてください。",
				  (long long)file.unfit, file.unfit_lines));
		return show(req);
	case EXPORT_UNKNOWN:
		form_error(req, "broadcast", "その配信は見つかりません。");
		return show(req);
	default:
		return 500;
	}
}

static const struct route routes[] = {
	{ "GET", "/export", GUARD_GROUP_ADMIN, show },
	{ "POST", "/export", GUARD_GROUP_ADMIN, export },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
