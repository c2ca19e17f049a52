/*
 * anpictl - the operator's command line
 *
 *   anpictl COMMAND [ARGUMENT...] [--json]
 *
 * Without a command it lists them all.  Each command stands in one of the
 * tables of lib/tool/command_*.c.  Exit status: 0 done, 1 refused (why: on
 * stderr), 2 usage.  Source: DESIGN 10.
 */
#include "tool/command.h"

static const struct command *const tables[] = {
	commands_events, commands_broadcasts, commands_account, commands_files,
	commands_rules,	 commands_audit,      commands_site,	NULL,
};

int main(int argc, char **argv)
{
	return command_run(tables, argc, argv);
}
