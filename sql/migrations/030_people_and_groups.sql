-- People that are searched by words, changed by several and leave; deputies; a
-- lock for changes of the tree; an audit that is searched.  Source: D1e, D3a, S6.

ALTER TABLE user
	ADD COLUMN IF NOT EXISTS version INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'raised by each change: whoever changes says what he saw',
	ADD COLUMN IF NOT EXISTS changed_at DATETIME(6) NULL,
	ADD COLUMN IF NOT EXISTS changed_by INT UNSIGNED NULL
		COMMENT 'account; NULL: a program',
	ADD COLUMN IF NOT EXISTS left_at DATETIME(6) NULL,
	ADD COLUMN IF NOT EXISTS indexed BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'user_word says what number, name and kana say',
	ADD KEY IF NOT EXISTS state (state, staff_no),
	ADD KEY IF NOT EXISTS indexed (indexed);

CREATE TRIGGER IF NOT EXISTS user_renamed BEFORE UPDATE ON user FOR EACH ROW
	SET NEW.indexed = NEW.indexed AND NEW.staff_no = OLD.staff_no
		AND NEW.name = OLD.name AND NEW.kana = OLD.kana;

CREATE TABLE IF NOT EXISTS user_word (
	word	VARCHAR(100) NOT NULL
		COMMENT 'key of the number; of name and kana from each character on',
	user	INT UNSIGNED NOT NULL,
	PRIMARY KEY (word, user),
	KEY (user),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'what a search finds people by: words that begin with the text (lib/base/kana)';

CREATE TABLE IF NOT EXISTS grp_tree (
	id	TINYINT UNSIGNED NOT NULL PRIMARY KEY,
	changes	INT UNSIGNED NOT NULL DEFAULT 0
) COMMENT 'one row, written first by whoever changes the tree: no two do at once';

INSERT IGNORE INTO grp_tree (id) VALUES (1);

ALTER TABLE grp_admin
	ADD COLUMN IF NOT EXISTS kind ENUM('admin', 'deputy') NOT NULL
		DEFAULT 'admin' COMMENT 'a deputy does all but name admins';

ALTER TABLE audit
	ADD KEY IF NOT EXISTS actor (actor, seq),
	ADD KEY IF NOT EXISTS object (object, seq);
