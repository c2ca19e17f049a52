#ifndef IMPORT_FILE_H
#define IMPORT_FILE_H

/*
 * Files as admins send them, for tests of what comes of them.  Reading commits,
 * so the database is the test's own (database_own.h).
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/seal.h"
#include "database_own.h"
#include "model/audit.h"
#include "model/import.h"
#include "test.h"

static const struct audit import_by = { .actor = "test", .network = "::1" };

/* Keys of the test's own, kept until it ends. */
static inline const struct import_keys *import_keys_own(void)
{
	static struct import_keys keys;
	char dir[] = "/tmp/anpi-import-XXXXXX", path[64];

	if (keys.seal != NULL)
		return &keys;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(seal_keys_new(dir), 0);
	snprintf(path, sizeof(path), "%s/seal.public", dir);
	keys.seal = seal_public_load(path);
	unlink(path);
	snprintf(path, sizeof(path), "%s/seal.private", dir);
	keys.digest = digest_key_load(path); /* any key will do */
	unlink(path);
	rmdir(dir);
	assert_non_null(keys.seal);
	assert_non_null(keys.digest);
	return &keys;
}

/* The regions that the files name. */
static inline void import_regions(struct db *db)
{
	database_do(db, "INSERT INTO region (code, kind, name) VALUES"
			" ('13', 'prefecture', '東京都'),"
			" ('14', 'prefecture', '神奈川県');"
			"INSERT INTO region (code, kind, name, parent) VALUES"
			" ('13101', 'municipality', '千代田区', '13')");
}

/* Reads a text and compares; returns the import as it then is. */
static inline struct import import_take(struct db *db, enum layout_kind kind,
					bool whole, const char *text)
{
	const struct import_draft draft = {
		.kind = kind,
		.whole = whole,
		.source = "screen",
		.file = "test.csv",
		.audit = &import_by,
	};
	struct import_reader *r = import_open(db, &draft, import_keys_own());
	struct import i;
	int64_t id;

	assert_non_null(r);
	assert_true(import_feed(r, text, strlen(text)) >= 0);
	assert_int_equal(import_close(r, true, &id), 0);
	assert_int_equal(import_find(db, id, &i), 1);
	if (strcmp(i.state, "read") == 0)
		assert_int_equal(import_compare(db, id), 0);
	assert_int_equal(import_find(db, id, &i), 1);
	return i;
}

/* What is known of it: "compared +2 ~0 -1 !0 ?0". */
static inline const char *import_counts(struct db *db, const struct import *i)
{
	return arena_fmt(db->arena, "%s +%lld ~%lld -%lld !%lld ?%lld",
			 i->state, (long long)i->added, (long long)i->changed,
			 (long long)i->removed, (long long)i->refused,
			 (long long)i->warned);
}

static inline void import_press(struct db *db, const struct import *i)
{
	assert_int_equal(import_confirm(db, i->id, i->removed, &import_by),
			 IMPORT_CONFIRMED);
}

/* The first fault of a kind: "2 氏名 空です。", or "". */
static inline const char *import_fault_of(struct db *db, const struct import *i,
					  const char *kind)
{
	struct import_fault *f;

	assert_int_equal(import_faults(db, i->id, kind, -1, 0, 1, &f), 0);
	return f == NULL ? ""
			 : arena_fmt(db->arena, "%lld %s %s",
				     (long long)f->line, f->field, f->reason);
}

/* A file and what is wrong with it: one line is. */
struct import_refused {
	const char *name;
	enum layout_kind kind;
	const char *text, *fault;
};

static inline void
check_refused(struct db *db, const struct import_refused *rows, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		struct import i =
			import_take(db, rows[n].kind, false, rows[n].text);

		check_str(rows[n].name, import_fault_of(db, &i, "refused"),
			  rows[n].fault);
		check_int(rows[n].name, i.refused, 1);
		assert_true(import_confirm(db, i.id, -1, &import_by) != 0);
	}
}

#endif
