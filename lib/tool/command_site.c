/* Commands for setting up a site: keys.  Source: DESIGN 5, 9. */
#include "tool/command.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/key.h"
#include "base/seal.h"

/* Makes what is not there: a key in use is never overwritten. */
static int make_key(struct command_line *line, const char *name)
{
	const char *path = arena_fmt(line->arena, "%s/%s", line->argv[0], name);

	return access(path, F_OK) == 0 ? 0 : key_new(path);
}

static int keys_new(struct command_line *line)
{
	const char *sealed;

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	if (make_key(line, "link.keys") < 0 || make_key(line, "digest.key") < 0)
		return COMMAND_REFUSED;
	sealed = arena_fmt(line->arena, "%s/seal.private", line->argv[0]);
	if (access(sealed, F_OK) != 0 && seal_keys_new(line->argv[0]) < 0)
		return COMMAND_REFUSED;
	return COMMAND_DONE;
}

const struct command commands_site[] = {
	{ "keys new", "FOLDER", keys_new, true },
	{ 0 },
};
