#include "base/config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ClearSilver.h>

#include "base/log.h"
#include "base/str.h"

enum { PATH_LEN = 4096 };

static HDF *settings;

static void read_file(const char *dir, const char *name)
{
	char path[PATH_LEN];
	NEOERR *err;
	STRING text;

	snprintf(path, sizeof(path), "%s/%s.hdf", dir, name);
	err = hdf_read_file(settings, path);
	if (err == STATUS_OK)
		return;
	string_init(&text);
	nerr_error_string(err, &text);
	log_fatal("settings not readable file=%s why=%s", path, text.buf);
}

void config_open(const char *program)
{
	const char *dir = getenv("ANPI_CONF");
	char name[PATH_LEN];
	NEOERR *err;

	if (dir == NULL || *dir == '\0')
		dir = "/etc/anpi";
	if (settings != NULL)
		hdf_destroy(&settings);
	err = hdf_init(&settings);
	if (err != STATUS_OK)
		log_fatal("out of memory");
	read_file(dir, "anpi");
	snprintf(name, sizeof(name), "programs/%s", program);
	read_file(dir, name);
}

const char *config_text(const char *key, const char *fallback)
{
	const char *value =
		settings == NULL ? NULL : hdf_get_value(settings, key, NULL);

	return value == NULL ? fallback : value;
}

long long config_int(const char *key, long long fallback, long long least,
		     long long most)
{
	const char *value = config_text(key, NULL);
	long long n;

	if (value == NULL)
		return fallback;
	if (!str_to_int(value, least, most, &n))
		log_fatal("setting is no number in its range key=%s least=%lld "
			  "most=%lld",
			  key, least, most);
	return n;
}

const char *config_must(const char *key)
{
	const char *value = config_text(key, NULL);

	if (value == NULL)
		log_fatal("setting missing key=%s", key);
	return value;
}

const char *config_machine(void)
{
	static char name[HOST_NAME_MAX + 1];

	gethostname(name, HOST_NAME_MAX);
	return config_text("Site.Machine", name);
}
