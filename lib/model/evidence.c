#include "model/evidence.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"

enum {
	LINES_MOST = 10000, /* audit lines in a record */
	BROADCASTS_MOST = 20,
	COUNTS_RARER = 10, /* than runs of audit lines */
	LOOK_BACK_D = 90,  /* what is older was sealed, or never will be */
};

static const char *const kinds[] = { "audit", "broadcast", "counts" };
enum kind { AUDIT, BROADCAST, COUNTS };

struct sealing {
	const struct evidence_rules *rules;
	struct chain_record last; /* n 0: none yet */
	int made;
};

/* Documents -----------------------------------------------------------------*/

static const char *dump(struct arena *a, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	const char *out;

	json_decref(json);
	if (text == NULL)
		log_fatal("out of memory");
	out = arena_strdup(a, text);
	free(text);
	return out;
}

static void put_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

static void put_int(json_t *object, const char *key, int64_t value)
{
	json_object_set_new(object, key, json_integer(value));
}

static json_t *add_object(json_t *array)
{
	json_t *object = json_object();

	json_array_append_new(array, object);
	return object;
}

/* Members of an object, by the columns of a row. */
struct member {
	const char *key;
	enum { NUMBER, TEXT, MOMENT } is;
};

static void put_row(struct arena *a, json_t *object, struct stmt *s,
		    const struct member *members, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (members[i].is == NUMBER)
			put_int(object, members[i].key, db_int(s, i));
		else
			put_text(object, members[i].key,
				 members[i].is == TEXT
					 ? db_text(s, i)
					 : time_iso(a, db_time(s, i)));
	}
}

/* The rows of a statement of one value, as a list of objects. */
static int put_list(struct db *db, struct stmt *s, int64_t value, json_t *doc,
		    const char *key, const struct member *members,
		    unsigned count)
{
	json_t *list = json_array();
	int rc;

	json_object_set_new(doc, key, list);
	db_bind_int(s, value);
	while ((rc = db_step(s)) > 0)
		put_row(db->arena, add_object(list), s, members, count);
	return rc;
}

static const char *hash_of(struct arena *a, const struct str *text)
{
	unsigned char hash[SHA256_LEN];

	bytes_sha256(text->len == 0 ? "" : text->s, text->len, hash);
	return bytes_to_hex(a, hash, SHA256_LEN);
}

/* A line of the audit as it is hashed. */
static void add_line(struct str *lines, struct stmt *s)
{
	json_t *line = json_array();

	for (unsigned i = 0; i < 9; i++)
		json_array_append_new(line, json_string(db_text(s, i)));
	str_fmt(lines, "%s\n", dump(lines->arena, line));
}

/* The document of the lines from one to another. */
static int audit_document(struct db *db, int64_t first, int64_t last,
			  const char **out)
{
	static const char sql[] =
		"SELECT CONCAT(seq), CONCAT(at), COALESCE(account, ''), actor,"
		"       network, action, object, CONCAT(people), detail"
		"  FROM audit"
		" WHERE seq BETWEEN ? AND ?"
		" ORDER BY seq";
	struct str lines = { .arena = db->arena };
	struct stmt *s = db_prepare(db, sql);
	json_t *doc = json_object();
	int64_t rows = 0;
	int rc;

	db_bind_int(s, first);
	db_bind_int(s, last);
	for (; (rc = db_step(s)) > 0; rows++)
		add_line(&lines, s);
	put_int(doc, "first", first);
	put_int(doc, "last", last);
	put_int(doc, "rows", rows);
	put_text(doc, "sha256", hash_of(db->arena, &lines));
	*out = dump(db->arena, doc);
	return rc;
}

/* What was sent, by whom.  Nothing is put if it is not there. */
static int put_broadcast(struct db *db, int64_t id, json_t *doc, int64_t *root,
			 int64_t *event)
{
	static const char sql[] =
		"SELECT b.id, CONCAT(b.kind), b.subject, b.body, b.why,"
		"       b.recipients, b.confirmed_at,"
		"       COALESCE(b.retry_of, b.id), COALESCE(a.login, ''),"
		"       COALESCE(r.name, ''), COALESCE(b.event, 0)"
		"  FROM broadcast b"
		"  LEFT JOIN account a ON a.id = b.made_by"
		"  LEFT JOIN rule r ON r.id = b.rule"
		" WHERE b.id = ?";
	static const struct member members[] = {
		{ "broadcast", NUMBER },
		{ "kind", TEXT },
		{ "subject", TEXT },
		{ "body", TEXT },
		{ "why", TEXT },
		{ "recipients", NUMBER },
		{ "confirmed_at", MOMENT },
		{ "asks_of", NUMBER },
		{ "by", TEXT },
		{ "by_rule", TEXT },
	};
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		put_row(db->arena, doc, s, members, LEN(members));
		*root = db_int(s, 7);
		*event = db_int(s, 10);
	}
	return rc;
}

static int put_questions(struct db *db, int64_t root, json_t *doc)
{
	static const char sql[] =
		"SELECT q.id, q.kind, q.text, COALESCE(c.id, 0),"
		"       COALESCE(c.text, '')"
		"  FROM question q"
		"  LEFT JOIN choice c ON c.question = q.id"
		" WHERE q.broadcast = ?"
		" ORDER BY q.place, q.id, c.place, c.id";
	static const struct member members[] = {
		{ "question", NUMBER },	 { "kind", TEXT },
		{ "text", TEXT },	 { "choice", NUMBER },
		{ "choice_text", TEXT },
	};

	return put_list(db, db_prepare(db, sql), root, doc, "questions",
			members, LEN(members));
}

static int put_targets(struct db *db, int64_t id, json_t *doc)
{
	static const char sql[] = "SELECT CONCAT(kind), item, minus"
				  "  FROM target"
				  " WHERE broadcast = ?"
				  " ORDER BY minus, kind, item";
	static const struct member members[] = { { "kind", TEXT },
						 { "item", TEXT },
						 { "without", NUMBER } };

	return put_list(db, db_prepare(db, sql), id, doc, "targets", members,
			LEN(members));
}

/* The people by the numbers they had then, and by the hash of their ids, which
 * do not change. */
static int put_people(struct db *db, int64_t id, json_t *doc)
{
	static const char sql[] = "SELECT r.user, u.staff_no"
				  "  FROM recipient r"
				  "  JOIN user u ON u.id = r.user"
				  " WHERE r.broadcast = ?"
				  " ORDER BY r.user";
	struct str ids = { .arena = db->arena };
	json_t *list = json_array();
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;
	int rc;

	db_bind_int(s, id);
	for (; (rc = db_step(s)) > 0; n++) {
		str_fmt(&ids, "%lld\n", (long long)db_int(s, 0));
		if (n < EVIDENCE_PEOPLE_MOST)
			json_array_append_new(list, json_string(db_text(s, 1)));
	}
	if (n > EVIDENCE_PEOPLE_MOST)
		json_decref(list);
	else
		json_object_set_new(doc, "people", list);
	put_text(doc, "people_sha256", hash_of(db->arena, &ids));
	return rc;
}

static int put_decisions(struct db *db, int64_t event, json_t *doc)
{
	static const char sql[] =
		"SELECT d.at, CONCAT(d.act), d.self, COALESCE(a.login, ''),"
		"       d.reason, d.people"
		"  FROM decision d"
		"  LEFT JOIN account a ON a.id = d.account"
		" WHERE d.event = ?"
		" ORDER BY d.id";
	static const struct member members[] = {
		{ "at", MOMENT }, { "act", TEXT },    { "by_itself", NUMBER },
		{ "by", TEXT },	  { "reason", TEXT }, { "people", NUMBER },
	};

	return put_list(db, db_prepare(db, sql), event, doc, "decisions",
			members, LEN(members));
}

static int put_telegrams(struct db *db, int64_t event, json_t *object)
{
	static const char sql[] = "SELECT id, type, LOWER(HEX(sha256))"
				  "  FROM telegram"
				  " WHERE event = ?"
				  "   AND outcome = 'applied'"
				  " ORDER BY id";
	static const struct member members[] = { { "id", NUMBER },
						 { "type", TEXT },
						 { "sha256", TEXT } };

	return put_list(db, db_prepare(db, sql), event, object, "telegrams",
			members, LEN(members));
}

static int put_event(struct db *db, int64_t event, json_t *doc)
{
	static const char sql[] = "SELECT id, title, CONCAT(kind), max_level"
				  "  FROM event"
				  " WHERE id = ?";
	static const struct member members[] = {
		{ "id", NUMBER },
		{ "title", TEXT },
		{ "kind", TEXT },
		{ "max_level", TEXT },
	};
	json_t *object = json_object();
	struct stmt *s = db_prepare(db, sql);
	int rc;

	json_object_set_new(doc, "event", object);
	db_bind_int(s, event);
	while ((rc = db_step(s)) > 0)
		put_row(db->arena, object, s, members, LEN(members));
	return rc < 0 ? -1 : put_telegrams(db, event, object);
}

static int fill_broadcast(struct db *db, int64_t id, json_t *doc)
{
	int64_t root = 0, event = 0;

	if (put_broadcast(db, id, doc, &root, &event) < 0 ||
	    put_questions(db, root, doc) < 0 || put_targets(db, id, doc) < 0 ||
	    put_people(db, id, doc) < 0)
		return -1;
	if (event == 0)
		return 0;
	return put_event(db, event, doc) < 0 ||
			       put_decisions(db, event, doc) < 0
		       ? -1
		       : 0;
}

static int fill_counts(struct db *db, int64_t id, json_t *doc)
{
	static const char sql[] =
		"SELECT CONCAT(t.kind), t.item, t.people"
		"  FROM tally t"
		" WHERE t.broadcast = ? AND t.grp = 0"
		"   AND t.kind IN ('asked', 'answered', 'choice')"
		" UNION ALL"
		" SELECT 'messages', 0, messages FROM delivery"
		"  WHERE broadcast = ?"
		" UNION ALL"
		" SELECT 'handed', 0, handed FROM delivery WHERE broadcast = ?"
		" UNION ALL"
		" SELECT 'refused', 0, refused FROM delivery"
		"  WHERE broadcast = ?"
		" ORDER BY 1, 2";
	json_t *choices = json_array();
	struct stmt *s = db_prepare(db, sql);
	int rc;

	put_int(doc, "broadcast", id);
	json_object_set_new(doc, "choices", choices);
	for (int i = 0; i < 4; i++)
		db_bind_int(s, id);
	while ((rc = db_step(s)) > 0) {
		json_t *c;

		if (!str_eq(db_text(s, 0), "choice")) {
			put_int(doc, db_text(s, 0), db_int(s, 2));
			continue;
		}
		c = add_object(choices);
		put_int(c, "choice", db_int(s, 1));
		put_int(c, "people", db_int(s, 2));
	}
	return rc;
}

static int make_document(struct db *db, int64_t id,
			 int (*fill)(struct db *, int64_t, json_t *),
			 const char **out)
{
	json_t *doc = json_object();

	if (fill(db, id, doc) < 0) {
		json_decref(doc);
		return -1;
	}
	*out = dump(db->arena, doc);
	return 0;
}

/* Sealing -------------------------------------------------------------------*/

#define COLUMNS                                                                \
	"SELECT n, at, CONCAT(kind), object, sha256, previous, signature"      \
	"  FROM evidence"

static void read_record(struct stmt *s, struct chain_record *r)
{
	size_t len;

	*r = (struct chain_record){
		.n = db_int(s, 0),
		.at = db_time(s, 1),
		.kind = db_text(s, 2),
		.object = db_int(s, 3),
	};
	memcpy(r->document, db_blob(s, 4, &len), SHA256_LEN);
	memcpy(r->previous, db_blob(s, 5, &len), SHA256_LEN);
	memcpy(r->signature, db_blob(s, 6, &len), SIGNATURE_LEN);
}

static int find_last(struct db *db, struct chain_record *out)
{
	static const char sql[] = COLUMNS " ORDER BY n DESC LIMIT 1";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	*out = (struct chain_record){ 0 };
	while ((rc = db_step(s)) > 0)
		read_record(s, out);
	return rc;
}

static int add(struct db *db, struct sealing *w, enum kind kind, int64_t object,
	       const char *document)
{
	static const char sql[] =
		"INSERT INTO evidence (n, at, kind, object, document, sha256,"
		"       previous, signature)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	struct chain_record r = {
		.at = w->rules->now - w->rules->now % TIME_SECOND,
		.kind = kinds[kind],
		.object = object,
	};
	struct stmt *s = db_prepare(db, sql);

	bytes_sha256(document, strlen(document), r.document);
	chain_add(db->arena, w->rules->key, w->last.n == 0 ? NULL : &w->last,
		  &r);
	db_bind_int(s, r.n);
	db_bind_time(s, r.at);
	db_bind_text(s, r.kind);
	db_bind_int(s, r.object);
	db_bind_text(s, document);
	db_bind_blob(s, r.document, SHA256_LEN);
	db_bind_blob(s, r.previous, SHA256_LEN);
	db_bind_blob(s, r.signature, SIGNATURE_LEN);
	if (db_run(s) < 0)
		return -1;
	w->last = r;
	w->made++;
	return 0;
}

/* The lines that are due: those before the first that is too young, whatever
 * the order in which their transactions ended. */
static int due_lines(struct db *db, const struct sealing *w, int64_t *first,
		     int64_t *last)
{
	static const char sql[] =
		"SELECT MIN(a.seq), MAX(a.seq)"
		"  FROM (SELECT l.seq FROM audit l"
		"         WHERE l.seq > COALESCE((SELECT MAX(object)"
		"                 FROM evidence WHERE kind = 'audit'), 0)"
		"           AND l.seq < COALESCE((SELECT MIN(y.seq)"
		"                 FROM audit y WHERE y.at >= ?), 1 << 62)"
		"         ORDER BY l.seq"
		"         LIMIT ?) a"
		" WHERE NOT EXISTS (SELECT 1 FROM evidence"
		"                    WHERE kind = 'audit' AND at > ?)";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_time(s, w->rules->now - w->rules->delay);
	db_bind_int(s, LINES_MOST);
	db_bind_time(s, w->rules->now - w->rules->every);
	while ((rc = db_step(s)) > 0) {
		*first = db_int(s, 0);
		*last = db_int(s, 1);
	}
	return rc;
}

static int seal_audit(struct db *db, struct sealing *w)
{
	int64_t first = 0, last = 0;
	const char *document;

	if (due_lines(db, w, &first, &last) < 0)
		return -1;
	if (last == 0)
		return 0;
	if (audit_document(db, first, last, &document) < 0)
		return -1;
	return add(db, w, AUDIT, last, document);
}

static int seal_each(struct db *db, struct sealing *w, struct stmt *s,
		     enum kind kind,
		     int (*fill)(struct db *, int64_t, json_t *))
{
	int64_t ids[BROADCASTS_MOST];
	const char *document;
	int rc, n = 0;

	while ((rc = db_step(s)) > 0)
		if (n < BROADCASTS_MOST)
			ids[n++] = db_int(s, 0);
	for (int i = 0; i < n && rc == 0; i++) {
		rc = make_document(db, ids[i], fill, &document);
		if (rc == 0)
			rc = add(db, w, kind, ids[i], document);
	}
	return rc;
}

/* As soon as all its people are chosen. */
static int seal_broadcasts(struct db *db, struct sealing *w)
{
	static const char sql[] =
		"SELECT b.id"
		"  FROM broadcast b"
		" WHERE b.made_at > ?"
		"   AND (b.state IN ('sending', 'sent', 'closed')"
		"     OR (b.state = 'cancelled' AND b.recipients > 0))"
		"   AND NOT EXISTS (SELECT 1 FROM evidence e"
		"                    WHERE e.kind = 'broadcast'"
		"                      AND e.object = b.id)"
		" ORDER BY b.id"
		" LIMIT ?";
	const int64_t day = (int64_t)24 * 60 * TIME_MINUTE;
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->rules->now - LOOK_BACK_D * day);
	db_bind_int(s, BROADCASTS_MOST);
	return seal_each(db, w, s, BROADCAST, fill_broadcast);
}

/* Where something was counted since: after a while, and at the end at once. */
static int seal_counts(struct db *db, struct sealing *w)
{
	static const char sql[] =
		"SELECT b.id"
		"  FROM broadcast b"
		"  JOIN tally_state t ON t.broadcast = b.id"
		"  JOIN evidence s ON s.kind = 'broadcast' AND s.object = b.id"
		"  LEFT JOIN evidence e ON e.kind = 'counts'"
		"   AND e.object = b.id"
		"   AND e.n = (SELECT MAX(n) FROM evidence x"
		"               WHERE x.kind = 'counts' AND x.object = b.id)"
		" WHERE b.made_at > ? AND b.retry_of IS NULL"
		"   AND (e.n IS NULL OR t.folded_at > e.at + INTERVAL 1 SECOND)"
		"   AND (e.n IS NULL OR b.state = 'closed' OR e.at < ?)"
		" ORDER BY b.id"
		" LIMIT ?";
	const int64_t day = (int64_t)24 * 60 * TIME_MINUTE;
	struct stmt *s = db_prepare(db, sql);

	db_bind_time(s, w->rules->now - LOOK_BACK_D * day);
	db_bind_time(s, w->rules->now - COUNTS_RARER * w->rules->every);
	db_bind_int(s, BROADCASTS_MOST);
	return seal_each(db, w, s, COUNTS, fill_counts);
}

static int seal(struct db *db, void *arg)
{
	struct sealing *w = arg;

	w->made = 0;
	if (find_last(db, &w->last) < 0 || seal_broadcasts(db, w) < 0 ||
	    seal_counts(db, w) < 0 || seal_audit(db, w) < 0)
		return -1;
	return w->made;
}

int evidence_seal(struct db *db, const struct evidence_rules *rules)
{
	struct sealing w = { .rules = rules };
	int made = db_transaction(db, seal, &w);
	unsigned char hash[SHA256_LEN];

	if (made <= 0)
		return made;
	/* The end of the chain, told where the database does not reach. */
	chain_hash(db->arena, &w.last, hash);
	log_info("evidence sealed records=%d last=%lld hash=%s", made,
		 (long long)w.last.n,
		 bytes_to_hex(db->arena, hash, SHA256_LEN));
	return made;
}

/* Reading -------------------------------------------------------------------*/

int evidence_list(struct db *db, int64_t after, int most, struct evidence **out)
{
	static const char sql[] =
		"SELECT n, at, CONCAT(kind), object, sha256, previous,"
		"       signature, document"
		"  FROM evidence"
		" WHERE n > ?"
		" ORDER BY n"
		" LIMIT ?";
	struct stmt *s = db_prepare(db, sql);
	int rc;

	db_bind_int(s, after);
	db_bind_int(s, most);
	while ((rc = db_step(s)) > 0) {
		*out = arena_alloc(db->arena, sizeof(**out));
		read_record(s, &(*out)->record);
		(*out)->document = db_text(s, 7);
		out = &(*out)->next;
	}
	*out = NULL;
	return rc;
}

static const char *compare_texts(const json_t *was, const json_t *is)
{
	static const struct {
		const char *key, *difference;
	} rows[] = {
		{ "subject", "the subject of its mail is another" },
		{ "body", "the text of its mail is another" },
		{ "why", "the reason in its mail is another" },
		{ "recipients", "the number of its people is another" },
		{ "people_sha256", "its people are others" },
		{ "questions", "its questions are others" },
		{ "targets", "its targets are others" },
	};

	if (json_object_get(is, "broadcast") == NULL)
		return "it is not in the database any more";
	for (size_t i = 0; i < LEN(rows); i++)
		if (!json_equal(json_object_get(was, rows[i].key),
				json_object_get(is, rows[i].key)))
			return rows[i].difference;
	return NULL;
}

static int compare_broadcast(struct db *db, const struct evidence *e,
			     const char **difference)
{
	json_t *was = json_loads(e->document, 0, NULL), *is = json_object();
	int rc = fill_broadcast(db, e->record.object, is);

	*difference = was == NULL ? "its document is no JSON"
				  : compare_texts(was, is);
	json_decref(was);
	json_decref(is);
	return rc;
}

static int compare_audit(struct db *db, const struct evidence *e,
			 const char **difference)
{
	json_t *was = json_loads(e->document, 0, NULL);
	int64_t first = json_integer_value(json_object_get(was, "first"));
	int64_t last = json_integer_value(json_object_get(was, "last"));
	const char *now;
	int rc = audit_document(db, first, last, &now);

	json_decref(was);
	if (rc == 0 && !str_eq(now, e->document))
		*difference = "lines of the audit were changed, taken out or "
			      "put in";
	return rc;
}

int evidence_compare(struct db *db, const struct evidence *e,
		     const char **difference)
{
	unsigned char hash[SHA256_LEN];

	*difference = NULL;
	bytes_sha256(e->document, strlen(e->document), hash);
	if (memcmp(hash, e->record.document, SHA256_LEN) != 0) {
		*difference = "its document is not the one that was sealed";
		return 0;
	}
	if (str_eq(e->record.kind, kinds[BROADCAST]))
		return compare_broadcast(db, e, difference);
	if (str_eq(e->record.kind, kinds[AUDIT]))
		return compare_audit(db, e, difference);
	return 0;
}
