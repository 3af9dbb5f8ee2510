-- The printing of its campaign's slips that a code belongs to, from 1. A form states
-- which printing it replaces, so that submitting it twice is noticed.
ALTER TABLE access_codes
    ADD COLUMN printing INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT access_codes_printing_check CHECK (printing > 0);
ALTER TABLE access_codes ALTER COLUMN printing DROP DEFAULT;
