#ifndef WEB_PICK_H
#define WEB_PICK_H

/*
 * Lists to pick from, as rows for a page: groups, prefectures, kinds.  Each
 * sets all there are within the reach of who is logged in.  The macros group()
 * and select() of templates/_form.cs show them.  Source: D2f, D3c.
 */
#include "web/request.h"

/* Rows of Groups, as a tree is read: id, depth, name, code.  0, or -1. */
int pick_groups(struct request *req);

/* The same with members, if count-addresses has counted any (group_tree). */
int pick_groups_counted(struct request *req);

/* Rows of Kinds: value and text of what a broadcast can be. */
void pick_kinds(struct request *req);

/* Rows of Regions in the order of their codes: id, a number from 1 to 47;
 * value, the code; text.  0, or -1. */
int pick_prefectures(struct request *req);

#endif
