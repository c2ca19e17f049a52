#include "web/pick.h"

#include "base/str.h"
#include "model/group.h"
#include "model/target.h"
#include "web/page.h"

static void set_groups(struct request *req, const struct group *list)
{
	for (const struct group *g = list; g != NULL; g = g->next) {
		struct row *row = page_row(req, "Groups");

		row_set_int(row, "id", g->id);
		row_set_int(row, "depth", g->depth);
		row_set(row, "name", g->name);
		row_set(row, "code", g->code);
		if (g->members > 0)
			row_set_count(row, "members", g->members);
	}
}

int pick_groups(struct request *req)
{
	struct group *list;

	if (group_names(req->db, req->account, &list) < 0)
		return -1;
	set_groups(req, list);
	return 0;
}

int pick_groups_counted(struct request *req)
{
	struct group *list;

	if (group_tree(req->db, req->account, &list) < 0)
		return -1;
	set_groups(req, list);
	return 0;
}

void pick_kinds(struct request *req)
{
	static const struct {
		const char *value, *text;
	} rows[] = {
		{ "notice", "連絡" },
		{ "safety", "安否確認" },
		{ "info", "情報" },
		{ "drill", "訓練" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct row *row = page_row(req, "Kinds");

		row_set(row, "value", rows[i].value);
		row_set(row, "text", rows[i].text);
	}
}

int pick_prefectures(struct request *req)
{
	struct prefecture *list;
	int64_t number = 0;

	if (target_prefectures(req->db, &list) < 0)
		return -1;
	for (const struct prefecture *p = list; p != NULL; p = p->next) {
		struct row *row = page_row(req, "Regions");

		row_set_int(row, "id", ++number);
		row_set(row, "value", p->code);
		row_set(row, "text", p->name);
	}
	return 0;
}
