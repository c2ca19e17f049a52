-- How far the mails of a broadcast are, by the system that receives them (B2).

CREATE TABLE IF NOT EXISTS carrier (
	broadcast INT UNSIGNED NOT NULL,
	class	VARCHAR(16) CHARACTER SET ascii NOT NULL COMMENT 'as in address',
	counted	VARCHAR(80) CHARACTER SET ascii NOT NULL
		COMMENT 'the counters of its delivery when this was counted',
	messages INT UNSIGNED NOT NULL,
	waiting	INT UNSIGNED NOT NULL,
	handed	INT UNSIGNED NOT NULL COMMENT 'and not yet said what became of it',
	accepted INT UNSIGNED NOT NULL,
	deferred INT UNSIGNED NOT NULL,
	bounced	INT UNSIGNED NOT NULL COMMENT 'or refused by the relay',
	first_handed DATETIME(6) NULL,
	last_handed DATETIME(6) NULL,
	last_accepted DATETIME(6) NULL,
	PRIMARY KEY (broadcast, class),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'mails of a broadcast by the system that receives them (model/carrier)';
