DROP INDEX library_texts_title_idx;
ALTER TABLE library_texts DROP COLUMN search;
ALTER TABLE library_texts DROP COLUMN body;
