#include "base/totp.h"

#include <liboath/oath.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

enum {
	SECRET_LEN = 20, /* bytes: RFC 4226, section 4, R6 */
	DRIFT = 1,	 /* steps: RFC 6238, section 5.2 */
	GROUP = 4,	 /* letters */
};

char *totp_new(struct arena *a)
{
	unsigned char bytes[SECRET_LEN];

	bytes_random(bytes, sizeof(bytes));
	return bytes_to_base32(a, bytes, sizeof(bytes));
}

static void add_capital(struct str *s, char c)
{
	str_add_char(s, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
}

const char *totp_show(struct arena *a, const char *secret)
{
	struct str s = { .arena = a };

	for (size_t i = 0; secret[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			str_add_char(&s, ' ');
		add_capital(&s, secret[i]);
	}
	return str_text(&s);
}

/* Every byte that is no letter and no digit as %XX. */
static void add_escaped(struct str *s, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

	for (; *text != '\0'; text++)
		if (strchr(plain, *text) != NULL)
			str_add_char(s, *text);
		else
			str_fmt(s, "%%%02X", (unsigned char)*text);
}

const char *totp_uri(struct arena *a, const char *secret, const char *site,
		     const char *login)
{
	struct str s = { .arena = a };

	str_add(&s, "otpauth://totp/");
	add_escaped(&s, site);
	str_add_char(&s, ':');
	add_escaped(&s, login);
	str_add(&s, "?secret=");
	for (; *secret != '\0'; secret++)
		add_capital(&s, *secret);
	str_add(&s, "&issuer=");
	add_escaped(&s, site);
	return str_text(&s);
}

/* liboath takes the number of digits from the code itself. */
static int is_code(const char *code)
{
	return strlen(code) == TOTP_CODE_LEN &&
	       strspn(code, "0123456789") == TOTP_CODE_LEN;
}

int64_t totp_check(const char *secret, const char *code, int64_t now,
		   int64_t used)
{
	char bytes[SECRET_LEN];
	uint64_t step = 0;
	int rc;

	if (!bytes_from_base32(secret, bytes, sizeof(bytes)))
		return log_error("secret of a second factor is none");
	if (!is_code(code))
		return 0;
	rc = oath_totp_validate4(bytes, sizeof(bytes),
				 (time_t)(now / TIME_SECOND), TOTP_STEP_S, 0,
				 DRIFT, NULL, &step, 0, code);
	if (rc == OATH_INVALID_OTP)
		return 0;
	if (rc < 0)
		return log_error("code not checked by liboath rc=%d", rc);
	return (int64_t)step > used ? (int64_t)step : 0;
}
