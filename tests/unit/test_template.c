#include "test.h"

#include "web/template.h"

static void test_tidy(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "nothing", "", "" },
		{ "indentation", "<p>\n  a b\n\t</p>\n", "<p>\na b\n</p>\n" },
		{ "empty lines", "a\n\n \nb", "a\nb" },
		{ "spaces at the end", "a  \nb", "a\nb" },
		{ "a line of tags", " <?cs if:a ?>\n x\n<?cs /if ?>\n",
		  "<?cs if:a ?>x\n<?cs /if ?>" },
		{ "a value stays a word", "a\n<?cs var:b ?>\n<?cs var:c ?>\nd",
		  "a\n<?cs var:b ?>\n<?cs var:c ?>\nd" },
		{ "space after a tag", "<i<?cs if:a ?> b<?cs /if ?>>",
		  "<i<?cs if:a ?> b<?cs /if ?>>" },
		{ "space after a tag at the beginning",
		  "<?cs def:m() ?> b=\"1\"<?cs /def ?>\nx",
		  "<?cs def:m() ?> b=\"1\"<?cs /def ?>x" },
		{ "lines within a tag", "<?cs # a\n b\n?>\nx",
		  "<?cs # a\n b\n?>x" },
		{ "tag without an end", "a <?cs if:", "a <?cs if:" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char *text = arena_strdup(a, rows[i].text);

		template_tidy(text);
		check_str(rows[i].name, text, rows[i].want);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tidy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
