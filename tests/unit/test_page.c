#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "web/form.h"
#include "web/page.h"

/* ClearSilver forgets 32 bytes for each template that it cannot parse, which
 * happens once, in this test, and never to a page that is served. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string\n";
}

static char folder[] = "/tmp/anpi-page-XXXXXX";

static void write_file(const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("%s", path);
}

static int setup(void **state)
{
	char path[200], settings[300];

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/programs", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/keitai", folder);
	mkdir(path, 0700);
	snprintf(settings, sizeof(settings),
		 "Path.Templates = %s\nSite.Name = A&B\n", folder);
	write_file("anpi.hdf", settings);
	write_file("programs/test.hdf", "");
	write_file("value.cs", "<?cs var:Site.name ?> <?cs var:A.b ?>\n");
	write_file("list.cs",
		   "<?cs each:r = Rows ?><?cs var:r.n ?>:<?cs each:c = r.Cells "
		   "?><?cs var:c.t ?>,<?cs /each ?>;<?cs /each ?>");
	write_file("broken.cs", "<?cs if:a ?>never closed");
	write_file("set.cs", "<?cs set:Page.x = \"1\" ?><?cs var:Page.y ?>");
	write_file("keitai/value.cs", "<?cs var:A.b ?>");
	setenv("ANPI_CONF", folder, 1);
	config_open("test");
	return 0;
}

static int teardown(void **state)
{
	char command[] = "anpi.hdf programs/test.hdf value.cs list.cs "
			 "broken.cs set.cs keitai/value.cs";
	char path[200];

	(void)state;
	for (char *p = command; *p != '\0';) {
		size_t len = strcspn(p, " ");

		snprintf(path, sizeof(path), "%s/%.*s", folder, (int)len, p);
		unlink(path);
		p += len;
		p += strspn(p, " ");
	}
	snprintf(path, sizeof(path), "%s/programs", folder);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/keitai", folder);
	rmdir(path);
	return rmdir(folder);
}

static const char *body(const struct request *req)
{
	return arena_strndup(req->arena, req->response.body, req->response.len);
}

/* What no page may print as it came. */
static void test_escaping(void **state)
{
	struct arena *a = arena_new();
	struct request req = { .arena = a };

	(void)state;
	page_set(&req, "A.b", "<script>'\"&");
	check_int("status", page_show(&req, "value.cs"), 200);
	check_str("escaped", body(&req),
		  "A&amp;B &lt;script&gt;&#39;&quot;&amp;\n");
	check_str("type", req.response.type, "text/html; charset=UTF-8");
	arena_free(a);
}

static void test_no_bleed(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct request req = { .arena = a };

		if (i == 1)
			page_set(&req, "A.b", "once");
		check_int("status", page_show(&req, "value.cs"), 200);
		check_str("values of this request only", body(&req),
			  i == 1 ? "A&amp;B once\n" : "A&amp;B \n");
		arena_reset(a);
	}
	arena_free(a);
}

static void test_rows(void **state)
{
	struct arena *a = arena_new();
	struct request req = { .arena = a };

	(void)state;
	for (int i = 0; i < 12; i++) {
		struct row *row = page_row(&req, "Rows");

		row_set_count(row, "n", i * 1000);
		row_set(row_row(row, "Cells"), "t", "x");
		row_set_int(row_row(row, "Cells"), "t", -i);
	}
	page_show(&req, "list.cs");
	check_str("in order", body(&req),
		  "0:x,0,;1,000:x,-1,;2,000:x,-2,;3,000:x,-3,;4,000:x,-4,;"
		  "5,000:x,-5,;6,000:x,-6,;7,000:x,-7,;8,000:x,-8,;"
		  "9,000:x,-9,;10,000:x,-10,;11,000:x,-11,;");
	arena_free(a);
}

static void test_default(void **state)
{
	struct arena *a = arena_new();
	struct request req = { .arena = a };

	(void)state;
	page_default(&req, "A.b", "stored");
	page_default(&req, "A.b", "second");
	page_show(&req, "value.cs");
	check_str("the first stays", body(&req), "A&amp;B stored\n");
	arena_free(a);
}

static void test_trouble(void **state)
{
	struct arena *a = arena_new();
	struct request req = { .arena = a };

	(void)state;
	check_int("broken template", page_show(&req, "broken.cs"), 500);
	check_int("no such template", page_show(&req, "none.cs"), 500);
	form_error(&req, "a", "wrong");
	check_int("form with a fault", page_show(&req, "value.cs"), 422);
	arena_free(a);
}

static void test_shift_jis(void **state)
{
	struct arena *a = arena_new();
	struct request req = { .arena = a, .charset = CHARSET_SHIFT_JIS };

	(void)state;
	page_set(&req, "A.b", "髙𠮷");
	page_show(&req, "keitai/value.cs");
	check_str("by the table of Windows", body(&req), "\xfb\xfc&#134071;");
	check_str("type", req.response.type, "text/html; charset=Shift_JIS");
	page_show(&req, "value.cs");
	check_str("other pages", req.response.type, "text/html; charset=UTF-8");
	arena_free(a);
}

static void test_redirect(void **state)
{
	static const struct {
		const char *name, *path;
		int64_t id;
		const char *want;
	} rows[] = {
		{ "path", "/groups", 0, "Location: /groups\r\n" },
		{ "path and id", "/groups", 12, "Location: /groups/12\r\n" },
		{ "line end is refused", "/a\r\nX: y", 0, NULL },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct request req = { .arena = a };

		check_int(rows[i].name,
			  page_redirect(&req, rows[i].path, rows[i].id), 303);
		check_str(rows[i].name, req.response.headers, rows[i].want);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escaping),
		cmocka_unit_test(test_no_bleed),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_shift_jis),
		cmocka_unit_test(test_redirect),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
