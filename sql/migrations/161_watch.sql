-- Unusual reading of personal data is told of (S7).

CREATE TABLE IF NOT EXISTS reading_alarm (
	account	INT UNSIGNED NOT NULL,
	kind	ENUM('much', 'untimely') NOT NULL,
	at	DATETIME(6) NOT NULL,
	people	INT UNSIGNED NOT NULL COMMENT 'seen within the hour before',
	PRIMARY KEY (account, kind, at)
) COMMENT 'unusual reading that was told of (model/watch)';
