-- Events of every kind of disaster, rules for them, and what these mailed.
-- Harmless on a database that has it all.  Source: D1k to D1o, P2 to P5.

ALTER TABLE event
	MODIFY max_level VARCHAR(60) NOT NULL DEFAULT ''
		COMMENT 'as the telegram writes it: 6+, 大津波警報',
	ADD COLUMN IF NOT EXISTS rank TINYINT NOT NULL DEFAULT 0
		COMMENT 'of max_level: quakes 1..9, all others 0..5 (feed/hazard.h)'
		AFTER max_level,
	ADD COLUMN IF NOT EXISTS ends_at DATETIME(6) NULL
		COMMENT 'lifted then, or what stands is valid until then; NULL: until lifted',
	ADD COLUMN IF NOT EXISTS told_at DATETIME(6) NULL
		COMMENT 'newest telegram applied',
	ADD COLUMN IF NOT EXISTS closed_at DATETIME(6) NULL,
	ADD COLUMN IF NOT EXISTS closed_by INT UNSIGNED NULL
		COMMENT 'account; NULL: by age',
	ADD COLUMN IF NOT EXISTS made_by INT UNSIGNED NULL
		COMMENT 'account: made by hand, of no telegram',
	DROP INDEX IF EXISTS kind,
	ADD INDEX kind (kind, event_key),
	ADD INDEX IF NOT EXISTS state_2 (state, closed_at);
ALTER TABLE event
	ADD CONSTRAINT event_closed_by FOREIGN KEY IF NOT EXISTS event_closed_by (closed_by)
		REFERENCES account (id),
	ADD CONSTRAINT event_made_by FOREIGN KEY IF NOT EXISTS event_made_by (made_by)
		REFERENCES account (id);
UPDATE event SET rank = FIELD(max_level, '1', '2', '3', '4', '5-', '5+', '6-',
		'6+', '7')
	WHERE kind = 'quake' AND rank = 0;

ALTER TABLE event_region
	MODIFY level VARCHAR(60) NOT NULL COMMENT 'as the telegram writes it',
	ADD COLUMN IF NOT EXISTS top_rank TINYINT NOT NULL DEFAULT 0
		COMMENT 'highest so far: a check asks there though it was lifted'
		AFTER rank;

CREATE TABLE IF NOT EXISTS open_key (
	item	VARCHAR(100) NOT NULL COMMENT 'event_key, or another key of the same event',
	drill	BOOLEAN NOT NULL,
	kind	ENUM('quake', 'tsunami', 'typhoon', 'weather', 'volcano',
		     'flood', 'landslide', 'missile', 'overseas', 'other') NOT NULL,
	event	BIGINT UNSIGNED NULL COMMENT 'NULL: just being made',
	PRIMARY KEY (item, drill, kind),
	KEY (event),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE
) COMMENT 'keys of the events that are open; its row is locked by who makes one';

CREATE TABLE IF NOT EXISTS stream (
	event	BIGINT UNSIGNED NOT NULL,
	type	VARCHAR(100) NOT NULL COMMENT 'telegram.type',
	event_key VARCHAR(100) NOT NULL COMMENT 'telegram.event_key',
	telegram BIGINT UNSIGNED NOT NULL COMMENT 'the newest applied',
	PRIMARY KEY (event, type, event_key),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE
) COMMENT 'streams of an event of any kind but quake: what their newest say, together, stands';

INSERT IGNORE INTO open_key (item, drill, kind, event)
	SELECT event_key, drill, kind, id FROM event WHERE closed_at IS NULL;

ALTER TABLE rule
	MODIFY kind ENUM('quake', 'tsunami', 'typhoon', 'weather', 'volcano',
		'flood', 'landslide', 'missile', 'overseas', 'other') NOT NULL,
	MODIFY action ENUM('prepare', 'inform', 'page') NOT NULL
		COMMENT 'a check for a person to send; mail at once; mail to those on duty',
	ADD COLUMN IF NOT EXISTS name VARCHAR(100) NOT NULL DEFAULT '' AFTER id,
	ADD COLUMN IF NOT EXISTS part ENUM('any', 'quick', 'full') NOT NULL
		DEFAULT 'any'
		COMMENT 'of a quake: 震度速報, or 震源・震度に関する情報'
		AFTER kind,
	ADD COLUMN IF NOT EXISTS regions VARCHAR(200) CHARACTER SET ascii
		NOT NULL DEFAULT ''
		COMMENT 'prefectures it is about, 13,14; "": all' AFTER rank,
	ADD COLUMN IF NOT EXISTS areas VARCHAR(500) NOT NULL DEFAULT ''
		COMMENT 'names of coasts, volcanoes, rivers: 東京湾内湾、富士山; "": all'
		AFTER regions,
	ADD COLUMN IF NOT EXISTS audience ENUM('regions', 'chosen', 'all',
		'operators') NOT NULL DEFAULT 'regions'
		COMMENT 'chosen: those of rule_target' AFTER purposes,
	ADD COLUMN IF NOT EXISTS again BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'again when it rises, else once for an event'
		AFTER action,
	ADD COLUMN IF NOT EXISTS lifting BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'also when it is lifted' AFTER again,
	ADD COLUMN IF NOT EXISTS quiet BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'inform: waits for the end of the quiet hours of the settings'
		AFTER lifting,
	ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each change: a second browser is told',
	ADD COLUMN IF NOT EXISTS changed_at DATETIME(6) NULL,
	ADD COLUMN IF NOT EXISTS changed_by INT UNSIGNED NULL
		COMMENT 'account; NULL: there from the start',
	ADD INDEX IF NOT EXISTS kind (kind, active);
ALTER TABLE rule
	ADD CONSTRAINT rule_changed_by FOREIGN KEY IF NOT EXISTS rule_changed_by (changed_by)
		REFERENCES account (id);
UPDATE rule SET name = '震度5強以上の安否確認'
	WHERE name = '' AND kind = 'quake' AND action = 'prepare';

CREATE TABLE IF NOT EXISTS rule_target (
	rule	INT UNSIGNED NOT NULL,
	kind	ENUM('group', 'user') NOT NULL,
	item	INT UNSIGNED NOT NULL COMMENT 'id of group or user',
	PRIMARY KEY (rule, kind, item),
	FOREIGN KEY (rule) REFERENCES rule (id)
) COMMENT 'to whom a rule of audience "chosen" mails';

CREATE TABLE IF NOT EXISTS rule_told (
	event	BIGINT UNSIGNED NOT NULL,
	rule	INT UNSIGNED NOT NULL,
	ranks	VARCHAR(400) CHARACTER SET ascii NOT NULL
		COMMENT 'what was told: rank of the whole, then by prefecture, 5;03=5;04=3',
	broadcast INT UNSIGNED NULL COMMENT 'the mail that said it last',
	ended	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'it was told that this was cancelled or lifted: a new one is news again',
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (event, rule),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (rule) REFERENCES rule (id)
) COMMENT 'what rules have mailed of events: once, and again when it rises';

ALTER TABLE broadcast
	ADD COLUMN IF NOT EXISTS rule INT UNSIGNED NULL
		COMMENT 'that mailed it by itself' AFTER test;

-- The rules that are there from the start: what the customer's text asks for.
-- The readers of information are named by the site, so those have none yet.
-- A rule of a name that is there already stays as it is.

CREATE TEMPORARY TABLE seed LIKE rule;
INSERT INTO seed (name, kind, part, rank, purposes, audience, action, again,
	lifting, quiet, active, subject, body) VALUES
	('地震の速報（震度5弱以上）', 'quake', 'quick', 5, '', 'chosen', 'inform', 0, 0, 0, 1,
	 '【地震速報】{place} 最大震度{level}',
	 '{time}ごろ、{place}で最大震度{level}の地震がありました。\n\n{regions}\n\n震源と規模は、まだ発表されていません。\n津波：海岸の近くでは、次の発表を待たずに高い所へ移ってください。\n\n（{office} {published} 発表）'),
	('地震の確定情報（震度5弱以上）', 'quake', 'full', 5, '', 'chosen', 'inform', 1, 0, 0, 1,
	 '【地震情報】{place} M{magnitude} 最大震度{level}',
	 '{time}ごろ、{place}で地震がありました。\n規模 {magnitude}　深さ {depth}　最大震度 {level}\n津波：{tsunami}\n\n{regions}\n\n（{office} {published} 発表）'),
	('津波（注意報以上）', 'tsunami', 'any', 2, '', 'chosen', 'inform', 1, 1, 0, 1,
	 '{title}',
	 '{words}'),
	('特別警報', 'weather', 'any', 5, '', 'chosen', 'inform', 1, 1, 0, 1,
	 '{title}',
	 '{words}'),
	('土砂災害（警戒情報以上）', 'landslide', 'any', 4, '', 'chosen', 'inform', 1, 0, 0, 1,
	 '{title}',
	 '{words}'),
	('河川の氾濫（危険以上）', 'flood', 'any', 4, '', 'chosen', 'inform', 1, 0, 0, 1,
	 '{title}',
	 '{words}'),
	('火山（火口周辺警報以上）', 'volcano', 'any', 3, '', 'chosen', 'inform', 1, 1, 0, 1,
	 '{title}',
	 '{words}'),
	('南海トラフ地震などの臨時情報', 'other', 'any', 2, '', 'chosen', 'inform', 1, 0, 0, 1,
	 '{title}',
	 '{words}'),
	('台風', 'typhoon', 'any', 1, '', 'chosen', 'inform', 0, 0, 1, 1,
	 '{title}',
	 '{words}'),
	('ミサイルの安否確認', 'missile', 'any', 5, 'work,home', 'regions', 'prepare', 0, 0, 0, 1,
	 '【安否確認】ミサイル {prefectures}',
	 'ミサイルについての国民保護情報が {prefectures} に出ました。\n{headline}\n\nあなたの安否と登庁の可否を、下のページで回答してください。\nまず身の安全を確保してください。このメールを読んだだけでは回答になりません。'),
	('大津波警報の安否確認', 'tsunami', 'any', 5, 'work,home', 'regions', 'prepare', 0, 0, 0, 0,
	 '【安否確認】大津波警報 {prefectures}',
	 '{prefectures} に大津波警報が出ています。海岸の近くにいる人は、すぐ高い所へ移ってください。\n安全な所で、あなたの安否と登庁の可否を、下のページで回答してください。\nこのメールを読んだだけでは回答になりません。'),
	('手で作った事象の安否確認', 'other', 'any', 5, 'work,home', 'regions', 'prepare', 0, 0, 0, 1,
	 '【安否確認】{title}',
	 '{headline}\n\nあなたの安否と登庁の可否を、下のページで回答してください。\nこのメールを読んだだけでは回答になりません。'),
	('当番の呼び出し（地震）', 'quake', 'any', 6, '', 'operators', 'page', 1, 0, 0, 1,
	 '【判断待ち】{title}',
	 '安否確認の判断を待っています。\n{title}\n{time}ごろ　津波：{tsunami}\n\n{regions}\n\n災害事象の画面を開いて、送るか送らないかを決めてください。'),
	('当番の呼び出し（ミサイル）', 'missile', 'any', 5, '', 'operators', 'page', 1, 0, 0, 1,
	 '【判断待ち】{title}',
	 '安否確認の判断を待っています。\n{words}\n\n災害事象の画面を開いて、送るか送らないかを決めてください。');
INSERT INTO rule (name, kind, part, rank, purposes, audience, action, again,
	lifting, quiet, active, subject, body)
	SELECT name, kind, part, rank, purposes, audience, action, again,
	       lifting, quiet, active, subject, body
	  FROM seed s
	 WHERE NOT EXISTS (SELECT 1 FROM rule r WHERE r.name = s.name);
DROP TEMPORARY TABLE seed;
