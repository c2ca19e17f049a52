/*
 * link - prints links of people, as deliver puts them into mails
 *
 *   link r BROADCAST USER [GENERATION]        /r/TOKEN
 *   link r BROADCAST FROM-TO                  one line for each user
 *   link s USER [GENERATION]                  /s/TOKEN
 *   link m USER [GENERATION [SECONDS]]        /m/TOKEN, good for so long
 *   link a ADDRESS USER [GENERATION]          /a/TOKEN of a check
 *   link snapshot BROADCAST                   writes its file, as enqueue does
 *
 * Reads the keys of the instance that ANPI_CONF names.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/str.h"
#include "base/time.h"
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

/* Letters of links, whose kind they are, and what stands before the user. */
static const struct kind {
	const char *letter;
	enum token_kind token;
	bool item;
} kinds[] = {
	{ "s", TOKEN_SELF_REPORT, false },
	{ "r", TOKEN_ANSWER, true },
	{ "m", TOKEN_MY_PAGE, false },
	{ "a", TOKEN_ADDRESS, true },
};

static const struct kind *kind_of(const char *letter)
{
	size_t i = LEN(kinds) - 1;

	while (i > 0 && !str_eq(kinds[i].letter, letter))
		i--;
	return &kinds[i];
}

/* What the token carries before the user. */
static uint32_t item_of(const struct kind *kind, int argc, char **argv)
{
	long long seconds = argc > 4 ? number(argv[4]) : 3600;

	if (kind->item)
		return (uint32_t)number(argv[2]);
	if (kind->token != TOKEN_MY_PAGE)
		return 0;
	return (uint32_t)(time_now() / TIME_SECOND + seconds);
}

int main(int argc, char **argv)
{
	const struct kind *kind = kind_of(argc > 1 ? argv[1] : "");
	int at = kind->item ? 3 : 2;
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
		printf("/%s/%s\n", kind->letter,
		       token_make(a, keys, kind->token,
				  item_of(kind, argc, argv), (uint32_t)user,
				  (uint8_t)generation));
	arena_free(a);
	return 0;
}
