ALTER TABLE library_items DROP COLUMN ever_published;
