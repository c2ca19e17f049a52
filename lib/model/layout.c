#include "model/layout.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "mail/address.h"

enum {
	HEADS_MAX = 8,
	UNTIL_MAX = 40, /* characters of a cell that a message repeats */
};

static const char end_mark[] = "#END";
static const char geta[] = "〓";

/* How each column is headed: the first is ours, the others are understood. */
static const char *const heads[COLUMNS][3] = {
	[COLUMN_STAFF_NO] = { "職員番号", "staff_no", NULL },
	[COLUMN_NAME] = { "氏名", "name", NULL },
	[COLUMN_KANA] = { "カナ", "kana", "フリガナ" },
	[COLUMN_LANG] = { "言語", "lang", NULL },
	[COLUMN_STATE] = { "状態", "state", NULL },
	[COLUMN_CODE] = { "グループコード", "group", NULL },
	[COLUMN_GROUP_NAME] = { "グループ名", "group_name", NULL },
	[COLUMN_PARENT] = { "上位グループコード", "parent", NULL },
	[COLUMN_PURPOSE] = { "用途", "purpose", NULL },
	[COLUMN_REGION] = { "地域コード", "region", NULL },
	[COLUMN_PLACE] = { "順番", "place", NULL },
	[COLUMN_ADDRESS] = { "メールアドレス", "address", NULL },
	[COLUMN_ACT] = { "区分", "act", NULL },
	[COLUMN_NOTE] = { "参考", "note", NULL },
};

/* A layout: its columns in our order, and how many of them a file must have;
 * the fields that a difference shows; two rows for the file to download. */
static const struct {
	const char *name, *title;
	enum column columns[HEADS_MAX];
	size_t count, must;
	const char *fields[LAYOUT_FIELDS];
	size_t field_count;
	const char *example[2][HEADS_MAX];
} layouts[LAYOUTS] = {
	[LAYOUT_GROUPS] = { "groups",
			    "グループ",
			    { COLUMN_CODE, COLUMN_GROUP_NAME, COLUMN_PARENT,
			      COLUMN_ACT },
			    4,
			    2,
			    { "グループ名", "上位グループコード" },
			    2,
			    { { "A100", "大臣官房", "", "" },
			      { "A110", "総務課", "A100", "" } } },
	[LAYOUT_PEOPLE] = { "people",
			    "職員",
			    { COLUMN_STAFF_NO, COLUMN_NAME, COLUMN_KANA,
			      COLUMN_LANG, COLUMN_STATE, COLUMN_ACT },
			    6,
			    2,
			    { "氏名", "カナ", "言語", "状態" },
			    4,
			    { { "100001", "佐藤 太郎", "サトウ タロウ",
				"日本語", "在籍", "" },
			      { "100002", "鈴木 花子", "スズキ ハナコ",
				"日本語", "在籍", "" } } },
	[LAYOUT_MEMBERSHIPS] = { "memberships",
				 "所属",
				 { COLUMN_STAFF_NO, COLUMN_CODE, COLUMN_ACT },
				 3,
				 2,
				 { "グループ" },
				 1,
				 { { "100001", "A110", "" },
				   { "100002", "A110", "" } } },
	[LAYOUT_REGIONS] = { "regions",
			     "地域",
			     { COLUMN_STAFF_NO, COLUMN_PURPOSE, COLUMN_REGION,
			       COLUMN_ACT },
			     4,
			     3,
			     { "地域" },
			     1,
			     { { "100001", "勤務地", "13", "" },
			       { "100001", "自宅", "13101", "" } } },
	[LAYOUT_ADDRESSES] = { "addresses",
			       "メールアドレス",
			       { COLUMN_STAFF_NO, COLUMN_PLACE, COLUMN_ADDRESS,
				 COLUMN_ACT, COLUMN_NOTE },
			       5,
			       3,
			       { "ドメイン" },
			       1,
			       { { "100001", "1", "taro@example.jp", "", "" },
				 { "100001", "2", "taro@docomo.ne.jp", "",
				   "" } } },
};

/* Words of a cell and what is stored for them. */
struct word {
	const char *text, *value;
};

static const struct word langs[] = {
	{ "日本語", "ja" },
	{ "ja", "ja" },
	{ "英語", "en" },
	{ "en", "en" },
};
static const struct word states[] = {
	{ "在籍", "active" },
	{ "active", "active" },
	{ "退職", "left" },
	{ "left", "left" },
};
static const struct word purposes[] = {
	{ "勤務地", "work" }, { "work", "work" },	{ "自宅", "home" },
	{ "home", "home" },   { "家族の家", "family" }, { "family", "family" },
};
static const struct word acts[] = {
	{ "登録", "" },
	{ "add", "" },
	{ "削除", "gone" },
	{ "delete", "gone" },
};

int layout_named(const char *name)
{
	for (int i = 0; i < LAYOUTS; i++)
		if (str_eq(layouts[i].name, name))
			return i;
	return -1;
}

const char *layout_name(enum layout_kind kind)
{
	return layouts[kind].name;
}

const char *layout_title(enum layout_kind kind)
{
	return layouts[kind].title;
}

const char *const *layout_columns(enum layout_kind kind, size_t *count)
{
	static const char *rows[LAYOUTS][HEADS_MAX];

	*count = layouts[kind].count;
	for (size_t i = 0; i < *count; i++)
		rows[kind][i] = heads[layouts[kind].columns[i]][0];
	return rows[kind];
}

const char *const *layout_fields(enum layout_kind kind, size_t *count)
{
	*count = layouts[kind].field_count;
	return layouts[kind].fields;
}

const char *const *layout_example(enum layout_kind kind, int row)
{
	return layouts[kind].example[row];
}

/* Faults ------------------------------------------------------------------ */

struct reading {
	struct arena *arena;
	const struct layout_map *map;
	const struct csv_row *row;
	struct layout_fault *list, **end;
};

static void add_fault(struct reading *r, const char *column, bool warning,
		      const char *reason, const char *mend)
{
	struct layout_fault *f = arena_alloc(r->arena, sizeof(*f));

	f->column = column;
	f->reason = reason;
	f->mend = mend;
	f->warning = warning;
	*r->end = f;
	r->end = &f->next;
}

static void refuse(struct reading *r, enum column c, const char *reason,
		   const char *mend)
{
	add_fault(r, heads[c][0], false, reason, mend);
}

static struct reading reading_of(struct arena *a, const struct layout_map *map,
				 const struct csv_row *row)
{
	return (struct reading){ .arena = a, .map = map, .row = row };
}

/* Characters ----------------------------------------------------------------
 */

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* The character that begins at *s, which is UTF-8; moves on to the next. */
static uint32_t next_character(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
	uint32_t c = more == 0 ? p[0] : p[0] & (0x3fU >> more);

	for (int i = 1; i <= more; i++)
		c = c << 6 | (p[i] & 0x3f);
	*s += more + 1;
	return c;
}

/* What no name has, though a keyboard makes it.  Variation selectors of kanji
 * (U+E0100 on) belong to names and are not here. */
static const struct {
	uint32_t first, last;
	const char *reason, *mend;
} unwanted[] = {
	{ 0x00, 0x1f, "改行やタブなどの制御文字が入っています。",
	  "セルの中の改行を消してください。" },
	{ 0x7f, 0x9f, "制御文字が入っています。",
	  "その文字を消してください。" },
	{ 0x200b, 0x200f, "目に見えない文字が入っています。",
	  "入力し直してください。" },
	{ 0x2028, 0x202e, "目に見えない文字が入っています。",
	  "入力し直してください。" },
	{ 0x2060, 0x206f, "目に見えない文字が入っています。",
	  "入力し直してください。" },
	{ 0xe000, 0xf8ff, "外字が入っています。",
	  "外字を、ほかの字かカナに直してください。" },
	{ 0xfe0f, 0xfe0f, "絵文字が入っています。",
	  "絵文字を消してください。" },
	{ 0xfeff, 0xfeff, "目に見えない文字が入っています。",
	  "入力し直してください。" },
	{ 0xfff0, 0xffff, "読めない文字が入っています。",
	  "入力し直してください。" },
	{ 0x1f000, 0x1fbff, "絵文字が入っています。",
	  "絵文字を消してください。" },
	{ 0xf0000, 0x10ffff, "外字が入っています。",
	  "外字を、ほかの字かカナに直してください。" },
};

/* True if every character may stand in a name; else the fault is added. */
static bool is_text(struct reading *r, enum column c, const char *text)
{
	if (strstr(text, geta) != NULL) {
		refuse(r, c, "「〓」が入っています。",
		       "Shift_JISで書き出したときに置き換えられた字です。元の字"
		       "を入力し、UTF-8で保存してください。");
		return false;
	}
	while (*text != '\0') {
		uint32_t character = next_character(&text);

		for (size_t i = 0; i < LEN(unwanted); i++) {
			if (character < unwanted[i].first ||
			    character > unwanted[i].last)
				continue;
			refuse(r, c, unwanted[i].reason, unwanted[i].mend);
			return false;
		}
	}
	return true;
}

/* The beginning of a cell, fit to be shown within a sentence. */
static const char *shown(struct arena *a, const char *text)
{
	const char *p = text;
	size_t n = 0;
	char *out;

	while (*p != '\0' && n++ < UNTIL_MAX)
		next_character(&p);
	out = arena_fmt(a, "%.*s%s", (int)(p - text), text,
			*p == '\0' ? "" : "…");
	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return out;
}

/* Cells ----------------------------------------------------------------------
 */

/* The cell of a column without the blanks around it; NULL if the file has no
 * such column. */
static const char *cell(struct reading *r, enum column c)
{
	int i = r->map->cells[c];

	return i < 0 ? NULL : str_trimmed(r->arena, r->row->cells[i]);
}

/* Likewise where something must stand: NULL if nothing does, and said. */
static const char *must(struct reading *r, enum column c)
{
	const char *text = cell(r, c);

	if (text != NULL && *text != '\0')
		return text;
	refuse(r, c, "空です。", "値を入れてください。");
	return NULL;
}

static bool is_code_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
}

/* Staff numbers and codes; full-width figures and letters are a fault, since
 * one number must have one form. */
static const char *code(struct reading *r, enum column c, const char *text,
			size_t most)
{
	if (text == NULL)
		return NULL;
	for (const char *p = text; *p != '\0'; p++) {
		if (is_code_character(*p))
			continue;
		refuse(r, c,
		       arena_fmt(r->arena, "「%s」に使えない文字があります。",
				 shown(r->arena, text)),
		       "半角の英数字と - _ . だけにしてください。");
		return NULL;
	}
	if (strlen(text) <= most)
		return text;
	refuse(r, c, arena_fmt(r->arena, "%zu文字あります。", strlen(text)),
	       arena_fmt(r->arena, "%zu文字までにしてください。", most));
	return NULL;
}

static const char *name(struct reading *r, enum column c, const char *text)
{
	size_t n;

	if (text == NULL || !is_text(r, c, text))
		return NULL;
	n = characters(text);
	if (n <= LAYOUT_NAME_MAX)
		return text;
	refuse(r, c, arena_fmt(r->arena, "%zu文字あります。", n),
	       arena_fmt(r->arena, "%d文字までにしてください。",
			 LAYOUT_NAME_MAX));
	return NULL;
}

/* One of some words; NULL for an empty cell, and for another word, which is
 * said. */
static const char *word(struct reading *r, enum column c, const char *text,
			const struct word *words, size_t count)
{
	struct str all = { .arena = r->arena };

	if (text == NULL || *text == '\0')
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (str_eq(words[i].text, text))
			return words[i].value;
		/* Each word of ours stands before its English one. */
		if (i % 2 == 0)
			str_fmt(&all, "「%s」", words[i].text);
	}
	refuse(r, c,
	       arena_fmt(r->arena, "「%s」は使えません。",
			 shown(r->arena, text)),
	       arena_fmt(r->arena, "%sのどれかにしてください。",
			 str_text(&all)));
	return NULL;
}

static int64_t place(struct reading *r)
{
	const char *text = cell(r, COLUMN_PLACE);
	long long n;

	if (text == NULL || *text == '\0')
		return 1;
	if (str_to_int(text, 1, LAYOUT_PLACE_MAX, &n))
		return n;
	refuse(r, COLUMN_PLACE,
	       arena_fmt(r->arena, "「%s」は順番ではありません。",
			 shown(r->arena, text)),
	       arena_fmt(r->arena, "1から%dまでの半角の数字にしてください。",
			 LAYOUT_PLACE_MAX));
	return 1;
}

/* The address is never repeated in a message: only its domain may show. */
static void address(struct reading *r, const char *text, struct layout_row *out)
{
	const char *hint;

	if (str_begins(text, "***@")) {
		out->domain = text + strlen("***@");
		if (strlen(out->domain) > ADDRESS_MAX ||
		    address_normalise(r->arena, arena_fmt(r->arena, "a@%s",
							  out->domain)) == NULL)
			refuse(r, COLUMN_ADDRESS, "伏せ字が読めません。",
			       "メールアドレスを入力してください。");
		return;
	}
	out->address = address_normalise(r->arena, text);
	if (out->address == NULL) {
		refuse(r, COLUMN_ADDRESS,
		       "メールアドレスとして使えない形です。",
		       "「@」の前後、全角文字、空白を確かめてください。");
		return;
	}
	out->domain = address_domain(out->address);
	hint = address_domain_hint(out->domain);
	if (hint != NULL)
		add_fault(r, heads[COLUMN_ADDRESS][0], true,
			  arena_fmt(r->arena,
				    "@%s は打ち間違いかもしれません。",
				    out->domain),
			  arena_fmt(r->arena,
				    "@%s ではないか、本人に確かめてください。",
				    hint));
}

/* The head ---------------------------------------------------------------- */

static int column_headed(const char *text)
{
	for (int c = 0; c < COLUMNS; c++)
		for (size_t i = 0; i < LEN(heads[c]); i++)
			if (str_eq(heads[c][i], text))
				return c;
	return -1;
}

static bool has_column(enum layout_kind kind, int column)
{
	for (size_t i = 0; i < layouts[kind].count; i++)
		if ((int)layouts[kind].columns[i] == column)
			return true;
	return false;
}

static const char *all_heads(struct arena *a, enum layout_kind kind)
{
	struct str s = { .arena = a };

	for (size_t i = 0; i < layouts[kind].count; i++)
		str_fmt(&s, "%s%s", i == 0 ? "" : ",",
			heads[layouts[kind].columns[i]][0]);
	return arena_fmt(a,
			 "1行目を「%s」にしてください。様式のファイルを使うと確"
			 "実です。",
			 str_text(&s));
}

struct layout_fault *layout_head(struct arena *a, enum layout_kind kind,
				 const struct csv_row *head,
				 struct layout_map *out)
{
	struct reading r = reading_of(a, out, head);
	const char *mend = all_heads(a, kind);

	r.end = &r.list;
	*out = (struct layout_map){ .kind = kind, .width = head->count };
	for (int c = 0; c < COLUMNS; c++)
		out->cells[c] = -1;
	if (head->bad || head->count > CSV_CELLS_MAX)
		add_fault(&r, "", false, "見出しを読み取れません。", mend);
	for (size_t i = 0; i < head->count && r.list == NULL; i++) {
		const char *text = str_trimmed(a, head->cells[i]);
		int c = column_headed(text);

		if (c < 0 || !has_column(kind, c))
			add_fault(&r, "", false,
				  arena_fmt(a,
					    "「%s」という列は、この様式にありま"
					    "せん。",
					    shown(a, text)),
				  mend);
		else if (out->cells[c] >= 0)
			add_fault(
				&r, "", false,
				arena_fmt(a, "「%s」の列が2つあります。", text),
				mend);
		else
			out->cells[c] = (int)i;
	}
	for (size_t i = 0; i < layouts[kind].must && r.list == NULL; i++) {
		enum column c = layouts[kind].columns[i];

		if (out->cells[c] < 0 && c != COLUMN_PLACE)
			add_fault(&r, "", false,
				  arena_fmt(a, "「%s」の列がありません。",
					    heads[c][0]),
				  mend);
	}
	return r.list;
}

/* Rows -------------------------------------------------------------------- */

static void read_group(struct reading *r, struct layout_row *out)
{
	const char *parent = cell(r, COLUMN_PARENT);

	out->code = code(r, COLUMN_CODE, must(r, COLUMN_CODE), LAYOUT_CODE_MAX);
	out->name = name(r, COLUMN_GROUP_NAME, must(r, COLUMN_GROUP_NAME));
	out->parent = code(r, COLUMN_PARENT, parent, LAYOUT_CODE_MAX);
	if (out->code != NULL && str_eq(out->code, out->parent))
		refuse(r, COLUMN_PARENT, "自分自身の下に置かれています。",
		       "上位のグループのコードに直してください。");
	out->item = out->code;
}

static void read_person(struct reading *r, struct layout_row *out)
{
	out->name = name(r, COLUMN_NAME, must(r, COLUMN_NAME));
	out->kana = name(r, COLUMN_KANA, cell(r, COLUMN_KANA));
	out->lang =
		word(r, COLUMN_LANG, cell(r, COLUMN_LANG), langs, LEN(langs));
	out->state = word(r, COLUMN_STATE, cell(r, COLUMN_STATE), states,
			  LEN(states));
	if (out->gone)
		out->state = "left";
	out->item = out->staff_no;
}

static void read_membership(struct reading *r, struct layout_row *out)
{
	out->code = code(r, COLUMN_CODE, must(r, COLUMN_CODE), LAYOUT_CODE_MAX);
	out->item = arena_fmt(r->arena, "%s %s", out->staff_no,
			      out->code == NULL ? "" : out->code);
}

/* Spreadsheets take the zero off "01" to "09": one figure is a prefecture. */
static const char *region_code(struct reading *r)
{
	const char *text =
		code(r, COLUMN_REGION, must(r, COLUMN_REGION), LAYOUT_CODE_MAX);

	if (text == NULL || strspn(text, "0123456789") != strlen(text))
		return text;
	return strlen(text) == 1 || strlen(text) == 4
		       ? arena_fmt(r->arena, "0%s", text)
		       : text;
}

static void read_region(struct reading *r, struct layout_row *out)
{
	const char *text = must(r, COLUMN_PURPOSE);

	out->purpose = word(r, COLUMN_PURPOSE, text, purposes, LEN(purposes));
	out->code = region_code(r);
	out->item = arena_fmt(r->arena, "%s %s %s", out->staff_no,
			      out->purpose == NULL ? "" : out->purpose,
			      out->code == NULL ? "" : out->code);
}

static void read_address(struct reading *r, struct layout_row *out)
{
	const char *text = cell(r, COLUMN_ADDRESS);

	out->place = place(r);
	out->item =
		arena_fmt(r->arena, "%s %d", out->staff_no, (int)out->place);
	if (out->gone)
		return;
	if (must(r, COLUMN_ADDRESS) != NULL)
		address(r, text, out);
}

static void (*const readers[LAYOUTS])(struct reading *, struct layout_row *) = {
	[LAYOUT_GROUPS] = read_group,		[LAYOUT_PEOPLE] = read_person,
	[LAYOUT_MEMBERSHIPS] = read_membership, [LAYOUT_REGIONS] = read_region,
	[LAYOUT_ADDRESSES] = read_address,
};

struct layout_fault *layout_read(struct arena *a, const struct layout_map *map,
				 const struct csv_row *row,
				 struct layout_row *out)
{
	struct reading r = reading_of(a, map, row);

	r.end = &r.list;
	*out = (struct layout_row){ 0 };
	if (row->bad) {
		add_fault(
			&r, "", false, "文字を読み取れません。",
			"UTF-8かShift_JIS（CP932）のどちらか一つで保存し直して"
			"ください。");
		return r.list;
	}
	if (row->count != map->width) {
		add_fault(
			&r, "", false,
			arena_fmt(a, "列が%zu個あります（見出しは%zu個）。",
				  row->count, map->width),
			"「,」や引用符の付け方と、ファイルが途中で切れていない"
			"かを確かめてください。");
		return r.list;
	}
	out->gone = str_eq(
		word(&r, COLUMN_ACT, cell(&r, COLUMN_ACT), acts, LEN(acts)),
		"gone");
	if (map->kind != LAYOUT_GROUPS)
		out->staff_no =
			code(&r, COLUMN_STAFF_NO, must(&r, COLUMN_STAFF_NO),
			     LAYOUT_STAFF_NO_MAX);
	if (map->kind == LAYOUT_GROUPS || out->staff_no != NULL)
		readers[map->kind](&r, out);
	return r.list;
}

bool layout_is_end(const struct csv_row *row, int64_t *rows)
{
	long long n;

	if (row->count == 0 || !str_eq(row->cells[0], end_mark))
		return false;
	*rows = row->count > 1 && row->count <= CSV_CELLS_MAX &&
				str_to_int(row->cells[1], 0, INT64_MAX, &n)
			? n
			: -1;
	return true;
}
