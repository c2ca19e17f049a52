#include "model/number_file.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "model/user.h"

/* How the column may be headed. */
static const char *const heads[] = { "職員番号", "staff_no" };

struct reading {
	struct arena *arena;
	struct number_file *out;
	struct group_number **end;
	struct number_fault **faults_end;
	size_t column;
	bool begun;
};

static void add_fault(struct reading *r, int64_t line, const char *reason)
{
	struct number_fault *f = arena_alloc(r->arena, sizeof(*f));

	f->line = line;
	f->reason = reason;
	*r->faults_end = f;
	r->faults_end = &f->next;
}

/* Whether the row is a head; then the column is known. */
static bool is_head(struct reading *r, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count && i < CSV_CELLS_MAX; i++)
		for (size_t n = 0; n < LEN(heads); n++)
			if (str_eq(str_trimmed(r->arena, row->cells[i]),
				   heads[n])) {
				r->column = i;
				return true;
			}
	return false;
}

static const char *fault_of(const char *staff_no)
{
	if (*staff_no == '\0')
		return "職員番号がありません。番号を書くか、行を消してください"
		       "。";
	if (strlen(staff_no) > USER_NO_MAX)
		return "職員番号が長すぎます。番号だけの列にしてください。";
	for (const char *p = staff_no; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("-_.", *p) == NULL)
			return "職員番号ではありません。半角の英数字と - _ . で"
			       "書いてください。";
	return NULL;
}

static int take_row(void *arg, const struct csv_row *row)
{
	struct reading *r = arg;
	struct group_number *n;
	const char *staff_no, *fault;

	if (!r->begun) {
		r->begun = true;
		if (is_head(r, row))
			return 0;
	}
	if (r->column >= row->count || r->column >= CSV_CELLS_MAX)
		staff_no = "";
	else
		staff_no = str_trimmed(r->arena, row->cells[r->column]);
	fault = row->bad ? "読めない文字があります。「CSV UTF-8」で保存し直して"
			   "ください。"
			 : fault_of(staff_no);
	if (fault != NULL) {
		add_fault(r, row->number, fault);
		return 0;
	}
	n = arena_alloc(r->arena, sizeof(*n));
	n->staff_no = arena_strdup(r->arena, staff_no);
	n->line = row->number;
	*r->end = n;
	r->end = &n->next;
	r->out->count++;
	return 0;
}

void number_file_read(struct arena *a, const char *bytes, size_t len,
		      struct number_file *out)
{
	struct reading r = { .arena = a, .out = out };
	struct csv_reader *csv = csv_reader(a, take_row, &r);
	int fault;

	*out = (struct number_file){ .count = 0 };
	r.end = &out->numbers;
	r.faults_end = &out->faults;
	fault = csv_read(csv, bytes, len);
	if (fault == CSV_OK)
		fault = csv_end(csv);
	if (fault != CSV_OK) {
		/* What was read before it ended says nothing. */
		out->faults = NULL;
		r.faults_end = &out->faults;
		add_fault(&r, fault == CSV_UNCLOSED ? csv_rows(csv) + 1 : 0,
			  arena_fmt(a, "%s%s",
				    csv_fault_reason((enum csv_fault)fault),
				    csv_fault_mend((enum csv_fault)fault)));
	} else if (out->faults == NULL && out->count == 0) {
		add_fault(&r, 0,
			  "見出しのほかに行がありません。職員番号を1行に1つ書い"
			  "てください。");
	} else if (out->count > NUMBER_FILE_NUMBERS) {
		add_fault(&r, 0,
			  "一度に入れられるのは 20,000 人までです。ファイルを分"
			  "けてください。");
	}
}
