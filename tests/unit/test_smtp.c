#include "test.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listener.h"
#include "mail/smtp.h"

/*
 * A server that does what a row says, one connection at a time, and counts.
 * A recipient "bad..." is refused, a message to "filtered..." after its body.
 */
struct script {
	const char *greeting;  /* NULL: 220 */
	bool no_ehlo;	       /* knows HELO only */
	bool no_pipelining;    /* and holds commands sent too early wrong */
	bool offers_tls;       /* but cannot */
	bool data_for_nobody;  /* 354 after every RCPT was refused */
	int close_after_mails; /* 421 to the MAIL after so many */
	int drop_in_body;      /* of this message, counted from 1, once */
	int drop_after_body;   /* likewise, behind its last line */
	int silent_at_mail;    /* likewise, no reply to MAIL */
	int garbage_at_mail;   /* likewise, no SMTP */
	int defer_body;	       /* likewise, 452 */
};

struct counts {
	int connections, mails, taken, wrong, resets;
};

static struct counts *counts; /* shared with the server */

static bool is_more_waiting(FILE *in)
{
	struct pollfd p = { .fd = fileno(in), .events = POLLIN };

	return poll(&p, 1, 20) > 0;
}

static const char want_body[] = "Subject: x\r\n\r\n..\r\n...a\r\nb\r\n..";

/* Reads a body.  Returns false to drop the connection in it. */
static bool take_body(FILE *in, const struct script *s, bool for_nobody)
{
	char line[256], body[1024] = "";
	size_t len = 0;

	while (fgets(line, sizeof(line), in) != NULL) {
		if (strcmp(line, ".\r\n") == 0) {
			if (!for_nobody && !str_begins(body, want_body))
				counts->wrong++;
			return counts->mails != s->drop_after_body;
		}
		if (counts->mails == s->drop_in_body)
			return false;
		if (len + strlen(line) < sizeof(body))
			len += (size_t)snprintf(body + len, sizeof(body) - len,
						"%s", line);
	}
	return false;
}

static void ehlo(FILE *out, const struct script *s, const char *line)
{
	if (s->no_ehlo && str_begins(line, "EHLO"))
		fputs("502 what?\r\n", out);
	else if (s->no_ehlo || s->no_pipelining)
		fputs("250 fake\r\n", out);
	else
		fprintf(out, "250-fake\r\n%s250 PIPELINING\r\n",
			s->offers_tls ? "250-STARTTLS\r\n" : "");
}

static void mail_from(FILE *out, const struct script *s, int *here)
{
	counts->mails++;
	if (s->close_after_mails != 0 && *here >= s->close_after_mails)
		fputs("421 enough\r\n", out);
	else if (counts->mails == s->garbage_at_mail)
		fputs("hello\r\n", out);
	else if (counts->mails != s->silent_at_mail)
		fputs("250 ok\r\n", out);
	(*here)++;
}

static void drain(FILE *in)
{
	while (getc(in) != EOF)
		;
}

/* Returns false when the connection is over. */
static bool command(FILE *in, FILE *out, const struct script *s,
		    const char *line, int *here)
{
	static bool open, nobody, filtered;

	if (s->no_pipelining && !str_begins(line, "QUIT") &&
	    is_more_waiting(in))
		counts->wrong++;
	if (str_begins(line, "EHLO") || str_begins(line, "HELO")) {
		open = false;
		ehlo(out, s, line);
	} else if (str_begins(line, "MAIL")) {
		counts->wrong += open;
		open = true;
		nobody = true;
		filtered = false;
		mail_from(out, s, here);
		if (counts->mails == s->silent_at_mail)
			drain(in);
	} else if (str_begins(line, "RCPT TO:<bad")) {
		fputs("550 5.1.1 unknown\r\n", out);
	} else if (str_begins(line, "RCPT")) {
		nobody = false;
		filtered = str_begins(line, "RCPT TO:<filtered");
		fputs("250 ok\r\n", out);
	} else if (str_begins(line, "RSET")) {
		counts->resets++;
		open = false;
		fputs("250 ok\r\n", out);
	} else if (str_begins(line, "DATA") && nobody && !s->data_for_nobody) {
		fputs("554 no valid recipients\r\n", out);
	} else if (str_begins(line, "DATA")) {
		fputs("354 go\r\n", out);
		fflush(out);
		if (!take_body(in, s, nobody))
			return false;
		open = false;
		if (counts->mails == s->defer_body)
			fputs("452 full\r\n", out);
		else if (filtered)
			fputs("550 filtered\r\n", out);
		else
			fputs("250 taken\r\n", out);
		counts->taken +=
			!nobody && !filtered && counts->mails != s->defer_body;
	} else if (str_begins(line, "STARTTLS")) {
		fputs("454 not now\r\n", out);
	} else {
		return false;
	}
	return true;
}

static _Noreturn void serve(int listener, const struct script *s)
{
	for (;;) {
		int fd = accept(listener, NULL, NULL), here = 0;
		FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
		char line[1024];

		counts->connections++;
		setvbuf(in, NULL, _IONBF, 0);
		fputs(s->greeting == NULL ? "220 fake\r\n" : s->greeting, out);
		fflush(out);
		while (fgets(line, sizeof(line), in) != NULL &&
		       command(in, out, s, line, &here))
			fflush(out);
		fclose(in);
		fclose(out);
	}
}

static int start(const struct script *s, char port[8], pid_t *pid)
{
	struct sockaddr_in at;
	int fd = listener_open(&at);

	memset(counts, 0, sizeof(*counts));
	snprintf(port, 8, "%d", ntohs(at.sin_port));
	*pid = fork();
	if (*pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd, s);
	}
	return fd;
}

/* Sends a message to each address of a text and says what became of them:
 * "sent", or "refused rcpt 550". */
static char *outcomes(struct arena *a, const struct smtp_config *config,
		      const char *addresses)
{
	static const char *const words[] = { "waiting", "sent", "refused",
					     "deferred", "unknown" };
	static const char bytes[] = "Subject: x\r\n\r\n.\r\n..a\r\nb\r\n.";
	struct smtp *s = smtp_open(a, config);
	char *list = arena_strdup(a, addresses), *to;
	struct str out = { .arena = a };
	struct smtp_mail *mail;

	assert_non_null(s);
	while ((to = strsep(&list, " ")) != NULL) {
		mail = arena_alloc(a, sizeof(*mail));
		mail->from = "bounce@example.jp";
		mail->to = arena_fmt(a, "%s@example.jp", to);
		mail->bytes = bytes;
		mail->len = strlen(bytes);
		smtp_submit(s, mail);
	}
	check_int("run", smtp_run(s, 0), 0);
	check_int("unfinished", (long long)smtp_unfinished(s), 0);
	while ((mail = smtp_done(s)) != NULL) {
		str_fmt(&out, "%s%s", out.len == 0 ? "" : ", ",
			words[mail->outcome]);
		if (mail->outcome != SMTP_SENT)
			str_fmt(&out, " %s %d", smtp_stage_name(mail->stage),
				mail->code);
	}
	return out.s;
}

static void test_dialogues(void **state)
{
	static const struct {
		const char *name;
		struct script script;
		enum smtp_tls tls;
		int most;
		const char *to, *want;
		struct counts counts;
	} rows[] = {
		{ "three",
		  { 0 },
		  0,
		  0,
		  "a b c",
		  "sent, sent, sent",
		  { 1, 3, 3, 0, 0 } },
		{ "no PIPELINING",
		  { .no_pipelining = true },
		  0,
		  0,
		  "a b c",
		  "sent, sent, sent",
		  { 1, 3, 3, 0, 0 } },
		{ "HELO only",
		  { .no_ehlo = true },
		  0,
		  0,
		  "a b",
		  "sent, sent",
		  { 1, 2, 2, 0, 0 } },
		{ "refused",
		  { 0 },
		  0,
		  0,
		  "a bad b",
		  "sent, refused rcpt 550, sent",
		  { 1, 3, 2, 0, 1 } },
		{ "refused, no PIPELINING",
		  { .no_pipelining = true },
		  0,
		  0,
		  "a bad b",
		  "sent, refused rcpt 550, sent",
		  { 1, 3, 2, 0, 1 } },
		{ "refused, body wanted",
		  { .data_for_nobody = true },
		  0,
		  0,
		  "a bad b",
		  "sent, refused rcpt 550, sent",
		  { 1, 3, 2, 0, 0 } },
		{ "filtered",
		  { 0 },
		  0,
		  0,
		  "a filtered b",
		  "sent, refused body 550, sent",
		  { 1, 3, 2, 0, 0 } },
		{ "full",
		  { .defer_body = 2 },
		  0,
		  0,
		  "a b c",
		  "sent, deferred body 452, sent",
		  { 1, 3, 2, 0, 0 } },
		{ "421 between",
		  { .close_after_mails = 2 },
		  0,
		  0,
		  "a b c d",
		  "sent, sent, sent, sent",
		  { 2, 5, 4, 0, 0 } },
		{ "421 always",
		  { .close_after_mails = -1 },
		  0,
		  0,
		  "a",
		  "deferred mail 421",
		  { 3, 3, 0, 0, 0 } },
		{ "lost in a body",
		  { .drop_in_body = 2 },
		  0,
		  0,
		  "a b c",
		  "sent, unknown body 0, sent",
		  { 2, 3, 2, 0, 0 } },
		{ "lost behind a body",
		  { .drop_after_body = 1 },
		  0,
		  0,
		  "a b",
		  "unknown body 0, sent",
		  { 2, 2, 1, 0, 0 } },
		{ "silence",
		  { .silent_at_mail = 2 },
		  0,
		  0,
		  "a b c",
		  "sent, sent, sent",
		  { 2, 4, 3, 0, 0 } },
		{ "not SMTP",
		  { .garbage_at_mail = 1 },
		  0,
		  0,
		  "a b",
		  "sent, sent",
		  { 2, 3, 2, 0, 0 } },
		{ "greeting refuses",
		  { .greeting = "554 no\r\n" },
		  0,
		  0,
		  "a b",
		  "deferred connect 554, deferred connect 554",
		  { 0, 0, 0, 0, 0 } },
		{ "greeting is not SMTP",
		  { .greeting = "SSH-2.0\r\n" },
		  0,
		  0,
		  "a",
		  "deferred connect 0",
		  { 0, 0, 0, 0, 0 } },
		{ "two a connection",
		  { 0 },
		  0,
		  2,
		  "a b c d e",
		  "sent, sent, sent, sent, sent",
		  { 3, 5, 5, 0, 0 } },
		{ "TLS required, not offered",
		  { 0 },
		  SMTP_TLS_REQUIRE,
		  0,
		  "a",
		  "deferred starttls 0",
		  { 0, 0, 0, 0, 0 } },
		{ "TLS required, refused",
		  { .offers_tls = true },
		  SMTP_TLS_REQUIRE,
		  0,
		  "a",
		  "deferred starttls 454",
		  { 0, 0, 0, 0, 0 } },
		{ "TLS if it can be",
		  { .offers_tls = true },
		  SMTP_TLS_MAY,
		  0,
		  "a b",
		  "sent, sent",
		  { 2, 2, 2, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].name;
		struct arena *a = arena_new();
		char port[8];
		pid_t pid;
		int fd = start(&rows[i].script, port, &pid);
		const struct smtp_config config = {
			.host = "127.0.0.1",
			.port = port,
			.helo = "anpi.example.jp",
			.connections = 1,
			.mails_per_connection = rows[i].most,
			.tls = rows[i].tls,
			.reply_ms = 300,
			.patience_ms = 500,
		};

		close(fd);
		check_str(name, outcomes(a, &config, rows[i].to), rows[i].want);
		arena_free(a);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		check_int(name, counts->wrong, 0);
		if (rows[i].counts.connections == 0)
			continue; /* as often as patience lets it try */
		check_int(name, counts->connections,
			  rows[i].counts.connections);
		check_int(name, counts->taken, rows[i].counts.taken);
		check_int(name, counts->resets, rows[i].counts.resets);
	}
}

static void test_nobody_there(void **state)
{
	static const struct {
		const char *name, *to, *want;
	} rows[] = {
		{ "no server", "a b",
		  "deferred connect 0, deferred connect 0" },
		{ "line end in an address", "a\r\nRCPT", "refused rcpt 0" },
		{ "bracket in an address", "a>", "refused rcpt 0" },
	};
	const struct smtp_config config = {
		.host = "127.0.0.1",
		.port = "9", /* discard: nobody listens */
		.helo = "anpi.example.jp",
		.patience_ms = 100,
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena *a = arena_new();

		check_str(rows[i].name, outcomes(a, &config, rows[i].to),
			  rows[i].want);
		arena_free(a);
	}
}

static int setup(void **state)
{
	(void)state;
	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return counts == MAP_FAILED;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dialogues),
		cmocka_unit_test(test_nobody_there),
	};

	return cmocka_run_group_tests_name("smtp", tests, setup, NULL);
}
