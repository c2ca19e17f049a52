-- What can be proven later (B11).

CREATE TABLE IF NOT EXISTS evidence (
	n	BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT '1, 2, 3, without a gap',
	at	DATETIME(6) NOT NULL COMMENT 'whole seconds',
	kind	ENUM('audit', 'broadcast', 'counts') NOT NULL,
	object	BIGINT UNSIGNED NOT NULL
		COMMENT 'audit: the last line; else the broadcast',
	document LONGTEXT NOT NULL COMMENT 'JSON, as it was sealed',
	sha256	BINARY(32) NOT NULL COMMENT 'of the document',
	previous BINARY(32) NOT NULL COMMENT 'hash of the record before',
	signature BINARY(64) NOT NULL COMMENT 'Ed25519; see base/chain.h',
	KEY (kind, object, n),
	KEY (kind, at)
) COMMENT 'what can be proven later; seal-audit adds, nobody changes (B11)';
