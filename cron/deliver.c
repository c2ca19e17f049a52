/*
 * deliver - hand waiting messages to the relay
 *
 *   deliver [--once | --for SECONDS]
 *
 * Messages are claimed in batches under a lease, their addresses opened,
 * composed and handed over on kept connections; the next batch is claimed
 * while the last one's mails are on their way, so that the connections never
 * idle.  Mails of single links (model/link_mail.h) go before all others; the
 * rest by urgency.  When much waits, a few processes do this side by side
 * (Deliver.Workers): opening a sealed address is what costs most.
 *
 * It can die anywhere: what was claimed and not settled is taken again, at once
 * if the next deliver of this machine starts, else when its lease runs out.
 * What the relay took is noted at once (model/handed), so mail comes twice only
 * if the relay's word was still on its way, one a connection; none is lost.
 * Source: D1a, P1, P7; DESIGN 7, 9.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/config.h"
#include "base/log.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "base/token.h"
#include "db/db.h"
#include "mail/address.h"
#include "mail/compose.h"
#include "mail/letter.h"
#include "mail/smtp.h"
#include "model/handed.h"
#include "model/link_mail.h"
#include "model/message.h"
#include "tool/run.h"

enum {
	CLAIM_LEAST = 50, /* messages a batch: settling costs one commit each */
	CLAIM_MOST = 500,
	BATCH_MS = 200,	 /* that a batch should take: so that the workers end
			    together, and what is urgent can overtake */
	SETTLE_MS = 100, /* results are stored so often */
	RESULTS = 16,	 /* that are waited for at a time */
	BATCHES = 2,	 /* one on its way, one behind it */
	LEASE_S = 300,
	WORKERS = 2, /* processes, unless set */
	WORKERS_MOST = 16,
	LATER_FIRST_S = 5,  /* pause after "later", doubled each time */
	LATER_MOST_S = 300, /* the relay is there and says later */
	ABSENT_MOST_S = 30, /* the relay is not there: mail goes soon after */
	SETTLE_TRIES = 240, /* results are kept while the database is away */
	SETTLE_PAUSE_MS = 1000,
	EXPIRED_EVERY_MS = 10000,
};

enum { FRAME_TELL, FRAME_ASK, FRAME_REPLY, FRAMES };

/* Their templates. */
static const char *const frame_names[FRAMES] = {
	[FRAME_TELL] = "tell",
	[FRAME_ASK] = "ask",
	[FRAME_REPLY] = "reply",
};

/* Settings and keys, the same for all workers. */
struct site {
	const struct seal_private *seal;
	const struct token_keys *links;
	const char *url, *name, *my_page, *from, *from_name, *reply_to;
	const char *bounce_domain;
	const char *iso2022jp; /* classes of receivers that want it */
	uint32_t holder;
	int lease_s, workers;
	const char *frames[FRAMES][2]; /* [english] */
};

/* Texts of the mails of links; the first line is the subject. */
static const struct link_text {
	const char *kind, *path; /* as in link_mail, as in the address */
	enum token_kind token;
} link_texts[] = {
	{ "my_page", "m", TOKEN_MY_PAGE },
	{ "new_address", "a", TOKEN_NEW_ADDRESS },
	{ "check_address", "a", TOKEN_ADDRESS },
};

/* Why a person was asked, in words: the same for many. */
struct reason {
	struct reason *next;
	const char *why, *text;
};

/* A broadcast's mail in one language. */
struct letter {
	struct letter *next;
	int64_t broadcast; /* 0: of links of a kind */
	const char *link;
	const char *lang;
	struct message_text text;
	struct compose *compose;
	struct reason *reasons;
};

struct batch {
	struct arena *arena;
	int left; /* of its messages that are with the sender */
};

/* A message on its way. */
struct envelope {
	struct smtp_mail mail;
	struct message *message;
	struct batch *batch;
	struct handed *handed;
};

/* One process that sends. */
struct worker {
	const struct site *site;
	struct db *db;
	struct arena *arena;   /* of what lives as long as the worker */
	struct arena *letters; /* of this round */
	struct arena *scratch; /* of one settling */
	struct smtp *smtp;
	struct handed *handed;
	struct handed *others[WORKERS_MOST]; /* of helpers, after a crash */
	struct letter *list;
	struct batch batches[BATCHES];
	struct message *done, *links; /* to be settled: of broadcasts, of links
				       */
	int64_t settled_at;	      /* monotonic */
	int claim;   /* messages a batch, by how fast they leave */
	int total;   /* messages of this round */
	bool unsure; /* some of ours may be claimed and not known */
};

/* Settings ----------------------------------------------------------------- */

static const char *read_frame(struct arena *a, const char *name, bool english)
{
	const char *text = letter_template(a, name, english ? "en" : "ja");

	if (text == NULL)
		log_fatal("no templates of mail");
	return text;
}

/* The machine, as a number that its next deliver finds again. */
static uint32_t machine_number(void)
{
	unsigned char sum[SHA256_LEN];
	const char *name = config_machine();

	bytes_sha256(name, strlen(name), sum);
	return (uint32_t)sum[0] << 24 | (uint32_t)sum[1] << 16 |
	       (uint32_t)sum[2] << 8 | sum[3];
}

static struct site *read_site(struct arena *a)
{
	struct site *s = arena_alloc(a, sizeof(*s));
	const char *keys = config_must("Path.Keys");

	s->seal = seal_private_load(config_text(
		"Keys.Seal", arena_fmt(a, "%s/seal.private", keys)));
	s->links = token_keys_load(arena_fmt(a, "%s/link.keys", keys));
	if (s->seal == NULL || s->links == NULL)
		log_fatal("keys not readable");
	s->url = config_must("Site.Url");
	s->my_page = arena_fmt(a, "%s/m/", s->url);
	s->name = config_text("Site.Name", "");
	s->from = config_must("Mail.From");
	s->from_name = config_text("Mail.FromName", "");
	s->reply_to = config_text("Mail.ReplyTo", NULL);
	s->bounce_domain = config_must("Mail.BounceDomain");
	s->iso2022jp = config_text("Mail.Iso2022jp", "docomo au softbank");
	s->holder = machine_number();
	s->lease_s = (int)config_int("Deliver.Lease", LEASE_S, 1, 86400);
	s->workers =
		(int)config_int("Deliver.Workers", WORKERS, 1, WORKERS_MOST);
	for (int frame = 0; frame < FRAMES; frame++)
		for (int english = 0; english < 2; english++)
			s->frames[frame][english] =
				read_frame(a, frame_names[frame], english);
	return s;
}

static void note_taken(const struct smtp_mail *mail)
{
	const struct envelope *e = mail->owner;

	/* A mail of a single link may come twice: it is the same link. */
	if (e->message->link == NULL)
		handed_note(e->handed, e->message->id, e->message->attempts);
}

/* The connections of a worker: those of the relay, shared out. */
static struct smtp *open_relay(struct arena *a, const struct site *site,
			       int place)
{
	static const char *const words[] = { "none", "may", "require" };
	const char *tls = config_text("Relay.0.Tls", "may");
	int all = (int)config_int("Relay.0.Connections", 5, 1,
				  SMTP_CONNECTIONS_MAX);
	struct smtp_config c = {
		.host = config_must("Relay.0.Host"),
		.port = config_text("Relay.0.Port", "25"),
		.helo = config_must("Mail.Helo"),
		.ca_file = config_text("Relay.0.CaFile", NULL),
		.taken = note_taken,
	};
	struct smtp *smtp;
	size_t i = 0;

	while (i < LEN(words) && !str_eq(tls, words[i]))
		i++;
	if (i == LEN(words))
		log_fatal("setting not understood key=Relay.0.Tls");
	c.tls = (enum smtp_tls)i;
	c.connections = all / site->workers + (place < all % site->workers);
	if (c.connections == 0)
		c.connections = 1;
	smtp = smtp_open(a, &c);
	if (smtp == NULL)
		log_fatal("relay not usable");
	return smtp;
}

static struct worker *worker_new(const struct site *site, struct db *db,
				 int place)
{
	struct arena *a = arena_new();
	struct worker *w = arena_alloc(a, sizeof(*w));

	w->site = site;
	w->db = db;
	w->arena = a;
	w->letters = arena_new();
	w->scratch = arena_new();
	for (int i = 0; i < BATCHES; i++)
		w->batches[i].arena = arena_new();
	w->smtp = open_relay(a, site, place);
	w->handed = handed_open(a, config_must("Path.Run"), place);
	return w;
}

/* Letters ------------------------------------------------------------------ */

static int frame_of(const struct message_text *text)
{
	if (text->replies)
		return FRAME_REPLY;
	return text->asks ? FRAME_ASK : FRAME_TELL;
}

static struct compose *open_letter(struct worker *w, const struct letter *l)
{
	const struct site *site = w->site;
	struct letter_text text = {
		.lang = l->lang,
		.drill = l->text.drill,
		.from_name = *l->text.sender == '\0' ? site->from_name
						     : l->text.sender,
		.from_address = site->from,
		.subject = l->text.subject,
		.body = l->text.body,
		.closes_at = l->text.closes_at,
		.site = site->name,
		.frame =
			site->frames[frame_of(&l->text)][str_eq(l->lang, "en")],
	};

	message_offer(l->text.questions, &text);
	return letter_open(w->letters, &text);
}

/* The mail of a kind of links. */
static struct compose *open_link_letter(struct worker *w,
					const struct letter *l)
{
	const char *text = letter_template(w->letters, l->link, l->lang);
	size_t subject = text == NULL ? 0 : strcspn(text, "\n");
	struct letter_text t = {
		.lang = l->lang,
		.from_name = w->site->from_name,
		.from_address = w->site->from,
		.frame = "{{body}}\n",
	};

	if (text == NULL)
		return NULL;
	t.subject = arena_strndup(w->letters, text, subject);
	t.body = text + subject + strspn(text + subject, "\n");
	return letter_open(w->letters, &t);
}

static bool is_letter_of(const struct letter *l, const struct message *m)
{
	return l->broadcast == m->broadcast && str_eq(l->lang, m->lang) &&
	       (m->link == NULL || str_eq(l->link, m->link));
}

/* The letter of a message; NULL on failure.  What it keeps lives for the
 * round. */
static struct letter *find_letter(struct worker *w, const struct message *m)
{
	struct arena *before = w->db->arena;
	struct letter *l;

	for (l = w->list; l != NULL; l = l->next)
		if (is_letter_of(l, m))
			return l->compose == NULL ? NULL : l;
	l = arena_alloc(w->letters, sizeof(*l));
	l->broadcast = m->broadcast;
	l->lang = arena_strdup(w->letters, m->lang);
	w->db->arena = w->letters;
	if (m->link != NULL) {
		l->link = arena_strdup(w->letters, m->link);
		l->compose = open_link_letter(w, l);
	} else if (message_text(w->db, m->broadcast, &l->text) == 1) {
		l->compose = open_letter(w, l);
	}
	w->db->arena = before;
	l->next = w->list;
	w->list = l;
	return l->compose == NULL ? NULL : l;
}

static const char *find_reason(struct worker *w, struct letter *l,
			       const char *why)
{
	struct arena *before = w->db->arena;
	const char *name, *level;
	struct reason *r;
	int rc;

	for (r = l->reasons; r != NULL; r = r->next)
		if (strcmp(r->why, why) == 0)
			return r->text;
	w->db->arena = w->letters;
	rc = message_why(w->db, l->text.event, why, &name, &level);
	w->db->arena = before;
	if (rc < 0)
		return "";
	r = arena_alloc(w->letters, sizeof(*r));
	r->why = arena_strdup(w->letters, why);
	r->text =
		letter_why(w->letters, l->lang, why, name, level, l->text.why);
	r->next = l->reasons;
	l->reasons = r;
	return r->text;
}

static const char *link_to(struct worker *w, struct arena *a, const char *path,
			   enum token_kind kind, int64_t broadcast,
			   const struct message *m)
{
	return arena_fmt(a, "%s/%s/%s", w->site->url, path,
			 token_make(a, w->site->links, kind,
				    (uint32_t)broadcast, (uint32_t)m->user,
				    m->generation));
}

/* The link of a mail of no broadcast.  One to /m/ carries its end. */
static const char *own_link(struct worker *w, struct arena *a,
			    const struct message *m)
{
	size_t i = 0;
	int64_t item = m->item;

	while (i < LEN(link_texts) - 1 && !str_eq(link_texts[i].kind, m->link))
		i++;
	if (link_texts[i].token == TOKEN_MY_PAGE)
		item = link_mail_end(m->made_at) / TIME_SECOND;
	return link_to(w, a, link_texts[i].path, link_texts[i].token, item, m);
}

static const char *bounce_address(struct worker *w, struct arena *a,
				  const struct message *m)
{
	return arena_fmt(a, "b-%s@%s",
			 token_make_local(a, w->site->links, TOKEN_BOUNCE,
					  (uint32_t)m->broadcast,
					  (uint32_t)m->user, m->generation),
			 w->site->bounce_domain);
}

/* Writes the mail of a message.  Returns false if that cannot be done. */
static bool write_mail(struct worker *w, struct arena *a, struct message *m,
		       struct smtp_mail *mail)
{
	struct letter *l = find_letter(w, m);
	const char *values[LETTER_VALUES];
	struct compose_to to = { .values = values };

	to.address = seal_open(a, w->site->seal, m->sealed, m->sealed_len);
	if (l == NULL || to.address == NULL)
		return false;
	values[LETTER_LINK] = m->link != NULL ? own_link(w, a, m)
					      : link_to(w, a, "r", TOKEN_ANSWER,
							l->text.root, m);
	values[LETTER_SELF_REPORT] =
		link_to(w, a, "s", TOKEN_SELF_REPORT, 0, m);
	values[LETTER_WHY] = m->link != NULL ? "" : find_reason(w, l, m->why);
	values[LETTER_MY_PAGE] = w->site->my_page;
	values[LETTER_NAME] = m->name == NULL ? "" : m->name;
	/* The same if it has to be sent again: receivers may then drop the
	 * second. */
	to.id = arena_fmt(a, "%s%lld.%llx", m->link != NULL ? "l" : "",
			  (long long)m->id,
			  (long long)(m->link != NULL ? m->made_at
						      : l->text.confirmed_at));
	to.reply_to = w->site->reply_to;
	to.at = time_now();
	to.iso2022jp = strstr(w->site->iso2022jp, m->class) != NULL;
	mail->from = bounce_address(w, a, m);
	mail->to = address_quoted(a, to.address);
	mail->bytes = compose_message(l->compose, a, &to, &mail->len);
	return mail->bytes != NULL;
}

/* Sending ------------------------------------------------------------------ */

static void finish(struct worker *w, struct message *m,
		   enum message_result result, const char *status)
{
	struct message **list = m->link != NULL ? &w->links : &w->done;

	m->result = result;
	m->status = status;
	m->next = *list;
	*list = m;
	w->total++;
}

static void post(struct worker *w, struct batch *batch, struct message *m)
{
	struct envelope *e;

	if (m->stopped) {
		finish(w, m, MESSAGE_CANCELLED, NULL);
		return;
	}
	e = arena_alloc(batch->arena, sizeof(*e));
	e->message = m;
	e->batch = batch;
	e->handed = w->handed;
	e->mail.owner = e;
	if (!write_mail(w, batch->arena, m, &e->mail)) {
		log_error("message not written message=%lld broadcast=%lld",
			  (long long)m->id, (long long)m->broadcast);
		finish(w, m, MESSAGE_REFUSED, "not written");
		return;
	}
	batch->left++;
	smtp_submit(w->smtp, &e->mail);
}

/* The words of a reply without addresses: the table of messages is read by
 * programs that must not know them (DESIGN 9). */
static const char *reply_words(struct arena *a, const struct smtp_mail *mail)
{
	struct str s = { .arena = a };
	const char *p = mail->text;

	str_fmt(&s, "%s %d", smtp_stage_name(mail->stage), mail->code);
	while (*p != '\0') {
		size_t len = strcspn(p, " ");

		if (len > 0)
			str_add_char(&s, ' ');
		if (memchr(p, '@', len) != NULL)
			str_add(&s, "(address)");
		else
			str_add_len(&s, p, len);
		p += len;
		p += strspn(p, " ");
	}
	return str_text(&s);
}

static int pause_s(const struct message *m, int most_s)
{
	int s = LATER_FIRST_S;

	for (int i = 1; i < m->attempts && s < most_s; i++)
		s *= 2;
	return s < most_s ? s : most_s;
}

static void take_result(struct worker *w, struct envelope *e)
{
	const struct smtp_mail *mail = &e->mail;
	struct message *m = e->message;
	bool about_it = mail->stage == SMTP_RCPT || mail->stage == SMTP_BODY;

	e->batch->left--;
	if (mail->outcome == SMTP_SENT) {
		finish(w, m, MESSAGE_HANDED, NULL);
		return;
	}
	log_warn("message not taken message=%lld stage=%s code=%d",
		 (long long)m->id, smtp_stage_name(mail->stage), mail->code);
	if (mail->outcome == SMTP_REFUSED && about_it) {
		finish(w, m, MESSAGE_REFUSED,
		       reply_words(e->batch->arena, mail));
		return;
	}
	m->later_s = 0;
	if (mail->outcome != SMTP_UNKNOWN)
		m->later_s = pause_s(m, mail->code == 0 ? ABSENT_MOST_S
							: LATER_MOST_S);
	finish(w, m, MESSAGE_LATER, reply_words(e->batch->arena, mail));
}

/* Stores what is done.  While the database is away the results are kept, for
 * else the mails would go out again. */
static int settle(struct worker *w)
{
	int rc, tries = 0;

	do {
		arena_reset(w->scratch);
		w->db->arena = w->scratch;
		rc = message_settle(w->db, w->done);
		if (rc == 0) /* a second time changes nothing */
			rc = link_mail_settle(w->db, w->links);
		if (rc < 0)
			poll(NULL, 0, SETTLE_PAUSE_MS);
	} while (rc < 0 && ++tries < SETTLE_TRIES);
	/* What could not be stored stays noted for the next step. */
	if (rc == 0)
		handed_clear(w->handed);
	w->done = w->links = NULL;
	w->settled_at = time_monotonic();
	return rc;
}

static bool has_done(const struct worker *w)
{
	return w->done != NULL || w->links != NULL;
}

static bool is_settling_due(const struct worker *w)
{
	return has_done(w) &&
	       time_monotonic() - w->settled_at >= (int64_t)SETTLE_MS * 1000;
}

/* Sends until all of a batch is done; settles it, and what else is done. */
static int finish_batch(struct worker *w, const struct batch *batch)
{
	struct smtp_mail *mail;

	while (batch->left > 0) {
		size_t unfinished = smtp_unfinished(w->smtp);
		size_t some =
			batch->left < RESULTS ? (size_t)batch->left : RESULTS;

		if (smtp_run(w->smtp,
			     unfinished > some ? unfinished - some : 0) < 0)
			return -1;
		while ((mail = smtp_done(w->smtp)) != NULL)
			take_result(w, mail->owner);
		if (is_settling_due(w) && settle(w) < 0)
			return -1;
	}
	return has_done(w) ? settle(w) : 0;
}

/* Claims a batch and gives it to the sender; it waits there behind the one
 * before.  Returns how many, or -1. */
static int begin_batch(struct worker *w, struct batch *batch)
{
	struct message *list, *next;
	int n;

	arena_reset(batch->arena);
	w->db->arena = batch->arena;
	if (tool_is_ending())
		return 0;
	n = link_mail_claim(w->db, w->site->holder, w->site->lease_s, w->claim,
			    &list);
	if (n == 0)
		n = message_claim(w->db, w->site->holder, w->site->lease_s,
				  w->claim, &list);
	for (struct message *m = list; m != NULL; m = next) {
		next = m->next;
		post(w, batch, m);
	}
	return n;
}

/* Fits the size of batches to the time that one took. */
static void adapt(struct worker *w, int64_t took_us)
{
	int64_t fit = (int64_t)w->claim * BATCH_MS * 1000 / (took_us + 1);

	if (fit > (int64_t)w->claim * 2)
		fit = (int64_t)w->claim * 2; /* the first are not the rule */
	if (fit > CLAIM_MOST)
		fit = CLAIM_MOST;
	w->claim = fit < CLAIM_LEAST ? CLAIM_LEAST : (int)fit;
}

/* Sends until nothing is due.  Returns how many messages, or -1. */
static int work(struct worker *w)
{
	int turn = 0, n, rc = 0;
	int64_t began = time_monotonic();

	w->total = 0;
	w->claim = CLAIM_LEAST;
	w->list = NULL;
	arena_reset(w->letters);
	do {
		n = begin_batch(w, &w->batches[turn]);
		turn = (turn + 1) % BATCHES;
		rc = finish_batch(w, &w->batches[turn]);
		adapt(w, time_monotonic() - began);
		began = time_monotonic();
	} while (n > 0 && rc == 0);
	for (int i = 0; i < BATCHES; i++)
		if (finish_batch(w, &w->batches[i]) < 0)
			rc = -1;
	return n < 0 || rc < 0 ? -1 : w->total;
}

/* Processes ---------------------------------------------------------------- */

/* Another process that works until nothing is due.  It has a connection of its
 * own to the database and ends without touching the parent's. */
static pid_t start_helper(const struct site *site, int place)
{
	pid_t pid = fork();

	if (pid < 0)
		log_error("helper not started why=%s", strerror(errno));
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	_exit(work(worker_new(site, db_open_configured(), place)) < 0 ? 1 : 0);
}

/* Waits for the helpers.  Returns 0, or -1 if one did not end well. */
static int wait_for(const pid_t *helpers, int count)
{
	int rc = 0;

	for (int i = 0; i < count; i++) {
		int status = 0;

		while (waitpid(helpers[i], &status, 0) < 0 && errno == EINTR)
			kill(helpers[i], SIGTERM);
		if (status != 0)
			rc = log_error("helper failed status=%d", status);
	}
	return rc;
}

static int work_together(struct worker *w, int helpers)
{
	pid_t list[WORKERS_MOST];
	int started = 0, n;

	for (int i = 0; i < helpers; i++) {
		list[started] = start_helper(w->site, i + 1);
		if (list[started] > 0)
			started++;
	}
	n = work(w);
	return wait_for(list, started) < 0 ? -1 : n;
}

static int idle(struct worker *w)
{
	static int64_t looked_at;
	int64_t now = time_monotonic();

	if (message_finish(w->db) < 0)
		return -1;
	if (now - looked_at < (int64_t)EXPIRED_EVERY_MS * 1000)
		return 0;
	looked_at = now;
	if (link_mail_take_back(w->db, 0) < 0)
		return -1;
	return message_take_expired(w->db) < 0 ? -1 : 0;
}

/* After a crash: what the relay took is handed over, the rest of what was
 * claimed goes again.  Nothing of this machine is on its way here: the lock is
 * ours, and the helpers have ended. */
static int take_back(struct worker *w)
{
	for (int place = 0; place < WORKERS_MOST; place++) {
		struct handed *h = place == 0 ? w->handed : w->others[place];

		if (h == NULL)
			h = w->others[place] = handed_open(
				w->arena, config_must("Path.Run"), place);
		if (handed_settle(h, w->db) < 0)
			return -1;
	}
	if (message_take_back(w->db, w->site->holder) < 0)
		return -1;
	return link_mail_take_back(w->db, w->site->holder) < 0 ? -1 : 0;
}

/* Returns how many messages it took on, 0 if none is due, -1 on failure. */
static int step(struct tool *tool)
{
	struct worker *w = tool->own;
	int due, links, n;

	if (w == NULL) {
		const struct site *site = read_site(arena_new());

		w = worker_new(site, tool->db, 0);
		w->unsure = true; /* a crash before us */
		tool->own = w;
	}
	tool->back_off_ms = TOOL_QUICK_BACK_OFF_MS;
	if (w->unsure && take_back(w) < 0)
		return -1;
	w->unsure = false;
	links = link_mail_due(tool->db, CLAIM_MOST + 1);
	due = message_due(tool->db, CLAIM_MOST + 1);
	if (due < 0 || links < 0)
		return -1;
	due += links;
	if (due == 0)
		return idle(w);
	n = work_together(w, due > CLAIM_MOST ? w->site->workers - 1 : 0);
	tool->db->arena = tool->arena;
	w->unsure = n < 0;
	if (n < 0 || message_finish(tool->db) < 0)
		return -1;
	log_info("delivered messages=%d", n);
	return n;
}

int main(int argc, char **argv)
{
	return tool_run("deliver", argc, argv, step);
}
