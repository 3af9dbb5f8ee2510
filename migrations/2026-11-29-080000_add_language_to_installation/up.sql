-- The language of the company (HEARTH_LANGUAGE), for mail to people who chose none.
-- Every server writes it when it starts.
ALTER TABLE installation ADD COLUMN language language NOT NULL DEFAULT 'en';
