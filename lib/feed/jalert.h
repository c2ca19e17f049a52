#ifndef FEED_JALERT_H
#define FEED_JALERT_H

/*
 * The plain form in which a civil-protection gateway (J-Alert, Em-Net,
 * L-Alert) hands over what it received.  No gateway's own format is public,
 * so this is a neutral one that a site's gateway is made to write: a file of
 * lines, then an empty line and the text as it was sent.  UTF-8 or CP932;
 * control characters become blanks.
 *
 *	jalert: 1
 *	id: 20230413075500-01
 *	revision: 1
 *	event: 20230413-1
 *	mode: live
 *	sent: 2023-04-13T07:55:00+09:00
 *	kind: evacuate
 *	prefectures: 01 北海道
 *	cities: 0110000
 *	cancel: yes
 *
 *	直ちに避難。直ちに避難。…
 *
 * - id is the message's; a later revision of it has the same.
 * - revision and event (of the incident) may be left out.
 * - mode is live, drill or test (本番, 訓練, 試験).
 * - kind may be code, a number of the QZSS DCX library, 132; without either
 *   the text decides, by its first sentence.
 * - prefectures are those alerted, by code or name, or all (全国); cities are
 *   codes.
 * - cancel: the message was wrong.
 *
 * Launch, evacuation, fall and interception are of rank 5; so are attacks of
 * other kinds (kind other).  A fall into the sea is 1, in Japan's waters 5.  A
 * passage is 1.  Whatever lifts the call to take shelter is 0 and ends the
 * event.  The place in the text is where it falls; a launch names none.
 *
 * Without an event line, messages of one day are one event, until none has come
 * for an hour: of the alerts so far the longest pause was 34 minutes.  A day
 * begins at noon, as launches come by night and in the morning.
 * Source: reference/feeds.md 11; D1o.
 */
#include <stdbool.h>
#include <stddef.h>

#include "feed/hazard.h"

enum { JALERT_BYTES_MAX = 64 * 1000 };

/* True if the bytes begin as this form does. */
bool jalert_is(const char *buf, size_t len);

/*
 * Reads a message into an empty *out.  Returns 1, or -1 after logging with
 * *why set to a constant phrase.
 */
int jalert_read(struct arena *a, const char *buf, size_t len,
		struct hazard *out, const char **why);

#endif
