-- 040: files of people, groups, memberships, regions and addresses.
--
-- Brings a database of an earlier release to the shape of schema.sql; on a
-- fresh one it changes nothing.

ALTER TABLE user_region ADD COLUMN IF NOT EXISTS
	origin	ENUM('hr', 'admin', 'self') NOT NULL DEFAULT 'hr'
		COMMENT 'self: the person did it, no file takes it away';
ALTER TABLE address ADD COLUMN IF NOT EXISTS
	origin	ENUM('hr', 'admin', 'self') NOT NULL DEFAULT 'hr'
		COMMENT 'self: the person did it, no file takes it away';
ALTER TABLE grp ADD COLUMN IF NOT EXISTS
	origin	ENUM('hand', 'file') NOT NULL DEFAULT 'hand'
		COMMENT 'file: a file named it, and a whole file may take it or its members away';

CREATE TABLE IF NOT EXISTS import (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('groups', 'people', 'memberships', 'regions', 'addresses')
		NOT NULL,
	whole	BOOLEAN NOT NULL
		COMMENT 'what the file does not name is taken away',
	source	ENUM('screen', 'command', 'hr') NOT NULL,
	file	VARCHAR(200) NOT NULL COMMENT 'its name, for people',
	stamp	VARCHAR(14) CHARACTER SET ascii NOT NULL DEFAULT ''
		COMMENT 'hr: the time in its name, which orders them',
	encoding VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
	bytes	BIGINT UNSIGNED NOT NULL DEFAULT 0,
	sha256	BINARY(32) NULL,
	state	ENUM('reading', 'read', 'compared', 'confirmed', 'applied',
		     'refused', 'cancelled') NOT NULL
		COMMENT 'read and confirmed: run-imports takes it',
	reason	VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'why it stands where it does',
	total_rows INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'read so far, without head',
	added	INT UNSIGNED NOT NULL DEFAULT 0,
	changed	INT UNSIGNED NOT NULL DEFAULT 0,
	removed	INT UNSIGNED NOT NULL DEFAULT 0,
	refused	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'lines',
	warned	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'lines',
	difference BIGINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'checksum of the difference that was shown',
	account	INT UNSIGNED NULL,
	actor	VARCHAR(64) NOT NULL,
	confirmed_by VARCHAR(64) NOT NULL DEFAULT '',
	network	VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
	made_at	DATETIME(6) NOT NULL,
	moved_at DATETIME(6) NOT NULL COMMENT 'last sign of progress',
	ended_at DATETIME(6) NULL,
	emptied	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'its rows are gone',
	KEY (state, id),
	KEY (source, kind, stamp),
	KEY (emptied, state)
);

CREATE TABLE IF NOT EXISTS import_row (
	import	INT UNSIGNED NOT NULL,
	item	VARCHAR(80) CHARACTER SET ascii NOT NULL
		COMMENT 'what the row is about: twice in a file is a fault',
	line	INT UNSIGNED NOT NULL,
	staff_no VARCHAR(32) CHARACTER SET ascii NULL,
	name	VARCHAR(100) NULL,
	kana	VARCHAR(100) NULL,
	lang	VARCHAR(2) NULL,
	state	VARCHAR(6) NULL,
	code	VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of group or region',
	parent	VARCHAR(32) CHARACTER SET ascii NULL,
	purpose	VARCHAR(6) NULL,
	place	TINYINT UNSIGNED NULL,
	sealed	VARBINARY(400) NULL,
	digest	BINARY(32) NULL COMMENT 'NULL with a domain: ***@domain',
	domain	VARCHAR(255) CHARACTER SET ascii NULL,
	class	VARCHAR(16) CHARACTER SET ascii NULL,
	gone	BOOLEAN NOT NULL,
	PRIMARY KEY (import, item, line)
) COMMENT 'rows of files, until applied; no foreign keys: they come by the million';

CREATE TABLE IF NOT EXISTS import_change (
	import	INT UNSIGNED NOT NULL,
	act	ENUM('added', 'changed', 'removed') NOT NULL,
	line	INT UNSIGNED NOT NULL COMMENT '0: not in the file',
	item	VARCHAR(80) CHARACTER SET ascii NOT NULL,
	thing	INT UNSIGNED NOT NULL
		COMMENT 'id of user, group or address; 0: not there yet',
	was	VARCHAR(450) NOT NULL COMMENT 'fields joined by U+001F',
	now	VARCHAR(450) NOT NULL,
	PRIMARY KEY (import, act, line, item)
) COMMENT 'what a file changes';

CREATE TABLE IF NOT EXISTS import_fault (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	import	INT UNSIGNED NOT NULL,
	kind	ENUM('refused', 'warned', 'moved') NOT NULL
		COMMENT 'moved: changed meanwhile by somebody else',
	line	INT UNSIGNED NOT NULL COMMENT '0: the file as a whole',
	field	VARCHAR(40) NOT NULL COMMENT 'its head',
	reason	VARCHAR(300) NOT NULL,
	mend	VARCHAR(300) NOT NULL,
	compared BOOLEAN NOT NULL COMMENT 'found by comparing, else by reading',
	KEY (import, kind, line, id),
	FOREIGN KEY (import) REFERENCES import (id)
) COMMENT 'what is wrong with a file, line by line; no address in it';

CREATE TABLE IF NOT EXISTS import_turn (
	id	TINYINT UNSIGNED NOT NULL PRIMARY KEY
) COMMENT 'its one row is locked by who applies: one at a time';

INSERT IGNORE INTO import_turn VALUES (1);
