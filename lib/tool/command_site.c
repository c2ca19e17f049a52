/* Commands for setting up a site: keys, tables.  Source: DESIGN 4, 5, 9, 10. */
#include "tool/command.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/key.h"
#include "base/seal.h"
#include "base/sign.h"
#include "db/db.h"
#include "model/migration.h"

/* What was given, else what the settings say: these commands read them only
 * then, since they also come before there are any. */
static const char *given_or_set(const char *given, const char *key)
{
	static bool opened;

	if (given != NULL)
		return given;
	if (!opened)
		config_open("anpictl");
	opened = true;
	return config_must(key);
}

static const char *folder_of(const struct command_line *line, const char *key)
{
	return given_or_set(line->argc > 0 ? line->argv[0] : NULL, key);
}

/* Makes what is not there: a key in use is never overwritten. */
static int make_key(struct arena *a, const char *folder, const char *name)
{
	const char *path = arena_fmt(a, "%s/%s", folder, name);

	return access(path, F_OK) == 0 ? 0 : key_new(path);
}

static bool is_there(struct arena *a, const char *folder, const char *name)
{
	return access(arena_fmt(a, "%s/%s", folder, name), F_OK) == 0;
}

static int keys_new(struct command_line *line)
{
	struct arena *a = line->arena;
	const char *folder;

	if (!command_rest(line, 0, 1))
		return COMMAND_USAGE;
	folder = folder_of(line, "Path.Keys");
	if (make_key(a, folder, "link.keys") < 0 ||
	    make_key(a, folder, "digest.key") < 0 ||
	    make_key(a, folder, "totp.key") < 0)
		return COMMAND_REFUSED;
	if (!is_there(a, folder, "seal.private") && seal_keys_new(folder) < 0)
		return COMMAND_REFUSED;
	if (!is_there(a, folder, "evidence.private") &&
	    sign_keys_new(folder) < 0)
		return COMMAND_REFUSED;
	return line->json ? command_print(json_pack("{s:s}", "folder",
						    command_printable(folder)))
			  : COMMAND_DONE;
}

enum { TIMEOUT_S = 3600 }; /* a large table may be rebuilt */

/* The files that ran, for --json; NULL without it. */
static json_t *ran;

static void say(const char *name)
{
	if (ran == NULL)
		printf("%s\n", name);
	else
		json_array_append_new(ran, json_string(name));
}

/* Comes before the accounts of the programs are made, so it is not one of
 * them: the admin of the database, who is a Unix user. */
static int migrate(struct command_line *line)
{
	const char *socket = command_option(line, "socket");
	const char *name = command_option(line, "database");
	struct db_config config = {
		.name = name == NULL ? "anpi" : name,
		.user = NULL, /* whoever runs this, as Unix knows him */
		.password = NULL,
		.timeout_s = TIMEOUT_S,
	};
	const char *folder;
	struct db *db;
	int n;

	if (!command_rest(line, 0, 1))
		return COMMAND_USAGE;
	folder = folder_of(line, "Path.Sql");
	config.socket = given_or_set(socket, "Db.Socket");
	db = db_open(&config);
	/* Statements end with their arena, which must be before the database
	 * is closed. */
	db->arena = arena_new();
	ran = line->json ? json_array() : NULL;
	n = migration_run(db, folder, say);
	arena_free(db->arena);
	db_close(db);
	if (ran != NULL)
		command_print(ran);
	if (n < 0)
		return command_refuse("not all of %s has run; mend what the "
				      "lines above name, and run this again",
				      folder);
	return COMMAND_DONE;
}

const struct command commands_site[] = {
	{ "migrate", "[FOLDER] [--socket PATH] [--database NAME]", migrate,
	  true },
	{ "keys new", "[FOLDER]", keys_new, true },
	{ 0 },
};
