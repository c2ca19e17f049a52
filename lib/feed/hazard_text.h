#ifndef FEED_HAZARD_TEXT_H
#define FEED_HAZARD_TEXT_H

/*
 * A hazard in plain words that a tired person reads once: what, where, how
 * high, since when, until when.  Source: D1n, D1o, B6.
 */
struct arena;
struct hazard;

struct hazard_words {
	/* 【津波】大津波警報 岩手県、宮城県ほか; one line. */
	const char *subject;
	/* Lines that end in a newline, the highest level first. */
	const char *body;
};

/*
 * Says what hazard_parse has read.  Drills and tests, corrections, delay and
 * cancelling are said in the subject and in the first lines, lifting in the
 * subject, whatever else is.
 */
void hazard_text(struct arena *a, const struct hazard *h,
		 struct hazard_words *out);

#endif
