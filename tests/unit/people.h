#ifndef PEOPLE_H
#define PEOPLE_H

/*
 * A few people and groups for tests of broadcasts:
 *
 *   9001 .. 9006, 9007 left; addresses: two each, 9006 has none
 *   groups 900 > 910 > 911, 920;  9001 in 910, 9002 and 9003 in 911, 9004 in
 *   920, 9005 in 911 and 920, 9007 in 911
 *   work: 9001, 9002 in 13; 9003 in 13 by a municipality, home in 14;
 *   9004 work in 14, home in 13
 *   accounts: 900 system admin, 901 admin of 910, 902 admin of 920; 903 and 904
 * (of 910) are shut
 */
#include "database.h"

static inline void people_make(struct db *db)
{
	database_do(
		db,
		"INSERT INTO user (id, staff_no, name, state)"
		" SELECT seq, CONCAT('T', seq), CONCAT('試験', seq),"
		"        IF(seq = 9007, 'left', 'active')"
		"   FROM seq_9001_to_9007;"
		"INSERT INTO address (id, user, place, sealed, digest, domain)"
		" SELECT seq * 10 + 1, seq, 1, 'x', UNHEX(SHA2(seq, 256)),"
		"        'docomo.example' FROM seq_9001_to_9005;"
		"INSERT INTO address (id, user, place, sealed, digest, domain)"
		" SELECT seq * 10 + 2, seq, 2, 'y', UNHEX(SHA2(seq * 2, 256)),"
		"        'au.example' FROM seq_9001_to_9005;"
		"INSERT INTO grp (id, parent, code, name) VALUES"
		" (900, NULL, 'T', '省'), (910, 900, 'T1', '局一'),"
		" (911, 910, 'T11', '課一'), (920, 900, 'T2', '局二');"
		"INSERT INTO grp_path (ancestor, descendant, depth) VALUES"
		" (900, 900, 0), (910, 910, 0), (911, 911, 0), (920, 920, 0),"
		" (900, 910, 1), (900, 920, 1), (900, 911, 2), (910, 911, 1);"
		"INSERT INTO grp_member (grp, user) VALUES (910, 9001),"
		" (911, 9002), (911, 9003), (920, 9004), (911, 9005),"
		" (920, 9005), (911, 9007);"
		"INSERT INTO user_region (user, region, purpose) VALUES"
		" (9001, '13', 'work'), (9002, '13', 'work'),"
		" (9003, '13101', 'work'), (9003, '14', 'home'),"
		" (9004, '14', 'work'), (9004, '13', 'home'),"
		" (9005, '13', 'family'), (9007, '13', 'work');"
		"INSERT INTO account (id, login, name, role, password_hash,"
		"        state) VALUES"
		" (900, 't900', '全省', 'system_admin', '', 'active'),"
		" (901, 't901', '局一', 'group_admin', '', 'active'),"
		" (902, 't902', '局二', 'group_admin', '', 'active'),"
		" (903, 't903', '停止', 'system_admin', '', 'disabled'),"
		" (904, 't904', '停止', 'group_admin', '', 'disabled');"
		"INSERT INTO grp_admin (account, grp) VALUES (901, 910),"
		" (902, 920), (904, 910);");
}

#endif
