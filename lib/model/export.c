#include "model/export.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/broadcast.h"
#include "model/reach.h"
#include "model/recipient.h"
#include "model/recipient_words.h"

enum {
	SLICE = 5000,	  /* ids of people a query, answers a query */
	UNFIT_SHOWN = 20, /* line numbers told */
	CELLS = 6,
};

struct making {
	struct db *db;
	const struct export_order *order;
	struct reach reach;
	struct str file; /* in the charset it leaves in */
	struct str line;
	struct str unfit_lines;
	struct export_file *out;
};

int export_named(const char *name)
{
	return str_eq(name, "answers") ? EXPORT_ANSWERS : layout_named(name);
}

const char *export_name(int kind)
{
	return kind == EXPORT_ANSWERS ? "answers"
				      : layout_name((enum layout_kind)kind);
}

const char *export_title(int kind)
{
	return kind == EXPORT_ANSWERS ? "回答"
				      : layout_title((enum layout_kind)kind);
}

/* Lines ----------------------------------------------------------------------
 */

/* Ends the line that `line` holds; the head is the first. */
static void end_line(struct making *m)
{
	const char *text;
	size_t len, lost = 0;

	csv_line(&m->line);
	text = str_text(&m->line);
	len = m->line.len;
	if (m->order->cp932)
		text = charset_to_cp932_geta(m->db->arena, text, &len, &lost);
	str_add_len(&m->file, text, len);
	m->line.len = 0;
	m->out->rows++;
	if (lost == 0)
		return;
	if (m->out->unfit++ < UNFIT_SHOWN)
		str_fmt(&m->unfit_lines, "%s%" PRId64,
			m->unfit_lines.len == 0 ? "" : ", ", m->out->rows);
	else if (m->out->unfit == UNFIT_SHOWN + 1)
		str_add(&m->unfit_lines, " …");
}

static void add_cells(struct making *m, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		csv_text(&m->line, cells[i]);
	end_line(m);
}

/* The columns of a layout that hold words. */
static const bool is_word[LAYOUTS][CELLS] = {
	[LAYOUT_PEOPLE] = { [3] = true, [4] = true },
	[LAYOUT_REGIONS] = { [1] = true },
	[LAYOUT_ADDRESSES] = { [4] = true },
};

/* Words that a file shows for what is stored. */
static const char *word(const char *value)
{
	static const struct {
		const char *value, *word;
	} rows[] = {
		{ "ja", "日本語" },
		{ "en", "英語" },
		{ "active", "在籍" },
		{ "left", "退職" },
		{ "work", "勤務地" },
		{ "home", "自宅" },
		{ "family", "家族の家" },
		{ "unknown", "未確認" },
		{ "confirmed", "届く" },
		{ "full", "受信箱が満杯" },
		{ "filtered", "受信拒否の設定" },
		{ "dead", "宛先なし" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		if (str_eq(rows[i].value, value))
			return rows[i].word;
	return value;
}

/* Layouts ----------------------------------------------------------------- */

/* Each gives the columns of its layout in their order.  Parameters: reach (of
 * groups), reach (of people), first and last user id. */
static const char *const selects[LAYOUTS] = {
	[LAYOUT_GROUPS] = "SELECT g.code, g.name, COALESCE(p.code, ''), ''"
			  "  FROM grp g LEFT JOIN grp p ON p.id = g.parent"
			  " WHERE " REACH_OF_GROUP("g.id") " ORDER BY g.code",
	[LAYOUT_PEOPLE] =
		"SELECT u.staff_no, u.name, u.kana, u.lang, u.state, ''"
		"  FROM user u"
		" WHERE " REACH_OF("u.id") " AND u.id BETWEEN ? AND ?"
					   " ORDER BY u.id",
	[LAYOUT_MEMBERSHIPS] =
		"SELECT u.staff_no, g.code, ''"
		"  FROM user u"
		"  JOIN grp_member m ON m.user = u.id"
		"  JOIN grp g ON g.id = m.grp"
		" WHERE " REACH_OF_GROUP("g.id") " AND u.id BETWEEN ? AND ?"
						 " ORDER BY u.id, g.code",
	[LAYOUT_REGIONS] =
		"SELECT u.staff_no, m.purpose, m.region, ''"
		"  FROM user u JOIN user_region m ON m.user = u.id"
		" WHERE " REACH_OF(
			"u.id") " AND u.id BETWEEN ? AND ?"
				" ORDER BY u.id, m.purpose, m.region",
	[LAYOUT_ADDRESSES] =
		"SELECT u.staff_no, a.place, CONCAT('***@', a.domain), '',"
		"       a.state"
		"  FROM user u JOIN address a ON a.user = u.id"
		" WHERE " REACH_OF("u.id") " AND u.id BETWEEN ? AND ?"
					   " ORDER BY u.id, a.place",
};

static int add_slice(struct making *m, int64_t first)
{
	struct stmt *s = db_prepare(m->db, selects[m->order->kind]);
	const char *cells[CELLS];
	size_t count;
	int rc;

	layout_columns((enum layout_kind)m->order->kind, &count);
	reach_bind(s, &m->reach);
	if (m->order->kind != LAYOUT_GROUPS) {
		db_bind_int(s, first);
		db_bind_int(s, first + SLICE - 1);
	}
	while ((rc = db_step(s)) > 0) {
		for (size_t i = 0; i < count; i++) {
			cells[i] = db_text(s, (unsigned)i);
			if (is_word[m->order->kind][i])
				cells[i] = word(cells[i]);
		}
		add_cells(m, cells, count);
	}
	return rc;
}

static int last_user(struct db *db, int64_t *out)
{
	static const char sql[] = "SELECT COALESCE(MAX(id), 0) FROM user";
	struct stmt *s = db_prepare(db, sql);

	return db_number(s, out);
}

static int add_layout(struct making *m)
{
	size_t count;
	const char *const *heads =
		layout_columns((enum layout_kind)m->order->kind, &count);
	int64_t last = 0;

	add_cells(m, heads, count);
	if (m->order->kind == LAYOUT_GROUPS)
		return add_slice(m, 0);
	if (last_user(m->db, &last) < 0)
		return -1;
	for (int64_t first = 1; first <= last; first += SLICE)
		if (add_slice(m, first) < 0)
			return -1;
	return 0;
}

/* Answers ----------------------------------------------------------------- */

static int add_answers(struct making *m)
{
	struct recipient_query q = {
		.broadcast = m->order->broadcast,
		.most = SLICE,
	};
	struct question *questions;
	struct recipient *list;

	if (broadcast_questions(m->db, q.broadcast, &questions) < 0)
		return -1;
	recipient_heads(&m->line, questions);
	end_line(m);
	do {
		if (recipient_list(m->db, m->order->account, &q, &list) < 0)
			return -1;
		for (const struct recipient *r = list; r; r = r->next) {
			recipient_cells(m->db->arena, &m->line, r, questions);
			end_line(m);
			q.after = r->user;
		}
	} while (list != NULL);
	return 0;
}

/* The whole --------------------------------------------------------------- */

static int note(struct making *m)
{
	const struct export_order *o = m->order;
	struct audit line = *o->audit;

	line.action = "export";
	line.object = o->kind == EXPORT_ANSWERS
			      ? arena_fmt(m->db->arena, "broadcast %" PRId64,
					  o->broadcast)
			      : export_name(o->kind);
	line.people = m->out->rows;
	line.detail = arena_fmt(m->db->arena, "%s rows=%" PRId64 " reason=%s",
				o->cp932 ? "CP932" : "UTF-8", m->out->rows,
				o->reason);
	return audit_add(m->db, &line);
}

int export_make(struct db *db, const struct export_order *order,
		struct export_file *out)
{
	struct making m = {
		.db = db,
		.order = order,
		.file = { .arena = db->arena },
		.line = { .arena = db->arena },
		.unfit_lines = { .arena = db->arena },
		.out = out,
	};
	struct broadcast b;
	int rc = 1;

	*out = (struct export_file){ 0 };
	if (order->kind == EXPORT_ANSWERS)
		rc = broadcast_find(db, order->account, order->broadcast, &b);
	if (rc <= 0)
		return rc < 0 ? -1 : EXPORT_UNKNOWN;
	if (reach_find(db, order->account, &m.reach) < 0)
		return -1;
	if (!order->cp932)
		csv_open(&m.file);
	rc = order->kind == EXPORT_ANSWERS ? add_answers(&m) : add_layout(&m);
	if (rc < 0)
		return -1;
	out->rows--; /* the head */
	out->unfit_lines = str_text(&m.unfit_lines);
	if (out->unfit > 0 && !order->replace)
		return EXPORT_UNFIT;
	if (note(&m) < 0)
		return -1;
	out->bytes = str_text(&m.file);
	out->len = m.file.len;
	return EXPORT_MADE;
}
