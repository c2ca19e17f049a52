#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/time.h"
#include "model/health.h"
#include "people.h"

/* All that a site has but the database: a folder of the test's own. */
static char dir[32];
static const char *const urls[] = {
	"https://user:secret@feed.example/eqvol.xml?key=1",
};
static struct health_site site;
static int64_t now;

static int setup(void **state)
{
	database_setup(state);
	people_make(*state);
	snprintf(dir, sizeof(dir), "/tmp/anpi-test-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	now = time_now();
	site = (struct health_site){ .run = dir,
				     .journal = dir,
				     .feeds = urls,
				     .feed_count = 1,
				     .since = now };
	return 0;
}

static int teardown(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	return database_teardown(state) + system(command);
}

static struct health look(struct db *db)
{
	struct health h;

	check_int("looked", health_look(db, &site, now, &h), 0);
	return h;
}

/* The check of a kind, of a tool where it has several; NULL if there is
 * none. */
static const struct health_check *find(const struct health *h,
				       enum health_kind kind, const char *of)
{
	for (const struct health_check *c = h->checks; c != NULL; c = c->next)
		if (c->kind == kind && (of == NULL || str_eq(c->of, of)))
			return c;
	return NULL;
}

static void check_one(const char *name, const struct health *h,
		      enum health_kind kind, const char *of,
		      enum health_level level)
{
	const struct health_check *c = find(h, kind, of);

	if (c == NULL)
		fail_msg("%s: no check", name);
	check_int(name, c->level, level);
}

/* A text in which every "@n" is the time n seconds ago. */
static const char *at_times(struct arena *a, const char *text)
{
	struct str s = { .arena = a };

	for (; *text != '\0'; text++) {
		char *end;
		long ago;

		if (*text != '@' || strchr("-0123456789", text[1]) == NULL) {
			str_add_char(&s, *text);
			continue;
		}
		ago = strtol(text + 1, &end, 10);
		str_fmt(&s, "FROM_UNIXTIME(%lld.%06lld)",
			(long long)(now / TIME_SECOND - ago),
			(long long)(now % TIME_SECOND));
		text = end - 1;
	}
	return str_text(&s);
}

#define FEED                                                                   \
	"INSERT INTO feed (url, known_at, asked_at, good_at, failures,"        \
	" long_form) VALUES ('https://user:secret@feed.example/eqvol.xml"      \
	"?key=1', "
#define TELEGRAM                                                               \
	FEED "@999999, @1, @1, 0, 0);"                                         \
	     "INSERT INTO telegram (source, outcome, sha256, body, "           \
	     "fetched_at)"                                                     \
	     " VALUES ('x', 'stored', REPEAT('x', 32), '', "
#define EVENT                                                                  \
	"INSERT INTO event (kind, event_key, title, made_at, state)"           \
	" VALUES ('other', 'h', 'x', "
#define BROADCAST                                                              \
	"INSERT INTO broadcast (id, kind, subject, body, made_at,"             \
	" confirmed_at, send_at, state) VALUES (9000, 'info', '', '', "
#define MESSAGE                                                                \
	BROADCAST "@9, @9, NULL, 'sending');"                                  \
		  "INSERT INTO message (broadcast, user, address, urgency,"    \
		  " due_at, state) VALUES (9000, 9001, 90011, "
#define LINK                                                                   \
	"INSERT INTO link_mail (kind, user, made_at, due_at, state)"           \
	" VALUES ('my_page', 9001, @9, "
#define ANSWER                                                                 \
	BROADCAST                                                              \
	"@9, @9, NULL, 'sent');"                                               \
	"INSERT INTO recipient (broadcast, user) VALUES (9000, 9001);"         \
	"INSERT INTO answer (broadcast, user, channel, choices, at, folded)"   \
	" VALUES (9000, 9001, 'link', '', "
#define DELIVERY                                                               \
	"INSERT INTO delivery (broadcast, messages, handed, refused, bounced)" \
	" VALUES (9000, 200, "
#define IMPORT                                                                 \
	"INSERT INTO import (kind, whole, source, file, actor, made_at,"       \
	" moved_at, state) VALUES ('people', 0, 'screen', '', '', @9999, "

/* What the database says: SQL, and what then stands there. */
static const struct {
	const char *name, *sql;
	enum health_kind kind;
	enum health_level level;
	int64_t amount, age_s; /* HEALTH_NONE: there is none */
} rows[] = {
	{ "feed never asked", FEED "@99999, NULL, NULL, 0, 0);", HEALTH_FEED,
	  HEALTH_GOOD, HEALTH_NONE, HEALTH_NONE },
	{ "feed fetched", FEED "@99999, @3, @3, 0, 0);", HEALTH_FEED,
	  HEALTH_GOOD, HEALTH_NONE, 3 },
	{ "feed failed once", FEED "@99999, @3, @63, 1, 0);", HEALTH_FEED,
	  HEALTH_WARN, HEALTH_NONE, 63 },
	{ "feed late", FEED "@99999, @3, @301, 0, 0);", HEALTH_FEED,
	  HEALTH_WARN, HEALTH_NONE, 301 },
	{ "feed silent", FEED "@99999, @3, @900, 9, 0);", HEALTH_FEED,
	  HEALTH_BAD, HEALTH_NONE, 900 },
	{ "feed silent as set",
	  "INSERT INTO setting VALUES ('feed.silent', '30');" FEED
	  "@99999, @3, @900, 9, 0);",
	  HEALTH_FEED, HEALTH_WARN, HEALTH_NONE, 900 },
	{ "feed new and never got", FEED "@100, @3, NULL, 2, 0);", HEALTH_FEED,
	  HEALTH_WARN, HEALTH_NONE, HEALTH_NONE },
	{ "feed never got", FEED "@900, @3, NULL, 9, 0);", HEALTH_FEED,
	  HEALTH_BAD, HEALTH_NONE, HEALTH_NONE },

	{ "telegram", TELEGRAM "@60);", HEALTH_TELEGRAM, HEALTH_GOOD,
	  HEALTH_NONE, 60 },
	{ "no telegram for a day", TELEGRAM "@86400);", HEALTH_TELEGRAM,
	  HEALTH_WARN, HEALTH_NONE, 86400 },
	{ "which does not matter",
	  "INSERT INTO setting VALUES ('feed.quiet', '0');" TELEGRAM "@86400);",
	  HEALTH_TELEGRAM, HEALTH_GOOD, HEALTH_NONE, 86400 },
	{ "no telegram yet", FEED "@86000, @3, @3, 0, 0);", HEALTH_TELEGRAM,
	  HEALTH_GOOD, HEALTH_NONE, HEALTH_NONE },
	{ "never a telegram", FEED "@86400, @3, @3, 0, 0);", HEALTH_TELEGRAM,
	  HEALTH_WARN, HEALTH_NONE, HEALTH_NONE },

	{ "nothing to decide", EVENT "@99, 'rejected');", HEALTH_DECISION,
	  HEALTH_GOOD, 0, 0 },
	{ "a decision", EVENT "@179, 'prepared');", HEALTH_DECISION,
	  HEALTH_GOOD, 1, 179 },
	{ "a decision late", EVENT "@180, 'prepared');", HEALTH_DECISION,
	  HEALTH_WARN, 1, 180 },
	{ "a decision too late", EVENT "@600, 'prepared');", HEALTH_DECISION,
	  HEALTH_BAD, 1, 600 },
	{ "the oldest counts",
	  EVENT "@600, 'prepared'); INSERT INTO event (kind, event_key, title,"
		" made_at, state) VALUES ('other', 'i', 'x', @9, 'prepared');",
	  HEALTH_DECISION, HEALTH_BAD, 2, 600 },
	{ "a drill is not waited for",
	  EVENT "@600, 'prepared'); UPDATE event SET drill = TRUE;",
	  HEALTH_DECISION, HEALTH_GOOD, 0, 0 },
	{ "since it was prepared",
	  EVENT "@99, 'prepared'); INSERT INTO stage VALUES"
		" (LAST_INSERT_ID(), 0, 'prepared', @50),"
		" (LAST_INSERT_ID(), 0, 'fetched', @98);",
	  HEALTH_DECISION, HEALTH_GOOD, 1, 50 },

	{ "page", MESSAGE "0, @29, 'queued');", HEALTH_PAGE, HEALTH_GOOD, 1,
	  29 },
	{ "page late", MESSAGE "0, @30, 'queued');", HEALTH_PAGE, HEALTH_WARN,
	  1, 30 },
	{ "page too late", MESSAGE "0, @120, 'queued');", HEALTH_PAGE,
	  HEALTH_BAD, 1, 120 },
	{ "a page is no other", MESSAGE "0, @120, 'queued');", HEALTH_MESSAGE,
	  HEALTH_GOOD, 0, 0 },
	{ "message", MESSAGE "1, @59, 'queued');", HEALTH_MESSAGE, HEALTH_GOOD,
	  1, 59 },
	{ "message late", MESSAGE "1, @60, 'queued');", HEALTH_MESSAGE,
	  HEALTH_WARN, 1, 60 },
	{ "message too late", MESSAGE "3, @300, 'queued');", HEALTH_MESSAGE,
	  HEALTH_BAD, 1, 300 },
	{ "not due", MESSAGE "1, @-60, 'queued');", HEALTH_MESSAGE, HEALTH_GOOD,
	  0, 0 },
	{ "handed", MESSAGE "1, @600, 'handed');", HEALTH_MESSAGE, HEALTH_GOOD,
	  0, 0 },
	{ "link", LINK "@59, 'queued');", HEALTH_LINK, HEALTH_GOOD, 1, 59 },
	{ "link late", LINK "@61, 'queued');", HEALTH_LINK, HEALTH_WARN, 1,
	  61 },
	{ "link too late", LINK "@301, 'queued');", HEALTH_LINK, HEALTH_BAD, 1,
	  301 },
	{ "link sent", LINK "@301, 'handed');", HEALTH_LINK, HEALTH_GOOD, 0,
	  0 },

	{ "confirmed", BROADCAST "@99, @29, NULL, 'confirmed');",
	  HEALTH_BROADCAST, HEALTH_GOOD, 1, 29 },
	{ "confirmed and late", BROADCAST "@99, @31, NULL, 'confirmed');",
	  HEALTH_BROADCAST, HEALTH_WARN, 1, 31 },
	{ "confirmed and forgotten",
	  BROADCAST "@999, @121, NULL, 'confirmed');", HEALTH_BROADCAST,
	  HEALTH_BAD, 1, 121 },
	{ "scheduled", BROADCAST "@999, @999, @-9, 'scheduled');",
	  HEALTH_BROADCAST, HEALTH_GOOD, 0, 0 },
	{ "past its time", BROADCAST "@999, @999, @121, 'scheduled');",
	  HEALTH_BROADCAST, HEALTH_BAD, 1, 121 },
	{ "enqueued", BROADCAST "@999, @999, NULL, 'sending');",
	  HEALTH_BROADCAST, HEALTH_GOOD, 0, 0 },

	{ "answer", ANSWER "@4, FALSE);", HEALTH_ANSWER, HEALTH_GOOD, 1, 4 },
	{ "answer late", ANSWER "@6, FALSE);", HEALTH_ANSWER, HEALTH_WARN, 1,
	  6 },
	{ "answer too late", ANSWER "@61, FALSE);", HEALTH_ANSWER, HEALTH_BAD,
	  1, 61 },
	{ "counted", ANSWER "@61, TRUE);", HEALTH_ANSWER, HEALTH_GOOD, 0, 0 },

	{ "delivered",
	  BROADCAST "@99, @99, NULL, 'sent');" DELIVERY "196, 4, 5);",
	  HEALTH_UNDELIVERED, HEALTH_GOOD, 4, HEALTH_NONE },
	{ "some were not",
	  BROADCAST "@99, @99, NULL, 'sent');" DELIVERY "190, 10, 0);",
	  HEALTH_UNDELIVERED, HEALTH_WARN, 5, HEALTH_NONE },
	{ "many were not",
	  BROADCAST "@99, @99, NULL, 'sent');" DELIVERY "190, 10, 30);",
	  HEALTH_UNDELIVERED, HEALTH_BAD, 20, HEALTH_NONE },
	{ "a few mails say nothing",
	  BROADCAST "@99, @99, NULL, 'sent');" DELIVERY "9, 10, 0);",
	  HEALTH_UNDELIVERED, HEALTH_GOOD, 0, HEALTH_NONE },
	{ "longer ago",
	  BROADCAST "@3700, @3700, NULL, 'sent');" DELIVERY "100, 100, 0);",
	  HEALTH_UNDELIVERED, HEALTH_GOOD, 0, HEALTH_NONE },
	{ "written before, sent now",
	  BROADCAST "@99999, @99999, @60, 'sent');" DELIVERY "100, 100, 0);",
	  HEALTH_UNDELIVERED, HEALTH_BAD, 50, HEALTH_NONE },

	{ "import", IMPORT "@119, 'read');", HEALTH_IMPORT, HEALTH_GOOD, 1,
	  119 },
	{ "import stuck", IMPORT "@120, 'confirmed');", HEALTH_IMPORT,
	  HEALTH_WARN, 1, 120 },
	{ "import stuck for long", IMPORT "@900, 'reading');", HEALTH_IMPORT,
	  HEALTH_BAD, 1, 900 },
	{ "import that waits for a person", IMPORT "@900, 'compared');",
	  HEALTH_IMPORT, HEALTH_GOOD, 0, 0 },
};

static void test_database(void **state)
{
	struct db *db = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		const struct health_check *c;
		struct health h;

		database_do(db, "SAVEPOINT row");
		database_do(db, at_times(db->arena, rows[i].sql));
		h = look(db);
		c = find(&h, rows[i].kind, NULL);
		if (c == NULL)
			fail_msg("%s: no check", rows[i].name);
		check_int(rows[i].name, c->level, rows[i].level);
		check_int(rows[i].name, c->amount, rows[i].amount);
		check_int(rows[i].name, c->age_s, rows[i].age_s);
		database_do(db, "ROLLBACK TO row");
	}
}

/* With nothing in the database nothing is wrong with it. */
static void test_nothing(void **state)
{
	struct health h = look(*state);

	for (const struct health_check *c = h.checks; c != NULL; c = c->next)
		if (c->kind != HEALTH_TOOL && c->kind != HEALTH_DISK)
			check_int(health_words(c->kind)->name, c->level,
				  HEALTH_GOOD);
	check_int("database", find(&h, HEALTH_DATABASE, NULL) != NULL, 1);
	check_int("no feed", find(&h, HEALTH_FEED, NULL) == NULL, 1);
}

static void test_feeds(void **state)
{
	struct db *db = *state;
	struct health h;

	database_do(db, at_times(db->arena,
				 FEED "@999, @3, NULL, 9, 1);"
				      "INSERT INTO feed (url, known_at,"
				      " asked_at) VALUES ('https://old.example/"
				      "x.xml', @999, @999);"));
	h = look(db);
	check_int("neither long forms nor those set no more",
		  find(&h, HEALTH_FEED, NULL) == NULL, 1);
	database_do(db, "UPDATE feed SET long_form = FALSE");
	h = look(db);
	check_one("shown without what is secret", &h, HEALTH_FEED,
		  "https://feed.example/eqvol.xml", HEALTH_BAD);
}

/* A file as it would be so many seconds ago. */
static void touch(const char *name, int64_t ago)
{
	char path[128];
	struct timespec times[2] = { { .tv_sec = now / TIME_SECOND - ago } };
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	times[1] = times[0];
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
}

static void test_tools(void **state)
{
	static const struct {
		const char *name, *tool;
		int64_t ago;   /* HEALTH_NONE: it never ran */
		int64_t since; /* seconds ago */
		enum health_level level;
	} tools[] = {
		{ "at work", "deliver", 0, 0, HEALTH_GOOD },
		{ "a pause", "deliver", 119, 0, HEALTH_GOOD },
		{ "late", "deliver", 121, 0, HEALTH_WARN },
		{ "gone", "deliver", 301, 0, HEALTH_BAD },
		{ "never there", "enqueue", HEALTH_NONE, 0, HEALTH_BAD },
		{ "every ten minutes", "sync-hr", 650, 0, HEALTH_GOOD },
		{ "missed one", "sync-hr", 661, 0, HEALTH_WARN },
		{ "missed more", "sync-hr", 841, 0, HEALTH_BAD },
		{ "not its turn", "sync-hr", HEALTH_NONE, 650, HEALTH_GOOD },
		{ "missed its turn", "sync-hr", HEALTH_NONE, 900, HEALTH_BAD },
	};
	struct db *db = *state;

	for (size_t i = 0; i < LEN(tools); i++) {
		const char *file =
			arena_fmt(db->arena, "%s.lock", tools[i].tool);
		struct health h;

		if (tools[i].ago == HEALTH_NONE)
			unlink(arena_fmt(db->arena, "%s/%s", dir, file));
		else
			touch(file, tools[i].ago);
		site.since = now - tools[i].since * TIME_SECOND;
		h = look(db);
		check_one(tools[i].name, &h, HEALTH_TOOL, tools[i].tool,
			  tools[i].level);
		check_int(tools[i].name,
			  find(&h, HEALTH_TOOL, tools[i].tool)->age_s,
			  tools[i].ago);
	}
}

static void test_journal(void **state)
{
	struct db *db = *state;
	struct health h = look(db);

	check_one("empty", &h, HEALTH_JOURNAL, NULL, HEALTH_GOOD);
	touch(arena_fmt(db->arena, "%lld-7.journal",
			(long long)(now - INT64_C(61) * TIME_SECOND)),
	      0);
	touch(arena_fmt(db->arena, "%lld-8.taken", (long long)now), 0);
	h = look(db);
	check_one("answers that wait", &h, HEALTH_JOURNAL, NULL, HEALTH_WARN);
	check_int("in files", find(&h, HEALTH_JOURNAL, NULL)->amount, 2);
	check_int("since", find(&h, HEALTH_JOURNAL, NULL)->age_s, 61);
	check_one("none refused", &h, HEALTH_REFUSED_FILE, NULL, HEALTH_GOOD);
	touch(arena_fmt(db->arena, "%lld-9.journal",
			(long long)(now - INT64_C(301) * TIME_SECOND)),
	      0);
	touch(arena_fmt(db->arena, "%lld-6.refused", (long long)now), 0);
	h = look(db);
	check_one("for long", &h, HEALTH_JOURNAL, NULL, HEALTH_BAD);
	check_one("refused", &h, HEALTH_REFUSED_FILE, NULL, HEALTH_WARN);
	check_int("can be seen", h.journal_hidden, 0);
	site.journal = "/nonexistent";
	h = look(db);
	check_int("hidden", h.journal_hidden, 1);
	check_int("and left out", find(&h, HEALTH_JOURNAL, NULL) == NULL, 1);
}

/* A certificate of our own that ends in so many seconds. */
static const char *certificate(struct arena *a, const char *name, long ends_s)
{
	const char *path = arena_fmt(a, "%s/%s", dir, name);
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	FILE *f = fopen(path, "w");

	assert_true(key != NULL && x != NULL && f != NULL);
	X509_gmtime_adj(X509_getm_notBefore(x), -100000000);
	X509_gmtime_adj(X509_getm_notAfter(x), ends_s);
	X509_set_pubkey(x, key);
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);
	assert_int_equal(PEM_write_X509(f, x), 1);
	fclose(f);
	X509_free(x);
	EVP_PKEY_free(key);
	return path;
}

static void test_certificates(void **state)
{
	enum { DAY_S = 86400 };
	static const struct {
		const char *name;
		long ends_s;
		int64_t days;
		enum health_level level;
	} certificates[] = {
		{ "new", 365 * DAY_S + 60, 365, HEALTH_GOOD },
		{ "a month", 30 * DAY_S + 60, 30, HEALTH_GOOD },
		{ "less", 30 * DAY_S - 60, 29, HEALTH_WARN },
		{ "a week", 7 * DAY_S + 60, 7, HEALTH_WARN },
		{ "days", 7 * DAY_S - 60, 6, HEALTH_BAD },
		{ "ended just now", -60, 0, HEALTH_BAD },
		{ "ended long ago", -400 * DAY_S, 0, HEALTH_BAD },
	};
	struct db *db = *state;
	const char *paths[2] = { certificate(db->arena, "a", 999 * DAY_S) };
	struct health h = look(db);

	check_int("none", find(&h, HEALTH_CERTIFICATE, NULL) == NULL, 1);
	site.certificates = paths;
	site.certificate_count = 2;
	for (size_t i = 0; i < LEN(certificates); i++) {
		paths[1] = certificate(db->arena, "b", certificates[i].ends_s);
		h = look(db);
		check_one(certificates[i].name, &h, HEALTH_CERTIFICATE, NULL,
			  certificates[i].level);
		check_int(certificates[i].name,
			  find(&h, HEALTH_CERTIFICATE, NULL)->amount,
			  certificates[i].days);
	}
	paths[0] = "/nonexistent";
	paths[1] = arena_fmt(db->arena, "%s/x", dir);
	touch("x", 0);
	h = look(db);
	check_int("no file, and a file that is none",
		  find(&h, HEALTH_CERTIFICATE, NULL) == NULL, 1);
}

static void test_levels(void **state)
{
	static const struct {
		const char *name;
		enum health_kind kind;
		int64_t amount, age_s;
		enum health_level level;
	} levels[] = {
		{ "disk", HEALTH_DISK, 10, HEALTH_NONE, HEALTH_GOOD },
		{ "disk nearly full", HEALTH_DISK, 9, HEALTH_NONE,
		  HEALTH_WARN },
		{ "still", HEALTH_DISK, 3, HEALTH_NONE, HEALTH_WARN },
		{ "disk full", HEALTH_DISK, 2, HEALTH_NONE, HEALTH_BAD },
		{ "no number", HEALTH_DISK, HEALTH_NONE, HEALTH_NONE,
		  HEALTH_GOOD },
		{ "many, but in time", HEALTH_MESSAGE, 23000, 59, HEALTH_GOOD },
		{ "many decisions", HEALTH_DECISION, 500, 179, HEALTH_GOOD },
	};
	struct health h = look(*state);

	for (size_t i = 0; i < LEN(levels); i++)
		check_int(levels[i].name,
			  health_level(levels[i].kind, levels[i].amount,
				       levels[i].age_s),
			  levels[i].level);
	check_int("the disk is looked at",
		  find(&h, HEALTH_DISK, NULL)->amount <= 100, 1);
	site.run = "/nonexistent";
	h = look(*state);
	check_int("if it can be", find(&h, HEALTH_DISK, NULL) == NULL, 1);
	for (int i = 0; i < HEALTH_KINDS; i++) {
		const struct health_kind_words *k = health_words(i);

		if (str_characters(k->words) == 0 ||
		    strstr(k->advice, "ください。") == NULL)
			fail_msg("%s says what to do", k->name);
	}
}

static void has(const char *name, const char *text, const char *want)
{
	if (strstr(text, want) == NULL)
		fail_msg("%s: no %s in\n%s", name, want, text);
}

static void test_texts(void **state)
{
	struct health_check tool = { .kind = HEALTH_TOOL,
				     .of = "deliver",
				     .level = HEALTH_BAD,
				     .amount = HEALTH_NONE,
				     .age_s = HEALTH_NONE };
	struct health_check feed = { .next = &tool,
				     .kind = HEALTH_FEED,
				     .of = "https://x/\"a\\b\n",
				     .level = HEALTH_WARN,
				     .amount = HEALTH_NONE,
				     .age_s = 301 };
	struct health_check mails = { .next = &feed,
				      .kind = HEALTH_MESSAGE,
				      .of = "",
				      .level = HEALTH_BAD,
				      .amount = 7,
				      .age_s = 400 };
	struct health h = { .checks = &mails };
	struct db *db = *state;
	const char *text = health_metrics(db->arena, &h);

	check_str("bad", health_bad(db->arena, &h), "messages\ntool deliver\n");
	has("type", text, "# TYPE anpi_check_level gauge\n");
	has("level", text, "\nanpi_check_level{check=\"messages\"} 2\n");
	has("amount", text,
	    "\n# TYPE anpi_messages_due gauge\nanpi_messages_due 7\n");
	has("age", text, "\nanpi_messages_oldest_seconds 400\n");
	has("escaped", text,
	    "\nanpi_feed_age_seconds{feed=\"https://x/\\\"a\\\\b\\n\"} 301\n");
	has("never", text,
	    "\nanpi_check_level{check=\"tool\",tool=\"deliver\"} 2\n");
	check_int("has no age", strstr(text, "tool_age_seconds") == NULL, 1);
	tool.level = mails.level = HEALTH_WARN;
	check_str("good", health_bad(db->arena, &h), "ok\n");
}

/* Another connection, to a database that is not there. */
static void test_away(void **state)
{
	struct db_config config = { .socket = "/nonexistent",
				    .name = "anpi",
				    .user = "x",
				    .password = "",
				    .timeout_s = 1 };
	struct db *away = db_open(&config);
	struct health h;

	(void)state;
	away->arena = arena_new();
	check_int("away", health_look(away, &site, now, &h), -1);
	check_one("is bad", &h, HEALTH_DATABASE, NULL, HEALTH_BAD);
	check_int("no queue", find(&h, HEALTH_MESSAGE, NULL) == NULL, 1);
	check_int("the rest is there", find(&h, HEALTH_TOOL, NULL) != NULL, 1);
	arena_free(away->arena);
	db_close(away);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_database), TEST(test_nothing),
		TEST(test_feeds),    TEST(test_tools),
		TEST(test_journal),  TEST(test_certificates),
		TEST(test_levels),   TEST(test_texts),
		TEST(test_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
