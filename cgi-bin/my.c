/*
 * my - a person's own addresses, regions, language and card
 *
 *   GET  /m/                  asks for the staff number
 *   POST /m/                  has the link mailed to the registered addresses;
 *                             says the same whether or not there are any
 *   GET  /m/{token}           what is registered
 *   POST /m/{token}/add       takes an address, mails it a link to /a/
 *   POST /m/{token}/address   check, raise, remove, or drop one that waits
 *   GET  /m/{token}/region    the municipalities of a prefecture to choose from
 *   POST /m/{token}/region    adds or removes a region
 *   POST /m/{token}/language
 *   GET  /m/{token}/card      to print: QR code of the self-report, short code
 *   POST /m/{token}/card      makes it, or makes it anew if it was lost
 *   POST /m/{token}/close     ends the links to /m/ that are out
 *   GET  /a/{token}           what is to be confirmed
 *   POST /a/{token}           confirms it
 *
 * For whoever holds the link.  One to /m/ ends after two hours, when the page
 * is closed, and with the person's other links; one to /a/ does one thing.  A
 * GET changes nothing.  Addresses are sealed here and cannot be read here.
 * Source: D1f, D1g, D2h, B4, B6, DESIGN 5, 9.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/config.h"
#include "base/log.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/time.h"
#include "base/token.h"
#include "mail/address.h"
#include "model/card.h"
#include "model/link_mail.h"
#include "model/my_page.h"
#include "model/own_address.h"
#include "model/own_region.h"
#include "web/form.h"
#include "web/page.h"
#include "web/qr.h"
#include "web/run.h"

enum {
	PATH_LEN = 4096,
	STAFF_NO_MAX = 32,
	ADDRESS_TEXT_MAX = 300, /* characters, blanks around it too */
	CODE_MAX = 12,		/* of a region */
	NETWORK_MOST_SET = 100000,
};

/* What the process keeps. */
static const struct token_keys *token_keys;
static const struct seal_public *seal;
static const struct digest_key *digest;
static int network_most;

static const char *key_path(char out[PATH_LEN], const char *name)
{
	snprintf(out, PATH_LEN, "%s/%s", config_must("Path.Keys"), name);
	return out;
}

static void start(void)
{
	char path[PATH_LEN];

	token_keys = token_keys_load(key_path(path, "link.keys"));
	seal = seal_public_load(key_path(path, "seal.public"));
	digest = digest_key_load(key_path(path, "digest.key"));
	if (token_keys == NULL || seal == NULL || digest == NULL)
		log_fatal("no keys of links and addresses");
	network_most = (int)config_int("My.AsksPerNetwork", LINK_NETWORK_MOST,
				       1, NETWORK_MOST_SET);
}

/* A visit ------------------------------------------------------------------*/

struct visit {
	struct token token;
	struct my_person person;
};

/* The address itself carries a language where nobody is known yet. */
static const struct field lang_field[] = {
	{ "lang", FIELD_CHOICE("ja en"), 0, 1 },
};

static void set_language(struct request *req, bool english)
{
	page_set(req, "Visit.english", english ? "1" : NULL);
}

static void choose_language(struct request *req)
{
	const char *lang = form_text(req, "lang");

	set_language(req, str_eq(*lang == '\0' ? req->lang : lang, "en"));
}

static int refuse(struct request *req, int status, const char *why)
{
	set_language(req, str_eq(req->lang, "en"));
	page_set(req, "Refused.why", why);
	page_set(req, "Site.contact", config_text("Site.Contact", NULL));
	return page_show_status(req, status, "my_refused.cs");
}

/* Finds the person of a good token; 0, or the status that refused. */
static int find_person(struct request *req, struct visit *v)
{
	int found = my_page_find(req->db, v->token.user, &v->person);

	if (found < 0)
		return 500;
	if (found == 0 || v->person.generation != v->token.generation)
		return refuse(req, 403, "revoked");
	set_language(req, v->person.english);
	page_set(req, "Visit.name", v->person.name);
	return 0;
}

/* Opens a link to /m/; 0, or the status that refused. */
static int open_visit(struct request *req, struct visit *v)
{
	int64_t end, mailed;
	int status;

	if (!token_parse(token_keys, req->token, TOKEN_MY_PAGE, &v->token))
		return refuse(req, 404, "forged");
	end = v->token.broadcast * (int64_t)TIME_SECOND;
	if (end <= req->now)
		return refuse(req, 410, "expired");
	status = find_person(req, v);
	if (status != 0)
		return status;
	mailed = end - LINK_MY_PAGE_MIN * (int64_t)TIME_MINUTE;
	if (mailed <= v->person.closed_at)
		return refuse(req, 403, "revoked");
	page_set(req, "Visit.path", arena_fmt(req->arena, "/m/%s", req->token));
	page_set(req, "Visit.end", time_show_clock(req->arena, end));
	return 0;
}

/* To the page again, which says what was done. */
static int redirect(struct request *req, const char *done)
{
	return page_redirect(
		req, arena_fmt(req->arena, "/m/%s?done=%s", req->token, done),
		0);
}

/* Asking for the link ------------------------------------------------------*/

static const struct field ask_fields[] = {
	{ "lang", FIELD_CHOICE("ja en"), 0, 1 },
	{ "staff_no", FIELD_TEXT, 1, STAFF_NO_MAX },
};

static const struct field asked_fields[] = {
	{ "lang", FIELD_CHOICE("ja en"), 0, 1 },
	{ "done", FIELD_CHOICE("asked"), 0, 1 },
};

static int show_ask(struct request *req)
{
	choose_language(req);
	page_set(req, "Site.contact", config_text("Site.Contact", NULL));
	return page_show(req, "my_ask.cs");
}

static int ask_form(struct request *req)
{
	form_read(req, asked_fields, LEN(asked_fields));
	return show_ask(req);
}

static bool is_staff_no(const char *text)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789-_.";

	return text[strspn(text, good)] == '\0';
}

static int ask(struct request *req)
{
	const char *staff_no;
	int taken;

	if (!form_read(req, ask_fields, LEN(ask_fields)))
		return show_ask(req);
	staff_no = charset_narrow(req->arena, form_text(req, "staff_no"));
	if (!is_staff_no(staff_no)) {
		form_error(req, "staff_no",
			   "職員番号は、英数字と - _ . で入力してください。");
		return show_ask(req);
	}
	taken = link_mail_ask(req->db, staff_no, req->network, req->now,
			      network_most);
	if (taken < 0)
		return 500;
	if (taken == 0) {
		choose_language(req);
		page_set(req, "Asked.often", "1");
		return page_show_status(req, 429, "my_ask.cs");
	}
	return page_redirect(req,
			     arena_fmt(req->arena, "/m/?done=asked%s%s",
				       form_has(req, "lang") ? "&lang=" : "",
				       form_text(req, "lang")),
			     0);
}

/* The page -----------------------------------------------------------------*/

static const struct field page_fields[] = {
	{ "done",
	  FIELD_CHOICE("added check raised removed dropped region noregion "
		       "language card"),
	  0, 1 },
};

/* What is wrong, as a word for the template: it has both languages. */
static void set_fault(struct request *req, const char *name, const char *why)
{
	page_set(req, arena_fmt(req->arena, "Fault.%s", name), why);
}

static int set_addresses(struct request *req, const struct visit *v)
{
	struct own_address *list;
	struct waiting_address *waiting;
	int64_t count = 0;

	if (own_address_list(req->db, v->person.id, &list) < 0 ||
	    own_address_waiting(req->db, v->person.id, &waiting) < 0)
		return -1;
	for (const struct own_address *a = list; a != NULL; a = a->next) {
		struct row *row = page_row(req, "Addresses");

		row_set_int(row, "id", a->id);
		row_set_int(row, "place", ++count);
		row_set(row, "domain", a->domain);
		row_set(row, "state",
			str_eq(a->state, "confirmed") && !a->fresh ? "old"
								   : a->state);
		row_set(row, "at",
			arena_strndup(req->arena,
				      time_iso(req->arena, a->checked_at),
				      strlen("2024-01-01")));
		row_set(row, "origin", a->origin);
	}
	for (const struct waiting_address *w = waiting; w; w = w->next) {
		struct row *row = page_row(req, "Waiting");

		row_set_int(row, "id", w->id);
		row_set(row, "domain", w->domain);
	}
	page_set_int(req, "Count.addresses", count);
	return 0;
}

static int set_regions(struct request *req, const struct visit *v)
{
	struct own_region *list;
	struct place *places;

	if (own_region_list(req->db, v->person.id, &list) < 0 ||
	    own_region_places(req->db, NULL, &places) < 0)
		return -1;
	for (const struct own_region *r = list; r != NULL; r = r->next) {
		struct row *row = page_row(req, "Regions");

		row_set(row, "purpose", r->purpose);
		row_set(row, "code", r->code);
		row_set(row, "name",
			arena_fmt(req->arena, "%s%s", r->prefecture, r->name));
		row_set(row, "origin", r->origin);
	}
	for (const struct place *p = places; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Prefectures");

		row_set(row, "code", p->code);
		row_set(row, "name", p->name);
	}
	return 0;
}

/* Reading is noted too, before it is shown. */
static int show_page(struct request *req, const struct visit *v, int status)
{
	struct audit audit = request_audit(req);
	const char *code;
	int has = card_of(req->db, v->person.id, &code);

	if (has < 0 || set_addresses(req, v) < 0 || set_regions(req, v) < 0 ||
	    my_page_note(req->db, &audit, v->person.id, "my page shown", "") <
		    0)
		return 500;
	page_set(req, "Visit.group", v->person.group);
	page_set(req, "Card.code",
		 has > 0 ? card_show(req->arena, code) : NULL);
	page_set(req, "Site.from", config_text("Mail.From", NULL));
	return page_show_status(req, status, "my.cs");
}

static int show(struct request *req)
{
	struct visit v;
	int status;

	form_read(req, page_fields, LEN(page_fields));
	status = open_visit(req, &v);
	return status != 0 ? status : show_page(req, &v, 200);
}

/* Addresses ----------------------------------------------------------------*/

static const struct field add_fields[] = {
	{ "address", FIELD_TEXT, 0, ADDRESS_TEXT_MAX },
	{ "as_is", FIELD_CHOICE("yes"), 0, 1 },
};

/* The typed one with the domain that was probably meant, to choose from. */
static int show_hint(struct request *req, const struct visit *v,
		     const char *address, const char *hint)
{
	const char *at = strrchr(address, '@');

	page_set(req, "Hint.typed", address);
	page_set(req, "Hint.meant",
		 arena_fmt(req->arena, "%.*s@%s", (int)(at - address), address,
			   hint));
	page_set(req, "Hint.domain", hint);
	return show_page(req, v, 422);
}

static int store_address(struct request *req, const struct visit *v,
			 const char *address)
{
	struct audit audit = request_audit(req);
	unsigned char sum[ADDRESS_DIGEST_LEN];
	struct sealed_address sealed = { .digest = sum };

	address_digest(digest, address, sum);
	sealed.sealed =
		seal_close(req->arena, seal, address, &sealed.sealed_len);
	sealed.domain = address_domain(address);
	sealed.class = address_class_name(address_class(sealed.domain));
	switch (own_address_add(req->db, &audit, v->person.id, &sealed,
				req->now)) {
	case OWN_ADDED:
		return redirect(req, "added");
	case OWN_KNOWN:
		set_fault(req, "address", "known");
		break;
	case OWN_TOO_MANY:
		set_fault(req, "address", "many");
		break;
	default:
		return 500;
	}
	return show_page(req, v, 422);
}

static int add_address(struct request *req)
{
	const char *address, *hint;
	struct visit v;
	bool good = form_read(req, add_fields, LEN(add_fields));
	int status = open_visit(req, &v);

	if (status != 0)
		return status;
	address = address_normalise(
		req->arena,
		charset_narrow(req->arena, form_text(req, "address")));
	if (!good || address == NULL) {
		set_fault(req, "address", "none");
		return show_page(req, &v, 422);
	}
	hint = address_domain_hint(address_domain(address));
	if (hint != NULL && !form_has(req, "as_is"))
		return show_hint(req, &v, address, hint);
	return store_address(req, &v, address);
}

static const struct field address_fields[] = {
	{ "act", FIELD_CHOICE("check raise remove drop"), 1, 1 },
	{ "id", FIELD_INT, 1, UINT32_MAX },
	{ "sure", FIELD_CHOICE("yes last"), 0, 1 },
};

/* Asks before an address goes; nothing is changed yet. */
static int show_remove(struct request *req, const struct visit *v)
{
	struct own_address *list;
	int64_t id = form_int(req, "id"), count = 0;

	if (own_address_list(req->db, v->person.id, &list) < 0)
		return 500;
	for (const struct own_address *a = list; a != NULL; a = a->next) {
		count++;
		if (a->id == id)
			page_set(req, "Address.domain", a->domain);
	}
	page_set_int(req, "Address.id", id);
	page_set(req, "Address.last", count == 1 ? "1" : NULL);
	return page_show(req, "my_remove.cs");
}

static int remove_address(struct request *req, const struct visit *v)
{
	struct audit audit = request_audit(req);
	const char *sure = form_text(req, "sure");

	if (*sure == '\0')
		return show_remove(req, v);
	switch (own_address_remove(req->db, &audit, v->person.id,
				   form_int(req, "id"), str_eq(sure, "last"),
				   req->now)) {
	case OWN_LAST:
		return show_remove(req, v);
	case OWN_GONE: /* a second press */
	case OWN_REMOVED:
		return redirect(req, "removed");
	default:
		return 500;
	}
}

static int check_address(struct request *req, const struct visit *v)
{
	struct audit audit = request_audit(req);

	switch (own_address_ask(req->db, &audit, v->person.id,
				form_int(req, "id"), req->now)) {
	case OWN_ADDED:
		return redirect(req, "check");
	case OWN_TOO_MANY:
		set_fault(req, "check", "many");
		return show_page(req, v, 422);
	case OWN_UNKNOWN:
		return redirect(req, "removed");
	default:
		return 500;
	}
}

static int change_address(struct request *req)
{
	struct audit audit = request_audit(req);
	struct visit v;
	bool good = form_read(req, address_fields, LEN(address_fields));
	int status = open_visit(req, &v);
	const char *act = form_text(req, "act");
	int64_t id = form_int(req, "id");

	if (status != 0)
		return status;
	if (!good)
		return 400;
	if (str_eq(act, "remove"))
		return remove_address(req, &v);
	if (str_eq(act, "check"))
		return check_address(req, &v);
	if (str_eq(act, "raise"))
		return own_address_raise(req->db, &audit, v.person.id, id) < 0
			       ? 500
			       : redirect(req, "raised");
	return own_address_drop(req->db, &audit, v.person.id, id) < 0
		       ? 500
		       : redirect(req, "dropped");
}

/* Regions ------------------------------------------------------------------*/

static const struct field choose_fields[] = {
	{ "purpose", FIELD_CHOICE("work home family other"), 1, 1 },
	{ "prefecture", FIELD_CODE, 1, CODE_MAX },
};

static const struct field region_fields[] = {
	{ "act", FIELD_CHOICE("add remove"), 1, 1 },
	{ "purpose", FIELD_CHOICE("work home family other"), 1, 1 },
	{ "code", FIELD_CODE, 1, CODE_MAX },
};

/* Without script a prefecture is chosen first, then the municipality. */
static int choose_region(struct request *req)
{
	struct place *prefectures, *list;
	const char *code, *name = NULL;
	struct visit v;
	bool good = form_read(req, choose_fields, LEN(choose_fields));
	int status = open_visit(req, &v);

	if (status != 0)
		return status;
	if (!good) {
		set_fault(req, "region", "choose");
		return show_page(req, &v, 422);
	}
	code = form_text(req, "prefecture");
	if (own_region_places(req->db, NULL, &prefectures) < 0 ||
	    own_region_places(req->db, code, &list) < 0)
		return 500;
	for (const struct place *p = prefectures; p != NULL; p = p->next)
		if (str_eq(p->code, code))
			name = p->name;
	if (name == NULL)
		return 404;
	page_set(req, "Prefecture.code", code);
	page_set(req, "Prefecture.name", name);
	for (const struct place *p = list; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Places");

		row_set(row, "code", p->code);
		row_set(row, "name", p->name);
	}
	return page_show(req, "my_region.cs");
}

static int change_region(struct request *req)
{
	struct audit audit = request_audit(req);
	struct visit v;
	bool good = form_read(req, region_fields, LEN(region_fields));
	int status = open_visit(req, &v);
	bool add = str_eq(form_text(req, "act"), "add");
	int (*change)(struct db *, const struct audit *, int64_t, const char *,
		      const char *) = add ? own_region_add : own_region_remove;

	if (status != 0)
		return status;
	if (!good) {
		set_fault(req, "region", "choose");
		return show_page(req, &v, 422);
	}
	switch (change(req->db, &audit, v.person.id, form_text(req, "purpose"),
		       form_text(req, "code"))) {
	case OWN_REGION_DONE:
		return redirect(req, add ? "region" : "noregion");
	case OWN_REGION_NONE:
		if (!add)
			return redirect(req, "noregion");
		set_fault(req, "region", "choose");
		break;
	case OWN_REGION_MANY:
		set_fault(req, "region", "many");
		break;
	case OWN_REGION_HR:
		set_fault(req, "region", "hr");
		break;
	default:
		return 500;
	}
	return show_page(req, &v, 422);
}

/* Language, closing, card --------------------------------------------------*/

static int change_language(struct request *req)
{
	struct audit audit = request_audit(req);
	struct visit v;
	int status;

	form_read(req, lang_field, LEN(lang_field));
	status = open_visit(req, &v);
	if (status != 0)
		return status;
	if (my_page_set_language(req->db, &audit, v.person.id,
				 str_eq(form_text(req, "lang"), "en")) < 0)
		return 500;
	return redirect(req, "language");
}

static int close_page(struct request *req)
{
	struct audit audit = request_audit(req);
	struct visit v;
	int status = open_visit(req, &v);

	if (status != 0)
		return status;
	if (my_page_close(req->db, &audit, v.person.id, req->now) < 0)
		return 500;
	page_set(req, "Refused.why", "closed");
	return page_show(req, "my_refused.cs");
}

static const char *report_link(struct request *req, const struct visit *v)
{
	return arena_fmt(req->arena, "%s/s/%s", config_must("Site.Url"),
			 token_make(req->arena, token_keys, TOKEN_SELF_REPORT,
				    0, (uint32_t)v->person.id,
				    v->person.generation));
}

static int show_card(struct request *req)
{
	struct visit v;
	const char *code;
	struct qr qr;
	int has, status = open_visit(req, &v);

	if (status != 0)
		return status;
	has = card_of(req->db, v.person.id, &code);
	if (has < 0 || qr_make(req->arena, report_link(req, &v), &qr) < 0)
		return 500;
	page_set(req, "Site.contact", config_text("Site.Contact", NULL));
	page_set(req, "Site.my_page",
		 arena_fmt(req->arena, "%s/m/", config_must("Site.Url")));
	if (has > 0) {
		page_set(req, "Card.code", card_show(req->arena, code));
		page_set(req, "Card.path", qr.path);
		page_set_int(req, "Card.size", qr.size);
	}
	return page_show(req, "my_card.cs");
}

static const struct field card_fields[] = {
	{ "act", FIELD_CHOICE("make again"), 1, 1 },
};

/* A card made anew ends all links, this page's too: it goes on with a new one
 * that ends when this one would have. */
static int make_card(struct request *req)
{
	struct audit audit = request_audit(req);
	struct visit v;
	bool good = form_read(req, card_fields, LEN(card_fields));
	int status = open_visit(req, &v);
	bool again = str_eq(form_text(req, "act"), "again");

	if (status != 0)
		return status;
	if (!good)
		return 400;
	if (card_make(req->db, &audit, v.person.id, again) < 0)
		return 500;
	if (again) {
		status = my_page_find(req->db, v.person.id, &v.person);
		if (status <= 0)
			return 500;
		req->token = token_make(req->arena, token_keys, TOKEN_MY_PAGE,
					v.token.broadcast, v.token.user,
					v.person.generation);
	}
	return page_redirect(
		req, arena_fmt(req->arena, "/m/%s/card", req->token), 0);
}

/* Confirming ---------------------------------------------------------------*/

static const struct field confirm_fields[] = {
	{ "done", FIELD_INT, 0, 1 },
};

struct confirming {
	struct visit visit;
	bool is_new;
};

static int open_confirming(struct request *req, struct confirming *c)
{
	struct token *t = &c->visit.token;

	c->is_new = token_parse(token_keys, req->token, TOKEN_NEW_ADDRESS, t);
	if (!c->is_new &&
	    !token_parse(token_keys, req->token, TOKEN_ADDRESS, t))
		return refuse(req, 404, "forged");
	page_set(req, "Visit.path", arena_fmt(req->arena, "/a/%s", req->token));
	page_set(req, "Confirm.new", c->is_new ? "1" : NULL);
	return find_person(req, &c->visit);
}

static int show_confirm(struct request *req)
{
	struct confirming c;
	const char *domain;
	int found, status;

	form_read(req, confirm_fields, LEN(confirm_fields));
	status = open_confirming(req, &c);
	if (status != 0)
		return status;
	if (form_int(req, "done") != 0) {
		page_set(req, "Confirm.done", "1");
		return page_show(req, "my_confirm.cs");
	}
	found = (c.is_new ? own_address_find_new : own_address_find_checked)(
		req->db, c.visit.person.id, c.visit.token.broadcast, req->now,
		&domain);
	if (found < 0)
		return 500;
	if (found == 0)
		return refuse(req, 410, c.is_new ? "used" : "old");
	page_set(req, "Confirm.domain", domain);
	page_set(req, "Confirm.done", found == 2 ? "1" : NULL);
	return page_show(req, "my_confirm.cs");
}

static int confirm(struct request *req)
{
	struct audit audit = request_audit(req);
	struct confirming c;
	int done, status = open_confirming(req, &c);

	if (status != 0)
		return status;
	done = (c.is_new ? own_address_confirm_new : own_address_confirm)(
		req->db, &audit, c.visit.person.id, c.visit.token.broadcast,
		req->now);
	if (done < 0)
		return 500;
	if (done == 0)
		return refuse(req, 410, c.is_new ? "used" : "old");
	return page_redirect(
		req, arena_fmt(req->arena, "/a/%s?done=1", req->token), 0);
}

static const struct route routes[] = {
	{ "GET", "/m/", GUARD_ANYONE, ask_form },
	{ "POST", "/m/", GUARD_ANYONE, ask },
	{ "GET", "/m/{token}", GUARD_LINK, show },
	{ "POST", "/m/{token}/add", GUARD_LINK, add_address },
	{ "POST", "/m/{token}/address", GUARD_LINK, change_address },
	{ "GET", "/m/{token}/region", GUARD_LINK, choose_region },
	{ "POST", "/m/{token}/region", GUARD_LINK, change_region },
	{ "POST", "/m/{token}/language", GUARD_LINK, change_language },
	{ "GET", "/m/{token}/card", GUARD_LINK, show_card },
	{ "POST", "/m/{token}/card", GUARD_LINK, make_card },
	{ "POST", "/m/{token}/close", GUARD_LINK, close_page },
	{ "GET", "/a/{token}", GUARD_LINK, show_confirm },
	{ "POST", "/a/{token}", GUARD_LINK, confirm },
	{ 0 },
};

int main(void)
{
	static const struct web_options options = { .start = start };

	return web_run_with(routes, &options);
}
