-- Addresses that nobody has confirmed for long are asked about every day (D2i).

CREATE TABLE IF NOT EXISTS address_check (
	day	DATE NOT NULL PRIMARY KEY COMMENT 'in Japan',
	at	DATETIME(6) NOT NULL,
	addresses INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'that were mailed',
	people	INT UNSIGNED NOT NULL DEFAULT 0
) COMMENT 'whom count-addresses asked by itself to confirm, by day (D2i)';
