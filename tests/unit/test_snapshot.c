#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/mac.h"
#include "base/time.h"
#include "database.h"
#include "key_file.h"
#include "model/snapshot.h"

static char dir[32]; /* settings, keys and snapshots */
static const struct mac_keys *keys;

static void put(const char *name, const char *text)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	chmod(path, 0600);
}

static int group_setup(void **state)
{
	char text[64];

	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/anpi-test-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(text, sizeof(text), "%s/programs", dir);
	mkdir(text, 0700);
	snprintf(text, sizeof(text), "Path.Keys = %s\n", dir);
	put("anpi.hdf", text);
	put("programs/test.hdf", "");
	put("link.keys", "1 " KEY_ONE "\n");
	setenv("ANPI_CONF", dir, 1);
	config_open("test");
	keys = mac_keys_configured(snapshot_purpose);
	return 0;
}

static int group_teardown(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static void make_broadcast(struct db *db)
{
	database_do(
		db,
		"INSERT INTO event (id, kind, event_key, state, title,"
		"  occurred_at, made_at)"
		" VALUES (800, 'quake', 'x', 'sent', '能登で震度7',"
		"  '2024-01-01 07:10:00', NOW());"
		"INSERT INTO broadcast (id, event, kind, subject, body, why,"
		"  state, closes_at, made_at, retry_of)"
		" VALUES (801, 800, 'drill', '件名 <b>', '本文\n二行', "
		"'訓練のため',"
		"  'sent', '2026-01-01', NOW(), NULL),"
		" (802, 800, 'drill', '再', '', '', 'sent', NULL, NOW(), 801);"
		"INSERT INTO question (id, broadcast, place, kind, required,"
		"  text, text_en)"
		" VALUES (811, 801, 2, 'multiple', FALSE, '要るもの', ''),"
		"  (810, 801, 1, 'single', TRUE, '安否', 'Are you safe?');"
		"INSERT INTO choice (id, question, place, mark, text, text_en)"
		" VALUES (820, 810, 1, 'good', '無事', 'Safe'),"
		"  (821, 810, 2, 'bad', '重傷', ''),"
		"  (822, 811, 1, '', '水', '')");
}

static void check_snapshot(const struct snapshot *s)
{
	const struct snapshot_question *q = s->questions;

	check_int("id", s->id, 801);
	check_int("drill", s->drill, 1);
	check_str("subject", s->subject, "件名 <b>");
	check_str("body", s->body, "本文\n二行");
	check_str("why", s->why, "訓練のため");
	check_str("event", s->event, "能登で震度7（1月1日 16:10ごろ）");
	check_str("question", q->text_en, "Are you safe?");
	check_int("required", q->required, 1);
	check_str("mark", q->choices->mark, "good");
	check_str("english", q->choices->text_en, "Safe");
	check_str("or japanese", q->choices->next->text_en, "重傷");
	check_int("multiple", q->next->multiple, 1);
	check_str("kind", q->next->kind, "multiple");
	check_int("choice", q->next->choices->id, 822);
	assert_null(q->next->next);
}

static void test_round_trip(void **state)
{
	struct db *db = *state;
	struct snapshots *set = snapshots_open(dir, keys);
	struct snapshot *s;

	make_broadcast(db);
	check_int("nobody", snapshot_fetch(db, 899, &s), 0);
	assert_int_equal(snapshot_fetch(db, 801, &s), 1);
	check_snapshot(s);
	assert_null(snapshots_find(set, 801));
	assert_int_equal(snapshot_write(db, dir, 802), 0); /* the retry */
	assert_non_null(snapshots_find(set, 801));
	check_snapshot(snapshots_find(set, 801));
	assert_null(snapshots_find(set, 802));
	for (int64_t id = 1000; id < 1100; id++)
		assert_null(snapshots_find(set, id));
	check_snapshot(snapshots_find(set, 801));
}

static void test_changed_file(void **state)
{
	struct db *db = *state;
	struct snapshots *set = snapshots_open(dir, keys);

	make_broadcast(db);
	assert_int_equal(snapshot_write(db, dir, 801), 0);
	check_int("open", snapshots_find(set, 801)->closed, 0);
	database_do(db, "UPDATE broadcast SET state = 'closed'"
			" WHERE id = 801");
	assert_int_equal(snapshot_write(db, dir, 801), 0);
	usleep(1100000); /* it looks once a second */
	check_int("closed", snapshots_find(set, 801)->closed, 1);
	put("801.json", "rubbish");
	usleep(1100000);
	assert_null(snapshots_find(set, 801));
}

/* What is shut is what was closed: who holds a mail of a half-sent check that
 * was cancelled can still answer. */
static void test_states(void **state)
{
	static const struct {
		const char *state;
		int closed;
	} rows[] = {
		{ "sending", 0 },
		{ "sent", 0 },
		{ "cancelled", 0 },
		{ "closed", 1 },
	};
	struct db *db = *state;
	struct snapshot *s;

	make_broadcast(db);
	for (size_t i = 0; i < LEN(rows); i++) {
		database_do(db, arena_fmt(db->arena,
					  "UPDATE broadcast SET state = '%s'"
					  " WHERE id = 801",
					  rows[i].state));
		assert_int_equal(snapshot_fetch(db, 801, &s), 1);
		check_int(rows[i].state, s->closed, rows[i].closed);
	}
}

static void test_bytes(void **state)
{
	struct db *db = *state;
	struct snapshot *s;
	size_t len;
	const char *text;
	char *bad;

	make_broadcast(db);
	assert_int_equal(snapshot_fetch(db, 801, &s), 1);
	text = snapshot_text(db->arena, keys, s, &len);
	assert_non_null(snapshot_parse(db->arena, keys, text, len));
	bad = arena_strndup(db->arena, text, len);
	for (size_t i = 0; i < len; i++) {
		assert_null(snapshot_parse(db->arena, keys, text, i));
		bad[i] ^= 1;
		assert_null(snapshot_parse(db->arena, keys, bad, len));
		bad[i] ^= 1;
	}
}

static void test_closed(void **state)
{
	const struct snapshot open = { 0 }, shut = { .closed = true },
			      timed = { .closes_at = 100 };

	(void)state;
	check_int("open", snapshot_is_closed(&open, 1000), 0);
	check_int("shut", snapshot_is_closed(&shut, 0), 1);
	check_int("before", snapshot_is_closed(&timed, 99), 0);
	check_int("at", snapshot_is_closed(&timed, 100), 1);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, database_setup, database_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_round_trip),
		TEST(test_changed_file),
		TEST(test_states),
		TEST(test_bytes),
		cmocka_unit_test(test_closed),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
