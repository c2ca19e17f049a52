#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

/*
 * Text inside is UTF-8.  At the edge: pages in Shift_JIS for old phones (by
 * the name of Shift_JIS, by the table of CP932, which alone carries 髙 﨑 ①),
 * CSV from Excel in CP932, mail in ISO-2022-JP for receivers that want it.
 * Source: DESIGN 6, 7.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* True for well-formed UTF-8: no overlong form, surrogate or value beyond
 * U+10FFFF.  A NUL is a character like others. */
bool charset_is_utf8(const char *bytes, size_t len);

/*
 * Converts HTML to CP932.  What CP932 lacks becomes a character reference
 * (&#134047;), so that no name is ever shown with a wrong character.  text is
 * valid UTF-8.  *len gets the length in bytes; a NUL follows.
 */
char *charset_to_cp932(struct arena *a, const char *text, size_t *len);

/* Converts a text to CP932 for a file: what CP932 lacks becomes 〓, and *lost
 * says how many characters that were.  Else as above. */
char *charset_to_cp932_geta(struct arena *a, const char *text, size_t *len,
			    size_t *lost);

/* Reads CP932.  Returns NULL (nothing logged) if the bytes are not that, or
 * hold a NUL. */
char *charset_from_cp932(struct arena *a, const char *bytes, size_t len);

/*
 * Converts to ISO-2022-JP as RFC 1468 has it, every line ending in ASCII, or
 * returns NULL (nothing logged) if a character is not in it: nothing is ever
 * dropped or replaced.  Characters that Windows writes differently (～ － ∥ ￠
 * ￡ ￢) are taken as the JIS ones they stand for.  *len as above.
 */
char *charset_to_iso2022jp(struct arena *a, const char *text, size_t *len);

/* Text with full-width letters, figures and signs (Ａ １ ＠ －) as ASCII ones,
 * and the ideographic space as a blank: how people type codes and addresses. */
char *charset_narrow(struct arena *a, const char *text);

#endif
