/*
 * follow-mail-log - note who accepted our mails, when, and who refused them
 *
 *   follow-mail-log [--once | --for SECONDS]
 *
 * Reads the log of Postfix on this machine (Mail.Log) from where it stopped.
 * Killed anywhere it goes on from the last line that was stored; half a line
 * waits for its rest.  When the log was rotated the old file is read to its
 * end first, found beside the new one by its inode, then those that came after
 * it; one that was cut short in place is read from its beginning.  Of the log
 * nothing is kept but states, times and words without addresses.  Source: P6,
 * B1, B3; DESIGN 7.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "base/token.h"
#include "mail/mail_log.h"
#include "model/fate.h"
#include "tool/run.h"

enum {
	BLOCK = 1024 * 1024, /* bytes a step: about a thousand mails */
	PAUSE_MS = 500,
	LINE_LEAST = 40,    /* bytes, for counting lines ahead */
	ROTATED_WAIT_S = 3, /* a program may still write to the old file */
};

struct follower {
	struct fate_site site;
	const char *path;
	int fd; /* -1: not open */
	struct fate_place at;
	int64_t rotated_at; /* when another file was seen at the path; 0 */
	char *block;
};

static struct follower *begin(void)
{
	struct arena *a = arena_new();
	struct follower *f = arena_alloc(a, sizeof(*f));
	const char *from = config_must("Mail.From"), *at = strchr(from, '@');

	f->site.name = config_machine();
	f->site.links = token_keys_load(
		arena_fmt(a, "%s/link.keys", config_must("Path.Keys")));
	f->site.domain = at == NULL ? "" : at + 1;
	f->site.bounce_domain = config_must("Mail.BounceDomain");
	f->path = config_text("Mail.Log", "/var/log/mail.log");
	f->fd = -1;
	f->block = arena_alloc(a, BLOCK);
	if (f->site.links == NULL)
		log_fatal("keys not readable");
	return f;
}

/* Files ---------------------------------------------------------------------*/

static int open_file(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static uint64_t inode_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) < 0 ? 0 : (uint64_t)st.st_ino;
}

static int64_t written_at(const struct stat *st)
{
	return st->st_mtim.tv_sec * (int64_t)TIME_SECOND +
	       st->st_mtim.tv_nsec / 1000;
}

/* The folder of the log; *name is what stands after it. */
static const char *folder_of(struct arena *a, const char *path,
			     const char **name)
{
	const char *slash = strrchr(path, '/');

	*name = slash == NULL ? path : slash + 1;
	return slash == NULL ? "."
			     : arena_strndup(a, path, (size_t)(slash - path));
}

/* Opens the file beside the log that the log was before; -1 if it is gone. */
static int open_old(struct arena *a, const char *path, uint64_t inode)
{
	const char *name, *folder = folder_of(a, path, &name);
	DIR *dir = opendir(folder);
	const struct dirent *e;
	int fd = -1;

	if (dir == NULL)
		return -1;
	while (fd < 0 && (e = readdir(dir)) != NULL)
		if ((uint64_t)e->d_ino == inode && str_begins(e->d_name, name))
			fd = open_file(
				arena_fmt(a, "%s/%s", folder, e->d_name));
	closedir(dir);
	return fd;
}

/* The file that followed an old one: of those beside the log the first that
 * was written to after it, else the log.  More than one comes when nobody read
 * for longer than a rotation. */
static const char *next_file(struct arena *a, const char *path, int64_t after)
{
	const char *name, *folder = folder_of(a, path, &name), *found = path;
	DIR *dir = opendir(folder);
	const struct dirent *e;
	int64_t first = INT64_MAX;
	struct stat st;

	if (dir == NULL)
		return path;
	while ((e = readdir(dir)) != NULL) {
		if (!str_begins(e->d_name, name) || str_eq(e->d_name, name) ||
		    fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) <
			    0 ||
		    !S_ISREG(st.st_mode) || written_at(&st) <= after ||
		    written_at(&st) >= first)
			continue;
		first = written_at(&st);
		found = arena_fmt(a, "%s/%s", folder, e->d_name);
	}
	closedir(dir);
	return found;
}

/* Opens the file where the last run stopped.  1, 0 if there is no log yet. */
static int open_log(struct tool *tool, struct follower *f)
{
	int known = fate_place_find(tool->db, f->site.name, &f->at);
	int fd;

	if (known < 0)
		return -1;
	fd = open_file(f->path);
	if (fd < 0 && errno != ENOENT)
		return log_error("mail log not readable why=%s",
				 strerror(errno));
	if (known == 1 && (fd < 0 || inode_of(fd) != f->at.inode)) {
		f->fd = open_old(tool->arena, f->path, f->at.inode);
		if (f->fd >= 0) {
			if (fd >= 0)
				close(fd);
			return 1;
		}
		log_warn("mail log was rotated away unread inode=%" PRIu64,
			 f->at.inode);
		known = 0;
	}
	if (fd < 0)
		return 0;
	f->fd = fd;
	if (known == 0)
		f->at = (struct fate_place){ .inode = inode_of(fd) };
	return 1;
}

/* At the end of the file: true if it is no longer the log. */
static bool is_rotated(struct follower *f, int64_t now)
{
	struct stat st;

	if (stat(f->path, &st) < 0 || (uint64_t)st.st_ino == f->at.inode) {
		f->rotated_at = 0;
		return false;
	}
	if (f->rotated_at == 0)
		f->rotated_at = now;
	return now - f->rotated_at >= (int64_t)ROTATED_WAIT_S * TIME_SECOND;
}

static void go_to_new_file(struct arena *a, struct follower *f)
{
	struct stat st = { 0 };
	const char *next = fstat(f->fd, &st) < 0
				   ? f->path
				   : next_file(a, f->path, written_at(&st));

	close(f->fd);
	f->fd = open_file(next);
	f->rotated_at = 0;
	if (f->fd >= 0)
		f->at = (struct fate_place){ .inode = inode_of(f->fd) };
}

/* Lines ---------------------------------------------------------------------*/

/* How far the machine's clock is before UTC. */
static int zone_s(int64_t now)
{
	time_t t = (time_t)(now / TIME_SECOND);
	struct tm tm;

	localtime_r(&t, &tm);
	return (int)tm.tm_gmtoff;
}

/* Takes whole lines in.  Returns how many bytes these are. */
static size_t take_lines(struct tool *tool, struct follower *f,
			 struct fates *fates, size_t len)
{
	int64_t now = time_now();
	int zone = zone_s(now);
	const char *p = f->block, *stop = f->block + len, *end;
	struct mail_log_line line;

	for (; p < stop; p = end + 1) {
		end = memchr(p, '\n', (size_t)(stop - p));
		if (end == NULL)
			break;
		if (mail_log_parse(tool->arena, p, (size_t)(end - p), now, zone,
				   &line) == 1)
			fate_line(fates, &line);
	}
	/* A line that fills the block is none of Postfix's. */
	return p == f->block && len == BLOCK ? len : (size_t)(p - f->block);
}

static ssize_t read_block(struct follower *f)
{
	struct stat st;

	if (fstat(f->fd, &st) == 0 && st.st_size < f->at.place) {
		log_warn("mail log was cut short");
		f->at.place = 0;
	}
	return pread(f->fd, f->block, BLOCK, (off_t)f->at.place);
}

/* Returns 1 if lines were stored, 0 if there are none, -1 on failure. */
static int follow(struct tool *tool, struct follower *f)
{
	ssize_t n = read_block(f);
	struct fate_place place = f->at;
	struct fates *fates;
	size_t taken;
	int count;

	if (n < 0)
		return log_error("mail log not read why=%s", strerror(errno));
	fates = fate_begin(tool->arena, &f->site, n / LINE_LEAST);
	taken = take_lines(tool, f, fates, (size_t)n);
	if (taken == 0)
		return 0;
	place.place += (int64_t)taken;
	count = fate_store(tool->db, fates, &place);
	if (count < 0)
		return -1;
	f->at = place;
	if (count > 0)
		log_info("mail log read messages=%d", count);
	return 1;
}

/* Returns how much it did, 0 if nothing is new, -1 on failure. */
static int step(struct tool *tool)
{
	struct follower *f = tool->own;
	int rc;

	tool->idle_ms = PAUSE_MS;
	if (f == NULL) {
		f = tool->own = begin();
		if (fate_tidy(tool->db) < 0)
			return -1;
	}
	if (f->fd < 0) {
		rc = open_log(tool, f);
		if (rc <= 0)
			return rc;
	}
	rc = follow(tool, f);
	if (rc != 0)
		return rc;
	if (!is_rotated(f, time_monotonic()))
		return 0;
	go_to_new_file(tool->arena, f);
	return 1;
}

int main(int argc, char **argv)
{
	return tool_run("follow-mail-log", argc, argv, step);
}
