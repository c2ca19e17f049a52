-- An answer waits for no fold: see the table's comment in schema.sql (D1b).

ALTER TABLE answer
	DROP FOREIGN KEY IF EXISTS answer_ibfk_1;
