-- Which printing of its campaign's slips a code belongs to, counted from 1: a
-- page sent a second time says which one it would replace.
ALTER TABLE access_codes
    ADD COLUMN printing INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT access_codes_printing_check CHECK (printing > 0);
ALTER TABLE access_codes ALTER COLUMN printing DROP DEFAULT;
