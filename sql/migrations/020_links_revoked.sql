-- When a person's links were revoked last, so that the programs that take
-- answers can keep in memory whose were (lib/model/link.h).
ALTER TABLE user
	ADD COLUMN IF NOT EXISTS links_revoked_at DATETIME(6) NULL
		COMMENT 'when it was raised last' AFTER link_generation,
	ADD KEY IF NOT EXISTS links_revoked_at (links_revoked_at);
UPDATE user SET links_revoked_at = UTC_TIMESTAMP(6)
	WHERE link_generation > 0 AND links_revoked_at IS NULL;
ALTER TABLE user ADD CONSTRAINT IF NOT EXISTS links_revoked CHECK (link_generation = 0 OR links_revoked_at IS NOT NULL);
