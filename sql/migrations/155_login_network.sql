-- From where accounts are used (S3).

CREATE TABLE IF NOT EXISTS login_network (
	account	INT UNSIGNED NOT NULL,
	network	VARBINARY(16) NOT NULL COMMENT 'as in login_failure',
	last_at	DATETIME(6) NOT NULL COMMENT 'last login that succeeded',
	PRIMARY KEY (account, network),
	KEY (last_at),
	FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) COMMENT 'from where an account is used: others'' failures do not shut it there (S3)';
