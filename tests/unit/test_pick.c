/*
 * What pages let people pick from, as a template shows it.
 */
#include "test.h"

#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "web/page.h"
#include "web/pick.h"

static char folder[] = "/tmp/anpi-pick-XXXXXX";

static const struct {
	const char *name, *text;
} files[] = {
	{ "anpi.hdf", NULL }, /* names the folder */
	{ "programs/test.hdf", "" },
	{ "groups.cs",
	  "<?cs each:g = Groups ?><?cs var:g.id ?> <?cs var:g.depth ?> "
	  "<?cs var:g.code ?> <?cs var:g.name ?> <?cs var:g.members ?>;"
	  "<?cs /each ?>" },
	{ "regions.cs", "<?cs each:r = Regions ?><?cs if:r.id == #1 || r.id == "
			"#47 ?><?cs var:r.id ?> <?cs var:r.value ?> "
			"<?cs var:r.text ?>;<?cs /if ?><?cs /each ?>" },
	{ "kinds.cs", "<?cs each:k = Kinds ?><?cs var:k.value ?> "
		      "<?cs var:k.text ?>;<?cs /each ?>" },
};

static const char *path_of(char *path, size_t size, const char *name)
{
	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

static int write_files(void **state)
{
	char path[200], settings[100];

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(settings, sizeof(settings), "Path.Templates = %s\n", folder);
	mkdir(path_of(path, sizeof(path), "programs"), 0700);
	for (size_t i = 0; i < LEN(files); i++) {
		const char *text = files[i].text;
		FILE *f =
			fopen(path_of(path, sizeof(path), files[i].name), "w");

		if (f == NULL || fputs(text == NULL ? settings : text, f) < 0 ||
		    fclose(f) != 0)
			fail_msg("%s", path);
	}
	setenv("ANPI_CONF", folder, 1);
	config_open("test");
	return 0;
}

static int remove_files(void **state)
{
	char path[200];

	(void)state;
	for (size_t i = 0; i < LEN(files); i++)
		unlink(path_of(path, sizeof(path), files[i].name));
	rmdir(path_of(path, sizeof(path), "programs"));
	return rmdir(folder);
}

static void check_page(const char *name, struct request *req, const char *file,
		       const char *want)
{
	check_int(name, page_show(req, file), 200);
	check_str(name,
		  arena_strndup(req->arena, req->response.body,
				req->response.len),
		  want);
}

static void test_groups(void **state)
{
	static const struct {
		const char *name;
		int64_t account;
		bool counted;
		const char *want;
	} rows[] = {
		{ "an admin's own", 902, false, "920 0 T2 局二 ;" },
		{ "with members", 901, true,
		  "910 0 T1 局一 1,234;911 1 T11 課一 ;" },
		{ "without", 901, false, "910 0 T1 局一 ;911 1 T11 課一 ;" },
		{ "of one who is shut", 903, true, "" },
	};
	struct db *db = *state;

	people_make(db);
	database_do(db, "INSERT INTO coverage_group VALUES (910, 1234, 0, 0, 0,"
			"       0, 0, 0, 0, 0, 0, 0, UTC_TIMESTAMP(6), 0)");
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = db->arena,
				       .db = db,
				       .account = rows[i].account };

		check_int(rows[i].name,
			  rows[i].counted ? pick_groups_counted(&req)
					  : pick_groups(&req),
			  0);
		check_page(rows[i].name, &req, "groups.cs", rows[i].want);
	}
}

static void test_prefectures(void **state)
{
	struct db *db = *state;
	struct request req = { .arena = db->arena, .db = db };

	assert_int_equal(pick_prefectures(&req), 0);
	check_page("all", &req, "regions.cs", "1 01 北海道;47 47 沖縄県;");
}

static void test_kinds(void **state)
{
	struct db *db = *state;
	struct request req = { .arena = db->arena, .db = db };

	pick_kinds(&req);
	check_page("all", &req, "kinds.cs",
		   "notice 連絡;safety 安否確認;info 情報;drill 訓練;");
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_groups),
		TEST(test_prefectures),
		TEST(test_kinds),
	};

	return cmocka_run_group_tests(tests, write_files, remove_files);
}
