/*
 * sync-hr - take the files that the personnel system left in its folder
 *
 *   sync-hr [--once | --for SECONDS]
 *
 * Takes the files of Path.Hr by the time in their names, and those of one time
 * as they build on each other: groups, people, memberships, regions, addresses
 * (tool/hr.h says what is taken and what is not).  A file is deleted when it
 * was dealt with, since it may hold addresses; one whose name says nothing is
 * put aside as NAME.refused.  Trouble is an error in the log; what was done is
 * mailed to the system admins as a notice and stands at /import.
 *
 * A crash leaves the file where it is, and nothing half applied: the next run
 * takes it again.  Source: D2l.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/import.h"
#include "model/target.h"
#include "tool/hr.h"
#include "tool/run.h"

enum {
	FILES_MAX = 200, /* of one run */
	PAUSE_MS = 5000,
};

struct file {
	const char *name;
	const char *stamp; /* "" if the name says nothing */
	int kind;
};

static int by_time(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	int order = strcmp(x->stamp, y->stamp);

	if (order == 0)
		order = x->kind - y->kind;
	return order == 0 ? strcmp(x->name, y->name) : order;
}

static bool is_file_name(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && name[0] != '.' && str_eq(name + len - 4, ".csv");
}

/* The files of the folder, in the order to take them.  -1 on failure. */
static int list_files(struct arena *a, const char *dir, struct file *out)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	if (d == NULL && errno == ENOENT)
		return 0;
	if (d == NULL)
		return log_error("folder not readable dir=%s why=%s", dir,
				 strerror(errno));
	while (n < FILES_MAX && (entry = readdir(d)) != NULL) {
		bool whole;

		if (!is_file_name(entry->d_name))
			continue;
		out[n] =
			(struct file){ .name = arena_strdup(a, entry->d_name) };
		if (!hr_name(a, out[n].name, &out[n].kind, &whole,
			     &out[n].stamp))
			out[n].stamp = "";
		n++;
	}
	closedir(d);
	qsort(out, (size_t)n, sizeof(*out), by_time);
	return n;
}

static void put_away(struct arena *a, const struct file *f, const char *path)
{
	int rc = *f->stamp == '\0'
			 ? rename(path, arena_fmt(a, "%s.refused", path))
			 : unlink(path);

	if (rc < 0)
		log_error("file not put away why=%s", strerror(errno));
}

/* What the mail says of a file. */
static void tell(struct db *db, struct str *report, const struct file *f,
		 const struct hr_result *r)
{
	static const char *const words[] = {
		[HR_APPLIED] = "反映しました",
		[HR_SAME] = "変更はありません",
		[HR_HELD] = "止めました（確認が必要）",
		[HR_REFUSED] = "反映していません",
	};
	struct import i;

	str_fmt(report, "■ %s\n%s。%s\n",
		*f->stamp == '\0' ? "名前の形が違うファイル" : f->name,
		words[r->outcome], r->reason);
	if (r->import == 0 || import_find(db, r->import, &i) <= 0)
		return;
	str_fmt(report,
		"行 %" PRId64 "、追加 %" PRId64 "、変更 %" PRId64
		"、削除 %" PRId64 "、誤りのある行 %" PRId64 "\n",
		i.rows, i.added, i.changed, i.removed, i.refused);
	str_fmt(report, "%s/import/%" PRId64 "\n", config_must("Site.Url"),
		i.id);
}

static int send_report(struct db *db, const char *text, bool trouble)
{
	struct broadcast_draft d = {
		.kind = "notice",
		.subject = trouble ? "【要確認】人事データの取り込み"
				   : "人事データの取り込み",
		.body = text,
		.why = "システム管理者",
		.expected = -1,
	};
	int64_t id;
	int rc;

	if (target_admins(db, &d.targets) < 0)
		return -1;
	if (d.targets == NULL) {
		log_warn("report for nobody: no system admin is a person");
		return 0;
	}
	rc = broadcast_make(db, &d, &id, NULL);
	if (rc == BROADCAST_NOBODY)
		log_warn("report for nobody: no system admin can be reached");
	return rc < 0 ? -1 : 0;
}

/* Takes one file.  1 done, 0 not yet, -1 on failure. */
static int take(struct tool *tool, const struct import_keys *keys,
		const char *dir, const struct file *f, struct str *report,
		bool *trouble)
{
	const char *path = arena_fmt(tool->arena, "%s/%s", dir, f->name);
	struct hr_result r;

	if (hr_take(tool->db, keys, path, &r) < 0)
		return -1;
	if (r.outcome == HR_WAIT)
		return 0;
	if (r.outcome == HR_HELD || r.outcome == HR_REFUSED) {
		*trouble = true;
		log_error("personnel file not applied import=%" PRId64
			  " kind=%s stamp=%s outcome=%s",
			  r.import,
			  *f->stamp == '\0'
				  ? "unknown"
				  : layout_name((enum layout_kind)f->kind),
			  f->stamp, r.outcome == HR_HELD ? "held" : "refused");
	} else {
		log_info("personnel file taken import=%" PRId64 " stamp=%s",
			 r.import, f->stamp);
	}
	tell(tool->db, report, f, &r);
	put_away(tool->arena, f, path);
	return 1;
}

static int step(struct tool *tool)
{
	static struct import_keys keys;
	const char *dir = config_must("Path.Hr");
	struct file *files =
		arena_alloc(tool->arena, FILES_MAX * sizeof(*files));
	struct str report = { .arena = tool->arena };
	bool trouble = false;
	int n = list_files(tool->arena, dir, files), done = 0, rc = 0;

	tool->idle_ms = PAUSE_MS;
	if (n > 0 && keys.seal == NULL)
		keys = import_keys_configured();
	for (int i = 0; i < n && rc >= 0 && !tool_is_ending(); i++) {
		rc = take(tool, &keys, dir, &files[i], &report, &trouble);
		done += rc > 0;
	}
	if (n < 0 ||
	    (done > 0 && send_report(tool->db, str_text(&report), trouble) < 0))
		return -1;
	return rc < 0 ? -1 : done;
}

int main(int argc, char **argv)
{
	return tool_run("sync-hr", argc, argv, step);
}
