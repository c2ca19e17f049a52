-- An answer waits for no fold, and its row is no wider than it must be: see the
-- table's comment in schema.sql (D1b).

ALTER TABLE answer
	DROP FOREIGN KEY IF EXISTS answer_ibfk_1,
	MODIFY comment VARCHAR(500) NOT NULL DEFAULT '',
	MODIFY texts TEXT NOT NULL DEFAULT ''
		COMMENT 'JSON, what was written by question id; "" if none asks';
