#ifndef TELEGRAM_FILE_H
#define TELEGRAM_FILE_H

/* Telegrams of tests/data/jma, taken as if they had just come, also with other
 * words in them. */
#include "base/time.h"
#include "database.h"
#include "file.h"
#include "model/telegram.h"
#include "test.h"

/* The text of one: its name without folder and ending. */
static inline const char *telegram_file(struct db *db, const char *name)
{
	size_t len;
	const char *text = file_read(
		db->arena, arena_fmt(db->arena, "tests/data/jma/%s.xml", name),
		&len);

	assert_non_null(text);
	return text;
}

static inline struct telegram_taken
telegram_file_taken(struct db *db, const char *name, const char *text)
{
	struct telegram_taken out;

	assert_int_equal(telegram_take(db, "command", name, text, strlen(text),
				       time_now(), &out),
			 0);
	assert_true(out.telegram > 0);
	return out;
}

static inline struct telegram_taken telegram_file_take(struct db *db,
						       const char *name)
{
	return telegram_file_taken(db, name, telegram_file(db, name));
}

/* One text in place of another, wherever it stands; it must. */
static inline const char *telegram_file_change(struct db *db, const char *text,
					       const char *from, const char *to)
{
	struct str out = { .arena = db->arena };
	const char *at;

	if (strstr(text, from) == NULL)
		fail_msg("no \"%s\" in the telegram", from);
	while ((at = strstr(text, from)) != NULL) {
		str_fmt(&out, "%.*s%s", (int)(at - text), text, to);
		text = at + strlen(from);
	}
	str_add(&out, text);
	return str_text(&out);
}

static inline struct telegram_taken telegram_file_take_changed(struct db *db,
							       const char *name,
							       const char *from,
							       const char *to)
{
	const char *text = telegram_file(db, name);

	return telegram_file_taken(db, name,
				   telegram_file_change(db, text, from, to));
}

/* Back to before the first one. */
static inline void telegram_file_forget(struct db *db)
{
	database_do(db, "DELETE FROM telegram; DELETE FROM event_region;"
			"DELETE FROM event; DELETE FROM stage");
}

#endif
