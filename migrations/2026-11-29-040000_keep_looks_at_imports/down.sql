DROP TABLE import_pages;
ALTER TABLE imports DROP COLUMN summary, DROP COLUMN choices;
