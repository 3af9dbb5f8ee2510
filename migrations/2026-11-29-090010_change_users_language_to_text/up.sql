-- A language is its code as text, so that one more needs no migration: the list of
-- languages is in the application. The type stays, and is read as text, for instances of
-- the version before, which name it until they are replaced.
CREATE CAST (language AS TEXT) WITH INOUT AS IMPLICIT;
ALTER TABLE users ALTER COLUMN language TYPE TEXT;
ALTER TABLE imports ALTER COLUMN language TYPE TEXT;
ALTER TABLE library_texts ALTER COLUMN language TYPE TEXT;
ALTER TABLE tag_names ALTER COLUMN language TYPE TEXT;
ALTER TABLE installation ALTER COLUMN language DROP DEFAULT;
ALTER TABLE installation ALTER COLUMN language TYPE TEXT;
ALTER TABLE installation ALTER COLUMN language SET DEFAULT 'en';
