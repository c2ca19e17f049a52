#include "web/template.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ClearSilver.h>

#include "base/config.h"
#include "base/log.h"
#include "base/str.h"

enum {
	PATH_LEN = 4096,
	OUTPUT_KEPT = 1 << 20, /* bytes: a larger page's memory goes back */
};

/* Few screens have more than five. */
struct template
{
	struct template *next;
	const char *name;
	CSPARSE *parsed;
};

static struct template *templates;
static HDF *settings; /* what all templates are parsed with, and read too */
static STRING output; /* of the last page rendered */

/* ClearSilver fails here only if memory is out. */
static void check(NEOERR *err)
{
	if (err != STATUS_OK)
		log_fatal("out of memory");
}

/* Logs what ClearSilver says, and the file. */
static int fail(NEOERR *err, const char *what, const char *name)
{
	STRING text;

	string_init(&text);
	nerr_error_string(err, &text);
	log_error("%s template=%s why=%s", what, name,
		  text.buf == NULL ? "" : text.buf);
	string_clear(&text);
	nerr_ignore(&err);
	return -1;
}

/* Tidying --------------------------------------------------------------------
 */

/* The tag at text is of this command. */
static bool is_tag(const char *tag, const char *command)
{
	tag += strlen("<?cs");
	return str_begins(tag + strspn(tag, " \t\n"), command);
}

/* Bytes of the tag at text, 0 if there is none. */
static size_t tag_len(const char *text)
{
	const char *end;

	if (!str_begins(text, "<?cs"))
		return 0;
	end = strstr(text, "?>");
	return end == NULL ? strlen(text) : (size_t)(end + 2 - text);
}

void template_tidy(char *text)
{
	char *to = text;
	bool begun = false, printed = false; /* of this line */
	bool space = false;		     /* waits for what follows it */

	for (size_t len; *text != '\0'; text += len) {
		len = tag_len(text);
		if (len == 0 && isspace((unsigned char)*text)) {
			if (*text == '\n' && printed)
				*to++ = '\n';
			space = *text != '\n' && begun;
			if (*text == '\n')
				begun = printed = false;
			len = 1;
			continue;
		}
		/* Tags that leave a value where they stand, and text. */
		if (len == 0 || is_tag(text, "var:") || is_tag(text, "call:"))
			printed = true;
		/* A macro prints nothing where it is defined. */
		if (len > 0 && is_tag(text, "/def"))
			printed = false;
		if (len == 0)
			len = 1;
		if (space)
			*to++ = ' ';
		memmove(to, text, len);
		to += len;
		begun = true;
		space = false;
	}
	*to = '\0';
}

/* Parsing --------------------------------------------------------------------
 */

static const char *templates_folder(void)
{
	return config_text("Path.Templates", "/usr/share/anpi/templates");
}

/* Its own search would cut a path at 256 bytes. */
static NEOERR *load(void *ctx, HDF *hdf, const char *name, char **contents)
{
	char path[PATH_LEN];
	NEOERR *err;

	(void)ctx;
	(void)hdf;
	snprintf(path, sizeof(path), "%s/%s", templates_folder(), name);
	err = ne_load_file(path, contents);
	if (err == STATUS_OK)
		template_tidy(*contents);
	return err;
}

/* Browsers keep style and script for a day; their names change with them. */
static void set_assets(void)
{
	char path[PATH_LEN];
	struct stat st;

	snprintf(path, sizeof(path), "%s/static/anpi.css", templates_folder());
	if (stat(path, &st) == 0)
		check(hdf_set_int_value(settings, "Site.assets",
					(int)st.st_mtime));
}

/* Escaping is read from the settings when cs_init runs and stays for good. */
static HDF *template_settings(void)
{
	if (settings != NULL)
		return settings;
	check(hdf_init(&settings));
	check(hdf_set_value(settings, "Config.VarEscapeMode", "html"));
	check(hdf_set_value(
		settings, "hdf.loadpaths.0",
		config_text("Path.Templates", "/usr/share/anpi/templates")));
	check(hdf_set_value(settings, "Site.name",
			    config_text("Site.Name", "")));
	set_assets();
	string_init(&output);
	return settings;
}

static CSPARSE *parse(const char *name)
{
	CSPARSE *parsed = NULL;
	NEOERR *err = cs_init(&parsed, template_settings());

	if (err == STATUS_OK)
		err = cgi_register_strfuncs(parsed);
	if (err == STATUS_OK) {
		cs_register_fileload(parsed, NULL, load);
		err = cs_parse_file(parsed, name);
	}
	if (err == STATUS_OK)
		return parsed;
	fail(err, "template not parsed", name);
	if (parsed != NULL)
		cs_destroy(&parsed);
	return NULL;
}

static struct template *find(const char *name)
{
	struct template *t;
	CSPARSE *parsed;

	for (t = templates; t != NULL; t = t->next)
		if (strcmp(t->name, name) == 0)
			return t;
	parsed = parse(name);
	if (parsed == NULL)
		return NULL;
	parsed->global_hdf = settings;
	t = calloc(1, sizeof(*t));
	if (t == NULL)
		log_fatal("out of memory");
	t->name = strdup(name);
	t->parsed = parsed;
	t->next = templates;
	templates = t;
	return t;
}

static NEOERR *append(void *ctx, char *text)
{
	return string_append(ctx, text);
}

int template_render(const char *name, struct _hdf *hdf, const char **text,
		    size_t *len)
{
	struct template *t = find(name);
	NEOERR *err;

	if (t == NULL)
		return -1;
	if (output.max > OUTPUT_KEPT)
		string_clear(&output);
	output.len = 0;
	t->parsed->hdf = hdf;
	err = cs_render(t->parsed, &output, append);
	t->parsed->hdf = settings;
	if (err != STATUS_OK)
		return fail(err, "template not rendered", name);
	*text = output.len == 0 ? "" : output.buf;
	*len = (size_t)output.len;
	return 0;
}
