-- Composing: drafts, templates, settings, sending at a time, asking again by a
-- schedule, whom to leave out, and questions that are answered in words.
-- Harmless on a database that has it all.  Source: D1d, D2a-f.

ALTER TABLE broadcast
	MODIFY state ENUM('draft', 'confirmed', 'sending', 'sent', 'closed',
		'cancelled', 'scheduled')
		NOT NULL COMMENT 'confirmed: a person pressed send, enqueue takes it; scheduled: it will be, at send_at',
	ADD COLUMN IF NOT EXISTS send_at DATETIME(6) NULL
		COMMENT 'scheduled: not before then' AFTER closes_at,
	ADD COLUMN IF NOT EXISTS test BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'to its writer alone' AFTER send_at,
	ADD INDEX IF NOT EXISTS state_2 (state, send_at),
	ADD INDEX IF NOT EXISTS state_3 (state, closes_at);

ALTER TABLE target
	MODIFY kind ENUM('all', 'group', 'region', 'user', 'unanswered', 'chose')
		NOT NULL,
	ADD COLUMN IF NOT EXISTS minus BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'these are left out',
	DROP PRIMARY KEY,
	ADD PRIMARY KEY (broadcast, kind, item, minus);

ALTER TABLE question
	MODIFY kind ENUM('single', 'multiple', 'text', 'number', 'time')
		NOT NULL DEFAULT 'single';

ALTER TABLE answer
	ADD COLUMN IF NOT EXISTS texts VARCHAR(4000) NOT NULL DEFAULT ''
		COMMENT 'JSON, what was written by question id; "" if none asks';

CREATE TABLE IF NOT EXISTS reask (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'the first of its chain',
	times	TINYINT UNSIGNED NOT NULL COMMENT 'at most so often',
	done	TINYINT UNSIGNED NOT NULL DEFAULT 0,
	gap_min	SMALLINT UNSIGNED NOT NULL COMMENT 'minutes between two',
	quiet	BOOLEAN NOT NULL COMMENT 'not in the quiet hours of the settings',
	next_at	DATETIME(6) NULL COMMENT 'NULL: ended',
	KEY (next_at),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'asking the unanswered again by itself; an answer ends it for a person';

CREATE TABLE IF NOT EXISTS draft (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account	INT UNSIGNED NOT NULL COMMENT 'whose it is; nobody else sees it',
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each save: a second browser is told',
	subject	VARCHAR(200) NOT NULL DEFAULT '',
	form	MEDIUMTEXT NOT NULL COMMENT 'its fields, urlencoded',
	made_at	DATETIME(6) NOT NULL,
	saved_at DATETIME(6) NOT NULL,
	KEY (account, saved_at),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'broadcasts that are being written';

CREATE TABLE IF NOT EXISTS broadcast_template (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('text', 'questions') NOT NULL
		COMMENT 'fills all of the text and its questions, or these alone',
	name	VARCHAR(100) NOT NULL,
	version	INT UNSIGNED NOT NULL DEFAULT 1,
	form	MEDIUMTEXT NOT NULL COMMENT 'the fields it fills, urlencoded',
	changed_at DATETIME(6) NOT NULL,
	changed_by INT UNSIGNED NULL,
	UNIQUE KEY (name),
	FOREIGN KEY (changed_by) REFERENCES account (id)
) COMMENT 'what a broadcast can begin from';

CREATE TABLE IF NOT EXISTS setting (
	name	VARCHAR(32) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	value	VARCHAR(200) NOT NULL
) COMMENT 'what an admin may set; without a row the product''s own (model/setting)';
