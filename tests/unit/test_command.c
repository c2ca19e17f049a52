#include "test.h"

#include "tool/command.h"

static int pair(struct command_line *line)
{
	if (!command_rest(line, 2, 2))
		return COMMAND_USAGE;
	return COMMAND_DONE;
}

static int option(struct command_line *line)
{
	const char *why = command_option(line, "why");
	bool dry = command_flag(line, "dry-run");

	if (!command_rest(line, 1, 1))
		return COMMAND_USAGE;
	check_str("why", why, "a b");
	check_str("argument", line->argv[0], "7");
	return dry ? COMMAND_REFUSED : COMMAND_DONE;
}

static const struct command commands[] = {
	{ "pair", "A B", pair, true },
	{ "opt do", "[--dry-run] --why WORDS ID", option, true },
	{ 0 },
};

static const struct command *const tables[] = { commands, NULL };

static void test_run(void **state)
{
	static const struct {
		const char *name, *words[8];
		int want;
	} rows[] = {
		{ "none", { "anpictl" }, 2 },
		{ "unknown", { "anpictl", "pai" }, 2 },
		{ "longer", { "anpictl", "pairs" }, 2 },
		{ "too few", { "anpictl", "pair", "1" }, 2 },
		{ "right", { "anpictl", "pair", "1", "2" }, 0 },
		{ "json anywhere",
		  { "anpictl", "pair", "1", "--json", "2" },
		  0 },
		{ "unknown option", { "anpictl", "pair", "1", "--x" }, 2 },
		{ "half a name", { "anpictl", "opt", "7" }, 2 },
		{ "value apart",
		  { "anpictl", "opt", "do", "--why", "a b", "7" },
		  0 },
		{ "value joined",
		  { "anpictl", "opt", "do", "7", "--why=a b" },
		  0 },
		{ "flag",
		  { "anpictl", "opt", "do", "--why", "a b", "--dry-run", "7" },
		  1 },
		{ "value missing",
		  { "anpictl", "opt", "do", "7", "--why" },
		  2 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *argv[8];
		int argc = 0;

		while (argc < 8 && rows[i].words[argc] != NULL) {
			argv[argc] = (char *)rows[i].words[argc];
			argc++;
		}
		check_int(rows[i].name, command_run(tables, argc, argv),
			  rows[i].want);
	}
}

static void test_ids(void **state)
{
	static const struct {
		char *text;
		bool want;
	} rows[] = {
		{ "1", true },	{ "9223372036854775807", true },
		{ "0", false }, { "-1", false },
		{ "x", false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *argv[] = { rows[i].text };
		struct command_line line = { .argc = 1, .argv = argv };
		int64_t id;

		check_int(rows[i].text, command_id(&line, 0, &id),
			  rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
