ALTER TABLE periods DROP COLUMN participation, DROP COLUMN participation_on;
