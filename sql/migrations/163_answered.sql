-- Those who answered an earlier broadcast are named, and left out (D2f).

ALTER TABLE target
	MODIFY kind ENUM('all', 'group', 'region', 'user', 'unanswered', 'chose',
		'answered') NOT NULL;
