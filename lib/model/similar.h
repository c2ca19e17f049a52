#ifndef MODEL_SIMILAR_H
#define MODEL_SIMILAR_H

/*
 * Past events like this one and what was decided about them: of the same kind,
 * where it was as strong, the nearest in level first.  Source: D1k; SCREENS,
 * operator.
 */
#include <stdint.h>

struct db;
struct event;

enum { SIMILAR_MOST = 5 };

struct similar {
	struct similar *next;
	int64_t event;
	const char *title, *level; /* as event.max_level */
	int64_t occurred_at;	   /* 0: not known */
	const char *act;	   /* sent, rejected or folded */
	const char *by;		   /* name of the account, 自動 or "" */
	const char *reason;
	int64_t decided_at;
	int64_t people;
	int64_t shared; /* prefectures that both had as strong */
};

/* At most SIMILAR_MOST; drills, and what is above or below it, left out.  0 or
 * -1. */
int similar_list(struct db *db, const struct event *event,
		 struct similar **out);

#endif
