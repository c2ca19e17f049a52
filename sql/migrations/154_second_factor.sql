-- The second factor of a login (S3): see the comments in schema.sql.

ALTER TABLE account
	ADD COLUMN IF NOT EXISTS totp_secret VARCHAR(200) CHARACTER SET ascii NULL
		COMMENT 'closed under totp.key (base/secret), bound to the id; NULL: no second factor'
		AFTER last_login_at,
	ADD COLUMN IF NOT EXISTS totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'of the last code that was taken: each opens once (RFC 6238)'
		AFTER totp_secret,
	ADD COLUMN IF NOT EXISTS totp_at DATETIME(6) NULL
		COMMENT 'when the second factor was set up' AFTER totp_step;

ALTER TABLE session
	ADD COLUMN IF NOT EXISTS confined BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'opens its own account only: a second factor is to be set up first'
		AFTER csrf;
