-- Wrong codes of the second factor are counted apart (S3).

ALTER TABLE account
	ADD COLUMN IF NOT EXISTS code_failures SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'wrong codes after the right password, since the last login'
		AFTER last_login_at;
