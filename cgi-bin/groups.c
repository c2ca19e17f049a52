/*
 * groups - the organisation, who is in it and who manages it
 *
 *   GET  /groups                      the top of the tree, or a search
 *   GET  /groups/new                  a form for a new group; ?parent=ID
 *   POST /groups/new                  makes it
 *   GET  /groups/{id}                 its people, the groups below, its admins
 *   POST /groups/{id}                 renames it
 *   GET  /groups/{id}/move            asks where to
 *   POST /groups/{id}/move            moves it with all below it
 *   POST /groups/{id}/delete          removes it if it is empty
 *   GET  /groups/{id}/members         finds people to add
 *   POST /groups/{id}/members         adds those found, or a list of numbers
 *   POST /groups/{id}/members/file    adds those whose numbers a file holds
 *   POST /groups/{id}/members/remove  takes people out
 *   POST /groups/{id}/admins          names an admin or deputy, or no more
 *
 * For admins; a group admin sees and changes what is below his own groups
 * only, by the queries of model/.  Source: issue 3, 1; D1e, D2g, D3a-c.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "model/group.h"
#include "model/group_change.h"
#include "model/number_file.h"
#include "model/user.h"
#include "web/form.h"
#include "web/page.h"
#include "web/pick.h"
#include "web/run.h"
#include "web/upload.h"

enum {
	PAGE = 50,	     /* people or groups on a page */
	FOUND = 50,	     /* people that a search for adding shows */
	NUMBERS_LEN = 40000, /* characters of a list of numbers */
	NUMBERS_MAX = 3000,  /* numbers of a list */
	UNKNOWN_MAX = 200,   /* that are named on the page */
	UPLOAD_MOST = NUMBER_FILE_MAX + 32 * 1024, /* bytes, fields too */
	SEARCH_LEN = 100,
	COUNT_MAX = 100000,
};

#define DONE_WORDS                                                             \
	"added renamed moved members removed nobody admin admin_removed"

static int note_read(struct request *req, const char *action, int64_t people)
{
	struct audit audit = request_audit(req);

	audit.action = action;
	if (req->id != 0)
		audit.object =
			arena_fmt(req->arena, "group %lld", (long long)req->id);
	audit.people = people;
	return audit_add(req->db, &audit);
}

static void set_group(struct row *row, const struct group *g)
{
	row_set_int(row, "id", g->id);
	row_set(row, "name", g->name);
	row_set(row, "code", g->code);
	row_set_count(row, "members", g->members);
	row_set(row, "path", g->path);
}

/* Where a page goes after its act. */
static int go_to(struct request *req, int64_t id, const char *done)
{
	return page_redirect(req,
			     arena_fmt(req->arena, "/groups/%lld?done=%s",
				       (long long)id, done),
			     0);
}

/* The tree ------------------------------------------------------------------*/

static const struct field list_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "after", FIELD_CODE, 0, GROUP_CODE_MAX },
	{ "done", FIELD_CHOICE("deleted moved"), 0, 1 },
};

static int set_found(struct request *req, const char *text)
{
	struct group *list;
	int64_t count = 0, shown = 0;
	const char *last = "";

	if (group_search(req->db, req->account, text, form_text(req, "after"),
			 PAGE, &list, &count) < 0)
		return -1;
	for (const struct group *g = list; g != NULL; g = g->next, shown++) {
		set_group(page_row(req, "Found"), g);
		last = g->code;
	}
	page_set_int(req, "Searched", 1);
	page_set_count(req, "Count", count);
	page_set_count(req, "Shown", shown);
	if (shown == PAGE)
		page_set(req, "After", last);
	return 0;
}

/* The top groups, each with those directly below it. */
static int set_tops(struct request *req)
{
	struct group *tops, *below;

	if (group_list_below(req->db, req->account, 0, &tops) < 0)
		return -1;
	for (const struct group *g = tops; g != NULL; g = g->next) {
		struct row *row = page_row(req, "Tops");

		set_group(row, g);
		if (group_list_below(req->db, req->account, g->id, &below) < 0)
			return -1;
		for (; below != NULL; below = below->next)
			set_group(row_row(row, "below"), below);
	}
	return 0;
}

static int show_all(struct request *req)
{
	const char *text;

	form_read(req, list_fields, LEN(list_fields));
	text = form_text(req, "text");
	if ((*text == '\0' ? set_tops(req) : set_found(req, text)) < 0)
		return 500;
	page_set_int(req, "May.top", req->role == ROLE_SYSTEM_ADMIN);
	return page_show(req, "groups.cs");
}

/* A new one -----------------------------------------------------------------*/

static const struct field parent_fields[] = {
	{ "parent", FIELD_INT, 0, UINT32_MAX },
};

static const struct field new_fields[] = {
	{ "parent", FIELD_INT, 0, UINT32_MAX },
	{ "code", FIELD_CODE, 1, GROUP_CODE_MAX },
	{ "name", FIELD_TEXT, 1, GROUP_NAME_MAX },
};

static const char code_taken[] =
	"そのコードは使われています。別のコードにしてください。";
static const char too_deep[] = "階層が深すぎます（100段まで）。";

static int show_new_form(struct request *req)
{
	if (pick_groups(req) < 0)
		return 500;
	page_set_int(req, "May.top", req->role == ROLE_SYSTEM_ADMIN);
	return page_show(req, "group_new.cs");
}

static int show_new(struct request *req)
{
	form_read(req, parent_fields, LEN(parent_fields));
	return show_new_form(req);
}

static int add(struct request *req)
{
	struct audit audit = request_audit(req);
	int64_t id;

	if (!form_read(req, new_fields, LEN(new_fields)))
		return show_new_form(req);
	switch (group_add(req->db, &audit, form_int(req, "parent"),
			  form_text(req, "code"), form_text(req, "name"),
			  &id)) {
	case GROUP_DONE:
		return go_to(req, id, "added");
	case GROUP_CODE_TAKEN:
		form_error(req, "code", code_taken);
		return show_new_form(req);
	case GROUP_TOO_DEEP:
		form_error(req, "parent", too_deep);
		return show_new_form(req);
	case GROUP_NOT_FOUND:
		form_error(req, "parent", "上のグループを選んでください。");
		return show_new_form(req);
	default:
		return 500;
	}
}

/* One group -----------------------------------------------------------------*/

static const struct field show_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "after", FIELD_CODE, 0, USER_NO_MAX },
	{ "done", FIELD_CHOICE(DONE_WORDS), 0, 1 },
	{ "count", FIELD_INT, 0, COUNT_MAX },
};

/* Those above; *own_top says that the reach of the account begins here. */
static int set_path(struct request *req, bool *own_top)
{
	struct group *list;
	int above = 0;

	if (group_path(req->db, req->account, req->id, &list) < 0)
		return -1;
	for (const struct group *g = list; g != NULL; g = g->next) {
		if (g->next == NULL)
			break;
		set_group(page_row(req, "Above"), g);
		above++;
	}
	*own_top = above == 0;
	return 0;
}

static void set_people(struct request *req, const struct user *list)
{
	const char *last = "";
	int64_t shown = 0;

	for (const struct user *u = list; u != NULL; u = u->next, shown++) {
		struct row *row = page_row(req, "People");

		row_set_int(row, "id", u->id);
		row_set(row, "staff_no", u->staff_no);
		row_set(row, "name", u->name);
		row_set(row, "kana", u->kana);
		row_set(row, "group", u->group);
		row_set_int(row, "addresses", u->addresses);
		row_set_int(row, "usable", u->usable);
		last = u->staff_no;
	}
	page_set_count(req, "Shown", shown);
	if (shown == PAGE)
		page_set(req, "After", last);
}

static int set_members(struct request *req, const char *text, const char *after)
{
	struct user_query query = {
		.member_of = req->id,
		.text = *text == '\0' ? NULL : text,
		.after = after,
		.most = PAGE,
	};
	struct user_query left = { .member_of = req->id, .state = "left" };
	struct user *list;
	int64_t count = user_count(req->db, req->account, &query);
	int64_t gone = user_count(req->db, req->account, &left);

	if (count < 0 || gone < 0 ||
	    user_list(req->db, req->account, &query, &list) < 0)
		return -1;
	set_people(req, list);
	page_set_count(req, "Count", count);
	page_set_count(req, "Left", gone);
	return note_read(req, "group members shown",
			 count < PAGE ? count : PAGE);
}

static int set_below(struct request *req)
{
	struct group *list;

	if (group_list_below(req->db, req->account, req->id, &list) < 0)
		return -1;
	for (const struct group *g = list; g != NULL; g = g->next)
		set_group(page_row(req, "Below"), g);
	return 0;
}

static int set_admins(struct request *req)
{
	struct group_admin *list;

	if (group_admins(req->db, req->id, &list) < 0)
		return -1;
	for (const struct group_admin *a = list; a != NULL; a = a->next) {
		struct row *row = page_row(req, "Admins");

		row_set(row, "login", a->login);
		row_set(row, "name", a->name);
		row_set(row, "kind", a->kind);
		row_set_int(row, "disabled", a->disabled);
	}
	return 0;
}

static int show_group(struct request *req, const char *text, const char *after)
{
	bool own_top = false;
	struct group g;
	int found = group_find(req->db, req->account, req->id, &g);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (set_path(req, &own_top) < 0 || set_below(req) < 0 ||
	    set_members(req, text, after) < 0 || set_admins(req) < 0)
		return 500;
	page_set_int(req, "Group.id", g.id);
	page_set(req, "Group.name", g.name);
	page_set(req, "Group.code", g.code);
	page_set_count(req, "Group.members", g.members);
	page_default(req, "Form.code", g.code);
	page_default(req, "Form.name", g.name);
	page_set_int(req, "May.move",
		     !own_top || req->role == ROLE_SYSTEM_ADMIN);
	return page_show(req, "group.cs");
}

static int show(struct request *req)
{
	form_read(req, show_fields, LEN(show_fields));
	return show_group(req, form_text(req, "text"),
			  form_has(req, "after") ? form_text(req, "after")
						 : NULL);
}

/* Again after a fault of one of its forms. */
static int show_again(struct request *req)
{
	return show_group(req, "", NULL);
}

static const struct field rename_fields[] = {
	{ "code", FIELD_CODE, 1, GROUP_CODE_MAX },
	{ "name", FIELD_TEXT, 1, GROUP_NAME_MAX },
};

static int rename_it(struct request *req)
{
	struct audit audit = request_audit(req);

	if (!form_read(req, rename_fields, LEN(rename_fields)))
		return show_again(req);
	switch (group_rename(req->db, &audit, req->id, form_text(req, "code"),
			     form_text(req, "name"))) {
	case GROUP_DONE:
		return go_to(req, req->id, "renamed");
	case GROUP_NOT_FOUND:
		return 404;
	case GROUP_CODE_TAKEN:
		form_error(req, "code", code_taken);
		return show_again(req);
	default:
		return 500;
	}
}

/* Moving and removing -------------------------------------------------------*/

static int show_move(struct request *req)
{
	bool own_top = false;
	struct group g;
	int found = group_find(req->db, req->account, req->id, &g);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (set_path(req, &own_top) < 0 || pick_groups(req) < 0)
		return 500;
	page_set_int(req, "Group.id", g.id);
	page_set_int(req, "Group.parent", g.parent);
	page_set(req, "Group.name", g.name);
	page_set_count(req, "Group.members", g.members);
	page_set_int(req, "May.top", req->role == ROLE_SYSTEM_ADMIN);
	return page_show(req, "group_move.cs");
}

static const struct field move_fields[] = {
	{ "parent", FIELD_INT, 0, UINT32_MAX },
	{ "top", FIELD_CHOICE("yes"), 0, 1 },
};

static const char *move_fault(int result)
{
	switch (result) {
	case GROUP_BELOW_SELF:
		return "自分自身か、その下のグループへは移せません。";
	case GROUP_TOO_DEEP:
		return too_deep;
	case GROUP_OWN_TOP:
		return "担当のいちばん上のグループは移せません。システム管理者"
		       "に連絡してください。";
	default:
		return "移す先のグループを選んでください。";
	}
}

static int move(struct request *req)
{
	struct audit audit = request_audit(req);
	struct group g;
	int64_t parent;
	int result = group_find(req->db, req->account, req->id, &g);

	if (result <= 0)
		return result < 0 ? 500 : 404;
	if (!form_read(req, move_fields, LEN(move_fields)))
		return show_move(req);
	parent = form_int(req, "parent");
	if (parent == 0 && !form_has(req, "top"))
		result = GROUP_NOT_FOUND;
	else
		result = group_move(req->db, &audit, req->id, parent);
	if (result == GROUP_DONE)
		return go_to(req, req->id, "moved");
	if (result < 0)
		return 500;
	form_error(req, "parent", move_fault(result));
	return show_move(req);
}

static int delete_it(struct request *req)
{
	struct audit audit = request_audit(req);

	switch (group_delete(req->db, &audit, req->id)) {
	case GROUP_DONE:
		return page_redirect(req, "/groups?done=deleted", 0);
	case GROUP_NOT_FOUND:
		return 404;
	case GROUP_NOT_EMPTY:
		form_error(
			req, "delete",
			"下のグループか所属する人（退職した人を含む）が残ってい"
			"ます。移すか外してから、もう一度削除してください。");
		return show_again(req);
	case GROUP_OWN_TOP:
		form_error(req, "delete", move_fault(GROUP_OWN_TOP));
		return show_again(req);
	default:
		return 500;
	}
}

/* Members -------------------------------------------------------------------*/

static const struct field find_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
};

static int set_candidates(struct request *req, const char *text)
{
	struct user_query query = {
		.text = text,
		.not_in = req->id,
		.most = FOUND,
	};
	struct user *list;
	int64_t count = user_count(req->db, req->account, &query);

	if (count < 0 || user_list(req->db, req->account, &query, &list) < 0)
		return -1;
	set_people(req, list);
	page_set_int(req, "Searched", 1);
	page_set_count(req, "Count", count);
	return note_read(req, "users shown", count < FOUND ? count : FOUND);
}

static int show_find(struct request *req, const char *text)
{
	bool own_top = false;
	struct group g;
	int found = group_find(req->db, req->account, req->id, &g);

	if (found <= 0)
		return found < 0 ? 500 : 404;
	if (set_path(req, &own_top) < 0 ||
	    (*text != '\0' && set_candidates(req, text) < 0))
		return 500;
	page_set_int(req, "Group.id", g.id);
	page_set(req, "Group.name", g.name);
	return page_show(req, "group_members.cs");
}

static int find_people(struct request *req)
{
	form_read(req, find_fields, LEN(find_fields));
	return show_find(req, form_text(req, "text"));
}

static const struct field add_fields[] = {
	{ "text", FIELD_TEXT, 0, SEARCH_LEN },
	{ "user", FIELD_IDS, 0, FOUND },
	{ "numbers", FIELD_LINES, 0, NUMBERS_LEN },
};

/* Each number that is nobody's is named; then nothing is added. */
static bool set_unknown(struct request *req, const struct group_number *n,
			const char *field)
{
	int unknown = 0;

	for (; n != NULL; n = n->next) {
		struct row *row;

		if (n->user != 0 && !n->left)
			continue;
		if (++unknown > UNKNOWN_MAX)
			continue;
		row = page_row(req, "Unknown");
		row_set(row, "staff_no", n->staff_no);
		row_set_int(row, "line", n->line);
		row_set_int(row, "left", n->left);
	}
	if (unknown == 0)
		return false;
	page_set_count(req, "Unknown_count", unknown);
	form_error(req, field,
		   arena_fmt(req->arena,
			     "%d 件の番号の人を入れられません。下の番号を直すか"
			     "消してください。まだだれも入れていません。",
			     unknown));
	return true;
}

/* The ids of the list after those that were chosen.  False if the form has a
 * fault, *failed if the database has. */
static bool read_people(struct request *req, const int64_t **ids, size_t *count,
			bool *failed)
{
	struct group_number *numbers;
	size_t chosen, n;
	const int64_t *users = form_ids(req, "user", &chosen);
	int64_t *all;

	*failed = group_read_numbers(req->db, req->account,
				     form_text(req, "numbers"), &numbers) < 0;
	if (*failed || set_unknown(req, numbers, "numbers"))
		return false;
	n = chosen;
	for (struct group_number *p = numbers; p != NULL; p = p->next)
		n++;
	if (n == 0 || n > NUMBERS_MAX) {
		form_error(req, "numbers",
			   n == 0 ? "人を選ぶか、職員番号を入力してください。"
				  : "一度に入れられるのは 3,000 人までです。");
		return false;
	}
	all = arena_array(req->arena, n, sizeof(*all));
	if (chosen > 0)
		memcpy(all, users, chosen * sizeof(*all));
	for (struct group_number *p = numbers; p != NULL; p = p->next)
		all[chosen++] = p->user;
	*ids = all;
	*count = n;
	return true;
}

static int end_members(struct request *req, int result, int64_t done,
		       const char *word)
{
	if (result != GROUP_DONE)
		return result < 0 ? 500 : 404;
	return page_redirect(
		req,
		arena_fmt(req->arena, "/groups/%lld?done=%s&count=%lld",
			  (long long)req->id, done == 0 ? "nobody" : word,
			  (long long)done),
		0);
}

static int add_people(struct request *req)
{
	struct audit audit = request_audit(req);
	const int64_t *ids;
	size_t count;
	int64_t done;
	bool failed;
	int rc = group_is_in_reach(req->db, req->account, req->id);

	if (rc <= 0)
		return rc < 0 ? 500 : 404;
	if (!form_read(req, add_fields, LEN(add_fields)))
		return show_find(req, form_text(req, "text"));
	if (!read_people(req, &ids, &count, &failed))
		return failed ? 500 : show_find(req, form_text(req, "text"));
	rc = group_add_members(req->db, &audit, req->id, ids, count, &done);
	return end_members(req, rc, done, "members");
}

/* A file of numbers ---------------------------------------------------------*/

/* The whole file, at most a byte more than it may have.  False if it did not
 * come whole. */
static bool read_file(struct request *req, struct str *bytes)
{
	char buf[4096];
	long n;

	*bytes = (struct str){ .arena = req->arena };
	while (bytes->len <= NUMBER_FILE_MAX &&
	       (n = upload_read(req->upload, buf, sizeof(buf))) != 0) {
		if (n < 0)
			return false;
		str_add_len(bytes, buf, (size_t)n);
	}
	return true;
}

/* What is wrong with the file, by its lines.  True if nothing is. */
static bool is_sound(struct request *req, const struct number_file *file)
{
	int faults = 0;

	for (const struct number_fault *f = file->faults; f; f = f->next) {
		struct row *row;

		if (++faults > UNKNOWN_MAX)
			continue;
		row = page_row(req, "Faults");
		row_set_int(row, "line", f->line);
		row_set(row, "reason", f->reason);
	}
	if (faults == 0)
		return true;
	page_set_count(req, "Faults_count", faults);
	form_error(
		req, "file",
		"このファイルは使えません。下のところを直してから、もう一度選"
		"んでください。まだだれも入れていません。");
	return false;
}

/* The numbers of the file that was sent; false if it is none. */
static bool read_number_file(struct request *req, struct number_file *file)
{
	struct str bytes;

	if (req->upload == NULL || *upload_name(req->upload) == '\0') {
		form_error(req, "file", "ファイルを選んでください。");
		return false;
	}
	/* Whatever else is in it is not to stay in this process. */
	web_end();
	if (!read_file(req, &bytes)) {
		form_error(req, "file",
			   "ファイルが途中までしか届きませんでした。もう一度選"
			   "んでください。");
		return false;
	}
	if (bytes.len > NUMBER_FILE_MAX) {
		form_error(req, "file",
			   "ファイルが大きすぎます。200 kB までです。職員番号の"
			   "列だけを残して保存し直してください。");
		return false;
	}
	number_file_read(req->arena, str_text(&bytes), bytes.len, file);
	return is_sound(req, file);
}

static int add_file(struct request *req)
{
	struct audit audit = request_audit(req);
	struct number_file file;
	int64_t *ids, done;
	size_t count = 0;
	int rc = group_is_in_reach(req->db, req->account, req->id);

	if (rc <= 0)
		return rc < 0 ? 500 : 404;
	if (!read_number_file(req, &file))
		return show_find(req, "");
	if (group_find_numbers(req->db, req->account, file.numbers) < 0)
		return 500;
	if (set_unknown(req, file.numbers, "file"))
		return show_find(req, "");
	ids = arena_array(req->arena, file.count, sizeof(*ids));
	for (struct group_number *n = file.numbers; n != NULL; n = n->next)
		ids[count++] = n->user;
	rc = group_add_members(req->db, &audit, req->id, ids, count, &done);
	return end_members(req, rc, done, "members");
}

static const struct field remove_fields[] = {
	{ "user", FIELD_IDS, 1, PAGE },
};

static int remove_people(struct request *req)
{
	struct audit audit = request_audit(req);
	const int64_t *ids;
	size_t count;
	int64_t done;
	int rc;

	if (!form_read(req, remove_fields, LEN(remove_fields)))
		return show_again(req);
	ids = form_ids(req, "user", &count);
	rc = group_remove_members(req->db, &audit, req->id, ids, count, &done);
	return end_members(req, rc, done, "removed");
}

/* Admins --------------------------------------------------------------------*/

static const struct field admin_fields[] = {
	{ "login", FIELD_CODE, 1, ACCOUNT_LOGIN_MAX },
	{ "kind", FIELD_CHOICE("admin deputy none"), 1, 1 },
};

static int change_admins(struct request *req)
{
	struct audit audit = request_audit(req);
	const char *kind;
	int rc = group_is_in_reach(req->db, req->account, req->id);

	if (rc <= 0)
		return rc < 0 ? 500 : 404;
	if (!form_read(req, admin_fields, LEN(admin_fields)))
		return show_again(req);
	kind = form_text(req, "kind");
	if (str_eq(kind, "none"))
		kind = NULL;
	switch (group_set_admin(req->db, &audit, req->id,
				form_text(req, "login"), kind)) {
	case GROUP_DONE:
		break;
	case GROUP_NOT_FOUND:
		return 404;
	case GROUP_NO_ACCOUNT:
		form_error(
			req, "login",
			"そのログイン名のグループ管理者はいません。ログイン名"
			"をたしかめてください。");
		return show_again(req);
	case GROUP_NOT_ALLOWED:
		form_error(
			req, "login",
			"代理は管理者を決められません。管理者に頼んでください"
			"。");
		return show_again(req);
	default:
		return 500;
	}
	rc = group_is_in_reach(req->db, req->account, req->id);
	if (rc <= 0)
		return rc < 0 ? 500 : page_redirect(req, "/groups", 0);
	return go_to(req, req->id, kind == NULL ? "admin_removed" : "admin");
}

static const struct route routes[] = {
	{ "GET", "/groups", GUARD_GROUP_ADMIN, show_all },
	{ "GET", "/groups/new", GUARD_GROUP_ADMIN, show_new },
	{ "POST", "/groups/new", GUARD_GROUP_ADMIN, add },
	{ "GET", "/groups/{id}", GUARD_GROUP_ADMIN, show },
	{ "POST", "/groups/{id}", GUARD_GROUP_ADMIN, rename_it },
	{ "GET", "/groups/{id}/move", GUARD_GROUP_ADMIN, show_move },
	{ "POST", "/groups/{id}/move", GUARD_GROUP_ADMIN, move },
	{ "POST", "/groups/{id}/delete", GUARD_GROUP_ADMIN, delete_it },
	{ "GET", "/groups/{id}/members", GUARD_GROUP_ADMIN, find_people },
	{ "POST", "/groups/{id}/members", GUARD_GROUP_ADMIN, add_people },
	{ "POST", "/groups/{id}/members/file", GUARD_GROUP_ADMIN, add_file },
	{ "POST", "/groups/{id}/members/remove", GUARD_GROUP_ADMIN,
	  remove_people },
	{ "POST", "/groups/{id}/admins", GUARD_GROUP_ADMIN, change_admins },
	{ 0 },
};

int main(void)
{
	static const struct web_options options = {
		.upload = "/groups/{id}/members/file",
		.upload_max = UPLOAD_MOST,
	};

	return web_run_with(routes, &options);
}
