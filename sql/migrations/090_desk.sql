-- The operator's desk: decisions as they were made, the duty list and who was
-- paged, and how feeds do.  Harmless on a database that has it all.
-- Source: D1k, P6, M1.

ALTER TABLE session
	ADD COLUMN IF NOT EXISTS looks_since DATETIME(6) NULL
		COMMENT 'without a longer pause' AFTER looked_at;

ALTER TABLE feed
	ADD COLUMN IF NOT EXISTS known_at DATETIME(6) NULL
		COMMENT 'first seen in the settings',
	ADD COLUMN IF NOT EXISTS entry_at DATETIME(6) NULL
		COMMENT 'last answer with an entry not seen before',
	ADD COLUMN IF NOT EXISTS long_form BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'read after a gap only: its silence means nothing',
	ADD COLUMN IF NOT EXISTS behind BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'there was a gap, and its long form is still to be read',
	ADD COLUMN IF NOT EXISTS silent_at DATETIME(6) NULL
		COMMENT 'people were told then that it gives no answer; NULL: it does',
	ADD COLUMN IF NOT EXISTS quiet_at DATETIME(6) NULL
		COMMENT 'likewise, that it has nothing new';

ALTER TABLE event
	ADD COLUMN IF NOT EXISTS unknown VARCHAR(500) NOT NULL DEFAULT ''
		COMMENT 'of a quake: codes newer than the tables, for the operator',
	ADD INDEX IF NOT EXISTS kind_2 (kind, decided_at);

ALTER TABLE event_region
	ADD INDEX IF NOT EXISTS region (region, event);

CREATE TABLE IF NOT EXISTS decision (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	event	BIGINT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	act	ENUM('sent', 'rejected', 'folded', 'reopened') NOT NULL,
	account	INT UNSIGNED NULL COMMENT 'NULL: a command, or by itself',
	self	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'sent by itself, since nobody decided (setting decide.self)',
	reason	VARCHAR(500) NOT NULL DEFAULT '',
	people	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'whom the check asked, or would have',
	max_level VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'as known then; likewise those below',
	magnitude VARCHAR(60) NOT NULL DEFAULT '',
	epicentre VARCHAR(100) NOT NULL DEFAULT '',
	depth_km SMALLINT NULL,
	tsunami	VARCHAR(500) NOT NULL DEFAULT '',
	KEY (event, id),
	FOREIGN KEY (event) REFERENCES event (id),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'every decision about an event, and what was known when it was made';

CREATE TABLE IF NOT EXISTS duty (
	account	INT UNSIGNED NOT NULL PRIMARY KEY,
	step	TINYINT UNSIGNED NOT NULL COMMENT '1 is called first',
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'the duty list; while it is empty every operator is of step 1';

CREATE TABLE IF NOT EXISTS paging (
	event	BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	step	TINYINT UNSIGNED NOT NULL COMMENT 'paged last; 0: there was nobody',
	begun_at DATETIME(6) NOT NULL,
	next_at	DATETIME(6) NULL COMMENT 'when the next step is; NULL: ended',
	by_rule	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'a rule pages: also while no check waits, until heard',
	heard_at DATETIME(6) NULL,
	heard_by INT UNSIGNED NULL,
	KEY (next_at),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (heard_by) REFERENCES account (id)
) COMMENT 'how far up the duty list an event has gone';

CREATE TABLE IF NOT EXISTS paged (
	event	BIGINT UNSIGNED NOT NULL,
	broadcast INT UNSIGNED NOT NULL COMMENT 'the mail',
	account	INT UNSIGNED NOT NULL,
	step	TINYINT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (event, broadcast, account),
	KEY (broadcast),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'who was paged when';

INSERT INTO decision (event, at, act, account, reason, max_level, magnitude,
	epicentre, depth_km, tsunami)
	SELECT e.id, e.decided_at, e.state, e.decided_by, e.reason,
	       e.max_level, e.magnitude, e.epicentre, e.depth_km, e.tsunami
	  FROM event e
	 WHERE e.decided_at IS NOT NULL
	   AND e.state IN ('sent', 'rejected', 'folded')
	   AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.event = e.id);
