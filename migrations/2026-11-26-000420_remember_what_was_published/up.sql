-- Whoever has an item on their list keeps it, so what was ever published stays
-- and stays readable. This says so without a look at anybody's list.
ALTER TABLE library_items ADD COLUMN ever_published BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE library_items ADD CONSTRAINT library_items_ever_published_check CHECK (ever_published OR NOT published);
