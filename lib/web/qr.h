#ifndef WEB_QR_H
#define WEB_QR_H

/*
 * A QR code as SVG takes it; templates draw it.  Source: D1b.
 *
 *   <svg viewBox="0 0 {size} {size}"><path d="{path}"/></svg>
 */
struct arena;

struct qr {
	const char *path; /* of the dark squares, one unit each */
	int size;	  /* units of a side, the quiet zone included */
};

/* Encodes a text of a few hundred bytes, so that a seventh of it may be
 * damaged.  Returns 0, or -1 on failure. */
int qr_make(struct arena *a, const char *text, struct qr *out);

#endif
