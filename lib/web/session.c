#include "web/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "model/session.h"
#include "web/page.h"

/* __Host-: set over TLS by this very host, for all its paths. */
static const char cookie_name[] = "__Host-anpi";

/* Lax: a link in a mail to the duty officer must open his session; no POST
 * carries the cookie from elsewhere. */
static const char cookie_attributes[] =
	"; Path=/; Secure; HttpOnly; SameSite=Lax";

static bool cookie_read(const struct request *req,
			unsigned char id[SESSION_ID_LEN])
{
	const char *text = request_cookie(req, cookie_name);

	return text != NULL && bytes_from_base64url(text, id, SESSION_ID_LEN);
}

int session_open(struct request *req)
{
	struct session_limits limits = session_limits_configured();
	unsigned char id[SESSION_ID_LEN];
	struct session s;
	int found;

	if (!cookie_read(req, id))
		return 0;
	found = session_find(req->db, id, &limits, req->now, &s);
	if (found <= 0)
		return found;
	req->account = s.account.id;
	req->role = s.account.role;
	req->login = s.account.login;
	req->account_name = s.account.name;
	req->confined = s.confined;
	req->csrf = bytes_to_base64url(req->arena, s.csrf, sizeof(s.csrf));
	return 1;
}

int session_begin(struct request *req, int64_t account, bool confined)
{
	unsigned char id[SESSION_ID_LEN];

	if (cookie_read(req, id) && session_end(req->db, id) < 0)
		return -1;
	if (session_add(req->db, account, confined, req->now, id) < 0)
		return -1;
	req->response.headers = NULL;
	page_header(req, "Set-Cookie",
		    arena_fmt(req->arena, "%s=%s%s", cookie_name,
			      bytes_to_base64url(req->arena, id, sizeof(id)),
			      cookie_attributes));
	return 0;
}

int session_close(struct request *req)
{
	unsigned char id[SESSION_ID_LEN];

	page_header(req, "Set-Cookie",
		    arena_fmt(req->arena, "%s=; Max-Age=0%s", cookie_name,
			      cookie_attributes));
	if (!cookie_read(req, id))
		return 0;
	return session_end(req->db, id);
}
