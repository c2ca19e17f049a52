/*
 * check-evidence - check exported evidence without the system it is of
 *
 *   check-evidence PUBLIC-KEY FILE        FILE: anpictl audit export; - is
 * stdin
 *
 * Needs no database, no settings and no network: the file, and the public key
 * from whoever keeps it.  Says what was proven, or which record is wrong and
 * why.  Exit status 0 all is as it was sealed, 1 it is not, 2 usage.
 * Source: B11.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/chain.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

enum { EXIT_PROVEN = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

static const char *text_of(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text == NULL ? "" : text;
}

/* What is wrong with the line as such, NULL if nothing. */
static const char *read_record(const json_t *json, struct chain_record *r)
{
	*r = (struct chain_record){
		.n = json_integer_value(json_object_get(json, "n")),
		.kind = text_of(json, "kind"),
		.object = json_integer_value(json_object_get(json, "object")),
	};
	if (!json_is_object(json))
		return "it is no record: the file was cut or changed";
	if (time_parse(text_of(json, "at"), &r->at) < 0)
		return "its time is none";
	if (!bytes_from_hex(text_of(json, "sha256"), r->document, SHA256_LEN) ||
	    !bytes_from_hex(text_of(json, "previous"), r->previous,
			    SHA256_LEN) ||
	    !bytes_from_hex(text_of(json, "signature"), r->signature,
			    SIGNATURE_LEN))
		return "its hashes or its signature are none";
	return NULL;
}

static const char *document_fault(const struct chain_record *r,
				  const char *document)
{
	unsigned char hash[SHA256_LEN];

	bytes_sha256(document, strlen(document), hash);
	return memcmp(hash, r->document, SHA256_LEN) == 0
		       ? NULL
		       : "its document is not the one that was sealed";
}

static void show_broadcast(const json_t *doc)
{
	const json_t *people = json_object_get(doc, "people");
	const json_t *decisions = json_object_get(doc, "decisions");

	printf("broadcast %" JSON_INTEGER_FORMAT ": %s\n",
	       json_integer_value(json_object_get(doc, "broadcast")),
	       text_of(doc, "subject"));
	printf("  sent %s by %s, to %" JSON_INTEGER_FORMAT
	       " people, of whom %zu are named; event: %s\n",
	       text_of(doc, "confirmed_at"),
	       *text_of(doc, "by") != '\0' ? text_of(doc, "by")
					   : "a rule or a command",
	       json_integer_value(json_object_get(doc, "recipients")),
	       json_array_size(people),
	       text_of(json_object_get(doc, "event"), "title"));
	for (size_t i = 0; i < json_array_size(decisions); i++) {
		const json_t *d = json_array_get(decisions, i);

		printf("  decided %s: %s by %s %s\n", text_of(d, "at"),
		       text_of(d, "act"), text_of(d, "by"),
		       text_of(d, "reason"));
	}
}

static void show_counts(const struct chain_record *r, struct arena *a,
			const json_t *doc)
{
	printf("counts of broadcast %" PRId64 " at %s: %" JSON_INTEGER_FORMAT
	       " of %" JSON_INTEGER_FORMAT " answered\n",
	       r->object, time_iso(a, r->at),
	       json_integer_value(json_object_get(doc, "answered")),
	       json_integer_value(json_object_get(doc, "asked")));
}

static void show(const struct chain_record *r, struct arena *a,
		 const char *document)
{
	json_t *doc = json_loads(document, 0, NULL);

	if (str_eq(r->kind, "broadcast"))
		show_broadcast(doc);
	else if (str_eq(r->kind, "counts"))
		show_counts(r, a, doc);
	json_decref(doc);
}

/* Checks a line after the one before, and makes it that.  The arena keeps it
 * until the next. */
static const char *check(struct arena *a, const struct sign_public *pub,
			 const char *line, struct chain_record *last)
{
	json_t *json = json_loads(line, 0, NULL);
	const json_t *document = json_object_get(json, "document");
	struct chain_record r;
	const char *fault = read_record(json, &r);

	if (fault == NULL)
		fault = chain_fault(a, pub, last->n == 0 ? NULL : last, &r);
	if (fault == NULL && document != NULL)
		fault = document_fault(&r, text_of(json, "document"));
	if (fault == NULL && document != NULL)
		show(&r, a, text_of(json, "document"));
	r.kind = arena_strdup(a, r.kind);
	json_decref(json);
	if (fault == NULL)
		*last = r;
	return fault;
}

static int check_file(const struct sign_public *pub, FILE *f)
{
	struct arena *arenas[2] = { arena_new(), arena_new() };
	struct chain_record last = { 0 };
	unsigned char hash[SHA256_LEN];
	const char *fault = NULL;
	char *line = NULL;
	size_t room = 0;
	int turn = 0;

	while (fault == NULL && getline(&line, &room, f) > 0) {
		/* The one before lives in the other. */
		arena_reset(arenas[turn]);
		fault = check(arenas[turn], pub, line, &last);
		turn = !turn;
	}
	free(line);
	if (fault == NULL && last.n == 0)
		fault = "there is none";
	if (fault != NULL) {
		fprintf(stderr, "record %" PRId64 ": %s\n", last.n + 1, fault);
	} else {
		chain_hash(arenas[turn], &last, hash);
		printf("records 1 to %" PRId64
		       ", signed and unbroken; the last "
		       "is of %s, its hash %s\n",
		       last.n, time_iso(arenas[turn], last.at),
		       bytes_to_hex(arenas[turn], hash, SHA256_LEN));
	}
	arena_free(arenas[0]);
	arena_free(arenas[1]);
	return fault == NULL ? EXIT_PROVEN : EXIT_WRONG;
}

int main(int argc, char **argv)
{
	const struct sign_public *pub;
	FILE *f;
	int status;

	log_open("check-evidence");
	if (argc != 3) {
		fprintf(stderr, "usage: check-evidence PUBLIC-KEY FILE\n");
		return EXIT_USAGE;
	}
	pub = sign_public_load(argv[1]);
	f = strcmp(argv[2], "-") == 0 ? stdin : fopen(argv[2], "r");
	if (pub == NULL || f == NULL) {
		fprintf(stderr, "%s cannot be read\n",
			argv[pub == NULL ? 1 : 2]);
		return EXIT_USAGE;
	}
	status = check_file(pub, f);
	if (f != stdin)
		fclose(f);
	return status;
}
