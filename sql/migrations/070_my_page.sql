-- What a person registers himself: the page /m/, its mails, the printed card.
-- Harmless where the schema has it already.
ALTER TABLE user
	ADD COLUMN IF NOT EXISTS my_page_closed_at DATETIME(6) NULL
		COMMENT 'links to /m/ mailed before count no more';
ALTER TABLE user_region
	MODIFY purpose ENUM('work', 'home', 'family', 'other') NOT NULL,
	ADD COLUMN IF NOT EXISTS origin ENUM('hr', 'admin', 'self') NOT NULL
		DEFAULT 'hr'
		COMMENT 'self: the person did it, and sync-hr leaves that purpose of his alone'
		AFTER purpose;
ALTER TABLE rule
	MODIFY purposes SET('work', 'home', 'family', 'other') NOT NULL
		COMMENT 'whose regions count';
ALTER TABLE address
	ADD COLUMN IF NOT EXISTS origin ENUM('hr', 'admin', 'self') NOT NULL
		DEFAULT 'hr'
		COMMENT 'self: the person did it, and sync-hr leaves it alone',
	ADD KEY IF NOT EXISTS reach (user, state, checked_at);
ALTER TABLE message DROP FOREIGN KEY IF EXISTS message_ibfk_3;
ALTER TABLE message
	MODIFY address INT UNSIGNED NULL COMMENT 'NULL: removed since';
ALTER TABLE message
	ADD CONSTRAINT message_address FOREIGN KEY IF NOT EXISTS (address)
		REFERENCES address (id) ON DELETE SET NULL;

CREATE TABLE IF NOT EXISTS new_address (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	user	INT UNSIGNED NOT NULL,
	sealed	VARBINARY(400) NOT NULL,
	digest	BINARY(32) NOT NULL,
	domain	VARCHAR(255) CHARACTER SET ascii NOT NULL,
	class	VARCHAR(16) CHARACTER SET ascii NOT NULL,
	made_at	DATETIME(6) NOT NULL,
	UNIQUE KEY (user, digest),
	KEY (made_at),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'typed on /m/ and not yet confirmed from the mailbox: mailed nothing else';

CREATE TABLE IF NOT EXISTS removed_address (
	user	INT UNSIGNED NOT NULL,
	digest	BINARY(32) NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (user, digest),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'what a person removed himself: sync-hr does not bring it back';

CREATE TABLE IF NOT EXISTS coverage_person (
	user	INT UNSIGNED NOT NULL PRIMARY KEY,
	best	TINYINT UNSIGNED NOT NULL
		COMMENT 'his best address: 1 good 2 unconfirmed 3 full 4 filtered 5 dead 6 none',
	addresses TINYINT UNSIGNED NOT NULL,
	placed	BOOLEAN NOT NULL COMMENT 'work and home are registered',
	askable	BOOLEAN NOT NULL COMMENT 'unconfirmed, and not asked lately',
	KEY (best, user),
	KEY (addresses, user),
	KEY (placed, user),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'active people, as count-addresses last found them (model/coverage)';

CREATE TABLE IF NOT EXISTS coverage_group (
	grp	INT UNSIGNED NOT NULL PRIMARY KEY COMMENT '0: everybody',
	people	INT UNSIGNED NOT NULL,
	good	INT UNSIGNED NOT NULL,
	unconfirmed INT UNSIGNED NOT NULL,
	full	INT UNSIGNED NOT NULL,
	filtered INT UNSIGNED NOT NULL,
	dead	INT UNSIGNED NOT NULL,
	none	INT UNSIGNED NOT NULL,
	one	INT UNSIGNED NOT NULL COMMENT 'who have one address',
	more	INT UNSIGNED NOT NULL COMMENT 'who have several',
	placed	INT UNSIGNED NOT NULL,
	askable	INT UNSIGNED NOT NULL,
	counted_at DATETIME(6) NOT NULL,
	took_ms	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of grp 0: the whole count'
) COMMENT 'the same by group, those of groups below included';

CREATE TABLE IF NOT EXISTS card (
	user	INT UNSIGNED NOT NULL PRIMARY KEY,
	code	CHAR(8) CHARACTER SET ascii NOT NULL
		COMMENT 'short code of the printed card, check character last (B4)',
	made_at	DATETIME(6) NOT NULL,
	UNIQUE KEY (code),
	FOREIGN KEY (user) REFERENCES user (id)
);

CREATE TABLE IF NOT EXISTS my_page_request (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	staff_no VARCHAR(32) CHARACTER SET ascii NOT NULL COMMENT 'as typed',
	network	VARBINARY(16) NOT NULL COMMENT 'IPv4 /32 or IPv6 /64',
	at	DATETIME(6) NOT NULL,
	done	BOOLEAN NOT NULL DEFAULT FALSE,
	KEY (done, id),
	KEY (network, at),
	KEY (at)
) COMMENT 'asked for on /m/; enqueue looks who it is, so that the page cannot tell';

CREATE TABLE IF NOT EXISTS link_mail (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('my_page', 'new_address', 'check_address') NOT NULL
		COMMENT 'templates/mail/KIND.LANG.txt',
	user	INT UNSIGNED NOT NULL,
	address	INT UNSIGNED NULL COMMENT 'where to; NULL: removed since',
	new_address INT UNSIGNED NULL COMMENT 'where to, if it is not one yet',
	state	ENUM('queued', 'sending', 'handed', 'refused', 'cancelled')
		NOT NULL DEFAULT 'queued',
	attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
	made_at	DATETIME(6) NOT NULL,
	due_at	DATETIME(6) NOT NULL,
	lease_until DATETIME(6) NULL,
	holder	INT UNSIGNED NULL,
	handed_at DATETIME(6) NULL,
	status	VARCHAR(200) NOT NULL DEFAULT '',
	KEY (state, due_at),
	KEY (user, kind, made_at),
	KEY (address, kind, made_at),
	KEY (made_at),
	FOREIGN KEY (user) REFERENCES user (id),
	FOREIGN KEY (address) REFERENCES address (id) ON DELETE SET NULL,
	FOREIGN KEY (new_address) REFERENCES new_address (id)
		ON DELETE SET NULL
) COMMENT 'a queue like message (model/link_mail)';
