-- Replies, proxy answers and coming in.  Source: D3d, B5, B7.
ALTER TABLE broadcast
	ADD COLUMN IF NOT EXISTS reply_of INT UNSIGNED NULL
		COMMENT 'replies to answers to that one, whose link its mail carries'
		AFTER retry_of,
	ADD COLUMN IF NOT EXISTS call_of INT UNSIGNED NULL
		COMMENT 'asks substitutes to come, because of answers to that one (B7)'
		AFTER reply_of,
	ADD KEY IF NOT EXISTS reply_of (reply_of),
	ADD KEY IF NOT EXISTS call_of (call_of),
	ADD CONSTRAINT FOREIGN KEY IF NOT EXISTS broadcast_ibfk_4 (reply_of)
		REFERENCES broadcast (id),
	ADD CONSTRAINT FOREIGN KEY IF NOT EXISTS broadcast_ibfk_5 (call_of)
		REFERENCES broadcast (id);

ALTER TABLE recipient
	ADD COLUMN IF NOT EXISTS proxy_at DATETIME(6) NULL
		COMMENT 'newest proxy answer folded; it counts if it is answered_at',
	ADD COLUMN IF NOT EXISTS conflict BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'his own answer and the newest proxy differ, and nobody has looked',
	ADD COLUMN IF NOT EXISTS replied_at DATETIME(6) NULL
		COMMENT 'newest reply to him (D3d)';

-- The index of old had two columns only; the one that replaces it may be there.
CREATE OR REPLACE INDEX folded ON answer (folded, broadcast, user, at, channel);

ALTER TABLE answer
	COMMENT 'every answer ever given; his own newest counts, else the newest proxy';

CREATE TABLE IF NOT EXISTS proxy (
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL COMMENT 'entered: key of the answer',
	source	ENUM('self', 'family', 'colleague', 'superior', 'other') NOT NULL
		COMMENT 'who told',
	means	ENUM('phone', 'mail', 'met', 'card', 'other') NOT NULL
		COMMENT 'how it was told',
	certainty ENUM('sure', 'likely', 'unsure') NOT NULL,
	account	INT UNSIGNED NOT NULL COMMENT 'who entered it',
	press	BINARY(16) NOT NULL COMMENT 'of the form: a doubled press is one answer',
	PRIMARY KEY (broadcast, user, at),
	UNIQUE KEY (press),
	FOREIGN KEY (broadcast, user, at) REFERENCES answer (broadcast, user, at),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'where an answer of channel proxy comes from (B5)';

CREATE TABLE IF NOT EXISTS post (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	grp	INT UNSIGNED NOT NULL COMMENT 'the bureau it belongs to',
	name	VARCHAR(100) NOT NULL,
	needed	SMALLINT UNSIGNED NOT NULL COMMENT 'people that must be there',
	within	TINYINT UNSIGNED NOT NULL COMMENT 'hours until they must be there',
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each change: who changed an older one is told',
	UNIQUE KEY (grp, name),
	FOREIGN KEY (grp) REFERENCES grp (id)
) COMMENT 'a duty that needs people after a disaster (B7)';

CREATE TABLE IF NOT EXISTS post_person (
	post	INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	substitute BOOLEAN NOT NULL COMMENT 'asked if those named first do not suffice',
	PRIMARY KEY (post, user),
	KEY (user),
	FOREIGN KEY (post) REFERENCES post (id) ON DELETE CASCADE,
	FOREIGN KEY (user) REFERENCES user (id)
);
