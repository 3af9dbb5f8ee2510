ALTER TABLE installation DROP COLUMN language;
