#include "model/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mac.h"
#include "base/str.h"
#include "base/time.h"

enum {
	FILE_MODE = 0640, /* answers are nobody's business */
	TRIES = 2,	  /* the second with a file that nobody has taken */
	BEGUN_S = 10,	  /* an empty file is left to who begins it */
	/* A file ends with the record that passes JOURNAL_FILE_MAX. */
	READ_MAX = JOURNAL_FILE_MAX + 64 * 1024,
};

const char journal_purpose[] = "journal";

static const char writing[] = ".journal", taken[] = ".taken",
		  refused[] = ".refused";

struct journal {
	const char *dir;
	const struct mac_keys *keys;
	struct arena *arena; /* holds the path */
	char *path;
	int fd; /* -1: none */
};

/* Records ------------------------------------------------------------------*/

static json_t *record_json(const struct journal_record *r)
{
	if (r->kind == JOURNAL_ANSWER)
		return json_pack(
			"{s:s,s:I,s:I,s:I,s:I,s:s,s:s,s:s,s:s}", "kind",
			"answer", "broadcast", (json_int_t)r->answer.broadcast,
			"user", (json_int_t)r->answer.user, "generation",
			(json_int_t)r->answer.generation, "at",
			(json_int_t)r->answer.at, "channel", r->answer.channel,
			"choices", r->answer.choices, "comment",
			r->answer.comment, "texts",
			r->answer.texts == NULL ? "" : r->answer.texts);
	return json_pack("{s:s,s:I,s:I,s:I,s:s,s:s,s:s}", "kind", "self_report",
			 "user", (json_int_t)r->report.user, "generation",
			 (json_int_t)r->report.generation, "at",
			 (json_int_t)r->report.at, "safety", r->report.safety,
			 "coming", r->report.coming, "comment",
			 r->report.comment);
}

const char *journal_line(struct arena *a, const struct mac_keys *keys,
			 const struct journal_record *record, size_t *len)
{
	json_t *root = record_json(record);
	char *json = root == NULL ? NULL : json_dumps(root, JSON_COMPACT);
	struct str line = { .arena = a };

	if (json == NULL) {
		json_decref(root);
		return NULL;
	}
	str_fmt(&line, "%s %s\n", mac_make(a, keys, json, strlen(json)), json);
	free(json);
	json_decref(root);
	*len = line.len;
	return str_text(&line);
}

static const char *text_of(struct arena *a, const json_t *object,
			   const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? NULL : arena_strdup(a, text);
}

static int64_t int_of(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static int read_answer(struct arena *a, const json_t *root, struct answer *out)
{
	out->broadcast = int_of(root, "broadcast");
	out->user = int_of(root, "user");
	out->generation = (unsigned)int_of(root, "generation");
	out->at = int_of(root, "at");
	out->channel = text_of(a, root, "channel");
	out->choices = text_of(a, root, "choices");
	out->comment = text_of(a, root, "comment");
	out->texts = text_of(a, root, "texts"); /* NULL in older records */
	return out->channel == NULL || out->choices == NULL ||
			       out->comment == NULL
		       ? -1
		       : 0;
}

static int read_report(struct arena *a, const json_t *root,
		       struct self_report *out)
{
	out->user = int_of(root, "user");
	out->generation = (unsigned)int_of(root, "generation");
	out->at = int_of(root, "at");
	out->safety = text_of(a, root, "safety");
	out->coming = text_of(a, root, "coming");
	out->comment = text_of(a, root, "comment");
	return out->safety == NULL || out->coming == NULL ||
			       out->comment == NULL
		       ? -1
		       : 0;
}

static int read_record(struct arena *a, const json_t *root,
		       struct journal_record *out)
{
	const char *kind = json_string_value(json_object_get(root, "kind"));

	*out = (struct journal_record){ 0 };
	if (str_eq(kind, "answer")) {
		out->kind = JOURNAL_ANSWER;
		return read_answer(a, root, &out->answer);
	}
	if (str_eq(kind, "self_report")) {
		out->kind = JOURNAL_SELF_REPORT;
		return read_report(a, root, &out->report);
	}
	return -1;
}

int journal_parse(struct arena *a, const struct mac_keys *keys,
		  const char *line, size_t len, struct journal_record *out)
{
	const char *space = memchr(line, ' ', len);
	size_t json_len;
	json_t *root;
	int rc;

	if (space == NULL)
		return -1;
	json_len = len - (size_t)(space + 1 - line);
	if (!mac_is_ours(keys, line, (size_t)(space - line), space + 1,
			 json_len))
		return -1;
	root = json_loadb(space + 1, json_len, 0, NULL);
	if (root == NULL)
		return -1;
	rc = read_record(a, root, out);
	json_decref(root);
	return rc;
}

/* Writing ------------------------------------------------------------------*/

struct journal *journal_open(const char *dir, const struct mac_keys *keys)
{
	struct journal *j = calloc(1, sizeof(*j));

	if (j == NULL)
		log_fatal("out of memory");
	j->dir = dir;
	j->keys = keys;
	j->arena = arena_new();
	j->fd = -1;
	return j;
}

static void leave(struct journal *j)
{
	if (j->fd >= 0)
		close(j->fd); /* the lock goes with it */
	j->fd = -1;
	arena_reset(j->arena);
}

/* The new name too must be on the disk, or a crash loses the file. */
static int sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

static int begin_file(struct journal *j)
{
	j->path = arena_fmt(j->arena, "%s/%lld-%ld%s", j->dir,
			    (long long)time_now(), (long)getpid(), writing);
	j->fd = open(j->path,
		     O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC,
		     FILE_MODE);
	if (j->fd >= 0 && sync_dir(j->dir) == 0)
		return 0;
	log_error("journal not begun errno=%d", errno);
	leave(j);
	return -1;
}

/* Locks the file and finds it under its name still; else it was taken, and is
 * no longer ours to write. */
static int hold(struct journal *j, off_t *size)
{
	struct stat here, there;

	if (j->fd < 0 && begin_file(j) < 0)
		return -1;
	if (flock(j->fd, LOCK_EX) == 0 && fstat(j->fd, &here) == 0 &&
	    here.st_size < JOURNAL_FILE_MAX && stat(j->path, &there) == 0 &&
	    here.st_ino == there.st_ino && here.st_dev == there.st_dev) {
		*size = here.st_size;
		return 0;
	}
	leave(j);
	return -1;
}

int journal_add(struct journal *j, struct arena *a,
		const struct journal_record *record)
{
	size_t len;
	const char *line = journal_line(a, j->keys, record, &len);
	off_t size = 0;
	int tries = 0;

	if (line == NULL)
		return log_error("journal record not made");
	while (hold(j, &size) < 0)
		if (++tries == TRIES)
			return log_error("journal not writable");
	if (write(j->fd, line, len) == (ssize_t)len && fdatasync(j->fd) == 0) {
		flock(j->fd, LOCK_UN);
		return 0;
	}
	log_error("journal not written errno=%d", errno);
	/* Nothing torn may stand before a later record. */
	if (ftruncate(j->fd, size) < 0)
		log_error("journal not cut errno=%d", errno);
	leave(j);
	return -1;
}

/* Replaying ----------------------------------------------------------------*/

static bool ends_in(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	return len > end_len && strcmp(name + len - end_len, end) == 0;
}

/* dir/name, with another ending. */
static char *other_name(struct arena *a, const char *dir, const char *name,
			const char *end)
{
	return arena_fmt(a, "%s/%.*s%s", dir, (int)strcspn(name, "."), name,
			 end);
}

/* Calls fn for each file with this ending; -1 if any call failed. */
static int each_file(const char *dir, const char *end,
		     int (*fn)(const char *name, void *arg), void *arg)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int sum = 0, rc;
	bool failed = false;

	if (d == NULL)
		return log_error("journal folder not opened errno=%d", errno);
	while ((entry = readdir(d)) != NULL) {
		if (!ends_in(entry->d_name, end))
			continue;
		rc = fn(entry->d_name, arg);
		if (rc < 0)
			failed = true;
		else
			sum += rc;
	}
	closedir(d);
	return failed ? -1 : sum;
}

struct replay {
	const char *dir;
	const struct mac_keys *keys;
	struct arena *arena;
	journal_store_fn *store;
	void *arg;
};

/* Between its first sight and its first record a file has no lock: its writer
 * lives, or was killed right there. */
static bool is_just_begun(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size == 0 &&
	       time_now() / TIME_SECOND - st.st_mtim.tv_sec < BEGUN_S;
}

/* Under the writer's lock: a record is whole in the file or not begun. */
static int take(const char *name, void *arg)
{
	struct replay *r = arg;
	const char *path = arena_fmt(r->arena, "%s/%s", r->dir, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc = -1;

	if (fd >= 0 && flock(fd, LOCK_EX) == 0)
		rc = is_just_begun(fd)
			     ? 0
			     : rename(path, other_name(r->arena, r->dir, name,
						       taken));
	if (rc < 0)
		log_error("journal not taken errno=%d", errno);
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Reads the lines into a list; returns how many, and counts those that are
 * not ours. */
static int read_lines(struct replay *r, const char *bytes, size_t len,
		      struct journal_record **out, int *bad)
{
	const char *end;
	int count = 0;

	for (; (end = memchr(bytes, '\n', len)) != NULL; bytes = end + 1) {
		struct journal_record *record =
			arena_alloc(r->arena, sizeof(*record));
		size_t line_len = (size_t)(end - bytes);

		len -= line_len + 1;
		if (journal_parse(r->arena, r->keys, bytes, line_len, record) <
		    0) {
			(*bad)++;
			continue;
		}
		*out = record;
		out = &record->next;
		count++;
	}
	*out = NULL;
	return count;
}

static ssize_t read_file(struct replay *r, const char *path, char **bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = -1;

	*bytes = arena_alloc(r->arena, READ_MAX);
	if (fd >= 0)
		len = read(fd, *bytes, READ_MAX);
	if (len < 0 || len == READ_MAX)
		len = log_error("journal not read errno=%d", errno);
	if (fd >= 0)
		close(fd);
	return len;
}

static int finish(struct replay *r, const char *name, const char *path, int bad)
{
	int rc;

	if (bad > 0) {
		log_error("journal has lines not ours lines=%d", bad);
		rc = rename(path, other_name(r->arena, r->dir, name, refused));
	} else {
		rc = unlink(path);
	}
	return rc == 0 ? 0 : log_error("journal not put away errno=%d", errno);
}

static int replay_file(const char *name, void *arg)
{
	struct replay *r = arg;
	const char *path = arena_fmt(r->arena, "%s/%s", r->dir, name);
	struct journal_record *list;
	int count = 0, bad = 0;
	char *bytes;
	ssize_t len = read_file(r, path, &bytes);

	if (len >= 0) {
		count = read_lines(r, bytes, (size_t)len, &list, &bad);
		if ((list != NULL && r->store(r->arg, list) < 0) ||
		    finish(r, name, path, bad) < 0)
			count = -1;
	}
	arena_reset(r->arena);
	return len < 0 ? -1 : count;
}

static int take_again(const char *name, void *arg)
{
	struct replay *r = arg;
	const char *path = arena_fmt(r->arena, "%s/%s", r->dir, name);

	if (rename(path, other_name(r->arena, r->dir, name, taken)) == 0)
		return 0;
	return log_error("journal not taken again errno=%d", errno);
}

int journal_count(const char *dir, struct journal_waiting *out)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	*out = (struct journal_waiting){ 0 };
	if (d == NULL)
		return -1;
	while ((entry = readdir(d)) != NULL) {
		/* Its name begins with the time. */
		int64_t at = strtoll(entry->d_name, NULL, 10);

		out->refused += ends_in(entry->d_name, refused);
		if (!ends_in(entry->d_name, writing) &&
		    !ends_in(entry->d_name, taken))
			continue;
		out->files++;
		if (out->oldest_at == 0 || at < out->oldest_at)
			out->oldest_at = at;
	}
	closedir(d);
	return 0;
}

int journal_retry_refused(const char *dir, struct arena *a)
{
	struct replay r = { .dir = dir, .arena = a };

	return each_file(dir, refused, take_again, &r);
}

int journal_replay(const char *dir, const struct mac_keys *keys,
		   struct arena *a, journal_store_fn *store, void *arg)
{
	struct replay r = { dir, keys, a, store, arg };

	if (each_file(dir, writing, take, &r) < 0)
		return -1;
	return each_file(dir, taken, replay_file, &r);
}
