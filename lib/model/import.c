#include "model/import.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "mail/address.h"
#include "model/audit.h"
#include "model/target.h"

enum {
	BATCH = 4000,	   /* rows sent to the database at once */
	TIDY_ROWS = 20000, /* deleted in one statement */
	KEEP_DAYS = 90,	   /* what an import changed can be read so long */
	STUCK_S = 600,	   /* without progress, reading has broken off */
	FORGOTTEN_DAYS = 7,
	DAY_S = 86400,
	TYPE_FROM = 10, /* removed: from so many on, type the number */
	FILE_MAX_BYTES = 4 * IMPORT_FILE_MAX,
};

/* Reading ----------------------------------------------------------------- */

struct import_reader {
	struct db *db;
	struct arena *batch; /* of the rows that wait */
	struct arena *kept;  /* the caller's */
	struct csv_reader *csv;
	struct import_keys keys;
	int64_t id;
	enum layout_kind kind;
	bool needs_end;
	bool headed, ended, stopped, failed;
	struct layout_map map;
	struct stmt *rows, *faults;
	int row_count, fault_count; /* waiting */
	int64_t total, refused, warned, bytes, wanted;
	const char *reason;
	crypto_hash_sha256_state sha;
};

struct import_keys import_keys_configured(void)
{
	struct arena *a = arena_new();
	const char *dir = config_must("Path.Keys");
	struct import_keys keys = {
		seal_public_load(arena_fmt(a, "%s/seal.public", dir)),
		digest_key_load(arena_fmt(a, "%s/digest.key", dir)),
	};

	if (keys.seal == NULL || keys.digest == NULL)
		log_fatal("no keys for addresses");
	arena_free(a);
	return keys;
}

static void begin_batch(struct import_reader *r)
{
	static const char rows[] =
		"INSERT INTO import_row (import, item, line, staff_no, name,"
		"       kana, lang, state, code, parent, purpose, place,"
		"       sealed, digest, domain, class, gone)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	static const char faults[] =
		"INSERT INTO import_fault (import, kind, line, field, reason,"
		"       mend, compared)"
		" VALUES (?, ?, ?, ?, ?, ?, FALSE)";

	arena_reset(r->batch);
	r->db->arena = r->batch;
	r->rows = db_prepare(r->db, rows);
	r->faults = db_prepare(r->db, faults);
	r->db->arena = r->kept;
	r->row_count = r->fault_count = 0;
}

static int say_progress(struct db *db, const struct import_reader *r)
{
	static const char sql[] = "UPDATE import"
				  "   SET total_rows = ?, bytes = ?,"
				  "       refused = ?, warned = ?, moved_at = ?"
				  " WHERE id = ? AND state = 'reading'";
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, r->total);
	db_bind_int(s, r->bytes);
	db_bind_int(s, r->refused);
	db_bind_int(s, r->warned);
	db_bind_time(s, time_now());
	db_bind_int(s, r->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int store_batch(struct db *db, struct import_reader *r)
{
	if (r->row_count > 0 && db_run(r->rows) < 0)
		return -1;
	if (r->fault_count > 0 && db_run(r->faults) < 0)
		return -1;
	return say_progress(db, r);
}

/* In one transaction, since each commit waits for the disk.  Not by
 * db_transaction: the rows that wait are sent once, and nobody else writes
 * rows of this import, so there is nothing to be retried for. */
static int flush(struct import_reader *r)
{
	int rc = -1;

	r->db->arena = r->batch;
	if (db_begin(r->db) == 0) {
		rc = store_batch(r->db, r);
		if (rc == 0)
			rc = db_commit(r->db);
		else
			db_rollback(r->db);
	}
	r->db->arena = r->kept;
	begin_batch(r);
	if (rc < 0)
		r->failed = true;
	return rc;
}

static int add_fault(struct import_reader *r, int64_t line,
		     const struct layout_fault *f)
{
	struct stmt *s = r->faults;

	db_bind_int(s, r->id);
	db_bind_text(s, f->warning ? "warned" : "refused");
	db_bind_int(s, line);
	db_bind_text(s, arena_strdup(r->batch, f->column));
	db_bind_text(s, arena_strdup(r->batch, f->reason));
	db_bind_text(s, arena_strdup(r->batch, f->mend));
	db_row(s);
	return ++r->fault_count >= BATCH ? flush(r) : 0;
}

static int refuse_file(struct import_reader *r, int64_t line,
		       const char *reason, const char *mend)
{
	const struct layout_fault f = {
		.column = "",
		.reason = reason,
		.mend = mend,
	};

	r->refused++;
	if (r->reason == NULL)
		r->reason = arena_strdup(r->kept, reason);
	r->stopped = true;
	return add_fault(r, line, &f);
}

static void bind_or_null(struct stmt *s, const char *text)
{
	db_bind_text(s, text); /* NULL stays NULL */
}

/* The address is sealed, compared by its digest from here on, and wiped. */
static void bind_address(struct import_reader *r, struct stmt *s,
			 struct layout_row *row)
{
	unsigned char *digest, *sealed;
	size_t len;

	if (row->address == NULL) {
		db_bind_null(s);
		db_bind_null(s);
	} else {
		digest = arena_alloc(r->batch, ADDRESS_DIGEST_LEN);
		sealed = seal_close(r->batch, r->keys.seal, row->address, &len);
		address_digest(r->keys.digest, row->address, digest);
		db_bind_blob(s, sealed, len);
		db_bind_blob(s, digest, ADDRESS_DIGEST_LEN);
	}
	db_bind_text(s, row->domain == NULL
				? NULL
				: arena_strdup(r->batch, row->domain));
	db_bind_text(s,
		     row->domain == NULL
			     ? NULL
			     : address_class_name(address_class(row->domain)));
	if (row->address != NULL)
		sodium_memzero(row->address, strlen(row->address));
}

static int add_row(struct import_reader *r, int64_t line,
		   struct layout_row *row)
{
	struct stmt *s = r->rows;

	db_bind_int(s, r->id);
	db_bind_text(s, row->item);
	db_bind_int(s, line);
	bind_or_null(s, row->staff_no);
	bind_or_null(s, row->name);
	bind_or_null(s, row->kana);
	bind_or_null(s, row->lang);
	bind_or_null(s, row->state);
	bind_or_null(s, row->code);
	bind_or_null(s, row->parent);
	bind_or_null(s, row->purpose);
	if (row->place == 0)
		db_bind_null(s);
	else
		db_bind_int(s, row->place);
	bind_address(r, s, row);
	db_bind_int(s, row->gone);
	db_row(s);
	return ++r->row_count >= BATCH ? flush(r) : 0;
}

static int take_faults(struct import_reader *r, int64_t line,
		       const struct layout_fault *list, bool *good)
{
	bool refused = false, warned = false;

	for (const struct layout_fault *f = list; f != NULL; f = f->next) {
		refused |= !f->warning;
		warned |= f->warning;
		if (add_fault(r, line, f) < 0)
			return -1;
	}
	r->refused += refused;
	r->warned += warned;
	*good = !refused;
	return 0;
}

static int take_head(struct import_reader *r, const struct csv_row *row)
{
	struct layout_fault *f = layout_head(r->kept, r->kind, row, &r->map);

	r->headed = true;
	if (f == NULL)
		return 0;
	refuse_file(r, row->number, f->reason, f->mend);
	return -1;
}

static int take_end(struct import_reader *r, const struct csv_row *row)
{
	r->ended = true;
	if (r->wanted == r->total)
		return 0;
	return refuse_file(
		r, row->number,
		arena_fmt(r->kept,
			  "末尾の件数（%" PRId64 "）と、読めた行の数（%" PRId64
			  "）が違います。",
			  r->wanted, r->total),
		"途中で切れたか、欠けています。作り直して送ってください。");
}

/* Of csv.h: negative stops the reader. */
static int take_row(void *arg, const struct csv_row *row)
{
	struct import_reader *r = arg;
	struct layout_row out;
	struct layout_fault *faults;
	bool good;

	if (!r->headed)
		return take_head(r, row);
	if (r->ended) {
		refuse_file(r, row->number,
			    "末尾の印（#END）の後に行があります。",
			    "#END を最後の行にしてください。");
		return -1;
	}
	if (layout_is_end(row, &r->wanted))
		return take_end(r, row) < 0 || r->stopped ? -1 : 0;
	r->total++;
	faults = layout_read(r->batch, &r->map, row, &out);
	if (take_faults(r, row->number, faults, &good) < 0)
		return -1;
	if (r->refused >= IMPORT_FAULTS_MAX) {
		refuse_file(r, row->number,
			    "誤りが多すぎるため、ここで読み取りをや"
			    "めました。",
			    "様式と列の並びを確かめてください。");
		return -1;
	}
	if (!good)
		return 0;
	/* What the row points to lives as long as the cells of the reader. */
	out.staff_no =
		out.staff_no ? arena_strdup(r->batch, out.staff_no) : NULL;
	out.item = arena_strdup(r->batch, out.item);
	out.name = out.name ? arena_strdup(r->batch, out.name) : NULL;
	out.kana = out.kana ? arena_strdup(r->batch, out.kana) : NULL;
	out.code = out.code ? arena_strdup(r->batch, out.code) : NULL;
	out.parent = out.parent ? arena_strdup(r->batch, out.parent) : NULL;
	return add_row(r, row->number, &out);
}

static const char *text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

struct beginning {
	const struct import_draft *draft;
	int64_t id;
};

static int begin_import(struct db *db, void *arg)
{
	static const char sql[] =
		"INSERT INTO import (kind, whole, source, file, stamp, state,"
		"       account, actor, network, made_at, moved_at)"
		" VALUES (?, ?, ?, ?, ?, 'reading', NULLIF(?, 0), ?, ?, ?, ?)";
	struct beginning *b = arg;
	const struct import_draft *d = b->draft;
	struct audit audit = *d->audit;
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now();

	db_bind_text(s, layout_name(d->kind));
	db_bind_int(s, d->whole);
	db_bind_text(s, d->source);
	db_bind_text(s, d->file);
	db_bind_text(s, text_or_empty(d->stamp));
	db_bind_int(s, audit.account);
	db_bind_text(s, audit.actor);
	db_bind_text(s, text_or_empty(audit.network));
	db_bind_time(s, now);
	db_bind_time(s, now);
	if (db_run(s) < 0)
		return -1;
	b->id = db_last_id(db);
	audit.action = "import begun";
	audit.object = arena_fmt(db->arena, "import %" PRId64, b->id);
	audit.detail = layout_name(d->kind);
	return audit_add(db, &audit);
}

static void close_batch(void *arg)
{
	struct import_reader *r = arg;

	arena_free(r->batch);
}

struct import_reader *import_open(struct db *db,
				  const struct import_draft *draft,
				  const struct import_keys *keys)
{
	struct import_reader *r = arena_alloc(db->arena, sizeof(*r));
	struct beginning b = { .draft = draft };

	if (db_transaction(db, begin_import, &b) < 0)
		return NULL;
	r->id = b.id;
	r->db = db;
	r->kept = db->arena;
	r->batch = arena_new();
	arena_defer(r->kept, close_batch, r);
	r->keys = *keys;
	r->kind = draft->kind;
	r->needs_end = draft->needs_end;
	r->csv = csv_reader(r->kept, take_row, r);
	crypto_hash_sha256_init(&r->sha);
	begin_batch(r);
	return r;
}

/* What the reader of cells says.  0 on, 1 over, -1 failed. */
static int judge(struct import_reader *r, int fault)
{
	if (r->failed)
		return -1;
	if (fault == CSV_OK)
		return 0;
	if (fault > 0 && refuse_file(r, csv_rows(r->csv) + 1,
				     csv_fault_reason((enum csv_fault)fault),
				     csv_fault_mend((enum csv_fault)fault)) < 0)
		return -1;
	return 1;
}

int import_feed(struct import_reader *r, const char *bytes, size_t len)
{
	if (r->failed)
		return -1;
	if (r->stopped)
		return 1;
	r->bytes += (int64_t)len;
	crypto_hash_sha256_update(&r->sha, (const unsigned char *)bytes, len);
	return judge(r, csv_read(r->csv, bytes, len));
}

static int end_reading(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = ?, reason = ?, encoding = ?, bytes = ?,"
		"       sha256 = ?, total_rows = ?, refused = ?, warned = ?,"
		"       moved_at = ?, ended_at = ?"
		" WHERE id = ? AND state = 'reading'";
	struct import_reader *r = arg;
	struct stmt *s = db_prepare(db, sql);
	unsigned char sha[SHA256_LEN];
	crypto_hash_sha256_state state = r->sha;
	int64_t now = time_now();

	crypto_hash_sha256_final(&state, sha);
	db_bind_text(s, r->reason == NULL ? "read" : "refused");
	db_bind_text(s, text_or_empty(r->reason));
	db_bind_text(s, csv_encoding_name(csv_encoding(r->csv)));
	db_bind_int(s, r->bytes);
	db_bind_blob(s, sha, sizeof(sha));
	db_bind_int(s, r->total);
	db_bind_int(s, r->refused);
	db_bind_int(s, r->warned);
	db_bind_time(s, now);
	db_bind_time(s, r->reason == NULL ? 0 : now);
	db_bind_int(s, r->id);
	return db_run(s) < 0 ? -1 : 0;
}

static int finish(struct import_reader *r, bool whole)
{
	static const struct layout_fault cut = {
		.column = "",
		.reason = "最後の行が改行で終わっていません。",
		.mend = "ファイルが途中で切れていないかを確かめてください。",
		.warning = true,
	};

	if (!whole)
		return refuse_file(r, csv_rows(r->csv) + 1,
				   "ファイルが途中で切れています。",
				   "もう一度送ってください。");
	if (judge(r, csv_end(r->csv)) != 0)
		return r->failed ? -1 : 0;
	if (r->needs_end && !r->ended)
		return refuse_file(r, csv_rows(r->csv),
				   "末尾の印（#END と件数）がありません。",
				   "途中で切れたか、書き終わっていません。");
	if (r->total == 0)
		return refuse_file(r, 0, "見出しのほかに行がありません。",
				   "中身のあるファイルを選んでください。");
	if (csv_is_ended(r->csv) || r->ended)
		return 0;
	r->warned++;
	return add_fault(r, csv_rows(r->csv), &cut);
}

int import_close(struct import_reader *r, bool whole, int64_t *id)
{
	*id = r->id;
	if (!r->stopped && !r->failed && finish(r, whole) < 0)
		return -1;
	if (r->failed || flush(r) < 0)
		return -1;
	return db_transaction(r->db, end_reading, r);
}

/* States ------------------------------------------------------------------ */

bool import_must_type(const struct import *i)
{
	return i->removed >=
	       config_int("Import.TypeFrom", TYPE_FROM, 1, UINT32_MAX);
}

struct confirming {
	int64_t id, typed;
	const struct audit *audit;
};

static int note(struct db *db, const struct audit *who, const char *action,
		int64_t id, int64_t people, const char *detail)
{
	struct audit line = *who;

	line.action = action;
	line.object = arena_fmt(db->arena, "import %" PRId64, id);
	line.people = people;
	line.detail = detail;
	return audit_add(db, &line);
}

static int confirm(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'confirmed', reason = '', confirmed_by = ?,"
		"       account = COALESCE(NULLIF(?, 0), account),"
		"       network = ?, moved_at = ?"
		" WHERE id = ? AND state = 'compared' AND refused = 0"
		"   AND removed = ?";
	const struct confirming *c = arg;
	struct import i;
	struct stmt *s;
	int64_t rc = import_find(db, c->id, &i);

	if (rc < 0)
		return -1;
	if (rc == 0 || !str_eq(i.state, "compared"))
		return IMPORT_GONE;
	if (i.refused > 0)
		return IMPORT_FAULTY;
	if (i.added + i.changed + i.removed == 0)
		return IMPORT_UNCHANGING;
	if (import_must_type(&i) && c->typed != i.removed)
		return IMPORT_OTHER_COUNT;
	s = db_prepare(db, sql);
	db_bind_text(s, c->audit->actor);
	db_bind_int(s, c->audit->account);
	db_bind_text(s, text_or_empty(c->audit->network));
	db_bind_time(s, time_now());
	db_bind_int(s, c->id);
	db_bind_int(s, i.removed);
	rc = db_run(s);
	if (rc <= 0)
		return rc < 0 ? -1 : IMPORT_GONE;
	return note(db, c->audit, "import confirmed", c->id,
		    i.added + i.changed + i.removed, "") < 0
		       ? -1
		       : IMPORT_CONFIRMED;
}

int import_confirm(struct db *db, int64_t id, int64_t typed,
		   const struct audit *audit)
{
	struct confirming c = { id, typed, audit };

	return db_transaction(db, confirm, &c);
}

static int cancel(struct db *db, void *arg)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'cancelled', moved_at = ?, ended_at = ?"
		" WHERE id = ? AND state IN ('reading', 'read', 'compared')";
	const struct confirming *c = arg;
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now(), rc;

	db_bind_time(s, now);
	db_bind_time(s, now);
	db_bind_int(s, c->id);
	rc = db_run(s);
	if (rc <= 0)
		return rc < 0 ? -1 : 0;
	return note(db, c->audit, "import cancelled", c->id, 0, "") < 0 ? -1
									: 1;
}

int import_cancel(struct db *db, int64_t id, const struct audit *audit)
{
	struct confirming c = { id, 0, audit };

	return db_transaction(db, cancel, &c);
}

int import_refuse(struct db *db, int64_t id, const char *reason)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'refused', reason = ?, moved_at = ?,"
		"       ended_at = ?"
		" WHERE id = ? AND state IN ('reading', 'read', 'compared',"
		"                 'confirmed')";
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now();

	db_bind_text(s, reason);
	db_bind_time(s, now);
	db_bind_time(s, now);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

int import_hold(struct db *db, int64_t id, const char *reason)
{
	static const char sql[] = "UPDATE import SET reason = ?"
				  " WHERE id = ? AND state = 'compared'";
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, reason);
	db_bind_int(s, id);
	return db_run(s) < 0 ? -1 : 0;
}

int import_next(struct db *db, int64_t *id, bool *confirmed)
{
	static const char sql[] =
		"SELECT id, state = 'confirmed'"
		"  FROM import"
		" WHERE (state = 'read' AND source = 'screen')"
		"    OR state = 'confirmed'"
		" ORDER BY id"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	while ((rc = db_step(s)) > 0) {
		*id = db_int(s, 0);
		*confirmed = db_int(s, 1) != 0;
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

/* Tidying ----------------------------------------------------------------- */

static int64_t end_stuck(struct db *db)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'refused', ended_at = ?,"
		"       reason = 'ファイルが途中で切れています。'"
		" WHERE state = 'reading' AND moved_at < ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now();

	db_bind_time(s, now);
	db_bind_time(s, now - (int64_t)STUCK_S * TIME_SECOND);
	return db_run(s);
}

/* One that nobody decides on. */
static int64_t end_forgotten(struct db *db)
{
	static const char sql[] =
		"UPDATE import"
		"   SET state = 'cancelled', ended_at = ?"
		" WHERE state IN ('read', 'compared') AND moved_at < ?";
	struct stmt *s = db_prepare(db, sql);
	int64_t now = time_now();

	db_bind_time(s, now);
	db_bind_time(s, now - (int64_t)FORGOTTEN_DAYS * DAY_S * TIME_SECOND);
	return db_run(s);
}

/* An ended import whose rows, or an old one whose changes and faults, are still
 * there; 0 none. */
static int find_full(struct db *db, int64_t *id)
{
	static const char sql[] =
		"SELECT id FROM import"
		" WHERE emptied = FALSE"
		"   AND state IN ('applied', 'refused', 'cancelled')"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);

	*id = 0;
	return db_number(s, id);
}

static int find_old(struct db *db, int64_t *id)
{
	static const char sql[] =
		"SELECT id FROM import"
		" WHERE emptied AND made_at < ?"
		"   AND state IN ('applied', 'refused', 'cancelled')"
		" ORDER BY id"
		" LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int64_t days = config_int("Import.KeepDays", KEEP_DAYS, 1, 3660);

	*id = 0;
	db_bind_time(s, time_now() - days * DAY_S * TIME_SECOND);
	return db_number(s, id);
}

static int64_t delete_some(struct db *db, const char *sql, int64_t id)
{
	struct stmt *s = db_prepare(db, sql);

	db_bind_int(s, id);
	db_bind_int(s, TIDY_ROWS);
	return db_run(s);
}

static int64_t delete_one(struct db *db, int64_t id)
{
	static const char changes[] =
		"DELETE FROM import_change WHERE import = ? LIMIT ?";
	static const char faults[] =
		"DELETE FROM import_fault WHERE import = ? LIMIT ?";
	static const char import[] = "DELETE FROM import WHERE id = ? LIMIT ?";
	int64_t n = delete_some(db, changes, id);

	if (n == 0)
		n = delete_some(db, faults, id);
	return n == 0 ? delete_some(db, import, id) : n;
}

static int64_t empty_one(struct db *db, int64_t id)
{
	static const char rows[] =
		"DELETE FROM import_row WHERE import = ? LIMIT ?";
	static const char mark[] =
		"UPDATE import SET emptied = TRUE WHERE id = ? LIMIT ?";
	int64_t n = delete_some(db, rows, id);

	return n == 0 ? delete_some(db, mark, id) : n;
}

int64_t import_tidy(struct db *db)
{
	int64_t done = end_stuck(db), forgotten = end_forgotten(db), id;

	if (done < 0 || forgotten < 0 || find_full(db, &id) < 0)
		return -1;
	if (id != 0)
		return empty_one(db, id);
	if (find_old(db, &id) < 0)
		return -1;
	return id == 0 ? done + forgotten : delete_one(db, id);
}

int64_t import_stored(struct db *db, enum layout_kind kind)
{
	static const char *const sql[LAYOUTS] = {
		[LAYOUT_GROUPS] = "SELECT COUNT(*) FROM grp",
		[LAYOUT_PEOPLE] =
			"SELECT COUNT(*) FROM user WHERE state = 'active'",
		[LAYOUT_MEMBERSHIPS] = "SELECT COUNT(*) FROM grp_member",
		[LAYOUT_REGIONS] = "SELECT COUNT(*) FROM user_region",
		[LAYOUT_ADDRESSES] = "SELECT COUNT(*) FROM address",
	};
	struct stmt *s = db_prepare(db, sql[kind]);
	int64_t n = -1;

	return db_number(s, &n) < 0 ? -1 : n;
}

/* Looking ----------------------------------------------------------------- */

#define IMPORT_COLUMNS                                                         \
	"SELECT id, kind, whole, source, file, stamp, encoding, state,"        \
	"       reason, bytes, total_rows, added, changed, removed, refused,"  \
	"       warned, actor, confirmed_by, made_at, moved_at, ended_at"      \
	"  FROM import"

static void read_import(struct stmt *s, struct import *i)
{
	*i = (struct import){
		.id = db_int(s, 0),
		.kind = (enum layout_kind)layout_named(db_text(s, 1)),
		.whole = db_int(s, 2) != 0,
		.source = db_text(s, 3),
		.file = db_text(s, 4),
		.stamp = db_text(s, 5),
		.encoding = db_text(s, 6),
		.state = db_text(s, 7),
		.reason = db_text(s, 8),
		.bytes = db_int(s, 9),
		.rows = db_int(s, 10),
		.added = db_int(s, 11),
		.changed = db_int(s, 12),
		.removed = db_int(s, 13),
		.refused = db_int(s, 14),
		.warned = db_int(s, 15),
		.actor = db_text(s, 16),
		.confirmed_by = db_text(s, 17),
		.made_at = db_time(s, 18),
		.moved_at = db_time(s, 19),
		.ended_at = db_time(s, 20),
	};
}

int import_find(struct db *db, int64_t id, struct import *out)
{
	static const char sql[] = IMPORT_COLUMNS " WHERE id = ?";
	struct stmt *s = db_prepare(db, sql);
	int rc, found = 0;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		read_import(s, out);
		found = 1;
	}
	return rc < 0 ? -1 : found;
}

int import_list(struct db *db, int64_t before, int most, struct import **out)
{
	static const char sql[] = IMPORT_COLUMNS " WHERE (? = 0 OR id < ?)"
						 " ORDER BY id DESC"
						 " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, before);
	db_bind_int(s, before);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_import(s, *out);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

int import_last_stamp(struct db *db, enum layout_kind kind, const char **out)
{
	static const char sql[] = "SELECT COALESCE(MAX(stamp), '')"
				  "  FROM import"
				  " WHERE source = 'hr' AND kind = ?"
				  "   AND (state = 'applied'"
				  "        OR (state = 'cancelled' AND added"
				  "            + changed + removed = 0))";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = "";
	db_bind_text(s, layout_name(kind));
	while ((rc = db_step(s)) > 0)
		*out = db_text(s, 0);
	return rc;
}

/* Fields are joined by U+001F, which no cell can hold. */
static void split(struct arena *a, const char *text,
		  const char *out[LAYOUT_FIELDS])
{
	for (int i = 0; i < LAYOUT_FIELDS; i++) {
		size_t len = strcspn(text, "\x1f");

		out[i] = arena_strndup(a, text, len);
		text += len + (text[len] != '\0');
	}
}

int import_changes(struct db *db, const struct import *i, const char *act,
		   int64_t line, const char *item, int most,
		   struct import_change **out)
{
	static const char sql[] =
		"SELECT c.line, c.item, c.was, c.now,"
		"       COALESCE(u.name, g.name, '')"
		"  FROM import_change c"
		"  LEFT JOIN user u ON u.staff_no = SUBSTRING_INDEX(c.item,"
		"       ' ', 1) AND ?"
		"  LEFT JOIN grp g ON g.code = c.item AND NOT ?"
		" WHERE c.import = ? AND c.act = ?"
		"   AND (c.line > ? OR (c.line = ? AND c.item > ?))"
		" ORDER BY c.line, c.item"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, i->kind != LAYOUT_GROUPS);
	db_bind_int(s, i->kind != LAYOUT_GROUPS);
	db_bind_int(s, i->id);
	db_bind_text(s, act);
	db_bind_int(s, line);
	db_bind_int(s, line);
	db_bind_text(s, item);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct import_change *c = arena_alloc(db->arena, sizeof(*c));

		c->line = db_int(s, 0);
		c->item = db_text(s, 1);
		split(db->arena, db_text(s, 2), c->was);
		split(db->arena, db_text(s, 3), c->now);
		c->name = db_text(s, 4);
		*out = c;
		out = &c->next;
	}
	*out = NULL;
	return rc;
}

int import_faults(struct db *db, int64_t id, const char *kind, int64_t line,
		  int64_t after, int most, struct import_fault **out)
{
	static const char sql[] = "SELECT line, field, reason, mend, id"
				  "  FROM import_fault"
				  " WHERE import = ? AND kind = ?"
				  "   AND (line > ? OR (line = ? AND id > ?))"
				  " ORDER BY line, id"
				  " LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	db_bind_text(s, kind);
	db_bind_int(s, line);
	db_bind_int(s, line);
	db_bind_int(s, after);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		struct import_fault *f = arena_alloc(db->arena, sizeof(*f));

		f->line = db_int(s, 0);
		f->field = db_text(s, 1);
		f->reason = db_text(s, 2);
		f->mend = db_text(s, 3);
		f->id = db_int(s, 4);
		*out = f;
		out = &f->next;
	}
	*out = NULL;
	return rc;
}
