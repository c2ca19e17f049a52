#include "web/qr.h"

#include <qrencode.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

enum { QUIET = 4 }; /* units around it that must be light (ISO/IEC 18004) */

static bool is_dark(const QRcode *code, int x, int y)
{
	return x < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/* A run of dark squares of a line is one rectangle. */
static void add_line(struct str *s, const QRcode *code, int y)
{
	int begin = -1;

	for (int x = 0; x <= code->width; x++) {
		bool dark = is_dark(code, x, y);

		if (dark && begin < 0)
			begin = x;
		if (!dark && begin >= 0) {
			str_fmt(s, "M%d %dh%dv1h-%dz", begin + QUIET, y + QUIET,
				x - begin, x - begin);
			begin = -1;
		}
	}
}

int qr_make(struct arena *a, const char *text, struct qr *out)
{
	QRcode *code = QRcode_encodeString8bit(
		text, 0 /* as small as it can be */, QR_ECLEVEL_M);
	struct str s = { .arena = a };

	if (code == NULL)
		return log_error("code not drawn");
	for (int y = 0; y < code->width; y++)
		add_line(&s, code, y);
	out->size = code->width + 2 * QUIET;
	out->path = str_text(&s);
	QRcode_free(code);
	return 0;
}
