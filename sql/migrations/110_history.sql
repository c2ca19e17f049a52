-- A day of telegrams is found by when they were issued, for trials of rules.
-- The table of areas' names comes with sql/seed_areas.sql.  Source: B10.

ALTER TABLE telegram
	ADD INDEX IF NOT EXISTS issued_at (issued_at);
