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
