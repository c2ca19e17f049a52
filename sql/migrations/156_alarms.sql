-- A check that waits is paged until somebody decides (D1k): those whose paging
-- ended because the duty list did go on.  What is older pages nobody, as with
-- telegrams.

ALTER TABLE paging
	MODIFY next_at DATETIME(6) NULL COMMENT 'when the next page is; NULL: ended';
UPDATE paging p
	JOIN event e ON e.id = p.event AND e.state = 'prepared' AND NOT e.drill
	SET p.next_at = UTC_TIMESTAMP(6)
	WHERE p.next_at IS NULL
	  AND p.heard_at IS NULL
	  AND p.begun_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY;

-- Checks of /status that turn bad are told by mail (M1).

CREATE TABLE IF NOT EXISTS health_alarm (
	machine	VARCHAR(64) NOT NULL COMMENT 'whose check; "": of the database',
	kind	VARCHAR(30) CHARACTER SET ascii NOT NULL COMMENT 'disk, tool, ...',
	item	VARCHAR(100) NOT NULL COMMENT 'which tool; "" where there is one',
	bad	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'as people were told',
	since	DATETIME(6) NULL COMMENT 'since when it is otherwise',
	told_at	DATETIME(6) NULL COMMENT 'last told that it is bad',
	PRIMARY KEY (machine, kind, item)
) COMMENT 'what call-duty has told of the checks of /status (M1)';
