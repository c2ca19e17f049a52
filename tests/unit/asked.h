#ifndef ASKED_H
#define ASKED_H

/*
 * A broadcast and its people, for tests of what is told of answers, in a
 * database of their own (database_own.h):
 *
 *   group 2 is below 1, group 3 beside it; 1 and 2 in group 2, 3 in 3; 4 in 2
 *   has left
 *   account 1 sees all, account 2 the people of group 2
 *   broadcast 7 to all asks 安否 (choices 11, 12) and 登庁 (21, 22); 8 asks
 *   person 2 again
 */
#include "database_own.h"

#include "base/time.h"
#include "model/answer.h"
#include "model/tally.h"

static const char asked_people[] =
	"INSERT INTO region (code, kind, name, parent) VALUES"
	" ('13', 'prefecture', '東京都', NULL),"
	" ('17', 'prefecture', '石川県', NULL),"
	" ('13101', 'municipality', '千代田区', '13');"
	"INSERT INTO grp (id, parent, code, name) VALUES"
	" (1, NULL, 'A', '省'), (2, 1, 'B', '局'), (3, 1, 'C', '部');"
	"INSERT INTO grp_path VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0),"
	" (1, 2, 1), (1, 3, 1);"
	"INSERT INTO user (id, staff_no, name, kana, state) VALUES"
	" (1, 'S1', '𠮷田 一', 'ﾖｼﾀﾞ', 'active'),"
	" (2, 'S2', '二宮', 'ニノミヤ', 'active'),"
	" (3, 'S3', '三木', 'ミキ', 'active'),"
	" (4, 'S4', '四谷', 'ヨツヤ', 'left');"
	"INSERT INTO grp_member (grp, user) VALUES (2, 1), (2, 2), (3, 3),"
	" (2, 4);"
	"INSERT INTO user_region (user, region, purpose) VALUES"
	" (1, '13101', 'work'), (2, '17', 'home'), (3, '13', 'family');"
	"INSERT INTO account (id, login, name, role, password_hash) VALUES"
	" (1, 'all', '全体', 'system_admin', ''),"
	" (2, 'few', '局長', 'group_admin', '');"
	"INSERT INTO grp_admin (account, grp) VALUES (2, 2);"
	"INSERT INTO broadcast (id, kind, subject, body, state, made_at,"
	"  enqueued_to) VALUES (7, 'safety', '確認', '', 'sent', NOW(), 9),"
	" (8, 'safety', '', '', 'sent', NOW(), 9);"
	"UPDATE broadcast SET retry_of = 7 WHERE id = 8;"
	"INSERT INTO question (id, broadcast, place, text) VALUES"
	" (1, 7, 1, '安否'), (2, 7, 2, '登庁');"
	"INSERT INTO choice (id, question, place, mark, text) VALUES"
	" (11, 1, 1, 'good', '無事'), (12, 1, 2, 'bad', '重傷'),"
	" (21, 2, 1, 'good', 'できる'), (22, 2, 2, 'bad', 'できない');"
	"INSERT INTO recipient (broadcast, user) VALUES (7, 1), (7, 2),"
	" (7, 3), (7, 4), (8, 2);";

static inline void asked_begin(struct db *db)
{
	database_do(db, "SET FOREIGN_KEY_CHECKS = 0;"
			"DELETE FROM proxy; DELETE FROM answer_choice;"
			"DELETE FROM answer; DELETE FROM self_report;"
			"DELETE FROM recipient; DELETE FROM target;"
			"DELETE FROM delivery; DELETE FROM stage;"
			"DELETE FROM choice; DELETE FROM question;"
			"DELETE FROM broadcast; DELETE FROM tally;"
			"DELETE FROM tally_state; DELETE FROM audit;"
			"DELETE FROM grp_admin; DELETE FROM account;"
			"DELETE FROM user_region; DELETE FROM region;"
			"DELETE FROM grp_member; DELETE FROM user_word;"
			"DELETE FROM user;"
			"DELETE FROM grp_path; DELETE FROM grp;"
			"SET FOREIGN_KEY_CHECKS = 1;");
	database_do(db, asked_people);
}

static inline void asked_fold(struct db *db)
{
	int n;

	while ((n = tally_fold(db, 7)) > 0)
		;
	check_int("fold", n, 0);
}

/* His own answer; at 0: now. */
static inline void asked_answer(struct db *db, int64_t user,
				const char *choices, int64_t at)
{
	const struct answer a = {
		7, user, 0, at == 0 ? time_now() : at, "link", choices, "", ""
	};

	check_int("own", answer_replay(db, &a), ANSWER_STORED);
}

#endif
