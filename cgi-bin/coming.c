/*
 * coming - who can be at the office when, beside what each post needs
 *
 *   GET  /broadcasts/{id}/coming?group=ID  people per bureau and hour, posts
 *                                          without anyone
 *   POST /broadcasts/{id}/coming/call      asks the substitutes, number typed
 *   GET  /posts                            the posts, with search
 *   GET  /posts/new   POST /posts/new      makes one
 *   GET  /posts/{id}  POST /posts/{id}     shows and changes one
 *   POST /posts/{id}/remove
 *
 * For admins; a group admin sees his own groups, posts and people only, by the
 * queries of model/.  Source: B7, D3c.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "model/broadcast.h"
#include "model/coming.h"
#include "model/group.h"
#include "model/post.h"
#include "model/user.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/run.h"

enum {
	POSTS_PAGE = 50,
	SEARCH_LEN = 100,
	PAGES_MAX = 10000,
	PEOPLE_LEN = 8000, /* characters of staff numbers */
	STAFF_NO_MAX = 32,
};

static const char *text_or_null(struct request *req, const char *name)
{
	const char *text = form_text(req, name);

	return *text == '\0' ? NULL : text;
}

static int note_read(struct request *req, const char *object, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = "coming list";
	audit.object = object;
	audit.people = people;
	return audit_add(req->db, &audit);
}

/* Bureaus and posts -------------------------------------------------------- */

static const struct field coming_fields[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
};

static void set_bureaus(struct request *req, const struct coming_bureau *list)
{
	for (const struct coming_bureau *b = list; b != NULL; b = b->next) {
		struct row *row = page_row(req, "Bureaus");

		row_set_int(row, "id", b->id);
		row_set(row, "name", b->name);
		row_set_int(row, "below", b->below);
		row_set_count(row, "coming", b->coming);
		row_set_count(row, "no", b->no);
		row_set_count(row, "unknown", b->unknown);
		row_set_count(row, "unanswered", b->unanswered);
		row_set_count(row, "needed", b->needed_in_all);
		for (int i = 0; i < COMING_STEPS; i++) {
			struct row *cell = row_row(row, "steps");

			row_set_int(cell, "hours", coming_steps[i]);
			row_set_count(cell, "people", b->by[i]);
			row_set_count(cell, "needed", b->needed[i]);
			row_set_int(cell, "short", b->by[i] < b->needed[i]);
		}
	}
}

static const char *person_words(struct arena *a, const struct coming_person *p)
{
	static const char *const words[] = {
		[COMING_NOTHING] = "未回答",
		[COMING_UNKNOWN] = "わからない",
		[COMING_NO] = "登庁できない",
		[COMING_YES] = "時刻は不明",
	};

	if (p->arrives != 0)
		return arena_fmt(a, "%s ごろ", time_show_short(a, p->arrives));
	return words[p->state];
}

static const char *person_mark(const struct coming_person *p)
{
	if (p->state == COMING_YES)
		return p->arrives != 0 ? "good" : "warn";
	return p->state == COMING_NO ? "bad" : "";
}

/* Returns how many people are named on the page. */
static int64_t set_post(struct request *req, const struct coming_post *p)
{
	bool enough = p->coming >= p->needed && p->in_time >= p->needed;
	struct row *row = page_row(req, enough ? "Filled" : "Short");
	int64_t named = 0;

	row_set_int(row, "id", p->id);
	row_set(row, "group", p->group);
	row_set(row, "name", p->name);
	row_set_count(row, "needed", p->needed);
	row_set_int(row, "within", p->within);
	row_set_count(row, "coming", p->coming);
	row_set_count(row, "in_time", p->in_time);
	row_set_int(row, "nobody", p->coming == 0);
	row_set_int(row, "late", p->coming >= p->needed);
	for (const struct coming_person *e = p->people; e; e = e->next) {
		struct row *person = row_row(row, "people");
		bool known = *e->name != '\0';

		row_set(person, "name", known ? e->name : "担当外の人");
		row_set_int(person, "substitute", e->substitute);
		row_set(person, "mark", person_mark(e));
		row_set(person, "words", person_words(req->arena, e));
		named += known;
	}
	return named;
}

/* A single group at the top says nothing: then those below it are shown. */
static int choose_bureaus(struct request *req, int64_t *group,
			  struct coming_bureau **out)
{
	if (coming_bureaus(req->db, req->account, req->id, *group, req->now,
			   out) < 0)
		return -1;
	if (*group != 0 || *out == NULL || (*out)->next != NULL ||
	    !(*out)->below)
		return 0;
	*group = (*out)->id;
	return coming_bureaus(req->db, req->account, req->id, *group, req->now,
			      out);
}

static void set_call(struct request *req, const struct broadcast *b,
		     int64_t people)
{
	unsigned char press[BROADCAST_PRESS_LEN];

	bytes_random(press, sizeof(press));
	page_default(req, "Form.press",
		     bytes_to_hex(req->arena, press, sizeof(press)));
	page_default(
		req, "Form.body",
		"あなたが代わりの人になっている持ち場で、人が足りていませ"
		"ん。登庁できるかどうかを、下のページで回答してください。");
	page_set_count(req, "Call.people", people);
	page_set_int(req, "Call.any", people > 0);
	page_set(req, "Call.subject",
		 arena_fmt(req->arena, "【登庁のお願い】%s", b->subject));
}

static int64_t set_posts(struct request *req, const struct coming_post *list)
{
	int64_t posts = 0, nobody = 0, named = 0;

	for (const struct coming_post *p = list; p != NULL; p = p->next) {
		named += set_post(req, p);
		nobody += p->coming == 0;
		posts++;
	}
	page_set_count(req, "Posts.count", posts);
	page_set_count(req, "Posts.nobody", nobody);
	return named;
}

static void set_broadcast(struct request *req, const struct broadcast *b)
{
	page_set_int(req, "Broadcast.id", b->id);
	page_set(req, "Broadcast.subject", b->subject);
	if (str_eq(b->kind, "drill"))
		page_set_int(req, "Page.drill", 1);
	page_set(req, "Now", time_show_short(req->arena, req->now));
	for (int i = 0; i < COMING_STEPS; i++)
		row_set_int(page_row(req, "Steps"), "hours", coming_steps[i]);
}

static void set_ways(struct request *req, const struct coming_way *list)
{
	for (const struct coming_way *w = list; w != NULL; w = w->next) {
		struct row *row = page_row(req, "Ways");

		row_set(row, "text", w->text);
		row_set_count(row, "people", w->people);
	}
}

/* group: of the page; 0: all in reach. */
static int show_group(struct request *req, int64_t asked_for)
{
	struct db *db = req->db;
	struct coming_bureau *bureaus;
	struct coming_post *posts;
	struct coming_way *ways;
	struct target *substitutes;
	struct broadcast b;
	struct group group;
	int64_t shown = asked_for, people;
	int asked, found = broadcast_find(db, req->account, req->id, &b);

	if (found > 0 && asked_for != 0)
		found = group_find(db, req->account, asked_for, &group);
	if (found <= 0)
		return found < 0 ? 500 : 404;
	asked = coming_is_asked(db, b.id);
	if (asked < 0 || choose_bureaus(req, &shown, &bureaus) < 0 ||
	    coming_posts(db, req->account, b.id, asked_for, &posts) < 0 ||
	    coming_ways(db, req->account, b.id, &ways) < 0 ||
	    coming_substitutes(db, b.id, posts, &substitutes, &people) < 0)
		return 500;
	if (asked_for != 0) {
		page_set(req, "Group.name", group.name);
		page_set_int(req, "Group.id", group.id);
		page_set_int(req, "Group.parent", group.parent);
	}
	page_set_int(req, "Asked", asked);
	set_broadcast(req, &b);
	set_bureaus(req, bureaus);
	set_ways(req, ways);
	set_call(req, &b, people);
	if (note_read(req,
		      arena_fmt(req->arena, "broadcast %lld", (long long)b.id),
		      set_posts(req, posts)) < 0)
		return 500;
	return page_show(req, "coming.cs");
}

static int show(struct request *req)
{
	form_read(req, coming_fields, LEN(coming_fields));
	return show_group(req, form_int(req, "group"));
}

/* Calling substitutes ------------------------------------------------------ */

static const struct field call_fields[] = {
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "body", FIELD_LINES, 1, BROADCAST_BODY_MAX },
	{ "expected", FIELD_INT, 0, UINT32_MAX },
	{ "press", FIELD_CODE, 2 * BROADCAST_PRESS_LEN,
	  2 * BROADCAST_PRESS_LEN },
};

static int refuse_call(struct request *req, int made, int64_t people)
{
	form_error(req, "expected",
		   made == BROADCAST_NOBODY
			   ? "いま送る相手はいません。"
			   : arena_fmt(req->arena,
				       "人数が違います。いま送る相手は %lld "
				       "人です。同じ数を入力してください。",
				       (long long)people));
	return show_group(req, form_int(req, "group"));
}

static int call_substitutes(struct request *req)
{
	unsigned char press[BROADCAST_PRESS_LEN];
	struct audit audit = request_audit(req);
	struct broadcast_draft d = {
		.account = req->account,
		.audit = &audit,
		.press = press,
	};
	struct broadcast b;
	int64_t id, people;
	int made, found = broadcast_find(req->db, req->account, req->id, &b);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (!form_read(req, call_fields, LEN(call_fields)))
		return show_group(req, form_int(req, "group"));
	if (!bytes_from_hex(form_text(req, "press"), press, sizeof(press)))
		return 400;
	d.kind = str_eq(b.kind, "drill") ? "drill" : "safety";
	d.subject = arena_fmt(req->arena, "【登庁のお願い】%s", b.subject);
	d.body = form_text(req, "body");
	d.why = "持ち場の代わりの人になっています";
	d.questions = coming_questions(req->arena);
	d.expected = form_int(req, "expected");
	made = coming_call(req->db, b.id, form_int(req, "group"), &d, &id,
			   &people);
	switch (made) {
	case BROADCAST_MADE:
	case BROADCAST_MADE_BEFORE:
		return page_redirect(req, "/broadcasts", id);
	case BROADCAST_NOBODY:
	case BROADCAST_OTHER_COUNT:
		return refuse_call(req, made, people);
	default:
		return 500;
	}
}

/* The posts ---------------------------------------------------------------- */

static const struct field posts_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "group", FIELD_INT, 0, UINT32_MAX },
	{ "page", FIELD_INT, 0, PAGES_MAX },
	{ "done", FIELD_CHOICE("save remove"), 0, 1 },
};

static int list_posts(struct request *req)
{
	struct post_query query = { .most = POSTS_PAGE };
	int64_t count, shown = 0, page;
	struct post *list;

	form_read(req, posts_fields, LEN(posts_fields));
	page = form_int(req, "page");
	query.text = text_or_null(req, "text");
	query.group = form_int(req, "group");
	query.skip = page * POSTS_PAGE;
	count = post_count(req->db, req->account, &query);
	if (count < 0 || post_list(req->db, req->account, &query, &list) < 0 ||
	    pick_groups(req) < 0)
		return 500;
	for (const struct post *p = list; p != NULL; p = p->next, shown++) {
		struct row *row = page_row(req, "Posts");

		row_set_int(row, "id", p->id);
		row_set(row, "group", p->group);
		row_set(row, "name", p->name);
		row_set_count(row, "needed", p->needed);
		row_set_int(row, "within", p->within);
		row_set_count(row, "people", p->people);
		row_set_count(row, "substitutes", p->substitutes);
	}
	page_set_count(req, "Count", count);
	page_set_count(req, "Shown", shown);
	if (query.skip + shown < count)
		page_set_int(req, "Next", page + 1);
	if (page > 0)
		page_set(req, "Before",
			 arena_fmt(req->arena, "%lld", (long long)page - 1));
	return page_show(req, "posts.cs");
}

/* One post ----------------------------------------------------------------- */

static const struct field post_fields[] = {
	{ "group", FIELD_INT, 1, UINT32_MAX },
	{ "name", FIELD_TEXT, 1, POST_NAME_MAX },
	{ "needed", FIELD_INT, 1, POST_NEEDED_MAX },
	{ "within", FIELD_INT, 1, POST_WITHIN_MAX },
	{ "people", FIELD_LINES, 0, PEOPLE_LEN },
	{ "substitutes", FIELD_LINES, 0, PEOPLE_LEN },
	{ "version", FIELD_INT, 0, UINT32_MAX },
};

static int show_form(struct request *req)
{
	page_set_int(req, "Post.id", req->id);
	if (pick_groups(req) < 0)
		return 500;
	return page_show(req, "post.cs");
}

static int show_new(struct request *req)
{
	page_default(req, "Form.within", "3");
	page_default(req, "Form.needed", "1");
	return show_form(req);
}

static const char *numbers(struct request *req, const struct post_person *list,
			   bool substitutes)
{
	struct str s = { .arena = req->arena };

	for (const struct post_person *p = list; p != NULL; p = p->next)
		if (p->substitute == substitutes)
			str_fmt(&s, "%s\n", p->staff_no);
	return str_text(&s);
}

static void default_int(struct request *req, const char *key, int64_t value)
{
	page_default(req, key, arena_fmt(req->arena, "%lld", (long long)value));
}

/* The stored values behind those just refused. */
static int show_post(struct request *req)
{
	struct post_person *people;
	struct post p;
	int64_t named = 0;
	int found = post_find(req->db, req->account, req->id, &p);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (post_people(req->db, req->account, p.id, &people) < 0)
		return 500;
	for (const struct post_person *e = people; e; e = e->next, named++) {
		struct row *row =
			page_row(req, e->substitute ? "Substitutes" : "People");

		row_set(row, "staff_no", e->staff_no);
		row_set(row, "name", e->name);
	}
	page_set(req, "Post.name", p.name);
	default_int(req, "Form.group", p.grp);
	page_default(req, "Form.name", p.name);
	default_int(req, "Form.needed", p.needed);
	default_int(req, "Form.within", p.within);
	page_default(req, "Form.people", numbers(req, people, false));
	page_default(req, "Form.substitutes", numbers(req, people, true));
	default_int(req, "Form.version", p.version);
	page_set_int(req, "Post.others",
		     p.people + p.substitutes > named
			     ? p.people + p.substitutes - named
			     : 0);
	if (note_read(req, arena_fmt(req->arena, "post %lld", (long long)p.id),
		      named) < 0)
		return 500;
	return show_form(req);
}

/* Staff numbers between blanks, commas or line ends.  Returns 0, -1 on failure;
 * what is wrong becomes a fault of the field. */
static int read_people(struct request *req, const char *name, bool substitute,
		       struct post_person ***end)
{
	static const char between[] = " \t\n,;";
	const char *p = form_text(req, name);
	struct str unknown = { .arena = req->arena };
	int count = 0;

	for (p += strspn(p, between); *p != '\0'; p += strspn(p, between)) {
		size_t len = strcspn(p, between);
		struct post_person *e = arena_alloc(req->arena, sizeof(*e));
		struct user user;
		int found = 0;

		if (++count <= POST_PEOPLE_MAX && len <= STAFF_NO_MAX)
			found = user_find_staff_no(
				req->db, req->account,
				arena_strndup(req->arena, p, len), &user);
		if (found < 0)
			return -1;
		if (found == 0 || !str_eq(user.state, "active")) {
			str_fmt(&unknown, " %.*s", (int)len, p);
		} else {
			e->user = user.id;
			e->substitute = substitute;
			**end = e;
			*end = &e->next;
		}
		p += len;
	}
	if (count > POST_PEOPLE_MAX)
		form_error(req, name, "200人までにしてください。");
	if (unknown.len > 0)
		form_error(req, name,
			   arena_fmt(req->arena,
				     "この職員番号の人は見つかりません:%.200s",
				     str_text(&unknown)));
	return 0;
}

static void check_doubles(struct request *req, const struct post_person *list)
{
	for (const struct post_person *a = list; a != NULL; a = a->next)
		for (const struct post_person *b = a->next; b; b = b->next)
			if (a->user == b->user &&
			    a->substitute != b->substitute) {
				form_error(req, "substitutes",
					   "担当者にも入っている人がいます。ど"
					   "ちらか一方にしてください。");
				return;
			}
}

static int show_again(struct request *req)
{
	return req->id == 0 ? show_form(req) : show_post(req);
}

static int refuse_save(struct request *req, int saved)
{
	if (saved == POST_TAKEN)
		form_error(req, "name",
			   "このグループには同じ名前の持ち場があります。");
	else if (saved == POST_NOT_FOUND)
		form_error(req, "group", "グループを選び直してください。");
	else
		form_error(req, "version",
			   "ほかの人がこの持ち場を変えました。いまの内容は「い"
			   "まの内容を開く」で見られます。入力した内容はまだ保"
			   "存していません。");
	return show_again(req);
}

static int save(struct request *req)
{
	struct audit audit = request_audit(req);
	struct post_person *people = NULL, **end = &people;
	struct post p = { .id = req->id };
	int64_t id;
	int saved;

	form_read(req, post_fields, LEN(post_fields));
	if (read_people(req, "people", false, &end) < 0 ||
	    read_people(req, "substitutes", true, &end) < 0)
		return 500;
	check_doubles(req, people);
	if (form_failed(req))
		return show_again(req);
	p.grp = form_int(req, "group");
	p.name = form_text(req, "name");
	p.needed = form_int(req, "needed");
	p.within = form_int(req, "within");
	p.version = form_int(req, "version");
	saved = post_save(req->db, req->account, &audit, &p, people, &id);
	if (saved < 0)
		return 500;
	if (saved != POST_SAVED)
		return refuse_save(req, saved);
	return page_redirect(req, "/posts?done=save", 0);
}

static int remove_post(struct request *req)
{
	struct audit audit = request_audit(req);
	int done = post_remove(req->db, req->account, &audit, req->id);

	if (done < 0)
		return 500;
	/* Pressed twice: the list shows that it is gone. */
	return page_redirect(req, done > 0 ? "/posts?done=remove" : "/posts",
			     0);
}

static const struct route routes[] = {
	{ "GET", "/broadcasts/{id}/coming", GUARD_GROUP_ADMIN, show },
	{ "POST", "/broadcasts/{id}/coming/call", GUARD_GROUP_ADMIN,
	  call_substitutes },
	{ "GET", "/posts", GUARD_GROUP_ADMIN, list_posts },
	{ "GET", "/posts/new", GUARD_GROUP_ADMIN, show_new },
	{ "POST", "/posts/new", GUARD_GROUP_ADMIN, save },
	{ "GET", "/posts/{id}", GUARD_GROUP_ADMIN, show_post },
	{ "POST", "/posts/{id}", GUARD_GROUP_ADMIN, save },
	{ "POST", "/posts/{id}/remove", GUARD_GROUP_ADMIN, remove_post },
	{ 0 },
};

int main(void)
{
	return web_run(routes);
}
