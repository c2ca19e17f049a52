/*
 * link - prints links of people, as deliver puts them into mails
 *
 *   link r BROADCAST USER [GENERATION]     /r/TOKEN
 *   link s USER [GENERATION]               /s/TOKEN
 *   link r BROADCAST FROM-TO               one line for each user
 *   link snapshot BROADCAST                writes its file, as enqueue does
 *
 * Reads the keys of the instance that ANPI_CONF names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/str.h"
#include "base/token.h"
#include "db/db.h"
#include "model/snapshot.h"

static long long number(const char *text)
{
	long long n;

	if (!str_to_int(text, 0, UINT32_MAX, &n)) {
		fprintf(stderr, "link: no number: %s\n", text);
		exit(2);
	}
	return n;
}

static int write_snapshot(long long broadcast)
{
	struct db *db = db_open_configured();

	db->arena = arena_new();
	return snapshot_write(db, config_must("Path.Snapshot"), broadcast) < 0;
}

int main(int argc, char **argv)
{
	int answer = argc > 1 && str_eq(argv[1], "r"), at = answer ? 3 : 2;
	struct arena *a = arena_new();
	const struct token_keys *keys;
	long long from, to, generation;
	char *dash;

	if (argc <= at)
		return 2;
	config_open("respond");
	if (str_eq(argv[1], "snapshot"))
		return write_snapshot(number(argv[2]));
	keys = token_keys_load(
		arena_fmt(a, "%s/link.keys", config_must("Path.Keys")));
	if (keys == NULL)
		return 1;
	dash = strchr(argv[at], '-');
	if (dash != NULL)
		*dash = '\0';
	from = number(argv[at]);
	to = dash == NULL ? from : number(dash + 1);
	generation = argc > at + 1 ? number(argv[at + 1]) : 0;
	for (long long user = from; user <= to; user++)
		printf("/%c/%s\n", answer ? 'r' : 's',
		       token_make(a, keys,
				  answer ? TOKEN_ANSWER : TOKEN_SELF_REPORT,
				  answer ? (uint32_t)number(argv[2]) : 0,
				  (uint32_t)user, (uint8_t)generation));
	arena_free(a);
	return 0;
}
