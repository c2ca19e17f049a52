#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void test_values(void **state)
{
	char dir[] = "/tmp/anpi-test-XXXXXX", programs[64];

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(programs, sizeof(programs), "%s/programs", dir);
	assert_int_equal(mkdir(programs, 0700), 0);
	write_file(dir, "anpi.hdf",
		   "Site.Name = 省\nDb.Timeout = 5\nDb.User = shared\n");
	write_file(programs, "respond.hdf", "Db.User = anpi_respond\n");
	setenv("ANPI_CONF", dir, 1);
	config_open("respond");
	check_str("text", config_must("Site.Name"), "省");
	check_str("own file wins", config_must("Db.User"), "anpi_respond");
	check_str("fallback", config_text("No.Such", "x"), "x");
	check_int("number", config_int("Db.Timeout", 30, 1, 10), 5);
	check_int("fallback", config_int("No.Such", 30, 1, 100), 30);
	check_int("the machine has a name", *config_machine() != '\0', 1);
	write_file(programs, "respond.hdf", "Site.Machine = mail1\n");
	config_open("respond");
	check_str("as set", config_machine(), "mail1");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
