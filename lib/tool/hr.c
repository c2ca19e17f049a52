#include "tool/hr.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "model/audit.h"
#include "model/import.h"

enum {
	READ_STEP = 64 * 1024, /* bytes */
	STAMP_LEN = 12,
	REMOVE_PERCENT = 5,
	CHANGE_PERCENT = 20,
	SETTLE_S = 120, /* a file without its end may still be written */
	HUNDRED = 100,
};

static const struct audit who = { .actor = "sync-hr" };

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

bool hr_name(struct arena *a, const char *name, int *kind, bool *whole,
	     const char **stamp)
{
	const char *mode = strchr(name, '-');
	const char *at = mode == NULL ? NULL : strchr(mode + 1, '-');

	if (at == NULL)
		return false;
	*kind = layout_named(arena_strndup(a, name, (size_t)(mode - name)));
	mode++;
	*whole = str_begins(mode, "whole-");
	if (*kind < 0 || (!*whole && !str_begins(mode, "part-")))
		return false;
	at++;
	*stamp = arena_strndup(a, at, STAMP_LEN);
	return strspn(at, "0123456789") == STAMP_LEN &&
	       str_eq(at + STAMP_LEN, ".csv");
}

static int refuse(struct hr_result *out, const char *reason)
{
	out->outcome = HR_REFUSED;
	out->reason = reason;
	return 0;
}

static void close_file(void *f)
{
	fclose(f);
}

/* Reads the file into rows.  0 and out->import, or -1. */
static int read_rows(struct db *db, const struct import_draft *draft,
		     const struct import_keys *keys, FILE *f,
		     struct hr_result *out)
{
	struct import_reader *r = import_open(db, draft, keys);
	char *buf = arena_alloc(db->arena, READ_STEP);
	int rc = 0;
	size_t n;

	if (r == NULL)
		return -1;
	while (rc == 0 && (n = fread(buf, 1, READ_STEP, f)) > 0)
		rc = import_feed(r, buf, n);
	memset(buf, 0, READ_STEP);
	if (rc < 0)
		return -1;
	return import_close(r, !ferror(f), &out->import);
}

static bool is_beyond(int64_t part, int64_t all, const char *key,
		      long long fallback)
{
	/* Into an empty table everything is added, and nothing is lost. */
	return all > 0 &&
	       part * HUNDRED > all * config_int(key, fallback, 0, HUNDRED);
}

/* The brake.  NULL, or why it holds. */
static const char *brake(struct db *db, const struct import *i)
{
	int64_t stored = import_stored(db, i->kind);

	if (is_beyond(i->removed, stored, "Hr.RemovePercent", REMOVE_PERCENT))
		return arena_fmt(db->arena,
				 "登録%" PRId64 "件のうち%" PRId64
				 "件が削除されるため、止めました。",
				 stored, i->removed);
	if (is_beyond(i->changed, stored, "Hr.ChangePercent", CHANGE_PERCENT))
		return arena_fmt(db->arena,
				 "登録%" PRId64 "件のうち%" PRId64
				 "件が変わるため、止めました。",
				 stored, i->changed);
	return NULL;
}

static int judge(struct db *db, struct hr_result *out)
{
	const char *why;
	struct import i;

	if (import_find(db, out->import, &i) <= 0)
		return -1;
	if (str_eq(i.state, "refused"))
		return refuse(out, i.reason);
	if (import_compare(db, i.id) < 0 || import_find(db, i.id, &i) <= 0)
		return -1;
	if (i.refused > 0) {
		why = arena_fmt(db->arena,
				"誤りのある行が%" PRId64 "行あります。",
				i.refused);
		return import_refuse(db, i.id, why) < 0 ? -1 : refuse(out, why);
	}
	why = brake(db, &i);
	if (why != NULL) {
		out->outcome = HR_HELD;
		out->reason = why;
		return import_hold(db, i.id, why);
	}
	switch (import_confirm(db, i.id, i.removed, &who)) {
	case IMPORT_CONFIRMED:
		break;
	case IMPORT_UNCHANGING:
		out->outcome = HR_SAME;
		return import_cancel(db, i.id, &who) < 0 ? -1 : 0;
	default:
		return -1;
	}
	switch (import_apply(db, i.id)) {
	case 1:
		out->outcome = HR_APPLIED;
		return 0;
	case 0:
		if (import_cancel(db, i.id, &who) < 0)
			return -1;
		return refuse(out,
			      "反映の途中で登録内容が変わりました。もう一度送"
			      "ってください。");
	default:
		return -1;
	}
}

/* One that was cut short, or one that is on its way: the last line tells, and
 * the time since it was written. */
static bool is_settled(FILE *f)
{
	enum { TAIL = 40 };
	char tail[TAIL + 1] = "";
	struct stat st;
	long at;
	size_t n;

	if (fstat(fileno(f), &st) < 0)
		return true;
	if (st.st_mtime + SETTLE_S <= time(NULL))
		return true;
	at = st.st_size > TAIL ? (long)st.st_size - TAIL : 0;
	if (fseek(f, at, SEEK_SET) != 0)
		return true;
	n = fread(tail, 1, TAIL, f);
	tail[n] = '\0';
	rewind(f);
	return strstr(tail, "#END,") != NULL &&
	       strpbrk(strstr(tail, "#END,"), "\r\n") != NULL;
}

int hr_take(struct db *db, const struct import_keys *keys, const char *path,
	    struct hr_result *out)
{
	struct import_draft draft = {
		.source = "hr",
		.needs_end = true,
		.audit = &who,
	};
	const char *last;
	int kind;
	FILE *f;

	*out = (struct hr_result){ .reason = "" };
	draft.file = base_name(path);
	if (!hr_name(db->arena, draft.file, &kind, &draft.whole, &draft.stamp))
		return refuse(
			out, "ファイル名が「種類-whole-年月日時分.csv」の形では"
			     "ありません。");
	draft.kind = (enum layout_kind)kind;
	f = fopen(path, "rbe");
	if (f == NULL)
		return log_error("file not opened why=%s", strerror(errno));
	arena_defer(db->arena, close_file, f);
	if (!is_settled(f)) {
		out->outcome = HR_WAIT;
		out->reason = "まだ書き終わっていません。";
		return 0;
	}
	if (import_last_stamp(db, draft.kind, &last) < 0)
		return -1;
	if (strcmp(draft.stamp, last) <= 0)
		return refuse(out,
			      arena_fmt(db->arena,
					"前に反映したファイル（%s）より新し"
					"くありません。",
					last));
	if (read_rows(db, &draft, keys, f, out) < 0)
		return -1;
	return judge(db, out);
}
