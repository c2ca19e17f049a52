#include "model/handed.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "model/message.h"

struct note {
	int64_t message;
	int64_t attempts;
};

/* The file. */
struct pad {
	_Atomic int64_t count; /* raised after the note is written */
	struct note notes[HANDED_MAX];
};

struct handed {
	struct pad *pad;
};

struct handed *handed_open(struct arena *a, const char *dir, int place)
{
	struct handed *h = arena_alloc(a, sizeof(*h));
	const char *path = arena_fmt(a, "%s/handed.%d", dir, place);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0 || ftruncate(fd, sizeof(*h->pad)) < 0)
		log_fatal("file not usable file=%s why=%s", path,
			  strerror(errno));
	h->pad = mmap(NULL, sizeof(*h->pad), PROT_READ | PROT_WRITE, MAP_SHARED,
		      fd, 0);
	close(fd);
	if (h->pad == MAP_FAILED)
		log_fatal("file not mapped file=%s why=%s", path,
			  strerror(errno));
	return h;
}

void handed_note(struct handed *h, int64_t message, int attempts)
{
	int64_t count = atomic_load(&h->pad->count);

	assert(count >= 0 && count < HANDED_MAX);
	h->pad->notes[count] = (struct note){ message, attempts };
	atomic_store(&h->pad->count, count + 1);
}

void handed_clear(struct handed *h)
{
	atomic_store(&h->pad->count, 0);
}

int handed_settle(struct handed *h, struct db *db)
{
	int64_t count = atomic_load(&h->pad->count);
	struct message *list = NULL;

	/* A disk that was full, or another program's file: nothing of ours. */
	if (count < 0 || count > HANDED_MAX)
		count = 0;
	for (int64_t i = 0; i < count; i++) {
		struct message *m = arena_alloc(db->arena, sizeof(*m));

		m->id = h->pad->notes[i].message;
		m->attempts = (int)h->pad->notes[i].attempts;
		m->result = MESSAGE_HANDED;
		m->next = list;
		list = m;
	}
	if (message_settle(db, list) < 0)
		return -1;
	handed_clear(h);
	if (count > 0)
		log_warn("messages handed over before a crash count=%d",
			 (int)count);
	return (int)count;
}
