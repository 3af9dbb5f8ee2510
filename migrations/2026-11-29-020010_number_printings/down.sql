ALTER TABLE access_codes DROP COLUMN printing;
