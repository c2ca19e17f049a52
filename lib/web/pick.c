#include "web/pick.h"

#include "model/group.h"
#include "model/target.h"
#include "web/page.h"

int pick_groups(struct request *req)
{
	struct group *list;

	if (group_names(req->db, req->account, &list) < 0)
		return -1;
	for (const struct group *g = list; g != NULL; g = g->next) {
		struct row *row = page_row(req, "Groups");

		row_set_int(row, "id", g->id);
		row_set_int(row, "depth", g->depth);
		row_set(row, "name", g->name);
		row_set(row, "code", g->code);
	}
	return 0;
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
