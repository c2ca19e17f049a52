/* Commands for proving what was done.  Source: B11, S6; DESIGN 9, 10. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/chain.h"
#include "base/config.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/evidence.h"
#include "tool/command.h"

enum { RECORDS = 50 }; /* at a time: some hold the people of a broadcast */

/* What was looked through so far. */
struct walk {
	struct command_line *line;
	const struct sign_public *pub;
	struct chain_record last; /* n 0: none yet */
	int64_t audit, broadcasts, counts, faults;
	int64_t only; /* to write: documents of this broadcast, 0: all */
	bool found;   /* something of it */
};

static void count(struct walk *w, const struct evidence *e)
{
	if (str_eq(e->record.kind, "audit"))
		w->audit++;
	else if (str_eq(e->record.kind, "broadcast"))
		w->broadcasts++;
	else
		w->counts++;
}

static void tell(struct walk *w, const struct evidence *e, const char *what)
{
	w->faults++;
	fprintf(stderr, "record %" PRId64 " (%s %" PRId64 "): %s\n",
		e->record.n, e->record.kind, e->record.object, what);
}

static int verify_one(struct db *db, struct walk *w, const struct evidence *e)
{
	const char *fault =
		chain_fault(db->arena, w->pub, w->last.n == 0 ? NULL : &w->last,
			    &e->record);
	const char *difference;

	if (fault != NULL)
		tell(w, e, fault);
	if (evidence_compare(db, e, &difference) < 0)
		return -1;
	if (difference != NULL)
		tell(w, e, difference);
	count(w, e);
	return 0;
}

static int write_one(struct db *db, struct walk *w, const struct evidence *e)
{
	const struct chain_record *r = &e->record;
	struct arena *a = db->arena;
	bool is_audit = str_eq(r->kind, "audit");
	bool is_only = !is_audit && r->object == w->only;
	bool whole = w->only == 0 || is_audit || is_only;
	json_t *json = json_object();

	json_object_set_new(json, "n", json_integer(r->n));
	json_object_set_new(json, "at", json_string(time_iso(a, r->at)));
	json_object_set_new(json, "kind", json_string(r->kind));
	json_object_set_new(json, "object", json_integer(r->object));
	json_object_set_new(
		json, "sha256",
		json_string(bytes_to_hex(a, r->document, SHA256_LEN)));
	json_object_set_new(
		json, "previous",
		json_string(bytes_to_hex(a, r->previous, SHA256_LEN)));
	json_object_set_new(
		json, "signature",
		json_string(bytes_to_hex(a, r->signature, SIGNATURE_LEN)));
	if (whole)
		json_object_set_new(json, "document", json_string(e->document));
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(json);
	w->found |= is_only;
	count(w, e);
	return 0;
}

/* Goes through the whole chain.  Each handful has an arena of its own. */
static int walk(struct walk *w, int (*each)(struct db *, struct walk *,
					    const struct evidence *))
{
	struct db *db = w->line->db;
	struct arena *kept = db->arena, *a[2] = { arena_new(), arena_new() };
	struct evidence *list;
	int turn = 0, rc;

	do {
		/* The last record's texts live until the next was looked at. */
		arena_reset(a[turn]);
		db->arena = a[turn];
		turn = !turn;
		rc = evidence_list(db, w->last.n, RECORDS, &list);
		for (const struct evidence *e = list; e != NULL && rc == 0;
		     e = e->next) {
			rc = each(db, w, e);
			w->last = e->record;
		}
	} while (rc == 0 && list != NULL);
	w->last.kind = "";
	db->arena = kept;
	arena_free(a[0]);
	arena_free(a[1]);
	return rc;
}

static int verify(struct command_line *line)
{
	const char *path = command_option(line, "public");
	struct walk w = { .line = line };

	if (!command_rest(line, 0, 0))
		return COMMAND_USAGE;
	if (path == NULL)
		path = arena_fmt(line->arena, "%s/evidence.public",
				 config_must("Path.Keys"));
	w.pub = sign_public_load(path);
	if (w.pub == NULL)
		return command_refuse("%s is no public key", path);
	if (walk(&w, verify_one) < 0)
		return command_refuse("not all could be read: try again");
	if (line->json)
		command_print(json_pack(
			"{sI sI sI sI sI}", "records", (json_int_t)w.last.n,
			"audit", (json_int_t)w.audit, "broadcasts",
			(json_int_t)w.broadcasts, "counts",
			(json_int_t)w.counts, "faults", (json_int_t)w.faults));
	else
		printf("%" PRId64 " records: %" PRId64
		       " runs of audit lines, %" PRId64 " broadcasts, %" PRId64
		       " counts; %" PRId64 " faults\n",
		       w.last.n, w.audit, w.broadcasts, w.counts, w.faults);
	return w.faults == 0 ? COMMAND_DONE : COMMAND_REFUSED;
}

static int export(struct command_line *line)
{
	struct walk w = { .line = line };

	if (!command_rest(line, 0, 1) ||
	    (line->argc == 1 && !command_id(line, 0, &w.only)))
		return COMMAND_USAGE;
	if (walk(&w, write_one) < 0 || fflush(stdout) != 0)
		return command_refuse("not all could be written: try again");
	if (w.last.n == 0)
		return command_refuse("nothing is sealed yet");
	if (w.only != 0 && !w.found)
		return command_refuse("nothing is sealed of broadcast %" PRId64,
				      w.only);
	return COMMAND_DONE;
}

const struct command commands_audit[] = {
	{ "audit verify", "[--public FILE]", verify, false },
	{ "audit export", "[BROADCAST]", export, false },
	{ 0 },
};
