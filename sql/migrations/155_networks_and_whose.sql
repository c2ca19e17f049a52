-- From where accounts are used (S3), and whose a line of the audit is (S7).

CREATE TABLE IF NOT EXISTS login_network (
	account	INT UNSIGNED NOT NULL,
	network	VARBINARY(16) NOT NULL COMMENT 'as in login_failure',
	last_at	DATETIME(6) NOT NULL COMMENT 'last login that succeeded',
	PRIMARY KEY (account, network),
	KEY (last_at),
	FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) COMMENT 'from where an account is used: others'' failures do not shut it there (S3)';

ALTER TABLE login_failure
	ADD KEY IF NOT EXISTS at (at);

ALTER TABLE audit
	ADD COLUMN IF NOT EXISTS whose VARCHAR(20) AS
		(IF(SUBSTRING_INDEX(SUBSTRING_INDEX(object, ' ', -2), ' ', 1) = 'user',
		    LEFT(SUBSTRING_INDEX(object, ' ', -1), 20), NULL)) VIRTUAL INVISIBLE
		COMMENT 'the person, of an object that ends in "user 12"',
	ADD KEY IF NOT EXISTS whose (whose, seq);
