/* Commands for setting up a site: keys, tables.  Source: DESIGN 4, 5, 9, 10. */
#include "tool/command.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/key.h"
#include "base/seal.h"
#include "base/sign.h"
#include "db/db.h"
#include "model/migration.h"

/* Makes what is not there: a key in use is never overwritten. */
static int make_key(struct command_line *line, const char *name)
{
	const char *path = arena_fmt(line->arena, "%s/%s", line->argv[0], name);

	return access(path, F_OK) == 0 ? 0 : key_new(path);
}

static int keys_new(struct command_line *line)
{
	const char *sealed, *signing;

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (make_key(line, "link.keys") < 0 ||
	    make_key(line, "digest.key") < 0 || make_key(line, "totp.key") < 0)
		return COMMAND_REFUSED;
	sealed = arena_fmt(line->arena, "%s/seal.private", line->argv[0]);
	if (access(sealed, F_OK) != 0 && seal_keys_new(line->argv[0]) < 0)
		return COMMAND_REFUSED;
	signing = arena_fmt(line->arena, "%s/evidence.private", line->argv[0]);
	if (access(signing, F_OK) != 0 && sign_keys_new(line->argv[0]) < 0)
		return COMMAND_REFUSED;
	return COMMAND_DONE;
}

enum { TIMEOUT_S = 3600 }; /* a large table may be rebuilt */

static void say(const char *name)
{
	printf("%s\n", name);
}

/* Comes before the accounts of the programs are made, so it is not one of
 * them: the admin of the database, who is a Unix user. */
static int migrate(struct command_line *line)
{
	const char *name = command_option(line, "database");
	struct db_config config = {
		.socket = command_option(line, "socket"),
		.name = name == NULL ? "anpi" : name,
		.user = NULL, /* whoever runs this, as Unix knows him */
		.password = NULL,
		.timeout_s = TIMEOUT_S,
	};
	struct db *db;
	int n;

	if (!command_rest(line, 1, 1) || config.socket == NULL)
		return COMMAND_USAGE;
	db = db_open(&config);
	db->arena = line->arena;
	n = migration_run(db, line->argv[0], say);
	db_close(db);
	if (n < 0)
		return command_refuse("not all of %s has run; mend what the "
				      "lines above name, and run this again",
				      line->argv[0]);
	return COMMAND_DONE;
}

const struct command commands_site[] = {
	{ "migrate", "FOLDER --socket PATH [--database NAME]", migrate, true },
	{ "keys new", "FOLDER", keys_new, true },
	{ 0 },
};
