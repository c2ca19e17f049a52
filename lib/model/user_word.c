#include "model/user_word.h"

#include <string.h>

#include "base/arena.h"
#include "base/kana.h"
#include "base/str.h"
#include "db/db.h"

enum {
	SLICE = 2000,  /* people indexed at once */
	WORD_MAX = 90, /* characters of a word that are stored */
};

static size_t character_len(const char *p)
{
	size_t n = 1;

	while ((p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* The first WORD_MAX characters. */
static const char *shortened(struct arena *a, const char *word)
{
	const char *p = word;

	for (int i = 0; i < WORD_MAX && *p != '\0'; i++)
		p += character_len(p);
	return arena_strndup(a, word, (size_t)(p - word));
}

/* Keys hold no quote that JSON would need escaped but these two. */
static void add_json_text(struct str *s, const char *text)
{
	str_add_char(s, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(s, '\\');
		str_add_char(s, *text);
	}
	str_add_char(s, '"');
}

static void add_word(struct str *json, int64_t user, const char *word)
{
	str_fmt(json, "%s[%lld,", json->len > 0 ? "," : "[", (long long)user);
	add_json_text(json, shortened(json->arena, word));
	str_add_char(json, ']');
}

/* From each character on: so the beginning of a word is any part of a name. */
static void add_tails(struct str *json, int64_t user, const char *text)
{
	const char *word = kana_key_joined(json->arena, text);

	for (; *word != '\0'; word += character_len(word))
		add_word(json, user, word);
}

/* Locks people whose words are old and collects what they are to be.  Returns
 * how many, or -1. */
static int64_t collect(struct db *db, struct str *ids, struct str *words)
{
	static const char sql[] = "SELECT id, staff_no, name, kana"
				  "  FROM user"
				  " WHERE indexed = FALSE"
				  " ORDER BY id"
				  " LIMIT ?"
				  "   FOR UPDATE";
	struct stmt *s = db_prepare(db, sql);
	int64_t n = 0;
	int rc;

	db_bind_int(s, SLICE);
	for (; (rc = db_step(s)) > 0; n++) {
		int64_t id = db_int(s, 0);

		str_fmt(ids, "%s%lld", n > 0 ? "," : "[", (long long)id);
		add_word(words, id, kana_key_joined(db->arena, db_text(s, 1)));
		add_tails(words, id, db_text(s, 2));
		add_tails(words, id, db_text(s, 3));
	}
	if (n > 0) {
		str_add_char(ids, ']');
		str_add_char(words, ']');
	}
	return rc < 0 ? -1 : n;
}

static int run(struct db *db, const char *sql, const char *json)
{
	struct stmt *s = db_prepare(db, sql);

	db_bind_text(s, json);
	return db_run(s) < 0 ? -1 : 0;
}

static int index_slice(struct db *db, void *arg)
{
	static const char gone[] =
		"DELETE w"
		"  FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
		"  JOIN user_word w ON w.user = j.id";
	static const char come[] =
		"INSERT INTO user_word (word, user)"
		" SELECT DISTINCT j.word, j.id"
		"   FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		"        id INT PATH '$[0]', word VARCHAR(100) PATH '$[1]')) j"
		"  WHERE j.word <> ''"
		"  ORDER BY j.word, j.id";
	static const char done[] =
		"UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
		"  JOIN user u ON u.id = j.id"
		"   SET u.indexed = TRUE";
	struct str ids = { .arena = db->arena }, words = { .arena = db->arena };
	int64_t *taken = arg;

	*taken = collect(db, &ids, &words);
	if (*taken <= 0)
		return (int)*taken;
	if (run(db, gone, str_text(&ids)) < 0 ||
	    run(db, come, str_text(&words)) < 0)
		return -1;
	return run(db, done, str_text(&ids));
}

int64_t user_index(struct db *db)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM user"
				  "                WHERE indexed = FALSE)";
	struct stmt *s = db_prepare(db, sql);
	int64_t sum = 0, taken = 0;
	int rc;

	while ((rc = db_step(s)) > 0)
		taken = db_int(s, 0) ? SLICE : 0;
	for (; rc == 0 && taken == SLICE; sum += taken)
		rc = db_transaction(db, index_slice, &taken);
	return rc < 0 ? -1 : sum;
}

/* Searching ---------------------------------------------------------------- */

const char *user_word_like(struct arena *a, const char *text, size_t len)
{
	struct str s = { .arena = a };

	for (size_t i = 0; i < len; i++) {
		if (strchr("%_\\", text[i]) != NULL)
			str_add_char(&s, '\\');
		str_add_char(&s, text[i]);
	}
	str_add_char(&s, '%');
	return str_text(&s);
}

int user_words_read(struct db *db, const char *text, struct user_words *out)
{
	const char *key;

	*out = (struct user_words){ .like = { NULL } };
	if (text == NULL)
		return 0;
	key = kana_key(db->arena, text);
	for (size_t n = 0; n < USER_WORDS && *key != '\0'; n++) {
		size_t len = strcspn(key, " ");

		out->like[n] = user_word_like(db->arena, key, len);
		key += len + (key[len] == ' ');
	}
	return user_index(db) < 0 ? -1 : 0;
}

void user_words_bind(struct stmt *s, const struct user_words *words)
{
	for (int i = 0; i < USER_WORDS; i++) {
		db_bind_text(s, words->like[i]);
		db_bind_text(s, words->like[i]);
	}
}
