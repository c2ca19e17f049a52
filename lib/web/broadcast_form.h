#ifndef WEB_BROADCAST_FORM_H
#define WEB_BROADCAST_FORM_H

/*
 * Parts of the form of a broadcast that its templates can keep, too: to whom it
 * goes as far as that is no single person and no earlier answer, how long it
 * asks, and how the unanswered are asked again (templates/_compose.cs).
 * Source: D1d, D2a, D2f.
 */
#include <stdbool.h>

#include "model/broadcast.h"
#include "web/form.h"

enum {
	BROADCAST_FORM_GROUPS = 2000,
	BROADCAST_FORM_PREFECTURES = 47,
	BROADCAST_FORM_HOURS = 8760, /* a year */
};

/* The fields, for a table. */
#define BROADCAST_FORM_WHOM                                                    \
	{ "all", FIELD_CHOICE("yes"), 0, 1 },                                  \
		{ "group", FIELD_IDS, 0, BROADCAST_FORM_GROUPS },              \
		{ "region", FIELD_IDS, 0, BROADCAST_FORM_PREFECTURES },        \
		{ "not_group", FIELD_IDS, 0, BROADCAST_FORM_GROUPS },          \
	{                                                                      \
		"not_region", FIELD_IDS, 0, BROADCAST_FORM_PREFECTURES         \
	}
/* Hours from the sending; 0 or left out: see whoever reads it. */
#define BROADCAST_FORM_CLOSES                                                  \
	{                                                                      \
		"closes_hours", FIELD_INT, 0, BROADCAST_FORM_HOURS             \
	}
#define BROADCAST_FORM_AGAIN                                                   \
	{ "again_times", FIELD_INT, 0, REASK_TIMES_MAX },                      \
		{ "again_gap", FIELD_INT, 0, REASK_GAP_MOST },                 \
	{                                                                      \
		"again_quiet", FIELD_CHOICE("yes"), 0, 1                       \
	}

/* Sets the rows of Gaps: how long between two times. */
void broadcast_form_set(struct request *req);

/* Which of the parts a form that was kept holds. */
struct broadcast_form_parts {
	bool whom, closes, again;
};
struct broadcast_form_parts broadcast_form_parts(struct arena *a,
						 const char *kept);

/* Puts those parts that it holds into the form (form_fill); what the form has
 * of the others stays. */
void broadcast_form_fill(struct request *req, const char *kept);

#endif
