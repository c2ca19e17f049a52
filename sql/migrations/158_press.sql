-- A press of a form that comes again with another content is told so, and is not
-- taken for the broadcast that it made before (D2a, D3d).

ALTER TABLE broadcast
	ADD COLUMN IF NOT EXISTS content BINARY(32) NULL
		COMMENT 'hash of what that form held: the same press with another content is refused'
		AFTER press;
