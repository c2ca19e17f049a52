-- Who comes in when is counted with the answers, not anew for each page.  What
-- the choices of old tell is read here as the program of that day read it.
-- Source: B7.
SET time_zone = '+00:00';

ALTER TABLE choice
	ADD COLUMN IF NOT EXISTS coming
		ENUM('', 'yes', 'no', 'unknown', 'time', 'way')
		NOT NULL DEFAULT ''
		COMMENT 'what it tells of coming in, as its words were read (B7)',
	ADD COLUMN IF NOT EXISTS minutes SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'until he is there; 0: not said';

ALTER TABLE recipient
	ADD COLUMN IF NOT EXISTS coming INT UNSIGNED NULL
		COMMENT 'what he says of coming in, an item of tally (B7)';

ALTER TABLE tally
	MODIFY kind ENUM('asked', 'answered', 'choice', 'minute',
		'region_asked', 'region_answered', 'coming') NOT NULL,
	MODIFY item INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'choice id; minutes since 1970; prefecture as a number; coming: 1 unknown, 2 no, 3 yes, else the minute when he is there';

UPDATE choice o
  JOIN question q ON q.id = o.question AND q.text LIKE '登庁%'
   SET o.coming = CASE
	WHEN q.text LIKE '%手段%' THEN 'way'
	WHEN q.text LIKE '登庁までの時間%' THEN 'time'
	WHEN o.text REGEXP 'できない|できません' THEN 'no'
	WHEN o.text REGEXP 'わから|分から' THEN 'unknown'
	WHEN o.text REGEXP '時間がかか|できる|できます' THEN 'yes'
	WHEN o.mark = 'bad' THEN 'no'
	WHEN o.mark = '' THEN 'unknown'
	ELSE 'yes' END;

UPDATE choice
   SET minutes = CASE
	WHEN coming = 'yes'
	THEN IF(text LIKE '%時間がかか%'
		OR (mark = 'warn' AND text NOT REGEXP 'できる|できます'), 0, 30)
	WHEN text REGEXP '^[0-9]{1,3}時間'
	THEN 60 * REGEXP_SUBSTR(text, '^[0-9]+')
	WHEN text REGEXP '^[0-9]{1,3}分' THEN REGEXP_SUBSTR(text, '^[0-9]+')
	WHEN text REGEXP '^[0-9]{1,3}日'
	THEN LEAST(1440 * REGEXP_SUBSTR(text, '^[0-9]+'), 65535)
	ELSE 0 END
 WHERE coming IN ('yes', 'time');

UPDATE recipient r
  JOIN (SELECT c.broadcast, c.user,
	       SUM(o.coming = 'yes') > 0 AS yes,
	       SUM(o.coming = 'no') > 0 AS no,
	       SUM(o.coming = 'unknown') > 0 AS unknown,
	       COALESCE(MIN(IF(o.coming = 'time', NULLIF(o.minutes, 0), NULL)),
			MIN(IF(o.coming = 'yes', NULLIF(o.minutes, 0), NULL)))
		 AS minutes
	  FROM choice o
	  JOIN question q ON q.id = o.question
	  JOIN answer_choice c ON c.broadcast = q.broadcast AND c.choice = o.id
	 WHERE o.coming <> ''
	 GROUP BY c.broadcast, c.user) n
    ON n.broadcast = r.broadcast AND n.user = r.user
   SET r.coming = CASE
	WHEN n.yes THEN COALESCE(5 * FLOOR((UNIX_TIMESTAMP(r.answered_at) / 60
					   + n.minutes) / 5), 3)
	WHEN n.no THEN 2
	WHEN n.unknown THEN 1 END
 WHERE r.answered_at IS NOT NULL AND r.coming IS NULL;

UPDATE tally_state t
  JOIN question q ON q.broadcast = t.broadcast
  JOIN choice o ON o.question = q.id AND o.coming <> ''
   SET t.stale = TRUE;
