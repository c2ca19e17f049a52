#include "model/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mac.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"

enum {
	KEPT_MAX = 64,	    /* broadcasts in memory: more are never open */
	FILE_MODE = 0640,   /* no secret, and nobody else's business */
	QUESTIONS_MAX = 50, /* of one broadcast */
	CHOICES_MAX = 100,  /* of one question */
};

const char snapshot_purpose[] = "snapshot";

/* Database to struct -------------------------------------------------------*/

static int fetch_choices(struct db *db, struct snapshot_question *q)
{
	static const char sql[] = "SELECT id, mark, text, text_en"
				  "  FROM choice"
				  " WHERE question = ?"
				  " ORDER BY place";
	struct stmt *s = db_prepare(db, sql);
	struct snapshot_choice **out = &q->choices;
	int rc;

	db_bind_int(s, q->id);
	while ((rc = db_step(s)) > 0) {
		struct snapshot_choice *c = arena_alloc(db->arena, sizeof(*c));

		c->id = db_int(s, 0);
		c->mark = db_text(s, 1);
		c->text = db_text(s, 2);
		c->text_en = db_text(s, 3);
		if (*c->text_en == '\0')
			c->text_en = c->text;
		*out = c;
		out = &c->next;
	}
	return rc;
}

static int fetch_questions(struct db *db, struct snapshot *snap)
{
	static const char sql[] = "SELECT id, kind, required, text, text_en"
				  "  FROM question"
				  " WHERE broadcast = ?"
				  " ORDER BY place";
	struct stmt *s = db_prepare(db, sql);
	struct snapshot_question **out = &snap->questions;
	int rc;

	db_bind_int(s, snap->id);
	while ((rc = db_step(s)) > 0) {
		struct snapshot_question *q =
			arena_alloc(db->arena, sizeof(*q));

		q->id = db_int(s, 0);
		q->kind = db_text(s, 1);
		q->multiple = str_eq(q->kind, "multiple");
		q->required = db_int(s, 2) != 0;
		q->text = db_text(s, 3);
		q->text_en = db_text(s, 4);
		if (*q->text_en == '\0')
			q->text_en = q->text;
		if (fetch_choices(db, q) < 0)
			return -1;
		*out = q;
		out = &q->next;
	}
	return rc;
}

/* "石川県能登で震度6強（1月1日 16:10ごろ）" */
static const char *event_line(struct arena *a, const char *title, int64_t at)
{
	if (*title == '\0' || at == 0)
		return title;
	return arena_fmt(a, "%s（%sごろ）", title, time_show_short(a, at));
}

int snapshot_fetch(struct db *db, int64_t broadcast, struct snapshot **out)
{
	static const char sql[] =
		"SELECT b.id, b.kind = 'drill' OR COALESCE(e.drill, FALSE),"
		"       b.state = 'closed', b.closes_at,"
		"       b.subject, b.body, b.why, e.title, e.occurred_at"
		"  FROM broadcast asked"
		"  JOIN broadcast b ON b.id = COALESCE(asked.retry_of, "
		"asked.id)"
		"  LEFT JOIN event e ON e.id = b.event"
		" WHERE asked.id = ?";
	struct stmt *s = db_prepare(db, sql);
	struct snapshot *snap = arena_alloc(db->arena, sizeof(*snap));
	int rc;

	db_bind_int(s, broadcast);
	rc = db_step(s);
	if (rc <= 0)
		return rc;
	snap->id = db_int(s, 0);
	snap->drill = db_int(s, 1) != 0;
	snap->closed = db_int(s, 2) != 0;
	snap->closes_at = db_time(s, 3);
	snap->subject = db_text(s, 4);
	snap->body = db_text(s, 5);
	snap->why = db_text(s, 6);
	snap->event = event_line(db->arena, db_text(s, 7), db_time(s, 8));
	*out = snap;
	return fetch_questions(db, snap) < 0 ? -1 : 1;
}

/* Struct to bytes ----------------------------------------------------------*/

static json_t *choices_json(const struct snapshot_question *q)
{
	json_t *list = json_array();

	for (struct snapshot_choice *c = q->choices; c != NULL; c = c->next)
		json_array_append_new(list, json_pack("{s:I,s:s,s:s,s:s}", "id",
						      (json_int_t)c->id, "mark",
						      c->mark, "text", c->text,
						      "text_en", c->text_en));
	return list;
}

static json_t *questions_json(const struct snapshot *s)
{
	json_t *list = json_array();

	for (struct snapshot_question *q = s->questions; q != NULL; q = q->next)
		json_array_append_new(
			list,
			json_pack("{s:I,s:s,s:b,s:b,s:s,s:s,s:o}", "id",
				  (json_int_t)q->id, "kind", q->kind,
				  "multiple", q->multiple, "required",
				  q->required, "text", q->text, "text_en",
				  q->text_en, "choices", choices_json(q)));
	return list;
}

const char *snapshot_text(struct arena *a, const struct mac_keys *keys,
			  const struct snapshot *s, size_t *len)
{
	json_t *root =
		json_pack("{s:I,s:b,s:b,s:I,s:s,s:s,s:s,s:s,s:o}", "id",
			  (json_int_t)s->id, "drill", s->drill, "closed",
			  s->closed, "closes_at", (json_int_t)s->closes_at,
			  "subject", s->subject, "body", s->body, "why", s->why,
			  "event", s->event, "questions", questions_json(s));
	char *json = json_dumps(root, JSON_COMPACT);
	struct str out = { .arena = a };

	if (json == NULL)
		log_fatal("snapshot not put together broadcast=%lld",
			  (long long)s->id);
	str_add(&out, mac_make(a, keys, json, strlen(json)));
	str_add_char(&out, '\n');
	str_add(&out, json);
	free(json);
	json_decref(root);
	*len = out.len;
	return str_text(&out);
}

/* Bytes to struct ----------------------------------------------------------*/

static const char *text_of(struct arena *a, const json_t *object,
			   const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? NULL : arena_strdup(a, text);
}

static bool read_choices(struct arena *a, const json_t *list,
			 struct snapshot_choice **out)
{
	size_t i, count = json_array_size(list);

	if (count > CHOICES_MAX)
		return false;
	for (i = 0; i < count; i++) {
		const json_t *item = json_array_get(list, i);
		struct snapshot_choice *c = arena_alloc(a, sizeof(*c));

		c->id = json_integer_value(json_object_get(item, "id"));
		c->mark = text_of(a, item, "mark");
		c->text = text_of(a, item, "text");
		c->text_en = text_of(a, item, "text_en");
		if (c->id <= 0 || c->mark == NULL || c->text == NULL ||
		    c->text_en == NULL)
			return false;
		*out = c;
		out = &c->next;
	}
	return true;
}

static bool read_questions(struct arena *a, const json_t *list,
			   struct snapshot_question **out)
{
	size_t i, count = json_array_size(list);

	if (count > QUESTIONS_MAX)
		return false;
	for (i = 0; i < count; i++) {
		const json_t *item = json_array_get(list, i);
		struct snapshot_question *q = arena_alloc(a, sizeof(*q));

		q->id = json_integer_value(json_object_get(item, "id"));
		q->kind = text_of(a, item, "kind");
		q->multiple = json_is_true(json_object_get(item, "multiple"));
		if (q->kind == NULL) /* a file of an older release */
			q->kind = q->multiple ? "multiple" : "single";
		q->required = json_is_true(json_object_get(item, "required"));
		q->text = text_of(a, item, "text");
		q->text_en = text_of(a, item, "text_en");
		if (q->id <= 0 || q->text == NULL || q->text_en == NULL ||
		    !read_choices(a, json_object_get(item, "choices"),
				  &q->choices))
			return false;
		*out = q;
		out = &q->next;
	}
	return true;
}

static struct snapshot *read_root(struct arena *a, const json_t *root)
{
	struct snapshot *s = arena_alloc(a, sizeof(*s));

	s->id = json_integer_value(json_object_get(root, "id"));
	s->drill = json_is_true(json_object_get(root, "drill"));
	s->closed = json_is_true(json_object_get(root, "closed"));
	s->closes_at = json_integer_value(json_object_get(root, "closes_at"));
	s->subject = text_of(a, root, "subject");
	s->body = text_of(a, root, "body");
	s->why = text_of(a, root, "why");
	s->event = text_of(a, root, "event");
	if (s->id <= 0 || s->subject == NULL || s->body == NULL ||
	    s->why == NULL || s->event == NULL ||
	    !read_questions(a, json_object_get(root, "questions"),
			    &s->questions))
		return NULL;
	return s;
}

struct snapshot *snapshot_parse(struct arena *a, const struct mac_keys *keys,
				const char *bytes, size_t len)
{
	const char *end = memchr(bytes, '\n', len);
	struct snapshot *s;
	json_t *root;
	size_t json_len;

	if (end == NULL || len > SNAPSHOT_MAX)
		return NULL;
	json_len = len - (size_t)(end + 1 - bytes);
	if (!mac_is_ours(keys, bytes, (size_t)(end - bytes), end + 1, json_len))
		return NULL;
	root = json_loadb(end + 1, json_len, 0, NULL);
	if (root == NULL)
		return NULL;
	s = read_root(a, root);
	json_decref(root);
	return s;
}

bool snapshot_is_closed(const struct snapshot *s, int64_t now)
{
	return s->closed || (s->closes_at != 0 && now >= s->closes_at);
}

/* Files --------------------------------------------------------------------*/

static const char *file_name(struct arena *a, const char *dir, int64_t id)
{
	return arena_fmt(a, "%s/%lld.json", dir, (long long)id);
}

/* All of it on the disk, or none of it under its name. */
static int replace_file(struct arena *a, const char *path, const char *bytes,
			size_t len)
{
	const char *tmp = arena_fmt(a, "%s.%ld.new", path, (long)getpid());
	int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
	bool ok;

	if (fd < 0)
		return log_error("snapshot not opened errno=%d", errno);
	ok = write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
	close(fd);
	if (ok && rename(tmp, path) == 0)
		return 0;
	log_error("snapshot not written errno=%d", errno);
	unlink(tmp);
	return -1;
}

int snapshot_write(struct db *db, const char *dir, int64_t broadcast)
{
	static const struct mac_keys *keys;
	struct snapshot *s;
	const char *bytes;
	size_t len;
	int found = snapshot_fetch(db, broadcast, &s);

	if (found <= 0)
		return found < 0 ? -1
				 : log_error("snapshot of no broadcast id=%lld",
					     (long long)broadcast);
	if (keys == NULL)
		keys = mac_keys_configured(snapshot_purpose);
	bytes = snapshot_text(db->arena, keys, s, &len);
	if (len > SNAPSHOT_MAX)
		return log_error("snapshot too large broadcast=%lld bytes=%zu",
				 (long long)broadcast, len);
	return replace_file(db->arena, file_name(db->arena, dir, s->id), bytes,
			    len);
}

/* The set in memory --------------------------------------------------------*/

struct kept {
	struct kept *next;
	struct arena *arena;	   /* of this snapshot alone */
	struct snapshot *snapshot; /* NULL: no file, or none of ours */
	int64_t id, looked_at;	   /* monotonic */
	struct timespec changed;
	ino_t inode;
};

struct snapshots {
	const char *dir;
	const struct mac_keys *keys;
	struct arena *arena; /* of one call */
	struct kept *list;   /* last used first */
	size_t count;
};

struct snapshots *snapshots_open(const char *dir, const struct mac_keys *keys)
{
	struct snapshots *set = calloc(1, sizeof(*set));

	if (set == NULL)
		log_fatal("out of memory");
	set->dir = dir;
	set->keys = keys;
	set->arena = arena_new();
	return set;
}

static void forget(struct kept *k)
{
	arena_reset(k->arena);
	k->snapshot = NULL;
	k->changed = (struct timespec){ 0 };
}

static unsigned long readings; /* of files, by this process */

static void read_again(struct snapshots *set, struct kept *k, int fd,
		       const struct stat *st)
{
	char *bytes = arena_alloc(set->arena, SNAPSHOT_MAX);
	ssize_t len = read(fd, bytes, SNAPSHOT_MAX);

	forget(k);
	k->changed = st->st_mtim;
	k->inode = st->st_ino;
	if (len > 0)
		k->snapshot =
			snapshot_parse(k->arena, set->keys, bytes, (size_t)len);
	/* A right file under a wrong name would show other questions. */
	if (k->snapshot != NULL && k->snapshot->id != k->id)
		k->snapshot = NULL;
	if (k->snapshot != NULL)
		k->snapshot->reading = ++readings;
	if (k->snapshot == NULL)
		log_error("snapshot refused broadcast=%lld", (long long)k->id);
}

static void look(struct snapshots *set, struct kept *k)
{
	int fd = open(file_name(set->arena, set->dir, k->id),
		      O_RDONLY | O_CLOEXEC);
	struct stat st;

	arena_reset(set->arena);
	if (fd < 0) {
		forget(k);
		return;
	}
	if (fstat(fd, &st) == 0 &&
	    (st.st_ino != k->inode || st.st_mtim.tv_sec != k->changed.tv_sec ||
	     st.st_mtim.tv_nsec != k->changed.tv_nsec))
		read_again(set, k, fd, &st);
	close(fd);
	arena_reset(set->arena);
}

/* Takes the entry out of the list, or makes one: of the one used longest ago
 * when there are enough. */
static struct kept *take(struct snapshots *set, int64_t id)
{
	struct kept **at = &set->list, *k;

	while (*at != NULL && (*at)->id != id &&
	       ((*at)->next != NULL || set->count < KEPT_MAX))
		at = &(*at)->next;
	k = *at;
	if (k == NULL) {
		k = calloc(1, sizeof(*k));
		if (k == NULL)
			log_fatal("out of memory");
		k->arena = arena_new();
		set->count++;
	} else {
		*at = k->next;
	}
	if (k->id != id) {
		forget(k);
		k->id = id;
		k->inode = 0;
		k->looked_at = 0;
	}
	return k;
}

const struct snapshot *snapshots_find(struct snapshots *set, int64_t broadcast)
{
	struct kept *k = take(set, broadcast);
	int64_t now = time_monotonic();

	k->next = set->list;
	set->list = k;
	if (k->snapshot == NULL || now - k->looked_at >= TIME_SECOND) {
		k->looked_at = now;
		look(set, k);
	}
	return k->snapshot;
}
