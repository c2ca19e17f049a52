/*
 * echo - a screen for tests of the gateway: shows what it was told
 *
 * One line NAME=VALUE for each variable of the request, and headers that the
 * gateway must not let through.
 */
#include <stddef.h>

#include <fcgiapp.h>

int main(void)
{
	FCGX_Stream *in, *out, *err;
	FCGX_ParamArray env;

	while (FCGX_Accept(&in, &out, &err, &env) >= 0) {
		FCGX_PutS("Content-Type: text/plain\r\n"
			  "Cache-Control: public\r\n"
			  "X-Frame-Options: ALLOWALL\r\n\r\n",
			  out);
		for (char **e = env; *e != NULL; e++)
			FCGX_FPrintF(out, "%s\n", *e);
	}
	return 0;
}
