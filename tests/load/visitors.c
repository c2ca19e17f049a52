/*
 * visitors - people who open their link, answer, and see "received"
 *
 *   visitors [-c CONNECTIONS] [-n COUNT] [-s SEED] [-k CA_FILE] [-o FILE]
 *            < LINKS
 *
 * Each line of standard input is the address of a person's answer page.  For
 * each: GET, one choice per question picked at random from the form that came
 * (by libxml2's HTML reader, as a browser would), POST, and the page that the
 * 303 leads to, which must say 受け取りました or Received.  Every connection is
 * kept and used for many people.  With -o everybody adds a comment, SEED-LINE,
 * and what was acknowledged by a 303 is written to the file at once: comment,
 * choices joined by commas, link, with tabs between.  Prints one line of counts
 * and times; exit status 1 if anyone could not answer.  Source:
 * japan-mail-and-phones, load model.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>
#include <libxml/HTMLparser.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

enum {
	LINK_LEN = 512,
	LINKS_MAX = 2000000,
	GROUPS_MAX = 32,  /* questions of a form */
	CHOICES_MAX = 32, /* of one question */
	THREADS_MAX = 512,
};

static char (*links)[LINK_LEN];
static int64_t *took; /* microseconds by visitor, 0: failed */
static long link_count, next_link, failures;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *ca_file;
static FILE *notes; /* what was acknowledged; NULL: not wanted */
static unsigned seed = 1;

struct group {
	const char *name;
	const char *values[CHOICES_MAX];
	size_t count;
};

struct form {
	struct str body; /* hidden fields so far */
	struct group groups[GROUPS_MAX];
	size_t count;
	struct str chosen; /* choices, joined by commas */
	const char *comment;
};

static size_t receive(char *bytes, size_t size, size_t count, void *arg)
{
	str_add_len(arg, bytes, size * count);
	return size * count;
}

static void add_field(struct str *body, const char *name, const char *value)
{
	char *n = curl_easy_escape(NULL, name, 0);
	char *v = curl_easy_escape(NULL, value, 0);

	str_fmt(body, "%s%s=%s", body->len == 0 ? "" : "&", n, v);
	curl_free(n);
	curl_free(v);
}

static void add_choice(struct form *form, const char *name, const char *value)
{
	struct group *g = NULL;

	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->groups[i].name, name) == 0)
			g = &form->groups[i];
	if (g == NULL) {
		if (form->count == GROUPS_MAX)
			return;
		g = &form->groups[form->count++];
		g->name = name;
	}
	if (g->count < CHOICES_MAX)
		g->values[g->count++] = value;
}

/* What the reader of a page adds to, as it meets the fields. */
struct reading {
	struct arena *arena;
	struct form *form;
};

static const char *attribute(struct arena *a, const xmlChar **list,
			     const char *name)
{
	for (; list != NULL && list[0] != NULL; list += 2)
		if (strcmp((const char *)list[0], name) == 0)
			return arena_strdup(
				a, list[1] == NULL ? "" : (char *)list[1]);
	return "";
}

static void begin_element(void *arg, const xmlChar *element,
			  const xmlChar **list)
{
	const struct reading *r = arg;
	const char *type, *name, *value;

	if (strcmp((const char *)element, "input") != 0)
		return;
	type = attribute(r->arena, list, "type");
	name = attribute(r->arena, list, "name");
	value = attribute(r->arena, list, "value");
	if (strcmp(type, "hidden") == 0)
		add_field(&r->form->body, name, value);
	else if (strcmp(type, "radio") == 0 && *value != '\0')
		/* An empty one stands for "not chosen". */
		add_choice(r->form, name, value);
}

static void choose(struct form *form, unsigned *random)
{
	for (size_t i = 0; i < form->count; i++) {
		struct group *g = &form->groups[i];
		/* Mostly the first: most people are well. */
		size_t pick = rand_r(random) % 100 < 85
				      ? 0
				      : (size_t)rand_r(random) % g->count;

		add_field(&form->body, g->name, g->values[pick]);
		str_fmt(&form->chosen, "%s%s", i == 0 ? "" : ",",
			g->values[pick]);
	}
}

/* Makes the body that this person posts; -1 if the page has no question.  No
 * tree is built: the cores belong to what is measured. */
static int fill(struct arena *a, const struct str *page, unsigned *random,
		struct form *form)
{
	htmlSAXHandler handler = { .startElement = begin_element };
	struct reading reading = { .arena = a, .form = form };
	htmlParserCtxtPtr reader = htmlCreatePushParserCtxt(
		&handler, &reading, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

	if (reader == NULL)
		return -1;
	htmlParseChunk(reader, str_text(page), (int)page->len, 1);
	htmlFreeParserCtxt(reader);
	if (form->count == 0)
		return -1;
	choose(form, random);
	if (notes != NULL)
		add_field(&form->body, "comment", form->comment);
	return 0;
}

/* One request; the page in *page.  Returns the HTTP status, 0 if none. */
static long ask(CURL *curl, const char *url, const char *body, struct str *page)
{
	long status = 0;

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, page);
	if (body != NULL)
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body);
	else
		curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	if (curl_easy_perform(curl) != CURLE_OK)
		return 0;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static int visit(CURL *curl, struct arena *a, long line, unsigned *random)
{
	const char *url = links[line];
	struct str page = { .arena = a }, ignored = { .arena = a },
		   done = { .arena = a };
	struct form form = {
		.body = { .arena = a },
		.chosen = { .arena = a },
		.comment = arena_fmt(a, "%u-%ld", seed, line),
	};
	char *next = NULL;

	if (ask(curl, url, NULL, &page) != 200 ||
	    fill(a, &page, random, &form) < 0 ||
	    ask(curl, url, str_text(&form.body), &ignored) != 303)
		return -1;
	if (notes != NULL)
		fprintf(notes, "%s\t%s\t%s\n", form.comment,
			str_text(&form.chosen), url);
	curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &next);
	if (next == NULL)
		return -1;
	next = arena_strdup(a, next);
	if (ask(curl, next, NULL, &done) != 200)
		return -1;
	return strstr(str_text(&done), ">受け取りました") == NULL &&
			       strstr(str_text(&done), ">Received") == NULL
		       ? -1
		       : 0;
}

static CURL *connection(void)
{
	CURL *curl = curl_easy_init();

	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
	return curl;
}

static void *visitor(void *arg)
{
	struct arena *a = arena_new();
	CURL *curl = connection();
	unsigned random = seed + (unsigned)(uintptr_t)arg;

	for (;;) {
		int64_t begun;
		long i;
		int rc;

		pthread_mutex_lock(&lock);
		i = next_link++;
		pthread_mutex_unlock(&lock);
		if (i >= link_count)
			break;
		begun = time_monotonic();
		rc = visit(curl, a, i, &random);
		took[i] = rc < 0 ? 0 : time_monotonic() - begun;
		if (rc < 0)
			__atomic_fetch_add(&failures, 1, __ATOMIC_RELAXED);
		arena_reset(a);
	}
	curl_easy_cleanup(curl);
	arena_free(a);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void read_links(long most)
{
	links = calloc((size_t)most, LINK_LEN);
	if (links == NULL)
		exit(1);
	while (link_count < most &&
	       fgets(links[link_count], LINK_LEN, stdin) != NULL) {
		links[link_count][strcspn(links[link_count], "\r\n")] = '\0';
		if (links[link_count][0] != '\0')
			link_count++;
	}
	took = calloc((size_t)link_count + 1, sizeof(*took));
	if (took == NULL)
		exit(1);
}

/* A line is in the file as soon as it is known: who ends this program midway
 * has all that was acknowledged. */
static FILE *open_notes(const char *path)
{
	FILE *file = fopen(path, "w");

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	setvbuf(file, NULL, _IOLBF, BUFSIZ);
	return file;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS_MAX];
	long long connections = 64, most = 100000, n;
	int64_t begun, all;
	int option;

	while ((option = getopt(argc, argv, "c:n:s:k:o:")) != -1) {
		if (option == 'k')
			ca_file = optarg;
		else if (option == 'o')
			notes = open_notes(optarg);
		else if (!strchr("cns", option) ||
			 !str_to_int(optarg, 1, LINKS_MAX, &n))
			return 2;
		else if (option == 'c')
			connections = n < THREADS_MAX ? n : THREADS_MAX;
		else if (option == 'n')
			most = n;
		else
			seed = (unsigned)n;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	xmlInitParser();
	read_links(most);
	begun = time_monotonic();
	for (long long i = 0; i < connections; i++)
		pthread_create(&threads[i], NULL, visitor,
			       (void *)(uintptr_t)(i * 7919));
	for (long long i = 0; i < connections; i++)
		pthread_join(threads[i], NULL);
	all = time_monotonic() - begun;
	qsort(took, (size_t)link_count, sizeof(*took), by_value);
	printf("answered=%ld failed=%ld seconds=%.2f per_second=%.0f "
	       "p50_ms=%.1f p99_ms=%.1f\n",
	       link_count - failures, failures, (double)all / 1e6,
	       (double)(link_count - failures) * 1e6 / (double)all,
	       (double)took[link_count / 2] / 1e3,
	       (double)took[link_count * 99 / 100] / 1e3);
	return failures == 0 ? 0 : 1;
}
