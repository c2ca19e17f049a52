-- Addresses that nobody has confirmed for long are asked about every day (D2i).

CREATE TABLE IF NOT EXISTS address_check (
	day	DATE NOT NULL PRIMARY KEY COMMENT 'in Japan',
	at	DATETIME(6) NOT NULL,
	addresses INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'that were mailed',
	people	INT UNSIGNED NOT NULL DEFAULT 0
) COMMENT 'whom count-addresses asked by itself to confirm, by day (D2i)';

-- Record rain and tornados are told from the start (D1n): their levels are those
-- of danger warnings and of advisories, so a rule can ask for these telegrams
-- alone.  As with those of 080 the readers are named by the site.  Where
-- somebody has changed a rule the site has its own.

ALTER TABLE rule
	MODIFY part ENUM('any', 'quick', 'full', 'rain', 'tornado') NOT NULL
		DEFAULT 'any'
		COMMENT 'of a quake: 震度速報, or 震源・震度に関する情報; of the weather: 記録的短時間大雨情報, or 竜巻注意情報',
	COMMENT 'those that are there from the start stand in migrations/080 and 157';

CREATE TEMPORARY TABLE seed LIKE rule;
INSERT INTO seed (name, kind, part, rank, purposes, audience, action, again,
	subject, body) VALUES
	('記録的短時間大雨', 'weather', 'rain', 4, '', 'chosen', 'inform', 1,
	 '{title}',
	 '{words}'),
	('竜巻（注意情報以上）', 'weather', 'tornado', 2, '', 'chosen', 'inform', 1,
	 '{title}',
	 '{words}');
INSERT INTO rule (name, kind, part, rank, purposes, audience, action, again,
	subject, body)
	SELECT name, kind, part, rank, purposes, audience, action, again,
	       subject, body
	  FROM seed s
	 WHERE NOT EXISTS (SELECT 1 FROM rule r WHERE r.name = s.name)
	   AND NOT EXISTS (SELECT 1 FROM rule r WHERE r.version > 1);
DROP TEMPORARY TABLE seed;
