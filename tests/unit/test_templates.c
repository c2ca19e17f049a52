/*
 * Every template of the product: parses, finds what it includes, and renders
 * to its last line.  ClearSilver is silent where a file is missing.
 */
#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ClearSilver.h>

#include "base/config.h"
#include "web/template.h"

static const char *const patterns[] = { "templates/[!_]*.cs",
					"templates/keitai/[!_]*.cs" };

static const char *read_file(struct arena *a, const char *path)
{
	struct str s = { .arena = a };
	FILE *f = fopen(path, "r");
	int c;

	if (f == NULL)
		fail_msg("%s", path);
	while ((c = fgetc(f)) != EOF)
		str_add_char(&s, (char)c);
	fclose(f);
	return str_text(&s);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("%s", path);
}

/* Settings that name templates/ of the tree. */
static void open_settings(struct arena *a)
{
	char folder[] = "/tmp/anpi-templates-XXXXXX";
	char *here = getcwd(NULL, 0);
	const char *shared, *programs;

	assert_non_null(mkdtemp(folder));
	shared = arena_fmt(a, "%s/anpi.hdf", folder);
	programs = arena_fmt(a, "%s/programs", folder);
	mkdir(programs, 0700);
	write_file(shared,
		   arena_fmt(a, "Path.Templates = %s/templates\n", here));
	write_file(arena_fmt(a, "%s/test.hdf", programs), "");
	setenv("ANPI_CONF", folder, 1);
	config_open("test");
	unlink(shared);
	unlink(arena_fmt(a, "%s/test.hdf", programs));
	rmdir(programs);
	rmdir(folder);
	free(here);
}

static void check_includes(struct arena *a, const char *path)
{
	static const char mark[] = "include:\"";
	const char *text = read_file(a, path);

	while ((text = strstr(text, mark)) != NULL) {
		const char *included;

		text += strlen(mark);
		included = arena_fmt(a, "templates/%.*s",
				     (int)strcspn(text, "\""), text);
		if (access(included, R_OK) != 0)
			fail_msg("%s includes %s, which is not there", path,
				 included);
		check_includes(a, included);
	}
}

/* `with:` around a page shows nothing without its value. */
static void set_values(struct arena *a, HDF *hdf, const char *path)
{
	const char *text = read_file(a, path);

	while ((text = strstr(text, "with:")) != NULL) {
		const char *name = strstr(text, "= ") + strlen("= ");

		hdf_set_value(hdf, arena_strndup(a, name, strcspn(name, " ?")),
			      "1");
		text = name;
	}
}

static void check_page(struct arena *a, const char *path)
{
	static const char last[] = "</html>\n";
	const char *name = path + strlen("templates/"), *text;
	size_t len, tail = strlen(last);
	HDF *hdf = NULL;

	check_includes(a, path);
	if (hdf_init(&hdf) != STATUS_OK)
		fail_msg("out of memory");
	set_values(a, hdf, path);
	check_int(path, template_render(name, hdf, &text, &len), 0);
	check_str(path, len < tail ? "" : text + len - tail, last);
	hdf_destroy(&hdf);
}

static void test_all(void **state)
{
	struct arena *a = arena_new();
	glob_t found = { 0 };

	(void)state;
	open_settings(a);
	for (size_t i = 0; i < LEN(patterns); i++)
		glob(patterns[i], i == 0 ? 0 : GLOB_APPEND, NULL, &found);
	if (found.gl_pathc == 0)
		fail_msg("run at the root of the tree");
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_page(a, found.gl_pathv[i]);
	globfree(&found);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
