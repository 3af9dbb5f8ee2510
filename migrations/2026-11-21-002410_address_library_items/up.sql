CREATE TYPE library_audience AS ENUM ('person', 'team');
-- What a person can do, or what a manager or HR can do with a whole team.
ALTER TABLE library_items ADD COLUMN audience library_audience NOT NULL DEFAULT 'person';
