#include "tool/fetch.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

enum {
	HOPS_MAX = 3, /* redirects followed */
	STATUS_OK = 200,
	STATUS_UNCHANGED = 304,
	RETRY_AFTER_MAX_S = 24 * 60 * 60,
	IDLE_EVERY_MS = 200,
};

struct fetch {
	CURL *curl;
	const char *const *hosts;
	long connect_ms, total_ms;
	void (*idle)(void *arg);
	void *idle_arg;
	int64_t idle_at; /* monotonic, of the last call */
};

/* An address, taken apart by the library that will call it. */
struct target {
	const char *scheme, *host, *port;
	bool has_user;
};

static void close_curl(void *curl)
{
	curl_easy_cleanup(curl);
}

static void close_headers(void *headers)
{
	curl_slist_free_all(headers);
}

struct fetch *fetch_open(struct arena *a, const char *const *hosts)
{
	struct fetch *f = arena_alloc(a, sizeof(*f));

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		log_fatal("libcurl does not start");
	f->curl = curl_easy_init();
	if (f->curl == NULL)
		log_fatal("libcurl does not start");
	arena_defer(a, close_curl, f->curl);
	f->hosts = hosts;
	f->connect_ms = FETCH_CONNECT_MS;
	f->total_ms = FETCH_TOTAL_MS;
	return f;
}

void fetch_set_timeouts(struct fetch *f, int connect_ms, int total_ms)
{
	f->connect_ms = connect_ms;
	f->total_ms = total_ms;
}

void fetch_set_idle(struct fetch *f, void (*idle)(void *arg), void *arg)
{
	f->idle = idle;
	f->idle_arg = arg;
}

/* libcurl asks at each bit of progress, and each second without any. */
static int on_progress(void *arg, curl_off_t down, curl_off_t down_now,
		       curl_off_t up, curl_off_t up_now)
{
	struct fetch *f = arg;
	int64_t now = time_monotonic();

	(void)down, (void)down_now, (void)up, (void)up_now;
	if (now - f->idle_at < IDLE_EVERY_MS * (TIME_SECOND / 1000))
		return 0;
	f->idle(f->idle_arg);
	f->idle_at = time_monotonic();
	return 0;
}

/* "" if the address has no such part. */
static const char *part(struct arena *a, CURLU *u, CURLUPart which,
			unsigned int flags)
{
	char *text;
	const char *copy;

	if (curl_url_get(u, which, &text, flags) != CURLUE_OK)
		return "";
	copy = arena_strdup(a, text);
	curl_free(text);
	return copy;
}

static bool target_parse(struct arena *a, const char *url, struct target *out)
{
	CURLU *u = curl_url();
	bool ok = u != NULL &&
		  curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK;

	if (ok) {
		out->scheme = part(a, u, CURLUPART_SCHEME, 0);
		out->host = part(a, u, CURLUPART_HOST, 0);
		out->port = part(a, u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
		out->has_user = *part(a, u, CURLUPART_USER, 0) != '\0' ||
				*part(a, u, CURLUPART_PASSWORD, 0) != '\0';
	}
	curl_url_cleanup(u);
	return ok;
}

static bool is_loopback(const char *host)
{
	return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 ||
	       strcasecmp(host, "localhost") == 0;
}

static bool is_named(const struct fetch *f, struct arena *a,
		     const struct target *t)
{
	const char *with_port = arena_fmt(a, "%s:%s", t->host, t->port);
	bool usual =
		strcmp(t->scheme, "https") == 0 && strcmp(t->port, "443") == 0;

	for (const char *const *h = f->hosts; *h != NULL; h++) {
		if (strcasecmp(*h, with_port) == 0 ||
		    (usual && strcasecmp(*h, t->host) == 0))
			return true;
	}
	return false;
}

/* Why an address may not be called; NULL if it may. */
static const char *refusal(const struct fetch *f, struct arena *a,
			   const char *url, struct target *out)
{
	if (!target_parse(a, url, out))
		return "not an address";
	if (out->has_user)
		return "address with a user";
	if (strcmp(out->scheme, "https") != 0 &&
	    !(strcmp(out->scheme, "http") == 0 && is_loopback(out->host)))
		return "protocol not allowed";
	return is_named(f, a, out) ? NULL : "host not allowed";
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct str *body = arg;
	size_t len = size * count;

	/* Less than was given makes libcurl stop. */
	if (len > FETCH_BYTES_MAX - body->len)
		return 0;
	str_add_len(body, bytes, len);
	return len;
}

/* A value that came from a server goes back into a header line. */
static bool is_validator(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return false;
	}
	return len > 0 && len <= FETCH_VALIDATOR_MAX;
}

static struct curl_slist *conditions(struct arena *a, const char *etag,
				     const char *modified)
{
	struct curl_slist *list = NULL;

	if (is_validator(etag))
		list = curl_slist_append(
			list, arena_fmt(a, "If-None-Match: %s", etag));
	if (is_validator(modified))
		list = curl_slist_append(
			list, arena_fmt(a, "If-Modified-Since: %s", modified));
	if (list != NULL)
		arena_defer(a, close_headers, list);
	return list;
}

static void prepare(struct fetch *f, const char *url, const struct target *t,
		    struct curl_slist *headers, struct str *body)
{
	CURL *c = f->curl;

	curl_easy_reset(c); /* keeps its connections */
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, t->scheme);
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, f->connect_ms);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, f->total_ms);
	curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)FETCH_BYTES_MAX);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "anpi");
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, body);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	if (is_loopback(t->host))
		curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	if (f->idle == NULL)
		return;
	f->idle_at = time_monotonic();
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, f);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
}

/* "" if the reply has no such header, or one that is not worth keeping. */
static const char *header(struct arena *a, CURL *c, const char *name)
{
	struct curl_header *h;

	if (curl_easy_header(c, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK ||
	    !is_validator(h->value))
		return "";
	return arena_strdup(a, h->value);
}

static void reply_read(struct arena *a, CURL *c, const struct str *body,
		       struct fetch_reply *out)
{
	curl_off_t after = 0;
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &after);
	out->status = (int)status;
	out->retry_after_s =
		(int)(after > RETRY_AFTER_MAX_S ? RETRY_AFTER_MAX_S : after);
	out->body = str_text(body);
	out->len = body->len;
	out->etag = header(a, c, "ETag");
	out->modified = header(a, c, "Last-Modified");
}

/* Where the reply sends us; NULL if nowhere, or to another host. */
static const char *redirect(struct arena *a, CURL *c, const struct target *from)
{
	struct target to;
	char *url = NULL;

	curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &url);
	if (url == NULL || !target_parse(a, url, &to) ||
	    strcmp(to.scheme, from->scheme) != 0 ||
	    strcasecmp(to.host, from->host) != 0 ||
	    strcmp(to.port, from->port) != 0)
		return NULL;
	return arena_strdup(a, url);
}

/* What stands behind "?" may be a key of the site's. */
static int failed(const char *url, const char *reason, int status)
{
	return log_error("fetch failed url=%.*s reason=\"%s\" status=%d",
			 (int)strcspn(url, "?"), url, reason, status);
}

int fetch_get(struct fetch *f, struct arena *a, const char *url,
	      const char *etag, const char *modified, struct fetch_reply *out)
{
	struct curl_slist *headers = conditions(a, etag, modified);
	const char *at = url, *why;
	struct target t = { 0 };

	*out = (struct fetch_reply){ .body = "", .etag = "", .modified = "" };
	for (int hop = 0; hop <= HOPS_MAX; hop++) {
		struct str body = { .arena = a };
		CURLcode rc;

		why = refusal(f, a, at, &t);
		if (why != NULL)
			return failed(t.has_user ? "-" : url, why, 0);
		prepare(f, at, &t, headers, &body);
		rc = curl_easy_perform(f->curl);
		reply_read(a, f->curl, &body, out);
		if (rc == CURLE_WRITE_ERROR)
			return failed(url, "too large", out->status);
		if (rc != CURLE_OK)
			return failed(url, curl_easy_strerror(rc), out->status);
		if (out->status == STATUS_OK)
			return 1;
		if (out->status == STATUS_UNCHANGED && headers != NULL)
			return 0;
		at = redirect(a, f->curl, &t);
		if (at == NULL)
			break;
	}
	return failed(url, "answer not expected", out->status);
}
